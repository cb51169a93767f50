#include "layout/check.h"

#include <stdio.h>

static bool apart(const struct rect *a, const struct rect *b)
{
    return a->x + a->w <= b->x || b->x + b->w <= a->x || a->y + a->h <= b->y || b->y + b->h <= a->y;
}

static bool within(const struct rect *inner, const struct rect *outer)
{
    return inner->x >= outer->x && inner->y >= outer->y &&
           inner->x + inner->w <= outer->x + outer->w && inner->y + inner->h <= outer->y + outer->h;
}

/* by < 0: smaller. */
static struct rect grown(const struct rect *box, emu by)
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
    struct rect inside = grown(&page, -layout->margin);
    if (!within(&frame->box, &page))
        return refuse(layout, MSG_FRAME_OFF_PAGE, frame->line, frame->name, error);
    if (!within(&frame->box, &inside))
        return refuse(layout, MSG_FRAME_IN_MARGIN, frame->line, frame->name, error);
    return OK;
}

static enum status check_cuts(const struct layout *layout, const struct frame *frame,
                              struct error *error)
{
    for (uint32_t i = 0; i < layout->cut_count; i++) {
        const struct cut *cut = &layout->cuts[i];
        struct rect inside = grown(&cut->box, -cut->keep), outside = grown(&cut->box, cut->keep);
        if (!within(&frame->box, &inside) && !apart(&frame->box, &outside))
            return refuse_two(layout, MSG_FRAME_ACROSS_CUT, frame->line, frame->name, cut->name,
                              error);
    }
    return OK;
}

static enum status check_clear(const struct layout *layout, const struct rect *box, uint32_t line,
                               struct text name, struct error *error)
{
    for (uint32_t i = 0; i < layout->clear_count; i++)
        if (!apart(box, &layout->clears[i].box))
            return refuse_two(layout, MSG_FRAME_NOT_CLEAR, line, name, layout->clears[i].name,
                              error);
    return OK;
}

static enum status check_folds(const struct layout *layout, const struct frame *frame,
                               struct error *error)
{
    for (uint32_t i = 0; frame->kind == FRAME_QR && i < layout->fold_count; i++)
        if (frame->box.y < layout->folds[i] && layout->folds[i] < frame->box.y + frame->box.h)
            return refuse(layout, MSG_SYMBOL_ON_FOLD, frame->line, frame->name, error);
    return OK;
}

static enum status check_others(const struct layout *layout, uint32_t index, struct error *error)
{
    const struct frame *frame = &layout->frames[index];
    for (uint32_t i = 0; i < index; i++)
        if (!apart(&frame->box, &layout->frames[i].box))
            return refuse_two(layout, MSG_FRAMES_OVERLAP, frame->line, layout->frames[i].name,
                              frame->name, error);
    for (uint32_t i = 0; i < layout->mark_count; i++)
        if (!apart(&frame->box, &layout->marks[i].box))
            return refuse_two(layout, MSG_FRAMES_OVERLAP, layout->marks[i].line, frame->name,
                              TEXT("marks"), error);
    return OK;
}

static enum status check_frames(const struct layout *layout, struct error *error)
{
    enum status status = OK;
    for (uint32_t i = 0; i < layout->frame_count && status == OK; i++) {
        const struct frame *frame = &layout->frames[i];
        status = check_page(layout, frame, error);
        if (status == OK)
            status = check_others(layout, i, error);
        if (status == OK)
            status = check_cuts(layout, frame, error);
        if (status == OK)
            status = check_clear(layout, &frame->box, frame->line, frame->name, error);
        if (status == OK)
            status = check_folds(layout, frame, error);
    }
    return status;
}

/* A box drawn around a clear place leaves it clear; a line through it does not. */
static enum status check_stroke(const struct layout *layout, const struct stroke *stroke,
                                struct error *error)
{
    struct rect page = {0, 0, layout->width, layout->height};
    struct text name = stroke->box.w != 0 && stroke->box.h != 0 ? TEXT("boxes") : TEXT("lines");
    if (!within(&stroke->box, &page))
        return refuse(layout, MSG_FRAME_OFF_PAGE, stroke->line, name, error);
    for (uint32_t i = 0; i < layout->clear_count; i++) {
        const struct rect *clear = &layout->clears[i].box;
        if (!apart(&stroke->box, clear) && !within(clear, &stroke->box))
            return refuse_two(layout, MSG_FRAME_NOT_CLEAR, stroke->line, name,
                              layout->clears[i].name, error);
    }
    return OK;
}

static enum status check_marks(const struct layout *layout, struct error *error)
{
    struct rect page = {0, 0, layout->width, layout->height};
    enum status status = OK;
    for (uint32_t i = 0; i < layout->mark_count && status == OK; i++) {
        const struct mark *mark = &layout->marks[i];
        if (!within(&mark->box, &page))
            return refuse(layout, MSG_FRAME_OFF_PAGE, mark->line, TEXT("marks"), error);
        status = check_clear(layout, &mark->box, mark->line, TEXT("marks"), error);
    }
    return status;
}

static enum status check_cut_places(const struct layout *layout, struct error *error)
{
    struct rect page = {0, 0, layout->width, layout->height};
    for (uint32_t i = 0; i < layout->cut_count; i++) {
        const struct cut *cut = &layout->cuts[i];
        if (!within(&cut->box, &page))
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
        if (!within(&place->box, &page))
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
    if (status == OK)
        status = check_marks(layout, error);
    return status;
}
