/* press/tracking.h -- 引受番号 from the blocks of the job: one a piece, in the order of the pieces, none twice in a run,
 * and with mail.tracking.register none twice in all runs that name the same register.
 * Protected people's pieces take none from a block: a gap in it would show them.
 * The register: text, a line a range: `RUN FIRST COUNT reserved|done`, RUN being the id of the run without shards and
 * numbers. It is changed under a lock of its folder, through a new file and a rename. Numbers are reserved before
 * anything is printed:
 *   the same run again      gets the numbers that it has; once it is done only with --resume (9224)
 *   another run             gets what is left of the block; 8044 with the shortfall before anything is printed
 *   a run that ends with an error before a lot was finished gives its numbers back
 *   killed before that      they stay reserved: the same run may have them, others are told (9221)
 * Shards of one run that use copies of one register get the same numbers.
 * Private to the room. Tests: tests/cases/tracking.sh
 */
#ifndef PRESS_TRACKING_H
#define PRESS_TRACKING_H

#include "press/mail.h"

#define NUMBER_RANGES 32

struct number_ranges {
    struct tracking_block list[NUMBER_RANGES];
    uint32_t count;
};

struct numbers {
    struct number_ranges ranges[MAIL_CLASSES]; /* by the class that has the block */
    uint64_t needed[MAIL_CLASSES];
    uint64_t base[PLAN_ROUTES]; /* numbers of its block that earlier routes take */
    uint64_t before[PLAN_ROUTES]; /* pieces of earlier routes */
    uint8_t block[PLAN_ROUTES]; /* class that has the route's block */
    bool has[PLAN_ROUTES];
    bool reserved; /* by this very call */
};

/* Which route takes how many. */
void numbers_plan(const struct press *press, const struct schedule *schedule, struct numbers *out);

/* Fills the ranges. run: without shards and numbers. STOP 8044, 92xx. */
CHECKED enum status numbers_reserve(struct press *press, const struct digest *run, bool again, struct numbers *numbers,
                                    struct error *error);
/* All is printed. STOP 9223: another process has finished the same run with the same numbers. */
CHECKED enum status numbers_finish(struct press *press, const struct digest *run, bool again,
                                   const struct numbers *numbers, struct error *error);
/* Nothing is kept of this call: what it reserved is free again. Best effort. */
void numbers_release(struct press *press, const struct digest *run, const struct numbers *numbers);

/* Are there enough? Nothing is reserved, no file is written. What others have reserved and not done counts as free: it
 * may be this very run's. STOP 8044, 92xx. */
CHECKED enum status numbers_check(struct press *press, const struct schedule *schedule, struct error *error);

/* Of a piece, from 1 through all routes. False: it has none. */
bool numbers_of(const struct numbers *numbers, uint32_t route, uint64_t piece, tracking *out);

void numbers_digest(const struct numbers *numbers, struct digester *digester);

#endif
