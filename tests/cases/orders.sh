#!/bin/sh
# Orders, bundles, employers, lots: sums, places of slips, the same by any number of workers, shares and restarts.
. "$(dirname "$0")/../tools/case.sh"
. "$root/tests/tools/mail-jobs.sh"
people 400 >members.csv
sum() { column "$1" "$2" | awk '{ n += $1 } END { print n + 0 }'; }

# postcode of each letter, in printing order
codes() {
    awk -F, 'FNR == 1 { next } FILENAME == "members.csv" { code[$1] = $14; next } { print $1, substr(code[$6], 1, 3) substr(code[$6], 5) }' \
        members.csv "$1/manifest.csv"
}
# Every letter is in the bundle whose numbers it has, and of its prefix.
bundles_hold() {
    codes "$1" >codes
    awk 'FILENAME == "codes" { code[$1] = $2; n++; next } FNR > 1 { split($0, f, ",")
        for (s = f[7]; s <= f[8]; s++) { if (f[4] != "雑" && substr(code[s], 1, length(f[4])) != f[4]) exit 1; done++ } }
        END { if (done != n) exit 1 }' codes "$1/bundles.csv"
}
least() { awk -F, -v least="$2" 'NR > 1 && $4 != "雑" { n[$1] += $5 } END { for (b in n) if (n[b] < least) exit 1 }' "$1/bundles.csv"; }
# The slip of each part says prefix and pieces.
slips_say() {
    sed 1d "$1/bundles.csv" | tr , ' ' | while read -r bundle part kind key pieces letters first last lot page route; do
        pdftotext -f "$page" -l "$page" "$1/$lot" said
        grep -qx "$key" said && grep -qx "$pieces 通" said && grep -qx "$first ～ $last" said || { echo "    $bundle $part $kind"; exit 1; }
    done
}
pages_add_up() {
    for lot in "$1"/lot-*.pdf; do pdfinfo "$lot" | sed -n 's/^Pages: *//p'; done | awk '{ n += $1 } END { print n }' >pages
    sed -n 's/^    "\(sheets\|slips\)": \([0-9]*\),/\2/p' "$1/report.json" | awk '{ n += $1 } END { print n }' | cmp -s - pages
}

mail_job post.yaml members.csv 1 'mail: { delivery: home, bundles: { threshold: 25 } }' 'piece: { by: household }' \
    'output: { order: postcode, lot_letters: 70, lot: { cover: true } }'
row 1 'by postcode' refuse 0 press print post.yaml -o post --workers 1
row 2 'all pieces are in bundles' test "$(sum post/bundles.csv pieces)" -eq "$(sed 1d post/pieces.csv | wc -l)"
row 3 'all letters are in theirs' bundles_hold post
row 4 'none under the threshold' least post 25
row 5 'there are regions or mixed ones' grep -q ',postcode,\(..\|雑\),' post/bundles.csv
row 6 'slips say it' slips_say post
row 7 'pages are sheets and slips' pages_add_up post
row 8 'slips say how many digits' sh -c "pdftotext -f 2 -l 2 post/lot-000001.pdf - | grep -qx '上 [23] 桁'"
ascending() { codes post >codes; awk 'FILENAME == "codes" { code[$1] = $2; next } FNR > 1 { split($0, f, ","); for (s = f[7] + 1; s <= f[8]; s++) if (code[s] < code[s - 1]) exit 1 }' codes post/bundles.csv; }
row 9 '... by postcode' ascending
row 10 'verify agrees' refuse 0 press verify post --job post.yaml
row 11 'three workers' refuse 0 press print post.yaml -o three --workers 3
row 12 '... the same bytes' diff -r post three
mail_job none.yaml members.csv 1 'mail: { delivery: home, bundles: { threshold: 0 } }' 'output: { order: postcode }'
row 13 'no bundles, but sorted' refuse 0 press print none.yaml -o none
row 14 '... no slips' sh -c "grep -q '\"slips\": 0,' none/report.json && test ! -e none/bundles.csv"
sort_check() { codes "$1" | awk '{ if ($2 < last) exit 1; last = $2 }'; }
row 15 '... sorted' sort_check none

# the old postcode tells 3 or 5 digits
mail_job five.yaml members.csv 1 'mail: { delivery: home, bundles: { threshold: 2, prefix: 5 } }' 'output: { order: postcode }'
row 16 'five digits' refuse 0 press print five.yaml -o five
row 17 '... on the slips' sh -c "grep -q ',postcode,06408,' five/bundles.csv"
mail_job auto.yaml members.csv 1 "mail: { delivery: home, bundles: { threshold: 2 }, postcodes: $root/tests/postcodes/ken_all.csv }" 'output: { order: postcode }'
[ -e "$root/tests/postcodes/ken_all.csv" ] || sed -i "s|ken_all.csv|$(ls "$root/tests/postcodes" | grep -i ken | head -n 1)|" auto.yaml
row 18 'by the postcode file' refuse 0 press print auto.yaml -o auto
row 19 '... whose digest is told' grep -q '"postcodes": "[0-9a-f]\{64\}"' auto/report.json

# employers
mail_job work.yaml members.csv 1 'mail: { delivery: employer }' 'piece: { by: household }' \
    'output: { order: employer, lot: { by: employer, max: 60 } }'
row 30 'by employer' refuse 0 press print work.yaml -o work --workers 1
row 31 'an entry an employer' test "$(column work/bundles.csv key | sort | tr '\n' ' ')" = \
    "$(awk -F, 'NR > 1 { print $19 }' members.csv | sort -u | tr '\n' ' ')"
row 32 'in the order of their numbers' sh -c "sed 1d work/bundles.csv | cut -d, -f4 | sort -c"
row 33 'pieces add up' test "$(sum work/bundles.csv pieces)" -eq "$(sed 1d work/pieces.csv | wc -l)"
row 34 'no employer in two lots' test "$(column work/bundles.csv part | sort -u)" = 1
employers_hold() {
    awk -F, 'FNR == 1 { next } FILENAME ~ /members/ { e[$1] = $19; next } FILENAME ~ /manifest/ { of[$1] = e[$6]; next }
        { for (s = $7; s <= $8; s++) if (of[s] != $4) exit 1 }' members.csv work/manifest.csv work/bundles.csv
}
row 35 'letters are with their employer' employers_hold
covers_say() {
    sed 1d work/bundles.csv | tr , ' ' | while read -r bundle part kind key pieces letters first last lot page route; do
        pdftotext -layout -f "$page" -l "$page" "work/$lot" said
        grep -q "$key" said && grep -q "封筒 $pieces 通" said && [ "$(grep -o 'M0[0-9]\{5\}' said | wc -l)" -eq "$pieces" ] || exit 1
    done
}
row 36 'covers list 整理番号' covers_say
row 37 'and no names' sh -c "! grep -q 青葉 said"
row 38 'verify agrees' refuse 0 press verify work --job work.yaml
awk -F, 'BEGIN { OFS = "," } NR % 4 == 0 { $19 = "" } { print }' members.csv >lone.csv
mail_job lone.yaml lone.csv 1 'mail: { delivery: employer }' 'output: { order: employer }'
row 39 'who has no employer stands at the end' refuse 0 press print lone.yaml -o lone
row 40 '... without a cover' sh -c "awk -F, 'NR > 1 { n += \$6; l = \$8 } END { exit n != l || l >= 400 }' lone/bundles.csv"
sed '2s/例示商店[0-9]/例示\xf0\x9f\x99\x82商店/' members.csv >odd.csv
mail_job odd.yaml odd.csv 1 'mail: { delivery: employer }' 'output: { order: employer }'
row 41 'a name without glyph is found before printing' refuse 3 press print odd.yaml -o odd
row 42 '... by its column' grep -q '^2,.*事業所名$' odd/holds.csv
awk -F, 'BEGIN { OFS = "," } NR > 1 { $19 = "00007"; $20 = "例示商店" } { print }' members.csv >alone.csv
mail_job alone.yaml alone.csv 1 'mail: { delivery: employer }' 'output: { order: employer, lot: { by: sheets, max: 150 } }'
row 43 'an employer of several lots' refuse 0 press print alone.yaml -o alone
row 44 '... each cover says which it is' sh -c "for n in 1 2 3; do pdftotext -f 1 -l 1 alone/lot-00000\$n.pdf - | grep -qx \"全 3 口のうち \$n 口目\" || exit 1; done"
row 45 '... one alone does not' sh -c '! grep -q 口 said'

# lots
mail_job lots.yaml members.csv 1 'mail: { delivery: home }' 'piece: { by: household }' 'output: { lot: { by: sheets, max: 30, cover: true } }'
row 50 'lots by sheets' refuse 0 press print lots.yaml -o lots
row 51 'none has more' sh -c 'for f in lots/lot-*.pdf; do test "$(pdfinfo $f | sed -n "s/^Pages: *//p")" -le 30 || exit 1; done'
row 52 'covers say from and to' sh -c "pdftotext -f 1 -l 1 lots/lot-000002.pdf - | grep -qx \"\$(awk -F, '\$3 == \"lot-000002.pdf\" { print \$1; exit }' lots/manifest.csv) ～ \$(awk -F, '\$3 == \"lot-000002.pdf\" { s = \$1 } END { print s }' lots/manifest.csv)\""
mail_job home.yaml members.csv 1 'output: { order: household }'
row 53 'households together' refuse 0 press print home.yaml -o home
together() {
    awk -F, 'FNR == 1 { next } FILENAME == "members.csv" { h[$1] = $17; next } { if (h[$6] != last && seen[h[$6]]++) exit 1; last = h[$6] }' members.csv home/manifest.csv
}
row 54 '... each' together
refuse_job() { mail_job bad.yaml members.csv 1 "$2" "$3"; refuse 2 press print bad.yaml -o bad && says stderr "$1"; }
row 60 'lots by employer want that order' refuse_job 9209 'output: { lot: { by: employer } }' ''
row 61 'household order and insured pieces' refuse_job 9208 'output: { order: household }' 'piece: { by: insured }'
cut -d, -f1-18,20- members.csv >nobody.csv
mail_job bad.yaml nobody.csv 1 'output: { order: employer }'
row 62 'a column that is not there' refuse 2 press print bad.yaml -o bad
row 63 '... is named' says stderr '事業所番号.*9213'
finish
