#include "press/chunk.h"

#include "base/memory.h"
#include "press/mail.h"

enum status chunk_reader_open(struct press *press, struct chunk_reader **out, struct error *error)
{
    struct chunk_reader *reader = memory_new(sizeof *reader);
    *out = NULL;
    if (!reader)
        return error_set(error, MSG_NO_MEMORY);
    reader->press = press;
    incidents_open(&reader->incidents, &press->job);
    if (secret_digester(press, &reader->digester, error) != OK) {
        chunk_reader_close(reader);
        return STOP;
    }
    *out = reader;
    return OK;
}

void chunk_reader_close(struct chunk_reader *reader)
{
    if (!reader)
        return;
    digester_free(reader->digester);
    memory_free(reader, sizeof *reader);
}

void chunk_clear(struct chunk *chunk)
{
    kin_close(&chunk->kin);
    memory_free(chunk->characters.list, chunk->characters.room * sizeof *chunk->characters.list);
    chunk->characters = (struct held_characters){0};
    chunk->head = (struct chunk_head){0};
}

/* -- what is remembered of a record -- */

static uint32_t short_hash(uint64_t hash)
{
    uint32_t folded = (uint32_t)(hash ^ hash >> 32);
    return hash == 0 ? 0 : folded ? folded : 1;
}

static uint32_t id_hash(struct text id)
{
    return id.length == 0 ? 0 : short_hash(hash64(id.bytes, id.length) | 1);
}

static void set_held(const struct press *press, struct plan_entry *entry, const struct error *error)
{
    entry->outcome = message_kind(error->message) == KIND_FOLLOW ? PLAN_FOLLOW_UP : PLAN_HELD;
    entry->message = (uint16_t)error->message;
    entry->column = press_error_column(press, error);
}

/* Only check tells characters; print has no place for them. */
static enum status keep_character(struct chunk_reader *reader, const struct error *held,
                                  struct error *error)
{
    struct held_characters *kept = &reader->chunk->characters;
    struct held_character one = {reader->chunk->head.first + reader->chunk->head.planned,
                                 held->code_point, held->selector};
    if (!reader->press->characters || !held->code_point ||
        message_kind(held->message) == KIND_FOLLOW)
        return OK;
    return held_characters_add(kept, &one, error);
}

static void set_admitted(struct chunk_reader *reader, uint8_t route, struct plan_entry *entry)
{
    entry->form = (uint8_t)(reader->result.form - reader->press->forms) & 63u;
    if (!reader->result.admitted.protected_person) {
        entry->outcome = PLAN_PRINTED;
        entry->route = route;
    } else if (reader->order->protected_place) {
        entry->outcome = PLAN_PROTECTED;
    } else {
        entry->outcome = PLAN_HELD;
        entry->message = MSG_PROTECTED_NO_PLACE;
    }
}

/* Whoever may be protected has kin to be held: also where the flag is empty or cannot be read. */
static bool may_be_protected(const struct admitted *admitted, enum message refused)
{
    return admitted->protected_person || refused == MSG_FLAG_EMPTY ||
           refused == MSG_FLAG_UNREADABLE;
}

static enum status set_keys(struct chunk_reader *reader, struct plan_entry *entry,
                            struct error *error)
{
    struct press *press = reader->press;
    entry->hash[PLAN_ID] = id_hash(reader->result.admitted.value[COLUMN_REF_NO]);
    if (press->job.checks.same_person == CHECK_HOLD)
        entry->hash[PLAN_PERSON] = short_hash(kin_person_hash(press, &press->record));
    return may_be_protected(&reader->result.admitted, (enum message)entry->message)
               ? kin_remember(&reader->chunk->kin, press, error)
               : OK;
}

/* Records that the guard admitted stand beside their neighbours, printed or not: nobody's protection or decision may
 * change what becomes of a neighbour. */
static void show(struct chunk_reader *reader, uint32_t at)
{
    struct chunk *chunk = reader->chunk;
    chunk->head.shown[at] = true;
    chunk->keys[at] = incident_keys(&reader->incidents, &reader->result.admitted);
}

/* What was admitted, in a canonical form: hidden fields are empty here, so they reach no digest. */
static void digest_admitted(struct chunk_reader *reader)
{
    const struct admitted *admitted = &reader->result.admitted;
    const struct header *header = intake_header(reader->press->intake);
    uint8_t flag = admitted->protected_person;
    digest_add(reader->digester, &flag, 1);
    for (unsigned slot = 0; slot < COLUMN_COUNT + reader->press->job.input.extra_count; slot++) {
        if (header->index[slot] < 0)
            continue;
        digest_add_u32(reader->digester, slot);
        digest_add_text(reader->digester, admitted->value[slot]);
    }
    reader->chunk->head.admitted++;
}

/* -- records -- */

/* A row that cannot be read rightly is still searched, as far as its fields can be told apart, and an over-long one
 * to its end. The reading's own error is kept: it is why the record is held. */
static enum status guard_broken_row(struct press *press, struct error *error)
{
    struct error found;
    struct text piece;
    bool more = true;
    enum status status = guard_record(&press->guard, &press->record, &found);

    while (status == OK && more) {
        status = intake_more(press->intake, &piece, &more, &found);
        if (status == OK && more)
            status = guard_text(piece, press->record.row, &found);
    }
    if (status != OK)
        *error = found;
    return status;
}

/* The whole flow, and what only the pre-pass asks: whether any field holds a My Number (the later readings meet the
 * same bytes, their fingerprints say so), and whether the record's dates can be true. */
static enum status prove(struct chunk_reader *reader, uint8_t *route, struct error *error)
{
    struct press *press = reader->press;
    struct press_result *result = &reader->result;
    enum status status = guard_record(&press->guard, &press->record, error);
    if (status == OK)
        status = press_letter(press, &press->record, COMPOSE_PROVE, result, NULL, error);
    if (status == OK)
        status = incident_dates(&press->job, &result->admitted, result->form->wording.expiry_by_age,
                                error);
    if (status == OK)
        status = route_of(press, &result->admitted, route, error);
    if (status == OK)
        status = mail_prove(press, result, *route, error);
    if (status != OK)
        press_tell_row(press, error);
    return status;
}

static enum status read_record(struct chunk_reader *reader, enum status read, struct error *error)
{
    struct press *press = reader->press;
    struct chunk *chunk = reader->chunk;
    struct plan_entry *entry = &chunk->entries[chunk->head.planned];
    uint8_t route = 0;
    enum status status = read;

    *entry = (struct plan_entry){.offset = press->record.offset,
                                 .fingerprint = (uint32_t)press->record.fingerprint};
    if (read == OK)
        status = prove(reader, &route, error);
    else if (guard_broken_row(press, error) != OK) {
        press_tell_row(press, error);
        return STOP;
    }
    if (status == STOP)
        return STOP;
    if (status == OK)
        set_admitted(reader, route, entry);
    else
        set_held(press, entry, error);
    if (status != OK && keep_character(reader, error, error) != OK)
        return STOP;
    if (read == OK && set_keys(reader, entry, error) != OK)
        return STOP;
    if (read == OK && reader->result.passed) {
        show(reader, chunk->head.planned);
        digest_admitted(reader);
    }
    chunk->head.planned++;
    return OK;
}

enum status guard_only(struct press *press, enum status read, struct admitted *admitted,
                       enum message *refused, struct error *error)
{
    *admitted = (struct admitted){0};
    *refused = MSG_NONE;
    if (read != OK)
        return guard_broken_row(press, error);
    if (guard_record(&press->guard, &press->record, error) != OK)
        return STOP;
    enum status status = guard_admit(&press->guard, &press->record, admitted, error);
    if (status == REJECT)
        *refused = error->message;
    return status == STOP ? STOP : OK;
}

/* Beyond the limit nothing is printed, but My Numbers and protected people count all the same: the kin of one
 * may be within the limit. */
static enum status read_beyond(struct chunk_reader *reader, enum status read, struct error *error)
{
    struct admitted admitted;
    enum message refused;

    if (guard_only(reader->press, read, &admitted, &refused, error) != OK)
        return STOP;
    return may_be_protected(&admitted, refused)
               ? kin_remember(&reader->chunk->kin, reader->press, error)
               : OK;
}

static enum status read_all(struct chunk_reader *reader, struct error *error)
{
    const struct chunk_order *order = reader->order;
    struct press *press = reader->press;
    uint32_t *records = &reader->chunk->head.records;
    bool end = false;

    for (; *records < order->count; ++*records) {
        enum status status = intake_next(press->intake, &press->record, &end, error);
        if (status == STOP || end)
            return status == STOP ? STOP : OK;
        if (order->limit == 0 || order->first + *records < order->limit)
            status = read_record(reader, status, error);
        else
            status = read_beyond(reader, status, error);
        if (status == STOP)
            return STOP;
    }
    return OK;
}

enum status chunk_read(struct chunk_reader *reader, const struct chunk_order *order,
                       struct chunk *out, struct error *error)
{
    struct guard *guard = &reader->press->guard;

    chunk_clear(out);
    out->head.first = order->first;
    reader->chunk = out;
    reader->order = order;
    memset(guard->exempt_values, 0, sizeof guard->exempt_values);
    memset(guard->exempt_hits, 0, sizeof guard->exempt_hits);
    digest_start(reader->digester);
    digest_add_text(reader->digester, TEXT("oshirase input 2"));
    if (read_all(reader, error) != OK)
        return STOP;
    memcpy(out->head.exempt_values, guard->exempt_values, sizeof guard->exempt_values);
    memcpy(out->head.exempt_hits, guard->exempt_hits, sizeof guard->exempt_hits);
    out->head.kin_count = (uint32_t)out->kin.count;
    out->head.character_count = (uint32_t)out->characters.count;
    return digest_end(reader->digester, &out->head.digest, error);
}

/* -- through a pipe -- */

enum status chunk_pack(const struct chunk *chunk, struct buffer *out, struct error *error)
{
    const struct chunk_head *head = &chunk->head;
    enum status status = buffer_add(out, head, sizeof *head, error);
    if (status == OK)
        status = buffer_add(out, chunk->entries, head->planned * sizeof *chunk->entries, error);
    if (status == OK)
        status = buffer_add(out, chunk->keys, head->planned * sizeof *chunk->keys, error);
    if (status == OK)
        status = buffer_add(out, chunk->kin.keys, head->kin_count * sizeof *chunk->kin.keys, error);
    if (status == OK)
        status = buffer_add(out, chunk->characters.list,
                            head->character_count * sizeof *chunk->characters.list, error);
    return status;
}

struct taking {
    const char *at;
    size_t left;
};

static bool take(struct taking *taking, void *to, size_t size)
{
    if (size > taking->left)
        return false;
    if (size)
        memcpy(to, taking->at, size);
    taking->at += size;
    taking->left -= size;
    return true;
}

static bool take_kin(struct taking *taking, struct chunk *chunk)
{
    size_t count = chunk->head.kin_count;
    chunk->kin.keys = count ? memory_new(count * sizeof *chunk->kin.keys) : NULL;
    if (count && !chunk->kin.keys)
        return false;
    chunk->kin.count = chunk->kin.room = count;
    return take(taking, chunk->kin.keys, count * sizeof *chunk->kin.keys);
}

static bool take_characters(struct taking *taking, struct chunk *chunk)
{
    size_t count = chunk->head.character_count;
    struct held_characters *kept = &chunk->characters;
    kept->list = count ? memory_new(count * sizeof *kept->list) : NULL;
    if (count && !kept->list)
        return false;
    kept->count = kept->room = count;
    return take(taking, kept->list, count * sizeof *kept->list);
}

enum status chunk_unpack(struct chunk *chunk, const void *bytes, size_t size, struct error *error)
{
    struct taking taking = {bytes, size};

    chunk_clear(chunk);
    if (!take(&taking, &chunk->head, sizeof chunk->head) || chunk->head.planned > CHUNK_RECORDS ||
        !take(&taking, chunk->entries, chunk->head.planned * sizeof *chunk->entries) ||
        !take(&taking, chunk->keys, chunk->head.planned * sizeof *chunk->keys))
        return error_set(error, MSG_BUG);
    if (!take_kin(&taking, chunk) || !take_characters(&taking, chunk))
        return error_set(error, MSG_NO_MEMORY);
    return taking.left == 0 ? OK : error_set(error, MSG_BUG);
}
