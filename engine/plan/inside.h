/* plan/inside.h -- what the files of this room share about a plan. */
#ifndef PLAN_INSIDE_H
#define PLAN_INSIDE_H

#include "plan/plan.h"

/* The plan takes the index of household members (size * 4 bytes) and frees it with itself. */
void plan_keep_members(struct plan *plan, uint32_t *members, uint64_t size);
uint32_t *plan_kept_members(const struct plan *plan);
uint64_t plan_kept_size(const struct plan *plan);

/* households.c: while letters are arranged the first record's group is free. */
void plan_set_household_aside(struct plan *plan, uint64_t index); /* nothing for a letter of its own */
void plan_take_households_back(struct plan *plan);
/* Holds a letter's record and, aside or not, those that share it. */
void plan_hold_household(struct plan *plan, uint64_t index, uint16_t message, uint8_t column);

/* What arrange.c sorts by at the moment. */
struct plan_sorting {
    unsigned shift;
    uint8_t route;
};
struct plan_sorting *plan_sorting(struct plan *plan);

#endif
