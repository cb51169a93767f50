#include "layout/check.h"

#include "layout/voice.h"
#include "layout/window.h"

#include <stdio.h>

bool rects_apart(const struct rect *a, const struct rect *b)
{
    return a->x + a->w <= b->x || b->x + b->w <= a->x || a->y + a->h <= b->y || b->y + b->h <= a->y;
}

bool rect_within(const struct rect *inner, const struct rect *outer)
{
    return inner->x >= outer->x && inner->y >= outer->y &&
           inner->x + inner->w <= outer->x + outer->w && inner->y + inner->h <= outer->y + outer->h;
}

/* Can the two show on one sheet? */
static bool meet(enum condition a, enum condition b)
{
    return a == IF_ALWAYS || b == IF_ALWAYS || a == b || (a - 1) / 2 != (b - 1) / 2;
}

struct rect rect_grown(const struct rect *box, emu by)
{
    return (struct rect){box->x - by, box->y - by, box->w + 2 * by, box->h + 2 * by};
}

static enum status refuse(const struct layout *layout, enum message message, uint32_t line,
                          struct text name, struct error *error)
{
    return error_at(error, message, layout->path, line, name);
}

static enum status refuse_two(const struct layout *layout, enum message message, uint32_t line,
                              struct text one, struct text two, struct error *error)
{
    char names[LIMIT_NAME];
    int half = LIMIT_NAME / 2 - 4;
    int length = snprintf(names, sizeof names, "%.*s / %.*s",
                          one.length < (uint32_t)half ? (int)one.length : half, one.bytes,
                          two.length < (uint32_t)half ? (int)two.length : half, two.bytes);
    (void)length;
    return refuse(layout, message, line, text_of(names), error);
}

static enum status check_page(const struct layout *layout, const struct frame *frame,
                              struct error *error)
{
    struct rect page = {0, 0, layout->width, layout->height};
    struct rect inside = rect_grown(&page, -layout->margin);
    if (!rect_within(&frame->box, &page))
        return refuse(layout, MSG_FRAME_OFF_PAGE, frame->line, frame->name, error);
    if (!rect_within(&frame->box, &inside))
        return refuse(layout, MSG_FRAME_IN_MARGIN, frame->line, frame->name, error);
    return OK;
}

static enum status check_cuts(const struct layout *layout, const struct frame *frame,
                              struct error *error)
{
    for (uint32_t i = 0; i < layout->cut_count; i++) {
        const struct cut *cut = &layout->cuts[i];
        struct rect inside = rect_grown(&cut->box, -cut->keep),
                    outside = rect_grown(&cut->box, cut->keep);
        if (meet(frame->condition, cut->condition) && !rect_within(&frame->box, &inside) &&
            !rects_apart(&frame->box, &outside))
            return refuse_two(layout, MSG_FRAME_ACROSS_CUT, frame->line, frame->name, cut->name,
                              error);
    }
    return OK;
}

/* What must stay off the clear places that show with it. */
struct thing {
    const struct rect *box;
    enum condition condition;
    uint32_t line;
    struct text name;
    bool hollow; /* may go around a clear place: a box of lines */
};

static enum status check_clear(const struct layout *layout, const struct thing *thing,
                               struct error *error)
{
    for (uint32_t i = 0; i < layout->clear_count; i++) {
        const struct clear_place *clear = &layout->clears[i];
        if (!meet(thing->condition, clear->condition) || rects_apart(thing->box, &clear->box) ||
            (thing->hollow && rect_within(&clear->box, thing->box)))
            continue;
        return refuse_two(layout, MSG_FRAME_NOT_CLEAR, thing->line, thing->name, clear->name,
                          error);
    }
    return OK;
}

static bool is_symbol(const struct frame *frame)
{
    return frame->kind != FRAME_TEXT && frame->kind != FRAME_IMAGE;
}

/* No line in a symbol's clear zone; a box may go around it. */
static enum status check_zone(const struct layout *layout, const struct frame *frame,
                              struct error *error)
{
    for (uint32_t i = 0; is_symbol(frame) && i < layout->stroke_count; i++) {
        const struct stroke *stroke = &layout->strokes[i];
        if (meet(frame->condition, stroke->condition) && !rects_apart(&frame->box, &stroke->box) &&
            !(stroke->box.w != 0 && stroke->box.h != 0 && rect_within(&frame->box, &stroke->box)))
            return refuse_two(layout, MSG_FRAMES_OVERLAP, stroke->line, frame->name, TEXT("lines"),
                              error);
    }
    return OK;
}

static enum status check_folds(const struct layout *layout, const struct frame *frame,
                               struct error *error)
{
    for (uint32_t i = 0; is_symbol(frame) && i < layout->fold_count; i++)
        if (frame->box.y < layout->folds[i] && layout->folds[i] < frame->box.y + frame->box.h)
            return refuse(layout, MSG_SYMBOL_ON_FOLD, frame->line, frame->name, error);
    return OK;
}

/* The frame against the first `count` of others, and of marks. */
static enum status check_others(const struct layout *layout, const struct frame *frame,
                                const struct frame *others, uint32_t count, struct error *error)
{
    for (uint32_t i = 0; i < count; i++)
        if (meet(frame->condition, others[i].condition) &&
            !rects_apart(&frame->box, &others[i].box))
            return refuse_two(layout, MSG_FRAMES_OVERLAP, frame->line, others[i].name, frame->name,
                              error);
    return OK;
}

static enum status check_against_marks(const struct layout *layout, const struct frame *frame,
                                       struct error *error)
{
    for (uint32_t i = 0; i < layout->mark_count; i++)
        if (meet(frame->condition, layout->marks[i].condition) &&
            !rects_apart(&frame->box, &layout->marks[i].box))
            return refuse_two(layout, MSG_FRAMES_OVERLAP, layout->marks[i].line, frame->name,
                              TEXT("marks"), error);
    return OK;
}

/* count: how many of the layout's frames come before it. */
static enum status check_frame(const struct layout *layout, const struct frame *frame,
                               uint32_t count, struct error *error)
{
    const struct thing thing = {&frame->box, frame->condition, frame->line, frame->name, false};
    enum status status = check_page(layout, frame, error);
    if (status == OK)
        status = check_others(layout, frame, layout->frames, count, error);
    if (status == OK)
        status = check_against_marks(layout, frame, error);
    if (status == OK)
        status = check_cuts(layout, frame, error);
    if (status == OK)
        status = check_clear(layout, &thing, error);
    if (status == OK)
        status = check_zone(layout, frame, error);
    return status == OK ? check_folds(layout, frame, error) : status;
}

static enum status check_row(const struct layout *layout, const struct table *table,
                             struct error *error)
{
    const struct rect row = {table->box.x, 0, table->box.w / table->columns, table->row};
    for (uint32_t i = 0; i < table->frame_count; i++) {
        const struct frame *frame = &table->frames[i];
        if (!rect_within(&frame->box, &row))
            return refuse(layout, MSG_FRAME_OFF_ROW, frame->line, frame->name, error);
        enum status status = check_others(layout, frame, table->frames, i, error);
        if (status != OK)
            return status;
    }
    return OK;
}

/* All rows together take part as one frame: what stands beside or below a table stands clear of its last row. */
static enum status check_table(const struct layout *layout, struct error *error)
{
    const struct table *table = layout->table;
    const struct frame whole = {
        .kind = FRAME_TEXT, .name = table->name, .box = table->box, .line = table->line};
    enum status status = check_row(layout, table, error);
    return status == OK ? check_frame(layout, &whole, layout->frame_count, error) : status;
}

static enum status check_frames(const struct layout *layout, struct error *error)
{
    enum status status = OK;
    for (uint32_t i = 0; i < layout->frame_count && status == OK; i++)
        status = check_frame(layout, &layout->frames[i], i, error);
    return status == OK && layout->table ? check_table(layout, error) : status;
}

/* A box drawn around a clear place leaves it clear; a line through it does not. */
static enum status check_stroke(const struct layout *layout, const struct stroke *stroke,
                                struct error *error)
{
    struct rect page = {0, 0, layout->width, layout->height};
    bool is_box = stroke->box.w != 0 && stroke->box.h != 0;
    const struct thing thing = {&stroke->box, stroke->condition, stroke->line,
                                is_box ? TEXT("boxes") : TEXT("lines"), is_box};
    if (!rect_within(&stroke->box, &page))
        return refuse(layout, MSG_FRAME_OFF_PAGE, stroke->line, thing.name, error);
    return check_clear(layout, &thing, error);
}

static enum status check_mark(const struct layout *layout, const struct mark *mark,
                              struct error *error)
{
    struct rect page = {0, 0, layout->width, layout->height};
    const struct thing thing = {&mark->box, mark->condition, mark->line, TEXT("marks"), false};
    if (!rect_within(&mark->box, &page))
        return refuse(layout, MSG_FRAME_OFF_PAGE, mark->line, thing.name, error);
    return check_clear(layout, &thing, error);
}

static enum status check_cut_places(const struct layout *layout, struct error *error)
{
    struct rect page = {0, 0, layout->width, layout->height};
    for (uint32_t i = 0; i < layout->cut_count; i++) {
        const struct cut *cut = &layout->cuts[i];
        if (!rect_within(&cut->box, &page))
            return refuse(layout, MSG_FRAME_OFF_PAGE, cut->line, cut->name, error);
        for (uint32_t k = 0; k < i; k++)
            if (text_equal(cut->name, layout->cuts[k].name))
                return refuse(layout, MSG_LAYOUT_SAME_NAME, cut->line, cut->name, error);
    }
    return OK;
}

static enum status check_clear_places(const struct layout *layout, struct error *error)
{
    struct rect page = {0, 0, layout->width, layout->height};
    for (uint32_t i = 0; i < layout->clear_count; i++) {
        const struct clear_place *place = &layout->clears[i];
        if (!rect_within(&place->box, &page))
            return refuse(layout, MSG_FRAME_OFF_PAGE, place->line, place->name, error);
        for (uint32_t k = 0; k < i; k++)
            if (text_equal(place->name, layout->clears[k].name))
                return refuse(layout, MSG_LAYOUT_SAME_NAME, place->line, place->name, error);
    }
    return OK;
}

enum status layout_check(const struct layout *layout, struct error *error)
{
    enum status status = check_cut_places(layout, error);
    if (status == OK)
        status = check_clear_places(layout, error);
    if (status == OK)
        status = check_frames(layout, error);
    for (uint32_t i = 0; i < layout->stroke_count && status == OK; i++)
        status = check_stroke(layout, &layout->strokes[i], error);
    for (uint32_t i = 0; i < layout->mark_count && status == OK; i++)
        status = check_mark(layout, &layout->marks[i], error);
    if (status == OK)
        status = voice_check(layout, error);
    return status == OK ? window_check(layout, error) : status;
}
