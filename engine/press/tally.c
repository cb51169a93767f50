#include "press/engine.h"

#include <stdio.h>

static struct tally_row *find_row(struct tally *tally, const char *kind, struct text name)
{
    for (uint32_t i = 0; i < tally->count; i++)
        if (strcmp(tally->rows[i].kind, kind) == 0 && text_is(name, tally->rows[i].name))
            return &tally->rows[i];
    if (tally->count == TALLY_ROWS || name.length >= LIMIT_NAME) {
        tally->beyond++;
        return NULL;
    }
    struct tally_row *row = &tally->rows[tally->count++];
    (void)snprintf(row->kind, sizeof row->kind, "%s", kind);
    memcpy(row->name, name.bytes, name.length);
    row->name[name.length] = '\0';
    return row;
}

static void add(struct tally *tally, const char *kind, struct text name, uint32_t people,
                uint32_t sheets, uint32_t pieces)
{
    struct tally_row *row = find_row(tally, kind, name);
    if (!row)
        return;
    row->count[TALLY_PEOPLE] += people;
    row->count[TALLY_SHEETS] += sheets;
    row->count[TALLY_PIECES] += pieces;
}

void tally_add(struct tally *tally, const char *kind, struct text name)
{
    if (name.length)
        add(tally, kind, name, 1, 0, 0);
}

void tally_letter(struct tally *tally, struct text form, struct text route, uint32_t people,
                  uint32_t sheets, uint32_t pieces)
{
    add(tally, "form", form, people, sheets, pieces);
    add(tally, "route", route, people, sheets, pieces);
}

void tally_add_row(struct tally *tally, const struct tally_row *more)
{
    struct tally_row *row = find_row(tally, more->kind, text_of(more->name));
    for (int count = 0; row && count < TALLY_COUNTS; count++)
        row->count[count] += more->count[count];
}

uint64_t tally_sum(const struct tally *tally, enum tally_count count)
{
    uint64_t sum = 0;
    for (const struct tally_row *row = NULL; (row = tally_next(tally, "form", row));)
        sum += row->count[count];
    return sum;
}

const struct tally_row *tally_next(const struct tally *tally, const char *kind,
                                   const struct tally_row *last)
{
    const struct tally_row *next = NULL;
    for (uint32_t i = 0; i < tally->count; i++) {
        const struct tally_row *row = &tally->rows[i];
        if (strcmp(row->kind, kind) == 0 && (!last || strcmp(row->name, last->name) > 0) &&
            (!next || strcmp(row->name, next->name) < 0))
            next = row;
    }
    return next;
}
