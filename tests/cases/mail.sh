#!/bin/sh
# Letters that go by post: every customer barcode, NW-7 and inserter's code is read back from the drawn page, and says its
# own record and its own sheet. COUNT (36): people; DPI (300).
. "$(dirname "$0")/../tools/case.sh"
. "$root/tests/tools/mail-jobs.sh"
count=${COUNT:-36}
dpi=${DPI:-300}

# draw PDF: where the addresses are, and the foot of its pages, as upper-N.pgm and foot-N.pgm; nothing when they are drawn
draw() {
    [ "${drawn:-}" != "$1" ] || return 0
    drawn=$1
    draw_mm() { echo $(($1 * dpi * 10 / 254)); }
    rm -f upper-*.pgm foot-*.pgm
    pdftoppm -r "$dpi" -gray -x 0 -y 0 -W "$(draw_mm 125)" -H "$(draw_mm 80)" "$1" upper
    pdftoppm -r "$dpi" -gray -x 0 -y "$(draw_mm 270)" -W "$(draw_mm 210)" -H "$(draw_mm 27)" "$1" foot
    for draw_file in upper-*.pgm foot-*.pgm; do # pdftoppm pads numbers as the file is long
        draw_plain=${draw_file%%-*}-$(echo "${draw_file#*-}" | sed 's/^0*//')
        [ "$draw_file" = "$draw_plain" ] || mv "$draw_file" "$draw_plain"
    done
}

# read_page N TRACK: what the symbols of page N say; an NW-7 is looked for where there is a number
read_page() {
    customer=$("$build/tools/customer_page" "upper-$1.pgm" 2>/dev/null | sed 's/.* //')
    [ -z "$2" ] || nw7=$(zbarimg -q --raw --set disable --set codabar.enable "upper-$1.pgm" 2>/dev/null)
    code=$(ZXingReader "foot-$1.pgm" 2>/dev/null | sed -n 's/^Text: *"\(.*\)"$/\1/p')
    [ -n "$code" ] || code=$(zbarimg -q --raw "foot-$1.pgm" 2>/dev/null)
}

# data ID: the customer barcode's data as the command line makes it, from the record
data() {
    awk -F, -v id="$1" '$1 == id { print $14; print $16 }' members.csv >record
    "$oshirase" barcode customer "$(sed -n 1p record)" "$(sed -n 2p record)" | sed -n 1p
}

# The symbol has all of it, or as much as 7 and 13 places hold: a letter takes two, and a control code that lost its letter
# in the cut one.
same_data() {
    [ "$1" != "$2" ] || return 0
    same_whole=${1%CC[123]}
    case $2 in "$same_whole"*) ;; *) return 1 ;; esac
    same_letters=$(printf %s "$same_whole" | tr -dc A-Z)
    same_places=$((${#same_whole} + ${#same_letters}))
    [ "$same_whole" = "$1" ] || same_places=$((same_places + 1))
    [ "$same_places" -eq 20 ]
}

# read_letters OUT COVER: counts what differs. COVER 1: the symbols stand on the sheet before a piece's first letter.
read_letters() {
    bad=0
    read_last=
    places "$1" >places
    while read -r lot page id seq piece track; do
        n=$(awk -F, -v p="$piece" -v s="$seq" 'NR > 1 && $1 == p { print s - $2 + 1 + $10; exit }' "$1/pieces.csv")
        m=$(awk -F, -v p="$piece" 'NR > 1 && $1 == p { print $4; exit }' "$1/pieces.csv")
        pattern=$(awk -F, -v p="$piece" 'NR > 1 && $1 == p { print $9 + 0; exit }' "$1/pieces.csv")
        draw "$1/$lot"
        read_page "$page" "$track"
        want=$(printf '%09d%02d%02d%09d%02d' "$piece" "$n" "$m" "$seq" "$pattern")
        [ "${code#???}" = "$want" ] || { bad=$((bad + 1)); echo "    $lot $page: code $code, not $want"; }
        if [ "$2" = 1 ]; then
            [ "$read_last" != "$piece" ] || continue
            read_page $((page - 1)) "$track"
            want=$(printf '%09d%02d%02d%09d%02d' "$piece" 1 "$m" "$seq" "$pattern")
            [ "${code#???}" = "$want" ] || { bad=$((bad + 1)); echo "    $lot $page: code of the cover $code, not $want"; }
        fi
        read_last=$piece
        same_data "$customer" "$(data "$id")" || { bad=$((bad + 1)); echo "    $lot $page: barcode of $id: $customer"; }
        [ -z "$track" ] || [ "$(echo "$nw7" | tr -d 'ABCDabcd')" = "$(echo "$track" | tr -d -)" ] ||
            { bad=$((bad + 1)); echo "    $lot $page: NW-7 $nw7, not $track"; }
    done <places
    [ "$bad" -eq 0 ]
}

people "$count" -v class=1 >members.csv
mail_job job.yaml members.csv 3 'mail: { delivery: home, customer_barcode: true, tracking: { first: "560-60-00000", count: 20000 } }' \
    'output: { marks: inserter, lot_letters: 50 }' 'piece: { pattern: { "3": 7 } }'
row 1 'a job of form 3 that goes by post' refuse 0 press print job.yaml -o out
row 2 'a piece a person' test "$(wc -l <out/pieces.csv)" -eq $((count + 1))
row 3 'every symbol says its record and its sheet' read_letters out 0
row 4 'verify agrees' refuse 0 press verify out --job job.yaml
row 5 'numbers in the manifest as in the posting list' sh -c "cut -d, -f9 out/manifest.csv | sed 1d | grep . | sort >a
    cut -d, -f1 out/posting-list.csv | sed 1d | sort >b; cmp a b && test -s a"

# verify looks at the bars themselves: another number in the manifest; a barcode that should be there and is not
cp -r out other
track=$(column out/manifest.csv tracking | grep . | head -n 1)
sed "s/$track/$("$oshirase" barcode tracking 560-60-19999)/" out/manifest.csv >other/manifest.csv
row 6 'another number than the bars have' refuse 6 press verify other --job job.yaml
row 7 '... is told' says stderr '9633'
mail_job codes.yaml members.csv 3 'mail: { delivery: home, customer_barcode: true, postcodes: codes.csv }'
grep 千代田区霞が関 "$root"/tests/postcodes/utf* | head -n 1 | sed 's/^[^:]*csv://' >codes.csv
[ -s codes.csv ] || echo '13101,"100  ","1000013","トウキョウト","チヨダク","カスミガセキ","東京都","千代田区","霞が関",0,0,0,0,0,0' >codes.csv
row 8 'postcodes that are not known have no barcode' refuse 0 press print codes.yaml -o codes
row 9 '... and verify misses one where the file knows it' sh -c "sed 's/1000013/0000000/' codes.csv >few.csv; mv codes.csv all.csv; mv few.csv codes.csv
    '$oshirase' print codes.yaml -o few --data '$root' --quiet; mv all.csv codes.csv
    '$oshirase' verify few --job codes.yaml --data '$root' 2>verify.words; test \$? = 6"

half=$((count / 3))
people "$half" -v class=1 -v seed=3 >members.csv
mail_job job.yaml members.csv 1 'mail: { delivery: home, customer_barcode: true, tracking: { first: "560-60-00000", count: 20000 } }' \
    'output: { marks: inserter, order: postcode, lot: { by: sheets, max: 40, cover: true } }' \
    'piece: { by: household, cover: carrier, cover_layout: window-90x55, pattern: { home: 2, "1/home": 3 } }'
row 10 'form 1 behind cover sheets, a household an envelope' refuse 0 press print job.yaml -o cover
row 11 'fewer pieces than letters' test "$(wc -l <cover/pieces.csv)" -lt "$half"
row 12 'every symbol says its record and its sheet' read_letters cover 1
row 13 'verify agrees' refuse 0 press verify cover --job job.yaml

# what a record lacks
head -n 1 members.csv >poor.csv
sed -n 2,7p members.csv | awk -F, 'BEGIN { OFS = ","; for (i = 0; i < 60; i++) long = long "とても長い名前の" }
    NR == 1 { $15 = $16 = "" } NR == 2 { $14 = "12-34" } NR == 3 { $14 = "" } NR == 4 { $16 = "" }
    NR == 5 { $16 = "1丁目2-3　" long } { print }' >>poor.csv
mail_job poor.yaml poor.csv 1 'mail: { delivery: home, customer_barcode: true }' 'piece: { cover: carrier, cover_layout: window-80x45 }'
row 20 'postal trouble is found before printing' refuse 3 press print poor.yaml -o poor
held() { awk -F, -v row="$1" '$1 == row { print $3 }' poor/holds.csv | cut -d' ' -f1; }
row 21 'no address: none on the cover' test "$(held 2)" = 4510
row 22 'no postcode of seven digits' test "$(held 3)" -gt 4000
row 24 'an address that its block cannot hold' test "$(held 6)" -gt 7000
row 25 'what has no barcode is counted' grep -q '"address-no-number": 1' poor/report.json
mail_job poor.yaml poor.csv 1 'mail: { delivery: home }'
rm -rf poor
row 28 'without a cover all the same' refuse 3 press print poor.yaml -o poor
row 29 'home without an address' test "$(held 2) $(held 3)" = '9201 9202'
row 32 '... what lacks less is counted' sh -c "grep -A3 '\"addresses\": {' poor/report.json | grep -c 'address-no-postcode\": 1\|address-no-number\": 1' | grep -qx 2"
mail_job poor.yaml poor.csv 1 'mail: { delivery: employer, customer_barcode: true }'
row 26 'by way of the employer no address is asked for' refuse 0 press print poor.yaml -o way
row 27 'no place for the barcode: a warning' sh -c 'grep -q mail-no-place way/report.json'

# destinations
awk -F, 'BEGIN { OFS = "," } NR == 1 { print $0, "送付先郵便番号,送付先住所,送付先氏名" } NR > 1 { print $0, NR % 3 ? ",," : "100-0013,東京都千代田区霞が関1-2,見本 花子" }' \
    members.csv >away.csv
mail_job away.yaml away.csv 3 'mail: { delivery: home }'
row 30 'letters to a 送付先' refuse 0 press print away.yaml -o away
row 31 'each is listed, by id only' sh -c "test \$(sed 1d away/destinations.csv | wc -l) -eq $(((half + 1) / 3)) && ! grep -q 見本 away/destinations.csv &&
    head -n 1 away/destinations.csv | grep -qx row,id,seq"
finish
