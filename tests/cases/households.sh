#!/bin/sh
# Households: one letter a household, its own members only, wherever they stand in the file; SEED and COUNT (people).
. "$(dirname "$0")/../tools/case.sh"
seed=${SEED:-1}
count=${COUNT:-2000}
echo "seed $seed, about $count people"

# 世帯 of one to seven people, and now and then thirty; a made-up name tells household and place: 世帯00012の03子
awk -v seed="$seed" -v count="$count" 'BEGIN {
    x = seed
    print "整理番号,種別,記号,番号,枝番,氏名,世帯番号,世帯主氏名,個人番号下4桁,不開示該当,個人番号提出"
    for (n = 0; made < count; n++) {
        x = (x * 69069 + 12345) % 4294967296
        size = int(x / 65536) % 100 ? 1 + int(x / 65536) % 7 : 30
        for (m = 1; m <= size; m++) {
            x = (x * 69069 + 12345) % 4294967296
            printf "%05d_%02d,%s,架空,%d,%02d,世帯%05dの%02d子,H%05d,世帯%05dの01子,%04d,0,1\n", n, m,
                m == 1 ? "本人" : "家族", 70000 + n, m, n, m, n, n, int(x / 65536) % 10000
        }
        made += size
    }
}' >members.csv
cat >job.yaml <<JOB
job: households
insurer:
  kind: kokuho
  name: 架空市
  number: "130013"
  office: 国保課
  desk: 架空市国民健康保険課
  postcode: "100-0001"
  address: 東京都千代田区千代田1-1
  tel: 03-0000-0000
notice: { edition: 2024-01, form: "4", as_of: 2024-07-01, issued: 2024-07-20 }
input: { file: members.csv }
JOB
letters() { # id of the first member and digest, sorted
    sed -n '2,$p' "$1/manifest.csv" | awk -F, '{ print $6, $5, $10 }' | sort
}
shuffle() {
    awk -v s="$seed" 'BEGIN { x = s } { x = (x * 69069 + 12345) % 4294967296; printf "%010d\t%s\n", x, $0 }' | sort | cut -f2-
}
people=$(($(wc -l <members.csv) - 1))
households=$(sed -n '2,$p' members.csv | cut -d, -f7 | sort -u | wc -l)
row 1 'prints' refuse 0 press print job.yaml -o straight
letters straight >straight.letters
row 2 'a letter a household' test "$(wc -l <straight.letters)" = "$households"
row 3 'records.csv has every member, printed' test "$(grep -c ',printed,' straight/records.csv)" = "$people"
row 4 'people, sheets and pieces in the report' says straight/report.json "\"4\": \\{\"people\": $people, \"sheets\": [0-9]+, \"pieces\": $households\\}"
row 5 'thirty members take three sheets' says straight.letters ' 3 '

{ head -n 1 members.csv; sed -n '2,$p' members.csv | shuffle; } >shuffled.csv
row 10 'shuffled' refuse 0 press print job.yaml --input shuffled.csv -o shuffled
letters shuffled >shuffled.letters
row 11 'shuffled: each letter stays, first member first' same straight.letters shuffled.letters
# interleaved: first members of all, then second members of all, ...
{ head -n 1 members.csv; sed -n '2,$p' members.csv | sort -t, -k5,5 -s; } >interleaved.csv
row 12 'interleaved' refuse 0 press print job.yaml --input interleaved.csv -o interleaved
letters interleaved >interleaved.letters
row 13 'interleaved: each letter stays' same straight.letters interleaved.letters
sed 's/,世帯番号,/,欄外,/' shuffled.csv >insured.csv
row 14 'by 記号 and 番号 where there is no 世帯番号' refuse 0 press print job.yaml --input insured.csv -o insured
letters insured >insured.letters
row 15 '... the same letters' same straight.letters insured.letters

# every page names its own household and no other, and each of its members once
strangers() {
    for lot in "$1"/lot-*.pdf; do pdftotext -layout "$lot" - || return 1; done | awk -v people="$people" '
        BEGIN { RS = "\f" }
        {
            page = $0; own = ""
            while (match(page, /世帯[0-9]+の[0-9]+子/)) {
                who = substr(page, RSTART, RLENGTH); page = substr(page, RSTART + RLENGTH)
                house = who; sub(/の.*/, "", house)
                if (own == "") own = house
                if (house != own) { print "a page with " own " and " house; bad = 1 }
                if (seen[who]++) { print who " twice"; bad = 1 }
                found++
            }
        }
        END { if (found != people) print found " people found"; exit bad || found != people }'
}
row 20 'no page has a stranger, everybody once' strangers straight
row 21 '... shuffled' strangers shuffled

# one member of a household: the letter is the household's
second=$(awk -F, '$5 == "02" { print $1; exit }' members.csv)
house=$(awk -F, -v id="$second" '$1 == id { print $7 }' members.csv)
first=$(awk -F, -v h="$house" '$7 == h { print $1; exit }' members.csv)
want=$(awk -v id="$first" '$1 == id { print $3 }' straight.letters)
row 30 'preview of a member' refuse 0 press preview job.yaml --id "$second" --input shuffled.csv -o one.txt
row 31 '... is the letter of the household' test "$(cat stdout)" = "$second 4 $want"
row 32 'explain of a member' refuse 0 press explain job.yaml --id "$second" --input shuffled.csv
row 33 '... form 4' says stdout '^form: 4$'

# a held member leaves the letter of the others; an empty household number is held
awk -F, -v OFS=, 'NR == 3 { $9 = "12" } { print }' members.csv >short.csv
row 40 'a member with a fault is held alone' refuse 3 press print job.yaml --input short.csv -o short
row 41 '... one hold' test "$(wc -l <short/holds.csv)" = 2
awk -F, -v OFS=, 'NR == 3 { $7 = "" } { print }' members.csv >nohouse.csv
row 42 'an empty household number' refuse 3 press print job.yaml --input nohouse.csv -o nohouse
row 43 '... is held' says nohouse/holds.csv '9523 household-unknown,世帯番号'
awk -F, -v OFS=, 'NR > 1 && NR < 110 { $7 = "H1" } { print }' members.csv >crowd.csv
row 44 'more members than a letter can hold' refuse 3 press print job.yaml --input crowd.csv -o crowd
row 45 '... all of them' test "$(grep -c '9524 household-too-large' crowd/holds.csv)" = 108
# a protected member gets a letter alone, elsewhere; the others of the household are held, or apart, as the job says
awk -F, -v OFS=, -v h="$house" 'NR > 1 && $7 == h && $5 == "02" { $10 = 1 } { print }' members.csv >protected.csv
size=$(awk -F, -v h="$house" '$7 == h' members.csv | wc -l)
row 50 'a protected member' refuse 3 press print job.yaml --input protected.csv -o protected --protected-out hidden
row 51 '... alone' test "$(sed -n '2,$p' hidden/manifest.csv | cut -d, -f5,6)" = "1,$second"
row 52 '... the others are held' test "$(grep -c protected-kin protected/holds.csv)" = $((size - 1))
row 53 '... nobody else' test "$(wc -l <protected/manifest.csv)" = "$households"
{ cat job.yaml; echo 'protection: { kin: separate }'; } >separate.yaml
row 54 'kin: separate' refuse 0 press print separate.yaml --input protected.csv -o separate --protected-out apart
row 55 '... each alone, in the place apart' test "$(wc -l <apart/manifest.csv)" = $((size + 1))

# order in the table: 本人, then 枝番 as a number in any width, then 整理番号
few() { # KIND BRANCH ID ...
    echo '整理番号,種別,記号,番号,枝番,氏名,世帯番号,個人番号下4桁,不開示該当,個人番号提出'
    while [ $# -ge 3 ]; do
        echo "$3,$1,架空,1,$2,順番$3,H1,$((1000 + $#)),0,1"
        shift 3
    done
}
few 家族 12 i 家族 3 d 家族 ９ f 家族 10 g 家族 02 c 家族 1 b 家族 ０４ e 家族 011 h 本人 99 a 家族 012 j >order.csv
row 60 'order of the members' refuse 0 press print job.yaml --input order.csv -o order
pdftotext -layout order/lot-000001.pdf - | sed -n 's/.*順番\([a-j]\).*/\1/p' | tr -d '\n' >order.have
row 61 '... 2 before 10, with zeros and wide digits too' test "$(cat order.have)" = abcdefghij
row 62 'check counts the sheets that print has' refuse 0 press check job.yaml --input shuffled.csv
sheets=$(grep -o '"sheets": [0-9]*' straight/report.json | head -n 1 | tr -dc 0-9)
row 63 '... of households of several' says stderr "; $sheets sheets"

# notice.form: column may call for two forms of households: a letter has one
mkdir -p templates/2024-01 layouts/2024-01
sed 's/^form: "4"/form: 4b/; s/^  head_member: 氏名/  head_member: お名前/' "$root/templates/2024-01/4.yaml" >templates/2024-01/4b.yaml
cp -r "$root/layouts/2024-01/4" layouts/2024-01/4b
sed 's/form: "4"/form: column/' job.yaml >column.yaml
few 本人 00 a 家族 01 b 家族 02 c | awk -F, -v OFS=, '{ print $0, NR == 1 ? "様式" : NR == 3 ? "4b" : "4" }' >column.csv
row 64 'two forms in one household' refuse 0 press print column.yaml --input column.csv -o column
row 65 '... are two letters' test "$(sed 1d column/manifest.csv | cut -d, -f6,7 | tr '\n' ' ')" = 'a,4 b,4b '
row 66 '... each with its own members' test "$(pdftotext -layout column/lot-000001.pdf - | sed -n 's/.*順番\([a-c]\).*/\1/p' | tr -d '\n')" = acb

# explain tells how the record itself was decided, not another member of its household
sed -e 's/kind: kokuho/kind: kokuho-kumiai/' -e 's/form: "4"/form: official/' job.yaml >union.yaml
few 本人 00 a 家族 01 b | awk -F, -v OFS=, '{ print $0, NR == 1 ? "登録日,総合判定,保険者確認,回答" : "2021-01-01," (NR == 2 ? "○" : "△") ",1,未照会" }' >union.csv
sed -i -e '1s/$/,フリガナ,負担割合,資格取得年月日/' -e '2,$s/$/,カクウ,3割,2020-04-01/' union.csv
row 67 'explain of the first member' refuse 0 press explain union.yaml --id a --input union.csv
row 68 '... its own row of the table' says stdout '^decided by: U7$'
row 69 'explain of the second' refuse 0 press explain union.yaml --id b --input union.csv
row 70 '... another' says stdout '^decided by: U3$'
finish
