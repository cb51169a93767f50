#include "compose/outline.h"

#include "page/page.h"

#define SPLITS 6 /* a curve is halved so often before its rest counts as inside */

struct bounds {
    int64_t left, top, right, bottom; /* where points of the outline may lie */
};

static bool holds(const struct bounds *bounds, struct point point)
{
    return point.x >= bounds->left && point.x <= bounds->right && point.y >= bounds->top &&
           point.y <= bounds->bottom;
}

static struct point middle(struct point a, struct point b)
{
    return (struct point){(a.x + b.x) / 2, (a.y + b.y) / 2};
}

/* A curve lies within the hull of its four points; else it is halved (de Casteljau) and asked
 * again. */
static bool curve_inside(const struct bounds *bounds, const struct point curve[4], int splits)
{
    if (!holds(bounds, curve[0]) || !holds(bounds, curve[3]))
        return false;
    if (splits == 0 || (holds(bounds, curve[1]) && holds(bounds, curve[2])))
        return true;
    struct point a = middle(curve[0], curve[1]), b = middle(curve[1], curve[2]);
    struct point c = middle(curve[2], curve[3]), d = middle(a, b), e = middle(b, c);
    struct point half = middle(d, e);
    const struct point first[] = {curve[0], a, d, half}, second[] = {half, e, c, curve[3]};
    return curve_inside(bounds, first, splits - 1) && curve_inside(bounds, second, splits - 1);
}

static struct point point_at(const struct outline *outline, uint32_t index)
{
    const int32_t *pair = &outline->points[2 * (size_t)index];
    return (struct point){pair[0], pair[1]};
}

bool outline_inside(const struct outline *outline, int32_t view_w, int32_t view_h)
{
    const struct bounds bounds = {-(view_w / 200), -(view_h / 200), (int64_t)view_w + view_w / 200,
                                  (int64_t)view_h + view_h / 200};
    const struct bounds far = {-4 * (int64_t)view_w, -4 * (int64_t)view_h, 5 * (int64_t)view_w,
                               5 * (int64_t)view_h};
    uint32_t next = 0;
    for (uint32_t i = 0; i < outline->point_count; i++)
        if (!holds(&far, point_at(outline, i)))
            return false;
    for (uint32_t i = 0; i < outline->step_count; i++) {
        if (outline->steps[i] == PATH_CURVE) {
            const struct point curve[] = {point_at(outline, next - 1), point_at(outline, next),
                                          point_at(outline, next + 1), point_at(outline, next + 2)};
            if (!curve_inside(&bounds, curve, SPLITS))
                return false;
            next += 3;
        } else if (outline->steps[i] != PATH_CLOSE) {
            if (!holds(&bounds, point_at(outline, next++)))
                return false;
        }
    }
    return true;
}
