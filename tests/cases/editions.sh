#!/bin/sh
# Editions: what is shipped prints, and an insurer's own (tests/editions) needs files beside its job and nothing else.
. "$(dirname "$0")/../tools/case.sh"

# Every shipped edition has an example, and prints.
for edition in "$root"/templates/*/decision.yaml; do
    edition=$(basename "$(dirname "$edition")")
    example=$(grep -lx "  edition: $edition" "$root"/tests/jobs/*/job.yaml | grep -v /example/ | head -n 1)
    row 1 "$edition: has an example" test -n "$example"
    [ -n "$example" ] || continue
    rm -rf out apart
    press print "$example" -o out --protected-out apart # some of its records are there to be held
    row 2 "$edition: prints" test -s out/lot-000001.pdf
    row 3 "$edition: the report names it" says out/report.json "^  \"edition\": \"$edition\",$"
done
row 4 'the shipped editions, and the sheets of the run' test "$(cd "$root/templates" && echo *)" = \
    '2024-01 2024-01-kyokai 2024-12 envelope slips'

# One of the insurer's own: a copy far from here, the shipped data only beside the program or in --data.
cp -R "$root/tests/editions" own
row 10 'no shipped file has its name' test ! -e "$root/templates/2030-01" -a ! -e "$root/layouts/2030-01"
row 11 'no line of C has its name' sh -c '! grep -rq 2030-01 "$1/engine"' sh "$root"
row 12 'prints' refuse 0 press print own/job.yaml -o new --protected-out newapart
cat >want <<'WANT'
row,id,outcome,seq,form,reason
2,OE-001,printed,1,1,
3,OE-002,printed,2,9,
4,OE-003,follow-up,,,4450 follow-no-number
5,OE-004,printed,3,1,
6,OE-005,printed,4,9,
7,OE-006,protected,,9,
WANT
row 13 'its table decides' same want new/records.csv
row 14 'its rows are counted' says new/report.json '"O3": 3'
pdftotext -enc UTF-8 -layout new/lot-000001.pdf text
pdftotext -enc UTF-8 -layout newapart/lot-000001.pdf aparttext
row 15 'its words' test "$(grep -cE '資格のご案内|番号ご確認のお願い' text)" = 4
row 16 'its further column' test "$(grep -oE '第.窓口' text | tr '\n' ' ')" = '第一窓口 第三窓口 '
row 17 '... is hidden for a protected person, and what it decides' silent aparttext '窓口|ご相談'
row 18 '... whose letter has the other words' says aparttext '番号ご確認のお願い'
for pair in OE-001:O2:1 OE-002:O3:9 OE-003:O1: OE-004:O2:1 OE-005:O3:9; do
    id=$(echo "$pair" | cut -d: -f1) table_row=$(echo "$pair" | cut -d: -f2) form=$(echo "$pair" | cut -d: -f3)
    row 20 "explain $id" refuse 0 press explain own/job.yaml --id "$id"
    row 21 "... names row $table_row" says stdout "^decided by: $table_row\$"
    [ -z "$form" ] || row 22 "... form $form" says stdout "^form: $form\$"
done

# Without one of its files it is refused by that file's name, and nothing is written.
for file in templates/2030-01/decision.yaml templates/2030-01/9.yaml layouts/2030-01/9/standard.yaml; do
    mv "own/$file" kept
    row 30 "without $file" refuse 2 press print own/job.yaml -o none --protected-out noneapart
    row 31 '... its name is told' says stderr "$file.*\[9507\]"
    row 32 '... nothing written' test ! -e none -a ! -e noneapart
    rm -rf none noneapart
    mv kept "own/$file"
done
# Its table is checked as the shipped ones are: a situation without a row, a row that never fires.
sed -i 's/^      - { number: yes, match: M0 }$/      - { number: yes, match: M0, confirmed: yes }/' own/templates/2030-01/decision.yaml
row 40 'a gap in its table' refuse 2 press check own/job.yaml
row 41 '... is found' says stdout '\[4426\]'
finish
