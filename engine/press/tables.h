/* press/tables.h -- the CSV tables of a run: who was printed where, who was not and why.
 * No name, no address, no last 4: row, 整理番号, numbers, tokens and digests only. UTF-8, LF, header always.
 */
#ifndef PRESS_TABLES_H
#define PRESS_TABLES_H

#include "base/digest.h"
#include "plan/plan.h"
#include "spool/spool.h"

struct manifest_line {
    uint64_t sequence; /* from 1; also the piece: one letter, one piece in this version */
    uint32_t lot, page, pages;
    struct text id, form, route;
    const struct digest *digest; /* of the letter; the sheet has no marks yet, so its digest is the same */
};

struct record_line {
    uint64_t row;
    struct text id, form;
    enum plan_outcome outcome;
    uint64_t sequence; /* 0 = none */
    uint16_t message;
};

CHECKED enum status tables_head(struct spool_table *records, struct spool_table *holds,
                                struct spool_table *followup, struct spool_table *manifest,
                                struct error *error);
CHECKED enum status manifest_head(struct spool_table *manifest, struct error *error);
CHECKED enum status manifest_write(struct csv_row *row, const struct manifest_line *line,
                                   struct spool_table *table, struct error *error);
CHECKED enum status record_write(struct csv_row *row, const struct record_line *line,
                                 struct spool_table *table, struct error *error);
CHECKED enum status hold_write(struct csv_row *row, uint64_t number, struct text id, uint16_t message,
                               struct text column, struct spool_table *table, struct error *error);
/* substitutions.csv: what the table replaced, as code points: U+9AD9. */
CHECKED enum status substitutions_head(struct spool_table *table, struct error *error);
CHECKED enum status substitution_write(struct csv_row *row, uint64_t number, struct text column, struct text from,
                                       struct text to, struct spool_table *table, struct error *error);
CHECKED enum status followup_write(struct csv_row *row, uint64_t number, struct text id, uint16_t message,
                                   struct spool_table *table, struct error *error);

#endif
