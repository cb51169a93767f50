/* base/arena.h -- memory that is given back all at once.
 * A letter has one arena, wiped after it; a job has one for its whole life. Grows by chunks up to its
 * ceiling. Memory taken is 16-byte aligned and zeroed.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

#include "base/error.h"
#include "base/status.h"
#include "base/text.h"

struct arena_chunk;

struct arena {
    struct arena_chunk *first, *current;
    size_t ceiling, taken; /* bytes, all chunks */
};

/* Owns nothing yet; the first take allocates. */
void arena_open(struct arena *arena, size_t ceiling);

/* NULL when the heap or the ceiling is exhausted. size 0 gives a valid pointer. */
void *arena_take(struct arena *arena, size_t size) __attribute__((warn_unused_result));

/* Array of count elements, NULL also when count * size overflows. */
void *arena_array(struct arena *arena, size_t count, size_t size) __attribute__((warn_unused_result));

/* Copies text; the copy is followed by a NUL that its length does not count. bytes NULL: exhausted. */
struct text arena_text(struct arena *arena, struct text text) __attribute__((warn_unused_result));

/* Wipes all used bytes with zeros and starts again; keeps the first chunk. */
void arena_wipe(struct arena *arena);

/* Wipes and frees all. */
void arena_close(struct arena *arena);

#endif
