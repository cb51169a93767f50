#!/bin/sh
# Supplied voice codes: an encoder that makes test patterns, a folder of symbols, and every way in which one can be wrong.
. "$(dirname "$0")/../tools/case.sh"
. "$root/tests/tools/jobs.sh"
encoder=$build/tools/test-encoder

{
    head_row
    person V-1 '架空 一郎'
    person V-2 '架空 二郎'
    person V-3 '架空 三郎'
    person V-4 '架空 四郎' | sed 's/,0$/,1/' # protected
    person V-5 '架空 五郎'
} >members.csv
voice_job() { # FILE VOICE
    write_job "$1" members.csv "voice: { $2 }"
}
held() { # OUT: row and reason number of each hold
    sed -n '2,$p' "$1/holds.csv" | cut -d, -f1,3 | sed 's/ .*//' | tr '\n' ' ' | sed 's/ $//'
}
# An encoder of ours keeps what it was given, so that folders of symbols can be made of it.
printf '#!/bin/sh\ncp "$1" "%s/texts.csv"\nstat -c %%a "$1" "$2" "$(dirname "$1")" >"%s/modes"\npwd >/dev/null\nexec "%s" "$@"\n' \
    "$work" "$work" "$encoder" >keeping.sh
chmod +x keeping.sh

# -- the encoder --
voice_job job.yaml 'kind: uni-voice, encoder: ./keeping.sh'
row 1 'the encoder makes the symbols' refuse 3 press print job.yaml -o out
row 2 'only the protected person is held' test "$(held out)" = '5,9509'
row 3 'it had the texts of the others' test "$(cut -d, -f1 texts.csv | tr '\n' ' ')" = 'row 2 3 4 6 '
row 4 '... in files and folders of nobody else' test "$(tr '\n' ' ' <modes)" = '600 700 700 '
row 5 'nothing of it is left' test -z "$(find out -name '.*' -mindepth 1)"
row 6 'its words are nowhere' silent stderr 'nobody may keep'
row 7 '... nor in OUT' sh -c '! grep -rqa "nobody may keep" out'
row 8 'no text is in OUT' sh -c '! grep -rqaE "かくう|カクウ" out/*.csv out/*.json out/ledger'
row 9 'the same again, byte by byte' refuse 3 press print job.yaml -o again
row 10 '... in every file' diff -r out again

voice_job fail.yaml "kind: uni-voice, encoder: \"$encoder --exit 3\""
row 11 'an encoder that fails' refuse 5 press print fail.yaml -o out11
row 12 '... is said' says stderr '8661'
row 13 '... and leaves nothing' test ! -e out11
voice_job slow.yaml "kind: uni-voice, encoder: \"$encoder --sleep 30\", encoder_seconds: 1"
row 14 'an encoder that hangs' refuse 5 press print slow.yaml -o out14
row 15 '... is said' says stderr '8662'
row 16 '... and leaves nothing' test ! -e out14
voice_job none.yaml 'kind: uni-voice, encoder: ./no-such-encoder'
row 17 'an encoder that is not there' refuse 2 press print none.yaml -o out17
row 18 '... is said' says stderr '8660'
row 19 '... and leaves nothing' test ! -e out17
mkdir out20
row 20 'an empty OUT stays' refuse 5 press print fail.yaml -o out20
row 21 '... and stays empty' test -z "$(ls -A out20)"

# -- killed while the encoder is at work: the texts lie in OUT until the next print, whatever its job is --
printf '#!/bin/sh\n[ ! -e "%s/slowly" ] || { echo $$ >"%s/encoder"; sleep 20; }\nexec "%s" "$@"\n' "$work" "$work" "$encoder" >slow.sh
chmod +x slow.sh
voice_job killed.yaml 'kind: uni-voice, encoder: ./slow.sh'
row 22 'undisturbed' refuse 3 press print killed.yaml -o straight
killed() { # OUT: print is killed while its encoder sleeps
    rm -f encoder
    : >slowly
    "$oshirase" print killed.yaml -o "$1" --data "$root" >/dev/null 2>&1 &
    killed_run=$!
    killed_turns=0
    while [ ! -s encoder ] && [ "$killed_turns" -lt 200 ]; do
        sleep 0.05
        killed_turns=$((killed_turns + 1))
    done
    kill -9 "$killed_run"
    wait "$killed_run" 2>/dev/null
    kill -9 "$(cat encoder)"
    rm -f slowly
    [ -s "$1/.voice/texts.csv" ]
}
row 23 'killed' killed out23
row 24 'resumed' refuse 3 press print killed.yaml -o out23 --resume
row 25 'as if nothing had been' diff -r straight out23
row 26 'killed again' killed out26
voice_job other.yaml 'kind: qr'
row 27 'another job, which needs no encoder' refuse 3 press print other.yaml -o out26
row 28 'no texts are left' test ! -e out26/.voice
row 29 'symbols exchanged: another run' sh -c 'sed "s|encoder: ./slow.sh|encoder: \"$1 --dots 2\"|" killed.yaml >x && mv x killed.yaml' - "$encoder"
row 29 '... is refused' refuse 2 press print killed.yaml -o straight --resume

# -- one symbol wrong: that letter is held, no other --
wrong() { # NUMBER TITLE "WANTED HOLDS" OPTIONS
    voice_job wrong.yaml "kind: uni-voice, encoder: \"$encoder $4\""
    row "$1" "$2" refuse 3 press print wrong.yaml -o "out$1"
    row "$1" "$2: held" test "$(held "out$1")" = "$3"
}
wrong 30 'a symbol is missing' '3,8640 5,9509' '--drop 3'
wrong 31 'a symbol is there twice' '3,8641 5,9509' '--double 3'
wrong 32 'the symbol of another' '2,8648 3,8648 5,9509' '--swap 3'
wrong 33 'cells of another size' '2,8647 3,8647 4,8647 5,9509 6,8647' '--cells 105'
wrong 34 'cells of one dot are whole, too' '5,9509' '--dots 1'
voice_job stray.yaml "kind: uni-voice, encoder: \"$encoder --stray 5\""
row 35 'a symbol of nobody, even of a held record' refuse 2 press print stray.yaml -o out35
row 36 '... is said' says stderr '8631'
row 37 '... and leaves nothing' test ! -e out35

# -- a folder of symbols --
make_symbols() { # FOLDER [OPTIONS]
    rm -rf "$1"
    mkdir "$1"
    make_to=$1
    shift
    "$encoder" "$@" texts.csv "$make_to" 2>/dev/null
}
folder() { # NUMBER TITLE "WANTED HOLDS"
    voice_job folder.yaml 'kind: uni-voice, symbols: symbols'
    row "$1" "$2" refuse 3 press print folder.yaml -o "out$1"
    row "$1" "$2: held" test "$(held "out$1")" = "$3"
}
make_symbols symbols
folder 40 'a folder with its table' '5,9509'
row 41 'as many letters as with the encoder' test "$(cut -d, -f1,7- out/manifest.csv | wc -l)" -eq "$(wc -l <out40/manifest.csv)"
row 42 'check says the same' refuse 3 press check folder.yaml
mv symbols/2-1.pbm x && mv symbols/3-1.pbm symbols/2-1.pbm && mv x symbols/3-1.pbm
folder 43 'two files changed places' '2,8643 3,8643 5,9509'
make_symbols symbols
sed -i 's/,2-1\.pbm,/,X,/; s/,3-1\.pbm,/,2-1.pbm,/; s/,X,/,3-1.pbm,/' symbols/index.csv
folder 44 'two names changed places' '2,8643 3,8643 5,9509'
make_symbols symbols
sed -e 's/^2,/X,/; s/^3,/2,/; s/^X,/3,/' symbols/index.csv >x && mv x symbols/index.csv
folder 45 'two rows changed places' '2,8642 3,8642 5,9509'
make_symbols symbols
rm symbols/4-1.pbm
folder 46 'a file is missing' '4,8640 5,9509'
make_symbols symbols
printf 'x' >>symbols/4-1.pbm
folder 47 'a file was changed' '4,8643 5,9509'
make_symbols symbols
sed -i 's/,4-1\.pbm,/,..\/texts.csv,/' symbols/index.csv
folder 48 'a file outside of the folder' '4,8649 5,9509'
make_symbols symbols
{
    head -n 1 members.csv
    sed -n 2p members.csv | sed 's/,3割,/,2割,/'
    sed -n '3,$p' members.csv
} >x && mv members.csv kept.csv && mv x members.csv
folder 49 'the data changed since the export' '2,8642 5,9509'
mv kept.csv members.csv
sed -i 1d symbols/index.csv
row 50 'a table without its header' refuse 2 press print folder.yaml -o out50
row 51 '... is said, with file and line' says stderr 'index.csv:1'
make_symbols symbols
cp symbols/index.csv x
row 51 'printed' refuse 3 press print folder.yaml -o out51
row 51 'the same symbols: nothing to do' refuse 0 press print folder.yaml -o out51 --resume
make_symbols symbols --dots 2
row 51 'others of the same texts: another run' refuse 2 press print folder.yaml -o out51 --resume
row 52 'no folder' sh -c 'mv symbols gone'
row 53 '... is refused' refuse 2 press print folder.yaml -o out53
voice_job neither.yaml 'kind: uni-voice'
row 54 'neither folder nor encoder' refuse 2 press print neither.yaml -o out54
row 55 '... is said' says stderr '8621'

# -- without a table: by name, and said to be unproven --
make_symbols symbols --by-name members.csv
folder 60 'symbols by name' '5,9509'
row 61 'it is said at once that nothing proves them' says stderr '8655'
row 61 '... and in the report' says out60/report.json '"unproven": true'
row 61 '... by its number' says out60/report.json 'voice-unproven'
row 61 '... and what to erase' says out60/report.json '"erase": \["the CSV'
cp symbols/V-1.pbm symbols/V-1.bmp
folder 62 'two files of one name' '2,8641 5,9509'
rm symbols/V-1.bmp
cp symbols/V-2.pbm symbols/V-1.pbm
folder 63 'one picture for two' '2,8648 3,8648 5,9509'
make_symbols symbols --by-name members.csv
cp symbols/V-2.pbm symbols/V-9.pbm
row 64 'a file of nobody' refuse 2 press print folder.yaml -o out64
row 65 '... is said' says stderr '8631'
rm symbols/V-9.pbm symbols/V-5.pbm
folder 66 'one is missing' '5,9509 6,8640'

# -- the pictures are a part of what a run is made of --
make_symbols symbols --by-name members.csv
row 67 'prints' refuse 3 press print folder.yaml -o out67
row 67 '... resumed: done' refuse 0 press print folder.yaml -o out67 --resume
mv symbols/V-1.pbm x && mv symbols/V-2.pbm symbols/V-1.pbm && mv x symbols/V-2.pbm
row 68 '... with other pictures it is another run' refuse 2 press print folder.yaml -o out67 --resume
row 68 '... and says so' says stderr '\[9055\]'

# -- what goes to whoever encodes tells nothing of protected people --
row 67 'texts' press voice job.yaml -o sent.csv
row 68 'the totals are whole' says stderr '^5 records: 4 printed, 1 protected, 0 held, 0 follow-up'
row 69 'the report beside them counts texts alone' sh -c 'grep -q "\"texts\": 4" sent.csv.report.json &&
    ! grep -qE "records|held|protected" sent.csv.report.json'

# -- a QR code needs nothing --
voice_job qr.yaml 'kind: qr'
row 70 'kind: qr' refuse 3 press print qr.yaml -o out70
row 71 'only the protected person is held' test "$(held out70)" = '5,9509'
row 72 'the protected letter' refuse 0 press print qr.yaml -o out72 --protected-out hidden72

# -- records before the people, and several files: texts and records are told apart by their place in the whole input --
{ echo '見出し'; grep -v ',1$' members.csv; } >one.csv
{ echo '見出し'; head_row; person W-8 '架空 八郎'; } >two.csv
write_job two.yaml one.csv 'voice: { kind: qr }'
sed -i 's/^  file: one.csv/  files: [one.csv, two.csv]\n  head: { records: 1, mark: 見出し }/' two.yaml
row 80 'two files with a head' refuse 0 press print two.yaml -o out80
row 81 '... their texts' refuse 0 press voice two.yaml -o two.csv.texts
sed 1d two.csv.texts | awk -F, 'BEGIN { print "sequence,text" } { print NR "," $6 }' >heard.csv
row 82 'the reading test: each its own' sh -c "'$oshirase' voice-check out80 heard.csv --texts two.csv.texts >protocol"
row 83 '... all five' test "$(grep -c ',same,' protocol)" = 5
awk -F, 'NR == 5 { kept = $2; next } NR == 6 { print "4," $2; print "5," kept; next } { print }' heard.csv >swapped.csv
row 84 'two exchanged' sh -c "'$oshirase' voice-check out80 swapped.csv --texts two.csv.texts >protocol; test \$? = 6"
row 85 '... both told' test "$(grep -c ',different,' protocol)" = 2
finish
