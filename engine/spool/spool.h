/* spool/spool.h -- what a run leaves behind: lots, their ledger, tables; each whole or not there.
 * A lot is written as NAME.part, synced, reread, renamed, its folder synced, and only then entered into OUT/ledger,
 * which is synced in its turn; the tables get their names last, the manifest last of all. Killed at any instant, the
 * run leaves whole lots that the ledger names, and garbage that `--resume` deletes. State diagram and invariants:
 * spool.c. Nothing here depends on the clock.
 * The lock on OUT is a flock on the folder itself: no file to leave behind, gone with the last process of the run
 * (workers are forked from the owner and may outlive it for a moment: that a new run waits for them is right). An OFD
 * lock needs a file that is open for writing, and a file in OUT would have to be made before the lock and deleted
 * under it: a race by design. Local disks only.
 * Refuses: STOP 90xx: OUT not ours, unfinished, of another run, at work, damaged; 10xx from the machine.
 */
#ifndef SPOOL_SPOOL_H
#define SPOOL_SPOOL_H

#include "base/digest.h"
#include "base/error.h"
#include "base/os.h"
#include "base/sink.h"

#define SPOOL_MANIFEST "manifest.csv" /* its presence says: this OUT is complete */
#define SPOOL_LEDGER "ledger"
#define SPOOL_WORK ".work" /* rows of the lots until the tables are made */
#define SPOOL_VOICE ".voice" /* folder of an encoder of voice codes (press/voice.h): passed over, for it comes first */
#define SPOOL_NAME 64      /* bytes of a lot's or a table's name, with NUL */

struct spool; /* the owner of OUT: one process, the run's parent. Not used in workers. */

enum spool_found {
    SPOOL_FRESH,     /* nothing was there, or nothing that counts */
    SPOOL_CONTINUED, /* an unfinished run of this id: spool_has tells what is sealed */
    SPOOL_SEALED,    /* this run id is complete here. See spool_open */
};

struct spool_order {
    const char *folder;
    const struct digest *run; /* run id: what the bytes of OUT are a function of */
    bool resume;
    bool private_place; /* 0700, also when the folder was there before */
    /* DIGEST_KEY_BYTES of the job's secret, NULL where it has none; borrowed until the spool is freed. The seal of this
     * place gets a `mac` record, so that nobody without the key can write a ledger anew; digests of rows and tables are
     * keyed, so that nobody who has the ledger finds out by trying for which reason a record has no letter. */
    const uint8_t *key;
};

/* Before the input is read; writes nothing, keeps no lock. STOP when OUT cannot be what `print` wants: 9051 no
 * folder, 9052 not writable, 9050 full without a ledger of ours, or sealed and no resume; 9053 unfinished and no
 * resume (say `--resume`); 9054 another run is at work there and no resume. */
CHECKED enum status spool_check(const char *folder, bool resume, struct error *error);

/* Makes the folder, takes the lock (waits up to 2 s, then 9054), reads the ledger, keeps it up to its first bad record
 * or to the first unit whose lot and rows are not what it says, copied into a new file; deletes lots, work files and
 * .part files that it does not name. 9055: another run id. 9056: the first record, or anything of a finished OUT, is
 * damaged. 9063: it was finished, and somebody has taken its manifest away.
 * SPOOL_SEALED: nothing was touched. *out is a spool all the same: spool_has tells its lots, spool_rows_read works as
 * long as .work is there (the run was killed between the manifests of its two places), tables opened in it swallow
 * what is written, publish deletes .work. So a run of two places of which one is sealed needs no path of its own. */
CHECKED enum status spool_open(const struct spool_order *order, struct spool **out, enum spool_found *found,
                               struct error *error);

/* -- a unit: a lot and/or its rows, made by any process, any number at once; touches neither ledger nor lock -- */
struct spool_unit;
struct spool_facts { /* plain data: travels through a pipe. No bytes: no file, digest all zero */
    uint64_t lot_bytes, rows_bytes;
    struct digest lot, rows;
};

/* name: "lot-000001.pdf" or "home/lot-000001.pdf": one sub-folder at most, made here; a-z 0-9 . _ - only, none of the
 * two parts beginning with a dot. A unit of rows only has any such name ("records-000001"); one that gets PDF bytes
 * must be called lot-*.pdf. The spool of the folder must be open (in this process or its parent). */
CHECKED enum status spool_unit_begin(const char *folder, const char *name, struct spool_unit **out,
                                     struct error *error);
/* Where the spool is keyed; before the first row. */
void spool_unit_keyed(struct spool_unit *unit, const uint8_t *key);
/* The files are made with their first byte: a unit may have a lot, rows, both or none. */
struct sink spool_unit_pdf(struct spool_unit *unit);
struct sink spool_unit_rows(struct spool_unit *unit);
/* Syncs both, rereads both (from the medium where it can be made to answer) and compares with what was written; else
 * 9057 (exit 6). Frees the unit, OK or not; when not, its files are deleted. */
CHECKED enum status spool_unit_seal(struct spool_unit *unit, struct spool_facts *out, struct error *error);
void spool_unit_drop(struct spool_unit *unit); /* deletes what it made; NULL is allowed */

/* -- the owner, in the order of the lots: name, sync folder, ledger record, sync ledger -- */
struct spool_counts {
    uint64_t first_sequence, letters, first_piece, pieces, sheets, records;
};
/* After a STOP nothing more can be committed; abandon, and --resume goes on. */
CHECKED enum status spool_commit(struct spool *spool, const char *name, const struct spool_facts *facts,
                                 const struct spool_counts *counts, struct error *error);

/* Commits a unit of another place (`join`): its rows were used up there, so only the lot lies here, under its .part
 * name; facts and counts are those of its record there. What is left of such a folder is begun anew by spool_open. */
CHECKED enum status spool_adopt(struct spool *spool, const char *name, const struct spool_facts *facts,
                                const struct spool_counts *counts, struct error *error);

/* Is this unit sealed, by an earlier run or by this one? Its facts and counts; both may be NULL. */
bool spool_has(const struct spool *spool, const char *name, struct spool_facts *facts, struct spool_counts *counts);

/* Can rows be read: false where the place was finished by an earlier run. */
bool spool_rows_kept(const struct spool *spool);

/* The rows of a committed unit, in blocks of up to 256 KiB. Length and digest are checked while they are read: STOP
 * 9058 (exit 6) comes after the bytes were given out, so use them for nothing that has a name already. */
CHECKED enum status spool_rows_read(struct spool *spool, const char *name, const struct sink *to, struct error *error);

uint64_t spool_lot_bytes(const struct spool *spool); /* of all committed lots, those of earlier runs included */

/* -- tables -- */

/* A table or report that stays open until publish: "records.csv". Open them in the order in which they are to get
 * their names, SPOOL_MANIFEST last. */
struct spool_table;
CHECKED enum status spool_table_open(struct spool *spool, const char *name, struct spool_table **out,
                                     struct error *error);
CHECKED enum status spool_table_write(struct spool_table *table, const void *bytes, size_t size,
                                      struct error *error);

/* Writes and syncs all tables under their .part names; nothing can be written after it. All that a full disk can
 * refuse is then done: with several spools, seal each before the first is published. */
CHECKED enum status spool_seal(struct spool *spool, struct error *error);

/* Seals what is not sealed; ends the ledger with its seal record; gives the tables their names in the order of opening,
 * the folder synced before the last and after it; deletes .work. Frees the spool, also when it fails (then it is
 * abandoned). The caller has compared the totals before. */
CHECKED enum status spool_publish(struct spool *spool, struct error *error);
/* Two places of one run: `first` is sealed wholly before `second` begins, and both keep .work until both are done, so
 * that a kill between them costs nothing. Either may be NULL. Frees both. */
CHECKED enum status spool_publish_both(struct spool *first, struct spool *second, struct error *error);

/* Deletes tables, .part files and rows without a record; keeps committed lots and the ledger, so that --resume can go
 * on. When nothing is committed it leaves nothing, OUT included where this run made it. A sealed place is left alone.
 * End the workers before. NULL is allowed. */
void spool_abandon(struct spool *spool);

/* How many units are sealed here: 0 after an abandon means that there is nothing to resume. */
uint64_t spool_committed(const struct spool *spool);

/* -- one CSV row into a buffer: quotes where RFC 4180 asks for them -- */
struct csv_row {
    char bytes[8192];
    size_t size;
    bool first, overflow; /* overflow: the row did not fit and must not be written */
};
void csv_row_start(struct csv_row *row);
void csv_row_text(struct csv_row *row, struct text text);
void csv_row_number(struct csv_row *row, uint64_t number); /* 0 is written as 0 */
void csv_row_empty(struct csv_row *row);
void csv_row_end(struct csv_row *row); /* LF */


#endif
