#include "compose/svg_shapes.h"

#include <string.h>

static const struct element {
    const char *name, *data; /* data: its attribute that is no number */
    const char *numbers[SVG_NUMBERS];
} elements[] = {
    [SVG_ROOT] = {"svg", "viewBox", {"width", "height"}},
    [SVG_GROUP] = {"g", NULL, {NULL}},
    [SVG_PATH] = {"path", "d", {NULL}},
    [SVG_RECT] = {"rect", NULL, {"x", "y", "width", "height", "rx", "ry"}},
    [SVG_CIRCLE] = {"circle", NULL, {"cx", "cy", "r"}},
    [SVG_ELLIPSE] = {"ellipse", NULL, {"cx", "cy", "rx", "ry"}},
    [SVG_POLYGON] = {"polygon", "points", {NULL}},
};

bool svg_shape(struct svg_shape *shape, const char *element)
{
    *shape = (struct svg_shape){0};
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (strcmp(element, elements[i].name) == 0) {
            shape->kind = (enum svg_kind)i;
            return true;
        }
    return false;
}

/* A number alone; "px" may follow. The root's size may have any unit, it only counts without view
 * box. */
static enum svg_answer take_number(struct svg_shape *shape, size_t index, const char *value)
{
    const char *at = value, *end = value + strlen(value);
    shape->given[index] = fixed_parse(&at, end, FINE, FINE_LIMIT, &shape->number[index]);
    if (shape->given[index] && (at == end || strcmp(at, "px") == 0))
        return SVG_TAKEN;
    shape->given[index] = false;
    return shape->kind == SVG_ROOT ? SVG_TAKEN : SVG_BAD;
}

enum svg_answer svg_attribute(struct svg_shape *shape, const char *name, const char *value)
{
    const struct element *element = &elements[shape->kind];
    if (element->data && strcmp(name, element->data) == 0) {
        shape->data = value;
        return SVG_TAKEN;
    }
    for (size_t i = 0; i < SVG_NUMBERS && element->numbers[i]; i++)
        if (strcmp(name, element->numbers[i]) == 0)
            return take_number(shape, i, value);
    return SVG_STRANGE;
}

static void skip_comma(const char **at)
{
    *at += strspn(*at, " \t\r\n");
    if (**at == ',')
        ++*at;
    *at += strspn(*at, " \t\r\n");
}

/* Up to limit numbers from *at; gives how many stood there. */
static int read_numbers(const char **at, int64_t one, int64_t limit, int64_t out[], int count)
{
    const char *end = *at + strlen(*at);
    int have = 0;
    *at += strspn(*at, " \t\r\n");
    while (have < count && fixed_parse(at, end, one, limit, &out[have])) {
        have++;
        skip_comma(at);
    }
    return have;
}

bool svg_view(const struct svg_shape *root, int64_t *x, int64_t *y, int64_t *w, int64_t *h)
{
    int64_t box[4] = {0, 0, root->number[0], root->number[1]};
    if (root->data) {
        const char *at = root->data;
        if (read_numbers(&at, FINE, FINE_LIMIT, box, 4) != 4 || *at != '\0')
            return false;
    } else if (!root->given[0] || !root->given[1]) {
        return false;
    }
    *x = box[0];
    *y = box[1];
    *w = box[2];
    *h = box[3];
    return *w > 0 && *h > 0;
}

static bool draw_ellipse(struct outline *outline, struct point center, int64_t rx, int64_t ry)
{
    if (rx <= 0 || ry <= 0)
        return false;
    outline_move(outline, (struct point){center.x - rx, center.y});
    outline_arc(outline, rx, ry, false, true, (struct point){center.x + rx, center.y});
    outline_arc(outline, rx, ry, false, true, (struct point){center.x - rx, center.y});
    outline_close(outline);
    return true;
}

static void draw_round_rect(struct outline *outline, int64_t x, int64_t y, int64_t right,
                            int64_t bottom, int64_t rx, int64_t ry)
{
    outline_move(outline, (struct point){x + rx, y});
    outline_line(outline, (struct point){right - rx, y});
    outline_arc(outline, rx, ry, false, true, (struct point){right, y + ry});
    outline_line(outline, (struct point){right, bottom - ry});
    outline_arc(outline, rx, ry, false, true, (struct point){right - rx, bottom});
    outline_line(outline, (struct point){x + rx, bottom});
    outline_arc(outline, rx, ry, false, true, (struct point){x, bottom - ry});
    outline_line(outline, (struct point){x, y + ry});
    outline_arc(outline, rx, ry, false, true, (struct point){x + rx, y});
    outline_close(outline);
}

static bool draw_rect(const struct svg_shape *shape, struct outline *outline)
{
    int64_t x = shape->number[0], y = shape->number[1], w = shape->number[2], h = shape->number[3];
    int64_t rx = shape->given[4] ? shape->number[4] : shape->number[5];
    int64_t ry = shape->given[5] ? shape->number[5] : rx;
    if (w <= 0 || h <= 0 || rx < 0 || ry < 0)
        return false;
    rx = rx < w / 2 ? rx : w / 2;
    ry = ry < h / 2 ? ry : h / 2;
    if (rx > 0 && ry > 0) {
        draw_round_rect(outline, x, y, x + w, y + h, rx, ry);
        return true;
    }
    outline_move(outline, (struct point){x, y});
    outline_line(outline, (struct point){x + w, y});
    outline_line(outline, (struct point){x + w, y + h});
    outline_line(outline, (struct point){x, y + h});
    outline_close(outline);
    return true;
}

static bool draw_polygon(const char *points, struct outline *outline)
{
    int64_t pair[2];
    const char *at = points;
    for (bool first = true; *at != '\0' && outline->fault == OUTLINE_FINE; first = false) {
        if (read_numbers(&at, FINE, FINE_LIMIT, pair, 2) != 2)
            return false;
        struct point point = {pair[0], pair[1]};
        if (first)
            outline_move(outline, point);
        else
            outline_line(outline, point);
    }
    outline_close(outline);
    return outline->step_count > 0;
}

bool svg_draw(const struct svg_shape *shape, struct outline *outline)
{
    struct point center = {shape->number[0], shape->number[1]};
    switch (shape->kind) {
    case SVG_PATH:
        if (shape->data)
            outline_path(outline, shape->data, (uint32_t)strlen(shape->data));
        return shape->data != NULL;
    case SVG_RECT:
        return draw_rect(shape, outline);
    case SVG_CIRCLE:
        return draw_ellipse(outline, center, shape->number[2], shape->number[2]);
    case SVG_ELLIPSE:
        return draw_ellipse(outline, center, shape->number[2], shape->number[3]);
    case SVG_POLYGON:
        return shape->data && draw_polygon(shape->data, outline);
    case SVG_ROOT:
    case SVG_GROUP:
        break;
    }
    return false;
}

static bool take_word(const char **at, const char *word)
{
    size_t length = strlen(word);
    if (strncmp(*at, word, length) != 0)
        return false;
    const char *look = *at + length;
    look += strspn(look, " \t\r\n");
    if (*look != '(')
        return false;
    *at = look + 1;
    return true;
}

/* Factors first, then lengths: scale has 1 or 2 factors, translate 1 or 2 lengths, matrix 4 and 2. */
static bool one_transform(const char **at, struct matrix *out)
{
    int64_t value[4] = {0}, moved[2] = {0};
    *out = matrix_identity();
    if (take_word(at, "translate")) {
        if (read_numbers(at, FINE, FINE_LIMIT, moved, 2) < 1)
            return false;
        out->e = moved[0];
        out->f = moved[1];
    } else if (take_word(at, "scale")) {
        int have = read_numbers(at, FACTOR, FACTOR_LIMIT, value, 2);
        if (have < 1)
            return false;
        out->a = value[0];
        out->d = have == 2 ? value[1] : value[0];
    } else if (take_word(at, "matrix")) {
        if (read_numbers(at, FACTOR, FACTOR_LIMIT, value, 4) != 4 ||
            read_numbers(at, FINE, FINE_LIMIT, moved, 2) != 2)
            return false;
        *out = (struct matrix){value[0], value[1], value[2], value[3], moved[0], moved[1]};
    } else {
        return false;
    }
    return *(*at)++ == ')';
}

bool svg_transform(const char *value, struct matrix *matrix)
{
    const char *at = value;
    struct matrix inner;
    for (skip_comma(&at); *at != '\0'; skip_comma(&at))
        if (!one_transform(&at, &inner) || !matrix_join(matrix, &inner, matrix))
            return false;
    return true;
}
