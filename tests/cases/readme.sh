#!/bin/sh
# What the README says is true: its table of keys, its example job, its commands, its links.
. "$(dirname "$0")/../tools/case.sh"
between() { # MARK: the lines between <!-- MARK --> and <!-- /MARK -->
    sed -n "/^<!-- $1 -->\$/,/^<!-- \\/$1 -->\$/p" "$root/README.md" | sed '1d;$d'
}
between 'job keys' >keys.readme
"$oshirase" --help job >keys.program
row 1 'the table of keys is the program'"'"'s' same keys.program keys.readme
sed -n '/^### The job file/,/^```$/p' "$root/README.md" | sed -n '/^```yaml$/,$p' | sed '1d;$d' >job.yaml
row 2 'the example job is there' test "$(wc -l <job.yaml)" -gt 10
"$build/tools/members" 5 1 >members.csv
row 3 '... and prints' refuse 0 press print job.yaml -o out
row 4 'the two commands stand first' test "$(grep -a -m 2 -oE '^make (demo|check)' "$root/README.md" | tr '\n' ' ')" = 'make demo make check '
for path in $(grep -oE '\]\([^)#]+\)|`(engine|tests|templates|layouts|fonts)/[A-Za-z0-9_./-]+`' "$root/README.md" |
    sed 's/^](//; s/)$//; s/`//g' | grep -v '^http'); do
    row 5 "$path is there" test -e "$root/$path"
done
for column in $(sed -n '/^Form 1 needs/,/^Full-width/p' "$root/README.md" | sed -n 's/^| \([^|]*\) |.*/\1/p' | sed 's/·//g' |
    grep -a -v -e column -e '---' | tr '\n' ' '); do
    row 6 "column $column" grep -q "\"$column\"" "$root/engine/intake/column.h"
done
finish
