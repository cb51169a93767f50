#!/bin/sh
# The demo, into a folder of its own: what the README's first command promises.
. "$(dirname "$0")/../tools/case.sh"

demo() {
    (cd "$root" && tests/demo/run.sh "$build" "$work/demo") >"$work/words" 2>"$work/stderr"
}
row 1 'the demo runs' demo
row 2 'it says so in five lines' test "$(wc -l <words)" -eq 5
row 3 'at least 300 letters' says words '^3[0-9][0-9] letters'
number=4
for file in lots/lot-000001.pdf lots/manifest.csv lots/records.csv lots/holds.csv lots/report.json job.yaml members.csv first-page.png; do
    row $number "makes $file" test -s "demo/$file"
    number=$((number + 1))
done
row 12 'as many pages as letters' test "$(qpdf --show-npages demo/lots/lot-000001.pdf)" -eq 320
row 13 'qpdf finds nothing' quiet qpdf --check demo/lots/lot-000001.pdf
row 14 'nobody is held' test "$(wc -l <demo/lots/holds.csv)" -eq 1
cp demo/lots/lot-000001.pdf before.pdf
cp demo/first-page.png before.png
row 15 'it runs again' demo
row 16 'and makes the same letters' same before.pdf demo/lots/lot-000001.pdf
row 17 'and the same picture' same before.png demo/first-page.png

picture_size() {
    # width and height stand big-endian at offset 16
    od -An -j 16 -N 8 -t u1 "$1" | awk '{ print ($3 * 256 + $4) "x" ($7 * 256 + $8) }'
}
row 18 'the picture is A4 at 150 dpi' test "$(picture_size demo/first-page.png)" = 1240x1754
row 19 'its QR code can be read' sh -c 'ZXingReader demo/first-page.png 2>&1 | grep -q "https://"'
row 20 'the QR code of the PDF says the same' \
    sh -c 'pdftoppm -r 150 -png -f 1 -l 1 -singlefile demo/lots/lot-000001.pdf page &&
        [ "$(ZXingReader page.png | grep Text:)" = "$(ZXingReader demo/first-page.png | grep Text:)" ]'

finish
