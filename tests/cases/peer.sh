#!/bin/sh
# The letter that other engines print too: an own form of data files only. What stands on it is what the record
# says, and its QR code can be read.
. "$(dirname "$0")/../tools/case.sh"
letter=$root/tests/bench/peer-letter

"$build/tools/members" 60 5 --address | awk -f "$root/tests/bench/peer-data.awk" >data.csv
row 1 'prints' press print "$letter/job.yaml" --input data.csv -o out --quiet
row 2 'a page a letter' test "$(qpdf --show-npages out/lot-000001.pdf)" -eq 60
row 3 'qpdf finds nothing' quiet qpdf --check out/lot-000001.pdf

# Text of a page without line ends and blanks; the words of a record, the same way.
page_text() {
    pdftotext -f "$1" -l "$1" -raw out/lot-000001.pdf - | tr -d ' \n\f' | sed 's/　//g'
}
shows() {
    sed -n "$(($1 + 1))p" data.csv | awk -F, '{ for (i = 2; i <= 13; i++) print $i }' |
        sed 's/ //g; s/　//g' >words.txt
    page_text "$1" >page.txt
    while read -r word; do
        grep -qF -e "$word" page.txt || { echo "    not on page $1: one of its fields"; return 1; }
    done <words.txt
}
reads() {
    pdftoppm -r "$2" -png -f "$1" -l "$1" -singlefile out/lot-000001.pdf page
    ZXingReader page.png 2>/dev/null | grep -qF -e "$(sed -n "$(($1 + 1))p" data.csv | cut -d, -f14)"
}
number=4
for page in 1 2 33 60; do
    row $number "page $page shows its record" shows $page
    row $((number + 1)) "page $page: its QR code, drawn at 150 dpi" reads $page 150
    row $((number + 2)) "page $page: its QR code, drawn at 600 dpi" reads $page 600
    number=$((number + 3))
done
words() {
    sed -n 's/^  body: //p' "$letter/templates/2024-01/peer.yaml" | tr -d '\n' >body.txt
    page_text 1 | grep -qF -e "$(cat body.txt)"
}
row 16 'the running text, whole' words
fonts() {
    pdffonts out/lot-000001.pdf | awk 'NR > 2 { print $1 }' | sed 's/.*+//' | sort | tr '\n' ' '
}
row 17 'two fonts' test "$(fonts)" = 'IPAexGothic IPAexMincho '

finish
