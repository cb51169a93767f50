#include "spool/spool.h"

void csv_row_start(struct csv_row *row)
{
    row->size = 0;
    row->first = true;
    row->overflow = false;
}

static void put_byte(struct csv_row *row, char byte)
{
    if (row->size < sizeof row->bytes)
        row->bytes[row->size++] = byte;
    else
        row->overflow = true;
}

static void separate(struct csv_row *row)
{
    if (!row->first)
        put_byte(row, ',');
    row->first = false;
}

static bool wants_quotes(struct text text)
{
    for (uint32_t i = 0; i < text.length; i++)
        if (text.bytes[i] == '"' || text.bytes[i] == ',' || text.bytes[i] == '\n' ||
            text.bytes[i] == '\r')
            return true;
    return false;
}

static void put_quoted(struct csv_row *row, struct text text)
{
    put_byte(row, '"');
    for (uint32_t i = 0; i < text.length; i++) {
        if (text.bytes[i] == '"')
            put_byte(row, '"');
        put_byte(row, text.bytes[i]);
    }
    put_byte(row, '"');
}

void csv_row_text(struct csv_row *row, struct text text)
{
    separate(row);
    if (wants_quotes(text)) {
        put_quoted(row, text);
    } else if (text.length > sizeof row->bytes - row->size) {
        row->overflow = true;
    } else if (text.length) {
        memcpy(row->bytes + row->size, text.bytes, text.length);
        row->size += text.length;
    }
}

void csv_row_number(struct csv_row *row, uint64_t number)
{
    char digits[TEXT_NUMBER];
    csv_row_text(row, text_number(number, digits));
}

void csv_row_empty(struct csv_row *row)
{
    separate(row);
}

void csv_row_end(struct csv_row *row)
{
    put_byte(row, '\n');
}
