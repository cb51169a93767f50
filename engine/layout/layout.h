/* layout/layout.h -- where things stand on a sheet: geometry without words.
 * File: layouts/<edition>/<form>/<name>.yaml, lengths in mm from the top-left of the sheet, type in pt.
 *   paper: A4
 *   cut_side: right                    # what {cut_side} says: right | left | bottom
 *   folds: [99, 198]                   # mm from the top; shown by --guides, no symbol may lie on one
 *   margin: 10                         # no frame nearer to an edge
 *   styles:
 *     body: { font: mincho, size: 12, leading: 20 }
 *   frames:
 *     - { part: title, style: heading, x: 20, y: 43, w: 170, h: 9, align: center }
 *     - { part: name, ..., lines: 2, condense: 70 }
 *     - { part: portal_qr, symbol: qr, x: 166, y: 125, size: 22, level: M, quiet: 4 }
 *     - { image: logo, x: 20, y: 12, w: 30, h: 10 }
 *   lines:
 *     - { x: 20, y: 75, w: 170, h: 0, width: 0.3, dash: [2, 1] }      # width and dash in pt
 *   boxes:
 *     - { x: 112.4, y: 231, w: 85.6, h: 54, width: 0.3, dash: [3, 2] }
 *   cuts:
 *     - { name: card, x: 112.4, y: 231, w: 85.6, h: 54, keep: 3 }     # frames stay inside or outside by keep
 * Refuses: STOP 6xxx with file, line and the names: unknown key, wrong type, frame outside the page or its
 *          margin, two frames that overlap (symbols with their quiet zone), frame across a cut, QR side too
 *          small for one dot a module.
 * Owns   : nothing; all in the caller's arena.
 */
#ifndef LAYOUT_LAYOUT_H
#define LAYOUT_LAYOUT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/digest.h"
#include "base/error.h"
#include "base/units.h"

enum align { ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT, ALIGN_JUSTIFY };
enum frame_kind { FRAME_TEXT, FRAME_QR, FRAME_IMAGE };
enum side { SIDE_RIGHT, SIDE_LEFT, SIDE_BOTTOM };

struct rect {
    emu x, y, w, h; /* from the top-left of the sheet, y downwards */
};

struct frame {
    enum frame_kind kind;
    struct text name;  /* the part's or image's name; unique with its place: "name", "name#2" */
    struct text part;  /* FRAME_TEXT, FRAME_QR: the part of the template that it shows */
    struct text image; /* FRAME_IMAGE: key of the job's images */
    uint32_t line;     /* in the file */
    struct rect box;
    /* text */
    struct text font;       /* role: mincho, gothic, gothic-bold (fonts/fonts.yaml) */
    emu size, leading;
    enum align align;
    uint16_t condense;      /* smallest horizontal scale in percent, 100 = never condensed */
    emu min_size;           /* = size unless the layout allows smaller type */
    uint16_t lines;         /* most lines; default: what the height holds, at least 1 */
    emu tracking;           /* extra space between characters, default 0 */
    /* QR: box is the symbol with its quiet zone */
    uint8_t level;          /* 'L' 'M' 'Q' 'H' */
    uint8_t quiet;          /* modules, >= 4 (ISO/IEC 18004) */
    uint8_t module_dots;    /* 0 = as large as fits: whole 600 dpi dots a module */
};

struct stroke { /* line when h or w is 0, else a box */
    struct rect box;
    emu width;
    emu dash_on, dash_off; /* 0 = solid */
    emu radius;            /* boxes: corner radius */
    uint32_t line;
};

struct cut {
    struct text name;
    struct rect box;
    emu keep;
};

struct layout {
    emu width, height;
    emu margin;
    enum side cut_side;
    bool has_cut_side;
    struct frame *frames;
    uint32_t frame_count;
    struct stroke *strokes;
    uint32_t stroke_count;
    struct cut *cuts;
    uint32_t cut_count;
    emu folds[8];
    uint32_t fold_count;
    struct digest digest; /* of the file's bytes */
    const char *path;     /* for messages */
};

CHECKED enum status layout_read(struct text source, const char *path, struct arena *arena,
                                struct layout *out, struct error *error);

#endif
