#include "press/note.h"

#include "base/os.h"
#include "base/yaml.h"
#include "press/boundary.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#define NOTE_BYTES (64u << 10)
#define SEAL_LINE "seal: "

static void count_name(struct note_count *list, uint32_t *count, uint32_t room, struct text name)
{
    uint32_t at = 0;
    while (at < *count && !text_is(name, list[at].name))
        at++;
    if (at == room)
        return;
    if (at == *count) { /* kept in order of their bytes */
        while (at > 0 && strcmp(list[at - 1].name, name.bytes) > 0) {
            list[at] = list[at - 1];
            at--;
        }
        list[at].records = 0;
        (void)snprintf(list[at].name, sizeof list[at].name, "%.*s", (int)name.length, name.bytes);
        ++*count;
    }
    list[at].records++;
}

void note_add(struct note *note, struct text form, struct text route)
{
    char name[LIMIT_NAME];
    (void)snprintf(name, sizeof name, "%.*s", (int)form.length, form.bytes);
    count_name(note->forms, &note->form_count, LIMIT_FORMS, text_of(name));
    (void)snprintf(name, sizeof name, "%.*s", (int)route.length, route.bytes);
    count_name(note->routes, &note->route_count, NOTE_NAMES, text_of(name));
    note->records++;
}

/* -- writing -- */

struct page_of_text {
    char bytes[NOTE_BYTES];
    size_t size;
    bool overflow;
};

__attribute__((format(printf, 2, 3))) static void put(struct page_of_text *page, const char *format,
                                                      ...)
{
    va_list list;
    size_t room = sizeof page->bytes - page->size;

    va_start(list, format);
    int size = vsnprintf(page->bytes + page->size, room, format, list);
    va_end(list);
    if (size < 0 || (size_t)size >= room)
        page->overflow = true;
    else
        page->size += (size_t)size;
}

/* A quoted scalar; texts of the job hold no control characters. */
static void put_text(struct page_of_text *page, const char *key, struct text text)
{
    put(page, "%s: \"", key);
    for (uint32_t i = 0; i < text.length; i++)
        put(page, "%s%c", text.bytes[i] == '"' || text.bytes[i] == '\\' ? "\\" : "", text.bytes[i]);
    put(page, "\"\n");
}

static void put_date(struct page_of_text *page, const char *key, struct date date)
{
    put(page, "%s: %04d-%02d-%02d\n", key, date.year, date.month, date.day);
}

static void put_counts(struct page_of_text *page, const char *key, const struct note_count *list,
                       uint32_t count)
{
    put(page, "%s:%s\n", key, count ? "" : " {}");
    for (uint32_t i = 0; i < count; i++) {
        put(page, "  ");
        put(page, "\"%s\": %" PRIu64 "\n", list[i].name, list[i].records);
    }
}

static void put_note(struct page_of_text *page, const struct note *note)
{
    char hex[65];
    digest_hex(&note->digest, hex);
    put(page, "# 授受票 (delivery note), made by oshirase extract. Nothing in it may be changed: "
              "see its last line.\n");
    put(page, "note: 1\n");
    put_text(page, "job", note->job);
    put_text(page, "insurer", note->insurer);
    put_text(page, "number", note->number);
    put(page, "file: %s\nrecords: %" PRIu64 "\ndigest: %s\nid: %s\n", note->file, note->records,
        hex, note->id);
    put_date(page, "extracted", note->extracted);
    put_date(page, "as_of", note->as_of);
    put_date(page, "issued", note->issued);
    put_text(page, "edition", note->edition);
    put_counts(page, "forms", note->forms, note->form_count);
    put_counts(page, "routes", note->routes, note->route_count);
}

enum status note_write(const struct note *note, struct seal *seal, const struct sink *out,
                       struct error *error)
{
    struct page_of_text page = {.size = 0};
    char code[SEAL_CODE + 1];

    put_note(&page, note);
    if (page.overflow)
        return error_set(error, MSG_BUG);
    if (seal_words(seal, (struct text){page.bytes, (uint32_t)page.size}, code, error) != OK)
        return STOP;
    put(&page, SEAL_LINE "%s\n", code);
    return page.overflow ? error_set(error, MSG_BUG)
                         : sink_write(out, page.bytes, page.size, error);
}

/* -- checking -- */

struct reading_of_note {
    struct press *press;
    const struct yaml_node *root;
    char path[LIMIT_PATH];
};

static enum status refuse(const struct reading_of_note *note, enum message message, const char *key,
                          struct error *error)
{
    const struct yaml_node *node = note->root ? yaml_find(note->root, key) : NULL;
    return error_at(error, message, note->path, node ? node->line : 0, text_of(key));
}

static struct text value(const struct reading_of_note *note, const char *key)
{
    const struct yaml_node *node = yaml_find(note->root, key);
    return node && node->kind == YAML_SCALAR ? node->text : (struct text){0, 0};
}

static enum status check_seal(const struct reading_of_note *note, struct text source,
                              struct seal *seal, struct error *error)
{
    const uint32_t tail = sizeof SEAL_LINE - 1 + SEAL_CODE + 1;
    char code[SEAL_CODE + 1];

    if (!seal)
        return OK;
    if (source.length < tail ||
        memcmp(source.bytes + source.length - tail, SEAL_LINE, sizeof SEAL_LINE - 1) != 0)
        return refuse(note, MSG_NOTE_SEAL, "seal", error);
    struct text words = {source.bytes, source.length - tail};
    if (seal_words(seal, words, code, error) != OK)
        return STOP;
    return memcmp(code, source.bytes + source.length - SEAL_CODE - 1, SEAL_CODE) == 0
               ? OK
               : refuse(note, MSG_NOTE_SEAL, "seal", error);
}

static enum status check_records(const struct reading_of_note *note, uint64_t rows,
                                 struct error *error)
{
    const struct yaml_node *node = yaml_find(note->root, "records");
    int64_t records;

    if (!node || !yaml_whole(node, &records) || records < 0)
        return refuse(note, MSG_NOTE_SHAPE, "records", error);
    if ((uint64_t)records == rows)
        return OK;
    (void)refuse(note, MSG_NOTE_RECORDS, "records", error);
    error->have = (int64_t)rows;
    error->want = records;
    return STOP;
}

static enum status check_digest(const struct reading_of_note *note, struct error *error)
{
    struct digest digest;
    char hex[65];

    if (intake_digest(note->press->intake, &digest, error) != OK)
        return STOP;
    digest_hex(&digest, hex);
    return text_is(value(note, "digest"), hex) ? OK
                                               : refuse(note, MSG_NOTE_DIGEST, "digest", error);
}

static enum status check_date(const struct reading_of_note *note, const char *key, struct date job,
                              struct error *error)
{
    struct date date;
    if (date_parse(value(note, key), &date) != DATE_OK)
        return refuse(note, MSG_NOTE_SHAPE, key, error);
    return date_compare(date, job) == 0 ? OK : refuse(note, MSG_NOTE_JOB, key, error);
}

static enum status check_job(const struct reading_of_note *note, struct error *error)
{
    const struct job *job = &note->press->job;
    enum status status = check_date(note, "as_of", job->notice.as_of, error);
    if (status == OK)
        status = check_date(note, "issued", job->notice.issued, error);
    if (status == OK && !text_equal(value(note, "edition"), job->notice.edition))
        status = refuse(note, MSG_NOTE_JOB, "edition", error);
    if (status == OK && !text_equal(value(note, "number"), job->insurer.number))
        status = refuse(note, MSG_NOTE_JOB, "number", error);
    return status;
}

static enum status check_all(struct reading_of_note *note, struct arena *arena, struct seal *seal,
                             uint64_t rows, struct error *error)
{
    struct text source;
    struct yaml_node *root;

    if (!boundary_path(note->press, note->press->job.input.note, note->path))
        return error_name(error, MSG_NO_SUCH_FILE, TEXT("input.note"));
    enum status status = os_slurp(note->path, NOTE_BYTES, arena, &source, error);
    if (status == OK)
        status = yaml_parse(source, note->path, arena, &root, error);
    if (status != OK)
        return status;
    note->root = root;
    if (root->kind != YAML_MAP || !text_is(value(note, "note"), "1"))
        return refuse(note, MSG_NOTE_SHAPE, "note", error);
    status = check_seal(note, source, seal, error);
    if (status == OK)
        status = check_records(note, rows, error);
    if (status == OK && seal && rows && !text_is(value(note, "id"), seal_id(seal)))
        status = refuse(note, MSG_NOTE_FILE_ID, "id", error);
    if (status == OK)
        status = check_digest(note, error);
    return status == OK ? check_job(note, error) : status;
}

enum status note_check(struct press *press, struct seal *seal, uint64_t rows, struct error *error)
{
    struct reading_of_note note = {.press = press};
    struct arena arena;

    arena_open(&arena, 4u << 20);
    enum status status = check_all(&note, &arena, seal, rows, error);
    arena_close(&arena);
    return status;
}

enum status note_rows(struct press *press, uint64_t *rows, struct error *error)
{
    bool end = false;

    intake_rewind(press->intake);
    for (*rows = 0;; ++*rows) {
        enum status status = intake_next(press->intake, &press->record, &end, error);
        if (status == STOP)
            return STOP;
        if (end)
            break;
    }
    intake_rewind(press->intake);
    return OK;
}
