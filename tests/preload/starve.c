/* tests/preload/starve.c -- LD_PRELOAD: the n-th allocation of the whole process fails, the libraries' included:
 *   OSHIRASE_STARVE=N[:ever]     the N-th, or it and every later one, gives NULL and ENOMEM; mmap counts as well
 *   OSHIRASE_ALLOCATIONS=FILE    how many there were is written there when the process ends
 *   OSHIRASE_CEILING=BYTES       what would take the process beyond so many bytes in all fails (freed ones count on)
 *   OSHIRASE_EACH=PATH           every allocation in one run: at each one the process forks, the allocation fails in the
 *                                child (:once, and in a second one :ever), and the parent goes on when it has ended,
 *                                until PATH is there: from then on they would write to the same files.
 *   OSHIRASE_STEP=K/M            of EACH: only allocations K, K + M, K + 2M ...
 *   OSHIRASE_JUDGE=PROGRAM       of EACH: called with N, once|ever and the child's status (128 + its signal) for every
 *                                child that did not end with 5, or left PATH behind; it judges and deletes what is there
 * Counted from main on: what the dynamic linker and the libraries' constructors take before it is no matter of ours
 * (GLib, which HarfBuzz brings, aborts there).
 * Workers go on from the number that they were forked with. EACH writes into ALLOCATIONS "FIRST BAD": the first
 * allocation that it has not tried, how many judgements were not 0; those of a worker it does not try. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *pointer, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void *memalign(size_t alignment, size_t size);

static atomic_uint_least64_t taken, bytes;
static uint64_t at, ceiling, bad, stopped, step = 1, first = 1;
static bool ever, busy, begun;
static const char *each, *judge;
static pid_t owner;
static int report = -1;

static void get_ready(void)
{
    const char *fault = getenv("OSHIRASE_STARVE"), *most = getenv("OSHIRASE_CEILING");
    const char *file = getenv("OSHIRASE_ALLOCATIONS");
    at = fault ? strtoull(fault, NULL, 10) : 0;
    ever = fault && strstr(fault, ":ever");
    each = getenv("OSHIRASE_EACH");
    owner = getpid();
    judge = getenv("OSHIRASE_JUDGE");
    const char *steps = getenv("OSHIRASE_STEP");
    char *slash = NULL;
    first = steps ? strtoull(steps, &slash, 10) : 1;
    step = slash && *slash == '/' ? strtoull(slash + 1, NULL, 10) : 1;
    if (step == 0)
        step = 1;
    ceiling = most ? strtoull(most, NULL, 10) : 0;
    if (file)
        report = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
}

static void ask(uint64_t number, int code)
{
    char which[24], end[24];
    int result = 0;
    snprintf(which, sizeof which, "%llu", (unsigned long long)number);
    snprintf(end, sizeof end, "%d", code);
    pid_t child = fork();
    if (child == 0) {
        unsetenv("LD_PRELOAD");
        execl(judge, judge, which, ever ? "ever" : "once", end, (char *)NULL);
        _exit(127);
    }
    if (child < 0 || waitpid(child, &result, 0) != child || result != 0)
        bad++;
}

/* True in the child: this allocation is to fail. */
static bool try_without(uint64_t number)
{
    int result = 0;
    pid_t child = fork();
    if (child == 0) {
        each = NULL;
        report = -1;
        at = number;
        alarm(60);
        return true;
    }
    if (child < 0 || waitpid(child, &result, 0) != child)
        abort();
    int code = WIFSIGNALED(result) ? 128 + WTERMSIG(result) : WEXITSTATUS(result);
    if (code != 5 || access(each, F_OK) == 0)
        ask(number, code);
    return false;
}

static bool try_each(uint64_t number)
{
    if (access(each, F_OK) == 0) {
        each = NULL;
        stopped = number;
        return false;
    }
    busy = true;
    ever = false;
    bool child = try_without(number);
    if (!child) {
        ever = true;
        child = try_without(number);
    }
    busy = false;
    return child;
}

/* libqrencode does not look whether it got its frame, and writes. symbology/qr.c takes a block for all that it will need
 * and gives it back first, and that one fails here like any other. */
static bool is_exempt(const void *caller)
{
    Dl_info info;
    return caller && dladdr(caller, &info) && info.dli_fname &&
           strstr(info.dli_fname, "libqrencode");
}

static bool fails_for(size_t size, const void *caller)
{
    int before = errno;
    if (busy || !begun)
        return false;
    uint64_t number = atomic_fetch_add(&taken, 1) + 1;
    bool wanted = at ? (ever ? number >= at : number == at) : each != NULL;
    if (wanted) {
        busy = true;
        bool exempt = is_exempt(caller);
        busy = false;
        if (exempt)
            return false;
    }
    if (each && number >= first && (number - first) % step == 0 && getpid() == owner &&
        try_each(number)) {
        errno = ENOMEM;
        return true;
    }
    errno = before;
    uint64_t sum = atomic_fetch_add(&bytes, size) + size;
    bool hit = at && (ever ? number >= at : number == at);
    if (!hit && (ceiling == 0 || sum <= ceiling))
        return false;
    errno = ENOMEM;
    return true;
}

__attribute__((destructor)) static void tell(void)
{
    char line[64];
    uint64_t last = stopped ? stopped : atomic_load(&taken);
    int size = snprintf(line, sizeof line, "%llu %llu\n", (unsigned long long)last,
                        (unsigned long long)bad);
    if (report >= 0 && write(report, line, (size_t)size) != size)
        abort();
}

static bool fails(size_t size)
{
    return fails_for(size, NULL);
}

typedef int main_function(int count, char **words, char **environment);
static main_function *program;

static int begin(int count, char **words, char **environment)
{
    get_ready();
    begun = true;
    return program(count, words, environment);
}

int __libc_start_main(main_function *main, int count, char **words, void (*start)(void),
                      void (*finish)(void), void (*linker)(void), void *stack);
int __libc_start_main(main_function *main, int count, char **words, void (*start)(void),
                      void (*finish)(void), void (*linker)(void), void *stack)
{
    void *found = dlsym(RTLD_NEXT, "__libc_start_main");
    int (*go)(main_function *, int, char **, void (*)(void), void (*)(void), void (*)(void),
              void *) = NULL;
    memcpy(&go, &found, sizeof go);
    program = main;
    return go(begin, count, words, start, finish, linker, stack);
}

void *malloc(size_t size)
{
    return fails_for(size, __builtin_return_address(0)) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails_for(count * size, __builtin_return_address(0)) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *pointer, size_t size)
{
    return fails(size) ? NULL : __libc_realloc(pointer, size);
}

void *reallocarray(void *pointer, size_t count, size_t size)
{
    size_t whole;
    if (__builtin_mul_overflow(count, size, &whole)) {
        errno = ENOMEM;
        return NULL;
    }
    return realloc(pointer, whole);
}

void *memalign(size_t alignment, size_t size)
{
    return fails(size) ? NULL : __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return memalign(alignment, size);
}

int posix_memalign(void **out, size_t alignment, size_t size)
{
    void *pointer = memalign(alignment, size);
    if (!pointer)
        return ENOMEM;
    *out = pointer;
    return 0;
}

void *mmap(void *address, size_t size, int protection, int flags, int fd, off_t offset)
{
    if (fails(size))
        return MAP_FAILED;
    return (void *)syscall(SYS_mmap, address, size, protection, flags, fd, offset);
}

void *mmap64(void *address, size_t size, int protection, int flags, int fd, off_t offset)
{
    return mmap(address, size, protection, flags, fd, offset);
}
