/* press/join_text.c -- report.txt of all shares as one. A count is a number before 名 枚 通 字, or behind ロット and 不開示;
 * lines of the same label are added up, others are the same in every share, but for the run id. */
#include "press/join_inside.h"

#include <stdio.h>

#define LINES 700
#define COUNTS 4
#define LABEL_RUN "処理番号: "

struct text_line {
    struct text text; /* of the first share that has it */
    struct text label;
    uint64_t count[COUNTS];
    uint32_t counts;
    uint32_t block;
};
struct text_lines {
    struct text_line line[LINES];
    uint32_t count;
};

static bool starts(struct text text, const char *words)
{
    size_t size = strlen(words);
    return text.length >= size && memcmp(text.bytes, words, size) == 0;
}

static bool ends(struct text text, const char *words)
{
    size_t size = strlen(words);
    return text.length >= size && memcmp(text.bytes + text.length - size, words, size) == 0;
}

/* Does a number between these two say how many? */
static bool is_count(struct text before, struct text behind)
{
    static const char *const units[] = {" 名", " 枚", " 通", " 字"};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (starts(behind, units[i]))
            return true;
    return ends(before, "ロット ") || ends(before, "（不開示 ");
}

/* The next count at or behind *at: where its digits begin and end. */
static bool next_count(struct text text, uint32_t *at, uint32_t *end)
{
    for (uint32_t i = *at; i<text.length; i = *end> i ? *end : i + 1) {
        *end = i;
        while (*end < text.length && text.bytes[*end] >= '0' && text.bytes[*end] <= '9')
            ++*end;
        if (*end == i)
            continue;
        if (is_count((struct text){text.bytes, i},
                     (struct text){text.bytes + *end, text.length - *end})) {
            *at = i;
            return true;
        }
    }
    return false;
}

static bool read_line(struct text text, struct text_line *line)
{
    uint32_t at = 0, end = 0;
    *line = (struct text_line){.text = text, .label = text};
    while (next_count(text, &at, &end)) {
        if (line->counts == COUNTS ||
            !table_number((struct text){text.bytes + at, end - at}, &line->count[line->counts]))
            return false;
        if (line->counts++ == 0)
            line->label.length = at;
        at = end;
    }
    while (line->counts && line->label.length && line->label.bytes[line->label.length - 1] == ' ')
        line->label.length--;
    return true;
}

static int by_bytes(struct text a, struct text b)
{
    int order = memcmp(a.bytes, b.bytes, a.length < b.length ? a.length : b.length);
    return order ? order : (a.length > b.length) - (a.length < b.length);
}

/* -- blocks: lines up to an empty one; tables of names are blocks of their own -- */

static const char *const titles[] = {"",
                                     "件数照合",
                                     "様式別",
                                     "経路別",
                                     "判定行別",
                                     "保留・別途対応の理由別",
                                     "カスタマバーコード",
                                     "郵送の住所の不備",
                                     "重量区分別（g 以下）"};
#define TITLES ((uint32_t)(sizeof titles / sizeof *titles))
#define FIRST_TABLE 2 /* of titles: names in the order of their bytes */

/* Of a line behind an empty one: a title's number, else the last block (remarks). */
static uint32_t block_of(struct text title)
{
    for (uint32_t i = 1; i < TITLES; i++)
        if (text_is(title, titles[i]))
            return i;
    return TITLES;
}

static bool same_label(const struct text_line *a, const struct text_line *b)
{
    return a->block == b->block && a->counts == b->counts &&
           (text_equal(a->label, b->label) ||
            (starts(a->label, LABEL_RUN) && starts(b->label, LABEL_RUN)));
}

/* Where a line that no share before had belongs: behind its block's title, by name. */
static uint32_t place_for(const struct text_lines *lines, const struct text_line *line)
{
    uint32_t at = 0;
    bool title = line->counts == 0;
    while (at < lines->count && lines->line[at].block < line->block)
        at++;
    while (!title && at < lines->count && lines->line[at].block == line->block &&
           (lines->line[at].counts == 0 || by_bytes(lines->line[at].label, line->label) < 0))
        at++;
    return at;
}

static bool insert(struct text_lines *lines, const struct text_line *line, uint32_t at)
{
    if (lines->count == LINES)
        return false;
    memmove(&lines->line[at + 1], &lines->line[at], (lines->count - at) * sizeof *lines->line);
    lines->line[at] = *line;
    lines->count++;
    return true;
}

/* first: the share whose lines come first. Only tables may have lines that another share has not. */
static bool take_line(struct text_lines *lines, const struct text_line *line, bool first)
{
    if (first)
        return insert(lines, line, lines->count);
    for (uint32_t i = 0; i < lines->count; i++) {
        struct text_line *known = &lines->line[i];
        if (!same_label(known, line))
            continue;
        for (uint32_t k = 0; k < line->counts; k++)
            known->count[k] += line->count[k];
        return true;
    }
    if (line->block < FIRST_TABLE || line->block == TITLES)
        return false;
    return insert(lines, line, place_for(lines, line));
}

static bool next_line(struct text *rest, struct text *out)
{
    const char *stop = rest->length ? memchr(rest->bytes, '\n', rest->length) : NULL;
    if (!stop)
        return false;
    *out = (struct text){rest->bytes, (uint32_t)(stop - rest->bytes)};
    *rest = (struct text){stop + 1, rest->length - out->length - 1};
    return true;
}

static enum status take_share(struct text_lines *lines, const struct join_share *share, bool first,
                              struct error *error)
{
    struct text rest = share->report_text, text;
    struct text_line line;
    uint32_t block = 0;
    bool fresh = false;
    while (next_line(&rest, &text)) {
        if (text.length == 0) {
            fresh = true;
            continue;
        }
        if (starts(text, "分割 "))
            continue;
        if (fresh)
            block = block_of(text);
        fresh = false;
        if (!read_line(text, &line))
            return join_broken("report.txt", error);
        line.block = block;
        if (!take_line(lines, &line, first))
            return join_differs(TEXT("report.txt"), error);
    }
    return rest.length == 0 ? OK : join_broken("report.txt", error);
}

/* -- writing -- */

/* A number stands at the right of ten places, or where it stood. */
static int put_count(char *out, size_t room, struct text before, uint32_t digits, uint64_t count,
                     uint32_t *blanks)
{
    *blanks = 0;
    while (*blanks < before.length && before.bytes[before.length - 1 - *blanks] == ' ')
        ++*blanks;
    if (*blanks + digits < 11)
        return snprintf(out, room, "%*s%llu", (int)*blanks, "", (unsigned long long)count);
    uint32_t label = *blanks + digits - 11;
    return snprintf(out, room, "%*s %10llu", (int)label, "", (unsigned long long)count);
}

static enum status put_line(const struct text_line *line, const struct sink *to,
                            struct error *error)
{
    uint32_t at = 0, end = 0, done = 0, blanks;
    char words[256];
    for (uint32_t i = 0; i < line->counts && next_count(line->text, &at, &end); i++, at = end) {
        struct text before = {line->text.bytes + done, at - done};
        int size = put_count(words, sizeof words, before, end - at, line->count[i], &blanks);
        if (size < 0 || (size_t)size >= sizeof words)
            return error_set(error, MSG_BUG);
        if (sink_write(to, before.bytes, before.length - blanks, error) != OK ||
            sink_write(to, words, (size_t)size, error) != OK)
            return STOP;
        done = end;
    }
    if (sink_write(to, line->text.bytes + done, line->text.length - done, error) != OK)
        return STOP;
    return sink_write(to, "\n", 1, error);
}

static enum status put_run(const struct join *join, const struct sink *to, struct error *error)
{
    char hex[65], words[200];
    digest_hex(&join->shares[0].whole, hex);
    int size = snprintf(words, sizeof words, LABEL_RUN "%s\n", hex);
    return size < 0 ? error_set(error, MSG_BUG) : sink_write(to, words, (size_t)size, error);
}

static enum status put_lines(const struct join *join, const struct text_lines *lines,
                             const struct sink *to, struct error *error)
{
    enum status status = OK;
    for (uint32_t i = 0; status == OK && i < lines->count; i++) {
        const struct text_line *line = &lines->line[i];
        if (i && line->block != lines->line[i - 1].block)
            status = sink_write(to, "\n", 1, error);
        if (status == OK)
            status = starts(line->text, LABEL_RUN) ? put_run(join, to, error)
                                                   : put_line(line, to, error);
    }
    return status;
}

enum status join_report_text(struct join *join, const struct sink *to, struct error *error)
{
    struct text_lines *lines = arena_take(&join->arena, sizeof *lines);
    enum status status = lines ? OK : error_set(error, MSG_NO_MEMORY);
    for (uint32_t i = 0; status == OK && i < join->count; i++)
        status = take_share(lines, &join->shares[i], i == 0, error);
    return status == OK ? put_lines(join, lines, to, error) : status;
}
