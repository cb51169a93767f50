/* layout/shapes.h -- lines, boxes, marks, cuts and clear places of a layout file. Private to the room. */
#ifndef LAYOUT_SHAPES_H
#define LAYOUT_SHAPES_H

#include "layout/layout.h"
#include "layout/values.h"

/* Any node may be NULL: none of the kind. Lines come before boxes in out->strokes. */
CHECKED enum status strokes_read(const struct reader *reader, const struct yaml_node *lines,
                                 const struct yaml_node *boxes, struct layout *out);
CHECKED enum status marks_read(const struct reader *reader, const struct yaml_node *marks,
                               struct layout *out);
CHECKED enum status cuts_read(const struct reader *reader, const struct yaml_node *cuts,
                              struct layout *out);
CHECKED enum status clears_read(const struct reader *reader, const struct yaml_node *clears,
                                struct layout *out);

#endif
