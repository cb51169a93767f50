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

int64_t span_natural(const struct paragraph *paragraph, const struct ruler *ruler, uint32_t first,
                     uint32_t end);

/* Sums, classes and costs, once. Refuses: STOP 1001. */
CHECKED enum status paragraph_prepare(struct paragraph *paragraph, struct arena *arena,
                                      struct error *error);

/* First-fit lines, at most room. Gives how many; 0 = they do not fit. desperate: a word that alone is longer
 * than a line may be broken inside, and if need be anything between clusters. */
uint32_t lines_fill(const struct paragraph *paragraph, const struct ruler *ruler, bool desperate,
                    struct span *out, uint32_t room);

/* Cost of the worst break between the lines (kinsoku.h); a lone last character counts as a bad one. */
uint8_t lines_worst(const struct paragraph *paragraph, const struct span *lines, uint32_t count);

/* Moves the last break back so that no last line has less than three characters, where that is possible. */
void lines_settle(const struct paragraph *paragraph, const struct ruler *ruler, struct span *lines,
                  uint32_t count);

#define BALANCE_LINES 4
#define BALANCE_GLYPHS 256

/* The same number of lines (2 .. BALANCE_LINES) as even as good breaks allow; lines come from lines_fill.
 * Leaves them as they are for more than BALANCE_GLYPHS glyphs. */
void lines_balance(const struct paragraph *paragraph, const struct ruler *ruler, struct span *lines,
                   uint32_t count);

#endif
