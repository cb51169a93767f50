#!/bin/sh
# What must hold for any list of people: a letter depends on its own record, the job, templates, layouts and fonts,
# and on nothing else. SEED and COUNT choose the list (`make soak` takes many more).
. "$(dirname "$0")/../tools/case.sh"
. "$root/tests/tools/jobs.sh"
seed=${SEED:-1}
count=${COUNT:-3000}
echo "seed $seed, $count records"

"$build/tools/members" "$count" "$seed" >members.csv
write_job job.yaml members.csv
# id and letter digest, by id: what must not change
letters() {
    sed -n '2,$p' "$1/manifest.csv" | awk -F, '{ print $6, $10 }' | sort
}
# stable random order: every line gets a number of its own generator
shuffle() {
    awk -v s="$seed" 'BEGIN { x = s } { x = (x * 69069 + 12345) % 4294967296; printf "%010d\t%s\n", x, $0 }' | sort | cut -f2-
}
row 1 'the list prints' refuse 0 press print job.yaml -o straight
letters straight >straight.letters
row 2 'a letter a record' test "$(wc -l <straight.letters)" = "$count"

{ head -n 1 members.csv; sed -n '2,$p' members.csv | shuffle; } >shuffled.csv
row 3 'shuffled rows: prints' refuse 0 press print job.yaml --input shuffled.csv -o shuffled
letters shuffled >shuffled.letters
row 4 'shuffled rows: each letter stays' same straight.letters shuffled.letters

third=$((count / 3))
{ head -n 1 members.csv; sed -n "2,$((third + 1))p" members.csv; } >part1.csv
{ head -n 1 members.csv; sed -n "$((third + 2)),\$p" members.csv; } >part2.csv
row 5 'split file, first part' refuse 0 press print job.yaml --input part1.csv -o part1
row 6 'split file, second part' refuse 0 press print job.yaml --input part2.csv -o part2
{ letters part1; letters part2; } | sort >parts.letters
row 7 'split file: each letter stays' same straight.letters parts.letters

# two neighbours change places: their lines of the manifest change places, all others stay
a=$((count / 2)); b=$((a + 1))
awk -v a="$a" -v b="$b" 'NR == a { keep = $0; next } { print } NR == b { print keep }' members.csv >swapped.csv
row 8 'two rows swapped: prints' refuse 0 press print job.yaml --input swapped.csv -o swapped
cut -d, -f6,10 straight/manifest.csv >straight.order
cut -d, -f6,10 swapped/manifest.csv | awk -v a="$a" -v b="$b" 'NR == a { keep = $0; next } { print } NR == b { print keep }' >swapped.order
row 9 'two rows swapped: both letters swap, nothing else' same straight.order swapped.order

# columns in another order, other line ends, other encoding: the same letters
awk -F, -v OFS=, '{ for (i = NF; i > 1; i--) printf "%s,", $i; print $1 }' members.csv >reversed.csv
row 10 'columns reversed' refuse 0 press print job.yaml --input reversed.csv -o reversed
letters reversed >reversed.letters
row 11 'columns reversed: each letter stays' same straight.letters reversed.letters
"$build/tools/members" "$count" "$seed" --encoding cp932 --crlf >cp932.csv
sed 's/^  file: .*/&\n  encoding: cp932/' job.yaml >cp932.yaml
row 12 'CP932 and CRLF' refuse 0 press print cp932.yaml --input cp932.csv -o cp932
letters cp932 >cp932.letters
row 13 'CP932 and CRLF: each letter stays' same straight.letters cp932.letters

# other lots, other compression, another name of the job: the same letters
write_job small.yaml members.csv 'output: { lot_letters: 17, compression: 6 }'
row 14 'small lots' refuse 0 press print small.yaml -o small
letters small >small.letters
row 15 'small lots: each letter stays' same straight.letters small.letters
row 16 'small lots: as many as needed' test "$(ls small/lot-*.pdf | wc -l)" = $(((count + 16) / 17))

# a page's content depends on the page alone: the same letter in two different lots has the same content stream, but
# for the marks of the run (sequence, n/m), which stand behind it and are tagged
streams() { # LOT -> digest of every page's content, one a line
    qpdf --qdf --object-streams=disable "$1" - 2>/dev/null | awk '
        /^%% Contents for page/ { page = 1 } page && /^stream$/ { on = 1; mark = 0; text = ""; next }
        on && /^\/Run BMC q / { mark = 1 } mark { if (/^Q EMC$/) mark = 0; next }
        on && /^endstream$/ { print text; on = 0; page = 0 } on { text = text $0 "\\n" }' |
        while IFS= read -r line; do printf '%s' "$line" | cksum; done
}
sed -n '1p;102,111p' members.csv >ten.csv
row 17 'ten of them alone' refuse 0 press print job.yaml --input ten.csv -o ten
streams ten/lot-000001.pdf >ten.streams
sed -n '1p;52,161p' members.csv >many.csv
row 18 'the ten among a hundred others' refuse 0 press print job.yaml --input many.csv -o many
streams many/lot-000001.pdf | sed -n '51,60p' >many.streams
row 19 'ten content streams' test "$(sort -u ten.streams | wc -l)" = 10
row 20 'content does not depend on the neighbours' same ten.streams many.streams
write_job bare.yaml members.csv 'output: { marks: none }'
row 23 'without marks' refuse 0 press print bare.yaml --input many.csv -o bare
streams bare/lot-000001.pdf | sed -n '51,60p' >bare.streams
row 24 'nothing but marks was left out' same bare.streams many.streams

# one cell changes: one letter changes
awk -F, -v OFS=, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "個人番号下4桁") c = i } NR == 50 { $c = $c == "0001" ? "0002" : "0001" } { print }' members.csv >changed.csv
row 21 'one last 4 changed' refuse 0 press print job.yaml --input changed.csv -o changed
letters changed >changed.letters
row 22 'one last 4 changed: one letter changes' test "$(diff straight.letters changed.letters | grep -c '^<')" = 1

# text of every page against the input, by poppler
row 23 'the text of every page belongs to its record' "$root/tests/tools/pagetext.sh" members.csv straight
finish
