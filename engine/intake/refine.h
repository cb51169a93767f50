/* intake/refine.h -- from what insurers write to what the engine reads: codes, era codes, dates that are none, kana.
 * Takes  : decoded records. Fields with a fault stay as they are.
 * Gives  : texts, borrowed from the job or from the refiner until the next record.
 * Refuses: nothing; a code without a meaning is a fault of its field (3240), so that a hidden field changes nothing.
 *
 * The guard looks at records behind this door, so nothing here may hide a My Number from it: only fields shorter
 * than twelve bytes are replaced (codes, dates), and kana that NFKC makes the same anyway.
 */
#ifndef INTAKE_REFINE_H
#define INTAKE_REFINE_H

#include "intake/intake.h"

enum refine_kind { REFINE_CODES, REFINE_DATE, REFINE_KANA };

struct refine_item {
    uint16_t column; /* of the file */
    uint16_t kind;   /* enum refine_kind */
    uint32_t first, count; /* REFINE_CODES: of job->input.codes */
};

struct refiner {
    const struct job *job; /* borrowed */
    uint32_t count;
    struct refine_item item[2 * LIMIT_COLUMNS];
    char *buffer; /* NULL: neither eras nor kana are rewritten */
};

/* STOP: memory, 3219. Close it even then. */
CHECKED enum status refiner_open(struct refiner *refiner, const struct job *job,
                                 const struct header *header, struct error *error);
void refiner_close(struct refiner *refiner); /* wipes */

void refine_record(const struct refiner *refiner, struct record *record);

#endif
