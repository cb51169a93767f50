#include "compose/fixed.h"

#define MANTISSA_LIMIT (INT64_MAX / 10 - 1)

static bool is_digit(const char *at, const char *end)
{
    return at < end && *at >= '0' && *at <= '9';
}

/* Digits into *mantissa as far as it has room; later ones only count in *exponent. Gives how many
 * stood there. */
static int read_digits(const char **at, const char *end, bool fraction, int64_t *mantissa,
                       int *exponent)
{
    int digits = 0;
    for (; is_digit(*at, end); ++*at, digits++) {
        if (*mantissa <= MANTISSA_LIMIT) {
            *mantissa = *mantissa * 10 + (**at - '0');
            *exponent -= fraction;
        } else {
            *exponent += !fraction;
        }
        if (digits > 1000)
            return 0;
    }
    return digits;
}

/* An exponent is read only where digits follow the e: "1em" is 1. */
static void read_exponent(const char **at, const char *end, int *exponent)
{
    const char *look = *at;
    if (look >= end || (*look != 'e' && *look != 'E'))
        return;
    look++;
    bool negative = look < end && *look == '-';
    if (look < end && (*look == '-' || *look == '+'))
        look++;
    if (!is_digit(look, end))
        return;
    int number = 0;
    for (; is_digit(look, end); look++)
        number = number < 1000 ? number * 10 + (*look - '0') : number;
    *exponent += negative ? -number : number;
    *at = look;
}

/* mantissa * 10^exponent * one. False: above limit. */
static bool to_fixed(int64_t mantissa, int exponent, int64_t one, int64_t limit, int64_t *out)
{
    wide value = (wide)mantissa * one, half = 0;
    for (; exponent > 0 && value != 0; exponent--) {
        value *= 10;
        if (value > limit)
            return false;
    }
    wide divisor = 1;
    for (; exponent < 0 && divisor <= value; exponent++)
        divisor *= 10;
    half = divisor / 2;
    value = exponent < 0 ? 0 : (value + half) / divisor;
    if (value > limit)
        return false;
    *out = (int64_t)value;
    return true;
}

bool fixed_parse(const char **at, const char *end, int64_t one, int64_t limit, int64_t *out)
{
    const char *look = *at;
    bool negative = look < end && *look == '-';
    if (look < end && (*look == '-' || *look == '+'))
        look++;
    int64_t mantissa = 0;
    int exponent = 0;
    int digits = read_digits(&look, end, false, &mantissa, &exponent);
    if (look < end && *look == '.') {
        look++;
        digits += read_digits(&look, end, true, &mantissa, &exponent);
    }
    if (digits == 0)
        return false;
    read_exponent(&look, end, &exponent);
    if (!to_fixed(mantissa, exponent, one, limit, out))
        return false;
    if (negative)
        *out = -*out;
    *at = look;
    return true;
}

static wide divide(wide value, int64_t one)
{
    return value >= 0 ? (value + one / 2) / one : -((-value + one / 2) / one);
}

int64_t fixed_scale(int64_t value, int64_t factor, int64_t one)
{
    return (int64_t)divide((wide)value * factor, one);
}

int64_t fixed_root(wide value)
{
    wide root = 0;
    for (int bit = 62; bit >= 0; bit--) {
        wide trial = root + ((wide)1 << bit);
        if (trial * trial <= value)
            root = trial;
    }
    return (int64_t)root;
}

struct matrix matrix_identity(void)
{
    return (struct matrix){.a = FACTOR, .d = FACTOR};
}

static bool put(wide value, int64_t limit, int64_t *out)
{
    *out = (int64_t)value;
    return value <= limit && value >= -limit;
}

bool matrix_join(const struct matrix *outer, const struct matrix *inner, struct matrix *out)
{
    const struct matrix o = *outer, i = *inner;
    struct point moved;
    bool fits = put(divide((wide)o.a * i.a + (wide)o.c * i.b, FACTOR), FACTOR_LIMIT, &out->a);
    fits &= put(divide((wide)o.b * i.a + (wide)o.d * i.b, FACTOR), FACTOR_LIMIT, &out->b);
    fits &= put(divide((wide)o.a * i.c + (wide)o.c * i.d, FACTOR), FACTOR_LIMIT, &out->c);
    fits &= put(divide((wide)o.b * i.c + (wide)o.d * i.d, FACTOR), FACTOR_LIMIT, &out->d);
    fits &= matrix_apply(&o, (struct point){i.e, i.f}, &moved);
    out->e = moved.x;
    out->f = moved.y;
    return fits;
}

bool matrix_apply(const struct matrix *matrix, struct point in, struct point *out)
{
    wide x = (wide)matrix->a * in.x + (wide)matrix->c * in.y;
    wide y = (wide)matrix->b * in.x + (wide)matrix->d * in.y;
    bool fits = put(divide(x, FACTOR) + matrix->e, FINE_LIMIT, &out->x);
    return put(divide(y, FACTOR) + matrix->f, FINE_LIMIT, &out->y) && fits;
}
