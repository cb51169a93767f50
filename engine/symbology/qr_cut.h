/* symbology/qr_cut.h -- cuts a text into the segments of a QR code (ISO/IEC 18004, 7.4 and annex J). Private to the
 * room. */
#ifndef SYMBOLOGY_QR_CUT_H
#define SYMBOLOGY_QR_CUT_H

#include "symbology/qr.h"

enum qr_mode { QR_NUMERIC, QR_ALPHANUMERIC, QR_BYTES, QR_KANJI, QR_MODES };

#define QR_CUT_BYTES 8192 /* no symbol holds more of any mode but 7,089 digits */
#define QR_CUT_SIGNS QR_CUT_BYTES

struct qr_segment {
    uint8_t mode;
    uint16_t signs, bytes; /* characters; bytes as the mode takes them */
};

struct qr_cut {
    uint32_t count;
    struct qr_segment segments[QR_CUT_SIGNS];
    unsigned char bytes[QR_CUT_BYTES]; /* of all segments, one behind the other */
};

/* Gives the smallest version that holds the text at the level (0..3 for L, M, Q, H), and its segments for it; 0 =
 * none. */
int qr_cut(const struct sjis *sjis, struct text text, int level, struct qr_cut *out);

/* The version of qr_fit; 0 = none. fill: its segments too. cut: room that is used either way. */
int qr_cut_fit(const struct sjis *sjis, struct text text, const struct qr_box *box, bool fill, struct qr_fit *out,
               struct qr_cut *cut);

/* Bits of data that a version holds. */
uint32_t qr_data_bits(int version, int level);

#endif
