#!/bin/sh
# tests/tools/lint.sh ROOT [BUILD] -- the rules of the house that a script can see. One row a rule.
# With BUILD the objects of its library are looked at too. Prints file:line and what is wrong.
set -u
LC_ALL=C.UTF-8
export LC_ALL
tools=$(cd "$(dirname "$0")" && pwd) || exit 1
build=${2:-}
case $build in '' | /*) ;; *) build=$(pwd)/$build ;; esac
cd "$1" || exit 1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
: >"$work/verdicts"

# rule TITLE: reads complaints, one a line. None: passed.
rule() {
    sort -u >"$work/complaints"
    if [ -s "$work/complaints" ]; then
        sed "s|\$|  [$1]|" "$work/complaints"
        echo failed >>"$work/verdicts"
    else
        echo passed >>"$work/verdicts"
    fi
}

# -- the sources without comments, strings emptied; line numbers stay --
find engine -name '*.[ch]' | sort >"$work/engine"
find engine tests -name '*.[ch]' -o -name '*.def' | sort >"$work/c"
while read -r file; do
    mkdir -p "$work/bare/$(dirname "$file")"
    awk -f "$tools/bare.awk" "$file" >"$work/bare/$file"
done <"$work/engine"

# bare FILES PATTERN: hits of the extended pattern in code as file:line:text. FILES is a grep pattern of names.
bare() {
    (cd "$work/bare" && grep -rnE -e "$2" engine) | grep -E "^($1)" || true
}

# uses NAMES: calls of these functions: not a part of a longer name, not a member.
uses() {
    bare 'engine/' "(^|[^_[:alnum:].>])($1)[[:space:]]*\\("
}

# -- rooms --
grep -v '^#' engine/ORDER | grep -n . | sed 's/:/ /' >"$work/order"

awk -f "$tools/order.awk" "$work/order" | rule 'ORDER'

for folder in engine/*/; do
    room=$(basename "$folder")
    grep -qE "^[0-9]+ $room:" "$work/order" || echo "engine/$room: room is not in engine/ORDER"
done | rule 'every room is in ORDER'

xargs grep -nE '^[[:space:]]*#[[:space:]]*include' <"$work/engine" >"$work/includes"
awk -f "$tools/include.awk" -v what=rooms "$work/order" "$work/includes" | rule 'includes follow ORDER'
awk -f "$tools/include.awk" -v what=first "$work/order" "$work/includes" | rule 'own header first'
awk -f "$tools/include.awk" -v what=sorted "$work/order" "$work/includes" | rule 'engine headers before system headers'
awk -f "$tools/include.awk" -v what=foreign "$tools/adapters" "$work/includes" | rule 'foreign header in its adapter'

# -- the one door to the machine: base/os*.c --
system='unistd|fcntl|time|dirent|pthread|threads|signal|termios|poll|dlfcn|locale|langinfo|spawn|pwd|grp|ftw|glob'
system="$system|sys/[a-z_]*|netinet/[a-z_]*|arpa/[a-z_]*|linux/[a-z_]*"
grep -E "<($system)\\.h>" "$work/includes" | grep -vE '^engine/base/os[a-z_]*\.c:' |
    rule 'system header outside base/os'

calls='open|openat|creat|close|read|pread|write|pwrite|readv|writev|lseek|stat|fstat|lstat|fstatat|statx|access'
calls="$calls|unlink|unlinkat|rename|renameat|remove|mkdir|rmdir|opendir|readdir|scandir|realpath|readlink|chdir"
calls="$calls|chmod|fchmod|chown|fchown|link|symlink|mmap|munmap|fsync|fdatasync|ftruncate|truncate|fallocate|flock"
calls="$calls|fopen|fdopen|freopen|fclose|fread|fwrite|fseek|ftell|fflush|fputs|fputc|puts|putchar|fgets|fgetc|getc"
calls="$calls|getchar|printf|fprintf|vprintf|vfprintf|dprintf|perror|tmpfile|mkstemp|mkdtemp|isatty|ioctl|poll"
calls="$calls|getenv|secure_getenv|setenv|putenv|time|clock|clock_gettime|gettimeofday|getrusage|times|sleep|usleep"
calls="$calls|nanosleep|fork|vfork|execv|execve|execvp|execl|posix_spawn|waitpid|kill|raise|abort|exit|_exit|atexit"
calls="$calls|signal|sigaction|umask|setrlimit|getrlimit|prctl|getpid|getuid|geteuid|sysconf|uname|getrandom"
calls="$calls|pthread_[a-z_]*|thrd_[a-z]*|dlopen|syscall"
uses "$calls" | grep -vE '^engine/base/os[a-z_]*\.c:' | rule 'system call outside base/os'

# -- the one door to the heap, and what has no place anywhere --
uses 'malloc|calloc|realloc|reallocarray|strdup|strndup|asprintf|vasprintf|aligned_alloc|posix_memalign' |
    grep -v '^engine/base/memory\.c:' | rule 'heap outside base/memory'

banned='strcpy|stpcpy|strcat|strncat|strncpy|sprintf|vsprintf|strtok|strtok_r|atoi|atol|atoll|atof|strtod|strtof'
banned="$banned|gets|scanf|sscanf|fscanf|localtime|localtime_r|gmtime|gmtime_r|ctime|ctime_r|asctime|mktime|strftime"
banned="$banned|setlocale|newlocale|uselocale|toupper|tolower|isalpha|isdigit|isspace|isalnum|isprint|strcoll|wctomb"
banned="$banned|mbtowc|rand|srand|rand_r|random|srandom|drand48|system|popen|alloca|longjmp|setjmp|tmpnam|mktemp"
uses "$banned" | rule 'banned function'

uses 'assert' | grep -E '\+\+|--|[^=!<>]=[^=]' | rule 'assert with a side effect'

# Geometry is whole numbers. Doubles are the language of two libraries, spoken in their adapters only.
bare 'engine/' '(^|[^_[:alnum:]])(float|double|long double)([^_[:alnum:]]|$)' |
    grep -vE '^engine/(raster|pdf)/' | rule 'float outside the adapters'

# -- headers say what they are --
find engine -name '*.h' | while read -r header; do
    short=${header#engine/}
    guard=$(echo "$short" | tr 'a-z/.-' 'A-Z___')
    head -n 1 "$header" | grep -qF "/* $short -- " || echo "$header:1: does not begin with \"/* $short -- \""
    if ! grep -qx "#ifndef $guard" "$header" || ! grep -qx "#define $guard" "$header"; then
        echo "$header:1: guard is not $guard"
    fi
done | rule 'header comment and guard'

# -- messages --
awk -f "$tools/messages.awk" engine/base/messages.def | rule 'messages'

# -- text --
{
    cat "$work/c"
    find layouts templates fonts tests .ci Makefile LICENSE NOTICE README.md -type f 2>/dev/null |
        grep -E '(\.(yaml|conf|sh|awk|md)|/run|Makefile|LICENSE|NOTICE)$'
} | sort -u >"$work/text"
tab=$(printf '\t')
grep -v '^Makefile$' "$work/text" | xargs grep -nE "$tab" /dev/null | rule 'tab'
xargs grep -nE '[[:blank:]]$' /dev/null <"$work/text" | rule 'blank at the end of a line'
xargs grep -nE "$(printf '\r')" /dev/null <"$work/text" | rule 'carriage return'
# The table of messages has one row a line, and tests quote long texts; code does not.
grep -v '^engine/base/messages\.def$' "$work/c" | xargs grep -nE '^.{121,}' /dev/null |
    grep -v '^tests/' | rule 'line over 120'
while read -r file; do
    iconv -f UTF-8 -t UTF-8 "$file" >/dev/null 2>&1 || echo "$file: is not UTF-8"
    [ ! -s "$file" ] || [ -z "$(tail -c 1 "$file")" ] || echo "$file: does not end with a line feed"
done <"$work/text" | rule 'UTF-8, line feed at the end'

# -- no state that is shared: nothing writable in the objects but what the loader alone writes, and the machine's
# own counters in base/os --
if [ -n "$build" ] && [ -e "$build/liboshirase.a" ]; then
    objdump -t "$build/liboshirase.a" | awk '
        /:     file format/ { object = $1 }
        object !~ /^os/ && $NF !~ /^\./ && match($0, /[ \t]\.(data|bss|tdata|tbss)[^ \t]*/) {
            section = substr($0, RSTART + 1, RLENGTH - 1)
            if (section !~ /^\.data\.rel\.ro/) print object ": " $NF " is mutable (" section ")"
        }' | rule 'no mutable state'
fi

passed=$(grep -c passed "$work/verdicts")
failed=$(grep -c failed "$work/verdicts")
echo "lint: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
