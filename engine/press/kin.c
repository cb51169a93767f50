#include "press/engine.h"

#include "base/memory.h"
#include "base/utf8.h"

#include <stdlib.h>

/* Adds a value, width folded and without outer blanks, to the key: 「０１」 and 「01」 are one household. */
static void key_add(struct kin_key *key, struct text value)
{
    struct text trimmed = utf8_trim(value);
    const char *at = trimmed.bytes, *end = at + trimmed.length;
    while (at < end && key->size + 6 < sizeof key->bytes) {
        uint32_t code_point = utf8_next(&at, end);
        if (code_point != UTF8_BAD)
            key->size += utf8_put(key->bytes + key->size, utf8_fold_width(code_point));
    }
    key->bytes[key->size++] = '\0';
}

static void key_write(const struct press *press, const struct record *record, char kind,
                      unsigned first, unsigned second, struct kin_key *key)
{
    const struct header *header = intake_header(press->intake);
    struct text last = record_value(header, record, second);

    key->size = 0;
    if (utf8_trim(last).length == 0)
        return;
    key->bytes[key->size++] = kind;
    if (first != second)
        key_add(key, record_value(header, record, first));
    key_add(key, last);
}

void kin_household(const struct press *press, const struct record *record, struct kin_key *key)
{
    key_write(press, record, 'h', COLUMN_HOUSEHOLD, COLUMN_HOUSEHOLD, key);
}

void kin_insured(const struct press *press, const struct record *record, struct kin_key *key)
{
    key_write(press, record, 'i', COLUMN_SYMBOL, COLUMN_NUMBER, key);
}

uint64_t kin_hash(const struct kin_key *key)
{
    return key->size ? hash64(key->bytes, key->size) | 1 : 0;
}

static uint64_t household_hash(const struct press *press, const struct record *record)
{
    struct kin_key key;
    kin_household(press, record, &key);
    return kin_hash(&key);
}

static uint64_t insured_hash(const struct press *press, const struct record *record)
{
    struct kin_key key;
    kin_insured(press, record, &key);
    return kin_hash(&key);
}

/* 記号・番号・枝番 of one person, admitted or not; 0 where 番号 or 枝番 is not given. */
uint64_t kin_person_hash(const struct press *press, const struct record *record)
{
    const struct header *header = intake_header(press->intake);
    struct text branch = record_value(header, record, COLUMN_BRANCH);
    uint64_t insured = insured_hash(press, record);
    struct kin_key key;

    if (!insured || utf8_trim(branch).length == 0)
        return 0;
    memcpy(key.bytes, &insured, sizeof insured);
    key.size = sizeof insured;
    key_add(&key, branch);
    return kin_hash(&key);
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
    enum status status = add_key(kin, household_hash(press, &press->record), error);
    return status == OK ? add_key(kin, insured_hash(press, &press->record), error) : status;
}

enum status kin_merge(struct kin *kin, const struct kin *more, struct error *error)
{
    for (size_t i = 0; i < more->count; i++)
        if (add_key(kin, more->keys[i], error) != OK)
            return STOP;
    return OK;
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

/* Slot + 1 of the key that the record shares with a protected person; 0 = no kin. */
static uint8_t kin_column(const struct kin *kin, const struct press *press)
{
    if (has_key(kin, household_hash(press, &press->record)))
        return COLUMN_HOUSEHOLD + 1;
    return has_key(kin, insured_hash(press, &press->record)) ? COLUMN_NUMBER + 1 : 0;
}

static void hold_if_kin(const struct kin *kin, const struct press *press, bool separate,
                        struct plan_entry *entry)
{
    uint8_t column = kin_column(kin, press);
    if (column == 0)
        return;
    if (separate) { /* a letter all the same, but in the insurer's own place, and alone */
        entry->outcome = PLAN_PROTECTED;
        return;
    }
    entry->outcome = PLAN_HELD;
    entry->message = MSG_PROTECTED_KIN;
    entry->column = column;
}

/* A second reading, only when there is somebody to protect: keys of all records would cost too much memory. */
enum status kin_hold(struct kin *kin, struct press *press, struct plan *plan, bool protected_place,
                     struct error *error)
{
    bool separate = protected_place && press->job.protection.kin == KIN_SEPARATE;
    bool end = false;
    if (kin->count == 0)
        return OK;
    qsort(kin->keys, kin->count, sizeof *kin->keys, by_value);
    intake_rewind(press->intake);
    for (uint64_t i = 0; i < plan_count(plan); i++) {
        enum status status = intake_next(press->intake, &press->record, &end, error);
        if (status == STOP)
            return STOP;
        if (end)
            return error_set(error, MSG_INPUT_CHANGED);
        if (status == OK && plan_at(plan, i)->outcome == PLAN_PRINTED)
            hold_if_kin(kin, press, separate, plan_at(plan, i));
    }
    return OK;
}

void kin_close(struct kin *kin)
{
    memory_free(kin->keys, kin->room * sizeof *kin->keys);
    *kin = (struct kin){0};
}
