#!/bin/sh
# Bad input: each fault has its own number; faults of a record hold that record, faults of the file stop the run.
. "$(dirname "$0")/../tools/case.sh"
. "$root/tests/tools/jobs.sh"
write_job job.yaml members.csv

held() { # NUMBER TITLE MESSAGE ROW: good, ROW, good; only ROW is held, with MESSAGE
    { head_row; person 001 '架空 一郎'; printf '%s\n' "$4"; person 003 '架空 三郎'; } >members.csv
    rm -rf out
    row "$1" "$2" refuse 3 press print job.yaml -o out
    row "$1" "$2: reason" test "$(reasons out/holds.csv 2>/dev/null)" = "$3"
    row "$1" "$2: the others print" test "$(wc -l <out/manifest.csv)" = 3
}
stopped() { # NUMBER TITLE MESSAGE, members.csv is there
    rm -rf out
    row "$1" "$2" refuse 2 press print job.yaml -o out
    row "$1" "$2: message" says stderr "\\[$3\\]"
    row "$1" "$2: nothing written" test ! -e out
}

held 1 'too few columns' 3101 '002,本人,101'
held 2 'too many columns' 3101 "$(person 002 '架空 二郎'),x"
held 3 'unclosed quote' 3102 '002,本人,101,20345,00,"架空 二郎,カクウ,3割,平成20年4月1日,6825,0'
held 4 'stray quote' 3103 '002,本人,101,20345,00,架空"二郎,カクウ,3割,平成20年4月1日,6825,0'
held 5 'text behind a closing quote' 3103 '002,本人,101,20345,00,"架空"二郎,カクウ,3割,平成20年4月1日,6825,0'
held 6 'bad encoding' 3106 "$(person 002 "$(printf '\346\236')")"
held 7 'over-long field' 3108 "$(person 002 "$(head -c 5000 /dev/zero | tr '\0' x)")"
held 8 'over-long row' 3104 "$(person 002 "$(head -c 70000 /dev/zero | tr '\0' x)")"
held 9 'empty required field' 4510 "$(person 002 '')"
held 10 'empty id' 4103 "$(person '' '架空 二郎')"
held 11 'black circle' 4513 "$(person 002 '架空 ●郎')"
held 12 'geta' 4514 "$(person 002 '架空 〓郎')"
held 13 'replacement character' 4515 "$(person 002 "架空 $(printf '\357\277\275')")"
held 14 'gaiji' 4516 "$(person 002 "架空 $(printf '\356\200\200')")"
held 15 'a character without a glyph' 7101 "$(person 002 "架空 $(printf '\360\260\273\236')")"
held 16 'a variation sequence that no font has' 7101 "$(person 002 "葛$(printf '\363\240\207\257')城")"
held 17 'honorific in the name' 4517 "$(person 002 '架空 二郎様')"
held 18 'line break in the name' 4512 '002,本人,101,20345,00,"架空
二郎",カクウ,3割,平成20年4月1日,6825,0'
held 19 'a name that fits nowhere' 7106 "$(person 002 "$(for i in $(seq 60); do printf 架空の長い名前; done)")"
held 20 'unknown era year' 4531 '002,本人,101,20345,00,架空,カクウ,3割,平成32年4月1日,6825,0'
held 21 'unknown era' 4531 '002,本人,101,20345,00,架空,カクウ,3割,架空2年4月1日,6825,0'
held 22 'impossible date' 4532 '002,本人,101,20345,00,架空,カクウ,3割,2023-02-29,6825,0'
held 23 'date serial' 4533 '002,本人,101,20345,00,架空,カクウ,3割,39539,6825,0'
held 24 'exponent' 4520 '002,本人,101,1.0E+07,00,架空,カクウ,3割,平成20年4月1日,6825,0'
held 25 'last 4 lost a zero' 4540 "$(person 002 架空 123)"
held 26 'last 4 of five digits' 4541 "$(person 002 架空 12345)"
held 27 'last 4 of letters' 4541 "$(person 002 架空 12a4)"
held 28 'unknown kind' 4511 '002,世帯主,101,20345,00,架空,カクウ,3割,平成20年4月1日,6825,0'
held 29 'unknown share' 4511 '002,本人,101,20345,00,架空,カクウ,4割,平成20年4月1日,6825,0'
held 30 'flag is a word' 4102 '002,本人,101,20345,00,架空,カクウ,3割,平成20年4月1日,6825,なし'
held 31 'flag is empty' 4101 '002,本人,101,20345,00,架空,カクウ,3割,平成20年4月1日,6825,'
held 32 'a blank row between' 3101 ''
held 33 'a script that cannot be set' 7103 "$(person 002 "架空 $(printf '\360\222\200\200')")"
held 34 'sheet error' 4521 "$(person 002 '#N/A')"

{ head_row; person 001 '架空 一郎'; printf '002,本人,101,20345,00,架\0空,カクウ,3割,H20.4.1,6825,0\n'; person 003 架空; } >members.csv
row 40 'NUL byte' refuse 3 press print job.yaml -o nul
row 41 '... reason and column' says nul/holds.csv '^3,002,3107 nul-byte,氏名$'
{ head_row; person 001 '架空 一郎'; person 002 '架空 二郎'; person 001 '架空 三郎'; person 004 架空; } >members.csv
row 42 'doubled 整理番号' refuse 3 press print job.yaml -o double
row 43 '... all of them' test "$(reasons double/holds.csv)" = '9002 9002'
row 44 '... the others print' test "$(wc -l <double/manifest.csv)" = 3
{ head_row; person 001 '架空 一郎'; echo '002,本人,101,20345,00,"架空 二郎,カクウ,3割,平成20年4月1日,6825,0'
  person 003 '架空 三郎'; echo '004,本人,101,20345,00,架空" 四郎,カクウ,3割,平成20年4月1日,6825,0'; person 005 '架空 五郎'; } >members.csv
row 45 'two broken quotes do not swallow the rows between' refuse 3 press print job.yaml -o swallow
row 46 '... three print' test "$(wc -l <swallow/manifest.csv)" = 4
row 47 '... five records' says swallow/report.json '"records": 5'
{ head_row; person 001 '架空 一郎'; printf '%s\n' "$(person 002 "$(printf '\346\236\266\377')")"; } >members.csv
row 48 'offset inside the field' refuse 3 press check job.yaml
row 49 '... is told' says stdout 'row 3.*氏名'
row 50 '... and nothing of the value' silent stdout '架空'

# what is fine, however it is written
{ printf '\357\273\277'; head_row; person 001 '架空 一郎'; } >members.csv
row 60 'BOM' refuse 0 press print job.yaml -o bom
{ head_row; person 001 '架空 一郎'; } | sed 's/$/\r/' >members.csv
row 61 'CRLF' refuse 0 press print job.yaml -o crlf
{ head_row; person 001 '架空 一郎'; } | iconv -f UTF-8 -t CP932 >members.csv
sed 's/^  file: .*/&\n  encoding: cp932/' job.yaml >cp932.yaml
row 62 'CP932' refuse 0 press print cp932.yaml -o cp932
head_row >members.csv; person 001 '架空 一郎' | sed 's/[^,]*/"&"/g' >>members.csv
row 63 'every field quoted' refuse 0 press print job.yaml -o quoted
{ head_row; person 001 '架空 一郎' | tr -d '\n'; } >members.csv
row 64 'no line end at the end' refuse 0 press print job.yaml -o noend
{ echo '不開示該当,個人番号下4桁,フリガナ,氏名,資格取得年月日,負担割合,番号,記号,枝番,整理番号,種別'
  echo '0,９１５３,カクウ タロウ,架空 一郎,H20.4.1,３割,20001,101,00,001,本人'; } >members.csv
row 65 'other order of columns, other widths, other date form' refuse 0 press print job.yaml -o order
for i in bom crlf cp932 quoted noend order; do cut -d, -f10 $i/manifest.csv; done | sort -u >digests
row 66 'the same letter each time' test "$(wc -l <digests)" = 2

# faults of the file
: >members.csv
stopped 70 'empty file' 3001
person 001 架空 >members.csv
stopped 71 'no header' 3003
row 72 'a person in the place of the header is not repeated' silent stderr 架空
{ echo "$(head_row),氏名"; echo "$(person 001 架空),x"; } >members.csv
stopped 73 'doubled column' 3004
{ head_row | sed 's/,個人番号下4桁//'; } >members.csv
stopped 74 'a column that the form needs' 4501
{ head_row | sed 's/,不開示該当//'; } >members.csv
stopped 75 'no protection flag' 4010
head_row | iconv -f UTF-8 -t CP932 >members.csv
stopped 76 'header in another encoding' 3006
rm members.csv
stopped 77 'no file' 1009
mkfifo members.csv
stopped 78 'a pipe' 1011
rm members.csv; mkdir members.csv
stopped 79 'a folder' 1011
rmdir members.csv
{ head_row; person 001 架空; } >members.csv
row 80 'members from --input' refuse 0 press print job.yaml --input members.csv -o given

# a file that changes while it is read: the run finds it and leaves nothing
{ head_row; for i in $(seq 30000); do person "n$i" "架空 太郎$i"; done; } >members.csv
changed_in_place() {
    "$oshirase" print job.yaml -o changed --data "$root" 2>stderr &
    pid=$!
    while [ ! -e changed/lot-000001.pdf.part ] && kill -0 $pid 2>/dev/null; do :; done
    printf 'n9' | dd of=members.csv bs=1 seek=1500000 conv=notrunc 2>/dev/null
    wait $pid
}
row 90 'input changes while it is read' refuse 2 changed_in_place
row 91 '... says so' says stderr '\[9501\]'
row 92 '... and leaves nothing' test ! -e changed
finish
