#!/bin/sh
# dummy: fictional people in the shape of a file, and nobody of the file among them.
. "$(dirname "$0")/../tools/case.sh"
. "$root/tests/tools/jobs.sh"
awk -v count=300 -v seed=5 -f "$root/tests/tools/insured.awk" >members.csv
job() { # FILE CSV
    write_job "$1" "$2"
    sed -i 's/form: "1"/form: official/' "$1"
}
job job.yaml members.csv
row 1 'as many as asked for' refuse 0 press dummy job.yaml -n 500 --seed 3 -o d.csv
row 2 '...' test "$(wc -l <d.csv)" = 501
row 3 'the same columns, but no whole numbers' test "$(head -n 1 d.csv)" = "$(head -n 1 members.csv | sed 's/個人番号,/個人番号下4桁,/')"
row 4 'the same seed: the same people' sh -c "'$oshirase' dummy job.yaml -n 500 --seed 3 -o d2.csv --data '$root' 2>/dev/null && cmp d.csv d2.csv"
row 5 'another seed: others' sh -c "'$oshirase' dummy job.yaml -n 500 --seed 4 -o d3.csv --data '$root' 2>/dev/null && ! cmp -s d.csv d3.csv"
row 6 'an existing file is kept' refuse 5 press dummy job.yaml -n 5 -o d.csv
row 7 'none is no number' refuse 2 press dummy job.yaml -n 0 -o no.csv
row 8 '...' test ! -e no.csv

# no value of four characters or more of a personal column, in any column of the dummies. Protected people are not even
# looked at: a day that one of them was born on may be there by chance, as any day may.
awk -F, 'NR > 1 && $13 != 1 { for (i = 1; i <= NF; i++) if (i ~ /^(1|4|6|8|11|12|16|18|30)$/ && length($i) > 0) print $i
                  if ($12 != "") print substr($12, 9) }' members.csv | LC_ALL=C.UTF-8 grep -E '^.{4,}' | sort -u >values
sed 1d d.csv | tr , '\n' | sort -u >made
row 10 'values were looked for' test "$(wc -l <values)" -gt 1300
row 11 'none of them is there' test -z "$(comm -12 values made | head -n 3)"
cut -d, -f6,16 members.csv | sed 1d | tr , '\n' | grep -E '^.{4,}' >names
row 12 'no name or address as a part of anything' sh -c '! grep -qFf names d.csv'
row 13 'what the engine does not know is left empty' sh -c '! grep -q 秘密 d.csv'
row 14 'nobody is protected' test "$(sed 1d d.csv | cut -d, -f13,14 | sort -u)" = 0,0
row 15 'not even the shape of protected people' sh -c 'awk -F, "BEGIN { OFS = \",\" } \$13 == 1 { \$6 = \"別\"; \$16 = \"x\" } { print }" members.csv >m2.csv
    sed s/members.csv/m2.csv/ job.yaml >m2.yaml
    "$0" dummy m2.yaml -n 500 --seed 3 -o d4.csv --data "$1" 2>/dev/null && cmp d.csv d4.csv' "$oshirase" "$root"
row 16 'no My Number' refuse 0 press check job.yaml --input d.csv
row 17 'all of them get the letters' refuse 0 press print job.yaml --input d.csv -o out

# shapes
share() { sed 1d "$1" | awk -F, -v c="$2" '$13 != 1 { n[$c]++; all++ } END { for (v in n) printf "%s %.0f\n", v, n[v] * 20 / all }' | sort; }
row 20 'routes in proportion' test "$(share members.csv 29)" = "$(share d.csv 29)"
row 21 'results of the comparison in proportion' test "$(share members.csv 20)" = "$(share d.csv 20)"
lengths() { sed 1d "$1" | awk -F, '$13 != 1 { print length($6), $6 ~ / / }' | sort | uniq -c | awk '{ print $2, $3 }'; }
row 22 'names of the same lengths' test "$(lengths members.csv)" = "$(lengths d.csv)"
{ head -n 1 members.csv
  sed -n '2p' members.csv | awk -F, 'BEGIN { OFS = "," } { $6 = "𠮷野 葛󠄀子"; $7 = "ﾖｼﾉ ｶﾂｺ"; $8 = "1980-02-29"; print }'
  sed -n '3p' members.csv | awk -F, 'BEGIN { OFS = "," } { $6 = "ABCD Efgh"; $8 = "19800301"; print }'
  sed -n '4p' members.csv | awk -F, 'BEGIN { OFS = "," } { $6 = "ひらがな カナ"; $8 = "S55.3.1"; print }'; } >m3.csv
job m3.yaml m3.csv
row 30 'rare ones' refuse 0 press dummy m3.yaml -n 3 -o d5.csv
row 31 'beyond the BMP stays so, a sequence stays one' sh -c 'sed -n 2p d5.csv | cut -d, -f6 | grep -qP "^[\x{20000}-\x{2FFFF}]\p{Han} \p{Han}\x{E0100}\p{Han}$"'
row 32 'half-width kana' sh -c 'sed -n 2p d5.csv | cut -d, -f7 | grep -qP "^[ｱ-ﾝ]{3} [ｱ-ﾝ]{3}$"'
row 33 'Latin letters' sh -c 'sed -n 3p d5.csv | cut -d, -f6 | grep -qE "^[A-Z]{4} [A-Z][a-z]{3}$"'
row 34 'hiragana and katakana' sh -c 'sed -n 4p d5.csv | cut -d, -f6 | grep -qP "^[ぁ-ん]{4} [ァ-ン]{2}$"'
row 35 'dates in their notation' sh -c 'sed -n 2p d5.csv | cut -d, -f8 | grep -qE "^19(80|79|78)-[01][0-9]-[0-3][0-9]$" && sed -n 3p d5.csv | cut -d, -f8 | grep -qE "^19[0-9]{6}$"'
row 36 'they can be printed' refuse 0 press check m3.yaml --input d5.csv
head -n 1 members.csv >none.csv
job none.yaml none.csv
row 40 'no record, no shape' refuse 2 press dummy none.yaml -n 3 -o no.csv
finish
