#!/bin/sh
# A run from end to end: files, rights, totals, order, refusals of the output folder, the same bytes twice.
. "$(dirname "$0")/../tools/case.sh"
. "$root/tests/tools/jobs.sh"

{ head_row; for i in 1 2 3 4 5 6 7; do person "00$i" "架空 太郎$i"; done; } >members.csv
write_job job.yaml members.csv 'output: { lot_letters: 3 }'

row 1 'a clean list ends with 0' refuse 0 press print job.yaml -o out
row 2 'lots, tables and report, nothing else' test "$(ls out | tr '\n' ' ')" = \
    'followup.csv holds.csv ledger lot-000001.pdf lot-000002.pdf lot-000003.pdf manifest.csv records.csv report.json report.txt '
row 3 'files are 0600' test -z "$(find out -type f ! -perm 600)"
row 4 'the folder is 0700' test "$(stat -c %a out)" = 700
row 5 'manifest: a line a letter, in input order' test "$(cut -d, -f1,3,4,6 out/manifest.csv | tr '\n' ' ')" = \
    'seq,lot,page,id 1,lot-000001.pdf,1,001 2,lot-000001.pdf,2,002 3,lot-000001.pdf,3,003 4,lot-000002.pdf,1,004 5,lot-000002.pdf,2,005 6,lot-000002.pdf,3,006 7,lot-000003.pdf,1,007 '
row 6 'records: all printed' test "$(grep -c ',printed,' out/records.csv)" = 7
row 7 'rows as a spreadsheet shows them' test "$(sed -n 2p out/records.csv)" = '2,001,printed,1,1,'
row 8 'no hold' test "$(cat out/holds.csv)" = 'row,id,reason,column'
row 9 'digests differ from letter to letter' test "$(cut -d, -f10 out/manifest.csv | sort -u | wc -l)" = 8
row 10 'report has the totals' says out/report.json '"records": 7'
row 11 'no name outside the PDFs' silent out/manifest.csv '架空'
row 12 'no last 4 outside the PDFs' test -z "$(grep -lE '(^|[^0-9a-f])(9153|7072)([^0-9a-f]|$)' out/*.csv out/*.json out/*.txt)"
row 13 'nothing about time, rate or paths on a pipe' silent stderr '/s|left|/'
row 14 'pages of the lots' test "$(for l in out/lot-*.pdf; do qpdf --show-npages "$l"; done | tr '\n' ' ')" = '3 3 1 '

row 20 'a full folder is refused' refuse 2 press print job.yaml -o out
mkdir empty
row 21 'an empty folder is taken' refuse 0 press print job.yaml -o empty
touch file
row 22 'a file is no folder' refuse 2 press print job.yaml -o file/out
row 23 'sealed output was not touched' test "$(ls out | wc -l)" = 10

same_output() {
    diff -r "$1" "$2"
}
row 30 'two runs, the same bytes' same_output out empty
mkdir -p other/place && cp members.csv other/place/ && cp job.yaml other/place/renamed.yaml
row 31 'other folder, job name, time zone, locale, umask' sh -c "cd other && umask 000 && \
    TZ=America/New_York LC_ALL=ja_JP.UTF-8 LANG=tr_TR.UTF-8 '$oshirase' print place/renamed.yaml -o ../out3 --data '$root' 2>/dev/null"
row 32 '... the same bytes' same_output out out3
row 33 '... and the same rights' test -z "$(find out3 -type f ! -perm 600)"
row 34 'an installed copy gives the same bytes' sh -c "
    mkdir -p prefix/bin prefix/share/oshirase && cp '$oshirase' prefix/bin/ &&
    cp -R '$root/templates' '$root/layouts' '$root/fonts' prefix/share/oshirase/ &&
    prefix/bin/oshirase print job.yaml -o out4 2>/dev/null && diff -r out out4"
if [ "$(id -u)" = 0 ]; then
    row 35 'another user, the same bytes' sh -c "
        mkdir shared && chmod 777 shared . && chmod 755 prefix prefix/bin prefix/share &&
        chmod -R a+rX prefix job.yaml members.csv &&
        setpriv --reuid 65534 --regid 65534 --clear-groups env HOME=/nonexistent \
            '$work/prefix/bin/oshirase' print '$work/job.yaml' -o '$work/shared/out5' 2>/dev/null
        diff -r out shared/out5"
    mkdir locked && chmod 555 locked
    row 36 'an unwritable place is refused before anything' sh -c "
        setpriv --reuid 65534 --regid 65534 --clear-groups '$work/prefix/bin/oshirase' print '$work/job.yaml' \
            -o '$work/locked/out' 2>/dev/null; test \$? = 2"
fi

row 40 '--limit marks a sample' refuse 0 press print job.yaml -o sample --limit 2
row 41 '... two letters' test "$(wc -l <sample/manifest.csv)" = 3
row 42 '... says so' says sample/report.json '"sample": true'
row 43 '--quiet says nothing' sh -c "'$oshirase' print job.yaml -o quiet --quiet --data '$root' 2>words; test ! -s words"
row 44 'input.records met' sh -c "sed 's/^  file: .*/&\n  records: 7/' job.yaml >stated.yaml"
row 45 '... prints' refuse 0 press print stated.yaml -o stated
sed 's/records: 7/records: 8/' stated.yaml >wrong.yaml
row 46 '... and not met: exit 6' refuse 6 press print wrong.yaml -o wrong
row 47 '... nothing written' test ! -e wrong
sed "s/^  file: .*/&\n  digest: $(sha256sum members.csv | cut -d' ' -f1)/" job.yaml >digest.yaml
row 48 'input.digest met' refuse 0 press print digest.yaml -o digest
echo "$(person 008 架空)" >>members.csv
row 49 '... and not met: exit 6' refuse 6 press print digest.yaml -o digest2
row 50 '... nothing written' test ! -e digest2

full_disk() { # BLOCKS of 512 bytes that a file may have
    (ulimit -f "$1" && press print job.yaml -o full)
}
row 60 'no room for a lot: exit 5' refuse 5 full_disk 20
row 61 '... said' says stderr '\[1007\]'
row 62 '... nothing left' test ! -e full
row 63 'no room for a byte: exit 5' refuse 5 full_disk 0
row 64 '... nothing left' test ! -e full
row 65 'a preview has no room: exit 5' sh -c "
    ulimit -f 20; '$oshirase' preview job.yaml --id 001 -o one.pdf --data '$root' >stdout 2>stderr; test \$? = 5"
row 66 '... nothing left' test -z "$(ls one.pdf* 2>/dev/null)"
finish
