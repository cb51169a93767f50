#!/bin/sh
# 引受番号: from a block or a column, one a piece, never twice; the register through restarts, races and errors.
. "$(dirname "$0")/../tools/case.sh"
. "$root/tests/tools/mail-jobs.sh"
people 40 >members.csv
people 40 -v seed=9 | sed 's/^M/N/' >others.csv

# numbers OUT: of its pieces, in their order
numbers() { column "$1/pieces.csv" tracking | grep .; }
job() { # FILE CSV COUNT [LINE ...]
    job_to=$1 job_csv=$2 job_count=$3
    shift 3
    mail_job "$job_to" "$job_csv" 3 "mail: { delivery: home, class: kan-i-kakitome, tracking: { first: \"360-60-00000\", count: $job_count, register: numbers.txt } }" "$@"
}
used() { awk 'NR > 1 { n += $3 } END { print n + 0 }' numbers.txt; }
once() { cat "$@" | sort | uniq -d | grep -q . && return 1 || return 0; }

mail_job plain.yaml members.csv 3 'mail: { delivery: home, class: kan-i-kakitome, tracking: { first: "360-60-00000", count: 40 } }'
row 1 'a block that is just enough' refuse 0 press print plain.yaml -o plain
row 2 'one after the other' sh -c "cut -d, -f7 plain/pieces.csv | sed 1d | cut -c8-12 | awk '\$1 + 0 != NR - 1 { exit 1 }'"
row 3 'the check digit' sh -c "test \"\$(sed -n 2p plain/pieces.csv | cut -d, -f7)\" = \"\$('$oshirase' barcode tracking 360-60-00000)\""
row 4 'in the manifest' sh -c "cut -d, -f9 plain/manifest.csv | sed 1d >a; cut -d, -f7 plain/pieces.csv | sed 1d | cmp - a"
row 5 'on the list for the post office' sh -c "pdftotext -layout plain/posting-list.pdf - | grep -o '360-60-[0-9]*-[0-9]' | sort -u | wc -l | grep -qx 40"
row 6 '... without names' sh -c "! pdftotext plain/posting-list.pdf - | grep -q 青葉"
mail_job names.yaml members.csv 3 'mail: { delivery: home, class: kan-i-kakitome, posting_names: true, tracking: { first: "360-60-00000", count: 40 } }'
row 7 '... or with them' sh -c "'$oshirase' print names.yaml -o names --data '$root' --quiet && pdftotext names/posting-list.pdf - | grep -q '郎\|子'"
row 8 '... in no table' sh -c "! grep -q '郎\|子' names/*.csv"
mail_job short.yaml members.csv 3 'mail: { delivery: home, class: kan-i-kakitome, tracking: { first: "360-60-00000", count: 39 } }'
row 9 'a block too short' refuse 2 press print short.yaml -o short
row 10 '... the shortfall is told' says stderr '40.*39|39.*40'
row 11 '... nothing is written' test ! -e short

# the register
job one.yaml members.csv 100
job two.yaml others.csv 100
row 20 'first run' refuse 0 press print one.yaml -o one
row 21 '... its numbers are done' grep -q ' 3606000000 40 done' numbers.txt
row 22 'second run' refuse 0 press print two.yaml -o two
numbers one >a
numbers two >b
row 23 'none twice' once a b
row 24 'what is left is not enough' sh -c 'cp numbers.txt before'
job three.yaml members.csv 100 'output: { lot_letters: 7 }'
row 25 '... refused' refuse 2 press print three.yaml -o three
row 26 '... with the shortfall' says stderr '8044'
row 27 '... and the register is as before' cmp before numbers.txt
rm -rf one-again
row 28 'the same run once more: only when asked for' refuse 2 press print one.yaml -o one-again
row 29 '... says so' says stderr 9224
row 30 '... then with the same numbers' refuse 0 press print one.yaml -o one-again --resume
row 31 '... and bytes' diff -r one one-again
row 32 'a complete run' refuse 0 press print one.yaml -o one --resume
row 33 'nothing changed' cmp before numbers.txt

# two at once
rm -f numbers.txt
job one.yaml members.csv 80
job two.yaml others.csv 80
for turn in 1 2 3; do
    rm -rf one two numbers.txt
    "$oshirase" print one.yaml -o one --data "$root" --quiet 2>/dev/null &
    first=$!
    "$oshirase" print two.yaml -o two --data "$root" --quiet 2>/dev/null &
    wait "$first" $!
    numbers one >a
    numbers two >b
    row "4$turn" "two at once, turn $turn" sh -c "cat a b | sort -u | wc -l | grep -qx 80"
done

# killed while printing
rm -rf one two numbers.txt
job one.yaml members.csv 80 'output: { lot_letters: 2 }'
row 50 'undisturbed' refuse 0 press print one.yaml -o straight --workers 1
rm -f numbers.txt
killed=0
for wait in 0.08 0.15 0.25; do
    rm -rf cut numbers.txt
    "$oshirase" print one.yaml -o cut --data "$root" --workers 1 --quiet 2>/dev/null &
    pid=$!
    sleep "$wait"
    kill -9 "$pid" 2>/dev/null && killed=$((killed + 1))
    wait "$pid" 2>/dev/null
    "$oshirase" print one.yaml -o cut --data "$root" --workers 2 --resume --quiet 2>/dev/null
    row "5${wait#0.}" "killed after $wait s" diff -r straight cut
    row "6${wait#0.}" '... its numbers are done once' sh -c "grep -c done numbers.txt | grep -qx 1"
done
rm -rf numbers.txt cut
printf 'oshirase tracking register 1\n%064d 3606000000 40 reserved\n' 7 >numbers.txt
row 70 'numbers of a run that never came back' refuse 0 press print one.yaml -o later
row 71 '... are told' grep -q register-abandoned later/report.json
row 72 '... and not given' sh -c "cut -d, -f7 later/pieces.csv | grep -q '360-60-00040-'"
for spoiled in 'nonsense' 'oshirase tracking register 1
zz' "oshirase tracking register 1
$(printf '%064d' 1) 3606000000 0 done"; do
    printf '%s\n' "$spoiled" >numbers.txt
    rm -rf spoiled
    row 73 'a damaged register' refuse 2 press print one.yaml -o spoiled
    row 74 '... is named' says stderr 'numbers.txt.*9220'
done
rm -f numbers.txt
sed 's/,00013,/,00013 /;2s/M/\xff/' members.csv >broken.csv
job late.yaml members.csv 80
row 75 'a run that could not begin' sh -c "mkdir -p late && touch late/x; '$oshirase' print late.yaml -o late --data '$root' --quiet 2>/dev/null; test \$? = 2"
row 76 '... keeps no number' sh -c 'test ! -e numbers.txt || ! grep -q reserved numbers.txt'

# shares of one run
rm -rf numbers.txt share-* straight
job one.yaml members.csv 80 'output: { lot_letters: 9 }'
row 80 'whole' refuse 0 press print one.yaml -o straight
rm -f numbers.txt
row 81 'first share' refuse 0 press print one.yaml -o share-1 --shard 1/2
row 82 'second share' refuse 0 press print one.yaml -o share-2 --shard 2/2
row 83 'the same lots' sh -c 'for f in share-?/lot-*.pdf; do cmp "$f" "straight/${f##*/}" || exit 1; done; test "$(ls share-?/lot-*.pdf | wc -l)" -eq "$(ls straight/lot-*.pdf | wc -l)"'

# classes
people 60 -v class=1 >mixed.csv
mail_job classes.yaml mixed.csv 3 'mail: { delivery: home, tracking: { tokutei-kiroku: { first: "560-60-00000", count: 60 }, kan-i-kakitome: { first: "360-60-00000", count: 60 } } }'
row 90 'a block a class' refuse 0 press print classes.yaml -o classes
row 91 'each its own' sh -c "awk -F, 'NR > 1 { c = substr(\$1, 1, 1); if ((\$2 == \"kan-i-kakitome\") != (c == 3)) exit 1 }' classes/posting-list.csv"
row 92 'ordinary mail has none' sh -c "awk -F, 'NR > 1 && \$6 == \"home-ordinary\" && \$7 != \"\" { exit 1 }' classes/pieces.csv"
mail_job over.yaml mixed.csv 3 'mail: { delivery: home, tracking: { tokutei-kiroku: { first: "560-60-00000", count: 60 }, kan-i-kakitome: { first: "560-60-00050", count: 60 } } }'
row 93 'blocks with numbers in common' refuse 2 press print over.yaml -o over

# the column
awk -F, -v oshirase="$oshirase" 'NR == 1 { print $0 ",引受番号"; next } { t = sprintf("360-60-%05d", NR * 3); c = (36060 % 7 * (100000 % 7) + NR * 3) % 7
    print $0 ",\"" t "-" c "\"" }' members.csv >column.csv
mail_job column.yaml column.csv 3 'mail: { delivery: home, class: kan-i-kakitome }'
row 100 'numbers of the file' refuse 0 press print column.yaml -o column
row 101 '... are printed with their records' sh -c "sed 1d column/manifest.csv | head -n 1 | cut -d, -f9 | grep -q '360-60-00006-'"
sed '3s/,"360-60-[0-9-]*"/,/;4s/"360-60-\(.....\)-."/"360-60-\1-9"/;6s/.*,/&/' column.csv >poor.csv
sed -n 8p column.csv | sed 's/.*,//' >same
awk -F, -v same="$(cat same)" 'BEGIN { OFS = "," } NR == 9 { $NF = same } { print }' poor.csv >poorer.csv
mail_job poor.yaml poorer.csv 3 'mail: { delivery: home, class: kan-i-kakitome }'
row 102 'what is wrong with them' refuse 3 press print poor.yaml -o poor
row 103 '... none, wrong, twice' test "$(sed 1d poor/holds.csv | cut -d, -f1,3 | cut -d' ' -f1 | tr '\n' ' ')" = '3,9203 4,8041 8,9204 9,9204 '
mail_job both.yaml column.csv 3 'mail: { delivery: home, class: kan-i-kakitome, tracking: { first: "360-60-00000", count: 40 } }'
row 104 'column and block' refuse 2 press print both.yaml -o both
row 105 '... refused' says stderr 9205
mail_job pieces.yaml column.csv 3 'mail: { delivery: home, class: kan-i-kakitome }' 'piece: { by: household }'
row 106 'column and pieces of several' refuse 2 press print pieces.yaml -o pieces

# only what is posted has a number
awk -F, 'BEGIN { OFS = "," } { print $0, NR == 1 ? "配布区分" : NR % 3 == 0 ? "郵送" : NR % 3 == 1 ? "窓口交付" : "事業主経由" }' members.csv >ways.csv
mail_job ways.yaml ways.csv 3 'mail: { class: kan-i-kakitome, tracking: { first: "360-60-00000", count: 13 } }'
row 110 'a number for each letter by 郵送' refuse 0 press print ways.yaml -o ways
row 111 '... and for no other' sh -c "awk -F, 'NR > 1 { n++; if (\$3 != \"home-kan-i-kakitome\") exit 1 } END { if (n != 13) exit 1 }' ways/posting-list.csv"
row 112 '... in no table' sh -c "awk -F, 'NR > 1 && (\$6 ~ /^home/) != (\$7 != \"\") { exit 1 }' ways/pieces.csv"
paste -d, ways.csv column.csv | awk -F, 'BEGIN { OFS = "," } { n = $NF; for (i = 1; i <= 24; i++) printf "%s,", $i; print NR == 1 || $24 == "郵送" ? n : "" }' >none.csv
mail_job none.yaml none.csv 3 'mail: { class: kan-i-kakitome }'
row 113 'a column: none is asked for where nothing is posted' refuse 0 press print none.yaml -o none
row 114 '... as many as there are' test "$(sed 1d none/posting-list.csv | wc -l)" -eq 13
sed 's/郵送/窓口交付/' ways.csv >counter.csv
mail_job counter.yaml counter.csv 3 'mail: { class: kan-i-kakitome, tracking: { first: "360-60-00000", count: 13 } }'
row 115 'a list of nobody' refuse 0 press print counter.yaml -o counter
row 116 '... is a sheet that says so' sh -c "qpdf --check counter/posting-list.pdf >/dev/null && pdftotext counter/posting-list.pdf - | grep -q '合計 0 通'"

# check says what print would
row 120 'check: a block too short' refuse 2 press check short.yaml
row 121 '... with the shortfall' grep -q '40.*39.*8044' stdout stderr
row 122 'check: a block that is enough' refuse 0 press check plain.yaml
rm -f numbers.txt
job one.yaml members.csv 60
job two.yaml others.csv 60
row 123 'check: nobody has used the register' refuse 0 press check one.yaml
row 124 '... nothing is written' test ! -e numbers.txt
row 125 'one run uses it' refuse 0 press print one.yaml -o checked
cp numbers.txt before
row 126 'check: what is left is not enough' refuse 2 press check two.yaml
row 127 '... the register is as before' cmp before numbers.txt

# somebody gave the numbers of a running job back: it does not end well
people 800 >many.csv
job many.yaml many.csv 3000 'output: { lot_letters: 5 }'
rm -rf numbers.txt many
"$oshirase" print many.yaml -o many --data "$root" --workers 1 --quiet 2>many.words &
pid=$!
while kill -0 "$pid" 2>/dev/null && [ ! -s numbers.txt ]; do :; done
echo 'oshirase tracking register 1' >numbers.txt
wait "$pid"
row 130 'numbers that are kept for it no longer' test "$?" -eq 6
row 131 '... the run says so' grep -q 9223 many.words
row 132 '... and there is no manifest' test ! -e many/manifest.csv
finish
