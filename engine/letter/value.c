#include "letter/value.h"

#include "base/date.h"
#include "base/utf8.h"
#include "letter/letter.h"

#include <stdlib.h>

static bool starts(struct text text, const char *with)
{
    size_t length = strlen(with);
    return text.length >= length && memcmp(text.bytes, with, length) == 0;
}

static bool ends(struct text text, const char *with)
{
    size_t length = strlen(with);
    return text.length >= length && memcmp(text.bytes + text.length - length, with, length) == 0;
}

static bool between(uint32_t point, uint32_t first, uint32_t last)
{
    return point >= first && point <= last;
}

/* Characters that print nothing and change how others print or read: soft hyphen, joiners, marks
 * and overrides of direction, line separators, BOM, tags. Variation selectors are no such: they
 * belong to names. */
static bool is_invisible(uint32_t point)
{
    return point == 0xAD || point == 0x61C || point == 0x180E || between(point, 0x200B, 0x200F) ||
           between(point, 0x2028, 0x202E) || between(point, 0x2060, 0x206F) || point == 0xFEFF ||
           between(point, 0xE0000, 0xE007F);
}

static enum message judge_point(uint32_t point)
{
    if (point < 0x20 || between(point, 0x7F, 0x9F) || is_invisible(point))
        return MSG_FIELD_CONTROL;
    if (point == 0x25CF)
        return MSG_FIELD_BLACK_CIRCLE;
    if (point == 0x3013)
        return MSG_FIELD_GETA;
    if (between(point, 0xE000, 0xF8FF) || between(point, 0xF0000, 0x10FFFF))
        return MSG_FIELD_PRIVATE;
    return point == 0xFFFD || point == UTF8_BAD ? MSG_FIELD_REPLACEMENT : MSG_NONE;
}

/* Bytes up to the next character that has to be looked at: ASCII that prints and U+4000-U+CFFF
 * (nearly all kanji) are passed over, being most of what stands in a member file. */
static const char *skip_plain(const char *at, const char *end)
{
    while (at < end) {
        unsigned char byte = (unsigned char)*at;
        if (byte >= 0x20 && byte < 0x7F)
            at++;
        else if (byte >= 0xE4 && byte <= 0xEC && end - at >= 3)
            at += 3;
        else
            break;
    }
    return at;
}

static bool is_sheet_error(struct text value)
{
    static const char *const marks[] = {"#N/A",  "#REF!",  "#VALUE!", "#NAME?", "#DIV/0!",
                                        "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"};
    if (!starts(value, "#") && !starts(value, "＃"))
        return false;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (utf8_equal_folded(value, text_of(marks[i])))
            return true;
    uint32_t crosses = 0; /* a column too narrow for its number shows crosses only */
    while (crosses < value.length && value.bytes[crosses] == '#')
        crosses++;
    return crosses == value.length && crosses >= 3;
}

static int compare_points(const void *a, const void *b)
{
    const uint32_t *left = a, *right = b;
    return *left < *right ? -1 : *left > *right;
}

static bool is_gaiji(const struct field_set *fields, uint32_t point)
{
    return fields && fields->gaiji_count &&
           bsearch(&point, fields->gaiji, fields->gaiji_count, sizeof point, compare_points);
}

enum message value_scan(struct text value, const struct field_set *fields, bool black_circle,
                        uint32_t *offset)
{
    const char *end = value.bytes + value.length;
    for (const char *at = skip_plain(value.bytes, end); at < end; at = skip_plain(at, end)) {
        const char *start = at;
        uint32_t point = utf8_next(&at, end);
        enum message message = judge_point(point);
        if ((message == MSG_FIELD_PRIVATE && is_gaiji(fields, point)) ||
            (message == MSG_FIELD_BLACK_CIRCLE && black_circle))
            message = MSG_NONE;
        if (message != MSG_NONE) {
            *offset = (uint32_t)(start - value.bytes) + 1;
            return message;
        }
    }
    *offset = 0;
    return is_sheet_error(value) ? MSG_FIELD_SHEET_ERROR : MSG_NONE;
}

/* Without one variation selector at the end (U+FE00-FE0F, U+E0100-E01EF): 様 has registered
 * variants. */
static struct text without_selector(struct text name)
{
    if (name.length >= 4 && memcmp(name.bytes + name.length - 4, "\xF3\xA0", 2) == 0)
        name.length -= 4;
    else if (name.length >= 3 && memcmp(name.bytes + name.length - 3, "\xEF\xB8", 2) == 0)
        name.length -= 3;
    return name;
}

enum message value_honorific(struct text name)
{
    name = without_selector(name);
    bool found = ends(name, "様") || ends(name, "樣") || ends(name, "殿") || ends(name, "御中");
    return found ? MSG_FIELD_HONORIFIC : MSG_NONE;
}

/* 殿 ends place names, so an address may end in it. */
enum message value_address_end(struct text address)
{
    address = without_selector(address);
    bool found = ends(address, "様") || ends(address, "樣") || ends(address, "御中");
    return found ? MSG_FIELD_HONORIFIC : MSG_NONE;
}

/* -- numbers that were rewritten -- */

struct reader {
    const char *at, *end;
};

/* The next character, width folded, left in place; 0 at the end. */
static uint32_t peek(const struct reader *reader)
{
    const char *at = reader->at;
    return at < reader->end ? utf8_fold_width(utf8_next(&at, reader->end)) : 0;
}

static void step(struct reader *reader)
{
    (void)utf8_next(&reader->at, reader->end);
}

/* Counts digits, and of them zeros. */
static uint32_t skip_digits(struct reader *reader, uint32_t *zeros)
{
    uint32_t count = 0, point;
    *zeros = 0;
    for (; between(point = peek(reader), '0', '9'); count++) {
        *zeros += point == '0';
        step(reader);
    }
    return count;
}

static bool read_exponent(struct reader *reader, bool fraction)
{
    uint32_t zeros;
    step(reader);
    bool sign = peek(reader) == '+' || peek(reader) == '-';
    if (sign)
        step(reader);
    return (sign || fraction) && skip_digits(reader, &zeros) > 0 && peek(reader) == 0;
}

static enum message judge_number(struct text value, bool decimal_too)
{
    struct reader reader = {value.bytes, value.bytes + value.length};
    uint32_t zeros, decimals = 0;
    if (peek(&reader) == '-')
        step(&reader);
    if (skip_digits(&reader, &zeros) == 0)
        return MSG_NONE;
    bool fraction = peek(&reader) == '.';
    if (fraction) {
        step(&reader);
        decimals = skip_digits(&reader, &zeros);
    }
    if (peek(&reader) == 'E' || peek(&reader) == 'e')
        return read_exponent(&reader, fraction) ? MSG_FIELD_EXPONENT : MSG_NONE;
    bool whole = fraction && decimals > 0 && decimals == zeros && peek(&reader) == 0;
    return decimal_too && whole ? MSG_FIELD_EXPONENT : MSG_NONE;
}

enum message value_exponent(struct text value)
{
    return judge_number(value, false);
}

enum message value_rewritten(struct text value)
{
    return judge_number(value, true);
}

/* -- fixed choices -- */

struct choice {
    struct text written, printed;
};

static enum message choose(const struct choice *choices, size_t count, struct text value,
                           struct text *out)
{
    for (size_t i = 0; i < count; i++) {
        if (utf8_equal_folded(value, choices[i].written)) {
            *out = choices[i].printed;
            return MSG_NONE;
        }
    }
    return MSG_FIELD_CHOICE;
}

enum message value_kind(struct text value, struct text *out)
{
    /* The two phrases of the form's head block: notice of 2024-01-09, 様式1, 様式2. */
    static const struct choice kinds[] = {{{"本人", 6}, {"ご本人（被保険者）様", 30}},
                                          {{"家族", 6}, {"ご家族（被扶養者）様", 30}}};
    return choose(kinds, 2, value, out);
}

enum message value_sex(struct text value, struct text *out)
{
    /* 裏面参照: what a card says on its face when the holder asked to have it written on the back */
    static const struct choice sexes[] = {
        {{"男", 3}, {"男", 3}}, {{"女", 3}, {"女", 3}}, {{"裏面参照", 12}, {"裏面参照", 12}}};
    return choose(sexes, 3, value, out);
}

enum message value_address_title(struct text value, struct text *out)
{
    static const struct choice titles[] = {
        {{"様", 3}, {"様", 3}}, {{"御中", 6}, {"御中", 6}}, {{"殿", 3}, {"殿", 3}}};
    return choose(titles, 3, value, out);
}

enum message value_share(struct text value, struct text *out)
{
    static const struct choice shares[] = {
        {{"3割", 4}, {"3割", 4}}, {{"2割", 4}, {"2割", 4}}, {{"1割", 4}, {"1割", 4}}};
    return choose(shares, 3, value, out);
}

/* -- dates, postcode, last 4 -- */

static enum message keep(struct arena *arena, const char *bytes, uint32_t length, struct text *out)
{
    *out = arena_text(arena, (struct text){bytes, length});
    return out->bytes ? MSG_NONE : MSG_NO_MEMORY;
}

static enum message judge_date(enum date_fault fault, struct text value)
{
    switch (fault) {
    case DATE_ERA:
        return MSG_FIELD_DATE_ERA;
    case DATE_IMPOSSIBLE:
        return MSG_FIELD_DATE_IMPOSSIBLE;
    case DATE_SERIAL:
        return MSG_FIELD_DATE_SERIAL;
    case DATE_RANGE:
        return MSG_FIELD_DATE_RANGE;
    default:
        return value_rewritten(value) != MSG_NONE ? MSG_FIELD_EXPONENT : MSG_FIELD_DATE_SHAPE;
    }
}

enum message value_date(struct text value, bool padded, struct arena *arena, struct text *out)
{
    struct date date;
    char era[DATE_TEXT];
    enum date_fault fault = date_parse(value, &date);
    if (fault != DATE_OK)
        return judge_date(fault, value);
    return keep(arena, era, date_era(date, padded, era), out);
}

/* Hyphen and what is typed for it: hyphens, dashes, minus, the long mark of kana in both widths. */
static bool is_hyphen(uint32_t point)
{
    return point == '-' || between(point, 0x2010, 0x2015) || point == 0x2212 || point == 0x30FC ||
           point == 0xFF70;
}

/* Digits of the value, at most `room`; *hyphen: behind which digit the only hyphen stands, 0 =
 * none. False: something else is in it. */
static bool read_digits(struct text value, char *digits, uint32_t room, uint32_t *count,
                        uint32_t *hyphen)
{
    struct reader reader = {value.bytes, value.bytes + value.length};
    *count = *hyphen = 0;
    for (uint32_t point; (point = peek(&reader)) != 0; step(&reader)) {
        if (between(point, '0', '9') && *count < room)
            digits[(*count)++] = (char)point;
        else if (is_hyphen(point) && *count > 0 && *hyphen == 0)
            *hyphen = *count;
        else
            return false;
    }
    return true;
}

enum message value_postcode(struct text value, struct arena *arena, struct text *out)
{
    char digits[8];
    uint32_t count, hyphen;
    if (!read_digits(value, digits, 7, &count, &hyphen))
        return value_rewritten(value) != MSG_NONE ? MSG_FIELD_EXPONENT : MSG_POSTCODE_SHAPE;
    if (count < 7)
        return MSG_POSTCODE_SHORT;
    if (hyphen != 0 && hyphen != 3)
        return MSG_POSTCODE_SHAPE;
    memmove(digits + 4, digits + 3, 4);
    digits[3] = '-';
    return keep(arena, digits, 8, out);
}

static bool is_ascii(struct text text)
{
    for (uint32_t i = 0; i < text.length; i++)
        if ((unsigned char)text.bytes[i] >= 0x80)
            return false;
    return true;
}

enum message value_last4(struct text value, struct arena *arena, struct text *out)
{
    char digits[4];
    uint32_t count, hyphen;
    if (!read_digits(value, digits, 4, &count, &hyphen) || hyphen != 0)
        return value_rewritten(value) != MSG_NONE ? MSG_FIELD_EXPONENT : MSG_LAST4_SHAPE;
    if (count < 4)
        return MSG_LAST4_SHORT;
    *out = value;
    return is_ascii(value) ? MSG_NONE : keep(arena, digits, 4, out);
}
