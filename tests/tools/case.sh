# tests/tools/case.sh -- what the scripts of tests/cases have in common. Read it in with
#
#   . "$(dirname "$0")/../tools/case.sh"
#
# as the first command. It gives
#   $root      the checkout             $build   the build folder (first argument of the script)
#   $oshirase  the program              $work    an empty folder of this test, deleted in the end; we are in it
#   press ARGS ...                      runs oshirase with --data $root; words to $work/stderr, data to $work/stdout
#   row NUMBER TITLE COMMAND ...        one row: passes when the command succeeds
#   refuse CODE COMMAND ...             succeeds when the command exits with CODE
#   quiet COMMAND ...                   the command without its words
#   same A B                            both files exist and are equal
#   says FILE PATTERN, silent FILE PATTERN   grep -E finds it, or does not
#   finish                              prints "NAME: N passed, N failed"; the last command of the script
set -u
unset OSHIRASE_MEASURE LANGUAGE
LC_ALL=C.UTF-8 # as check.sh sets it: a case may be started by hand
export LC_ALL
umask 022
name=$(basename "$0" .sh)
root=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
case ${1:-$root/build} in /*) build=${1:-$root/build} ;; *) build=$root/$1 ;; esac
oshirase=$build/oshirase
work=$(mktemp -d) || exit 1
trap 'chmod -R u+rwX "$work" 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
cd "$work" || exit 1
passed=0
failed=0

press() {
    "$oshirase" "$@" --data "$root" >"$work/stdout" 2>"$work/stderr" </dev/null
}

row() {
    row_number=$1 row_title=$2
    shift 2
    if "$@"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "row $row_number fails: $row_title: $*"
        [ ! -s "$work/stderr" ] || sed 's/^/    /' "$work/stderr" | head -n 5
    fi
}

refuse() {
    refuse_want=$1
    shift
    "$@"
    refuse_code=$?
    [ "$refuse_code" -eq "$refuse_want" ] || {
        echo "    exit $refuse_code, not $refuse_want"
        return 1
    }
}

quiet() {
    "$@" >/dev/null 2>&1
}

same() {
    cmp "$1" "$2"
}

says() {
    grep -qE -e "$2" "$1"
}

silent() {
    [ -e "$1" ] && ! grep -qE -e "$2" "$1"
}

finish() {
    echo "$name: $passed passed, $failed failed"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
    exit
}
