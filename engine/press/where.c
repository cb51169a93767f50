#include "press/where.h"

#include "base/memory.h"
#include "press/outbook_rows.h"

/* -- by 引受番号 -- */

static bool same_number(struct text have, const char *want)
{
    uint32_t at = 0;
    for (;; at++, want++) {
        while (at < have.length && have.bytes[at] == '-')
            at++;
        while (*want == '-')
            want++;
        if (at == have.length || !*want)
            return at == have.length && !*want;
        if (have.bytes[at] != *want)
            return false;
    }
}

static enum status choose_tracking(struct outbook *book, const char *tracking, struct error *error)
{
    struct outbook_line line;
    bool found = false;
    for (uint64_t i = 0; i < book->count; i++) {
        if (!outbook_read(book, &book->letters[i], &line))
            return error_set(error, MSG_BUG);
        if (line.tracking.length == 0 || !same_number(line.tracking, tracking))
            continue;
        book->letters[i].chosen = found = true;
    }
    return found ? OK : error_name(error, MSG_WHERE_TRACKING, TEXT("--tracking"));
}

/* -- all -- */

static enum status write_chosen(const struct outbook *book, const struct sink *data,
                                struct error *error)
{
    struct csv_row row;
    enum status status = outbook_row_head(data, error);
    for (uint64_t i = 0; status == OK && i < book->count; i++)
        if (book->letters[i].chosen)
            status = outbook_row_letter(book, &book->letters[i], &row, data, error);
    return status;
}

/* Somebody without a letter in this folder. */
static enum status write_person(const struct outbook_person *person, const struct sink *data,
                                struct error *error)
{
    static const char *const states[PLAN_OUTCOMES] = {"printed", "protected", "held", "follow-up"};
    struct csv_row row;
    csv_row_start(&row);
    csv_row_empty(&row);
    csv_row_text(&row, person->id);
    for (int i = 0; i < 8; i++)
        csv_row_empty(&row);
    csv_row_text(&row, text_of(states[person->outcome]));
    csv_row_end(&row);
    enum status status = outbook_row_head(data, error);
    return status == OK ? sink_write(data, row.bytes, row.size, error) : status;
}

static enum status tell_id(struct outbook *book, const char *id, const struct sink *data,
                           struct error *error)
{
    struct outbook_people people = {0};
    enum status status = outbook_want(&people, text_of(id), 0, error);
    if (status == OK)
        status = outbook_look_up(book, &people, error);
    if (status == OK && people.list[0].found == 0)
        status = error_name(error, MSG_AFTER_ID, TEXT("--id"));
    if (status == OK && people.list[0].sequence == 0) {
        status = write_person(&people.list[0], data, error);
    } else if (status == OK) {
        outbook_find(book, people.list[0].sequence)->chosen = true;
        status = write_chosen(book, data, error);
    }
    outbook_people_free(&people);
    return status;
}

static enum status tell(struct outbook *book, const struct where_order *order,
                        const struct sink *data, struct error *error)
{
    if (order->id)
        return tell_id(book, order->id, data, error);
    enum status status = order->seqs ? outbook_choose(book, order->seqs, error)
                                     : choose_tracking(book, order->tracking, error);
    return status == OK ? write_chosen(book, data, error) : status;
}

enum status press_where(const struct where_order *order, const struct sink *data,
                        const struct sink *words, struct error *error)
{
    struct outbook *book;
    int given = (order->id != NULL) + (order->tracking != NULL) + (order->seqs != NULL);
    if (given != 1)
        return error_set(error, MSG_WHERE_CHOICE);
    enum status status = outbook_open(order->out, false, &book, error);
    if (status != OK)
        return status;
    status = tell(book, order, data, error);
    if (status == OK)
        status = outbook_totals(book, words, error);
    outbook_close(book);
    return status;
}
