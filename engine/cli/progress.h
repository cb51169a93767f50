/* cli/progress.h -- the progress bar of a terminal: share done, letters a second, time left.
 * Nothing is shown when stderr is no terminal: what goes to a pipe has no time and no rate in it.
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "press/press.h"

struct progress {
    struct press_progress hooks; /* give &hooks to the press */
    bool shown;
    enum press_phase phase;
    uint64_t start_ms, last_ms;
};

/* quiet: never shown. */
void progress_open(struct progress *progress, bool quiet);
/* Clears the line. */
void progress_close(struct progress *progress);

#endif
