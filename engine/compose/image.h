/* compose/image.h -- logo and seal: one-bit pictures and vector outlines of the job.
 * Takes  : PNG of 1 bit (or cleanly two-valued grey), PBM (P1, P4), SVG of filled black paths (path, rect, circle,
 *          ellipse, polygon, g with translate/scale/matrix; no text, stroke, gradient, link or style sheet).
 * Refuses: STOP 65xx naming the key and file: other formats, colours, greys, features.
 */
#ifndef COMPOSE_IMAGE_H
#define COMPOSE_IMAGE_H

#include "base/arena.h"
#include "base/digest.h"
#include "base/error.h"
#include "page/page.h"

struct image {
    struct text name; /* key in the job */
    bool vector;
    /* bitmap */
    uint32_t columns, rows, row_bytes;
    const uint8_t *bits; /* 1 = dark */
    /* vector: paths in 1/1000 of a user unit, from the view box's corner */
    int32_t view_w, view_h;
    struct image_path {
        const uint8_t *steps;
        uint32_t step_count;
        const int32_t *points;
        uint32_t point_count;
        bool even_odd;
    } *paths;
    uint32_t path_count;
    struct digest digest; /* of the file's bytes */
};

struct image_set {
    struct image *images;
    uint32_t count;
};

/* name: key in the job; path: for messages. */
CHECKED enum status image_read(struct text name, struct text source, const char *path, struct arena *arena,
                               struct image *out, struct error *error);

const struct image *image_find(const struct image_set *set, struct text name); /* NULL = none */

#endif
