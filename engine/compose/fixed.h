/* compose/fixed.h -- the numbers of vector pictures in whole numbers: no float, so no drift between machines.
 * A coordinate is an int64_t of 1/1,000,000 user unit, a factor of a matrix one of 1/1,000,000,000. Private to
 * the room.
 */
#ifndef COMPOSE_FIXED_H
#define COMPOSE_FIXED_H

#include <stdbool.h>
#include <stdint.h>

__extension__ typedef __int128 wide;

#define FINE INT64_C(1000000)                      /* coordinates */
#define FINE_LIMIT (INT64_C(1000000) * FINE)       /* no coordinate is larger */
#define FACTOR INT64_C(1000000000)                 /* factors; also 1 on the unit circle */
#define FACTOR_LIMIT (INT64_C(1000000) * FACTOR)

struct point {
    int64_t x, y;
};

struct matrix { /* x' = a x + c y + e, y' = b x + d y + f, as in SVG */
    int64_t a, b, c, d; /* factors */
    int64_t e, f;       /* coordinates */
};

/* Reads an SVG number (sign, digits, point, exponent) at *at and moves behind it; gives it times `one`,
 * rounded half away from 0. False: no number there, or larger than limit; *at and *out stay. */
bool fixed_parse(const char **at, const char *end, int64_t one, int64_t limit, int64_t *out);

/* value * factor / one, rounded to the nearest. */
int64_t fixed_scale(int64_t value, int64_t factor, int64_t one);

/* Largest whole number whose square is not above value; value >= 0. */
int64_t fixed_root(wide value);

struct matrix matrix_identity(void);
/* First inner, then outer. False: beyond the limits. */
bool matrix_join(const struct matrix *outer, const struct matrix *inner, struct matrix *out);
/* False: beyond the limits. */
bool matrix_apply(const struct matrix *matrix, struct point in, struct point *out);

#endif
