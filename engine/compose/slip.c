#include "compose/slip.h"

#include "compose/composing.h"

_Static_assert(SLIP_FIELDS <= LIMIT_EXTRA, "fields of slips stand in the place of extra columns");

bool slip_job(const struct job *job, struct arena *arena, struct job *out)
{
    static const char *const names[] = {
#define FIELD(name, template_name) template_name,
        SLIP_TABLE(FIELD, FIELD)
#undef FIELD
    };
    *out = *job;
    out->input.extra = arena_array(arena, SLIP_FIELDS, sizeof *out->input.extra);
    out->input.extra_count = SLIP_FIELDS;
    if (!out->input.extra)
        return false;
    for (uint32_t i = 0; i < SLIP_FIELDS; i++)
        out->input.extra[i] = text_of(names[i]);
    return true;
}

uint32_t slip_rows(const struct form *form)
{
    return form->table ? table_rows(form->table->table) : 0;
}

/* Numbers stay in the arena, for the items borrow them. */
static bool number_sheets(const struct slip *slip, struct arena *arena, struct letter *head)
{
    if (slip->sheets < 2)
        return true;
    char *digits = arena_take(arena, 2 * TEXT_NUMBER);
    if (!digits)
        return false;
    head->field[FIELD_SHEET] = text_number(slip->sheet, digits);
    head->field[FIELD_SHEETS] = text_number(slip->sheets, digits + TEXT_NUMBER);
    return true;
}

static struct letter *make_rows(const struct form *form, const struct slip *slip,
                                struct arena *arena)
{
    struct letter *rows = arena_array(arena, slip->row_count, sizeof *rows);
    for (uint32_t i = 0; rows && i < slip->row_count; i++) {
        memcpy(rows[i].field, form->job_fields, sizeof rows[i].field);
        memcpy(rows[i].field + FIELD_COUNT + SLIP_ROW_NO, slip->rows[i].field,
               sizeof slip->rows[i].field);
    }
    return rows;
}

enum status compose_slip(const struct form *form, const struct slip *slip, enum compose_mode mode,
                         struct fonts *fonts, struct arena *arena, struct page_list *out,
                         struct error *error)
{
    struct composing composing = {.form = form, .error = error};
    struct page *page = arena_take(arena, sizeof *page);
    struct letter *head = arena_take(arena, sizeof *head);
    struct letter *rows = make_rows(form, slip, arena);
    *out = (struct page_list){0};
    if (!form->wording->list || slip->row_count > slip_rows(form))
        return error_set(error, MSG_BUG);
    if (!page || !head || !rows)
        return error_set(error, MSG_NO_MEMORY);
    memcpy(head->field, form->job_fields, sizeof head->field);
    memcpy(head->field + FIELD_COUNT, slip->field, sizeof slip->field);
    if (!number_sheets(slip, arena, head))
        return error_set(error, MSG_NO_MEMORY);
    composing.setter = (struct setter){.fonts = fonts,
                                       .arena = arena,
                                       .best_mask = form->best_mask,
                                       .prove = mode == COMPOSE_PROVE};
    enum status status = set_sheet(&composing, head, rows, slip->row_count, page);
    if (status == OK)
        *out = (struct page_list){page, 1};
    return status;
}
