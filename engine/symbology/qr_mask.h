/* symbology/qr_mask.h -- which of the eight masks of a QR code is the best: ISO/IEC 18004, 7.8.3. Private to the room.
 * Rows are bit vectors, so that a step of the search looks at up to 177 modules at once; columns are the rows of
 * the transposed symbol. Where the standard leaves room (the finder-like pattern at the edge of the symbol and in
 * larger sizes) the count is libqrencode's, so that the choice is the same.
 */
#ifndef SYMBOLOGY_QR_MASK_H
#define SYMBOLOGY_QR_MASK_H

#include <stdint.h>

#include "symbology/qr.h"

#define QR_WORDS 3 /* of 64 modules a row; leftmost = top bit */

struct qr_frame { /* a symbol before masking; format information light */
    int width;
    uint64_t dark[QR_MAX_MODULES][QR_WORDS];
    uint64_t data[QR_MAX_MODULES][QR_WORDS]; /* where a mask applies */
};

/* Masks the frame with the pattern of the lowest penalty, or with `fixed` (0..7) when that is not negative, and writes
 * its format information. level: 0..3 for L, M, Q, H. */
void qr_mask(struct qr_frame *frame, int level, int fixed, struct qr *out);

/* The penalty of a finished symbol, for the tests. */
uint32_t qr_penalty(const struct qr *symbol);

#endif
