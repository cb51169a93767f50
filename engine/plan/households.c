/* plan/households.c -- which records share a letter: an index of keys, no record is kept in memory.
 * plan_entry.group, once the households are closed:
 *   0                          a letter of its own
 *   FIRST | count << 32 | at   first record of a household: its members stand at `at` in the index
 *   DONE | sequence            ... whose letter has been printed
 *   LATER | first              a later record: index of the first */
#include "plan/buckets.h"
#include "plan/inside.h"

#include "base/memory.h"

#define FIRST (1ull << 61)
#define DONE (2ull << 61)
#define LATER (3ull << 61)
#define KIND_BITS (3ull << 61)
#define VALUE_BITS 0xFFFFFFFFull
#define COUNT_SHIFT 32
#define COUNT_BITS 0xFFFFFull

void plan_households_begin(struct plan *plan)
{
    for (uint64_t i = 0; i < plan_count(plan); i++)
        plan_at(plan, i)->group = 0;
}

void plan_households_add(struct plan *plan, uint64_t index, uint64_t key)
{
    plan_at(plan, index)->group = key;
}

static uint64_t group_key(struct plan *plan, uint64_t index)
{
    return plan_at(plan, index)->group;
}

static void hold_household(struct plan *plan, const uint32_t *members, uint64_t count,
                           uint16_t message)
{
    for (uint64_t i = 0; i < count; i++) {
        plan_hold(plan, members[i], message, 0);
        plan_at(plan, members[i])->group = 0;
    }
}

static void close_household(struct plan *plan, const uint32_t *members, uint64_t at, uint64_t count)
{
    plan_at(plan, members[0])->group = FIRST | count << COUNT_SHIFT | at;
    for (uint64_t i = 1; i < count; i++)
        plan_at(plan, members[i])->group = LATER | members[0];
}

enum status plan_households_end(struct plan *plan, uint32_t most, uint16_t too_large,
                                struct error *error)
{
    struct buckets buckets = {.plan = plan, .key = group_key};
    if (buckets_sort(&buckets, error) != OK)
        return STOP;
    plan_keep_members(plan, buckets.indexes, buckets.size);
    for (uint64_t a = 0; a < buckets.size;) {
        uint64_t key = group_key(plan, buckets.indexes[a]), b = a + 1;
        while (b < buckets.size && group_key(plan, buckets.indexes[b]) == key)
            b++;
        if (b - a > most)
            hold_household(plan, buckets.indexes + a, b - a, too_large);
        else
            close_household(plan, buckets.indexes + a, a, b - a);
        a = b;
    }
    return OK;
}

uint32_t plan_members(struct plan *plan, uint64_t index, const uint32_t **members)
{
    uint64_t group = plan_at(plan, index)->group;
    if ((group & KIND_BITS) != FIRST)
        return 0;
    *members = plan_kept_members(plan) + (group & VALUE_BITS);
    return (uint32_t)(group >> COUNT_SHIFT & COUNT_BITS);
}

bool plan_follows(struct plan *plan, uint64_t index)
{
    return (plan_at(plan, index)->group & KIND_BITS) == LATER;
}

uint64_t plan_first(struct plan *plan, uint64_t index)
{
    uint64_t group = plan_at(plan, index)->group;
    return (group & KIND_BITS) == LATER ? group & VALUE_BITS : index;
}

void plan_put_sequence(struct plan *plan, uint64_t first, uint64_t sequence)
{
    plan_at(plan, first)->group = DONE | sequence;
}

uint64_t plan_sequence(struct plan *plan, uint64_t index)
{
    uint64_t group = plan_at(plan, plan_first(plan, index))->group;
    return (group & KIND_BITS) == DONE ? group & VALUE_BITS : 0;
}
