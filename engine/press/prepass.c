/* press/prepass.c -- every record once through the flow, without drawing: all holds are known before the first
 * lot, so that sequence numbers and lots are functions of the whole list. */
#include "press/engine.h"

#include "base/memory.h"

#define TICK_RECORDS 512

struct scan {
    struct press *press;
    struct plan *plan;
    struct kin kin;
    struct incidents incidents;
    struct press_result result;
    bool protected_place;
};

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
static enum status keep_character(struct scan *scan, const struct error *held, struct error *error)
{
    struct held_characters *kept = scan->press->characters;
    struct held_character one = {plan_count(scan->plan), held->code_point, held->selector};
    if (!kept || !held->code_point || message_kind(held->message) == KIND_FOLLOW)
        return OK;
    if (kept->count == kept->room) {
        size_t room = kept->room ? 2 * kept->room : 1024;
        void *list =
            memory_resize(kept->list, kept->room * sizeof *kept->list, room * sizeof *kept->list);
        if (!list)
            return error_set(error, MSG_NO_MEMORY);
        kept->list = list;
        kept->room = room;
    }
    kept->list[kept->count++] = one;
    return OK;
}

static void set_admitted(struct scan *scan, struct plan_entry *entry)
{
    entry->form = (uint8_t)(scan->result.form - scan->press->forms) & 63u;
    if (!scan->result.admitted.protected_person) {
        entry->outcome = PLAN_PRINTED;
    } else if (scan->protected_place) {
        entry->outcome = PLAN_PROTECTED;
    } else {
        entry->outcome = PLAN_HELD;
        entry->message = MSG_PROTECTED_NO_PLACE;
    }
}

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

/* Whoever may be protected has kin to be held: also where the flag is empty or cannot be read. */
static bool may_be_protected(const struct admitted *admitted, enum message refused)
{
    return admitted->protected_person || refused == MSG_FLAG_EMPTY ||
           refused == MSG_FLAG_UNREADABLE;
}

static enum status set_keys(struct scan *scan, struct plan_entry *entry, struct error *error)
{
    struct press *press = scan->press;
    entry->hash[PLAN_ID] = id_hash(scan->result.admitted.value[COLUMN_REF_NO]);
    if (press->job.checks.same_person == CHECK_HOLD)
        entry->hash[PLAN_PERSON] = short_hash(kin_person_hash(press, &press->record));
    return may_be_protected(&scan->result.admitted, (enum message)entry->message)
               ? kin_remember(&scan->kin, press, error)
               : OK;
}

/* A follow-up gets no letter anyway. */
static void hold_letter(struct plan *plan, uint64_t index, const struct incident *incident)
{
    if (plan_at(plan, index)->outcome != PLAN_FOLLOW_UP)
        plan_hold(plan, index, (uint16_t)incident->message, (uint8_t)(incident->slot + 1));
}

/* Records that stand out beside their neighbours: the first of them has been planned already. Every admitted record
 * counts, printed or not: nobody's protection or decision may change what becomes of a neighbour. */
static void hold_incident(struct scan *scan, uint64_t index)
{
    struct incident incident = incidents_next(&scan->incidents, &scan->result.admitted, index);
    if (incident.message == MSG_NONE)
        return;
    hold_letter(scan->plan, incident.first, &incident);
    for (uint64_t i = incident.first + 1; incident.run && i < index; i++)
        hold_letter(scan->plan, i, &incident);
    hold_letter(scan->plan, index, &incident);
}

/* The whole flow, and what only the pre-pass asks: whether any field holds a My Number (the later readings meet the
 * same bytes, their fingerprints say so), and whether the record's dates can be true. */
static enum status prove(struct scan *scan, struct error *error)
{
    struct press *press = scan->press;
    struct press_result *result = &scan->result;
    enum status status = guard_record(&press->guard, &press->record, error);
    if (status == OK)
        status = press_letter(press, &press->record, COMPOSE_PROVE, result, NULL, error);
    if (status == OK)
        status = incident_dates(&press->job, &result->admitted, result->form->wording.expiry_by_age,
                                error);
    if (status != OK)
        error->row = press->record.row;
    return status;
}

static enum status scan_record(struct scan *scan, enum status read, struct error *error)
{
    struct press *press = scan->press;
    struct plan_entry entry = {.offset = press->record.offset,
                               .fingerprint = (uint32_t)press->record.fingerprint};
    enum status status = read;

    if (read == OK)
        status = prove(scan, error);
    else if (guard_broken_row(press, error) != OK)
        return STOP;
    if (status == STOP)
        return STOP;
    if (status == OK)
        set_admitted(scan, &entry);
    else
        set_held(press, &entry, error);
    if (status != OK && keep_character(scan, error, error) != OK)
        return STOP;
    if (read == OK && set_keys(scan, &entry, error) != OK)
        return STOP;
    if (plan_add(scan->plan, &entry, error) != OK)
        return STOP;
    if (read == OK && scan->result.passed)
        hold_incident(scan, plan_count(scan->plan) - 1);
    return OK;
}

/* A record of which no letter is asked, as far as the guard goes: searched for My Numbers, suppressed. *refused: why
 * it was not admitted, MSG_NONE when it was or could not be read. */
static enum status guard_only(struct press *press, enum status read, struct admitted *admitted,
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
static enum status scan_beyond(struct scan *scan, enum status read, struct error *error)
{
    struct press *press = scan->press;
    struct admitted admitted;
    enum message refused;

    if (guard_only(press, read, &admitted, &refused, error) != OK)
        return STOP;
    return may_be_protected(&admitted, refused) ? kin_remember(&scan->kin, press, error) : OK;
}

static enum status scan_all(struct scan *scan, uint64_t limit,
                            const struct press_progress *progress, uint64_t *records,
                            struct error *error)
{
    struct press *press = scan->press;
    bool end = false;

    intake_rewind(press->intake);
    for (*records = 0;; ++*records) {
        enum status status = intake_next(press->intake, &press->record, &end, error);
        if (status == STOP || end)
            return status == STOP ? STOP : OK;
        if (limit == 0 || *records < limit)
            status = scan_record(scan, status, error);
        else
            status = scan_beyond(scan, status, error);
        if (status == STOP)
            return STOP;
        if (progress && *records % TICK_RECORDS == 0)
            progress->tick(progress->context, PHASE_CHECKING, intake_offset(press->intake),
                           intake_size(press->intake), *records);
    }
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

enum status prepass(struct press *press, uint64_t limit, bool protected_place,
                    const struct press_progress *progress, struct plan **out, struct error *error)
{
    struct scan *scan = memory_new(sizeof *scan);
    uint64_t records = 0;
    enum status status;

    *out = NULL;
    if (!scan)
        return error_set(error, MSG_NO_MEMORY);
    *scan = (struct scan){.press = press, .protected_place = protected_place};
    incidents_open(&scan->incidents, &press->job);
    status = plan_new(&scan->plan, error);
    if (status == OK)
        status = scan_all(scan, limit, progress, &records, error);
    if (status == OK)
        status = guard_close(&press->guard, error);
    if (status == OK)
        status = check_stated(press, records, error);
    if (status == OK)
        status = hold_doubles(press, scan->plan, error);
    if (status == OK)
        status = kin_hold(&scan->kin, press, scan->plan, protected_place, error);
    if (status == OK)
        status = household_group(press, scan->plan, error);
    if (status == OK)
        status = intake_unchanged(press->intake, error);
    kin_close(&scan->kin);
    if (status == OK)
        *out = scan->plan;
    else
        plan_free(scan->plan);
    memory_free(scan, sizeof *scan);
    return status;
}

/* -- one record by its id -- */

struct search {
    struct text wanted;
    uint64_t index;
    uint32_t found;
};

static enum status look_at(struct search *search, struct press *press, uint64_t index,
                           enum status read, struct error *error)
{
    struct admitted admitted;
    enum message refused;

    if (guard_only(press, read, &admitted, &refused, error) != OK)
        return STOP;
    if (text_equal(admitted.value[COLUMN_REF_NO], search->wanted)) {
        search->index = index;
        search->found++;
    }
    return OK;
}

enum status press_find(struct press *press, const char *id, uint64_t *index, struct error *error)
{
    struct search search = {.wanted = text_of(id)};
    bool end = false;

    intake_rewind(press->intake);
    for (uint64_t i = 0; !end; i++) {
        enum status status = intake_next(press->intake, &press->record, &end, error);
        if (status == STOP || (!end && look_at(&search, press, i, status, error) != OK))
            return STOP;
    }
    *index = search.index;
    if (search.found == 1)
        return OK;
    return error_set(error, search.found ? MSG_ID_DOUBLED : MSG_NO_SUCH_ID);
}
