/* press/reprint_inside.h -- what the files of reprint share. */
#ifndef PRESS_REPRINT_INSIDE_H
#define PRESS_REPRINT_INSIDE_H

#include "press/outbook_rows.h"
#include "press/reprint.h"

struct reprint {
    const struct reprint_order *order;
    struct outbook *book;
    struct digest id;
    uint64_t number;
    bool recorded; /* the ledger has this reprint already */
    struct spool *spool;
    struct digester *digester;
    uint64_t proved, differing; /* letters whose sheet digest is that of the manifest, or another one (keyed) */
    bool keyed;
    uint8_t key[DIGEST_KEY_BYTES];
    struct reprint_totals *totals;
};

/* reprint_log.c: chooses what the log misses; tells the reconciliation. */
CHECKED enum status reprint_choose_log(struct reprint *reprint, const struct sink *words, struct error *error);

/* reprint_lot.c: the chosen letters of a lot as a lot of OUT2. */
CHECKED enum status reprint_lot(struct reprint *reprint, uint32_t lot, struct error *error);

/* reprint_tables.c: report.json and manifest.csv, sealed; the manifest's digest. */
CHECKED enum status reprint_tables(struct reprint *reprint, struct digest *manifest, struct error *error);

#endif
