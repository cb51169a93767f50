#!/bin/sh
# An installed oshirase finds its templates, layouts and fonts by itself, wherever it stands.
. "$(dirname "$0")/../tools/case.sh"

install_to() {
    quiet make -C "$root" BUILD="$build" DESTDIR="$work/stage" PREFIX="$1" install-files
}
row 1 'installs below DESTDIR and PREFIX' install_to /opt/press
number=2
for file in bin/oshirase share/oshirase/templates/2024-01/1.yaml share/oshirase/layouts/2024-01/1/standard.yaml \
    share/oshirase/fonts/fonts.yaml share/oshirase/LICENSE share/oshirase/NOTICE; do
    row $number "brings $file" test -s "stage/opt/press/$file"
    number=$((number + 1))
done
row 8 'nothing else than bin and share' test "$(ls stage/opt/press)" = "$(printf 'bin\nshare')"

mv stage/opt/press elsewhere
sed '/records:/d' "$root/tests/demo/job.yaml" >job.yaml
"$build/tools/members" 5 9 >members.csv
run_installed() {
    elsewhere/bin/oshirase print job.yaml -o installed --quiet 2>stderr
}
row 9 'runs from a place of its own' run_installed
row 10 'as the one that was built does' press print job.yaml -o built --quiet
row 11 'with the same letters' diff -r installed built
row 12 'tells its version' sh -c 'elsewhere/bin/oshirase --version | grep -qE "^oshirase [0-9]+[.][0-9]+[.][0-9]+$"'

finish
