#include "press/run_maker.h"

#include "base/memory.h"
#include "intake/kana.h"
#include "press/voice_run.h"

#define BEAT_RECORDS 512

enum status run_maker_open(struct run *run, const struct run_pulse *pulse, struct run_maker **out,
                           struct error *error)
{
    struct run_maker *maker = memory_new(sizeof *maker);
    *out = NULL;
    if (!maker)
        return error_set(error, MSG_NO_MEMORY);
    maker->run = run;
    maker->pulse = *pulse;
    enum status status = digester_new(&maker->lot_digester, error);
    if (status == OK)
        status = sheet_digester_new(run->press->digester, &maker->sheets, error);
    if (status == OK)
        *out = maker;
    else
        run_maker_close(maker);
    return status;
}

void run_maker_close(struct run_maker *maker)
{
    if (!maker)
        return;
    pdf_drop(maker->pdf);
    spool_unit_drop(maker->spool);
    sheet_digester_free(maker->sheets);
    digester_free(maker->lot_digester);
    memory_free(maker, sizeof *maker);
}

/* -- lots -- */

static enum status lot_open(struct run_maker *maker, struct error *error)
{
    const struct job *job = &maker->run->press->job;
    struct pdf_options options = {
        .title = job->name, .date = job->notice.issued, .level = job->output.compression};
    maker->pdf_sink = spool_unit_pdf(maker->spool);
    if (pdf_new(&maker->pdf_sink, maker->run->press->fonts, &options, &maker->pdf, error) != OK)
        return STOP;
    pdf_measure(maker->pdf, maker->run->order->measure);
    digest_start(maker->lot_digester);
    digest_add_text(maker->lot_digester, TEXT("oshirase lot 2"));
    digest_add(maker->lot_digester, job->digest.bytes, sizeof job->digest.bytes);
    digest_add_text(maker->lot_digester, text_of(maker->unit.name));
    return OK;
}

static enum status lot_close(struct run_maker *maker, struct run_done *out, struct error *error)
{
    struct digest id;
    struct pdf *pdf = maker->pdf;
    if (!pdf)
        return OK;
    out->deflate_us = pdf_deflate_us(pdf);
    if (digest_end(maker->lot_digester, &id, error) != OK)
        return STOP;
    maker->pdf = NULL; /* pdf_close frees it, also when it fails */
    return pdf_close(pdf, &id, error);
}

/* -- records -- */

static enum status input_changed(const struct press *press, struct error *error)
{
    return error_at(error, MSG_INPUT_CHANGED, press->input_path, 0, (struct text){0, 0});
}

/* Reads the record of this index into press->record; *read: OK, or REJECT for a row that was refused before too. */
static enum status read_record(struct run_maker *maker, uint64_t index, enum status *read,
                               struct error *error)
{
    struct press *press = maker->run->press;
    const struct plan_entry *entry = plan_at(maker->run->plan, index);
    bool end = false;

    if (maker->next_record != index)
        intake_seek(press->intake, entry->offset, plan_row(index));
    maker->next_record = index + 1;
    *read = intake_next(press->intake, &press->record, &end, error);
    if (*read == STOP)
        return STOP;
    if (end || entry->fingerprint != (uint32_t)press->record.fingerprint ||
        entry->offset != press->record.offset)
        return input_changed(press, error);
    return OK;
}

/* The letter that begins with this record: its own, or its household's. */
static enum status compose(struct run_maker *maker, uint64_t index, uint32_t *people,
                           struct error *error)
{
    struct run *run = maker->run;
    struct press *press = run->press;
    const uint32_t *later;
    *people = plan_members(run->plan, index, &later);
    enum status status =
        *people
            ? press_household(press, run->plan, index, COMPOSE_DRAW, &maker->result, NULL, error)
            : press_letter(press, &press->record, COMPOSE_DRAW, &maker->result, NULL, error);
    if (*people == 0)
        *people = 1;
    if (status == OK && maker->unit.lot->route & ROUTE_VOICE)
        status = press_voice_set(press, &maker->result, plan_row(index), error);
    if (status == OK || message_kind(error->message) == KIND_IO ||
        error->message == MSG_INPUT_CHANGED)
        return status;
    return error_set(error, MSG_LATE_HOLD);
}

static enum status print_pages(struct run_maker *maker, struct error *error)
{
    const struct page_list *pages = &maker->result.pages;
    enum status status = maker->pdf ? OK : lot_open(maker, error);
    for (uint32_t i = 0; status == OK && i < pages->count; i++)
        status = pdf_page(maker->pdf, &pages->pages[i], error);
    return status;
}

/* A sheet that is no letter's. */
enum status run_page(struct run_maker *maker, const struct page *page, struct error *error)
{
    enum status status = maker->pdf ? OK : lot_open(maker, error);
    maker->counts.slips++;
    maker->page++;
    return status == OK ? pdf_page(maker->pdf, page, error) : status;
}

static enum status write_letter(struct run_maker *maker, const struct digest *digest,
                                const struct digest *sheet, uint32_t people, struct error *error)
{
    const struct schedule_lot *lot = maker->unit.lot;
    const struct press_result *result = &maker->result;
    char route[LIMIT_ROUTE];
    struct manifest_line line = {.sequence = run_sequence(maker),
                                 .piece = maker->piece,
                                 .lot = text_of(maker->unit.name),
                                 .page = maker->page,
                                 .pages = result->pages.count,
                                 .id = result->admitted.value[COLUMN_REF_NO],
                                 .form = result->form->name,
                                 .route = route_name(lot->route, route),
                                 .tracking = text_of(maker->envelope.number),
                                 .digest = digest,
                                 .sheet = sheet};
    maker->counts.letters++;
    maker->counts.people += people;
    maker->counts.sheets += line.pages;
    digest_sum(&maker->counts.sum, digest);
    tally_letter(&maker->tally, line.form, line.route, people, line.pages,
                 schedule_starts_piece(&maker->run->schedule, maker->position));
    maker->page += line.pages;
    maker->position++;
    return manifest_write(&maker->rows, &line, error);
}

/* The letter at maker->position, whose first record has just been read. */
static enum status print_letter(struct run_maker *maker, uint64_t index, struct error *error)
{
    struct run *run = maker->run;
    struct press *press = run->press;
    struct digest digest, sheet;
    uint32_t people;

    if (schedule_at(&run->schedule, maker->position) != index)
        return error_set(error, MSG_BUG);
    enum status status = OK;
    if (schedule_starts_piece(&run->schedule, maker->position))
        status = run_piece_end(maker, error);
    if (status == OK)
        status = run_slips(maker, error);
    if (status == OK) {
        run_piece_begin(maker);
        status = compose(maker, index, &people, error);
    }
    if (status == OK)
        status = run_piece_letter(maker, error);
    if (status == OK)
        status = letter_digest(maker->sheets, press->fonts, &maker->result.pages, &digest, error);
    if (status == OK)
        status =
            sheet_digest(maker->sheets, press->fonts, &maker->result.pages, &digest, &sheet, error);
    if (status == OK)
        status = print_pages(maker, error);
    if (status != OK)
        return status;
    digest_add(maker->lot_digester, digest.bytes, sizeof digest.bytes);
    if (run_piece_add(maker, error) != OK)
        return STOP;
    return write_letter(maker, &digest, &sheet, people, error);
}

/* A record without a letter in this reading is asked for its 整理番号 and its decision row once more. */
static enum status look_again(struct run_maker *maker, enum status read, struct error *error)
{
    struct press *press = maker->run->press;
    maker->result.form = NULL;
    maker->result.passed = false;
    maker->result.uses = NULL;
    maker->result.decision = (struct decision){0};
    maker->result.admitted.value[COLUMN_REF_NO] = (struct text){0, 0};
    arena_wipe(&press->letter_arena);
    if (read == OK && press_fill(press, &press->record, &maker->result, error) == STOP)
        return STOP;
    return OK;
}

static struct table_row row_in_hand(const struct run_maker *maker)
{
    const struct press *press = maker->run->press;
    return (struct table_row){press->record.row, intake_file_name(press->intake, &press->record)};
}

/* Beside the lots that the letters are in: a protected person's stand in the insurer's own place. */
static enum status list_substitutions(struct run_maker *maker, struct error *error)
{
    struct table_row at = row_in_hand(maker);
    enum status status = OK;
    if (maker->result.uses)
        maker->counts.substituted++;
    for (const struct substitution *use = maker->result.uses; use && status == OK;
         use = use->next) {
        maker->counts.substitutions++;
        status = substitution_write(&maker->rows, &at,
                                    press_column_name(maker->run->press, (uint8_t)(use->slot + 1)),
                                    use->pair->from, use->pair->to, error);
    }
    return status;
}

static enum status list_destination(struct run_maker *maker, uint64_t index, struct error *error)
{
    const struct run *run = maker->run;
    const struct admitted *admitted = &maker->result.admitted;
    struct table_row at = row_in_hand(maker);
    if (!run->press->mail->destinations || !mail_is_elsewhere(admitted))
        return OK;
    return destination_write(&maker->rows, &at, admitted->value[COLUMN_REF_NO],
                             plan_sequence(run->plan, index), error);
}

static enum status list_unprinted(struct run_maker *maker, const struct plan_entry *entry,
                                  struct text id, struct error *error)
{
    struct table_row at = row_in_hand(maker);
    tally_add(&maker->tally, "reason", text_of(message_token(entry->message)));
    if (entry->outcome == PLAN_FOLLOW_UP)
        return followup_write(&maker->rows, &at, id, entry->message, error);
    return hold_write(&maker->rows, &at, id, entry->message,
                      press_column_name(maker->run->press, entry->column), error);
}

/* fresh: maker->result is what the flow has just made of this very record. */
static enum status list_record(struct run_maker *maker, uint64_t index, enum status read,
                               bool fresh, struct error *error)
{
    struct run *run = maker->run;
    const struct plan_entry *entry = plan_at(run->plan, index);
    bool printed = entry->outcome == PLAN_PRINTED;
    bool letter = printed || entry->outcome == PLAN_PROTECTED;

    if (!fresh && look_again(maker, read, error) != OK)
        return STOP;
    if (letter && !maker->result.passed)
        return input_changed(run->press, error);
    if (printed && list_substitutions(maker, error) != OK)
        return STOP;
    if (printed && list_destination(maker, index, error) != OK)
        return STOP;
    if (printed && kana_large(maker->result.admitted.value[COLUMN_KANA]))
        maker->counts.large_kana++;
    maker->counts.outcomes[entry->outcome]++;
    if (entry->outcome != PLAN_HELD)
        tally_add(&maker->tally, "decision", maker->result.decision.row);
    struct text id = maker->result.admitted.value[COLUMN_REF_NO];
    if (!letter && list_unprinted(maker, entry, id, error) != OK)
        return STOP;
    struct record_line line = {.at = row_in_hand(maker),
                               .id = id,
                               .outcome = entry->outcome,
                               .sequence = printed ? plan_sequence(run->plan, index) : 0,
                               .form = letter ? run->press->forms[entry->form].name
                                              : (struct text){0, 0},
                               .message = letter ? 0 : entry->message};
    return record_write(&maker->rows, &line, error);
}

/* -- the two ways through a unit -- */

static enum status beat(struct run_maker *maker, uint64_t turn, struct error *error)
{
    if (turn % BEAT_RECORDS)
        return OK;
    return maker->pulse.beat(maker->pulse.context, maker->counts.letters, false, error);
}

/* Record after record; letters that begin here are printed on the way, where the unit has a lot. */
static enum status go_through_records(struct run_maker *maker, struct error *error)
{
    struct run *run = maker->run;
    for (uint64_t i = maker->unit.first_record; i < maker->unit.end_record; i++) {
        const struct plan_entry *entry = plan_at(run->plan, i);
        bool now = maker->unit.lot && entry->outcome == PLAN_PRINTED && !plan_follows(run->plan, i);
        enum status read;
        if (read_record(maker, i, &read, error) != OK)
            return STOP;
        if (now && (read != OK || print_letter(maker, i, error) != OK))
            return read == OK ? STOP : input_changed(run->press, error);
        bool fresh = now && !maker->result.form->wording.household;
        if (list_record(maker, i, read, fresh, error) != OK || beat(maker, i, error) != OK)
            return STOP;
    }
    return OK;
}

/* Letter after letter, wherever their records stand. */
static enum status go_through_letters(struct run_maker *maker, struct error *error)
{
    struct run *run = maker->run;
    uint64_t end = maker->unit.lot->first + maker->unit.lot->letters;
    while (maker->position < end) {
        uint64_t index = schedule_at(&run->schedule, maker->position);
        enum status read;
        if (read_record(maker, index, &read, error) != OK)
            return STOP;
        if (read != OK)
            return input_changed(run->press, error);
        if (print_letter(maker, index, error) != OK)
            return STOP;
        if (maker->unit.hidden && list_substitutions(maker, error) != OK)
            return STOP;
        if (beat(maker, maker->position, error) != OK)
            return STOP;
    }
    return OK;
}

/* -- a unit -- */

static enum status write_counts(struct run_maker *maker, struct error *error)
{
    enum status status = maker->tally.beyond ? error_set(error, MSG_BUG) : OK;
    for (uint32_t i = 0; status == OK && i < maker->tally.count; i++)
        status = rows_add(&maker->rows, SECTION_TALLY, &maker->tally.rows[i],
                          sizeof maker->tally.rows[i], error);
    if (status == OK)
        status =
            rows_add(&maker->rows, SECTION_COUNTS, &maker->counts, sizeof maker->counts, error);
    return status == OK ? rows_close(&maker->rows, error) : status;
}

static void start(struct run_maker *maker, uint64_t number)
{
    run_unit_at(maker->run, number, &maker->unit);
    const struct schedule_lot *lot = maker->unit.lot;
    maker->counts = (struct run_counts){0};
    memset(&maker->tally, 0, sizeof maker->tally);
    maker->position = lot ? lot->first : 0;
    maker->piece = lot ? lot->first_piece - 1 : 0;
    maker->page = 1;
    maker->envelope = (struct run_piece){.open = false};
    maker->part = lot ? lot->first_part : 0;
    maker->next_record = UINT64_MAX;
}

static enum status make(struct run_maker *maker, uint64_t number, struct run_done *out,
                        struct error *error)
{
    const struct run_unit *unit = &maker->unit;
    const struct print_order *order = maker->run->order;

    start(maker, number);
    const char *folder = unit->hidden ? order->protected_out : order->out;
    enum status status = spool_unit_begin(folder, unit->name, &maker->spool, error);
    if (status != OK)
        return status;
    if (maker->run->press->has_secret)
        spool_unit_keyed(maker->spool, maker->run->press->secret);
    rows_open(&maker->rows, spool_unit_rows(maker->spool));
    status = unit->lot && unit->first_record == unit->end_record ? go_through_letters(maker, error)
                                                                 : go_through_records(maker, error);
    if (status == OK)
        status = run_piece_end(maker, error);
    if (status == OK && unit->lot &&
        (maker->counts.letters != unit->lot->letters || maker->counts.slips != unit->lot->slips))
        status = error_set(error, MSG_BUG);
    if (status == OK)
        status = lot_close(maker, out, error);
    if (status == OK)
        status = write_counts(maker, error);
    if (status == OK)
        status = maker->pulse.beat(maker->pulse.context, maker->counts.letters, true, error);
    return status;
}

enum status run_unit_make(struct run_maker *maker, uint64_t number, struct run_done *out,
                          struct error *error)
{
    *out = (struct run_done){.number = number};
    enum status status = make(maker, number, out, error);
    struct spool_unit *spool = maker->spool;
    maker->spool = NULL; /* sealing frees it, OK or not */
    if (status == OK) {
        status = spool_unit_seal(spool, &out->facts, error);
    } else {
        pdf_drop(maker->pdf);
        maker->pdf = NULL;
        spool_unit_drop(spool);
    }
    if (status != OK)
        return STOP;
    const struct schedule_lot *lot = maker->unit.lot;
    out->counts =
        (struct spool_counts){.first_sequence = lot ? lot->first_sequence : 0,
                              .letters = maker->counts.letters,
                              .first_piece = lot ? lot->first_piece : 0,
                              .pieces = maker->counts.pieces,
                              .sheets = maker->counts.sheets + maker->counts.slips,
                              .records = maker->unit.end_record - maker->unit.first_record};
    return OK;
}
