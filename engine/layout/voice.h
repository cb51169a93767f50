/* layout/voice.h -- the place of the voice code and its notches. Private to the room.
 * The clear box and the ground of the notches become clear places of the layout ("voice", "notch"), so that frames,
 * lines, boxes, marks and the marks of the run keep off them by the same checks as anywhere.
 */
#ifndef LAYOUT_VOICE_H
#define LAYOUT_VOICE_H

#include "layout/layout.h"
#include "layout/values.h"

/* Behind the clear places of the file. */
CHECKED enum status voice_read(const struct reader *reader, const struct yaml_node *node, struct layout *out);

/* What clear places do not know: cuts and folds keep off too, and the window never shows the code. */
CHECKED enum status voice_check(const struct layout *layout, struct error *error);

#endif
