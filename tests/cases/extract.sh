#!/bin/sh
# extract: what a vendor gets of an insurer's file, and what never leaves.
. "$(dirname "$0")/../tools/case.sh"
. "$root/tests/tools/jobs.sh"
insured() { awk -v count="$1" -v seed=7 -f "$root/tests/tools/insured.awk"; }
columns() { head -n 1 "$1"; }
rows() { echo $(($(wc -l <"$1") - 1)); }
head -c 32 /dev/urandom >shared.key
chmod 600 shared.key
job() { # FILE CSV [LINE ...]
    write_job "$@" 'seal: { key: shared.key }' 'extract: { date: 2024-09-30 }'
    sed -i 's/form: "1"/form: official/' "$1"
}
insured 60 >members.csv
job job.yaml members.csv
sed 's/  file: members.csv/&\n  columns: { 個人番号下4桁: 個人番号 }/' job.yaml >alias.yaml
row 1 'only extract reads whole numbers' refuse 4 press check alias.yaml
row 2 'extract does, and some are held' refuse 3 press extract job.yaml -o out
row 3 'columns: those of the letters and no others' test "$(columns out/print.csv)" = \
    '整理番号,種別,記号,番号,枝番,氏名,フリガナ,負担割合,資格取得年月日,郵便番号,住所,方書,個人番号下4桁,配布区分,様式,照合符号'
row 3 '... addresses of letters by post alone' test "$(sed 1d out/print.csv | awk -F, '{ print $14 == "郵送", $10 $11 != "" }' | sort -u | tr '\n' ' ')" = '0 0 1 1 '
sed 's/郵送//' members.csv >byhand.csv
job byhand.yaml byhand.csv
quiet press extract byhand.yaml -o byhand
row 3 '... no address where none goes by post' test "$(columns byhand/print.csv)" = \
    '整理番号,種別,記号,番号,枝番,氏名,フリガナ,負担割合,資格取得年月日,個人番号下4桁,配布区分,様式,照合符号'
row 4 'the insurer has a folder of its own' test "$(stat -c %a out/insurer)" = 700
row 5 'every file is the owner'"'"'s alone' test -z "$(find out -type f -not -perm 600)"
row 6 'every record is somewhere' test $(($(rows out/print.csv) + $(rows out/insurer/members.csv) + \
    $(rows out/insurer/holds.csv) + $(rows out/insurer/followup.csv))) = 60
row 7 'protected people: the insurer'"'"'s own' test "$(cut -d, -f1 out/insurer/members.csv | grep -c '^A00[1-6]0$')" = 6
row 8 '... nobody of them is in the print file' silent out/print.csv '^A00[1-6]0,'
row 9 'kin by 世帯番号 is held' says out/insurer/holds.csv '^12,A0011,9521 protected-kin,世帯番号$'
row 10 'kin by address is held, whatever its spelling' says out/insurer/holds.csv '^13,A0012,9700 protected-address,住所$'
row 11 'a wrong check digit is held' says out/insurer/holds.csv '^18,A0017,4021 number-check,個人番号下4桁$'
row 12 'no number: a follow-up' says out/insurer/followup.csv '^20,A0019,4450 follow-no-number$'
row 13 'holds.csv is not for the vendor' test ! -e out/holds.csv

# whatever the vendor gets holds no whole number, no hidden word, no protected name, no flag
cut -d, -f12 members.csv | grep -E '^[0-9]{12}$' >numbers
awk -F, '$13 == 1 { print $6; print $16 }' members.csv >protected
mkdir given
cp out/print.csv out/delivery-note.* out/vendor.job.yaml given
pdftotext given/delivery-note.pdf given/note.txt
row 20 'numbers were looked for' test "$(wc -l <numbers)" -gt 50
row 21 'no My Number' sh -c '! grep -rqaFf numbers given'
row 22 'no My Number at the insurer'"'"'s side either' sh -c '! grep -rqaFf numbers out'
row 23 'no protected name, no protected address' sh -c '! grep -rqaFf protected given'
row 24 'no protected address at the insurer'"'"'s side' sh -c '! grep -rqaF 架空県見本市中央10丁目 out'
row 25 'no flag, no result of a comparison' sh -c '! grep -rqE "不開示|自己情報|一致|複数資格|保険者確認|回答|登録日" given/print.csv given/vendor.job.yaml'
row 26 'no unknown column' sh -c '! grep -rq 秘密 out'

# hidden fields change nothing that the vendor sees
awk -F, 'BEGIN { OFS = "," } $13 == 1 { $6 = "別人 花子"; $8 = "昭和1年1月1日" } { print }' members.csv >hidden.csv
job hidden.yaml hidden.csv
row 27 'another protected person' refuse 3 press extract hidden.yaml -o hidden
row 28 '... the same print file' same out/print.csv hidden/print.csv
row 29 '... the same note' same out/delivery-note.yaml hidden/delivery-note.yaml
row 30 'twice: the same bytes' refuse 3 press extract job.yaml -o again
row 31 '...' diff -r out again

# policies
job separate.yaml members.csv 'protection: { kin: separate, address: separate }'
row 40 'separated: into the insurer'"'"'s file' refuse 3 press extract separate.yaml -o apart
row 41 '... by household and by address' test "$(cut -d, -f1 apart/insurer/members.csv | grep -cE '^A00(11|12)$')" = 2
row 42 '... and the print file is the same' same out/print.csv apart/print.csv
row 43 'the insurer prints them with the job made for it' refuse 0 press print apart/insurer/job.yaml -o own --protected-out own-hidden
row 44 '... protected ones in a place of their own' test "$(cut -d, -f6 own-hidden/manifest.csv | grep -c '^A00[1-6]0$')" = 6
row 47 '... kin beside them' says own/manifest.csv ',A0011,'
job off.yaml members.csv 'protection: { address: "off" }'
row 45 'addresses not looked for' refuse 3 press extract off.yaml -o noaddress
row 46 '... then that person is printed' says noaddress/print.csv '^A0012,'

# who is taken out for an address leaves nothing behind, not even in the id of the extraction
awk -F, 'BEGIN { OFS = "," } $1 == "A0012" { $6 = "別人 三郎"; $9 = "女" } { print }' members.csv >kin.csv
job kin.yaml kin.csv
row 48 'another person at a protected address' refuse 3 press extract kin.yaml -o kin
row 49 '... the same print file' same out/print.csv kin/print.csv

# every shape of delivery: the same print file, the same file of the insurer's own
shape() { # NUMBER TITLE FILE [LINE ...]
    shape_number=$1 shape_title=$2
    shift 2
    job shape.yaml "$1"
    shape_file=$1
    shift
    { sed "/^  file: /q" shape.yaml; for line in "$@"; do echo "  $line"; done; sed '1,/^  file: /d' shape.yaml; } >s.yaml
    rm -rf shape
    row "$shape_number" "$shape_title" refuse 3 press extract s.yaml -o shape
    row "$shape_number" "... $shape_file: print file" same out/print.csv shape/print.csv
    row "$shape_number" "... $shape_file: members" same out/insurer/members.csv shape/insurer/members.csv
}
names=$(columns members.csv)
tr , '\t' <members.csv >members.tsv
shape 100 'tabs' members.tsv 'format: tsv'
sed 1d members.csv >bare.csv
shape 101 'no header' bare.csv 'header: none' "names: [$names]"
for pair in cp932:CP932 euc-jp:EUC-JP-MS utf-16le:UTF-16LE utf-16be:UTF-16BE; do
    iconv -f UTF-8 -t "${pair#*:}" members.csv >coded.csv
    shape 102 "encoding ${pair%:*}" coded.csv "encoding: ${pair%:*}"
done
# bytes of CP932: none of them is a comma but the comma
sed 1d members.csv | iconv -f UTF-8 -t CP932 | LC_ALL=C awk -F, '
    { for (i = 1; i <= NF; i++) { cell[NR, i] = $i; if (length($i) >= most[i]) most[i] = length($i) ? length($i) : 1 } fields = NF }
    END { for (i = 1; i <= fields; i++) print most[i] >"widths"
        for (n = 1; n <= NR; n++) for (i = 1; i <= fields; i++) printf "%-" most[i] "s", cell[n, i] }' >fixed.dat
columns members.csv | tr , '\n' | paste -d: - widths |
    awk -F: '{ at += 0; printf "%s%s: %d %d", (NR > 1 ? ", " : ""), $1, at + 1, $2; at += $2 } END { print at >"size" }' >fields
shape 103 'fixed width in bytes' fixed.dat 'format: fixed' 'encoding: cp932' "length: $(cat size)" "fields: { $(cat fields) }"
{ columns members.csv; sed -n '2,31p' members.csv; } >a.csv
{ columns members.csv; sed -n '32,$p' members.csv; } >b.csv
job several.yaml x.csv
sed -i 's/^  file: x.csv/  files: [a.csv, b.csv]/' several.yaml
row 104 'several files' refuse 3 press extract several.yaml -o several
row 104 '... the same print file' same out/print.csv several/print.csv
row 104 '... holds name the file' says several/insurer/holds.csv '^12,A0011,9521 protected-kin,世帯番号,a.csv$'
row 104 '... of the second too' says several/insurer/holds.csv ',b.csv$'

# what the vendor does with the letters decides the columns, and the vendor's run needs no others
head -c 32 /dev/urandom >secret.key
chmod 600 secret.key
{ columns members.csv | sed 's/$/,事業所番号,事業所名,事業所所在地,音声コード要否/'; sed 1d members.csv | awk -F, '{ print $0 ",E" NR % 4 ",架空商事,架空県" NR % 4 "," NR % 2 }'; } >wide.csv
use() { # NUMBER TITLE COLUMNS LINE ...
    use_number=$1 use_title=$2 use_columns=$3
    shift 3
    job use.yaml wide.csv "$@"
    sed -i 's/^  file: wide.csv/&\n  extra: [事業所所在地]/' use.yaml
    rm -rf use used
    row "$use_number" "$use_title" refuse 3 press extract use.yaml -o use
    cp shared.key secret.key use
    row "$use_number" "... its columns" test "$(columns use/print.csv | tr , '\n' | grep -xE '世帯番号|事業所番号|事業所名|事業所所在地|音声コード要否|世帯主氏名' | tr '\n' ' ')" = "$use_columns"
    row "$use_number" "... printed" refuse 0 press print use/vendor.job.yaml -o used
}
use 110 'none of it' ''
use 111 'a household in an envelope' '世帯番号 ' 'piece: { by: household }'
use 112 'in the order of employers' '事業所番号 事業所名 事業所所在地 ' 'output: { order: employer }'
use 113 'voice codes' '音声コード要否 ' 'voice: { kind: qr }'
use 114 'tracked mail' '' 'mail: { class: tokutei-kiroku, tracking: { first: "560-00-00000", count: 100 } }'
row 115 'the block of numbers is the vendor'"'"'s' says use/vendor.job.yaml 'tracking:'
row 116 '... and nobody else'"'"'s' silent use/insurer/job.yaml 'tracking:'

# numbers in all shapes
number() { # NAME VALUE
    { columns members.csv; sed -n 2p members.csv | awk -F, -v n="$2" 'BEGIN { OFS = "," } { $12 = n; print }'; } >n.csv
    job n.yaml n.csv
    rm -rf n
    press extract n.yaml -o n
}
row 50 'full-width digits' refuse 0 number x '１２３４５６７８９０１８'
row 51 '... cut to four' says n/print.csv ',9018,'
row 52 'hyphens' refuse 0 number x 1234-5678-9018
row 53 'eleven digits are held' refuse 3 number x 12345678901
row 54 'a spreadsheet'"'"'s number is held' refuse 3 number x 1.23457E+11
row 55 'four digits are no number' refuse 3 number x 9018
row 56 'the number is in no message' sh -c '! grep -rq "1234" n stderr'
{ columns members.csv; sed -n 2p members.csv; echo 'A0002,本人,123456789018'; } >n.csv
job n.yaml n.csv
rm -rf n
row 57 'a broken row is held' refuse 3 press extract n.yaml -o n
row 58 '... unread' sh -c '! grep -rq 123456789018 n'
{ columns members.csv; sed -n 2p members.csv | sed 's/秘密1/1234-5678-9018/'; } >n.csv
rm -rf n
row 59 'a number in any other column stops it' refuse 4 press extract n.yaml -o n
row 60 '... nothing written' test ! -e n
{ columns members.csv | sed 's/メモ/個人番号下4桁/'; sed -n 2p members.csv | sed 's/秘密1/0000/'; } >n.csv
row 61 'both columns, and they disagree: held' refuse 3 press extract n.yaml -o n
row 62 '... says so' says n/insurer/holds.csv '4022 number-not-last4'

# refusals
row 70 'a folder that is not empty' refuse 2 press extract job.yaml -o out
write_job nokey.yaml members.csv
row 71 'without a key for the seals' refuse 2 press extract nokey.yaml -o none
row 72 '... says which' says stderr 'seal.key'
chmod 644 shared.key
row 73 'a key that others may read' refuse 2 press extract job.yaml -o none
chmod 600 shared.key
head -c 31 shared.key >short.key
chmod 600 short.key
sed 's/shared.key/short.key/' job.yaml >short.yaml
row 74 'a key of another size' refuse 2 press extract short.yaml -o none
row 75 'nothing is left of any of them' test ! -e none
finish
