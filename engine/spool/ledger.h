/* spool/ledger.h -- OUT/ledger: what is sealed, one record a line, each holding the digest of the line before.
 *   N kind name=value ... prev=<SHA-256 of the line before, its LF included> crc=<CRC-32 of the line up to " crc=">
 * N counts from 1; prev of the first is all zero. Names are a-z 0-9 _; values are A-Z a-z 0-9 . _ - / : + and %XX for
 * every other byte. So `sed -n 4p ledger | sha256sum` gives the prev of line 5.
 *   run    format=1 run=<run id>
 *   lot    name bytes sha256 rows_bytes rows_sha256 first_sequence letters first_piece pieces sheets records
 *   table  name bytes sha256: of each table and report but the manifest. Where the job has a secret: hmac, and
 *          rows_sha256 of the lots is one too
 *   seal   lots letters pieces sheets records bytes manifest=<SHA-256 of manifest.csv>
 *   mac    mac=<HMAC-SHA256 of the digest of the line before>, where the job has a secret: ledger_mac
 * then what happened to the finished output: reprint, pull, ... (ledger_append); in a keyed ledger each with its mac.
 * Human readable; no personal data, no clock, no path of the machine. Equal after a straight and an interrupted run
 * and for any number of workers.
 * Refuses: 9056 damaged (exit 6; error.line is the record), 9054 locked, 9059 not sealed yet, 1009 no ledger.
 */
#ifndef SPOOL_LEDGER_H
#define SPOOL_LEDGER_H

#include "base/digest.h"
#include "base/error.h"
#include "base/text.h"

#define LEDGER_FIELDS 24 /* of one record, prev and crc not counted */
#define LEDGER_LINE 8192 /* bytes of a line with its LF */

struct ledger_field {
    struct text name, value; /* value: as it is meant, not escaped */
};

struct ledger_record {
    uint64_t number; /* from 1 */
    struct text kind;
    struct ledger_field fields[LEDGER_FIELDS];
    uint32_t count;
    struct digest digest; /* of this line: what the next record holds */
};

struct ledger_visitor {
    /* The record is borrowed for the call. STOP ends the reading. May be NULL. */
    enum status (*record)(void *context, const struct ledger_record *record, struct error *error);
    void *context;
};

struct ledger_end {
    uint64_t records;   /* good ones, from the first without a gap */
    uint64_t bytes;     /* of them */
    struct digest last; /* digest of the last good line; zero when there is none */
    bool sealed;        /* a seal record is among them */
    bool whole;         /* nothing follows them */
};

/* Reads the ledger of a folder from its first record; the whole chain is checked. STOP 9056 at the first bad record,
 * its number in error->line; end (may be NULL) tells how far it was good. */
CHECKED enum status ledger_read(const char *folder, const struct ledger_visitor *visitor, struct ledger_end *end,
                                struct error *error);

/* Adds a record to the ledger of a sealed folder, under the lock, through a new file and a rename: it is there whole
 * or not at all. kind and names: a-z 0-9 _ . No personal data in values: ids of letters, digests, counts, and the
 * reason as the user gave it. */
CHECKED enum status ledger_append(const char *folder, const char *kind, const struct ledger_field *fields,
                                  uint32_t count, struct error *error);

/* The same for who holds the lock of the folder already (os_folder_lock) and has read the ledger under it. With a key
 * a mac record stands behind it, both or neither. */
struct ledger_addition {
    const char *kind;
    const struct ledger_field *fields;
    uint32_t count;
    const uint8_t *key; /* DIGEST_KEY_BYTES; NULL: the ledger is not keyed */
};
CHECKED enum status ledger_append_held(const char *folder, const struct ledger_addition *add, struct error *error);

/* What a mac record holds whose line before has this digest: by the chain it speaks of all lines before it. Without
 * the key nobody can make a ledger anew. */
CHECKED enum status ledger_mac(const uint8_t key[DIGEST_KEY_BYTES], const struct digest *before, struct digest *out,
                               struct error *error);

/* Value of a field as text; empty when the record has none of that name. */
struct text ledger_value(const struct ledger_record *record, const char *name);
/* The same as a whole number or a digest; false when it is none. */
bool ledger_number(const struct ledger_record *record, const char *name, uint64_t *out);
bool ledger_digest(const struct ledger_record *record, const char *name, struct digest *out);

#endif
