#!/bin/sh
# Names with characters that offices stumble over: what each kind of them prints as and copies as, or why it is held; the
# insurer's own characters (gaiji), declared sequences, the substitution table and the test print with ●.
. "$(dirname "$0")/../tools/case.sh"
. "$root/tests/tools/jobs.sh"

# -- names from a list: a letter a name, by id --

# LIST lines: number|WANT|NAME; WANT: `same`, a reason number, or the text that must be copied.
write_names() { # LIST
    head_row
    while IFS='|' read -r number want given; do person "N-$number" "$given"; done <"$1"
}

# What the pages of OUT/lot-000001.pdf say without blanks, a line a page. A form feed ends a page.
write_pages() { # OUT
    pdftotext -enc UTF-8 -layout "$1/lot-000001.pdf" - | awk 'BEGIN { RS = "\f" } { gsub(/[ \t\n]|　/, ""); print }'
}

letter_of() { # OUT ID
    page=$(awk -F, -v id="$2" '$6 == id { print $4 }' "$1/manifest.csv")
    [ -n "$page" ] && sed -n "${page}p" "$1.pages"
}

reason_of() { # OUT ID
    awk -F, -v id="$2" '$2 == id { split($3, reason, " "); print reason[1] }' "$1/holds.csv"
}

holds_text() { # OUT ID TEXT
    case $(letter_of "$1" "$2") in *"$3"*) ;; *) return 1 ;; esac
}

check_names() { # OUT LIST
    write_pages "$1" >"$1.pages"
    while IFS='|' read -r number want given; do
        case $want in
        same) row "$number" 'copies as written' holds_text "$1" "N-$number" "$(printf %s "$given" | sed 's/　//g; s/ //g')" ;;
        [0-9][0-9][0-9][0-9]) row "$number" 'is held' test "$(reason_of "$1" "N-$number")" = "$want" ;;
        *) row "$number" 'copies as' holds_text "$1" "N-$number" "$want" ;;
        esac
    done <"$2"
}

# -- what UTF-8 can bring --
{
    printf '1|same|髙橋　一郎\n'
    printf '2|same|\357\250\221田　花子\n'                         # U+FA11 﨑
    printf '3|same|\357\250\220原　次郎\n'                         # U+FA10 塚, compatibility ideograph: no fold to U+585A
    printf '4|same|塚原　次郎\n'
    printf '5|same|栁　濵\n'
    printf '6|same|\360\240\256\267田　三郎\n'                     # U+20BB7 𠮷: IPAmj
    printf '7|same|\360\240\256\237　\360\240\200\213\n'           # U+20B9F U+2000B
    printf '8|same|葛\363\240\204\200西　一\n'                     # E0100: Adobe-Japan1
    printf '9|same|葛\363\240\204\202西　二\n'                     # E0102: Moji_Joho
    printf '10|same|渡邊\363\240\204\222　三\n'                    # E0112
    printf '11|7101|葛\363\240\207\257西　四\n'                    # E01EF: nobody has it; never the base glyph
    printf '12|7101|山\357\270\200田　五\n'                        # a standardised selector that is none here
    printf '13|same|辻\363\240\204\200　辻\n'                      # one name, with and without
    printf '14|same|ﾔﾏﾀﾞ ﾀﾛｳ\n'                                   # half-width kana and their voiced mark stay
    printf '15|same|がぎぐ　花\n'
    printf '16|same|か\343\202\231き\343\202\231　花\n'            # combining dakuten: drawn as が, copied as written
    printf '17|same|か\343\202\232\343\202\273\343\202\232　花\n'  # か゚ セ゚: glyphs of their own
    printf '18|same|\343\202\246\343\202\231ア　花\n'              # ウ + U+3099
    printf '19|7104|\343\202\231か　花\n'                          # a mark without its character
    printf '20|same|芦\357\250\225邉\n'                             # U+FA15 凞, compatibility ideograph
    printf '21|same|神\357\250\231\n'                               # U+FA19 神, beside 神
    printf '22|same|祥\357\250\232\n'                               # U+FA1A 祥
    printf '23|same|①Ⅰ㈱㍻\n'                                    # NEC row 13, as Unicode has it
    printf '24|same|彅　熙\n'                                       # IBM extensions
    printf '25|same|ⅰⅱ　ⅲ\n'
    printf '26|same|逢芦飴溢茨\n'                                   # shapes that JIS X 0213:2004 changed
    printf '27|same|逢\363\240\204\200芦\363\240\204\200\n'         # their former shapes by sequence
    printf '28|4514|山〓　一\n'
    printf '29|4513|山●　一\n'
    printf '30|4515|山\357\277\275　一\n'
    printf '31|4516|\356\200\200田　一\n'                           # U+E000
    printf '32|4516|\363\260\200\200田　一\n'                       # U+F0000
    printf '33|4516|\357\241\240　一\n'                             # U+F860, which IPAex keeps for itself
    printf '34|same|Ḿaŕia José Ñandú-Çelik\n'
    printf '35|same|ＳＭＩＴＨ　Ｊｏｈｎ\n'
    printf '36|7103|\327\251\327\234\327\225\327\235\n'             # Hebrew
    printf '37|same|\357\244\251　一\n'                         # U+F929 朗
    printf '41|7101|\357\250\213　一\n'                         # U+FA0B 廓: in no font; never the unified one's shape
    printf '38|same|〆木　々\n'
    printf '39|same|\343\220\202　\343\220\205\n'                   # U+3402 U+3405, extension A
    printf '40|7101|\360\261\215\220　一\n'                         # U+31350, extension H
} >list
write_names list >members.csv
write_job job.yaml members.csv
row 100 'the run ends' refuse 3 press print job.yaml -o out
check_names out list
row 101 'every name is a letter or a hold' test "$(wc -l <out/records.csv)" -eq 42
row 102 'no list has a character of a name' silent out/holds.csv '葛|髙|邊'
row 103 'nothing was replaced' test ! -e out/substitutions.csv
row 104 '... says the report' says out/report.json '"substitute": "none"'

# -- CP932: NEC row 13, NEC-selected and IBM-extended kanji give the same characters --
cp932_name() { # NUMBER ESCAPES LAST4
    printf 'N-%s,%s,101,%s,00,' "$1" "$(printf 本人)" "$((20100 + $1))" | iconv -f UTF-8 -t CP932
    printf "$2"
    printf ',カクウ タロウ,3割,平成20年4月1日,%s,0\n' "$3" | iconv -f UTF-8 -t CP932
}
{
    head_row | iconv -f UTF-8 -t CP932
    cp932_name 201 '\373\374\213\264' 2011         # FBFC 8BB4: 髙橋, IBM extension
    cp932_name 202 '\356\340\213\264' 2029         # EEE0: 髙, NEC selected
    cp932_name 203 '\372\261\223\143' 2037         # FAB1: 﨑, IBM extension
    cp932_name 204 '\355\225\223\143' 2045         # ED95: 﨑, NEC selected
    cp932_name 205 '\372\345\223\143' 2053         # FAE5: 栁
    cp932_name 206 '\355\311\223\143' 2061         # EDC9: 栁, NEC selected
    cp932_name 207 '\207\124\207\212' 2079         # 8754 Ⅰ, 878A ㈱: NEC row 13
    cp932_name 208 '\372\112\372\130' 2087         # FA4A Ⅰ, FA58 ㈱: their IBM doubles
    cp932_name 209 '\326\317\300\336' 2095         # half-width kana ﾖﾏﾀﾞ
    cp932_name 210 '\201\234\223\143' 2103         # 819C: ●
    cp932_name 211 '\360\100\223\143' 2111         # F040: gaiji, U+E000
    cp932_name 212 '\373\222\223\143' 2129         # FB92: U+FA1E, compatibility ideograph
    cp932_name 213 '\201\340\201\337' 2137         # 81E0 ≒ 81DF ≡: doubles of row 13
    cp932_name 214 '\207\220\207\221' 2145         # 8790 ≒ 8791 ≡
} >cp932.csv
cat >cp932.list <<'LIST'
201|髙橋|
202|髙橋|
203|﨑田|
204|﨑田|
205|栁田|
206|栁田|
207|Ⅰ㈱|
208|Ⅰ㈱|
209|ﾖﾏﾀﾞ|
210|4513|
211|4516|
212|羽田|
213|≒≡|
214|≒≡|
LIST
write_job cp932.yaml cp932.csv '  encoding: cp932'
row 200 'CP932: the run ends' refuse 3 press print cp932.yaml -o cp932
check_names cp932 cp932.list

# -- gaiji --
mkdir -p fonts/gaiji
cat >fonts/gaiji/e002.svg <<'SVG'
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">
<path d="M10 10 H90 V90 H10 Z M30 30 V70 H70 V30 Z"/><path d="M40 50 C40 40 60 40 60 50 C60 60 40 60 40 50 Z"/></svg>
SVG
cat >fonts/gaiji/e004.svg <<'SVG'
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 50 100"><path d="M5 5 H45 V95 H5 Z"/></svg>
SVG
cat >fonts/gaiji/small.bdf <<'BDF'
STARTFONT 2.1
FONT -kaku-small
SIZE 8 75 75
FONTBOUNDINGBOX 8 8 0 -1
STARTPROPERTIES 2
FONT_ASCENT 7
FONT_DESCENT 1
ENDPROPERTIES
CHARS 2
STARTCHAR E003
ENCODING 57347
SWIDTH 1000 0
DWIDTH 8 0
BBX 8 8 0 -1
BITMAP
FF
81
BD
A5
A5
BD
81
FF
ENDCHAR
STARTCHAR E005
ENCODING 57349
SWIDTH 1000 0
DWIDTH 8 0
BBX 3 3 2 2
BITMAP
A0
40
A0
ENDCHAR
ENDFONT
BDF
cat >gaiji.good <<'YAML'
# Everybody's gaiji of this test
- { code: E000, to: 葛󠄁 }
- { code: U+E001, font: IPAmjMincho, glyph: 2000 }
- { code: E002, svg: e002.svg }
- { code: E003, bdf: small.bdf, char: 0xE003, text: 辺 }
- { code: E004, svg: e004.svg, text: U+845B U+E0102 }
- { code: E005, bdf: small.bdf }
- { code: E006, to: U+8FBB U+E0101, text: 辻 }
- { code: E007-E00F, bdf: small.bdf, text: "" }
- { code: F0000, to: 髙 }
YAML
grep -v E007 gaiji.good >fonts/gaiji/gaiji.yaml
{
    printf '301|same|\356\200\200西　一\n'                    # E000: a sequence, copied as the code point
    printf '302|same|\356\200\201田　二\n'                    # E001: a glyph
    printf '303|same|\356\200\202田　三\n'                    # E002: SVG
    printf '304|辺田四|\356\200\203田　四\n'                  # E003: BDF, text: 辺
    printf '305|葛\363\240\204\202田五|\356\200\204田　五\n'  # E004: SVG, text: a sequence
    printf '306|same|\356\200\205\356\200\205　六\n'          # E005: BDF
    printf '307|辻村七|\356\200\206村　七\n'                  # E006: a sequence, text: 辻
    printf '308|same|\363\260\200\200橋　八\n'                # F0000
    printf '309|4516|\356\200\220田　九\n'                    # E010 has no entry
    printf '310|7101|\356\200\202\363\240\204\200　十\n'      # a gaiji with a selector
    printf '311|7101|\356\200\200\363\240\204\200　十\n'
    printf '312|same|葛\363\240\204\202\356\200\202\356\200\200か\343\202\231　田\n' # all in one run
    printf '313|葛\363\240\204\202|\356\200\204\n'
} >list
write_names list >members.csv
row 300 'gaiji: the run ends' refuse 3 press print job.yaml -o gaiji
check_names gaiji list
row 320 'the report counts the table' says gaiji/report.json '"gaiji": 8'
row 321 '... and has the face made of it' says gaiji/report.json '"Gaiji": "[0-9a-f]{64}"'
row 322 'the PDF is sound' quiet qpdf --check gaiji/lot-000001.pdf
row 323 'the face is embedded' sh -c 'pdffonts gaiji/lot-000001.pdf | grep -q "Gaiji.*yes yes yes"'
row 324 'a preview is the same letter' sh -c "$oshirase preview job.yaml --data $root --id N-303 -o one.png >line 2>/dev/null &&
    grep -q \"\$(awk -F, '\$6 == \"N-303\" { print \$10 }' gaiji/manifest.csv)\" line"
fonts_digest() { sed -n 's/.*"fonts_digest": "\([0-9a-f]*\)".*/\1/p' "$1/report.json"; }
row 325 'the fonts digest has the table' test "$(fonts_digest gaiji)" != "$(fonts_digest out)"
sed 's/M10 10/M11 10/' fonts/gaiji/e002.svg >new.svg && cp new.svg fonts/gaiji/e002.svg
row 326 '... and its files' sh -c "$oshirase print job.yaml --data $root -o changed >/dev/null 2>&1; [ \$? -eq 3 ]"
row 327 '... so it changes' test "$(fonts_digest gaiji)" != "$(fonts_digest changed)"

# Ink where the outline says: the frame of E002 is dark, its middle has the dot, between them it is light.
row 330 'an outline is drawn' sh -c "$oshirase preview job.yaml --data $root --id N-303 -o one.pdf >/dev/null 2>&1 &&
    pdftoppm -r 100 -gray one.pdf one && test -s one-1.pgm"

wrong() { # NUMBER MESSAGE ENTRY
    printf '%s\n' "$3" >fonts/gaiji/gaiji.yaml
    row "$1" "gaiji table: $3" refuse 2 press print job.yaml -o wrong
    row "$1" '... says why' says stderr "\[$2\]"
    row "$1" '... leaves nothing' test ! -e wrong
}
wrong 341 7020 '- { code: E000 }'
wrong 342 7020 '- { code: E000, to: 葛, svg: e002.svg }'
wrong 343 7020 '- { code: E000, to: 葛, size: 3 }'
wrong 344 7020 '- E000'
wrong 345 7020 'code: { to: 葛 }'
wrong 346 7021 '- { to: 葛 }'
wrong 347 7021 '- { code: 845B, to: 葛 }'
wrong 348 7021 '- { code: FFFFE, to: 葛 }'
wrong 349 7021 '- { code: E00F-E000, bdf: small.bdf }'
wrong 350 7022 '[{ code: E000, to: 葛 }, { code: U+E000, to: 辻 }]'
wrong 351 7023 '- { code: E000, font: Nobody, glyph: 7 }'
wrong 352 7023 '- { code: F860, font: IPAexMincho }'
wrong 353 7024 '- { code: E000, font: IPAmjMincho, glyph: 65534 }'
wrong 354 7024 '- { code: E000, font: IPAmjMincho, glyph: 0 }'
wrong 355 7024 '- { code: E100, bdf: small.bdf }'
wrong 356 7024 '- { code: E100-E1FF, bdf: small.bdf }'
wrong 357 7020 '- { code: E000-E00F, to: 葛 }'
wrong 358 7020 '- { code: E000-E00F, svg: e002.svg }'
wrong 359 7020 '- { code: E000, to: U+E001 }'
wrong 360 7020 '- { code: E000, svg: e002.svg, glyph: 3 }'
wrong 361 1009 '- { code: E000, svg: none.svg }'
wrong 362 1009 '- { code: E000, svg: ../gaiji/e002.svg }'
wrong 363 7020 '- { code: E000, bdf: small.bdf, char: nought }'
wrong 364 7020 '- { code: E000, to: U+D800 }'
echo nothing >fonts/gaiji/bad.bdf
wrong 365 7025 '- { code: E003, bdf: bad.bdf }'
sed 's/^BD$/XX/' fonts/gaiji/small.bdf >fonts/gaiji/bad.bdf
wrong 366 7025 '- { code: E003, bdf: bad.bdf }'
sed 's/^[0-9A-F][0-9A-F]$/00/' fonts/gaiji/small.bdf >fonts/gaiji/bad.bdf
wrong 367 7026 '- { code: E003, bdf: bad.bdf }'
echo '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100"><path d="M5 5 H45 V95 H5 Z"/></svg>' >fonts/gaiji/bad.svg
wrong 368 7026 '- { code: E000, svg: bad.svg }'
echo '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 99 100"><path fill-rule="evenodd" d="M5 5 H45 V95 H5 Z"/></svg>' >fonts/gaiji/bad.svg
wrong 369 7026 '- { code: E000, svg: bad.svg }'
printf 'P1\n1 1\n1\n' >fonts/gaiji/bad.svg
wrong 370 7026 '- { code: E000, svg: bad.svg }'
echo '<svg' >fonts/gaiji/bad.svg
row 371 'a broken drawing' refuse 2 press print job.yaml -o wrong
: >fonts/gaiji/gaiji.yaml
row 372 'an empty table is no table' refuse 3 press print job.yaml -o empty
row 373 '... its digest is that of no table' test "$(fonts_digest empty)" = "$(fonts_digest out)"
rm -rf fonts

# -- a font of the insurer's own, by range; declared sequences --
mkdir -p own/gaiji
cp "$root/fonts/fonts.conf" own/
sed '/name: IPAexMincho/s/$/\n    private: true/' "$root/fonts/fonts.yaml" >own/fonts.yaml
echo '- { code: F860-F87F, font: IPAexMincho }' >own/gaiji/gaiji.yaml
cat >own/variants.yaml <<'YAML'
- { from: U+845B U+E01EF, to: U+845B U+E0102 }
- { from: U+8FBB U+E01EE, to: U+8FBB U+E01EF }
YAML
mv own fonts
{
    printf '401|same|\357\241\240　一\n'                     # U+F860
    printf '402|4516|\357\241\243　一\n'                     # U+F863: in the range, not in the font
    printf '403|same|葛\363\240\207\257西　四\n'             # declared
    printf '404|7101|辻\363\240\207\256　四\n'               # declared, but the other one is in no font either
    printf '405|same|葛\363\240\204\200葛\363\240\204\202\n' # what fonts have is drawn as coded
} >list
write_names list >members.csv
row 400 'own fonts: the run ends' refuse 3 press print job.yaml -o own
check_names own list
shown() { "$oshirase" preview job.yaml --data "$root" --id "$1" -o "$1.txt" >/dev/null 2>&1; }
bad_pair() { # NUMBER PAIR
    printf '%s\n' "$2" >fonts/variants.yaml
    row "$1" "declared sequences: $2" refuse 2 press print job.yaml -o wrong
    row "$1" '... says why' says stderr '\[7028\]'
}
bad_pair 411 '- { from: U+845B U+E0100, to: U+845B U+E0100 }'
bad_pair 412 '- { from: U+845B U+E0100, to: U+8FBB U+E0101 }'
bad_pair 413 '- { from: U+845B, to: U+845B U+E0101 }'
bad_pair 414 '- { from: U+845B U+E0100, to: U+845B }'
bad_pair 415 '- { from: U+845B U+E0100 }'
bad_pair 416 '- { from: U+845B U+E0100, to: U+845B U+E0101, why: so }'
bad_pair 417 '[{ from: U+845B U+E01EF, to: U+845B U+E0101 }, { from: U+845B U+E01EF, to: U+845B U+E0102 }]'
bad_pair 418 'from: to'
rm -rf fonts

# -- the substitution table --
{
    printf '501|葛西四|葛\363\240\207\257西　四\n'  # a sequence that nobody has
    printf '502|同じ一|\360\261\215\220じ　一\n'    # U+31350
    printf '503|same|髙橋　一郎\n'                  # in the table, but the fonts have it
    printf '504|葛葛|葛\363\240\207\257葛\363\240\207\257\n'
    printf '505|7101|山\357\270\200田　五\n'        # lacking, and not in the table
    printf '506|高田六|\356\200\220田　六\n'        # a private-use character without an entry
    printf '507|ヤマ七|\360\261\215\221　七\n'      # U+31351 to two characters
    printf '508|4513|山●　一\n'
    printf '509|7101|\360\261\215\220\363\240\204\200　一\n' # the table has the character, not the sequence
} >list
{
    echo '# 縮退'
    echo
    printf 'U+845B U+E01EF,葛\n'
    printf '\360\261\215\220,U+540C\r\n'
    printf 'U+9AD9,U+9AD8\n'
    printf 'U+E010,高\n'
    printf 'U+31351,ヤマ\n'
} >table.csv
write_names list >members.csv
person P-1 "$(printf '\360\261\215\220')" | sed 's/0$/1/' >>members.csv
write_job table.yaml members.csv 'names: { substitute: table, table: table.csv }'
row 500 'table: the run ends' refuse 3 press print table.yaml -o table --protected-out apart
check_names table list
cat >want.csv <<'CSV'
row,column,from,to
2,氏名,U+845B U+E01EF,U+845B
3,氏名,U+31350,U+540C
5,氏名,U+845B U+E01EF,U+845B
5,氏名,U+845B U+E01EF,U+845B
7,氏名,U+E010,U+9AD8
8,氏名,U+31351,U+30E4 U+30DE
CSV
row 520 'the list has every use' same want.csv table/substitutions.csv
row 521 'it is the owner'"'"'s alone' test "$(stat -c %a table/substitutions.csv)" = 600
row 522 'a protected person'"'"'s stands apart' says apart/substitutions.csv '^11,氏名,U\+31350,U\+540C$'
row 523 '... and not here' silent table/substitutions.csv '^11,'
row 524 'the report counts characters' says table/report.json '"substitutions": 7'
row 525 '... and people' says table/report.json '"people_substituted": 6'
row 526 '... for people too' says table/report.txt '7 字 6 名'
row 527 'the digest of the table' says table/report.json "\"table\": \"$(sha256sum <table.csv | cut -d' ' -f1)\""
write_job none.yaml members.csv
row 528 'without it they are held' refuse 3 press print none.yaml -o none --protected-out none-apart
row 529 '... all of them' test "$(reasons none/holds.csv)" = '4513 4516 7101 7101 7101 7101 7101 7101 7101'
input_digest() { sed -n 's/.*"input_digest": "\([0-9a-f]*\)".*/\1/p' "$1/report.json"; }
sed '/31350/d;/845B/d;/E010/d;/31351/d;/\o360/d' table.csv >other.csv
printf 'U+845B U+E01EF,花\nU+31350,鳥\nU+E010,風\nU+31351,月\n' >>other.csv
sed 's/table.csv/other.csv/' table.yaml >other.yaml
row 530 'another table' refuse 3 press print other.yaml -o other --protected-out other-apart
row 531 '... the same input' test "$(input_digest table)" = "$(input_digest other)"
row 532 '... another letter' quiet refuse 1 cmp table/manifest.csv other/manifest.csv
row 533 'a preview is the same letter' sh -c "$oshirase preview table.yaml --data $root --id N-504 -o one.txt >line 2>/dev/null &&
    grep -q \"\$(awk -F, '\$6 == \"N-504\" { print \$10 }' table/manifest.csv)\" line"

bad_table() { # NUMBER MESSAGE LINES
    printf "$3" >table.csv
    row "$1" "table of: $3" refuse 2 press print table.yaml -o wrong
    row "$1" '... says why' says stderr "\[$2\]"
    row "$1" '... leaves nothing' test ! -e wrong
}
bad_table 541 9526 '髙\n'
bad_table 542 9526 '髙,\n'
bad_table 543 9526 ',高\n'
bad_table 544 9526 '髙橋,高橋\n'
bad_table 545 9526 '髙,高,高\n'
bad_table 546 9526 '●,葛\n'
bad_table 547 9526 'U+FFFD,葛\n'
bad_table 548 9526 '髙,髙\n'
bad_table 549 9526 '髙,一二三四五六七八九\n'
bad_table 550 9526 'U+110000,葛\n'
bad_table 551 9526 'A,B\n'
bad_table 552 9526 'U+E0100,葛\n'
bad_table 553 9527 '髙,高\nU+9AD9,橋\n'
bad_table 554 9526 '〓,葛\n'
bad_table 555 9526 '\377,葛\n'
rm table.csv
row 556 'no such table' refuse 2 press print table.yaml -o wrong
row 557 '... names the key' says stderr 'names.table'
write_job untold.yaml members.csv 'names: { substitute: table }'
row 558 'no table named' refuse 2 press print untold.yaml -o wrong
row 559 '... names the key' says stderr 'names.table.*\[2002\]'

# -- ● in a test print --
printf '601|same|山●　一\n602|4514|山〓　一\n' >list
write_names list >members.csv
write_job circle.yaml members.csv 'names: { allow_black_circle: true }'
row 600 'the run ends' refuse 3 press print circle.yaml -o circle
row 610 'a warning' says stderr '\[2031\]'
check_names circle list
row 611 'the report says so' says circle/report.json '"allow_black_circle": true'
row 612 '... among its warnings' says circle/report.json 'black-circles'
row 613 '... for people too' says circle/report.txt '●の印字: 許可'
finish
