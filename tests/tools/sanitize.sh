#!/bin/sh
# tests/tools/sanitize.sh BUILD -- the C tests, the fuzz corpora and some jobs, built with AddressSanitizer and
# UndefinedBehaviorSanitizer. Any report of theirs ends its program with a failure.
set -eu
build=$1
cd "$(dirname "$0")/../.."
ASAN_OPTIONS=detect_leaks=1:abort_on_error=0:exitcode=99
UBSAN_OPTIONS=print_stacktrace=1
export ASAN_OPTIONS UBSAN_OPTIONS
SKIP_LINT=1 tests/tools/check.sh "$build" unit fuzz properties demo print verify mail boundary
