/* typeset/lines.h -- a shaped paragraph into lines of a given width. Private to the room.
 * "Natural" widths are unscaled, in EMU * EM_UNITS: advances * size + spacing, exact, no rounding.
 */
#ifndef TYPESET_LINES_H
#define TYPESET_LINES_H

#include "typeset/typeset.h"

struct paragraph {
    struct text text;
    struct shaped shaped;
    int64_t *sums;     /* advances before glyph i; count + 1 entries */
    uint8_t *classes;  /* kinsoku.h; NULL until it must be broken */
    uint8_t *costs;
    const struct measure *measure;
    uint8_t *kinds;    /* spacing.h; NULL: the measure asks for nothing of it */
    int64_t *gives;    /* what the gaps before glyph i can give up; count + 1 entries; NULL: nothing */
};

struct span {
    uint32_t first, end; /* glyphs; blanks at the break left out */
};

/* What a line may be. */
struct ruler {
    emu size, tracking;
    int64_t limit; /* largest natural width */
};

int64_t measure_natural(int64_t advances, uint32_t count, emu size, emu spacing);
emu measure_width(int64_t natural, uint16_t scale);
/* The largest natural width whose measure_width is at most width. */
int64_t measure_limit(emu width, uint16_t scale);

/* The least that a line of these glyphs can be: without blanks at its ends, the others shrunk. */
int64_t span_natural(const struct paragraph *paragraph, const struct ruler *ruler, uint32_t first,
                     uint32_t end);

/* Sum of the advances of a line without the blank at its head, and without what its last glyph has for a
 * neighbour that is on the next line; *tail: blank of that glyph, still in the sum. */
int64_t span_advances(const struct paragraph *paragraph, uint32_t first, uint32_t end, int32_t *tail);

/* Sums, classes and costs, once. Refuses: STOP 1001. */
CHECKED enum status paragraph_prepare(struct paragraph *paragraph, struct arena *arena,
                                      struct error *error);

/* How far breaking may go. */
enum breaking {
    BREAK_PROPER,    /* between words, as kinsoku wants it */
    BREAK_LONG_WORD, /* a word that alone is longer than a line is broken inside, and if need be anything */
    BREAK_ANY_WORD,  /* any word is: the long one starts behind what stands before it */
};

/* First-fit lines, at most room. Gives how many; 0 = they do not fit. */
uint32_t lines_fill(const struct paragraph *paragraph, const struct ruler *ruler, enum breaking breaking,
                    struct span *out, uint32_t room);

/* Cost of the worst break between the lines (kinsoku.h); a lone last character counts as a bad one. */
uint8_t lines_worst(const struct paragraph *paragraph, const struct span *lines, uint32_t count);

/* Moves the last break back so that no last line has less than three characters, where that is possible. */
void lines_settle(const struct paragraph *paragraph, const struct ruler *ruler, struct span *lines,
                  uint32_t count);

/* The line as set: blanks shrunk where it is too full, spread to the measure when `full` (the line goes on) and the
 * measure is justified. Changes the advances of its glyphs, and their offsets to count from the line's text. */
void line_set(const struct paragraph *paragraph, struct span span, emu size, uint16_t scale, bool full,
              struct set_line *out);

#define BALANCE_LINES 4
#define BALANCE_GLYPHS 256

/* The same number of lines (2 .. BALANCE_LINES) as even as good breaks allow; lines come from lines_fill.
 * Leaves them as they are for more than BALANCE_GLYPHS glyphs. */
void lines_balance(const struct paragraph *paragraph, const struct ruler *ruler, struct span *lines,
                   uint32_t count);

/* The same with one line more than lines has, which must have room for it. False: there are no such lines. */
bool lines_balance_more(const struct paragraph *paragraph, const struct ruler *ruler,
                        struct span *lines, uint32_t count);

#endif
