#include "voice/rows.h"

#include "base/memory.h"

#define WINDOW (2 * (size_t)ROWS_BYTES)

/* -- one row -- */

/* The end of the row: of its line feed, or of the bytes. 0: not there yet. */
static size_t row_end(const char *bytes, size_t size, bool last)
{
    bool quoted = false;
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] == '"')
            quoted = !quoted;
        else if (bytes[i] == '\n' && !quoted)
            return i + 1;
    }
    return last && !quoted ? size : 0;
}

/* Takes the field at *at, its quotes gone; *at behind its comma, or at end + 1. False: a stray quote. */
static bool take_field(char **at, char *end, struct text *out)
{
    char *from = *at, *to = *at, *start = *at;
    bool quoted = from < end && *from == '"';
    if (!quoted) {
        while (from < end && *from != ',' && *from != '"')
            from++;
        *out = (struct text){start, (uint32_t)(from - start)};
        *at = from + 1;
        return from == end || *from == ',';
    }
    for (from++; from < end; from++) {
        if (*from == '"' && (from + 1 == end || from[1] != '"'))
            break;
        from += *from == '"';
        *to++ = *from;
    }
    *out = (struct text){start, (uint32_t)(to - start)};
    *at = from + 2;
    return from < end && (from + 1 == end || from[1] == ',');
}

size_t rows_parse(char *bytes, size_t size, bool last, struct text field[ROWS_FIELDS],
                  uint32_t *count)
{
    size_t used = row_end(bytes, size, last);
    char *at = bytes, *end = bytes + used;
    *count = 0;
    if (used == 0)
        return last && size ? SIZE_MAX : 0;
    end -= end[-1] == '\n';
    end -= end > bytes && end[-1] == '\r';
    while (at <= end) {
        struct text text;
        if (!take_field(&at, end, &text))
            return SIZE_MAX;
        if (*count < ROWS_FIELDS)
            field[(*count)++] = text;
    }
    return used;
}

bool rows_number(struct text text, uint64_t *out)
{
    *out = 0;
    for (uint32_t i = 0; i < text.length; i++) {
        if (text.bytes[i] < '0' || text.bytes[i] > '9')
            return false;
        *out = *out * 10 + (uint64_t)(text.bytes[i] - '0');
    }
    return text.length > 0 && text.length <= 18;
}

/* -- a file of rows -- */

enum status rows_refuse(const struct rows *rows, const char *column, struct error *error)
{
    return error_at(error, MSG_VOICE_INDEX, rows->path, rows->line, text_of(column));
}

/* Moves what is left to the front and reads on. */
static enum status refill(struct rows *rows, bool *last, struct error *error)
{
    size_t left = rows->filled - rows->at, got = 0;
    memmove(rows->window, rows->window + rows->at, left);
    rows->window_offset += rows->at;
    rows->at = 0;
    rows->filled = left;
    enum status status = os_input_read(&rows->input, rows->window_offset + left,
                                       rows->window + left, WINDOW - left, &got, error);
    rows->filled += got;
    *last = rows->window_offset + rows->filled >= rows->input.size;
    return status;
}

enum status voice_rows_next(struct rows *rows, bool *end, struct error *error)
{
    bool last = rows->window_offset + rows->filled >= rows->input.size;
    if (!last && rows->filled - rows->at < ROWS_BYTES && refill(rows, &last, error) != OK)
        return STOP;
    *end = rows->at == rows->filled;
    if (*end)
        return OK;
    rows->line++;
    rows->offset = rows->window_offset + rows->at;
    size_t used = rows_parse(rows->window + rows->at, rows->filled - rows->at, last, rows->field,
                             &rows->count);
    if (used == 0 || used > ROWS_BYTES || (rows->line > 1 && rows->count < rows->columns))
        return rows_refuse(rows, "", error);
    rows->at += used;
    return OK;
}

static enum status read_header(struct rows *rows, const char *const *names, uint32_t count,
                               int *columns, struct error *error)
{
    bool end, last;
    if (refill(rows, &last, error) != OK)
        return STOP;
    if (rows->filled >= 3 && memcmp(rows->window, "\xEF\xBB\xBF", 3) == 0)
        rows->at = 3;
    enum status status = voice_rows_next(rows, &end, error);
    if (status == OK && end)
        status = rows_refuse(rows, "", error);
    if (status != OK)
        return status;
    rows->columns = rows->count;
    for (uint32_t i = 0; i < count; i++) {
        columns[i] = -1;
        for (uint32_t c = 0; c < rows->count; c++)
            if (text_is(rows->field[c], names[i]))
                columns[i] = (int)c;
    }
    return OK;
}

enum status voice_rows_open(struct rows *rows, const char *path, const char *const *names, uint32_t count,
                      int *columns, struct error *error)
{
    *rows = (struct rows){.path = path};
    enum status status = os_input_open(path, &rows->input, error);
    rows->open = status == OK;
    if (status == OK) {
        rows->window = memory_new(WINDOW);
        status = rows->window ? read_header(rows, names, count, columns, error)
                              : error_set(error, MSG_NO_MEMORY);
    }
    if (status != OK)
        voice_rows_close(rows);
    return status;
}

void voice_rows_close(struct rows *rows)
{
    if (rows->open)
        os_input_close(&rows->input);
    memory_free(rows->window, rows->window ? WINDOW : 0);
    rows->open = false;
    rows->window = NULL;
}
