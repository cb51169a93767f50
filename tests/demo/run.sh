#!/bin/sh
# tests/demo/run.sh BUILD OUT -- prints the demo job into OUT, which is emptied first, and says what it made.
set -eu
build=$1 out=$2
root=$(cd "$(dirname "$0")/../.." && pwd)
case $out in '' | / | .) echo "not a folder for a demo: $out" >&2; exit 2 ;; esac

rm -rf "$out"
mkdir -p "$out"
cp "$root/tests/demo/job.yaml" "$out/job.yaml"
"$build/tools/members" 320 1 --rare >"$out/members.csv"
"$build/oshirase" print "$out/job.yaml" -o "$out/lots" --data "$root" --quiet
first=$(sed -n '2s/,.*//p' "$out/members.csv")
"$build/oshirase" preview "$out/job.yaml" --id "$first" -o "$out/first-page.png" --data "$root" --quiet >"$out/first-page.txt"

letters=$(($(wc -l <"$out/lots/manifest.csv") - 1))
echo "$letters letters to fictional people, ready to print: $out/lots/lot-000001.pdf"
echo "the first page as a picture:                   $out/first-page.png"
echo "where each letter is, and what became of each record: $out/lots/manifest.csv, records.csv, report.json"
echo "made from this job and this member file:       $out/job.yaml, $out/members.csv"
echo "one letter again, with guides: $build/oshirase preview $out/job.yaml --id $first --guides -o letter.pdf"
