#include "intake/column.h"

#include "base/utf8.h"

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

int column_find(struct text name)
{
    for (int column = 0; column < COLUMN_COUNT; column++)
        if (utf8_equal_folded(name, text_of(names[column])))
            return column;
    return -1;
}
