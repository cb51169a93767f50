/* press/verify_inside.h -- what the files of verify share. Not for others. */
#ifndef PRESS_VERIFY_INSIDE_H
#define PRESS_VERIFY_INSIDE_H

#include "base/os.h"
#include "press/engine.h"
#include "press/verify.h"
#include "readback/readback.h"
#include "spool/spool.h"

#define VERIFY_FILE_LIMIT (64ull << 30)

/* -- verify_table.c: CSV as the engine writes it -- */

#define VERIFY_FIELDS 16
struct verify_line {
    uint64_t number; /* in the file, from 1 */
    struct text field[VERIFY_FIELDS]; /* without quotes; doubled quotes stay doubled */
    uint32_t count;
};
struct verify_table {
    struct os_map map;
    const char *name;
    const char *at, *end;
    uint64_t number;
    uint32_t columns;
};
/* head: the header line with its LF. OK without map.bytes: no such file. */
CHECKED enum status table_open(struct verify_table *table, const char *folder, const char *name, const char *head,
                               bool *there, bool *good, struct error *error);
void table_close(struct verify_table *table);
/* False: the end, or *broken. */
bool table_next(struct verify_table *table, struct verify_line *line, bool *broken);
bool table_number(struct text text, uint64_t *out);  /* plain decimal, no leading zero */
bool table_digest(struct text text, struct digest *out);

/* -- verify_json.c: report.json -- */

/* The value of a key in the object that text is; false: no object, no such key. */
bool json_find(struct text object, const char *key, struct text *value);
/* Pairs of an object, one after the other: *rest begins as the object. */
bool json_pair(struct text *rest, struct text *key, struct text *value);
bool json_number(struct text object, const char *key, uint64_t *out);

/* -- state -- */

struct verify_lot {
    struct text name;
    bool in_ledger, in_manifest;
    uint64_t bytes, sheets, letters, first_sequence;
    struct digest digest;
    uint64_t pages;
};

struct verify_person { /* a printed record */
    uint64_t sequence, id; /* hash64 of its 整理番号 */
    uint64_t offset, index; /* in the input; with a press */
};

struct verify_key {
    uint64_t hash, sequence;
};
struct verify_keys {
    struct verify_key *list;
    uint64_t count, room;
};

struct verify_route {
    char name[LIMIT_ROUTE];
    uint64_t letters, pieces, sheets;
};
#define VERIFY_ROUTES 64

struct verify {
    const struct verify_order *order;
    struct verify_totals *totals;
    struct arena arena;
    struct digester *plain, *sheets; /* sheets: keyed when the job has a secret; borrowed from the press then */
    struct verify_lot *lots;
    uint32_t lot_count, lot_room;
    bool sealed;
    struct digest manifest; /* as sealed */
    struct digest before;   /* of the ledger's record before the one that is read */
    uint64_t macs;          /* right ones, behind the seal */
    bool vouched;           /* the record before is one of them: nobody without the key has added to them */
    struct verify_person *people;
    uint64_t people_count, people_room, people_at;
    bool has_records;
    uint64_t outcomes[PLAN_OUTCOMES];
    struct verify_keys ids, tracks;
    struct verify_route routes[VERIFY_ROUTES];
    uint32_t route_count;
    struct text report;
    bool shard;
    bool reprint; /* a reprint has gaps, and no records.csv */
    struct verify_pulled {
        uint64_t letters, pieces, sheets;
    } pulled; /* as the ledger tells */
    enum { KEYED_UNKNOWN, KEYED_NO, KEYED_YES } keyed;
    struct error differing[VERIFY_TOLD]; /* sheets that differ, until it is known whether they are keyed */
    uint64_t differing_count;
    struct press_result result;
    struct buffer words, wanted; /* of the letter in hand; of one part */
    struct buffer bars;          /* barcodes of the letter in hand (verify_bars.c) */
    struct verify_masks {
        struct verify_mask {
            uint32_t columns, rows;
            size_t at; /* in bits */
        } list[64];
        uint32_t count;
        struct buffer bits;
    } masks;
};

/* Counts and tells a problem. */
void verify_tell(struct verify *verify, enum message message, struct text file, uint64_t have, uint64_t want);
void verify_tell_error(struct verify *verify, struct text file, const struct error *error);

struct verify_lot *verify_lot(struct verify *verify, struct text name); /* NULL: none of this name */
CHECKED enum status verify_lot_add(struct verify *verify, struct text name, struct verify_lot **out,
                                   struct error *error);
CHECKED enum status verify_key_add(struct verify_keys *keys, uint64_t hash, uint64_t sequence, struct error *error);
/* Tells a message for each sequence number whose key another one has. */
void verify_keys_once(struct verify *verify, struct verify_keys *keys, enum message message);

/* -- verify_ledger.c -- */
CHECKED enum status verify_ledger(struct verify *verify, struct error *error);
CHECKED enum status verify_files(struct verify *verify, struct error *error); /* none too many in OUT */

/* -- verify_records.c: records.csv, before the letters; report.json, behind them -- */
CHECKED enum status verify_records(struct verify *verify, struct error *error);
CHECKED enum status verify_report_open(struct verify *verify, struct error *error);
void verify_report(struct verify *verify);

/* -- verify_letters.c: the manifest and the lots -- */
CHECKED enum status verify_letters(struct verify *verify, struct error *error);

/* -- verify_words.c: with a press: the people of one letter against its pages -- */
struct verify_place {
    struct text lot, tracking;
    uint64_t page, sequence;
};
/* -- verify_bars.c: barcodes of bars -- */
CHECKED enum status verify_bars_add(struct verify *verify, const struct read_list *list, const struct read_item *item,
                                    struct error *error);
bool verify_has_customer(const struct verify *verify, struct text data);
/* True also where the form has no place for it. */
bool verify_has_number(const struct verify *verify, const struct form *form, struct text number);

void verify_words_start(struct verify *verify);
CHECKED enum status verify_words_add(struct verify *verify, const struct read_page *page, struct error *error);
CHECKED enum status verify_words_end(struct verify *verify, const struct verify_place *place,
                                     const struct verify_person *people, uint64_t count, struct error *error);

#endif
