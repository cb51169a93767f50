#include "layout/control.h"

#include "layout/check.h"
#include "layout/window.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))
#define PAGE_MM 1200
#define ALIGN_CHOICES "left|center|right" /* order of enum align */
/* Order of enum omr_dash. */
#define DASH_CHOICES                                                                               \
    "start|piece-start|piece-end|sequence-1|sequence-2|sequence-4|pattern-1|pattern-2|pattern-4|"  \
    "parity"

struct control_keys {
    const struct yaml_node *text, *code, *omr;
};
#define AT(field) offsetof(struct control_keys, field)
static const struct key control_keys[] = {
    {.name = "text", .value = VALUE_NODE, .at = AT(text)},
    {.name = "code", .value = VALUE_NODE, .at = AT(code)},
    {.name = "omr", .value = VALUE_NODE, .at = AT(omr)},
};
#undef AT

struct text_keys {
    emu x, y, w, size;
    int32_t align;
};
#define AT(field) offsetof(struct text_keys, field)
static const struct key text_keys[] = {
    {.name = "x", .value = VALUE_MM, .at = AT(x), .needed = true, .high = PAGE_MM},
    {.name = "y", .value = VALUE_MM, .at = AT(y), .needed = true, .high = PAGE_MM},
    {.name = "w", .value = VALUE_MM, .at = AT(w), .needed = true, .low = 1, .high = PAGE_MM},
    {.name = "size", .value = VALUE_PT, .at = AT(size), .low = 4, .high = 24},
    {.name = "align", .value = VALUE_CHOICE, .at = AT(align), .choices = ALIGN_CHOICES},
};
#undef AT

struct code_keys {
    emu x, y;
    int32_t module;
};
#define AT(field) offsetof(struct code_keys, field)
static const struct key code_keys[] = {
    {.name = "x", .value = VALUE_MM, .at = AT(x), .needed = true, .high = PAGE_MM},
    {.name = "y", .value = VALUE_MM, .at = AT(y), .needed = true, .high = PAGE_MM},
    {.name = "module", .value = VALUE_WHOLE, .at = AT(module), .low = 2, .high = 40},
};
#undef AT

struct omr_keys {
    emu x, y, pitch, length, width;
    const struct yaml_node *dashes;
};
#define AT(field) offsetof(struct omr_keys, field)
static const struct key omr_keys[] = {
    {.name = "x", .value = VALUE_MM, .at = AT(x), .needed = true, .high = PAGE_MM},
    {.name = "y", .value = VALUE_MM, .at = AT(y), .needed = true, .high = PAGE_MM},
    {.name = "pitch", .value = VALUE_MM, .at = AT(pitch), .needed = true, .low = 1, .high = 100},
    {.name = "length", .value = VALUE_MM, .at = AT(length), .needed = true, .low = 1, .high = 100},
    {.name = "width", .value = VALUE_MM, .at = AT(width), .needed = true, .high = 10},
    {.name = "dashes", .value = VALUE_NODE, .at = AT(dashes), .needed = true},
};
#undef AT

/* -- places -- */

static emu dot_at(emu at)
{
    return (at + EMU_PER_DOT600 / 2) / EMU_PER_DOT600 * EMU_PER_DOT600;
}

static void put_text(const struct text_keys *keys, struct control *out)
{
    out->text = true;
    out->text_box = (struct rect){keys->x, keys->y, keys->w, keys->size};
    out->text_size = keys->size;
    out->text_align = (enum align)keys->align;
}

static void put_code(const struct code_keys *keys, struct control *out)
{
    emu side = CONTROL_MODULES * keys->module * EMU_PER_DOT600;
    out->code = true;
    out->code_module = (uint8_t)keys->module;
    out->code_box = (struct rect){dot_at(keys->x), dot_at(keys->y), side, side};
}

/* In the middle of the foot, and right of it: 4.5 mm from the edge and more, clear of the corners, which are the voice
 * codes' (their centre lies 25 mm from two edges). */
void control_default(struct layout *out)
{
    const struct text_keys text = {.x = out->width / 2 - 30 * EMU_PER_MM,
                                   .y = out->height - 38 * EMU_PER_MM / 5,
                                   .w = 60 * EMU_PER_MM,
                                   .size = 6 * EMU_PER_PT,
                                   .align = ALIGN_CENTER};
    const struct code_keys code = {out->width / 2 + 45 * EMU_PER_MM,
                                   out->height - 99 * EMU_PER_MM / 10, 6};
    put_text(&text, &out->control);
    put_code(&code, &out->control);
}

/* -- reading -- */

/* `text: false` */
static bool is_off(const struct yaml_node *node)
{
    bool value = true;
    return yaml_bool(node, &value) && !value;
}

static enum status read_text(const struct reader *reader, const struct yaml_node *node,
                             struct control *out)
{
    struct text_keys keys = {.size = 6 * EMU_PER_PT, .align = ALIGN_CENTER};
    out->text = !is_off(node);
    if (!out->text)
        return OK;
    enum status status = values_read(reader, node, text_keys, COUNT_OF(text_keys), &keys, NULL);
    if (status == OK)
        put_text(&keys, out);
    return status;
}

static enum status read_code(const struct reader *reader, const struct yaml_node *node,
                             struct control *out)
{
    struct code_keys keys = {.module = 6};
    out->code = !is_off(node);
    if (!out->code)
        return OK;
    enum status status = values_read(reader, node, code_keys, COUNT_OF(code_keys), &keys, NULL);
    if (status == OK)
        put_code(&keys, out);
    return status;
}

static enum status read_dashes(const struct reader *reader, const struct yaml_node *node,
                               struct control *out)
{
    enum status status = values_list(reader, node, OMR_DASHES);
    if (status == OK && node->count == 0)
        status = values_refuse(reader, MSG_LAYOUT_RANGE, node, node->key);
    for (const struct yaml_node *child = node->child; child && status == OK; child = child->next) {
        int32_t dash = values_choice(child, DASH_CHOICES);
        if (dash < 0)
            return values_refuse(reader, MSG_LAYOUT_CHOICE, child, node->key);
        if (dash == OMR_PARITY && child->next)
            return values_refuse(reader, MSG_CONTROL_PARITY, child, node->key);
        out->dash[out->dash_count++] = (uint8_t)dash;
    }
    return status;
}

/* Dashes must part: a blank of half a dash at least. */
static enum status read_omr(const struct reader *reader, const struct yaml_node *node,
                            struct control *out)
{
    struct omr_keys keys = {0};
    enum status status = values_read(reader, node, omr_keys, COUNT_OF(omr_keys), &keys, NULL);
    if (status != OK)
        return status;
    if (keys.width < EMU_PER_DOT600 || keys.pitch - keys.width < keys.width / 2)
        return values_refuse(reader, MSG_LAYOUT_RANGE, node, node->key);
    status = read_dashes(reader, keys.dashes, out);
    out->omr_pitch = keys.pitch;
    out->omr_width = keys.width;
    out->omr_box =
        (struct rect){dot_at(keys.x), dot_at(keys.y), keys.length,
                      (emu)(out->dash_count ? out->dash_count - 1 : 0) * keys.pitch + keys.width};
    return status;
}

enum status control_read(const struct reader *reader, const struct yaml_node *node,
                         struct layout *out)
{
    struct control_keys keys = {0};
    struct control *control = &out->control;
    enum status status =
        values_read(reader, node, control_keys, COUNT_OF(control_keys), &keys, NULL);
    control->line = node->line;
    if (status == OK && keys.text)
        status = read_text(reader, keys.text, control);
    if (status == OK && keys.code)
        status = read_code(reader, keys.code, control);
    if (status == OK && keys.omr)
        status = read_omr(reader, keys.omr, control);
    return status;
}

/* -- checking -- */

static enum status refuse(const struct layout *layout, struct text name, struct error *error)
{
    return error_at(error, MSG_CONTROL_MET, layout->path, layout->control.line, name);
}

static bool meets_drawn(const struct layout *layout, const struct rect *box)
{
    for (uint32_t i = 0; i < layout->stroke_count; i++)
        if (!rects_apart(box, &layout->strokes[i].box) &&
            !rect_within(box, &layout->strokes[i].box))
            return true;
    for (uint32_t i = 0; i < layout->mark_count; i++)
        if (!rects_apart(box, &layout->marks[i].box))
            return true;
    for (uint32_t i = 0; i < layout->cut_count; i++)
        if (!rects_apart(box, &layout->cuts[i].box))
            return true;
    for (uint32_t i = 0; i < layout->clear_count; i++)
        if (!rects_apart(box, &layout->clears[i].box))
            return true;
    return false;
}

/* Is the place free on every sheet of the form, whatever it shows? */
static bool is_free(const struct layout *layout, const struct rect *box, bool code)
{
    const struct rect page = {0, 0, layout->width, layout->height};
    bool met = !rect_within(box, &page) || meets_drawn(layout, box);
    for (uint32_t i = 0; i < layout->frame_count && !met; i++)
        met = !rects_apart(box, &layout->frames[i].box);
    if (layout->table && !met)
        met = !rects_apart(box, &layout->table->box);
    for (uint32_t i = 0; i < layout->fold_count && !met && code; i++)
        met = box->y < layout->folds[i] && layout->folds[i] < box->y + box->h;
    if (layout->window && !met) {
        const struct rect reach = window_reach(layout);
        met = !rects_apart(box, &reach);
    }
    return !met;
}

enum status layout_check_control(const struct layout *layout, bool inserter, struct error *error)
{
    const struct control *control = &layout->control;
    const struct rect code =
        rect_grown(&control->code_box, CONTROL_QUIET * control->code_module * EMU_PER_DOT600);
    bool text = control->text, square = inserter && control->code;
    bool omr = inserter && control->dash_count > 0;
    if (text && !is_free(layout, &control->text_box, false))
        return refuse(layout, TEXT("control.text"), error);
    if (square &&
        (!is_free(layout, &code, true) || (text && !rects_apart(&code, &control->text_box))))
        return refuse(layout, TEXT("control.code"), error);
    if (omr && (!is_free(layout, &control->omr_box, false) ||
                (text && !rects_apart(&control->omr_box, &control->text_box)) ||
                (square && !rects_apart(&control->omr_box, &code))))
        return refuse(layout, TEXT("control.omr"), error);
    if (inserter && !control->code && control->dash_count == 0)
        return refuse(layout, TEXT("control"), error);
    return OK;
}
