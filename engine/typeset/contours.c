#include "typeset/contours.h"

#include <string.h>

/* An outline that leaves its em box by more than a half is a mistake of the table or of the file. */
#define FARTHEST (2 * GAIJI_UNITS + GAIJI_UNITS / 2)

void contours_open(struct contours *contours, struct arena *arena, int32_t advance)
{
    *contours = (struct contours){.arena = arena, .advance = advance};
}

static bool make_room(struct contours *contours)
{
    if (contours->count < contours->room)
        return true;
    uint32_t room = contours->room ? contours->room * 2 : 64;
    struct contour_point *points = arena_array(contours->arena, room, sizeof *points);
    if (!points || contours->count >= GAIJI_POINTS)
        return false;
    if (contours->count)
        memcpy(points, contours->points, contours->count * sizeof *points);
    contours->points = points;
    contours->room = room;
    return true;
}

void contours_add(struct contours *contours, int64_t x, int64_t y, bool on)
{
    if (contours->failed)
        return;
    contours->failed =
        x < -FARTHEST || x > FARTHEST || y < -FARTHEST || y > FARTHEST || !make_room(contours);
    if (contours->failed)
        return;
    struct contour_point *last =
        contours->count > contours->start ? &contours->points[contours->count - 1] : NULL;
    if (last && on && last->on && last->x == x && last->y == y)
        return;
    contours->points[contours->count++] = (struct contour_point){(int32_t)x, (int32_t)y, on, false};
}

void contours_close(struct contours *contours)
{
    uint32_t first = contours->start;
    if (contours->failed)
        return;
    /* the last point falls on the first where a path says its start twice */
    if (contours->count > first + 1) {
        const struct contour_point *a = &contours->points[first];
        const struct contour_point *b = &contours->points[contours->count - 1];
        if (a->on && b->on && a->x == b->x && a->y == b->y)
            contours->count--;
    }
    if (contours->count < first + 3)
        contours->count = first;
    else
        contours->points[contours->count - 1].last = true;
    contours->start = contours->count;
}
