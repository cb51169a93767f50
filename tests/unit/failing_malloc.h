/* tests/unit/failing_malloc.h -- allocations of the whole program, libraries included, of which the n-th fails.
 * arm(n), do the work, disarm(). One test program includes it once; it replaces malloc, calloc and realloc.
 */
#ifndef TESTS_FAILING_MALLOC_H
#define TESTS_FAILING_MALLOC_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

#if defined(__has_feature)
#define HAS_FEATURE(name) __has_feature(name)
#else
#define HAS_FEATURE(name) 0
#endif

static long fail_at, taken; /* 0: none fails */

/* The sanitizer has an allocator of its own: there nothing fails, and only the results are compared. */
#if !defined(__SANITIZE_ADDRESS__) && !HAS_FEATURE(address_sanitizer)
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *pointer, size_t size);

static bool fails(void)
{
    if (fail_at == 0 || ++taken != fail_at)
        return false;
    errno = ENOMEM;
    return true;
}

void *malloc(size_t size)
{
    return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *pointer, size_t size)
{
    return fails() ? NULL : __libc_realloc(pointer, size);
}
#endif

static void arm(long n)
{
    taken = 0;
    fail_at = n;
}

static bool disarm(void) /* true: an allocation has failed */
{
    bool failed = fail_at && taken >= fail_at;
    fail_at = 0;
    return failed;
}

#endif
