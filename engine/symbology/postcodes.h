/* symbology/postcodes.h -- the postcode file as Japan Post publishes it, as an index in memory.
 * Takes  : KEN_ALL.CSV (CP932) or utf_ken_all.csv (UTF-8): towns; JIGYOSYO.CSV: large offices and PO boxes with numbers
 *          of their own. Rows of both kinds may stand in one file. Told apart by their columns, 15 and 13.
 * Gives  : for a postcode its towns (町域), without what stands in parentheses, or what else it is.
 * Refuses: STOP 8020 with the line, 8021, 8022. The file's name comes from `path`, for messages only.
 * Owns   : everything in the arena, about 6 MB for the whole country; bytes may go after reading.
 */
#ifndef SYMBOLOGY_POSTCODES_H
#define SYMBOLOGY_POSTCODES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/status.h"
#include "base/text.h"

#define POSTCODES_BYTES (64u << 20) /* a larger file is none */
#define POSTCODES_ROWS 400000       /* the country has about 125,000 towns and 22,000 offices */

enum postcode_kind {
    POSTCODE_TOWN,           /* `town` is the 町域 */
    POSTCODE_WHOLE,          /* 〜一円, 〜の次に番地がくる場合: numbers follow the municipality; `town` is empty */
    POSTCODE_REPRESENTATIVE, /* 以下に掲載がない場合: no barcode (manual p18) */
    POSTCODE_OFFICE,         /* an individual number: the address is not encoded (manual p22) */
};

struct postcode_row {
    uint32_t postcode; /* 0..9999999 */
    uint32_t town;     /* offset in texts */
    uint16_t place;    /* prefecture and municipality: index in places */
    uint8_t length;    /* of town, bytes */
    uint8_t kind : 7;  /* enum postcode_kind */
    uint8_t three : 1; /* the old postcode has three digits, not five: so has the 郵便区番号 */
};

struct postcode_place {
    struct text prefecture, municipality;
};

struct postcodes {
    const struct postcode_row *rows; /* by postcode, then as in the file */
    uint32_t count;
    const struct postcode_place *places;
    uint32_t place_count;
    const char *texts;
};

/* Fields that are not UTF-8 go through this: CP932 to UTF-8, valid; out has room for 3 * size + 3 bytes. NULL: the file
 * must be UTF-8. */
struct postcode_decoder {
    uint32_t (*decode)(const void *context, const char *bytes, uint32_t size, char *out);
    const void *context;
};

CHECKED enum status postcodes_read(const void *bytes, size_t size, const char *path,
                                   const struct postcode_decoder *decoder, struct arena *arena, struct postcodes *out,
                                   struct error *error);

/* The rows of a postcode of seven digits; *count 0: the file does not have it. */
const struct postcode_row *postcodes_find(const struct postcodes *postcodes, uint32_t postcode, uint32_t *count);

struct text postcodes_town(const struct postcodes *postcodes, const struct postcode_row *row);

#endif
