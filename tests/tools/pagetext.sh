#!/bin/sh
# tests/tools/pagetext.sh MEMBERS.csv OUT -- reads every lot with pdftotext and compares, page by page, the record's own
# 整理番号, 記号, 番号, 氏名, フリガナ and last 4 with the words on its page (blanks left out: a long name is broken to lines).
# Members without quotes or commas in fields, all printed, in order. Succeeds when every page agrees.
set -u
members=$1 out=$2
for lot in "$out"/lot-*.pdf; do pdftotext -layout "$lot" - || exit 1; done |
    awk -F, -v members="$members" '
    function bare(text) { gsub(/[ \t\r　\n]/, "", text); return text }
    BEGIN {
        RS = "\n"
        getline line < members
        count = split(line, names, ",")
        for (i = 1; i <= count; i++) column[names[i]] = i
        wanted = split("整理番号 記号 番号 氏名 フリガナ 個人番号下4桁", want, " ")
        RS = "\f"
    }
    {
        page = bare($0)
        if (page == "") next
        RS = "\n"
        if ((getline line < members) <= 0) { print "more pages than records"; bad = 1; exit }
        RS = "\f"
        split(line, cell, ",")
        for (i = 1; i <= wanted; i++)
            if (index(page, bare(cell[column[want[i]]])) == 0) {
                print "page " NR ": " want[i] " is not on it"
                bad = 1
            }
        pages++
    }
    END {
        RS = "\n"
        if ((getline line < members) > 0) { print "fewer pages than records"; bad = 1 }
        exit bad || !pages
    }'
