#include "compose/binding.h"

enum status words_trouble(const struct binding *binding, const struct bound_frame *bound,
                          enum status status, const struct error *trouble)
{
    if (status == REJECT && trouble->message == MSG_TEXT_TOO_LONG)
        return refuse_frame(binding, MSG_FORM_TOO_LONG, bound->frame);
    if (status == REJECT && bound->frame->kind != FRAME_TEXT)
        return refuse_frame(binding, MSG_FORM_SYMBOL, bound->frame);
    if (status == REJECT)
        return refuse_part(binding, MSG_FORM_NO_GLYPH, bound->part);
    if (status == STOP && binding->error)
        *binding->error = *trouble;
    return status;
}

/* -- words around the fields of a letter -- */

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

enum status try_part(const struct binding *binding, const struct bound_frame *bound)
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

/* -- words that a letter repeats -- */

enum status try_fixed(const struct binding *binding, const struct bound_frame *bound)
{
    _Static_assert(LIMIT_PAGES < 89, "no number of sheets is wider than 88");
    struct item items[LIMIT_LINES];
    struct item_list list = {items, 0};
    struct setter setter = *binding->setter;
    struct text fields[FIELD_LIMIT], text;
    struct error trouble = {0};
    memcpy(fields, binding->form->job_fields, sizeof fields);
    fields[FIELD_SHEET] = fields[FIELD_SHEETS] =
        binding->form->wording->list ? TEXT("88888") : TEXT("88");
    setter.list = &list;
    setter.fits = NULL;
    if (!wording_fill(bound->part, fields, setter.arena, &text))
        return error_set(binding->error, MSG_NO_MEMORY);
    if (text.length == 0)
        return OK;
    enum status status = set_frame_text(&setter, bound, text, &trouble);
    return words_trouble(binding, bound, status, &trouble);
}
