/* press/pieces.h -- which letters share an envelope (通), and in which order they are printed.
 * A piece has one route and one address: letters of one 記号+番号 or 世帯番号 that go to different addresses (or, by way
 * of employers, to different employers) are different pieces, and so are those of different 送付先氏名.
 * Order postcode: letters that go by post, by 郵便区番号 (3 or 5 digits), in it by postcode; what is fewer than
 * mail.bundles.threshold goes to the bundle of its first two digits behind those of the region, and what is fewer even
 * so to the mixed one (雑) at the end, with what has no postcode. Counted in pieces, before any was split for its
 * sheets.
 * Order employer: letters that go by way of employers, by 事業所番号; those without one stand at the end, without a cover.
 * All other routes: by input, pieces at the place of their first letter.
 * Memory: 24 bytes an employer, 1 MB for postcodes, while the order is made.
 * Private to the room. Tests: tests/unit/press_pieces.c, tests/cases/pieces.sh, orders.sh
 */
#ifndef PRESS_PIECES_H
#define PRESS_PIECES_H

#include "press/mail.h"

/* Numbers of the column 引受番号 that two letters have: both are held. Once the plan is whole. */
CHECKED enum status pieces_hold_doubles(struct press *press, struct plan *plan, struct error *error);

/* The schedule as the job wants it: press_schedule (engine.h). */

/* What press->record shares with the other letters of its piece; two hashes, so that no stranger slips in. */
struct piece_key {
    uint64_t hash[2]; /* 0, 0: it shares nothing */
};
void piece_key(const struct press *press, uint32_t route, struct piece_key *out);

/* -- bundles -- */

enum { BUNDLE_MIXED = 1, BUNDLE_REGION = 2, BUNDLE_THREE = 3, BUNDLE_FIVE = 5 };

/* Key of a group of schedule order postcode: how many digits its prefix has, and the prefix. Five: 06401. */
static inline uint32_t bundle_digits(uint32_t key)
{
    return key / 100000;
}
static inline uint32_t bundle_prefix(uint32_t key)
{
    return key % 100000;
}

#endif
