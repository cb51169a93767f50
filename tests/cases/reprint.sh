#!/bin/sh
# oshirase reprint: spoiled sheets once more, out of the finished lots, without job or data; the ledger knows of each.
# Judges: qpdf --check, content streams and renderings by others. SEED; COUNT: random selections, kills at that many events.
. "$(dirname "$0")/../tools/case.sh"
. "$root/tests/tools/jobs.sh"
. "$root/tests/tools/mail-jobs.sh"
seed=${SEED:-1}
count=${COUNT:-6}
{
    head_row | sed 's/$/,配布区分/'
    for n in $(seq 1 60); do
        person "$(printf '%03d' "$n")" "架空 $(printf '%02d' "$n")子" | awk -v n="$n" '{ print $0 "," (n % 5 ? "" : "窓口交付") }'
    done
} >members.csv
write_job job.yaml members.csv 'output: { lot_letters: 8 }'
reprint() { "$oshirase" reprint "$@" >stdout 2>stderr; } # no --data, no job: nothing else is needed
quiet press print job.yaml -o sealed.tree --quiet
fresh() { rm -rf out two three && cp -R sealed.tree out; }
fresh
raw() { # the content stream of page P as it stands in the file, deflated
    raw_object=$(qpdf "$1" --json --json-key=pages 2>/dev/null | tr -d ' \n' | sed 's/{"contents"/\n&/g' | sed -n "$(($2 + 1))p" | sed 's/.*"contents":\["\([0-9]*\)0R.*/\1/')
    qpdf "$1" --show-object="$raw_object" --raw-stream-data | sha256sum
}

row 1 'reprint' reprint out --seq 3-5,30,49-60 --reason '汚損' -o two
row 2 'says so' says stderr '^reprint 1: 16 letters, 16 pieces, 16 sheets in [0-9] lots \(whole pieces\)$'
row 3 'the lines of the manifest, digests and all' sh -c "cut -d, -f1-3,5- out/manifest.csv | awk -F, 'NR == 1 || \$1 >= 3 && \$1 <= 5 || \$1 == 30 || \$1 >= 49' >want; cut -d, -f1-3,5- two/manifest.csv | cmp - want"
row 4 'it verifies' refuse 0 press verify two
row 5 '... with the job too' refuse 0 press verify two --job job.yaml
judged() {
    for lot in $(cd two && find . -name '*.pdf'); do
        qpdf --check "two/$lot" >/dev/null || return 1
        mutool info "two/$lot" >/dev/null 2>&1 || return 1
    done
}
row 6 'sound PDFs: qpdf, mutool' judged
streams() {
    sed 1d two/manifest.csv | while IFS=, read -r seq piece lot page rest; do
        from=$(awk -F, -v s="$seq" '$1 == s { print $4 }' out/manifest.csv)
        [ "$(raw "two/$lot" "$page")" = "$(raw "out/$lot" "$from")" ] || { echo "    sequence $seq of $lot, piece $piece, $rest"; exit 1; }
    done
}
row 7 'content streams: byte for byte' streams
looks() {
    lot=$(sed -n 2p two/manifest.csv | cut -d, -f3)
    pdftoppm -r 60 -f 1 -l 1 -png "two/$lot" a && pdftoppm -r 60 -f 3 -l 3 -png "out/$lot" b && cmp a-*.png b-*.png
}
row 8 'looks alike (poppler)' looks
texts() { pdftotext two/lot-000001.pdf - >t && test "$(grep -o '架空 [0-9]*子' t | sort -u | paste -sd,)" = '架空 03子,架空 04子,架空 06子'; }
row 9 'nobody else is in it' texts
row 10 'the ledger of OUT has it' test "$(grep -c " reprint .* reason=%E6%B1%9A%E6%90%8D seqs=3-5:30:49-60 letters=16 .* manifest=$(sha256sum <two/manifest.csv | cut -d' ' -f1) " out/ledger)" = 1
row 11 'else OUT is as it was' sh -c 'diff -r -x ledger sealed.tree out && head -n $(wc -l <sealed.tree/ledger) out/ledger | cmp - sealed.tree/ledger'
row 12 'OUT still verifies' refuse 0 press verify out
row 13 'the report says of what, why, how many' says two/report.json '"reason": "汚損"'
row 14 'the same again: done' reprint out --seq 3-5,30,49-60 --reason '汚損' -o two
row 15 '... and no second record' test "$(grep -c ' reprint ' out/ledger)" = 1
row 16 'to another place: a second reprint' reprint out --seq 3-5,30,49-60 --reason '汚損' -o three
row 17 '... is one' test "$(grep -c ' reprint ' out/ledger)" = 2
row 18 'where counts' sh -c "'$oshirase' where out --seq 4,6 2>&1 | grep -q '^4,.*,reprinted 2$'"
row 19 'modes' test "$(stat -c %a two two/manifest.csv | paste -sd,)" = 700,600
by_id() { fresh && reprint out --id 030 --reason x -o two && test "$(sed 1d two/manifest.csv | cut -d, -f6)" = 030; }
row 20 'by id' by_id

# -- refused: nothing done --
none() { # CODE NUMBER ARGUMENT ...
    none_code=$1 none_number=$2
    shift 2
    fresh
    refuse "$none_code" reprint out "$@" -o two && says stderr "\\[$none_number\\]" && diff -r sealed.tree out && test ! -e two
}
row 30 'no reason' none 2 9660 --seq 1 --reason ' '
row 31 'a My Number' none 4 9661 --seq 1 --reason '123456789018'
row 32 'no choice' none 2 9670 --reason x
row 33 'two choices' none 2 9670 --seq 1 --id 001 --reason x
row 34 'a number beyond' none 2 9663 --seq 60-61 --reason x
row 35 'zero' none 2 9662 --seq 0 --reason x
row 36 'backwards' none 2 9662 --seq 5-3 --reason x
row 37 'no number' none 2 9662 --seq 1,,2 --reason x
row 38 'nobody' none 2 9664 --id nobody --reason x
row 39 'inside of OUT' refuse 2 reprint out --seq 1 --reason x -o out/again
cp -R sealed.tree bad
printf x | dd of=bad/lot-000002.pdf bs=1 seek=900 conv=notrunc 2>/dev/null
rm -rf two
row 41 'a lot that was changed' refuse 6 reprint bad --seq 9 --reason x -o two
row 42 '... another lot is' reprint bad --seq 1 --reason x -o two
mkdir full
echo >full/x
row 44 'a place that holds something else' refuse 2 reprint sealed.tree --seq 1 --reason x -o full
pulled() { fresh && printf '007\n' >ids && press pull out --ids ids --reason x && seq=$(sed -n 2p out/pulls.csv | cut -d, -f2) && refuse 2 reprint out --seq "$seq" --reason x -o two && says stderr '\[9666\]' && test ! -e two; }
row 45 'a pulled sheet' pulled

# -- an inserter's log --
log() { # what is not sealed, as an awk condition
    { echo 封緘番号; seq 1 60 | awk "!($1)" | sed 's/^/0000/'; } >log.txt
}
missing() { fresh && log '$1 == 7 || $1 >= 40 && $1 < 43' && reprint out --from-log log.txt --reason 破れ -o two; }
row 50 'what is missing' missing
row 51 '... exactly that' test "$(sed 1d two/manifest.csv | cut -d, -f1 | paste -sd,)" = 7,40,41,42
row 52 'the account' says stderr '^60 letters made - 0 pulled = 56 sealed once \+ 4 to reprint$'
all_there() { fresh && log 0 && reprint out --from-log log.txt --reason x -o two && test ! -e two && says stderr ' = 60 sealed once \+ 0 to reprint$'; }
row 53 'nothing is missing' all_there
bad_log() { # CODE NUMBER COMMAND on log.txt
    log '$1 == 7'
    sh -c "$3"
    none "$1" "$2" --from-log log.txt --reason x
}
row 54 'a number twice' bad_log 6 9674 'echo 12 >>log.txt'
row 55 '... the whole is refused' says stderr '\[9678\]'
row 56 '... the line is told' says stderr '^oshirase: log.txt:61: sequence 12 '
row 57 'an unknown number' bad_log 6 9675 'echo 61 >>log.txt'
row 58 'no number' bad_log 2 9673 'echo 1a >>log.txt'
pulled_log() { fresh && log '$1 == 7' && press pull out --ids ids --reason x && seq=$(sed -n 2p out/pulls.csv | cut -d, -f2) && refuse 6 reprint out --from-log log.txt --reason x -o two && says stderr "sequence $seq was pulled, and was sealed \\[9676\\]"; }
row 59 'a pulled sheet was sealed' pulled_log
pulled_account() { fresh && press pull out --ids ids --reason x && log "\$1 == $seq || \$1 == 60" && reprint out --from-log log.txt --reason x -o two && says stderr '^60 letters made - 1 pulled = 58 sealed once \+ 1 to reprint$'; }
row 60 'pulled ones are not missing' pulled_account

# -- keyed digests --
"$oshirase" keygen secret.bin >/dev/null 2>&1
write_job keyed.yaml members.csv 'secret: secret.bin'
quiet press print keyed.yaml -o keyed --quiet
cp -R keyed keyed.tree
no_secret() { refuse 2 reprint keyed --seq 2-4 --reason x -o keyed2 && says stderr '\[9694\]' && diff -r keyed.tree keyed && test ! -e keyed2; }
row 65 'without the secret' no_secret
with_secret() {
    reprint keyed --seq 2-4 --reason x -o keyed3 --secret secret.bin && refuse 0 press verify keyed3 --job keyed.yaml &&
        refuse 0 press verify keyed --job keyed.yaml && test "$(tail -n 2 keyed/ledger | cut -d' ' -f2 | paste -sd' ')" = 'reprint mac'
}
row 66 'with it: both ledgers are vouched for' with_secret

# -- pieces of several letters --
people 60 >mail.csv
pieces() { # BY: the first piece of three letters is reprinted by its second
    mail_job pieces.yaml mail.csv 1 'mail: { delivery: home }' "piece: { by: $1 }" 'output: { lot_letters: 14 }'
    rm -rf pieces.tree && quiet press print pieces.yaml -o pieces.tree --quiet
    rm -rf out two && cp -R pieces.tree out
    first=$(awk -F, 'NR > 1 && $3 >= 3 { print $2; exit }' out/pieces.csv)
    size=$(awk -F, -v s="$first" '$2 == s { print $3 }' out/pieces.csv)
    number=$(awk -F, -v s="$first" '$2 == s { print $1 }' out/pieces.csv)
    [ -n "$first" ] && reprint out --seq $((first + 1)) --reason x -o two &&
        test "$(sed 1d two/manifest.csv | cut -d, -f1,2 | paste -sd' ')" = "$(seq "$first" $((first + size - 1)) | sed "s/$/,$number/" | paste -sd' ')" &&
        says stderr " $size letters, 1 pieces, $size sheets in 1 lots \(whole pieces\)$" && refuse 0 press verify two && refuse 0 press verify out
}
row 90 'by insured: the whole piece' pieces insured
row 91 'by household: the whole piece' pieces household
row 92 '... with the job too' refuse 0 press verify two --job pieces.yaml
single() { rm -rf two && reprint out --seq $((first + 1)) --reason y -o two --sheet && test "$(sed 1d two/manifest.csv | cut -d, -f1)" = $((first + 1)) && refuse 0 press verify two --job pieces.yaml; }
row 93 '--sheet: that letter alone' single
states() { "$oshirase" where out --seq "$first-$((first + 2))" >stdout 2>stderr && test "$(sed 1d stdout | cut -d, -f7,8,11 | paste -sd' ')" = "1,$size,reprinted 1 2,$size,reprinted 2 3,$size,reprinted 1"; }
row 94 '... where tells them apart' states
part_log() { # the piece was sealed without its second letter
    rm -rf out two && cp -R pieces.tree out
    { echo 通番; seq 1 60 | grep -vx $((first + 1)); } >log.txt
    refuse 6 reprint out --from-log log.txt --reason x -o two && says stderr "piece $number was sealed without sequence $((first + 1)) \[9677\]" && test ! -e two && diff -r pieces.tree out
}
row 95 'sealed in part' part_log
whole_log() { { echo 通番; seq 1 60 | awk -v a="$first" -v n="$size" '$1 < a || $1 >= a + n'; } >log.txt
    reprint out --from-log log.txt --reason x -o two && test "$(sed 1d two/manifest.csv | wc -l)" = "$size" && refuse 0 press verify two; }
row 96 'a whole piece is missing' whole_log

# -- random selections: every sheet of the copy is the sheet of the manifest --
random() {
    for turn in $(seq 1 "$count"); do
        fresh
        awk -v s="$((seed * 1000 + turn))" 'BEGIN { srand(s); for (i = 1; i <= 60; i++) if (rand() < 0.3) printf "%s%d", n++ ? "," : "", i }' >list
        [ -s list ] || continue
        reprint out --seq "$(cat list)" --reason "$turn" -o two && quiet "$oshirase" verify two &&
            [ "$(sed 1d two/manifest.csv | cut -d, -f1 | paste -sd,)" = "$(cat list)" ] || { echo "    seed $seed turn $turn"; return 1; }
    done
}
row 70 'random selections' random

# -- shipped jobs: layers, images, several sheets a letter --
shipped() {
    for job in hard-names kenpo kokuho kyokai; do
        rm -rf ship ship2
        quiet press print "$root/tests/jobs/$job/job.yaml" -o ship --quiet --protected-out ship-p
        last=$(tail -n 1 ship/manifest.csv | cut -d, -f1)
        reprint ship --seq "1,$last" --reason x -o ship2 && refuse 0 press verify ship2 || { echo "    $job"; return 1; }
        for lot in $(find ship2 -name '*.pdf'); do qpdf --check "$lot" >/dev/null || return 1; done
        rm -rf ship-p
    done
}
row 71 'the shipped jobs' shipped

# -- killed at any event: the same order finishes it; no finished reprint is unknown to the ledger; one record --
again() { reprint out --seq 3,20,50 --reason x -o two; }
swept() { # KIND
    fresh
    OSHIRASE_EVENTS=events "$build/faults/oshirase" reprint out --seq 3,20,50 --reason x -o two >stdout 2>stderr || return 1
    rm -rf good.out good.two && cp -R out good.out && cp -R two good.two
    events=$(wc -l <events)
    n=$((1 + seed % 3))
    while [ $n -le "$events" ]; do
        fresh
        OSHIRASE_FAULT=$1@$n "$build/faults/oshirase" reprint out --seq 3,20,50 --reason x -o two >stdout 2>stderr
        if [ -e two/manifest.csv ] && ! grep -q ' reprint ' out/ledger; then echo "    $1@$n: unknown to the ledger"; return 1; fi
        again || { echo "    $1@$n of $events: again"; return 1; }
        rm -f out/ledger.part
        diff -r good.out out >/dev/null && diff -r good.two two >/dev/null || { echo "    $1@$n of $events"; return 1; }
        n=$((n + (events + count - 1) / count))
    done
}
row 80 'killed' swept kill
row 81 'killed while writing' swept killmid
row 82 'a full disk' swept enospc
row 83 'I/O errors' swept eio
finish
