#include "press/verify_inside.h"

#include "base/memory.h"

#include <stdlib.h>

#define RECORDS "records.csv"
#define REPORT "report.json"
#define REPORT_LIMIT (8u << 20)

enum { ROW, ID, OUTCOME, SEQ, FORM, REASON, FROM_FILE };

static const char *const outcomes[PLAN_OUTCOMES] = {"printed", "protected", "held", "follow-up"};

/* -- records.csv -- */

static enum status add_person(struct verify *verify, const struct verify_person *person,
                              struct error *error)
{
    if (verify->people_count == verify->people_room) {
        uint64_t room = verify->people_room ? verify->people_room * 2 : 4096;
        struct verify_person *people = memory_resize(
            verify->people, verify->people_room * sizeof *people, room * sizeof *people);

        if (!people)
            return error_set(error, MSG_NO_MEMORY);
        verify->people = people;
        verify->people_room = room;
    }
    verify->people[verify->people_count++] = *person;
    return OK;
}

/* quoted: as it stands in the table, where each quote is doubled. */
static bool is_quoted(struct text quoted, struct text plain)
{
    uint32_t at = 0;

    for (uint32_t i = 0; i < plain.length; i++, at++) {
        at += plain.bytes[i] == '"';
        if (at >= quoted.length || quoted.bytes[at] != plain.bytes[i])
            return false;
    }
    return at == quoted.length;
}

/* Rows of several files count from 1 in each: then the table says which file. */
static bool is_record(const struct press *press, const struct verify_line *line, uint64_t row)
{
    return press->record.row == row &&
           (line->count <= FROM_FILE ||
            is_quoted(line->field[FROM_FILE], intake_file_name(press->intake, &press->record)));
}

/* Where the record of this line stands in the input: records.csv has them in its order. */
static enum status find_record(struct verify *verify, const struct verify_line *line, uint64_t row,
                               uint64_t *index, struct verify_person *person, bool *found,
                               struct error *error)
{
    struct press *press = verify->order->press;
    bool end = false;

    for (*found = false; !*found; ++*index) {
        if (intake_next(press->intake, &press->record, &end, error) == STOP)
            return STOP;
        if (end)
            return OK;
        *found = is_record(press, line, row);
        person->offset = press->record.offset;
        person->index = *index;
    }
    return OK;
}

static bool read_outcome(struct text text, unsigned *out)
{
    for (*out = 0; *out < PLAN_OUTCOMES; ++*out)
        if (text_is(text, outcomes[*out]))
            return true;
    return false;
}

static enum status read_record(struct verify *verify, const struct verify_line *line,
                               uint64_t *index, bool *good, struct error *error)
{
    struct verify_person person = {.id = hash64(line->field[ID].bytes, line->field[ID].length)};
    unsigned outcome = 0;
    uint64_t row;

    *good = table_number(line->field[ROW], &row) && read_outcome(line->field[OUTCOME], &outcome) &&
            (outcome == PLAN_PRINTED
                 ? table_number(line->field[SEQ], &person.sequence) && person.sequence > 0
                 : line->field[SEQ].length == 0);
    if (!*good)
        return OK;
    verify->outcomes[outcome]++;
    verify->totals->records++;
    if (verify->order->press && find_record(verify, line, row, index, &person, good, error) != OK)
        return STOP;
    return outcome == PLAN_PRINTED && *good ? add_person(verify, &person, error) : OK;
}

static int by_sequence(const void *a, const void *b)
{
    const struct verify_person *left = a, *right = b;

    if (left->sequence != right->sequence)
        return left->sequence < right->sequence ? -1 : 1;
    return left->index < right->index ? -1 : left->index > right->index;
}

/* Of a whole run each record of the input has its line: one that is gone from all tables and from the ledger is missed
 * here. Of a sample or a share the other lines are elsewhere. */
static enum status check_count(struct verify *verify, uint64_t index, struct error *error)
{
    struct press *press = verify->order->press;
    struct text sample;
    bool end = false;

    if (!press || verify->shard ||
        (json_find(verify->report, "sample", &sample) && text_is(sample, "true")))
        return OK;
    for (;; index++) {
        if (intake_next(press->intake, &press->record, &end, error) == STOP)
            return STOP;
        if (end)
            break;
    }
    if (index != verify->totals->records)
        verify_tell(verify, MSG_VERIFY_TOTALS, TEXT(RECORDS), index, verify->totals->records);
    return OK;
}

static enum status read_records(struct verify *verify, struct verify_table *table,
                                struct error *error)
{
    struct verify_line line;
    bool broken = false, good = true;
    uint64_t index = 0;

    if (verify->order->press)
        intake_rewind(verify->order->press->intake);
    while (good && table_next(table, &line, &broken))
        if (read_record(verify, &line, &index, &good, error) != OK)
            return STOP;
    if (broken || !good)
        verify_tell(verify, MSG_VERIFY_TABLE, TEXT(RECORDS), 0, 0);
    else if (check_count(verify, index, error) != OK)
        return STOP;
    if (verify->people_count > 1)
        qsort(verify->people, verify->people_count, sizeof *verify->people, by_sequence);
    return OK;
}

enum status verify_records(struct verify *verify, struct error *error)
{
    struct verify_table table;
    enum status status;
    bool good;

    if (table_open(&table, verify->order->out, RECORDS, "row,id,outcome,seq,form,reason\n",
                   &verify->has_records, &good, error) != OK)
        return STOP;
    if (!good) {
        verify->has_records = false;
        verify_tell(verify, MSG_VERIFY_TABLE, TEXT(RECORDS), 0, 0);
        table_close(&table);
        return OK;
    }
    status = read_records(verify, &table, error);
    table_close(&table);
    return status;
}

/* -- report.json -- */

static enum status is_same_job(struct verify *verify, struct error *error)
{
    struct digest digest;
    struct text value;

    if (!verify->order->press)
        return OK;
    if (json_find(verify->report, "job_digest", &value) && value.length == 66 &&
        table_digest((struct text){value.bytes + 1, 64}, &digest) &&
        memcmp(&digest, &verify->order->press->job.digest, sizeof digest) == 0)
        return OK;
    return error_set(error, MSG_VERIFY_OTHER_JOB);
}

enum status verify_report_open(struct verify *verify, struct error *error)
{
    char path[LIMIT_PATH];
    struct text value;

    if (verify->order->protected_place)
        return OK;
    if (!os_path_join(path, verify->order->out, REPORT) || !os_exists(path)) {
        verify_tell(verify, MSG_VERIFY_REPORT, TEXT(REPORT), 0, 0);
        return OK;
    }
    if (os_slurp(path, REPORT_LIMIT, &verify->arena, &verify->report, error) != OK)
        return STOP;
    verify->shard = json_find(verify->report, "shard", &value);
    verify->reprint = json_find(verify->report, "reprint", &value);
    if (json_find(verify->report, "keyed", &value))
        verify->keyed = text_is(value, "true") ? KEYED_YES : KEYED_NO;
    return is_same_job(verify, error);
}

static void compare(struct verify *verify, struct text object, const char *key, uint64_t have)
{
    uint64_t want;

    if (!json_number(object, key, &want))
        verify_tell(verify, MSG_VERIFY_REPORT, TEXT(REPORT), 0, 0);
    else if (want != have)
        verify_tell(verify, MSG_VERIFY_TOTALS, TEXT(REPORT), have, want);
}

static const struct verify_route *route_of_name(const struct verify *verify, struct text name)
{
    for (uint32_t i = 0; i < verify->route_count; i++)
        if (text_is(name, verify->routes[i].name))
            return &verify->routes[i];
    return NULL;
}

/* Each route of the report but that of the other place, and each of the manifest. */
static void compare_routes(struct verify *verify, struct text routes)
{
    char room[LIMIT_ROUTE];
    struct text hidden = route_name(SCHEDULE_PROTECTED, room), key, value;
    uint32_t seen = 0;

    while (json_pair(&routes, &key, &value)) {
        const struct verify_route *route = route_of_name(verify, key);

        if (text_equal(key, hidden))
            continue;
        seen += route != NULL;
        compare(verify, value, "sheets", route ? route->sheets : 0);
        compare(verify, value, "pieces", route ? route->pieces : 0);
    }
    if (seen != verify->route_count)
        verify_tell(verify, MSG_VERIFY_TOTALS, TEXT(REPORT), verify->route_count, seen);
}

static void verify_reprint(struct verify *verify)
{
    struct text totals;

    if (!json_find(verify->report, "totals", &totals)) {
        verify_tell(verify, MSG_VERIFY_REPORT, TEXT(REPORT), 0, 0);
        return;
    }
    compare(verify, totals, "letters", verify->totals->letters);
    compare(verify, totals, "pieces", verify->totals->pieces);
    compare(verify, totals, "sheets", verify->totals->sheets + verify->totals->slips);
    compare(verify, totals, "lots", verify->totals->lots);
}

void verify_report(struct verify *verify)
{
    static const char *const keys[PLAN_OUTCOMES] = {"printed", "protected", "held", "follow_up"};
    struct text totals, routes;

    if (verify->report.length == 0)
        return;
    if (verify->reprint) {
        verify_reprint(verify);
        return;
    }
    if (!json_find(verify->report, "totals", &totals) ||
        !json_find(verify->report, "routes", &routes)) {
        verify_tell(verify, MSG_VERIFY_REPORT, TEXT(REPORT), 0, 0);
        return;
    }
    compare_routes(verify, routes);
    compare(verify, totals, "lots", verify->totals->lots);
    if (!verify->has_records)
        return;
    compare(verify, totals, "records", verify->totals->records);
    for (unsigned i = 0; i < PLAN_OUTCOMES; i++)
        compare(verify, totals, keys[i], verify->outcomes[i]);
}
