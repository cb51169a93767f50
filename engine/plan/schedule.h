/* plan/schedule.h -- in which order the planned letters are printed, and how they are cut into lots.
 * Takes  : a closed plan; which route goes first; how many sheets a letter has; where letters were arranged
 *          (plan/arrange.h), by what they are grouped.
 * Gives  : an array of record indexes sorted by route, and in each by input or as arranged, with the letters of
 *          protected people behind all others as a stream of their own; pieces; groups (bundles, employers); lots as
 *          ranges of it; the sequence number of every letter (into the plan). All of it is a function of the plan: not
 *          of the number of workers, the machine or the time.
 * Sequence numbers and pieces run from 1 through the routes, in the order of the lots; lots are numbered from 1 in each
 * route's folder. Protected letters have their own 1, 2, 3 in all three, and share no piece and no group.
 * Slips  : a lot's cover stands before its first letter, a group's slips before the first letter of each of its parts
 *          (a group that goes on in a further lot has a part there), a piece's cover before its first letter. They are
 *          no letters' sheets.
 * Memory : 4 bytes a letter, 72 bytes a lot, 32 bytes a part of a group, and 4 bytes a letter of a route while that is
 *          sorted (plan.h: 24 bytes a record and 4 more: 32 in all are promised).
 * Owns   : order, lots, parts; schedule_free wipes them.
 * Tests  : tests/unit/plan_schedule.c, plan_arrange.c.
 */
#ifndef PLAN_SCHEDULE_H
#define PLAN_SCHEDULE_H

#include "base/digest.h"
#include "plan/plan.h"

#define SCHEDULE_PIECE 0x80000000u    /* this letter begins a piece */
#define SCHEDULE_INDEX 0x7FFFFFFFu    /* the index of the letter's first record */
#define SCHEDULE_PROTECTED PLAN_ROUTES /* the route of protected letters */

struct schedule_lot {
    uint64_t first;                       /* position of its first letter in `order` */
    uint64_t first_sequence, first_piece; /* from 1 */
    uint64_t people, sheets;              /* sheets: of letters */
    uint32_t letters, pieces;
    uint32_t slips;                       /* sheets that are no letter's: slips, covers of pieces and of the lot */
    uint32_t first_part, parts;           /* of groups, in schedule.parts */
    uint32_t route;  /* of plan_entry, or SCHEDULE_PROTECTED */
    uint32_t number; /* from 1, in the route's folder */
};

/* What of a group stands in one lot. */
struct schedule_part {
    uint64_t first;   /* position of its first letter */
    uint32_t group;   /* number of the group, from 1, through all routes */
    uint32_t key;     /* by what it is grouped, as schedule_order.group gave it */
    uint32_t letters, pieces;
    uint32_t part;    /* n of the group's parts, from 1; the parts of a group follow each other */
};

/* The first counting point of the control totals (the others: rows as they are written, rows as they are read back). */
struct schedule_totals {
    uint64_t people, letters, pieces, sheets, lots;
};

struct schedule {
    uint32_t *order; /* record index | SCHEDULE_PIECE, by position */
    uint64_t letters; /* of both streams: entries of order */
    struct schedule_lot *lots;
    uint32_t lot_count, lot_room;
    struct schedule_part *parts;
    uint32_t part_count, part_room;
    bool by_input; /* the unprotected letters stand in the order of the file */
    struct schedule_totals printed, hidden; /* hidden: of protected people */
    uint64_t route_piece[PLAN_ROUTES];  /* pieces of the routes before it, in printing order */
    uint64_t route_pieces[PLAN_ROUTES]; /* its own */
};

struct schedule_order {
    uint8_t first_route;  /* the job's own: its lots lie in OUT itself */
    uint32_t lot_letters; /* most letters of a lot, unless one piece has more */
    /* Of the letter that begins with this record. */
    uint32_t (*sheets)(void *context, struct plan *plan, uint64_t index);
    void *context;
    /* Sheets before the letter, when a piece begins with it (宛名台紙): slips, but sheets of the piece. NULL: none. */
    uint32_t (*cover)(void *context, struct plan *plan, uint64_t index);

    bool arranged;         /* plan_letters_begin was called: sort as arranged, and end it */
    bool share_pieces;     /* letters that were linked are one piece; else each is its own */
    uint32_t piece_sheets; /* most sheets of a piece, unless one letter has more; 0 = any number */
    uint32_t lot_sheets;   /* most sheets in a lot, slips counted, unless one piece has more; 0 = any number */
    bool lot_by_group;     /* a lot that has lot_sheets or lot_letters ends with the group, not in it */
    bool lot_cover;        /* a sheet before each lot */
    /* Of a letter of this route and rank: the key of its group, 0 = of none. NULL: no groups. */
    uint32_t (*group)(void *context, uint32_t route, uint32_t rank);
    uint32_t (*slips)(void *context, uint32_t route, uint32_t pieces); /* sheets before a part of so many pieces */
};

/* Also puts every letter's sequence number into the plan. STOP: memory. */
CHECKED enum status schedule_make(struct plan *plan, const struct schedule_order *order, struct schedule *out,
                                  struct error *error);
void schedule_free(struct schedule *schedule);

/* Index of the record with which the letter at this position begins. */
static inline uint64_t schedule_at(const struct schedule *schedule, uint64_t position)
{
    return schedule->order[position] & SCHEDULE_INDEX;
}

static inline bool schedule_starts_piece(const struct schedule *schedule, uint64_t position)
{
    return (schedule->order[position] & SCHEDULE_PIECE) != 0;
}

/* Adds outcome, reason, form and route of every record, and the order, to a digest: two runs with the same one make
 * the same letters of the same records. */
void schedule_digest(const struct schedule *schedule, struct plan *plan, struct digester *digester);

#endif
