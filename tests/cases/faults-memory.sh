#!/bin/sh
# Every allocation fails, the libraries' included: exit 5 and nothing half done, or the undisturbed bytes; never a record
# held for it, never a crash, no letter without a glyph. SEED, COUNT (0 or none: a slice) for `make soak`: all.
. "$(dirname "$0")/../tools/case.sh"
. "$root/tests/tools/job-j.sh"
seed=${SEED:-1}
starve=$build/tools/starve.so
job_j
# Fewer fonts to open a thousand times would be another program: it is the whole, and a slice of it in `make check`.
each=401
[ -z "${COUNT:-}" ] || each=1
echo "seed $seed, every ${each}th allocation"

# Judges a child that did not end with 5: N once|ever CODE. What is there is compared, and deleted.
cat >judge <<JUDGE
#!/bin/sh
cd '$work' || exit 1
code=\$3
good=no
case \$code in
5) good=yes ;;
3) diff -r good out >/dev/null && diff -r good-hidden hidden >/dev/null && good=yes ;;
0) cmp -s good.pdf one.pdf && good=yes ;;
esac
rm -rf out hidden one.pdf one.pdf.part
echo "\$1 \$2 \$3 \$good" >>judged
[ \$good = yes ]
JUDGE
chmod +x judge

# starved UNTIL ARGUMENTS: each allocation until UNTIL is there; words of what is wrong
starved() {
    until=$work/$1
    shift
    rm -f judged
    OSHIRASE_STEP=$((seed % each + 1))/$each OSHIRASE_EACH=$until OSHIRASE_JUDGE=$work/judge \
        OSHIRASE_ALLOCATIONS=$work/allocations LD_PRELOAD=$starve "$oshirase" "$@" --data "$root" \
        >stdout 2>stderr </dev/null
    starved_code=$?
    : >>judged
    grep 'no$' judged | head -n 5 | sed 's/^/    allocation /'
    [ "$(cut -d' ' -f2 allocations)" = 0 ] && ! grep -q 'no$' judged && [ "$(cut -d' ' -f1 allocations)" -gt 1000 ]
}

row 1 'print, undisturbed' refuse 3 press print job.yaml -o good --protected-out good-hidden --workers 1 --quiet
row 2 'print, until there is an output' starved out print job.yaml -o out --protected-out hidden --workers 1 --quiet
row 3 '... and with memory it ends' test $starved_code = 3
first_left=$(cut -d' ' -f1 allocations)
rm -rf out hidden

# sweep KIND COUNT FROM
sweep() {
    SEED=$seed COUNT=$2 FROM=$3 "$root/tests/tools/sweep.sh" "$1" "$build" job.yaml --protected-out HIDDEN \
        >"$work/sweep" 2>&1
    sweep_code=$?
    if [ $sweep_code -eq 0 ]; then tail -n 1 "$work/sweep"; else cat "$work/sweep"; fi
    return $sweep_code
}
row 4 'print, anywhere, and resumed' sweep memory 16 1
row 5 'print under a ceiling, and resumed' sweep ceiling 8 1
if [ -n "${COUNT:-}" ]; then
    row 8 'print, everywhere behind the first output' sweep memory 0 $((first_left * 8 / 10)) # numbers shift a little
    row 9 'print, also before it, where a process of its own reads' sweep memory $((COUNT < 2000 ? COUNT : 2000)) 1
    row 10 'print under any ceiling' sweep ceiling $((COUNT < 1000 ? COUNT : 1000)) 1
fi

for id in A03 A01 A02; do # forms 1, 2, 4
    row 6 "preview of $id, undisturbed" refuse 0 press preview job.yaml --id $id -o good.pdf
    row 7 '... starved' starved one.pdf preview job.yaml --id $id -o one.pdf
    rm -f good.pdf one.pdf
done
finish
