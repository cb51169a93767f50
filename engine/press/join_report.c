/* press/join_report.c -- report.json of all shares as one: counts are added, what says of which run they are must be
 * the same, and the words between them stay as the engine writes them. */
#include "press/join_inside.h"

#include <stdio.h>

#define ROWS 256

/* Objects of counts by name: names of any share, in the order of their bytes. */
static const char *const tallies[] = {
    "forms", "routes", "decision_rows", "reasons", "customer_barcode", "addresses", "weights"};
/* Objects with counts at fixed keys; NULL: every number. */
static const struct {
    const char *object, *key;
} sums[] = {{"totals", NULL},
            {"names", "substitutions"},
            {"names", "people_substituted"},
            {"names", "people_large_kana"}};

static enum status put(const struct sink *to, const char *bytes, size_t size, struct error *error)
{
    return sink_write(to, bytes, size, error);
}

static enum status put_word(const struct sink *to, const char *word, struct error *error)
{
    return put(to, word, strlen(word), error);
}

static enum status put_number(const struct sink *to, uint64_t number, struct error *error)
{
    char digits[TEXT_NUMBER];
    struct text text = text_number(number, digits);
    return put(to, text.bytes, text.length, error);
}

static bool has_sums(struct text key)
{
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++)
        if (text_is(key, sums[i].object))
            return true;
    return false;
}

static bool is_sum(struct text object, struct text key)
{
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++)
        if (text_is(object, sums[i].object) && (!sums[i].key || text_is(key, sums[i].key)))
            return true;
    return false;
}

static bool is_tally(struct text key)
{
    for (size_t i = 0; i < sizeof tallies / sizeof *tallies; i++)
        if (text_is(key, tallies[i]))
            return true;
    return false;
}

static bool find(struct text object, struct text key, struct text *value)
{
    struct text name;
    while (json_pair(&object, &name, value))
        if (text_equal(name, key))
            return true;
    return false;
}

/* -- objects of fixed keys -- */

/* The value of a key in an object of every share must be there; a sum of them, or one that is the same. */
static enum status put_leaf(const struct join *join, struct text object, struct text key,
                            struct text value, const struct sink *to, struct error *error)
{
    uint64_t sum = 0, number;
    for (uint32_t i = 0; i < join->count; i++) {
        struct text theirs, found;
        if (!find(join->shares[i].report, object, &theirs) || !find(theirs, key, &found))
            return join_broken("report.json", error);
        if (!is_sum(object, key)) {
            if (!text_equal(found, value))
                return join_differs(key, error);
            continue;
        }
        if (!table_number(found, &number))
            return join_broken("report.json", error);
        sum += number;
    }
    return is_sum(object, key) ? put_number(to, sum, error)
                               : put(to, value.bytes, value.length, error);
}

static enum status put_fixed(const struct join *join, struct text object, struct text words,
                             const struct sink *to, struct error *error)
{
    struct text rest = words, key, value;
    const char *at = words.bytes;
    while (json_pair(&rest, &key, &value)) {
        if (put(to, at, (size_t)(value.bytes - at), error) != OK ||
            put_leaf(join, object, key, value, to, error) != OK)
            return STOP;
        at = value.bytes + value.length;
    }
    return put(to, at, (size_t)(words.bytes + words.length - at), error);
}

/* -- tallies -- */

struct tally_line {
    struct text name;
    bool counts; /* {"people": .. }, else a number */
    uint64_t count[3];
};
struct tally_lines {
    struct tally_line line[ROWS];
    uint32_t count;
};

static int by_bytes(struct text a, struct text b)
{
    int order = memcmp(a.bytes, b.bytes, a.length < b.length ? a.length : b.length);
    return order ? order : (a.length > b.length) - (a.length < b.length);
}

static struct tally_line *tally_at(struct tally_lines *lines, struct text name)
{
    uint32_t at = 0;
    while (at < lines->count && by_bytes(lines->line[at].name, name) < 0)
        at++;
    if (at < lines->count && text_equal(lines->line[at].name, name))
        return &lines->line[at];
    if (lines->count == ROWS)
        return NULL;
    memmove(&lines->line[at + 1], &lines->line[at], (lines->count - at) * sizeof *lines->line);
    lines->count++;
    lines->line[at] = (struct tally_line){.name = name};
    return &lines->line[at];
}

static bool add_line(struct tally_lines *lines, struct text name, struct text value)
{
    static const char *const keys[3] = {"people", "sheets", "pieces"};
    struct tally_line *line = tally_at(lines, name);
    uint64_t number;
    if (!line)
        return false;
    if (table_number(value, &number)) {
        line->count[0] += number;
        return true;
    }
    line->counts = true;
    for (int i = 0; i < 3; i++) {
        if (!json_number(value, keys[i], &number))
            return false;
        line->count[i] += number;
    }
    return true;
}

static enum status put_line(const struct tally_line *line, bool first, const struct sink *to,
                            struct error *error)
{
    char words[200];
    enum status status = put_word(to, first ? "\n    \"" : ",\n    \"", error);
    if (status == OK)
        status = put(to, line->name.bytes, line->name.length, error);
    if (status == OK)
        status = put_word(to, "\": ", error);
    if (status != OK || !line->counts)
        return status == OK ? put_number(to, line->count[0], error) : status;
    (void)snprintf(words, sizeof words, "{\"people\": %llu, \"sheets\": %llu, \"pieces\": %llu}",
                   (unsigned long long)line->count[0], (unsigned long long)line->count[1],
                   (unsigned long long)line->count[2]);
    return put_word(to, words, error);
}

static enum status put_tally(struct join *join, struct text key, const struct sink *to,
                             struct error *error)
{
    struct tally_lines *lines = arena_take(&join->arena, sizeof *lines);
    struct text rest, name, value;
    if (!lines)
        return error_set(error, MSG_NO_MEMORY);
    for (uint32_t i = 0; i < join->count; i++) {
        if (!find(join->shares[i].report, key, &rest))
            return join_broken("report.json", error);
        while (json_pair(&rest, &name, &value))
            if (!add_line(lines, name, value))
                return join_broken("report.json", error);
    }
    enum status status = put_word(to, "{", error);
    for (uint32_t i = 0; status == OK && i < lines->count; i++)
        status = put_line(&lines->line[i], i == 0, to, error);
    return status == OK ? put_word(to, lines->count ? "\n  }" : "}", error) : status;
}

/* -- the report -- */

static enum status put_value(struct join *join, struct text key, struct text value,
                             const struct sink *to, struct error *error)
{
    char hex[65];
    if (text_is(key, "run")) {
        digest_hex(&join->shares[0].whole, hex);
        if (put_word(to, "\"", error) != OK || put(to, hex, 64, error) != OK)
            return STOP;
        return put_word(to, "\"", error);
    }
    if (is_tally(key))
        return put_tally(join, key, to, error);
    if (has_sums(key))
        return put_fixed(join, key, value, to, error);
    for (uint32_t i = 1; i < join->count; i++) {
        struct text theirs;
        if (!find(join->shares[i].report, key, &theirs) || !text_equal(theirs, value))
            return join_differs(key, error);
    }
    return put(to, value.bytes, value.length, error);
}

enum status join_report(struct join *join, const struct sink *to, struct error *error)
{
    struct text rest = join->shares[0].report, key, value;
    bool first = true;
    enum status status = OK;
    while (status == OK && json_pair(&rest, &key, &value)) {
        if (text_is(key, "shard") || text_is(key, "whole"))
            continue;
        status = put_word(to, first ? "{\n  \"" : ",\n  \"", error);
        if (status == OK)
            status = put(to, key.bytes, key.length, error);
        if (status == OK)
            status = put_word(to, "\": ", error);
        if (status == OK)
            status = put_value(join, key, value, to, error);
        first = false;
    }
    return status == OK ? put_word(to, "\n}\n", error) : status;
}
