/* compose/outline.h -- one filled outline while it is read: steps and points, grown in an arena.
 * Points come in the units of the element, pass its matrix, and are kept in 1/1000 of a user unit. Private to the
 * room.
 */
#ifndef COMPOSE_OUTLINE_H
#define COMPOSE_OUTLINE_H

#include "base/arena.h"
#include "compose/fixed.h"

#define OUTLINE_STEPS 200000 /* of one outline */

enum outline_fault {
    OUTLINE_FINE,
    OUTLINE_SYNTAX, /* not path data */
    OUTLINE_RANGE,  /* numbers or steps beyond the limits */
    OUTLINE_MEMORY, /* the arena is exhausted */
};

struct outline {
    struct arena *arena;
    struct matrix matrix;
    uint8_t *steps;  /* enum path_step */
    int32_t *points; /* x, y pairs */
    uint32_t step_count, point_count; /* points: pairs */
    uint32_t step_room, point_room;
    struct point at, start; /* current point, start of the subpath; units of the element */
    bool open;              /* a subpath has begun and is not closed */
    enum outline_fault fault; /* the first; nothing is added after it */
};

void outline_begin(struct outline *outline, struct arena *arena, const struct matrix *matrix);
void outline_move(struct outline *outline, struct point to);
void outline_line(struct outline *outline, struct point to);
void outline_curve(struct outline *outline, struct point one, struct point two, struct point to);
/* Elliptical arc by its end points (SVG 1.1, F.6), axes parallel to x and y. */
void outline_arc(struct outline *outline, int64_t rx, int64_t ry, bool large, bool sweep,
                 struct point to);
void outline_close(struct outline *outline);

/* True when nothing of the outline leaves the view (1/1000 of a unit, from 0, 0) by more than a 200th of it. */
bool outline_inside(const struct outline *outline, int32_t view_w, int32_t view_h);

/* Path data of SVG 1.1, chapter 8.3. An arc turned against the axes is OUTLINE_SYNTAX unless it is round. */
void outline_path(struct outline *outline, const char *data, uint32_t length);

#endif
