#include "guard/guard.h"

#include "base/utf8.h"
#include "guard/my_number.h"

/* -- binding the rules to the header -- */

/* The column by a name of ours or of the job, else by its number; never by the file's own header. */
static void name_column(const struct guard *guard, uint32_t column, struct error *error)
{
    int slot = column < guard->header->count ? guard->header->slot[column] : -1;

    if (!error)
        return;
    if (slot < 0)
        error->column_number = column + 1;
    else
        error_put_name(error, slot_name(guard->job, slot));
}

static enum status refuse_place(const struct guard *guard, enum message message, uint64_t row,
                                uint32_t column, struct error *error)
{
    enum status status = error_set(error, message);

    if (error)
        error->row = row;
    name_column(guard, column, error);
    return status;
}

static enum status check_header(struct guard *guard, struct error *error)
{
    for (uint32_t i = 0; i < guard->header->count; i++) {
        if (my_number_in(guard->header->name[i])) {
            enum status status = error_set(error, MSG_MY_NUMBER_HEADER);
            if (error) {
                error->row = 1;
                error->column_number = i + 1;
            }
            return status;
        }
        guard->number_column[i] =
            guard->header->slot[i] == COLUMN_LAST4 || header_says_my_number(guard->header->name[i]);
    }
    return OK;
}

/* Slot that a name of guard.exempt means, or -1: not one that may be exempted. */
static int exempt_slot(const struct job *job, struct text name)
{
    int slot = column_find(utf8_trim(name));

    if (slot == COLUMN_REF_NO || slot == COLUMN_TRACKING || slot == COLUMN_EMPLOYER_NO)
        return slot;
    for (uint32_t i = 0; slot < 0 && i < job->input.extra_count && i < LIMIT_EXTRA; i++)
        if (utf8_equal_folded(utf8_trim(job->input.extra[i]), utf8_trim(name)))
            return COLUMN_COUNT + (int)i;
    return -1;
}

static enum status bind_exempt(struct guard *guard, struct error *error)
{
    for (uint32_t i = 0; i < guard->job->guard.exempt_count; i++) {
        struct text name = guard->job->guard.exempt[i];
        int slot = exempt_slot(guard->job, name);
        int column = slot < 0 ? -1 : guard->header->index[slot];
        if (slot < 0 || (column >= 0 && guard->number_column[column]) ||
            header_says_my_number(name))
            return error_at(error, MSG_EXEMPT_REFUSED, guard->job->path, 0, name);
        if (column >= 0)
            guard->exempt[column] = true;
    }
    return OK;
}

enum status guard_open(const struct job *job, const struct header *header, const char *file_name,
                       struct guard *out, struct error *error)
{
    *out = (struct guard){.job = job, .header = header};
    if (file_name && my_number_in(text_of(file_name)))
        return error_set(error, MSG_MY_NUMBER_FILE_NAME);
    if (check_header(out, error) != OK || bind_exempt(out, error) != OK)
        return STOP;
    /* extract has left out everybody protected, the column with them; the seals of the rows prove it */
    if (header->index[COLUMN_NONDISCLOSURE] < 0 && job->role != ROLE_VENDOR)
        return error_name(error, MSG_FLAG_COLUMN_MISSING,
                          text_of(column_name(COLUMN_NONDISCLOSURE)));
    if (header->index[COLUMN_REF_NO] < 0)
        return error_name(error, MSG_ID_COLUMN_MISSING, text_of(column_name(COLUMN_REF_NO)));
    return OK;
}

/* -- the My Number rule, record by record -- */

/* A number column may hold more between the digits than one separator: its header has said enough. */
static enum status look_into(struct guard *guard, const struct record *record, uint32_t column,
                             struct error *error)
{
    bool number_column = guard->number_column[column];
    struct number_runs found =
        number_runs_in(record->field[column], number_column ? UINT32_MAX : 1);

    if (found.runs == 0)
        return OK;
    if (number_column)
        return refuse_place(guard, MSG_MY_NUMBER_COLUMN, record->row, column, error);
    if (guard->exempt[column]) {
        guard->exempt_values[column] += found.runs;
        guard->exempt_hits[column] += found.hits;
        return OK;
    }
    return found.hits ? refuse_place(guard, MSG_MY_NUMBER, record->row, column, error) : OK;
}

enum status guard_record(struct guard *guard, const struct record *record, struct error *error)
{
    for (uint32_t i = 0; i < record->count; i++)
        if (record->field[i].length >= MY_NUMBER_DIGITS && look_into(guard, record, i, error) != OK)
            return STOP;
    return OK;
}

enum status guard_text(struct text text, uint64_t row, struct error *error)
{
    if (!my_number_in(text))
        return OK;
    enum status status = error_set(error, MSG_MY_NUMBER);
    if (error)
        error->row = row;
    return status;
}

/* Of numbers that are no My Numbers 1 in 10 passes the check digit if the last digit is evenly spread, and
 * 2 in 11 if it is always 0 (the check digit 0 stands for two remainders). "Far more than 1 in 11" is therefore
 * more than 2 in 11 by four standard deviations: hits > 2n/11 + 4 sqrt(n * 2/11 * 9/11), which is
 * d > 4 sqrt(18 n) with d = 11 hits - 2n. Twenty values are needed to say anything. */
#define EXEMPT_SAMPLE 20

static bool is_suspect(uint64_t values, uint64_t hits)
{
    if (values < EXEMPT_SAMPLE || 11 * hits <= 2 * values)
        return false;
    uint64_t excess = 11 * hits - 2 * values;
    return excess > 16 * 18 * values / excess; /* excess squared > 288 n, without overflow */
}

enum status guard_close(const struct guard *guard, struct error *error)
{
    for (uint32_t i = 0; i < guard->header->count; i++) {
        if (!is_suspect(guard->exempt_values[i], guard->exempt_hits[i]))
            continue;
        enum status status = refuse_place(guard, MSG_EXEMPT_SUSPECT, 0, i, error);
        if (error) {
            error->have = (int64_t)guard->exempt_hits[i];
            error->want = (int64_t)guard->exempt_values[i];
        }
        return status;
    }
    return OK;
}
