#!/bin/sh
# tests/tools/check.sh BUILD [NAME ...] -- runs every test, or those named, and adds them up.
# A test is a program that prints "NAME: N passed, N failed" and exits 0 when nothing failed: the unit tests of
# BUILD/unit, the scripts of tests/cases, the replay of each fuzz corpus, the lint. One that dies, hangs or
# prints no such line counts as one failure. The last line is the sum.
set -u
here=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
build=$1 # relative to the checkout, or absolute
shift
cd "$here" || exit 1
logs=$(mktemp -d) || exit 1
trap 'rm -rf "$logs"' EXIT
trap 'exit 130' INT TERM

# What every test may rely on, whatever the caller's surroundings are.
unset OSHIRASE_MEASURE LANGUAGE
LC_ALL=C.UTF-8 TZ=Asia/Tokyo
export LC_ALL TZ
umask 022

# One line a test: NAME COMMAND ...
list() {
    for unit in tests/unit/*.c; do
        name=$(basename "$unit" .c)
        [ -e "$unit" ] && echo "unit/$name $build/unit/$name"
    done
    for case in tests/cases/*.sh; do
        [ -e "$case" ] && echo "cases/$(basename "$case" .sh) $case $build"
    done
    for target in tests/fuzz/*.c; do
        name=$(basename "$target" .c)
        [ "$name" = replay ] || [ ! -e "$target" ] ||
            echo "fuzz/$name $build/replay/$name tests/fuzz/corpus/$name"
    done
    [ -n "${SKIP_LINT:-}" ] || echo "lint tests/tools/lint.sh . $build"
}

# A chosen test is one whose name, its part behind the last slash, or its family was asked for.
chosen() {
    [ $# -gt 1 ] || return 0
    test=$1
    shift
    for want in "$@"; do
        case $test in "$want" | */"$want" | "$want"/*) return 0 ;; esac
    done
    return 1
}

list | while read -r name command; do
    if chosen "$name" "$@"; then echo "$name $command"; fi
done >"$logs/list"

# Runs one test; its words go to a log, which is shown when it fails.
cat >"$logs/run" <<'RUN'
#!/bin/sh
logs=$1 name=$2
shift 2
log=$logs/$(echo "$name" | tr / _)
timeout -k 5 "${TEST_SECONDS:-500}" "$@" >"$log.log" 2>&1 </dev/null
code=$?
line=$(grep -E '^[^ ]+: [0-9]+ passed, [0-9]+ failed$' "$log.log" | tail -n 1)
passed=$(echo "$line" | sed -n 's/.*: \([0-9]*\) passed.*/\1/p')
failed=$(echo "$line" | sed -n 's/.*, \([0-9]*\) failed/\1/p')
if [ -z "$line" ] || { [ "$code" -ne 0 ] && [ "$failed" -eq 0 ]; }; then
    passed=${passed:-0} failed=$((${failed:-0} + 1))
    echo "$name: ended with $code" >>"$log.log"
fi
echo "$passed $failed" >"$log.sum"
[ "$failed" -eq 0 ] || sed 's/^/    /' "$log.log"
echo "$name: $passed passed, $failed failed"
RUN
chmod +x "$logs/run"
xargs -r -P "$(nproc 2>/dev/null || echo 1)" -L 1 "$logs/run" "$logs" <"$logs/list"

cat "$logs"/*.sum 2>/dev/null | awk -v wanted="$(wc -l <"$logs/list")" '
    { passed += $1; failed += $2 }
    END {
        if (NR < wanted) failed += wanted - NR
        if (!wanted) failed = 1
        printf "%d passed, %d failed\n", passed, failed
        exit failed > 0
    }'
