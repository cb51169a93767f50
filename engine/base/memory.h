/* base/memory.h -- the one door to the heap; everything of ours passes here, with sizes.
 * Gives zeroed memory or NULL. The caller turns NULL into error_set(MSG_NO_MEMORY).
 */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/* pointer, old size, new size: (NULL, 0, n) is new, (p, n, 0) frees and wipes (gives NULL), else resizes;
 * added bytes are zero. When resizing fails the old memory stays. */
void *memory_resize(void *pointer, size_t old_size, size_t new_size) __attribute__((warn_unused_result));

static inline void *memory_new(size_t size)
{
    return memory_resize(NULL, 0, size);
}

void memory_free(void *pointer, size_t size); /* wipes; NULL is allowed */
void memory_wipe(void *pointer, size_t size); /* is not optimised away */

/* The heap of a library that asks for it by realloc and wipes its secrets itself: size 0 frees and gives NULL. */
void *memory_library(void *pointer, size_t size) __attribute__((warn_unused_result));

/* For libraries that go on after a failed allocation and leave something out: did an allocation of this thread
 * fail since memory_watch? Told by errno, which malloc sets to ENOMEM and no function clears (POSIX.1, 2.3); so
 * ask before a system call can fail for a reason of its own. */
void memory_watch(void);
bool memory_ran_out(void);

#endif
