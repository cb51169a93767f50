/* press/reprint_tables.c -- manifest.csv and report.json of a reprint. */
#include "press/reprint_inside.h"

#include <stdio.h>

#define REPORT_LIMIT ((size_t)8 << 20)

/* -- report.json -- */

static enum status put_string(struct buffer *to, const char *words, struct error *error)
{
    enum status status = buffer_add(to, "\"", 1, error);
    for (; status == OK && *words; words++) {
        if (*words == '"' || *words == '\\')
            status = buffer_add(to, "\\", 1, error);
        if (status == OK)
            status = buffer_add(to, words, 1, error);
    }
    return status == OK ? buffer_add(to, "\"", 1, error) : status;
}

/* What the reader of this report needs of OUT's: which job, and whether its digests are keyed. */
static enum status read_job(const struct reprint *reprint, struct text *job, bool *keyed,
                            struct error *error)
{
    char path[LIMIT_PATH];
    struct text report, value;
    *job = TEXT("null");
    *keyed = reprint->keyed || reprint->differing > 0;
    if (!os_path_join(path, reprint->book->folder, "report.json") || !os_exists(path))
        return OK; /* a protected place has none */
    if (os_slurp(path, REPORT_LIMIT, &reprint->book->arena, &report, error) != OK)
        return STOP;
    if (json_find(report, "job_digest", &value) && value.length == 66)
        *job = value;
    if (json_find(report, "keyed", &value))
        *keyed = text_is(value, "true");
    return OK;
}

static enum status make_report(const struct reprint *reprint, struct buffer *to,
                               struct error *error)
{
    char words[1100], run[65], seal[65], id[65];
    const struct reprint_totals *totals = reprint->totals;
    struct text job;
    bool keyed;
    digest_hex(&reprint->book->run, run);
    digest_hex(&reprint->book->seal, seal);
    digest_hex(&reprint->id, id);
    if (read_job(reprint, &job, &keyed, error) != OK)
        return STOP;
    int size =
        snprintf(words, sizeof words,
                 "{\n  \"engine\": \"oshirase " OSHIRASE_VERSION "\",\n"
                 "  \"reprint\": %llu,\n  \"of_run\": \"%s\",\n  \"of_manifest\": \"%s\",\n"
                 "  \"keyed\": %s,\n  \"whole_pieces\": %s,\n  \"totals\": {\"letters\": %llu, "
                 "\"pieces\": %llu, \"sheets\": %llu, \"lots\": %llu},\n  \"run\": \"%s\",\n"
                 "  \"job_digest\": %.*s,\n  \"reason\": ",
                 (unsigned long long)reprint->number, run, seal, keyed ? "true" : "false",
                 reprint->order->sheet ? "false" : "true", (unsigned long long)totals->letters,
                 (unsigned long long)totals->pieces, (unsigned long long)totals->sheets,
                 (unsigned long long)totals->lots, id, (int)job.length, job.bytes);
    if (size < 0 || (size_t)size >= sizeof words)
        return error_set(error, MSG_BUG);
    enum status status = buffer_add(to, words, (size_t)size, error);
    if (status == OK)
        status = put_string(to, reprint->order->reason, error);
    return status == OK ? buffer_add(to, "\n}\n", 3, error) : status;
}

/* -- manifest.csv: the lines of OUT's, on their new pages -- */

/* The line up to its fourth field and from its fifth on stays as it is: none before them has quotes but the lot. */
static enum status put_line(const struct outbook *book, const struct outbook_letter *letter,
                            uint64_t page, struct buffer *to, struct error *error)
{
    struct outbook_line line;
    char digits[TEXT_NUMBER];
    uint32_t at = 0, behind;
    if (!outbook_read(book, letter, &line))
        return error_set(error, MSG_BUG);
    for (int commas = 0; at < line.whole.length && commas < 3; at++)
        commas += line.whole.bytes[at] == ',';
    for (behind = at; behind < line.whole.length && line.whole.bytes[behind] != ','; behind++)
        ;
    struct text number = text_number(page, digits);
    enum status status = buffer_add(to, line.whole.bytes, at, error);
    if (status == OK)
        status = buffer_add(to, number.bytes, number.length, error);
    return status == OK
               ? buffer_add(to, line.whole.bytes + behind, line.whole.length - behind, error)
               : status;
}

static enum status make_manifest(const struct reprint *reprint, struct buffer *to,
                                 struct error *error)
{
    const struct outbook *book = reprint->book;
    const char *head = book->manifest.map.bytes;
    const char *stop = memchr(head, '\n', book->manifest.map.size);
    uint64_t page = 1;
    uint32_t lot = UINT32_MAX;
    enum status status = buffer_add(to, head, (size_t)(stop - head) + 1, error);
    for (uint64_t i = 0; status == OK && i < book->count; i++) {
        const struct outbook_letter *letter = &book->letters[i];
        if (!letter->chosen)
            continue;
        page = letter->lot == lot ? page : 1;
        lot = letter->lot;
        status = put_line(book, letter, page, to, error);
        page += letter->pages;
    }
    return status;
}

/* -- both -- */

static enum status put_table(struct spool *spool, const char *name, const struct buffer *bytes,
                             struct error *error)
{
    struct spool_table *table;
    if (spool_table_open(spool, name, &table, error) != OK)
        return STOP;
    return spool_table_write(table, bytes->bytes, bytes->size, error);
}

enum status reprint_tables(struct reprint *reprint, struct digest *manifest, struct error *error)
{
    struct buffer report = {0}, rows = {0};
    enum status status = make_report(reprint, &report, error);
    if (status == OK)
        status = make_manifest(reprint, &rows, error);
    if (status == OK)
        status = digest_of(rows.bytes, rows.size, manifest, error);
    if (status == OK)
        status = put_table(reprint->spool, "report.json", &report, error);
    if (status == OK)
        status = put_table(reprint->spool, SPOOL_MANIFEST, &rows, error);
    buffer_free(&report);
    buffer_free(&rows);
    return status == OK ? spool_seal(reprint->spool, error) : status;
}
