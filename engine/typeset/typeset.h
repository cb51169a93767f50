/* typeset/typeset.h -- text to lines of glyphs: shaping, kinsoku, copyfit. Nothing is drawn.
 * Takes  : UTF-8 text, a role (chain of fonts), a measure.
 * Gives  : lines of glyphs with advances; widths in EMU.
 * Refuses: REJECT 7xxx: a character or variation sequence that no font of the chain has (offset = its byte),
 *          control characters, text that does not fit its frame even when condensed and broken.
 *          Never a .notdef, never a dropped selector, never a fall-back to the base glyph.
 */
#ifndef TYPESET_TYPESET_H
#define TYPESET_TYPESET_H

#include "typeset/fonts.h"

#define GLYPH_ALIAS 1 /* the cluster's text is not fonts_canonical(): a PDF says it with ActualText */
#define GLYPH_GAIJI 2 /* by the gaiji table: ActualText is fonts_gaiji_text() of the cluster; ALIAS is set too */

struct glyph {
    uint16_t face;
    uint16_t id;
    int32_t advance;      /* EM_UNITS an em, as shaped; typeset_fit changes it where blanks shrink or grow */
    uint32_t text;        /* offset of its cluster in the text */
    uint16_t text_length; /* bytes; 0 for the second and later glyphs of a cluster */
    uint16_t flags;
};

struct shaped {
    struct glyph *glyphs;
    uint32_t count;
    int64_t width; /* sum of advances */
};

/* Fast path by cache; strings that need it go through HarfBuzz. Line breaks (\n) must not be in the text. */
CHECKED enum status typeset_shape(struct fonts *fonts, int role, struct text text, struct arena *arena,
                                  struct shaped *out, struct error *error);

struct measure {
    emu width;         /* of the frame */
    emu size;          /* full type size */
    emu min_size;      /* smallest; = size: never smaller */
    uint16_t condense; /* smallest horizontal scale in percent; 100 = never */
    uint16_t lines;    /* most lines */
    emu tracking;      /* extra space between characters */
    bool justify;      /* spread full lines to the measure */
    bool close_up;     /* punctuation gives up blanks (JIS X 4051): between brackets, at both ends of a line */
    bool quarter;      /* a quarter of an em between Japanese and Latin characters */
};

struct set_line {
    struct glyph *glyphs; /* of this line, blanks at a break removed; glyph.text counts from line.text */
    uint32_t count;
    struct text text;     /* what it says: a slice of the text given, which is borrowed */
    emu width;            /* as set, with scale and spacing; from the ink of a bracket that begins the line */
    emu head;             /* blank of that bracket's glyph, to the left of the line; else 0 */
    emu spacing;          /* added after each glyph but the last (justification + tracking), before scaling */
};

struct set_text {
    struct set_line *lines;
    uint32_t count;      /* 0 only for the empty text; an empty paragraph is a line without glyphs */
    emu size;            /* as set */
    uint16_t scale;      /* horizontal scale in per mille: 1000 = full */
};

/* copyfit, in this order; "\n" forces a line, all lines have one size and scale:
 * 1. one line a paragraph at full size, else condensed down to the limit,
 * 2. else broken (kinsoku, JIS X 4051) to the frame's lines at the widest scale that fits; up to 15 per cent
 *    narrower, never below the limit, where that keeps a number or a word whole,
 * 3. else the same at the largest smaller size that fits, in quarters of a point down to min_size,
 * 4. else 2 and 3 once more with words and numbers broken that alone are longer than a line,
 * 5. else REJECT TEXT_TOO_LONG.
 * Running text (justify and more than one line) is broken at full size first, before it is condensed; lines
 * that are not the last of their paragraph are spread to the measure where that takes at most a quarter of an
 * em a gap. With close_up or quarter a gap's blank is part of the advance before it, a full line takes one more
 * character where its blanks can give room (line end, middle dots, brackets and commas, script changes), and
 * spreading leaves words, numbers, leaders and the inside of brackets alone. Short fields get even lines, one more
 * than needed where that keeps a number or a word whole; no last line has less than three characters where that is
 * possible. */
CHECKED enum status typeset_fit(struct fonts *fonts, int role, struct text text,
                                const struct measure *measure, struct arena *arena, struct set_text *out,
                                struct error *error);

/* Width of glyphs: sum of advances at size and scale, in EMU (rounded once). */
emu typeset_width(const struct glyph *glyphs, uint32_t count, emu size, uint16_t scale, emu spacing);

#endif
