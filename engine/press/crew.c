#include "press/crew.h"

#define PART (OS_MESSAGE_LIMIT - 64) /* of an answer, in one message */
#define LOOK_MS 500                  /* how often silence is looked for */

struct crew_head { /* begins every word of a worker */
    enum { CREW_TICK, CREW_ANSWER, CREW_FAIL } kind;
    bool sealing;       /* TICK */
    uint64_t letters;   /* TICK */
    uint64_t size;      /* ANSWER: bytes, in the messages behind this one */
    struct error error; /* FAIL */
};

enum status crew_open(struct crew *crew, uint32_t count, uint32_t queue,
                      const struct os_signals *signals, os_work *work, void *context,
                      struct error *error)
{
    *crew = (struct crew){.signals = signals, .queue = queue};
    for (uint32_t i = 0; i < count && i < CREW_MOST; i++) {
        if (os_worker_start(crew->workers, i, work, context, error) != OK) {
            crew_close(crew, true);
            return STOP;
        }
        crew->count++;
    }
    return OK;
}

void crew_close(struct crew *crew, bool kill)
{
    for (uint32_t i = 0; kill && i < crew->count; i++)
        os_worker_kill(&crew->workers[i]);
    for (uint32_t i = 0; i < crew->count; i++)
        os_worker_end(&crew->workers[i]);
    crew->count = 0;
}

/* A service manager that ends us sends its signal to every process: then a worker may be gone before ours is read. */
#define SIGNAL_MS 50

static enum status worker_died(const struct crew *crew, struct error *error)
{
    if (crew->signals) {
        int signal = os_signals_take(crew->signals);
        if (!signal)
            os_sleep_ms(SIGNAL_MS);
        if (signal || os_signals_take(crew->signals))
            return error_set(error, MSG_INTERRUPTED_EMPTY);
    }
    return error_set(error, MSG_WORKER_DIED);
}

int crew_free(const struct crew *crew)
{
    int best = -1;
    for (uint32_t i = 0; i < crew->count; i++)
        if (crew->state[i].orders < crew->queue &&
            (best < 0 || crew->state[i].orders < crew->state[best].orders))
            best = (int)i;
    return best;
}

enum status crew_order(struct crew *crew, uint32_t worker, const void *order, size_t size,
                       struct error *error)
{
    if (crew->state[worker].orders++ == 0) {
        crew->state[worker].heard_ms = os_clock_ms();
        crew->state[worker].patience_s = CREW_SILENCE_S;
    }
    if (os_message_send(crew->workers[worker].channel, order, size, error) == OK)
        return OK;
    return worker_died(crew, error);
}

/* -- answers -- */

static enum status look_for_silence(const struct crew *crew, struct error *error)
{
    uint64_t now = os_clock_ms();
    for (uint32_t i = 0; i < crew->count; i++) {
        uint32_t patience = crew->state[i].patience_s;
        if (crew->state[i].orders == 0 || now - crew->state[i].heard_ms < patience * 1000ull)
            continue;
        enum status status = error_set(error, MSG_WORKER_STUCK);
        error->want = patience;
        return status;
    }
    return OK;
}

static enum status receive(const struct crew *crew, uint32_t worker, void *bytes, size_t size,
                           struct error *error)
{
    size_t got = 0;
    if (os_message_receive(crew->workers[worker].channel, bytes, size, &got, error) != OK)
        return STOP;
    if (got == size)
        return OK;
    return got ? error_set(error, MSG_BUG) : worker_died(crew, error);
}

static enum status receive_answer(const struct crew *crew, uint32_t worker, uint64_t size,
                                  struct buffer *answer, struct error *error)
{
    char part[PART];
    answer->size = 0;
    while (size) {
        size_t piece = size < PART ? (size_t)size : PART;
        if (receive(crew, worker, part, piece, error) != OK ||
            buffer_add(answer, part, piece, error) != OK)
            return STOP;
        size -= piece;
    }
    return OK;
}

static enum status take_word(struct crew *crew, uint32_t worker, const struct crew_tick *tick,
                             struct buffer *answer, bool *answered, struct error *error)
{
    struct crew_head head;
    if (receive(crew, worker, &head, sizeof head, error) != OK)
        return STOP;
    crew->state[worker].heard_ms = os_clock_ms();
    if (head.kind == CREW_FAIL) {
        *error = head.error;
        return STOP;
    }
    if (head.kind == CREW_TICK) {
        crew->state[worker].patience_s = head.sealing ? CREW_SEALING_S : CREW_SILENCE_S;
        crew->state[worker].letters = head.letters;
        if (tick)
            tick->tick(tick->context);
        return OK;
    }
    crew->state[worker].orders--;
    crew->state[worker].letters = 0;
    crew->state[worker].patience_s = CREW_SILENCE_S;
    *answered = true;
    return receive_answer(crew, worker, head.size, answer, error);
}

enum status crew_answer(struct crew *crew, const struct crew_tick *tick, struct buffer *answer,
                        struct error *error)
{
    bool answered = false;
    uint32_t orders = 0;
    for (uint32_t i = 0; i < crew->count; i++)
        orders += crew->state[i].orders;
    if (orders == 0) /* nobody would ever answer */
        return error_set(error, MSG_BUG);
    while (!answered) {
        if (os_workers_wait(crew->workers, crew->count, crew->signals, LOOK_MS, &crew->event,
                            error) != OK)
            return STOP;
        enum status status = OK;
        if (crew->event.kind == OS_EVENT_SIGNAL)
            status = error_set(error, MSG_INTERRUPTED_EMPTY);
        else if (crew->event.kind == OS_EVENT_GONE)
            status = worker_died(crew, error);
        else if (crew->event.kind == OS_EVENT_MESSAGE)
            status = take_word(crew, crew->event.worker, tick, answer, &answered, error);
        if (status == OK)
            status = look_for_silence(crew, error);
        if (status != OK)
            return status;
    }
    return OK;
}

uint64_t crew_letters(const struct crew *crew)
{
    uint64_t letters = 0;
    for (uint32_t i = 0; i < crew->count; i++)
        letters += crew->state[i].letters;
    return letters;
}

/* -- in the worker -- */

bool crew_take(int channel, void *order, size_t size)
{
    struct error ignored;
    size_t got = 0;
    return os_message_receive(channel, order, size, &got, &ignored) == OK && got == size;
}

enum status crew_give(int channel, const void *bytes, size_t size, struct error *error)
{
    struct crew_head head = {.kind = CREW_ANSWER, .size = size};
    const char *at = bytes;
    if (os_message_send(channel, &head, sizeof head, error) != OK)
        return STOP;
    while (size) {
        size_t piece = size < PART ? size : PART;
        if (os_message_send(channel, at, piece, error) != OK)
            return STOP;
        at += piece;
        size -= piece;
    }
    return OK;
}

void crew_fail(int channel, const struct error *error)
{
    struct crew_head head = {.kind = CREW_FAIL, .error = *error};
    struct error ignored;
    if (os_message_send(channel, &head, sizeof head, &ignored) != OK)
        return; /* the parent is gone, and with it whoever would be told */
}

enum status crew_say_tick(int channel, uint64_t letters, bool sealing, struct error *error)
{
    struct crew_head head = {.kind = CREW_TICK, .letters = letters, .sealing = sealing};
    return os_message_send(channel, &head, sizeof head, error);
}
