/* intake/slice.h -- fields of fixed width: where in a record each of them stands.
 * Takes  : input.fields, in bytes or in characters (code points; a variation selector belongs to the character in
 *          front of it). Gaps between the fields and the rest of the line become columns without a name, so that
 *          the guard sees every byte. A gap of eight characters or more right in front of 個人番号下4桁 takes these
 *          four along (no byte stands in more than two columns): who cuts the last
 *          four out of a whole My Number has delivered the whole.
 * Refuses: a record that ends in front of its last field (3241).
 */
#ifndef INTAKE_SLICE_H
#define INTAKE_SLICE_H

#include "intake/csv.h"
#include "intake/intake.h"

struct slice {
    uint32_t at, length; /* from 0 */
};

struct slicer {
    bool characters;
    uint32_t needed; /* length that a record must have */
    uint32_t count;
    struct slice part[LIMIT_COLUMNS];
    bool wide[LIMIT_COLUMNS]; /* double-byte from the first byte on */
};

/* Fills the header's count and names as well. STOP 3007, 3215. */
CHECKED enum status slicer_open(struct slicer *slicer, const struct job *job, struct header *header,
                                struct error *error);

/* Cuts the one field of the record into its columns. A short record keeps its one field and gets a fault; its
 * columns then are its length. */
void slicer_cut(const struct slicer *slicer, struct csv_record *record);

#endif
