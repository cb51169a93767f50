/* symbology/nw7.h -- NW-7 (Codabar, JIS X 0506, EN 798): characters to narrow and wide elements. Pure, no heap.
 * Start and stop letter, ratio, module and height are the layout's: the posting office tells them to the sender.
 */
#ifndef SYMBOLOGY_NW7_H
#define SYMBOLOGY_NW7_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/status.h"
#include "base/text.h"

#define NW7_MOST 32                                  /* characters of data, without start and stop */
#define NW7_ELEMENTS (8 * (NW7_MOST + 2) - 1)        /* seven elements a character, a narrow gap between two */
#define NW7_QUIET 10                                 /* narrow elements free on either side at least (EN 798) */

struct nw7 {
    uint16_t count;               /* elements; the first is a bar, then space and bar in turn, the last is a bar */
    uint8_t wide[NW7_ELEMENTS];   /* 1 = wide */
};

/* data: 0-9 - $ : / . + ; start and stop: A-D or a-d, the same bars either way.
 * REJECT 8030: other characters, none, or more than NW7_MOST. STOP 8032: another start or stop. */
CHECKED enum status nw7_encode(struct text data, char start, char stop, struct nw7 *out, struct error *error);

/* Widths in dots. ratio: wide to narrow in 1/10. */
struct nw7_place {
    int32_t narrow, wide;
};
#define NW7_RATIO_LEAST 20
#define NW7_RATIO_MOST 30

/* wide = narrow * ratio / 10 to the nearest dot that keeps 2 narrow <= wide <= 3 narrow.
 * STOP 8031: narrow not 1..200 dots, or ratio out of range. */
CHECKED enum status nw7_place(int32_t narrow, int32_t ratio, struct nw7_place *out, struct error *error);

/* Dots of the whole symbol, without quiet zones. */
int32_t nw7_length(const struct nw7 *symbol, const struct nw7_place *place);

/* Every character is 3 narrow of 7 elements wide or 2: the length of a symbol of so many data digits and letters
 * depends on the data. The most that it can be, for layouts. */
int32_t nw7_longest(uint32_t characters, const struct nw7_place *place);

#endif
