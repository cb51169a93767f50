#!/bin/sh
# Protected people: a place of their own or no letter; hidden fields reach nothing; kin is held.
. "$(dirname "$0")/../tools/case.sh"
. "$root/tests/tools/jobs.sh"
head="$(head_row),自己情報提供不可,世帯番号,郵便番号,住所A,住所B,世帯主氏名,送付先住所,メモ"
hidden() { # ID FLAG FLAG2 ADDRESS [NUMBER]
    echo "$1,本人,101,${5:-9$1},${1#0},架空 花子$1,カクウ ハナコ,3割,平成20年4月1日,6$1,$2,$3,h$1,100-0001,$4,$4,$4,$4,$4"
}
write_job job.yaml members.csv
{ echo "$head"; hidden 001 0 0 見本町1; hidden 002 1 0 見本町2; hidden 003 0 1 見本町3; hidden 004 0 0 見本町4; } >members.csv
row 1 'without a place they are held' refuse 3 press print job.yaml -o held
row 2 '... both flags' test "$(reasons held/holds.csv)" = '9509 9509'
row 3 'with a place nobody is held' refuse 0 press print job.yaml -o out --protected-out hidden
row 4 'two letters here' test "$(wc -l <out/manifest.csv)" = 3
row 5 '... numbered without a gap' test "$(cut -d, -f1,6 out/manifest.csv | tr '\n' ' ')" = 'seq,id 1,001 2,004 '
row 6 'two letters there' test "$(cut -d, -f6 hidden/manifest.csv | tr '\n' ' ')" = 'id 002 003 '
row 7 'the place is 0700' test "$(stat -c %a hidden)" = 700
mkdir -m 755 there
row 13 'a place that was there' refuse 0 press print job.yaml -o out13 --protected-out there
row 14 '... becomes 0700 too' test "$(stat -c %a there)" = 700
row 8 'totals' says out/report.json '"protected": 2'
row 9 'a place inside OUT is refused' refuse 2 press print job.yaml -o out9 --protected-out out9/hidden
row 10 '... and the other way' refuse 2 press print job.yaml -o out9/x --protected-out out9
row 11 '... and a full one' refuse 2 press print job.yaml -o out9 --protected-out hidden
row 12 '... nothing written' test ! -e out9

# hidden fields: whatever stands in them, no byte of anything written changes
base_run() {
    rm -rf a ah; "$oshirase" print job.yaml -o a --protected-out ah --data "$root" >a.out 2>a.err
}
same_as_base() { # NUMBER TITLE CELL (as CSV bytes)
    { echo "$head"; hidden 001 0 0 見本町1; hidden 002 1 0 "$3"; hidden 003 0 1 "$3"; hidden 004 0 0 見本町4; } >members.csv
    rm -rf b bh; "$oshirase" print job.yaml -o b --protected-out bh --data "$root" >b.out 2>b.err
    row "$1" "$2" sh -c 'diff -r a b && diff -r ah bh && cmp a.out b.out && cmp a.err b.err'
}
base_run
same_as_base 20 'another address' 幻想県架空市9丁目
same_as_base 21 'empty' ''
same_as_base 22 'quoted with comma' '"幻想県, 架空市"'
same_as_base 23 'line breaks' '"幻想県
架空市"'
same_as_base 24 'black circle' '●●'
same_as_base 25 'bad bytes' "$(printf '\377\376')"
same_as_base 26 'longer than a field may be' "$(head -c 5000 /dev/zero | tr '\0' x)"
same_as_base 27 'a character without a glyph' "$(printf '\360\222\200\200')"
row 28 'a canary is nowhere' sh -c '! grep -rl 幻想県 a ah b bh'

# kin: the same 世帯番号, or the same 記号 and 番号
{ echo "$head"; hidden 001 1 0 見本町1 500; hidden 002 0 0 見本町2 500; hidden 003 0 0 見本町3 777; } >members.csv
sed -i 's/,h003,/,ｈ001,/' members.csv
row 30 'kin is held' refuse 3 press print job.yaml -o kin --protected-out kinhidden
row 31 '... by both keys' test "$(sed -n '2,$p' kin/holds.csv | cut -d, -f1,3,4 | tr '\n' ' ')" = \
    '3,9521 protected-kin,番号 4,9521 protected-kin,世帯番号 '
write_job separate.yaml members.csv 'protection: { kin: separate }'
row 32 'kin: separate, no place for it: held' refuse 3 press print separate.yaml -o kin2
row 33 '... with a place: printed there' refuse 0 press print separate.yaml -o kin3 --protected-out kin3hidden
row 46 '... all three' test "$(wc -l <kin3hidden/manifest.csv)" = 4
row 37 'kin has no preview either' refuse 3 press preview job.yaml --id 002 -o kin.txt
row 38 '... nothing written' test ! -e kin.txt
row 39 '... and the reason is told' says stderr 'row 3, column 番号.*\[9521\]'
row 40 'explain says it too' refuse 3 press explain job.yaml --id 003
row 41 '... with its reason' says stdout '^no letter: 9521 protected-kin$'
row 42 'the protected person itself has one' refuse 0 press preview job.yaml --id 001 -o own.txt
{ echo "$head"; hidden 002 0 0 見本町2 500; hidden 003 0 0 見本町3 777; hidden 001 1 0 見本町1 500; } >members.csv
row 43 'a protected person beyond --limit' refuse 3 press print job.yaml -o beyond --limit 2
row 44 '... holds kin within it' test "$(reasons beyond/holds.csv)" = 9521
row 45 '... and no more than that' test "$(wc -l <beyond/manifest.csv)" = 2
{ echo "$head"; hidden 002 0 0 見本町2 500; hidden 003 0 0 見本町3 777; hidden 001 '' 0 見本町1 500; } >members.csv
row 47 'somebody beyond --limit whose flag is empty' refuse 3 press print job.yaml -o beyond2 --limit 2
row 48 '... holds kin within it too' test "$(reasons beyond2/holds.csv)" = 9521
{ echo "$head"; hidden 001 '' 0 見本町1; hidden 002 0 '' 見本町2; } >members.csv
row 34 'an empty flag holds' refuse 3 press print job.yaml -o empty
row 35 '... either of them' test "$(reasons empty/holds.csv)" = '4101 4101'
write_job no.yaml members.csv 'protection: { empty: "no" }'
row 36 'or is no, when the job says so' refuse 0 press print no.yaml -o no

# two places, one fate: 120 KB hold either lot, but not the list of 6,000 held rows, which is written last
{ echo "$head"; hidden 001 1 0 見本町1; hidden 002 0 0 見本町2; yes x | head -n 6000; } >members.csv
row 40 'a table that the disk has no room for: exit 5' refuse 5 sh -c \
    "ulimit -f 240; '$oshirase' print job.yaml -o full --protected-out fullhidden --data '$root' 2>stderr"
row 41 '... nothing here' test ! -e full
row 42 '... and nothing there' test ! -e fullhidden
finish
