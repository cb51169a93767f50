/* typeset/contours.h -- the outline of one gaiji as TrueType has it: closed contours of lines and quadratic curves, on
 * an em of GAIJI_UNITS, y upwards from the baseline. Private to the room.
 */
#ifndef TYPESET_CONTOURS_H
#define TYPESET_CONTOURS_H

#include "base/arena.h"

#define GAIJI_UNITS 8000   /* of an em: EM_UNITS is a multiple, a grid of bitmaps is met within a hundredth of a dot */
#define GAIJI_DESCENT 960  /* the em box stands 0.12 em below the baseline, as in the fonts of the chain */
#define GAIJI_POINTS 60000 /* most of one glyph: TrueType counts them in 16 bits */

struct contour_point {
    int32_t x, y;
    bool on;   /* on the curve */
    bool last; /* of its contour */
};

struct contours {
    struct arena *arena;
    struct contour_point *points;
    uint32_t count, room, start; /* start: first point of the contour in hand */
    int32_t advance;
    bool failed; /* too many points, beyond the box, or no memory */
};

void contours_open(struct contours *contours, struct arena *arena, int32_t advance);
void contours_add(struct contours *contours, int64_t x, int64_t y, bool on);
void contours_close(struct contours *contours); /* ends the contour in hand; one of less than three points goes */

#endif
