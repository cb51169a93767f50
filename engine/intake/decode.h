/* intake/decode.h -- from a raw field to UTF-8 text.
 * Takes  : a record of the CSV reader.
 * Gives  : texts, borrowed from the record where nothing had to change, else from the decoder's buffer;
 *          both live until the next record. They are valid UTF-8 even of a faulty field (bad bytes become
 *          U+FFFD, a NUL stays), so that the guard can look into those too.
 * Refuses: nothing; a fault of a field is noted with its place: byte from 1 in the raw field, counted
 *          without the outer quotes, a doubled quote as two; 0 for an over-long field.
 */
#ifndef INTAKE_DECODE_H
#define INTAKE_DECODE_H

#include "base/text.h"
#include "intake/coding.h"
#include "intake/csv.h"
#include "intake/intake.h"

struct decoder {
    struct coding coding;
    /* By column, for fields that are cut by bytes, maybe within a character: double-byte from the first byte on.
     * NULL: fields of whole characters. Borrowed. */
    const bool *wide;
    char *buffer;
};

/* table: as coding_open. Close it even when it fails. */
CHECKED enum status decoder_open(struct decoder *decoder, enum encoding encoding, const char *table,
                                 struct error *error);
void decoder_close(struct decoder *decoder); /* wipes */

/* Fills count, field and fault of *record. */
void decode_record(const struct decoder *decoder, const struct csv_record *raw, struct record *record);

#endif
