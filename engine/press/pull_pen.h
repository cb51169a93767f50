/* press/pull_pen.h -- plain A4 sheets for the papers of a pull-out: lines of text and rules, one file after the other.
 * Takes  : mm as EMU from the upper left; y of text is its baseline.
 * Keeps  : the first error in `status`; what follows it does nothing. A text that the fonts lack is left out: the
 *          tables have it.
 * Private to the room.
 */
#ifndef PRESS_PULL_PEN_H
#define PRESS_PULL_PEN_H

#include "base/arena.h"
#include "base/sink.h"
#include "pdf/pdf.h"
#include "typeset/fonts.h"

#define PAPER_MM EMU_PER_MM
#define PAPER_LEFT (15 * PAPER_MM)
#define PAPER_RIGHT (195 * PAPER_MM)
#define PAPER_SIZE (9 * EMU_PER_PT)

struct pull_pen {
    struct fonts *fonts;
    struct arena arena; /* of one sheet */
    struct error *error;
    enum status status;
    int role;
    bool used; /* the sheet in hand is begun */
    struct page page;
    struct pdf *pdf; /* from its first sheet on */
    struct sink sink;
    struct text title; /* borrowed */
};

/* data: --data, NULL: beside the executable. error is borrowed until paper_close. */
CHECKED enum status paper_open(struct pull_pen *pen, const char *data, struct error *error);
void paper_close(struct pull_pen *pen);

void paper_file(struct pull_pen *pen, const struct sink *out, struct text title);
void paper_sheet(struct pull_pen *pen); /* the next one; prints the one in hand */
/* Prints what is in hand. A file of no sheet has no byte. */
CHECKED enum status paper_end(struct pull_pen *pen, const struct digest *id);

void paper_rule(struct pull_pen *pen, emu x, emu y, emu w, emu h);
/* One line, condensed to its width. */
void paper_words(struct pull_pen *pen, struct text text, emu x, emu y, emu size, emu width);
__attribute__((format(printf, 6, 7))) void paper_say(struct pull_pen *pen, emu x, emu y, emu size, emu width,
                                                   const char *format, ...);

#endif
