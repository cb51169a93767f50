#include "press/tables.h"

#include "base/utf8.h"

static enum status put(struct spool_table *table, const char *line, struct error *error)
{
    return spool_table_write(table, line, strlen(line), error);
}

enum status manifest_head(struct spool_table *manifest, struct error *error)
{
    return put(manifest, "seq,piece,lot,page,pages,id,form,route,tracking,digest,sheet\n", error);
}

enum status tables_head(struct spool_table *records, struct spool_table *holds,
                        struct spool_table *followup, struct spool_table *manifest,
                        struct error *error)
{
    enum status status = put(records, "row,id,outcome,seq,form,reason\n", error);
    if (status == OK)
        status = put(holds, "row,id,reason,column\n", error);
    if (status == OK)
        status = put(followup, "row,id,reason\n", error);
    return status == OK ? manifest_head(manifest, error) : status;
}

static enum status row_write(struct csv_row *row, struct spool_table *table, struct error *error)
{
    csv_row_end(row);
    if (row->overflow) /* every field has its bound, so a row has one too */
        return error_set(error, MSG_BUG);
    return spool_table_write(table, row->bytes, row->size, error);
}

/* `3104 column-count`: the number for programs, the token for people. */
static void put_reason(struct csv_row *row, uint16_t message)
{
    char reason[80], digits[TEXT_NUMBER];
    if (message == 0) {
        csv_row_empty(row);
        return;
    }
    struct text number = text_number(message, digits);
    memcpy(reason, number.bytes, number.length);
    size_t size = number.length;
    reason[size++] = ' ';
    for (const char *token = message_token(message); *token && size < sizeof reason; token++)
        reason[size++] = *token;
    csv_row_text(row, (struct text){reason, (uint32_t)size});
}

/* lot-000001.pdf */
static void put_lot(struct csv_row *row, uint32_t lot)
{
    char name[] = "lot-000000.pdf";
    for (size_t place = 9; place > 3 && lot; place--, lot /= 10)
        name[place] = (char)('0' + lot % 10);
    csv_row_text(row, text_of(name));
}

enum status manifest_write(struct csv_row *row, const struct manifest_line *line,
                           struct spool_table *table, struct error *error)
{
    char hex[65];
    digest_hex(line->digest, hex);
    csv_row_start(row);
    csv_row_number(row, line->sequence);
    csv_row_number(row, line->sequence);
    put_lot(row, line->lot);
    csv_row_number(row, line->page);
    csv_row_number(row, line->pages);
    csv_row_text(row, line->id);
    csv_row_text(row, line->form);
    csv_row_text(row, line->route);
    csv_row_empty(row);
    csv_row_text(row, (struct text){hex, 64});
    csv_row_text(row, (struct text){hex, 64});
    return row_write(row, table, error);
}

enum status record_write(struct csv_row *row, const struct record_line *line,
                         struct spool_table *table, struct error *error)
{
    static const char *const outcomes[PLAN_OUTCOMES] = {"printed", "protected", "held",
                                                        "follow-up"};
    csv_row_start(row);
    csv_row_number(row, line->row);
    csv_row_text(row, line->id);
    csv_row_text(row, text_of(outcomes[line->outcome]));
    if (line->sequence)
        csv_row_number(row, line->sequence);
    else
        csv_row_empty(row);
    csv_row_text(row, line->form);
    put_reason(row, line->message);
    return row_write(row, table, error);
}

enum status hold_write(struct csv_row *row, uint64_t number, struct text id, uint16_t message,
                       struct text column, struct spool_table *table, struct error *error)
{
    csv_row_start(row);
    csv_row_number(row, number);
    csv_row_text(row, id);
    put_reason(row, message);
    csv_row_text(row, column);
    return row_write(row, table, error);
}

enum status followup_write(struct csv_row *row, uint64_t number, struct text id, uint16_t message,
                           struct spool_table *table, struct error *error)
{
    csv_row_start(row);
    csv_row_number(row, number);
    csv_row_text(row, id);
    put_reason(row, message);
    return row_write(row, table, error);
}

enum status substitutions_head(struct spool_table *table, struct error *error)
{
    return put(table, "row,column,from,to\n", error);
}

/* U+845B U+E0100. Either text has at most eight characters. */
static void put_points(struct csv_row *row, struct text text)
{
    char words[16 * 10];
    uint32_t size = 0;
    const char *at = text.bytes, *end = at + text.length;
    while (at < end && size + 10 <= sizeof words) {
        uint32_t point = utf8_next(&at, end);
        if (size)
            words[size++] = ' ';
        words[size++] = 'U';
        words[size++] = '+';
        for (int shift = point > 0xFFFFF ? 20 : point > 0xFFFF ? 16 : 12; shift >= 0; shift -= 4)
            words[size++] = "0123456789ABCDEF"[point >> shift & 15];
    }
    csv_row_text(row, (struct text){words, size});
}

enum status substitution_write(struct csv_row *row, uint64_t number, struct text column,
                               struct text from, struct text to, struct spool_table *table,
                               struct error *error)
{
    csv_row_start(row);
    csv_row_number(row, number);
    csv_row_text(row, column);
    put_points(row, from);
    put_points(row, to);
    return row_write(row, table, error);
}
