/* press/prepass.c -- every record once through the flow, without drawing: all holds are known before the first
 * lot, so that sequence numbers and lots are functions of the whole list.
 * The records are read in chunks (chunk.h), here or by workers (prepass_crew.c), and put together here in order. */
#include "press/prepass.h"

#include "base/memory.h"
#include "press/pieces.h"

/* -- putting chunks together -- */

enum status held_characters_add(struct held_characters *kept, const struct held_character *one,
                                struct error *error)
{
    if (kept->count == kept->room) {
        size_t room = kept->room ? 2 * kept->room : 64;
        void *list =
            memory_resize(kept->list, kept->room * sizeof *kept->list, room * sizeof *kept->list);
        if (!list)
            return error_set(error, MSG_NO_MEMORY);
        kept->list = list;
        kept->room = room;
    }
    kept->list[kept->count++] = *one;
    return OK;
}

static enum status add_characters(struct scan *scan, const struct chunk *chunk, struct error *error)
{
    struct held_characters *kept = scan->press->characters;
    for (size_t i = 0; kept && i < chunk->characters.count; i++)
        if (held_characters_add(kept, &chunk->characters.list[i], error) != OK)
            return STOP;
    return OK;
}

/* A follow-up gets no letter anyway. */
static void hold_letter(struct plan *plan, uint64_t index, const struct incident *incident)
{
    if (plan_at(plan, index)->outcome != PLAN_FOLLOW_UP)
        plan_hold(plan, index, (uint16_t)incident->message, (uint8_t)(incident->slot + 1));
}

/* Records that stand out beside their neighbours: the first of them has been planned already. */
static void hold_incident(struct scan *scan, const struct incident_keys *keys, uint64_t index)
{
    struct incident incident = incidents_compare(&scan->incidents, keys, index);
    if (incident.message == MSG_NONE)
        return;
    hold_letter(scan->plan, incident.first, &incident);
    for (uint64_t i = incident.first + 1; incident.run && i < index; i++)
        hold_letter(scan->plan, i, &incident);
    hold_letter(scan->plan, index, &incident);
}

static enum status add_entries(struct scan *scan, const struct chunk *chunk, struct error *error)
{
    for (uint32_t i = 0; i < chunk->head.planned; i++) {
        if (plan_add(scan->plan, &chunk->entries[i], error) != OK)
            return STOP;
        if (chunk->head.shown[i])
            hold_incident(scan, &chunk->keys[i], plan_count(scan->plan) - 1);
    }
    return OK;
}

/* A digest over the digests of fixed parts: each can be taken by another process, and a shard can tell its own. */
static void add_digest(struct scan *scan, const struct chunk_head *head)
{
    digest_add_u32(scan->digester, head->planned);
    digest_add_u32(scan->digester, head->admitted);
    digest_add(scan->digester, head->digest.bytes, sizeof head->digest.bytes);
}

enum status scan_merge(struct scan *scan, const struct chunk *chunk, struct error *error)
{
    if (chunk->head.first != scan->records)
        return error_set(error, MSG_BUG);
    scan->records += chunk->head.records;
    for (uint32_t i = 0; i < LIMIT_COLUMNS; i++) {
        scan->guard.exempt_values[i] += chunk->head.exempt_values[i];
        scan->guard.exempt_hits[i] += chunk->head.exempt_hits[i];
    }
    if (chunk->head.planned)
        add_digest(scan, &chunk->head);
    if (kin_merge(&scan->kin, &chunk->kin, error) != OK || add_characters(scan, chunk, error) != OK)
        return STOP;
    return add_entries(scan, chunk, error);
}

void scan_tick(const struct scan *scan)
{
    const struct press_progress *progress = scan->order->progress;
    const struct intake *intake = scan->press->intake;
    if (progress)
        progress->tick(progress->context, PHASE_CHECKING, intake_offset(intake),
                       intake_size(intake), scan->records);
}

/* -- all in this process -- */

static enum status scan_here(struct scan *scan, struct error *error)
{
    struct chunk_order order = {.limit = scan->order->limit,
                                .count = CHUNK_RECORDS,
                                .protected_place = scan->order->protected_place};
    struct chunk_reader *reader = NULL;
    struct chunk *chunk = memory_new(sizeof *chunk);
    enum status status =
        chunk ? chunk_reader_open(scan->press, &reader, error) : error_set(error, MSG_NO_MEMORY);

    intake_rewind(scan->press->intake);
    do {
        scan_tick(scan);
        if (status == OK && scan->order->signals && os_signals_take(scan->order->signals))
            status = error_set(error, MSG_INTERRUPTED_EMPTY);
        order.first = scan->records;
        if (status == OK)
            status = chunk_read(reader, &order, chunk, error);
        if (status == OK)
            status = scan_merge(scan, chunk, error);
    } while (status == OK && chunk->head.records == CHUNK_RECORDS);
    chunk_reader_close(reader);
    if (chunk)
        chunk_clear(chunk);
    memory_free(chunk, chunk ? sizeof *chunk : 0);
    return status;
}

/* -- two records with one key: both are read again, hashes alone are no proof -- */

struct double_reader {
    struct press *press;
    struct plan *plan;
};

static enum status read_key(struct double_reader *reader, enum plan_key key, uint64_t index,
                            uint64_t *hash, struct error *error)
{
    struct press *press = reader->press;
    struct admitted admitted = {0};
    bool end = false;

    intake_seek(press->intake, plan_at(reader->plan, index)->offset, plan_row(index));
    if (intake_next(press->intake, &press->record, &end, error) != OK || end)
        return error_set(error, MSG_INPUT_CHANGED);
    if (key == PLAN_PERSON) {
        *hash = kin_person_hash(press, &press->record);
        return OK;
    }
    if (guard_admit(&press->guard, &press->record, &admitted, error) == STOP)
        return STOP;
    *hash = hash64(admitted.value[COLUMN_REF_NO].bytes, admitted.value[COLUMN_REF_NO].length);
    return OK;
}

/* 32 bits of the hash agree; 64 bits of it, taken from the file anew, decide. */
static enum status same_key(void *context, enum plan_key key, uint64_t a, uint64_t b, bool *same,
                            struct error *error)
{
    uint64_t left = 0, right = 0;
    enum status status = read_key(context, key, a, &left, error);
    if (status == OK)
        status = read_key(context, key, b, &right, error);
    *same = left == right;
    return status;
}

static enum status hold_doubles(struct press *press, struct plan *plan, struct error *error)
{
    struct double_reader reader = {press, plan};
    struct plan_reader callback = {same_key, &reader};
    enum status status = plan_close(plan, PLAN_ID, &callback, MSG_DOUBLE_ID, COLUMN_REF_NO, error);
    return status == OK
               ? plan_close(plan, PLAN_PERSON, &callback, MSG_SAME_PERSON, COLUMN_NUMBER, error)
               : status;
}

static enum status check_stated(struct press *press, uint64_t records, struct error *error)
{
    struct digest digest;
    if (press->job.input.records && press->job.input.records != records) {
        (void)error_at(error, MSG_RECORDS_NOT_MET, press->input_path, 0, (struct text){0, 0});
        error->have = (int64_t)records;
        error->want = (int64_t)press->job.input.records;
        return STOP;
    }
    if (!press->job.input.has_digest)
        return OK;
    enum status status = intake_digest(press->intake, &digest, error);
    if (status == OK &&
        memcmp(digest.bytes, press->job.input.digest.bytes, sizeof digest.bytes) != 0)
        status = error_at(error, MSG_DIGEST_NOT_MET, press->input_path, 0, (struct text){0, 0});
    return status;
}

static enum status close_digest(struct scan *scan, struct prepass_facts *facts, struct error *error)
{
    digest_add_u64(scan->digester, plan_count(scan->plan));
    facts->records = scan->records;
    return digest_end(scan->digester, &facts->input, error);
}

static enum status scan_open(struct scan *scan, struct error *error)
{
    incidents_open(&scan->incidents, &scan->press->job);
    memset(scan->guard.exempt_values, 0, sizeof scan->guard.exempt_values);
    memset(scan->guard.exempt_hits, 0, sizeof scan->guard.exempt_hits);
    if (plan_new(&scan->plan, error) != OK ||
        secret_digester(scan->press, &scan->digester, error) != OK)
        return STOP;
    digest_start(scan->digester);
    digest_add_text(scan->digester, TEXT("oshirase input 2"));
    return OK;
}

/* What only the whole list can tell. */
static enum status scan_close(struct scan *scan, struct prepass_facts *facts, struct error *error)
{
    struct press *press = scan->press;
    bool place = scan->order->protected_place;
    enum status status = guard_close(&scan->guard, error);
    if (status == OK)
        status = check_stated(press, scan->records, error);
    if (status == OK)
        status = close_digest(scan, facts, error);
    if (status == OK)
        status = hold_doubles(press, scan->plan, error);
    if (status == OK)
        status = kin_hold(&scan->kin, press, scan->plan, place, error);
    if (status == OK)
        status = household_group(press, scan->plan, error);
    if (status == OK)
        status = pieces_hold_doubles(press, scan->plan, error);
    return status == OK ? intake_unchanged(press->intake, error) : status;
}

/* A process is not worth starting for less than this. */
#define BYTES_A_WORKER (256u << 10)

static uint32_t worth_workers(const struct scan *scan)
{
    uint64_t worth = intake_size(scan->press->intake) / BYTES_A_WORKER + 1;
    return worth < scan->order->workers ? (uint32_t)worth : scan->order->workers;
}

enum status prepass_run(struct press *press, const struct prepass_order *order, struct plan **out,
                        struct prepass_facts *facts, struct error *error)
{
    struct scan *scan = memory_new(sizeof *scan);
    enum status status;

    *out = NULL;
    if (!scan)
        return error_set(error, MSG_NO_MEMORY);
    *scan = (struct scan){.press = press, .order = order, .guard = press->guard};
    status = scan_open(scan, error);
    if (status == OK)
        status = worth_workers(scan) > 1 ? scan_crew(scan, worth_workers(scan), error)
                                         : scan_here(scan, error);
    if (status == OK)
        status = scan_close(scan, facts, error);
    kin_close(&scan->kin);
    digester_free(scan->digester);
    if (status == OK)
        *out = scan->plan;
    else
        plan_free(scan->plan);
    memory_free(scan, sizeof *scan);
    return status;
}

enum status prepass(struct press *press, uint64_t limit, bool protected_place,
                    const struct press_progress *progress, struct plan **out, struct error *error)
{
    struct prepass_order order = {limit, protected_place, 1, progress, NULL};
    struct prepass_facts facts;
    return prepass_run(press, &order, out, &facts, error);
}
