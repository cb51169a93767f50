/* layout/layout.h -- where things stand on a sheet: geometry without words.
 * File: layouts/<edition>/<form>/<name>.yaml, lengths in mm from the top-left of the sheet, type in pt.
 *   paper: A4                          # or an envelope: 長3, 長3横 (on its side), 角2, 角2横
 *   cut_side: right                    # what {cut_side} says: right | left | bottom
 *   folds: [99, 198]                   # mm from the top; shown by --guides, no symbol may lie on one
 *   margin: 10                         # no frame nearer to an edge; 10 when left out
 *   styles:                            # shorthand for the text keys of frames
 *     body: { font: mincho, size: 12, leading: 20 }
 *   frames:
 *     - { part: title, style: heading, x: 20, y: 43, w: 170, h: 9, align: center }
 *     - { part: name, ..., condense: 70, lines: 2, small: 10, tight: 10.5, valign: middle }
 *     - { part: portal_qr, symbol: qr, x: 166, y: 125, size: 22, level: M, quiet: 4 }
 *     - { image: logo, x: 20, y: 12, w: 30, h: 10 }   # keeps its aspect; 1-bit images want 600 dpi
 *     - { part: customer, symbol: customer, x: 20, y: 43, size: 9.5, clear: 2 }
 *                                      # カスタマバーコード of so many pt, 8 to 11.5; x, y of the corner of its clear
 *                                      # zone, which is never below 2 mm (manual p13); bars on the 300 dpi grid
 *     - { part: tracking, symbol: nw7, x: 20, y: 52, h: 7, start: a, stop: a, narrow: 6, wide: 16, characters: 11 }
 *                                      # NW-7: bars of so many 600 dpi dots (wide : narrow from 2 to 3), 10 narrow ones
 *                                      # free on both sides; hyphens of the part are left out; the posting office says
 *                                      # start, stop and measures. Its number for people is a frame of text
 *   lines:
 *     - { x: 20, y: 75, w: 170, h: 0, width: 0.3, dash: [2, 1] }      # width and dash in pt
 *   boxes:
 *     - { x: 112.4, y: 231, w: 85.6, h: 54, width: 0.3, dash: [3, 2], radius: 3 }
 *   marks:                             # a filled outline, SVG path data in a view of that many units
 *     - { x: 110, y: 240, w: 4, h: 4, view: [24, 24], path: "M0 0L24 12L0 24Z" }
 *   cuts:
 *     - { name: card, x: 112.4, y: 231, w: 85.6, h: 54, keep: 3 }     # frames stay inside or outside by keep
 *   omit: [contact]                    # parts of the template that this layout leaves out on purpose
 *   clear:
 *     - { name: voice, x: 10, y: 257, w: 30, h: 30 }                  # nothing may stand here
 *   tables:                            # rows of a household, one a member; further sheets when they do not fit
 *     - { name: members, x: 20, y: 110, w: 170, row: 9, rows: 12, rule: 0.3,
 *         frames: [ { part: member, style: value, x: 24, w: 80 }, { part: mask, style: number, x: 110, w: 76 } ] }
 *                                      # x of its frames from the sheet's edge; y from the row's top, 0 and the
 *                                      # whole height when left out; words only. A layout has one table at most
 *                                      # columns: 4 = so many beside each other, each w wide, filled downwards
 *   window: { x: 11, y: 10.5, w: 90, h: 55, play: [22, 19], envelope: 長3,
 *             shows: [mail_postcode, mail_addr1, mail_addr2, mail_name, customer] }
 *                                      # the envelope's window, on the sheet when the sheet lies in the middle of its
 *                                      # play: how far it can move in all, sideways and up and down
 *   control:                           # marks of the run, in the margin; each is optional and has a default place
 *     text: { x: 75, y: 289.4, w: 60, size: 6, align: center }         # sequence and n/m; false = none
 *     code: { x: 150, y: 287.1, module: 6 }                            # inserter's QR, 600 dpi dots; false = none
 *     omr: { x: 3, y: 120, pitch: 4, length: 7, width: 0.5, dashes: [start, piece-end, sequence-1, parity] }
 *                                      # width in mm too; the inserter's maker gives them; none unless said
 *   voice: { corner: left-bottom, centre: 25, clear: [10, 40], cell: 4, dpi: 600, notch: 6, notches: 1, apart: 12,
 *            plate: CutContour }       # voice code (音声コード) and its notch; all but corner may be left out. Centre of
 *                                      # the code from both edges of the corner, on the dot grid; a box from 10 to 40
 *                                      # mm from them is kept clear; 4 dots of 600 dpi a cell of a supplied symbol.
 *                                      # Notch: half circle of 6 mm, centre on the edge, level with the code:
 *                                      # right-bottom on the side edge, left-bottom on the bottom edge; a second one 12
 *                                      # mm above it, or beside it, for double-sided work; on a plate of this name
 * Every frame, line, box, mark, cut and clear place may say `if: card` (notice.card.printed) or `if: no-card`,
 * `if: voice` or `no-voice` (voice.kind), `if: postage` or `no-postage` (envelope.postage).
 * Text keys: font size leading align valign condense min_size lines tracking small tight punctuation spacing digits
 * even match.
 * `punctuation`: full, or close = brackets, commas and stops give up blanks (JIS X 4051): half an em between two
 * of them, none at the head of a line or in the way at its end. `spacing`: none, or auto = a quarter of an em
 * between Japanese and Latin characters. Unless said, punctuation is close where align is justify, and spacing is
 * none: readers of a PDF's text see a blank in each such gap, and the forms' words are prescribed to the character.
 * `digits`: as-is | half | full: the width of 0-9. What is printed is also what a PDF's text says.
 * `even`: a text of one line at full size that is shorter than so many ems is spread to them (均等割付).
 * `match`: frames of one name that each hold one line at their full size take the smallest scale among them.
 * Baselines: a line's em box has its baseline at 0.88 of the size (BIZ UD, as most Japanese faces). With valign
 * top the first em box stands half the lead (leading - size) below the box's top, so that boxes whose tops lie
 * on a grid share their baselines; less where the box is too low for that. Middle and bottom: the block from
 * the first em box to the last.
 * `small`: the text is first tried on one line at `size`; what is still too long when condensed is broken to
 * `lines` lines of `small` type, `tight` apart; only what does not fit then is condensed again.
 * Refuses: STOP 6xxx with file, line and the names: unknown key, wrong type, frame outside the page or its
 *          margin, two frames that overlap (symbols with their quiet zone), frame across a cut or on a clear
 *          place, symbol on a fold, QR side too small for one dot a module, lines higher than their box, frame
 *          outside its row; symbol that its measures forbid; in the window: a part of `shows` that a shift can
 *          bring out of it (the customer barcode with 2 mm to spare, so length + 4 + play <= w), or anything else
 *          that a shift can bring into it. The control marks keep off frames, strokes, cuts, clear places and window;
 *          the margin is theirs: nothing in it belongs to the letter, and an inserter's reader looks there, 4 mm
 *          from the edge and more, for most presses print no nearer. A table counts with all its rows; things that
 *          never show together may overlap.
 * Owns   : nothing; all in the caller's arena. Borrows: source, path.
 * Tests  : tests/unit/layout_read.c, layout_check.c, layout_place.c, layout_window.c.
 */
#ifndef LAYOUT_LAYOUT_H
#define LAYOUT_LAYOUT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/digest.h"
#include "base/error.h"
#include "base/units.h"
#include "symbology/customer.h"
#include "symbology/nw7.h"

enum align { ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT, ALIGN_JUSTIFY };
enum valign { VALIGN_TOP, VALIGN_MIDDLE, VALIGN_BOTTOM };
enum frame_kind { FRAME_TEXT, FRAME_QR, FRAME_IMAGE, FRAME_CUSTOMER, FRAME_NW7 };
enum digits { DIGITS_AS_IS, DIGITS_HALF, DIGITS_FULL };
enum side { SIDE_RIGHT, SIDE_LEFT, SIDE_BOTTOM };

/* A pair for each thing that a job may switch on: bit n of `shown` says it is. */
enum condition { IF_ALWAYS, IF_CARD, IF_NO_CARD, IF_VOICE, IF_NO_VOICE, IF_POSTAGE, IF_NO_POSTAGE };
enum shown { SHOWN_CARD = 1, SHOWN_VOICE = 2, SHOWN_POSTAGE = 4 };

struct rect {
    emu x, y, w, h; /* from the top-left of the sheet, y downwards */
};

struct frame {
    enum frame_kind kind;
    enum condition condition;
    struct text name;  /* the part's or image's name; unique with its place: "name", "name#2" */
    struct text part;  /* but of FRAME_IMAGE: the part of the template that it shows */
    struct text image; /* FRAME_IMAGE: key of the job's images */
    uint32_t line;     /* in the file */
    struct rect box;
    /* text; align and valign also place an image in its box */
    struct text font;       /* role: mincho, gothic, gothic-bold (fonts/fonts.yaml) */
    emu size, leading;
    enum align align;
    enum valign valign;
    uint16_t condense;      /* smallest horizontal scale in percent, 100 = never condensed */
    emu min_size;           /* = size unless the layout allows smaller type */
    uint16_t lines;         /* most lines; default: what the height holds, at least 1 */
    emu tracking;           /* extra space between characters, default 0 */
    emu small, tight;       /* type size and leading of a text broken for its length; small 0: no such rule */
    bool close_up, quarter; /* punctuation: close, spacing: auto */
    enum digits digits;
    uint16_t even;          /* ems that a short text is spread to; 0 = not */
    struct text match;      /* group of frames with one scale; empty = none */
    /* QR: box is the symbol with its quiet zone */
    uint8_t level;          /* 'L' 'M' 'Q' 'H' */
    uint8_t quiet;          /* modules, >= 4 (ISO/IEC 18004) */
    uint8_t module_dots;    /* 0 = as large as fits: whole 600 dpi dots a module */
    /* barcodes: box is the symbol with its clear zone */
    struct rect bars;            /* where the bars may be; x, y on the grid of 300 dpi */
    struct customer_place place; /* FRAME_CUSTOMER: in 600 dpi dots, all of them even */
    struct nw7_place widths;     /* FRAME_NW7: 600 dpi dots */
    char start, stop;
    uint16_t characters;         /* most of the number */
};

struct stroke { /* line when h or w is 0, else a box */
    enum condition condition;
    struct rect box;
    emu width;
    emu dash_on, dash_off; /* 0 = solid */
    emu radius;            /* boxes: corner radius */
    uint32_t line;
};

struct mark { /* a filled outline that belongs to the geometry: scissors, arrows */
    enum condition condition;
    struct rect box;
    int32_t view_w, view_h; /* 1/1000 of a unit of the path */
    struct text path;       /* SVG path data; read by compose */
    bool even_odd;
    uint32_t line;
};

struct cut {
    enum condition condition;
    struct text name;
    struct rect box;
    emu keep;
    uint32_t line;
};

struct clear_place {
    enum condition condition;
    struct text name;
    struct rect box;
    uint32_t line;
};

struct table {
    struct text name;
    struct rect box;       /* x, y of the first row; w of all columns; h = rows * row */
    emu row;               /* height of a row */
    uint16_t rows;         /* most in a column, >= 1 */
    uint16_t columns;      /* >= 1 */
    emu rule;              /* width of the line below each row; 0 = none */
    struct frame *frames;  /* of a row: box.y from the row's top, box.h at most the row */
    uint32_t frame_count;
    uint32_t line;
};

/* On a sheet. */
static inline uint32_t table_rows(const struct table *table)
{
    return (uint32_t)table->rows * table->columns;
}

struct window {
    struct text envelope; /* for people */
    struct rect box;      /* on the sheet, in the middle of the play */
    emu play[2];          /* in all: sideways, up and down */
    struct text *shows;   /* names of parts */
    uint32_t show_count;
    uint32_t line;
};

enum corner { CORNER_RIGHT_BOTTOM, CORNER_LEFT_BOTTOM };
#define VOICE_PLATE 31 /* characters of a plate's name */

struct voice_place {
    enum corner corner;
    emu x, y;       /* centre of the code on the sheet, on the grid of the device's dots */
    emu dot;        /* of the device */
    uint16_t cell;  /* dots a cell of a supplied symbol */
    struct rect clear;
    emu notch;      /* diameter */
    uint8_t notches;
    emu apart;      /* centres of two notches */
    struct text plate;
    emu centre;     /* as the file says, from both edges */
    uint32_t line;
};

#define OMR_DASHES 16
enum omr_dash {
    OMR_START,      /* on every sheet */
    OMR_PIECE_START,/* on the first of its piece */
    OMR_PIECE_END,  /* on the last */
    OMR_SEQUENCE_1, /* bits of the sequence */
    OMR_SEQUENCE_2,
    OMR_SEQUENCE_4,
    OMR_PATTERN_1,  /* bits of the 封入パターン */
    OMR_PATTERN_2,
    OMR_PATTERN_4,
    OMR_PARITY,     /* where it makes the number of dashes even; the last of them */
};

struct control { /* marks of the run */
    bool text, code; /* is there a place for it? */
    struct rect text_box;
    emu text_size;
    enum align text_align;
    struct rect code_box; /* the symbol alone, on the dot grid */
    uint8_t code_module;  /* 600 dpi dots */
    struct rect omr_box;
    emu omr_pitch, omr_width; /* width of a dash, across its length */
    uint8_t dash[OMR_DASHES];
    uint32_t dash_count;  /* 0: no OMR */
    uint32_t line;
};

/* Modules a side of the inserter's code, and free ones around it: QR version 1 (ISO/IEC 18004). */
#define CONTROL_MODULES 21
#define CONTROL_QUIET 4

/* Does a thing of this condition show? shown: bits of enum shown */
static inline bool condition_holds(enum condition condition, unsigned shown)
{
    unsigned bit = ((unsigned)condition - 1) / 2;
    return condition == IF_ALWAYS || (shown >> bit & 1) == (unsigned)condition % 2;
}

struct layout {
    emu width, height;
    emu margin;
    enum side cut_side;
    bool has_cut_side;
    struct frame *frames;
    uint32_t frame_count;
    struct table *table;   /* NULL: none; a layout has at most one */
    struct stroke *strokes;
    uint32_t stroke_count;
    struct mark *marks;
    uint32_t mark_count;
    struct cut *cuts;
    uint32_t cut_count;
    struct clear_place *clears;
    uint32_t clear_count;
    struct window *window; /* NULL: none */
    struct control control;
    struct text *omits; /* names of parts */
    uint32_t omit_count;
    emu folds[8];
    uint32_t fold_count;
    struct digest digest; /* of the file's bytes */
    const char *path;     /* for messages */
    struct voice_place *voice; /* NULL: none */
};

/* The half circle's box on the sheet: number 0, or 1 for the second. */
struct rect voice_notch(const struct layout *layout, uint32_t number);
/* Side of the largest square around the centre that the clear box holds. */
emu voice_room(const struct voice_place *voice);

CHECKED enum status layout_read(struct text source, const char *path, struct arena *arena,
                                struct layout *out, struct error *error);

/* Do the marks of the run find their places free? inserter: code and OMR too. STOP 6208. */
CHECKED enum status layout_check_control(const struct layout *layout, bool inserter, struct error *error);

/* Baseline of the first of `lines` lines, in the sheet. The block (size + (lines - 1) * leading) must not be
 * higher than the box. */
emu layout_baseline(const struct frame *frame, emu size, emu leading, uint32_t lines);

/* Where a symbol of so many modules a side stands in its frame: module a whole number of 600 dpi dots, corner on
 * the dot grid of the sheet, quiet zone within the box, centred as nearly as dots allow. False: too many. */
bool layout_place_qr(const struct frame *frame, uint16_t modules, emu *x, emu *y, emu *module);

#endif
