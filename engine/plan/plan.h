/* plan/plan.h -- the whole list at a glance: what becomes of each record, where its bytes are, who is doubled, who
 * shares a household's letter.
 * Filled by the pre-pass, record after record; closed once; then read in the same order by the printing pass.
 * Memory: 24 bytes a record, and 4 more for the indexes of doubles and households (schedule.h has the other 4 of the 32
 *          that are promised).
 * Gives  : sequence numbers as functions of the admitted list alone.
 * Owns   : its blocks and indexes; plan_free wipes them.
 * Tests  : tests/unit/plan_plan.c, plan_households.c.
 */
#ifndef PLAN_PLAN_H
#define PLAN_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/status.h"

enum plan_outcome { PLAN_PRINTED, PLAN_PROTECTED, PLAN_HELD, PLAN_FOLLOW_UP, PLAN_OUTCOMES };

#define PLAN_ROUTES 64u
#define PLAN_RECORDS_MOST 0x3FFF0000u /* an index has 30 bits, for arrange.c keeps more beside it */

/* What makes two records doubles of each other. */
enum plan_key { PLAN_ID, PLAN_PERSON, PLAN_KEYS };

struct plan_entry {
    uint64_t offset; /* of the record in the file */
    union {
        uint32_t hash[PLAN_KEYS]; /* of 整理番号, of 記号・番号・枝番; 0 = not known */
        uint64_t group;           /* from plan_households_begin on; 0 = a letter of its own */
    };
    uint32_t fingerprint; /* of the record's bytes: the second reading must meet the same ones */
    uint16_t message;     /* why it is not printed (enum message), or 0 */
    union {
        uint8_t column; /* held: slot + 1 that the message names; 0 = none */
        uint8_t route;  /* printed: how the letter travels, below PLAN_ROUTES; the press knows the names */
    };
    uint8_t outcome : 2;  /* enum plan_outcome */
    uint8_t form : 6;     /* of the press's forms; only when printed or protected */
};

struct plan; /* opaque */

CHECKED enum status plan_new(struct plan **out, struct error *error);
void plan_free(struct plan *plan); /* NULL is allowed */

CHECKED enum status plan_add(struct plan *plan, const struct plan_entry *entry, struct error *error);

uint64_t plan_count(const struct plan *plan);
/* index < plan_count; borrowed, may be changed. */
struct plan_entry *plan_at(struct plan *plan, uint64_t index);

/* The row that a spreadsheet shows for it: the header is row 1. */
static inline uint64_t plan_row(uint64_t index)
{
    return index + 2;
}

/* Holds one record: unless it is held already, when its first reason stays. */
void plan_hold(struct plan *plan, uint64_t index, uint16_t message, uint8_t column);

/* Records per outcome; their sum is plan_count. */
uint64_t plan_total(const struct plan *plan, enum plan_outcome outcome);

/* -- doubles -- */

/* Whether two records, whose hashes agree, have the same key: the caller reads both again. */
struct plan_reader {
    enum status (*same)(void *context, enum plan_key key, uint64_t index_a, uint64_t index_b, bool *same,
                        struct error *error);
    void *context;
};

/* Holds every record whose key another record has too (message `doubled`, column `slot` + 1). */
CHECKED enum status plan_close(struct plan *plan, enum plan_key key, const struct plan_reader *reader,
                               uint16_t doubled, unsigned slot, struct error *error);

/* -- households: records that share one letter, wherever they stand in the file -- */

/* The hashes give their place to the groups: no plan_close after this. */
void plan_households_begin(struct plan *plan);

/* Puts a record into the household of this key (a 64-bit hash, not 0). */
void plan_households_add(struct plan *plan, uint64_t index, uint64_t key);

/* Sorts the members of each household together. Households of more than `most` members are held whole. */
CHECKED enum status plan_households_end(struct plan *plan, uint32_t most, uint16_t too_large,
                                        struct error *error);

/* How many members the household has, when `index` is its first record, and the later ones (one less) in file order; 0
 * when the record is a later one, or alone. */
uint32_t plan_members(struct plan *plan, uint64_t index, const uint32_t **later);

/* True when the record's letter is printed with the household's first record. */
bool plan_follows(struct plan *plan, uint64_t index);

/* The first record of the household of `index`. */
uint64_t plan_first(struct plan *plan, uint64_t index);

/* Remembers the sequence number of a letter with its first record, and tells it to all members. After
 * plan_households_begin only; schedule_make does it. */
void plan_put_sequence(struct plan *plan, uint64_t first, uint64_t sequence);
uint64_t plan_sequence(struct plan *plan, uint64_t index); /* 0 = none */

#endif
