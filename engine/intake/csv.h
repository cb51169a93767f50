/* intake/csv.h -- the structure of a member file: where records and fields begin and end, in bytes.
 * Takes  : bytes by position from a source; UTF-8, CP932 and EUC-JP alike, for , " tab CR LF are never a later
 *          byte of a character in any of them. CSV; with SHAPE_TSV a tab stands for the comma in all of the
 *          rules; with SHAPE_LINE a line is a record of one field, quotes mean nothing; with SHAPE_BLOCK so many
 *          bytes are one.
 * Gives  : one record after the other, fields still raw (doubled quotes doubled, not decoded).
 * Refuses: nothing but the reading itself (STOP). A fault of a row stands in csv_record.fault.
 * Owns   : one window on the file; a record's bytes are borrowed until the next call.
 *
 * Why not libcsv: in strict mode it stops at the first fault and cannot go on with the next row, in lax
 * mode an unclosed quote swallows the rows behind it and they come out as one field.
 *
 * Rules (RFC 4180, and what it leaves open)
 *  1. A record ends with LF or CRLF, or with the file. A CR alone is a fault of its row (3105); the last
 *     line may lack its end or have half of it.
 *  2. Line ends at the end of the file are no records. An empty line elsewhere is a row with 0 columns.
 *  3. A quote opens a field only as its first byte. Behind the closing quote stands , or a line end.
 *  4. A record within quotes may hold line ends and is still one row.
 *  5. A fault of structure costs the first physical line of the record and no more: reading goes on with
 *     the physical line behind it. So no quote, closed or not, takes another row along.
 *  6. Quotes that pair up across rows are found by what they enclose. A row of n columns holds at least n-1
 *     commas. Refused as unclosed: a field with a line end and n-1 commas or more; and a record of wrong
 *     column count one of whose later physical lines holds n-1 commas or more.
 *  7. A wrong column count costs the whole record.
 */
#ifndef INTAKE_CSV_H
#define INTAKE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/limits.h"

struct csv_source {
    /* Up to size bytes at offset; fewer only at the end of the source. */
    enum status (*read)(void *context, uint64_t offset, void *bytes, size_t size, size_t *got,
                        struct error *error);
    void *context; /* borrowed */
    uint64_t size;
};

struct csv_field {
    const char *bytes; /* without the outer quotes */
    uint32_t length;
    bool doubled; /* holds doubled quotes, each of which means one */
};

struct csv_record {
    uint64_t offset;    /* of the first byte in the file */
    const char *bytes;  /* without the line end */
    uint32_t length;
    uint32_t columns;   /* as many as the row has; 0 for an empty line */
    uint32_t count;     /* fields here, at most LIMIT_COLUMNS; the last one then holds the rest, raw */
    enum message fault; /* MSG_NONE, or why the row is refused. A row refused for its structure still
                         * has its physical line here, cut at commas, for the guard to look at. */
    struct csv_field field[LIMIT_COLUMNS];
};

enum csv_shape { SHAPE_CSV, SHAPE_TSV, SHAPE_LINE, SHAPE_BLOCK };

struct csv {
    struct csv_source source;
    enum csv_shape shape;
    uint32_t block;    /* SHAPE_BLOCK: bytes of a record, 1 to LIMIT_RECORD_BYTES */
    uint32_t columns;  /* a row must have; 0 = not yet known */
    uint64_t data_end; /* of the file without the line ends at its end */
    char *window;
    uint64_t window_offset; /* in the file, of window[0] */
    size_t filled, at;      /* bytes in the window; next byte to look at */
    size_t chunk;           /* to read next: small after a seek, growing */
    bool mid_line;          /* the row before was over-long: its line end is still to come */
};

/* STOP: memory, or the source fails. Close it even then. */
CHECKED enum status csv_open(struct csv *csv, struct csv_source source, struct error *error);

/* STOP: the source fails, or gives less than its size (input changed). */
CHECKED enum status csv_next(struct csv *csv, struct csv_record *record, bool *end,
                             struct error *error);

/* What is left of a line that was cut as over-long, raw, a piece as the one field of *piece; *more false: nothing.
 * Each piece begins a little within the one before, so that no number is cut in two. For the guard only: who
 * does not ask loses no record. */
CHECKED enum status csv_more(struct csv *csv, struct csv_record *piece, bool *more, struct error *error);

/* Reads from another source of the same shape, between two offsets; line ends at the end of the source are none of
 * its records. Nothing is read. */
void csv_turn(struct csv *csv, struct csv_source source, uint64_t offset, uint64_t data_end);

/* Where the last `lines` lines of the source begin and where the data in front of them end; false: it has fewer
 * than these. Nothing else changes. */
CHECKED enum status csv_find_tail(struct csv *csv, uint32_t lines, uint64_t *tail, uint64_t *data_end,
                                  bool *found, struct error *error);

/* The next record is the one at offset. */
void csv_seek(struct csv *csv, uint64_t offset);
uint64_t csv_offset(const struct csv *csv); /* of the byte behind the last record */
void csv_close(struct csv *csv);            /* wipes its window */

#endif
