/* intake/intake.h -- from the bytes of a member file to records.
 * Takes  : a plain CSV file (RFC 4180; LF or CRLF; UTF-8 with or without BOM, or CP932).
 * Gives  : one record after the other, every field decoded to UTF-8, with its row as a spreadsheet shows it.
 * Refuses: STOP 3xxx for faults of the file (header, pipe, changed while read); REJECT 3xxx for faults of one
 *          row (column count, unclosed quote, over-long record): the row is lost, the next row is not.
 *          Faults of one field (encoding, NUL, over-long) do not fail the record: they stand in
 *          record.faults, because a fault in a field that protection hides must change nothing.
 * Owns   : its buffers; a record's texts are borrowed until the next call.
 */
#ifndef INTAKE_INTAKE_H
#define INTAKE_INTAKE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/digest.h"
#include "base/error.h"
#include "base/text.h"
#include "intake/column.h"
#include "job/job.h"

struct header {
    uint32_t count;                      /* columns in the file */
    struct text name[LIMIT_COLUMNS];     /* as the file writes them (decoded); never shown in a message */
    int16_t slot[LIMIT_COLUMNS];         /* slot of file column, or -1: not a column of ours or of the job */
    int16_t index[SLOT_LIMIT];           /* file column of slot, or -1: the file lacks it */
};

#define RECORD_FAULTS LIMIT_COLUMNS /* one fault a field at most, so that none is lost behind others */

struct field_fault {
    uint16_t column;      /* file column, from 0 */
    uint16_t message;     /* enum message: bad encoding, NUL byte, over-long */
    uint32_t offset;      /* byte within the raw field (without its outer quotes), from 1; 0 = over-long */
};

struct record {
    uint64_t row;         /* header = 1 */
    uint64_t offset;      /* of the record's first byte in the file */
    uint64_t fingerprint; /* hash64 of the raw bytes; in memory only */
    uint32_t count;       /* fields = header.count; see intake_next for a row that is refused */
    uint32_t fault_count;
    struct text field[LIMIT_COLUMNS];
    struct field_fault fault[RECORD_FAULTS];
};

struct intake; /* opaque */

/* Opens the file and reads its header. path NULL: the job's input.file. arena: for the header's names. */
CHECKED enum status intake_open(const struct job *job, const char *path, struct arena *arena,
                                struct intake **out, struct error *error);
const struct header *intake_header(const struct intake *intake);

/* The next record. *end true: no more. REJECT: this row has no record, and the call after goes on with the
 * next row. *record then holds row, offset, fingerprint, and for guard_record alone the fields that can be
 * made out (count of them, never more than LIMIT_COLUMNS; which columns they are is not known), so that a My
 * Number in a broken row stops the run as well. */
CHECKED enum status intake_next(struct intake *intake, struct record *record, bool *end,
                                struct error *error);

/* After an over-long row: the next piece of what is left of its line, for guard_text alone; *more false: no
 * piece. Borrowed until the next call; the record's texts are gone. */
CHECKED enum status intake_more(struct intake *intake, struct text *piece, bool *more, struct error *error);

/* Goes back to the first record. */
void intake_rewind(struct intake *intake);

/* Goes to a record by the offset and row that it had. Cheap: a few KiB are read. */
void intake_seek(struct intake *intake, uint64_t offset, uint64_t row);

/* STOP INPUT_CHANGED when the file's size or times are no longer those of the opening. */
CHECKED enum status intake_unchanged(const struct intake *intake, struct error *error);

/* SHA-256 of the whole file, read anew; for input.digest. */
CHECKED enum status intake_digest(const struct intake *intake, struct digest *out, struct error *error);

uint64_t intake_size(const struct intake *intake);   /* bytes of the file */
uint64_t intake_offset(const struct intake *intake); /* bytes behind us; for progress */
void intake_close(struct intake *intake); /* wipes its buffers; NULL is allowed */

/* The field of a slot: empty when the file lacks it. */
static inline struct text record_value(const struct header *header, const struct record *record,
                                       unsigned slot)
{
    int index = header->index[slot];
    return index < 0 ? (struct text){0, 0} : record->field[index];
}

#endif
