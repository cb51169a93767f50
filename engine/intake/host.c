#include "intake/host.h"

#include "base/memory.h"
#include "base/utf8.h"

struct cell {
    char bytes[HOST_BYTES];
    uint8_t length; /* 0 = no such code */
};

struct shift {
    unsigned char bytes[2];
    uint8_t size; /* 0 = the code has none */
};

struct host {
    struct shift to_double, to_single;
    struct cell single[256];
    struct cell pair[65536];
};

/* -- reading the table -- */

struct table {
    struct host *host;
    const char *path;
    uint32_t line;
    struct error *error;
};

static enum status refuse(const struct table *table, enum message message)
{
    return error_at(table->error, message, table->path, table->line, TEXT(""));
}

/* The next word of the line, taken off it; empty: none. */
static struct text take_word(struct text *line)
{
    struct text rest = utf8_trim(*line);
    uint32_t length = 0;

    while (length < rest.length && rest.bytes[length] != ' ' && rest.bytes[length] != '\t')
        length++;
    *line = (struct text){rest.bytes + length, rest.length - length};
    return (struct text){rest.bytes, length};
}

/* Hexadecimal, of exactly `digits` digits, or of 4 to 6 when digits is 0. */
static bool read_hex(struct text word, uint32_t digits, uint32_t *out)
{
    *out = 0;
    if (digits ? word.length != digits : word.length < 4 || word.length > 6)
        return false;
    for (uint32_t i = 0; i < word.length; i++) {
        int value = text_hex_value(word.bytes[i]);
        if (value < 0)
            return false;
        *out = *out * 16 + (uint32_t)value;
    }
    return true;
}

static bool read_shift(struct text word, struct shift *shift)
{
    uint32_t code;

    if (shift->size || !(read_hex(word, 2, &code) || read_hex(word, 4, &code)))
        return false;
    shift->size = (uint8_t)(word.length / 2);
    shift->bytes[0] = (unsigned char)(shift->size == 1 ? code : code >> 8);
    shift->bytes[1] = (unsigned char)code;
    return true;
}

static bool is_selector(uint32_t point)
{
    return (point >= 0xFE00 && point <= 0xFE0F) || (point >= 0xE0100 && point <= 0xE01EF);
}

/* Line ends and tabs only among what is no character to print: they part records of a CSV file. */
static bool is_character(uint32_t point, bool wide)
{
    if (point < 0x20)
        return !wide && (point == '\n' || point == '\r' || point == '\t');
    return point <= 0x10FFFF && (point < 0x7F || point > 0x9F) &&
           !(point >= 0xD800 && point <= 0xDFFF) && !is_selector(point) &&
           (wide || point <= 0xFFFF);
}

/* "4341" or "4341-4350": only the last byte runs. */
static bool read_codes(struct text word, bool wide, uint32_t *first, uint32_t *last)
{
    const char *dash = word.length ? memchr(word.bytes, '-', word.length) : NULL;
    uint32_t digits = wide ? 4 : 2, left = dash ? (uint32_t)(dash - word.bytes) : word.length;

    if (!read_hex((struct text){word.bytes, left}, digits, first))
        return false;
    *last = *first;
    if (dash && !read_hex((struct text){dash + 1, word.length - left - 1}, digits, last))
        return false;
    return *first <= *last && *first >> 8 == *last >> 8;
}

static enum status put_codes(const struct table *table, bool wide, uint32_t first, uint32_t last,
                             uint32_t point, uint32_t selector)
{
    for (uint32_t code = first; code <= last; code++, point++) {
        struct cell *cell = wide ? &table->host->pair[code] : &table->host->single[code];
        if (!is_character(point, wide))
            return refuse(table, MSG_HOST_LINE);
        if (cell->length)
            return refuse(table, MSG_HOST_TWICE);
        cell->length = (uint8_t)utf8_put(cell->bytes, point);
        if (selector)
            cell->length = (uint8_t)(cell->length + utf8_put(cell->bytes + cell->length, selector));
    }
    return OK;
}

static enum status read_mapping(const struct table *table, bool wide, struct text rest)
{
    struct text codes = take_word(&rest), base = take_word(&rest), variant = take_word(&rest);
    uint32_t first, last, point, selector = 0;

    if (!read_codes(codes, wide, &first, &last) || !read_hex(base, 0, &point) ||
        utf8_trim(rest).length > 0)
        return refuse(table, MSG_HOST_LINE);
    if (variant.length > 0 &&
        (!wide || first != last || !read_hex(variant, 0, &selector) || !is_selector(selector)))
        return refuse(table, MSG_HOST_LINE);
    return put_codes(table, wide, first, last, point, selector);
}

static enum status read_rule(const struct table *table, struct text line)
{
    struct text rest = line, word = take_word(&rest);
    bool shift;

    if (word.length == 0)
        return OK;
    if (text_is(word, "single") || text_is(word, "double"))
        return read_mapping(table, text_is(word, "double"), rest);
    if (text_is(word, "to-double"))
        shift = read_shift(take_word(&rest), &table->host->to_double);
    else
        shift = text_is(word, "to-single") && read_shift(take_word(&rest), &table->host->to_single);
    return shift && utf8_trim(rest).length == 0 ? OK : refuse(table, MSG_HOST_LINE);
}

/* The next line without remark and line end, taken off the source. */
static struct text take_line(struct text *source)
{
    const char *feed = memchr(source->bytes, '\n', source->length);
    uint32_t length = feed ? (uint32_t)(feed - source->bytes) : source->length;
    uint32_t taken = feed ? length + 1 : length;
    struct text line = {source->bytes, length};

    *source = (struct text){source->bytes + taken, source->length - taken};
    if (line.length && line.bytes[line.length - 1] == '\r')
        line.length--;
    const char *remark = line.length ? memchr(line.bytes, '#', line.length) : NULL;
    if (remark)
        line.length = (uint32_t)(remark - line.bytes);
    return line;
}

static enum status read_table(struct table *table, struct text source)
{
    enum status status = OK;

    if (source.length >= 3 && memcmp(source.bytes, "\xEF\xBB\xBF", 3) == 0)
        source = (struct text){source.bytes + 3, source.length - 3};
    while (source.length > 0 && status == OK) {
        table->line++;
        status = read_rule(table, take_line(&source));
    }
    if (status == OK && !table->host->to_double.size != !table->host->to_single.size)
        status = refuse(table, MSG_HOST_SHIFT);
    return status;
}

enum status host_new(struct text source, const char *path, struct host **out, struct error *error)
{
    struct table table = { *out = memory_new(sizeof **out), path, 0, error};

    if (!*out)
        return error_set(error, MSG_NO_MEMORY);
    enum status status = read_table(&table, source);
    if (status != OK) {
        host_free(*out);
        *out = NULL;
    }
    return status;
}

void host_free(struct host *host)
{
    memory_free(host, host ? sizeof *host : 0);
}

/* -- using it -- */

/* 1: the shift stands here; 0: it does not; -1: the bytes end within it. */
static int at_shift(const struct shift *shift, const unsigned char *in, size_t left, bool last)
{
    if (!shift->size || in[0] != shift->bytes[0])
        return 0;
    if (shift->size == 1)
        return 1;
    if (left < 2)
        return last ? 0 : -1;
    return in[1] == shift->bytes[1];
}

struct host_step host_next(const struct host *host, bool *wide, const char *bytes, size_t left,
                           bool last)
{
    const unsigned char *in = (const unsigned char *)bytes;
    const struct shift *shift = *wide ? &host->to_single : &host->to_double;
    int shifted = at_shift(shift, in, left, last);

    if (shifted > 0) {
        *wide = !*wide;
        return (struct host_step){.taken = shift->size};
    }
    if (shifted < 0 || (*wide && left < 2 && !last))
        return (struct host_step){.taken = 0};
    if (*wide && left < 2)
        return (struct host_step){.taken = 1, .bad = true};
    const struct cell *cell = *wide ? &host->pair[in[0] << 8 | in[1]] : &host->single[in[0]];
    return (struct host_step){*wide ? 2 : 1, cell->length ? cell->bytes : NULL, cell->length,
                              cell->length == 0};
}
