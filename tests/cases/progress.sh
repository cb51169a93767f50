#!/bin/sh
# The progress bar: on a terminal with letters a second and time left, on a pipe nothing of the kind.
. "$(dirname "$0")/../tools/case.sh"
. "$root/tests/tools/jobs.sh"
"$build/tools/members" 20000 2 >members.csv
write_job job.yaml members.csv
terminal() { # the run's words on a terminal of its own, into ./terminal; the exit code is the run's
    script -qec "'$oshirase' print job.yaml -o $1 --data '$root' $2" typed >/dev/null </dev/null
    code=$?
    tr '\r' '\n' <typed >terminal
    return $code
}
if script -qec true /dev/null >/dev/null 2>&1 </dev/null; then
    row 1 'on a terminal' refuse 0 terminal out ''
    row 2 '... the pre-pass has a bar' says terminal '^checking \[[#.]+\] +[0-9]+ %  [0-9]+ letters/s  [0-9]+:[0-9][0-9] left'
    row 3 '... printing has one' says terminal '^printing \[[#.]+\] +[0-9]+ %  [0-9]+ letters/s  [0-9]+:[0-9][0-9] left'
    row 4 '... the totals stay' says terminal '20000 printed'
    row 5 '--quiet: no bar' refuse 0 terminal quiet --quiet
    row 6 '... not even there' silent terminal 'letters/s|\[#'
else
    echo 'no terminal can be made here: only the pipe is looked at'
    press print job.yaml -o out
    cp -r out quiet
fi
row 7 'on a pipe' refuse 0 press print job.yaml -o piped
row 8 '... no bar' silent stderr 'letters/s|left|%|\['
row 9 'the same bytes all three times' sh -c 'diff -r out quiet && diff -r out piped'
finish
