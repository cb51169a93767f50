#include "press/run.h"

#include <stdio.h>

/* A unit of records alone, where letters are printed in another order than that of the file. */
#define RANGE_RECORDS 16384u

static uint64_t main_lots(const struct run *run)
{
    return run->schedule.printed.lots;
}

static uint64_t count_ranges(const struct run *run)
{
    uint64_t records = plan_count(run->plan);
    if (!run->schedule.by_input)
        return (records + RANGE_RECORDS - 1) / RANGE_RECORDS;
    return main_lots(run) == 0; /* nobody is printed: the records are listed all the same */
}

void run_units_plan(struct run *run)
{
    run->range_units = count_ranges(run);
    uint64_t units = run->schedule.lot_count + run->range_units;
    uint64_t index = run->order->shard_index, count = run->order->shard_count;
    run->unit_first = count ? units * (index - 1) / count : 0;
    run->unit_end = count ? units * index / count : units;
}

/* The folder of a route other than the job's own has its name. */
static void name_lot(const struct run *run, const struct schedule_lot *lot, char out[SPOOL_NAME])
{
    char buffer[LIMIT_ROUTE];
    struct text route = route_name(lot->route, buffer);
    if (lot->route == SCHEDULE_PROTECTED || lot->route == route_default(run->press))
        (void)snprintf(out, SPOOL_NAME, "lot-%06u.pdf", lot->number);
    else
        (void)snprintf(out, SPOOL_NAME, "%.*s/lot-%06u.pdf", (int)route.length, route.bytes,
                       lot->number);
}

/* In the order of the file a lot's unit lists the records from its first letter to the next lot's, and the first and
 * last unit what stands before and behind. */
static void take_records(const struct run *run, uint64_t number, struct run_unit *unit)
{
    const struct schedule *schedule = &run->schedule;
    unit->first_record = number ? schedule_at(schedule, unit->lot->first) : 0;
    unit->end_record = number + 1 < main_lots(run)
                           ? schedule_at(schedule, schedule->lots[number + 1].first)
                           : plan_count(run->plan);
}

void run_unit_at(const struct run *run, uint64_t number, struct run_unit *out)
{
    uint64_t lots = main_lots(run), records = plan_count(run->plan);
    *out = (struct run_unit){0};
    if (number >= lots && number < lots + run->range_units) {
        uint64_t range = number - lots;
        bool all = run->schedule.by_input;
        out->first_record = all ? 0 : range * RANGE_RECORDS;
        out->end_record =
            all || range + 1 == run->range_units ? records : (range + 1) * RANGE_RECORDS;
        (void)snprintf(out->name, sizeof out->name, "records-%06llu",
                       (unsigned long long)range + 1);
        return;
    }
    out->hidden = number >= lots;
    out->lot = &run->schedule.lots[out->hidden ? number - run->range_units : number];
    name_lot(run, out->lot, out->name);
    if (!out->hidden && run->schedule.by_input)
        take_records(run, number, out);
}

void run_expect(const struct run *run, struct run_expected *out)
{
    *out = (struct run_expected){0};
    for (uint64_t number = run->unit_first; number < run->unit_end; number++) {
        struct run_unit unit;
        run_unit_at(run, number, &unit);
        struct schedule_totals *totals = unit.hidden ? &out->hidden : &out->printed;
        if (unit.lot) {
            totals->letters += unit.lot->letters;
            totals->pieces += unit.lot->pieces;
            totals->sheets += unit.lot->sheets;
            totals->people += unit.lot->people;
            totals->lots++;
            out->slips += unit.lot->slips;
        }
        out->records += unit.end_record - unit.first_record;
        for (uint64_t i = unit.first_record; i < unit.end_record; i++)
            out->outcomes[plan_at(run->plan, i)->outcome]++;
    }
}
