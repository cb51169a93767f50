/* press/dummy.h -- fictional people in the shape of the job's input, for first proofs: nobody real is used for layout.
 * Takes  : a press opened with press_settings.extract (a column 個人番号 comes out as 個人番号下4桁).
 * Gives  : a CSV file (UTF-8) with the input's columns and N records, each in the shape of one of the input's, evenly
 *          taken: scripts, lengths, rare characters, families side by side, and what the decision, the form and the
 *          route are made from. Deterministic by seed.
 * Never  : a value of the input in a column about a person (id, number, name, date of birth or of acquisition,
 *          address, household, employer, last 4, extra): each value made is compared with all of the input's and made
 *          again.
 *          Small ranges can be full (all 10,000 last 4, all days of a century): a value is then somebody's by chance.
 *          Of protected people not even the shape; what the engine does not know is left empty.
 * Refuses: STOP 974x; an existing file.
 */
#ifndef PRESS_DUMMY_H
#define PRESS_DUMMY_H

#include "press/press.h"

#define DUMMY_MOST 10000000

struct dummy_order {
    uint64_t count, seed;
    const char *out;
};

CHECKED enum status press_dummy(struct press *press, const struct dummy_order *order, struct error *error);

#endif
