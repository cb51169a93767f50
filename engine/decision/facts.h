/* decision/facts.h -- what a record says about its situation. Private to the decision room. */
#ifndef DECISION_FACTS_H
#define DECISION_FACTS_H

#include "decision/table.h"

/* open: the values that each fact may have, as bits; one bit = known. */
struct facts {
    uint8_t open[RECORD_FACTS];
};

/* The column that says a record fact; of match, which has several, 総合判定. */
unsigned fact_slot(enum fact fact);

/* Reads the facts that the table looks at; others get their first value. Refuses REJECT: values
 * outside their choices, dates that do not exist, contradictions. */
CHECKED enum status facts_read(const struct decision_table *table, const struct admitted *record,
                               struct facts *out, struct error *error);

/* REJECT for a fact that is open and decides: names the column that would settle it. */
CHECKED enum status facts_refuse_open(enum fact fact, const struct admitted *record,
                                      struct error *error);

#endif
