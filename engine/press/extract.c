/* press/extract.c -- the extraction as a whole. Four readings: the pre-pass; a survey (addresses of protected people,
 * what the print file will hold); its settlement, when there is somebody to protect; the writing. */
#include "press/extract.h"

#include "base/memory.h"
#include "press/boundary.h"
#include "press/extract_inside.h"
#include "press/mail.h"

#include <stdio.h>

/* -- what the order and the job must say -- */

static enum status read_tree(struct extract *extract, struct error *error)
{
    const char *path = extract->press->job.path;
    struct text source;
    struct yaml_node *root;
    enum status status = os_slurp(path, LIMIT_ASSET_BYTES, &extract->arena, &source, error);
    if (status == OK && source.length >= 3 && memcmp(source.bytes, "\xEF\xBB\xBF", 3) == 0)
        source = (struct text){source.bytes + 3, source.length - 3};
    if (status == OK)
        status = yaml_parse(source, path, &extract->arena, &root, error);
    if (status == OK)
        extract->root = root;
    return status;
}

static enum status check_job(struct extract *extract, struct error *error)
{
    const struct job *job = &extract->press->job;
    if (job->role == ROLE_VENDOR)
        return error_at(error, MSG_VENDOR_COMMAND, job->path, 0, TEXT("role"));
    if (job->seal.key.length == 0)
        return error_at(error, MSG_EXTRACT_KEY, job->path, 0, TEXT("seal.key"));
    return read_tree(extract, error);
}

/* -- readings behind the pre-pass -- */

/* Each record of the plan, read again in order. */
enum status extract_read(struct extract *extract,
                         enum status (*take)(struct extract *extract, uint64_t index,
                                             enum status read, struct error *error),
                         struct error *error)
{
    struct press *press = extract->press;
    bool end = false;

    intake_rewind(press->intake);
    for (uint64_t i = 0; i < plan_count(extract->plan); i++) {
        enum status status = intake_next(press->intake, &press->record, &end, error);
        if (status == STOP)
            return STOP;
        if (end || (uint32_t)press->record.fingerprint != plan_at(extract->plan, i)->fingerprint)
            return error_set(error, MSG_INPUT_CHANGED);
        if (take(extract, i, status, error) != OK)
            return STOP;
    }
    return OK;
}

/* What the vendor's file is going to be made of; nothing of anybody else. Who is taken out by settle is no part of it
 * either: then the digest starts anew there. */
static void digest_values(struct extract *extract)
{
    const struct header *header = intake_header(extract->press->intake);
    for (uint32_t i = 0; i < header->count; i++)
        if (header->slot[i] >= 0 && !boundary_forbids(header->slot[i]))
            digest_add_text(extract->content, extract->admitted.value[header->slot[i]]);
}

static enum status survey(struct extract *extract, uint64_t index, enum status read,
                          struct error *error)
{
    struct press *press = extract->press;
    struct error refused = {0};

    if (read != OK)
        return OK;
    enum status status = guard_admit(&press->guard, &press->record, &extract->admitted, &refused);
    if (status == STOP) {
        *error = refused;
        return STOP;
    }
    if (status == OK && plan_at(extract->plan, index)->outcome == PLAN_PRINTED)
        digest_values(extract);
    bool may_be = extract->admitted.protected_person || refused.message == MSG_FLAG_EMPTY ||
                  refused.message == MSG_FLAG_UNREADABLE;
    if (!may_be || press->job.protection.address == ADDRESS_OFF)
        return OK;
    return address_remember(&extract->address, press, error);
}

static enum status settle(struct extract *extract, uint64_t index, enum status read,
                          struct error *error)
{
    struct plan_entry *entry = plan_at(extract->plan, index);
    if (read != OK || entry->outcome != PLAN_PRINTED)
        return OK;
    uint8_t column = address_shared(&extract->address, extract->press);
    if (column && extract->press->job.protection.address == ADDRESS_SEPARATE)
        entry->outcome = PLAN_PROTECTED;
    else if (column)
        plan_hold(extract->plan, index, MSG_EXTRACT_ADDRESS, column);
    if (column)
        return OK;
    enum status status =
        guard_admit(&extract->press->guard, &extract->press->record, &extract->admitted, error);
    if (status == OK)
        digest_values(extract);
    return status;
}

static enum status survey_all(struct extract *extract, struct digest *content, struct error *error)
{
    enum status status = digester_new(&extract->content, error);
    if (status != OK)
        return status;
    digest_start(extract->content);
    status = extract_read(extract, survey, error);
    address_sort(&extract->address);
    if (status == OK && extract->address.count) {
        digest_start(extract->content);
        status = extract_read(extract, settle, error);
    }
    return status == OK ? digest_end(extract->content, content, error) : status;
}

/* -- columns, seal, note -- */

static void use_letter(struct extract_use *use, const struct plan_entry *entry)
{
    use->form[entry->form] = true;
    use->by_post = use->by_post || route_delivery(entry->route) == DELIVERY_HOME;
}

static enum status choose_columns(struct extract *extract, struct error *error)
{
    struct extract_use vendor = {0}, own = {0};

    for (uint64_t i = 0; i < plan_count(extract->plan); i++) {
        const struct plan_entry *entry = plan_at(extract->plan, i);
        if (entry->outcome == PLAN_PRINTED)
            use_letter(&vendor, entry);
        if (entry->outcome == PLAN_PROTECTED)
            use_letter(&own, entry);
    }
    enum status status =
        extract_choose(extract->press, &vendor, false, true, &extract->vendor, error);
    return status == OK ? extract_choose(extract->press, &own, true, false, &extract->own, error)
                        : status;
}

static enum status open_seal(struct extract *extract, const struct digest *content,
                             struct error *error)
{
    const struct extract_columns *columns = &extract->vendor;
    uint8_t key[HMAC_KEY_BYTES];
    enum status status = boundary_key(extract->press, extract->press->job.seal.key, key, error);

    if (status == OK)
        status =
            seal_new(key, columns->name, columns->count, columns->count - 1, &extract->seal, error);
    memory_wipe(key, sizeof key);
    if (status == OK)
        status = seal_name(extract->seal, content, plan_total(extract->plan, PLAN_PRINTED), error);
    return status;
}

static void start_note(struct extract *extract)
{
    const struct job *job = &extract->press->job;
    struct note *note = &extract->note;

    note->job = job->name;
    note->insurer = job->insurer.name;
    note->number = job->insurer.number;
    note->edition = job->notice.edition;
    note->as_of = job->notice.as_of;
    note->issued = job->notice.issued;
    note->extracted = job->extract.date.year ? job->extract.date : job->notice.issued;
    (void)snprintf(note->file, sizeof note->file, "print.csv%s",
                   extract->order->seal_count ? ".cms" : "");
    memcpy(note->id, seal_id(extract->seal), SEAL_ID);
}

/* -- the whole -- */

static void put_totals(const struct extract *extract, struct press_totals *totals)
{
    totals->records = plan_count(extract->plan);
    totals->printed = plan_total(extract->plan, PLAN_PRINTED);
    totals->protected_letters = plan_total(extract->plan, PLAN_PROTECTED);
    totals->held = plan_total(extract->plan, PLAN_HELD);
    totals->follow_up = plan_total(extract->plan, PLAN_FOLLOW_UP);
}

static enum status make(struct extract *extract, struct press_totals *totals, struct error *error)
{
    struct digest content;
    enum status status =
        prepass(extract->press, 0, true, extract->order->progress, &extract->plan, error);
    if (status == OK)
        status = survey_all(extract, &content, error);
    if (status == OK)
        status = choose_columns(extract, error);
    if (status == OK)
        status = open_seal(extract, &content, error);
    if (status != OK)
        return status;
    put_totals(extract, totals);
    start_note(extract);
    return extract_write(extract, totals, error);
}

static void extract_free(struct extract *extract)
{
    cms_seal_drop(extract->cms);
    seal_free(extract->seal);
    digester_free(extract->content);
    digester_free(extract->whole);
    address_close(&extract->address);
    plan_free(extract->plan);
    arena_close(&extract->arena);
    memory_free(extract, sizeof *extract);
}

enum status press_extract(struct press *press, const struct extract_order *order,
                          struct press_totals *totals, struct error *error)
{
    struct extract *extract = memory_new(sizeof *extract);

    if (!extract)
        return error_set(error, MSG_NO_MEMORY);
    extract->press = press;
    extract->order = order;
    arena_open(&extract->arena, LIMIT_JOB_ARENA);
    enum status status = check_job(extract, error);
    if (status == OK)
        status = out_open(&extract->out, order->out, error);
    if (status == OK) {
        status = make(extract, totals, error);
        if (status == OK)
            status = out_publish(&extract->out, error);
        else
            out_abandon(&extract->out);
    }
    extract_free(extract);
    return status;
}
