#include "compose/pen.h"

static enum status refuse_control(const struct binding *binding, enum message message)
{
    const struct layout *layout = binding->form->layout;
    return error_at(binding->error, message, layout->path, layout->control.line,
                    TEXT("control.text"));
}

/* One glyph a character, so that a number is set by copying them. */
static enum status shape_digits(const struct binding *binding, struct pen *pen)
{
    const struct setter *setter = binding->setter;
    struct shaped shaped;
    struct error trouble;
    int role = fonts_role(setter->fonts, TEXT("gothic"));
    if (role < 0)
        return error_name(binding->error, MSG_FORM_FONT, TEXT("gothic"));
    enum status status =
        typeset_shape(setter->fonts, role, TEXT(PEN_CHARACTERS), setter->arena, &shaped, &trouble);
    if (status == STOP)
        return error_set(binding->error, trouble.message);
    if (status != OK || shaped.count != PEN_GLYPHS)
        return refuse_control(binding, MSG_FORM_NO_GLYPH);
    memcpy(pen->glyphs, shaped.glyphs, sizeof pen->glyphs);
    return OK;
}

/* The longest text: digits are as wide as each other in the faces pinned, but nothing here counts on it. */
static enum status try_text(const struct binding *binding, const struct pen *pen)
{
    const struct control *control = &binding->form->layout->control;
    struct glyph widest = pen->glyphs[0], longest[PEN_TEXT_MOST];
    for (int i = 1; i < PEN_GLYPHS; i++)
        if (pen->glyphs[i].advance > widest.advance)
            widest = pen->glyphs[i];
    for (int i = 0; i < PEN_TEXT_MOST; i++)
        longest[i] = widest;
    emu width = typeset_width(longest, PEN_TEXT_MOST, control->text_size, 1000, 0);
    return width <= control->text_box.w ? OK : refuse_control(binding, MSG_FORM_TOO_LONG);
}

static enum status open_marks(const struct binding *binding, struct pen *pen)
{
    const struct form *form = binding->form;
    const struct control *control = &form->layout->control;
    bool inserter = form->job->output.marks == MARKS_INSERTER;
    if (form->job->output.marks == MARKS_NONE)
        return OK;
    pen->text = control->text;
    pen->code = inserter && control->code;
    pen->omr = inserter && control->dash_count > 0;
    pen->item_limit += pen->text + pen->code + pen->omr;
    enum status status = layout_check_control(form->layout, inserter, binding->error);
    if (status == OK && pen->text)
        status = shape_digits(binding, pen);
    if (status == OK && pen->text)
        status = try_text(binding, pen);
    if (pen->code)
        sheet_code_plan(&pen->plan);
    return status;
}

enum status pen_open(const struct binding *binding)
{
    struct form *form = binding->form;
    struct arena *arena = binding->setter->arena;
    struct pen *pen = form->pen = arena_take(arena, sizeof *pen);
    if (!pen)
        return error_set(binding->error, MSG_NO_MEMORY);
    pen->frames = arena_array(arena, form->layout->frame_count, sizeof *pen->frames);
    if (!pen->frames)
        return error_set(binding->error, MSG_NO_MEMORY);
    return form->wording->list ? OK : open_marks(binding, pen); /* lists are no letters */
}

/* -- frames of the run -- */

bool names_run(const struct part *part)
{
    for (uint32_t i = 0; i < part->segment_count; i++)
        if (field_is_run(part->segments[i].field))
            return true;
    return false;
}

/* The widest that the run puts in; held to when the numbers are given. */
static enum status try_widest(const struct binding *binding, const struct bound_frame *bound)
{
    struct item items[LIMIT_LINES];
    struct item_list list = {items, 0};
    struct setter setter = *binding->setter;
    struct text fields[FIELD_LIMIT], text;
    struct error trouble = {0};
    memcpy(fields, binding->form->job_fields, sizeof fields);
    fields[FIELD_TRACKING] = TEXT("888-88-88888-8");
    fields[FIELD_PIECE] = TEXT("888888888");
    fields[FIELD_PIECE_SHEETS] = TEXT("88");
    setter.list = &list;
    setter.fits = NULL;
    if (!wording_fill(bound->part, fields, setter.arena, &text))
        return error_set(binding->error, MSG_NO_MEMORY);
    enum status status = set_frame_text(&setter, bound, text, &trouble);
    return words_trouble(binding, bound, status, &trouble);
}

enum status pen_take_frame(const struct binding *binding, const struct bound_frame *bound)
{
    const struct part *part = bound->part;
    struct pen *pen = binding->form->pen;
    for (uint32_t i = 0; i < part->segment_count; i++) {
        int field = part->segments[i].field;
        if (field >= 0 && !field_is_fixed(field) && !field_is_run(field))
            return refuse_part(binding, MSG_FORM_RUN_MIXED, part);
    }
    pen->frames[pen->frame_count++] = *bound;
    pen->item_limit += bound->frame->kind == FRAME_TEXT ? bound->frame->lines : 1;
    return try_widest(binding, bound);
}
