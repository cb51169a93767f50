#include "pdf/content.h"

/* A quarter circle as a Bezier curve: handles of 4/3 (sqrt(2) - 1) = 0.5523 radii. */
#define HANDLE(radius) ((int64_t)(radius)*5523 / 10000)

static void put_point(struct content *content, int64_t x, int64_t y)
{
    content_number(content, thousandths(x));
    content_number(content, content_y(content, y));
}

static void set_dash(struct content *content, emu on, emu off)
{
    if (on <= 0 || off <= 0)
        on = off = 0;
    if (content->dash_on == on && content->dash_off == off)
        return;
    content->dash_on = on;
    content->dash_off = off;
    ink_words(content->ink, "[");
    if (on > 0) {
        content_number(content, thousandths(on));
        ink_thousandths(content->ink, thousandths(off));
    }
    ink_words(content->ink, "]0 d\n");
}

static void set_width(struct content *content, emu width)
{
    if (content->stroke_width == width)
        return;
    content->stroke_width = width;
    content_number(content, thousandths(width));
    ink_words(content->ink, "w\n");
}

static void put_line(struct content *content, const struct item_stroke *stroke)
{
    put_point(content, stroke->x, stroke->y);
    ink_words(content->ink, "m ");
    put_point(content, (int64_t)stroke->x + stroke->w, (int64_t)stroke->y + stroke->h);
    ink_words(content->ink, "l S\n");
}

/* Both corners are rounded, then subtracted: what touches on paper touches in the file. */
static void put_box(struct content *content, const struct item_stroke *stroke)
{
    int32_t left = thousandths(stroke->x), right = thousandths((int64_t)stroke->x + stroke->w);
    int32_t top = content_y(content, stroke->y);
    int32_t bottom = content_y(content, (int64_t)stroke->y + stroke->h);

    content_number(content, left);
    content_number(content, bottom);
    content_number(content, right - left);
    content_number(content, top - bottom);
    ink_words(content->ink, "re S\n");
}

/* A corner, from the point before it to the one behind it; from and to are the directions of these
 * two. */
static void put_corner(struct content *content, int64_t corner_x, int64_t corner_y, int64_t from_x,
                       int64_t from_y, int64_t to_x, int64_t to_y, int64_t radius)
{
    int64_t keep = radius - HANDLE(radius);

    put_point(content, corner_x + from_x * radius, corner_y + from_y * radius);
    ink_words(content->ink, "l ");
    put_point(content, corner_x + from_x * keep, corner_y + from_y * keep);
    put_point(content, corner_x + to_x * keep, corner_y + to_y * keep);
    put_point(content, corner_x + to_x * radius, corner_y + to_y * radius);
    ink_words(content->ink, "c\n");
}

static void put_round_box(struct content *content, const struct item_stroke *stroke, int64_t radius)
{
    int64_t left = stroke->x, top = stroke->y;
    int64_t right = left + stroke->w, bottom = top + stroke->h;

    put_point(content, left + radius, top);
    ink_words(content->ink, "m ");
    put_corner(content, right, top, -1, 0, 0, 1, radius);
    put_corner(content, right, bottom, 0, -1, -1, 0, radius);
    put_corner(content, left, bottom, 1, 0, 0, -1, radius);
    put_corner(content, left, top, 0, 1, 1, 0, radius);
    ink_words(content->ink, "s\n");
}

void content_stroke(struct content *content, const struct item_stroke *stroke)
{
    int64_t side = stroke->w < stroke->h ? stroke->w : stroke->h;
    int64_t radius = stroke->radius > side / 2 ? side / 2 : stroke->radius;

    set_width(content, stroke->width);
    set_dash(content, stroke->dash_on, stroke->dash_off);
    if (stroke->w == 0 || stroke->h == 0)
        put_line(content, stroke);
    else if (radius > 0)
        put_round_box(content, stroke, radius);
    else
        put_box(content, stroke);
}

/* -- outlines -- */

static const struct {
    uint8_t points;
    char operator_[4];
} steps[] = {[PATH_MOVE] = {1, "m "},
             [PATH_LINE] = {1, "l "},
             [PATH_CURVE] = {3, "c\n"},
             [PATH_CLOSE] = {0, "h\n"}};

void content_path(struct content *content, const struct item_path *path)
{
    uint32_t at = 0;

    if (path->width) {
        set_width(content, path->width);
        set_dash(content, 0, 0);
    }
    for (uint32_t i = 0; i < path->step_count; i++) {
        uint8_t step = path->steps[i];

        if (step > PATH_CLOSE || path->point_count - at < steps[step].points)
            break;
        for (uint8_t n = 0; n < steps[step].points; n++, at++)
            put_point(content, path->points[2 * at], path->points[2 * at + 1]);
        ink_words(content->ink, steps[step].operator_);
    }
    ink_words(content->ink, path->width ? "S\n" : path->even_odd ? "f*\n" : "f\n");
}

/* -- bars -- */

/* The fill rule of paths paints every dot that a bar touches (PostScript Language Reference, 7.5.1), so a bar whose
 * edge lies exactly on a dot could grow by one: each side stands back by a thousandth of a point, 1/120 of a dot. */
#define INSET 1

static void put_bar(struct content *content, emu x, emu y, const struct bar *bar)
{
    int64_t left = (int64_t)x + bar->x * EMU_PER_DOT600;
    int64_t bottom = (int64_t)y + ((int64_t)bar->y + bar->h) * EMU_PER_DOT600;

    content_number(content, thousandths(left) + INSET);
    content_number(content, content_y(content, bottom) + INSET);
    content_number(content, thousandths(bar->w * EMU_PER_DOT600) - 2 * INSET);
    content_number(content, thousandths(bar->h * EMU_PER_DOT600) - 2 * INSET);
    ink_words(content->ink, "re\n");
}

void content_bars(struct content *content, const struct item_bars *bars)
{
    for (uint32_t i = 0; i < bars->count; i++)
        put_bar(content, bars->x, bars->y, &bars->bars[i]);
    if (bars->count > 0)
        ink_words(content->ink, "f\n");
}
