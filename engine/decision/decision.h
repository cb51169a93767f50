/* decision/decision.h -- which form a record gets, by the official table of the edition.
 * The table is data: templates/<edition>/decision.yaml, one row a line with the passage that it comes from.
 * Source : notice of 2024-01-09, body 4(1)-(4) and 別添1 (reference: forms.md section 2).
 */
#ifndef DECISION_DECISION_H
#define DECISION_DECISION_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "guard/guard.h"
#include "job/job.h"

enum outcome {
    OUTCOME_FORM,      /* print form `form` */
    OUTCOME_FOLLOW_UP, /* 別途対応: no letter here */
    OUTCOME_TOOL,      /* 国保中央会 tool: no letter here, hand-over list */
};

struct decision {
    enum outcome outcome;
    struct text form; /* "1" .. "4" or own name; borrowed from table or job */
    struct text row;  /* name of the row that fired: "K3"; "job" or "column" when the table did not decide */
};

struct decision_table; /* opaque, lives in the arena */

/* source: the text of decision.yaml (path for messages); unused and may be empty unless the job says
 * form: official. Refuses: STOP 44xx. */
CHECKED enum status decision_open(const struct job *job, struct text source, const char *path,
                                  struct arena *arena, const struct decision_table **out,
                                  struct error *error);

/* Checks that the header has the columns that the table needs: STOP 44xx naming the column. */
CHECKED enum status decision_columns(const struct decision_table *table, const struct header *header,
                                     struct error *error);

/* Refuses REJECT 44xx: value outside its choices (column named), contradiction (number never submitted but
 * a last 4 is there; five items and 総合判定 disagree), empty where the table needs it. */
CHECKED enum status decision_make(const struct decision_table *table, const struct admitted *record,
                                  struct decision *out, struct error *error);

/* The forms that this table can give for this job, for opening them: OUTCOME_FORM names. */
uint32_t decision_forms(const struct decision_table *table, struct text out[], uint32_t limit);

#endif
