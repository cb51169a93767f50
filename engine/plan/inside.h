/* plan/inside.h -- what the files of this room share about a plan. */
#ifndef PLAN_INSIDE_H
#define PLAN_INSIDE_H

#include "plan/plan.h"

/* The plan takes the index of household members (size * 4 bytes) and frees it with itself. */
void plan_keep_members(struct plan *plan, uint32_t *members, uint64_t size);
const uint32_t *plan_kept_members(const struct plan *plan);

#endif
