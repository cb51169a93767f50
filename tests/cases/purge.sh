#!/bin/sh
# purge: everything of a run removed, and the data of the certificate.
. "$(dirname "$0")/../tools/case.sh"
. "$root/tests/tools/jobs.sh"
purge() {
    "$oshirase" purge "$@" >"$work/stdout" 2>"$work/stderr" </dev/null
}
write_job job.yaml members.csv 'seal: { key: shared.key }'
head -c 32 /dev/urandom >shared.key
chmod 600 shared.key
{ head_row; person 001 '架空 太郎'; person 002 '架空 花子'; } >members.csv
quiet press print job.yaml -o out
cp -R out kept
find out -type f | sort >files
row 1 'there is something' test "$(wc -l <files)" -gt 4
row 2 'it goes' refuse 0 purge out --certificate c.yaml --date 2024-12-01 --by '架空印刷 "第一"課'
row 3 '... all of it' test ! -e out
row 4 'who and when' sh -c 'grep -qxF "date: \"2024-12-01\"" c.yaml && grep -qxF "by: \"架空印刷 \\\"第一\\\"課\"" c.yaml'
row 5 'how many' says c.yaml "^files: $(wc -l <files)\$"
row 6 'how much' says c.yaml "^bytes: $(find kept -type f -exec cat {} + | wc -c)\$"
row 7 'each file' test "$(sed -n 's/^  - path: "\(.*\)"/\1/p' c.yaml | sort)" = "$(cat files)"
row 8 'each digest' test "$(sed -n 's/^    sha256: //p' c.yaml | sort)" = "$(find kept -type f -exec sha256sum {} + | cut -d' ' -f1 | sort)"
row 9 'the certificate is the owner'"'"'s' test "$(stat -c %a c.yaml)" = 600
row 10 'nothing is left beside it' test ! -e c.yaml.part

quiet press extract job.yaml -o given
cp given/print.csv opened.csv
row 11 'an extraction and a copy that lay elsewhere' refuse 0 purge given opened.csv --certificate c2.yaml
row 12 '... gone' test ! -e given -a ! -e opened.csv
row 13 '... the insurer'"'"'s part too' says c2.yaml 'given/insurer/members.csv'
row 14 '... the date is left open' says c2.yaml '^date: ""$'

again() { rm -rf out && cp -R kept out; }
again
mkdir plain && echo x >plain/a.csv
row 20 'a folder that no run made' refuse 2 purge plain --certificate no.yaml
row 21 '... is kept' test -e plain/a.csv
echo x >out/letter.odt
row 22 'a strange file' refuse 2 purge out --certificate no.yaml
row 23 '... nothing removed' test "$(find out -type f | wc -l)" = "$(($(wc -l <files) + 1))"
again
ln -s ../members.csv out/x.csv
row 24 'a link' refuse 2 purge out --certificate no.yaml
row 25 '... what it leads to is kept' test -e members.csv -a -e out/x.csv
again
row 26 'a certificate inside' refuse 2 purge out --certificate out/c.yaml
echo x >no.yaml
row 27 'a certificate that is there' refuse 5 purge out --certificate no.yaml
rm no.yaml
row 28 'no date' refuse 2 purge out --certificate no.yaml --date soon
row 29 'a folder that is not there' refuse 2 purge gone --certificate no.yaml
ln -s out link
for path in link link/; do
    row 28 "a link to a folder, $path" refuse 2 purge "$path" --certificate no.yaml
    row 28 '... told' says stderr '\[9756\]'
done
ln -s members.csv link.csv
row 28 'a link to a file' refuse 2 purge link.csv --certificate no.yaml
mkfifo pipe.csv
row 28 'a pipe' refuse 2 purge pipe.csv --certificate no.yaml
for second in out ./out out/report.json; do
    row 29 "one path twice, $second" refuse 2 purge out "$second" --certificate no.yaml
    row 29 '... told' says stderr '\[9757\]'
done
row 30 'one of two is wrong: neither goes' refuse 2 purge out plain --certificate no.yaml
row 31 '...' test -e out/manifest.csv -a ! -e no.yaml

# a file that cannot be removed: the faults build, at the second one
events() { OSHIRASE_EVENTS=$work/events "$build/faults/oshirase" purge out --certificate all.yaml >stdout 2>stderr; }
stuck() { OSHIRASE_FAULT=eio@$at "$build/faults/oshirase" purge out --certificate part.yaml >stdout 2>stderr; }
row 40 'events' events
at=$(grep unlink events | sed -n '2s/ .*//p')
again
row 41 'a file that stays' refuse 5 stuck
row 42 '... told' says stderr '\[9752\]'
row 43 '... it is there' test "$(find out -type f | wc -l)" -ge 1
row 44 '... the certificate names what is gone' test "$(sed -n '/^removed:/,/^remaining:/s/^  - path: "\(.*\)"/\1/p' part.yaml | while read -r f; do [ ! -e "$f" ] && echo gone; done | wc -l)" = "$(sed -n 's/^files: //p' part.yaml)"
row 45 '... and what remains' test "$(sed -n '/^remaining:/,$s/^  - path: "\(.*\)"/\1/p' part.yaml | sort)" = "$(find out -type f | sort)"
row 46 '... once more' refuse 0 purge out --certificate rest.yaml
row 47 '... now all is gone' test ! -e out
row 48 '... both certificates are all of it' test "$(cat part.yaml rest.yaml | sed -n '/^removed:/,/^remaining:/s/^  - path: //p' | sort)" = "$(sed -n 's/^  - path: //p' all.yaml | sort)"
finish
