/* press/join_inside.h -- what the files of join share. Not for others. */
#ifndef PRESS_JOIN_INSIDE_H
#define PRESS_JOIN_INSIDE_H

#include "press/join.h"
#include "press/verify_inside.h"
#include "spool/ledger.h"

#define JOIN_TABLES 24
#define JOIN_POSTING "posting-list.pdf" /* the first share has that of the whole run */

struct join_unit {
    char name[SPOOL_NAME];
    struct spool_facts facts;
    struct spool_counts counts;
};

/* A table of a share, the manifest not among them; in the order of the run. */
struct join_table {
    char name[SPOOL_NAME];
    uint64_t bytes;
    struct digest digest;
};

/* A sealed folder of a share: its OUT, or its protected place. */
struct join_place {
    const char *folder;
    struct digest run, manifest;
    bool sealed, keyed;
    struct digest before; /* of the last record that was read */
    const struct join *join;
    struct join_unit *units;
    uint32_t count, room;
    struct join_table tables[JOIN_TABLES];
    uint32_t table_count;
};

struct join_share {
    struct join_place main, hidden; /* hidden.folder NULL: none */
    uint64_t index, of;             /* K/N */
    struct digest whole;            /* run id of all shares together */
    uint64_t whole_records, whole_units;
    struct text report, report_text;
};

struct join {
    const struct join_order *order;
    struct arena arena;
    struct join_share *shares; /* by K */
    uint32_t count;
    bool keyed;
    uint8_t key[DIGEST_KEY_BYTES];
    struct spool *main, *hidden;
    struct join_totals totals;
};

/* -- join_share.c -- */

/* Reads reports and ledgers, sorts by K, compares. */
CHECKED enum status join_read_shares(struct join *join, struct error *error);
void join_close_shares(struct join *join);

/* -- join_report.c, join_text.c: the reports of all shares as one -- */
CHECKED enum status join_report(struct join *join, const struct sink *to, struct error *error);
CHECKED enum status join_report_text(struct join *join, const struct sink *to, struct error *error);
enum status join_broken(const char *file, struct error *error); /* 9690 */
enum status join_differs(struct text what, struct error *error); /* 9686 */

#endif
