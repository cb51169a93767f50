/* intake/jis.h -- characters by row and cell: JIS X 0208 with the vendors' rows, and JIS X 0212.
 * EUC-JP and ISO-2022-JP are two ways of writing the same codes.
 * Rows of JIS X 0208 come out as CP932 has them, so that a name is the same text however it was delivered: row 13
 * is NEC's, rows 89-92 are NEC's selection of IBM's extensions (as in CP51932, the EUC of Windows). Other rows
 * beyond 84 are nobody's for certain, and bad. JIS X 0212 is glibc's EUC-JP-MS, with IBM's extensions in rows 83-84.
 * Its user-defined rows (85 and more) are bad too.
 */
#ifndef INTAKE_JIS_H
#define INTAKE_JIS_H

#include <stddef.h>

#include "base/error.h"

#define JIS_BYTES 4 /* room that is written to, at most three of them count */

struct jis; /* owns its tables */

/* STOP: memory, or a libc without the conversions. */
CHECKED enum status jis_new(struct jis **out, struct error *error);
void jis_free(struct jis *jis); /* NULL is allowed */

/* Writes the character of row and cell (both 0x21-0x7E) in UTF-8; gives its length, 0 = no character. */
size_t jis_0208(const struct jis *jis, unsigned row, unsigned cell, char out[JIS_BYTES]);
size_t jis_0212(const struct jis *jis, unsigned row, unsigned cell, char out[JIS_BYTES]);

#endif
