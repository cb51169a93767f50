#include "typeset/drawing.h"

/* Points are kept in 1/FINE of a unit of the em while curves are halved. */
#define FINE 64

struct spot {
    int64_t x, y;
};

struct plotter {
    struct contours *out;
    int64_t view_h;
    struct spot at;
};

static int64_t rounded(int64_t value, int64_t by)
{
    return value >= 0 ? (value + by / 2) / by : -((-value + by / 2) / by);
}

/* From the drawing, whose y goes down from the top of the em box. */
static struct spot place(const struct plotter *plotter, const int32_t *point)
{
    const int64_t em = (int64_t)GAIJI_UNITS * FINE;
    return (struct spot){rounded(point[0] * em, plotter->view_h),
                         em - (int64_t)GAIJI_DESCENT * FINE -
                             rounded(point[1] * em, plotter->view_h)};
}

static void add(struct plotter *plotter, struct spot spot, bool on)
{
    contours_add(plotter->out, rounded(spot.x, FINE), rounded(spot.y, FINE), on);
}

static struct spot middle(struct spot a, struct spot b)
{
    return (struct spot){(a.x + b.x) / 2, (a.y + b.y) / 2};
}

/* A cubic curve in eight parts, each close to the quadratic one with control point (3 (one + two) - from - to) / 4: the
 * error falls with the third power of the number of parts, here to a thousandth of the curve's own bend. */
static void add_curve(struct plotter *plotter, struct spot from, struct spot one, struct spot two,
                      struct spot to, int depth)
{
    if (depth == 0) {
        add(plotter,
            (struct spot){(3 * (one.x + two.x) - from.x - to.x) / 4,
                          (3 * (one.y + two.y) - from.y - to.y) / 4},
            false);
        add(plotter, to, true);
        return;
    }
    struct spot a = middle(from, one), b = middle(one, two), c = middle(two, to);
    struct spot ab = middle(a, b), bc = middle(b, c), half = middle(ab, bc);
    add_curve(plotter, from, a, ab, half, depth - 1);
    add_curve(plotter, half, bc, c, to, depth - 1);
}

static void add_path(struct plotter *plotter, const struct gaiji_path *path)
{
    const int32_t *point = path->points;
    for (uint32_t i = 0; i < path->step_count; i++) {
        switch (path->steps[i]) {
        case GAIJI_CURVE: {
            struct spot to = place(plotter, point + 4);
            add_curve(plotter, plotter->at, place(plotter, point), place(plotter, point + 2), to,
                      3);
            plotter->at = to;
            point += 6;
            break;
        }
        case GAIJI_CLOSE:
            contours_close(plotter->out);
            break;
        default:
            if (path->steps[i] == GAIJI_MOVE)
                contours_close(plotter->out);
            plotter->at = place(plotter, point);
            add(plotter, plotter->at, true);
            point += 2;
        }
    }
    contours_close(plotter->out);
}

void drawing_outline(const struct gaiji_drawing *drawing, struct arena *arena, struct contours *out)
{
    contours_open(out, arena, 0);
    if (drawing->view_h <= 0 || drawing->view_w <= 0 ||
        drawing->view_w > (int64_t)drawing->view_h * 2) {
        out->failed = true;
        return;
    }
    out->advance = (int32_t)rounded((int64_t)drawing->view_w * GAIJI_UNITS, drawing->view_h);
    struct plotter plotter = {out, drawing->view_h, {0, 0}};
    for (uint32_t i = 0; i < drawing->path_count; i++)
        add_path(&plotter, &drawing->paths[i]);
}
