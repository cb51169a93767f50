/* press/tables.h -- the CSV tables of a run: who was printed where, who was not and why.
 * No name, no address, no last 4: row, 整理番号, numbers, tokens and digests only. UTF-8, LF, header always.
 */
#ifndef PRESS_TABLES_H
#define PRESS_TABLES_H

#include "base/digest.h"
#include "plan/plan.h"
#include "press/rows.h"

struct manifest_line {
    uint64_t sequence, piece; /* from 1 */
    struct text lot;          /* path within OUT */
    uint64_t page;            /* of the lot, from 1 */
    uint32_t pages;
    struct text id, form, route, tracking;
    const struct digest *digest, *sheet; /* of the letter; of its sheets with their run marks */
};

/* Where a record stands in the input. file: empty where there is one only; else the last column of the tables that
 * name rows. */
struct table_row {
    uint64_t row;
    struct text file;
};

struct record_line {
    struct table_row at;
    struct text id, form;
    enum plan_outcome outcome;
    uint64_t sequence; /* 0 = none */
    uint16_t message;
};

/* The header row of a table, without the line end; rows of several files have a further column. */
const char *table_head(enum section section);
#define TABLE_FILE ",file"

CHECKED enum status manifest_write(struct rows *rows, const struct manifest_line *line, struct error *error);
CHECKED enum status record_write(struct rows *rows, const struct record_line *line, struct error *error);
CHECKED enum status hold_write(struct rows *rows, const struct table_row *at, struct text id, uint16_t message,
                               struct text column, struct error *error);
CHECKED enum status followup_write(struct rows *rows, const struct table_row *at, struct text id, uint16_t message,
                                   struct error *error);
/* substitutions.csv: what the table replaced, as code points: U+9AD9. */
CHECKED enum status substitution_write(struct rows *rows, const struct table_row *at, struct text column,
                                       struct text from, struct text to, struct error *error);

/* pieces.csv: a line an envelope (通). */
struct piece_line {
    uint64_t piece, sequence; /* of its first letter */
    uint32_t letters, sheets; /* sheets: the cover counted */
    struct text lot, route, tracking, weight;
    uint32_t pattern; /* 0 = none */
    bool cover;
};
CHECKED enum status piece_write(struct rows *rows, const struct piece_line *line, struct error *error);

/* bundles.csv: a line for what of a bundle or of an employer stands in one lot. */
struct bundle_line {
    uint32_t bundle, part;
    struct text kind, key; /* postcode: prefix, or 雑; employer: 事業所番号 */
    uint32_t pieces, letters;
    uint64_t first, last; /* sequence numbers */
    struct text lot;
    uint64_t page; /* of its slip */
    struct text route;
};
CHECKED enum status bundle_write(struct rows *rows, const struct bundle_line *line, struct error *error);

/* destinations.csv: who is written to at a 送付先. */
CHECKED enum status destination_write(struct rows *rows, const struct table_row *at, struct text id, uint64_t sequence,
                                      struct error *error);

/* What the control totals count again in rows on their way into the tables. */
struct table_counts {
    uint64_t letters, pieces, sheets;
    uint64_t first_sequence, last_sequence, last_piece; /* 0 = no letter yet */
    uint64_t outcomes[PLAN_OUTCOMES];
    struct digest sum; /* of the letters' digests, mod 2^256, little-endian */
};
/* bytes: whole rows. STOP 9504: a row that is none, or a sequence with a gap. */
CHECKED enum status table_count(struct table_counts *counts, enum section section, const char *bytes, uint32_t size,
                                struct error *error);
void digest_sum(struct digest *sum, const struct digest *add);

#endif
