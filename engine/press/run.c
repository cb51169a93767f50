/* press/run.c -- print: places, pre-pass, schedule, run id, units, tables. run.h has the list of the parts.
 * All holds were found by the pre-pass; one found here is a bug. */
#include "press/run.h"

#include "base/memory.h"
#include "press/voice_run.h"

/* -- places -- */

static enum status check_places(const struct print_order *order, struct error *error)
{
    enum status status = spool_check(order->out, order->resume, error);
    if (status == OK)
        press_voice_sweep(order->out);
    if (status != OK || !order->protected_out)
        return status;
    if (os_path_inside(order->protected_out, order->out) ||
        os_path_inside(order->out, order->protected_out))
        return error_name(error, MSG_PROTECTED_INSIDE, TEXT("--protected-out"));
    return spool_check(order->protected_out, order->resume, error);
}

static enum status open_place(const struct run *run, const char *folder, bool hidden,
                              struct spool **out, enum spool_found *found, struct error *error)
{
    struct spool_order order = {
        .folder = folder,
        .run = &run->id,
        .resume = run->order->resume,
        .private_place = hidden,
        .key = run->press->has_secret ? run->press->secret : NULL,
    };
    return spool_open(&order, out, found, error);
}

/* Killed between its two manifests a run has kept the rows of both places; else the other place was taken away. */
static enum status can_go_on(const struct spool *sealed, const char *folder, struct error *error)
{
    return spool_rows_kept(sealed) ? OK : error_at(error, MSG_OUT_HALF_GONE, folder, 0, TEXT(""));
}

/* *done: both places are complete, and were before this call. */
static enum status open_places(struct run *run, bool *done, struct error *error)
{
    enum spool_found main, hidden = SPOOL_SEALED;
    enum status status = open_place(run, run->order->out, false, &run->main, &main, error);
    if (status == OK && run->has_hidden)
        status = open_place(run, run->order->protected_out, true, &run->hidden, &hidden, error);
    *done = status == OK && main == SPOOL_SEALED && hidden == SPOOL_SEALED;
    if (status != OK || *done || !run->has_hidden)
        return status;
    if (main == SPOOL_SEALED)
        status = can_go_on(run->main, run->order->out, error);
    if (hidden == SPOOL_SEALED)
        status = can_go_on(run->hidden, run->order->protected_out, error);
    return status;
}

/* -- before the first letter -- */

static enum status plan_all(struct run *run, struct error *error)
{
    const struct print_order *order = run->order;
    struct prepass_order prepass = {order->limit, run->has_hidden, run->workers, order->progress,
                                    run->signals};
    enum status status = prepass_run(run->press, &prepass, &run->plan, &run->facts, error);
    if (status == OK) /* these hold letters, so the order is made behind them */
        status = press_voice_source(run->press, run->plan, order->out, run->signals, error);
    if (status == OK)
        status = press_voice_prove(run->press, run->plan, order->limit == 0, error);
    if (status == OK)
        status = press_schedule(run->press, run->plan, &run->schedule, error);
    if (status != OK)
        return status;
    run_units_plan(run);
    return run_identify(run, error);
}

/* -- the run -- */

static enum status print_all(struct run *run, struct error *error)
{
    bool done = false;
    enum status status = open_places(run, &done, error);
    if (status == OK && done) { /* killed at its very end it has left its work files */
        run->totals.already_done = true;
        status = spool_publish_both(run->hidden, run->main, error);
        run->hidden = run->main = NULL;
        return status;
    }
    if (status != OK)
        return status;
    status = run_make_all(run, error);
    press_voice_done(run->press);
    if (status == OK)
        status = intake_unchanged(run->press->intake, error);
    if (status == OK)
        status =
            numbers_finish(run->press, &run->base, run->order->resume || run->order->shard_count,
                           &run->numbers, error);
    return status == OK ? run_tables(run, error) : status;
}

/* What is committed stays, so the words say whether there is something to resume. */
static void tell_kept(struct run *run, struct error *error)
{
    uint64_t kept = (run->main ? spool_committed(run->main) : 0) +
                    (run->hidden ? spool_committed(run->hidden) : 0);
    run->totals.committed = kept;
    if (error->message == MSG_INTERRUPTED_EMPTY && kept) {
        (void)error_set(error, MSG_INTERRUPTED);
        error->have = (int64_t)kept;
    }
}

static enum status check_shard(const struct print_order *order, struct error *error)
{
    bool good = order->shard_count
                    ? order->shard_index >= 1 && order->shard_index <= order->shard_count
                    : order->shard_index == 0;
    return good ? OK : error_name(error, MSG_SHARD_WRONG, TEXT("--shard"));
}

static enum status run_whole(struct run *run, struct error *error)
{
    struct os_signals signals;
    enum status status = check_shard(run->order, error);
    if (status == OK)
        status = check_places(run->order, error);
    if (status == OK)
        status = os_signals_open(&signals, error);
    if (status != OK)
        return status;
    run->signals = &signals;
    status = plan_all(run, error);
    if (status == OK)
        status = print_all(run, error);
    if (status != OK) {
        tell_kept(run, error);
        if (run->totals.committed == 0 && run->order->shard_count == 0)
            numbers_release(run->press, &run->base, &run->numbers);
    }
    spool_abandon(run->main); /* nothing, when all was published or was complete */
    spool_abandon(run->hidden);
    press_voice_done(run->press);
    os_signals_end(&signals);
    return status;
}

enum status press_print(struct press *press, const struct print_order *order,
                        struct press_totals *totals, struct error *error)
{
    struct run *run = memory_new(sizeof *run);
    if (!run)
        return error_set(error, MSG_NO_MEMORY);
    *run = (struct run){.press = press,
                        .order = order,
                        .workers = order->workers ? order->workers : os_processors(),
                        .has_hidden = order->protected_out != NULL};
    enum status status = run_whole(run, error);
    *totals = run->totals;
    schedule_free(&run->schedule);
    plan_free(run->plan);
    memory_free(run, sizeof *run);
    return status;
}
