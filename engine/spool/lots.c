#include "spool/inside.h"

#include "base/memory.h"

#define FIRST_ROOM 64
#define MOST_LOTS (UINT32_MAX / 4)

static uint32_t *slot_of(const struct lots *lots, const char *name)
{
    uint64_t mask = 2 * lots->room - 1;
    uint64_t at = hash64(name, strlen(name)) & mask;
    while (lots->index[at] && strcmp(lots->list[lots->index[at] - 1].name, name) != 0)
        at = (at + 1) & mask;
    return &lots->index[at];
}

static void index_all(struct lots *lots)
{
    for (uint64_t i = 0; i < lots->count; i++)
        *slot_of(lots, lots->list[i].name) = (uint32_t)(i + 1);
}

enum status lots_reserve(struct lots *lots, struct error *error)
{
    if (lots->count < lots->room)
        return OK;
    uint64_t room = lots->room ? 2 * lots->room : FIRST_ROOM;
    if (room > MOST_LOTS)
        return error_set(error, MSG_NO_MEMORY);
    uint32_t *index = memory_new(2 * room * sizeof *index);
    struct lot *list = index ? memory_resize(lots->list, lots->room * sizeof *lots->list,
                                             room * sizeof *lots->list)
                             : NULL;
    if (!list) {
        memory_free(index, 2 * room * sizeof *index);
        return error_set(error, MSG_NO_MEMORY);
    }
    memory_free(lots->index, 2 * lots->room * sizeof *lots->index);
    *lots = (struct lots){.list = list, .count = lots->count, .room = room, .index = index};
    index_all(lots);
    return OK;
}

void lots_add(struct lots *lots, const struct lot *lot)
{
    lots->list[lots->count++] = *lot;
    *slot_of(lots, lot->name) = (uint32_t)lots->count;
}

const struct lot *lots_find(const struct lots *lots, const char *name)
{
    uint32_t found = lots->room ? *slot_of(lots, name) : 0;
    return found ? &lots->list[found - 1] : NULL;
}

void lots_free(struct lots *lots)
{
    memory_free(lots->list, lots->room * sizeof *lots->list);
    memory_free(lots->index, 2 * lots->room * sizeof *lots->index);
    *lots = (struct lots){.list = NULL};
}
