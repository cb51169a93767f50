#include "compose/outline.h"

#include "page/page.h"

#include <string.h>

void outline_begin(struct outline *outline, struct arena *arena, const struct matrix *matrix)
{
    *outline = (struct outline){.arena = arena, .matrix = *matrix};
}

/* Room for `more` entries beyond count. NULL: exhausted. The old array stays in the arena: cold
 * path. */
static void *grow(struct arena *arena, void *array, uint32_t count, uint32_t more, uint32_t *room,
                  size_t entry)
{
    if (count + more <= *room)
        return array;
    uint32_t wanted = *room == 0 ? 64 : *room * 2;
    void *larger = arena_array(arena, wanted, entry);
    if (larger && count > 0)
        memcpy(larger, array, count * entry);
    if (larger)
        *room = wanted;
    return larger;
}

static bool make_room(struct outline *outline, uint32_t points)
{
    if (outline->fault != OUTLINE_FINE)
        return false;
    if (outline->step_count >= OUTLINE_STEPS) {
        outline->fault = OUTLINE_RANGE;
        return false;
    }
    uint8_t *steps = grow(outline->arena, outline->steps, outline->step_count, 1,
                          &outline->step_room, sizeof *steps);
    int32_t *pairs = grow(outline->arena, outline->points, outline->point_count, points,
                          &outline->point_room, 2 * sizeof *pairs);
    if (steps)
        outline->steps = steps;
    if (pairs || points == 0)
        outline->points = pairs;
    if (!steps || (!pairs && points > 0))
        outline->fault = OUTLINE_MEMORY;
    return outline->fault == OUTLINE_FINE;
}

static bool small(struct point point)
{
    return point.x <= FINE_LIMIT && point.x >= -FINE_LIMIT && point.y <= FINE_LIMIT &&
           point.y >= -FINE_LIMIT;
}

static void add_point(struct outline *outline, struct point point)
{
    struct point moved;
    if (!small(point) || !matrix_apply(&outline->matrix, point, &moved)) {
        outline->fault = OUTLINE_RANGE;
        return;
    }
    int32_t *pair = &outline->points[2 * (size_t)outline->point_count++];
    pair[0] = (int32_t)fixed_scale(moved.x, 1000, FINE);
    pair[1] = (int32_t)fixed_scale(moved.y, 1000, FINE);
}

static void add_step(struct outline *outline, enum path_step step, const struct point *points,
                     uint32_t count)
{
    if (!make_room(outline, count))
        return;
    outline->steps[outline->step_count++] = (uint8_t)step;
    for (uint32_t i = 0; i < count && outline->fault == OUTLINE_FINE; i++)
        add_point(outline, points[i]);
    if (count > 0)
        outline->at = points[count - 1];
}

void outline_move(struct outline *outline, struct point to)
{
    add_step(outline, PATH_MOVE, &to, 1);
    outline->start = to;
    outline->open = true;
}

/* After a close the next subpath starts where the last one did. */
static void reopen(struct outline *outline)
{
    if (!outline->open)
        outline_move(outline, outline->at);
}

void outline_line(struct outline *outline, struct point to)
{
    reopen(outline);
    add_step(outline, PATH_LINE, &to, 1);
}

void outline_curve(struct outline *outline, struct point one, struct point two, struct point to)
{
    reopen(outline);
    const struct point points[] = {one, two, to};
    add_step(outline, PATH_CURVE, points, 3);
}

void outline_close(struct outline *outline)
{
    if (!outline->open)
        return;
    add_step(outline, PATH_CLOSE, NULL, 0);
    outline->at = outline->start;
    outline->open = false;
}
