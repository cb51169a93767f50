#!/bin/sh
# The walk from insurer to vendor as VENDOR.md has it: its first block of commands, line by line, with the installed
# program; then everything that the vendor holds is searched for what must not be there.
. "$(dirname "$0")/../tools/case.sh"
. "$root/tests/tools/jobs.sh"
row 1 'installed' quiet make -C "$root" BUILD="$build" DESTDIR="$work/stage" PREFIX=/opt/press install-files
PATH=$work/stage/opt/press/bin:$PATH
export PATH
awk '/^```/ { block++; next } block == 1 && !/^ *(#|$)/' "$root/VENDOR.md" >commands
row 2 'the commands of the text' test "$(grep -c '^oshirase ' commands)" = 6
row 3 '... end with verify' test "$(tail -n 1 commands | cut -d' ' -f1,2)" = 'oshirase verify'

# nobody is held: an insurer's file of people who are printed, and protected ones
mkdir walk
awk -v count=120 -v seed=7 -f "$root/tests/tools/insured.awk" |
    awk -F, 'NR == 1 || ((NR - 1) % 10 != 1 && (NR - 1) % 10 != 2 && (NR - 1) % 17 && (NR - 1) % 19)' >walk/members.csv
write_job walk/job.yaml members.csv 'seal: { key: shared.key }'
sed -i 's/form: "1"/form: official/' walk/job.yaml
cd walk || exit 1
number=10
while IFS= read -r command; do
    eval "$command" >>"$work/words" 2>&1 </dev/null
    row $number "$command" test $? = 0
    number=$((number + 1))
done <"$work/commands"
cd "$work" || exit 1

# the copy: with what the vendor can open, and what the letters show
mkdir copy
cp -R walk/vendor copy
cp words copy
quiet openssl cms -decrypt -binary -inform DER -in walk/given/print.csv.cms -inkey walk/vendor.key -recip walk/vendor.pem -out signed.der
quiet openssl cms -verify -binary -inform DER -in signed.der -CAfile walk/insurer.pem -purpose any -out copy/print.csv
for file in $(find copy -name '*.pdf'); do
    pdftotext "$file" "$file.txt"
    qpdf --qdf --object-streams=disable "$file" "$file.qdf"
done
members=walk/members.csv
awk -F, 'NR > 1 { print $12 }' $members >numbers
awk -F, '$13 == 1 { print $1 }' $members >ids
awk -F, '$13 == 1 { print $6; print $16 }' $members | sort -u >protected
sed 1d walk/vendor/lots/manifest.csv | cut -d, -f6 | sort >printed
awk -F, 'NR > 1 && $13 != 1 { print $1 }' $members | sort >others
row 40 'everybody else is printed' same printed others
row 41 'with their last four' sh -c 'grep -rq "$(sed -n 2p copy/print.csv | cut -d, -f13)" copy/vendor/lots --include="*.pdf.txt"'
row 42 'numbers and protected people were looked for' test "$(wc -l <numbers)" -gt 80 -a "$(wc -l <protected)" -gt 20
row 43 'no My Number' sh -c '! grep -rqaFf numbers copy'
row 44 'nobody protected' sh -c '! grep -rqaFf protected copy'
row 44 '... under no id' sh -c '! grep -rqaFf ids copy --exclude="*.pdf" --exclude="*.qdf" --exclude="*.cms"'
row 45 'no flag, no result of a comparison, no register' sh -c \
    '! grep -rqaE "不開示|自己情報提供|一致|複数資格|保険者確認|未照会|登録日|世帯番号|個人番号提出|秘密" copy/print.csv copy/vendor/*.yaml copy/vendor/*.pdf.txt copy/vendor/lots/*.csv copy/vendor/lots/ledger'
row 46 'nothing of the print file in the clear beside it' sh -c '! grep -rlqaF "$(sed -n 2p copy/print.csv | cut -d, -f6)" copy/vendor --include="*.y*" --include="*.c*" --include="*.json" --include=words'
row 47 'the insurer has the protected ones' test "$(cut -d, -f1 walk/given/insurer/members.csv | sed 1d | tr '\n' ' ')" = \
    "$(awk -F, '$13 == 1 { printf "%s ", $1 }' $members)"
finish
