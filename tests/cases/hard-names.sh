#!/bin/sh
# A hundred names that are hard to print (tests/jobs/hard-names): what becomes of each; each name on its page as it
# stands in the file, in the head, in the table and on the card; what check tells of those that are held, and never more.
. "$(dirname "$0")/../tools/case.sh"
. "$root/tests/tools/jobs.sh"
names=$root/tests/jobs/hard-names

outcomes() {
    awk -F, -v OFS=, 'NR == 1 { print "row,outcome,form,reason"; next }
        { split($6, reason, " "); print $1, $3, $5, reason[2] }' out/records.csv >have.csv
    diff "$names/expected.csv" have.csv
}

# Each page says the name three times. poppler's own breaks and blanks do not count.
thrice() {
    pdftotext -raw out/lot-000001.pdf pages || return 1
    awk -F, 'function bare(text) { gsub(/[ \t\r\n]|　/, "", text); return text }
        FILENAME == ARGV[1] { if (FNR > 1 && $2 == "printed") { row[++pages] = $1 } next }
        FILENAME == ARGV[2] { name[FNR] = bare($6); next }
        { text = text "\n" $0 }
        END {
            count = split(text, page, "\f")
            for (i = 1; i <= pages; i++) {
                said = bare(page[i])
                for (n = 0; (at = index(said, name[row[i]])) > 0; n++) said = substr(said, at + length(name[row[i]]))
                if (n < 3) { print "    row " row[i] ": " n " times"; bad = 1 }
            }
            exit bad || count != pages + 1
        }' "$names/expected.csv" "$names/members.csv" pages
}

row 1 'prints' refuse 3 press print "$names/job.yaml" -o out
row 2 'what becomes of each' outcomes
row 3 'each name three times on its page' thrice
row 4 'no damage' sh -c 'qpdf --check out/lot-000001.pdf >/dev/null 2>&1'
row 5 'two variants of one character are two glyphs' test "$(cut -d, -f10 out/manifest.csv | sort -u | wc -l)" = \
    "$(wc -l <out/manifest.csv)"

row 10 'check' refuse 3 press check "$names/job.yaml"
row 11 '... a character that no font has' says stdout '^row 82, column 氏名, U\+1EC5: .*\[7101\]$'
row 12 '... totals per reason' says stderr '^  \[7101\] no-glyph: 1$'
{
    head_row
    person 001 '架空 ●'
    person 002 '架空 〓'
    person 003 "架空 $(printf '\356\200\200')" # U+E000
    person 004 "架空 $(printf '\357\277\275')" # U+FFFD
    person 005 "架$(printf '\342\200\213')空"  # U+200B
    person 006 "葛$(printf '\363\240\207\257')" # U+845B U+E01EF: no font has it
    person 007 "架空 $(printf '\360\237\230\200')" # U+1F600
    person 008 '架空 太郎'
    person 009 "$(printf '\343\202\231')架空"  # U+3099 with nothing before it
} >bad.csv
write_job bad.yaml bad.csv
row 20 'a list of bad names' refuse 3 press check bad.yaml
row 21 '... black circle' says stdout '^row 2, column 氏名, U\+25CF: .*\[4513\]$'
row 22 '... geta' says stdout '^row 3, column 氏名, U\+3013: .*\[4514\]$'
row 23 '... private use' says stdout '^row 4, column 氏名, U\+E000: '
row 24 '... replacement' says stdout '^row 5, column 氏名, U\+FFFD: .*\[4515\]$'
row 25 '... invisible' says stdout '^row 6, column 氏名, U\+200B: .*\[4512\]$'
row 26 '... sequence' says stdout '^row 7, column 氏名, U\+845B U\+E01EF: .*\[7101\]$'
row 27 '... beyond the BMP' says stdout '^row 8, column 氏名, U\+1F600: .*\[7101\]$'
row 28 '... mark alone' says stdout '^row 10, column 氏名, U\+3099: .*\[7104\]$'
row 29 '... one line a record' test "$(wc -l <stdout)" = 8
row 30 '... never the name' silent stdout '架|葛|太郎'
row 31 '... two of one reason' says stderr '^  \[7101\] no-glyph: 2$'
row 32 'as JSON' refuse 3 press check bad.yaml --json
row 33 '... code point' says stdout '"row":8,"column":"氏名","code_point":"U\+1F600"\}$'
row 34 '... selector' says stdout '"row":7,"column":"氏名","code_point":"U\+845B","selector":"U\+E01EF"\}$'
row 35 '... totals' says stdout '^\{"number":7101,"token":"no-glyph","held":2\}$'
row 36 '... never the name' silent stdout '架|葛|太郎'
row 37 'print writes no code point into its lists' refuse 3 press print bad.yaml -o bad
row 38 '... holds.csv' silent bad/holds.csv 'U\+'
finish
