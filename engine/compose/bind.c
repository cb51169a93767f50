/* Joining a template and a layout: what is the same on all letters is set here, once. */
#include "compose/compose.h"

#include "compose/outline.h"
#include "compose/setting.h"

struct binding {
    struct form *form;
    const struct image_set *images;
    const struct setter *setter;
    struct error *error;
};

static enum status refuse_frame(const struct binding *binding, enum message message,
                                const struct frame *frame)
{
    return error_at(binding->error, message, binding->form->layout->path, frame->line, frame->name);
}

static enum status refuse_part(const struct binding *binding, enum message message,
                               const struct part *part)
{
    return error_at(binding->error, message, binding->form->wording->path, part->line, part->name);
}

/* -- every part is shown -- */

static bool is_shown(const struct layout *layout, struct text part)
{
    for (uint32_t i = 0; i < layout->frame_count; i++)
        if (text_equal(layout->frames[i].part, part))
            return true;
    for (uint32_t i = 0; i < layout->omit_count; i++)
        if (text_equal(layout->omits[i], part))
            return true;
    return false;
}

static enum status check_shown(const struct binding *binding)
{
    const struct form *form = binding->form;
    for (uint32_t i = 0; i < form->wording->part_count; i++)
        if (!is_shown(form->layout, form->wording->parts[i].name))
            return refuse_part(binding, MSG_FORM_PART_UNSHOWN, &form->wording->parts[i]);
    for (uint32_t i = 0; i < form->layout->omit_count; i++)
        if (!wording_part(form->wording, form->layout->omits[i]))
            return error_at(binding->error, MSG_FORM_NO_PART, form->layout->path, 0,
                            form->layout->omits[i]);
    if (form->wording->fields.used[FIELD_CUT_SIDE] && !form->layout->has_cut_side)
        return error_at(binding->error, MSG_FORM_CUT_SIDE, form->layout->path, 0, TEXT("cut_side"));
    return OK;
}

/* -- frames to parts -- */

static struct measure frame_measure(const struct frame *frame)
{
    return (struct measure){.width = frame->box.w,
                            .size = frame->size,
                            .min_size = frame->min_size,
                            .condense = frame->condense,
                            .lines = frame->small != 0 ? 1 : frame->lines,
                            .tracking = frame->tracking,
                            .justify = frame->align == ALIGN_JUSTIFY};
}

static enum status bind_frame(const struct binding *binding, const struct frame *frame,
                              struct bound_frame *out)
{
    *out = (struct bound_frame){.frame = frame};
    out->part = wording_part(binding->form->wording, frame->part);
    if (!out->part)
        return refuse_frame(binding, MSG_FORM_NO_PART, frame);
    if (frame->kind != FRAME_TEXT)
        return OK;
    out->role = fonts_role(binding->setter->fonts, frame->font);
    if (out->role < 0)
        return refuse_frame(binding, MSG_FORM_FONT, frame);
    out->measure = out->broken = frame_measure(frame);
    out->broken.size = frame->small;
    out->broken.lines = frame->lines;
    if (out->broken.min_size > frame->small)
        out->broken.min_size = frame->small;
    return OK;
}

/* -- the same on all letters -- */

static enum status words_trouble(const struct binding *binding, const struct bound_frame *bound,
                                 enum status status, const struct error *trouble)
{
    if (status == REJECT && trouble->message == MSG_TEXT_TOO_LONG)
        return refuse_frame(binding, MSG_FORM_TOO_LONG, bound->frame);
    if (status == REJECT && bound->frame->kind == FRAME_QR)
        return refuse_frame(binding, MSG_FORM_SYMBOL, bound->frame);
    if (status == REJECT)
        return refuse_part(binding, MSG_FORM_NO_GLYPH, bound->part);
    if (status == STOP && binding->error)
        *binding->error = *trouble;
    return status;
}

static enum status set_fixed(const struct binding *binding, const struct bound_frame *bound)
{
    struct text text;
    struct error trouble = {0};
    const struct setter *setter = binding->setter;
    if (!wording_fill(bound->part, binding->form->job_fields, setter->arena, &text))
        return error_set(binding->error, MSG_NO_MEMORY);
    if (text.length == 0)
        return OK;
    enum status status = bound->frame->kind == FRAME_QR
                             ? set_symbol_frame(setter, bound->frame, text, &trouble)
                             : set_text_frame(setter, bound, text, &trouble);
    return words_trouble(binding, bound, status, &trouble);
}

static enum status set_image(const struct binding *binding, const struct frame *frame)
{
    const struct image *image = image_find(binding->images, frame->image);
    if (!image)
        return OK;
    uint32_t number = (uint32_t)(image - binding->images->images) + 1;
    return set_image_frame(binding->setter, frame, image, number, binding->error);
}

static enum status set_mark(const struct binding *binding, const struct mark *mark)
{
    struct outline outline;
    const struct matrix matrix = matrix_identity();
    outline_begin(&outline, binding->setter->arena, &matrix);
    outline_path(&outline, mark->path.bytes, mark->path.length);
    if (outline.fault == OUTLINE_MEMORY)
        return error_set(binding->error, MSG_NO_MEMORY);
    if (outline.fault != OUTLINE_FINE || outline.step_count == 0 ||
        !outline_inside(&outline, mark->view_w, mark->view_h))
        return error_at(binding->error, MSG_FORM_MARK, binding->form->layout->path, mark->line,
                        TEXT("marks"));
    const struct image_path path = {outline.steps, outline.step_count, outline.points,
                                    outline.point_count, mark->even_odd};
    return set_outline(binding->setter, &path, mark->view_w, mark->view_h, &mark->box,
                       binding->error);
}

/* -- words around the fields of a letter: their glyphs are tried once, here -- */

static enum status try_line(const struct binding *binding, const struct bound_frame *bound,
                            struct text line)
{
    struct shaped shaped;
    struct error trouble = {0};
    if (line.length == 0)
        return OK;
    enum status status = typeset_shape(binding->setter->fonts, bound->role, line,
                                       binding->setter->arena, &shaped, &trouble);
    return words_trouble(binding, bound, status, &trouble);
}

static enum status try_words(const struct binding *binding, const struct bound_frame *bound,
                             struct text words)
{
    enum status status = OK;
    while (words.length > 0 && status == OK) {
        const char *end = memchr(words.bytes, '\n', words.length);
        uint32_t length = end ? (uint32_t)(end - words.bytes) : words.length;
        status = try_line(binding, bound, (struct text){words.bytes, length});
        uint32_t passed = length + (end != NULL);
        words = (struct text){words.bytes + passed, words.length - passed};
    }
    return status;
}

static enum status try_part(const struct binding *binding, const struct bound_frame *bound)
{
    enum status status = OK;
    if (bound->frame->kind != FRAME_TEXT)
        return OK;
    for (uint32_t i = 0; i < bound->part->segment_count && status == OK; i++) {
        const struct segment *segment = &bound->part->segments[i];
        if (segment->field < 0)
            status = try_words(binding, bound, segment->literal);
        else if (field_is_fixed(segment->field))
            status = try_words(binding, bound, binding->form->job_fields[segment->field]);
    }
    return status;
}

/* -- all of it -- */

static enum status take_frame(const struct binding *binding, const struct frame *frame)
{
    struct form *form = binding->form;
    struct bound_frame bound;
    if (frame->kind == FRAME_IMAGE)
        return set_image(binding, frame);
    enum status status = bind_frame(binding, frame, &bound);
    if (status != OK)
        return status;
    if (bound.part->fixed)
        return set_fixed(binding, &bound);
    form->frames[form->frame_count++] = bound;
    form->item_limit += frame->kind == FRAME_TEXT ? frame->lines : 1;
    return try_part(binding, &bound);
}

/* Items that the layer can have at most. */
static uint32_t layer_limit(const struct layout *layout, const struct image_set *images)
{
    uint32_t limit = layout->stroke_count + layout->mark_count;
    for (uint32_t i = 0; i < layout->frame_count; i++) {
        const struct frame *frame = &layout->frames[i];
        const struct image *image =
            frame->kind == FRAME_IMAGE ? image_find(images, frame->image) : NULL;
        limit += frame->kind == FRAME_TEXT ? frame->lines
                 : image && image->vector  ? image->path_count
                                           : 1;
    }
    return limit;
}

static bool take_memory(struct form *form, const struct image_set *images, struct arena *arena)
{
    const struct layout *layout = form->layout;
    form->layer.list.items =
        arena_array(arena, layer_limit(layout, images), sizeof *form->layer.list.items);
    form->frames = arena_array(arena, layout->frame_count, sizeof *form->frames);
    form->layer_fits = arena_take(arena, sizeof *form->layer_fits);
    return form->layer.list.items && form->frames && form->layer_fits;
}

static enum status fill_layer(const struct binding *binding)
{
    const struct layout *layout = binding->form->layout;
    enum status status = OK;
    for (uint32_t i = 0; i < layout->stroke_count; i++)
        set_stroke(binding->setter, &layout->strokes[i]);
    for (uint32_t i = 0; i < layout->mark_count && status == OK; i++)
        status = set_mark(binding, &layout->marks[i]);
    for (uint32_t i = 0; i < layout->frame_count && status == OK; i++)
        status = take_frame(binding, &layout->frames[i]);
    return status;
}

enum status form_bind(const struct job *job, const struct wording *wording,
                      const struct layout *layout, const struct image_set *images,
                      const struct text job_fields[FIELD_LIMIT], uint32_t index,
                      struct fonts *fonts, struct digester *digester, struct arena *arena,
                      struct form *out, struct error *error)
{
    *out = (struct form){.job = job, .wording = wording, .layout = layout};
    out->best_mask = job->output.qr_mask == QR_MASK_AUTO;
    out->layer.index = index;
    memcpy(out->job_fields, job_fields, sizeof out->job_fields);
    wording_job_fields(wording, layout->cut_side, out->job_fields);
    if (!take_memory(out, images, arena))
        return error_set(error, MSG_NO_MEMORY);
    const struct setter setter = {.fonts = fonts,
                                  .arena = arena,
                                  .list = &out->layer.list,
                                  .fits = out->layer_fits,
                                  .best_mask = out->best_mask};
    const struct binding binding = {out, images, &setter, error};
    enum status status = check_shown(&binding);
    if (status == OK)
        status = fill_layer(&binding);
    return status == OK ? layer_digest(digester, fonts, &out->layer.list, &out->layer.digest, error)
                        : status;
}
