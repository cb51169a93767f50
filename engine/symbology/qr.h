/* symbology/qr.h -- QR code (ISO/IEC 18004, JIS X 0510): text to modules, pure. Only qr.c knows libqrencode.
 * Byte mode, UTF-8. The mask is fixed (a function of nothing: always the same pattern) or the one with the
 * lowest penalty; a fixed mask departs from ISO/IEC 18004 clause 7.8, readers take either.
 */
#ifndef SYMBOLOGY_QR_H
#define SYMBOLOGY_QR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/status.h"
#include "base/text.h"

#define QR_MAX_MODULES 177

struct qr {
    uint16_t modules;                                  /* a side, without quiet zone */
    uint8_t bits[QR_MAX_MODULES][(QR_MAX_MODULES + 7) / 8]; /* row, leftmost = top bit; 1 = dark */
};

/* Modules a side that the text needs at the level ('L' 'M' 'Q' 'H'); 0 = does not fit any version, or empty. */
uint16_t qr_modules(struct text text, uint8_t level);

/* Refuses REJECT 8xxx: empty or too long. STOP: memory. */
CHECKED enum status qr_encode(struct text text, uint8_t level, bool best_mask, struct qr *out,
                              struct error *error);

#endif
