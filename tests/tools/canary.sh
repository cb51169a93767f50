#!/bin/sh
# tests/tools/canary.sh BUILD WORDS PATH ... -- looks for words that must have reached nothing. Every file of the given
# folders and every given file is searched, and so are the names of all of them: as they are, and of a PDF also every
# inflated stream, object and string (objects that nothing refers to included), its decoded text and its properties.
# For the forms of a word see tests/tools/needles.c. Prints the file, the number of the word's line and the form.
# Exit 0: nothing was found. 1: something was. 2: nothing can be said (no such path, a PDF that cannot be read, ...).
set -u
LC_ALL=C.UTF-8
export LC_ALL
[ $# -ge 3 ] || { echo "usage: $0 BUILD WORDS PATH ..." >&2; exit 2; }
needles=$1/tools/needles words=$2
shift 2
part=$(mktemp -d) || exit 2
trap 'rm -rf "$part"' EXIT
trap 'exit 130' INT TERM
verdict=0

# seek FILE WHERE [OPTION]: needles over $part/bytes, or the file itself.
seek() {
    found=$("$needles" "$words" ${3:+"$3"} <"$1")
    case $? in
    0) ;;
    1)
        echo "$found" | sed "s|^|$2: |"
        [ "$verdict" -eq 2 ] || verdict=1
        ;;
    *) verdict=2 ;;
    esac
}

# made COMMAND ...: its output to $part/bytes. 3 is qpdf's word for a file that it could mend.
made() {
    "$@" >"$part/bytes" 2>"$part/words"
    made_code=$?
    if [ "$made_code" -ne 0 ] && { [ "$made_code" -ne 3 ] || [ "$1" != qpdf ]; }; then
        echo "$1 fails on a PDF" >&2
        verdict=2
        return 1
    fi
}

seek_pdf() {
    made qpdf --qdf --object-streams=disable --decode-level=specialized --preserve-unreferenced "$1" - &&
        seek "$part/bytes" "$1 (inflated)" --pdf
    made pdftotext -enc UTF-8 "$1" - && seek "$part/bytes" "$1 (text)" --bare
    for order in -raw -layout; do
        made pdftotext -enc UTF-8 $order "$1" - && seek "$part/bytes" "$1 (text)" --bare
    done
    made pdfinfo -enc UTF-8 "$1" && seek "$part/bytes" "$1 (properties)" --bare
}

for path in "$@"; do
    [ -e "$path" ] || { echo "no such file: $path" >&2; verdict=2; }
done
find "$@" 2>/dev/null >"$part/names" || verdict=2
seek "$part/names" 'a name'
find "$@" -type f 2>/dev/null >"$part/files"
[ -s "$part/files" ] || { echo "no file to look through" >&2; verdict=2; }
while IFS= read -r file; do
    [ -r "$file" ] || { echo "cannot be read: $file" >&2; verdict=2; continue; }
    seek "$file" "$file"
    if head -c 1024 "$file" | grep -qa '%PDF-'; then
        seek_pdf "$file"
    fi
done <"$part/files"
exit $verdict
