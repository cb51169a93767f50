/* plan/arrange.h -- letters side by side: which share a piece, and in which order they are printed.
 * Between plan_letters_begin and plan_letters_end a letter's place in the plan holds its key, then its rank; what the
 * households keep there is set aside without further memory. In between neither plan_members nor plan_sequence may be
 * asked. Only letters of people who are not protected take part: the others stand alone and behind all.
 *   plan_letters_begin              each letter has a piece of its own, in the order of the file
 *   plan_letter_key                 a hash of what its piece shares; 本人 or not
 *   plan_letters_link               letters of one key become one group, at the place of its first letter
 *   plan_letter_rank                a number to sort by, before the group's place
 *   plan_letters_sort               record indexes of one route's letters in printing order
 *   plan_letters_end                keys are forgotten, households are as before
 * Memory: 4 bytes a letter while linking or sorting.
 * Tests : tests/unit/plan_arrange.c
 */
#ifndef PLAN_ARRANGE_H
#define PLAN_ARRANGE_H

#include "plan/plan.h"

#define PLAN_RANK_BITS 28
#define PLAN_RANKS (1u << PLAN_RANK_BITS)

/* A letter that is printed begins with this record, and nobody protected is in it. */
bool plan_is_letter(struct plan *plan, uint64_t index);

void plan_letters_begin(struct plan *plan);
void plan_letters_end(struct plan *plan);

/* key: 0 = a piece of its own. second: behind the others of its piece (a dependant). */
void plan_letter_key(struct plan *plan, uint64_t index, uint64_t key, bool second);
CHECKED enum status plan_letters_link(struct plan *plan, struct error *error);

/* Instead of linking: holds all letters, with their household, whose key another letter has. */
CHECKED enum status plan_letters_once(struct plan *plan, uint16_t message, uint8_t column, struct error *error);

/* After linking. rank < PLAN_RANKS. */
void plan_letter_rank(struct plan *plan, uint64_t index, uint32_t rank);
uint32_t plan_letter_ranked(struct plan *plan, uint64_t index);
uint64_t plan_letter_first(struct plan *plan, uint64_t index); /* first record of the group's first letter */

/* Sorts by rank, group, 本人 first, place in the file. *indexes: size * 4 bytes, the caller's (memory_free). */
CHECKED enum status plan_letters_sort(struct plan *plan, uint8_t route, uint32_t **indexes, uint64_t *size,
                                      struct error *error);

#endif
