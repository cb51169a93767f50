#!/bin/sh
# Mail on the page, measured in the PDF by others: what stands in the window at any shift, clear zones, what the symbols
# say when the page is drawn at 300 and 600 dpi.
. "$(dirname "$0")/../tools/case.sh"
(cd "$root" && "$build/unit/compose_mail" "$work" >"$work/log" 2>&1) || sed 's/^/    /' log
(cd "$root" && "$build/unit/compose_slip" "$work" >"$work/log" 2>&1) || sed 's/^/    /' log

# words FILE: x1 y1 x2 y2 in mm from the top-left, and the word
words() {
    pdftotext -bbox "$1" - | sed -n 's/.*xMin="\([^"]*\)" yMin="\([^"]*\)" xMax="\([^"]*\)" yMax="\([^"]*\)">\(.*\)<.*/\1 \2 \3 \4 \5/p' |
        awk '{ k = 25.4 / 72; printf "%.3f %.3f %.3f %.3f %s\n", $1 * k, $2 * k, $3 * k, $4 * k, $5 }'
}

# fills FILE: x1 y1 x2 y2 in mm of every filled path of more than ten bars, as mutool sees it
fills() {
    mutool trace "$1" 2>/dev/null | awk '
        function end() {
            if (on && n > 40) {
                k = 25.4 / 72
                printf "%.3f %.3f %.3f %.3f\n", x1 * k, (841.92 - y2) * k, x2 * k, (841.92 - y1) * k
            }
            on = 0
        }
        /<fill_path/ { on = 1; n = 0; x1 = y1 = 1e9; x2 = y2 = -1e9 }
        /<(moveto|lineto)/ && on {
            split($0, part, "\""); x = part[2]; y = part[4]; n++
            if (x < x1) x1 = x; if (x > x2) x2 = x; if (y < y1) y1 = y; if (y > y2) y2 = y
        }
        /<\/fill_path/ { end() }'
}

# window FILE: x y w h and the play of a layout
window() {
    sed -n 's/^window: { x: \([^,]*\), y: \([^,]*\), w: \([^,]*\), h: \([^,]*\), play: \[\([^,]*\), \([^]]*\)\].*/\1 \2 \3 \4 \5 \6/p' "$1"
}

# look PDF LAYOUT: what is on the page, once for all judges
look() {
    words "$1" >words
    fills "$1" >fills
    window "$2" >place
}

# Every word and barcode of the upper panel is wholly in what every shift leaves in the window, or wholly out of what any
# shift brings in; the post's words are in.
judge_window() {
    awk 'FILENAME == "place" { x = $1; y = $2; w = $3; h = $4; px = $5 / 2; py = $6 / 2; next }
        $2 >= 99 { next }
        {
            in_ = $1 >= x + px - .01 && $3 <= x + w - px + .01 && $2 >= y + py - .3 && $4 <= y + h - py + .3
            out = $3 <= x - px || $1 >= x + w + px || $4 <= y - py || $2 >= y + h + py
            if (!in_ && !out) { print "    crosses the window:", $0; bad = 1 }
            if (in_) inside++
        }
        END { exit bad || inside < 9 }' place words fills
}

# The customer barcode keeps 2 mm to the window at any shift, and to every word and the other barcode.
judge_clear() {
    [ "$(wc -l <fills)" -eq 2 ] && awk '
        FILENAME == "fills" && !x2 { x1 = $1; y1 = $2; x2 = $3; y2 = $4; next }
        FILENAME == "place" {
            if (x1 - 2 < $1 + $5 / 2 - .001 || x2 + 2 > $1 + $3 - $5 / 2 + .001 ||
                y1 - 2 < $2 + $6 / 2 - .001 || y2 + 2 > $2 + $4 - $6 / 2 + .001) {
                print "    less than 2 mm to the window"; bad = 1
            }
            next
        }
        $3 > x1 - 2 && $1 < x2 + 2 && $4 > y1 - 2 && $2 < y2 + 2 { print "    in the clear zone:", $0; bad = 1 }
        END { exit bad }' fills place words
}

# Directly below the name, with nothing between, and beginning where the name begins.
judge_below() {
    awk 'FILENAME == "fills" { if (!x2) { x1 = $1; y1 = $2; x2 = $3 } next }
        { top[++n] = $2; foot[n] = $4; left[n] = $1; word[n] = $5 }
        $5 == "架空" && $2 < y1 { name = $4; begin = $1 }
        END {
            for (i = 1; i <= n; i++)
                if (top[i] < y1 && foot[i] > name + 1 && left[i] < x2) { print "    between:", word[i]; bad = 1 }
            exit bad || !name || y1 - name > 5 || y1 < name || begin - x1 > .1 || x1 - begin > .1
        }' fills words
}

number=1
for form in 3 carrier; do
    for w in 80x45 80x55 90x45 90x55 100x45 100x55; do
        look "2024-01-$form-window-$w.pdf" "$root/layouts/2024-01/$form/window-$w.yaml"
        row $number "form $form, window $w: nothing crosses it" judge_window
        row $((number + 1)) "form $form, window $w: 2 mm around the customer barcode" judge_clear
        row $((number + 2)) "form $form, window $w: the barcode directly below the name" judge_below
        number=$((number + 3))
    done
done

# Faults that the judges must see: the window of 100 x 55 mm 8 mm narrower, another barcode's place.
sed 's/w: 100/w: 92/' "$root/layouts/2024-01/carrier/window-100x55.yaml" >narrow.yaml
look 2024-01-carrier-window-100x55.pdf narrow.yaml
row 50 'the judges see a fault' refuse 1 quiet judge_window
row 51 '... and the second one' refuse 1 quiet judge_clear
sed -n '2p;1p' fills >turned && sort -r turned >fills
row 52 '... and the third' refuse 1 quiet judge_below

# What the drawn page says. ZXing is given a part of the page: it does not look for small symbols on 35 million dots.
number=60
for pdf in 2024-01-3-standard 2024-01-carrier-window-80x45; do
    for dpi in 300 600; do
        pdftoppm -r $dpi -gray "$pdf.pdf" page
        pdftoppm -r $dpi -gray -x 0 -y $((dpi * 7 / 4)) -W $((dpi * 9 / 2)) -H $((dpi * 3 / 4)) "$pdf.pdf" top
        pdftoppm -r $dpi -gray -x $((dpi * 5)) -y $((dpi * 10)) -W $((dpi * 3 / 2)) -H $((dpi * 2)) "$pdf.pdf" foot
        zbarimg -q --set codabar.enable page-1.pgm >said 2>/dev/null
        row $number "$pdf at $dpi dpi: NW-7 by zbar" says said '^Codabar:A56060000014A$'
        row $((number + 1)) '... the inserter code' says said '^QR-Code:042000000567010200000123403$'
        { ZXingReader top-1.pgm; ZXingReader foot-1.pgm; } >said 2>/dev/null
        row $((number + 2)) '... NW-7 by ZXing' says said '"56060000014"'
        row $((number + 3)) '... the code too' says said '"042000000567010200000123403"'
        "$build/tools/customer_page" page-1.pgm >said
        row $((number + 4)) '... the customer barcode' says said ' 27301023-20-5B604$'
        number=$((number + 5))
    done
done
pdftoppm -r 1200 -gray -x 0 -y 0 -W 5500 -H 4600 2024-01-3-window-90x55.pdf page
"$build/tools/customer_page" page-1.pgm >said
row 110 'at 1200 dpi' says said ' 27301023-20-5B604$'

# Marks stand in the margin, at least 4 mm from the edge, and nothing of the letter is among them.
words 2024-01-3-standard.pdf | grep -E ' (00001234|1/2)$' >margin
row 120 'sequence and n/m' test "$(wc -l <margin)" = 2
row 121 '... in the margin at the foot' sh -c "awk '\$2 < 287 || \$4 > 293.1 { exit 1 }' margin"
row 122 'the file is whole' sh -c 'qpdf --check 2024-01-3-standard.pdf >/dev/null'
row 123 '... one black' sh -c "! mutool trace 2024-01-3-standard.pdf 2>/dev/null | grep -E 'color=\"' | grep -v 'colorspace=\"DeviceGray\" color=\"0\"'"

row 130 'bundle slip' sh -c "pdftotext slip-bundle.pdf - | grep -qx '1,234 通'"
row 131 'employer cover: numbers, no names of the insured' sh -c "pdftotext slip-employer.pdf - | grep -o 'A-000[0-9]*' | wc -l | grep -qx 120"
row 132 'lot cover' sh -c "pdftotext slip-lot.pdf - | grep -qx '40000 枚'"
row 133 'posting list' sh -c "pdftotext -layout slip-posting.pdf - | grep -c '460-60-000..-0 *100-0001' | grep -qx 40"
finish
