#!/bin/sh
# preview, explain, check: single letters before and after the run.
. "$(dirname "$0")/../tools/case.sh"
. "$root/tests/tools/jobs.sh"
"$build/tools/members" 10000 3 >members.csv
write_job job.yaml members.csv
id=$(sed -n 7001p members.csv | cut -d, -f1)
row 1 'the run' refuse 0 press print job.yaml -o out
want=$(awk -F, -v id="$id" '$6 == id { print $10 }' out/manifest.csv)
row 2 'as PDF' refuse 0 press preview job.yaml --id "$id" -o one.pdf
row 3 'one line: id, form, digest as in the manifest' test "$(cat stdout)" = "$id 1 $want"
row 4 'one page' test "$(qpdf --show-npages one.pdf)" = 1
row 5 'as PNG' refuse 0 press preview job.yaml --id "$id" -o one.png
row 6 'the same digest' test "$(cat stdout)" = "$id 1 $want"
# width and height stand behind the first chunk's name (PNG specification, 11.2.2)
row 7 '150 dpi: 1240 x 1754' test "$(od -An -tu1 -j16 -N8 one.png | tr -s ' ')" = ' 0 0 4 216 0 0 6 218'
row 8 'as text' refuse 0 press preview job.yaml --id "$id" -o one.txt
row 9 'the same digest' test "$(cat stdout)" = "$id 1 $want"
row 10 'files are 0600' test "$(stat -c %a one.pdf one.png one.txt | sort -u)" = 600
cp one.pdf plain.pdf
row 11 'with guides' refuse 0 press preview job.yaml --id "$id" -o one.pdf --guides
row 12 'the same digest' test "$(cat stdout)" = "$id 1 $want"
row 13 'guides are a layer' sh -c 'qpdf --qdf --object-streams=disable one.pdf - | grep -a -q /OCG'
row 14 'no layer without' sh -c '! grep -a -q /OCG plain.pdf'
row 15 'qpdf' sh -c 'qpdf --check one.pdf >/dev/null 2>&1'
row 53 'a reader takes the mask for three groups of four' sh -c "mutool draw -q -F txt plain.pdf 2>/dev/null | grep -q '^[*]\{4\} [*]\{4\} [0-9]\{4\}'"
row 16 'guides in a picture too' refuse 0 press preview job.yaml --id "$id" -o guides.png --guides --dpi 100
row 17 'again, the same bytes' sh -c "'$oshirase' preview job.yaml --id '$id' -o again.pdf --data '$root' >/dev/null && cmp plain.pdf again.pdf"
row 18 'no part file is left' test -z "$(ls | grep part)"
quick() { # best of three, in ms
    best=99999
    for try in 1 2 3; do
        start=$(date +%s%N)
        "$oshirase" preview job.yaml --id "$id" -o quick.pdf --data "$root" >/dev/null 2>&1 || return 1
        ms=$((($(date +%s%N) - start) / 1000000))
        [ $ms -lt $best ] && best=$ms
    done
    echo "    preview out of 10,000 records: $best ms"
    [ $best -le 400 ]
}
case $build in
*sanitize*) ;;
*) row 19 'out of 10,000 records in 0.4 s' quick ;;
esac
row 20 'no such id' refuse 2 press preview job.yaml --id nobody -o no.pdf
row 21 '... writes nothing' test ! -e no.pdf
row 22 'another ending' refuse 2 press preview job.yaml --id "$id" -o no.doc
cp job.yaml job.txt && cp members.csv members.txt && sed 's/members.csv/members.txt/' job.yaml >intext.yaml
row 23 'over the input' refuse 2 press preview intext.yaml --id "$id" -o members.txt
row 24 'over the job' refuse 2 press preview job.txt --id "$id" -o job.txt
row 25 '... both are whole' sh -c 'cmp job.yaml job.txt && cmp members.csv members.txt'
row 26 'no id' refuse 2 press preview job.yaml -o no.pdf
row 27 'dpi out of range' refuse 2 press preview job.yaml --id "$id" -o no.png --dpi 10

row 30 'explain' refuse 0 press explain job.yaml --id "$id"
row 31 '... names the form' says stdout '^form: 1$'
row 32 '... who decided' says stdout '^decided by: job$'
row 33 '... each frame' says stdout '^frame name: [12] line'
words=$(sed -n 7001p members.csv | cut -d, -f6 | cut -c1-6)
row 34 '... no value' silent stdout "$words"
row 35 'check' refuse 0 press check job.yaml
row 36 '... nothing to say' test ! -s stdout
row 37 '... writes nothing' test "$(ls -d out* | tr '\n' ' ')" = 'out '

{ head_row; person 001 '架空 ●'; person 002 架空; person 003 架空 12; person 002 架空; } >bad.csv
write_job bad.yaml bad.csv
row 40 'check of a list with faults' refuse 3 press check bad.yaml
row 41 '... a line each' test "$(wc -l <stdout)" = 4
row 42 '... row, column, number' says stdout 'row 2, column 氏名, U\+25CF: .*\[4513\]'
row 43 '... doubled' test "$(grep -c '\[9002\]' stdout)" = 2
row 44 'as JSON' refuse 3 press check bad.yaml --json
row 45 '... token and row' says stdout '"number":4513,"token":"field-black-circle".*"row":2,"column":"氏名","code_point":"U\+25CF"'
row 46 'explain of a held record' refuse 3 press explain bad.yaml --id 003
row 47 '... why' says stdout '^no letter: 4540'
row 48 'preview of a held record' refuse 3 press preview bad.yaml --id 001 -o held.pdf
row 49 '... writes nothing' test ! -e held.pdf
row 50 'a doubled id' refuse 2 press preview bad.yaml --id 002 -o held.pdf
LC_ALL=ja_JP.UTF-8 "$oshirase" check bad.yaml --data "$root" >japanese 2>&1
row 51 'Japanese words under a ja locale' says japanese '2.*行.*氏名'
row 52 'codes stay' says japanese '\[4513\]'
finish
