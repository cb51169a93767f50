/* plan/plan.h -- the whole list at a glance: what becomes of each record, where its bytes are, who is doubled.
 * Filled by the pre-pass, record after record; closed once; then read in the same order by the printing pass.
 * Memory: 24 bytes a record, and 4 more while plan_close looks for doubles (bound of the design: 32).
 * Gives  : the outcome of every record before the first letter is printed, so that sequence numbers and lots are
 *          functions of the list alone.
 * Owns   : its blocks; plan_free wipes them.
 */
#ifndef PLAN_PLAN_H
#define PLAN_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/status.h"

enum plan_outcome { PLAN_PRINTED, PLAN_PROTECTED, PLAN_HELD, PLAN_FOLLOW_UP, PLAN_OUTCOMES };

struct plan_entry {
    uint64_t offset;      /* of the record in the file */
    uint64_t id_hash;     /* of 整理番号; 0 = it could not be read */
    uint32_t fingerprint; /* of the record's bytes: the second reading must meet the same ones */
    uint16_t message;     /* why it is not printed (enum message), or 0 */
    uint8_t column;       /* slot + 1 that the message names; 0 = none */
    uint8_t outcome;      /* enum plan_outcome */
};

struct plan; /* opaque */

CHECKED enum status plan_new(struct plan **out, struct error *error);
void plan_free(struct plan *plan); /* NULL is allowed */

CHECKED enum status plan_add(struct plan *plan, const struct plan_entry *entry, struct error *error);

uint64_t plan_count(const struct plan *plan);
/* index < plan_count; borrowed. Outcome, message and column may be changed. */
struct plan_entry *plan_at(struct plan *plan, uint64_t index);

/* The row that a spreadsheet shows for it: the header is row 1. */
static inline uint64_t plan_row(uint64_t index)
{
    return index + 2;
}

/* Whether two records, whose hashes agree, have the same 整理番号: the caller reads both again. */
struct plan_reader {
    enum status (*same_id)(void *context, uint64_t index_a, uint64_t index_b, bool *same,
                           struct error *error);
    void *context;
};

/* Holds every record whose 整理番号 another record has too (message `doubled`, column `slot` + 1). */
CHECKED enum status plan_close(struct plan *plan, const struct plan_reader *reader, uint16_t doubled,
                               unsigned slot, struct error *error);

/* Records per outcome; their sum is plan_count. */
uint64_t plan_total(const struct plan *plan, enum plan_outcome outcome);

#endif
