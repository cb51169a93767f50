#!/bin/sh
# What goes into one envelope: by household and by insured, 本人 first, n/m, the most sheets, differing addresses, weight
# classes, patterns; protected people alone and unseen.
. "$(dirname "$0")/../tools/case.sh"
. "$root/tests/tools/mail-jobs.sh"

people 200 >members.csv

# of each letter: piece, household, 番号, 種別, 住所B
letters() {
    awk -F, 'FNR == 1 { next } FILENAME == "members.csv" { home[$1] = $17; number[$1] = $4; kind[$1] = $2; address[$1] = $16; next }
        { print $2, home[$6], number[$6], kind[$6], address[$6] }' members.csv "$1/manifest.csv"
}
# Each piece is of one household, each household has one piece.
one_each() { letters "$1" | awk '{ if (a[$1]++ && h[$1] != $2) exit 1; if ($2 in p && p[$2] != $1) exit 1; h[$1] = $2; p[$2] = $1 }'; }
# No 家族 before a 本人 of one piece.
self_first() { letters "$1" | awk '$4 == "家族" { seen[$1] = 1 } $4 == "本人" && seen[$1] { exit 1 }'; }
total() { column "$1/pieces.csv" "$2" | awk '{ n += $1 } END { print n }'; }

mail_job job.yaml members.csv 1 'mail: { delivery: home }' \
    'piece: { by: household, paper_grams: 80, envelope_grams: 7, weight_limits: "20 25 50", pattern: { home: 2, "1": 4 }, inserts: { "4": 3 しおり } }'
row 1 'by household' refuse 0 press print job.yaml -o out
row 2 'a household an envelope' one_each out
row 3 '本人 first' self_first out
row 4 'sheets of all pieces are those of all letters' test "$(total out sheets) $(total out letters)" = '200 200'
row 5 'pieces in the report' grep -q "\"pieces\": $(sed 1d out/pieces.csv | wc -l)," out/report.json
row 6 'weight: 7 g + 3 g + 4.99 g a sheet' sh -c "awk -F, 'NR > 1 { g = 10 + 4.9896 * \$4; w = g <= 20 ? 20 : g <= 25 ? 25 : g <= 50 ? 50 : \"over\"
    if (\$8 != w) exit 1 }' out/pieces.csv"
row 7 'the form wins over the route' test "$(column out/pieces.csv pattern | sort -u)" = 4
row 8 'n/m on the sheets' sh -c "pdftotext out/lot-000001.pdf - | grep -o '^[0-9]\{8\} [0-9]*/[0-9]*' >marks
    awk -F, 'NR > 1 { for (i = 1; i <= \$4; i++) printf \"%08d %d/%d\\n\", \$2 + i - 1, i, \$4 }' out/pieces.csv | cmp - marks"
row 9 'verify agrees' refuse 0 press verify out --job job.yaml

mail_job insured.yaml members.csv 1 'mail: { delivery: home }' 'piece: { by: insured, max_sheets: 2 }'
row 10 'by insured, two sheets at most' refuse 0 press print insured.yaml -o insured
row 11 'no more than two' test "$(column insured/pieces.csv sheets | sort -n | tail -n 1)" -eq 2
one_number() { letters "$1" | awk '{ if (a[$1]++ && n[$1] != $3) exit 1; n[$1] = $3 }'; }
row 12 'one 番号 a piece' one_number insured
row 13 'as many pieces as it takes' test "$(sed 1d insured/pieces.csv | wc -l)" -eq \
    "$(awk -F, 'NR > 1 { n[$4]++ } END { for (i in n) s += int((n[i] + 1) / 2); print s }' members.csv)"
mail_job insured.yaml members.csv 1 'mail: { delivery: home }' 'piece: { by: insured, max_sheets: 2, cover: carrier, cover_layout: window-90x55 }'
row 14 'the cover counts as a sheet' refuse 0 press print insured.yaml -o covered
row 15 'so a letter an envelope' test "$(column covered/pieces.csv letters | sort -u) $(column covered/pieces.csv sheets | sort -u)" = '1 2'

# one member of each household moves; another goes by another route
awk -F, 'BEGIN { OFS = "," } NR > 1 && $5 == "01" { $16 = "9丁目9-9" } { print $0, NR == 1 ? "配布区分" : $5 == "02" ? "窓口交付" : "" }' members.csv >moved.csv
mail_job moved.yaml moved.csv 1 'mail: { delivery: home }' 'piece: { by: household }'
row 20 'differing addresses and routes' refuse 0 press print moved.yaml -o moved
row 21 'are different pieces' test "$(sed 1d moved/pieces.csv | wc -l)" -eq "$(awk -F, 'NR > 1 { k = $17 "," $16 "," $24; n += !s[k]++ } END { print n }' moved.csv)"
awk -F, 'BEGIN { OFS = "," } NR > 1 && NR % 2 { gsub("丁目", " 丁目 ", $16) } { print }' members.csv >blanks.csv
mail_job blanks.yaml blanks.csv 1 'mail: { delivery: home }' 'piece: { by: household }'
row 22 'blanks in an address' refuse 0 press print blanks.yaml -o blanks
row 23 '... make no difference' test "$(cut -d, -f1-4 blanks/pieces.csv | cksum)" = "$(cut -d, -f1-4 out/pieces.csv | cksum)"

# any number of workers, shares, an interrupted run
mail_job many.yaml members.csv 1 'mail: { delivery: home }' 'piece: { by: household }' 'output: { lot_letters: 17, marks: inserter }'
row 30 'one worker' refuse 0 press print many.yaml -o one --workers 1
row 31 'three' refuse 0 press print many.yaml -o three --workers 3
row 32 'the same bytes' diff -r one three
row 33 'no piece in two lots' sh -c "awk -F, 'NR > 1 { if (\$2 in l && l[\$2] != \$3) exit 1; l[\$2] = \$3 }' one/manifest.csv"

# protected people
people 60 -v protected=7 >members.csv
mail_job hidden.yaml members.csv 1 'mail: { delivery: home, tracking: { first: "560-60-00000", count: 200 }, class: tokutei-kiroku }' \
    'piece: { by: household, cover: carrier, cover_layout: window-90x55 }' 'output: { order: postcode, lot: { cover: true } }'
row 40 'protected people have a place of their own' refuse 0 press print hidden.yaml -o seen --protected-out unseen
row 41 'and pieces of their own' test "$(sed 1d unseen/pieces.csv | wc -l)" -eq 8
row 42 'without a number, cover or gap' sh -c "! grep -q 560- unseen/pieces.csv && cut -d, -f10 unseen/pieces.csv | sed 1d | sort -u | grep -qx 0 &&
    cut -d, -f1 seen/pieces.csv | sed 1d | awk '\$1 != NR { exit 1 }' && cut -d, -f1 seen/posting-list.csv | sed 1d | cut -c8-12 | awk '\$1 + 0 != NR - 1 { exit 1 }'"
grep -v ',1,[^,]*$' members.csv >open.csv
row 43 'without them' refuse 0 press print hidden.yaml --input open.csv -o open --protected-out none
row 44 '... all others get the same' test "$(cut -d, -f1-9 seen/pieces.csv | cksum)" = "$(cut -d, -f1-9 open/pieces.csv | cksum)"
awk -F, 'BEGIN { OFS = "," } $22 == 1 { $14 = "060-0001"; $15 = "北海道札幌市中央区北一条西"; $16 = "1丁目"; $19 = "99999" } { print }' \
    members.csv >other.csv
row 45 'another address, hidden' refuse 0 press print hidden.yaml --input other.csv -o other --protected-out others
row 46 '... changes no byte' diff -r seen other
row 47 '... in neither place' diff -r unseen others
finish
