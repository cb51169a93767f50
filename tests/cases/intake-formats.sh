#!/bin/sh
# Files as insurers deliver them: however one list of people is written, the same letters are printed; what a file
# states about itself is checked; and the guard sees every field wherever it stands.
. "$(dirname "$0")/../tools/case.sh"
. "$root/tests/tools/jobs.sh"
files=$root/tests/intake

digests() { # OUT: the letters, in order
    cut -d, -f10 "$1/manifest.csv" 2>/dev/null
}
same_letters() { # OUT: as those of the plain file
    [ -s "$1/manifest.csv" ] && [ "$(digests "$1")" = "$(digests plain)" ]
}
printed() { # NUMBER TITLE CSV [LINE ...]: prints all, the same letters as plain
    printed_number=$1 printed_title=$2
    shift 2
    write_job job.yaml "$@"
    rm -rf out
    row "$printed_number" "$printed_title" refuse 0 press print job.yaml -o out
    row "$printed_number" "$printed_title: the same letters" same_letters out
}
stopped() { # NUMBER TITLE CODE MESSAGE CSV [LINE ...]: nothing is written, the message says it
    stopped_number=$1 stopped_title=$2 stopped_code=$3 stopped_message=$4
    shift 4
    write_job job.yaml "$@"
    rm -rf out
    row "$stopped_number" "$stopped_title" refuse "$stopped_code" press print job.yaml -o out
    row "$stopped_number" "$stopped_title: message" says stderr "\\[$stopped_message\\]"
    row "$stopped_number" "$stopped_title: nothing written" test ! -e out
}

cp "$files"/* .
write_job plain.yaml plain.csv
row 1 'the plain file' refuse 0 press print plain.yaml -o plain
row 1 'three letters' test "$(wc -l <plain/manifest.csv)" = 4

# -- the shipped schemas --
printed 2 'csv-codes' csv-codes.csv '  schema: csv-codes'
printed 3 'tsv-counted' tsv-counted.txt '  schema: tsv-counted'
printed 4 'fixed-lines' fixed-lines.txt '  schema: fixed-lines'
write_job host.yaml host-records.dat '  schema: host-records' '  host: { table: host.table }'
row 5 'host-records' refuse 0 press print host.yaml -o host
sed 's/K000/A000/; s/ \(花子\|太郎\|一郎\)/　\1/' plain.csv >plain-host.csv
write_job plain-host.yaml plain-host.csv
row 5 'host-records: its people in UTF-8' refuse 0 press print plain-host.yaml -o plain-host
row 5 'host-records: the same letters' test "$(digests host)" = "$(digests plain-host)"
row 6 'a schema that is nowhere' refuse 2 press check csv.yaml
stopped 6 'a schema that is nowhere' 2 3202 plain.csv '  schema: none-such'
mkdir -p layouts/intake
printf 'input: { columns: { 氏名: 名前 }, records: 3 }\n' >layouts/intake/mine.schema.yaml
stopped 7 'a schema of one delivery' 2 3201 plain.csv '  schema: mine'
printf 'input: { columns: { 氏名: 名前 }, encoding: cp932 }\n' >layouts/intake/mine.schema.yaml
sed '1s/氏名/名前/' plain.csv >named.csv
printed 8 'a key of the job wins over the schema' named.csv '  schema: mine' '  encoding: utf-8'
row 9 'the schema is in the job'"'"'s digest' test "$(grep '"job' out/report.json)" != "$(grep '"job' plain/report.json)"

# -- large small kana --
awk -F, 'BEGIN { OFS = "," } NR == 2 { $7 = "シヨウジ キヨウコ" } NR == 3 { $7 = "ﾏﾂﾀ ﾋﾖｳｺ"; $4 = 29999; $NF = 1 } NR == 4 { $7 = "ショウジ キョウコ" } { print }' \
    plain.csv >large.csv
write_job job.yaml large.csv
rm -rf out
row 10 'large small kana are printed as they are' refuse 0 press print job.yaml -o out --protected-out hidden10
row 11 '... and counted, but not of a protected person' says out/report.json '"people_large_kana": 1'
row 12 '... in words too' says out/report.txt '拗音・促音.*: 1 名$'
row 13 'none, none' says plain/report.json '"people_large_kana": 0'

# -- encodings --
number=20
for pair in utf-8:UTF-8 cp932:CP932 euc-jp:EUC-JP-MS utf-16le:UTF-16LE utf-16be:UTF-16BE iso-2022-jp:ISO-2022-JP; do
    # 髙 is none of ISO-2022-JP's, and iconv's name for CP50221 writes it
    sed 's/髙/高/' plain.csv >ordinary.csv
    iconv -f UTF-8 -t "${pair#*:}" ordinary.csv >"coded.csv"
    write_job job.yaml coded.csv "  encoding: ${pair%:*}"
    rm -rf out
    row $number "encoding ${pair%:*}" refuse 0 press print job.yaml -o out
    [ $number -gt 20 ] || digests out >ordinary
    row $number '... the same letters' test "$(digests out)" = "$(cat ordinary)"
    number=$((number + 1))
done
for pair in cp932:CP932 euc-jp:CP51932 euc-jp:EUC-JP-MS utf-16le:UTF-16LE utf-16be:UTF-16BE; do
    iconv -f UTF-8 -t "${pair#*:}" plain.csv >coded.csv 2>/dev/null || continue
    printed $number "髙 in ${pair#*:}" coded.csv "  encoding: ${pair%:*}"
    number=$((number + 1))
done
{ printf '\377\376'; iconv -f UTF-8 -t UTF-16LE plain.csv; } >coded.csv
printed 40 'UTF-16LE with its mark' coded.csv '  encoding: utf-16le'
{ printf '\376\377'; iconv -f UTF-8 -t UTF-16BE plain.csv; } >coded.csv
printed 41 'UTF-16BE with its mark' coded.csv '  encoding: utf-16be'
tr ',' '\t' <plain.csv >tabs.tsv
printed 42 'tabs' tabs.tsv '  format: tsv'
sed 's/[^,]*/"&"/g' plain.csv | tr ',' '\t' >quoted.tsv
printed 43 'tabs and quotes' quoted.tsv '  format: tsv'
iconv -f UTF-8 -t UTF-16LE plain.csv | head -c 401 >coded.csv
write_job job.yaml coded.csv '  encoding: utf-16le'
row 44 'half a character at the end is told' refuse 3 press print job.yaml -o half
row 44 '... and costs its record alone' test "$(wc -l <half/manifest.csv)" = 3

# -- without a header --
sed 1d plain.csv >bare.csv
names=$(head -n 1 plain.csv)
printed 50 'names from the job' bare.csv '  header: none' "  names: [$names]"
row 51 'rows count from 1' test "$(cut -d, -f1 out/records.csv | tr '\n' ' ')" = 'row 1 2 3 '
sed 's/^[^,]*,/&x,y,/' bare.csv >wider.csv
printed 52 'columns that are not used' wider.csv '  header: none' "  names: [整理番号,\"-\",\"-\",${names#*,}]"
stopped 53 'no names' 2 3213 bare.csv '  header: none'
stopped 54 'names for fewer columns' 2 3009 bare.csv '  header: none' "  names: [${names%,*}]" '  columns: { 不開示該当: x }'

# -- several files --
{ sed -n 1p plain.csv; sed -n 2p plain.csv; } >a.csv
{ sed -n 1p plain.csv; sed -n '3,4p' plain.csv; } >b.csv
head -n 1 plain.csv >none.csv
several() { # FILES [LINE ...]
    several_files=$1
    shift
    write_job job.yaml x.csv "$@"
    sed -i "s/^  file: .*/  files: [$several_files]/" job.yaml
    rm -rf out
    press print job.yaml -o out
}
row 60 'two files' refuse 0 several 'a.csv, b.csv'
row 60 '... the same letters' same_letters out
row 61 '... rows count in each' test "$(cut -d, -f1 out/records.csv | tr '\n' ' ')" = 'row 2 2 3 '
cp none.csv none2.csv
cp none.csv none3.csv
row 62 'with an empty one between and at the ends' refuse 0 several 'none.csv, a.csv, none2.csv, b.csv, none3.csv'
row 62 '... the same letters' same_letters out
row 63 'their count' refuse 0 several 'a.csv, b.csv' '  records: 3'
row 64 'their count is wrong' refuse 6 several 'a.csv, b.csv' '  records: 4'
row 65 'their digest' refuse 0 several 'a.csv, b.csv' "  digest: $(cat a.csv b.csv | sha256sum | cut -d' ' -f1)"
row 66 'their digest in the other order' refuse 6 several 'a.csv, b.csv' "  digest: $(cat b.csv a.csv | sha256sum | cut -d' ' -f1)"
cp a.csv c.csv
row 66 'records.csv names the file last' test "$(several 'a.csv, b.csv'; cut -d, -f1,7 out/records.csv | tr '\n' ' ')" = 'row,file 2,a.csv 2,b.csv 3,b.csv '
row 66 '... verify reads it' refuse 0 press verify out
row 66 '... and where' quiet "$oshirase" where out --id K0000003
row 67 'one person in both' refuse 3 several 'a.csv, b.csv, c.csv'
row 67 '... is held in both' test "$(reasons out/holds.csv)" = '9002 9002'
row 67 '... which files, says the list' test "$(cut -d, -f1,5 out/holds.csv | tr '\n' ' ')" = 'row,file 2,a.csv 2,c.csv '
row 67 '... and check' refuse 3 press check job.yaml
row 67 '... in its words' says stdout '^c\.csv: .*row 2.*\[9002\]'
sed '3s/,0$/,x/' b.csv >flag.csv
several 'a.csv, flag.csv'
row 67 'one record of the second file held' test "$(sed 1d out/holds.csv | cut -d, -f1,5)" = 3,flag.csv
row 67 '... explained' refuse 3 press explain job.yaml --id K0000003
row 67 '... with its file' says stdout '^file: flag\.csv$'
sed '3s/,0$/,123456789018/' b.csv >number.csv
row 67 'a My Number in the second file' refuse 4 several 'a.csv, number.csv'
row 67 '... names file and row' says stderr 'number\.csv: row 3'
cp a.csv 123456789018.csv
row 67 'a My Number in the name of the second file' refuse 4 several 'b.csv, 123456789018.csv'
row 68 'the same file twice' refuse 2 several 'a.csv, a.csv'
row 68 '... says so' says stderr '\[3205\]'
{ sed -n 1p plain.csv | sed 's/記号,番号/番号,記号/'; sed -n '3,4p' plain.csv; } >swapped.csv
row 69 'columns in another order' refuse 2 several 'a.csv, swapped.csv'
row 69 '... names the file' says stderr 'swapped\.csv.*\[3204\]'
row 70 'a second file that is not there' refuse 2 several 'a.csv, nowhere.csv'
write_job job.yaml plain.csv '  files: [a.csv]'
row 71 'file and files' refuse 2 press print job.yaml -o out71
row 71 '... says so' says stderr '\[3203\]'
several 'a.csv, b.csv'
row 72 'a preview from the second file' refuse 0 press preview job.yaml --id K0000003 -o one.pdf
row 72 '... is the letter printed' test "$(cut -d' ' -f3 stdout)" = "$(digests plain | sed -n 4p)"
row 73 '--input is read instead of all' refuse 0 press print job.yaml --input a.csv -o single
row 73 '... one letter' test "$(wc -l <single/manifest.csv)" = 2

# -- stated counts --
counted() { # HEAD TAIL: plain.csv with a record of each in front and behind
    { echo "$1"; cat plain.csv; echo "$2"; } >counted.csv
}
around='  head: { records: 1, mark: H, count: 2 }
  tail: { records: 1, mark: T, count: 2 }'
counted 'H,3' 'T,0003'
printed 80 'head and tail' counted.csv "$around"
row 81 'rows as a spreadsheet shows them' test "$(cut -d, -f1 out/records.csv | tr '\n' ' ')" = 'row 3 4 5 '
sed 's/,0$/,x/' counted.csv >held.csv
write_job job.yaml held.csv "$around"
row 81 '... in the words of check too' refuse 3 press check job.yaml
row 81 '...' test "$(grep -o 'row [0-9]*' stdout | sort -u | tr '\n' ' ')" = 'row 3 row 4 row 5 '
counted 'H,4' 'T,3'
stopped 82 'the head states another count' 6 3225 counted.csv "$around"
counted 'H,3' 'T,2'
stopped 83 'the tail states another count' 6 3226 counted.csv "$around"
counted 'X,3' 'T,3'
stopped 84 'no head' 2 3221 counted.csv "$around"
counted 'H,3' '9,3'
stopped 85 'no tail: the file was cut' 2 3222 counted.csv "$around"
counted 'H,3' 'T,three'
stopped 86 'a count that is none' 2 3224 counted.csv "$around"
counted 'H' 'T,3'
stopped 87 'a count that is missing' 2 3223 counted.csv "$around"
head -c 580 host-records.dat >cut.dat
stopped 88 'a host file that was cut' 2 3218 cut.dat '  schema: host-records' '  host: { table: host.table }'
head -c 480 host-records.dat >cut.dat
stopped 89 'a host file without its last records' 2 3222 cut.dat '  schema: host-records' '  host: { table: host.table }'
counted 'H,3' 'T,3'
{ echo H,3; head -n 1 plain.csv; echo T,0; } >second.csv
row 90 'a wrong count in the second file' refuse 6 several 'counted.csv, second.csv' "$around"
row 90 '... names the file' says stderr 'second\.csv.*\[3225\]'

# -- My Numbers: 12 digits with a right check digit, wherever they stand --
my_number=123456789018
guarded() { # NUMBER TITLE CSV [LINE ...]
    guarded_number=$1 guarded_title=$2
    shift 2
    write_job job.yaml "$@"
    rm -rf out
    row "$guarded_number" "$guarded_title" refuse 4 press print job.yaml -o out
    row "$guarded_number" "$guarded_title: nothing written" test ! -e out
    row "$guarded_number" "$guarded_title: not told" silent stderr "$my_number"
}
counted "H,3,$my_number" 'T,3'
guarded 100 'in the head' counted.csv "$around"
counted 'H,3' "T,3,$my_number"
guarded 101 'in the tail' counted.csv "$around"
sed "s/^[^,]*,/&x,$my_number,/" bare.csv >wider.csv
guarded 102 'in a column that is not used' wider.csv '  header: none' "  names: [整理番号,\"-\",\"-\",${names#*,}]"
sed "1s/\$/ $my_number/" fixed-lines.txt >longer.txt
guarded 103 'behind the last field' longer.txt '  schema: fixed-lines'
LC_ALL=C sed '1s/^\(.\{85\}\).\{14\}/\1  123456789018/' fixed-lines.txt >whole.txt
row 104 '... and they are its four' test "$(head -n 1 whole.txt | cut -b 88-99)" = $my_number
guarded 104 'a whole one of which the last four are cut' whole.txt '  schema: fixed-lines'
sed "3s/架空\|髙空/$my_number/" plain.csv | iconv -f UTF-8 -t UTF-16BE >coded.csv
guarded 105 'in UTF-16' coded.csv '  encoding: utf-16be'
sed "3s/太郎/$my_number/" plain.csv >guard.csv
row 106 'in a later file' refuse 4 several "a.csv, guard.csv"
row 106 '... nothing written' test ! -e out
cp plain.csv "$my_number.csv"
row 107 'in the name of a later file' refuse 4 several "a.csv, $my_number.csv"
row 107 '... not told' silent stderr "$my_number"

# -- codes --
sed 's/,女,/,2,/; s/,男,/,1,/; s/,3割,/,30,/; s/,2割,/,20,/' plain.csv >codes.csv
values='  values: { 性別: { "1": 男, "2": 女 }, 負担割合: { "30": 3割, "20": 2割 } }'
printed 110 'codes' codes.csv "$values"
sed '2s/,30,/,70,/' codes.csv >unknown.csv
write_job job.yaml unknown.csv "$values"
row 111 'a code without a meaning' refuse 3 press print job.yaml -o unknown
row 111 '... holds its record, names its column' says unknown/holds.csv '^2,K0000001,3240 value-unmapped,負担割合$'
stopped 112 'codes of a column that is not there' 2 3219 plain.csv '  values: { 事業所番号: { "1": a } }'
sed 's/平成20年4月1日/4200401/; s/2008-04-01/4200401/; s/2019-05-01/5010501/; s/1989-01-08/4010108/' plain.csv >eras.csv
printed 113 'era codes' eras.csv '  eras: { "4": 平成, "5": 令和 }'
write_job job.yaml eras.csv
row 114 'without input.eras they are no dates' refuse 3 press print job.yaml -o noeras
row 114 '... all held' test "$(wc -l <noeras/holds.csv)" = 4
sed 's/カクウ/ｶｸｳ/; s/ハナコ/ﾊﾅｺ/' plain.csv >half.csv
printed 115 'half-width kana' half.csv '  kana: full'

# -- what protection hides stays hidden: a code without meaning there changes nothing; row 3 is held as kin --
sed '1s/$/,住所/; 2s/,0$/,1/; 2s/$/,1/; 3,$s/$/,1/' plain.csv >hidden.csv
sed '2s/,1$/,7/' hidden.csv >hidden2.csv
for file in hidden hidden2; do
    write_job $file.yaml members.csv '  values: { 住所: { "1": 東京都千代田区千代田1-1 } }'
    cp $file.csv members.csv
    row 120 "a protected person's code ($file)" refuse 3 press print $file.yaml -o $file.out --protected-out $file.own
done
row 121 'no byte differs' diff -r hidden.out hidden2.out
row 122 '... in either place' diff -r hidden.own hidden2.own
finish
