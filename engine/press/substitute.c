#include "press/substitute.h"

#include "base/memory.h"
#include "base/utf8.h"
#include "typeset/codes.h"
#include "typeset/typeset.h"

#include <stdlib.h>

#define MOST_LINES 100000
#define MOST_TO 8 /* characters */

/* -- the table -- */

static struct text next_line(struct text *rest)
{
    const char *stop = memchr(rest->bytes, '\n', rest->length);
    struct text line = {rest->bytes, stop ? (uint32_t)(stop - rest->bytes) : rest->length};
    uint32_t taken = line.length + (stop ? 1 : 0);
    *rest = (struct text){rest->bytes + taken, rest->length - taken};
    if (line.length && line.bytes[line.length - 1] == '\r')
        line.length--;
    return utf8_trim(line);
}

/* A stand-in for a lost character is not the character; controls are nobody's name. */
static bool may_be_replaced(uint32_t point)
{
    return point > 0xA0 && point != 0x25CF && point != 0x3013 && (point & 0xFFFE) != 0xFFFE &&
           point != 0xFFFD && !code_is_selector(point);
}

static bool is_from(struct text from, uint32_t count)
{
    const char *at = from.bytes, *end = at + from.length;
    if (!may_be_replaced(utf8_next(&at, end)))
        return false;
    return count == 1 || (count == 2 && code_is_selector(utf8_next(&at, end)));
}

static bool read_pair(struct text line, struct arena *arena, struct substitute *out)
{
    const char *comma = memchr(line.bytes, ',', line.length);
    uint32_t count;
    if (!comma)
        return false;
    uint32_t at = (uint32_t)(comma - line.bytes);
    struct text to = {comma + 1, line.length - at - 1};
    return codes_read((struct text){line.bytes, at}, arena, &out->from, &count) &&
           is_from(out->from, count) && codes_read(to, arena, &out->to, &count) &&
           count <= MOST_TO && !memchr(out->to.bytes, ',', out->to.length) &&
           !text_equal(out->from, out->to);
}

static int compare(const void *a, const void *b)
{
    const struct substitute *left = a, *right = b;
    if (left->from.length != right->from.length)
        return left->from.length < right->from.length ? -1 : 1;
    return memcmp(left->from.bytes, right->from.bytes, left->from.length);
}

static enum status sort_pairs(struct substitutes *out, const char *path, struct error *error)
{
    if (out->count)
        qsort(out->list, out->count, sizeof *out->list, compare);
    for (uint32_t i = 0; i < out->count; i++) {
        const char *at = out->list[i].from.bytes;
        uint32_t point = utf8_next(&at, at + out->list[i].from.length);
        out->first[point / 8] |= (uint8_t)(1u << point % 8);
        if (i && compare(&out->list[i - 1], &out->list[i]) == 0)
            return error_at(error, MSG_SUBSTITUTE_DOUBLE, path, 0, TEXT("names.table"));
    }
    return OK;
}

static uint32_t count_lines(struct text source)
{
    uint32_t count = 1;
    for (uint32_t i = 0; i < source.length; i++)
        count += source.bytes[i] == '\n';
    return count;
}

enum status substitutes_read(struct text source, const char *path, struct arena *arena,
                             struct substitutes *out, struct error *error)
{
    uint32_t lines = count_lines(source);
    *out = (struct substitutes){.list = NULL};
    if (lines > MOST_LINES) {
        (void)error_at(error, MSG_SUBSTITUTE_COUNT, path, 0, TEXT("names.table"));
        error->want = MOST_LINES;
        return STOP;
    }
    enum status status = digest_of(source.bytes, source.length, &out->digest, error);
    if (status != OK)
        return status;
    out->list = arena_array(arena, lines, sizeof *out->list);
    out->first = arena_take(arena, 0x110000 / 8);
    if (!out->list || !out->first)
        return error_set(error, MSG_NO_MEMORY);
    if (source.length >= 3 && memcmp(source.bytes, "\xEF\xBB\xBF", 3) == 0)
        source = (struct text){source.bytes + 3, source.length - 3};
    memory_watch();
    for (uint32_t number = 1; source.length; number++) {
        struct text line = next_line(&source);
        if (line.length == 0 || line.bytes[0] == '#')
            continue;
        if (!read_pair(line, arena, &out->list[out->count]))
            return memory_ran_out()
                       ? error_set(error, MSG_NO_MEMORY)
                       : error_at(error, MSG_SUBSTITUTE_LINE, path, number, TEXT("names.table"));
        out->count++;
    }
    return sort_pairs(out, path, error);
}

/* -- what the fonts have -- */

/* In any role: a character that the names' font has is never replaced for the sake of another. */
static enum status ask_fonts(struct substitute *pair, struct fonts *fonts, struct arena *arena,
                             struct error *error)
{
    pair->state = SUBSTITUTE_LACKING;
    for (int role = 0; role < fonts_roles(fonts); role++) {
        struct shaped shaped;
        enum status status = typeset_shape(fonts, role, pair->from, arena, &shaped, error);
        if (status == STOP) {
            pair->state = SUBSTITUTE_UNASKED;
            return STOP;
        }
        if (status == OK)
            pair->state = SUBSTITUTE_DRAWN;
    }
    return OK;
}

/* -- a record -- */

struct change {
    struct substitutes *substitutes;
    struct fonts *fonts;
    struct arena *arena;
    struct error *error;
    struct admitted *record; /* NULL: nothing replaced so far */
    const struct substitution **last;
    uint8_t slot;
};

static struct substitute *find_pair(const struct substitutes *substitutes, struct text from)
{
    struct substitute wanted = {.from = from};
    return bsearch(&wanted, substitutes->list, substitutes->count, sizeof wanted, compare);
}

/* The character at *at with a selector that follows it; *at is moved behind. */
static struct text next_cluster(const char **at, const char *end, uint32_t *point)
{
    const char *start = *at;
    *point = utf8_next(at, end);
    const char *behind = *at;
    if (behind < end && code_is_selector(utf8_next(&behind, end)))
        *at = behind;
    return (struct text){start, (uint32_t)(*at - start)};
}

static enum status find_change(const struct change *change, struct text cluster, uint32_t point,
                               const struct substitute **out)
{
    const struct substitutes *all = change->substitutes;
    *out = NULL;
    if (point > 0x10FFFF || !(all->first[point / 8] >> point % 8 & 1))
        return OK;
    struct substitute *pair = find_pair(all, cluster);
    if (!pair)
        return OK;
    if (pair->state == SUBSTITUTE_UNASKED &&
        ask_fonts(pair, change->fonts, change->arena, change->error) != OK)
        return STOP;
    if (pair->state == SUBSTITUTE_LACKING)
        *out = pair;
    return OK;
}

static enum status note_use(struct change *change, const struct substitute *pair)
{
    struct substitution *use = arena_take(change->arena, sizeof *use);
    if (!use)
        return error_set(change->error, MSG_NO_MEMORY);
    *use = (struct substitution){.pair = pair, .slot = change->slot};
    *change->last = use;
    change->last = &use->next;
    return OK;
}

/* Bytes of the value with its replacements; out NULL: only counted and noted. */
static enum status rewrite(struct change *change, struct text value, char *out, uint32_t *length,
                           bool *changed)
{
    const char *at = value.bytes, *end = at + value.length;
    *length = 0;
    *changed = false;
    while (at < end) {
        uint32_t point;
        const struct substitute *pair;
        struct text cluster = next_cluster(&at, end, &point);
        if (find_change(change, cluster, point, &pair) != OK)
            return STOP;
        if (pair && !out && note_use(change, pair) != OK)
            return STOP;
        struct text words = pair ? pair->to : cluster;
        if (out)
            memcpy(out + *length, words.bytes, words.length);
        *length += words.length;
        *changed = *changed || pair;
    }
    return OK;
}

/* Nearly every value: no character of it begins a FROM. */
static bool may_change(const struct substitutes *substitutes, struct text value)
{
    const char *at = value.bytes, *end = at + value.length;
    while (at < end) {
        uint32_t point = utf8_next(&at, end);
        if (point <= 0x10FFFF && substitutes->first[point / 8] >> point % 8 & 1)
            return true;
    }
    return false;
}

static enum status change_value(struct change *change, const struct admitted *given)
{
    struct text value = given->value[change->slot];
    uint32_t length;
    bool changed;
    if (!may_change(change->substitutes, value))
        return OK;
    if (rewrite(change, value, NULL, &length, &changed) != OK)
        return STOP;
    if (!changed)
        return OK;
    char *bytes = arena_take(change->arena, length);
    if (bytes && !change->record) {
        change->record = arena_take(change->arena, sizeof *change->record);
        if (change->record)
            *change->record = *given;
    }
    if (!bytes || !change->record)
        return error_set(change->error, MSG_NO_MEMORY);
    change->record->value[change->slot] = (struct text){bytes, length};
    return rewrite(change, value, bytes, &length, &changed);
}

enum status substitutes_apply(struct substitutes *substitutes, struct fonts *fonts,
                              const struct field_set *fields, const struct admitted *record,
                              struct arena *arena, const struct admitted **out,
                              const struct substitution **uses, struct error *error)
{
    struct change change = {substitutes, fonts, arena, error, NULL, uses, 0};
    bool printed[SLOT_LIMIT] = {false};
    *out = record;
    *uses = NULL;
    if (!substitutes->first)
        return OK;
    for (int field = 0; field < FIELD_LIMIT; field++)
        if (fields->used[field] && letter_verbatim(field))
            printed[letter_source(record, field)] = true;
    for (unsigned slot = 0; slot < SLOT_LIMIT; slot++) {
        change.slot = (uint8_t)slot;
        if (printed[slot] && change_value(&change, record) != OK)
            return STOP;
    }
    if (change.record)
        *out = change.record;
    return OK;
}
