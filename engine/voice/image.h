/* voice/image.h -- the picture of a supplied symbol: read, made one-bit, and its cells counted. Private to the room.
 * Takes  : PNG, BMP, PBM (P1, P4), TIFF (one picture) of two values at most, 1 bit or deeper; VOICE_DOTS a side at
 * most.
 * Refuses: REJECT 8644-8647.
 * Owns   : bits live in the caller's arena.
 */
#ifndef VOICE_IMAGE_H
#define VOICE_IMAGE_H

#include "base/arena.h"
#include "base/error.h"
#include "voice/symbol.h"

#define VOICE_DOTS 1600        /* a side: the largest size at 13 dots a cell */
#define VOICE_FILE_BYTES (8u << 20)

struct voice_bitmap {
    uint32_t columns, rows, row_bytes;
    uint8_t *bits; /* leftmost = top bit, 1 = dark */
};

CHECKED enum status voice_image_read(struct text bytes, struct arena *arena, struct voice_bitmap *out,
                                     struct error *error);

/* Finds the cells: `cells` a side, or 0 = any number of cells of SP_DOTS dots. The picture is the body alone, or the
 * body
 * and a strip on its right or left, top or bottom (T字ライン) with at least one light line between. Every cell must be
 * of one colour. */
CHECKED enum status voice_image_cells(const struct voice_bitmap *bitmap, uint32_t cells,
                                      struct voice_symbol *out, struct error *error);

/* -- the readers of the formats, each in its file -- */

/* Dots are handed over row by row, as grey levels or as bits. */
struct voice_dots {
    struct voice_bitmap *bitmap;
    int dark, light; /* the two values seen; -1 = none yet */
    bool two_valued; /* no third one was */
};
/* Room for so many dots; REJECT 8645 for none or too many. */
CHECKED enum status voice_dots_open(struct voice_dots *dots, uint64_t columns, uint64_t rows, struct arena *arena,
                                    struct voice_bitmap *bitmap, struct error *error);
uint8_t voice_grey(uint8_t red, uint8_t green, uint8_t blue);
/* A row of `columns` grey levels, one byte each. */
void voice_dots_greys(struct voice_dots *dots, uint32_t row, const uint8_t *greys);
/* A row of bits, leftmost = top bit; what stands behind the last column does not matter. values: the grey levels of 0
 * and of 1, one of them below 128. */
void voice_dots_bits(struct voice_dots *dots, uint32_t row, const uint8_t *bits, const uint8_t values[2]);
/* Two values that are one dark and one light. REJECT 8646. */
CHECKED enum status voice_dots_close(struct voice_dots *dots, struct error *error);

CHECKED enum status voice_png(struct text bytes, struct arena *arena, struct voice_bitmap *out, struct error *error);
CHECKED enum status voice_bmp(struct text bytes, struct arena *arena, struct voice_bitmap *out, struct error *error);
CHECKED enum status voice_pbm(struct text bytes, struct arena *arena, struct voice_bitmap *out, struct error *error);
CHECKED enum status voice_tiff(struct text bytes, struct arena *arena, struct voice_bitmap *out, struct error *error);

#endif
