#include "press/engine.h"

#include "base/memory.h"
#include "base/utf8.h"

#include <stdlib.h>

#define KEY_BYTES 512

/* Adds a value, width folded and without outer blanks, to the key: 「０１」 and 「01」 are one household. */
static size_t key_add(char key[KEY_BYTES], size_t size, struct text value)
{
    struct text trimmed = utf8_trim(value);
    const char *at = trimmed.bytes, *end = at + trimmed.length;
    while (at < end && size + 5 < KEY_BYTES) {
        uint32_t code_point = utf8_next(&at, end);
        if (code_point != UTF8_BAD)
            size += utf8_put(key + size, utf8_fold_width(code_point));
    }
    key[size++] = '\0';
    return size;
}

static uint64_t key_of(const struct press *press, char kind, unsigned first, unsigned second)
{
    const struct header *header = intake_header(press->intake);
    struct text last = record_value(header, &press->record, second);
    char key[KEY_BYTES];
    size_t size = 0;

    if (utf8_trim(last).length == 0)
        return 0;
    key[size++] = kind;
    if (first != second)
        size = key_add(key, size, record_value(header, &press->record, first));
    size = key_add(key, size, last);
    return hash64(key, size) | 1;
}

static uint64_t household_key(const struct press *press)
{
    return key_of(press, 'h', COLUMN_HOUSEHOLD, COLUMN_HOUSEHOLD);
}

static uint64_t insured_key(const struct press *press)
{
    return key_of(press, 'i', COLUMN_SYMBOL, COLUMN_NUMBER);
}

static enum status add_key(struct kin *kin, uint64_t key, struct error *error)
{
    if (key == 0)
        return OK;
    if (kin->count == kin->room) {
        size_t room = kin->room ? kin->room * 2 : 256;
        uint64_t *keys = memory_resize(kin->keys, kin->room * sizeof *keys, room * sizeof *keys);
        if (!keys)
            return error_set(error, MSG_NO_MEMORY);
        kin->keys = keys;
        kin->room = room;
    }
    kin->keys[kin->count++] = key;
    return OK;
}

enum status kin_remember(struct kin *kin, const struct press *press, struct error *error)
{
    enum status status = add_key(kin, household_key(press), error);
    return status == OK ? add_key(kin, insured_key(press), error) : status;
}

static int by_value(const void *a, const void *b)
{
    uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return left < right ? -1 : left > right;
}

static bool has_key(const struct kin *kin, uint64_t key)
{
    return key && bsearch(&key, kin->keys, kin->count, sizeof key, by_value) != NULL;
}

void kin_sort(struct kin *kin)
{
    if (kin->count)
        qsort(kin->keys, kin->count, sizeof *kin->keys, by_value);
}

uint8_t kin_column(const struct kin *kin, const struct press *press)
{
    if (kin->count == 0)
        return 0;
    if (has_key(kin, household_key(press)))
        return COLUMN_HOUSEHOLD + 1;
    return has_key(kin, insured_key(press)) ? COLUMN_NUMBER + 1 : 0;
}

static void hold_if_kin(const struct kin *kin, const struct press *press, struct plan_entry *entry)
{
    uint8_t column = kin_column(kin, press);
    if (column == 0)
        return;
    entry->outcome = PLAN_HELD;
    entry->message = MSG_PROTECTED_KIN;
    entry->column = column;
}

/* A second reading, only when there is somebody to protect: keys of all records would cost too much memory. */
enum status kin_hold(struct kin *kin, struct press *press, struct plan *plan, struct error *error)
{
    bool end = false;
    if (kin->count == 0)
        return OK;
    kin_sort(kin);
    intake_rewind(press->intake);
    for (uint64_t i = 0; i < plan_count(plan); i++) {
        enum status status = intake_next(press->intake, &press->record, &end, error);
        if (status == STOP)
            return STOP;
        if (end)
            return error_set(error, MSG_INPUT_CHANGED);
        if (status == OK && plan_at(plan, i)->outcome == PLAN_PRINTED)
            hold_if_kin(kin, press, plan_at(plan, i));
    }
    return OK;
}

void kin_close(struct kin *kin)
{
    memory_free(kin->keys, kin->room * sizeof *kin->keys);
    *kin = (struct kin){0};
}
