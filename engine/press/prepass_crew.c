/* press/prepass_crew.c -- the pre-pass by several processes. This one finds where chunks begin, hands them out, and
 * puts together what comes back, in the order of the file: so an earlier fault is told before a later one, as if one
 * process had read all. */
#include "press/prepass.h"

#include "base/memory.h"
#include "press/crew.h"

#define QUEUE 2 /* the next chunk lies ready when a worker is done with one */

struct handing {
    struct scan *scan;
    struct crew crew;
    uint64_t handed, merged; /* chunks */
    uint64_t next_record;
    bool all_handed, bad; /* bad: reading stopped; `error` says why */
    struct error error;
    struct record record;
    struct chunk **waiting; /* by number of the chunk % room; NULL: not here yet */
    uint32_t room;
    struct buffer answer;
};

/* -- in the worker -- */

/* A fault of the records goes up with its chunk: the parent tells the first one in the file. */
static enum status work_on(struct chunk_reader *reader, struct chunk *chunk,
                           const struct chunk_order *order, int channel, struct error *error)
{
    struct buffer packed = {0};
    struct error found;
    intake_seek(reader->press->intake, order->offset, plan_row(order->first));
    if (chunk_read(reader, order, chunk, &found) != OK) {
        chunk_clear(chunk);
        chunk->head.first = order->first;
        chunk->head.failed = true;
        chunk->head.error = found;
    }
    enum status status = chunk_pack(chunk, &packed, error);
    if (status == OK)
        status = crew_give(channel, packed.bytes, packed.size, error);
    buffer_free(&packed);
    return status;
}

static int read_chunks(void *context, int channel)
{
    struct press *press = context;
    struct chunk_reader *reader = NULL;
    struct chunk_order order;
    struct error error = {0};
    struct chunk *chunk = memory_new(sizeof *chunk);
    enum status status =
        chunk ? chunk_reader_open(press, &reader, &error) : error_set(&error, MSG_NO_MEMORY);

    while (status == OK && crew_take(channel, &order, sizeof order))
        status = work_on(reader, chunk, &order, channel, &error);
    if (status != OK)
        crew_fail(channel, &error);
    chunk_reader_close(reader);
    if (chunk)
        chunk_clear(chunk);
    memory_free(chunk, chunk ? sizeof *chunk : 0);
    return 0;
}

/* -- handing out -- */

/* count = 0: there are no more records. */
static void find_chunk(struct handing *handing, struct chunk_order *order)
{
    struct intake *intake = handing->scan->press->intake;
    if (intake_skip(intake, CHUNK_RECORDS, &handing->record, &order->count, &order->offset,
                    &handing->error) != OK) {
        handing->bad = true;
        if (order->count)
            order->count++; /* the worker stops there for the same reason, or before for another */
    }
    handing->all_handed = handing->bad || order->count < CHUNK_RECORDS;
}

static enum status hand_out(struct handing *handing, struct error *error)
{
    struct scan *scan = handing->scan;
    int worker;
    while (!handing->all_handed && handing->handed - handing->merged < handing->room &&
           (worker = crew_free(&handing->crew)) >= 0) {
        struct chunk_order order = {.first = handing->next_record,
                                    .limit = scan->order->limit,
                                    .protected_place = scan->order->protected_place};
        find_chunk(handing, &order);
        if (order.count == 0)
            return OK;
        if (crew_order(&handing->crew, (uint32_t)worker, &order, sizeof order, error) != OK)
            return STOP;
        handing->next_record += order.count;
        handing->handed++;
    }
    return OK;
}

/* -- putting together -- */

static enum status keep_answer(struct handing *handing, struct error *error)
{
    struct chunk *chunk = memory_new(sizeof *chunk);
    if (!chunk)
        return error_set(error, MSG_NO_MEMORY);
    enum status status = chunk_unpack(chunk, handing->answer.bytes, handing->answer.size, error);
    uint64_t place = chunk->head.first / CHUNK_RECORDS % handing->room;
    if (status == OK && handing->waiting[place])
        status = error_set(error, MSG_BUG);
    if (status == OK) {
        handing->waiting[place] = chunk;
        return OK;
    }
    chunk_clear(chunk);
    memory_free(chunk, sizeof *chunk);
    return status;
}

static void drop(struct handing *handing, uint64_t place)
{
    struct chunk *chunk = handing->waiting[place];
    if (!chunk)
        return;
    chunk_clear(chunk);
    memory_free(chunk, sizeof *chunk);
    handing->waiting[place] = NULL;
}

static enum status merge_ready(struct handing *handing, struct error *error)
{
    while (handing->merged < handing->handed) {
        uint64_t place = handing->merged % handing->room;
        struct chunk *chunk = handing->waiting[place];
        if (!chunk)
            return OK;
        enum status status = chunk->head.failed ? STOP : scan_merge(handing->scan, chunk, error);
        if (chunk->head.failed)
            *error = chunk->head.error;
        drop(handing, place);
        if (status != OK)
            return status;
        handing->merged++;
        scan_tick(handing->scan);
    }
    return OK;
}

static enum status hand_all(struct handing *handing, struct error *error)
{
    enum status status = OK;
    while (status == OK) {
        status = hand_out(handing, error);
        if (status == OK && handing->merged == handing->handed && handing->all_handed)
            break;
        if (status == OK)
            status = crew_answer(&handing->crew, NULL, &handing->answer, error);
        if (status == OK)
            status = keep_answer(handing, error);
        if (status == OK)
            status = merge_ready(handing, error);
    }
    if (status == OK && handing->bad) {
        *error = handing->error;
        return STOP;
    }
    return status;
}

enum status scan_crew(struct scan *scan, uint32_t workers, struct error *error)
{
    struct handing *handing = memory_new(sizeof *handing);
    enum status status = OK;
    if (!handing)
        return error_set(error, MSG_NO_MEMORY);
    handing->scan = scan;
    if (workers > CREW_MOST)
        workers = CREW_MOST;
    handing->room = (QUEUE + 1) * workers;
    handing->waiting = memory_new(handing->room * sizeof *handing->waiting);
    if (!handing->waiting)
        status = error_set(error, MSG_NO_MEMORY);
    if (status == OK)
        status = crew_open(&handing->crew, workers, QUEUE, scan->order->signals, read_chunks,
                           scan->press, error);
    intake_rewind(scan->press->intake);
    if (status == OK)
        status = hand_all(handing, error);
    crew_close(&handing->crew, status != OK);
    for (uint32_t i = 0; handing->waiting && i < handing->room; i++)
        drop(handing, i);
    memory_free(handing->waiting, handing->waiting ? handing->room * sizeof *handing->waiting : 0);
    buffer_free(&handing->answer);
    memory_free(handing, sizeof *handing);
    return status;
}
