/* layout/control.h -- places of the run's marks: sequence and n/m, inserter's code, OMR. Private to the room. */
#ifndef LAYOUT_CONTROL_H
#define LAYOUT_CONTROL_H

#include "layout/layout.h"
#include "layout/values.h"

/* Default places; out->width and height are given. */
void control_default(struct layout *out);

CHECKED enum status control_read(const struct reader *reader, const struct yaml_node *node,
                                 struct layout *out);

#endif
