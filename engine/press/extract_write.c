/* press/extract_write.c -- the files of an extraction: rows, what goes with them. */
#include "press/extract_inside.h"

#include "intake/kana.h"
#include "press/mail.h"
#include "press/tables.h"

#include <stdio.h>

#define PEM_MOST (1u << 20)

/* -- sealing for recipients -- */

static enum status slurp(struct extract *extract, const char *path, struct text *out,
                         struct error *error)
{
    return os_slurp(path, PEM_MOST, &extract->arena, out, error);
}

static enum status open_cms(struct extract *extract, struct error *error)
{
    const struct extract_order *order = extract->order;
    struct cms_order cms = {.sign_key_path = order->sign_key, .sign_cert_path = order->sign_cert};
    enum status status = OK;

    if (!order->sign_key != !order->sign_cert || (order->sign_key && order->seal_count == 0) ||
        order->seal_count > CMS_RECIPIENTS)
        return error_name(error, MSG_OPTION_VALUE, TEXT("--sign"));
    for (uint32_t i = 0; i < order->seal_count && status == OK; i++) {
        cms.recipient_path[i] = order->seal[i];
        status = slurp(extract, order->seal[i], &cms.recipient[i], error);
    }
    cms.recipient_count = order->seal_count;
    if (status == OK && order->sign_key)
        status = slurp(extract, order->sign_key, &cms.sign_key, error);
    if (status == OK && order->sign_cert)
        status = slurp(extract, order->sign_cert, &cms.sign_cert, error);
    if (status != OK || order->seal_count == 0)
        return status;
    return cms_seal_open(&cms, &extract->print_file, &extract->cms, error);
}

/* -- writing -- */

static enum status write_print(void *context, const void *bytes, size_t size, struct error *error)
{
    struct extract *extract = context;
    struct sink to = extract->cms ? cms_seal_sink(extract->cms) : extract->print_file;
    digest_add(extract->whole, bytes, size);
    return sink_write(&to, bytes, size, error);
}

static enum status write_sealed_row(struct extract *extract, struct text form, bool by_post,
                                    struct error *error)
{
    const struct extract_columns *columns = &extract->vendor;
    char code[SEAL_TEXT];

    row_values(columns, &extract->admitted, form, by_post, extract->fields);
    if (seal_row(extract->seal, ++extract->rows, extract->fields, code,
                 &extract->fields[columns->count - 1], error) != OK)
        return STOP;
    row_start(&extract->row);
    for (uint32_t i = 0; i < columns->count; i++)
        row_put(&extract->row, extract->fields[i]);
    return row_send(&extract->row, &extract->print, error);
}

static enum status write_own_row(struct extract *extract, struct text form, bool by_post,
                                 struct error *error)
{
    row_values(&extract->own, &extract->admitted, form, by_post, extract->fields);
    row_start(&extract->row);
    for (uint32_t i = 0; i < extract->own.count; i++)
        row_put(&extract->row, extract->fields[i]);
    return row_send(&extract->row, &extract->members, error);
}

static enum status write_letter(struct extract *extract, const struct plan_entry *entry,
                                struct error *error)
{
    struct press *press = extract->press;
    struct decision decision = {0};
    char name[LIMIT_ROUTE];

    if (decision_make(press->table, &extract->admitted, &decision, error) != OK ||
        decision.outcome != OUTCOME_FORM)
        return error_set(error, MSG_EXTRACT_DIFFERS);
    bool by_post = route_delivery(entry->route) == DELIVERY_HOME;
    if (entry->outcome == PLAN_PROTECTED) {
        tally_letter(&extract->tally, decision.form, TEXT("insurer"), 1, 1, 1);
        return write_own_row(extract, decision.form, by_post, error);
    }
    if (kana_large(extract->admitted.value[COLUMN_KANA]))
        extract->large_kana++;
    struct text route = route_name(entry->route, name);
    note_add(&extract->note, decision.form, route);
    tally_letter(&extract->tally, decision.form, route, 1, 1, 1);
    return write_sealed_row(extract, decision.form, by_post, error);
}

static enum status write_reason(struct extract *extract, const struct plan_entry *entry,
                                struct error *error)
{
    enum message message = (enum message)entry->message;
    bool held = entry->outcome == PLAN_HELD;
    char number[TEXT_NUMBER], reason[64];

    (void)snprintf(reason, sizeof reason, "%d %s", (int)message, message_token(message));
    tally_add(&extract->tally, "reason", text_of(reason));
    row_start(&extract->row);
    row_put(&extract->row, text_number(extract->press->record.row, number));
    row_put(&extract->row, extract->admitted.value[COLUMN_REF_NO]);
    row_put(&extract->row, text_of(reason));
    if (held)
        row_put(&extract->row, press_column_name(extract->press, entry->column));
    struct text file = intake_file_name(extract->press->intake, &extract->press->record);
    if (file.length)
        row_put(&extract->row, file);
    return row_send(&extract->row, held ? &extract->holds : &extract->followup, error);
}

static enum status write_record(struct extract *extract, uint64_t index, enum status read,
                                struct error *error)
{
    struct press *press = extract->press;
    const struct plan_entry *entry = plan_at(extract->plan, index);
    enum status status = read;

    extract->admitted.value[COLUMN_REF_NO] = (struct text){0, 0};
    if (read == OK)
        status = guard_admit(&press->guard, &press->record, &extract->admitted, error);
    if (status == STOP)
        return STOP;
    if (entry->outcome == PLAN_HELD || entry->outcome == PLAN_FOLLOW_UP)
        return write_reason(extract, entry, error);
    return status == OK ? write_letter(extract, entry, error)
                        : error_set(error, MSG_EXTRACT_DIFFERS);
}

static enum status write_head(const struct sink *sink, enum section section, bool several,
                              struct error *error)
{
    const char *head = table_head(section), *end = several ? TABLE_FILE "\n" : "\n";
    enum status status = sink_write(sink, head, strlen(head), error);
    return status == OK ? sink_write(sink, end, strlen(end), error) : status;
}

static enum status write_heads(struct extract *extract, struct error *error)
{
    bool several = intake_files(extract->press->intake) > 1;
    enum status status = row_names(&extract->row, &extract->vendor, &extract->print, error);
    if (status == OK)
        status = row_names(&extract->row, &extract->own, &extract->members, error);
    if (status == OK)
        status = write_head(&extract->holds, SECTION_HOLDS, several, error);
    return status == OK ? write_head(&extract->followup, SECTION_FOLLOWUP, several, error) : status;
}

static enum status open_files(struct extract *extract, struct error *error)
{
    struct extract_out *out = &extract->out;
    enum status status = out_file(out, extract->note.file, &extract->print_file, error);
    if (status == OK)
        status = out_file(out, "insurer/members.csv", &extract->members, error);
    if (status == OK)
        status = out_file(out, "insurer/holds.csv", &extract->holds, error);
    if (status == OK)
        status = out_file(out, "insurer/followup.csv", &extract->followup, error);
    extract->print = (struct sink){write_print, extract};
    if (status == OK)
        status = digester_new(&extract->whole, error);
    return status == OK ? open_cms(extract, error) : status;
}

static enum status write_rows(struct extract *extract, struct error *error)
{
    digest_start(extract->whole);
    enum status status = write_heads(extract, error);
    if (status == OK)
        status = extract_read(extract, write_record, error);
    if (status == OK)
        status = intake_unchanged(extract->press->intake, error);
    if (status == OK && extract->rows != plan_total(extract->plan, PLAN_PRINTED))
        status = error_set(error, MSG_EXTRACT_DIFFERS);
    if (status == OK)
        status = digest_end(extract->whole, &extract->note.digest, error);
    if (status == OK && extract->cms) {
        struct cms_seal *cms = extract->cms;
        extract->cms = NULL; /* freed, whatever comes */
        status = cms_seal_close(cms, error);
    }
    return status;
}

/* -- what goes with the rows -- */

static enum status write_note(struct extract *extract, struct error *error)
{
    struct sink sink;
    enum status status = out_file(&extract->out, "delivery-note.yaml", &sink, error);
    if (status == OK)
        status = note_write(&extract->note, extract->seal, &sink, error);
    if (status == OK)
        status = out_file(&extract->out, "delivery-note.pdf", &sink, error);
    return status == OK ? note_sheet(extract->press, &extract->note, &sink, error) : status;
}

static enum status write_jobs(struct extract *extract, struct error *error)
{
    struct extract_job vendor = {&extract->vendor, &extract->note, true,
                                 extract->order->seal_count > 0, extract->order->sign_key != NULL};
    struct extract_job own = {&extract->own, &extract->note, false, false, false};
    struct sink sink;
    enum status status = out_file(&extract->out, "vendor.job.yaml", &sink, error);

    if (status == OK)
        status = extract_job(extract->press, extract->root, &vendor, &sink, error);
    if (status == OK)
        status = out_file(&extract->out, "insurer/job.yaml", &sink, error);
    if (status == OK)
        status = extract_job(extract->press, extract->root, &own, &sink, error);
    return status == OK ? extract_copies(extract->press, &extract->out, error) : status;
}

static enum status write_json(struct extract *extract, const char *bytes, size_t size,
                              const struct sink *sink, struct error *error)
{
    (void)extract;
    return sink_write(sink, bytes, size, error);
}

static enum status write_report(struct extract *extract, const struct press_totals *totals,
                                struct error *error)
{
    static const char *const kinds[] = {"form", "route", "reason"};
    char line[1024], hex[65];
    struct sink sink;
    enum status status = out_file(&extract->out, "insurer/report.json", &sink, error);
    if (status != OK)
        return status;
    digest_hex(&extract->note.digest, hex);
    int size =
        snprintf(line, sizeof line,
                 "{\n  \"records\": %llu,\n  \"print_file\": %llu,\n  \"insurer\": %llu,\n"
                 "  \"held\": %llu,\n  \"follow_up\": %llu,\n  \"print_digest\": \"%s\",\n"
                 "  \"id\": \"%s\",\n  \"columns\": %u,\n"
                 "  \"people_large_kana\": %llu",
                 (unsigned long long)totals->records, (unsigned long long)totals->printed,
                 (unsigned long long)totals->protected_letters, (unsigned long long)totals->held,
                 (unsigned long long)totals->follow_up, hex, extract->note.id,
                 extract->vendor.count, (unsigned long long)extract->large_kana);
    status = write_json(extract, line, (size_t)size, &sink, error);
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds && status == OK; k++) {
        size = snprintf(line, sizeof line, ",\n  \"%s\": {", kinds[k]);
        status = write_json(extract, line, (size_t)size, &sink, error);
        const struct tally_row *row = NULL;
        for (bool first = true; status == OK && (row = tally_next(&extract->tally, kinds[k], row));
             first = false) {
            size = snprintf(line, sizeof line, "%s\n    \"%s\": %llu", first ? "" : ",", row->name,
                            (unsigned long long)row->count[TALLY_PEOPLE]);
            status = write_json(extract, line, (size_t)size, &sink, error);
        }
        if (status == OK)
            status = write_json(extract, "\n  }", 4, &sink, error);
    }
    return status == OK ? write_json(extract, "\n}\n", 3, &sink, error) : status;
}

/* -- all of them -- */

enum status extract_write(struct extract *extract, struct press_totals *totals, struct error *error)
{
    enum status status = open_files(extract, error);
    if (status == OK)
        status = write_rows(extract, error);
    if (status == OK)
        status = write_note(extract, error);
    if (status == OK)
        status = write_jobs(extract, error);
    if (status == OK)
        status = write_report(extract, totals, error);
    if (status == OK &&
        totals->printed + totals->protected_letters + totals->held + totals->follow_up !=
            totals->records)
        status = error_set(error, MSG_EXTRACT_DIFFERS);
    return status;
}
