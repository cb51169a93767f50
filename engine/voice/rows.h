/* voice/rows.h -- small CSV tables made by other programs: the index of symbols, the exported texts, readings.
 * RFC 4180: LF or CRLF, quotes, line ends within quotes; UTF-8 with or without BOM; columns found by their names.
 * Refuses: STOP 8630 with file and line: no such column, an unclosed quote, a row over ROWS_BYTES or with fewer columns
 *          than the header.
 * Owns   : the open file and one window; a row's texts are borrowed until the next call.
 */
#ifndef VOICE_ROWS_H
#define VOICE_ROWS_H

#include <stdbool.h>

#include "base/error.h"
#include "base/os.h"

#define ROWS_BYTES 32768 /* one row */
#define ROWS_FIELDS 32   /* columns that are looked at */

struct rows {
    const char *path; /* borrowed, for messages */
    struct os_input input;
    bool open;
    char *window;
    size_t filled, at;
    uint64_t window_offset;
    uint32_t line;   /* of the row in hand, rows counted, header = 1 */
    uint64_t offset; /* of the row in hand */
    uint32_t columns;
    struct text field[ROWS_FIELDS];
    uint32_t count;
};

/* Opens the file and reads its header; names[i] is found at columns[i], -1 where it is missing. */
CHECKED enum status voice_rows_open(struct rows *rows, const char *path, const char *const *names, uint32_t count,
                              int *columns, struct error *error);
CHECKED enum status voice_rows_next(struct rows *rows, bool *end, struct error *error);
void voice_rows_close(struct rows *rows);

CHECKED enum status rows_refuse(const struct rows *rows, const char *column, struct error *error);

/* One row out of memory, unquoted in place. Gives its bytes with the line end; 0: it has no end within `size`, and more
 * may follow (last false). SIZE_MAX: not a row. */
size_t rows_parse(char *bytes, size_t size, bool last, struct text field[ROWS_FIELDS], uint32_t *count);

/* A whole number of 1 to 18 digits. */
bool rows_number(struct text text, uint64_t *out);

#endif
