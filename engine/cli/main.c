/* cli/main.c -- the command line: words to stderr, data to stdout, exit codes of the README. */
#include "cli/commands.h"
#include "cli/words.h"

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
};

static int run(const struct options *options, struct problems *problems)
{
    struct press_settings settings = {options->word[0], options->data, options->input};
    struct press *press = NULL;
    bool check = options->command == COMMAND_CHECK;

    if (runs[options->command].alone)
        return runs[options->command].alone(options);
    enum status status = press_open(&settings, &press, problems);
    int exit = check ? 0 : words_say_problems(problems);
    if (check)
        exit = command_check(press, options, problems);
    else if (status == OK)
        exit = runs[options->command].with_job(press, options);
    press_close(press);
    return exit;
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
