/* compose/svg_shapes.h -- the elements of an SVG drawing: which attributes each has, how it is drawn. Knows
 * nothing of XML. Private to the room.
 */
#ifndef COMPOSE_SVG_SHAPES_H
#define COMPOSE_SVG_SHAPES_H

#include "compose/outline.h"

#define SVG_NUMBERS 6 /* most numeric attributes of one element */

enum svg_kind { SVG_ROOT, SVG_GROUP, SVG_PATH, SVG_RECT, SVG_CIRCLE, SVG_ELLIPSE, SVG_POLYGON };

struct svg_shape {
    enum svg_kind kind;
    const char *data;                /* d, points, viewBox: borrowed */
    int64_t number[SVG_NUMBERS];     /* in the order of the element's attributes */
    bool given[SVG_NUMBERS];
};

/* False: no such element is read here. */
bool svg_shape(struct svg_shape *shape, const char *element);

enum svg_answer { SVG_TAKEN, SVG_STRANGE, SVG_BAD };

/* STRANGE: the element has no such attribute here; BAD: its value is not read. */
enum svg_answer svg_attribute(struct svg_shape *shape, const char *name, const char *value);

/* Adds the shape; faults of numbers stand in the outline. False: attributes missing or impossible. */
bool svg_draw(const struct svg_shape *shape, struct outline *outline);

/* The root's view box, or 0 0 width height. */
bool svg_view(const struct svg_shape *root, int64_t *x, int64_t *y, int64_t *w, int64_t *h);

/* Joins translate(), scale() and matrix() to *matrix. False: anything else. */
bool svg_transform(const char *value, struct matrix *matrix);

#endif
