/* tests/preload/clock.c -- LD_PRELOAD: another clock. OSHIRASE_CLOCK=SECONDS is added to the time of day; with :back it
 * also goes back an hour at every look. The clock that nobody can set stays. */
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static long looks;

static long shift_now(void)
{
    const char *asked = getenv("OSHIRASE_CLOCK");
    long shift = asked ? strtol(asked, NULL, 10) : 0;
    if (asked && strstr(asked, ":back"))
        shift -= 3600 * ++looks;
    return shift;
}

int clock_gettime(clockid_t clock, struct timespec *out)
{
    int result = (int)syscall(SYS_clock_gettime, clock, out);
    if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)
        out->tv_sec += shift_now();
    return result;
}

time_t time(time_t *out)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (out)
        *out = now.tv_sec;
    return now.tv_sec;
}

int gettimeofday(struct timeval *restrict out, void *restrict zone)
{
    struct timespec now;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &now);
    out->tv_sec = now.tv_sec;
    out->tv_usec = now.tv_nsec / 1000;
    return 0;
}
