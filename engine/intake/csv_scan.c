#include "intake/csv_scan.h"

#include <string.h>

/* What ends a run of ordinary bytes, outside and inside quotes. The line feed behind the bytes at hand ends
 * every run, so the loops need no other bound. */
static const bool stops_comma[256] = {[','] = true, ['"'] = true, ['\r'] = true, ['\n'] = true};
static const bool stops_tab[256] = {['\t'] = true, ['"'] = true, ['\r'] = true, ['\n'] = true};
static const bool stops_quoted[256] = {['"'] = true, ['\n'] = true};

struct walk {
    const char *begin, *at, *end;
    const char *record_end; /* behind the last field, before the line end */
    const bool *stops_plain;
    char separator;
    bool last; /* the file ends at `end` */
    uint32_t
        row_commas; /* as many commas behind a line end look like a row of its own; 0 = unknown */
    bool line_in_quotes; /* a quoted field so far holds a line end */
    bool row_in_quotes;  /* ... and as many commas as a row */
    enum message fault;
};

enum piece { PIECE_FIELD, PIECE_LAST, PIECE_MORE, PIECE_FAULT };

static enum piece fault(struct walk *walk, const char *at, enum message message)
{
    walk->at = at;
    walk->fault = message;
    return PIECE_FAULT;
}

static uint32_t count_commas(char separator, const char *at, const char *end)
{
    uint32_t count = 0;
    for (; at < end; at++)
        count += *at == separator;
    return count;
}

/* A field ends at `at`: what follows must be a comma, a line end or the end of the file. */
static enum piece end_field(struct walk *walk, const char *at)
{
    walk->record_end = at;
    if (at == walk->end) {
        walk->at = at;
        return walk->last ? PIECE_LAST : PIECE_MORE;
    }
    walk->at = at + 1;
    if (*at == walk->separator)
        return PIECE_FIELD;
    if (*at == '\n')
        return PIECE_LAST;
    if (*at != '\r') /* something behind a closing quote: more likely opened by a field far above */
        return fault(walk, at, walk->line_in_quotes ? MSG_QUOTE_UNCLOSED : MSG_QUOTE_STRAY);
    if (at + 1 == walk->end)
        return walk->last ? PIECE_LAST : PIECE_MORE;
    if (at[1] != '\n')
        return fault(walk, at, MSG_BARE_RETURN);
    walk->at = at + 2;
    return PIECE_LAST;
}

static enum piece plain_field(struct walk *walk, struct csv_field *field)
{
    const bool *stops = walk->stops_plain;
    const char *at = walk->at;
    while (!stops[(unsigned char)*at])
        at++;
    *field = (struct csv_field){walk->at, (uint32_t)(at - walk->at), false};
    return end_field(walk, at);
}

static enum piece quoted_field(struct walk *walk, struct csv_field *field)
{
    const char *content = walk->at + 1, *at = content;
    bool line_end = false, doubled = false;
    for (;;) {
        while (!stops_quoted[(unsigned char)*at])
            at++;
        if (at == walk->end) {
            walk->at = at;
            return walk->last ? fault(walk, at, MSG_QUOTE_UNCLOSED) : PIECE_MORE;
        }
        if (*at == '\n') {
            line_end = true;
            at++;
            continue;
        }
        if (at + 1 == walk->end && !walk->last)
            return PIECE_MORE;
        if (at + 1 == walk->end || at[1] != '"')
            break;
        doubled = true;
        at += 2;
    }
    *field = (struct csv_field){content, (uint32_t)(at - content), doubled};
    if (line_end) {
        walk->line_in_quotes = true;
        if (walk->row_commas && count_commas(walk->separator, content, at) >= walk->row_commas)
            walk->row_in_quotes = true;
    }
    return end_field(walk, at + 1);
}

static enum piece walk_record(struct walk *walk, struct csv_record *record)
{
    enum piece piece = PIECE_FIELD;
    struct csv_field beyond; /* fields over LIMIT_COLUMNS are walked, not kept */

    record->columns = 0;
    while (piece == PIECE_FIELD) {
        struct csv_field *field =
            record->columns < LIMIT_COLUMNS ? &record->field[record->columns] : &beyond;
        bool quoted = walk->at < walk->end && *walk->at == '"';
        piece = quoted ? quoted_field(walk, field) : plain_field(walk, field);
        record->columns++;
    }
    return piece;
}

/* Fields of a line whose quotes mean nothing. */
static void cut_at_commas(char separator, struct csv_record *record)
{
    const char *at = record->bytes, *end = at + record->length;
    record->columns = count_commas(separator, at, end) + 1;
    for (record->count = 0; record->count < LIMIT_COLUMNS; at++) {
        const char *comma = memchr(at, separator, (size_t)(end - at));
        if (!comma || record->count == LIMIT_COLUMNS - 1)
            comma = end;
        record->field[record->count++] = (struct csv_field){at, (uint32_t)(comma - at), false};
        at = comma;
        if (at == end)
            return;
    }
}

/* The record is no more than its first physical line, and refused. */
static enum scan_outcome refuse_line(const struct walk *walk, enum message message,
                                     struct csv_record *record, size_t *taken)
{
    size_t size = (size_t)(walk->end - walk->begin);
    size_t look = size < SCAN_ENOUGH ? size : SCAN_ENOUGH;
    const char *feed = memchr(walk->begin, '\n', look);
    enum scan_outcome outcome = SCAN_RECORD;

    record->fault = message;
    if (feed) {
        *taken = (size_t)(feed - walk->begin) + 1;
        record->length = (uint32_t)*taken - 1;
        if (record->length && feed[-1] == '\r')
            record->length--;
    } else {
        *taken = record->length = (uint32_t)look;
        if (!walk->last || look < size) {
            outcome = SCAN_CUT;
            record->fault = MSG_RECORD_TOO_LONG;
        }
    }
    cut_at_commas(walk->separator, record);
    return outcome;
}

/* Rule 6 of csv.h, second half. */
static bool later_line_is_row(const struct walk *walk, const struct csv_record *record)
{
    const char *end = record->bytes + record->length;
    const char *line = memchr(record->bytes, '\n', record->length);
    while (line) {
        const char *next = memchr(line + 1, '\n', (size_t)(end - (line + 1)));
        if (count_commas(walk->separator, line + 1, next ? next : end) >= walk->row_commas)
            return true;
        line = next;
    }
    return false;
}

/* A record whose quotes are in order. */
static enum scan_outcome judge(const struct walk *walk, uint32_t columns, struct csv_record *record,
                               size_t *taken)
{
    record->length = (uint32_t)(walk->record_end - walk->begin);
    record->count = record->columns < LIMIT_COLUMNS ? record->columns : LIMIT_COLUMNS;
    if (record->columns > LIMIT_COLUMNS) {
        struct csv_field *rest = &record->field[LIMIT_COLUMNS - 1];
        *rest = (struct csv_field){rest->bytes, (uint32_t)(walk->record_end - rest->bytes), false};
    }
    if (record->length == 0)
        record->columns = 0;
    *taken = (size_t)(walk->at - walk->begin);
    if (columns == 0)
        return SCAN_RECORD;
    if (walk->row_in_quotes)
        return refuse_line(walk, MSG_QUOTE_UNCLOSED, record, taken);
    if (record->columns == columns)
        return SCAN_RECORD;
    if (walk->line_in_quotes && later_line_is_row(walk, record))
        return refuse_line(walk, MSG_QUOTE_UNCLOSED, record, taken);
    record->fault = MSG_COLUMN_COUNT_WRONG;
    return SCAN_RECORD;
}

/* Past the limit. With a line end within it, quotes took the scan there. */
static enum scan_outcome refuse_long(const struct walk *walk, struct csv_record *record,
                                     size_t *taken)
{
    bool in_quotes = memchr(walk->begin, '\n', LIMIT_RECORD_BYTES) != NULL;
    return refuse_line(walk, in_quotes ? MSG_QUOTE_UNCLOSED : MSG_RECORD_TOO_LONG, record, taken);
}

enum scan_outcome csv_scan(const char *bytes, size_t size, bool last, char separator,
                           uint32_t columns, struct csv_record *record, size_t *taken)
{
    struct walk walk = {.begin = bytes,
                        .at = bytes,
                        .end = bytes + size,
                        .last = last,
                        .separator = separator,
                        .stops_plain = separator == '\t' ? stops_tab : stops_comma};
    if (columns)
        walk.row_commas = columns > 2 ? columns - 1 : 1;
    record->bytes = bytes;
    record->fault = MSG_NONE;
    enum piece piece = walk_record(&walk, record);
    if (piece == PIECE_MORE && size < SCAN_ENOUGH)
        return SCAN_MORE;
    /* a faulty record is its line: where that ends must not depend on how much was read */
    if (piece == PIECE_FAULT && !last && size < SCAN_ENOUGH && !memchr(bytes, '\n', size))
        return SCAN_MORE;
    size_t seen = (size_t)((piece == PIECE_LAST ? walk.record_end : walk.at) - bytes);
    if (piece == PIECE_MORE || seen > LIMIT_RECORD_BYTES)
        return refuse_long(&walk, record, taken);
    if (piece == PIECE_FAULT)
        return refuse_line(&walk, walk.fault, record, taken);
    return judge(&walk, columns, record, taken);
}

/* -- records without separators -- */

static void whole_field(struct csv_record *record, const char *bytes, size_t length)
{
    record->bytes = bytes;
    record->length = (uint32_t)length;
    record->columns = record->count = 1;
    record->fault = MSG_NONE;
    record->field[0] = (struct csv_field){bytes, (uint32_t)length, false};
}

enum scan_outcome line_scan(const char *bytes, size_t size, bool last, struct csv_record *record,
                            size_t *taken)
{
    size_t look = size < SCAN_ENOUGH ? size : SCAN_ENOUGH;
    const char *feed = memchr(bytes, '\n', look);
    size_t length = feed ? (size_t)(feed - bytes) : look;

    if (!feed && !last && size < SCAN_ENOUGH)
        return SCAN_MORE;
    *taken = feed ? length + 1 : length;
    if (feed && length && bytes[length - 1] == '\r')
        length--;
    whole_field(record, bytes, length);
    if (length <= LIMIT_RECORD_BYTES && (feed || last))
        return SCAN_RECORD;
    record->fault = MSG_RECORD_TOO_LONG;
    return feed || (last && look == size) ? SCAN_RECORD : SCAN_CUT;
}

enum scan_outcome block_scan(const char *bytes, size_t size, bool last, uint32_t block,
                             struct csv_record *record, size_t *taken)
{
    if (size < block && !last)
        return SCAN_MORE;
    *taken = size < block ? size : block;
    whole_field(record, bytes, *taken);
    if (size < block)
        record->fault = MSG_RECORD_SHORT;
    return SCAN_RECORD;
}
