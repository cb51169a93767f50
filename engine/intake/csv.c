#include "intake/csv.h"

#include "base/memory.h"
#include "intake/csv_scan.h"

#include <string.h>

#define WINDOW_BYTES (256u << 10) /* stays in the second-level cache; must exceed SCAN_ENOUGH */
#define FIRST_CHUNK (8u << 10)    /* after a seek: preview and reprint want a few records only */

static enum status read_exactly(const struct csv_source *source, uint64_t offset, char *bytes,
                                size_t size, struct error *error)
{
    size_t got = 0;
    enum status status = source->read(source->context, offset, bytes, size, &got, error);
    if (status == OK && got != size)
        status = error_set(error, MSG_INPUT_CHANGED);
    return status;
}

/* Where the line ends in front of `end` begin. Uses the window. */
static enum status trim_lines(struct csv *csv, uint64_t *end, struct error *error)
{
    while (*end) {
        size_t size = *end < FIRST_CHUNK ? (size_t)*end : FIRST_CHUNK;
        uint64_t begin = *end - size;
        if (read_exactly(&csv->source, begin, csv->window, size, error) != OK)
            return STOP;
        while (size && (csv->window[size - 1] == '\n' || csv->window[size - 1] == '\r'))
            size--;
        *end = begin + size;
        if (size)
            break;
    }
    return OK;
}

/* Behind the line end in front of the line that ends at `end`, or 0. */
static enum status find_line(struct csv *csv, uint64_t end, uint64_t *line, struct error *error)
{
    while (end) {
        size_t size = end < FIRST_CHUNK ? (size_t)end : FIRST_CHUNK;
        if (read_exactly(&csv->source, end - size, csv->window, size, error) != OK)
            return STOP;
        const char *feed = memrchr(csv->window, '\n', size);
        if (feed) {
            *line = end - size + (size_t)(feed - csv->window) + 1;
            return OK;
        }
        end -= size;
    }
    *line = 0;
    return OK;
}

enum status csv_find_tail(struct csv *csv, uint32_t lines, uint64_t *tail, uint64_t *data_end,
                          bool *found, struct error *error)
{
    uint64_t end = csv->source.size;
    enum status status = trim_lines(csv, &end, error);

    csv_turn(csv, csv->source, csv_offset(csv),
             csv->data_end); /* the window is no longer its own */
    *tail = *data_end = end;
    *found = true;
    for (uint32_t i = 0; i < lines && status == OK && *found; i++) {
        *found = *data_end > 0;
        status = find_line(csv, *data_end, tail, error);
        *data_end = *tail;
        if (status == OK && i + 1 < lines && *data_end > 0)
            --*data_end; /* the line end that the next one has */
    }
    return status == OK ? trim_lines(csv, data_end, error) : status;
}

enum status csv_open(struct csv *csv, struct csv_source source, struct error *error)
{
    *csv = (struct csv){.source = source, .chunk = FIRST_CHUNK};
    csv->window = memory_new(WINDOW_BYTES + 1); /* and the line feed that ends every scan */
    if (!csv->window)
        return error_set(error, MSG_NO_MEMORY);
    csv->data_end = source.size;
    return trim_lines(csv, &csv->data_end, error);
}

/* Keeps the bytes from csv->at on and reads more behind them. There is room: see csv_scan.h. */
static enum status read_more(struct csv *csv, struct error *error)
{
    uint64_t left = csv->data_end - (csv->window_offset + csv->filled);
    csv->filled -= csv->at;
    memmove(csv->window, csv->window + csv->at, csv->filled);
    csv->window_offset += csv->at;
    csv->at = 0;

    size_t size = WINDOW_BYTES - csv->filled;
    if (size > csv->chunk)
        size = csv->chunk;
    if (size > left)
        size = (size_t)left;
    if (read_exactly(&csv->source, csv->window_offset + csv->filled, csv->window + csv->filled,
                     size, error) != OK)
        return STOP;
    csv->filled += size;
    csv->window[csv->filled] = '\n';
    if (csv->chunk < WINDOW_BYTES)
        csv->chunk *= 4;
    return OK;
}

static enum status skip_line(struct csv *csv, struct error *error)
{
    while (csv_offset(csv) < csv->data_end) {
        const char *at = csv->window + csv->at;
        const char *feed = memchr(at, '\n', csv->filled - csv->at);
        csv->at = feed ? (size_t)(feed - csv->window) + 1 : csv->filled;
        if (feed)
            break;
        if (csv_offset(csv) < csv->data_end && read_more(csv, error) != OK)
            return STOP;
    }
    csv->mid_line = false;
    return OK;
}

static bool window_is_last(const struct csv *csv)
{
    return csv->window_offset + csv->filled == csv->data_end;
}

static enum scan_outcome scan(const struct csv *csv, struct csv_record *record, size_t *taken)
{
    const char *bytes = csv->window + csv->at;
    size_t size = csv->filled - csv->at;

    if (csv->shape == SHAPE_BLOCK)
        return block_scan(bytes, size, window_is_last(csv), csv->block, record, taken);
    if (csv->shape == SHAPE_LINE)
        return line_scan(bytes, size, window_is_last(csv), record, taken);
    return csv_scan(bytes, size, window_is_last(csv), csv->shape == SHAPE_TSV ? '\t' : ',',
                    csv->columns, record, taken);
}

enum status csv_next(struct csv *csv, struct csv_record *record, bool *end, struct error *error)
{
    enum scan_outcome outcome = SCAN_MORE;
    size_t taken = 0;

    *end = false;
    if (csv->mid_line && skip_line(csv, error) != OK)
        return STOP;
    if (csv_offset(csv) >= csv->data_end) {
        *end = true;
        return OK;
    }
    while (outcome == SCAN_MORE) {
        if (csv->at < csv->filled)
            outcome = scan(csv, record, &taken);
        if (outcome == SCAN_MORE && read_more(csv, error) != OK)
            return STOP;
    }
    record->offset = csv_offset(csv);
    csv->at += taken;
    csv->mid_line = outcome == SCAN_CUT;
    return OK;
}

#define OVERLAP 512 /* twelve digits with as much between them as anybody writes */

enum status csv_more(struct csv *csv, struct csv_record *piece, bool *more, struct error *error)
{
    const char *feed = NULL;

    *more = csv->mid_line && csv_offset(csv) < csv->data_end;
    if (!*more)
        return OK;
    csv->at -= OVERLAP; /* the cut record, or the piece before, was longer */
    while (csv->filled - csv->at < SCAN_ENOUGH && !window_is_last(csv))
        if (read_more(csv, error) != OK)
            return STOP;
    size_t size = csv->filled - csv->at;
    if (size > SCAN_ENOUGH)
        size = SCAN_ENOUGH;
    piece->bytes = csv->window + csv->at;
    feed = memchr(piece->bytes, '\n', size);
    if (feed) {
        size = (size_t)(feed - piece->bytes) + 1;
        csv->mid_line = false;
    }
    csv->at += size;
    piece->offset = csv_offset(csv) - size;
    piece->length = (uint32_t)size;
    piece->columns = piece->count = 1;
    piece->fault = MSG_RECORD_TOO_LONG;
    piece->field[0] = (struct csv_field){piece->bytes, piece->length, false};
    return OK;
}

void csv_turn(struct csv *csv, struct csv_source source, uint64_t offset, uint64_t data_end)
{
    csv->source = source;
    csv->data_end = data_end;
    csv->window_offset = offset;
    csv->filled = csv->at = 0;
    csv->chunk = FIRST_CHUNK;
    csv->mid_line = false;
}

void csv_seek(struct csv *csv, uint64_t offset)
{
    csv->mid_line = false;
    if (offset >= csv->window_offset && offset - csv->window_offset < csv->filled) {
        csv->at = (size_t)(offset - csv->window_offset);
        return;
    }
    csv->window_offset = offset;
    csv->filled = csv->at = 0;
    csv->chunk = FIRST_CHUNK;
}

uint64_t csv_offset(const struct csv *csv)
{
    return csv->window_offset + csv->at;
}

void csv_close(struct csv *csv)
{
    memory_free(csv->window, csv->window ? WINDOW_BYTES + 1 : 0);
    csv->window = NULL;
}
