/* Joining a template and a layout: what is the same on all letters is set here, once. */
#include "compose/binding.h"

#include "compose/outline.h"
#include "compose/pen.h"
#include "page/sheet.h"

enum status refuse_frame(const struct binding *binding, enum message message,
                         const struct frame *frame)
{
    return error_at(binding->error, message, binding->form->layout->path, frame->line, frame->name);
}

enum status refuse_part(const struct binding *binding, enum message message,
                        const struct part *part)
{
    return error_at(binding->error, message, binding->form->wording->path, part->line, part->name);
}

/* -- every part is shown -- */

static bool is_among(const struct frame *frames, uint32_t count, struct text part)
{
    for (uint32_t i = 0; i < count; i++)
        if (text_equal(frames[i].part, part))
            return true;
    return false;
}

/* Frames that this job's condition leaves out count: the layout knows of the part. */
static bool is_shown(const struct layout *layout, struct text part)
{
    const struct table *table = layout->table;
    if (is_among(layout->frames, layout->frame_count, part) ||
        (table && is_among(table->frames, table->frame_count, part)))
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
    return OK;
}

static enum status check_cut_side(const struct binding *binding)
{
    const struct form *form = binding->form;
    if (form->fields.used[FIELD_CUT_SIDE] && !form->layout->has_cut_side)
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
                            .justify = frame->align == ALIGN_JUSTIFY,
                            .close_up = frame->close_up,
                            .quarter = frame->quarter};
}

/* A field is optional where every mention on the form lets it be empty. */
static void note_fields(struct field_set *fields, const struct part *part)
{
    for (uint32_t i = 0; i < part->segment_count; i++) {
        const struct segment *segment = &part->segments[i];
        if (segment->field < 0)
            continue;
        bool known = fields->used[segment->field];
        fields->optional[segment->field] =
            segment->optional && (!known || fields->optional[segment->field]);
        fields->used[segment->field] = true;
    }
}

/* A list is no letter: a record's field would stay empty unsaid. */
static bool names_letter(const struct part *part)
{
    for (uint32_t i = 0; i < part->segment_count; i++) {
        int field = part->segments[i].field;
        if (field >= 0 && field < FIELD_COUNT && !field_is_fixed(field))
            return true;
    }
    return false;
}

enum status bind_frame(const struct binding *binding, const struct frame *frame,
                       struct bound_frame *out)
{
    *out = (struct bound_frame){.frame = frame};
    out->part = wording_part(binding->form->wording, frame->part);
    if (!out->part)
        return refuse_frame(binding, MSG_FORM_NO_PART, frame);
    if (binding->form->wording->list && names_letter(out->part))
        return refuse_part(binding, MSG_FORM_LIST_FIELD, out->part);
    note_fields(&binding->form->fields, out->part);
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

static enum status set_fixed(const struct binding *binding, const struct bound_frame *bound)
{
    struct text text;
    struct error trouble = {0};
    const struct setter *setter = binding->setter;
    if (!wording_fill(bound->part, binding->form->job_fields, setter->arena, &text))
        return error_set(binding->error, MSG_NO_MEMORY);
    if (text.length == 0)
        return OK;
    enum status status = set_frame_text(setter, bound, text, &trouble);
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

/* -- all of it -- */

/* A frame that each letter, or each of its sheets, sets anew. */
static void keep_frame(struct form *form, const struct bound_frame *bound)
{
    form->frames[form->frame_count++] = *bound;
    form->item_limit += bound->frame->kind == FRAME_TEXT ? bound->frame->lines : 1;
}

static enum status take_frame(const struct binding *binding, const struct frame *frame)
{
    struct form *form = binding->form;
    struct bound_frame bound;
    if (frame->kind == FRAME_IMAGE)
        return set_image(binding, frame);
    enum status status = bind_frame(binding, frame, &bound);
    if (status == OK)
        status = check_outside(binding, &bound);
    if (status != OK)
        return status;
    if (names_run(bound.part))
        return pen_take_frame(binding, &bound);
    bool by_sheet = (form->wording->household || form->wording->list) && names_sheet(bound.part);
    if (bound.part->fixed && !by_sheet)
        return set_fixed(binding, &bound);
    keep_frame(form, &bound);
    return by_sheet ? try_fixed(binding, &bound) : try_part(binding, &bound);
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
    unsigned shown = binding->shown;
    enum status status = OK;
    for (uint32_t i = 0; i < layout->stroke_count; i++)
        if (condition_holds(layout->strokes[i].condition, shown))
            set_stroke(binding->setter, &layout->strokes[i]);
    for (uint32_t i = 0; i < layout->mark_count && status == OK; i++)
        if (condition_holds(layout->marks[i].condition, shown))
            status = set_mark(binding, &layout->marks[i]);
    for (uint32_t i = 0; i < layout->frame_count && status == OK; i++)
        if (condition_holds(layout->frames[i].condition, shown))
            status = take_frame(binding, &layout->frames[i]);
    return status;
}

static enum status bind_all(const struct binding *binding)
{
    enum status status = check_shown(binding);
    if (status == OK)
        status = pen_open(binding);
    if (status == OK)
        status = fill_layer(binding);
    if (status == OK)
        status = bind_table(binding);
    return status == OK ? check_cut_side(binding) : status;
}

unsigned form_shown(const struct job *job)
{
    return (job->notice.card.printed ? SHOWN_CARD : 0u) |
           (job->voice.kind != VOICE_NONE ? SHOWN_VOICE : 0u) |
           (job->envelope.postage != POSTAGE_NONE ? SHOWN_POSTAGE : 0u);
}

enum status form_bind(const struct job *job, const struct wording *wording,
                      const struct layout *layout, const struct image_set *images,
                      const struct text job_fields[FIELD_LIMIT], uint32_t index,
                      struct fonts *fonts, struct arena *arena, struct form *out,
                      struct error *error)
{
    *out = (struct form){.job = job, .wording = wording, .layout = layout};
    out->best_mask = job->output.qr_mask == QR_MASK_AUTO;
    out->fields.padded_dates = wording->fields.padded_dates;
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
    const struct binding binding = {out, images, &setter, form_shown(job), error};
    enum status status = bind_all(&binding);
    return status == OK
               ? layer_digest(fonts, &out->layer.list, layout->height, &out->layer.digest, error)
               : status;
}
