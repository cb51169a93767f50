/* compose/binding.h -- joining a template and a layout: what bind.c, trial.c and table.c share. Private to the
 * room.
 */
#ifndef COMPOSE_BINDING_H
#define COMPOSE_BINDING_H

#include "compose/setting.h"

struct binding {
    struct form *form;
    const struct image_set *images;
    const struct setter *setter; /* into the layer */
    unsigned shown;              /* form_shown */
    struct error *error;
};

/* STOP: a fault of the layout's frame; of the template's part. */
CHECKED enum status refuse_frame(const struct binding *binding, enum message message,
                                 const struct frame *frame);
CHECKED enum status refuse_part(const struct binding *binding, enum message message,
                                const struct part *part);

/* The frame with its part, font and measures; the part's fields are noted in form->fields. */
CHECKED enum status bind_frame(const struct binding *binding, const struct frame *frame,
                               struct bound_frame *out);

/* -- table.c -- */

/* The layout's table into form->table; NULL where there is none. A household's template needs one, another
 * template none. */
CHECKED enum status bind_table(const struct binding *binding);

/* Outside of the table of a household's form: fields of the job only. */
CHECKED enum status check_outside(const struct binding *binding, const struct bound_frame *bound);

/* Does the part say which of several sheets it stands on? */
bool names_sheet(const struct part *part);

/* -- trial.c: what is sure before the first letter is tried once, so that no letter is held for it -- */

/* What a refusal of words means for the job: STOP naming frame or part. */
CHECKED enum status words_trouble(const struct binding *binding, const struct bound_frame *bound,
                                  enum status status, const struct error *trouble);

/* Glyphs of the words around the fields of a letter. */
CHECKED enum status try_part(const struct binding *binding, const struct bound_frame *bound);

/* The part filled with fields of the job: does it fit its frame? Sheets count to LIMIT_PAGES. */
CHECKED enum status try_fixed(const struct binding *binding, const struct bound_frame *bound);

#endif
