#!/bin/sh
# notice.form: official -- the edition's table decides: letters of its forms, and follow-ups.
# notice.form: column -- the file decides.
. "$(dirname "$0")/../tools/case.sh"
. "$root/tests/tools/jobs.sh"
official_row() { # ID LAST4 REGISTERED KANJI KANA BIRTH SEX ADDRESS MULTIPLE CONFIRMED REPLY SUBMITTED
    echo "$1,本人,101,$1,00,架空 太郎$1,カクウ タロウ,3割,平成20年4月1日,$2,0,$3,$4,$5,$6,$7,$8,$9,${10},${11},${12}"
}
{
    echo "$(head_row),登録日,漢字氏名一致,カナ氏名一致,生年月日一致,性別一致,住所一致,複数資格,保険者確認,回答,個人番号提出"
    official_row 001 6825 2024-06-01 1 1 1 1 1 0 0 '' 1
    official_row 002 '' '' '' '' '' '' '' '' '' '' 0
    official_row 003 6826 2023-01-01 0 0 1 1 0 0 0 0 1
    official_row 004 6827 2023-01-01 1 1 0 1 1 0 0 '' 1
    official_row 005 6828 2023-01-01 1 1 9 1 1 0 0 '' 1
} >members.csv
write_job job.yaml members.csv && sed -i 's/form: "1"/form: official/; s/issued: .*/&\n  check_started: 2024-05-07/' job.yaml
row 1 'the table decides' refuse 3 press print job.yaml -o out
row 2 '... each record' test "$(sed -n '2,$p' out/records.csv | cut -d, -f2,3,6 | tr '\n' ';')" = \
    '001,printed,;002,follow-up,4450 follow-no-number;003,printed,;004,follow-up,4451 follow-birth-sex;005,held,4403 decision-choice;'
row 3 'what is followed up has its list' test "$(sed -n '2,$p' out/followup.csv | tr '\n' ';')" = \
    '3,002,4450 follow-no-number;5,004,4451 follow-birth-sex;'
row 4 '... and is not held' test "$(wc -l <out/holds.csv)" = 2
row 5 'the report names the table' says out/report.json \
    "\"decision_table\": \"$(sha256sum "$root/templates/2024-01/decision.yaml" | cut -d' ' -f1)\""
row 6 'all records add up' says out/report.json '"records": 5'
row 7 'follow-ups alone end with 0' sh -c "sed -n '1p;2p;3p;5p' members.csv >good.csv
    '$oshirase' print job.yaml --input good.csv -o good --data '$root' 2>/dev/null"
row 8 'check says the same' refuse 3 press check job.yaml
row 9 '... with its sheets' says stderr '^5 records: 2 printed, 0 protected, 1 held, 2 follow-up; 2 sheets$'
cut -d, -f1-11 members.csv >few.csv
row 10 'a column that the table needs' refuse 2 press print job.yaml --input few.csv -o few
row 11 '... is named' says stderr '登録日.*\[4401\]'
row 12 'preview of a follow-up: there is no letter' refuse 3 press preview job.yaml --id 002 -o none.txt
row 13 '... and no file' test ! -e none.txt
row 14 'explain tells why' refuse 0 press explain job.yaml --id 002
row 15 'a start of the new check that is a slip in the year' refuse 2 sh -c "sed 's/check_started: 2024/check_started: 2023/' job.yaml >slip.yaml
    grep -q 'check_started: 2023' slip.yaml && '$oshirase' print slip.yaml -o slip --data '$root' 2>stderr"
row 16 '... is refused' says stderr 'notice.check_started.*\[4428\]'

{
    echo "$(head_row),様式"
    n=0; for form in 1 様式1 １ '' nothing; do n=$((n + 1)); echo "$(person "9$n" "架空 $n"),$form"; done
} >members.csv
sed -i 's/form: official/form: column/' job.yaml
row 20 'the column decides' refuse 3 press print job.yaml -o column
row 21 '... form 1 in any spelling' test "$(sed -n '2,$p' column/manifest.csv | cut -d, -f7 | tr '\n' ' ')" = '1 1 1 '
row 22 '... empty or unknown is held' test "$(reasons column/holds.csv)" = '4402 9508'
row 23 'no table, no digest of one' silent column/report.json decision_table
finish
