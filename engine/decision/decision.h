/* decision/decision.h -- which form a record gets, by the official table of the edition.
 * The table is data: templates/<edition>/decision.yaml, one row a line with the passage that it comes from.
 * The row must be certain. What the file leaves open (an empty field, 総合判定 × alone) is no fault as long as the
 * same row fires whatever it is; else the record is held. So a × that the insurer has confirmed gets form 1, and
 * a × not confirmed is held until the items say whether birth or sex differ.
 * 回答 empty counts as unclear. Without notice.check_started nothing was registered after the start of the new
 * check: the results of the comparison always count. 自己情報提供不可 empty, and admitted, counts as 0.
 * What each word of the file means is said at the head of templates/2024-01/decision.yaml. The job's choices where
 * the notice leaves one or is silent: notice.unanswered, notice.not_asked, notice.birth_sex.
 * Source : named in each row; for 2024-01 事務連絡 of 2024-01-09, body 4(1)-(4) and 別添1.
 * Tests  : tests/unit/decision_table.c, decision_facts.c, decision_rules.c
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
    struct text form; /* "1" .. "4", "1n" or own name; borrowed from table, job or (様式 column) record */
    struct text row;  /* name of the row that fired: "K3"; "job" or "column" when the table did not decide */
    enum message reason; /* FOLLOW_UP, TOOL: a message of KIND_FOLLOW that says why; FORM: MSG_NONE */
};

/* Outcomes `certificate` (資格確認書 instead) and `not-needed` (対象外, already issued) of edition 2024-12 are
 * OUTCOME_FOLLOW_UP with reasons of their own, one reason for all grounds: a follow-up list must not tell who is
 * protected. A table may name any form of its edition: `outcome: { form: 1n }`. */
struct decision_table; /* opaque, lives in the arena */

/* source: the text of decision.yaml (path for messages); unused and may be empty unless the job says
 * form: official. Refuses: STOP 44xx. */
CHECKED enum status decision_open(const struct job *job, struct text source, const char *path,
                                  struct arena *arena, const struct decision_table **out,
                                  struct error *error);

/* Checks that the header has the columns that the rows of this kind of insurer look at: STOP 44xx naming the
 * column. 総合判定 stands in for the five items and 複数資格; 個人番号提出 is never needed, only checked. */
CHECKED enum status decision_columns(const struct decision_table *table, const struct header *header,
                                     struct error *error);

/* Refuses REJECT 44xx: value outside its choices (column named), contradiction (number never submitted but
 * a last 4 is there, or the reverse; five items and 総合判定 disagree), empty where the table needs it. */
CHECKED enum status decision_make(const struct decision_table *table, const struct admitted *record,
                                  struct decision *out, struct error *error);

/* The forms that this table can give for this job, for opening them, each once: 0 when the 様式 column says it,
 * since then nothing is known before the records are read. */
uint32_t decision_forms(const struct decision_table *table, struct text out[], uint32_t limit);

#endif
