/* Arcs to Bezier curves by whole numbers: the arc is cut into quarter turns and a rest, on the unit
 * circle, where half angles need only square roots. */
#include "compose/outline.h"

#define QUARTER INT64_C(552284750) /* 4/3 (sqrt 2 - 1): control length of a quarter turn */

struct ellipse {
    struct point center;
    int64_t rx, ry;
};

/* From the unit circle (FACTOR = 1) to the plane. */
static struct point on_plane(const struct ellipse *ellipse, struct point unit)
{
    return (struct point){ellipse->center.x + fixed_scale(unit.x, ellipse->rx, FACTOR),
                          ellipse->center.y + fixed_scale(unit.y, ellipse->ry, FACTOR)};
}

/* from, turned by a quarter in the direction (1: x towards y). */
static struct point quarter_turn(struct point from, int direction)
{
    return (struct point){-direction * from.y, direction * from.x};
}

static void add_curve(struct outline *outline, const struct ellipse *ellipse, struct point from,
                      struct point to, int64_t length, int direction, struct point end)
{
    struct point out = quarter_turn(from, direction), in = quarter_turn(to, direction);
    struct point one = {from.x + fixed_scale(out.x, length, FACTOR),
                        from.y + fixed_scale(out.y, length, FACTOR)};
    struct point two = {to.x - fixed_scale(in.x, length, FACTOR),
                        to.y - fixed_scale(in.y, length, FACTOR)};
    outline_curve(outline, on_plane(ellipse, one), on_plane(ellipse, two), end);
}

static int64_t dot(struct point a, struct point b)
{
    return (int64_t)(((wide)a.x * b.x + (wide)a.y * b.y) / FACTOR);
}

static int64_t cross(struct point a, struct point b)
{
    return (int64_t)(((wide)a.x * b.y - (wide)a.y * b.x) / FACTOR);
}

/* 4/3 tan(angle / 4) from the cosine of an angle of at most a quarter turn. */
static int64_t control_length(int64_t cosine)
{
    if (cosine > FACTOR)
        cosine = FACTOR;
    if (cosine < 0)
        cosine = 0;
    int64_t half_cos = fixed_root((wide)(FACTOR + cosine) * FACTOR / 2);
    int64_t half_sin = fixed_root((wide)(FACTOR - cosine) * FACTOR / 2);
    return (int64_t)((wide)half_sin * FACTOR / (FACTOR + half_cos)) * 4 / 3;
}

static void add_turns(struct outline *outline, const struct ellipse *ellipse, struct point from,
                      struct point to, bool large, int direction, struct point end)
{
    for (int turn = 0; turn < 4; turn++) {
        bool forced = large && turn < 2;
        if (!forced && direction * cross(from, to) >= 0 && dot(from, to) >= 0)
            break;
        struct point next = quarter_turn(from, direction);
        add_curve(outline, ellipse, from, next, QUARTER, direction, on_plane(ellipse, next));
        from = next;
    }
    add_curve(outline, ellipse, from, to, control_length(dot(from, to)), direction, end);
}

/* Half the chord on the unit circle; radii too small for it grow (SVG 1.1, F.6.6). False: not an
 * arc. */
static bool half_chord(struct point from, struct point to, struct ellipse *ellipse,
                       struct point *half, int64_t *length)
{
    wide x = (wide)(from.x - to.x) * FACTOR / (2 * ellipse->rx);
    wide y = (wide)(from.y - to.y) * FACTOR / (2 * ellipse->ry);
    if (x > FACTOR_LIMIT || x < -FACTOR_LIMIT || y > FACTOR_LIMIT || y < -FACTOR_LIMIT)
        return false;
    *length = fixed_root(x * x + y * y);
    if (*length == 0)
        return false;
    if (*length > FACTOR) {
        ellipse->rx = fixed_scale(ellipse->rx, *length, FACTOR);
        ellipse->ry = fixed_scale(ellipse->ry, *length, FACTOR);
        x = x * FACTOR / *length;
        y = y * FACTOR / *length;
        *length = FACTOR;
    }
    *half = (struct point){(int64_t)x, (int64_t)y};
    return true;
}

void outline_arc(struct outline *outline, int64_t rx, int64_t ry, bool large, bool sweep,
                 struct point to)
{
    struct point from = outline->at, half;
    struct ellipse ellipse = {.rx = rx < 0 ? -rx : rx, .ry = ry < 0 ? -ry : ry};
    int64_t length;
    if (from.x == to.x && from.y == to.y)
        return;
    if (rx == 0 || ry == 0 || !half_chord(from, to, &ellipse, &half, &length)) {
        outline_line(outline, to);
        return;
    }
    int64_t away = fixed_root((wide)FACTOR * FACTOR - (wide)length * length);
    if (large == sweep)
        away = -away;
    struct point center = {(int64_t)((wide)half.y * away / length),
                           (int64_t)(-(wide)half.x * away / length)};
    ellipse.center =
        (struct point){from.x + (to.x - from.x) / 2 + fixed_scale(center.x, ellipse.rx, FACTOR),
                       from.y + (to.y - from.y) / 2 + fixed_scale(center.y, ellipse.ry, FACTOR)};
    struct point first = {half.x - center.x, half.y - center.y};
    struct point last = {-half.x - center.x, -half.y - center.y};
    add_turns(outline, &ellipse, first, last, large, sweep ? 1 : -1, to);
}
