/* guard/seal.h -- 照合符号: each row of a print file sealed with a key that insurer and vendor share.
 * What a seal says: `KXQRMFTB.17.1000.` and 32 letters: the extraction's id, the row's place among how many, and 128
 * bits of HMAC-SHA256, four bits a letter, over the names of all columns in their order, the id, both numbers and
 * every field of the row but the seal itself, as decoded text. So nothing depends on quotes, line ends or encoding, and
 * a spreadsheet may open and save the file as long as it changes no value.
 * What it tells apart: edited (a field, a column, the header, the key), added, of another extraction, missing before a
 * row, out of order or doubled, cut off at the end.
 * Nobody protected has a share in it: it is made from the rows of the print file alone.
 */
#ifndef GUARD_SEAL_H
#define GUARD_SEAL_H

#include "base/digest.h"
#include "base/hmac.h"
#include "intake/intake.h"

#define SEAL_COLUMN "照合符号"
#define SEAL_ID 8    /* characters of a file's id */
#define SEAL_CODE 32 /* characters of a code */
#define SEAL_TEXT 96 /* room for a row's seal */

struct seal; /* opaque: key, names of the columns, id */

/* names: of all columns of the file; column: the seal's own place among them. */
CHECKED enum status seal_new(const uint8_t key[HMAC_KEY_BYTES], const struct text *names, uint32_t count,
                             uint32_t column, struct seal **out, struct error *error);
void seal_free(struct seal *seal); /* NULL is allowed */

/* -- writing -- */

/* The id of an extraction of so many rows with this content. */
CHECKED enum status seal_name(struct seal *seal, const struct digest *content, uint64_t rows, struct error *error);
const char *seal_id(const struct seal *seal); /* "" before it is known */

/* fields: as many as columns; the seal's own is not looked at. number: from 1. */
CHECKED enum status seal_row(struct seal *seal, uint64_t number, const struct text *fields, char out[SEAL_TEXT],
                             struct text *text, struct error *error);

/* The code of other words under the same key: a delivery note. */
CHECKED enum status seal_words(struct seal *seal, struct text words, char out[SEAL_CODE + 1], struct error *error);

/* -- reading, row after row -- */

struct seal_check {
    uint64_t rows, last, count; /* read; number of the last row; rows when sealed (0: not known) */
    uint64_t bad;
    bool order_known; /* the row before was sealed well */
};

/* What is wrong with the next row: *out MSG_NONE, or 4032-4036 with *error filled (row, have, want).
 * broken: the row could not be read. STOP: libcrypto only. */
CHECKED enum status seal_next(struct seal *seal, struct seal_check *check, const struct record *record, bool broken,
                              enum message *out, struct error *error);
/* After the last row: 4037, or MSG_NONE. */
enum message seal_end(const struct seal_check *check, struct error *error);

#endif
