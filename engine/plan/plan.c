#include "plan/plan.h"
#include "plan/inside.h"

#include "base/memory.h"

#define BLOCK_ENTRIES 65536u /* 1.5 MiB: no block is ever moved, so growing costs no second copy */

struct plan {
    struct plan_entry **blocks;
    size_t block_room;
    uint64_t count;
    uint32_t *members; /* of households, see households.c */
    uint64_t member_count;
    struct plan_sorting sorting;
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
    memory_free(plan->members, plan->member_count * sizeof *plan->members);
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
        if (plan->count >= PLAN_RECORDS_MOST)
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

void plan_hold(struct plan *plan, uint64_t index, uint16_t message, uint8_t column)
{
    struct plan_entry *entry = plan_at(plan, index);
    if (entry->outcome == PLAN_HELD)
        return;
    entry->outcome = PLAN_HELD;
    entry->message = message;
    entry->column = column;
}

uint64_t plan_total(const struct plan *plan, enum plan_outcome outcome)
{
    uint64_t total = 0;
    for (uint64_t i = 0; i < plan->count; i++)
        total += plan->blocks[i / BLOCK_ENTRIES][i % BLOCK_ENTRIES].outcome == outcome;
    return total;
}

void plan_keep_members(struct plan *plan, uint32_t *members, uint64_t size)
{
    plan->members = members;
    plan->member_count = size;
}

uint32_t *plan_kept_members(const struct plan *plan)
{
    return plan->members;
}

uint64_t plan_kept_size(const struct plan *plan)
{
    return plan->member_count;
}

struct plan_sorting *plan_sorting(struct plan *plan)
{
    return &plan->sorting;
}
