/* symbology/address.h -- from a record's postcode and address to the data of its customer barcode, or why it has none.
 * With a postcode file: representative postcodes are known, and an undivided 住所 is split at its 町域. Without one an
 * undivided address gives no barcode, and a postcode that ends in 00 is taken for a representative one: such a letter
 * must not have a barcode, and one without only pays its full postage.
 * Pure, no heap.
 */
#ifndef SYMBOLOGY_ADDRESS_H
#define SYMBOLOGY_ADDRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/text.h"
#include "symbology/customer.h"
#include "symbology/postcodes.h"

struct address {
    struct text postcode;
    struct text first, second; /* 住所A and 住所B; undivided: 住所 and 方書 */
    bool undivided;
};

enum address_answer {
    ADDRESS_GOOD,             /* data is there */
    ADDRESS_NO_POSTCODE,      /* 郵便番号 empty */
    ADDRESS_BAD_POSTCODE,     /* 郵便番号 not seven digits */
    ADDRESS_UNKNOWN_POSTCODE, /* not in the postcode file */
    ADDRESS_REPRESENTATIVE,   /* 代表の郵便番号: no barcode */
    ADDRESS_NOT_DIVIDED,      /* the 町域 of the postcode is not found in 住所, or there is no postcode file */
    ADDRESS_NO_NUMBER,        /* 住所B missing */
    ADDRESS_ANSWERS
};

/* postcodes NULL: no file. data: CUSTOMER_DATA bytes, NUL-terminated, "" without barcode. */
enum address_answer address_customer(const struct postcodes *postcodes, const struct address *address,
                                     char data[CUSTOMER_DATA], uint32_t *length);

/* For the report: a warning's number and token; MSG_NONE for ADDRESS_GOOD. */
enum message address_reason(enum address_answer answer);

/* Where 住所 is to be split: bytes of 住所A in `address`, which begins with prefecture and municipality or one of them or
 * the town itself. False: the postcode's town is not found there. */
bool address_split(const struct postcodes *postcodes, uint32_t postcode, struct text address, uint32_t *length);

#endif
