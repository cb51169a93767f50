/* cli/command_print.c -- `print`. */
#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/words.h"

#include "base/os.h"

#include <stdio.h>

void command_totals(const struct press_totals *totals)
{
    static const char *const phrases[][6] = {
        {" records: ", " printed, ", " protected, ", " held, ", " follow-up; ", " sheets"},
        {" 件: 印字 ", "、不開示 ", "、保留 ", "、別途対応 ", "、", " 枚"}};
    const uint64_t numbers[] = {totals->records, totals->printed,   totals->protected_letters,
                                totals->held,    totals->follow_up, totals->pages};
    char line[240];
    size_t size = 0;
    for (int i = 0; i < 6; i++)
        size += (size_t)snprintf(line + size, sizeof line - size, "%llu%s",
                                 (unsigned long long)numbers[i], phrases[words_language()][i]);
    line[size++] = '\n';
    words_put(line, size);
}

/* For `make bench`: figures of the whole process, only when asked for by the environment. */
static void say_measure(const struct press_totals *totals, uint64_t start_ms)
{
    char line[240];
    int size =
        snprintf(line, sizeof line,
                 "measure letters=%llu cpu_us=%llu deflate_us=%llu write_us=%llu "
                 "peak_kb=%llu bytes=%llu wall_ms=%llu\n",
                 (unsigned long long)totals->letters, (unsigned long long)os_cpu_us(),
                 (unsigned long long)totals->deflate_us, (unsigned long long)os_write_cpu_us(),
                 (unsigned long long)os_peak_kb(), (unsigned long long)totals->lot_bytes,
                 (unsigned long long)(os_clock_ms() - start_ms));
    if (size > 0 && (size_t)size < sizeof line)
        words_put(line, (size_t)size);
}

int command_print(struct press *press, const struct options *options)
{
    struct error error = {0};
    struct press_totals totals = {0};
    struct progress progress;
    bool measure = os_environment("OSHIRASE_MEASURE") != NULL;

    progress_open(&progress, options->quiet);
    struct print_order order = {.out = options->out,
                                .protected_out = options->protected_out,
                                .limit = options->limit,
                                .workers = (uint32_t)options->workers,
                                .resume = options->resume,
                                .shard_index = options->shard_index,
                                .shard_count = options->shard_count,
                                .measure = measure,
                                .progress = progress.shown ? &progress.hooks : NULL};
    enum status status = press_print(press, &order, &totals, &error);
    progress_close(&progress);
    if (status != OK)
        return words_fail(&error);
    if (totals.already_done) {
        words_say(&(struct error){.message = MSG_ALREADY_DONE});
        return 0;
    }
    if (!options->quiet)
        command_totals(&totals);
    if (measure)
        say_measure(&totals, options->start_ms);
    return totals.held ? EXIT_HELD : 0;
}

int command_keygen(const struct options *options)
{
    struct error error = {0};
    return press_keygen(options->word[0], &error) == OK ? 0 : words_fail(&error);
}
