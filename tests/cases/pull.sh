#!/bin/sh
# oshirase pull and where: letters come out of finished output, whole pieces, told once; from then on the totals read
# made - pulled = to be sent, and nothing that was sealed is touched. SEED, and COUNT: kills at that many events.
. "$(dirname "$0")/../tools/case.sh"
. "$root/tests/tools/jobs.sh"
. "$root/tests/tools/mail-jobs.sh"
seed=${SEED:-1}
kills=${COUNT:-7}
{
    head_row
    for n in $(seq 1 40); do person "$(printf '%03d' "$n")" "架空 $(printf '%02d' "$n")子"; done
    echo '041,本人,101,29999,00,,カクウ,3割,平成20年4月1日,1234,0'
    echo '042,本人,101,39999,00,架空花子,カクウ ハナコ,3割,平成20年4月1日,1235,1'
} >members.csv
write_job job.yaml members.csv 'output: { lot_letters: 8 }'
pull() { press pull "$@"; }
where() { "$oshirase" where "$@" >stdout 2>stderr; }
sealed() { # everything that print has made is as it was, the ledger's first lines too
    head -n "$(wc -l <sealed.tree/ledger)" out/ledger | cmp - sealed.tree/ledger &&
        for file in $(cd sealed.tree && find . -type f ! -name ledger); do cmp "sealed.tree/$file" "out/$file" || return 1; done
}
quiet press print job.yaml -o out --protected-out hidden --quiet
cp -R out sealed.tree
printf '\357\273\277整理番号\r\n031\r\n"005"\r\n' >ids.txt

row 1 'pull' pull out --ids ids.txt --reason '転居 100%'
cat >want <<'CSV'
id,seq,lot,page,pages,piece,sheet,sheets,route,bundle,tracking,pull
005,5,lot-000001.pdf,5,1,5,1,1,employer,,,asked
031,31,lot-000004.pdf,7,1,31,1,1,employer,,,asked
CSV
row 2 'says where each is' same want stdout
row 3 '... and keeps it' same want out/pulls.csv
row 4 'totals: made - pulled = sent' says stderr '^40 letters, 40 pieces, 40 sheets made - 2, 2, 2 pulled = 38, 38, 38 to be sent$'
printf 'seq,piece,lot,page,pages\n5,5,lot-000001.pdf,5,1\n31,31,lot-000004.pdf,7,1\n' >want
row 5 'missing numbers' same want out/missing.csv
row 6 'one record in the ledger, the reason escaped' test "$(grep -c ' pull .* part=1 parts=1 reason=%E8%BB%A2%E5%B1%85%20100%25 seqs=5:31 letters=2 ' out/ledger)" = 1
row 7 'nothing sealed is touched' sealed
row 8 'verify counts it' refuse 0 press verify out
row 9 '... in its summary' says stdout '; pulled 2 letters, 2 pieces, 2 sheets: 38, 38, 38 to be sent$'
row 10 'modes' test "$(stat -c %a out/pulls.csv out/missing.csv out/pulls.pdf | paste -sd,)" = 600,600,600
slip() {
    qpdf --check out/pulls.pdf >/dev/null && pdftotext -layout out/pulls.pdf slip.txt &&
        grep -q '引抜き票' slip.txt && grep -q '転居 100%' slip.txt && grep -Eq '^ *31 +031 +lot-000004.pdf +7 +31 +1/1 +抜' slip.txt
}
row 11 'the slip: read by others' slip
row 12 '... without a name' silent slip.txt '架空'
row 13 'the files are those of the ledger' test "$(grep -c "pulls=$(sha256sum <out/pulls.csv | cut -d' ' -f1) missing=$(sha256sum <out/missing.csv | cut -d' ' -f1) slip=$(sha256sum <out/pulls.pdf | cut -d' ' -f1)" out/ledger)" = 1

# -- refused: nothing done --
cp -R out before
refused() { # CODE NUMBER IDS REASON
    printf "$3" >list
    refuse "$1" pull out --ids list --reason "$4" && says stderr "\\[$2\\]" && diff -r before out
}
row 20 'pulled twice' refused 2 9666 '005\n' x
row 21 '... says which line and number' says stderr '^oshirase: list:1: letter of sequence 5 is pulled already'
row 22 'an unknown id among good ones' refused 2 9664 '001\nA7\n' x
row 23 '... the line, not the id' says stderr '^oshirase: list:2: '
row 24 '... and no id is told' silent stderr 'A7'
row 25 'an id twice' refused 2 9665 '001\n002\n001\n' x
row 26 'a held person' refused 2 9664 '041\n' x
row 27 'a protected person' refused 2 9664 '042\n' x
row 28 'an empty list' refused 2 9667 '\n\n' x
row 29 'only a header' refused 2 9667 '整理番号\n' x
row 30 'an empty reason' refused 2 9660 '001\n' '　 '
row 31 'a line break' refused 2 9660 '001\n' "$(printf 'a\nb')"
row 32 'a control character' refused 2 9660 '001\n' "$(printf 'a\302\205b')"
row 33 'bytes that are no text' refused 2 9660 '001\n' "$(printf 'a\377b')"
row 34 'too long' refused 2 9660 '001\n' "$(printf '%0301d' 0 | tr 0 a)"
row 35 'a My Number' refused 4 9661 '001\n' '死亡 1234-5678-9018'
row 36 'in full width' refused 4 9661 '001\n' '１２３４５６７８９０１８'
row 37 'no such list' refuse 2 pull out --ids none --reason x
cp -R sealed.tree open && rm open/manifest.csv
row 39 'not finished' refuse 6 pull open --ids ids.txt --reason x
cp -R sealed.tree bad && sed -i '3s/,employer,/,counter,/' bad/manifest.csv
row 40 'a changed manifest' refuse 6 pull bad --ids ids.txt --reason x
held() { flock out sh -c "'$oshirase' pull out --ids list2 --reason x --data '$root' >stdout 2>stderr"; }
printf '007\n' >list2
row 41 'somebody at work there' refuse 5 held

# -- again, and other people --
row 50 'a second pull' pull out --ids list2 --reason 死亡
row 51 '... has files of its own' test -s out/pulls-2.csv -a -s out/missing-2.csv -a -s out/pulls-2.pdf
row 52 '... of all missing numbers' test "$(cut -d, -f1 out/missing-2.csv | paste -sd,)" = seq,5,7,31
row 53 '... totals' says stderr ' made - 3, 3, 3 pulled = 37, 37, 37 to be sent$'
row 54 'nothing sealed is touched' sealed
printf '042\n' >list3
row 55 'in the protected place' pull hidden --ids list3 --reason x
households() {
    quiet press print "$root/tests/jobs/kokuho/job.yaml" -o house --quiet --protected-out house-p
    test -s house/records.csv || return 1
    # a sequence number of several people
    seq=$(cut -d, -f3,4 house/records.csv | grep '^printed,' | sort | uniq -d | head -n 1 | cut -d, -f2)
    [ -n "$seq" ] || { echo '    no household in this job'; return 1; }
    grep ",printed,$seq," house/records.csv | cut -d, -f2 >members
    sed -n 2p members >one
    pull house --ids one --reason x || return 1
    test "$(grep -c ",$seq,.*,asked$" stdout)" = 1 && grep -q "^$(cat one),$seq,.*,asked$" stdout &&
        test "$(grep -c ",$seq,.*,remake$" stdout)" = $(($(wc -l <members) - 1))
}
row 57 '... of the shipped job' households

# -- where --
row 60 'by id' where out --id 005
row 61 '... its state' says stdout '^5,005,lot-000001.pdf,5,1,5,1,1,employer,,pulled$'
row 62 'by sequence' where out --seq 1-2,8
row 63 '... each' test "$(sed 1d stdout | cut -d, -f1,11 | paste -sd' ')" = '1,made 2,made 8,made'
row 64 'a held person' where out --id 041
row 65 '... has no sheet' says stdout '^,041,,,,,,,,,held$'
row 66 'nobody' refuse 2 where out --id nobody
row 67 '... is not told' silent stderr nobody
row 68 'a number beyond' refuse 2 where out --seq 40-41
row 69 'a bad list' refuse 2 where out --seq 1-
row 70 'two questions at once' refuse 2 where out --seq 1 --id 005
row 71 'no question' refuse 2 where out
row 72 'an unknown tracking number' refuse 2 where out --tracking 560-00-00000-0

# -- a list longer than a line of the ledger --
long() {
    { head_row; for n in $(seq 1 3000); do person "$(printf '%05d' "$n")" "架空 $(printf '%04d' "$n")子"; done; } >many.csv
    write_job many.yaml many.csv
    quiet press print many.yaml -o many --quiet
    awk -F, '$3 == "printed" && $4 % 2 { print $2 }' many/records.csv >odd
    made=$(grep -c ,printed, many/records.csv) out=$(wc -l <odd)
    left=$((made - out))
    pull many --ids odd --reason x && says stderr " - $out, $out, $out pulled = $left, $left, $left " &&
        test "$(grep -c ' pull ' many/ledger)" -gt 1 && refuse 0 press verify many && says stdout ": $left, $left, $left to be sent\$" &&
        where many --seq 1001-1002 && says stdout '^1001,.*,pulled$' && says stdout '^1002,.*,made$'
}
row 80 'thousands of scattered numbers' long

# -- mail: lists, slips and covers anew, of what is left --
people 120 >mail.csv
mail_job post.yaml mail.csv 3 'mail: { delivery: home, class: kan-i-kakitome, posting_names: true, bundles: { threshold: 8 }, tracking: { first: "360-60-00000", count: 400 } }' \
    'piece: { by: household }' 'output: { order: postcode, lot_letters: 17, lot: { cover: true } }'
quiet press print post.yaml -o post.tree --quiet
cp -R post.tree post
ids_of() { awk -F, -v "$2" 'NR > 1 && index(" " seqs " ", " " $1 " ") { print $6 }' "$1/manifest.csv"; }
total() { column "$1" "$2" | awk '{ n += $1 } END { print n + 0 }'; }
# The pieces of all letters that are out so far.
out_pieces() { awk -F, 'FNR > 1 { print $2 }' "$1" | sort -nu; }
left_is() { # OUT missing.csv bundles posting: what is told is what is left, counted anew from the manifest
    awk -F, -v missing="$2" -v manifest="$1/manifest.csv" -v sealed="$1/bundles.csv" 'BEGIN {
        while ((getline line <missing) > 0) { split(line, a, ","); gone[a[1]] = 1 }
        while ((getline line <manifest) > 0) { split(line, a, ","); if (a[1] + 0 && !(a[1] in gone)) piece[a[1] + 0] = a[2] }
        getline line <sealed
        while ((getline line <sealed) > 0) {
            split(line, a, ",")
            n = l = first = end = 0; before = ""
            for (s = a[7] + 0; s <= a[8] + 0; s++) if (s in piece) { l++; n += piece[s] != before; before = piece[s]; if (!first) first = s; end = s }
            if (l) print a[1] "," a[2] "," a[3] "," a[4] "," n "," l "," first "," end "," a[9] "," a[10] "," a[11]
        } }' >want
    sed 1d "$3" | cmp - want || return 1
    [ -z "${4:-}" ] || awk -F, 'FILENAME == ARGV[1] { gone[$1] = 1; next } FNR == 1 || !($4 in gone)' "$2" "$1/posting-list.csv" | cmp - "$4"
}
ids_of post 'seqs=4 29 30 89' >list
row 100 'people of several letters a piece' pull post --ids list --reason 死亡
row 101 'whole pieces: the others are to be made anew' test "$(column stdout pull | sort | uniq -c | awk '{ print $2 $1 }' | paste -sd' ')" = 'asked4 remake2'
in_bundles() { # each letter's bundle is the one whose numbers it has
    awk -F, 'FNR == 1 { next } FILENAME == ARGV[1] { for (s = $7; s <= $8; s++) b[s] = $1; next } $10 == "" || $10 != b[$2] { exit 1 }' post/bundles.csv "$1"
}
row 102 'its bundle is told' in_bundles post/pulls.csv
row 103 'bundles and posting list of what is left' left_is post post/missing.csv post/bundles-2.csv post/posting-list-2.csv
row 104 'pieces: made - pulled = sent' test "$(total post/bundles-2.csv pieces)" -eq $(($(total post/bundles.csv pieces) - $(out_pieces post/missing.csv | wc -l)))
row 105 '... letters' test "$(total post/bundles-2.csv letters)" -eq 114
on_paper() { # the list for the post office: its numbers and its total
    qpdf --check post/posting-list-2.pdf >/dev/null && pdftotext -layout post/posting-list-2.pdf list.txt &&
        grep -o '360-60-[0-9]*-[0-9] *[0-9][0-9][0-9]-' list.txt | cut -d' ' -f1 >have && column post/posting-list-2.csv number | cmp - have &&
        grep -q "合計 $(wc -l <have | tr -d ' ') 通" list.txt
}
row 106 'the posting list, by poppler' on_paper
row 107 '... without names' silent list.txt '青葉'
slips_anew() { # one sheet a lot and a bundle that lost something, with the new count
    qpdf --check "$1/slips-$2.pdf" >/dev/null || return 1
    touched=$(awk -F, 'NR > 1 { print $3 }' "$1/$3" | sort -u | wc -l)
    parts=$(diff "$1/$4" "$1/bundles-$2.csv" | grep -c '^<')
    pages=$(pdfinfo "$1/slips-$2.pdf" | sed -n 's/^Pages: *//p')
    [ "$pages" = $((touched + parts)) ] || { echo "    $pages sheets, $touched lots, $parts parts"; return 1; }
    pdftotext -layout "$1/slips-$2.pdf" slips.txt
    diff "$1/$4" "$1/bundles-$2.csv" | sed -n 's/^> //p' | tr , ' ' | while read -r bundle part kind key pieces letters first last lot page route; do
        grep -Eq "差し替える票 +$lot +$page 頁 +束 $bundle-$part\$" slips.txt && grep -q "^ *$pieces 通 .*通番 $first ～ $last" slips.txt || exit 1
    done
}
row 108 'slips and covers that changed' slips_anew post 2 missing.csv bundles.csv
row 109 'nothing sealed is touched' sh -c 'for f in $(cd post.tree && find . -type f ! -name ledger); do cmp "post.tree/$f" "post/$f" || exit 1; done'
row 110 'the ledger has their digests' test "$(grep -c "bundles=$(sha256sum <post/bundles-2.csv | cut -d' ' -f1) posting=$(sha256sum <post/posting-list-2.csv | cut -d' ' -f1) slips=$(sha256sum <post/slips-2.pdf | cut -d' ' -f1) posting_sheets=$(sha256sum <post/posting-list-2.pdf | cut -d' ' -f1) " post/ledger)" = 1
row 111 'verify: made - pulled = sent' refuse 0 press verify post --job post.yaml
row 112 '... told' says stdout '; pulled 6 letters, 3 pieces, 6 sheets: 114, 44, 114 to be sent$'
ids_of post 'seqs=1 28' >list
row 113 'a letter of a piece that is out' refuse 2 pull post --ids list --reason x
row 114 '... is out already' says stderr '\[9666\]'
# all of the bundle with number 1
awk -F, 'FILENAME == ARGV[1] { if (FNR > 1 && $1 == 1) for (s = $7; s <= $8; s++) all[s] = 1; next } FNR > 1 && $1 in all && $1 != 4 { print $6 }' post/bundles.csv post/manifest.csv >list
row 115 'a whole bundle' pull post --ids list --reason x
row 116 '... has no line any more' sh -c "! grep -q '^1,' post/bundles-3.csv"
row 117 'lists of all that is out, by both' left_is post post/missing-2.csv post/bundles-3.csv post/posting-list-3.csv
row 118 '... its slip says so' sh -c "pdftotext -layout post/slips-3.pdf - | grep -q '^ *0 通 .*残りはありません'"
where_pieces() { # sheet n of m within the piece, the state of each
    where post --seq 27-30 && test "$(sed 1d stdout | cut -d, -f6,7,8,11 | sort -u | paste -sd' ')" = '12,1,4,pulled 12,2,4,pulled 12,3,4,pulled 12,4,4,pulled'
}
row 119 'where: four sheets of a piece' where_pieces
cp -R post.tree mbad && sed -i "2s/,home/,hom/" mbad/bundles.csv
ids_of post 'seqs=4' >list
row 120 'bundles.csv was changed' refuse 6 pull mbad --ids list --reason x
row 121 '... and says which' says stderr 'bundles.csv.*\[9638\]'
row 122 '... nothing is done' sh -c 'cmp post.tree/ledger mbad/ledger && test ! -e mbad/pulls.csv'
mail_job staff.yaml mail.csv 1 'mail: { delivery: employer }' 'piece: { by: insured }' 'output: { order: employer, lot_letters: 23 }'
quiet press print staff.yaml -o staff --quiet
cp -R staff staff.tree
ids_of staff 'seqs=1 5 60 111' >staff.ids
cp staff.ids list
row 130 'by employers' pull staff --ids list --reason 退職
row 131 'what is left of each' left_is staff staff/missing.csv staff/bundles-2.csv
no_posting() { test ! -e staff/posting-list-2.csv && test ! -e staff/posting-list-2.pdf; }
row 132 'no posting list where the run had none' no_posting
employers() { # of each employer that lost something: 整理番号 of each piece that is left, no other
    pdftotext -layout staff/slips-2.pdf slips.txt
    diff staff/bundles.csv staff/bundles-2.csv | sed -n 's/^> //p' | tr , ' ' | while read -r bundle part kind key pieces letters first last rest; do
        awk -v key="$key" '/事業所番号/ { on = $2 == key } on' slips.txt | grep -o 'M[0-9]\{6\} *[0-9]*' | awk '{ print $2 "," $1 }' >have
        awk -F, -v a="$first" -v b="$last" 'FILENAME == ARGV[1] { gone[$1] = 1; next } $1 >= a && $1 <= b && !($1 in gone) && $2 != p { print $1 "," $6; p = $2 }' staff/missing.csv staff/manifest.csv | cmp - have || exit 1
        [ "$(wc -l <have)" = "$pieces" ] || exit 1
    done
}
row 133 'their covers list what is left' employers
row 135 'who is written to, and by whom: as on the sealed cover' sh -c "grep -q '例示商店[0-9]* 御中' slips.txt && grep -q '例示市 国保課' slips.txt"
row 136 '... on the posting list too' sh -c "grep -q '差出人 *例示市' list.txt && grep -q '〒100-0001' list.txt"
cp -R staff.tree sbad
dd if=/dev/zero of=sbad/lot-000001.pdf bs=1 seek=900 count=1 conv=notrunc 2>/dev/null
row 137 'a lot whose covers are read was changed' refuse 6 pull sbad --ids staff.ids --reason x
row 138 '... and says which' says stderr 'lot-000001.pdf.*\[9619\]'
row 139 '... nothing is done' test ! -e sbad/pulls.csv
row 134 '... no lot cover: the run had none' silent slips.txt 'ロット票'

# -- a ledger under a secret: who adds to it has the key --
"$oshirase" keygen secret.bin >/dev/null 2>&1
head -c 32 /dev/zero >wrong.bin && chmod 600 wrong.bin
mail_job keyed.yaml mail.csv 1 'mail: { delivery: employer }' 'secret: secret.bin' 'output: { order: employer }'
quiet press print keyed.yaml -o keyed --quiet
cp -R keyed keyed.tree
ids_of keyed 'seqs=3' >list
unkeyed() { refuse 2 pull keyed --ids list --reason x "$@" && says stderr '\[9694\]' && diff -r keyed.tree keyed; }
row 140 'without the secret' unkeyed
row 141 'with another one' unkeyed --secret wrong.bin
row 142 'a secret where none is' refuse 2 pull staff --ids list --reason x --secret secret.bin
row 143 'with it' pull keyed --ids list --reason x --secret secret.bin
row 144 '... its mac stands behind it' sh -c "tail -n 2 keyed/ledger | cut -d' ' -f2 | paste -sd' ' | grep -qx 'pull mac'"
row 145 '... verify agrees' refuse 0 press verify keyed --job keyed.yaml
row 146 'a bundle list, checked under the key' test -s keyed/bundles-2.csv
forge() { # a record as anybody can chain it, behind a copy: FOLDER BODY
    forge_number=$(($(wc -l <"$1/ledger") + 1))
    printf '%s %s prev=%s' "$forge_number" "$2" "$(tail -n 1 "$1/ledger" | sha256sum | cut -d' ' -f1)" >line
    printf ' crc=%s\n' "$(gzip -c <line | tail -c 8 | od -An -tx4 --endian=little -N4 | tr -d ' ')" | cat line - >>"$1/ledger"
}
zero=0000000000000000000000000000000000000000000000000000000000000000
forged() { # KIND
    rm -rf forged && cp -R keyed forged && forge forged "$1 id=$zero n=7 part=1 parts=1 reason=x seqs=9 letters=1 pieces=1 sheets=1" &&
        refuse 0 press verify forged && refuse 6 press verify forged --job keyed.yaml && says stderr '\[9639\]'
}
row 147 'a forged pull-out' forged pull
row 148 'a forged reprint' forged reprint
row 149 '... is not built upon' refuse 6 pull forged --ids list --reason x --secret secret.bin
forge forged "mac mac=$zero"
row 150 '... nor with a forged mac' refuse 6 press verify forged --job keyed.yaml
row 151 '... nor built upon' refuse 2 pull forged --ids list --reason x --secret secret.bin

# -- killed at any event: pulled wholly or not at all, and the same order again finishes it --
swept() { # KIND
    rm -rf out && cp -R sealed.tree out
    OSHIRASE_EVENTS=events "$build/faults/oshirase" pull out --ids ids.txt --reason x --data "$root" >stdout 2>stderr || return 1
    cp -R out good.tree
    events=$(wc -l <events)
    n=$((1 + seed % 3))
    while [ $n -le "$events" ]; do
        rm -rf out && cp -R sealed.tree out
        OSHIRASE_FAULT=$1@$n "$build/faults/oshirase" pull out --ids ids.txt --reason x --data "$root" >stdout 2>stderr
        if ! grep -q ' pull ' out/ledger; then
            pull out --ids ids.txt --reason x || { echo "    $1@$n of $events: again"; return 1; }
        fi
        rm -f out/*.part
        diff -r good.tree out >/dev/null || { echo "    $1@$n of $events"; return 1; }
        n=$((n + (events + kills - 1) / kills))
    done
    rm -rf good.tree
}
row 90 'killed' swept kill
row 91 'killed while writing' swept killmid
row 92 'a full disk' swept enospc
row 93 'a failed sync' swept eio
rm -rf sealed.tree && cp -R post.tree sealed.tree
ids_of post 'seqs=4 29 30 89' >ids.txt
row 94 'with lists and slips: killed' swept kill
row 95 '... while writing' swept killmid
finish
