/* press/preview.c -- one letter: as PDF, PNG or text dump, or only how it was decided and fitted. */
#include "press/engine.h"

#include "base/memory.h"
#include "base/os.h"
#include "page/sheet.h"
#include "pdf/pdf.h"
#include "press/pieces.h"
#include "press/tracking.h"
#include "press/voice_run.h"
#include "raster/raster.h"

#include <stdarg.h>
#include <stdio.h>

enum preview_format { PREVIEW_PDF, PREVIEW_PNG, PREVIEW_TXT };

static enum status preview_format(const char *out, enum preview_format *format, struct error *error)
{
    static const char *const endings[] = {".pdf", ".png", ".txt"};
    size_t length = strlen(out);
    for (int i = 0; i < 3; i++) {
        if (length > 4 && strcmp(out + length - 4, endings[i]) == 0) {
            *format = (enum preview_format)i;
            return OK;
        }
    }
    return error_name(error, MSG_PREVIEW_FORMAT, TEXT("-o"));
}

static enum status write_pdf(struct press *press, const struct press_result *result,
                             const struct digest *digest, bool guides, const struct sink *sink,
                             struct error *error)
{
    struct pdf_options options = {.title = press->job.name,
                                  .date = press->job.notice.issued,
                                  .level = press->job.output.compression,
                                  .guides = guides};
    struct pdf *pdf = NULL;
    enum status status = pdf_new(sink, press->fonts, &options, &pdf, error);
    for (uint32_t i = 0; status == OK && i < result->pages.count; i++)
        status = pdf_page(pdf, &result->pages.pages[i], error);
    if (status == OK)
        return pdf_close(pdf, digest, error);
    pdf_drop(pdf);
    return status;
}

static enum status file_write(void *context, const void *bytes, size_t size, struct error *error)
{
    return os_file_write(context, bytes, size, error);
}

/* Written beside its place and renamed: an old preview is replaced whole or not at all. */
static enum status write_file(struct press *press, const struct press_result *result,
                              const struct digest *digest, const struct preview_order *order,
                              enum preview_format format, struct error *error)
{
    char part[LIMIT_PATH];
    struct os_file *file = NULL;

    if (snprintf(part, sizeof part, "%s.part", order->out) >= (int)sizeof part)
        return error_name(error, MSG_OPEN_FAILED, TEXT("-o"));
    os_unlink(part);
    enum status status = os_file_create(part, &file, error);
    if (status != OK)
        return status;
    struct sink sink = {file_write, file};
    if (format == PREVIEW_PDF)
        status = write_pdf(press, result, digest, order->guides, &sink, error);
    else if (format == PREVIEW_PNG)
        status = raster_png(&result->pages.pages[0], press->fonts, order->dpi, &sink, error);
    else
        status = page_dump(press->fonts, &result->pages, &sink, error);
    if (status == OK)
        status = os_file_seal(file, error);
    if (status != OK) {
        os_file_abandon(file);
        return status;
    }
    status = os_rename(part, order->out, error);
    if (status != OK)
        os_unlink(part);
    return status;
}

static enum status read_planned(struct press *press, struct plan *plan, uint64_t index,
                                struct error *error)
{
    bool end = false;
    intake_seek(press->intake, plan_at(plan, index)->offset, plan_row(index));
    enum status status = intake_next(press->intake, &press->record, &end, error);
    return status != STOP && end ? error_set(error, MSG_INPUT_CHANGED) : status;
}

/* The letter of a household; how the record itself was decided, for the other members may be decided otherwise. */
static enum status compose_household(struct press *press, struct plan *plan, uint64_t first,
                                     struct press_result *result, struct fit_list *fits,
                                     struct error *error)
{
    enum status status = press_fill(press, &press->record, result, error);
    struct decision decision = result->decision;
    if (status == OK)
        status = press_household(press, plan, first, COMPOSE_DRAW, result, fits, error);
    result->decision = decision;
    return status;
}

/* What print would make of the record: its letter, its household's, or none. */
static enum status compose_planned(struct press *press, struct plan *plan, uint64_t index,
                                   struct press_result *result, struct fit_list *fits,
                                   struct error *error)
{
    const struct plan_entry *entry = plan_at(plan, index);
    const uint32_t *members;
    uint64_t first = plan_first(plan, index);
    enum status status = read_planned(press, plan, index, error);

    if (status == OK && plan_members(plan, first, &members))
        return compose_household(press, plan, first, result, fits, error);
    if (status == OK) /* also of a held record: explain tells how it was decided */
        status = press_letter(press, &press->record, COMPOSE_DRAW, result, fits, error);
    if (status == STOP || entry->message == 0)
        return status;
    status =
        error_name(error, (enum message)entry->message, press_column_name(press, entry->column));
    press_tell_row(press, error);
    return status;
}

/* The letter has a voice code, but only print runs the encoder that makes it. */
static bool lacks_symbol(const struct press *press)
{
    return press->job.voice.kind != VOICE_QR && !press->voice->symbols;
}

/* As print would; explain needs no symbol. */
static enum status add_voice(struct press *press, struct plan *plan, uint64_t index,
                             struct press_result *result, bool drawn, struct error *error)
{
    uint64_t first = plan_first(plan, index);
    const struct plan_entry *entry = plan_at(plan, first);
    if (entry->outcome != PLAN_PRINTED || !(entry->route & ROUTE_VOICE))
        return OK;
    if (!lacks_symbol(press))
        return press_voice_set(press, result, plan_row(first), error);
    return drawn ? error_at(error, MSG_VOICE_PREVIEW, press->job.path, press->job.voice.line,
                            TEXT("voice.encoder"))
                 : OK;
}

/* The whole list is gone through as print would: doubles, kin, households and stuck fields are seen by comparing. */
static enum status find_letter(struct press *press, const char *id, struct press_result *result,
                               struct fit_list *fits, struct error *error)
{
    struct plan *plan;
    uint64_t index;
    enum status status = press_find(press, id, &index, error);
    if (status == OK)
        status = prepass(press, 0, true, NULL, &plan, error);
    if (status != OK)
        return status;
    if (press_voice_look(press, plan, error) != OK) {
        plan_free(plan);
        return STOP;
    }
    status = compose_planned(press, plan, index, result, fits, error);
    if (status == OK)
        status = add_voice(press, plan, index, result, fits == NULL, error);
    plan_free(plan);
    return status;
}

static enum status say_line(const struct press_result *result, const char *id,
                            const struct digest *digest, const struct sink *line,
                            struct error *error)
{
    char hex[65];
    struct text form = result->form->name;
    digest_hex(digest, hex);
    enum status status = sink_write(line, id, strlen(id), error);
    if (status == OK)
        status = sink_write(line, " ", 1, error);
    if (status == OK)
        status = sink_write(line, form.bytes, form.length, error);
    if (status == OK)
        status = sink_write(line, " ", 1, error);
    if (status == OK)
        status = sink_write(line, hex, 64, error);
    return status == OK ? sink_write(line, "\n", 1, error) : status;
}

static enum status digest_letter(struct press *press, const struct press_result *result,
                                 struct digest *out, struct error *error)
{
    struct sheet_digester *sheets;
    enum status status = sheet_digester_new(press->digester, &sheets, error);
    if (status != OK)
        return status;
    status = letter_digest(sheets, press->fonts, &result->pages, out, error);
    sheet_digester_free(sheets);
    return status;
}

static enum status preview(struct press *press, const struct preview_order *order,
                           struct press_result *result, const struct sink *line,
                           struct error *error)
{
    enum preview_format format = PREVIEW_PDF;
    struct digest digest;
    enum status status = preview_format(order->out, &format, error);
    if (status == OK && (os_path_inside(order->out, press->job.path) ||
                         os_path_inside(order->out, press->input_path)))
        status = error_name(error, MSG_OUT_IS_INPUT, TEXT("-o"));
    if (status == OK)
        status = find_letter(press, order->id, result, NULL, error);
    if (status == OK)
        status = digest_letter(press, result, &digest, error);
    if (status == OK && order->guides)
        status = compose_guides(&result->form->form, press->fonts, &press->letter_arena,
                                &result->pages, error);
    if (status == OK)
        status = write_file(press, result, &digest, order, format, error);
    return status == OK ? say_line(result, order->id, &digest, line, error) : status;
}

enum status press_preview(struct press *press, const struct preview_order *order,
                          const struct sink *line, struct error *error)
{
    struct press_result *result = memory_new(sizeof *result);
    if (!result)
        return error_set(error, MSG_NO_MEMORY);
    enum status status = preview(press, order, result, line, error);
    memory_free(result, sizeof *result);
    return status;
}

/* -- explain -- */

struct explanation {
    struct press_result result;
    struct fit_list fits;
};

static enum status say(const struct sink *out, struct error *error, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static enum status say(const struct sink *out, struct error *error, const char *format, ...)
{
    char line[512];
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (size < 0 || (size_t)size >= sizeof line)
        return error_set(error, MSG_BUG);
    return sink_write(out, line, (size_t)size, error);
}

static enum status say_fits(const struct explanation *explanation, const struct sink *out,
                            struct error *error)
{
    enum status status = OK;
    for (uint32_t i = 0; status == OK && i < explanation->fits.count; i++) {
        const struct fit *fit = &explanation->fits.list[i];
        status =
            say(out, error, "frame %.*s: %u line%s, %d.%02d pt, %u.%u %%\n", (int)fit->frame.length,
                fit->frame.bytes, fit->lines, fit->lines == 1 ? "" : "s", fit->size / EMU_PER_PT,
                fit->size % EMU_PER_PT * 100 / EMU_PER_PT, fit->scale / 10u, fit->scale % 10u);
    }
    return status;
}

static enum status explain(struct press *press, const char *id, struct explanation *explanation,
                           const struct sink *out, struct error *error)
{
    const struct decision *decision = &explanation->result.decision;
    enum status made = find_letter(press, id, &explanation->result, &explanation->fits, error);
    if (made == STOP)
        return STOP;
    struct error held = *error;
    struct text file = intake_file_name(press->intake, &press->record);
    enum status status = OK;
    if (file.length)
        status = say(out, error, "file: %.*s\n", (int)file.length, file.bytes);
    if (status == OK)
        status = say(out, error, "row: %llu\n", (unsigned long long)press->record.row);
    if (status == OK && decision->row.length)
        status =
            say(out, error, "decided by: %.*s\n", (int)decision->row.length, decision->row.bytes);
    if (status == OK && decision->form.length)
        status = say(out, error, "form: %.*s\n", (int)decision->form.length, decision->form.bytes);
    if (status != OK)
        return status;
    if (made == OK) {
        status = say(out, error, "protected: %s\n",
                     explanation->result.admitted.protected_person ? "yes" : "no");
        return status == OK ? say_fits(explanation, out, error) : status;
    }
    status = say(out, error, "no letter: %d %s\n", held.message, message_token(held.message));
    *error = held;
    return status == OK ? made : status;
}

enum status press_explain(struct press *press, const char *id, const struct sink *out,
                          struct error *error)
{
    struct explanation *explanation = memory_new(sizeof *explanation);
    if (!explanation)
        return error_set(error, MSG_NO_MEMORY);
    enum status status = explain(press, id, explanation, out, error);
    memory_free(explanation, sizeof *explanation);
    return status;
}

/* -- check -- */

/* at: of the next character kept. */
static enum status tell_held(struct press *press, struct plan *plan, uint64_t index, size_t *at,
                             const struct check_order *order, struct error *failed)
{
    const struct held_characters *kept = press->characters;
    const struct plan_entry *entry = plan_at(plan, index);
    struct error error;
    if (entry->outcome != PLAN_HELD)
        return OK;
    (void)error_name(&error, (enum message)entry->message, press_column_name(press, entry->column));
    if (press_tell_place(press, plan, index, &error) != OK) {
        *failed = error;
        return STOP;
    }
    while (*at < kept->count && kept->list[*at].index < index)
        ++*at;
    if (*at < kept->count && kept->list[*at].index == index) {
        error.code_point = kept->list[*at].code_point;
        error.selector = kept->list[*at].selector;
    }
    order->held(order->context, &error);
    return OK;
}

/* Of the letter that begins with this record. */
static uint64_t sheets_of(struct press *press, struct plan *plan, uint64_t index)
{
    const struct plan_entry *entry = plan_at(plan, index);
    const uint32_t *members;
    bool letter = entry->outcome == PLAN_PRINTED || entry->outcome == PLAN_PROTECTED;
    if (!letter || plan_follows(plan, index))
        return 0;
    return form_sheets(&press->forms[entry->form].form, plan_members(plan, index, &members));
}

/* What print would refuse behind the pre-pass: a block of numbers that is too short. */
static enum status check_numbers(struct press *press, struct plan *plan, struct error *error)
{
    struct schedule schedule = {0};
    if (!press->mail->has_block[MAIL_TOKUTEI] && !press->mail->has_block[MAIL_KAN_I])
        return OK;
    enum status status = press_schedule(press, plan, &schedule, error);
    if (status == OK)
        status = numbers_check(press, &schedule, error);
    schedule_free(&schedule);
    return status;
}

enum status press_check(struct press *press, const struct check_order *order,
                        struct press_totals *totals, struct error *error)
{
    struct plan *plan;
    struct held_characters characters = {0};
    size_t at = 0;
    *totals = (struct press_totals){0};
    press->characters = &characters;
    enum status status = prepass(press, 0, false, order->progress, &plan, error);
    if (status == OK && press_voice_look(press, plan, error) != OK) {
        plan_free(plan);
        status = STOP;
    }
    for (uint64_t i = 0; status == OK && i < plan_count(plan); i++) {
        status = tell_held(press, plan, i, &at, order, error);
        totals->pages += sheets_of(press, plan, i);
    }
    if (status == OK && check_numbers(press, plan, error) != OK) {
        plan_free(plan);
        status = STOP;
    }
    memory_free(characters.list, characters.room * sizeof *characters.list);
    press->characters = NULL;
    if (status != OK)
        return STOP;
    totals->records = plan_count(plan);
    totals->printed = plan_total(plan, PLAN_PRINTED);
    totals->protected_letters = plan_total(plan, PLAN_PROTECTED);
    totals->held = plan_total(plan, PLAN_HELD);
    totals->follow_up = plan_total(plan, PLAN_FOLLOW_UP);
    plan_free(plan);
    return OK;
}
