/* press/dummy_values.h -- one fictional value in the shape of another. */
#ifndef PRESS_DUMMY_VALUES_H
#define PRESS_DUMMY_VALUES_H

#include "press/engine.h"

/* Values of the input, as bits of their hashes: "not among them" is certain, "among them" nearly. */
#define SEEN_BYTES (1u << 24)
struct dummy_maker {
    uint64_t state; /* of the random numbers */
    uint8_t *seen;
    const uint32_t *gaiji;
    uint32_t gaiji_count;
};

void dummy_see(struct dummy_maker *maker, struct text value);
bool dummy_seen(const struct dummy_maker *maker, struct text value);
uint32_t dummy_chance(struct dummy_maker *maker, uint32_t below);

#define DUMMY_BYTES (2 * LIMIT_FIELD_BYTES)

/* Character by character one of the same script; address: words of addresses stay. New when that is possible. */
struct text dummy_shape(struct dummy_maker *maker, struct text shape, bool address, char out[DUMMY_BYTES]);

/* A date `days` earlier, in the same notation; what is no date is shaped. */
struct text dummy_date(struct dummy_maker *maker, struct text shape, uint32_t days, char out[DUMMY_BYTES]);

/* A word that says nothing of a person: 本人, 男, 1, 郵送 ... */
bool dummy_choice(struct text value);

#endif
