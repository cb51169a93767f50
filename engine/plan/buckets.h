/* plan/buckets.h -- indexes of records, sorted by a key: counting by the key's top bits, then each bucket sorted.
 * Memory: 4 bytes a record that has a key. Private to the room.
 */
#ifndef PLAN_BUCKETS_H
#define PLAN_BUCKETS_H

#include "plan/plan.h"

struct buckets {
    struct plan *plan;
    uint64_t (*key)(struct plan *plan, uint64_t index); /* spread over 64 bits; 0 = left out */
    uint32_t *indexes; /* by key, then by index; owned by who asked */
    uint64_t size;
};

/* plan and key are set; fills indexes and size. Give indexes back with memory_free (size * 4 bytes). */
CHECKED enum status buckets_sort(struct buckets *buckets, struct error *error);

#endif
