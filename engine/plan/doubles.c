/* plan/doubles.c -- records that share 整理番号, or are one person twice: found by hash, proved by reading. */
#include "plan/buckets.h"

#include "base/memory.h"

/* 32-bit hashes are spread by a multiplication, so that buckets are even (Knuth, TAOCP 6.4). */
static uint64_t spread_hash(uint32_t hash)
{
    return hash ? ((uint64_t)hash * 0x9E3779B1u) << 32 | hash : 0;
}

static uint64_t id_key(struct plan *plan, uint64_t index)
{
    return spread_hash(plan_at(plan, index)->hash[PLAN_ID]);
}

static uint64_t person_key(struct plan *plan, uint64_t index)
{
    return spread_hash(plan_at(plan, index)->hash[PLAN_PERSON]);
}

struct doubles {
    const struct buckets *buckets;
    const struct plan_reader *reader;
    enum plan_key key;
    uint16_t message;
    uint8_t column;
};

static void hold(const struct doubles *doubles, uint64_t place)
{
    plan_hold(doubles->buckets->plan, doubles->buckets->indexes[place], doubles->message,
              doubles->column);
}

/* Entries [first, end) share a hash, and only reading tells whether they share the key. A large group is a column
 * stuck at one value: there a few proofs are enough, and reading all against all would take for ever. */
#define PROVED_PAIRS 16

static enum status hold_equal(const struct doubles *doubles, uint64_t first, uint64_t end,
                              struct error *error)
{
    const uint32_t *indexes = doubles->buckets->indexes;
    bool stuck = end - first > PROVED_PAIRS;
    for (uint64_t a = first; a < end; a++) {
        for (uint64_t b = a + 1; b < end && !stuck; b++) {
            bool same = false;
            enum status status = doubles->reader->same(doubles->reader->context, doubles->key,
                                                       indexes[a], indexes[b], &same, error);
            if (status != OK)
                return status;
            if (same) {
                hold(doubles, a);
                hold(doubles, b);
            }
        }
        if (stuck)
            hold(doubles, a);
    }
    return OK;
}

static enum status hold_all(const struct doubles *doubles, struct error *error)
{
    const struct buckets *buckets = doubles->buckets;
    for (uint64_t a = 0; a < buckets->size;) {
        uint64_t key = buckets->key(buckets->plan, buckets->indexes[a]), b = a + 1;
        while (b < buckets->size && buckets->key(buckets->plan, buckets->indexes[b]) == key)
            b++;
        if (b - a > 1 && hold_equal(doubles, a, b, error) != OK)
            return STOP;
        a = b;
    }
    return OK;
}

enum status plan_close(struct plan *plan, enum plan_key key, const struct plan_reader *reader,
                       uint16_t doubled, unsigned slot, struct error *error)
{
    struct buckets buckets = {.plan = plan, .key = key == PLAN_ID ? id_key : person_key};
    struct doubles doubles = {&buckets, reader, key, doubled, (uint8_t)(slot + 1)};
    enum status status = buckets_sort(&buckets, error);
    if (status == OK)
        status = hold_all(&doubles, error);
    memory_free(buckets.indexes, buckets.size * sizeof *buckets.indexes);
    return status;
}
