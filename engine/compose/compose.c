#include "compose/compose.h"

#include "compose/setting.h"

/* -- naming the column of a hold -- */

/* Bytes that a segment puts into its part; blanks before an empty field go with it (wording.h). */
static uint32_t segment_length(const struct part *part, uint32_t index, const struct letter *letter)
{
    const struct segment *segment = &part->segments[index];
    if (segment->field >= 0)
        return letter->field[segment->field].length;
    bool lone = segment->blanks > 0 && letter->field[segment[1].field].length == 0;
    return segment->literal.length - (lone ? segment->blanks : 0);
}

/* The record field in which byte *offset (from 1) of the part lies, and the offset within it; -1:
 * none. */
static int field_at(const struct part *part, const struct letter *letter, uint32_t *offset)
{
    uint32_t passed = 0;
    for (uint32_t i = 0; *offset != 0 && i < part->segment_count; i++) {
        uint32_t length = segment_length(part, i, letter);
        int field = part->segments[i].field;
        if (*offset <= passed + length) {
            if (field < 0 || field_is_fixed(field))
                return -1;
            *offset -= passed;
            return field;
        }
        passed += length;
    }
    return -1;
}

static void name_column(const struct form *form, const struct letter *letter,
                        const struct part *part, struct error *error)
{
    if (!error)
        return;
    error->row = letter->row;
    int field = field_at(part, letter, &error->offset);
    if (field < 0) {
        field = part->lead_field;
        error->offset = 0;
    }
    struct text column = field >= 0 ? slot_name(form->job, field_slot(field)) : part->name;
    error_put_name(error, column.length > 0 ? column : part->name);
}

/* -- the letter -- */

static enum status set_frame(const struct form *form, const struct letter *letter,
                             const struct setter *setter, const struct bound_frame *bound,
                             struct error *error)
{
    struct text text;
    if (!wording_fill(bound->part, letter->field, setter->arena, &text))
        return error_set(error, MSG_NO_MEMORY);
    if (text.length == 0)
        return OK;
    enum status status = bound->frame->kind == FRAME_QR
                             ? set_symbol_frame(setter, bound->frame, text, error)
                             : set_text_frame(setter, bound, text, error);
    if (status == REJECT)
        name_column(form, letter, bound->part, error);
    return status;
}

static struct page *new_page(const struct form *form, struct arena *arena)
{
    struct page *page = arena_take(arena, sizeof *page);
    if (!page)
        return NULL;
    page->width = form->layout->width;
    page->height = form->layout->height;
    page->layer = &form->layer;
    page->list.items = arena_array(arena, form->item_limit, sizeof *page->list.items);
    return page->list.items ? page : NULL;
}

enum status compose_letter(const struct form *form, const struct letter *letter,
                           enum compose_mode mode, struct fonts *fonts, struct arena *arena,
                           struct page_list *out, struct fit_list *fits, struct error *error)
{
    *out = (struct page_list){0};
    struct page *page = new_page(form, arena);
    if (!page)
        return error_set(error, MSG_NO_MEMORY);
    const struct setter setter = {.fonts = fonts,
                                  .arena = arena,
                                  .list = &page->list,
                                  .fits = fits,
                                  .best_mask = form->best_mask,
                                  .prove = mode == COMPOSE_PROVE};
    if (fits)
        *fits = *form->layer_fits;
    for (uint32_t i = 0; i < form->frame_count; i++) {
        enum status status = set_frame(form, letter, &setter, &form->frames[i], error);
        if (status != OK)
            return status;
    }
    *out = (struct page_list){page, 1};
    return OK;
}
