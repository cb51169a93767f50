#!/bin/sh
# Job J (40 letters of 3 forms in lots of 8, 2 records held, a protected person) under faults of the disk, the memory and
# its surroundings, each followed by --resume: the undisturbed bytes. `make check` takes some of each kind, `make soak`
# as many as COUNT says, or all; SEED says which.
. "$(dirname "$0")/../tools/case.sh"
. "$root/tests/tools/job-j.sh"
job_j

# sweep KIND CHECK SOAK: so many faults; SOAK 0: all
sweep() {
    sweep_count=$2
    if [ -n "${COUNT:-}" ]; then
        sweep_count=$3
        { [ "$3" -gt 0 ] && [ "$3" -lt "$COUNT" ]; } || sweep_count=$COUNT
    fi
    SEED=${SEED:-1} COUNT=$sweep_count SEEDS=64 "$root/tests/tools/sweep.sh" "$1" "$build" job.yaml \
        --protected-out HIDDEN >"$work/sweep" 2>&1
    sweep_code=$?
    if [ $sweep_code -eq 0 ]; then tail -n 1 "$work/sweep"; else cat "$work/sweep"; fi
    return $sweep_code
}

row 1 'job J is what it says' test "$(job_j_facts)" = '40 letters, 3 forms, 5 lots, 2 held, 1 protected'
row 2 'killed before an event' sweep kill 8 0
row 3 'killed in the middle of a write' sweep killmid 6 0
row 4 'killed after an event' sweep killafter 6 0
row 5 'power lost' sweep power 14 0
row 6 'disk full' sweep enospc 10 0
row 7 'disk out of order' sweep eio 10 0
row 8 'a sync that fails' sweep fsync 6 0
row 9 'short reads and writes' sweep short 3 500
row 10 'interrupted calls' sweep eintr 3 500
row 11 'a fault while it is resumed' sweep pair 8 5000
row 12 'TERM, INT, HUP, PIPE' sweep signal 8 500
row 13 'few open files' sweep files 6 0
row 14 'little address space' sweep space 6 0
row 15 'files of few bytes' sweep size 6 0
finish
