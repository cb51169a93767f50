#!/bin/sh
# oshirase verify: a finished folder is whole, and every sheet is its own record's; SEED, and COUNT for all of it.
# Every page and every lot deleted, doubled, swapped, cut, flipped; all pairs of 40 people exchanged: none goes unseen.
. "$(dirname "$0")/../tools/case.sh"
. "$root/tests/tools/jobs.sh"
seed=${SEED:-1}
lots='1 3' flips=30 # of make check; COUNT: every lot, so many bits
[ -z "${COUNT:-}" ] || { lots='1 2 3 4 5' flips=$COUNT; }
echo "seed $seed, lots $lots, $flips bits"
{
    head_row
    for n in $(seq 1 40); do person "$(printf '%03d' "$n")" "架空 $(printf '%02d' "$n")子"; done
} >members.csv
write_job job.yaml members.csv 'output: { lot_letters: 8 }'

verify() { press verify "$@"; }
copy() { # the finished folder, to spoil
    rm -rf bad
    cp -R out bad
}
found() { # REASON: verify of bad ends with 6 and tells it
    refuse 6 verify bad && says stderr "\\[$1\\]"
}
pages() { # LOT RANGE ...: bad/LOT made anew of these pages
    pages_lot=$1
    shift
    rm -f "bad/$pages_lot"
    qpdf --remove-unreferenced-resources=no "out/$pages_lot" --pages "$@" -- "bad/$pages_lot"
}

row 1 'prints' refuse 0 press print job.yaml -o out
row 2 'is whole' refuse 0 verify out
row 3 '... and says so' test "$(cat stdout)" = '40 letters, 40 pieces, 40 sheets in 5 lots: as printed'
row 4 '... in silence' test ! -s stderr
row 5 'of its own people' refuse 0 verify out --job job.yaml
row 6 '... and says so' says stdout '; 40 records on their own sheets$'
row 7 'nothing is written' sh -c "cp -R out again && '$oshirase' verify out >/dev/null 2>&1 && diff -r out again"

# -- each page: deleted, doubled, exchanged with another of its lot, with one of another lot --
each_page() { # SPEC-MAKER REASONS: for every page of every lot
    for lot in $lots; do
        for page in 1 2 3 4 5 6 7 8; do
            copy
            "$1" "lot-00000$lot.pdf" "$page" || return 1
            refuse 6 verify bad && says stderr "^oshirase: lot-00000$lot.pdf: .*\\[$2\\]" || {
                echo "    lot $lot page $page: $1"
                return 1
            }
        done
    done
}
without() { echo 1 2 3 4 5 6 7 8 | tr ' ' '\n' | grep -vx "$1" | paste -sd,; }
deleted() { pages "$1" . "$(without "$2")"; }
doubled() { pages "$1" . "1-$2,$2-8"; }
first_again() { pages "$1" . "$(seq 1 8 | sed "s/^$2\$/$(($2 % 8 + 1))/" | paste -sd,)"; }
row 10 'each page deleted: the lot has too few' each_page deleted 9616
row 11 'each page doubled: the lot has too many' each_page doubled 9616
row 12 'each page replaced by its neighbour: it is named' each_page first_again 9623
exchanged() {
    copy
    pages lot-000003.pdf . 1,2,6,4,5,3,7,8
    refuse 6 verify bad && says stderr '^oshirase: lot-000003.pdf: page 3 .* sequence 19 ' &&
        says stderr '^oshirase: lot-000003.pdf: page 6 .* sequence 22 ' && test "$(grep -c '\[9623\]' stderr)" = 2
}
row 13 'two pages exchanged: both are named, no other' exchanged
foreign() {
    copy
    pages lot-000003.pdf . 1-4 out/lot-000004.pdf 5 . 6-8
    refuse 6 verify bad && says stderr '^oshirase: lot-000003.pdf: page 5 .*\[9623\]' && test "$(grep -c '\[9623\]' stderr)" = 1
}
row 14 'a page of another lot' foreign
turned() {
    copy
    rm bad/lot-000001.pdf
    qpdf out/lot-000001.pdf --rotate=+180:3 -- bad/lot-000001.pdf
    found 9601
}
row 15 'a page turned' turned
marked() { # another sequence number on page 3, all else as it was
    copy
    qpdf --qdf --object-streams=disable out/lot-000003.pdf bad.qdf
    LC_ALL=C awk '/^\/Run BMC/ { page++ } page == 3 && /Tj$/ && !done { done = sub(/<..../, "<0013") } { print }' bad.qdf >other.qdf
    ! cmp -s bad.qdf other.qdf && rm bad/lot-000003.pdf &&
        qpdf --object-streams=disable --remove-unreferenced-resources=no other.qdf bad/lot-000003.pdf || return 1
    refuse 6 verify bad && says stderr '^oshirase: lot-000003.pdf: page 3 .* sequence 19 .*\[9636\]' &&
        test "$(grep -c '\[96[0-9][0-9]\]' stderr)" -le 3 && silent stderr '\[9623\]'
}
row 16 'a changed run mark is told as such' marked

# -- each lot --
each_lot() { # COMMAND REASON
    for lot in 1 2 3 4 5; do
        copy
        lot=lot-00000$lot.pdf
        "$1" || return 1
        found "$2" || { echo "    $lot: $1"; return 1; }
    done
}
lot_gone() { rm "bad/$lot"; }
lot_cut() { head -c $(($(wc -c <"out/$lot") - 100)) "out/$lot" >"bad/$lot"; }
lot_empty() { : >"bad/$lot"; }
lot_other() { cp out/lot-000002.pdf "bad/$lot" && { [ "$lot" != lot-000002.pdf ] || cp out/lot-000001.pdf "bad/$lot"; }; }
lot_again() { cp "out/$lot" bad/lot-000006.pdf; }
lot_aside() { mkdir bad/home && cp "out/$lot" bad/home/; }
lot_part() { cp "out/$lot" "bad/$lot.part"; }
lot_link() { mv "bad/$lot" bad/x && ln -s x "bad/$lot"; }
row 20 'each lot gone' each_lot lot_gone 9617
row 21 'each lot cut' each_lot lot_cut 9619
row 22 'each lot empty' each_lot lot_empty 9619
row 23 'each lot another one' each_lot lot_other 9619
row 24 '... sheets are named' says stderr '\[9623\]'
row 25 'a lot too many' each_lot lot_again 9618
row 26 '... in a sub-folder' each_lot lot_aside 9618
row 27 '... half written' each_lot lot_part 9618
row 28 'a link instead of a lot' each_lot lot_link 9618

# -- tables and ledger --
spoiled() { # FILE SED REASON
    copy
    sed -i "$2" "bad/$1"
    if same "out/$1" "bad/$1" >/dev/null 2>&1; then return 1; fi
    found "$3"
}
row 30 'no manifest' sh -c 'cp -R out none && rm none/manifest.csv'
row 31 '... not finished' refuse 6 verify none
row 32 '... says so' says stderr '\[9611\]'
row 33 'a line gone' spoiled manifest.csv 5d 9613
row 34 'a line twice' spoiled manifest.csv 5p 9613
row 35 '... its id stands twice' says stderr '\[9627\]'
row 36 'a line without its end' spoiled manifest.csv '7s/,[^,]*$//' 9612
row 37 'another head' spoiled manifest.csv '1s/seq/SEQ/' 9612
row 38 'another sheet digest' spoiled manifest.csv '9s/.$/x/;9s/x$/0/;9s/,.\{64\}$/,0000000000000000000000000000000000000000000000000000000000000000/' 9636
row 39 '... the manifest is not the sealed one' says stderr '\[9622\]'
row 58 "another letter's digest" spoiled manifest.csv '9s/,[0-9a-f]\{64\},/,0000000000000000000000000000000000000000000000000000000000000000,/' 9623
row 40 'two ids exchanged' spoiled manifest.csv '3s/,002,/,00x,/;4s/,003,/,002,/;3s/,00x,/,003,/' 9628
row 41 'a page number' spoiled manifest.csv '4s/pdf,3,/pdf,2,/' 9615
row 42 'a piece backwards' spoiled manifest.csv '6s/^5,5,/5,3,/' 9614
row 43 'a tracking number with a wrong check digit' spoiled manifest.csv '2s/employer,,/employer,560-00-00000-1,/' 9625
row 44 'a tracking number twice' spoiled manifest.csv '2,3s/employer,,/employer,560-00-00000-0,/' 9626
row 45 'a record gone' spoiled records.csv 8d 9628
row 46 'a record of another outcome' spoiled records.csv '8s/,printed,7,/,held,,/' 9628
row 47 '... counts differ from the report' says stderr '\[9629\]'
row 48 'a record of no letter' spoiled records.csv '8s/,printed,7,/,printed,77,/' 9628
row 49 'no records.csv' sh -c 'cp -R out norecords && rm norecords/records.csv'
row 50 '... told' refuse 6 verify norecords
row 51 'another total' spoiled report.json 's/"held": 0/"held": 1/' 9629
row 52 'another count of sheets in a route' spoiled report.json 's/"employer": {"people": 40, "sheets": 40/"employer": {"people": 40, "sheets": 41/' 9629
row 53 'ledger: a digit' spoiled ledger '3s/letters=8/letters=7/' 9056
row 54 'ledger: a line gone' spoiled ledger 4d 9056
row 55 'ledger: the seal gone' spoiled ledger '$d' 9620
row 53 'a form in records.csv' spoiled records.csv '3s/,1,$/,2,/' 9638
row 53 'a line more in holds.csv' spoiled holds.csv '$a 9,009,4513 field-black-circle,' 9638
row 53 'a word of the report to read' spoiled report.txt '1s/./x/' 9638
row 53 'a digest in the report' spoiled report.json '/input_digest/s/[0-9a-f]\{8\}"/00000000"/' 9638
table_gone() {
    copy
    rm bad/followup.csv
    found 9638
}
row 53 'followup.csv gone' table_gone
row 56 'a folder that is none of ours' sh -c 'mkdir -p empty'
row 57 '... is no finished output' refuse 6 verify empty
row 58 'no value of a record is told' silent stderr '架空|カクウ'

# -- bits at random --
flips() {
    awk -v seed="$seed" -v count="$flips" 'BEGIN { x = seed
        for (i = 0; i < count; i++) { x = (x * 69069 + 12345) % 4294967296; print int(x / 65536), int(x / 256) % 256 } }' >places
    while read -r at bit; do
        copy
        size=$(wc -c <out/lot-000002.pdf)
        at=$((at * 7919 % size))
        old=$(od -An -tu1 -j "$at" -N 1 out/lot-000002.pdf)
        printf "\\$(printf %o $((old ^ (1 << bit % 8))))" | dd of=bad/lot-000002.pdf bs=1 seek="$at" conv=notrunc 2>/dev/null
        refuse 6 quiet "$oshirase" verify bad || { echo "    seed $seed: byte $at bit $((bit % 8))"; return 1; }
    done <places
}
row 60 'bits of a lot flipped' flips

# -- with the job: the right people. Every pair of 40 exchanges everything but its place and number --
turn() { # K: pairs of round K of a tournament, as "a b"
    awk -v k="$1" 'BEGIN { n = 40; print n, k + 1
        for (i = 1; i < n / 2; i++) print (k + i) % (n - 1) + 1, (k - i + n - 1) % (n - 1) + 1 }'
}
swap() { # pairs on stdin: members.csv with name, number and last 4 of each pair exchanged
    awk -F, -v OFS=, 'NR == FNR { split($0, p, " "); other[p[1]] = p[2]; other[p[2]] = p[1]; next }
        { line[FNR] = $0 }
        END { print line[1]
            for (i = 1; i < FNR; i++) { split(line[i + 1], own, ","); split(line[other[i] + 1], theirs, ",")
                own[4] = theirs[4]; own[6] = theirs[6]; own[10] = theirs[10]
                row = own[1]; for (c = 2; c <= 11; c++) row = row "," own[c]; print row } }' - members.csv
}
pairs() {
    for k in $(seq 0 38); do
        turn "$k" | swap >swapped.csv
        refuse 6 verify out --job job.yaml --input swapped.csv && test "$(grep -c '\[9633\]' stderr)" = 40 || {
            echo "    round $k: $(grep -c '\[9633\]' stderr) of 40"
            return 1
        }
    done
}
row 70 'all 780 pairs of 40 people' pairs
one_column() { # COLUMN: that of the next person, for everybody
    awk -F, -v OFS=, -v c="$1" '{ line[NR] = $0 } END { print line[1]
        for (i = 2; i <= NR; i++) { split(line[i < NR ? i + 1 : 2], next_one, ","); $0 = line[i]; $c = next_one[c]; print } }' \
        members.csv >rotated.csv
    refuse 6 verify out --job job.yaml --input rotated.csv && test "$(grep -c '\[9633\]' stderr)" = 40
}
row 71 'the name of the next person' one_column 6
row 72 'the number of the next person' one_column 4
row 73 'the last four of the next person' one_column 10
row 74 'no value is told' silent stderr '架空|子'
sed 's/issued: 2024-10-01/issued: 2024-10-02/' job.yaml >other.yaml
row 75 'another job' refuse 2 verify out --job other.yaml
row 76 '... says so' says stderr '\[9632\]'

{ cat members.csv; person 041 '架空 新子'; } >longer.csv
row 77 'a record that no line speaks of' refuse 6 verify out --job job.yaml --input longer.csv
row 78 '... is told' says stderr '^oshirase: records.csv: .*\[9629\]'
sed '$d' members.csv >shorter.csv
row 79 'a line of no record' refuse 6 verify out --job job.yaml --input shorter.csv

# -- households, protected places, many forms: whatever is printed is whole --
shipped() {
    for job in hard-names kenpo kokuho kokuho-kumiai kyokai 2024-12; do
        rm -rf whole hidden
        press print "$root/tests/jobs/$job/job.yaml" -o whole --protected-out hidden
        refuse 0 verify whole --job "$root/tests/jobs/$job/job.yaml" && refuse 0 verify hidden --protected || {
            echo "    $job"
            return 1
        }
    done
}
row 80 'the shipped jobs' shipped

# -- shares of several files, whose rows all count from 1 --
{ head -n 1 members.csv; sed -n '2,11p' members.csv; } >first.csv
{ head -n 1 members.csv; sed -n '12,41p' members.csv; } >second.csv
write_job several.yaml first.csv 'output: { lot_letters: 8 }'
sed -i 's/^  file: .*/  files: [first.csv, second.csv]/' several.yaml
shares() {
    for shard in 1 2 3; do
        press print several.yaml -o "share$shard" --shard "$shard/3"
        refuse 0 verify "share$shard" --job several.yaml || return 1
    done
}
row 90 'each share, with the job' shares
row 91 '... which is not that of another' sh -c "! cmp -s share1/records.csv share2/records.csv"
finish
