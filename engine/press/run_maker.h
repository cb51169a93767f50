/* press/run_maker.h -- one process's hands while it makes a unit. Inside of the printing pass (run.h):
 *   run_unit.c    letters and records
 *   run_pieces.c  what goes into an envelope: marks, cover sheet, tracking number; its rows
 *   run_slips.c   sheets of the run's own in their places: covers of lots, bundles, employers
 */
#ifndef PRESS_RUN_MAKER_H
#define PRESS_RUN_MAKER_H

#include "press/mail.h"
#include "press/pieces.h"
#include "press/run.h"

struct run_piece { /* in hand */
    uint64_t first_sequence;
    uint32_t letters, sheets, done; /* done: of its sheets */
    uint32_t pattern;
    bool cover, open;
    struct piece_key key;
    char number[TRACKING_TEXT]; /* "" = none */
    tracking plain;
};

struct run_maker {
    struct run *run;
    struct run_pulse pulse;
    struct digester *lot_digester; /* over the letters of the lot: the document's ID */
    struct sheet_digester *sheets;
    struct press_result result;
    struct rows rows;
    struct tally tally;
    /* of the unit in hand */
    struct run_unit unit;
    struct spool_unit *spool;
    struct sink pdf_sink;
    struct pdf *pdf;
    struct run_counts counts;
    uint64_t position, piece, page; /* of the next letter */
    uint64_t next_record;           /* where the reading stands; UINT64_MAX = nowhere */
    struct run_piece envelope;
    uint32_t part; /* of schedule.parts: the next one that may begin */
};

/* Prints a sheet that is no letter's. */
CHECKED enum status run_page(struct run_maker *maker, const struct page *page, struct error *error);
static inline uint64_t run_sequence(const struct run_maker *maker) /* of the letter in hand */
{
    const struct schedule_lot *lot = maker->unit.lot;
    return lot->first_sequence + (maker->position - lot->first);
}

/* -- run_pieces.c -- */

/* The letter at maker->position is about to be composed, its record read. */
void run_piece_begin(struct run_maker *maker);
/* It is composed: its number, its cover sheet, its marks. */
CHECKED enum status run_piece_letter(struct run_maker *maker, struct error *error);
/* It is printed. */
CHECKED enum status run_piece_add(struct run_maker *maker, struct error *error);
/* The piece in hand is whole: also at the end of the unit. */
CHECKED enum status run_piece_end(struct run_maker *maker, struct error *error);

/* -- run_slips.c: before the letter at maker->position is composed -- */
CHECKED enum status run_slips(struct run_maker *maker, struct error *error);

#endif
