#include "compose/binding.h"

#include "compose/pen.h"

bool names_sheet(const struct part *part)
{
    for (uint32_t i = 0; i < part->segment_count; i++)
        if (part->segments[i].field == FIELD_SHEET || part->segments[i].field == FIELD_SHEETS)
            return true;
    return false;
}

enum status check_outside(const struct binding *binding, const struct bound_frame *bound)
{
    if (binding->form->wording->household && !bound->part->fixed && !names_run(bound->part))
        return refuse_frame(binding, MSG_FORM_OUTSIDE, bound->frame);
    return OK;
}

static enum status refuse_table(const struct binding *binding, enum message message)
{
    const struct layout *layout = binding->form->layout;
    const struct table *table = layout->table;
    return error_at(binding->error, message, layout->path, table ? table->line : 0,
                    table ? table->name : TEXT("tables"));
}

static enum status bind_row_frame(const struct binding *binding, struct bound_table *bound,
                                  const struct frame *frame)
{
    struct bound_frame *out = &bound->frames[bound->frame_count];
    if (!condition_holds(frame->condition, binding->shown))
        return OK;
    enum status status = bind_frame(binding, frame, out);
    if (status != OK)
        return status;
    if (names_sheet(out->part))
        return refuse_frame(binding, MSG_FORM_SHEET_IN_ROW, frame);
    if (names_run(out->part))
        return refuse_frame(binding, MSG_FORM_RUN_IN_ROW, frame);
    bound->frame_count++;
    bound->row_items += frame->lines;
    return out->part->fixed ? try_fixed(binding, out) : try_part(binding, out);
}

enum status bind_table(const struct binding *binding)
{
    struct form *form = binding->form;
    const struct table *table = form->layout->table;
    if (!form->wording->list && form->wording->household != (table != NULL))
        return refuse_table(binding, MSG_FORM_UNIT);
    if (!table)
        return OK;
    if (table_rows(table) * LIMIT_PAGES < LIMIT_MEMBERS)
        return refuse_table(binding, MSG_FORM_ROWS);
    struct arena *arena = binding->setter->arena;
    struct bound_table *bound = arena_take(arena, sizeof *bound);
    struct bound_frame *frames = arena_array(arena, table->frame_count, sizeof *frames);
    if (!bound || !frames)
        return error_set(binding->error, MSG_NO_MEMORY);
    *bound = (struct bound_table){.table = table, .frames = frames, .row_items = 1};
    form->table = bound;
    enum status status = OK;
    for (uint32_t i = 0; i < table->frame_count && status == OK; i++)
        status = bind_row_frame(binding, bound, &table->frames[i]);
    return status;
}
