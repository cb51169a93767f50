#!/bin/sh
# oshirase join: the shares of a run become, byte for byte, what the run without shares makes; every share once, all of
# one run. SEED and COUNT: random jobs, and kills at that many events.
. "$(dirname "$0")/../tools/case.sh"
. "$root/tests/tools/jobs.sh"
. "$root/tests/tools/mail-jobs.sh"
seed=${SEED:-1}
kills=${COUNT:-5}

insured() { # HOW-MANY: some held, some protected, some at the counter
    head_row | sed 's/$/,配布区分/'
    for n in $(seq 1 "$1"); do
        person "$(printf '%03d' "$n")" "架空 $(printf '%02d' "$n")子"
    done | awk -F, -v OFS=, '{ if (NR % 17 == 0) $11 = 1; if (NR % 23 == 0) $9 = "x"
        print $0, (NR % 3 == 0 ? "窓口交付" : "") }'
}
print() { press print "$@" --quiet --workers 1; }
shares() { # JOB N NAME: NAME1 .. NAMEN and their protected places
    for k in $(seq 1 "$2"); do
        print "$1" -o "$3$k" --protected-out "$3$k-p" --shard "$k/$2"
        case $? in 0 | 3) ;; *) return 1 ;; esac
    done
}
joined() { # N NAME [ARGUMENT ...]: the shares as OUT and HIDDEN, last share first
    joined_n=$1 joined_name=$2
    shift 2
    for k in $(seq 1 "$joined_n"); do set -- "$joined_name$k" "$@" --protected "$joined_name$k-p"; done
    "$oshirase" join "$@" -o OUT --protected-out HIDDEN >stdout 2>stderr
}
tree() { diff -r whole OUT && diff -r whole-p HIDDEN; }
clear() { rm -rf OUT HIDDEN; }

insured 100 >members.csv
write_job job.yaml members.csv 'output: { lot_letters: 8 }'
row 1 'the whole run' refuse 3 print job.yaml -o whole --protected-out whole-p
row 2 'three shares' shares job.yaml 3 s
row 3 'join' joined 3 s
row 4 'every byte of both places' tree
row 5 'says what there is' says stderr '^3 shares: 100 records, 96 letters, 96 pieces, 96 sheets in 13 lots$'
row 6 'again: nothing to do' joined 3 s
row 7 '... and it says so' says stderr '\[9538\]'
one() { clear && shares job.yaml 1 one && joined 1 one && tree; }
row 9 'a single share is the whole' one
many() { clear && shares job.yaml 20 many && joined 20 many && tree; }
row 10 'more shares than lots: empty ones join too' many
row 11 'the result verifies' refuse 0 press verify OUT --job job.yaml
row 12 '... also the protected place' refuse 0 press verify HIDDEN --protected
row 13 'modes are those of a run' test "$(stat -c %a OUT/manifest.csv OUT/lot-000001.pdf HIDDEN | paste -sd,)" = 600,600,700
row 14 'the shares are left as they were' refuse 0 press verify s1

# -- what is refused leaves nothing --
none() { # CODE NUMBER ARGUMENT ...
    none_code=$1 none_number=$2
    shift 2
    clear
    refuse "$none_code" quiet_join "$@" && says stderr "\\[$none_number\\]" &&
        test ! -e OUT/manifest.csv && test ! -e HIDDEN/manifest.csv
}
quiet_join() { "$oshirase" join "$@" -o OUT >stdout 2>stderr; }
all_p="--protected s1-p --protected s2-p --protected s3-p --protected-out HIDDEN"
row 20 'a share is missing' none 2 9688 s1 s3 --protected s1-p --protected s3-p --protected-out HIDDEN
row 21 '... the last one' none 2 9688 s1 s2 --protected s1-p --protected s2-p --protected-out HIDDEN
row 22 'a share twice' none 2 9687 s1 s2 s2 $all_p
row 23 'one too many' none 2 9687 s1 s2 s3 s1 $all_p
row 24 'no share at all' none 2 9685 whole
row 25 '... among shares' none 2 9685 s1 s2 whole $all_p
mkdir empty
row 26 'not a folder of ours' none 2 9685 empty
row 27 'a protected place is missing' none 2 9691 s1 s2 s3 --protected s1-p --protected s2-p --protected-out HIDDEN
row 28 '... all of them' none 2 9691 s1 s2 s3
row 29 'no place for them' none 2 9691 s1 s2 s3 --protected s1-p
row 30 'a protected place twice' none 2 9687 s1 s2 s3 $all_p --protected s3-p
print job.yaml -o two2 --protected-out two2-p --shard 2/2
row 32 'another N' none 2 9686 s1 two2 s3 $all_p
sed 's/issued: 2024-10-01/issued: 2024-10-02/' job.yaml >other.yaml
print other.yaml -o other2 --protected-out other2-p --shard 2/3
row 33 'another job' none 2 9686 s1 other2 s3 $all_p
row 34 '... by name' says stderr 'job_digest'
sed '5s/架空/仮空/' members.csv >changed.csv
print job.yaml -o input2 --protected-out input2-p --shard 2/3 --input changed.csv
row 35 'another input' none 2 9686 s1 input2 s3 $all_p
row 36 '... by name' says stderr 'input_digest'
mkdir -p s1/in
row 37 'the output inside a share' refuse 2 "$oshirase" join s1 s2 s3 -o s1/in/OUT $all_p
rmdir s1/in
spoiled() { # CODE NUMBER COMMAND: s2 spoiled by it
    rm -rf bad
    cp -R s2 bad
    sh -c "cd bad && $3"
    none "$1" "$2" s1 bad s3 --protected s1-p --protected s2-p --protected s3-p --protected-out HIDDEN
}
row 40 'an unfinished share' spoiled 2 9685 'rm manifest.csv'
row 41 'a changed manifest' spoiled 6 9622 "sed -i '2s/,employer,/,counter,/' manifest.csv"
row 42 'a changed ledger' spoiled 6 9056 "sed -i '3s/letters=8/letters=7/' ledger"
row 43 'a lot gone' spoiled 6 9617 'rm lot-000006.pdf'
row 44 'a lot changed' spoiled 6 9619 "printf x | dd of=lot-000006.pdf bs=1 seek=700 conv=notrunc 2>/dev/null"
row 45 'a file of nobody' spoiled 2 9693 'echo >cover.pdf'
row 46 'a report of another kind' spoiled 2 9685 'echo "{}" >report.json'
row 47 'a total changed' spoiled 6 9638 "sed -i 's/\"held\": [0-9]*/\"held\": 7/' report.json"
row 48 'a link for a table' spoiled 2 9693 'rm holds.csv; ln -s records.csv holds.csv'
row 49 'a table without its head' spoiled 6 9638 "sed -i 1d followup.csv"

# -- killed at any event: no manifest, and the same command ends with the same bytes --
faulty() { # FAULT
    clear
    OSHIRASE_FAULT=$1 "$build/faults/oshirase" join s2 s3 s1 $all_p -o OUT >stdout 2>stderr
    faulty_code=$?
    if [ -e OUT/manifest.csv ]; then tree >/dev/null || return 1; fi
    quiet_join s1 s2 s3 $all_p && tree >/dev/null
}
clear
OSHIRASE_EVENTS=events "$build/faults/oshirase" join s2 s3 s1 $all_p -o OUT >stdout 2>stderr
row 50 'the faults build joins alike' tree
events=$(wc -l <events)
swept() { # KIND
    n=$((1 + seed % 3))
    step=$(((events + kills - 1) / kills))
    while [ $n -le "$events" ]; do
        faulty "$1@$n" || { echo "    $1@$n of $events, seed $seed"; return 1; }
        n=$((n + step))
    done
}
row 51 'killed' swept kill
row 52 'killed in the middle of a write' swept killmid
row 53 'a full disk' swept enospc
row 54 'I/O errors' swept eio

# -- a job with a secret: the ledger is keyed --
"$oshirase" keygen secret.bin >/dev/null 2>&1
write_job keyed.yaml members.csv 'secret: secret.bin' 'output: { lot_letters: 8 }'
rm -rf whole whole-p
row 61 'the whole run, keyed' refuse 3 print keyed.yaml -o whole --protected-out whole-p
row 62 '... in shares' shares keyed.yaml 3 k
keyed_none() { clear && refuse 2 joined 3 k && says stderr '\[9694\]' && test ! -e OUT; }
row 63 'no secret given' keyed_none
head -c 32 /dev/zero >wrong.bin && chmod 600 wrong.bin
wrong() { clear && refuse 2 joined 3 k --secret wrong.bin && says stderr '\[9694\]' && test ! -e OUT; }
row 64 'another secret' wrong
right() { clear && joined 3 k --secret secret.bin && tree; }
row 65 'the right one: every byte' right
row 66 '... and it verifies' refuse 0 press verify OUT --job keyed.yaml

# -- jobs as they come: forms, households, substitutions --
shipped() {
    for job in hard-names kokuho; do
        rm -rf whole whole-p
        clear
        print "$root/tests/jobs/$job/job.yaml" -o whole --protected-out whole-p
        shares "$root/tests/jobs/$job/job.yaml" 2 "$job" && joined 2 "$job" && tree || { echo "    $job"; return 1; }
    done
}
row 70 'the shipped jobs' shipped

# -- mail: pieces, orders, bundles, numbers, and the sheets of the posting list, which no share can make alone --
awk -v count=150 -f "$root/tests/tools/mail-data.awk" | awk -F, -v OFS=, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "不開示該当") at = i }
    NR > 1 && NR % 37 == 0 { $at = 1 } { print }' >mail.csv
mailed() { # N LINE ...
    mailed_n=$1
    shift
    mail_job mail.yaml mail.csv "$@"
    rm -rf whole whole-p m[0-9]* numbers.txt
    clear
    print mail.yaml -o whole --protected-out whole-p
    rm -f numbers.txt
    shares mail.yaml "$mailed_n" m && joined "$mailed_n" m && tree
}
block='tracking: { first: "360-60-00000", count: 400 }'
row 80 'by postcode, numbers of a block' mailed 3 3 "mail: { delivery: home, class: kan-i-kakitome, bundles: { threshold: 8 }, $block }" 'piece: { by: household }' \
    'output: { order: postcode, lot_letters: 17, lot: { cover: true } }'
row 81 '... the list has sheets' test "$(pdfinfo OUT/posting-list.pdf | sed -n 's/^Pages: *//p')" -gt 1
row 82 '... and verifies' refuse 0 press verify OUT --job mail.yaml
row 83 'one share of them has its sheets' test "$(ls m[0-9]/posting-list.pdf)" = m1/posting-list.pdf
without() { clear && rm -rf bad && cp -R m1 bad && rm bad/posting-list.pdf && refuse 2 quiet_join bad m2 m3 --protected m1-p --protected m2-p --protected m3-p --protected-out HIDDEN && says stderr '\[9685\]'; }
row 84 '... lost' without
changed_list() { clear && rm -rf bad && cp -R m1 bad && echo >>bad/posting-list.pdf && refuse 6 quiet_join bad m2 m3 --protected m1-p --protected m2-p --protected m3-p --protected-out HIDDEN && says stderr '\[9638\]' && test ! -e OUT/manifest.csv; }
row 85 '... or changed' changed_list
row 86 'with names' mailed 2 3 "mail: { delivery: home, class: tokutei-kiroku, posting_names: true, $block }" 'piece: { by: insured, cover: carrier, cover_layout: window-90x55 }' 'output: { lot_letters: 17 }'
row 87 '... which are there' sh -c "pdftotext OUT/posting-list.pdf - | grep -q '郎\|子'"
row 88 'more shares than lots' mailed 9 3 "mail: { delivery: home, class: tokutei-kiroku, $block }" 'output: { lot_letters: 60 }'
row 89 'by employers' mailed 3 1 'mail: { delivery: employer }' 'piece: { by: insured }' 'output: { order: employer, lot_letters: 17 }'
awk -F, -v OFS=, 'NR == 3 || NR == 80 { $14 = "" } NR == 120 { $16 = "" } { print }' mail.csv >poor.csv
mv poor.csv mail.csv
row 90 'what addresses lack' mailed 3 1 'mail: { delivery: home }' 'output: { lot_letters: 17 }'
row 91 '... is counted' grep -q '"address-no-postcode": 2' OUT/report.json
row 92 'a block that nobody takes from' mailed 3 1 "mail: { delivery: home, class: ordinary, $block }" 'output: { lot_letters: 17 }'
finish
