#include "base/units.h"

#define LARGEST_EMU ((int64_t)20000 * EMU_PER_MM)
#define LARGEST_UNIT 1000000 /* keeps fraction * unit within int64; an inch is 914,400 */
#define FRACTION_DIGITS 12

struct decimal {
    int64_t whole, fraction, scale; /* whole + fraction / scale */
};

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* Digits into *value; gives how many there were, or -1 when the value passes the limit. */
static int read_digits(const char *at, const char *end, int64_t limit, int64_t *value)
{
    int count = 0;
    for (*value = 0; at + count < end && is_digit(at[count]); count++) {
        *value = *value * 10 + (at[count] - '0');
        if (*value > limit)
            return -1;
    }
    return count;
}

static bool read_fraction(const char *at, const char *end, struct decimal *out)
{
    if (end - at < 1 || end - at > FRACTION_DIGITS)
        return false;
    int count = read_digits(at, end, INT64_MAX / 20, &out->fraction);
    for (int i = 0; i < count; i++)
        out->scale *= 10;
    return at + count == end;
}

static bool read_decimal(const char *at, const char *end, struct decimal *out)
{
    *out = (struct decimal){.scale = 1};
    int count = read_digits(at, end, LARGEST_EMU, &out->whole);
    if (count < 1)
        return false;
    at += count;
    if (at == end)
        return true;
    return *at == '.' && read_fraction(at + 1, end, out);
}

bool units_parse(struct text number, int32_t emu_per_unit, emu *out)
{
    if (!number.length || emu_per_unit < 1 || emu_per_unit > LARGEST_UNIT)
        return false;
    bool negative = number.bytes[0] == '-';
    struct decimal decimal;
    if (!read_decimal(number.bytes + negative, number.bytes + number.length, &decimal))
        return false;
    int64_t part = decimal.fraction * emu_per_unit;
    int64_t value = decimal.whole * emu_per_unit + part / decimal.scale;
    if (2 * (part % decimal.scale) >= decimal.scale)
        value++;
    if (value > LARGEST_EMU)
        return false;
    *out = (emu)(negative ? -value : value);
    return true;
}
