#include "press/extract_inside.h"

void row_start(struct extract_row *row)
{
    row->size = 0;
    row->fields = 0;
    row->overflow = false;
}

static void put_byte(struct extract_row *row, char byte)
{
    if (row->size < sizeof row->bytes)
        row->bytes[row->size++] = byte;
    else
        row->overflow = true;
}

static bool wants_quotes(struct text text)
{
    for (uint32_t i = 0; i < text.length; i++)
        if (text.bytes[i] == '"' || text.bytes[i] == ',' || text.bytes[i] == '\n' ||
            text.bytes[i] == '\r')
            return true;
    return false;
}

void row_put(struct extract_row *row, struct text text)
{
    if (row->fields++)
        put_byte(row, ',');
    if (text.length == 0)
        return;
    bool quotes = wants_quotes(text);
    if (!quotes && text.length <= sizeof row->bytes - row->size) {
        memcpy(row->bytes + row->size, text.bytes, text.length);
        row->size += text.length;
        return;
    }
    put_byte(row, '"');
    for (uint32_t i = 0; i < text.length; i++) {
        if (text.bytes[i] == '"')
            put_byte(row, '"');
        put_byte(row, text.bytes[i]);
    }
    put_byte(row, '"');
}

enum status row_send(struct extract_row *row, const struct sink *sink, struct error *error)
{
    put_byte(row, '\n');
    return row->overflow ? error_set(error, MSG_BUG)
                         : sink_write(sink, row->bytes, row->size, error);
}

enum status row_names(struct extract_row *row, const struct extract_columns *columns,
                      const struct sink *sink, struct error *error)
{
    row_start(row);
    for (uint32_t i = 0; i < columns->count; i++)
        row_put(row, columns->name[i]);
    return row_send(row, sink, error);
}

void row_values(const struct extract_columns *columns, const struct admitted *admitted,
                struct text form, bool by_post, struct text out[LIMIT_COLUMNS])
{
    for (uint32_t i = 0; i < columns->count; i++) {
        int slot = columns->slot[i];
        bool empty = slot < 0 || (columns->by_post[i] && !by_post);
        out[i] = empty ? (struct text){0, 0} : admitted->value[slot];
        if (slot == COLUMN_FORM)
            out[i] = form;
    }
}
