/* press/run_posting.h -- posting-list.csv and posting-list.pdf (差出票・受領証): the registered pieces with their
 * 引受番号, in the order of the pieces, a list each route. Constant memory.
 * Of shares each has its own rows, and the first one the sheets of all: join puts them together.
 * No names in the CSV; in the PDF only where mail.posting_names is set. Protected people's pieces are in neither.
 * Private to the room. Tests: tests/cases/tracking.sh
 */
#ifndef PRESS_RUN_POSTING_H
#define PRESS_RUN_POSTING_H

#include "press/run.h"

struct posting; /* opaque */

/* *out NULL: no piece of this job has a number. Opens both tables in the spool. */
CHECKED enum status posting_open(struct run *run, struct spool *spool, struct posting **out, struct error *error);
/* Rows as units gave them, any number of whole ones. */
CHECKED enum status posting_take(struct posting *posting, const char *bytes, uint32_t size, struct error *error);
/* Postcode and, where the job wants it, name of who gets the piece. */
void posting_address(const struct press *press, const struct admitted *admitted, struct posting_row *row);
CHECKED enum status posting_close(struct posting *posting, struct error *error);
void posting_drop(struct posting *posting); /* NULL is allowed */

#endif
