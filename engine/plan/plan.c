#include "plan/plan.h"

#include "base/memory.h"

#include <stdlib.h>

#define BLOCK_ENTRIES 65536u /* 1.5 MiB: no block is ever moved, so growing costs no second copy */
#define BUCKETS 65536u       /* by the top 16 bits of the hash */

struct plan {
    struct plan_entry **blocks;
    size_t block_room;
    uint64_t count;
};

_Static_assert(sizeof(struct plan_entry) == 24, "24 bytes a record");

enum status plan_new(struct plan **out, struct error *error)
{
    *out = memory_new(sizeof **out);
    return *out ? OK : error_set(error, MSG_NO_MEMORY);
}

void plan_free(struct plan *plan)
{
    if (!plan)
        return;
    for (uint64_t i = 0; i * BLOCK_ENTRIES < plan->count; i++)
        memory_free(plan->blocks[i], BLOCK_ENTRIES * sizeof(struct plan_entry));
    memory_free(plan->blocks, plan->block_room * sizeof *plan->blocks);
    memory_free(plan, sizeof *plan);
}

static enum status room_for_block(struct plan *plan, size_t block, struct error *error)
{
    if (block < plan->block_room)
        return OK;
    size_t room = plan->block_room ? plan->block_room * 2 : 16;
    struct plan_entry **blocks =
        memory_resize(plan->blocks, plan->block_room * sizeof *blocks, room * sizeof *blocks);
    if (!blocks)
        return error_set(error, MSG_NO_MEMORY);
    plan->blocks = blocks;
    plan->block_room = room;
    return OK;
}

enum status plan_add(struct plan *plan, const struct plan_entry *entry, struct error *error)
{
    size_t block = plan->count / BLOCK_ENTRIES, place = plan->count % BLOCK_ENTRIES;
    if (place == 0) {
        if (plan->count >= UINT32_MAX) /* the list of doubles holds 32-bit indexes */
            return error_set(error, MSG_TOO_MANY_RECORDS);
        if (room_for_block(plan, block, error) != OK)
            return STOP;
        plan->blocks[block] = memory_new(BLOCK_ENTRIES * sizeof *entry);
        if (!plan->blocks[block])
            return error_set(error, MSG_NO_MEMORY);
    }
    plan->blocks[block][place] = *entry;
    plan->count++;
    return OK;
}

uint64_t plan_count(const struct plan *plan)
{
    return plan->count;
}

struct plan_entry *plan_at(struct plan *plan, uint64_t index)
{
    return &plan->blocks[index / BLOCK_ENTRIES][index % BLOCK_ENTRIES];
}

uint64_t plan_total(const struct plan *plan, enum plan_outcome outcome)
{
    uint64_t total = 0;
    for (uint64_t i = 0; i < plan->count; i++)
        total += plan->blocks[i / BLOCK_ENTRIES][i % BLOCK_ENTRIES].outcome == outcome;
    return total;
}

/* -- doubles: indexes spread into buckets by hash, each bucket sorted, equal neighbours compared -- */

struct doubles {
    struct plan *plan;
    const struct plan_reader *reader;
    uint32_t *indexes; /* of all entries with an id, bucket after bucket */
    uint32_t *starts;  /* BUCKETS + 1 */
    uint64_t size;
    uint16_t message;
    uint8_t column;
};

static uint64_t hash_of(const struct doubles *doubles, uint32_t index)
{
    return plan_at(doubles->plan, index)->id_hash;
}

static uint32_t bucket_of(uint64_t hash)
{
    return (uint32_t)(hash >> 48);
}

static void fill_buckets(struct doubles *doubles)
{
    struct plan *plan = doubles->plan;
    for (uint64_t i = 0; i < plan->count; i++)
        if (plan_at(plan, i)->id_hash)
            doubles->starts[bucket_of(plan_at(plan, i)->id_hash) + 1]++;
    for (uint32_t b = 0; b < BUCKETS; b++)
        doubles->starts[b + 1] += doubles->starts[b];
    for (uint64_t i = plan->count;
         i-- > 0;) { /* from the back: starts[b + 1] walks down to starts[b] */
        uint64_t hash = plan_at(plan, i)->id_hash;
        if (hash)
            doubles->indexes[--doubles->starts[bucket_of(hash) + 1]] = (uint32_t)i;
    }
}

static int by_hash(const void *a, const void *b, void *context)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    uint64_t left_hash = hash_of(context, left), right_hash = hash_of(context, right);
    if (left_hash != right_hash)
        return left_hash < right_hash ? -1 : 1;
    return left < right ? -1 : left > right;
}

static void hold(const struct doubles *doubles, uint32_t index)
{
    struct plan_entry *entry = plan_at(doubles->plan, index);
    entry->outcome = PLAN_HELD;
    entry->message = doubles->message;
    entry->column = doubles->column;
}

/* Entries [first, end) share a hash; almost always they share the id too, but only reading proves it. Chance makes
 * no large group: that is a column stuck at one value, and reading all its pairs would take for ever. */
#define LARGEST_PROVED 16

static enum status hold_equal(const struct doubles *doubles, uint64_t first, uint64_t end,
                              struct error *error)
{
    bool stuck = end - first > LARGEST_PROVED;
    for (uint64_t a = first; a < end; a++) {
        for (uint64_t b = a + 1; b < end && !stuck; b++) {
            bool same = false;
            enum status status = doubles->reader->same_id(
                doubles->reader->context, doubles->indexes[a], doubles->indexes[b], &same, error);
            if (status != OK)
                return status;
            if (same) {
                hold(doubles, doubles->indexes[a]);
                hold(doubles, doubles->indexes[b]);
            }
        }
        if (stuck)
            hold(doubles, doubles->indexes[a]);
    }
    return OK;
}

static enum status check_bucket(const struct doubles *doubles, uint64_t first, uint64_t end,
                                struct error *error)
{
    for (uint64_t a = first; a < end;) {
        uint64_t b = a + 1;
        while (b < end &&
               hash_of(doubles, doubles->indexes[b]) == hash_of(doubles, doubles->indexes[a]))
            b++;
        if (b - a > 1 && hold_equal(doubles, a, b, error) != OK)
            return STOP;
        a = b;
    }
    return OK;
}

static enum status check_buckets(struct doubles *doubles, struct error *error)
{
    /* fill_buckets left starts[b + 1] at the first index of bucket b */
    for (uint32_t b = 0; b < BUCKETS; b++) {
        uint64_t first = doubles->starts[b + 1];
        uint64_t end = b + 1 < BUCKETS ? doubles->starts[b + 2] : doubles->size;
        if (end - first > 1) {
            qsort_r(doubles->indexes + first, end - first, sizeof *doubles->indexes, by_hash,
                    doubles);
            if (check_bucket(doubles, first, end, error) != OK)
                return STOP;
        }
    }
    return OK;
}

static uint64_t count_ids(struct plan *plan)
{
    uint64_t count = 0;
    for (uint64_t i = 0; i < plan->count; i++)
        count += plan_at(plan, i)->id_hash != 0;
    return count;
}

enum status plan_close(struct plan *plan, const struct plan_reader *reader, uint16_t doubled,
                       unsigned slot, struct error *error)
{
    struct doubles doubles = {.plan = plan,
                              .reader = reader,
                              .size = count_ids(plan),
                              .message = doubled,
                              .column = (uint8_t)(slot + 1)};
    size_t starts_size = (BUCKETS + 1) * sizeof *doubles.starts;
    size_t indexes_size = doubles.size * sizeof *doubles.indexes;
    enum status status = STOP;

    if (doubles.size < 2)
        return OK;
    doubles.starts = memory_new(starts_size);
    doubles.indexes = memory_new(indexes_size);
    if (doubles.starts && doubles.indexes) {
        fill_buckets(&doubles);
        status = check_buckets(&doubles, error);
    } else {
        status = error_set(error, MSG_NO_MEMORY);
    }
    memory_free(doubles.starts, starts_size);
    memory_free(doubles.indexes, indexes_size);
    return status;
}
