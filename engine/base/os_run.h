/* base/os_run.h -- running somebody else's program, once, and waiting for it. */
#ifndef BASE_OS_RUN_H
#define BASE_OS_RUN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/status.h"

enum os_run_end {
    RUN_EXITED,  /* code: its exit status */
    RUN_KILLED,  /* code: the signal */
    RUN_STOPPED, /* by us: its time was up, or stop() said so */
    RUN_NOT_STARTED
};

struct os_run {
    const char *const *arguments; /* the program first, by path or looked for in PATH; NULL last. No shell */
    uint32_t seconds;             /* most that it may take */
    bool (*stop)(void *context);  /* asked ten times a second; may be NULL */
    void *context;
};

/* Its input is empty, its words go nowhere (they may hold data), none of our files is open in it, its environment is
 * ours.
 * It is the head of a process group; whatever of it still runs in the end is killed. Refuses: STOP 1001. */
CHECKED enum status os_run(const struct os_run *run, enum os_run_end *end, int *code, struct error *error);

#endif
