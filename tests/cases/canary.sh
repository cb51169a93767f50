#!/bin/sh
# The search for words that must not be there finds them in every way in which they could be, and nothing else.
. "$(dirname "$0")/../tools/case.sh"
. "$root/tests/tools/jobs.sh"
canary() {
    "$root/tests/tools/canary.sh" "$build" words "$@" >"$work/stdout" 2>"$work/stderr"
}
printf '%s\n' 蜃気楼市幻町 MIRAGE-4711 𠮷備蜃気楼 >words
word=蜃気楼市幻町

# A clean run: nothing, in no file of it.
"$build/tools/members" 3 1 >members.csv
write_job job.yaml members.csv
row 1 'a clean run' refuse 0 press print job.yaml -o clean
row 2 '... has none of the words' refuse 0 canary clean stdout stderr
row 3 '... says nothing' test ! -s stdout

# number TITLE WAY: planted/ holds one file; it must be found, and said to be in that way
found() {
    row "$1" "$2" refuse 1 canary planted
    row "$1" "$2: says how" says stdout "$3"
    row "$1" "$2: the word is not repeated" silent stdout "蜃気楼|MIRAGE"
    rm -rf planted
    mkdir planted
}
mkdir planted
printf 'a\n%s' "$word" >planted/a.csv
found 10 'plain' 'word 1 as UTF-8'
printf '%s' "x${word}x" | iconv -t UTF-16LE >planted/a.csv
found 11 'UTF-16LE' 'word 1 as UTF-16LE'
{ printf x; printf '%s' "$word" | iconv -t UTF-16BE; } >planted/a.csv
found 12 'UTF-16BE, at an odd byte' 'word 1 as UTF-16BE'
printf '%s' "$word" | iconv -t CP932 >planted/a.csv
found 13 'CP932' 'word 1 as CP932'
printf '%s' 𠮷備蜃気楼 | iconv -t UTF-16BE >planted/a.csv
found 14 'beyond the BMP' 'word 3 as UTF-16BE'
hex() { # ENCODING TEXT
    printf '%s' "$2" | iconv -t "$1" | od -An -v -tx1 | tr -d ' \n'
}
hex UTF-16BE "$word" >planted/a.txt
found 15 'hexadecimal digits' 'word 1 as hexadecimal UTF-16BE'
hex UTF-8 MIRAGE-4711 | tr a-f A-F >planted/a.txt
found 16 '... in capitals' 'word 2 as hexadecimal UTF-8'
mkdir -p "planted/$word" && echo x >"planted/$word/x"
found 17 'a folder'"'"'s name' 'a name: word 1'
mkdir -p planted/deep/er
printf 'MIRAGE-4711\0' >planted/deep/er/.hidden
found 18 'a hidden file deep down' 'word 2 as UTF-8'
echo "error: $word" >err
row 19 'a capture' refuse 1 canary clean err
head -c 70000 /dev/zero >planted/a.bin
printf 'MIRAGE-4711' >>planted/a.bin
found 20 'the last bytes of a long file' 'word 2 as UTF-8'

# PDFs: objects as given, compressed by qpdf, so that nothing is there to be seen from outside.
pdf() { # FILE INFO PAGE-ENTRIES CONTENT [FURTHER OBJECTS]
    {
        printf '%%PDF-1.5\n1 0 obj <</Type/Catalog/Pages 2 0 R/Metadata 6 0 R>> endobj\n'
        printf '2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n'
        printf '3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R'
        printf '/Resources<</Font<</F 7 0 R>>>>%s>> endobj\n' "$3"
        printf '4 0 obj <</Length %d>> stream\n%s\nendstream endobj\n' "$(printf '%s' "$4" | wc -c)" "$4"
        printf '5 0 obj <<%s>> endobj\n' "$2"
        printf '6 0 obj <</Type/Metadata/Subtype/XML/Length 4>> stream\n<x/>\nendstream endobj\n'
        printf '7 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj\n%s' "${5-}"
        printf 'trailer <</Root 1 0 R/Info 5 0 R/Size 9>>\n%%%%EOF\n'
    } >raw.pdf
    qpdf --object-streams=generate --compress-streams=y --recompress-flate --preserve-unreferenced raw.pdf "$1" >/dev/null 2>&1
    test -s "$1"
}
pdf clean.pdf '/Title(clean)' '' 'BT /F 12 Tf 20 20 Td (clean) Tj ET'
row 30 'a clean PDF' refuse 0 canary clean.pdf
hidden() { # NUMBER TITLE WAY
    row "$1" "$2: not to be seen from outside" sh -c '! grep -qaF -e MIRAGE -e 蜃気楼 planted/a.pdf'
    found "$1" "$2" "$3"
}
be=$(hex UTF-16BE "$word")
pdf planted/a.pdf "/Title<feff$be>" '' ''
hidden 31 'Info, UTF-16' 'word 1 as UTF-16BE'
pdf planted/a.pdf '/Subject(MIRAGE-4711)' '' ''
hidden 32 'Info, plain' 'word 2 as UTF-8'
pdf planted/a.pdf '/Subject(MIRA\107E\055471\
1)' '' ''
hidden 33 'Info, with escapes' 'word 2'
pdf planted/a.pdf '' '' "/Span <</ActualText<FEFF$be>>> BDC EMC"
hidden 34 'ActualText' 'word 1 as UTF-16BE'
pdf planted/a.pdf '' '' '/Span <</ActualText(\376\377\000M\000I\000R\000A\000G\000E\000\055\0004\0007\0001\0001)>> BDC EMC'
hidden 35 'ActualText, escaped' 'word 2 as UTF-16BE'
pdf planted/a.pdf '' '' '% MIRAGE-4711'
hidden 36 'a comment in the content' 'word 2 as UTF-8'
pdf planted/a.pdf '' '' 'BT /F 12 Tf 20 20 Td [(MIR) 20 (AGE) -10 (-4711)] TJ ET'
hidden 37 'text cut for kerning' '[(]text[)]: word 2'
pdf planted/a.pdf '' '' 'BT /F 12 Tf 20 60 Td (MIRAGE) Tj 0 -20 Td (-4711) Tj ET'
hidden 38 'text broken to two lines' '[(]text[)]: word 2'
pdf planted/a.pdf '' '' "[<${be%????????????}> 10 <${be#????????????}>] TJ"
hidden 39 'a hexadecimal string cut in two' 'word 1 as UTF-16BE'
stream='/CMapName /X def 1 beginbfchar <0001> <'$be'> endbfchar'
pdf planted/a.pdf '' '/X 8 0 R' '' "8 0 obj <</Length ${#stream}>> stream
$stream
endstream endobj
"
hidden 40 'ToUnicode' 'word 1 as'
pdf planted/a.pdf '' '' '' "8 0 obj <</Length 34>> stream
MIRAGE-4711 MIRAGE-4711 MIRAGE-471
endstream endobj
"
hidden 41 'an object that nothing refers to' 'word 2 as UTF-8'
pdf planted/b.pdf '' '/Annots[<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(MIRAGE-4711)>>]' ''
mv planted/b.pdf planted/a.pdf
hidden 42 'an annotation' 'word 2 as UTF-8'
printf '%s' "$word" | iconv -t CP932 >note.txt
qpdf --add-attachment note.txt -- clean.pdf planted/a.pdf
hidden 43 'an attachment' 'word 1 as CP932'
{ head_row; person 001 "${word}太郎"; } >members.csv
row 44 'a letter to somebody of that name' refuse 0 press print job.yaml -o named
cp named/lot-*.pdf planted/a.pdf
hidden 45 'text as glyphs of a subset' '[(]text[)]: word 1'
cp clean.pdf planted/a.pdf
printf '\n%%MIRAGE-4711' >>planted/a.pdf
found 46 'behind the end of a PDF' 'word 2 as UTF-8'
cp named/lot-*.pdf planted/a.csv
found 47 'a PDF by another name' '[(]text[)]: word 1'

# Neighbours of the words are no words.
printf '%s\n' 蜃気楼市 市幻町 MIRAGE-471 mirage-4711 'MIRAGE 4711' >planted/a.csv
row 60 'parts of the words' refuse 0 canary planted
printf 'MIRAGE-\n4711' >planted/a.csv
row 61 'a word broken by a line end in a table' refuse 0 canary planted

# Where nothing can be said, nothing is said to be clean.
row 70 'no such folder' refuse 2 canary nowhere
row 71 'one of two is missing' refuse 2 canary clean nowhere
mkdir empty
row 72 'an empty folder' refuse 2 canary empty
{ printf '%%PDF-1.7\n'; head -c 300 /dev/zero; } >broken.pdf
row 73 'a PDF that cannot be read' refuse 2 canary clean broken.pdf
: >words
row 74 'no words' refuse 2 canary clean
echo abc >words
row 75 'a word too short' refuse 2 canary clean
printf '\377\376abcdef\n' >words
row 76 'a word that is no UTF-8' refuse 2 canary clean
rm words
row 77 'no list of words' refuse 2 canary clean
finish
