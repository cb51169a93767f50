/* symbology/qr.h -- QR code (ISO/IEC 18004, JIS X 0510): text to modules, pure. Only qr.c knows libqrencode.
 * Byte mode, UTF-8. The mask is fixed (a function of nothing: always the same pattern) or the one with the
 * lowest penalty; a fixed mask departs from ISO/IEC 18004 clause 7.8, readers take either.
 */
#ifndef SYMBOLOGY_QR_H
#define SYMBOLOGY_QR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/sjis.h"
#include "base/status.h"
#include "base/text.h"

#define QR_MAX_MODULES 177

struct qr {
    uint16_t modules;                                  /* a side, without quiet zone */
    uint8_t bits[QR_MAX_MODULES][(QR_MAX_MODULES + 7) / 8]; /* row, leftmost = top bit; 1 = dark */
};

/* Modules a side that the text needs at the level ('L' 'M' 'Q' 'H'); 0 = does not fit any version, or empty. */
uint16_t qr_modules(struct text text, uint8_t level);

/* -- texts in Japanese: cut into numeric, alphanumeric, Kanji and byte segments, whatever takes the fewest bits. Kanji
 * mode where base/sjis.h has it. A text with any other character beyond ASCII has no Kanji segment: UTF-8
 * throughout, for
 * readers guess one encoding for a symbol. -- */

/* A square of dots, quiet zone of 4 modules included. A module has `wanted` dots where a level can be had for it, and
 * never fewer than `least`. */
struct qr_box {
    uint32_t dots;
    uint16_t least, wanted;
};

/* How a text is set in it. */
struct qr_fit {
    uint8_t level;    /* 'L' 'M' 'Q' 'H' */
    uint16_t modules; /* a side */
    uint16_t dots;    /* a module */
};

/* The highest level whose modules keep `wanted` dots; where not even L has them, L with the largest modules, but never
 * under `least`. False: does not fit, or is empty. */
bool qr_fit(const struct sjis *sjis, struct text text, const struct qr_box *box, struct qr_fit *out);

/* qr_fit and qr_encode_mixed in one, with the best mask. REJECT QR_TOO_LONG: does not fit, or is empty. */
CHECKED enum status qr_encode_fit(const struct sjis *sjis, struct text text, const struct qr_box *box,
                                  struct qr_fit *fit, struct qr *out, struct error *error);

/* Modules a side that the text needs so; 0 = does not fit any version, or empty. */
uint16_t qr_mixed_modules(const struct sjis *sjis, struct text text, uint8_t level);

/* As qr_encode. */
CHECKED enum status qr_encode_mixed(const struct sjis *sjis, struct text text, uint8_t level,
                                    bool best_mask, struct qr *out, struct error *error);

/* Refuses REJECT 8xxx: empty or too long. STOP: memory. */
CHECKED enum status qr_encode(struct text text, uint8_t level, bool best_mask, struct qr *out,
                              struct error *error);

#endif
