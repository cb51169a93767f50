#include "layout/shapes.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))
#define PAGE_MM 1200

/* clang-format off */
#define RECT_KEYS(type, smallest)                                                                   \
    {.name = "x", .value = VALUE_MM, .at = offsetof(type, box.x), .needed = true, .high = PAGE_MM}, \
    {.name = "y", .value = VALUE_MM, .at = offsetof(type, box.y), .needed = true, .high = PAGE_MM}, \
    {.name = "w", .value = VALUE_MM, .at = offsetof(type, box.w), .needed = true, .low = (smallest),\
     .high = PAGE_MM},                                                                              \
    {.name = "h", .value = VALUE_MM, .at = offsetof(type, box.h), .needed = true, .low = (smallest),\
     .high = PAGE_MM}
/* clang-format on */

/* clang-format off */
#define IF_KEY(type) {.name = "if", .value = VALUE_IF, .at = offsetof(type, condition)}
/* clang-format on */

struct stroke_keys {
    enum condition condition;
    struct rect box;
    emu width, radius;
    emu dash[2];
};

/* clang-format off */
#define STROKE_KEYS                                                                                 \
    RECT_KEYS(struct stroke_keys, 0),                                                               \
    IF_KEY(struct stroke_keys),                                                                     \
    {.name = "width", .value = VALUE_PT, .at = offsetof(struct stroke_keys, width), .needed = true, \
     .high = 20},                                                                                   \
    {.name = "dash", .value = VALUE_PT_PAIR, .at = offsetof(struct stroke_keys, dash), .high = 100}
/* clang-format on */

static const struct key line_keys[] = {STROKE_KEYS};

static const struct key box_keys[] = {
    STROKE_KEYS,
    {.name = "radius", .value = VALUE_MM, .at = offsetof(struct stroke_keys, radius), .high = 50},
};

static const struct key mark_keys[] = {
    RECT_KEYS(struct mark, 0),
    IF_KEY(struct mark),
    {.name = "view",
     .value = VALUE_UNITS,
     .at = offsetof(struct mark, view_w),
     .needed = true,
     .low = 1,
     .high = 10000},
    {.name = "path", .value = VALUE_TEXT, .at = offsetof(struct mark, path), .needed = true},
    {.name = "even_odd", .value = VALUE_BOOL, .at = offsetof(struct mark, even_odd)},
};

static const struct key cut_keys[] = {
    RECT_KEYS(struct cut, 1),
    IF_KEY(struct cut),
    {.name = "name", .value = VALUE_TEXT, .at = offsetof(struct cut, name), .needed = true},
    {.name = "keep", .value = VALUE_MM, .at = offsetof(struct cut, keep), .high = 100},
};

static const struct key clear_keys[] = {
    RECT_KEYS(struct clear_place, 1),
    IF_KEY(struct clear_place),
    {.name = "name", .value = VALUE_TEXT, .at = offsetof(struct clear_place, name), .needed = true},
};

/* A line runs across or down (one of w, h is 0), a box has both; its corners fit its sides. */
static bool stroke_shape(const struct stroke_keys *keys, bool is_box)
{
    emu w = keys->box.w, h = keys->box.h, least = w < h ? w : h;
    if (is_box)
        return least > 0 && keys->radius <= least / 2;
    return (w == 0) != (h == 0);
}

static enum status read_stroke(const struct reader *reader, const struct yaml_node *node,
                               bool is_box, struct stroke *out)
{
    struct stroke_keys keys = {0};
    uint32_t seen;
    enum status status =
        is_box ? values_read(reader, node, box_keys, COUNT_OF(box_keys), &keys, &seen)
               : values_read(reader, node, line_keys, COUNT_OF(line_keys), &keys, &seen);
    if (status != OK)
        return status;
    bool dashed = yaml_find(node, "dash") != NULL;
    if (keys.width == 0 || !stroke_shape(&keys, is_box) ||
        (dashed && (keys.dash[0] == 0 || keys.dash[1] == 0)))
        return values_refuse(reader, MSG_LAYOUT_RANGE, node,
                             is_box ? TEXT("boxes") : TEXT("lines"));
    *out = (struct stroke){.condition = keys.condition,
                           .box = keys.box,
                           .width = keys.width,
                           .dash_on = keys.dash[0],
                           .dash_off = keys.dash[1],
                           .radius = keys.radius,
                           .line = node->line};
    return OK;
}

/* An array for all entries of a list, NULL node: none. */
static enum status take_list(const struct reader *reader, const struct yaml_node *node,
                             size_t entry, uint32_t have, void **out)
{
    enum status status = values_list(reader, node, LIMIT_FRAMES);
    if (status != OK)
        return status;
    *out = arena_array(reader->arena, node->count + have, entry);
    return *out ? OK : error_set(reader->error, MSG_NO_MEMORY);
}

static enum status add_strokes(const struct reader *reader, const struct yaml_node *list,
                               bool is_box, struct layout *out)
{
    for (const struct yaml_node *node = list->child; node; node = node->next) {
        enum status status = read_stroke(reader, node, is_box, &out->strokes[out->stroke_count]);
        if (status != OK)
            return status;
        out->stroke_count++;
    }
    return OK;
}

enum status strokes_read(const struct reader *reader, const struct yaml_node *lines,
                         const struct yaml_node *boxes, struct layout *out)
{
    enum status status = OK;
    void *array = NULL;
    if (lines)
        status = values_list(reader, lines, LIMIT_FRAMES);
    if (status == OK && boxes)
        status = take_list(reader, boxes, sizeof(struct stroke), lines ? lines->count : 0, &array);
    else if (status == OK && lines)
        status = take_list(reader, lines, sizeof(struct stroke), 0, &array);
    out->strokes = array;
    if (status == OK && lines)
        status = add_strokes(reader, lines, false, out);
    if (status == OK && boxes)
        status = add_strokes(reader, boxes, true, out);
    return status;
}

enum status marks_read(const struct reader *reader, const struct yaml_node *marks,
                       struct layout *out)
{
    void *array = NULL;
    enum status status = marks ? take_list(reader, marks, sizeof *out->marks, 0, &array) : OK;
    out->marks = array;
    const struct yaml_node *node = status == OK && marks ? marks->child : NULL;
    for (; node && status == OK; node = node->next) {
        struct mark *mark = &out->marks[out->mark_count++];
        mark->line = node->line;
        status = values_read(reader, node, mark_keys, COUNT_OF(mark_keys), mark, NULL);
        if (status == OK && (mark->box.w == 0 || mark->box.h == 0))
            status = values_refuse(reader, MSG_LAYOUT_RANGE, node, TEXT("marks"));
    }
    return status;
}

enum status cuts_read(const struct reader *reader, const struct yaml_node *cuts, struct layout *out)
{
    void *array = NULL;
    enum status status = cuts ? take_list(reader, cuts, sizeof *out->cuts, 0, &array) : OK;
    out->cuts = array;
    const struct yaml_node *node = status == OK && cuts ? cuts->child : NULL;
    for (; node && status == OK; node = node->next) {
        struct cut *cut = &out->cuts[out->cut_count++];
        cut->line = node->line;
        status = values_read(reader, node, cut_keys, COUNT_OF(cut_keys), cut, NULL);
    }
    return status;
}

enum status clears_read(const struct reader *reader, const struct yaml_node *clears,
                        struct layout *out)
{
    void *array = NULL;
    enum status status = clears ? take_list(reader, clears, sizeof *out->clears, 0, &array) : OK;
    out->clears = array;
    const struct yaml_node *node = status == OK && clears ? clears->child : NULL;
    for (; node && status == OK; node = node->next) {
        struct clear_place *place = &out->clears[out->clear_count++];
        place->line = node->line;
        status = values_read(reader, node, clear_keys, COUNT_OF(clear_keys), place, NULL);
    }
    return status;
}
