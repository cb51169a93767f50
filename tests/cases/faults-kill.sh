#!/bin/sh
# The installed program, two workers, killed with SIGKILL at any instant, again and again: the run itself, one of its
# workers, or all at once. What is left is never a lie, and the last resume gives the undisturbed bytes.
# `make check`: 10 kills of 3,000 letters; `make soak`: 2,000 of 20,000 (fewer when COUNT is less). SEED.
. "$(dirname "$0")/../tools/case.sh"
seed=${SEED:-1}
letters=3000 lot=250 kills=10 longest=700
if [ -n "${COUNT:-}" ]; then
    letters=20000 lot=1000 kills=2000 longest=1500
    [ "$COUNT" -ge $kills ] || kills=$COUNT
fi
echo "seed $seed, $kills kills, $letters letters"
make -s -C "$root" BUILD="$build" DESTDIR="$work/root" PREFIX=/usr install-files >/dev/null
"$build/tools/members" $letters "$seed" --protected 3 >members.csv
sed "s/lot_letters: 20000/lot_letters: $lot/" "$root/tests/bench/job.yaml" >job.yaml

run() {
    "$work/root/usr/bin/oshirase" print job.yaml -o "$1" --protected-out "$1-apart" --workers 2 --quiet --resume \
        >"$work/stdout" 2>"$work/stderr" </dev/null
}
same_places() {
    diff -r "$1" "$2" >differs && diff -r "$1-apart" "$2-apart" >differs
}

state=$seed
random() { # BELOW: into $chance
    state=$(((state * 1103515245 + 12345) % 2147483648))
    chance=$((state / 65536 % $1))
}

# One kill. The processes of the run are a group of their own.
kill_once() {
    setsid "$work/root/usr/bin/oshirase" print job.yaml -o torn --protected-out torn-apart --workers 2 --quiet --resume \
        >"$work/stdout" 2>"$work/stderr" </dev/null &
    pid=$!
    random $longest
    sleep "$((chance / 1000)).$(printf '%03d' $((chance % 1000)))"
    random 4
    case $chance in
    0) kill -9 -- -$pid 2>/dev/null ;;
    1) worker=$(pgrep -P $pid | head -n 1); [ -z "$worker" ] || kill -9 "$worker" 2>/dev/null ;;
    *) kill -9 $pid 2>/dev/null ;;
    esac
    wait $pid 2>/dev/null
    killed_code=$?
}

row 1 'undisturbed' refuse 3 run whole
lies='' differ='' codes='' rounds=0 number=0
while [ $number -lt $kills ]; do
    number=$((number + 1))
    kill_once
    case $killed_code in 0 | 3 | 5 | 137) ;; *) codes="$codes $number:$killed_code" ;; esac
    if [ -e torn/manifest.csv ]; then
        same_places whole torn || { diff -r -x .work whole torn >differs || lies="$lies $number"; }
    fi
    [ -e torn/manifest.csv ] || [ $((number % 25)) -eq 0 ] || [ $number -eq $kills ] || continue
    run torn
    code=$?
    case $code in 0 | 3) ;; *) codes="$codes $number:resume-$code" ;; esac
    same_places whole torn || differ="$differ $number"
    rm -rf torn torn-apart
    rounds=$((rounds + 1))
done
row 2 "no manifest but of a whole run ($kills kills, seed $seed)" test -z "$lies"
row 3 "resumed $rounds times: the undisturbed bytes" test -z "$differ"
row 4 'ended as allowed' test -z "$codes"
[ -z "$lies$differ$codes" ] || echo "    lies:$lies differ:$differ codes:$codes"
row 5 'at least one run was interrupted before its end' test $rounds -lt $kills
finish
