/* layout/symbols.h -- frames that show a symbol: QR, customer barcode, NW-7. Private to the room. */
#ifndef LAYOUT_SYMBOLS_H
#define LAYOUT_SYMBOLS_H

#include "layout/layout.h"
#include "layout/values.h"

/* node: a frame with the key `symbol`. */
CHECKED enum status symbol_frame_read(const struct reader *reader, const struct yaml_node *node,
                                      struct frame *out);

#endif
