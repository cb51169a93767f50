/* press/outbook.h -- a finished OUT read again as a book: where each letter lies, and what happened to it since.
 * Takes  : a sealed folder (or a protected place): ledger, manifest.csv; records.csv where there is one.
 * Gives  : its letters in the order of their sequence numbers, with reprints and pull-outs as the ledger tells them.
 * Keeps  : what happens to finished output, as records of kind `reprint` and `pull` behind the ledger's seal:
 *            id=<digest of the order> n part parts reason seqs=3-5:9 letters pieces sheets ... (further digests)
 *          A list that is longer than a line goes into several records of one id; it counts when all its parts are
 *          there, so a kill between them leaves nothing half told, and the same order adds what is missing.
 * Refuses: STOP, exit 6: 9056, 9611, 9612, 9620-9622; exit 2: 9660-9666. Private to the room.
 * Tests  : tests/unit/press_outbook.c, tests/cases/{reprint,pull}.sh
 */
#ifndef PRESS_OUTBOOK_H
#define PRESS_OUTBOOK_H

#include "press/verify_inside.h"
#include "spool/ledger.h"

struct outbook_lot {
    char name[SPOOL_NAME];
    uint64_t bytes, sheets, letters, first_sequence;
    struct digest digest;
};

struct outbook_letter {
    uint64_t sequence, piece;
    uint64_t at; /* its line in the manifest: offset */
    uint32_t lot, page, pages;
    uint32_t reprints;
    bool pulled, chosen, asked; /* chosen, asked: marks for the order in hand */
};

/* Fields of a manifest line. */
struct outbook_line {
    struct text lot, id, form, route, tracking;
    struct digest digest, sheet;
    struct text whole; /* with its LF */
};

/* An order that the ledger holds. */
struct outbook_order {
    struct digest id;
    bool pull;
    uint64_t parts, seen;
};

struct outbook_counts {
    uint64_t letters, pieces, sheets;
};

/* A sealed table. */
#define OUTBOOK_TABLES 24
struct outbook_table {
    char name[SPOOL_NAME];
    bool keyed; /* the digest is one under the secret */
    struct digest digest;
};

struct outbook {
    const char *folder;
    struct arena arena;
    struct digest run, seal; /* seal: digest of the manifest */
    bool sealed;
    struct outbook_lot *lots;
    uint32_t lot_count, lot_room;
    struct outbook_letter *letters;
    uint64_t count, room;
    struct outbook_order *orders;
    uint32_t order_count, order_room;
    struct outbook_table tables[OUTBOOK_TABLES];
    uint32_t table_count;
    bool keyed;                     /* the ledger bears macs */
    bool mac_last;                  /* one of them is its last record */
    struct digest mac, mac_before;  /* the last one; of the record before it */
    struct digest last;             /* of the last record that was read */
    uint8_t key[DIGEST_KEY_BYTES];  /* outbook_key */
    struct verify_table manifest;
    struct os_lock lock;
    bool locked;
};

/* lock: nobody else adds to the ledger until outbook_close; waits up to 2 s, then 9054. */
CHECKED enum status outbook_open(const char *folder, bool lock, struct outbook **out, struct error *error);
void outbook_close(struct outbook *book); /* NULL is allowed */

/* Opens a sealed table of the run whose digest is that of the ledger; *there false: the run had none. Close it with
 * table_close, whatever comes. Keyed ones need outbook_key first. Refuses 9638, 9612. */
CHECKED enum status outbook_table(const struct outbook *book, const char *name, const char *head,
                                  struct verify_table *table, bool *there, struct error *error);

struct outbook_letter *outbook_find(const struct outbook *book, uint64_t sequence); /* NULL: none */
/* False: the line is none; it was read when the book was opened. */
bool outbook_read(const struct outbook *book, const struct outbook_letter *letter, struct outbook_line *out);

enum outbook_which { OUTBOOK_MADE, OUTBOOK_PULLED, OUTBOOK_CHOSEN };
struct outbook_counts outbook_counts(const struct outbook *book, enum outbook_which which);
/* "40 letters, 40 pieces, 40 sheets made - 1, 1, 1 pulled = 39, 39, 39 to be sent" */
CHECKED enum status outbook_totals(const struct outbook *book, const struct sink *words, struct error *error);

/* Marks whole pieces of which a letter is chosen. */
void outbook_choose_pieces(struct outbook *book);

/* The 32 bytes of --secret: as the job key `secret`. Refuses 9536, 9537. */
CHECKED enum status outbook_secret(const char *path, uint8_t key[DIGEST_KEY_BYTES], struct error *error);

/* For who adds to the ledger: a keyed one needs its secret, each record gets its mac. Refuses 9694 where one is needed
 * and none is given, or another one; 9639 where a record stands there that the key does not vouch for. */
CHECKED enum status outbook_key(struct outbook *book, const char *path, struct error *error);

/* -- orders -- */

/* The reason as it may stand in the ledger: a line of text, no control characters, no My Number. */
#define OUTBOOK_REASON 300
CHECKED enum status outbook_reason(const char *reason, struct error *error);

/* Digest of an order: the run, its kind, the reason, the chosen letters, and its number among the orders of this kind;
 * the number of one whose parts are incomplete, or one more than there are. */
CHECKED enum status outbook_identify(const struct outbook *book, bool pull, uint64_t number, const char *reason,
                                     struct digest *out, struct error *error);
uint64_t outbook_orders(const struct outbook *book, bool pull); /* complete ones */
const struct outbook_order *outbook_order(const struct outbook *book, const struct digest *id); /* NULL: none */

struct outbook_event {
    bool pull;
    struct digest id;
    uint64_t number;
    const char *reason;
    struct ledger_field more[8]; /* further fields */
    uint32_t more_count;
};
/* Adds the records of the chosen letters that are not there yet. The book must be locked. */
CHECKED enum status outbook_append(const struct outbook *book, const struct outbook_event *event,
                                   struct error *error);

/* -- outbook_find.c: who is where -- */

/* An id that is looked for. Pieces of a household's letter have several. */
struct outbook_person {
    struct text id;
    uint64_t hash;
    uint32_t line;     /* of the list, from 1; 0 = of the command line */
    uint32_t found;    /* records of this id */
    enum plan_outcome outcome;
    uint64_t sequence; /* printed */
};
struct outbook_people {
    struct outbook_person *list; /* sorted by id's hash */
    uint32_t count, room;
};
CHECKED enum status outbook_want(struct outbook_people *people, struct text id, uint32_t line, struct error *error);
/* Fills in what records.csv says of them (the manifest, where there is no records.csv). */
CHECKED enum status outbook_look_up(const struct outbook *book, struct outbook_people *people, struct error *error);
void outbook_people_free(struct outbook_people *people);
/* Told of every printed record of a chosen letter, in file order. */
struct outbook_visitor {
    enum status (*person)(void *context, struct text id, uint64_t sequence, struct error *error);
    void *context;
};
CHECKED enum status outbook_each_person(const struct outbook *book, const struct outbook_visitor *visitor,
                                        struct error *error);

/* A list of the user's, one value a line: a first line without a digit is a header. *line counts from 1. */
struct outbook_list {
    struct os_map map;
    const char *at, *end;
    uint32_t line;
};
CHECKED enum status outbook_list_open(struct outbook_list *list, const char *path, struct error *error);
bool outbook_list_next(struct outbook_list *list, struct text *value); /* empty lines are passed over */
void outbook_list_close(struct outbook_list *list);

/* -- numbers -- */

/* The next range of 3-5,9 (separator ,) or 3-5:9. False: the end, or broken (then *broken). */
bool outbook_range(struct text *rest, char separator, uint64_t *first, uint64_t *last, bool *broken);

#endif
