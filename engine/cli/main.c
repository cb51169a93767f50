/* cli/main.c -- the command line: words to stderr, data to stdout, exit codes of the README. */
#include "cli/commands.h"
#include "cli/words.h"

#include "base/digest.h"
#include "base/memory.h"
#include "base/os.h"

/* A command either works on one job, or opens what it needs. check tells a job's problems itself. */
static const struct {
    int (*with_job)(struct press *press, const struct options *options);
    int (*alone)(const struct options *options);
} runs[COMMANDS] = {
    [COMMAND_PRINT] = {.with_job = command_print},
    [COMMAND_PREVIEW] = {.with_job = command_preview},
    [COMMAND_EXPLAIN] = {.with_job = command_explain},
    [COMMAND_BARCODE] = {.alone = command_barcode},
    [COMMAND_KEYGEN] = {.alone = command_keygen},
    [COMMAND_VERIFY] = {.with_job = command_verify},
    [COMMAND_EXTRACT] = {.with_job = command_extract},
    [COMMAND_DUMMY] = {.with_job = command_dummy},
    [COMMAND_PURGE] = {.alone = command_purge},
    [COMMAND_WHERE] = {.alone = command_where},
    [COMMAND_PULL] = {.alone = command_pull},
    [COMMAND_REPRINT] = {.alone = command_reprint},
    [COMMAND_JOIN] = {.alone = command_join},
    [COMMAND_VOICE] = {.with_job = command_voice},
    [COMMAND_VOICE_CHECK] = {.alone = command_voice_check},
    [COMMAND_ENVELOPE] = {.with_job = command_envelope},
};

static int run(const struct options *options, struct problems *problems)
{
    enum command command = options->command;
    struct press_settings settings = {
        .job = command == COMMAND_VERIFY ? options->job : options->word[0],
        .data = options->data,
        .input = options->input,
        .extract = command == COMMAND_EXTRACT || command == COMMAND_DUMMY};
    struct press *press = NULL;
    bool check = command == COMMAND_CHECK;

    if (runs[command].alone)
        return runs[command].alone(options);
    enum status status = settings.job ? press_open(&settings, &press, problems) : OK;
    int exit = check ? 0 : words_say_problems(problems);
    uint32_t said = problems->count;
    if (check)
        exit = command_check(press, options, problems);
    else if (status == OK)
        exit = runs[command].with_job(press, options);
    if (!check) /* warnings that the work itself has met with */
        words_say_later(problems, said);
    press_close(press);
    return exit;
}

/* Nothing is written yet, so nothing is to be put in order. */
static void end_without_memory(void)
{
    os_end(words_fail(&(struct error){.message = MSG_NO_MEMORY}));
}

static int version(void)
{
    static const char line[] = "oshirase " OSHIRASE_VERSION "\n";
    struct error error = {0};
    return os_print_data(line, sizeof line - 1, &error) == OK ? 0 : words_fail(&error);
}

static enum status print_keys(struct error *error)
{
    struct sink out = words_stdout();
    return press_keys(&out, error);
}

int main(int count, char *words[])
{
    struct options options;
    struct error error = {0};
    uint64_t start_ms = os_clock_ms();

    os_harden();
    if (digest_library_start(end_without_memory, &error) != OK)
        return words_fail(&error);
    if (options_parse(count, words, &options, &error) != OK)
        return words_fail(&error);
    if (options.command == COMMAND_HELP)
        return options_help(&error) == OK ? 0 : words_fail(&error);
    if (options.command == COMMAND_HELP_JOB)
        return print_keys(&error) == OK ? 0 : words_fail(&error);
    if (options.command == COMMAND_VERSION)
        return version();
    options.start_ms = start_ms;
    struct problems *problems = memory_new(sizeof *problems);
    if (!problems) {
        (void)error_set(&error, MSG_NO_MEMORY);
        return words_fail(&error);
    }
    int exit = run(&options, problems);
    memory_free(problems, sizeof *problems);
    return exit;
}
