/* page/events.h -- the canonical form of what is printed: the bytes that the digests of a letter, of its sheets, of a
 * layer and of an image are taken over.
 * Both producers (printed.c from the display list, the readback room from a PDF) write it through these functions, so
 * only the numbers can differ.
 *   letter: "letter2\n", then each page       layer: "layer 2\n", then its events
 *   page  : 'P' width height, 'L' and 32 bytes when it has a layer, events, 'E'
 *   sheet : "sheet 2\n", the 32 bytes of the letter's digest; of each page its run marks as events, 'E'
 *   events: 'T' x y, then runs, then 'U' length bytes      a line of text: what it says, UTF-8
 *             run: 'R' advance count, two bytes a glyph
 *           'X' scale spacing, before 'T'; 'Z' face size rise, before 'R': from here on, wherever they change; a list
 *             begins with none. face: its number by order of first use, before which stands 'N' length name
 *           'S' width dash gap, then steps, 's'       a stroked path
 *           'F' 0 or 1 (even-odd), then steps, 'f'    a filled outline
 *             step: 'm' 'l' 'c' with points x y; 'r' x y w h; 'h'
 *           'M' w h x y columns rows, bits            an image mask in the content
 *           'I' w h x y columns rows, 32 bytes        an image of the job: SHA-256 of its bits
 *           'C' tint length name                      from here on this ink (a plate), until the next 'C'
 *   image : "image 2\n", 'B' columns rows, bits
 * Numbers have four bytes, low byte first: writing them costs less than packing them would save in hashing. Lengths on
 * paper are thousandths of a point from the bottom-left corner of the page; advances millionths of an em; scale is
 * thousandths of a per cent. Bits: rows of whole bytes, leftmost = top bit, 1 = printed, filling bits 0.
 * A failed allocation sticks: `failed` tells.
 */
#ifndef PAGE_EVENTS_H
#define PAGE_EVENTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/digest.h"
#include "base/error.h"
#include "base/limits.h"
#include "base/text.h"

struct events {
    uint8_t *bytes;
    size_t size, room;
    bool failed;
    int32_t set[2];            /* scale, spacing */
    int32_t font[3];           /* face, size, rise */
    uint8_t faces;             /* numbered so far */
    uint8_t face[LIMIT_FACES]; /* number + 1 of a slot in this list; 0 = not used yet */
};

/* Start; the memory stays. */
void events_letter(struct events *events);
void events_layer(struct events *events);
void events_sheet(struct events *events); /* the letter's digest is set by events_sheet_of */
void events_sheet_of(struct events *events, const struct digest *letter);
void events_free(struct events *events); /* wipes */

void events_page(struct events *events, int32_t width, int32_t height, const struct digest *layer);
void events_page_end(struct events *events);

void events_line(struct events *events, int32_t x, int32_t y, int32_t scale, int32_t spacing);
/* Of the runs that follow. slot < LIMIT_FACES: the caller's number of the face; name: without subset tag. */
void events_font(struct events *events, uint32_t slot, struct text name, int32_t size, int32_t rise);
/* A run of glyphs: begin gives room for the ids of `most` of them, two bytes each, low byte first, which the caller
 * fills before end says how many there are; nothing else is written between. NULL: failed. */
uint8_t *events_run_begin(struct events *events, int32_t advance, uint32_t most);
void events_run_end(struct events *events, uint8_t *ids, uint32_t count);
void events_words(struct events *events, struct text words);      /* ends the line */
/* The same in pieces: begin, add ..., end. */
void events_words_begin(struct events *events, uint32_t length);
void events_words_add(struct events *events, struct text words);

void events_stroke(struct events *events, int32_t width, int32_t dash_on, int32_t dash_off);
void events_fill(struct events *events, bool even_odd);
void events_step(struct events *events, char step, const int32_t *numbers, unsigned count); /* at most 6 */
void events_stroke_end(struct events *events);
void events_fill_end(struct events *events);

struct event_mask {
    int32_t w, h, x, y; /* as shown */
    uint32_t columns, rows, row_bytes;
    const uint8_t *bits;
};
void events_mask(struct events *events, const struct event_mask *mask);
void events_image(struct events *events, const struct event_mask *place, const struct digest *bits);
void events_ink(struct events *events, struct text name, int32_t tint);

/* SHA-256 (keyed or not: as the digester is) over all of them. */
CHECKED enum status events_digest(struct events *events, struct digester *digester, struct digest *out,
                                  struct error *error);
/* Of an image's bits, with its size. Uses events as scratch: it must be none in the making. */
CHECKED enum status events_bits_digest(struct events *events, const struct event_mask *image,
                                       struct digester *digester, struct digest *out, struct error *error);

#endif
