#!/bin/sh
# `oshirase barcode`: its exact lines, its refusals; and the bars it tells, drawn on a page by PostScript and read back
# from the dots. COUNT symbols from SEED.
. "$(dirname "$0")/../tools/case.sh"
seed=${SEED:-1}
count=${COUNT:-400}
[ "$count" -le 10000 ] || count=10000

barcode() {
    "$oshirase" barcode "$@" >"$work/stdout" 2>"$work/stderr" </dev/null
}
# prints LINE ...: what stdout has, line for line
prints() {
    printf '%s\n' "$@" | cmp - "$work/stdout"
}
# gives WORDS... -- LINE ...: ends with 0, no word, these lines
gives() {
    words=
    while [ "$1" != -- ]; do
        words="$words $(printf "'%s'" "$1")"
        shift
    done
    shift
    eval "barcode $words" && [ ! -s "$work/stderr" ] && prints "$@"
}
# refuses NUMBER WORDS ...: exit 2, nothing printed, the reason's number said, and no word of the argument
refuses() {
    refuses_number=$1
    shift
    refuse 2 barcode "$@" && [ ! -s "$work/stdout" ] && says "$work/stderr" "\\[$refuses_number\\]"
}

row 1 'manual p17' gives customer 100-0013 '1丁目3番2号 郵便プラザ503室' -- 10000131-3-2-503 9 \
    1311414414414414411431211441431241413241414114431243243243243241131
row 2 'manual p19: check character 0' gives customer 273-0102 '東3丁目-20-5　郵便・A&bコーポB604号' -- 27301023-20-5B604 0 \
    1313221331214411414413231241413214441414132411432114412343243214431
row 3 'a control code for check character' gives customer 1980036 '十一丁目六番地一号　郵便タワー601' -- 198003611-6-1-601 CC8 \
    1311441123114414431232111411441432141411441432114411443243243211131
row 4 'data is shown before the cut' gives customer 064-0804 '29丁目1524-23　第2郵便ハウス501' -- 064080429-1524-23-2-501 3 \
    1314432112314423114412313241141411414113212341413231241413241431231
row 5 'a large office' gives customer 100-8792 '' -- 1008792 0 \
    1311414414423121341113243243243243243243243243243243243243243214431
row 6 'ready data' gives customer --data 10000131-3-2-503 -- 10000131-3-2-503 9 \
    1311414414414414411431211441431241413241414114431243243243243241131
row 7 'ready data as people write it' gives customer --data '１００-0013１-3-2-503' -- 10000131-3-2-503 9 \
    1311414414414414411431211441431241413241414114431243243243243241131
row 8 'small letters' gives customer --data 91000673-80-25j1-2b -- 91000673-80-25J1-2B 9 \
    1341111414414414432121331241423114441413214132441111441413232441131
row 9 'a full-width postcode' gives customer '〒１００－００１３' '1-3-2-503' -- 10000131-3-2-503 9 \
    1311414414414414411431211441431241413241414114431243243243243241131
row 10 'a number gets its check digit' gives tracking 131-12-38385 -- 131-12-38385-2
row 11 '... without hyphens' gives tracking 1311238385 -- 131-12-38385-2
row 12 '... or has it' gives tracking 13112383852 -- 131-12-38385-2
row 13 'in full width' gives tracking '１３１－１２－３８３８５' -- 131-12-38385-2

row 20 'six digits' refuses 8060 customer 100-001 1-2-3
row 21 'no postcode' refuses 8060 customer '' 1-2-3
row 22 'a word' refuses 8060 customer 霞が関 1-2-3
row 23 'data of six digits' refuses 8061 customer --data 100001
row 24 'data with a blank' refuses 8061 customer --data '1000013 1-3-2'
row 25 'data with a kanji' refuses 8061 customer --data 1000013東1
row 26 'data that never ends' refuses 8061 customer --data "1000013$(printf '%0200d' 0)"
row 27 'a wrong check digit' refuses 8063 tracking 131-12-38385-3
row 28 'nine digits' refuses 8062 tracking 131123838
row 29 'hyphens elsewhere' refuses 8062 tracking 13-112-38385
row 30 'twelve digits' refuses 8062 tracking 131123838520
row 31 'no UTF-8' refuses 8064 customer 1000013 "$(printf '\201\202')"
row 32 'an argument of 5,000 bytes' refuses 8064 customer 1000013 "$(printf '%05000d' 0)"
row 33 'no such barcode' refuse 2 barcode qr 1
row 34 'a word too few' refuse 2 barcode customer
row 35 'a word too many' refuse 2 barcode tracking 131-12-38385 1
barcode customer 100-001X 秘密の住所9-9-9
row 36 'no value in words' silent stderr '100-001X|秘密|9-9-9'

# Pages of 40 symbols. PostScript draws them in 1/300 inch: 7 wide, 7 apart, 42 14 28 high (10 pt), each a little off the
# dots. Sizes beside it are those of the manual; the data of a symbol is made of its number.
awk -v seed="$seed" -v count="$count" 'BEGIN {
    srand(seed); letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    for (i = 1; i <= count; i++) {
        data = sprintf("%07d", int(rand() * 10000000)); room = int(rand() * 13)
        while (room > 0) {
            kind = rand()
            if (kind < 0.1 && room > 1) { data = data substr(letters, 1 + int(rand() * 26), 1); room -= 2 }
            else if (kind < 0.25) { data = data "-"; room-- }
            else { data = data int(rand() * 10); room-- }
        }
        print data
    } }' >data.list
while read -r data; do
    "$oshirase" barcode customer --data "$data" | sed -n 3p
done <data.list >bars.list
row 40 'a symbol each' test "$(grep -c '^13[1-4]*31$' bars.list)" = "$count"
# draw FILE: PostScript pages of the symbols
draw() {
    awk 'BEGIN { print "%!PS\n<< /PageSize [595.2 841.92] >> setpagedevice\n0.24 0.24 scale" }
        {
            place = (NR - 1) % 40
            if (NR > 1 && !place) print "showpage 0.24 0.24 scale"
            x = 150.3 + place % 2 * 1050.37; y = 3300 - int(place / 2) * 150.21
            for (i = 1; i <= 67; i++) {
                bar = substr($0, i, 1); high = bar == 1 ? 42 : bar == 4 ? 14 : 28; up = bar == 1 || bar == 2 ? 0 : 14
                printf "%.2f %.2f 7 %d rectfill\n", x + (i - 1) * 14, y - up - high, high
            }
        }
        END { print "showpage" }' "$1"
}
draw bars.list >page.ps
quiet gs -q -dNOPAUSE -dBATCH -sDEVICE=pdfwrite -o page.pdf page.ps
sort data.list >wanted
for dpi in 300 600; do
    : >"read-$dpi"
    page=0
    while [ $((page * 40)) -lt "$count" ]; do
        page=$((page + 1))
        pdftoppm -gray -singlefile -r $dpi -f $page -l $page page.pdf page
        "$build/tools/customer_page" page.pgm >>"read-$dpi" 2>>"words-$dpi"
    done
    row $((40 + dpi / 100)) "every symbol makes sense at $dpi dpi" test ! -s "words-$dpi"
    cut -d' ' -f5 "read-$dpi" | sort >found
    row $((50 + dpi / 100)) "... and is its data at $dpi dpi" same wanted found
done
# What the reader would miss, were it blind: a bar that is longer, one that is missing, two that changed places.
barcode customer --data 10000131-3-2-503
sed -n 3p stdout >good.list
for spoiled in 's/^13/11/' 's/^\(.\{30\}\)[1-4]/\1/' 's/^\(.\{5\}\)\(.\)\(.\)/\1\3\2/'; do
    sed "$spoiled" good.list >spoiled.list
    draw spoiled.list | gs -q -dNOPAUSE -dBATCH -sDEVICE=pgmraw -r300 -o spoiled.pgm -
    row 60 "$spoiled: is another symbol" refuse 1 cmp -s good.list spoiled.list
    row 61 "$spoiled: a spoiled symbol is not read" refuse 1 quiet "$build/tools/customer_page" spoiled.pgm
done
finish
