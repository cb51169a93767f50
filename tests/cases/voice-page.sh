#!/bin/sh
# Voice codes on paper: every symbol read back dot by dot from the page drawn at 600 dpi, its place and that of the notch
# on their plates, QR codes read by others, lots with and without notch, the preview.
. "$(dirname "$0")/../tools/case.sh"
. "$root/tests/tools/jobs.sh"
plate=$build/tools/plate
letters=$((${COUNT:-900} / 15))

# keeping FOLDER: an encoder that keeps what it made there
keeping() {
    printf '#!/bin/sh\n"%s" "$@" && rm -rf "%s/%s" && cp -r "$2" "%s/%s"\n' \
        "$build/tools/test-encoder" "$work" "$1" "$work" "$1" >"$1.sh"
    chmod +x "$1.sh"
}
keeping made

# symbols_match OUT FOLDER CORNER: page after page, the body's dots of the page are those of the picture that was made for
# the row: 424 dots a side, centre 591 dots from both edges. A swap, a shift of one dot, a cell too much: another picture.
symbols_match() {
    match_x=$((591 - 212))
    [ "$3" = left ] || match_x=$((4960 - 591 - 212))
    rm -rf crops
    mkdir crops
    match_lot=0
    for match_file in "$1"/*-notch/lot-*.pdf; do
        match_lot=$((match_lot + 1))
        pdftoppm -r 600 -mono -x "$match_x" -y $((7016 - 591 - 212)) -W 424 -H 424 "$match_file" \
            "crops/$(printf %06d "$match_lot")" || return 1
    done
    match_seen=0
    # manifest: seq, piece, lot, page, pages, id ...; records: row, id
    sed -n '2,$p' "$1/manifest.csv" | cut -d, -f3,4,6 >printed
    sed -n '2,$p' "$1/records.csv" | cut -d, -f1,2 >rows
    for match_crop in $(ls crops/* | sort -t- -k1,1 -k2,2n); do
        match_seen=$((match_seen + 1))
        match_id=$(sed -n "${match_seen}p" printed | cut -d, -f3)
        match_row=$(grep ",$match_id\$" rows | cut -d, -f1)
        tail -c 22472 "$2/$match_row-1.pbm" >want
        tail -c 22472 "$match_crop" | cmp -s - want || {
            echo "    page $match_seen: not the symbol of row $match_row"
            return 1
        }
    done
    [ "$match_seen" -eq "$4" ] || {
        echo "    $match_seen pages, not $4"
        return 1
    }
}

# separate PDF: its first page as plates, at 300 dpi
separate() {
    rm -f plates*
    gs -q -dBATCH -dNOPAUSE -sDEVICE=tiffsep -sCompression=none -r300 -dFirstPage=1 -dLastPage=1 \
        -sOutputFile=plates.tif "$1" >/dev/null 2>&1
}
# box NAME "X1 Y1 X2 Y2" [IN]: what stands on the plate, within a dot of 300 dpi and half the die's line (1/100 mm)
box() {
    box_have=$("$plate" "plates($1).tif" 300 ${3:-})
    # shellcheck disable=SC2086
    set -- $box_have $2
    [ "$#" -eq 9 ] && for box_turn in 1 2 3 4; do
        [ $(($1 - $6)) -le 13 ] && [ $(($6 - $1)) -le 13 ] || {
            echo "    have $box_have"
            return 1
        }
        shift
    done
}
# ink NAME "DOTS|blank" [IN]
blank() {
    test "$("$plate" "plates($1).tif" 300 ${2:-})" = blank
}

# -- supplied symbols --
{
    head_row
    n=0
    while [ "$n" -lt "$letters" ]; do
        n=$((n + 1))
        person "V-$n" "架空 $(echo 一郎二郎三郎 | cut -c$((n % 3 * 6 + 1))-$((n % 3 * 6 + 6)))"
    done
} >members.csv
write_job job.yaml members.csv 'voice: { kind: uni-voice, encoder: ./made.sh }' 'output: { lot_letters: 50 }'
row 1 'print' press print job.yaml -o out
row 2 'a lot for each fifty' test "$(find out/employer-notch -name 'lot-*' | wc -l)" -eq $(((letters + 49) / 50))
row 3 'no lot but with notch' test -z "$(find out -maxdepth 1 -name 'lot-*')"
row 4 'every symbol is its record'"'"'s, dot by dot' symbols_match out made left "$letters"
row 5 'what was printed is what the manifest says' press verify out
row 6 'one colour space, and its name' sh -c 'qpdf --qdf --object-streams=disable out/employer-notch/lot-000001.pdf - |
    grep -a -A3 "/Separation" | grep -aq CutContour'
separate out/employer-notch/lot-000001.pdf
row 10 'the code: 17.95 mm around 25 mm from both edges' box Black '1604 26302 3399 28097' '10 257 40 287'
row 11 'nothing else in the clear box' test "$("$plate" 'plates(Black).tif' 300 10 257 40 287 | cut -d' ' -f1-4)" = \
    "$("$plate" 'plates(Black).tif' 300 14 261 36 283 | cut -d' ' -f1-4)"
row 12 'the notch: 6 mm wide, 3 mm deep, below the code' box CutContour '2202 29396 2802 29701'
row 13 '... and not in black' blank Black '18 290 32 297'
row 14 '... nor in any other ink' blank Magenta
row 15 '... cyan neither' blank Cyan

write_job left.yaml members.csv 'voice: { kind: uni-voice, encoder: ./made.sh }'
sed -i 's/form: "1"/form: "1"\n  layout: card-left/' left.yaml
row 20 'the card at the left: code at the right' press print left.yaml -o left --limit 5
row 21 'every symbol there' symbols_match left made right 5
separate left/employer-notch/lot-000001.pdf
row 22 'its notch on the side edge' box CutContour '20692 26900 20997 27500'

# -- form 3 in windows: the code at the right, under the number --
{
    head_row | sed 's/$/,郵便番号,住所A,住所B/'
    person V-1 '架空 一郎' | sed 's/$/,100-0001,東京都千代田区千代田,1-1/'
} >window.csv
for window in 80x45 90x45 100x45 80x55 90x55 100x55; do
    write_job window.yaml window.csv 'voice: { kind: uni-voice, encoder: ./made.sh }' 'mail: { delivery: home }'
    sed -i "s/form: \"1\"/form: \"3\"\n  layout: window-$window/; s/kind: kenpo/kind: kokuho/; s/\"06139992\"/\"139998\"/
        s/  office: 適用課/  office: 国保課\n  postcode: \"100-0001\"\n  address: 東京都千代田区千代田1-1/" window.yaml
    rm -rf window
    row 23 "$window" press print window.yaml -o window
    row 24 "$window: its symbol" symbols_match window made right 1
done

# -- QR codes, read by others --
write_job qr.yaml members.csv 'voice: { kind: qr }'
row 30 'texts' press voice qr.yaml -o texts.csv
row 31 'print' press print qr.yaml -o qr --limit 6
decoded() { # every code of the pages says its text, by two readers
    pdftoppm -r 600 -gray -x 200 -y 6050 -W 780 -H 800 qr/employer-notch/lot-000001.pdf code || return 1
    decoded_row=1
    for decoded_page in code-*.pgm; do
        decoded_row=$((decoded_row + 1))
        sed -n "${decoded_row}p" texts.csv | cut -d, -f6 >said
        zbarimg -q --raw "$decoded_page" 2>/dev/null | tr -d '\n' >read
        tr -d '\n' <said | cmp -s - read || { echo "    zbar: row $decoded_row"; return 1; }
    done
    [ "$decoded_row" -eq 7 ]
}
row 32 'every code says the text of its letter' decoded
row 33 'the preview is the same letter' sh -c '
    "$1" preview qr.yaml --id V-2 -o p.pdf --data "$2" 2>/dev/null | cut -d" " -f3 >a &&
    sed -n 3p qr/manifest.csv | cut -d, -f10 | cmp -s - a' - "$oshirase" "$root"
row 34 'guides measure it' press preview qr.yaml --id V-2 -o p.txt --guides
row 35 '... 25 mm and 6 mm' sh -c 'test "$(grep -c " 25 mm$" p.txt)" -eq 2 && grep -q " 6 mm$" p.txt'
row 36 'the die is told' says p.txt '^die CutContour$'
row 37 'an encoder is for print' refuse 2 press preview job.yaml --id V-2 -o p.pdf
row 38 '... and that is said' says stderr '8681'
row 39 'explain needs no symbol' press explain job.yaml --id V-2

# -- a household: whoever of it needs the code brings it to the letter that all share --
{
    echo '整理番号,記号,番号,枝番,氏名,フリガナ,世帯番号,個人番号下4桁,不開示該当,音声コード要否'
    echo 'H-1,12,100,01,架空 太郎,カクウ タロウ,S1,1111,0,0'
    echo 'H-2,12,100,02,架空 花子,カクウ ハナコ,S1,2222,0,1'
    echo 'H-3,12,200,01,仮名 次郎,カメイ ジロウ,S2,3333,0,0'
} >house.csv
write_job house.yaml house.csv 'voice: { kind: qr }'
sed -i 's/form: "1"/form: "4"/; s/kind: kenpo/kind: kokuho/; s/"06139992"/"139998"/
    s/  office: 適用課/  office: 適用課\n  postcode: "100-0001"\n  address: 東京都千代田区千代田1-1/' house.yaml
row 60 'households' press print house.yaml -o house
sed -n '2,$p' house/manifest.csv | cut -d, -f3,6 | sort | tr '\n' ' ' >lots
row 61 'one with a code' test "$(cat lots)" = 'employer-notch/lot-000001.pdf,H-1 lot-000001.pdf,H-3 '
row 62 'it says both' sh -c 'pdftoppm -r 600 -gray -x 200 -y 6050 -W 780 -H 800 house/employer-notch/lot-000001.pdf h &&
    zbarimg -q --raw h-1.pgm 2>/dev/null | grep -q かくう.*たろう.*はなこ'

# -- who has one --
{
    head_row | sed 's/$/,音声コード要否/'
    person W-1 '架空 一郎' | sed 's/$/,1/'
    person W-2 '架空 二郎' | sed 's/$/,0/'
    person W-3 '架空 三郎' | sed 's/$/,/'
    person W-4 '架空 四郎' | sed 's/,0$/,1,1/' # protected
    person W-5 '架空 五郎' | sed 's/$/,はい/'
    person W-6 '架空 六郎' | sed 's/$/,０/'
} >some.csv
write_job some.yaml some.csv 'voice: { kind: qr }'
row 40 'some have a code' refuse 3 press print some.yaml -o some --protected-out hidden
row 41 'neither 1 nor 0 is held' sh -c 'grep -q "^6,W-5,8680 voice-wanted,音声コード要否" some/holds.csv'
row 42 'those without lie apart' test "$(grep -c ',lot-000001.pdf,' some/manifest.csv)" -eq 2
row 43 'those with too' test "$(grep -c ',employer-notch/lot-000001.pdf,' some/manifest.csv)" -eq 2
row 44 'no die in the others' sh -c '! qpdf --qdf some/lot-000001.pdf - | grep -aq CutContour'
row 45 'no code and no die for the protected' sh -c '! qpdf --qdf hidden/lot-000001.pdf - | grep -aq CutContour'
row 46 'texts of the two alone' refuse 3 press voice qr.yaml --input some.csv -o two.csv
row 47 '... rows 2 and 4' test "$(cut -d, -f1 two.csv | tr '\n' ' ')" = 'row 2 4 '
row 48 'without voice codes the column plays no part' sh -c 'grep -v "^voice" some.yaml >plain.yaml'
row 49 '... whatever it says' press print plain.yaml -o plain --protected-out hidden2
row 50 'a layout without a place' sh -c 'mkdir -p layouts/2024-01/1 &&
    grep -v "^voice:" "$1/layouts/2024-01/1/standard.yaml" >layouts/2024-01/1/bare.yaml &&
    sed "s/form: \"1\"/form: \"1\"\n  layout: bare/" qr.yaml >bare.yaml' - "$root"
row 51 '... is refused' refuse 2 press print bare.yaml -o bare
row 52 '... and said' says stderr '6680'

finish
