/* spool/spool.h -- what a run leaves behind: lots and tables, each whole or not there.
 * A file is written as NAME.part, synced, renamed, its folder synced. Until spool_publish nothing but lots and
 * .part files lie in OUT; the tables and the report get their names last. spool_abandon leaves nothing.
 * (Ledger and resume: reserved.)
 * Refuses: STOP 90xx: OUT not empty, not writable; 10xx from the machine.
 */
#ifndef SPOOL_SPOOL_H
#define SPOOL_SPOOL_H

#include "base/error.h"
#include "base/os.h"
#include "base/sink.h"

struct spool;

/* Checks OUT (missing or empty, writable); makes nothing yet. */
CHECKED enum status spool_check(const char *folder, struct error *error);

CHECKED enum status spool_open(const char *folder, struct spool **out, struct error *error);

/* A lot: number from 1 -> lot-000001.pdf. One at a time. */
CHECKED enum status spool_lot_begin(struct spool *spool, uint32_t number, struct sink *out,
                                    struct error *error);
CHECKED enum status spool_lot_seal(struct spool *spool, struct error *error);

/* A table or report that stays open until publish: "manifest.csv". */
struct spool_table;
CHECKED enum status spool_table_open(struct spool *spool, const char *name, struct spool_table **out,
                                     struct error *error);
CHECKED enum status spool_table_write(struct spool_table *table, const void *bytes, size_t size,
                                      struct error *error);

/* Writes and syncs all tables under their .part names; nothing can be written after it. All that a full disk can
 * refuse is then done: with several spools, seal each before the first is published. A lot still open is a bug. */
CHECKED enum status spool_seal(struct spool *spool, struct error *error);

/* Seals what is not sealed, then gives the tables their names in the order of opening, the folder synced before the
 * last and after it: the manifest is to be opened last. Frees the spool, also when it fails (then nothing of the run
 * is left). */
CHECKED enum status spool_publish(struct spool *spool, struct error *error);

/* Deletes every file that this run made, and OUT itself when the run made it. NULL is allowed. */
void spool_abandon(struct spool *spool);

uint64_t spool_lot_bytes(const struct spool *spool); /* of all lots so far */

/* One CSV row into a buffer: quotes where RFC 4180 asks for them. overflow true: the row did not fit and must
 * not be written. */
struct csv_row {
    char bytes[8192];
    size_t size;
    bool first, overflow;
};
void csv_row_start(struct csv_row *row);
void csv_row_text(struct csv_row *row, struct text text);
void csv_row_number(struct csv_row *row, uint64_t number); /* 0 is written as 0 */
void csv_row_empty(struct csv_row *row);
void csv_row_end(struct csv_row *row); /* LF */

#endif
