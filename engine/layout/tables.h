/* layout/tables.h -- the table of a layout file: one row of frames, repeated down the sheet. Private to the room. */
#ifndef LAYOUT_TABLES_H
#define LAYOUT_TABLES_H

#include "layout/layout.h"
#include "layout/values.h"

/* At most one table; styles may be NULL and are checked already. */
CHECKED enum status tables_read(const struct reader *reader, const struct yaml_node *styles,
                                const struct yaml_node *tables, struct layout *out);

#endif
