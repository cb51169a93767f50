/* compose/marks.h -- the marks of the run on the sheets of a letter: which of how many sheets of which envelope it
 * is. They are functions of the whole admitted list, so they stand in page->marks, not in page->list: the letter
 * digest is the same in a preview and in every run, the sheet digest has them. No personal data.
 * Text  : sequence in eight digits at least, and n/m: "00001234 1/2".
 * Code  : 27 digits, QR version 1-Q (symbology/sheet_code.h): key of the run 3, piece 9, n 2, m 2, sequence 9,
 *         pattern 2.
 * OMR   : dashes as the layout lists them.
 * Frames: those whose words name fields of the run ({tracking}, {piece}, {piece_sheets}); they may name fields of the
 *         job besides, no others.
 * Job   : output.marks none: the frames only · text: and the text · inserter: and code and OMR, where the layout has
 *         places for them.
 * Tests : tests/unit/compose_marks.c, tests/cases/mail-pages.sh
 */
#ifndef COMPOSE_MARKS_H
#define COMPOSE_MARKS_H

#include "compose/compose.h"

#define MARK_SEQUENCES 999999999 /* most letters, and most pieces, of a run with marks */
#define MARK_SHEETS 99           /* most sheets of a piece */
#define MARK_PATTERNS 99
#define MARK_KEYS 999

struct run_mark {
    uint64_t sequence;     /* of the letter in its run, from 1; the manifest's seq */
    uint64_t piece;        /* from 1 */
    uint32_t first, sheets;/* n of the letter's first sheet in its piece, from 1; m of all of them */
    uint32_t pattern;      /* 封入パターン, 0 = none */
    uint32_t key;          /* tells sheets of this run from another's, 0..999 */
    struct text tracking;  /* 560-00-00000-0; empty: none */
};

/* Adds page->marks to all pages of the letter that compose_letter made. Refuses: STOP, memory or MSG_BUG for numbers
 * out of range; what can be refused of a layout is refused by form_bind. */
CHECKED enum status compose_marks(const struct form *form, const struct run_mark *mark, struct fonts *fonts,
                                  struct arena *arena, struct page_list *pages, struct error *error);

#endif
