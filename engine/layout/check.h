/* layout/check.h -- does the geometry hold? Private to the room. */
#ifndef LAYOUT_CHECK_H
#define LAYOUT_CHECK_H

#include "layout/layout.h"

bool rects_apart(const struct rect *a, const struct rect *b); /* touching is apart */
bool rect_within(const struct rect *inner, const struct rect *outer);
struct rect rect_grown(const struct rect *box, emu by); /* by < 0: smaller */

/* Frames inside the page and its margin, apart from each other, on one side of every cut, off clear places;
 * symbols off folds, strokes off symbols; strokes and marks inside the page and off clear places; names of cuts and
 * clear places unique. Row frames inside their row and apart; the table as a whole like a frame. Things disturb each
 * other only when they can show on one sheet (their conditions). The window: window.h. The first fault is named. */
CHECKED enum status layout_check(const struct layout *layout, struct error *error);

#endif
