/* compose/composing.h -- setting the frames and rows of one sheet: what letters and slips share. Private to the room.
 */
#ifndef COMPOSE_COMPOSING_H
#define COMPOSE_COMPOSING_H

#include "compose/setting.h"

/* The letter or slip being set, sheet by sheet. */
struct composing {
    const struct form *form;
    struct setter setter;
    struct error *error;
};

/* The form's sheet with `rows` rows: its head's frames, then a row each. rows: fields of each, one after the other;
 * a member's for a household. */
CHECKED enum status set_sheet(struct composing *composing, const struct letter *head,
                              const struct letter *rows, uint32_t count, struct page *page);

#endif
