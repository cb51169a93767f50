/* press/envelope.c -- front and back of envelopes, one pair for all or one for each piece. */
#include "press/envelope.h"

#include "base/memory.h"
#include "compose/voice.h"
#include "press/envelope_inside.h"
#include "press/mail.h"

#include <stdio.h>

/* In the order of enum own. */
static const char *const names[OWN_FIELDS] = {"postage",    "post_office", "important",
                                              "no_forward", "class",       "sequence"};

static const char *const side_names[SIDES] = {"front", "back"};

/* -- opening -- */

static void set_job(struct envelope *envelope)
{
    struct job *job = &envelope->job;
    *job = envelope->press->job;
    for (int i = 0; i < OWN_FIELDS; i++)
        envelope->extra[i] = text_of(names[i]);
    job->input.extra = envelope->extra;
    job->input.extra_count = OWN_FIELDS;
    job->output.marks = MARKS_NONE; /* sheets have them; an envelope shows {sequence} */
}

static struct text class_name(uint32_t route)
{
    enum mail_class class = route_class(route);
    return class == MAIL_TOKUTEI ? TEXT("特定記録")
           : class == MAIL_KAN_I ? TEXT("簡易書留")
                                 : (struct text){0, 0};
}

static void set_own(struct envelope *envelope, uint32_t route)
{
    const struct job *job = &envelope->press->job;
    static const struct text none = {0, 0};
    envelope->own[OWN_POSTAGE] = job->envelope.postage == POSTAGE_DEFERRED   ? TEXT("料金後納")
                                 : job->envelope.postage == POSTAGE_SEPARATE ? TEXT("料金別納")
                                                                             : none;
    envelope->own[OWN_POST_OFFICE] = job->envelope.post_office;
    envelope->own[OWN_IMPORTANT] =
        text_is(job->envelope.important, "none") ? none : job->envelope.important;
    envelope->own[OWN_NO_FORWARD] = job->envelope.no_forward ? TEXT("転送不要") : none;
    envelope->own[OWN_CLASS] = class_name(route);
    envelope->own[OWN_SEQUENCE] = none;
}

/* The address of a letter, and nothing else of a person: an envelope is seen by everybody. */
static enum status check_fields(const struct leaf *side, struct error *error)
{
    for (int i = 0; i < FIELD_COUNT; i++) {
        bool address =
            (i >= FIELD_MAIL_POSTCODE && i <= FIELD_MAIL_HONORIFIC) || i == FIELD_CUSTOMER;
        if (side->form.fields.used[i] && !address && !field_is_fixed(i))
            return error_at(error, MSG_ENVELOPE_FIELD, side->wording.path, 0,
                            text_of(field_name(i)));
    }
    return OK;
}

static enum status open_side(struct envelope *envelope, int number, struct error *error)
{
    struct press *press = envelope->press;
    struct leaf *side = &envelope->sides[number];
    struct text layout = press->job.envelope.layout, source;
    char name[LIMIT_PATH];
    const char *path;
    (void)snprintf(name, sizeof name, "templates/envelope/%s.yaml", side_names[number]);
    enum status status = assets_read(press, name, &path, &source, error);
    if (status == OK)
        status = wording_read(&envelope->job, source, path, &press->arena, &side->wording, error);
    (void)snprintf(name, sizeof name, "layouts/envelope/%.*s-%s.yaml", (int)layout.length,
                   layout.bytes, side_names[number]);
    if (status == OK)
        status = assets_read(press, name, &path, &source, error);
    if (status == OK)
        status = layout_read(source, path, &press->arena, &side->layout, error);
    if (status == OK)
        status = form_bind(&envelope->job, &side->wording, &side->layout, &press->images,
                           press->job_fields, (uint32_t)number + 1, press->fonts, &press->arena,
                           &side->form, error);
    side->form.fields.gaiji = press->gaiji;
    side->form.fields.gaiji_count = press->gaiji_count;
    side->voice = press->voice && side->layout.voice && side->wording.spoken.text.count;
    return status == OK ? check_fields(side, error) : status;
}

static enum status open_sides(struct envelope *envelope, const struct sink *words,
                              struct error *error)
{
    enum status status = digester_new(&envelope->digester, error);
    if (status == OK)
        status = digester_new(&envelope->letters, error);
    if (status == OK)
        status = sheet_digester_new(envelope->letters, &envelope->sheets, error);
    for (int i = 0; status == OK && i < SIDES; i++) {
        status = open_side(envelope, i, error);
        if (status == OK && envelope->sides[i].voice)
            status = envelope_symbol(envelope, &envelope->sides[i], words, error);
    }
    return status;
}

/* -- one envelope -- */

/* letter: whose address, or the job's fields alone. */
static enum status draw_side(struct envelope *envelope, struct leaf *side, struct letter *letter,
                             struct error *error)
{
    struct press *press = envelope->press;
    struct page_list pages;
    struct digest digest;
    memcpy(letter->field + FIELD_COUNT, envelope->own, sizeof envelope->own);
    enum status status = compose_letter(&side->form, letter, COMPOSE_DRAW, press->fonts,
                                        &press->letter_arena, &pages, NULL, error);
    if (status == OK && side->voice)
        status = compose_voice(&side->form, &side->symbol, side->dots, &press->letter_arena,
                               &pages.pages[0], error);
    if (status == OK)
        status = letter_digest(envelope->sheets, press->fonts, &pages, &digest, error);
    if (status == OK)
        digest_add(envelope->digester, digest.bytes, sizeof digest.bytes);
    return status == OK ? pdf_page(envelope->pdf, &pages.pages[0], error) : status;
}

static enum status draw_plain(struct envelope *envelope, struct error *error)
{
    enum status status = OK;
    set_own(envelope, route_default(envelope->press));
    for (int i = 0; status == OK && i < SIDES; i++) {
        struct leaf *side = &envelope->sides[i];
        struct letter *letter = &envelope->result.letter;
        arena_wipe(&envelope->press->letter_arena);
        memset(letter, 0, sizeof *letter);
        memcpy(letter->field, side->form.job_fields, sizeof letter->field);
        status = draw_side(envelope, side, letter, error);
    }
    return status;
}

/* -- one for each piece -- */

/* The record in hand as its envelope shows it. */
static enum status fill_address(struct envelope *envelope, struct leaf *side, struct letter *letter,
                                struct error *error)
{
    struct press *press = envelope->press;
    const struct admitted *printed = &envelope->result.admitted;
    const struct substitution *uses;
    struct field_set fields = side->form.fields;
    memset(fields.used + FIELD_COUNT, 0, sizeof fields.used - FIELD_COUNT);
    enum status status =
        substitutes_apply(&press->substitutes, press->fonts, &fields, &envelope->result.admitted,
                          &press->letter_arena, &printed, &uses, error);
    if (status == OK)
        status = letter_make(&press->job, printed, &fields, side->form.job_fields,
                             &press->letter_arena, letter, error);
    return status == OK && fields.used[FIELD_CUSTOMER]
               ? mail_customer(press, &envelope->result.admitted, &letter->field[FIELD_CUSTOMER],
                               error)
               : status;
}

static enum status draw_piece(struct envelope *envelope, struct plan *plan, uint64_t index,
                              uint64_t piece, struct error *error)
{
    struct press *press = envelope->press;
    const struct plan_entry *entry = plan_at(plan, index);
    char digits[TEXT_NUMBER];
    bool end = false;
    intake_seek(press->intake, entry->offset, plan_row(index));
    enum status status = intake_next(press->intake, &press->record, &end, error);
    if (status != OK || end || entry->fingerprint != (uint32_t)press->record.fingerprint)
        return error_at(error, MSG_INPUT_CHANGED, press->input_path, 0, (struct text){0, 0});
    for (int i = 0; status == OK && i < SIDES; i++) {
        struct letter *letter = &envelope->result.letter;
        arena_wipe(&press->letter_arena);
        status = press_fill(press, &press->record, &envelope->result, error);
        if (status == OK && envelope->result.admitted.protected_person)
            status = error_set(error, MSG_BUG);
        if (status == OK)
            status = fill_address(envelope, &envelope->sides[i], letter, error);
        set_own(envelope, entry->route);
        envelope->own[OWN_SEQUENCE] = text_number(piece, digits);
        if (status == OK)
            status = draw_side(envelope, &envelope->sides[i], letter, error);
    }
    if (status == REJECT) {
        press_tell_row(press, error);
        status = STOP;
    }
    return status;
}

/* Protected letters stand behind all others in the schedule, and are passed by. */
static enum status draw_pieces(struct envelope *envelope, struct plan *plan, struct error *error)
{
    struct schedule schedule = {0};
    uint64_t piece = 0;
    enum status status = press_schedule(envelope->press, plan, &schedule, error);
    for (uint64_t at = 0; status == OK && at < schedule.printed.letters; at++)
        if (schedule_starts_piece(&schedule, at))
            status = draw_piece(envelope, plan, schedule_at(&schedule, at), ++piece, error);
    schedule_free(&schedule);
    return status;
}

static enum status draw_addressed(struct envelope *envelope, struct error *error)
{
    struct press *press = envelope->press;
    struct plan *plan = NULL;
    enum status status = OK;
    for (int i = 0; status == OK && i < SIDES; i++) {
        struct field_set fields = envelope->sides[i].form.fields;
        memset(fields.used + FIELD_COUNT, 0, sizeof fields.used - FIELD_COUNT);
        status = letter_columns(&press->job, &fields, intake_header(press->intake), error);
    }
    if (status == OK)
        status = prepass(press, 0, true, NULL, &plan, error);
    if (status == OK)
        status = press_voice_look(press, plan, error);
    if (status == OK)
        status = draw_pieces(envelope, plan, error);
    plan_free(plan);
    return status;
}

/* -- the file -- */

static enum status file_write(void *context, const void *bytes, size_t size, struct error *error)
{
    return os_file_write(context, bytes, size, error);
}

static enum status write_pages(struct envelope *envelope, struct os_file *file, struct error *error)
{
    const struct job *job = &envelope->press->job;
    struct pdf_options options = {
        .title = job->name, .date = job->notice.issued, .level = job->output.compression};
    struct sink sink = {file_write, file};
    struct digest id;
    enum status status = pdf_new(&sink, envelope->press->fonts, &options, &envelope->pdf, error);
    if (status != OK)
        return status;
    digest_start(envelope->digester);
    digest_add_text(envelope->digester, TEXT("oshirase envelope 1"));
    status =
        job->envelope.addressed ? draw_addressed(envelope, error) : draw_plain(envelope, error);
    if (status == OK)
        status = digest_end(envelope->digester, &id, error);
    if (status == OK)
        return pdf_close(envelope->pdf, &id, error);
    pdf_drop(envelope->pdf);
    return status == REJECT ? STOP : status;
}

static enum status write_file(struct envelope *envelope, const char *out, struct error *error)
{
    const struct press *press = envelope->press;
    char part[LIMIT_PATH];
    struct os_file *file = NULL;
    if (os_path_inside(out, press->job.path) || os_path_inside(out, press->input_path))
        return error_name(error, MSG_OUT_IS_INPUT, TEXT("-o"));
    if (snprintf(part, sizeof part, "%s.part", out) >= (int)sizeof part)
        return error_name(error, MSG_OPEN_FAILED, TEXT("-o"));
    os_unlink(part);
    enum status status = os_file_create(part, &file, error);
    if (status != OK)
        return status;
    status = write_pages(envelope, file, error);
    if (status == OK)
        status = os_file_seal(file, error);
    if (status != OK) {
        os_file_abandon(file);
        return status;
    }
    status = os_rename(part, out, error);
    if (status != OK)
        os_unlink(part);
    return status;
}

enum status press_envelope(struct press *press, const struct envelope_order *order,
                           struct error *error)
{
    struct envelope *envelope = memory_new(sizeof *envelope);
    if (!envelope)
        return error_set(error, MSG_NO_MEMORY);
    envelope->press = press;
    set_job(envelope);
    enum status status = open_sides(envelope, order->words, error);
    if (status == OK)
        status = write_file(envelope, order->out, error);
    sheet_digester_free(envelope->sheets);
    digester_free(envelope->digester);
    digester_free(envelope->letters);
    memory_free(envelope, sizeof *envelope);
    return status;
}
