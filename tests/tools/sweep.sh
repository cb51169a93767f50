#!/bin/sh
# tests/tools/sweep.sh KIND BUILD JOB [ARGUMENT ...] -- a job printed under every fault of a kind, then resumed with the
# delivered program: what it leaves must be, byte for byte, what an undisturbed run leaves (oracle R).
#   KIND    kill killmid killafter        SIGKILL before, inside, after an event at the disk
#           enospc eio fsync              a call fails, once and ever
#           short eintr                   short reads and writes, interrupted ones, by chance
#           power                         a power loss before and after each sync and rename; SEEDS disks each (1)
#           memory                        an allocation fails, the libraries' included, once and ever
#           ceiling                       no more than so much memory in all
#           pair                          a kill or a power loss, then any fault while it is resumed
#           signal                        TERM, INT, HUP, PIPE at any instant, to the run or to all its processes
#           files space size              few open files; little address space; files of few bytes
#   BUILD   holds oshirase, faults/oshirase, tools/power, tools/starve.so
#   ARGUMENT ...  further arguments of `print`; a protected place, when wanted, is given as --protected-out HIDDEN
#   SEED    first fault to take, and seed of what is left to chance (1)
#   COUNT   how many faults of the kind at most, spread evenly over all; 0 = all (0)
#   FROM    of memory: the first allocation that is to fail (1)
# Prints what fails, then "sweep KIND: N passed, N failed (seed, tried, of how many)". One worker: events are counted in
# one process.
set -u
kind=$1 build=$2 job=$3
shift 3
case $build in /*) ;; *) build=$(pwd)/$build ;; esac
case $job in /*) ;; *) job=$(pwd)/$job ;; esac
root=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
seed=${SEED:-1} count=${COUNT:-0} seeds=${SEEDS:-1}
base=/dev/shm # syncs cost nothing there
[ -w $base ] || base=${TMPDIR:-/tmp}
work=$(mktemp -d -p "$base") || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
LC_ALL=C.UTF-8
export LC_ALL
passed=0 failed=0 tried=0

# run PROGRAM PLACE ARGUMENT ...: prints the job into PLACE/out, protected letters into PLACE/hidden
run() {
    run_program=$1 run_place=$2
    shift 2
    mkdir -p "$run_place"
    for argument; do
        shift
        [ "$argument" != HIDDEN ] || argument=$run_place/hidden
        set -- "$@" "$argument"
    done
    "$run_program" print "$job" -o "$run_place/out" --data "$root" --workers "${WORKERS:-1}" --quiet "$@" \
        >"$work/stdout" 2>"$work/stderr" </dev/null
}
delivered=$build/oshirase faulty=$build/faults/oshirase

bad() {
    failed=$((failed + 1))
    echo "sweep $kind: $1"
    head -n 3 "$work/stderr" | sed 's/^/    /'
}

# A splitmix64 would not fit a shell; this one is for choosing only (numbers of C's rand example).
state=$seed
random() { # BELOW: a number into $chance
    state=$(((state * 1103515245 + 12345) % 2147483648))
    chance=$((state / 65536 * 32768 % 1073741824 + state / 7 % 32768))
    chance=$((chance % $1))
}

# ended CODE ALLOWED ...
ended() {
    ended_code=$1
    shift
    for allowed; do [ "$ended_code" -ne "$allowed" ] || return 0; done
    return 1
}

print_of() { # the whole of a folder
    (cd "$1" && find . | sort && find . -type f | sort | xargs -r cat) | sha256sum
}

# recover PLACE WHAT ARGUMENT ...: what lies there is no lie, and a resume gives the undisturbed tree. Equal remains are
# resumed once.
seen=$work/seen
: >"$seen"
recover() {
    recover_place=$1 recover_what=$2
    shift 2
    remains=$(print_of "$recover_place")
    if grep -qxF "$remains" "$seen"; then
        passed=$((passed + 1))
        return
    fi
    recover_want=$straight
    if [ -e "$recover_place/out/manifest.csv" ]; then
        recover_want=0 # complete: there is nothing to do
        if ! diff -r -x .work "$work/good" "$recover_place" >/dev/null; then
            bad "$recover_what: manifest of an unfinished run"
            return
        fi
    fi
    run "$delivered" "$recover_place" "$@" --resume
    code=$?
    if [ $code -eq "$recover_want" ] && diff -r "$work/good" "$recover_place" >"$work/diff"; then
        passed=$((passed + 1))
        echo "$remains" >>"$seen"
    else
        bad "$recover_what: resume ended with $code"
        head -n 3 "$work/diff"
    fi
}

# as_undisturbed CODE WHAT
as_undisturbed() {
    if [ "$1" -eq "$straight" ] && diff -r "$work/good" "$work/place" >/dev/null; then
        passed=$((passed + 1))
    else
        bad "$2: ended with $1"
    fi
}

# wrong CODE: a run under a fault may only end as the undisturbed one, or with 5. Where the job or the input cannot be
# read it is 2 (and nothing is written): the fault hits what is not the run's.
wrong() {
    ended "$1" "$straight" 5 && return 1
    [ "$1" -eq 2 ] && [ ! -e "$work/place/out" ] && return 1
    return 0
}

run "$delivered" "$work/good" "$@"
straight=$?
if ! ended $straight 0 3 || ! [ -s "$work/good/out/lot-000001.pdf" ]; then
    cat "$work/stderr"
    echo "sweep $kind: 0 passed, 1 failed (no undisturbed run)"
    exit 1
fi

# The faults build without a fault gives the delivered bytes; its events are counted on the way.
OSHIRASE_EVENTS=$work/events OSHIRASE_POWER=$work/list run "$faulty" "$work/same" "$@"
code=$?
if [ $code -eq $straight ] && diff -r "$work/good" "$work/same" >/dev/null; then
    passed=$((passed + 1))
else
    bad 'the faults build gives other bytes'
fi
events=$(wc -l <"$work/events")

case $kind in
fsync) events=$(grep -c '^[0-9]* fsync ' "$work/events") ;;
short | eintr | pair | signal | ceiling) events=${COUNT:-100} ;;
files) events=40 ;;
space) events=120 ;;
size) events=60 ;;
power) events=$("$build/tools/power" "$work/list") ;;
memory)
    OSHIRASE_ALLOCATIONS=$work/allocations LD_PRELOAD=$build/tools/starve.so run "$delivered" "$work/starved" "$@"
    events=$(cut -d' ' -f1 "$work/allocations")
    rm -rf "$work/starved"
    ;;
esac
case $kind in
enospc | eio | fsync | memory) ways=2 ;;
power) ways=$seeds ;;
*) ways=1 ;;
esac
all=$((events * ways))

# fault NUMBER: into OSHIRASE_FAULT, of any kind that resuming must survive
any_fault() {
    random 6
    case $chance in 0) any=kill ;; 1) any=killmid ;; 2) any=killafter ;; 3) any=enospc ;; 4) any=eio ;; *) any=fsync ;; esac
    random 2
    any_how=:once
    [ $chance -eq 0 ] || any_how=:ever
    random "$(wc -l <"$work/events")"
    any=$any@$((chance + 1))$any_how
}

# under SECONDS-AFTER SIGNAL WHOM: the delivered program in the background, and a signal into it
interrupt() {
    interrupt_after=$1 interrupt_signal=$2 interrupt_whom=$3
    shift 3
    mkdir -p "$work/place"
    for argument; do
        shift
        [ "$argument" != HIDDEN ] || argument=$work/place/hidden
        set -- "$@" "$argument"
    done
    setsid "$delivered" print "$job" -o "$work/place/out" --data "$root" --workers 2 --quiet "$@" \
        >"$work/stdout" 2>"$work/stderr" </dev/null &
    pid=$!
    sleep "$interrupt_after"
    case $interrupt_whom in
    all) kill -s "$interrupt_signal" -- "-$pid" 2>/dev/null ;;
    *) kill -s "$interrupt_signal" $pid 2>/dev/null ;;
    esac
    wait $pid
}

number=$(((${FROM:-1} - 1) * ways))
while [ "$number" -lt "$all" ]; do
    number=$((number + 1))
    if [ "$count" -gt 0 ] && [ "$count" -lt "$all" ] && [ $(((number + seed) % (all / count))) -ne 0 ]; then
        continue
    fi
    tried=$((tried + 1))
    event=$(((number + ways - 1) / ways))
    how=:once
    [ $((number % 2)) -eq 0 ] || how=:ever
    rm -rf "$work/place"
    case $kind in
    kill | killmid | killafter)
        OSHIRASE_FAULT=$kind@$event run "$faulty" "$work/place" "$@"
        recover "$work/place" "event $event" "$@"
        ;;
    enospc | eio | fsync)
        OSHIRASE_FAULT=$kind@$event$how run "$faulty" "$work/place" "$@"
        code=$?
        if wrong $code; then bad "event $event$how: ended with $code"; fi
        recover "$work/place" "event $event$how" "$@"
        ;;
    memory)
        how=${how#:once}
        OSHIRASE_STARVE=$event$how LD_PRELOAD=$build/tools/starve.so run "$delivered" "$work/place" "$@"
        code=$?
        if ! ended $code $straight 5; then bad "allocation $event$how: ended with $code"; fi
        recover "$work/place" "allocation $event$how" "$@"
        ;;
    ceiling)
        random 120000
        OSHIRASE_CEILING=$((chance * 1024)) LD_PRELOAD=$build/tools/starve.so run "$delivered" "$work/place" "$@"
        code=$?
        if ! ended $code $straight 5; then bad "ceiling $chance KiB: ended with $code"; fi
        recover "$work/place" "ceiling $chance KiB" "$@"
        ;;
    short | eintr)
        OSHIRASE_FAULT=$kind@$((seed + number)) run "$faulty" "$work/place" "$@"
        as_undisturbed $? "seed $((seed + number))"
        ;;
    power)
        disk=$((seed + (number - 1) % ways))
        "$build/tools/power" "$work/list" "$work/same" $((event - 1)) $disk "$work/place" ||
            bad "point $event: no image"
        recover "$work/place" "point $event, disk $disk" "$@"
        ;;
    pair)
        random 2
        if [ $chance -eq 0 ]; then
            random "$(wc -l <"$work/events")"
            first=kill@$((chance + 1))
            OSHIRASE_FAULT=$first run "$faulty" "$work/place" "$@"
        else
            random "$("$build/tools/power" "$work/list")"
            first="power $chance"
            "$build/tools/power" "$work/list" "$work/same" $chance "$number" "$work/place" || bad "$first: no image"
        fi
        any_fault
        OSHIRASE_FAULT=$any run "$faulty" "$work/place" "$@" --resume
        code=$?
        if ! ended $code 0 $straight 2 5 137; then bad "$first, then $any: ended with $code"; fi
        recover "$work/place" "$first, then $any" "$@"
        ;;
    signal)
        random 4
        case $chance in 0) signal=TERM ;; 1) signal=INT ;; 2) signal=HUP ;; *) signal=PIPE ;; esac
        random 2
        whom=all
        [ $chance -eq 0 ] || whom=run
        random 250
        interrupt "0.$(printf '%03d' $chance)" $signal $whom "$@"
        code=$?
        # Before main has taken it in hand a signal ends the process as any: nothing is there then.
        if ! ended $code $straight 5 && { [ $code -lt 128 ] || [ -e "$work/place/out" ]; }; then
            bad "$signal to $whom: ended with $code"
        fi
        recover "$work/place" "$signal to $whom" "$@"
        ;;
    files | space | size)
        case $kind in files) limit="-n $event" ;; space) limit="-v $((event * 4000))" ;; *) limit="-f $event" ;; esac
        # shellcheck disable=SC2086,SC3045  # an option and its number; dash and bash have them
        (ulimit $limit && run "$delivered" "$work/place" "$@") 2>/dev/null
        code=$?
        # 127: not even the dynamic linker could start it; 2: its input could not be opened, nothing is written
        if wrong $code && [ $code -ne 127 ]; then bad "$limit: ended with $code"; fi
        recover "$work/place" "$limit" "$@"
        ;;
    *)
        sed -n '2,20s/^# \{0,1\}//p' "$0" >&2
        exit 2
        ;;
    esac
done
echo "sweep $kind: $passed passed, $failed failed (seed $seed, $tried tried of $all)"
[ "$failed" -eq 0 ]
