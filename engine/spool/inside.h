/* spool/inside.h -- what the files of this room share. */
#ifndef SPOOL_INSIDE_H
#define SPOOL_INSIDE_H

#include "spool/ledger.h"
#include "spool/spool.h"

/* Invariant 8: no file of this room can ask for the time. */
#pragma GCC poison os_clock_ms os_thread_ns os_sleep_ms

#define LEDGER_FORMAT 1
#define PART_SUFFIX ".part"
#define ROWS_SUFFIX ".rows"
#define SPOOL_BLOCK (256u << 10) /* bytes that are written, hashed and read again at once */
#define SPOOL_TABLES 24
#define LEDGER_BYTES ((size_t)1 << 30) /* of one ledger: two million lots */

/* -- paths.c -- */

/* OUT/name + suffix; false when too long. */
bool spool_path(char out[LIMIT_PATH], const char *folder, const char *name, const char *suffix);
/* Where the rows of a unit lie: OUT/.work/home+lot-000001.pdf.rows */
bool spool_rows_path(char out[LIMIT_PATH], const char *folder, const char *unit);
/* The folder that holds the unit's lot: OUT or OUT/home. */
bool spool_unit_folder(char out[LIMIT_PATH], const char *folder, const char *unit);
bool spool_unit_name(const char *name); /* is it one? */
bool spool_lot_name(const char *name);  /* lot-*.pdf, without folder */
bool spool_ends_with(const char *name, const char *suffix);

/* -- unit.c -- */

/* Keyed where key is not NULL. */
CHECKED enum status spool_digester(const uint8_t *key, struct digester **out, struct error *error);

/* -- line.c: one line of the ledger -- */
struct ledger_line {
    char bytes[LEDGER_LINE];
    size_t size;
    bool overflow; /* or a name that is none */
};
/* Where a ledger stands: so many records, the last with this digest. */
struct ledger_tail {
    uint64_t records;
    struct digest last;
};
void line_start(struct ledger_line *line, uint64_t number, const char *kind);
void line_text(struct ledger_line *line, struct text name, struct text value);
void line_number(struct ledger_line *line, const char *name, uint64_t value);
void line_digest(struct ledger_line *line, const char *name, const struct digest *value);
/* Adds prev and crc, moves the tail to this record. STOP 70: it did not fit. */
CHECKED enum status line_end(struct ledger_line *line, struct ledger_tail *tail, struct error *error);

/* Reads the line that begins at bytes. false: it is no good record behind the tail. Moves the tail, gives the size
 * with its LF. scratch keeps the values. *failed: no digest could be made. */
bool line_read(const char *bytes, size_t size, struct ledger_tail *tail, char scratch[LEDGER_LINE],
               struct ledger_record *out, size_t *line_size, bool *failed);

/* -- ledger.c -- */

/* Walks the good records. The visitor's REJECT: this one is as good as bad, the ledger ends before it. */
CHECKED enum status ledger_scan(const char *bytes, size_t size, const struct ledger_visitor *visitor,
                                struct ledger_end *end, struct error *error);

/* Writes ledger.part with these bytes and a line (either may be none), syncs it, renames it over the ledger, syncs the
 * folder. *out is the file, still open for more; to be ended by os_file_leave. */
CHECKED enum status ledger_renew(const char *folder, const char *bytes, size_t size, const struct ledger_line *line,
                                 struct os_file **out, struct error *error);

/* -- lots.c: the committed units, by order and by name -- */
struct lot {
    char name[SPOOL_NAME];
    struct spool_facts facts;
    struct spool_counts counts;
};
struct lots {
    struct lot *list;
    uint64_t count, room;
    uint32_t *index; /* position + 1 by hash of the name, 0 = free; twice the room */
};
CHECKED enum status lots_reserve(struct lots *lots, struct error *error); /* room for one more */
void lots_add(struct lots *lots, const struct lot *lot);                  /* after lots_reserve */
const struct lot *lots_find(const struct lots *lots, const char *name);
void lots_free(struct lots *lots);

/* -- spool.c -- */
enum spool_state {
    STATE_OPEN,    /* no lock, no ledger yet */
    STATE_READY,   /* between two lots */
    STATE_NAMED,   /* a lot has its name, but no record */
    STATE_ENDED,   /* the seal record is written, the manifest has no name yet */
    STATE_SEALED,  /* the manifest has its name */
    STATE_BROKEN,  /* the ledger cannot be trusted to take another record */
};

struct spool_table {
    struct os_file *file; /* NULL once sealed */
    struct digester *digester; /* NULL once sealed */
    struct digest digest;
    uint64_t bytes;
    bool named;           /* lies under its own name; else, sealed, as .part */
    bool swallow;         /* of a place that is sealed already */
    char name[SPOOL_NAME];
};

struct spool {
    char folder[LIMIT_PATH];
    enum spool_state state;
    bool made_folder, leftovers; /* leftovers: OUT was not empty */
    struct digest run;
    struct os_lock lock;
    struct os_file *ledger;
    struct ledger_tail tail;
    struct ledger_line line;
    struct lots lots;
    uint64_t lot_bytes;
    const uint8_t *key; /* spool_order.key */
    struct spool_table tables[SPOOL_TABLES];
    size_t table_count;
};

/* STOP 70, with the number of the invariant, when it does not hold. Kept in production. */
CHECKED enum status spool_holds(bool condition, unsigned invariant, struct error *error);
/* Adds spool->line to the ledger, which the next spool_append syncs; STATE_BROKEN when that fails. */
CHECKED enum status spool_put(struct spool *spool, struct error *error);
/* The same, and syncs. */
CHECKED enum status spool_append(struct spool *spool, struct error *error);
CHECKED enum status spool_give_name(const struct spool *spool, const char *name, struct error *error);
void spool_unlink(const struct spool *spool, const char *name, const char *suffix);
enum status spool_too_long(const char *folder, struct error *error);
void spool_free(struct spool *spool);

/* -- recall.c -- */
bool spool_file_has(const char *path, uint64_t bytes); /* also where 0 bytes are asked of no file */
/* sealed: every record counts, and the lots are verify's business. Fills spool->lots and tail, opens spool->ledger. */
CHECKED enum status spool_recall(struct spool *spool, bool sealed, struct error *error);

/* -- tables.c -- */
void spool_delete_tables(struct spool *spool);

/* -- clean.c: what no record names -- */
void spool_clean(const struct spool *spool);
/* What lies in a folder, without its lock. */
enum place { PLACE_MISSING, PLACE_EMPTY, PLACE_BARE, PLACE_UNFINISHED, PLACE_SEALED, PLACE_FOREIGN, PLACE_NO_FOLDER };
CHECKED enum status spool_place(const char *folder, enum place *out, struct error *error);

#endif
