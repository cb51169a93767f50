/* press/prepass.c -- every record once through the flow, without drawing: all holds are known before the first
 * lot, so that sequence numbers and lots are functions of the whole list. */
#include "press/engine.h"

#include "base/memory.h"

#define TICK_RECORDS 512

struct scan {
    struct press *press;
    struct plan *plan;
    struct kin kin;
    struct press_result result;
    bool protected_place;
};

static uint64_t id_hash(struct text id)
{
    uint64_t hash = hash64(id.bytes, id.length);
    return id.length == 0 ? 0 : hash ? hash : 1;
}

static void set_held(const struct press *press, struct plan_entry *entry, const struct error *error)
{
    entry->outcome = message_kind(error->message) == KIND_FOLLOW ? PLAN_FOLLOW_UP : PLAN_HELD;
    entry->message = (uint16_t)error->message;
    entry->column = press_error_column(press, error);
}

static void set_admitted(struct scan *scan, struct plan_entry *entry)
{
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

static enum status scan_record(struct scan *scan, enum status read, struct error *error)
{
    struct press *press = scan->press;
    struct plan_entry entry = {.offset = press->record.offset,
                               .fingerprint = (uint32_t)press->record.fingerprint};
    enum status status = read;

    if (read == OK)
        status = press_letter(press, &press->record, COMPOSE_PROVE, &scan->result, NULL, error);
    else if (guard_broken_row(press, error) != OK)
        return STOP;
    if (status == STOP)
        return STOP;
    if (status == OK)
        set_admitted(scan, &entry);
    else
        set_held(press, &entry, error);
    if (read == OK) {
        entry.id_hash = id_hash(scan->result.admitted.value[COLUMN_REF_NO]);
        if (scan->result.admitted.protected_person && kin_remember(&scan->kin, press, error) != OK)
            return STOP;
    }
    return plan_add(scan->plan, &entry, error);
}

/* Beyond the limit nothing is printed, but My Numbers and protected people count all the same: the kin of one
 * may be within the limit. */
static enum status scan_beyond(struct scan *scan, enum status read, struct error *error)
{
    struct press *press = scan->press;
    struct admitted *admitted = &scan->result.admitted;

    if (read != OK)
        return guard_broken_row(press, error);
    if (guard_record(&press->guard, &press->record, error) != OK ||
        guard_admit(&press->guard, &press->record, admitted, error) == STOP)
        return STOP;
    return admitted->protected_person ? kin_remember(&scan->kin, press, error) : OK;
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

/* -- two records with one 整理番号: both are read again, hashes alone are no proof -- */

static enum status read_id(struct press *press, struct plan *plan, uint64_t index,
                           struct arena *arena, struct text *out, struct error *error)
{
    struct admitted admitted = {0};
    bool end = false;

    intake_seek(press->intake, plan_at(plan, index)->offset, plan_row(index));
    if (intake_next(press->intake, &press->record, &end, error) != OK || end)
        return error_set(error, MSG_INPUT_CHANGED);
    enum status status = guard_admit(&press->guard, &press->record, &admitted, error);
    if (status == STOP)
        return STOP;
    *out = arena_text(arena, admitted.value[COLUMN_REF_NO]);
    return out->bytes ? OK : error_set(error, MSG_NO_MEMORY);
}

struct double_reader {
    struct press *press;
    struct plan *plan;
};

static enum status same_id(void *context, uint64_t a, uint64_t b, bool *same, struct error *error)
{
    struct double_reader *reader = context;
    struct arena *arena = &reader->press->letter_arena;
    struct text left, right;

    arena_wipe(arena);
    enum status status = read_id(reader->press, reader->plan, a, arena, &left, error);
    if (status == OK)
        status = read_id(reader->press, reader->plan, b, arena, &right, error);
    if (status == OK)
        *same = text_equal(left, right);
    return status;
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
    status = plan_new(&scan->plan, error);
    if (status == OK)
        status = scan_all(scan, limit, progress, &records, error);
    if (status == OK)
        status = guard_close(&press->guard, error);
    if (status == OK)
        status = check_stated(press, records, error);
    if (status == OK) {
        struct double_reader reader = {press, scan->plan};
        struct plan_reader callback = {same_id, &reader};
        status = plan_close(scan->plan, &callback, MSG_DOUBLE_ID, COLUMN_REF_NO, error);
    }
    if (status == OK)
        status = kin_hold(&scan->kin, press, scan->plan, error);
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
    uint64_t offset, row;
    uint32_t found;
    struct kin kin;
    struct admitted admitted;
};

static enum status look_at(struct search *search, struct press *press, enum status read,
                           struct error *error)
{
    struct admitted *admitted = &search->admitted;

    if (read != OK)
        return guard_broken_row(press, error);
    if (guard_record(&press->guard, &press->record, error) != OK ||
        guard_admit(&press->guard, &press->record, admitted, error) == STOP)
        return STOP;
    if (admitted->protected_person && kin_remember(&search->kin, press, error) != OK)
        return STOP;
    if (text_equal(admitted->value[COLUMN_REF_NO], search->wanted)) {
        search->offset = press->record.offset;
        search->row = press->record.row;
        search->found++;
    }
    return OK;
}

static enum status look_at_all(struct search *search, struct press *press, struct error *error)
{
    bool end = false;

    intake_rewind(press->intake);
    for (;;) {
        enum status status = intake_next(press->intake, &press->record, &end, error);
        if (status == STOP || end)
            return status == STOP ? STOP : OK;
        if (look_at(search, press, status, error) != OK)
            return STOP;
    }
}

static enum status go_back(struct search *search, struct press *press, uint8_t *kin,
                           struct error *error)
{
    bool end = false;

    if (search->found != 1)
        return error_set(error, search->found ? MSG_ID_DOUBLED : MSG_NO_SUCH_ID);
    intake_seek(press->intake, search->offset, search->row);
    if (intake_next(press->intake, &press->record, &end, error) != OK || end)
        return error_set(error, MSG_INPUT_CHANGED);
    kin_sort(&search->kin);
    *kin = kin_column(&search->kin, press);
    enum status status = guard_close(&press->guard, error);
    return status == OK ? intake_unchanged(press->intake, error) : status;
}

enum status press_find(struct press *press, const char *id, uint8_t *kin, struct error *error)
{
    struct search search = {.wanted = text_of(id)};
    enum status status = look_at_all(&search, press, error);

    *kin = 0;
    if (status == OK)
        status = go_back(&search, press, kin, error);
    kin_close(&search.kin);
    return status;
}
