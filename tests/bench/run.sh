#!/bin/sh
# tests/bench/run.sh BUILD LETTERS ... -- what a letter costs, on one core. Each row is the best of RUNS runs (3).
#   letters/s   of CPU time, start, reading, pre-pass, composing and writing included
#   us          CPU microseconds a letter; of them deflate and write; the rest is ours
#   bytes       of the PDF files a letter, fonts and all
#   peak, limit MB of memory; limit: 64 MB and 32 bytes a record
# form-1: the official form. ivs-5: the same, 5 % of the names with a variation sequence. form-3: with the card printed
# on it. form-4: a letter a household, so of fewer letters than people (two and a half on each). Forms 3 and 4 are
# measured with the first number of people only. peer: tests/bench/peer-letter, with a QR code of its own on each
# letter; PEER_DATA=
# names a file for it, else one is made.
set -eu
build=$1
shift
cd "$(dirname "$0")/../.."
runs=${RUNS:-3}
out=out/bench
rm -rf "$out"
mkdir -p "$out"
trap 'rm -rf "$out"' EXIT
trap 'exit 130' INT TERM

# One core, where the machine lets us say so.
one_core=
if command -v taskset >/dev/null && taskset -c 0 true 2>/dev/null; then one_core='taskset -c 0'; fi

# run JOB DATA: the line that print writes when measuring.
run() {
    rm -rf "$out/lots"
    # shellcheck disable=SC2086
    OSHIRASE_MEASURE=1 $one_core "$build/oshirase" print "$1" --input "$2" -o "$out/lots" --data . --quiet \
        2>"$out/words" || [ $? -eq 3 ] || { cat "$out/words" >&2; return 1; }
    grep '^measure ' "$out/words"
}

# row NAME JOB DATA
row() {
    # shellcheck disable=SC2034
    for turn in $(seq "$runs"); do run "$2" "$3"; done >"$out/measures"
    records=$(($(wc -l <"$3") - 1))
    awk -v name="$1" -v records="$records" '
        {
            for (i = 2; i <= NF; i++) {
                split($i, part, "=")
                value[part[1]] = part[2]
            }
            if (!best || value["cpu_us"] < cpu) {
                best = 1
                cpu = value["cpu_us"]
                n = value["letters"]
                deflate = value["deflate_us"]
                write = value["write_us"]
                bytes = value["bytes"]
                wall = value["wall_ms"]
            }
            if (value["peak_kb"] > peak)
                peak = value["peak_kb"]
        }
        END {
            if (!n) exit 1
            printf "%-8s %8d %9.0f %9.1f %8.1f %7.1f %7.1f %8.0f %8.1f %8.1f %9.1f\n", name, n, n * 1e6 / cpu,
                cpu / n, deflate / n, write / n, (cpu - deflate - write) / n, bytes / n, peak / 1024,
                64 + 32 * records / 1048576, wall / 1000
        }' "$out/measures"
}

cp tests/bench/job.yaml tests/bench/form-3.yaml tests/bench/form-4.yaml "$out/"
grep -m 1 'model name' /proc/cpuinfo 2>/dev/null | sed 's/.*: //' || true
printf '%-8s %8s %9s %9s %8s %7s %7s %8s %8s %8s %9s\n' \
    letter letters letters/s 'us/letter' deflate write rest bytes 'peak MB' 'limit MB' 'wall s'
for letters in "$@"; do
    "$build/tools/members" "$letters" 1 --rare >"$out/members.csv"
    row form-1 "$out/job.yaml" "$out/members.csv"
done
# The last size once more, with a variation sequence in the name of one in twenty.
"$build/tools/members" "$letters" 1 --rare --ivs 5 >"$out/members.csv"
row ivs-5 "$out/job.yaml" "$out/members.csv"
"$build/tools/members" "$1" 1 --rare --households >"$out/members.csv"
row form-3 "$out/form-3.yaml" "$out/members.csv"
row form-4 "$out/form-4.yaml" "$out/members.csv"
if [ -z "${PEER_DATA:-}" ]; then
    PEER_DATA=$out/peer.csv
    "$build/tools/members" 20000 1 --address | awk -f tests/bench/peer-data.awk >"$PEER_DATA"
fi
row peer tests/bench/peer-letter/job.yaml "$PEER_DATA"
