/* page/page.h -- the display list of one page: the narrow waist between composing and writing.
 * Everything that shows is an item; pdf, raster, dump and the digests (sheet.h) are readers of the same list.
 * Positions in EMU from the top-left of the sheet, y downwards; text y is the baseline.
 * One ink: black (DeviceGray 0); what the die cutter needs stands apart, on a plate of its own and never in black.
 * Items borrow glyphs, texts and bits; who composed owns them.
 */
#ifndef PAGE_PAGE_H
#define PAGE_PAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/digest.h"
#include "base/sink.h"
#include "base/units.h"
#include "typeset/typeset.h"

enum item_kind { ITEM_TEXT, ITEM_STROKE, ITEM_MODULES, ITEM_BITMAP, ITEM_PATH, ITEM_BARS };

struct item_text {
    emu x, y;         /* start of the line on the baseline */
    emu size;
    uint16_t scale;   /* horizontal, per mille */
    emu spacing;      /* after each glyph but the last, before scaling */
    const struct glyph *glyphs;
    uint32_t count;
    struct text text; /* what the glyphs say; glyph.text are offsets into it */
};

struct item_stroke { /* w or h 0: a line, else a box */
    emu x, y, w, h, width, dash_on, dash_off, radius;
};

struct item_modules { /* symbol of dark modules, without quiet zone */
    emu x, y, module;
    uint16_t count;      /* across, and down where `rows` is 0: a square */
    uint16_t row_bytes;
    const uint8_t *bits; /* leftmost = top bit, 1 = dark */
    uint16_t rows;       /* down */
};

static inline uint16_t modules_down(const struct item_modules *modules)
{
    return modules->rows ? modules->rows : modules->count;
}

struct item_bitmap { /* one-bit image */
    emu x, y, w, h;
    uint32_t columns, rows, row_bytes;
    const uint8_t *bits; /* leftmost = top bit, 1 = dark */
    uint32_t image;      /* number of the image in the job, from 1: shared by pages */
};

enum path_step { PATH_MOVE, PATH_LINE, PATH_CURVE, PATH_CLOSE }; /* 1, 1, 3, 0 points */

struct item_path { /* filled, or with a width stroked */
    const uint8_t *steps;
    uint32_t step_count;
    const emu *points; /* x, y pairs, absolute */
    uint32_t point_count;
    bool even_odd;
    emu width; /* of a stroke; 0 = filled */
};

/* A bar of a barcode, in dots of 600 dpi from the corner of its symbol. */
struct bar {
    uint16_t x, y, w, h;
};

struct item_bars { /* filled rectangles, one path; x, y lie on the dot grid */
    emu x, y;
    const struct bar *bars; /* from left to right, apart from each other */
    uint32_t count;
};

struct item {
    enum item_kind kind;
    union {
        struct item_text text;
        struct item_stroke stroke;
        struct item_modules modules;
        struct item_bitmap bitmap;
        struct item_path path;
        struct item_bars bars;
    } as;
};

struct item_list {
    struct item *items;
    uint32_t count;
};

/* What is the same on every page of a form and layout: written once a lot, as a form XObject. */
struct layer {
    uint32_t index;  /* of form and layout in the job, from 1: its name in a PDF (/Fm1) */
    struct item_list list;
    struct digest digest; /* sheet.h: layer_digest */
};

struct page {
    emu width, height;
    const struct layer *layer; /* may be NULL */
    struct item_list list;     /* what differs */
    struct item_list marks;    /* of the run: sequence, n/m, inserter code, tracking number; in the sheet digest only */
    struct item_list die;      /* strokes for the die cutter; in both digests */
    struct text plate;         /* ... on the Separation of this name, overprinting */
    struct item_list guides;   /* --guides: a layer of its own, in no digest */
};

struct page_list {
    struct page *pages;
    uint32_t count;
};

/* The pages as text, one item a line, layer first (`preview -o FILE.txt`): mm with three decimals, pt, face,
 * scale, and the words. Stable: tests hold expected dumps. */
CHECKED enum status page_dump(const struct fonts *fonts, const struct page_list *pages,
                              const struct sink *sink, struct error *error);

#endif
