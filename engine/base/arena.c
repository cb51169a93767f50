#include "base/arena.h"

#include "base/memory.h"

#include <stdint.h>
#include <string.h>

#define ARENA_ALIGN 16u
#define FIRST_CHUNK (64u << 10)

struct arena_chunk {
    struct arena_chunk *next;
    size_t size, used;                  /* of bytes[] */
    _Alignas(ARENA_ALIGN) char bytes[]; /* zero from used on: chunks come zeroed and are wiped */
};

void arena_open(struct arena *arena, size_t ceiling)
{
    *arena = (struct arena){.ceiling = ceiling};
}

static size_t chunk_size(const struct arena *arena, size_t need)
{
    size_t left = arena->ceiling - arena->taken;
    size_t size = arena->current ? 2 * arena->current->size : FIRST_CHUNK;
    if (size < need)
        size = need;
    return size < left ? size : left;
}

static struct arena_chunk *chunk_add(struct arena *arena, size_t need)
{
    if (need > arena->ceiling - arena->taken)
        return NULL;
    size_t size = chunk_size(arena, need);
    if (size > SIZE_MAX - sizeof(struct arena_chunk))
        return NULL;
    struct arena_chunk *chunk = memory_new(sizeof *chunk + size);
    if (!chunk)
        return NULL;
    chunk->size = size;
    if (arena->current)
        arena->current->next = chunk;
    else
        arena->first = chunk;
    arena->current = chunk;
    arena->taken += size;
    return chunk;
}

void *arena_take(struct arena *arena, size_t size)
{
    if (size > SIZE_MAX - ARENA_ALIGN)
        return NULL;
    size_t need = size ? (size + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1) : ARENA_ALIGN;
    struct arena_chunk *chunk = arena->current;
    if (!chunk || need > chunk->size - chunk->used) {
        chunk = chunk_add(arena, need);
        if (!chunk)
            return NULL;
    }
    char *taken = chunk->bytes + chunk->used;
    chunk->used += need;
    return taken;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes))
        return NULL;
    return arena_take(arena, bytes);
}

struct text arena_text(struct arena *arena, struct text text)
{
    char *copy = arena_take(arena, (size_t)text.length + 1);
    if (!copy)
        return (struct text){NULL, 0};
    if (text.length)
        memcpy(copy, text.bytes, text.length);
    return (struct text){copy, text.length};
}

static void free_from(struct arena_chunk *chunk)
{
    while (chunk) {
        struct arena_chunk *next = chunk->next;
        memory_free(chunk, sizeof *chunk + chunk->size);
        chunk = next;
    }
}

/* Only the first chunk stays, whatever was taken: how much a letter may take must not hang on the
 * one before. */
void arena_wipe(struct arena *arena)
{
    struct arena_chunk *first = arena->first;
    if (!first)
        return;
    free_from(first->next);
    first->next = NULL;
    memory_wipe(first->bytes, first->used);
    first->used = 0;
    arena->current = first;
    arena->taken = first->size;
}

void arena_close(struct arena *arena)
{
    free_from(arena->first);
    arena_open(arena, arena->ceiling);
}
