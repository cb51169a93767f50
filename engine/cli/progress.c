#include "cli/progress.h"

#include "base/os.h"

#include <stdio.h>

#define STDERR 2
#define STEP_MS 100
#define BAR 30

static void show(const struct progress *progress, uint64_t now, uint64_t done, uint64_t all,
                 uint64_t letters)
{
    char line[200], bar[BAR + 1];
    uint64_t spent = now - progress->start_ms;
    uint64_t rate = spent ? letters * 1000 / spent : 0;
    uint64_t left_s = done ? (all - done) * spent / done / 1000 : 0;
    unsigned filled = all ? (unsigned)(done * BAR / all) : BAR;

    for (unsigned i = 0; i < BAR; i++)
        bar[i] = i < filled ? '#' : '.';
    bar[BAR] = '\0';
    int size = snprintf(line, sizeof line, "\r%s [%s] %3u %%  %llu letters/s  %llu:%02llu left ",
                        progress->phase == PHASE_CHECKING ? "checking" : "printing", bar,
                        all ? (unsigned)(done * 100 / all) : 100u, (unsigned long long)rate,
                        (unsigned long long)(left_s / 60), (unsigned long long)(left_s % 60));
    if (size > 0 && (size_t)size < sizeof line)
        os_print(STDERR, line, (size_t)size);
}

static void tick(void *context, enum press_phase phase, uint64_t done, uint64_t all,
                 uint64_t letters)
{
    struct progress *progress = context;
    uint64_t now = os_clock_ms();
    if (phase != progress->phase || progress->start_ms == 0) {
        progress->phase = phase;
        progress->start_ms = now;
    }
    if (now - progress->last_ms < STEP_MS)
        return;
    progress->last_ms = now;
    show(progress, now, done, all, letters);
}

void progress_open(struct progress *progress, bool quiet)
{
    *progress = (struct progress){.shown = !quiet && os_is_terminal(STDERR)};
    if (progress->shown)
        progress->hooks = (struct press_progress){tick, progress};
}

void progress_close(struct progress *progress)
{
    static const char clear[] = "\r\033[K";
    if (progress->shown)
        os_print(STDERR, clear, sizeof clear - 1);
}
