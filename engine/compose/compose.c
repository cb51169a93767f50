#include "compose/compose.h"

#include "compose/adjust.h"
#include "compose/composing.h"

/* -- naming the column of a hold -- */

/* Bytes that a segment puts into its part; blanks before an empty field go with it (wording.h). */
static uint32_t segment_length(const struct part *part, uint32_t index, const struct letter *letter)
{
    const struct segment *segment = &part->segments[index];
    if (segment->silent)
        return 0;
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
        error->code_point = error->selector = 0; /* the template's or the job's, not the column's */
    }
    struct text column = field >= 0 ? slot_name(form->job, field_slot(field)) : part->name;
    error_put_name(error, column.length > 0 ? column : part->name);
}

/* -- a sheet -- */

/* letter: whose fields the frame shows; a member's for a row. */
static enum status set_frame(const struct composing *composing, const struct letter *letter,
                             const struct bound_frame *bound)
{
    struct text text;
    const struct setter *setter = &composing->setter;
    if (!wording_fill(bound->part, letter->field, setter->arena, &text))
        return error_set(composing->error, MSG_NO_MEMORY);
    if (text.length == 0)
        return OK;
    enum status status = set_frame_text(setter, bound, text, composing->error);
    if (status == REJECT)
        name_column(composing->form, letter, bound->part, composing->error);
    return status;
}

static bool any_match(const struct bound_frame *frames, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (frames[i].frame->match.length > 0)
            return true;
    return false;
}

static enum status set_frames(const struct composing *composing, const struct letter *letter,
                              const struct bound_frame *frames, uint32_t count)
{
    const struct setter *setter = &composing->setter;
    enum status status = OK;
    uint32_t *firsts = NULL;
    if (any_match(frames, count)) {
        firsts = arena_array(setter->arena, (size_t)count + 1, sizeof *firsts);
        if (!firsts)
            return error_set(composing->error, MSG_NO_MEMORY);
        firsts[0] = setter->list->count;
    }
    for (uint32_t i = 0; i < count && status == OK; i++) {
        status = set_frame(composing, letter, &frames[i]);
        if (firsts)
            firsts[i + 1] = setter->list->count;
    }
    if (status == OK && firsts)
        match_scales(setter, frames, count, firsts);
    return status;
}

/* rows: of the table on this sheet. */
static bool open_page(const struct composing *composing, uint32_t rows, struct page *page)
{
    const struct form *form = composing->form;
    size_t limit = form->item_limit + (form->layout->voice != NULL) +
                   (form->table ? (size_t)rows * form->table->row_items : 0);
    page->width = form->layout->width;
    page->height = form->layout->height;
    page->layer = &form->layer;
    page->list.items = arena_array(composing->setter.arena, limit, sizeof *page->list.items);
    return page->list.items != NULL;
}

static enum status set_person(struct composing *composing, const struct letter *letter,
                              struct page *page)
{
    if (!open_page(composing, 0, page))
        return error_set(composing->error, MSG_NO_MEMORY);
    composing->setter.list = &page->list;
    return set_frames(composing, letter, composing->form->frames, composing->form->frame_count);
}

/* -- a household: one row a member -- */

static enum status set_row(struct composing *composing, const struct letter *member, uint32_t row)
{
    const struct bound_table *bound = composing->form->table;
    const struct table *table = bound->table;
    struct setter *setter = &composing->setter;
    emu width = table->box.w / table->columns;
    setter->across = (emu)(row / table->rows) * width;
    setter->down = table->box.y + (emu)(row % table->rows) * table->row;
    enum status status = set_frames(composing, member, bound->frames, bound->frame_count);
    if (status == OK && table->rule != 0)
        set_stroke(setter, &(struct stroke){.box = {table->box.x + setter->across,
                                                    setter->down + table->row, width, 0},
                                            .width = table->rule});
    setter->across = setter->down = 0;
    setter->fits = NULL; /* the first member stands for all */
    return status;
}

enum status set_sheet(struct composing *composing, const struct letter *head,
                      const struct letter *members, uint32_t count, struct page *page)
{
    if (!open_page(composing, count, page))
        return error_set(composing->error, MSG_NO_MEMORY);
    composing->setter.list = &page->list;
    enum status status =
        set_frames(composing, head, composing->form->frames, composing->form->frame_count);
    for (uint32_t i = 0; i < count && status == OK; i++)
        status = set_row(composing, &members[i], i);
    return status;
}

/* A number below 100. */
static struct text number_text(uint32_t number, char digits[2])
{
    uint32_t length = 0;
    if (number >= 10)
        digits[length++] = (char)('0' + number / 10);
    digits[length++] = (char)('0' + number % 10);
    return (struct text){digits, length};
}

/* What stands outside of the table: fields of the job, and the sheet's number where there are several. The numbers
 * stay in the arena, for the items borrow them. */
static enum status number_sheet(const struct composing *composing, uint32_t sheet, uint32_t sheets,
                                struct letter *head)
{
    _Static_assert(LIMIT_PAGES < 100, "a sheet's number has two digits");
    if (sheets == 1)
        return OK;
    char *digits = arena_take(composing->setter.arena, 4);
    if (!digits)
        return error_set(composing->error, MSG_NO_MEMORY);
    head->field[FIELD_SHEET] = number_text(sheet, digits);
    head->field[FIELD_SHEETS] = number_text(sheets, digits + 2);
    return OK;
}

static enum status set_household(struct composing *composing, const struct letter *letter,
                                 struct page_list *pages)
{
    const struct letter *members = letter->member_count ? letter->members : letter;
    uint32_t left = letter->member_count ? letter->member_count : 1;
    uint32_t rows = table_rows(composing->form->table->table);
    struct letter head = {.row = letter->row};
    memcpy(head.field, composing->form->job_fields, sizeof head.field);
    enum status status = OK;
    for (uint32_t i = 0; i < pages->count && status == OK; i++) {
        uint32_t count = left < rows ? left : rows;
        status = number_sheet(composing, i + 1, pages->count, &head);
        if (status == OK)
            status = set_sheet(composing, &head, members, count, &pages->pages[i]);
        members += count;
        left -= count;
    }
    return status;
}

/* -- the letter -- */

uint32_t form_sheets(const struct form *form, uint32_t members)
{
    if (!form->table || members == 0)
        return 1;
    uint32_t rows = table_rows(form->table->table);
    return members / rows + (members % rows != 0);
}

enum status compose_letter(const struct form *form, const struct letter *letter,
                           enum compose_mode mode, struct fonts *fonts, struct arena *arena,
                           struct page_list *out, struct fit_list *fits, struct error *error)
{
    *out = (struct page_list){0};
    struct page_list pages = {.count = form_sheets(form, letter->member_count)};
    if (pages.count > LIMIT_PAGES)
        return error_set(error, MSG_BUG); /* more than LIMIT_MEMBERS */
    pages.pages = arena_array(arena, pages.count, sizeof *pages.pages);
    if (!pages.pages)
        return error_set(error, MSG_NO_MEMORY);
    struct composing composing = {.form = form, .error = error};
    composing.setter = (struct setter){.fonts = fonts,
                                       .arena = arena,
                                       .fits = fits,
                                       .best_mask = form->best_mask,
                                       .prove = mode == COMPOSE_PROVE};
    if (fits)
        *fits = *form->layer_fits;
    enum status status = form->table ? set_household(&composing, letter, &pages)
                                     : set_person(&composing, letter, &pages.pages[0]);
    if (status == OK)
        *out = pages;
    return status;
}
