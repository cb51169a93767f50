#!/bin/sh
# Faults of the job and its data: exit 2, nothing written, file and line where there is one.
. "$(dirname "$0")/../tools/case.sh"
. "$root/tests/tools/jobs.sh"
{ head_row; person 001 '架空 太郎'; } >members.csv
number() { # of a message, by its name
    sed -n "s/^MESSAGE(\\([0-9]*\\), $1,.*/\\1/p" "$root/engine/base/messages.def"
}
bad() { # NUMBER TITLE PATTERN-in-stderr [LINE ...]: lines added to a good job
    bad_row=$1 bad_title=$2 bad_pattern=$3
    shift 3
    write_job job.yaml members.csv "$@"
    refused "$bad_row" "$bad_title" "$bad_pattern"
}
refused() {
    rm -rf out
    row "$1" "$2" refuse 2 press print job.yaml -o out
    row "$1" "$2: said" says stderr "$3"
    row "$1" "$2: nothing written" test ! -e out
}
bad 1 'unknown key' 'job.yaml:15:.*colour' 'colour: red'
bad 2 'unknown key in a group' 'job.yaml:15:.*output' 'output: { lots: 3 }'
bad 3 'wrong type' 'job.yaml:15:.*output.lot_letters' 'output: { lot_letters: many }'
bad 4 'out of range' 'job.yaml:15:.*output.lot_letters' 'output: { lot_letters: 0 }'
bad 5 'a pattern of no form' 'job.yaml:15:.*piece.pattern' 'piece: { pattern: { "9": 1 } }'
bad 6 'voice' 'job.yaml:15:.*voice.kind' 'voice: { kind: parrot }'
bad 7 'order' 'job.yaml:15:.*output.order' 'output: { order: alphabet }'
bad 8 'pieces' 'job.yaml:15:.*piece.by' 'piece: { by: street }'
write_job job.yaml members.csv 'mail: { customer_barcode: false, class: none, tracking: { first: "560-00-00000", count: 1000 } }' \
    'voice: { kind: none, size: M, symbols: codes }' 'piece: { by: person, max_sheets: 4 }' 'output: { order: input }'
row 9 'keys of later features are taken while off' refuse 0 press print job.yaml -o off
write_job job.yaml members.csv && sed -i 's/  as_of: .*/  as_of: 2024-02-30/' job.yaml
refused 10 'impossible date' 'job.yaml:11:.*notice.as_of'
write_job job.yaml members.csv && sed -i '/  issued:/d' job.yaml
refused 11 'a missing key' 'notice.issued'
write_job job.yaml members.csv && sed -i 's/kind: kenpo/kind: hoken/' job.yaml
refused 12 'unknown choice' 'job.yaml:3:.*insurer.kind'
write_job job.yaml members.csv && sed -i 's/form: "1"/form: nothing/' job.yaml
refused 13 'a form that is nowhere' '\[9507\]'
write_job job.yaml members.csv && sed -i 's/edition: .*/edition: 1999-01/' job.yaml
refused 14 'an edition that is nowhere' '\[9507\]'
write_job job.yaml members.csv && sed -i 's/form: "1"/&\n  layout: nothing/' job.yaml
refused 15 'a layout that is nowhere' '\[9507\]'
printf 'job: [\n' >job.yaml
refused 16 'no YAML' '\[1020\]'
rm job.yaml
refused 17 'no job' '\[1009\]'
write_job job.yaml members.csv 'colour: red' 'shape: round'
press check job.yaml
row 18 'check shows all problems, not only the first' test "$(grep -c 'job.yaml:1[56]:' stdout)" = 2
for i in $(seq 60); do echo "colour$i: red"; done >>job.yaml
press check job.yaml
row 180 '... up to 64' test "$(grep -c 'job.yaml:' stdout)" = 62
for i in $(seq 40); do echo "shape$i: round"; done >>job.yaml
row 181 '... and of more the number' refuse 2 press check job.yaml
row 182 '... said' says stdout '^38 more problems .*\[2030\]'
row 183 '... by print too' refuse 2 press print job.yaml -o out
row 184 '... said' says stderr '38 more problems .*\[2030\]'
write_job job.yaml members.csv 'images: { logo: nothing.png }'
refused 19 'an image that is not there' '\[1009\]'
printf 'not an image' >logo.png
write_job job.yaml members.csv 'images: { logo: logo.png }'
refused 20 'a file that is no image' 'logo'
printf '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>' >seal.svg
write_job job.yaml members.csv 'images: { seal: seal.svg, sael: seal.svg }'
row 70 'an image that no layout shows is a warning' refuse 0 press check job.yaml
row 71 '... that names it' says stdout 'job.yaml:15: sael.*\[6532\]'
row 72 '... and no other' test "$(grep -c '6532' stdout)" = 1
write_job job.yaml members.csv && sed -i 's/  name: .*/&関東甲信越電子部品製造販売業第一支部/; s/  office: .*/  office: 加入者業務本部資格適用課資格情報管理第一担当班/' job.yaml
row 73 'long names of insurer and office: the contact goes on two lines' refuse 0 press preview job.yaml --id 001 -o contact.txt
row 74 '... of small type' test "$(grep -c ' 9pt .*\(お問い合わせ先\|電話\)' contact.txt)" = 2
write_job job.yaml members.csv && sed -i 's/number: .*/number: "06139993"/' job.yaml
row 21 'a wrong check digit of the insurer is a warning' refuse 0 press print job.yaml -o warned
row 22 '... said' says stderr '\[2018\]'
row 23 '... and in the report' says warned/report.json 'insurer-number'

# the job's own data: what stands beside the job goes first
write_job job.yaml members.csv
mkdir -p templates/2024-01 layouts/2024-01/1
cp "$root/templates/2024-01/1.yaml" templates/2024-01/
cp "$root/layouts/2024-01/1/standard.yaml" layouts/2024-01/1/
row 30 'a copy of the data beside the job' refuse 0 press print job.yaml -o copied
sed -i 's/^\(  value_name:.*\){name}/\1{nickname}/' templates/2024-01/1.yaml
refused 31 'a field that does not exist' '1.yaml:[0-9]+:.*nickname'
cp "$root/templates/2024-01/1.yaml" templates/2024-01/
sed -i 's/^frames:.*/&\n  - { part: title, font: gothic, size: 10, leading: 12, x: 20, y: 45, w: 170, h: 8 }/' layouts/2024-01/1/standard.yaml
refused 32 'frames that overlap' 'standard.yaml:[0-9]+:.*title'
cp "$root/layouts/2024-01/1/standard.yaml" layouts/2024-01/1/
sed -i 's/^frames:.*/&\n  - { part: title, font: gothic, size: 10, leading: 12, x: 190, y: 292, w: 40, h: 8 }/' layouts/2024-01/1/standard.yaml
refused 33 'a frame that leaves the page' 'standard.yaml:[0-9]+:.*title'
cp "$root/layouts/2024-01/1/standard.yaml" layouts/2024-01/1/
sed -i 's/^frames:.*/&\n  - { part: nopart, font: gothic, size: 10, leading: 12, x: 20, y: 12, w: 4, h: 4 }/' layouts/2024-01/1/standard.yaml
refused 34 'a part that the template lacks' 'nopart'
cp "$root/layouts/2024-01/1/standard.yaml" layouts/2024-01/1/

# a form of one's own: a copy under another name
mkdir -p layouts/2024-01/mine
cp "$root/layouts/2024-01/1/standard.yaml" layouts/2024-01/mine/
cp "$root/templates/2024-01/1.yaml" templates/2024-01/mine.yaml
write_job job.yaml members.csv && sed -i 's/form: "1"/form: mine/' job.yaml
refused 35 'a template that says it is another form' 'mine.yaml: 1: .*\[5012\]'
sed -i 's/^form: .*/form: mine/' templates/2024-01/mine.yaml
row 36 'a form of one'"'"'s own' refuse 0 press print job.yaml -o mine
row 37 '... is named in the manifest' test "$(sed -n 2p mine/manifest.csv | cut -d, -f7)" = mine
row 38 '... and the letter is the same' test "$(sed -n 2p mine/manifest.csv | cut -d, -f10)" = \
    "$(sed -n 2p copied/manifest.csv | cut -d, -f10)"
write_job job.yaml members.csv
rm -rf templates layouts

# fonts
mkdir fonts && cp "$root"/fonts/fonts.* fonts/
row 40 'a copy of the font list beside the job' refuse 0 press print job.yaml -o fontcopy
row 41 '... the same bytes' diff -r copied/manifest.csv fontcopy/manifest.csv
sed -i 's/sha256: ./sha256: 0/' fonts/fonts.yaml
refused 42 'another digest' '\[7002\]'
row 43 '... says how to pin' says stderr 'sha256'
cp "$root"/fonts/fonts.yaml fonts/ && sed -i 's/BIZUDMincho-Regular.ttf/NoSuchFont.ttf/' fonts/fonts.yaml
refused 44 'a font that is not installed' '\[7001\]'
row 45 '... names the package' says stderr 'fonts-morisawa-bizud-mincho'
rm -rf fonts

# usage
row 50 'no command' refuse 2 "$oshirase"
row 51 'unknown command' refuse 2 "$oshirase" fly
row 52 'unknown option' refuse 2 press print job.yaml -o out --fast
row 53 'no output' refuse 2 press print job.yaml
row 54 'barcode wants its words' refuse 2 press barcode customer
row 55 '... all of them' refuse 2 press barcode tracking
row 56 '--workers takes a number' refuse 2 press print job.yaml -o out --workers many
row 57 '... from 1' refuse 2 press print job.yaml -o out --workers 0
row 58 '--workers 1 is fine' refuse 0 press print job.yaml -o one --workers 1
row 64 '--shard is K/N' refuse 2 press print job.yaml -o out --shard 3/2
row 65 '... both of them' refuse 2 press print job.yaml -o out --shard 1
row 59 'help' sh -c "'$oshirase' --help | grep -q 'oshirase print'"
row 63 'help behind a command' sh -c "'$oshirase' print --help | grep -q 'oshirase print'"
row 60 'version' sh -c "'$oshirase' --version | grep -qE '^oshirase [0-9.]+$'"
row 61 'a full stdout is an I/O error' sh -c "'$oshirase' --help >/dev/full 2>/dev/null; test \$? = 5"
row 62 'a word that looks like a number is not repeated' sh -c "'$oshirase' print 123456789018 -x 123456789018 2>words; ! grep -q 1234 words"
finish
