/* cli/command_boundary.c -- `extract`, `dummy` and `purge`: what crosses the boundary, and what is left behind. */
#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/words.h"

#include "base/os.h"
#include "press/dummy.h"
#include "press/extract.h"
#include "press/purge.h"

#include <stdio.h>

/* For `make bench`, as that of print: only when asked for by the environment. */
static void say_measure(const struct press_totals *totals, uint64_t start_ms)
{
    char line[160];
    int size =
        snprintf(line, sizeof line, "measure records=%llu cpu_us=%llu peak_kb=%llu wall_ms=%llu\n",
                 (unsigned long long)totals->records, (unsigned long long)os_cpu_us(),
                 (unsigned long long)os_peak_kb(), (unsigned long long)(os_clock_ms() - start_ms));
    if (size > 0 && (size_t)size < sizeof line)
        words_put(line, (size_t)size);
}

int command_extract(struct press *press, const struct options *options)
{
    struct error error = {0};
    struct press_totals totals = {0};
    struct progress progress;
    uint64_t start_ms = os_clock_ms();

    progress_open(&progress, options->quiet);
    struct extract_order order = {.out = options->out,
                                  .seal = options->seal.value,
                                  .seal_count = options->seal.count,
                                  .sign_key = options->sign,
                                  .sign_cert = options->sign_cert,
                                  .progress = progress.shown ? &progress.hooks : NULL};
    enum status status = press_extract(press, &order, &totals, &error);
    progress_close(&progress);
    if (status != OK)
        return words_fail(&error);
    if (!options->quiet)
        command_totals(&totals);
    if (os_environment("OSHIRASE_MEASURE"))
        say_measure(&totals, start_ms);
    return totals.held ? EXIT_HELD : 0;
}

int command_dummy(struct press *press, const struct options *options)
{
    struct error error = {0};
    struct dummy_order order = {
        .count = options->count, .seed = options->seed, .out = options->out};
    return press_dummy(press, &order, &error) == OK ? 0 : words_fail(&error);
}

int command_purge(const struct options *options)
{
    struct error error = {0};
    struct purge_totals totals;
    struct purge_order order = {.paths = options->word,
                                .count = options->words,
                                .certificate = options->certificate,
                                .date = options->date,
                                .by = options->by};
    return press_purge(&order, &totals, &error) == OK ? 0 : words_fail(&error);
}
