/* intake/coding.h -- the encodings of a member file: bytes in, UTF-8 out.
 * UTF-8, CP932, EUC-JP (with the vendors' characters as Windows has them), UTF-16LE and BE, ISO-2022-JP, and host
 * codes by a table. Only JIS's and CP932's adapters know iconv.
 * Gives  : valid UTF-8 but for what stands in for bad codes: that text is the caller's.
 * Owns   : its tables.
 */
#ifndef INTAKE_CODING_H
#define INTAKE_CODING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/text.h"
#include "intake/cp932.h"
#include "intake/host.h"
#include "intake/jis.h"
#include "job/job.h"

#define CODING_GROWTH 4 /* a byte becomes at most four (two of a host code: a character and its selector) */
#define CODING_SLACK 8  /* bytes that may be written behind the result */

struct coding {
    enum encoding encoding;
    struct cp932 *cp932;
    struct jis *jis;
    struct host *host;
};

/* table: path of a host code's table, NULL for all others. STOP: memory, tables that libc lacks, a wrong table. */
CHECKED enum status coding_open(struct coding *coding, enum encoding encoding, const char *table,
                                struct error *error);
void coding_close(struct coding *coding);

/* True when , " tab CR LF are never a part of another character. */
bool coding_is_safe(enum encoding encoding);

#define CODING_NARROW 0u /* where every file begins */
#define CODING_WIDE 1u   /* host codes: within double-byte characters */

struct coding_turn {
    uint32_t state;    /* in and out: shifts, escapes */
    struct text stand_in; /* for each bad code, at most three bytes; may be no UTF-8 */
    bool last;         /* the bytes end where the text ends */
    size_t taken;      /* out: bytes read; all of them when last, else up to three less */
    size_t bad;        /* out: offset of the first bad code, or size */
};

/* Decodes what is whole of the bytes; gives the length. out has room for size * CODING_GROWTH + CODING_SLACK. */
size_t coding_decode(const struct coding *coding, struct coding_turn *turn, const char *bytes,
                     size_t size, char *out);

#endif
