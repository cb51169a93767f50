#!/bin/sh
# tests/bench/run.sh BUILD LETTERS ... -- what a letter costs, on one core. Each row is the best of RUNS runs (3).
#   letters/s   of CPU time, start, reading, pre-pass, composing and writing included
#   us          CPU microseconds a letter; of them deflate and write; the rest is ours
#   bytes       of the PDF files a letter, fonts and all
#   peak, limit MB of memory; limit: 64 MB and 32 bytes a record
# form-1: the official form. ivs-5: the same, 5 % of the names with a variation sequence. form-3: with the card printed
# on it. form-4: a letter a household, so of fewer letters than people (two and a half on each). Forms 3 and 4 are
# measured with the first number of people only. mail: form 3 by post, with customer barcode, NW-7 and the inserter's
# code; sorted: the same by postcode, with bundles, a household an envelope. peer: tests/bench/peer-letter, with a QR code of its own on each
# letter; PEER_DATA=
# names a file for it, else one is made.
# voice-qr, voice-in: form 1 with a voice code on each letter: a QR code that is drawn; symbols that were supplied.
# workers: the last size of form 1 in a folder of memory where there is one, by one worker, by two, by one a processor:
# wall time, letters/s by the clock, CPU of all together, and the time beside that of one worker.
# extract: an insurer's file of 30 columns with whole My Numbers, one in ten protected, addresses compared, into a print
# file that is sealed for a recipient (CMS); records/s of CPU time, and how long a million takes at this rate.
set -eu
build=$1
shift
cd "$(dirname "$0")/../.."
runs=${RUNS:-3}
out=out/bench
rm -rf "$out"
mkdir -p "$out"
shared=$out
if [ -d /dev/shm ] && [ -w /dev/shm ]; then shared=$(mktemp -d /dev/shm/oshirase-bench.XXXXXX); fi
trap 'rm -rf "$out" "$shared"' EXIT
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

# by_clock WORKERS JOB DATA: the best of RUNS runs, by wall time.
by_clock() {
    # shellcheck disable=SC2034
    for turn in $(seq "$runs"); do
        rm -rf "$shared/lots"
        OSHIRASE_MEASURE=1 "$build/oshirase" print "$2" --input "$3" -o "$shared/lots" --data . --quiet --workers "$1" \
            2>"$out/words" || [ $? -eq 3 ] || { cat "$out/words" >&2; return 1; }
        grep '^measure ' "$out/words"
    done | awk -v workers="$1" -v one="${one_ms:-0}" '
        {
            for (i = 2; i <= NF; i++) {
                split($i, part, "=")
                value[part[1]] = part[2]
            }
            if (!wall || value["wall_ms"] < wall) {
                wall = value["wall_ms"]
                cpu = value["cpu_us"]
                n = value["letters"]
            }
        }
        END {
            if (!n) exit 1
            printf "%-8d %8d %9.0f %9.1f %9.1f %9.2f\n", workers, n, n * 1e3 / wall, cpu / n, wall / 1000,
                one ? wall / one : 1
        }'
}

cp tests/bench/job.yaml tests/bench/form-3.yaml tests/bench/form-4.yaml tests/bench/mail.yaml "$out/"
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
row mail "$out/mail.yaml" "$out/members.csv"
sed '/^output:/a\  order: postcode' "$out/mail.yaml" >"$out/sorted.yaml"
printf 'piece: { by: household }\n' >>"$out/sorted.yaml"
row sorted "$out/sorted.yaml" "$out/members.csv"
row form-4 "$out/form-4.yaml" "$out/members.csv"
if [ -z "${PEER_DATA:-}" ]; then
    PEER_DATA=$out/peer.csv
    "$build/tools/members" 20000 1 --address | awk -f tests/bench/peer-data.awk >"$PEER_DATA"
fi
row peer tests/bench/peer-letter/job.yaml "$PEER_DATA"

# A voice code on each: a QR code that is drawn, and symbols that were supplied (of the tests' encoder).
{ cat tests/bench/job.yaml; echo 'voice: { kind: qr }'; } >"$out/voice-qr.yaml"
{ cat tests/bench/job.yaml; echo 'voice: { kind: uni-voice, symbols: symbols }'; } >"$out/voice-in.yaml"
"$build/tools/members" 5000 1 >"$out/members.csv"
row voice-qr "$out/voice-qr.yaml" "$out/members.csv"
mkdir "$out/symbols"
"$build/oshirase" voice "$out/voice-in.yaml" -o "$out/texts.csv" --data . 2>/dev/null
"$build/tools/test-encoder" "$out/texts.csv" "$out/symbols" 2>/dev/null
row voice-in "$out/voice-in.yaml" "$out/members.csv"
rm -rf "$out/symbols" "$out/texts.csv"

"$build/tools/members" "$letters" 1 --rare >"$out/members.csv"
printf '\n%-8s %8s %9s %9s %9s %9s\n' workers letters letters/s 'us/letter' 'wall s' 'to one'
by_clock 1 "$out/job.yaml" "$out/members.csv" | tee "$out/one"
one_ms=$(awk '{ print $5 * 1000 }' "$out/one")
by_clock 2 "$out/job.yaml" "$out/members.csv"
processors=$(nproc 2>/dev/null || echo 1)
[ "$processors" -le 2 ] || by_clock "$processors" "$out/job.yaml" "$out/members.csv"

# extract_row RECORDS
extract_row() {
    awk -v count="$1" -v seed=7 -f tests/tools/insured.awk >"$out/members.csv"
    head -c 32 /dev/urandom >"$out/shared.key"
    chmod 600 "$out/shared.key"
    openssl req -x509 -newkey rsa:2048 -nodes -keyout "$out/vendor.key" -out "$out/vendor.pem" -subj /CN=vendor -days 2 \
        2>/dev/null
    { sed 's/form: "1"/form: official/' tests/bench/job.yaml; echo 'seal: { key: shared.key }'; } >"$out/extract.yaml"
    # shellcheck disable=SC2034
    for turn in $(seq "$runs"); do
        rm -rf "$out/given"
        # shellcheck disable=SC2086
        OSHIRASE_MEASURE=1 $one_core "$build/oshirase" extract "$out/extract.yaml" --input "$out/members.csv" -o "$out/given" \
            --seal "$out/vendor.pem" --data . --quiet 2>"$out/words" || [ $? -eq 3 ] || { cat "$out/words" >&2; return 1; }
        grep '^measure ' "$out/words"
    done | awk '
        {
            for (i = 2; i <= NF; i++) {
                split($i, part, "=")
                value[part[1]] = part[2]
            }
            if (!cpu || value["cpu_us"] < cpu)
                cpu = value["cpu_us"]
            if (value["peak_kb"] > peak)
                peak = value["peak_kb"]
            n = value["records"]
        }
        END {
            if (!n) exit 1
            printf "%-8s %8d %9.0f %9.1f %9.1f %9.1f %9.1f\n", "extract", n, n * 1e6 / cpu, cpu / n, peak / 1024,
                64 + 32 * n / 1048576, cpu / n
        }'
}
printf '\n%-8s %8s %9s %9s %9s %9s %9s\n' '' records records/s 'us/record' 'peak MB' 'limit MB' 's/million'
extract_row "$letters"
