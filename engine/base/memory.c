#include "base/memory.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

void memory_wipe(void *pointer, size_t size)
{
    if (pointer && size)
        explicit_bzero(pointer, size);
}

void memory_free(void *pointer, size_t size)
{
    memory_wipe(pointer, size);
    free(pointer);
}

/* Not realloc: it would leave the old bytes, which may be a person's, in freed memory. */
static void *move_to_new(void *pointer, size_t old_size, size_t new_size)
{
    void *fresh = calloc(1, new_size);
    if (!fresh)
        return NULL;
    memcpy(fresh, pointer, old_size < new_size ? old_size : new_size);
    memory_free(pointer, old_size);
    return fresh;
}

void *memory_resize(void *pointer, size_t old_size, size_t new_size)
{
    if (new_size == 0) {
        memory_free(pointer, old_size);
        return NULL;
    }
    if (!pointer)
        return calloc(1, new_size);
    if (new_size == old_size)
        return pointer;
    return move_to_new(pointer, old_size, new_size);
}

void *memory_library(void *pointer, size_t size)
{
    if (size)
        return realloc(pointer, size);
    free(pointer);
    return NULL;
}

void memory_watch(void)
{
    errno = 0;
}

bool memory_ran_out(void)
{
    return errno == ENOMEM;
}
