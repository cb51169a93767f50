/* press/crew.h -- worker processes: one order at a time goes to a worker that is free, answers come back whole.
 * Takes  : a function that runs in each worker; orders and answers are plain bytes of one program.
 * Gives  : the next answer, whoever has it first.
 * Refuses: STOP 9532 a worker ended without being told to, 9533 it said nothing for CREW_SILENCE_S though it has an
 *          order, 9534/9535 a signal asked for the end; what a worker refused comes back with its own number.
 * Private to the room.
 */
#ifndef PRESS_CREW_H
#define PRESS_CREW_H

#include "base/os.h"
#include "base/sink.h"

#define CREW_MOST 64      /* workers */
#define CREW_SILENCE_S 60 /* a worker that has an order says so every few hundred letters */
#define CREW_SEALING_S 600 /* ... or is waiting for the medium, which it announces */

struct crew {
    struct os_worker workers[CREW_MOST];
    uint32_t count;
    uint32_t queue; /* orders that one worker has at most */
    const struct os_signals *signals; /* may be NULL */
    struct os_event event;
    struct {
        uint64_t heard_ms;
        uint32_t orders, patience_s;
        uint64_t letters; /* of its last tick */
    } state[CREW_MOST];
};

CHECKED enum status crew_open(struct crew *crew, uint32_t count, uint32_t queue, const struct os_signals *signals,
                              os_work *work, void *context, struct error *error);
/* Ends all: at once when `kill`, else as soon as they see that no order will come. */
void crew_close(struct crew *crew, bool kill);

/* The worker with the fewest orders, or -1 when all have as many as they may. */
int crew_free(const struct crew *crew);
CHECKED enum status crew_order(struct crew *crew, uint32_t worker, const void *order, size_t size, struct error *error);

/* Waits for the next answer; ticks are told to `tick` (may be NULL) on the way. answer is emptied and filled. */
struct crew_tick {
    void (*tick)(void *context);
    void *context;
};
CHECKED enum status crew_answer(struct crew *crew, const struct crew_tick *tick, struct buffer *answer,
                                struct error *error);
uint64_t crew_letters(const struct crew *crew); /* of the units in hand, by the last ticks */

/* -- in the worker -- */

/* false: no more orders, or the parent is gone. */
bool crew_take(int channel, void *order, size_t size);
CHECKED enum status crew_give(int channel, const void *bytes, size_t size, struct error *error);
/* Tells the parent why this worker cannot go on. */
void crew_fail(int channel, const struct error *error);
/* letters: done of the order in hand. sealing: the medium may take its time now. */
CHECKED enum status crew_say_tick(int channel, uint64_t letters, bool sealing, struct error *error);

#endif
