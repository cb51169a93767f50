/* symbology/tracking.h -- 引受番号 (お問い合わせ番号) of registered mail: ten digits and a check digit, 560-00-00000-0.
 * The post office gives a block of numbers to the sender; none is ever made up.
 */
#ifndef SYMBOLOGY_TRACKING_H
#define SYMBOLOGY_TRACKING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/status.h"
#include "base/text.h"

#define TRACKING_NUMBERS UINT64_C(10000000000) /* ten digits */
#define TRACKING_TEXT 15                       /* "560-00-00000-0" and a NUL */
#define TRACKING_DIGITS 12                     /* "56000000000" and a NUL */

/* The ten digits as one number. */
typedef uint64_t tracking;

/* Digit 11: the ten digits as one number, modulo 7 (7DR). */
char tracking_check(tracking number);

/* With hyphens (3-2-5-1), for people; without, for the barcode. */
void tracking_write(tracking number, char out[TRACKING_TEXT]);
void tracking_digits(tracking number, char out[TRACKING_DIGITS]);

/* 11 digits, plain or 3-2-5-1 with hyphens or what looks like them, blanks around, in full or half width.
 * REJECT 8040: another shape. 8041: wrong check digit. */
CHECKED enum status tracking_read(struct text text, tracking *out, struct error *error);

/* Ten digits without check digit (3-2-5), or eleven as above. Same refusals. */
CHECKED enum status tracking_read_either(struct text text, tracking *out, struct error *error);

/* -- a block -- */

struct tracking_block {
    tracking first;
    uint64_t count;
};

/* first: ten digits, 3-2-5. STOP 8042: another shape; 8043: the block runs beyond 999-99-99999. count 0 is an empty
 * block. */
CHECKED enum status tracking_block(struct text first, uint64_t count, struct tracking_block *out, struct error *error);

/* STOP 8044 when the block has fewer numbers than needed: have = its numbers, want = needed. */
CHECKED enum status tracking_enough(const struct tracking_block *block, uint64_t needed, struct error *error);

/* Number `index` from 0; index < count. */
static inline tracking tracking_at(const struct tracking_block *block, uint64_t index)
{
    return block->first + index;
}

/* True when both have a number in common. */
bool tracking_overlap(const struct tracking_block *a, const struct tracking_block *b);

/* -- doubts: commonly reported meanings of the first five digits, unconfirmed; warnings at most -- */

enum tracking_class { TRACKING_KAN_I, TRACKING_TOKUTEI }; /* 簡易書留, 特定記録 */

/* MSG_NONE, 8045: the first digit is another class's (3-4 簡易書留, 5-6 特定記録); 8046: digits 4 and 5 are those of the
 * post office's own labels (00-59), not of numbers for large senders (60-99). */
enum message tracking_doubt(tracking number, enum tracking_class class);

#endif
