#include "layout/window.h"

#include "layout/check.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))
#define PAGE_MM 1200

struct window_keys {
    struct text envelope;
    struct rect box;
    const struct yaml_node *play, *shows;
};

#define AT(field) offsetof(struct window_keys, field)

static const struct key window_keys[] = {
    {.name = "envelope", .value = VALUE_TEXT, .at = AT(envelope), .needed = true},
    {.name = "x", .value = VALUE_MM, .at = AT(box.x), .needed = true, .high = PAGE_MM},
    {.name = "y", .value = VALUE_MM, .at = AT(box.y), .needed = true, .high = PAGE_MM},
    {.name = "w", .value = VALUE_MM, .at = AT(box.w), .needed = true, .low = 1, .high = PAGE_MM},
    {.name = "h", .value = VALUE_MM, .at = AT(box.h), .needed = true, .low = 1, .high = PAGE_MM},
    {.name = "play", .value = VALUE_NODE, .at = AT(play), .needed = true},
    {.name = "shows", .value = VALUE_NODE, .at = AT(shows), .needed = true},
};

/* -- reading -- */

static enum status read_play(const struct reader *reader, const struct yaml_node *node,
                             struct window *out)
{
    if (node->kind != YAML_LIST || node->count != 2)
        return values_refuse(reader, MSG_LAYOUT_LIST, node, node->key);
    const struct yaml_node *child = node->child;
    enum status status = OK;
    for (int i = 0; i < 2 && status == OK; i++, child = child->next) {
        struct yaml_node named = *child;
        named.key = node->key;
        status = values_mm(reader, &named, 0, PAGE_MM, &out->play[i]);
    }
    if (status == OK && (out->play[0] >= out->box.w || out->play[1] >= out->box.h))
        status = values_refuse(reader, MSG_WINDOW_PLAY, node, node->key);
    return status;
}

static enum status read_shows(const struct reader *reader, const struct yaml_node *node,
                              struct window *out)
{
    enum status status = values_list(reader, node, LIMIT_FRAMES);
    if (status != OK)
        return status;
    if (node->count == 0)
        return values_refuse(reader, MSG_WINDOW_PART, node, node->key);
    out->shows = arena_array(reader->arena, node->count, sizeof *out->shows);
    if (!out->shows)
        return error_set(reader->error, MSG_NO_MEMORY);
    for (const struct yaml_node *child = node->child; child; child = child->next) {
        if (child->kind != YAML_SCALAR || child->text.length == 0)
            return values_refuse(reader, MSG_LAYOUT_TEXT, child, node->key);
        out->shows[out->show_count++] = child->text;
    }
    return OK;
}

enum status window_read(const struct reader *reader, const struct yaml_node *node,
                        struct layout *out)
{
    struct window_keys keys = {0};
    enum status status = values_read(reader, node, window_keys, COUNT_OF(window_keys), &keys, NULL);
    if (status != OK)
        return status;
    struct window *window = out->window = arena_take(reader->arena, sizeof *window);
    if (!window)
        return error_set(reader->error, MSG_NO_MEMORY);
    *window = (struct window){.envelope = keys.envelope, .box = keys.box, .line = node->line};
    status = read_play(reader, keys.play, window);
    return status == OK ? read_shows(reader, keys.shows, window) : status;
}

/* -- checking -- */

/* The part of the sheet that every shift leaves in the window. */
static struct rect window_core(const struct window *window)
{
    return (struct rect){window->box.x + window->play[0] / 2, window->box.y + window->play[1] / 2,
                         window->box.w - window->play[0], window->box.h - window->play[1]};
}

/* Panels behind a fold cannot be seen. */
struct rect window_reach(const struct layout *layout)
{
    const struct window *window = layout->window;
    emu middle = window->box.y + window->box.h / 2;
    emu top = window->box.y - (window->play[1] + 1) / 2;
    emu bottom = window->box.y + window->box.h + (window->play[1] + 1) / 2;
    for (uint32_t i = 0; i < layout->fold_count; i++) {
        emu fold = layout->folds[i];
        if (fold <= middle && fold > top)
            top = fold;
        if (fold > middle && fold < bottom)
            bottom = fold;
    }
    return (struct rect){window->box.x - (window->play[0] + 1) / 2, top,
                         window->box.w + (window->play[0] + 1) / 2 * 2, bottom - top};
}

static enum status refuse(const struct layout *layout, enum message message, uint32_t line,
                          struct text name, struct error *error)
{
    return error_at(error, message, layout->path, line, name);
}

/* Lengths in 1/100 mm: what is there is told short, what is needed long. */
static enum status refuse_lengths(const struct layout *layout, enum message message,
                                  const struct frame *frame, int64_t have, int64_t want,
                                  struct error *error)
{
    enum { HUNDREDTH = EMU_PER_MM / 100 };
    enum status status = refuse(layout, message, frame->line, frame->name, error);
    if (error) {
        error->have = have >= 0 ? have / HUNDREDTH : -((-have + HUNDREDTH - 1) / HUNDREDTH);
        error->want = (want + HUNDREDTH - 1) / HUNDREDTH;
    }
    return status;
}

/* The inequality of the manual's p13: length + 4 mm + play <= window, both ways. */
static enum status check_barcode(const struct layout *layout, const struct frame *frame,
                                 struct error *error)
{
    const struct window *window = layout->window;
    emu width = frame->bars.w + 2 * CUSTOMER_CLEAR + window->play[0];
    emu height = frame->bars.h + 2 * CUSTOMER_CLEAR + window->play[1];
    if (width > window->box.w)
        return refuse_lengths(layout, MSG_WINDOW_NARROW, frame, window->box.w, width, error);
    if (height > window->box.h)
        return refuse_lengths(layout, MSG_WINDOW_LOW, frame, window->box.h, height, error);
    return OK;
}

static emu least(emu a, emu b)
{
    return a < b ? a : b;
}

/* What is left between the box and the nearest edge of the core. */
static emu spare(const struct rect *box, const struct rect *core)
{
    emu aside = least(box->x - core->x, core->x + core->w - box->x - box->w);
    return least(aside, least(box->y - core->y, core->y + core->h - box->y - box->h));
}

static enum status check_shown(const struct layout *layout, const struct frame *frame,
                               struct error *error)
{
    const struct rect core = window_core(layout->window);
    bool barcode = frame->kind == FRAME_CUSTOMER;
    emu need = barcode ? CUSTOMER_CLEAR : 0;
    enum status status = barcode ? check_barcode(layout, frame, error) : OK;
    emu have = spare(barcode ? &frame->bars : &frame->box, &core);
    if (status == OK && have < need)
        status = refuse_lengths(layout, MSG_WINDOW_HIDES, frame, have, need, error);
    return status;
}

static bool is_shown(const struct window *window, const struct frame *frame)
{
    struct text name = frame->kind == FRAME_IMAGE ? frame->image : frame->part;
    for (uint32_t i = 0; i < window->show_count; i++)
        if (text_equal(window->shows[i], name))
            return true;
    return frame->kind == FRAME_CUSTOMER;
}

static enum status check_names(const struct layout *layout, struct error *error)
{
    const struct window *window = layout->window;
    for (uint32_t i = 0; i < window->show_count; i++) {
        bool found = false;
        for (uint32_t k = 0; k < layout->frame_count && !found; k++) {
            const struct frame *frame = &layout->frames[k];
            found = text_equal(window->shows[i],
                               frame->kind == FRAME_IMAGE ? frame->image : frame->part);
        }
        if (!found)
            return refuse(layout, MSG_WINDOW_PART, window->line, window->shows[i], error);
    }
    return OK;
}

static enum status check_drawn(const struct layout *layout, const struct rect *reach,
                               struct error *error)
{
    for (uint32_t i = 0; i < layout->stroke_count; i++) {
        const struct stroke *stroke = &layout->strokes[i];
        const struct rect inked = rect_grown(&stroke->box, stroke->width / 2);
        const struct rect hole = rect_grown(&stroke->box, -stroke->width / 2);
        if (!rects_apart(&inked, reach) && !rect_within(reach, &hole))
            return refuse(layout, MSG_WINDOW_ENTERED, stroke->line, TEXT("lines"), error);
    }
    for (uint32_t i = 0; i < layout->mark_count; i++)
        if (!rects_apart(&layout->marks[i].box, reach))
            return refuse(layout, MSG_WINDOW_ENTERED, layout->marks[i].line, TEXT("marks"), error);
    if (layout->table && !rects_apart(&layout->table->box, reach))
        return refuse(layout, MSG_WINDOW_ENTERED, layout->table->line, layout->table->name, error);
    return OK;
}

enum status window_check(const struct layout *layout, struct error *error)
{
    if (!layout->window)
        return OK;
    const struct rect reach = window_reach(layout);
    enum status status = check_names(layout, error);
    for (uint32_t i = 0; i < layout->frame_count && status == OK; i++) {
        const struct frame *frame = &layout->frames[i];
        if (is_shown(layout->window, frame))
            status = check_shown(layout, frame, error);
        else if (!rects_apart(&frame->box, &reach))
            status = refuse(layout, MSG_WINDOW_ENTERED, frame->line, frame->name, error);
    }
    return status == OK ? check_drawn(layout, &reach, error) : status;
}
