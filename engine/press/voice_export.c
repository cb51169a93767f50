/* press/voice_export.c -- the texts as a CSV: for an encoder on another machine, or for one that we run. */
#include "press/voice_run.h"

#include "base/memory.h"
#include "press/voice.h"
#include "spool/spool.h"

#include <stdio.h>

/* -- the table -- */

static enum status put(struct text_table *table, const char *bytes, size_t size,
                       struct error *error)
{
    digest_add(table->digester, bytes, size);
    return os_file_write(table->file, bytes, size, error);
}

enum status text_table_open(struct text_table *table, struct press *press, const char *path,
                            bool cp932, struct error *error)
{
    static const char head[] = "row,page,symbology,size,error_correction,text,text_sha256\n";
    *table = (struct text_table){.press = press, .cp932 = cp932};
    enum status status = digester_new(&table->digester, error);
    if (status == OK)
        status = os_file_create(path, &table->file, error);
    if (status != OK)
        return status;
    digest_start(table->digester);
    return put(table, head, sizeof head - 1, error);
}

/* Whoever the encoding cannot write has no row. */
static enum status check_text(void *context, const struct voice_letter *letter, uint32_t page,
                              const struct spoken *spoken, struct error *error)
{
    struct text_table *table = context;
    uint32_t length;
    (void)letter, (void)page;
    return table->cp932
               ? voice_cp932(table->press->voice->sjis, spoken, table->encoded, &length, error)
               : OK;
}

static enum status tell_text(void *context, const struct voice_letter *letter, uint32_t page,
                             const struct spoken *spoken, struct error *error)
{
    struct text_table *table = context;
    const struct job *job = &table->press->job;
    bool supplied = job->voice.kind != VOICE_QR;
    struct text text = spoken_text(spoken);
    struct digest digest;
    char hex[65];
    if (table->cp932) {
        if (voice_cp932(table->press->voice->sjis, spoken, table->encoded, &text.length, error) !=
            OK)
            return STOP;
        text.bytes = table->encoded;
    }
    if (digest_of(text.bytes, text.length, &digest, error) != OK)
        return STOP;
    digest_hex(&digest, hex);
    csv_row_start(&table->row);
    csv_row_number(&table->row, letter->row);
    csv_row_number(&table->row, page);
    csv_row_text(&table->row, voice_kind_name(job));
    csv_row_text(&table->row, supplied ? voice_size_name(job) : (struct text){NULL, 0});
    csv_row_text(&table->row, supplied ? voice_correction_name(job) : (struct text){NULL, 0});
    csv_row_text(&table->row, text);
    csv_row_text(&table->row, (struct text){hex, 64});
    csv_row_end(&table->row);
    table->pages++;
    return table->row.overflow ? error_set(error, MSG_BUG)
                               : put(table, table->row.bytes, table->row.size, error);
}

enum status text_table_walk(struct text_table *table, struct plan *plan, struct error *error)
{
    struct voice_walk walk = {check_text, tell_text, table};
    return voice_walk(table->press, plan, &walk, error);
}

enum status text_table_seal(struct text_table *table, struct digest *digest, struct error *error)
{
    if (digest_end(table->digester, digest, error) != OK)
        return STOP;
    enum status status = os_file_seal(table->file, error);
    if (status == OK)
        table->file = NULL;
    return status;
}

void text_table_close(struct text_table *table)
{
    os_file_abandon(table->file);
    digester_free(table->digester);
    memory_wipe(table, sizeof *table);
}

/* -- oshirase voice -- */

static void count(struct plan *plan, struct press_totals *totals)
{
    totals->records = plan_count(plan);
    totals->printed = plan_total(plan, PLAN_PRINTED);
    totals->protected_letters = plan_total(plan, PLAN_PROTECTED);
    totals->held = plan_total(plan, PLAN_HELD);
    totals->follow_up = plan_total(plan, PLAN_FOLLOW_UP);
}

static enum status tell_held(struct press *press, struct plan *plan,
                             const struct voice_order *order, struct error *failed)
{
    for (uint64_t i = 0; order->held && i < plan_count(plan); i++) {
        const struct plan_entry *entry = plan_at(plan, i);
        struct error error;
        if (entry->outcome != PLAN_HELD)
            continue;
        (void)error_name(&error, (enum message)entry->message,
                         press_column_name(press, entry->column));
        if (press_tell_place(press, plan, i, &error) != OK) {
            *failed = error;
            return STOP;
        }
        order->held(order->context, &error);
    }
    return OK;
}

/* FILE.report.json: nothing of a person, and that the file with everybody's data is to be erased. It goes where FILE
 * goes, so it counts the texts alone: from records and holds could be told how many are protected. */
static enum status write_report(const struct text_table *table, const char *path,
                                const struct digest *digest, struct error *error)
{
    char report[LIMIT_PATH], text[2048], hex[65];
    const char *name = os_path_last(path);
    struct os_file *file = NULL;
    struct text kind = voice_kind_name(&table->press->job);
    digest_hex(digest, hex);
    if (snprintf(report, sizeof report, "%s.report.json", path) >= (int)sizeof report)
        return error_name(error, MSG_OPEN_FAILED, TEXT("-o"));
    for (const char *at = name; *at; at++) /* a name that JSON would have to escape is not told */
        if (*at == '"' || *at == '\\' || (unsigned char)*at < 0x20)
            name = "";
    int size = snprintf(text, sizeof text,
                        "{\n  \"engine\": \"" OSHIRASE_VERSION "\",\n  \"voice\": \"%.*s\",\n"
                        "  \"encoding\": \"%s\",\n  \"texts\": %llu,\n"
                        "  \"sha256\": \"%s\",\n  \"erase\": [\"%s\"]\n}\n",
                        (int)kind.length, kind.bytes, table->cp932 ? "cp932" : "utf-8",
                        (unsigned long long)table->pages, hex, strlen(name) < 512 ? name : "");
    if (size < 0 || size >= (int)sizeof text)
        return error_set(error, MSG_BUG);
    enum status status = os_file_create(report, &file, error);
    if (status == OK)
        status = os_file_write(file, text, (size_t)size, error);
    if (status == OK)
        status = os_file_seal(file, error);
    if (status != OK)
        os_file_abandon(file);
    return status;
}

/* The table under its last name, the report beside it; neither without the other. */
static enum status write_files(struct text_table *table, struct plan *plan,
                               const struct voice_order *order, const char *part,
                               struct press_totals *totals, struct error *error)
{
    struct digest digest;
    enum status status = text_table_open(table, table->press, part, order->cp932, error);
    if (status == OK)
        status = text_table_walk(table, plan, error);
    if (status == OK)
        status = intake_unchanged(table->press->intake, error);
    if (status == OK)
        status = text_table_seal(table, &digest, error);
    if (status != OK)
        return status;
    count(plan, totals);
    status = write_report(table, order->out, &digest, error);
    if (status == OK)
        status = os_rename_new(part, order->out, error);
    if (status != OK)
        os_unlink(part);
    return status;
}

static enum status export(struct press *press, const struct voice_order *order, struct plan *plan,
                          struct press_totals *totals, struct error *error) {
    char part[LIMIT_PATH];
    if (snprintf(part, sizeof part, "%s.part", order->out) >=
        (int)sizeof part) return error_name(error, MSG_OPEN_FAILED, TEXT("-o"));
    struct text_table *table = memory_new(sizeof *table);
    if (!table) return error_set(error, MSG_NO_MEMORY);
    table->press = press;
    os_unlink(part);
    enum status status = write_files(table, plan, order, part, totals, error);
    if (status == OK) status = tell_held(press, plan, order, error);
    text_table_close(table);
    memory_free(table, sizeof *table);
    return status;
}

enum status press_voice_export(struct press *press, const struct voice_order *order,
                               struct press_totals *totals, struct error *error)
{
    struct plan *plan = NULL;
    *totals = (struct press_totals){0};
    if (!press->voice)
        return error_at(error, MSG_VOICE_NONE, press->job.path, press->job.voice.line,
                        TEXT("voice.kind"));
    if (os_exists(order->out))
        return error_name(error, MSG_VOICE_TARGET, TEXT("-o"));
    enum status status = prepass(press, 0, true, order->progress, &plan, error);
    if (status == OK)
        status = press_voice_prove(press, plan, true, error);
    if (status == OK)
        status = export(press, order, plan, totals, error);
    plan_free(plan);
    return status;
}
