/* layout/frames.h -- the frames of a layout file, with their styles. Private to the room. */
#ifndef LAYOUT_FRAMES_H
#define LAYOUT_FRAMES_H

#include "layout/layout.h"
#include "layout/values.h"

/* styles may be NULL. Every style is checked, used or not. */
CHECKED enum status frames_read(const struct reader *reader, const struct yaml_node *styles,
                                const struct yaml_node *frames, struct layout *out);

/* The frames of a table's row: words only. out->row is given. */
CHECKED enum status row_frames_read(const struct reader *reader, const struct yaml_node *styles,
                                    const struct yaml_node *frames, struct table *out);

#endif
