#!/bin/sh
# Many processes, one output: the same bytes for any number of workers, after any interruption, and in shards.
# SEED and COUNT (interruptions by SIGKILL) for `make soak`.
. "$(dirname "$0")/../tools/case.sh"
seed=${SEED:-1}
# A run that waits for ever fails its row.
oshirase="timeout -k 5 100 $oshirase"
press() {
    $oshirase "$@" --data "$root" >"$work/stdout" 2>"$work/stderr" </dev/null
}
count=${COUNT:-3}
[ "$count" -le 400 ] || count=400

# -- a list of three chunks (4,096 records each) with something nasty at the seams --

members=$build/tools/members
"$members" 9000 "$seed" --rare --households --protected 1 | awk -F, -v OFS=, '
    NR == 1 { print $0, "配布区分", "郵便種別", "メモ"; next }
    {
        way = NR % 5 == 0 ? "郵送" : NR % 7 == 0 ? "窓口交付" : ""
        class = NR % 10 == 0 ? "簡易書留" : ""
        note = ""
        at = NR - 2 # index from 0
        if (at >= 4093 && at <= 4099) $6 = "重複　花子"       # a stuck name across the seam
        if (at == 4095 || at == 4096) note = "\"二行の\nメモ, 引用 \"\"符\"\"\""
        if (at == 8191) note = "\"空行\n\n\n\""
        if (at == 8192) class = "速達"                         # no class of ours: held
        if (at == 30) $13 = ""                                  # an empty flag: held, and its kin
        if (at == 4097) { $12 = "9999"; $8 = "1950-01-01" }
        if (at == 4090) { $12 = "9999"; $8 = "1950-01-01" }     # a repeated person across the seam
        if (at == 70) $0 = "kaputt,\"offen," $1
        if (at == 4094) for (i = 0; i < 7000; i++) note = note "long line " # too long a row, just before the seam
        print $0, way, class, note
    }' >routes.csv
sed 's/members.csv/routes.csv/; s/lot_letters: 20000/lot_letters: 700/' "$root/tests/bench/job.yaml" >routes.yaml
sed 's/members.csv/routes.csv/; s/lot_letters: 20000/lot_letters: 300/' "$root/tests/bench/form-4.yaml" >households.yaml
sed 's/^notice:/notice:\n  not_asked: follow-up/; s/,郵送,/,,/; s/,窓口交付,/,,/' routes.yaml >plain.yaml
sed -e 's/,郵送,[^,]*,/,,,/' -e 's/,窓口交付,[^,]*,/,,,/' routes.csv >plain.csv
sed -i 's/routes.csv/plain.csv/' plain.yaml

# print NAME WORKERS JOB [OPTION ...]: into NAME and NAME-apart
print() {
    print_to=$1 print_workers=$2 print_job=$3
    shift 3
    press print "$print_job" -o "$print_to" --protected-out "$print_to-apart" --workers "$print_workers" "$@"
}
same_places() {
    diff -r "$1" "$2" && diff -r "$1-apart" "$2-apart"
}

number=1
for job in routes plain households; do
    row $number "$job: one process" refuse 3 print "$job-1" 1 "$job.yaml"
    for workers in 2 7; do
        [ $job$workers != households7 ] || continue
        row $((number + workers)) "$job: $workers workers" refuse 3 print "$job-$workers" "$workers" "$job.yaml"
        row $((number + workers + 1)) '... the same bytes' same_places "$job-1" "$job-$workers"
    done
    number=$((number + 10))
done
row 31 'routes have folders of their own' test "$(find routes-1 -mindepth 1 -type d | sort | tr '\n' ' ')" = \
    'routes-1/counter routes-1/home routes-1/home-kan-i-kakitome '
row 32 'one sequence through all routes' awk -F, 'NR > 1 && $1 != NR - 1 { exit 1 }' routes-1/manifest.csv
row 33 'the job'"'"'s own route comes first' awk -F, 'NR > 1 { if (way != $8 && seen[$8]++) exit 1; way = $8; if (NR == 2 && way != "employer") exit 1 }' routes-1/manifest.csv
row 34 'lots count from 1 in each folder' test -e routes-1/home-kan-i-kakitome/lot-000001.pdf
row 35 'records stand in the order of the file' sh -c 'cut -d, -f1 routes-1/records.csv | sed 1d | sort -nc'
row 36 'a class that is none of ours is held' says routes-1/holds.csv '9531 mail-class-unknown,郵便種別'
row 37 'the stuck name is held on both sides of the seam' test "$(grep -c '4207\|stuck-name' routes-1/holds.csv)" -ge 5
row 38 'each sequence number of records.csv is the manifest'"'"'s' sh -c '
    awk -F, "NR > 1 && \$4 != \"\" { print \$4, \$2 }" routes-1/records.csv | sort >a.list
    awk -F, "NR > 1 { print \$1, \$6 }" routes-1/manifest.csv | sort >b.list; cmp a.list b.list'
row 39 'nothing of the work is left' test -z "$(find routes-7 routes-7-apart -name '*.part' -o -name .work)"
for lot in routes-1/lot-000001.pdf routes-1/home/lot-000001.pdf routes-1-apart/lot-000001.pdf; do
    row 40 "$lot: pages as the manifest says" test "$(qpdf --show-npages "$lot")" = \
        "$(awk -F, -v lot="${lot#*/}" 'NR > 1 && $3 == lot { n += $5 } END { print n }' "${lot%%/*}/manifest.csv")"
done

# -- a My Number in the last row stops every number of workers before anything is written --

{ cat plain.csv; tail -n 1 plain.csv | sed 's/,[^,]*$/,1234 5678 9018/'; } >number.csv
sed 's/plain.csv/number.csv/' plain.yaml >number.yaml
for workers in 1 2 3; do
    row $((40 + workers)) "a My Number in the last row, $workers" refuse 4 press print number.yaml -o number --workers $workers
    row $((44 + workers)) '... is told the same' sh -c "cp stderr number.$workers; cmp number.1 number.$workers"
done
row 48 '... nothing is written' test ! -e number

# -- resume --

row 50 'a complete run again: refused' refuse 2 print plain-1 1 plain.yaml
row 51 '... with --resume: said, and done' refuse 0 print plain-1 2 plain.yaml --resume
row 52 '... nothing was touched' same_places plain-1 plain-7
row 53 '... another job there: refused' refuse 2 print plain-1 2 routes.yaml --resume
row 54 'on nothing --resume is a fresh run' refuse 3 print fresh 2 plain.yaml --resume
row 55 '... the same bytes' same_places plain-1 fresh

# Somebody takes away a part of what is finished: nothing of the rest is deleted.
take_away() { # WHAT REASON
    rm -rf robbed robbed-apart rest
    cp -R plain-1 robbed
    cp -R plain-1-apart robbed-apart
    rm -r "$1"
    mkdir rest
    cp -R robbed* rest
    refuse 2 print robbed 2 plain.yaml --resume && says stderr "\\[$2\\]" && {
        [ ! -e robbed ] || diff -r rest/robbed robbed
    } && { [ ! -e robbed-apart ] || diff -r rest/robbed-apart robbed-apart; } && [ "$(ls rest)" = "$(ls -d robbed*)" ]
}
row 56 'a finished OUT without its manifest is not begun anew' take_away robbed/manifest.csv 9063
row 57 '... nor is a protected place that is gone' take_away robbed-apart 9064
row 58 '... nor OUT, where the protected place is finished' take_away robbed 9064

# interrupt SIGNAL SECONDS NAME WORKERS JOB: exit code in $code
interrupt() {
    timeout -s "$1" --preserve-status "$2" "$build/oshirase" print "$5" -o "$3" --protected-out "$3-apart" \
        --workers "$4" --data "$root" --quiet --resume >stdout 2>stderr </dev/null
    code=$?
}
# A time within the run: tenths of a millisecond from a generator of our own.
state=$seed
next_time() {
    state=$(((state * 1103515245 + 12345) % 2147483648))
    time_now=0.$(printf '%04d' $((state / 65536 % 4500 + 200)))
}
bad=
for turn in $(seq "$count"); do
    case $((turn % 3)) in 0) job=plain ;; 1) job=routes ;; *) job=households ;; esac
    workers=$((turn % 3 + 1))
    rm -rf torn torn-apart
    next_time
    interrupt KILL "$time_now" torn $workers $job.yaml
    complete=no
    [ ! -e torn/manifest.csv ] || complete=yes
    [ $complete = no ] || same torn/manifest.csv $job-1/manifest.csv || bad="$bad $turn:manifest"
    next_time
    interrupt TERM "$time_now" torn 2 $job.yaml
    case $code in 0 | 3 | 5 | 143) ;; # 143: before there was anything to say
    *) bad="$bad $turn:exit-$code" ;; esac
    print torn 2 $job.yaml --resume
    code=$?
    [ $code = 3 ] || [ $code = 0 ] || bad="$bad $turn:resume-$code"
    same_places torn $job-1 >differs || bad="$bad $turn:differs"
done
row 60 "killed $count times at random and resumed: the same bytes (seed $seed)" test -z "$bad"
[ -z "$bad" ] || echo "    $bad"

# -- asked to stop --

for signal in INT TERM HUP; do
    for workers in 1 2; do
        [ $signal$workers != TERM1 ] && [ $signal$workers != HUP2 ] || continue
        for delay in 0.13 0.18 0.25 0.35 0.5 0.7 1; do # later than the start, earlier than the end
            rm -rf stop stop-apart
            interrupt $signal $delay stop $workers plain.yaml
            [ $code -lt 128 ] && break
        done
        row 70 "$signal, $workers: exit 5" test $code = 5
        row 71 '... says so' says stderr '\[953[45]\]'
        row 72 '... before a lot was finished nothing is left' sh -c '[ -e stop/ledger ] || [ ! -e stop ]'
        row 73 '... no worker outlives it' sh -c "! pgrep -f -- '[-]o stop --protected-out' >/dev/null"
    done
done

# -- a worker that dies --

"$build/oshirase" print plain.yaml -o dead --protected-out dead-apart --workers 2 --data "$root" --quiet 2>stderr &
parent=$!
child=
while [ -z "$child" ] && kill -0 $parent 2>/dev/null; do child=$(pgrep -P $parent | head -n 1); done
[ -z "$child" ] || kill -9 "$child"
wait $parent
code=$?
row 80 'a dead worker ends the run with 5' test $code = 5
row 81 '... and words' says stderr '\[9532\]'
row 82 '... --resume goes on' refuse 3 print dead 2 plain.yaml --resume
row 83 '... the same bytes' same_places dead plain-1

# -- a file that may not grow in a worker --

full_disk() {
    (ulimit -f "$2" && print full "$1" plain.yaml --resume)
}
for workers in 1 3; do
    rm -rf full full-apart
    row 84 "no room for a lot, $workers: exit 5" refuse 5 full_disk $workers 400
    row 85 '... no manifest' test ! -e full/manifest.csv
    row 86 '... room again: the rest is printed' refuse 3 print full $workers plain.yaml --resume
    row 87 '... the same bytes' same_places full plain-1
done

# -- shards: each lot and each record in exactly one of them, with the bytes of the whole --

for job in plain routes; do
    for shard in 1 2 3; do
        print "$job-s$shard" 2 "$job.yaml" --shard "$shard/3"
        code=$?
        row 90 "$job: shard $shard/3" test $code = 0 -o $code = 3 # 0: its lots are made apart from the lists of records
        row 91 '... says so' says "$job-s$shard/report.json" "\"shard\": \"$shard/3\""
    done
    for table in manifest records holds followup; do
        row 92 "$job: $table.csv of all shards is that of the whole" sh -c "
            { cat $job-s1/$table.csv; sed 1d $job-s2/$table.csv; sed 1d $job-s3/$table.csv; } | cmp - $job-1/$table.csv"
    done
    row 93 "$job: so are the lots" sh -c "
        for lot in \$(cd $job-1 && find . -name 'lot-*.pdf'); do
            found=0
            for shard in 1 2 3; do
                [ ! -e $job-s\$shard/\$lot ] || { found=\$((found + 1)); cmp $job-s\$shard/\$lot $job-1/\$lot || exit 1; }
            done
            [ \$found = 1 ] || exit 1
        done"
    row 94 '... and the protected ones' sh -c "
        { cat $job-s1-apart/manifest.csv; sed 1d $job-s2-apart/manifest.csv; sed 1d $job-s3-apart/manifest.csv; } |
            cmp - $job-1-apart/manifest.csv"
done
row 95 'a shard is another run' refuse 2 print plain-s1 1 plain.yaml --shard 2/3 --resume
row 96 'shard 0/3 is none' refuse 2 print plain-s9 1 plain.yaml --shard 0/3
row 97 'more shards than lots: an empty one is fine' refuse 0 press print plain.yaml -o empty-shard --shard 1/999
row 98 '... with its tables' test "$(wc -l <empty-shard/records.csv)" = 1
finish
