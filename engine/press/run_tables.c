#include "press/run.h"

#include "base/memory.h"
#include "press/run_posting.h"

/* One place: OUT, or the insurer's own. */
struct place {
    struct spool *spool;
    struct spool_table *tables[SECTION_TABLES]; /* NULL: this place has no such table */
    struct table_counts counts;
};

struct gathering {
    struct run *run;
    struct place main, hidden;
    struct place *at; /* of the unit in hand */
    struct spool_table *report, *report_text;
    struct posting *posting;  /* NULL: no piece has a number */
    struct run_counts counts; /* as they were written */
    struct tally tally;
    struct rows_reader reader;
};

/* -- opening -- */

static enum status put_words(struct spool_table *table, const char *words, struct error *error)
{
    return spool_table_write(table, words, strlen(words), error);
}

static enum status open_table(const struct run *run, struct place *place, enum section section,
                              const char *name, struct error *error)
{
    bool with_file = section != SECTION_MANIFEST && intake_files(run->press->intake) > 1;
    struct spool_table **table = &place->tables[section];
    enum status status = spool_table_open(place->spool, name, table, error);
    if (status == OK)
        status = put_words(*table, table_head(section), error);
    return status == OK ? put_words(*table, with_file ? TABLE_FILE "\n" : "\n", error) : status;
}

static enum status open_substitutions(const struct run *run, struct place *place,
                                      struct error *error)
{
    return run->press->substitutes.first
               ? open_table(run, place, SECTION_SUBSTITUTIONS, "substitutions.csv", error)
               : OK;
}

static enum status open_mail(struct gathering *gathering, struct place *place, bool hidden,
                             struct error *error)
{
    struct run *run = gathering->run;
    const struct press_mail *mail = run->press->mail;
    enum status status = OK;
    if (mail->in_use)
        status = open_table(run, place, SECTION_PIECES, "pieces.csv", error);
    if (status == OK && !hidden && mail->destinations)
        status = open_table(run, place, SECTION_DESTINATIONS, "destinations.csv", error);
    if (status == OK && !hidden &&
        (mail->slips[SLIP_KIND_BUNDLE] || mail->slips[SLIP_KIND_EMPLOYER]))
        status = open_table(run, place, SECTION_BUNDLES, "bundles.csv", error);
    return status == OK && !hidden ? posting_open(run, place->spool, &gathering->posting, error)
                                   : status;
}

/* The manifest is opened last: it gets its name last, and without it nothing may be printed. */
static enum status open_tables(struct gathering *gathering, struct error *error)
{
    struct run *run = gathering->run;
    struct place *main = &gathering->main, *hidden = &gathering->hidden;
    enum status status = open_table(run, main, SECTION_RECORDS, "records.csv", error);
    if (status == OK)
        status = open_table(run, main, SECTION_HOLDS, "holds.csv", error);
    if (status == OK)
        status = open_table(run, main, SECTION_FOLLOWUP, "followup.csv", error);
    if (status == OK)
        status = spool_table_open(run->main, "report.json", &gathering->report, error);
    if (status == OK)
        status = spool_table_open(run->main, "report.txt", &gathering->report_text, error);
    if (status == OK)
        status = open_substitutions(run, main, error);
    if (status == OK)
        status = open_mail(gathering, main, false, error);
    if (status == OK)
        status = open_table(run, main, SECTION_MANIFEST, SPOOL_MANIFEST, error);
    if (status == OK && run->has_hidden)
        status = open_substitutions(run, hidden, error);
    if (status == OK && run->has_hidden)
        status = open_mail(gathering, hidden, true, error);
    if (status == OK && run->has_hidden)
        status = open_table(run, hidden, SECTION_MANIFEST, SPOOL_MANIFEST, error);
    return status;
}

/* -- rows -- */

static void add_tally(struct tally *tally, const char *bytes, uint32_t size)
{
    for (uint32_t at = 0; at + sizeof(struct tally_row) <= size; at += sizeof(struct tally_row)) {
        struct tally_row row;
        memcpy(&row, bytes + at, sizeof row);
        tally_add_row(tally, &row);
    }
}

static void add_counts(struct run_counts *sum, const struct run_counts *counts)
{
    sum->letters += counts->letters;
    sum->people += counts->people;
    sum->pieces += counts->pieces;
    sum->sheets += counts->sheets;
    sum->substitutions += counts->substitutions;
    sum->substituted += counts->substituted;
    sum->slips += counts->slips;
    sum->large_kana += counts->large_kana;
    for (int outcome = 0; outcome < PLAN_OUTCOMES; outcome++)
        sum->outcomes[outcome] += counts->outcomes[outcome];
    digest_sum(&sum->sum, &counts->sum);
}

static enum status take_frame(void *context, enum section section, const char *bytes, uint32_t size,
                              struct error *error)
{
    struct gathering *gathering = context;
    struct place *place = gathering->at;
    struct run_counts counts;

    if (section == SECTION_TALLY) {
        add_tally(&gathering->tally, bytes, size);
        return OK;
    }
    if (section == SECTION_POSTING)
        return gathering->posting ? posting_take(gathering->posting, bytes, size, error)
                                  : error_set(error, MSG_BUG);
    if (section == SECTION_COUNTS) {
        if (size != sizeof counts)
            return error_set(error, MSG_BUG);
        memcpy(&counts, bytes, sizeof counts);
        add_counts(&gathering->counts, &counts);
        return OK;
    }
    if (!place->tables[section])
        return error_set(error, MSG_BUG);
    if (table_count(&place->counts, section, bytes, size, error) != OK)
        return STOP;
    return spool_table_write(place->tables[section], bytes, size, error);
}

static enum status gather_units(struct gathering *gathering, struct error *error)
{
    struct run *run = gathering->run;
    struct sink sink = rows_reader_sink(&gathering->reader);
    enum status status = OK;
    for (uint64_t number = run->unit_first; status == OK && number < run->unit_end; number++) {
        struct run_unit unit;
        run_unit_at(run, number, &unit);
        gathering->at = unit.hidden ? &gathering->hidden : &gathering->main;
        rows_reader_open(&gathering->reader, take_frame, gathering);
        status = spool_rows_read(gathering->at->spool, unit.name, &sink, error);
        if (status == OK)
            status = rows_reader_close(&gathering->reader, error);
    }
    return status;
}

/* -- totals -- */

static enum status disagree(uint64_t have, uint64_t want, struct error *error)
{
    enum status status = error_set(error, MSG_TOTALS_DISAGREE);
    error->have = (int64_t)have;
    error->want = (int64_t)want;
    return status;
}

/* Three counts that share nothing: the plan's, made before anything was printed; that of the units as they wrote their
 * rows; that of the rows themselves, read back on their way into the tables. */
static enum status compare(const struct gathering *gathering, const struct run_expected *plan,
                           struct error *error)
{
    const struct run_counts *units = &gathering->counts;
    const struct table_counts *main = &gathering->main.counts, *hidden = &gathering->hidden.counts;
    struct digest sum = main->sum;
    digest_sum(&sum, &hidden->sum);
    const uint64_t counts[][3] = {
        {plan->printed.letters + plan->hidden.letters, units->letters,
         main->letters + hidden->letters},
        {plan->printed.sheets + plan->hidden.sheets, units->sheets, main->sheets + hidden->sheets},
        {plan->printed.pieces + plan->hidden.pieces, units->pieces, main->pieces + hidden->pieces},
        {plan->printed.letters, plan->printed.letters, main->letters},
        {plan->printed.people + plan->hidden.people, units->people,
         tally_sum(&gathering->tally, TALLY_PEOPLE)},
        {units->pieces, tally_sum(&gathering->tally, TALLY_PIECES), units->pieces},
        {plan->slips, units->slips, units->slips},
        {units->sheets, tally_sum(&gathering->tally, TALLY_SHEETS), units->sheets},
        {plan->outcomes[PLAN_PRINTED], units->outcomes[PLAN_PRINTED], main->outcomes[PLAN_PRINTED]},
        {plan->outcomes[PLAN_PROTECTED], units->outcomes[PLAN_PROTECTED],
         main->outcomes[PLAN_PROTECTED]},
        {plan->outcomes[PLAN_HELD], units->outcomes[PLAN_HELD], main->outcomes[PLAN_HELD]},
        {plan->outcomes[PLAN_FOLLOW_UP], units->outcomes[PLAN_FOLLOW_UP],
         main->outcomes[PLAN_FOLLOW_UP]},
    };
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        if (counts[i][0] != counts[i][1])
            return disagree(counts[i][1], counts[i][0], error);
        if (counts[i][0] != counts[i][2])
            return disagree(counts[i][2], counts[i][0], error);
    }
    if (memcmp(sum.bytes, units->sum.bytes, sizeof sum.bytes) != 0)
        return disagree(units->letters, units->letters, error);
    return OK;
}

/* Promise: records read = printed + protected + held + follow-up. */
static enum status set_totals(struct gathering *gathering, const struct run_expected *plan,
                              struct error *error)
{
    struct run *run = gathering->run;
    struct press_totals *totals = &run->totals;
    const uint64_t *outcomes = gathering->main.counts.outcomes;
    totals->records = plan->records;
    totals->printed = outcomes[PLAN_PRINTED];
    totals->protected_letters = outcomes[PLAN_PROTECTED];
    totals->held = outcomes[PLAN_HELD];
    totals->follow_up = outcomes[PLAN_FOLLOW_UP];
    totals->letters = gathering->main.counts.letters + gathering->hidden.counts.letters;
    totals->pieces = gathering->main.counts.pieces + gathering->hidden.counts.pieces;
    totals->pages = gathering->main.counts.sheets + gathering->hidden.counts.sheets;
    totals->lots = plan->printed.lots;
    totals->protected_lots = plan->hidden.lots;
    totals->resumed = run->resumed;
    uint64_t sum = totals->printed + totals->protected_letters + totals->held + totals->follow_up;
    if (sum != totals->records)
        return disagree(sum, totals->records, error);
    if (run->order->shard_count == 0 && sum != plan_count(run->plan))
        return disagree(sum, plan_count(run->plan), error);
    return OK;
}

/* -- report, publishing -- */

static enum status table_sink_write(void *context, const void *bytes, size_t size,
                                    struct error *error)
{
    return spool_table_write(context, bytes, size, error);
}

static enum status write_report(struct gathering *gathering, struct error *error)
{
    struct run *run = gathering->run;
    struct report_facts facts = {.totals = &run->totals,
                                 .tally = &gathering->tally,
                                 .input = run->facts.input,
                                 .run = run->id,
                                 .shard_index = run->order->shard_index,
                                 .shard_count = run->order->shard_count,
                                 .whole = run->whole,
                                 .whole_records = plan_count(run->plan),
                                 .whole_units = run->schedule.lot_count + run->range_units,
                                 .substitutions = gathering->counts.substitutions,
                                 .substituted = gathering->counts.substituted,
                                 .large_kana = gathering->counts.large_kana,
                                 .slips = gathering->counts.slips,
                                 .sample = run->order->limit != 0};
    struct sink json = {table_sink_write, gathering->report};
    struct sink plain = {table_sink_write, gathering->report_text};
    enum status status = report_json(run->press, &facts, &json, error);
    return status == OK ? report_text(run->press, &facts, &plain, error) : status;
}

static enum status gather(struct gathering *gathering, struct error *error)
{
    struct run *run = gathering->run;
    struct run_expected expected;
    run_expect(run, &expected);
    enum status status = open_tables(gathering, error);
    if (status == OK)
        status = gather_units(gathering, error);
    if (status == OK && gathering->posting)
        status = posting_close(gathering->posting, error);
    if (status == OK)
        status = compare(gathering, &expected, error);
    if (status == OK)
        status = set_totals(gathering, &expected, error);
    return status == OK ? write_report(gathering, error) : status;
}

/* The insurer's own place first: when OUT has its manifest, all is done. */
enum status run_tables(struct run *run, struct error *error)
{
    struct gathering *gathering = memory_new(sizeof *gathering);
    if (!gathering)
        return error_set(error, MSG_NO_MEMORY);
    gathering->run = run;
    gathering->main.spool = run->main;
    gathering->hidden.spool = run->hidden;
    enum status status = gather(gathering, error);
    posting_drop(gathering->posting);
    memory_free(gathering, sizeof *gathering);
    if (status != OK)
        return status;
    run->totals.lot_bytes =
        spool_lot_bytes(run->main) + (run->hidden ? spool_lot_bytes(run->hidden) : 0);
    struct spool *main = run->main, *hidden = run->hidden;
    run->main = run->hidden = NULL; /* publishing frees them, OK or not */
    return spool_publish_both(hidden, main, error);
}
