#!/bin/sh
# Every kind of insurer from end to end: the example jobs of tests/jobs, each with what becomes of every row of its
# members (expected.csv: row,outcome,form,reason). Every row of the decision tables fires, every letter has its own people
# and nobody else, every household one letter.
. "$(dirname "$0")/../tools/case.sh"

# Example, and the rows of its edition's decision table that must fire. Together: all of each table.
jobs='
kyokai K1 K2 K3 K4 K5 K6 K7 K8
kenpo K1 K2 K3 K4 K5 K6 K7 K8
kyosai K1 K2 K3 K4 K5 K6 K7 K8
kokuho C1 C3
kokuho-card C1 C2
kokuho-kumiai U1 U2 U3 U4 U5 U6 U7
kokuho-kumiai-card U1 U2 U3 U4 U5 U6 U7
koki L
2024-12 S1 S2 S3 S4 S5
'

print_example() { # EXAMPLE
    rm -rf out apart
    press print "$root/tests/jobs/$1/job.yaml" -o out --protected-out apart
}

# The exit code that follows from the list: 3 when one of OUTCOMES is there.
expected_code() { # EXPECTED OUTCOMES
    if grep -qE ",($2)," "$1"; then echo 3; else echo 0; fi
}

outcomes() { # EXPECTED: records.csv says the same of every row
    awk -F, -v OFS=, 'NR == 1 { print "row,outcome,form,reason"; next }
        { split($6, reason, " "); print $1, $3, $5, reason[2] }' out/records.csv >have.csv
    diff "$1" have.csv
}

# Both lists besides records.csv, and the totals, are those of the rows.
lists() { # EXPECTED
    for pair in held:holds follow-up:followup; do
        awk -F, -v outcome="${pair%:*}" '$2 == outcome { print $1 }' "$1" >want.rows
        sed 1d "out/${pair#*:}.csv" | cut -d, -f1 | diff want.rows - || return 1
    done
    records=$(($(wc -l <"$1") - 1))
    says out/report.json "\"records\": $records"
}

fired() { # ROW ...
    for table_row; do
        grep -q "\"$table_row\":" out/report.json || { echo "    row $table_row does not fire"; return 1; }
    done
}

# A line a letter: place, first member, form, text of its pages without blanks.
letters() { # FOLDER
    : >pages
    for lot in "$1"/lot-*.pdf; do
        [ -e "$lot" ] || continue
        pdftotext -enc UTF-8 -layout "$lot" - | awk -v lot="$(basename "$lot")" 'BEGIN { RS = "\f" }
            { gsub(/[ \t\n,]|　/, ""); print lot "," FNR "," $0 }' >>pages
    done
    awk -F, -v folder="$1" 'FILENAME == "pages" { page[$1, $2] = $3; next }
        FNR > 1 { text = ""; for (i = 0; i < $5; i++) text = text page[$3, $4 + i]
            print folder "," $1 "," $6 "," $7 "," text }' pages "$1/manifest.csv"
}

# Who stands on which letter: the members of a household have its sequence number, everybody else an own letter. Each
# name and each last 4 is on its letter, and no other name of the list is, but the one that the letter is made out to.
own_people() { # MEMBERS
    { letters out; letters apart; } >letters.csv
    awk -F, '
        function bare(text) { gsub(/[ \t]|　/, "", text); return text }
        FILENAME ~ /letters/ {
            count++; text[count] = $5; form[count] = $4
            if ($1 == "out") by_sequence[$2] = count; else by_id[$3] = count
            next
        }
        FILENAME ~ /records/ { if (FNR > 1) { outcome[$1] = $3; sequence[$1] = $4 } next }
        FNR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        {
            name[FNR] = bare($at["氏名"])
            people++
            if (outcome[FNR] != "printed" && outcome[FNR] != "protected") next
            letter = outcome[FNR] == "printed" ? by_sequence[sequence[FNR]] : by_id[$1]
            if (!letter) { print "    row " FNR ": no letter"; bad = 1; next }
            on[FNR] = letter
            allowed[letter, name[FNR]] = 1
            if (outcome[FNR] == "printed" && form[letter] == "3") {
                if (at["世帯主氏名"]) allowed[letter, bare($at["世帯主氏名"])] = 1
            }
            if (!index(text[letter], name[FNR])) { print "    row " FNR ": the name is not on the letter"; bad = 1 }
            if (at["個人番号下4桁"] && form[letter] != "1n" && !index(text[letter], "********" $at["個人番号下4桁"])) {
                print "    row " FNR ": the last 4 are not on the letter"
                bad = 1
            }
        }
        END {
            for (row in name)
                for (letter = 1; letter <= count; letter++)
                    if (!((letter, name[row]) in allowed) && index(text[letter], name[row])) {
                        print "    letter " letter " names the person of row " row
                        bad = 1
                    }
            exit bad || !people
        }' letters.csv out/records.csv "$1"
}

# Households of form 4: printed members of one 世帯番号 (or 記号 and 番号) have one letter, different ones different letters.
households() { # MEMBERS
    awk -F, 'FILENAME ~ /records/ { if ($3 == "printed" && $5 == "4") sequence[$1] = $4; next }
        FNR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        FNR in sequence {
            house = at["世帯番号"] ? $at["世帯番号"] : $at["記号"] "/" $at["番号"]
            if (house in letter && letter[house] != sequence[FNR]) bad = 1
            if (sequence[FNR] in owner && owner[sequence[FNR]] != house) bad = 1
            letter[house] = sequence[FNR]; owner[sequence[FNR]] = house; count++
        }
        END { exit bad || !count }' out/records.csv "$1"
}

good_pdfs() {
    for lot in out/lot-*.pdf apart/lot-*.pdf; do
        [ ! -e "$lot" ] || quiet qpdf --check "$lot" || return 1
    done
}

number=0
echo "$jobs" | sed '/^$/d' >list
while read -r example rows <&3; do
    folder=$root/tests/jobs/$example
    members=$folder/$(sed -n 's/^  file: //p' "$folder/job.yaml")
    number=$((number + 10))
    row $number "$example: prints" refuse "$(expected_code "$folder/expected.csv" held)" print_example "$example"
    [ -e out/records.csv ] || continue
    row $((number + 1)) "$example: outcome of every row" outcomes "$folder/expected.csv"
    row $((number + 2)) "$example: holds and follow-ups" lists "$folder/expected.csv"
    # shellcheck disable=SC2086  # a list of words
    row $((number + 3)) "$example: rows of the table" fired $rows
    row $((number + 4)) "$example: PDFs" good_pdfs
    row $((number + 5)) "$example: own people, and no others" own_people "$members"
    case $example in
    kokuho | kokuho-kumiai) row $((number + 6)) "$example: households" households "$members" ;;
    esac
    row $((number + 7)) "$example: check ends as print without a place for protected people" \
        refuse "$(expected_code "$folder/expected.csv" 'held|protected')" press check "$folder/job.yaml"
done 3<list

# Rows of the tables that no example is to make fire: there must be none.
sed -n 's/^  - row: //p' "$root"/templates/*/decision.yaml | sort -u >all.rows
sed 's/^[^ ]* //' list | tr ' ' '\n' | sort -u >our.rows
row 900 'every row of every table has an example' same all.rows our.rows
finish
