#!/bin/sh
# Protected people: every pair of 不開示該当 and 自己情報提供不可, in every edition and form. Where the letter goes, what is
# on it, and that the vendor's side shows neither a letter nor a gap.
. "$(dirname "$0")/../tools/case.sh"

# Edition, form, kind of insurer, card printed or not.
cases='
2024-01 1 kenpo no
2024-01 2 kenpo no
2024-01 3 kokuho yes
2024-01 3 kokuho no
2024-01 4 kokuho no
2024-01-kyokai 1 kyokai no
2024-01-kyokai 1n kyokai no
2024-01-kyokai 2 kyokai no
2024-12 official kokuho no
'

make_job() { # EDITION FORM KIND CARD KIN
    case $4 in
    yes) card='{ printed: true, prefecture: 見本県, issuer: 例示市, issued: 2024-08-01 }' ;;
    *) card='{ printed: false }' ;;
    esac
    cat >job.yaml <<JOB
job: flags
insurer: { kind: $3, name: 架空保険者, number: "139998", office: 資格係, desk: 相談係, tel: 000-000-0000,
  postcode: "100-0001", address: 見本県例示市中央1-1 }
notice: { edition: $1, form: "$2", as_of: 2024-12-10, issued: 2024-12-20, card: $card }
input: { file: members.csv, extra: [連絡] }
protection: { kin: $5 }
JOB
}

head_row='整理番号,種別,記号,番号,枝番,氏名,フリガナ,生年月日,性別,負担割合,資格取得年月日,有効期限,適用開始年月日,交付年月日'
head_row=$head_row,'個人番号下4桁,不開示該当,自己情報提供不可,マイナ保険証登録,要配慮者,交付済,世帯番号,世帯主氏名,郵便番号,住所A,住所B'
head_row=$head_row,'事業所番号,事業所名,送付先郵便番号,送付先住所,送付先方書,送付先氏名,送付先敬称,配布区分,連絡'
# member ID FLAG FLAG HOUSEHOLD BRANCH NAME BORN LAST4: with a flag, whatever must not be seen begins with 隠 or is 987-654x
member() {
    printf '%s,本人,101,%s,%s,%s,ミホン　カナ,%s,女,3割,2020-04-01,2025-07-31,2020-04-01,2024-08-01,%s,%s,%s,1,0,0,%s,' \
        "$1" "2${4#h}" "$5" "$6" "$7" "$8" "$2" "$3" "$4"
    case $2$3 in
    00) echo "$6,100-0102,見本県例示市,1-2-3,0101,例示商店,,,,,,,伝言" ;;
    11) echo "$6,987-6543,隠住所県,隠住所町4,隠番,隠会社,987-6542,隠送付市,隠方書,隠受取,様,home,隠連絡" ;; # own head
    *) echo "隠世帯　主,987-6543,隠住所県,隠住所町4,隠番,隠会社,987-6542,隠送付市,隠方書,隠受取,様,home,隠連絡" ;;
    esac
}

# A line a letter: first member, form, route, pages, text without blanks. pages: a page of a lot a line.
letters() { # FOLDER
    : >pages
    for lot in "$1"/lot-*.pdf; do
        [ -e "$lot" ] || continue
        pdftotext -enc UTF-8 -layout "$lot" - | awk -v lot="$(basename "$lot")" 'BEGIN { RS = "\f" }
            { gsub(/[ \t\n,]|　/, ""); print lot "," FNR "," $0 }' >>pages
    done
    awk -F, 'FILENAME == "pages" { page[$1, $2] = $3; next }
        FNR > 1 { text = ""; for (i = 0; i < $5; i++) text = text page[$3, $4 + i]
            print $6 "," $7 "," $8 "," $5 "," text }' pages "$1/manifest.csv"
}

# sequence numbers 1, 2, 3 ... in a manifest, piece for piece
no_gap() { # MANIFEST
    awk -F, 'NR > 1 && ($1 != NR - 1 || $2 != NR - 1) { bad = 1 } END { exit bad || NR < 2 }' "$1"
}

ids() { # MANIFEST
    sed 1d "$1" | cut -d, -f6 | tr '\n' ' '
}

# The letters of each protected person: own name (addressed to it, where the form addresses anybody), own last 4, nobody else.
own_letters() { # FORM
    awk -F, -v form="$1" 'FILENAME == "members.csv" { if (FNR > 1) { gsub(/　/, "", $6); name[$1] = $6; four[$1] = $15 } next }
        {
            text = $5
            if (form != "4" && !index(text, name[$1] "様")) { print "    " $1 ": not addressed to the person"; bad = 1 }
            if (form == "3" && !index(text, name[$1] "様分")) { print "    " $1 ": not said for whom"; bad = 1 }
            if (!index(text, name[$1])) { print "    " $1 ": no name"; bad = 1 }
            masked = form != "1n" && form != "official"
            if (index(text, "********" four[$1]) > 0 != masked) { print "    " $1 ": last 4"; bad = 1 }
            if (gsub(/\*\*\*\*\*\*\*\*/, "", text) > 1) { print "    " $1 ": more than one number"; bad = 1 }
            for (id in name) if (id != $1 && index(text, name[id])) { print "    " $1 ": names " id; bad = 1 }
            if ($3 != "separate" || $4 != 1) { print "    " $1 ": route or pages"; bad = 1 }
            count++
        }
        END { exit bad || !count }' members.csv apart.letters
}

number=0
echo "$cases" | sed '/^$/d' >cases.list
while read -r edition form kind card <&3; do
    number=$((number + 30))
    title="$edition, form $form, card $card"
    make_job "$edition" "$form" "$kind" "$card" hold
    {
        echo "$head_row"
        member 001 0 0 h01 00 '青葉　直人' 1980-01-02 1203
        member 002 1 0 h02 00 '鳴海　巴' 1981-02-03 2304
        member 003 0 0 h03 00 '朝霧　稔' 1982-03-04 3405
        member 004 0 1 h04 00 '矢車　玲' 1983-04-05 4506
        member 005 1 1 h05 00 '水無瀬　航' 1984-05-06 5607
        member 006 0 0 h03 01 '朝霧　文' 1985-06-07 6708
    } >members.csv
    shown=$form away='002 004 005 ' here='001 003 006 '
    case $form in
    4) here='001 003 ' ;;
    official) shown=1 away='002 ' ;;
    esac
    {
        echo 'row,id,outcome,seq,form,reason'
        echo "2,001,printed,1,$shown,"
        echo "3,002,protected,,$shown,"
        echo "4,003,printed,2,$shown,"
        if [ "$form" = official ]; then
            echo '5,004,follow-up,,,4455 follow-certificate'
            echo '6,005,follow-up,,,4455 follow-certificate'
        else
            echo "5,004,protected,,$shown,"
            echo "6,005,protected,,$shown,"
        fi
        echo "7,006,printed,$([ "$form" = 4 ] && echo 2 || echo 3),$shown,"
    } >want
    rm -rf out apart
    row $number "$title: prints" refuse 0 press print job.yaml -o out --protected-out apart
    [ -e out/records.csv ] || continue
    letters out >out.letters
    letters apart >apart.letters
    cat stdout stderr >said
    row $((number + 1)) "$title: outcome of each pair" same want out/records.csv
    row $((number + 2)) "$title: the others' letters are here" test "$(ids out/manifest.csv)" = "$here"
    row $((number + 3)) "$title: theirs are there, in the order of the file" test "$(ids apart/manifest.csv)" = "$away"
    row $((number + 4)) "$title: no gap here" no_gap out/manifest.csv
    row $((number + 5)) "$title: no gap there" no_gap apart/manifest.csv
    row $((number + 6)) "$title: their letters are their own, handled apart" own_letters "$form"
    row $((number + 7)) "$title: no hidden field is on them" silent apart.letters '隠|987-?654'
    row $((number + 8)) "$title: nor on the others' letters" silent out.letters '隠|987-?654|鳴海|矢車|水無瀬'
    row $((number + 9)) "$title: nor in any table, report or word" sh -c "! grep -rlE '隠|987-?654|鳴海|矢車|水無瀬' out/*.* said"
    row $((number + 10)) "$title: nothing is handled apart here" silent out/manifest.csv separate
    row $((number + 11)) "$title: who has what" test "$(cut -d, -f2 out.letters apart.letters | sort -u)" = "$shown"
    case $form:$card in
    3:*)
        row $((number + 12)) "$title: the others have their address" test "$(grep -c '見本県例示市.*1-2-3' out.letters)" = 3
        row $((number + 13)) "$title: these have none" silent apart.letters '1-2-3|住所'
        ;;
    esac
    if [ "$form:$card" = 3:yes ]; then
        row $((number + 14)) "$title: the card has the own head" test "$(grep -l 世帯主氏名水無瀬航 apart.letters)" = apart.letters
        row $((number + 15)) "$title: ... and no other" test "$(grep -o 世帯主氏名 apart.letters | wc -l)" = 1
    fi
    row $((number + 16)) "$title: without a place for them" refuse 3 press print job.yaml -o held$number
    row $((number + 17)) "$title: ... they are held" test "$(sed 1d held$number/holds.csv | cut -d, -f2,3 | tr '\n' ' ')" = \
        "$(for id in $away; do printf '%s,9509 protected-no-place ' "$id"; done)"
    row $((number + 18)) "$title: ... and the others' letters stay" cmp out/manifest.csv held$number/manifest.csv
    if [ "$form" = official ]; then
        row $((number + 19)) "$title: the list for 資格確認書" test "$(cat out/followup.csv)" = 'row,id,reason
5,004,4455 follow-certificate
6,005,4455 follow-certificate'
    fi
done 3<cases.list

# A household with one of them: no table has both. Every pair, and both answers of protection.kin.
for flags in '1 0' '0 1' '1 1'; do
    # shellcheck disable=SC2086  # two words
    {
        echo "$head_row"
        member 001 0 0 h01 00 '青葉　直人' 1980-01-02 1203
        member 002 0 0 h02 00 '柚木　恵' 1981-02-03 2304
        member 003 $flags h02 01 '鳴海　巴' 1982-03-04 3405
        member 004 0 0 h01 01 '青葉　希' 1983-04-05 4506
        member 005 0 0 h02 02 '柚木　光' 1984-05-06 5607
    } >members.csv
    for kin in hold separate; do
        title="household, flags $flags, kin $kin"
        make_job 2024-01 4 kokuho no $kin
        rm -rf out apart
        case $kin in
        hold) code=3 away='003 ' outcomes='printed held protected printed held ' ;;
        *) code=0 away='002 003 005 ' outcomes='printed protected protected printed protected ' ;;
        esac
        row 800 "$title: prints" refuse $code press print job.yaml -o out --protected-out apart
        letters out >out.letters
        letters apart >apart.letters
        row 801 "$title: outcomes" test "$(sed 1d out/records.csv | cut -d, -f3 | tr '\n' ' ')" = "$outcomes"
        row 802 "$title: the other household only" test "$(ids out/manifest.csv)" = '001 '
        row 803 "$title: apart" test "$(ids apart/manifest.csv)" = "$away"
        row 804 "$title: each alone" own_letters 4
        row 805 "$title: nobody of it here" silent out.letters '柚木|鳴海|隠'
    done
done
finish
