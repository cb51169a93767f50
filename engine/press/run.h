/* press/run.h -- inside of the printing pass: a plan becomes units, units become lots and rows, rows become tables.
 * A unit is made by any process, any number at once, from the plan and the file alone; so it can be made again at any
 * time and gives the same bytes.
 *   run.c         the order of things: places, pre-pass, run id, units, tables, publishing
 *   run_units.c   which units there are: a function of the schedule (and of the shard)
 *   run_unit.c    one unit: its letters into a lot, its records into rows
 *   run_crew.c    units by this process, or by workers; finished ones are committed in their order
 *   run_pieces.c, run_slips.c  envelopes, and sheets of the run's own (run_maker.h)
 *   run_posting.c posting-list.csv and .pdf
 *   run_tables.c  the rows of all units become tables; the totals are compared
 *   run_id.c      what the bytes of OUT are a function of
 * Private to the room.
 */
#ifndef PRESS_RUN_H
#define PRESS_RUN_H

#include "page/sheet.h"
#include "pdf/pdf.h"
#include "press/engine.h"
#include "press/rows.h"
#include "press/tables.h"
#include "press/tracking.h"
#include "spool/spool.h"

struct run_unit {
    const struct schedule_lot *lot;     /* NULL: rows only */
    bool hidden;                        /* of the insurer's own place */
    uint64_t first_record, end_record;  /* records that this unit lists; none when equal */
    char name[SPOOL_NAME];              /* "lot-000001.pdf", "home/lot-000001.pdf", "records-000001" */
};

/* Counted where rows are written; the last frame of a unit's rows. No padding: it is digested. */
struct run_counts {
    uint64_t letters, people, pieces, sheets; /* of letters */
    uint64_t outcomes[PLAN_OUTCOMES];         /* of records */
    uint64_t substitutions, substituted;      /* characters replaced, people they belong to */
    uint64_t slips;                           /* sheets that are no letter's */
    uint64_t large_kana;                      /* printed, with small kana written large in フリガナ by all likelihood */
    struct digest sum;                        /* of letter digests, mod 2^256 */
};

/* A registered piece, on its way into posting-list.csv and .pdf; no padding. */
struct posting_row {
    uint64_t sequence, piece, number;
    uint32_t postcode; /* or POSTCODE_NONE */
    uint32_t route, name_length;
    char name[260]; /* only where mail.posting_names is set */
};

struct run {
    struct press *press;
    const struct print_order *order;
    uint32_t workers;
    struct plan *plan;
    struct schedule schedule;
    struct prepass_facts facts;
    struct digest id, whole;       /* whole: of the run without shards, for join */
    struct digest base;            /* ... and without its tracking numbers: what these are reserved under */
    struct numbers numbers;
    uint32_t mark_key;             /* of the marks on its sheets: tells them from another run's */
    uint64_t unit_first, unit_end; /* of this shard, in the list of all */
    uint64_t range_units;          /* units that only list records */
    struct os_signals *signals;
    struct spool *main, *hidden; /* hidden: NULL without --protected-out */
    bool has_hidden;
    uint64_t letters_done; /* for the progress bar */
    uint64_t resumed;      /* units that an earlier run had sealed */
    struct press_totals totals;
};

/* -- run_units.c -- */
void run_units_plan(struct run *run); /* sets unit_first, unit_end, range_units */
void run_unit_at(const struct run *run, uint64_t number, struct run_unit *out);
/* What the plan says of the units of this run: the first counting point. hidden: of protected people's letters. */
struct run_expected {
    struct schedule_totals printed, hidden;
    uint64_t outcomes[PLAN_OUTCOMES], records, slips;
};
void run_expect(const struct run *run, struct run_expected *out);

/* -- run_unit.c -- */

/* What came of a unit: travels through a pipe. */
struct run_done {
    uint64_t number;
    struct spool_facts facts;
    struct spool_counts counts;
    uint64_t deflate_us;
};
/* Told every few hundred letters; STOP ends the unit. */
struct run_pulse {
    enum status (*beat)(void *context, uint64_t letters, bool sealing, struct error *error);
    void *context;
};
struct run_maker; /* one process's hands */
CHECKED enum status run_maker_open(struct run *run, const struct run_pulse *pulse, struct run_maker **out,
                                   struct error *error);
void run_maker_close(struct run_maker *maker); /* NULL is allowed */
CHECKED enum status run_unit_make(struct run_maker *maker, uint64_t number, struct run_done *out, struct error *error);

/* -- run_slips.c: the record of the letter at a position of the schedule, into press->member_record, by the second
 * reader (press->gather) -- */
CHECKED enum status run_read_letter(const struct run *run, uint64_t position, struct error *error);

/* -- run_crew.c: makes and commits every unit that is not sealed yet -- */
CHECKED enum status run_make_all(struct run *run, struct error *error);

/* -- run_tables.c: also publishes -- */
CHECKED enum status run_tables(struct run *run, struct error *error);

/* -- run_id.c -- */
CHECKED enum status run_identify(struct run *run, struct error *error);

#endif
