#!/bin/sh
# Keyed digests: whoever has a manifest and knows all of a person but the last 4 cannot find these by trying.
. "$(dirname "$0")/../tools/case.sh"
. "$root/tests/tools/jobs.sh"

row 1 'keygen makes a key' refuse 0 "$oshirase" keygen one.key
row 2 '... of 32 bytes' test "$(wc -c <one.key)" = 32
row 3 '... that only its owner may read' test "$(stat -c %a one.key)" = 600
cp one.key kept.key
row 4 'an existing file is never replaced' refuse 5 quiet "$oshirase" keygen one.key
row 5 '... it is as it was' same one.key kept.key
row 6 'a second key is another' refuse 0 "$oshirase" keygen two.key
row 7 '... indeed' sh -c '! cmp -s one.key two.key'
row 8 'keygen without a name' refuse 2 quiet "$oshirase" keygen

{ head_row; for i in 1 2 3 4; do person "00$i" "架空 太郎$i"; done; } >members.csv
write_job plain.yaml members.csv
write_job one.yaml members.csv 'secret: one.key'
write_job two.yaml members.csv 'secret: two.key'
mkdir elsewhere
cp one.key elsewhere/other-name.key
write_job moved.yaml members.csv 'secret: elsewhere/other-name.key'
for job in plain one two moved; do
    row 10 "$job: prints" refuse 0 press print $job.yaml -o $job
done
digests() { sed 1d "$1/manifest.csv" | cut -d, -f"${2:-10,11}"; }
differ() { [ "$(digests "$1")" != "$(digests "$2")" ]; }
row 11 'a key changes each digest' sh -c '
    sed 1d plain/manifest.csv | cut -d, -f10 >a; sed 1d plain/manifest.csv | cut -d, -f11 >>a
    sed 1d one/manifest.csv | cut -d, -f10 >b; sed 1d one/manifest.csv | cut -d, -f11 >>b
    sort a b | uniq -d | grep -q . && exit 1; test $(sort -u a b | wc -l) -ge 8'
row 12 'another key, other digests' differ one two
row 13 'where the key lies does not matter' diff -r one moved
row 14 'the letters do not change' sh -c '
    for job in plain one two; do pdftotext -layout $job/lot-000001.pdf $job.txt; done; cmp plain.txt one.txt && cmp plain.txt two.txt'
row 15 'the digest of the input is keyed too' sh -c '
    test "$(grep -h input_digest plain/report.json one/report.json two/report.json | sort -u | wc -l)" = 3'
row 16 'preview gives the digest of the run' sh -c "
    '$oshirase' preview one.yaml --id 003 -o one.png --data '$root' | cut -d' ' -f3 >previewed
    test \"\$(cat previewed)\" = \"\$(sed 1d one/manifest.csv | sed -n 3p | cut -d, -f10)\""
hex=$(od -An -v -tx1 one.key | tr -d ' \n')
sum=$(sha256sum <one.key | cut -d' ' -f1)
row 17 'neither the key nor a digest of it is anywhere' sh -c "! grep -rqie '$hex' -e '$sum' one && ! grep -rq 'one.key' one"
row 18 'the plain digest is nowhere' sh -c '
    for digest in $(sed 1d plain/manifest.csv | cut -d, -f10,11 | tr "," " "); do ! grep -rq "$digest" one || exit 1; done'
row 19 'an OUT of another key is not resumed' refuse 2 press print two.yaml -o one --resume
row 20 '... nor one without' refuse 2 press print plain.yaml -o one --resume

head -c 31 one.key >short.key
chmod 600 short.key
write_job short.yaml members.csv 'secret: short.key'
row 30 'a key of 31 bytes is none' refuse 2 press print short.yaml -o short
row 31 '... said with file and line' says stderr 'short.yaml:[0-9]+.*\[9536\]'
cp one.key open.key
chmod 644 open.key
write_job open.yaml members.csv 'secret: open.key'
row 32 'a key that others may read is refused' refuse 2 press print open.yaml -o open
row 33 '... says so' says stderr '\[9537\]'
write_job gone.yaml members.csv 'secret: gone.key'
row 34 'no such file' refuse 2 press print gone.yaml -o gone
row 35 'nothing was written' sh -c '! ls -d short open gone 2>/dev/null'
# -- whoever has no key can make a ledger anew, but not the mac of its seal --

rechain() { # a ledger whose lines somebody has changed: numbers, chain and CRC made right again
    rechain_prev=$(printf '%064d' 0) rechain_number=0
    while read -r rechain_line; do
        rechain_number=$((rechain_number + 1))
        rechain_line="$rechain_number $(echo "$rechain_line" | sed 's/^[0-9]* //; s/ prev=.*//') prev=$rechain_prev"
        rechain_crc=$(printf %s "$rechain_line" | gzip -c | tail -c 8 | od -An -tx4 -N4 --endian=little | tr -d ' \n')
        echo "$rechain_line crc=$rechain_crc"
        rechain_prev=$(echo "$rechain_line crc=$rechain_crc" | sha256sum | cut -c1-64)
    done
}
forged() { # FILE SED LEDGER-SED NUMBER: that file and the ledger of one, forged
    rm -rf forged
    cp -R one forged
    sed -i "$2" "forged/$1"
    { [ "$1" = ledger ] || ! cmp -s "one/$1" "forged/$1"; } || return 1
    sed "$3" one/ledger | rechain >forged/ledger
    refuse 6 press verify forged --job one.yaml && says stderr "\\[$4\\]"
}
row 40 'verify with the key' refuse 0 press verify one --job one.yaml
row 41 'the ledger has a mac behind its seal' test "$(tail -n 2 one/ledger | cut -d' ' -f2 | tr '\n' ' ')" = 'seal mac '
row 42 '... without a key none' silent plain/ledger ' (mac|hmac)[ =]'
rechain <one/ledger >again
row 43 'a ledger chained anew as it was is the same' same one/ledger again
row 44 'a number of the ledger changed: found' forged ledger '' 's/ records=4 bytes/ records=5 bytes/' 9639
row 45 'a table changed: found' forged report.txt 's/test-job/text-job/' '' 9638
row 46 '... its line taken out of the ledger' forged report.txt 's/test-job/text-job/' '/name=report.txt/d' 9639
row 47 '... with a digest that needs no key' forged report.txt 's/test-job/text-job/' 's/hmac=/sha256=/' 9639
row 48 'the mac taken out' forged ledger '' '/ mac mac=/d' 9639
row 49 'the mac of another OUT' forged ledger '' "s/ mac=[0-9a-f]*/ mac=$(sed -n 's/.* mac=\([0-9a-f]*\) .*/\1/p' two/ledger)/" 9639
row 50 'without the key it passes: the words say what was not looked at' sh -c "
    '$oshirase' verify one >/dev/null 2>words && grep -q 9631 words"
row 51 'the output of no key' refuse 6 press verify plain --job one.yaml
row 52 '... is missed a mac' says stderr '\[9639\]'
row 53 'no digest of the ledger is a plain one of a table' sh -c '
    for table in records holds followup; do
        ! grep -q "$(sha256sum <one/$table.csv | cut -c1-64)" one/ledger || exit 1; done'
# Killed and resumed, by keyed rows.
rm -rf torn
{ head_row; for i in $(seq 1 400); do person "$i" "架空 太郎$i"; done; } >many.csv
write_job many.yaml many.csv 'secret: one.key' 'output: { lot_letters: 10 }'
row 60 'many lots' refuse 0 press print many.yaml -o many --workers 1
timeout -s KILL 0.12 "$oshirase" print many.yaml -o torn --data "$root" --workers 2 >/dev/null 2>&1
row 61 'killed and resumed with other workers' refuse 0 press print many.yaml -o torn --data "$root" --resume --workers 3
row 62 '... the same bytes' diff -r many torn
finish
