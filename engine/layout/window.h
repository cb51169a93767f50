/* layout/window.h -- the envelope's window: what stays in it and what stays out, however the sheet shifts. Private to
 * the room.
 */
#ifndef LAYOUT_WINDOW_H
#define LAYOUT_WINDOW_H

#include "layout/layout.h"
#include "layout/values.h"

CHECKED enum status window_read(const struct reader *reader, const struct yaml_node *node,
                                struct layout *out);

/* Conditions play no part: what may show on some job's sheet is tested. */
CHECKED enum status window_check(const struct layout *layout, struct error *error);

/* The part of the sheet that some shift brings into the window, within the panel that faces it. */
struct rect window_reach(const struct layout *layout);

#endif
