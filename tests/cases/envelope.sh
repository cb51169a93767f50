#!/bin/sh
# Envelopes: what stands on front and back, the voice code and its notch, an address for each piece and none of a
# protected person.
. "$(dirname "$0")/../tools/case.sh"
. "$root/tests/tools/jobs.sh"
plate=$build/tools/plate

{
    head_row | sed 's/$/,郵便番号,住所A,住所B,郵便種別/'
    person E-1 '架空 一郎' | sed 's/$/,100-0001,東京都千代田区千代田,1-1,/'
    person E-2 '架空 二郎' | sed 's/$/,530-0001,大阪府大阪市北区梅田,2-2 かくうビル,簡易書留/'
    person E-3 '秘密 三郎' | sed 's/,0$/,1/; s/$/,980-0001,宮城県仙台市青葉区,3-3,/' # protected
    person E-4 '架空 四郎' | sed 's/$/,460-0001,愛知県名古屋市中区三の丸,4-4,/'
} >members.csv
env_job() { # FILE VOICE ENVELOPE
    write_job "$1" members.csv "voice: { $2 }" "envelope: { $3 }" 'mail: { delivery: home, class: tokutei-kiroku }'
    sed -i 's/  office: 適用課/  office: 適用課\n  postcode: "100-0002"\n  address: 東京都千代田区皇居外苑9-9/' "$1"
}
text() { # FILE PAGE
    pdftotext -raw -f "$2" -l "$2" "$1" - | tr -d '\n \f' | sed 's/　//g'
}
size() { # FILE: of the first page in mm
    pdfinfo "$1" | awk '/^Page size/ { printf "%.1f x %.1f", $3 * 25.4 / 72, $5 * 25.4 / 72 }'
}
separate() { # FILE PAGE
    rm -f plates*
    gs -q -dBATCH -dNOPAUSE -sDEVICE=tiffsep -sCompression=none -r300 -dFirstPage="$2" -dLastPage="$2" \
        -sOutputFile=plates.tif "$1" >/dev/null 2>&1
}

# -- the same for all --
env_job job.yaml 'kind: qr' 'postage: kounou, post_office: 銀座, no_forward: true'
row 1 'an envelope' press envelope job.yaml -o e.pdf
cp stdout said
row 2 'its text is told' says said '^このふうとうには、架空健康保険組合から、.*必ず開封してご確認ください。$'
row 3 'front and back' test "$(pdfinfo e.pdf | awk '/^Pages/ { print $2 }')" -eq 2
row 4 '長3' test "$(size e.pdf)" = '235.0 x 120.0'
text e.pdf 1 >front
for word in 重要 転送不要 特定記録 銀座 料金後納 郵便 架空健康保険組合 適用課 〒100-0002 皇居外苑9-9 03-0000-0000; do
    row 5 "the front says $word" says front "$word"
done
row 6 'nobody is on it' silent front '架空一郎|千代田1-1|資格情報'
row 7 'the back says to open it' sh -c 'pdftotext -f 2 -l 2 e.pdf - | grep -q 必ず開封'
row 8 'its code says the text' sh -c 'pdftoppm -r 600 -gray -f 2 -l 2 e.pdf back && zbarimg -q --raw back-2.pgm 2>/dev/null |
    cmp -s - said'
separate e.pdf 2
row 9 'the notch on the right edge, 25 mm above the lower' test "$("$plate" 'plates(CutContour).tif' 300 |
    awk '{ print ($1 >= 23180 && $1 <= 23220 && $2 >= 9180 && $2 <= 9220 && $4 >= 9780 && $4 <= 9820) }')" -eq 1
row 10 '... not in black' test "$("$plate" 'plates(Black).tif' 300 230 90 235 100)" = blank
separate e.pdf 1
row 11 'none on the front' test ! -e 'plates(CutContour).tif'
row 12 'the postage mark: 25 mm' test "$("$plate" 'plates(Black).tif' 300 195 8 228 40 |
    awk '{ d = $3 - $1; print (d > 2500 && d < 2560) }')" -eq 1
row 13 'the same again, byte by byte' press envelope job.yaml -o again.pdf
row 14 '... is the same' same e.pdf again.pdf
row 15 'nobody else reads it' test "$(stat -c %a e.pdf)" = 600

env_job none.yaml 'kind: none' 'no_forward: false'
row 20 'without anything' press envelope none.yaml -o none.pdf
row 21 'no words' test ! -s stdout
row 22 'no mark, no line' silent stderr '.'
text none.pdf 1 >front
row 23 '...' silent front '料金|郵便|転送'
separate none.pdf 1
row 24 'no box either' test "$("$plate" 'plates(Black).tif' 300 195 8 228 40)" = blank
separate none.pdf 2
row 25 'no notch' test ! -e 'plates(CutContour).tif'
row 26 'an older one is replaced' press envelope job.yaml -o none.pdf
row 27 '... whole' same none.pdf e.pdf

env_job kaku2.yaml 'kind: qr' 'layout: kaku2, postage: betsunou'
row 30 '角2' press envelope kaku2.yaml -o k.pdf
row 31 '... 240 x 332 mm' test "$(size k.pdf)" = '240.0 x 332.0'
text k.pdf 1 >front
row 32 '料金別納' says front 料金別納
env_job absent.yaml 'kind: qr' 'layout: kaku9'
row 33 'an unknown layout' refuse 2 press envelope absent.yaml -o absent.pdf
row 34 'nothing is written' test ! -e absent.pdf -a ! -e absent.pdf.part

# -- a supplied symbol --
env_job symbol.yaml 'kind: uni-voice, size: M, symbols: none' 'symbol: env.pbm'
row 40 'a symbol that is not there' refuse 2 press envelope symbol.yaml -o s.pdf
row 41 '... is said' says stderr '8690'
row 42 'the text to make it of is told all the same' says stdout '^このふうとうには'
{
    echo 'row,page,symbology,size,error_correction,text,text_sha256'
    echo "2,1,uni-voice,S,medium,$(cat stdout),$(tr -d '\n' <stdout | sha256sum | cut -d' ' -f1)"
} >texts.csv
mkdir made
row 43 'made, in size S' "$build/tools/test-encoder" --cells 73 texts.csv made 2>/dev/null
cp made/2-1.pbm env.pbm
row 44 'then there is an envelope' press envelope symbol.yaml -o s.pdf
# 73 cells of 4 dots: 292; the sheet has 5551 x 2835 dots
pdftoppm -r 600 -mono -f 2 -l 2 -x $((5551 - 591 - 146)) -y $((2835 - 591 - 146)) -W 292 -H 292 s.pdf crop
tail -c $((37 * 292)) env.pbm >want
row 45 'dot by dot' sh -c 'tail -c $((37 * 292)) crop-2.pbm | cmp -s - want'
head -c 3000 env.pbm >cut.pbm
env_job cut.yaml 'kind: uni-voice, symbols: none' 'symbol: cut.pbm'
row 46 'a damaged symbol' refuse 2 press envelope cut.yaml -o cut.pdf
row 47 '... is said' says stderr '8690'

# -- one for each piece --
env_job each.yaml 'kind: qr' 'addressed: true'
row 50 'an envelope for each' press envelope each.yaml -o each.pdf
row 51 'two pages a piece, three pieces' test "$(pdfinfo each.pdf | awk '/^Pages/ { print $2 }')" -eq 6
press print each.yaml -o out --protected-out hidden
page=-1
for id in $(sed -n '2,$p' out/manifest.csv | cut -d, -f6); do
    page=$((page + 2))
    line=$(grep "^$id," members.csv)
    text each.pdf $page >front
    person=$(echo "$line" | cut -d, -f6 | tr -d ' ')
    row 52 "$id: its name" says front "$person様"
    row 53 "$id: its address" says front "〒$(echo "$line" | cut -d, -f12)$(echo "$line" | cut -d, -f13)$(echo "$line" | cut -d, -f14 | tr -d ' ')"
    row 54 "$id: its piece" test "$(grep -o "様$(((page + 1) / 2))" front | head -n 1)" = "様$(((page + 1) / 2))"
    row 55 "$id: nobody else" test "$(grep -o 架空.郎 front | wc -l)" -eq 1
done
row 56 '簡易書留 on the one' test "$(pdftotext each.pdf - | grep -c 簡易書留)" -eq 1
pdftotext each.pdf - >all
row 57 'the protected person is on none' silent all '秘密|仙台|980'
sed 's/秘密 三郎/隠密 五郎/; s/980-0001,宮城県仙台市青葉区,3-3/060-0001,北海道札幌市中央区,5-5/' members.csv >other.csv
row 58 'nor told by anything' press envelope each.yaml -o other.pdf --input other.csv
row 59 '... not a byte' same each.pdf other.pdf
# -- kin of a protected person are printed elsewhere, and so have no envelope here --
{
    head -n 1 members.csv | sed 's/$/,世帯番号/'
    sed -n '2,$p' members.csv | sed 's/$/,S1/; /E-2/s/S1$/S2/; /E-4/s/S1$/S4/'
} >kin.csv
env_job kin.yaml 'kind: qr' 'addressed: true'
echo 'protection: { kin: separate }' >>kin.yaml
sed -i 's/file: members.csv/file: kin.csv/' kin.yaml
row 61 'with kin' press envelope kin.yaml -o kin.pdf
pdftotext kin.pdf - >all
row 62 'two pieces, numbered one and two' test "$(pdfinfo kin.pdf | awk '/^Pages/ { print $2 }')" -eq 4
row 63 'neither of the two' silent all '一郎|秘密|千代田1|仙台'
row 63 '... but the others' says all '四郎'

# -- the customer barcode --
for layout in naga3 kaku2; do
    env_job bar.yaml 'kind: none' "addressed: true, layout: $layout, important: none"
    sed -i 's/delivery: home/delivery: home, customer_barcode: true/' bar.yaml
    row 64 "$layout with barcodes" press envelope bar.yaml -o bar.pdf
    row 64 '... no warning' silent stderr 9214
    pdftotext bar.pdf - >all
    row 65 'important: none' silent all 重要
    for page in 1 3 5; do
        pdftoppm -r 600 -gray -singlefile -f $page -l $page bar.pdf bar
        "$build/tools/customer_page" bar.pgm | sed 's/.* //'
    done >read
    for address in '100-0001 1-1' '460-0001 4-4' '530-0001 2-2 かくうビル'; do # 簡易書留 is printed last
        "$oshirase" barcode customer "${address%% *}" "${address#* }" | head -n 1
    done >want
    row 66 "$layout: each says its address" same want read
done

head_row >bare.csv
person E-1 '架空 一郎' >>bare.csv
row 60 'no address in the file' refuse 2 press envelope each.yaml -o bare.pdf --input bare.csv

finish
