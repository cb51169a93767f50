#!/bin/sh
# The boundary: seals of the rows, the delivery note, role: vendor, sealed files (CMS), the walk from insurer to vendor.
. "$(dirname "$0")/../tools/case.sh"
. "$root/tests/tools/jobs.sh"
insured() { awk -v count="$1" -v seed="${2:-7}" -f "$root/tests/tools/insured.awk"; }
key() { head -c 32 /dev/urandom >"$1" && chmod 600 "$1"; }
key shared.key
key secret.key
job() { # FILE CSV [LINE ...]
    write_job "$@" 'seal: { key: shared.key }'
    sed -i 's/form: "1"/form: official/' "$1"
}
insured 60 >members.csv
job job.yaml members.csv
quiet press extract job.yaml -o out
cp shared.key secret.key out
row 1 'the vendor'"'"'s job as it was made' refuse 0 press check out/vendor.job.yaml
row 2 '... prints' refuse 0 press print out/vendor.job.yaml -o lots
row 3 '... everybody in the file' test "$(wc -l <lots/manifest.csv)" = "$(wc -l <out/print.csv)"
row 4 '... in the decided forms' sh -c '[ "$(sed 1d lots/manifest.csv | cut -d, -f7 | sort | uniq -c | tr -s " ")" = \
    "$(sed 1d out/print.csv | cut -d, -f15 | sort | uniq -c | tr -s " ")" ]'
row 5 'nobody protected is at the vendor'"'"'s' sh -c '! grep -rqaE "A00[1-6]0" lots'
row 6 '... nor counted' says lots/report.json '"protected": 0'

# -- rows --
cp -R out v
edit() { # NUMBER TITLE PATTERN AWK: the print file edited; exit 2, PATTERN in the words
    awk -F, "BEGIN { OFS = \",\" } $4" out/print.csv >v/print.csv
    row "$1" "$2" refuse 2 press check v/vendor.job.yaml
    row "$1" "... told" says stdout "$3"
}
edit 10 'a changed cell' 'row 5: .*\[4033\]' 'NR == 5 { $6 = "別人 花子" } { print }'
row 11 '... the others are good' test "$(grep -c 4033 stdout)" = 1
edit 12 'two cells of a row exchanged' 'row 5: .*\[4033\]' 'NR == 5 { t = $6; $6 = $7; $7 = t } { print }'
awk -F, 'BEGIN { OFS = "," } NR == FNR { four[NR] = $13; next } FNR == 6 { $13 = four[7] } FNR == 7 { $13 = four[6] } { print }' \
    out/print.csv out/print.csv >v/print.csv
row 14 'last 4 of two people exchanged' refuse 2 press check v/vendor.job.yaml
row 15 '... both rows are named' test "$(grep -c 4033 stdout)" = 2
edit 16 'two columns exchanged, header too' 'row 2: .*\[4033\]' '{ t = $6; $6 = $7; $7 = t; print }'
row 17 '... row by row' test "$(grep -c 4033 stdout)" = "$(($(wc -l <out/print.csv) - 1))"
edit 18 'two columns exchanged, header not' 'row 2: .*\[4033\]' 'NR > 1 { t = $6; $6 = $7; $7 = t } { print }'
edit 19 'a header renamed' '4033' 'NR == 1 { sub("枝番", "枝番 号") } { print }'
edit 20 'a column shifted down by one row' 'row 3: .*\[4033\]' 'NR > 1 { t = $6; if (NR > 2) $6 = last; last = t } { print }'
edit 21 'a row dropped' 'row 8: rows are missing before this one.*\[4035\]' 'NR != 8 { print }'
row 22 '... and nothing else is wrong with the rows' test "$(grep -c '\[403[0-9]\]' stdout)" = 1
edit 23 'the last row dropped' '4037' '{ if (NR > 1) print last; last = $0 }'
edit 24 'a row twice' 'row 9: row stands in the wrong place.*\[4036\]' '{ print } NR == 8 { print }'
edit 25 'two rows exchanged' 'row 6: .*\[4036\]' 'NR == 5 { kept = $0; next } { print } NR == 6 { print kept }'
edit 26 'a row without a seal added' 'row 4: .*\[4032\]' '{ print } NR == 3 { $1 = "A9999"; $16 = ""; print }'
edit 27 'a seal copied to another row' 'row 4: .*\[4033\]' '{ print } NR == 3 { $1 = "A9999"; print }'
edit 28 'a leading zero lost' '4033' 'NR > 1 { sub(/^00$/, "0", $5) } { print }'
sed 's/,[^,]*$//' out/print.csv >v/print.csv
row 29 'the column of seals gone' refuse 2 press check v/vendor.job.yaml
row 30 '... told' says stdout '4030'
insured 60 8 >other.csv
job other.yaml other.csv
quiet press extract other.yaml -o other
{ head -n 10 out/print.csv; tail -n +11 other/print.csv; } >v/print.csv
row 31 'two extractions mixed' refuse 2 press check v/vendor.job.yaml
row 32 '... told' says stdout 'row 11: row comes from another print file.*\[4034\]'
{ cat out/print.csv; echo '"'; } >v/print.csv
row 33 'a broken row' refuse 2 press print v/vendor.job.yaml -o no
awk 'BEGIN { ORS = "\r\n" } { print }' out/print.csv | sed 's/,本人,/,"本人",/' >v/print.csv
sed -i '/note:/d; s/^role: vendor/role: insurer/' v/vendor.job.yaml
sed -i '1a protection: { empty: hold }' v/vendor.job.yaml
row 34 'other quotes and line ends: the seals hold' sh -c "'$oshirase' check v/vendor.job.yaml --data '$root' >s 2>&1; ! grep -q '\[403' s"
cp out/vendor.job.yaml v
key v/shared.key
cp out/print.csv v
row 35 'another key' refuse 2 press check v/vendor.job.yaml
row 36 '... told' says stdout '4033'
cp shared.key v
row 37 'nothing was printed of any' test ! -e no
row 38 'no value in any word' sh -c '! grep -q "別人" stdout stderr'
row 39 'preview refuses as print does' sh -c "sed -i '5s/本人/家族/' v/print.csv; '$oshirase' preview v/vendor.job.yaml --id A0001 -o p.txt --data '$root' 2>s; [ \$? = 2 ] && [ ! -e p.txt ]"
cp out/print.csv v
row 40 'preview shows one letter' refuse 0 press preview out/vendor.job.yaml --id A0001 -o one.pdf
row 41 '... never several at a time' refuse 2 press preview out/vendor.job.yaml --id A0001 --id A0003 -o two.pdf
row 42 '... told' says stderr '--id: .*\[9760\]'
row 43 '... nothing drawn' test ! -e two.pdf

# -- the note --
note() { # NUMBER TITLE PATTERN SED
    sed "$4" out/delivery-note.yaml >v/delivery-note.yaml
    row "$1" "$2" refuse 2 press check v/vendor.job.yaml
    row "$1" '... told' says stdout "$3"
}
note 50 'a note that was changed' '9711' 's/^extracted: .*/extracted: 2024-10-02/'
note 51 'a note without its seal' '9711' '/^seal/d'
note 52 'a note with something behind it' '9711' '$a x: 1'
cp other/delivery-note.yaml v
row 53 'the note of another extraction' refuse 2 press check v/vendor.job.yaml
row 54 '... told' says stdout '97(12|14)'
cp out/delivery-note.yaml v
sed 's/as_of: 2024-09-10/as_of: 2024-09-11/' out/vendor.job.yaml >v/vendor.job.yaml
row 55 'another 基準日' refuse 2 press check v/vendor.job.yaml
row 56 '... told' says stdout 'as_of.*\[9715\]'
row 57 'the sheet says the same' sh -c 'pdftotext -layout out/delivery-note.pdf - | grep -q "$(sed -n "s/^id: //p" out/delivery-note.yaml)"'
row 58 'and is a good PDF' quiet qpdf --check out/delivery-note.pdf

# -- role: vendor --
vendor() { # NUMBER TITLE PATTERN SED
    sed "$4" out/vendor.job.yaml >v/vendor.job.yaml
    row "$1" "$2" refuse 2 press check v/vendor.job.yaml
    row "$1" '... told' says stdout "$3"
}
vendor 60 'no seal' 'seal.key.*\[4041\]' '/^seal:/,+1d'
vendor 61 'no note' 'input.note.*\[4041\]' '/note:/d'
vendor 62 'no secret' 'secret.*\[4041\]' '/^secret:/d'
vendor 63 'the official table' '4042' 's/form: column/form: official/'
cp out/vendor.job.yaml v
for column in 個人番号 マイナンバー 不開示該当 自己情報提供不可 住所一致 総合判定 登録日 要配慮者; do
    awk -v c="$column" '{ print $0 "," (NR == 1 ? c : "") }' out/print.csv >v/print.csv
    row 64 "a column $column" refuse 2 press check v/vendor.job.yaml
    row 65 "... $column told" says stdout 'column #17.*\[4040\]'
done
cp out/print.csv v
row 66 'extraction is the insurer'"'"'s' refuse 2 press extract v/vendor.job.yaml -o no

# -- sealed files --
cert() { # NAME [OPTION ...]
    cert_name=$1
    shift
    quiet openssl req -x509 -newkey rsa:2048 -nodes -keyout "$cert_name.key" -out "$cert_name.pem" -subj "/CN=$cert_name" "$@"
}
cert vendor -days 30
cert second -days 30
cert insurer -days 30
cert stranger -days 30
quiet openssl req -new -newkey rsa:2048 -nodes -keyout old.key -out old.csr -subj /CN=old
mkdir ca && : >ca/index && echo 01 >ca/serial
printf '[ca]\ndefault_ca=a\n[a]\ndatabase=ca/index\nserial=ca/serial\nnew_certs_dir=ca\ndefault_md=sha256\npolicy=p\n[p]\ncommonName=supplied\n' >ca.cnf
quiet openssl ca -batch -config ca.cnf -selfsign -keyfile old.key -in old.csr -out old.pem -startdate 20200101000000Z -enddate 20210101000000Z -notext
row 80 'sealed for two, signed' refuse 3 press extract job.yaml -o sealed --seal vendor.pem --seal second.pem --sign insurer.key --sign-cert insurer.pem
row 81 'no clear copy' test ! -e sealed/print.csv
row 82 '... nothing of it readable' sh -c '! grep -qa A0001 sealed/print.csv.cms'
cp shared.key secret.key sealed
cp vendor.key sealed/recipient-key.pem
cp insurer.pem sealed/insurer-cert.pem
row 83 'the recipient prints it' refuse 0 press print sealed/vendor.job.yaml -o sealedlots
row 84 '... the same lots' sh -c 'cmp lots/lot-000001.pdf sealedlots/lot-000001.pdf && cmp lots/manifest.csv sealedlots/manifest.csv'
row 85 'the other recipient too' sh -c "cp second.key sealed/recipient-key.pem; '$oshirase' check sealed/vendor.job.yaml --data '$root' --quiet"
row 86 'nothing in the clear on the disk' sh -c '! grep -rlqa A0001 sealed'
cms() { # NUMBER TITLE PATTERN
    row "$1" "$2" refuse 2 press check sealed/vendor.job.yaml
    row "$1" '... told' says stdout "$3"
}
cp stranger.key sealed/recipient-key.pem
cms 87 'a stranger'"'"'s key' '9724'
sed 's/^  key: recipient.*/&\n  cert: cert.pem/' sealed/vendor.job.yaml >sealed/j && cp sealed/vendor.job.yaml kept && cp sealed/j sealed/vendor.job.yaml
cp stranger.pem sealed/cert.pem
cms 88 'a stranger'"'"'s key and certificate' '9723'
cp vendor.key sealed/recipient-key.pem
cms 89 'key and certificate of two' '9728'
cp vendor.pem sealed/cert.pem
row 90 'with the certificate' refuse 0 press check sealed/vendor.job.yaml
cp kept sealed/vendor.job.yaml
cp sealed/print.csv.cms good.cms
size=$(wc -c <good.cms)
for at in 40 $((size / 3)) $((size / 2)) $((size - 20)); do
    cp good.cms sealed/print.csv.cms
    byte=$(dd if=good.cms bs=1 skip=$at count=1 2>/dev/null | od -An -tu1)
    printf "\\$(printf %o $((byte ^ 4)))" | dd of=sealed/print.csv.cms bs=1 seek=$at conv=notrunc 2>/dev/null
    cms 91 "a byte changed at $at of $size" '972[0-9]'
done
head -c $((size - 100)) good.cms >sealed/print.csv.cms
cms 92 'cut off' '9720'
cp good.cms sealed/print.csv.cms
cp stranger.pem sealed/insurer-cert.pem
cms 93 'signed by somebody else' '9726'
cp old.pem sealed/insurer-cert.pem
cms 94 'an expired signer' '9722'
cp insurer.pem sealed/insurer-cert.pem
sed -i '/signer:/d' sealed/vendor.job.yaml
cms 95 'signed, and nobody named' '9727'
sed -i '/^  key: recipient/d' sealed/vendor.job.yaml
cms 96 'no key' '9730'
row 97 'sealing for an expired certificate' refuse 2 press extract job.yaml -o no --seal old.pem
row 98 '... told' says stderr 'old.pem: .*\[9722\]'
row 99 'sealing for what is no certificate' refuse 2 press extract job.yaml -o no --seal job.yaml
row 100 'signing with the key of another' refuse 2 press extract job.yaml -o no --seal vendor.pem --sign stranger.key --sign-cert insurer.pem
row 101 'nothing is left of them' test ! -e no

# both ends with openssl
row 110 'openssl opens what we sealed' quiet openssl cms -decrypt -binary -inform DER -in good.cms -inkey vendor.key -recip vendor.pem -out signed.der
row 111 '... and proves who signed' quiet openssl cms -verify -binary -inform DER -in signed.der -CAfile insurer.pem -purpose any -out plain.csv
row 112 '... it is the print file' same plain.csv out/print.csv
cp kept sealed/vendor.job.yaml
for cipher in aes-256-gcm aes-256-cbc; do
    quiet openssl cms -encrypt -binary -$cipher -outform DER -in signed.der -out sealed/print.csv.cms vendor.pem
    row 113 "we open what openssl sealed ($cipher)" refuse 0 press check sealed/vendor.job.yaml
done
quiet openssl cms -encrypt -binary -aes-256-gcm -outform DER -in plain.csv -out sealed/print.csv.cms vendor.pem
cms 114 'unsigned, and a signer is named' '9725'
sed -i '/signer:/d' sealed/vendor.job.yaml
row 115 'unsigned, and none is named' refuse 0 press check sealed/vendor.job.yaml
cp plain.csv sealed/print.csv.cms
cms 116 'a clear file in the place of a sealed one' '9720'
finish
