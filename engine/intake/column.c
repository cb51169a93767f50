#include "intake/column.h"

#include "base/utf8.h"
#include "job/job.h"

#include <stddef.h>

static const char *const names[COLUMN_COUNT] = {
#define COLUMN(name, japanese) japanese,
    COLUMN_TABLE(COLUMN)
#undef COLUMN
};

const char *column_name(unsigned column)
{
    return column < COLUMN_COUNT ? names[column] : NULL;
}

struct text slot_name(const struct job *job, int slot)
{
    if (slot >= 0 && slot < COLUMN_COUNT)
        return text_of(names[slot]);
    if (slot >= COLUMN_COUNT && (uint32_t)(slot - COLUMN_COUNT) < job->input.extra_count)
        return job->input.extra[slot - COLUMN_COUNT];
    return (struct text){NULL, 0};
}

int column_find(struct text name)
{
    for (int column = 0; column < COLUMN_COUNT; column++)
        if (utf8_equal_folded(name, text_of(names[column])))
            return column;
    return -1;
}
