#include "decision/decision.h"

#include "base/utf8.h"
#include "decision/facts.h"

/* A slip in the year would put everybody behind the start, where no result of the comparison counts. */
static enum status check_start(const struct decision_table *table, struct error *error)
{
    struct date start = table->job->notice.check_started;
    if (!start.year || !table->p1_last_day.year || date_compare(start, table->p1_last_day) > 0)
        return OK;
    return error_name(error, MSG_CHECK_STARTED_EARLY, TEXT("notice.check_started"));
}

enum status decision_open(const struct job *job, struct text source, const char *path,
                          struct arena *arena, const struct decision_table **out,
                          struct error *error)
{
    struct decision_table *table = arena_take(arena, sizeof *table);
    *out = NULL;
    if (!table)
        return error_set(error, MSG_NO_MEMORY);
    table->job = job;
    enum status status = OK;
    if (job->notice.form == FORM_OFFICIAL) {
        status = table_read(job, source, path, arena, table, error);
        if (status == OK)
            status = check_start(table, error);
        if (status == OK)
            status = table_play(path, table, error);
    }
    if (status == OK)
        *out = table;
    return status;
}

/* -- columns -- */

static enum status need(const struct header *header, unsigned slot, struct error *error)
{
    if (header->index[slot] >= 0)
        return OK;
    return error_name(error, MSG_DECISION_COLUMN, text_of(column_name(slot)));
}

static enum status need_match(const struct header *header, struct error *error)
{
    static const unsigned slots[] = {COLUMN_MATCH_NAME, COLUMN_MATCH_KANA,    COLUMN_MATCH_BIRTH,
                                     COLUMN_MATCH_SEX,  COLUMN_MATCH_ADDRESS, COLUMN_MULTIPLE};
    enum status status = OK;
    if (header->index[COLUMN_MATCH_OVERALL] >= 0)
        return OK;
    for (size_t i = 0; status == OK && i < sizeof slots / sizeof *slots; i++)
        status = need(header, slots[i], error);
    return status;
}

enum status decision_columns(const struct decision_table *table, const struct header *header,
                             struct error *error)
{
    enum status status = OK;
    if (table->job->notice.form == FORM_COLUMN)
        return need(header, COLUMN_FORM, error);
    for (unsigned i = 0; status == OK && i < RECORD_FACTS; i++)
        if (table->looks_at[i])
            status = i == FACT_MATCH ? need_match(header, error)
                                     : need(header, fact_slot((enum fact)i), error);
    return status;
}

/* -- one record -- */

/* The row of the first situation that is open. *sure: all others give the same. */
static uint8_t find_row(const struct decision_table *table, const struct facts *facts, bool *sure)
{
    uint8_t value[RECORD_FACTS];
    situation_first(facts->open, RECORD_FACTS, value);
    uint8_t row = table->fired[situation_index(value)];
    *sure = true;
    while (situation_next(facts->open, RECORD_FACTS, value))
        if (table->fired[situation_index(value)] != row)
            *sure = false;
    return row;
}

/* True when, all else being equal, this fact's value decides which row fires. */
static bool fact_decides(const struct decision_table *table, const struct facts *facts,
                         unsigned fact)
{
    uint8_t value[RECORD_FACTS], other[RECORD_FACTS], first[RECORD_FACTS];
    situation_first(facts->open, RECORD_FACTS, first);
    memcpy(value, first, sizeof value);
    do {
        memcpy(other, value, sizeof other);
        other[fact] = first[fact];
        if (table->fired[situation_index(value)] != table->fired[situation_index(other)])
            return true;
    } while (situation_next(facts->open, RECORD_FACTS, value));
    return false;
}

static enum status refuse_unsure(const struct decision_table *table, const struct facts *facts,
                                 const struct admitted *record, struct error *error)
{
    unsigned fact = 0;
    while (fact < RECORD_FACTS && !fact_decides(table, facts, fact))
        fact++;
    return facts_refuse_open((enum fact)fact, record, error);
}

static enum status decide_by_table(const struct decision_table *table,
                                   const struct admitted *record, struct decision *out,
                                   struct error *error)
{
    struct facts facts;
    bool sure;
    enum status status = facts_read(table, record, &facts, error);
    if (status != OK)
        return status;
    const struct table_row *row = &table->rows[find_row(table, &facts, &sure)];
    if (!sure)
        return refuse_unsure(table, &facts, record, error);
    *out = (struct decision){row->ending.outcome, row->ending.form, row->name, row->reason};
    return OK;
}

/* `1` .. `4`, `様式1` .. `様式4` in any width, else an own form's name as it stands. */
static struct text form_of_column(struct text value)
{
    static const char *const written[4][2] = {
        {"1", "様式1"}, {"2", "様式2"}, {"3", "様式3"}, {"4", "様式4"}};
    for (size_t i = 0; i < 4; i++)
        if (utf8_equal_folded(value, text_of(written[i][0])) ||
            utf8_equal_folded(value, text_of(written[i][1])))
            return text_of(written[i][0]);
    return value;
}

enum status decision_make(const struct decision_table *table, const struct admitted *record,
                          struct decision *out, struct error *error)
{
    const struct job *job = table->job;
    struct text column = record->value[COLUMN_FORM];
    switch (job->notice.form) {
    case FORM_NAMED:
        *out = (struct decision){OUTCOME_FORM, job->notice.form_name, TEXT("job"), MSG_NONE};
        return OK;
    case FORM_COLUMN:
        *out = (struct decision){OUTCOME_FORM, form_of_column(column), TEXT("column"), MSG_NONE};
        if (column.length)
            return OK;
        if (error_name(error, MSG_DECISION_EMPTY, text_of(column_name(COLUMN_FORM))) != OK && error)
            error->row = record->row;
        return REJECT;
    default:
        return decide_by_table(table, record, out, error);
    }
}

/* -- the forms of a run -- */

static bool in_list(const struct text list[], uint32_t count, struct text form)
{
    for (uint32_t i = 0; i < count; i++)
        if (text_equal(list[i], form))
            return true;
    return false;
}

uint32_t decision_forms(const struct decision_table *table, struct text out[], uint32_t limit)
{
    uint32_t count = 0;
    if (table->job->notice.form == FORM_NAMED && limit > 0)
        out[count++] = table->job->notice.form_name;
    if (table->job->notice.form != FORM_OFFICIAL)
        return count;
    for (unsigned i = 0; i < SITUATIONS && count < limit; i++) {
        const struct ending *ending = &table->rows[table->fired[i]].ending;
        if (ending->outcome == OUTCOME_FORM && !in_list(out, count, ending->form))
            out[count++] = ending->form;
    }
    return count;
}
