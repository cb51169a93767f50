/* readback/readback.h -- a finished PDF, read again by a reader that shares no code with the writer: of each page
 * every thing that is printed, in the plain numbers of the file; and the two digests of a letter (page/sheet.h).
 * Takes  : the bytes of a lot, mapped by the caller; they may be anybody's.
 * Gives  : pages as lists of items (read_list). No number is rounded, nothing is guessed: what the engine does not
 *          write is refused, so that nothing can stand on a page unseen.
 * Refuses: STOP 9600-9604 (exit 6): damaged, another structure, another operator or operand, too large. Memory.
 * Owns   : tables, fonts' maps and layers of this file; one page at a time. Nothing is allocated a page once the
 *          buffers have grown.
 * Tests  : tests/unit/readback_*.c; fuzz target pdf_reader.
 */
#ifndef READBACK_READBACK_H
#define READBACK_READBACK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/digest.h"
#include "base/error.h"
#include "base/text.h"

/* Lengths: thousandths of a point from the bottom-left corner of the page; y upwards. */
enum read_kind { READ_TEXT, READ_STROKE, READ_FILL, READ_MASK, READ_IMAGE };

struct read_item {
    enum read_kind kind;
    uint16_t ink;   /* 0 = the one black; else of readback_ink */
    bool layered;   /* inside an optional-content layer */
    bool over;      /* overprints */
    bool mark;      /* of the run, not of the letter: inside /Run BMC ... EMC */
    union {
        struct {
            int32_t x, y, scale, spacing; /* scale: thousandths of a per cent */
            uint32_t first_run, runs;     /* in list->runs */
            uint32_t words, length;       /* in list->words: what the line says, UTF-8 */
        } text;
        struct {
            int32_t width, dash_on, dash_off; /* of a stroke */
            bool even_odd;                    /* of a filled outline */
            uint32_t first_step, steps;       /* in list->steps */
        } path;
        struct {
            int32_t w, h, x, y;
            uint32_t columns, rows;
            uint32_t bits;  /* READ_MASK: in list->bits; rows of whole bytes, 1 = printed */
            uint32_t image; /* READ_IMAGE: of readback_image */
        } mask;
    } as;
};

struct read_run {
    uint32_t face; /* of readback_face */
    int32_t size, rise, advance; /* advance: millionths of an em, of each glyph */
    uint32_t first_glyph, count; /* in list->glyphs */
};

struct read_step {
    char step; /* m l c h r, as events.h */
    uint8_t count;
    int32_t numbers[6];
};

struct read_list {
    struct read_item *items;
    struct read_run *runs;
    struct read_step *steps;
    uint8_t *glyphs; /* two bytes a glyph, low byte first: its number in the font file */
    char *words;
    uint8_t *bits;
    uint32_t item_count, run_count, step_count, glyph_count, word_bytes, bit_bytes;
    uint32_t item_room, run_room, step_room, glyph_room, word_room, bit_room;
};

struct read_page {
    int32_t width, height;
    uint32_t layer; /* number of its layer in the file, from 1; 0 = none */
    struct read_list list;
};

struct readback;

/* digester: borrowed, for the digests of letters and sheets; keyed where the run's was. */
CHECKED enum status readback_open(const void *bytes, size_t size, struct digester *digester,
                                  struct readback **out, struct error *error);
void readback_close(struct readback *readback); /* NULL is allowed; wipes */

uint32_t readback_pages(const struct readback *readback);

/* Reads a page, from 0; *out is borrowed until the next call of this or readback_sheet_add. error->line: the page,
 * from 1. */
CHECKED enum status readback_page(struct readback *readback, uint32_t page, const struct read_page **out,
                                  struct error *error);

/* A layer that a page named; borrowed until readback_close. */
const struct read_list *readback_layer(const struct readback *readback, uint32_t layer);
struct text readback_face(const struct readback *readback, uint32_t face); /* without subset tag */
struct text readback_ink(const struct readback *readback, uint32_t ink);
struct read_image {
    uint32_t columns, rows;
    const uint8_t *bits;
};
struct read_image readback_image(const struct readback *readback, uint32_t image);

/* Both digests of a letter: start, each of its pages in order, end. */
void readback_sheet_start(struct readback *readback);
CHECKED enum status readback_sheet_add(struct readback *readback, uint32_t page,
                                       const struct read_page **out, struct error *error);
CHECKED enum status readback_sheet_end(struct readback *readback, struct digest *letter, struct digest *sheet,
                                       struct error *error);

#endif
