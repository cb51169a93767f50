#include "symbology/tracking.h"

#include "base/utf8.h"
#include "symbology/dash.h"

enum { DIGITS = 10, ALL = 11 };

char tracking_check(tracking number)
{
    return (char)('0' + number % 7);
}

void tracking_digits(tracking number, char out[TRACKING_DIGITS])
{
    out[ALL] = 0;
    out[DIGITS] = tracking_check(number);
    for (int i = DIGITS - 1; i >= 0; i--, number /= 10)
        out[i] = (char)('0' + number % 10);
}

void tracking_write(tracking number, char out[TRACKING_TEXT])
{
    char digits[TRACKING_DIGITS];
    tracking_digits(number, digits);
    memcpy(out, digits, 3);
    out[3] = '-';
    memcpy(out + 4, digits + 3, 2);
    out[6] = '-';
    memcpy(out + 7, digits + 5, 5);
    out[12] = '-';
    out[13] = digits[DIGITS];
    out[14] = 0;
}

/* -- reading -- */

struct found {
    char digits[ALL];
    uint32_t count, dashes;
};

/* Digits, and dashes behind the third, fifth and tenth only. */
static bool scan(struct text text, struct found *found)
{
    struct text plain = utf8_trim(text);
    *found = (struct found){.count = 0};
    if (plain.length == 0)
        return false;
    const char *at = plain.bytes, *end = at + plain.length;
    uint32_t before = '-';

    while (at < end) {
        uint32_t point = utf8_fold_width(utf8_next(&at, end));
        bool place = found->count == 3 || found->count == 5 || found->count == DIGITS;
        if (point >= '0' && point <= '9' && found->count < ALL)
            found->digits[found->count++] = (char)point;
        else if (dash_like(point) && place && before != '-')
            found->dashes++;
        else
            return false;
        before = dash_like(point) ? '-' : point;
    }
    return before != '-';
}

/* Eleven digits with three dashes or ten with two, or none at all. */
static bool well_formed(const struct found *found, uint32_t digits)
{
    return found->count == digits && (found->dashes == 0 || found->dashes == digits - 8);
}

static tracking number_of(const struct found *found)
{
    tracking number = 0;
    for (uint32_t i = 0; i < DIGITS; i++)
        number = number * 10 + (tracking)(found->digits[i] - '0');
    return number;
}

enum status tracking_read(struct text text, tracking *out, struct error *error)
{
    struct found found;
    if (!scan(text, &found) || !well_formed(&found, ALL))
        return error_set(error, MSG_TRACKING_SHAPE);
    *out = number_of(&found);
    if (tracking_check(*out) != found.digits[DIGITS])
        return error_set(error, MSG_TRACKING_CHECK);
    return OK;
}

enum status tracking_read_either(struct text text, tracking *out, struct error *error)
{
    struct found found;
    if (!scan(text, &found) || !well_formed(&found, DIGITS))
        return tracking_read(text, out, error);
    *out = number_of(&found);
    return OK;
}

/* -- a block -- */

enum status tracking_block(struct text first, uint64_t count, struct tracking_block *out,
                           struct error *error)
{
    struct found found;
    if (!scan(first, &found) || !well_formed(&found, DIGITS))
        return error_set(error, MSG_TRACKING_FIRST);
    *out = (struct tracking_block){number_of(&found), count};
    if (count > TRACKING_NUMBERS - out->first)
        return error_set(error, MSG_TRACKING_END);
    return OK;
}

enum status tracking_enough(const struct tracking_block *block, uint64_t needed,
                            struct error *error)
{
    if (needed <= block->count)
        return OK;
    enum status status = error_set(error, MSG_TRACKING_SHORT);
    if (error) {
        error->have = (int64_t)block->count;
        error->want = (int64_t)needed;
    }
    return status;
}

bool tracking_overlap(const struct tracking_block *a, const struct tracking_block *b)
{
    return a->count && b->count && a->first < b->first + b->count && b->first < a->first + a->count;
}

/* -- doubts -- */

/* Collected by observers of real numbers (2009); no official source. */
enum message tracking_doubt(tracking number, enum tracking_class class)
{
    uint32_t kind = (uint32_t)(number / UINT64_C(1000000000)),
             label = (uint32_t)(number / 100000 % 100);
    bool usual = class == TRACKING_KAN_I ? kind == 3 || kind == 4 : kind == 5 || kind == 6;
    if (!usual)
        return MSG_TRACKING_CLASS;
    return label < 60 ? MSG_TRACKING_LABEL : MSG_NONE;
}
