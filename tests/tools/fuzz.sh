#!/bin/sh
# tests/tools/fuzz.sh BUILD SECONDS TARGET ... -- each fuzz target for so long, from its corpus.
# New inputs and what crashed stay in out/fuzz/TARGET; the corpus itself is only read.
set -eu
build=$1 seconds=$2
shift 2
cd "$(dirname "$0")/../.."
failed=0
for target in "$@"; do
    found=out/fuzz/$target
    mkdir -p "$found"
    printf '%s: ' "$target"
    if "$build/fuzzer/$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 \
        -artifact_prefix="$found/" "$found" "tests/fuzz/corpus/$target" >"$found.log" 2>&1; then
        sed -n 's/^Done \([0-9]*\) runs.*/\1 runs, nothing found/p' "$found.log"
    else
        echo "fails, see $found.log"
        failed=1
    fi
done
exit $failed
