/* press/reprint_copy.h -- some pages of a finished PDF as a PDF of their own, without composing anything.
 * Takes  : a document of the readback room and the pages wanted, in order.
 * Gives  : the same pages: every stream byte for byte as it stands (content, fonts, forms, images), every other object
 *          with its references renumbered; the catalog's and Info's entries; a page tree and a table of its own.
 * Refuses: STOP 9600, 9601: what the engine does not write. An object that leads to another page is refused, so that
 *          nothing of anybody else's sheet comes along. Fonts stay whole: they hold glyphs of the lot they are of.
 * Tests  : tests/cases/reprint.sh
 */
#ifndef PRESS_REPRINT_COPY_H
#define PRESS_REPRINT_COPY_H

#include "base/digest.h"
#include "base/sink.h"
#include "readback/document.h"

struct copy_order {
    const struct document *from;
    const uint32_t *pages; /* from 0, ascending */
    uint32_t count;
    struct digest id; /* its first 16 bytes: the trailer's ID */
};

CHECKED enum status reprint_copy(const struct copy_order *order, struct buffer *out, struct error *error);

#endif
