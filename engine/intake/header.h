/* intake/header.h -- from the names in the first row to slots.
 * Names are compared without outer blanks and after width folding of ASCII, otherwise exactly.
 *  - a header named in input.columns is that column; the canonical name must then not stand in the file
 *    too, unless input.columns gives it to another column (two columns may be exchanged);
 *  - else a canonical name is its column; else a name of input.extra is that extra column;
 *  - any other column is allowed, gets slot -1 and may stand twice.
 */
#ifndef INTAKE_HEADER_H
#define INTAKE_HEADER_H

#include "intake/intake.h"

/* Fills slot and index of *header from count and name. STOP 3003, 3004, 3008-3012; names of canonical
 * columns and of the job stand in the error, names of the file do not. */
CHECKED enum status header_bind(struct header *header, const struct job *job, struct error *error);

#endif
