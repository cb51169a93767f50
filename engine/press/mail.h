/* press/mail.h -- letters as mail: addressee, customer barcode, cover sheet, 封入パターン, weight, and the sheets of the
 * run's own (slips). What of it is of one record is here; what compares records is in pieces.h, numbers are in
 * tracking.h. Private to the room.
 * A protected person's letter has no address, no customer barcode and no number from a block, and stands in no slip.
 * Tests: tests/cases/mail.sh, pieces.sh, orders.sh
 */
#ifndef PRESS_MAIL_H
#define PRESS_MAIL_H

#include "compose/marks.h"
#include "compose/slip.h"
#include "press/engine.h"
#include "symbology/address.h"
#include "symbology/tracking.h"

enum slip_kind { SLIP_KIND_BUNDLE, SLIP_KIND_EMPLOYER, SLIP_KIND_LOT, SLIP_KIND_POSTING, SLIP_KINDS };

#define MAIL_LIMITS 16   /* weight classes */
#define MAIL_CLASSES 4   /* enum mail_class */

struct press_mail {
    bool in_use;                 /* any of it: pieces.csv is written */
    struct press_form *carrier;  /* NULL: no cover sheets */
    struct press_form *slips[SLIP_KINDS]; /* NULL: not printed */
    uint32_t further;            /* forms bound behind those of the job */
    bool has_postcodes;
    struct postcodes postcodes;
    struct digest postcodes_digest;
    uint8_t pattern[LIMIT_FORMS][PLAN_ROUTES]; /* 封入パターン, 0 = none */
    uint32_t insert_grams[MARK_PATTERNS + 1];
    struct text insert_words[MARK_PATTERNS + 1];
    uint32_t limits[MAIL_LIMITS], limit_count; /* g, ascending */
    bool number_column;          /* 引受番号 stands in the file */
    bool has_block[MAIL_CLASSES];
    struct tracking_block block[MAIL_CLASSES];
    bool one_block;              /* both classes take their numbers from one */
    bool destinations;           /* the file has columns of a 送付先 */
    int employer_postcode, employer_address; /* slots, or -1 */
    uint64_t proved_employer;    /* hash of the last one that fitted its cover */
};

/* -- mail_open.c -- */

/* Behind forms and columns. Warnings go to press->problems. */
CHECKED enum status mail_open(struct press *press, struct error *error);

/* -- mail.c -- */

enum delivery route_delivery(uint32_t route);
bool route_is_tracked(uint32_t route); /* 特定記録, 簡易書留 by 郵送 */

/* The data of the customer barcode of the record's address; nothing where the job wants none, the address gives none,
 * or the person is protected. For envelopes. */
CHECKED enum status mail_customer(struct press *press, const struct admitted *admitted, struct text *out,
                                  struct error *error);

/* Fills out->letter's customer barcode and, where the form may need one, out->cover, from `printed`: what was admitted,
 * lost characters replaced. REJECT as letter_make. */
CHECKED enum status mail_fill(struct press *press, const struct admitted *printed, struct press_result *out,
                              struct error *error);

/* What only the pre-pass asks of a record that goes this way. REJECT 92xx, or what the cover or slips refuse. */
CHECKED enum status mail_prove(struct press *press, struct press_result *result, uint32_t route, struct error *error);

/* Does a piece that begins with a letter of this form have a cover sheet? */
bool mail_has_cover(const struct press *press, uint32_t form, uint32_t route);

/* result->has_cover. */
CHECKED enum status mail_compose_cover(struct press *press, const struct press_result *result, enum compose_mode mode,
                                       struct page_list *out, struct error *error);

/* The employer's lines of a slip. */
void mail_employer(const struct press *press, const struct admitted *admitted, struct slip *slip);

/* 整理番号 stays with its person, mail with its addressee. */
struct text mail_value(const struct admitted *admitted, int field); /* FIELD_MAIL_...; "" where suppressed */
bool mail_is_elsewhere(const struct admitted *admitted); /* to a 送付先 */

/* Seven digits of the addressee's postcode as a number; POSTCODE_NONE without one. */
#define POSTCODE_NONE 10000000u
uint32_t mail_postcode(struct text text);

/* "50", "over", "" where weights are not stated. */
struct text mail_weight_class(const struct press *press, uint32_t sheets, uint32_t pattern, char room[TEXT_NUMBER]);

/* Counted reasons of the customer barcode (address-no-number ...), "good" too. */
struct text mail_reason(enum address_answer answer);

#endif
