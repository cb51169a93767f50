/* intake/intake.h -- from the bytes of member files to records.
 * Takes  : plain files: CSV (RFC 4180; LF or CRLF) or the same with tabs, with or without a row of names; or fields
 *          of fixed width; records before and behind the people; one file or several of the same shape; in any of
 *          the encodings of input.encoding. What input.* says, see README.
 * Gives  : one record after the other, every field decoded to UTF-8, with its row as a spreadsheet shows it.
 * Refuses: STOP 3xxx for faults of the file (header, pipe, changed while read, stated counts not met); REJECT 3xxx
 *          for faults of one row (column count, unclosed quote, over-long or short record): the row is lost, the
 *          next row is not.
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
    uint64_t row;         /* in its file, as a spreadsheet shows it: header = 1 */
    uint64_t offset;      /* of the record's first byte; of several files, the file's number in the upper 16 bits */
    uint64_t fingerprint; /* hash64 of the raw bytes; in memory only */
    uint32_t count;       /* fields = header.count; see intake_next for a row that is refused */
    uint32_t fault_count;
    struct text field[LIMIT_COLUMNS];
    struct field_fault fault[RECORD_FAULTS];
};

struct intake; /* opaque */

/* Opens the files, reads their headers and the records around the people. path: instead of input.file, NULL: that;
 * a job with input.files reads those. The job must stay as it is while the intake is open. arena: for the header's
 * names and the records around. */
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

/* Goes to a record by the offset that it had and its place among all records: the first is 2, whatever rows its file
 * has above it (plan_row). Cheap: a few KiB are read; only the first time that a handle is sent into a later file
 * which it has not come to by reading, the files in front of it are counted. */
void intake_seek(struct intake *intake, uint64_t offset, uint64_t row);

/* The fields of the records before and behind the people, for guard_text alone: a My Number there stops the run as
 * well. NULL: none. row 0 = behind the people. */
struct intake_aside {
    struct text text;
    uint32_t file;
    uint64_t row;
    struct intake_aside *next;
};
const struct intake_aside *intake_asides(const struct intake *intake);

/* Last part of the path of the record's file, where there are several; else empty. */
struct text intake_file_name(const struct intake *intake, const struct record *record);

/* How many files. */
uint32_t intake_files(const struct intake *intake);

/* Row as a spreadsheet shows it, and file (empty: there is only one), of a record by the offset that it had and its
 * place, as for intake_seek: which it does. */
CHECKED enum status intake_place(struct intake *intake, uint64_t offset, uint64_t place, uint64_t *row,
                                 struct text *file, struct error *error);

/* STOP INPUT_CHANGED when a file's size or times are no longer those of the opening. */
CHECKED enum status intake_unchanged(const struct intake *intake, struct error *error);

/* True when records can be found from any place in the file by its line ends and quotes alone: one CSV or TSV file
 * with a header row, in an encoding whose , " tab CR LF are never part of another character. Then the record behind
 * the one of row r has row r + 1, and the first is row 2. */
bool intake_splittable(const struct intake *intake);

/* Goes over the next records, at most `most`, only to see where they begin: *offset is that of the first of them. Fewer
 * at the end. They come out as intake_next would have cut them. STOP: *skipped were good before it. scratch: any. */
CHECKED enum status intake_skip(struct intake *intake, uint32_t most, struct record *scratch, uint32_t *skipped,
                                uint64_t *offset, struct error *error);

/* SHA-256 of all files, one behind the other, read anew; for input.digest. */
CHECKED enum status intake_digest(const struct intake *intake, struct digest *out, struct error *error);

uint64_t intake_size(const struct intake *intake);   /* bytes of all files, as they are read */
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
