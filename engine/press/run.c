/* press/run.c -- the printing pass: the planned records, in order, into lots and tables.
 * All holds were found by the pre-pass; one found here is a bug. Whatever fails, nothing of the run is left. */
#include "press/engine.h"

#include "base/memory.h"
#include "base/os.h"
#include "pdf/pdf.h"
#include "press/tables.h"
#include "spool/spool.h"

#define TICK_RECORDS 512

/* One place where letters go: OUT, or the insurer's own place for protected people. */
struct stream {
    struct spool *spool;
    struct spool_table *manifest,
        *substitutions; /* substitutions: NULL when the job replaces none */
    struct sink lot_sink;
    struct pdf *pdf;
    struct digester *lot_digester; /* over the letters of the lot: the document's ID */
    uint64_t sequence;             /* letters so far */
    uint32_t lot, lot_letters, lot_pages;
    uint64_t pages, deflate_us;
};

struct run {
    struct press *press;
    const struct print_order *order;
    struct plan *plan;
    struct stream main, hidden;
    bool has_hidden;
    struct spool_table *records, *holds, *followup, *report, *report_text;
    struct digester *input_digester; /* over the admitted records, suppressed */
    struct press_result result;
    uint32_t people;                     /* in the letter in hand */
    uint64_t people_printed[2];          /* in OUT, in the protected place */
    uint64_t substitutions, substituted; /* characters replaced, their people */
    struct csv_row row;
    struct tally tally;
    struct press_totals totals;
};

/* -- lots -- */

static enum status lot_open(struct run *run, struct stream *stream, struct error *error)
{
    const struct job *job = &run->press->job;
    struct pdf_options options = {
        .title = job->name, .date = job->notice.issued, .level = job->output.compression};
    enum status status = spool_lot_begin(stream->spool, ++stream->lot, &stream->lot_sink, error);
    if (status == OK)
        status = pdf_new(&stream->lot_sink, run->press->fonts, &options, &stream->pdf, error);
    if (status != OK)
        return status;
    pdf_measure(stream->pdf, run->order->measure);
    digest_start(stream->lot_digester);
    digest_add_text(stream->lot_digester, TEXT("oshirase lot 1"));
    digest_add(stream->lot_digester, job->digest.bytes, sizeof job->digest.bytes);
    digest_add_u32(stream->lot_digester, stream->lot);
    stream->lot_letters = stream->lot_pages = 0;
    return OK;
}

static enum status lot_close(struct stream *stream, struct error *error)
{
    struct digest id;
    struct pdf *pdf = stream->pdf;
    if (!pdf)
        return OK;
    stream->deflate_us += pdf_deflate_us(pdf);
    if (digest_end(stream->lot_digester, &id, error) != OK)
        return STOP;
    stream->pdf = NULL; /* pdf_close frees it, also when it fails */
    enum status status = pdf_close(pdf, &id, error);
    return status == OK ? spool_lot_seal(stream->spool, error) : status;
}

static enum status print_pages(struct run *run, struct stream *stream, struct error *error)
{
    enum status status = OK;
    if (stream->pdf && stream->lot_letters == run->press->job.output.lot_letters)
        status = lot_close(stream, error);
    if (status == OK && !stream->pdf)
        status = lot_open(run, stream, error);
    for (uint32_t i = 0; status == OK && i < run->result.pages.count; i++)
        status = pdf_page(stream->pdf, &run->result.pages.pages[i], error);
    return status;
}

/* -- records -- */

/* What was admitted, in a canonical form: hidden fields are empty here, so they reach no digest. */
static void digest_admitted(struct run *run)
{
    const struct admitted *admitted = &run->result.admitted;
    const struct header *header = intake_header(run->press->intake);
    uint8_t flag = admitted->protected_person;
    digest_add(run->input_digester, &flag, 1);
    for (unsigned slot = 0; slot < COLUMN_COUNT + run->press->job.input.extra_count; slot++) {
        if (header->index[slot] < 0)
            continue;
        digest_add_u32(run->input_digester, slot);
        digest_add_text(run->input_digester, admitted->value[slot]);
    }
}

/* The letter that begins with this record: its own, or its household's. */
static enum status compose(struct run *run, uint64_t index, struct error *error)
{
    struct press *press = run->press;
    const uint32_t *members;
    run->people = plan_members(run->plan, index, &members);
    enum status status =
        run->people
            ? press_household(press, run->plan, index, COMPOSE_DRAW, &run->result, NULL, error)
            : press_letter(press, &press->record, COMPOSE_DRAW, &run->result, NULL, error);
    if (run->people == 0)
        run->people = 1;
    if (status == OK || message_kind(error->message) == KIND_IO ||
        error->message == MSG_INPUT_CHANGED)
        return status;
    return error_set(error, MSG_LATE_HOLD);
}

static enum status print_letter(struct run *run, uint64_t index, struct error *error)
{
    const struct plan_entry *entry = plan_at(run->plan, index);
    bool hidden = entry->outcome == PLAN_PROTECTED;
    struct stream *stream = hidden ? &run->hidden : &run->main;
    struct press *press = run->press;
    struct digest digest;

    enum status status = compose(run, index, error);
    if (status == OK)
        status = letter_digest(press->digester, press->fonts, &run->result.pages, &digest, error);
    if (status == OK)
        status = print_pages(run, stream, error);
    if (status != OK)
        return status;
    digest_add(stream->lot_digester, digest.bytes, sizeof digest.bytes);
    struct manifest_line line = {.sequence = ++stream->sequence,
                                 .lot = stream->lot,
                                 .page = stream->lot_pages + 1,
                                 .pages = run->result.pages.count,
                                 .id = run->result.admitted.value[COLUMN_REF_NO],
                                 .form = run->result.form->name,
                                 .route = hidden ? TEXT("separate") : press_route(press),
                                 .digest = &digest};
    stream->lot_letters++;
    stream->lot_pages += run->result.pages.count;
    stream->pages += run->result.pages.count;
    plan_put_sequence(run->plan, index, stream->sequence);
    tally_letter(&run->tally, run->result.form->name, line.route, run->people, line.pages);
    return manifest_write(&run->row, &line, stream->manifest, error);
}

/* A later member of a household: its letter has been printed with the first. A record without a letter is read
 * again for its 整理番号 and, for a follow-up, its decision row. Either way the flow is asked once more. */
static enum status look_again(struct run *run, enum status read, struct error *error)
{
    struct press *press = run->press;
    run->result.form = NULL;
    run->result.admitted.value[COLUMN_REF_NO] = (struct text){0, 0};
    arena_wipe(&press->letter_arena);
    if (read == OK && press_fill(press, &press->record, &run->result, error) == STOP)
        return STOP;
    return OK;
}

static enum status list_unprinted(struct run *run, const struct plan_entry *entry, struct text id,
                                  struct error *error)
{
    struct press *press = run->press;
    tally_add(&run->tally, "reason", text_of(message_token(entry->message)));
    if (entry->outcome == PLAN_FOLLOW_UP)
        return followup_write(&run->row, press->record.row, id, entry->message, run->followup,
                              error);
    return hold_write(&run->row, press->record.row, id, entry->message,
                      press_column_name(press, entry->column), run->holds, error);
}

/* Beside the lots that the letters are in: a protected person's stand in the insurer's own place. */
static enum status list_substitutions(struct run *run, bool hidden, struct error *error)
{
    struct spool_table *table = hidden ? run->hidden.substitutions : run->main.substitutions;
    enum status status = OK;
    if (run->result.uses)
        run->substituted++;
    for (const struct substitution *use = run->result.uses; use && status == OK; use = use->next) {
        run->substitutions++;
        status = substitution_write(&run->row, run->press->record.row,
                                    press_column_name(run->press, (uint8_t)(use->slot + 1)),
                                    use->pair->from, use->pair->to, table, error);
    }
    return status;
}

static enum status print_record(struct run *run, uint64_t index, enum status read,
                                struct error *error)
{
    struct press *press = run->press;
    struct plan_entry *entry = plan_at(run->plan, index);
    bool letter = entry->outcome == PLAN_PRINTED || entry->outcome == PLAN_PROTECTED;
    const struct press_form *form = letter ? &press->forms[entry->form] : NULL;

    if (entry->fingerprint != (uint32_t)press->record.fingerprint ||
        entry->offset != press->record.offset || (letter && read != OK))
        return error_at(error, MSG_INPUT_CHANGED, press->input_path, 0, (struct text){0, 0});
    bool now = letter && !plan_follows(run->plan, index);
    if (now && print_letter(run, index, error) != OK)
        return STOP;
    if ((!now || form->wording.household) && look_again(run, read, error) != OK)
        return STOP;
    if (letter) {
        digest_admitted(run);
        if (list_substitutions(run, entry->outcome == PLAN_PROTECTED, error) != OK)
            return STOP;
        run->people_printed[entry->outcome == PLAN_PROTECTED]++;
    }
    if (entry->outcome != PLAN_HELD)
        tally_add(&run->tally, "decision", run->result.decision.row);
    struct text id = run->result.admitted.value[COLUMN_REF_NO];
    if (!letter && list_unprinted(run, entry, id, error) != OK)
        return STOP;
    struct record_line line = {
        .row = press->record.row,
        .id = id,
        .outcome = entry->outcome,
        .sequence = entry->outcome == PLAN_PRINTED ? plan_sequence(run->plan, index) : 0,
        .form = letter ? form->name : (struct text){0, 0},
        .message = entry->message};
    return record_write(&run->row, &line, run->records, error);
}

static enum status print_all(struct run *run, struct error *error)
{
    struct press *press = run->press;
    const struct press_progress *progress = run->order->progress;
    bool end = false;

    intake_rewind(press->intake);
    for (uint64_t i = 0; i < plan_count(run->plan); i++) {
        enum status status = intake_next(press->intake, &press->record, &end, error);
        if (status == STOP)
            return STOP;
        if (end)
            return error_at(error, MSG_INPUT_CHANGED, press->input_path, 0, (struct text){0, 0});
        status = print_record(run, i, status, error);
        if (status != OK)
            return STOP;
        if (progress && i % TICK_RECORDS == 0)
            progress->tick(progress->context, PHASE_PRINTING, intake_offset(press->intake),
                           intake_size(press->intake), run->main.sequence + run->hidden.sequence);
    }
    return intake_unchanged(press->intake, error);
}

/* -- opening and closing a run -- */

static enum status stream_open(struct stream *stream, const char *folder, struct error *error)
{
    enum status status = spool_open(folder, &stream->spool, error);
    return status == OK ? digester_new(&stream->lot_digester, error) : status;
}

static enum status open_substitutions(const struct run *run, struct stream *stream,
                                      struct error *error)
{
    if (!run->press->substitutes.first)
        return OK;
    enum status status =
        spool_table_open(stream->spool, "substitutions.csv", &stream->substitutions, error);
    return status == OK ? substitutions_head(stream->substitutions, error) : status;
}

/* The manifest is opened last: it gets its name last, and without it nothing may be printed. */
static enum status run_open(struct run *run, struct error *error)
{
    enum status status = stream_open(&run->main, run->order->out, error);
    if (status == OK)
        status = spool_table_open(run->main.spool, "records.csv", &run->records, error);
    if (status == OK)
        status = spool_table_open(run->main.spool, "holds.csv", &run->holds, error);
    if (status == OK)
        status = spool_table_open(run->main.spool, "followup.csv", &run->followup, error);
    if (status == OK)
        status = spool_table_open(run->main.spool, "report.json", &run->report, error);
    if (status == OK)
        status = spool_table_open(run->main.spool, "report.txt", &run->report_text, error);
    if (status == OK)
        status = open_substitutions(run, &run->main, error);
    if (status == OK)
        status = spool_table_open(run->main.spool, "manifest.csv", &run->main.manifest, error);
    if (status == OK && run->has_hidden) {
        status = stream_open(&run->hidden, run->order->protected_out, error);
        if (status == OK)
            status = os_folder_private(run->order->protected_out, error);
        if (status == OK)
            status = open_substitutions(run, &run->hidden, error);
        if (status == OK)
            status =
                spool_table_open(run->hidden.spool, "manifest.csv", &run->hidden.manifest, error);
        if (status == OK)
            status = manifest_head(run->hidden.manifest, error);
    }
    if (status == OK)
        status = tables_head(run->records, run->holds, run->followup, run->main.manifest, error);
    if (status == OK)
        status = digester_new(&run->input_digester, error);
    if (status == OK) {
        digest_start(run->input_digester);
        digest_add_text(run->input_digester, TEXT("oshirase input 1"));
    }
    return status;
}

/* Promise: records read = printed + protected + held + follow-up, by two counts that share nothing. */
static enum status check_totals(struct run *run, struct error *error)
{
    struct press_totals *totals = &run->totals;
    totals->records = plan_count(run->plan);
    totals->printed = run->people_printed[0];
    totals->protected_letters = run->people_printed[1];
    totals->letters = run->main.sequence + run->hidden.sequence;
    totals->held = plan_total(run->plan, PLAN_HELD);
    totals->follow_up = plan_total(run->plan, PLAN_FOLLOW_UP);
    totals->pages = run->main.pages + run->hidden.pages;
    totals->deflate_us = run->main.deflate_us + run->hidden.deflate_us;
    uint64_t sum = totals->printed + totals->protected_letters + totals->held + totals->follow_up;
    if (sum == totals->records && totals->printed == plan_total(run->plan, PLAN_PRINTED) &&
        tally_sum(&run->tally, TALLY_PEOPLE) == totals->printed + totals->protected_letters &&
        tally_sum(&run->tally, TALLY_SHEETS) == totals->pages &&
        tally_sum(&run->tally, TALLY_PIECES) == totals->letters)
        return OK;
    (void)error_set(error, MSG_TOTALS_DISAGREE);
    error->have = (int64_t)sum;
    error->want = (int64_t)totals->records;
    return STOP;
}

static enum status table_sink_write(void *context, const void *bytes, size_t size,
                                    struct error *error)
{
    return spool_table_write(context, bytes, size, error);
}

static enum status write_report(struct run *run, struct error *error)
{
    struct report_facts facts = {.totals = &run->totals,
                                 .tally = &run->tally,
                                 .lots = run->main.lot,
                                 .protected_lots = run->hidden.lot,
                                 .substitutions = run->substitutions,
                                 .substituted = run->substituted,
                                 .sample = run->order->limit != 0};
    struct sink json = {table_sink_write, run->report};
    struct sink plain = {table_sink_write, run->report_text};
    enum status status = digest_end(run->input_digester, &facts.input, error);
    if (status == OK)
        status = report_json(run->press, &facts, &json, error);
    return status == OK ? report_text(run->press, &facts, &plain, error) : status;
}

/* Both places are sealed before either is published: a disk that is full by now leaves nothing in both. */
static enum status publish(struct run *run, struct error *error)
{
    run->totals.lot_bytes = spool_lot_bytes(run->main.spool);
    enum status status = spool_seal(run->main.spool, error);
    if (status == OK && run->has_hidden) {
        run->totals.lot_bytes += spool_lot_bytes(run->hidden.spool);
        status = spool_seal(run->hidden.spool, error);
        if (status == OK) {
            status = spool_publish(run->hidden.spool, error);
            run->hidden.spool = NULL;
        }
    }
    if (status == OK) {
        status = spool_publish(run->main.spool, error);
        run->main.spool = NULL;
    }
    return status;
}

static void stream_close(struct stream *stream)
{
    pdf_drop(stream->pdf);
    spool_abandon(stream->spool);
    digester_free(stream->lot_digester);
}

static enum status run_all(struct run *run, struct error *error)
{
    enum status status = run_open(run, error);
    if (status == OK)
        status = print_all(run, error);
    if (status == OK)
        status = lot_close(&run->main, error);
    if (status == OK)
        status = lot_close(&run->hidden, error);
    if (status == OK)
        status = check_totals(run, error);
    if (status == OK)
        status = write_report(run, error);
    if (status == OK)
        status = publish(run, error);
    stream_close(&run->main);
    stream_close(&run->hidden);
    digester_free(run->input_digester);
    return status;
}

static enum status check_places(const struct print_order *order, struct error *error)
{
    enum status status = spool_check(order->out, error);
    if (status != OK || !order->protected_out)
        return status;
    if (os_path_inside(order->protected_out, order->out) ||
        os_path_inside(order->out, order->protected_out))
        return error_name(error, MSG_PROTECTED_INSIDE, TEXT("--protected-out"));
    return spool_check(order->protected_out, error);
}

enum status press_print(struct press *press, const struct print_order *order,
                        struct press_totals *totals, struct error *error)
{
    struct run *run = memory_new(sizeof *run);
    enum status status;

    if (!run)
        return error_set(error, MSG_NO_MEMORY);
    *run = (struct run){.press = press, .order = order, .has_hidden = order->protected_out != NULL};
    status = check_places(order, error);
    if (status == OK)
        status = prepass(press, order->limit, run->has_hidden, order->progress, &run->plan, error);
    if (status == OK)
        status = run_all(run, error);
    *totals = run->totals;
    plan_free(run->plan);
    memory_free(run, sizeof *run);
    return status;
}
