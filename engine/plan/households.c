/* plan/households.c -- which records share a letter: an index of keys, no record is kept in memory.
 * plan_entry.group, once the households are closed:
 *   0                          a letter of its own
 *   FIRST | count << 32 | at   first record of a household. At `at` in the index stands the letter's sequence number,
 *                              where the first record itself would stand; behind it the later members
 *   DONE | sequence            a letter of its own that has its sequence number
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

static void close_household(struct plan *plan, uint32_t *members, uint64_t at, uint64_t count)
{
    plan_at(plan, members[0])->group = FIRST | count << COUNT_SHIFT | at;
    for (uint64_t i = 1; i < count; i++)
        plan_at(plan, members[i])->group = LATER | members[0];
    members[0] = 0;
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

uint32_t plan_members(struct plan *plan, uint64_t index, const uint32_t **later)
{
    uint64_t group = plan_at(plan, index)->group;
    if ((group & KIND_BITS) != FIRST)
        return 0;
    *later = plan_kept_members(plan) + (group & VALUE_BITS) + 1;
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
    uint64_t *group = &plan_at(plan, first)->group;
    if ((*group & KIND_BITS) == FIRST)
        plan_kept_members(plan)[*group & VALUE_BITS] = (uint32_t)sequence;
    else
        *group = DONE | sequence;
}

uint64_t plan_sequence(struct plan *plan, uint64_t index)
{
    uint64_t group = plan_at(plan, plan_first(plan, index))->group;
    if ((group & KIND_BITS) == FIRST)
        return plan_kept_members(plan)[group & VALUE_BITS];
    return (group & KIND_BITS) == DONE ? group & VALUE_BITS : 0;
}

/* -- while letters are arranged -- */

void plan_set_household_aside(struct plan *plan, uint64_t index)
{
    uint64_t group = plan_at(plan, index)->group;
    if ((group & KIND_BITS) == FIRST)
        plan_kept_members(plan)[group & VALUE_BITS] = (uint32_t)index;
}

/* Later members of the household that begins at this place of the index. */
static uint64_t count_later(struct plan *plan, const uint32_t *members, uint64_t at)
{
    uint64_t count = 0;
    while (at + count + 1 < plan_kept_size(plan) &&
           plan_at(plan, members[at + count + 1])->group == (LATER | members[at]))
        count++;
    return count;
}

/* A place of the index holds the first record of a household, a later one, or one of a household that was too large:
 * those have no group. */
void plan_take_households_back(struct plan *plan)
{
    uint32_t *members = plan_kept_members(plan);
    for (uint64_t at = 0; at < plan_kept_size(plan); at++) {
        struct plan_entry *entry = plan_at(plan, members[at]);
        uint64_t kind = entry->group & KIND_BITS;
        if (kind == LATER || (kind != FIRST && entry->outcome != PLAN_PRINTED))
            continue;
        if (kind != FIRST)
            entry->group = FIRST | (count_later(plan, members, at) + 1) << COUNT_SHIFT | at;
        members[at] = 0;
    }
}

void plan_hold_household(struct plan *plan, uint64_t index, uint16_t message, uint8_t column)
{
    const uint32_t *members = plan_kept_members(plan);
    plan_hold(plan, index, message, column);
    for (uint64_t at = 0; at < plan_kept_size(plan); at++)
        if (plan_at(plan, members[at])->group == (LATER | index))
            plan_hold(plan, members[at], message, column);
}
