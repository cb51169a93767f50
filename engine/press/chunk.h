/* press/chunk.h -- the pre-pass in parts: CHUNK_RECORDS records that any process may go through, and what it finds of
 * them. Whoever puts the chunks together, in their order, gets the same plan however many processes read them.
 * Private to the room.
 */
#ifndef PRESS_CHUNK_H
#define PRESS_CHUNK_H

#include "press/engine.h"

#define CHUNK_RECORDS 4096u /* part of the input digest: never to be changed for speed */

struct chunk_order {
    uint64_t first;    /* index of the first record */
    uint64_t offset;   /* of its bytes in the file */
    uint64_t limit;    /* as prepass_order.limit */
    uint32_t count;    /* records to read, at most CHUNK_RECORDS */
    bool protected_place;
};

/* What was found. Nothing in it points to a record. */
struct chunk {
    struct chunk_head {
        uint64_t first;
        uint32_t records; /* that were read: fewer than asked for at the end of the file */
        uint32_t planned; /* of them within the limit: entries, keys, shown */
        uint32_t admitted; /* of them passed by the guard: they are in the digest */
        uint32_t kin_count, character_count;
        struct digest digest;
        uint64_t exempt_values[LIMIT_COLUMNS], exempt_hits[LIMIT_COLUMNS];
        bool failed; /* reading stopped with `error`, and there is nothing else here */
        struct error error;
        bool shown[CHUNK_RECORDS]; /* admitted: compared with its neighbours */
    } head;
    struct plan_entry entries[CHUNK_RECORDS];
    struct incident_keys keys[CHUNK_RECORDS];
    struct kin kin;
    struct held_characters characters;
};

/* One process's hands: what it needs to read chunks. */
struct chunk_reader {
    struct press *press;
    struct digester *digester;
    struct incidents incidents; /* asked for keys only */
    struct press_result result;
    struct chunk *chunk; /* in hand */
    const struct chunk_order *order;
};
CHECKED enum status chunk_reader_open(struct press *press, struct chunk_reader **out, struct error *error);
void chunk_reader_close(struct chunk_reader *reader); /* NULL is allowed */

/* Reads order->count records from where the press's intake stands. STOP: a My Number, or the reading fails. The first
 * one, where there are several: what lies behind is not looked at. */
CHECKED enum status chunk_read(struct chunk_reader *reader, const struct chunk_order *order, struct chunk *out,
                               struct error *error);
/* Gives back what grew in it, and empties it. */
void chunk_clear(struct chunk *chunk);

/* As bytes, for a pipe; same machine, same program. */
CHECKED enum status chunk_pack(const struct chunk *chunk, struct buffer *out, struct error *error);
CHECKED enum status chunk_unpack(struct chunk *chunk, const void *bytes, size_t size, struct error *error);

/* A record of which no letter is asked, as far as the guard goes: searched for My Numbers, suppressed. *refused: why
 * it was not admitted, MSG_NONE when it was or could not be read. */
CHECKED enum status guard_only(struct press *press, enum status read, struct admitted *admitted,
                               enum message *refused, struct error *error);

#endif
