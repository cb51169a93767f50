#include "base/os.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#if defined(__has_feature)
#define HAS_FEATURE(name) __has_feature(name)
#else
#define HAS_FEATURE(name) 0
#endif

bool os_is_terminal(int fd)
{
    return isatty(fd) == 1;
}

uint64_t os_clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

void os_sleep_ms(uint64_t ms)
{
    struct timespec left = {(time_t)(ms / 1000), (long)(ms % 1000) * 1000000};
    while (nanosleep(&left, &left) != 0 && errno == EINTR)
        continue;
}

static uint64_t microseconds(struct timeval time)
{
    return (uint64_t)time.tv_sec * 1000000 + (uint64_t)time.tv_usec;
}

static uint64_t cpu_us_of(int who)
{
    struct rusage usage;
    if (getrusage(who, &usage) != 0)
        return 0;
    return microseconds(usage.ru_utime) + microseconds(usage.ru_stime);
}

uint64_t os_cpu_us(void)
{
    return cpu_us_of(RUSAGE_SELF) + cpu_us_of(RUSAGE_CHILDREN);
}

uint64_t os_thread_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

uint64_t os_peak_kb(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (uint64_t)usage.ru_maxrss;
}

const char *os_environment(const char *name)
{
    return getenv(name);
}

/* The first of the three that is set and not empty decides (POSIX, Base Definitions 8.2). */
bool os_locale_is_japanese(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = os_environment(names[i]);
        if (value && *value)
            return strncmp(value, "ja", 2) == 0 && (value[2] == '\0' || strchr("_.@", value[2]));
    }
    return false;
}

void os_harden(void)
{
    const struct rlimit none = {0, 0};
    umask(077);
    setrlimit(RLIMIT_CORE, &none);
    /* A closed pipe or a full quota is to come back as a failed write, not to kill a run. */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
#if !defined(__SANITIZE_ADDRESS__) && !HAS_FEATURE(address_sanitizer)
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); /* would blind the leak checker, which reads us by ptrace */
#endif
}

void os_end(int code)
{
    _exit(code);
}

static void (*memory_ended)(void);

void os_no_memory_set(void (*ended)(void))
{
    memory_ended = ended;
}

void os_no_memory(void)
{
    if (memory_ended)
        memory_ended();
}
