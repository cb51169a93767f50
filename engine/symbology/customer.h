/* symbology/customer.h -- customer barcode (カスタマバーコード) of Japan Post: from postcode and 住所B to 67 bars, and
 * their size on paper. Pure, no heap.
 * Source: Japan Post, 郵便番号・バーコードマニュアル, https://post.japanpost.jp/zipcode/zipmanual/ ; below "manual pN"
 *         is page N of it. Where it is silent the decision stands beside the code that takes it.
 * Takes : texts in UTF-8, in full or half width.
 * Data  : postcode (7 digits) and 住所表示番号, plain: digits, hyphens, A-Z; neither cut nor filled, no hyphen in the
 *         postcode or behind it ("10000131-3-2-503").
 */
#ifndef SYMBOLOGY_CUSTOMER_H
#define SYMBOLOGY_CUSTOMER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/status.h"
#include "base/text.h"
#include "base/units.h"

#define CUSTOMER_BARS 67
#define CUSTOMER_PLACES 13 /* characters of the address in the symbol (manual p12) */
#define CUSTOMER_DATA 96   /* room for data with its NUL; longer data is cut here, far behind the last place */

/* Seven digits, with or without a hyphen behind the third, 〒 before it, in full or half width. False: anything else. */
bool customer_postcode(struct text text, char out[7]);

/* 住所表示番号 of 住所B by the rules of manual p19, written to out; gives its length, 0: nothing to extract. */
uint32_t customer_extract(struct text address_b, char *out, uint32_t room);

/* Data of postcode and 住所B. A PO box (私書箱) with a collective number gives its box number; with a number of its own
 * (`office` true: a large office or PO box with an individual number) the address is not encoded (manual p22).
 * False: no postcode. */
bool customer_data(struct text postcode, struct text address_b, bool office, char out[CUSTOMER_DATA],
                   uint32_t *length);

/* The symbol. */
enum customer_bar { CUSTOMER_LONG = 1, CUSTOMER_UPPER = 2, CUSTOMER_LOWER = 3, CUSTOMER_TIMING = 4 };

struct customer {
    uint8_t bars[CUSTOMER_BARS]; /* enum customer_bar, left to right */
    uint8_t check;               /* value of the check character, 0..18 */
};

/* Takes data; a letter becomes its two characters, what is over 13 is cut (also between these two, manual p20), what is
 * under is filled with CC4. REJECT 8010: not seven digits and then digits, hyphens, letters A-Z. */
CHECKED enum status customer_encode(struct text data, struct customer *out, struct error *error);

/* "0".."9", "-", "CC1".."CC8" of a value 0..18; "" beyond. */
const char *customer_character(uint8_t value);

/* -- on paper -- */

/* All in device dots; the same counts for every bar of the symbol. */
struct customer_place {
    emu dot;                            /* one device dot */
    int32_t width, space, pitch;        /* pitch = width + space */
    int32_t high, semi, timing;         /* of a long, a semi-long, a timing bar; high - timing is even */
    int32_t length;                     /* of the whole symbol: 66 pitches and a bar; its height is `high` */
};

#define CUSTOMER_SIZE_LEAST 800 /* 1/100 pt */
#define CUSTOMER_SIZE_MOST 1150
#define CUSTOMER_CLEAR (2 * EMU_PER_MM) /* free on all four sides at least (manual p13) */

/* size: a of the manual in 1/100 pt; dpi: 300, 600 or 1200. Every measure lies in the tolerance of manual p12. What 300
 * gives stays whole on all three devices: take it where the device is not known.
 * Refuses STOP 8011: size out of range (have, want in 1/100 pt); 8012: another dpi, or no dot count fits. */
CHECKED enum status customer_place(int32_t size, int32_t dpi, struct customer_place *out, struct error *error);

/* The rectangle of bar 0..66 of this kind, in dots from the upper left corner of the symbol. */
struct customer_rect {
    int32_t x, y, width, height;
};
struct customer_rect customer_rect(const struct customer_place *place, uint32_t index, uint8_t bar);

#endif
