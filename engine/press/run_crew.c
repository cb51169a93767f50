#include "press/run.h"

#include "base/memory.h"
#include "press/crew.h"

struct making {
    struct run *run;
    uint64_t next, committed; /* numbers of units: to be handed out, to be committed */
    struct crew crew;
    struct run_done *waiting; /* finished before their turn; number UINT64_MAX: free */
    uint32_t room;
    struct buffer answer;
};

static struct spool *spool_of(const struct run *run, const struct run_unit *unit)
{
    return unit->hidden ? run->hidden : run->main;
}

static bool is_sealed(struct run *run, uint64_t number, uint64_t *letters)
{
    struct run_unit unit;
    struct spool_counts counts;
    run_unit_at(run, number, &unit);
    if (!spool_has(spool_of(run, &unit), unit.name, NULL, &counts))
        return false;
    *letters = counts.letters;
    return true;
}

static void tick(const struct run *run, uint64_t in_hand)
{
    const struct press_progress *progress = run->order->progress;
    uint64_t letters = run->letters_done + in_hand;
    if (progress)
        progress->tick(progress->context, PHASE_PRINTING, letters, run->schedule.letters, letters);
}

/* Units that an earlier run has sealed are not made again. */
static void pass_sealed(struct making *making)
{
    struct run *run = making->run;
    uint64_t letters;
    while (making->next < run->unit_end && is_sealed(run, making->next, &letters)) {
        making->next++;
        run->resumed++;
        run->letters_done += letters;
    }
}

static enum status commit(struct run *run, const struct run_done *done, struct error *error)
{
    struct run_unit unit;
    run_unit_at(run, done->number, &unit);
    run->totals.deflate_us += done->deflate_us;
    run->letters_done += done->counts.letters;
    tick(run, 0);
    return spool_commit(spool_of(run, &unit), unit.name, &done->facts, &done->counts, error);
}

/* -- all in this process -- */

struct heart { /* of this process's pulse */
    struct run *run;
};

static enum status look_at_signals(void *context, uint64_t letters, bool sealing,
                                   struct error *error)
{
    struct heart *heart = context;
    tick(heart->run, letters);
    if (!sealing && heart->run->signals && os_signals_take(heart->run->signals))
        return error_set(error, MSG_INTERRUPTED_EMPTY);
    return OK;
}

static enum status make_here(struct making *making, struct error *error)
{
    struct run *run = making->run;
    struct heart heart = {run};
    struct run_pulse pulse = {look_at_signals, &heart};
    struct run_maker *maker = NULL;
    enum status status = run_maker_open(run, &pulse, &maker, error);

    for (pass_sealed(making); status == OK && making->next < run->unit_end; pass_sealed(making)) {
        struct run_done done;
        status = run_unit_make(maker, making->next++, &done, error);
        if (status == OK)
            status = commit(run, &done, error);
    }
    run_maker_close(maker);
    return status;
}

/* -- workers -- */

struct channel {
    int number;
};

static enum status tell_parent(void *context, uint64_t letters, bool sealing, struct error *error)
{
    const struct channel *channel = context;
    return crew_say_tick(channel->number, letters, sealing, error);
}

static int make_units(void *context, int number)
{
    struct run *run = context;
    struct channel channel = {number};
    struct run_pulse pulse = {tell_parent, &channel};
    struct run_maker *maker = NULL;
    struct run_done done;
    struct error error = {0};
    uint64_t unit;
    enum status status = run_maker_open(run, &pulse, &maker, &error);

    while (status == OK && crew_take(number, &unit, sizeof unit)) {
        status = run_unit_make(maker, unit, &done, &error);
        if (status == OK)
            status = crew_give(number, &done, sizeof done, &error);
    }
    run_maker_close(maker); /* deletes what was not sealed */
    if (status != OK)
        crew_fail(number, &error);
    return 0;
}

/* Commits what is ready, in the order of the list. */
static enum status commit_ready(struct making *making, struct error *error)
{
    struct run *run = making->run;
    uint64_t letters;
    while (making->committed < run->unit_end) {
        struct run_done *done = &making->waiting[making->committed % making->room];
        if (done->number == making->committed) {
            if (commit(run, done, error) != OK)
                return STOP;
            done->number = UINT64_MAX;
        } else if (making->committed >= making->next ||
                   !is_sealed(run, making->committed, &letters)) {
            return OK;
        }
        making->committed++;
    }
    return OK;
}

static enum status hand_out(struct making *making, struct error *error)
{
    int worker;
    while ((worker = crew_free(&making->crew)) >= 0) {
        pass_sealed(making);
        if (commit_ready(making, error) != OK)
            return STOP;
        if (making->next == making->run->unit_end ||
            making->next - making->committed >= making->room)
            return OK;
        if (crew_order(&making->crew, (uint32_t)worker, &making->next, sizeof making->next,
                       error) != OK)
            return STOP;
        making->next++;
    }
    return OK;
}

static enum status keep_answer(struct making *making, struct error *error)
{
    struct run_done done;
    if (making->answer.size != sizeof done)
        return error_set(error, MSG_BUG);
    memcpy(&done, making->answer.bytes, sizeof done);
    struct run_done *place = &making->waiting[done.number % making->room];
    if (done.number < making->committed || done.number >= making->next ||
        place->number != UINT64_MAX)
        return error_set(error, MSG_BUG);
    *place = done;
    return OK;
}

static void tick_crew(void *context)
{
    const struct making *making = context;
    tick(making->run, crew_letters(&making->crew));
}

static enum status make_by_crew(struct making *making, struct error *error)
{
    struct crew_tick words = {tick_crew, making};
    enum status status = OK;
    while (status == OK) {
        status = commit_ready(making, error);
        if (status == OK)
            status = hand_out(making, error);
        if (status != OK || making->committed == making->run->unit_end)
            return status;
        status = crew_answer(&making->crew, &words, &making->answer, error);
        if (status == OK)
            status = keep_answer(making, error);
    }
    return status;
}

static enum status open_crew(struct making *making, uint32_t workers, struct error *error)
{
    making->room = 4 * workers; /* a slow lot does not stop the others at once */
    making->waiting = memory_new(making->room * sizeof *making->waiting);
    if (!making->waiting)
        return error_set(error, MSG_NO_MEMORY);
    for (uint32_t i = 0; i < making->room; i++)
        making->waiting[i].number = UINT64_MAX;
    return crew_open(&making->crew, workers, 1, making->run->signals, make_units, making->run,
                     error);
}

enum status run_make_all(struct run *run, struct error *error)
{
    struct making making = {.run = run, .next = run->unit_first, .committed = run->unit_first};
    uint64_t units = run->unit_end - run->unit_first;
    uint32_t workers = run->workers;
    if (workers > units)
        workers = (uint32_t)units;
    if (workers <= 1)
        return make_here(&making, error);
    enum status status = open_crew(&making, workers, error);
    if (status == OK)
        status = make_by_crew(&making, error);
    crew_close(&making.crew, status != OK);
    memory_free(making.waiting, making.waiting ? making.room * sizeof *making.waiting : 0);
    buffer_free(&making.answer);
    return status;
}
