#!/bin/sh
# What is around a run: said twice, run twice, two at once; another clock, locale, home, umask and folder; files that rot.
# SEED, COUNT (bits) for `make soak`.
. "$(dirname "$0")/../tools/case.sh"
. "$root/tests/tools/job-j.sh"
seed=${SEED:-1}
bits=${COUNT:-20}
[ "$bits" -le 5000 ] || bits=5000
turns=2
[ -z "${COUNT:-}" ] || turns=100
echo "seed $seed, $bits bits of each file, $turns turns"
job_j

print() { # PLACE ARGUMENT ...
    print_place=$1
    shift
    press print job.yaml -o "$print_place" --protected-out "$print_place-apart" --workers 2 --quiet "$@"
}
same_places() {
    diff -r "$1" "$2" && diff -r "$1-apart" "$2-apart"
}
state=$seed
random() { # BELOW: into $chance
    state=$(((state * 1103515245 + 12345) % 2147483648))
    chance=$(((state / 65536 * 40503 + state % 65536) % $1))
}

row 0 'tools are there' test -x "$build/tools/flip" -a -e "$build/tools/clock.so"
row 1 'undisturbed' refuse 3 print whole
row 2 'is verified' refuse 0 press verify whole

# -- twice --

cp -R whole once
cp -R whole-apart once-apart
row 10 'run twice: refused' refuse 2 print once
row 11 '... nothing touched' same_places whole once
row 12 'resumed when it is finished: done' refuse 0 print once --resume
row 13 '... twice' refuse 0 print once --resume
row 14 '... nothing touched' same_places whole once
{ cat members.csv; sed -n 5p members.csv; } >twice.csv
sed 's/members.csv/twice.csv/' job.yaml >twice.yaml
row 15 'a record twice' refuse 3 press print twice.yaml -o twice --protected-out twice-apart --quiet
row 16 '... neither is printed' sh -c '! cut -d, -f6 twice/manifest.csv | grep -qx A04'
row 17 '... no id is printed twice' test -z "$(cut -d, -f6 twice/manifest.csv | sort | uniq -d)"
row 18 'another input in a finished folder: refused' refuse 2 press print twice.yaml -o once --protected-out once-apart --resume

# Two at once, without and with --resume: one prints, the other is refused, waits, or finds it done.
racing() {
    for turn in $(seq $turns); do
        rm -rf race race-apart
        [ $((turn % 2)) -eq 0 ] && resume='' || resume=--resume
        # shellcheck disable=SC2086  # a word or none
        "$oshirase" print job.yaml -o race --protected-out race-apart --data "$root" --workers 1 --quiet $resume \
            >/dev/null 2>first </dev/null &
        other=$!
        # shellcheck disable=SC2086
        "$oshirase" print job.yaml -o race --protected-out race-apart --data "$root" --workers 2 --quiet $resume \
            >/dev/null 2>second </dev/null
        second=$?
        wait $other
        first=$?
        case $first,$second in
        3,2 | 2,3 | 3,5 | 5,3 | 3,0 | 0,3) ;;
        *) echo "    turn $turn: $first and $second"; cat first second; return 1 ;;
        esac
        same_places whole race || return 1
    done
}
row 20 'two at once' racing

# -- surroundings --

surrounded() { # NAME COMMAND ...: a run under it gives the same bytes
    rm -rf here here-apart
    "$@" "$oshirase" print "$work/job.yaml" -o "$work/here" --protected-out "$work/here-apart" --data "$root" --workers 2 \
        --quiet >/dev/null 2>"$work/stderr" </dev/null
    [ $? -eq 3 ] && same_places whole here
}
for language in de_DE.UTF-8 tr_TR.UTF-8 ja_JP.SJIS ja_JP.eucJP ja_JP.UTF-8 C POSIX ''; do
    row 30 "LC_ALL=$language" surrounded env LC_ALL=$language LANG=$language
done
row 31 'no environment at all' surrounded env -i
row 32 'HOME is not there' surrounded env -u HOME HOME=/nonexistent
row 33 'TMPDIR is not there' surrounded env TMPDIR=/nonexistent
row 34 'umask 0' surrounded sh -c 'umask 0; exec "$@"' -
row 35 '... files are for their owner alone' test -z "$(find here here-apart -type f ! -perm 600)"
row 36 'umask 777' surrounded sh -c 'umask 777; exec "$@"' -
row 37 'another folder' surrounded sh -c 'cd / && exec "$@"' -
row 38 'a folder that is gone' surrounded sh -c 'mkdir gone && cd gone && rmdir ../gone && exec "$@"' -
row 39 'closed stdin, stdout' surrounded sh -c 'exec "$@" <&- >&-' -
row 40 'closed stderr' surrounded sh -c 'exec "$@" 2>&-' -
for zone in UTC Pacific/Kiritimati America/St_Johns 'XXX+99'; do
    row 41 "TZ=$zone" surrounded env TZ=$zone
done
year_at() { # SHIFT: of a clock that is set so
    env LD_PRELOAD="$build/tools/clock.so" OSHIRASE_CLOCK="$1" date -u +%Y
}
row 42 'the other clock is another one' test "$(year_at 315360000)" -gt "$(($(date -u +%Y) + 8))"
clock() {
    surrounded env LD_PRELOAD="$build/tools/clock.so" OSHIRASE_CLOCK="$1"
}
# Ten years; from today to the leap day and the change of era; the end of 32 bits.
for shift in 315360000 -315360000 $((1582934400 - $(date +%s))) $((1556636399 - $(date +%s))) \
    $((1556636401 - $(date +%s))) $((4294967296 - $(date +%s))) 0:back -86400:back; do
    row 43 "clock by $shift" clock "$shift"
done

# -- rot --

rotten() { # FILE: none of `bits` flips, by chance, goes unseen; when it has no more, all
    all=$("$build/tools/flip" "whole/$1")
    turn=0
    [ "$all" -gt 8000 ] || return 1
    while [ $turn -lt "$bits" ] && [ $turn -lt "$all" ]; do
        if [ "$all" -le "$bits" ]; then chance=$turn; else random "$all"; fi
        cp "whole/$1" "once/$1"
        "$build/tools/flip" "once/$1" $chance && ! cmp -s "whole/$1" "once/$1" || return 1
        press verify once
        code=$?
        [ $code -eq 6 ] || { echo "    $1, bit $chance: $code"; return 1; }
        turn=$((turn + 1))
    done
    cp "whole/$1" "once/$1"
}
row 50 'each bit of the ledger' rotten ledger
row 51 'each bit of the manifest' rotten manifest.csv
row 52 'bits of a lot' rotten lot-000003.pdf
row 53 'untouched it is good' refuse 0 press verify once
# A ledger that has rotted is not gone on with either.
resumed_rotten() {
    turn=0
    while [ $turn -lt $((bits / 4)) ]; do
        random "$("$build/tools/flip" whole/ledger)"
        cp whole/ledger once/ledger
        "$build/tools/flip" once/ledger "$chance" || return 1
        print once --resume
        code=$?
        { [ $code -eq 6 ] || [ $code -eq 2 ]; } || { echo "    bit $chance: $code"; return 1; }
        turn=$((turn + 1))
    done
    cp whole/ledger once/ledger
}
row 54 'a rotten ledger is not resumed' resumed_rotten
row 55 '... and nothing else was touched' same_places whole once
finish
