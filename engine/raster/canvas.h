/* raster/canvas.h -- what the files of this room share: a surface, its ink, and the faces opened so far.
 * User space of the context is EMU from the top-left of the sheet, y downwards, as in a page.
 */
#ifndef RASTER_CANVAS_H
#define RASTER_CANVAS_H

#include <cairo.h>

#include "raster/raster.h"

struct outlines; /* FreeType and the faces opened so far */

struct canvas {
    cairo_surface_t *surface;
    cairo_t *cairo;
    const struct fonts *fonts; /* borrowed */
    struct outlines *outlines;
};

/* -- outlines.c -- */

CHECKED enum status outlines_new(const struct fonts *fonts, struct outlines **out, struct error *error);
void outlines_free(struct outlines *outlines); /* NULL is allowed */

/* Where a glyph stands: its origin, and the length of one em of its font each way, in user space. */
struct outline_place {
    double x, y, em_x, em_y;
};

/* Adds the outline of a glyph to the path of the context. */
CHECKED enum status outlines_add(struct outlines *outlines, uint32_t face, uint32_t glyph,
                                 const struct outline_place *place, cairo_t *cairo, struct error *error);

/* -- draw.c -- */

/* Draws the items with the context's source and operator. */
CHECKED enum status draw_items(struct canvas *canvas, const struct item_list *list, struct error *error);

/* What Cairo says, as a status of ours. */
CHECKED enum status cairo_verdict(cairo_status_t status, struct error *error);

#endif
