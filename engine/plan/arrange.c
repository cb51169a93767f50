/* plan/arrange.c -- plan_entry.group of a letter, while letters are arranged:
 *   before linking   its key (61 bits), 0 = none
 *   after it         rank << 31 | index of the group's first record << 1 | second
 * and plan_entry.message, which a printed letter does not need, holds SECOND. Later records of a household keep theirs
 * (households.c); where its first record's own entry would stand in the index of members, its index stands. */
#include "plan/arrange.h"

#include "base/digest.h"
#include "base/memory.h"
#include "plan/buckets.h"
#include "plan/inside.h"

#define KEY_BITS ((1ull << 61) - 1)
#define RANK_SHIFT 31
#define FIRST_BITS 0x3FFFFFFFull
#define SECOND 1u

_Static_assert(PLAN_RECORDS_MOST <= FIRST_BITS, "an index has 30 bits here");
_Static_assert(RANK_SHIFT + PLAN_RANK_BITS <= 61, "a rank fits above the index");

bool plan_is_letter(struct plan *plan, uint64_t index)
{
    return plan_at(plan, index)->outcome == PLAN_PRINTED && !plan_follows(plan, index);
}

void plan_letters_begin(struct plan *plan)
{
    for (uint64_t i = 0; i < plan_count(plan); i++) {
        plan_set_household_aside(plan, i);
        if (plan_is_letter(plan, i))
            plan_at(plan, i)->group = i << 1;
    }
}

void plan_letters_end(struct plan *plan)
{
    for (uint64_t i = 0; i < plan_count(plan); i++) {
        if (!plan_is_letter(plan, i))
            continue;
        plan_at(plan, i)->group = 0;
        plan_at(plan, i)->message = 0;
    }
    plan_take_households_back(plan);
}

void plan_letter_key(struct plan *plan, uint64_t index, uint64_t key, bool second)
{
    struct plan_entry *entry = plan_at(plan, index);
    key = (key ^ key >> 61) & KEY_BITS;
    entry->group = key;
    entry->message = second ? SECOND : 0;
}

/* -- letters of one key -- */

/* A key of 61 bits, its top bits where buckets look for them. */
static uint64_t key_of(struct plan *plan, uint64_t index)
{
    return plan_is_letter(plan, index) ? plan_at(plan, index)->group << 3 : 0;
}

/* What is done with the letters [first, end) of one key. */
struct linking {
    struct plan *plan;
    const uint32_t *indexes;
    uint16_t message;
    uint8_t column;
};

static void link_group(const struct linking *linking, uint64_t first, uint64_t end)
{
    uint64_t head = linking->indexes[first];
    for (uint64_t i = first; i < end; i++) {
        struct plan_entry *entry = plan_at(linking->plan, linking->indexes[i]);
        entry->group = head << 1 | entry->message;
    }
}

static void hold_group(const struct linking *linking, uint64_t first, uint64_t end)
{
    for (uint64_t i = first; end - first > 1 && i < end; i++) {
        uint64_t index = linking->indexes[i];
        plan_hold_household(linking->plan, index, linking->message, linking->column);
    }
}

static enum status each_group(struct linking *linking,
                              void (*take)(const struct linking *, uint64_t, uint64_t),
                              struct error *error)
{
    struct buckets buckets = {.plan = linking->plan, .key = key_of};
    if (buckets_sort(&buckets, error) != OK)
        return STOP;
    linking->indexes = buckets.indexes;
    for (uint64_t a = 0; a < buckets.size;) {
        uint64_t key = plan_at(linking->plan, buckets.indexes[a])->group, b = a + 1;
        while (b < buckets.size && plan_at(linking->plan, buckets.indexes[b])->group == key)
            b++;
        take(linking, a, b);
        a = b;
    }
    memory_free(buckets.indexes, buckets.size * sizeof *buckets.indexes);
    return OK;
}

/* Letters without a key are alone. They are linked last: until then 0 is no key, afterwards it may be an index. */
enum status plan_letters_link(struct plan *plan, struct error *error)
{
    struct linking linking = {.plan = plan};
    for (uint64_t i = 0; i < plan_count(plan); i++)
        if (plan_is_letter(plan, i) && plan_at(plan, i)->group == 0)
            plan_letter_key(plan, i, hash64(&i, sizeof i) | 1, plan_at(plan, i)->message);
    return each_group(&linking, link_group, error);
}

enum status plan_letters_once(struct plan *plan, uint16_t message, uint8_t column,
                              struct error *error)
{
    struct linking linking = {.plan = plan, .message = message, .column = column};
    return each_group(&linking, hold_group, error);
}

/* -- ranks -- */

void plan_letter_rank(struct plan *plan, uint64_t index, uint32_t rank)
{
    uint64_t *group = &plan_at(plan, index)->group;
    *group = (uint64_t)rank << RANK_SHIFT | (*group & ((1ull << RANK_SHIFT) - 1));
}

uint32_t plan_letter_ranked(struct plan *plan, uint64_t index)
{
    return (uint32_t)(plan_at(plan, index)->group >> RANK_SHIFT);
}

uint64_t plan_letter_first(struct plan *plan, uint64_t index)
{
    return plan_at(plan, index)->group >> 1 & FIRST_BITS;
}

/* -- sorting -- */

static uint64_t sort_key(struct plan *plan, uint64_t index)
{
    const struct plan_entry *entry = plan_at(plan, index);
    const struct plan_sorting *sorting = plan_sorting(plan);
    if (!plan_is_letter(plan, index) || entry->route != sorting->route)
        return 0;
    return 1ull << 63 | entry->group << sorting->shift;
}

/* As far up as the largest one allows, so that the buckets are even. */
static unsigned shift_of(struct plan *plan, uint8_t route)
{
    uint64_t all = 1;
    unsigned shift = 0;
    for (uint64_t i = 0; i < plan_count(plan); i++)
        if (plan_is_letter(plan, i) && plan_at(plan, i)->route == route)
            all |= plan_at(plan, i)->group;
    while (!(all >> 62 & 1)) {
        all <<= 1;
        shift++;
    }
    return shift;
}

enum status plan_letters_sort(struct plan *plan, uint8_t route, uint32_t **indexes, uint64_t *size,
                              struct error *error)
{
    struct buckets buckets = {.plan = plan, .key = sort_key};
    *plan_sorting(plan) = (struct plan_sorting){shift_of(plan, route), route};
    enum status status = buckets_sort(&buckets, error);
    *indexes = buckets.indexes;
    *size = buckets.size;
    return status;
}
