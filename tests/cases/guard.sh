#!/bin/sh
# The privacy guard: a My Number stops the run with 4 before anything is written; innocents pass.
# 123456789018 is a number with a right check digit that belongs to nobody.
. "$(dirname "$0")/../tools/case.sh"
. "$root/tests/tools/jobs.sh"
write_job job.yaml members.csv
sed 's/^  file: .*/&\n  encoding: cp932/' job.yaml >cp932.yaml

guarded() { # NUMBER TITLE HEADER_ADD CELL: a further column holds CELL
    { echo "$(head_row),$3"; echo "$(person 001 '架空 太郎'),$4"; } >members.csv
    rm -rf out
    row "$1" "$2" refuse 4 press print job.yaml -o out
    row "$1" "$2: nothing written" test ! -e out
    row "$1" "$2: the value is in no word" silent stderr '1234|9018'
}
innocent() {
    { echo "$(head_row),$3"; echo "$(person 001 '架空 太郎'),$4"; } >members.csv
    rm -rf out
    row "$1" "$2" refuse 0 press print job.yaml -o out
}

guarded 1 'plain' メモ 123456789018
guarded 2 'full width' メモ １２３４５６７８９０１８
guarded 3 'blanks' メモ '1234 5678 9018'
guarded 4 'ideographic blanks' メモ '1234　5678　9018'
guarded 5 'hyphens' メモ 1234-5678-9018
guarded 6 'minus signs' メモ '1234−5678−9018'
guarded 7 'long vowel marks' メモ '１２３４ー５６７８ー９０１８'
guarded 8 'between words' メモ '番号は123456789018です'
guarded 9 'a quoted field with a line break' メモ '"123456
789018"'
guarded 10 'circled digits' メモ '①②③④⑤⑥⑦⑧⑨⓪①⑧'
guarded 11 'every digit apart' メモ '1 2 3 4 5 6 7 8 9 0 1 8'
guarded 12 'behind a comma in quotes' メモ '"x, 123456789018"'
guarded 13 'a column of numbers, wrong check digit' 個人番号 123456789012
guarded 14 'マイナンバー, full width' マイナンバー １２３４５６７８９０１２
innocent 20 'wrong check digit' メモ 123456789012
innocent 21 '13 digits (法人番号)' メモ 5123456789018
innocent 22 '11 digits' メモ 56000000000
innocent 23 'telephone and postcode' メモ '03-1234-5678 100-0001'
innocent 24 'an address' メモ 1-2-3-1001
innocent 25 'cut by a word' メモ 123456と789018
innocent 26 'two blanks in a row' メモ '123456  789018'
innocent 27 'over two columns' 'メモ1,メモ2' 123456,789018

row 30 'row and column are named' sh -c "
    { echo '$(head_row)'; echo '$(person 001 架空)'; echo '002,本人,101,123456789018,00,架空,カクウ,3割,H20.4.1,6825,0'; } >members.csv
    '$oshirase' print job.yaml -o out30 --data '$root' 2>stderr; test \$? = 4 && grep -q 'row 3' stderr && grep -q 番号 stderr"
row 31 'a record that would be held anyway' sh -c "
    { echo '$(head_row)'; echo 'x,本人,101,1,00,●,カクウ,3割,平成99年1月1日,6825,123456789018'; } >members.csv
    '$oshirase' print job.yaml -o out31 --data '$root' 2>stderr; test \$? = 4 && test ! -e out31"
row 32 'beyond --limit' sh -c "
    { echo '$(head_row)'; echo '$(person 001 架空)'; echo '$(person 002 架空)'; echo '003,本人,101,123456789018,00,架空,カクウ,3割,H20.4.1,6825,0'; } >members.csv
    '$oshirase' print job.yaml -o out32 --limit 1 --data '$root' 2>stderr; test \$? = 4 && test ! -e out32"
broken() { # NUMBER TITLE ROW: a row that cannot be read holds the number
    { head_row; person 001 架空; printf '%s\n' "$3"; person 003 架空; } >members.csv
    rm -rf out
    row "$1" "$2" refuse 4 press print job.yaml -o out
    row "$1" "$2: nothing written" test ! -e out
}
broken 70 'too few columns' '002,123456789018'
broken 71 'too many columns' "$(person 002 架空),123456789018"
broken 72 'stray quote' '002,本人,1"0,123456789018,00,架空,カクウ,3割,H20.4.1,6825,0'
broken 73 'unclosed quote' '002,本人,123456789018,1,00,"架空,カクウ,3割,H20.4.1,6825,0'
broken 74 'inside the unclosed quote' '002,本人,1,1,00,"架空123456789018,カクウ,3割,H20.4.1,6825,0'
broken 75 'twelve digits in the place of four, whatever the check digit' '002,本人,1,1,00,架空,カクウ,3割,H20.4.1,123456789012,0'
long=$(head -c 66000 /dev/zero | tr '\0' x)
broken 76 'behind the end of what one row may hold' "$(person 002 "$long"),123456789018"
broken 77 '... far behind it' "$(person 002 "$long$long$long$long$long$long$long$long"),123456789018"
# 65,538 bytes are looked at in one piece: the number lies across that place
cut=$(head -c 65510 /dev/zero | tr '\0' x)
for at in 78 79 80; do
    broken $at '... across its end' "002,$cut$(head -c $((at - 64)) /dev/zero | tr '\0' x),123456789018,x"
done
{ head_row; person 001 架空; echo "$(person 002 "$long"),123456789012"; person 003 架空; } >members.csv
rm -rf out
row 81 'an over-long row without one is held, the next one prints' refuse 3 press print job.yaml -o out
row 82 '... alone' test "$(reasons out/holds.csv) $(wc -l <out/manifest.csv)" = '3104 3'
{ head_row; person 001 架空; } >members.csv
echo '002,本人,101,123456789018,00,架空,カクウ,3割,H20.4.1,6825,0' >>members.csv
row 33 'check too' refuse 4 press check job.yaml
row 34 'preview too' refuse 4 press preview job.yaml --id 001 -o one.pdf
row 35 '... writes nothing' test ! -e one.pdf
row 36 'explain too' refuse 4 press explain job.yaml --id 001

{ head_row; person 001 架空; } >123456789018.csv
write_job named.yaml 123456789018.csv
row 40 'file name' refuse 4 press print named.yaml -o out40
row 41 '... is not repeated' silent stderr 1234
row 42 '... also where the header is wrong' sh -c "echo 'a,b' >123456789018.csv
    '$oshirase' print named.yaml -o out42 --data '$root' 2>stderr; test \$? = 4 && ! grep -q 1234 stderr"
row 43 'a header cell' sh -c "{ echo '$(head_row),123456789018'; echo '$(person 001 架空),x'; } >members.csv
    '$oshirase' print job.yaml -o out43 --data '$root' 2>stderr; test \$? = 4 && ! grep -q 1234 stderr"
row 44 'an unknown column' sh -c "{ echo '$(head_row),abc'; echo '$(person 001 架空),123456789018'; } >members.csv
    '$oshirase' print job.yaml -o out44 --data '$root' 2>stderr; test \$? = 4"

{ echo "$(head_row),メモ"; echo "$(person 001 '架空 太郎'),１２３４－５６７８－９０１８"; } | iconv -f UTF-8 -t CP932 >members.csv
row 50 'CP932, full width with hyphens' refuse 4 press print cp932.yaml -o out50
{ echo "$(head_row),メモ"; echo "$(person 001 '架空 太郎'),123456789018"; } | iconv -f UTF-8 -t CP932 >members.csv
row 51 'CP932, plain' refuse 4 press print cp932.yaml -o out51
row 52 '... nothing written' test ! -e out51

write_job exempt.yaml members.csv 'guard: { exempt: [整理番号] }'
{ head_row; person 123456789018 架空; } >members.csv
row 60 'without guard.exempt' refuse 4 press print job.yaml -o out60
row 61 'with it' refuse 0 press print exempt.yaml -o out61
row 62 '... is in the report' says out61/report.json 整理番号
write_job badexempt.yaml members.csv 'guard: { exempt: [氏名] }'
row 63 'a name cannot be exempt' refuse 2 press print badexempt.yaml -o out63
finish
