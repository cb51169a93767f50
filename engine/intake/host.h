/* intake/host.h -- the code of a host computer (EBCDIC with kanji: IBM, JEF, KEIS), by a table in a file.
 * The makers' tables are theirs; none is shipped. The file is UTF-8, a rule a line, `#` begins a remark:
 *
 *   to-double 0E            bytes (one or two, hexadecimal) that go over to double-byte characters
 *   to-single 0F            ... and back; both or none
 *   single 40 0020          byte 40 is U+0020
 *   single F0-F9 0030       bytes F0 to F9 are U+0030 and the nine behind it
 *   double 4040 3000        the bytes 40 40 are U+3000
 *   double 4341-4350 30A1   likewise in a row; only the second byte runs
 *   double 6AA1 908A E0101  a character with its variation selector (gaiji)
 *
 * IBM shifts by 0E and 0F, JEF by 28 and 29, KEIS by 0A42 and 0A41. A code that the table lacks is bad.
 */
#ifndef INTAKE_HOST_H
#define INTAKE_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/text.h"

#define HOST_BYTES 8 /* of a character in UTF-8, with its selector */

struct host; /* owns its table */

/* STOP: memory, 32xx with the line. path: for messages. */
CHECKED enum status host_new(struct text source, const char *path, struct host **out, struct error *error);
void host_free(struct host *host); /* NULL is allowed */

/* What stands at the first of `left` bytes, left > 0. */
struct host_step {
    size_t taken;       /* bytes; 0: more bytes are needed to say */
    const char *bytes;  /* the character in UTF-8 (borrowed); NULL: none */
    size_t length;
    bool bad;           /* a code that the table lacks */
};
/* *wide: within double-byte characters; a shift changes it. last: there are no more bytes. */
struct host_step host_next(const struct host *host, bool *wide, const char *bytes, size_t left, bool last);

#endif
