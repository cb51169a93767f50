/* compose/compose.h -- letter + wording + layout -> pages. A pure function.
 * form_bind joins a template and a layout once: parts to frames, what is the same on all letters set into one
 * layer. compose_letter sets the rest. One page a letter; a household's has as many as its table needs.
 * What the layout shows with (`if: card`) or without the printed card follows notice.card.printed; so with the voice
 * code and the postage mark.
 * Every part of the template stands in a frame, or the layout names it under `omit`: prescribed words are never
 * left out unsaid. A frame is left out when its part is empty on this letter, or its image is not among the job's.
 * Refuses: STOP 65xx at form_bind: frame whose part the template lacks, part that no frame shows, words that do
 *          not fit their frame, a character of the words without a glyph, unknown font role, mark that is no path;
 *          household's template without a table or the reverse, a person's field outside of it, a place of the run's
 *          marks that is taken (output.marks), STOP 66xx: fields of the run beside those of a letter or in a table.
 *          REJECT at compose_letter, the column named: text that does not fit (7106), character without a glyph
 *          (71xx, offset within the field), text of a symbol too long for its frame, no data of a barcode (80xx).
 * Owns   : nothing; all in the caller's arenas.
 * Tests  : tests/unit/compose_*.c.
 */
#ifndef COMPOSE_COMPOSE_H
#define COMPOSE_COMPOSE_H

#include "base/arena.h"
#include "base/error.h"
#include "compose/image.h"
#include "layout/layout.h"
#include "letter/letter.h"
#include "page/page.h"
#include "wording/wording.h"

/* How each frame was fitted, for `explain`; no values. */
struct fit {
    struct text frame;
    uint32_t lines;
    emu size;
    uint16_t scale; /* per mille */
};
struct fit_list {
    struct fit list[LIMIT_FRAMES];
    uint32_t count;
};

struct form {
    const struct job *job;           /* borrowed */
    const struct wording *wording;
    const struct layout *layout;
    struct text job_fields[FIELD_LIMIT]; /* with portal_url and cut_side filled */
    struct field_set fields;         /* what the frames in use name: what a record must have */
    struct layer layer;
    struct fit_list *layer_fits;     /* of the frames in the layer */
    struct bound_frame *frames;      /* those that differ a letter */
    uint32_t frame_count;
    uint32_t item_limit;             /* most items that they can make */
    struct bound_table *table;       /* NULL: the layout has none */
    struct pen *pen;                 /* of compose_marks */
    bool best_mask;                  /* output.qr_mask: auto */
};

enum compose_mode {
    COMPOSE_DRAW,  /* everything */
    COMPOSE_PROVE, /* the pre-pass: all tests, but no symbol is encoded; pages must not be used */
};

/* index: of this form in the job, from 1. wording, layout, images and job_fields are borrowed. */
CHECKED enum status form_bind(const struct job *job, const struct wording *wording,
                              const struct layout *layout, const struct image_set *images,
                              const struct text job_fields[FIELD_LIMIT], uint32_t index,
                              struct fonts *fonts, struct arena *arena, struct form *out,
                              struct error *error);

/* What of the layout's conditions shows in this job: bits of enum shown. */
unsigned form_shown(const struct job *job);

/* How many sheets a letter with so many members has. */
uint32_t form_sheets(const struct form *form, uint32_t members);

/* fits: those of the layer and then of the letter's own frames, of the table those of its first row; may be NULL.
 * A letter with members is set on as many sheets as its table needs (at most LIMIT_PAGES), everything outside the
 * table repeated on each; {sheet} and {sheets} are filled in when there are several. Frames outside the table of
 * such a form name JOB fields only (form_bind refuses others). A letter of such a form without members is its own
 * only member. error->row: of the member whose text does not fit. */
CHECKED enum status compose_letter(const struct form *form, const struct letter *letter,
                                   enum compose_mode mode, struct fonts *fonts, struct arena *arena,
                                   struct page_list *out, struct fit_list *fits, struct error *error);

/* Frames with their names, millimetre rulers, fold marks, cuts, clear places and the margin as page->guides. */
CHECKED enum status compose_guides(const struct form *form, struct fonts *fonts, struct arena *arena,
                                   struct page_list *pages, struct error *error);

#endif
