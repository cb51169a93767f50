#include "compose/setting.h"

#include "compose/adjust.h"
#include "compose/fixed.h"
#include "symbology/qr.h"

static struct item *add_item(struct item_list *list, enum item_kind kind)
{
    struct item *item = &list->items[list->count++];
    item->kind = kind;
    return item;
}

/* -- text -- */

static void add_fit(const struct setter *setter, const struct frame *frame, uint32_t lines,
                    emu size, uint16_t scale)
{
    struct fit_list *fits = setter->fits;
    if (fits && fits->count < LIMIT_FRAMES)
        fits->list[fits->count++] = (struct fit){frame->name, lines, size, scale};
}

static emu line_start(const struct frame *frame, emu width)
{
    switch (frame->align) {
    case ALIGN_CENTER:
        return frame->box.x + (frame->box.w - width) / 2;
    case ALIGN_RIGHT:
        return frame->box.x + frame->box.w - width;
    case ALIGN_LEFT:
    case ALIGN_JUSTIFY:
        break;
    }
    return frame->box.x;
}

static void add_lines(const struct setter *setter, const struct frame *frame,
                      const struct set_text *set, emu leading)
{
    emu baseline = setter->down + layout_baseline(frame, set->size, leading, set->count);
    for (uint32_t i = 0; i < set->count; i++, baseline += leading) {
        const struct set_line *line = &set->lines[i];
        if (line->count == 0)
            continue;
        add_item(setter->list, ITEM_TEXT)->as.text =
            (struct item_text){.x = setter->across + line_start(frame, line->width) - line->head,
                               .y = baseline,
                               .size = set->size,
                               .scale = set->scale,
                               .spacing = line->spacing,
                               .glyphs = line->glyphs,
                               .count = line->count,
                               .text = line->text};
    }
}

static bool too_long(enum status status, const struct error *trouble)
{
    return status == REJECT && trouble->message == MSG_TEXT_TOO_LONG;
}

/* Small type on several lines: at full width if it can be, else condensed. */
static enum status fit_broken(const struct setter *setter, const struct bound_frame *bound,
                              struct text text, struct set_text *set, struct error *trouble)
{
    struct measure full = bound->broken;
    full.condense = 100;
    enum status status =
        typeset_fit(setter->fonts, bound->role, text, &full, setter->arena, set, trouble);
    if (!too_long(status, trouble) || bound->broken.condense == 100)
        return status;
    return typeset_fit(setter->fonts, bound->role, text, &bound->broken, setter->arena, set,
                       trouble);
}

enum status set_text_frame(const struct setter *setter, const struct bound_frame *bound,
                           struct text given, struct error *error)
{
    const struct frame *frame = bound->frame;
    emu leading = frame->leading;
    struct error trouble;
    struct set_text set;
    struct text text = given;
    if (frame->digits != DIGITS_AS_IS && !digits_fold(frame->digits, given, setter->arena, &text))
        return error_set(error, MSG_NO_MEMORY);
    enum status status = typeset_fit(setter->fonts, bound->role, text, &bound->measure,
                                     setter->arena, &set, &trouble);
    if (frame->small != 0 && too_long(status, &trouble)) {
        leading = frame->tight;
        status = fit_broken(setter, bound, text, &set, &trouble);
    }
    if (status != OK) {
        trouble.offset = digits_offset(given, text, trouble.offset);
        if (error)
            *error = trouble;
        return status;
    }
    if (set.count == 0)
        return OK;
    if (frame->even != 0)
        even_out(frame, &set);
    if (set.count > frame->lines)
        return error_name(error, MSG_BUG, frame->name);
    add_lines(setter, frame, &set, leading);
    add_fit(setter, frame, set.count, set.size, set.scale);
    return OK;
}

/* -- symbols -- */

static enum status add_symbol(const struct setter *setter, const struct qr *qr, emu x, emu y,
                              emu module, struct error *error)
{
    uint16_t row_bytes = (uint16_t)((qr->modules + 7) / 8);
    uint8_t *bits = arena_array(setter->arena, qr->modules, row_bytes);
    if (!bits)
        return error_set(error, MSG_NO_MEMORY);
    for (uint32_t row = 0; row < qr->modules; row++)
        memcpy(bits + (size_t)row * row_bytes, qr->bits[row], row_bytes);
    add_item(setter->list, ITEM_MODULES)->as.modules =
        (struct item_modules){x, y, module, qr->modules, row_bytes, bits, 0};
    return OK;
}

enum status set_symbol_frame(const struct setter *setter, const struct frame *frame,
                             struct text text, struct error *error)
{
    emu x, y, module;
    uint16_t modules = qr_modules(text, frame->level);
    if (modules == 0 || !layout_place_qr(frame, modules, &x, &y, &module))
        return error_set(error, MSG_SYMBOL_TOO_LONG);
    add_fit(setter, frame, 1, module, 1000);
    if (setter->prove)
        return OK;
    struct qr qr;
    enum status status = qr_encode(text, frame->level, setter->best_mask, &qr, error);
    if (status != OK)
        return status;
    if (qr.modules != modules)
        return error_name(error, MSG_BUG, frame->name);
    return add_symbol(setter, &qr, x, y, module, error);
}

enum status set_frame_text(const struct setter *setter, const struct bound_frame *bound,
                           struct text text, struct error *error)
{
    switch (bound->frame->kind) {
    case FRAME_TEXT:
        return set_text_frame(setter, bound, text, error);
    case FRAME_QR:
        return set_symbol_frame(setter, bound->frame, text, error);
    case FRAME_CUSTOMER:
        return set_customer_frame(setter, bound->frame, text, error);
    case FRAME_NW7:
        return set_nw7_frame(setter, bound->frame, text, error);
    case FRAME_IMAGE:
        break;
    }
    return error_name(error, MSG_BUG, bound->frame->name);
}

/* -- pictures and lines -- */

/* The largest box of the picture's aspect in the frame, placed by align and valign. */
static struct rect picture_box(const struct frame *frame, int64_t across, int64_t down)
{
    struct rect box = frame->box;
    int64_t h = box.w * down / across, w = box.h * across / down;
    if (h <= box.h)
        box.h = (emu)(h > 0 ? h : 1);
    else
        box.w = (emu)(w > 0 ? w : 1);
    emu spare_w = frame->box.w - box.w, spare_h = frame->box.h - box.h;
    box.x += frame->align == ALIGN_CENTER ? spare_w / 2 : frame->align == ALIGN_RIGHT ? spare_w : 0;
    box.y += frame->valign == VALIGN_MIDDLE   ? spare_h / 2
             : frame->valign == VALIGN_BOTTOM ? spare_h
                                              : 0;
    return box;
}

enum status set_outline(const struct setter *setter, const struct image_path *path, int32_t view_w,
                        int32_t view_h, const struct rect *box, struct error *error)
{
    emu *points = arena_array(setter->arena, path->point_count, 2 * sizeof *points);
    if (!points)
        return error_set(error, MSG_NO_MEMORY);
    for (size_t i = 0; i < path->point_count; i++) {
        points[2 * i] = box->x + (emu)fixed_scale(path->points[2 * i], box->w, view_w);
        points[2 * i + 1] = box->y + (emu)fixed_scale(path->points[2 * i + 1], box->h, view_h);
    }
    add_item(setter->list, ITEM_PATH)->as.path = (struct item_path){
        path->steps, path->step_count, points, path->point_count, path->even_odd, 0};
    return OK;
}

enum status set_image_frame(const struct setter *setter, const struct frame *frame,
                            const struct image *image, uint32_t number, struct error *error)
{
    if (!image->vector) {
        struct rect box = picture_box(frame, image->columns, image->rows);
        add_item(setter->list, ITEM_BITMAP)->as.bitmap = (struct item_bitmap){
            box.x,       box.y, box.w, box.h, image->columns, image->rows, image->row_bytes,
            image->bits, number};
        return OK;
    }
    struct rect box = picture_box(frame, image->view_w, image->view_h);
    enum status status = OK;
    for (uint32_t i = 0; i < image->path_count && status == OK; i++)
        status = set_outline(setter, &image->paths[i], image->view_w, image->view_h, &box, error);
    return status;
}

void set_stroke(const struct setter *setter, const struct stroke *stroke)
{
    add_item(setter->list, ITEM_STROKE)->as.stroke =
        (struct item_stroke){stroke->box.x, stroke->box.y,   stroke->box.w,    stroke->box.h,
                             stroke->width, stroke->dash_on, stroke->dash_off, stroke->radius};
}
