#!/bin/sh
# The lint finds what it is there for: a small tree that it accepts, then one fault at a time.
. "$(dirname "$0")/../tools/case.sh"

# A tree of two rooms without fault.
tree() {
    rm -rf tree
    mkdir -p tree/engine/base tree/engine/job tree/tests
    printf '# lowest first\nbase:\njob: base\n' >tree/engine/ORDER
    printf '%s\n' '/* base/arena.h -- memory. */' '#ifndef BASE_ARENA_H' '#define BASE_ARENA_H' \
        'int arena(void);' '#endif' >tree/engine/base/arena.h
    printf '%s\n' '/* job/job.h -- the job. */' '#ifndef JOB_JOB_H' '#define JOB_JOB_H' \
        '#include "base/arena.h"' 'int job(void);' '#endif' >tree/engine/job/job.h
    printf '%s\n' '#include "base/arena.h"' '' '#include <string.h>' '' 'int arena(void)' '{' \
        '    return 1; /* not sprintf(x), not open(x) */' '}' >tree/engine/base/arena.c
    printf '%s\n' '#include "job/job.h"' '' '#include "base/arena.h"' '' 'int job(void)' '{' \
        '    const char *text = "strcpy(a, b); // /* ";' '    return arena() + text[0];' '}' >tree/engine/job/job.c
    printf '%s\n' '/* messages */' \
        'MESSAGE(1001, NO_MEMORY, KIND_IO, "no-memory", "memory is exhausted", "足りません")' \
        'MESSAGE(2001, KEY, KIND_JOB, "key", "has {have} of {want}", "{want} のうち {have}")' \
        >tree/engine/base/messages.def
}

# found NUMBER RULE: the lint refuses the tree, by that rule and no other.
found() {
    row "$1" "$2" fails_by "$2"
    tree
}
accepts() {
    "$root/tests/tools/lint.sh" tree >lint.out 2>&1 || { cat lint.out; return 1; }
}
fails_by() {
    ! "$root/tests/tools/lint.sh" tree >lint.out 2>&1 && says lint.out "  \\[$1\\]\$" &&
        says lint.out '^lint: [0-9]+ passed, 1 failed$' || {
        cat lint.out
        return 1
    }
}
job=tree/engine/job/job.c
head=tree/engine/job/job.h
table=tree/engine/base/messages.def

tree
row 1 'a clean tree passes' accepts

printf 'base: job\njob: base\n' >tree/engine/ORDER
found 2 'ORDER'
mkdir tree/engine/attic
found 3 'every room is in ORDER'
sed -i 's|^#include "base/arena.h"|#include "base/arena.h"\n#include "job/job.h"|' tree/engine/base/arena.c
found 4 'includes follow ORDER'
sed -i 's|"base/arena.h"|"arena.h"|' $job
found 5 'includes follow ORDER'
sed -i '1s|.*|#include "base/arena.h"|' $job
found 6 'own header first'
sed -i '1s|.*|#include <string.h>|' $job
sed -i '3d' $job
found 7 'own header first'
sed -i '1s|$|\n#include <string.h>|' $job
found 8 'engine headers before system headers'
sed -i '3s|$|\n\n#include <hpdf.h>|' $job
found 9 'foreign header in its adapter'
sed -i '3s|$|\n\n#include <sqlite3.h>|' $job
found 10 'foreign header in its adapter'
sed -i '3s|$|\n\n#include <unistd.h>|' $job
found 11 'system header outside base/os'
sed -i '3s|$|\n\n#include <sys/stat.h>|' $job
found 12 'system header outside base/os'

# A call in the last function, by rule.
call() {
    sed -i "s|    return arena()|    $2;\\n    return arena()|" $job
    found "$1" "$3"
}
call 13 'open(text, 0)' 'system call outside base/os'
call 14 'int x = getenv(text) != 0' 'system call outside base/os'
call 15 '(void)time (0)' 'system call outside base/os'
call 16 'char *x = malloc(1)' 'heap outside base/memory'
call 17 'sprintf(text, text)' 'banned function'
call 18 'int x = isdigit(text[0])' 'banned function'
call 19 'setlocale(0, text)' 'banned function'
call 20 'assert(x = 1)' 'assert with a side effect'
call 21 'double x = 1' 'float outside the adapters'

sed -i 's|    return arena()|    text->open(1); my_open(1); reopen(1);\n    return arena()|' $job
row 22 'a member and longer names are no calls' accepts
tree

sed -i '1s|job/job.h|job.h|' $head
found 23 'header comment and guard'
sed -i 's|JOB_JOB_H|JOB_H|' $head
found 24 'header comment and guard'

message() {
    echo "$2" >>$table
    found "$1" 'messages'
}
message 25 'MESSAGE(2001, OTHER, KIND_JOB, "other", "is another", "別")'
message 26 'MESSAGE(2002, KEY, KIND_JOB, "other", "is another", "別")'
message 27 'MESSAGE(2002, OTHER, KIND_JOB, "key", "is another", "別")'
message 28 'MESSAGE(2002, OTHER, KIND_JOB, "other", "Another one", "別")'
message 29 'MESSAGE(2002, OTHER, KIND_JOB, "other", "is another.", "別")'
message 30 'MESSAGE(2002, OTHER, KIND_JOB, "other", "is another", "別。")'
message 31 'MESSAGE(2002, OTHER, KIND_JOB, "other", "value {value} is wrong", "別")'
message 32 'MESSAGE(2002, OTHER, KIND_JOB, "other", "value %s is wrong", "別")'
message 33 'MESSAGE(2002, OTHER, KIND_JOB, "other", "has {have}", "別")'
message 34 'MESSAGE(2002, OTHER, KIND_SAD, "other", "is another", "別")'
message 35 'MESSAGE(2002, OTHER, KIND_JOB, "Other_One", "is another", "別")'
message 36 'MESSAGE(2002, OTHER, KIND_JOB, "other", "is another", "")'
message 37 '  MESSAGE(2002, OTHER, KIND_JOB, "other", "is another", "別")'

printf '\tint x;\n' >>$head
found 38 'tab'
printf 'int x; \n' >>$head
found 39 'blank at the end of a line'
printf 'int x;\r\n' >>$head
row 40 'a carriage return is found' fails_by 'carriage return'
tree
printf '/* %0121d */\n' 0 >>$head
found 41 'line over 120'
printf 'int x;' >>$head
found 42 'UTF-8, line feed at the end'
printf '/* \201 */\n' >>$head
found 43 'UTF-8, line feed at the end'

# Objects: a variable that can change, among constants that cannot.
objects() {
    mkdir -p objects
    echo "$1" >objects/part.c
    gcc -c -o objects/part.o objects/part.c && rm -f objects/liboshirase.a &&
        ar rc objects/liboshirase.a objects/part.o
}
lint_objects() {
    "$root/tests/tools/lint.sh" tree objects >lint.out 2>&1
}
objects 'static const char *const words[] = {"a"}; const char *word(void) { return words[0]; }'
row 44 'constants pass' lint_objects
objects 'static int counter; int count(void) { return ++counter; }'
row 45 'a counter is found' refuse 1 lint_objects
row 46 'it is named' says lint.out 'counter is mutable'
objects 'int count(void) { static int once = 7; return ++once; }'
row 47 'one inside a function, too' refuse 1 lint_objects
objects 'static _Thread_local int each; int count(void) { return ++each; }'
row 48 'one a thread, too' refuse 1 lint_objects

finish
