/* cli/command_after.c -- `where`, `pull`, `reprint`, `join`: what happens to finished output. */
#include "cli/commands.h"
#include "cli/words.h"

#include "press/join.h"
#include "press/pull.h"
#include "press/reprint.h"
#include "press/where.h"

#include <stdio.h>

static enum status to_words(void *context, const void *bytes, size_t size, struct error *error)
{
    const struct options *options = context;
    (void)error;
    if (!options->quiet)
        words_put(bytes, size);
    return OK;
}

static struct sink summary(const struct options *options)
{
    return (struct sink){to_words, (void *)(uintptr_t)options};
}

static void tell(void *context, const struct error *error)
{
    (void)context;
    words_say(error);
}

int command_where(const struct options *options)
{
    struct error error = {0};
    const struct sink data = words_stdout(), words = summary(options);
    const struct where_order order = {.out = options->word[0],
                                      .id = options->id,
                                      .tracking = options->tracking,
                                      .seqs = options->seqs};
    return press_where(&order, &data, &words, &error) == OK ? 0 : words_fail(&error);
}

int command_pull(const struct options *options)
{
    struct error error = {0};
    const struct sink data = words_stdout(), words = summary(options);
    const struct pull_order order = {.out = options->word[0],
                                     .ids = options->ids,
                                     .reason = options->reason,
                                     .fonts = options->data,
                                     .secret = options->secret,
                                     .found = tell};
    return press_pull(&order, &data, &words, &error) == OK ? 0 : words_fail(&error);
}

int command_join(const struct options *options)
{
    struct error error = {0};
    struct join_totals totals = {0};
    char line[200];
    const struct join_order order = {.shares = options->word,
                                     .count = options->words,
                                     .out = options->out,
                                     .hidden = options->hidden.value,
                                     .hidden_count = options->hidden.count,
                                     .protected_out = options->protected_out,
                                     .secret = options->secret};
    if (press_join(&order, &totals, &error) != OK)
        return words_fail(&error);
    if (totals.already_done) {
        words_say(&(struct error){.message = MSG_ALREADY_DONE});
        return 0;
    }
    int size = snprintf(line, sizeof line,
                        "%u shares: %llu records, %llu letters, %llu pieces, %llu sheets in %llu "
                        "lots\n",
                        (unsigned)options->words, (unsigned long long)totals.records,
                        (unsigned long long)totals.letters, (unsigned long long)totals.pieces,
                        (unsigned long long)totals.sheets, (unsigned long long)totals.lots);
    if (!options->quiet && size > 0)
        words_put(line, (size_t)size);
    return 0;
}

static void say_reprint(const struct options *options, const struct reprint_totals *totals)
{
    char line[200];
    int size = snprintf(
        line, sizeof line, "reprint %llu: %llu letters, %llu pieces, %llu sheets in %llu lots%s\n",
        (unsigned long long)totals->number, (unsigned long long)totals->letters,
        (unsigned long long)totals->pieces, (unsigned long long)totals->sheets,
        (unsigned long long)totals->lots, options->sheet ? " (single letters)" : " (whole pieces)");
    if (!options->quiet && size > 0)
        words_put(line, (size_t)size);
}

int command_reprint(const struct options *options)
{
    struct error error = {0};
    struct reprint_totals totals;
    const struct sink words = summary(options);
    const struct reprint_order order = {.from = options->word[0],
                                        .out = options->out,
                                        .reason = options->reason,
                                        .seqs = options->seqs,
                                        .id = options->id,
                                        .log = options->log,
                                        .secret = options->secret,
                                        .sheet = options->sheet,
                                        .found = tell};
    if (press_reprint(&order, &words, &totals, &error) != OK)
        return words_fail(&error);
    if (totals.already_done)
        words_say(&(struct error){.message = MSG_ALREADY_DONE});
    else if (!totals.nothing)
        say_reprint(options, &totals);
    return 0;
}
