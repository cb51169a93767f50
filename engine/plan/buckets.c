#include "plan/buckets.h"

#include "base/memory.h"

#include <stdlib.h>

#define BUCKETS 65536u /* by the top 16 bits of the key */

static uint32_t bucket_of(uint64_t key)
{
    return (uint32_t)(key >> 48);
}

static void count_keys(struct buckets *buckets, uint32_t *starts)
{
    for (uint64_t i = 0; i < plan_count(buckets->plan); i++) {
        uint64_t key = buckets->key(buckets->plan, i);
        if (!key)
            continue;
        starts[bucket_of(key) + 1]++;
        buckets->size++;
    }
    for (uint32_t b = 0; b < BUCKETS; b++)
        starts[b + 1] += starts[b];
}

/* From the back, so that starts[b + 1] walks down from the end of bucket b to its first index. */
static void spread(struct buckets *buckets, uint32_t *starts)
{
    for (uint64_t i = plan_count(buckets->plan); i-- > 0;) {
        uint64_t key = buckets->key(buckets->plan, i);
        if (key)
            buckets->indexes[--starts[bucket_of(key) + 1]] = (uint32_t)i;
    }
}

static int by_key(const void *a, const void *b, void *context)
{
    const struct buckets *buckets = context;
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    uint64_t left_key = buckets->key(buckets->plan, left);
    uint64_t right_key = buckets->key(buckets->plan, right);
    if (left_key != right_key)
        return left_key < right_key ? -1 : 1;
    return left < right ? -1 : left > right;
}

static void sort_each(struct buckets *buckets, const uint32_t *starts)
{
    for (uint32_t b = 0; b < BUCKETS; b++) {
        uint64_t first = starts[b + 1];
        uint64_t end = b + 1 < BUCKETS ? starts[b + 2] : buckets->size;
        if (end - first > 1)
            qsort_r(buckets->indexes + first, end - first, sizeof *buckets->indexes, by_key,
                    buckets);
    }
}

enum status buckets_sort(struct buckets *buckets, struct error *error)
{
    size_t starts_size = (BUCKETS + 1) * sizeof(uint32_t);
    uint32_t *starts = memory_new(starts_size);

    buckets->indexes = NULL;
    buckets->size = 0;
    if (!starts)
        return error_set(error, MSG_NO_MEMORY);
    count_keys(buckets, starts);
    if (buckets->size) {
        buckets->indexes = memory_new(buckets->size * sizeof *buckets->indexes);
        if (!buckets->indexes) {
            memory_free(starts, starts_size);
            return error_set(error, MSG_NO_MEMORY);
        }
        spread(buckets, starts);
        sort_each(buckets, starts);
    }
    memory_free(starts, starts_size);
    return OK;
}
