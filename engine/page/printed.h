/* page/printed.h -- the items of a display list as events, in the numbers that the PDF will have. Not for other rooms:
 * sheet.h is.
 * Refuses: STOP memory; MSG_BUG: a face or glyph that no font has.
 */
#ifndef PAGE_PRINTED_H
#define PAGE_PRINTED_H

#include "page/events.h"
#include "page/page.h"

struct printed_face { /* asked once */
    uint16_t *advance; /* by glyph: font units + 1 by the font's table; 0 = not asked yet, or 65535 */
    uint32_t glyphs, units;
    int32_t shift;
    struct text name;
};

#define PRINTED_IMAGES 64
struct printed_image { /* known by its number and its place in memory */
    uint32_t image;
    const uint8_t *bits;
    struct digest printed;
};
struct printed_images {
    struct printed_image list[PRINTED_IMAGES];
    uint32_t count;
};

/* What one list is written with. */
struct printed {
    const struct fonts *fonts;
    struct printed_face *faces; /* LIMIT_FACES of them */
    struct printed_images *images;
    struct digester *plain;       /* of images: never keyed, for a reader has no key */
    struct events *events;
    emu height;                   /* of the page: places count from its bottom */
    struct error *error;
};

CHECKED enum status printed_list(const struct printed *writer, const struct item_list *list);
CHECKED enum status printed_die(const struct printed *writer, const struct page *page);
void printed_forget(struct printed_face *faces);

static inline int32_t printed_milli(int64_t length) /* a thousandth of a point is 12.7 EMU; nearest */
{
    int64_t ten = length * 10; /* no ties: 127 is odd */

    return (int32_t)((ten < 0 ? ten - 63 : ten + 63) / 127);
}

#endif
