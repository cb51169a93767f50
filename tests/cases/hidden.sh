#!/bin/sh
# Protected people: whatever stands in their hidden fields, no byte of anything written changes, and no word of it is
# found anywhere; and whether one person is protected shows on the vendor's side by that letter's absence only.
# COUNT changes of a person, by SEED: COUNT / 100 files with 100 protected people each, shared out over the forms, but two
# of each at least (make soak takes more).
. "$(dirname "$0")/../tools/case.sh"
. "$root/tests/tools/jobs.sh"
seed=${SEED:-1}
count=${COUNT:-1000}
# What is printed: edition, form, kind of insurer, the columns that its list has besides those of every list (their
# values: further below).
cases='
2024-01 1 kenpo -
2024-01 2 kenpo -
2024-01 3 kokuho 有効期限,適用開始年月日,交付年月日
2024-01 4 kokuho -
2024-01-kyokai 1n kyokai -
2024-12 1 kokuho 有効期限,マイナ保険証登録,要配慮者,交付済
'
echo "$cases" | sed '/^$/d' >cases.list
runs=$((count / 100 / $(wc -l <cases.list)))
[ $runs -ge 2 ] || runs=2

# The list: 100 protected people among 100 others, none of them kin of another, but that others come in households
# of two (the singles are those whose flag is turned). Protected people have 隠里忍 in every hidden field, every fifth is
# head of the own household and has the own name there.
common='自己情報提供不可,世帯番号,世帯主氏名,事業所番号,事業所名,配布区分,郵便種別,引受番号,送付先郵便番号,送付先住所,送付先方書,送付先氏名,送付先敬称,連絡,備考'
make_list() { # FURTHER-COLUMNS
    "$build/tools/members" 200 "$seed" --address | awk -F, -v OFS=, -v seed="$seed" -v more="$common,$1" '
    function further(name) {
        if (name == "有効期限") return "2024-10-01" # fits every age
        if (name == "適用開始年月日") return $at["資格取得年月日"]
        if (name == "交付年月日") return "2024-10-01"
        if (name == "登録日") return "2024-09-01"
        if (name == "保険者確認" || name == "マイナ保険証登録" || name ~ /一致$/) return 1
        if (name == "回答") return "未照会"
        return 0
    }
    function common(name) {
        if (name == "自己情報提供不可") return hidden >= 2
        if (name == "世帯番号") return household
        if (name == "世帯主氏名") return hidden && NR % 5 ? "隠里忍　影丸" : $at["氏名"]
        if (name == "配布区分" || name == "郵便種別" || name == "引受番号") return ""
        if (hidden) return "隠里忍" NR
        if (name == "連絡" || name == "備考" || name == "事業所名") return "見本" NR
        return name == "事業所番号" ? 1000 + NR : ""
    }
    NR == 1 {
        for (i = 1; i <= NF; i++) at[$i] = i
        columns = split(more, names, ",")
        while (columns && (names[columns] == "-" || names[columns] == "")) columns--
        line = $0
        for (i = 1; i <= columns; i++) line = line "," names[i]
        print line
        state = seed
        next
    }
    {
        state = (state * 69069 + 12345) % 4294967296 # who is protected: 100 of 200, by chance, by either flag or both
        left = 201 - NR + 1
        hidden = state / 4294967296 * left < 100 - taken ? 1 + state % 3 : 0
        taken += hidden > 0
        if (!hidden) { others++; household = others % 10 < 2 ? "s" NR : "h" int(others / 2) }
        else household = "p" NR
        $at["番号"] = household ~ /^h/ ? 500000 + int(others / 2) : NR
        $at["枝番"] = household ~ /^h/ ? "0" others % 2 : "00"
        $at["不開示該当"] = hidden % 2
        $at["資格取得年月日"] = "2024-01-0" 1 + NR % 9
        if (hidden) { $at["住所A"] = "隠里忍県"; $at["住所B"] = "隠里忍町" NR; $at["郵便番号"] = "999-" 1000 + NR }
        line = $0
        for (i = 1; i <= columns; i++)
            line = line "," (index("," names_of_common ",", "," names[i] ",") ? common(names[i]) : further(names[i]))
        print line
    }' names_of_common="$common" -
}

# Without run marks: one letter less moves the sequence numbers that stand in the margins of all behind it.
make_job() { # EDITION FORM KIND
    write_job job.yaml members.csv '  extra: [連絡]' \
        'protection: { empty: hold, kin: hold }' 'output: { marks: none }' 'checks: { stuck: hold, repeated: hold }'
    sed -i "s/^  kind: .*/  kind: $3/; s/^  edition: .*/  edition: $1/; s/^  form: .*/  form: \"$2\"/
        s/^  office: .*/&\n  postcode: \"100-0001\"\n  address: 見本県例示市1-1/
        s/^  as_of: .*/&\n  card: { printed: true, prefecture: 見本県, issued: 2024-10-01 }/" job.yaml
}

print_to() { # OUT: OUT, OUT.hidden, OUT.out, OUT.err
    rm -rf "$1" "$1.hidden"
    "$oshirase" print job.yaml -o "$1" --protected-out "$1.hidden" --data "$root" >"$1.out" 2>"$1.err" </dev/null
}

as_base() {
    diff -r base "$1" && diff -r base.hidden "$1.hidden" && cmp base.out "$1.out" && cmp base.err "$1.err"
}

clean_of_words() {
    [ -s words ] && "$root/tests/tools/canary.sh" "$build" words base base.hidden base.out base.err
}

# Every variant against the base; their words are looked for ten variants at a time.
change_all() {
    changes=0 run=0
    : >words
    cp members.csv base.csv
    while [ $run -lt $runs ]; do
        run=$((run + 1))
        "$build/tools/hide" base.csv $((seed * 100000 + run)) more >members.csv 2>said || return 1
        ! cmp -s base.csv members.csv || return 1
        changes=$((changes + $(cut -d' ' -f1 said)))
        cat more >>words
        print_to other
        as_base other || { echo "    variant $run of seed $seed"; return 1; }
        if [ $((run % 10)) = 0 ] || [ $run = $runs ]; then
            clean_of_words || return 1
            : >words
        fi
    done
    cp base.csv members.csv
    echo "$title: $changes changes of hidden fields, $((run * 100)) of people, not a byte differs"
}

# The lines of people whose letter may not change stand in the other file as they were.
others_stay() {
    awk -F, 'NR > 1 && $flag == 0 && $second == 0' flag="$flag" second="$second" base.csv >others
    "$build/tools/hide" base.csv "$seed" >changed.csv 2>/dev/null && grep -aFx -f others changed.csv | cmp - others &&
        [ "$(wc -l <others)" = 100 ]
}

# -- one person's flag --

# A line a letter: what the manifest says but for numbering, and the text of its pages.
letters() { # OUT
    for lot in "$1"/lot-*.pdf; do
        pdftotext -enc UTF-8 "$lot" - | awk -v lot="$(basename "$lot")" 'BEGIN { RS = "\f" } { gsub(/[\n,]/, "|"); print lot "," FNR "," $0 }'
    done >pages
    awk -F, 'FILENAME == "pages" { page[$1, $2] = $3; next }
        FNR > 1 { text = ""; for (i = 0; i < $5; i++) text = text page[$3, $4 + i]
            print $6 "," $7 "," $5 "," $8 "," $10 "," text }' pages "$1/manifest.csv"
}

# Turns FLAG of the person with ID to 1: the vendor's side loses that letter, the other place wins it.
turn() { # ID FLAG-COLUMN
    awk -F, -v OFS=, -v id="$1" -v c="$2" 'NR > 1 && $1 == id { $c = 1 } { print }' base.csv >members.csv
    print_to turned
    cp base.csv members.csv
    letters base | grep -v "^$1," >want.letters
    letters turned >have.letters
    letters base.hidden >old.letters
    letters turned.hidden >new.letters
    for table in records holds followup; do
        for side in base turned; do # without the sequence number
            awk -F, -v OFS=, -v id="$1" '$2 != id { if (FILENAME ~ /records/) $4 = ""; print }' $side/$table.csv >$side.$table
        done
        cmp base.$table turned.$table || return 1
    done
    [ "$(letters base | grep -c "^$1,")" = 1 ] && cmp want.letters have.letters &&
        grep -v "^$1," new.letters | cmp - old.letters && [ "$(grep -c "^$1," new.letters)" = 1 ] &&
        [ "$(cut -d, -f1 turned/manifest.csv | tail -n 1)" = $(($(wc -l <turned/manifest.csv) - 1)) ] &&
        [ "$(ls base)" = "$(ls turned)" ]
}

number=0
while read -r edition form kind columns <&3; do
    title="edition $edition, form $form, $kind"
    make_list "$columns" >members.csv
    make_job "$edition" "$form" "$kind"
    flag=$(head -n 1 members.csv | tr , '\n' | grep -n '^不開示該当$' | cut -d: -f1)
    second=$(head -n 1 members.csv | tr , '\n' | grep -n '^自己情報提供不可$' | cut -d: -f1)
    row $((number + 1)) "$title: prints" refuse 0 print_to base
    row $((number + 2)) "$title: 100 protected" test "$(grep -c ',protected,' base/records.csv)" = 100
    row $((number + 3)) "$title: 100 others" test "$(grep -c ',printed,' base/records.csv)" = 100
    echo 隠里忍 >words
    row $((number + 4)) "$title: nothing of the base's own hidden fields" clean_of_words
    cp members.csv base.csv
    row $((number + 5)) "$title: what is changed is nobody else's" others_stay
    row $((number + 6)) "$title: no change changes a byte" change_all
    singles=$(awk -F, -v f="$flag" -v s="$second" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "世帯番号") c = i; next }
        $c ~ /^s/ { print $1 }' base.csv | sed -n '1p;7p;$p')
    row $((number + 7)) "$title: three people's flags are turned" test "$(echo "$singles" | wc -l)" = 3
    for id in $singles; do
        row $((number + 8)) "$title: 不開示該当 of one person" turn "$id" "$flag"
        row $((number + 9)) "$title: 自己情報提供不可 of one person" turn "$id" "$second"
    done
    number=$((number + 10))
done 3<cases.list

# -- the digest that came with the file is over hidden fields too: it is compared, and reaches no output --
stated() { # OUT: as the job says, with the digest of members.csv
    sed "s/^input:/input:\n  digest: $(sha256sum <members.csv | cut -c1-64)/" job.yaml >stated.yaml
    mv job.yaml kept.yaml && mv stated.yaml job.yaml
    print_to "$1"
    code=$?
    mv kept.yaml job.yaml
    return $code
}
row 90 'with the digest of the file' refuse 0 stated base
"$build/tools/hide" base.csv "$seed" >members.csv 2>/dev/null
row 91 '... of other hidden fields' refuse 0 stated other
row 92 '... not a byte differs' as_base other
finish
