/* cli/main.c -- the command line: words to stderr, data to stdout, exit codes of the README. */
#include "cli/options.h"
#include "cli/progress.h"

#include "base/memory.h"
#include "base/os.h"
#include "press/press.h"

#include <stdio.h>

#define STDERR 2
#define EXIT_HELD 3

static enum language language(void)
{
    return os_locale_is_japanese() ? LANGUAGE_JAPANESE : LANGUAGE_ENGLISH;
}

static void say(const struct error *error)
{
    char line[1024];
    size_t size = error_format(error, language(), line, sizeof line - 1);
    line[size] = '\n';
    os_print(STDERR, "oshirase: ", 10);
    os_print(STDERR, line, size + 1);
}

static int fail(const struct error *error)
{
    say(error);
    return message_exit(error->message);
}

/* Every problem of the job, each told; gives the exit of the first that stops. */
static int tell_problems(const struct problems *problems,
                         void (*tell)(void *context, const struct error *error), void *context)
{
    int exit = 0;
    for (uint32_t i = 0; i < problems->count; i++) {
        tell(context, &problems->list[i]);
        if (exit == 0)
            exit = message_exit(problems->list[i].message);
    }
    if (problems->lost) {
        struct error more = {.message = MSG_MORE_PROBLEMS, .have = problems->lost};
        tell(context, &more);
    }
    return exit;
}

static void say_problem(void *context, const struct error *error)
{
    (void)context;
    say(error);
}

static int say_problems(const struct problems *problems)
{
    return tell_problems(problems, say_problem, NULL);
}

/* -- print -- */

static void say_totals(const struct press_totals *totals)
{
    static const char *const words[][6] = {
        {" records: ", " printed, ", " protected, ", " held, ", " follow-up; ", " sheets"},
        {" 件: 印字 ", "、不開示 ", "、保留 ", "、別途対応 ", "、", " 枚"}};
    const uint64_t numbers[] = {totals->records, totals->printed,   totals->protected_letters,
                                totals->held,    totals->follow_up, totals->pages};
    char line[240];
    size_t size = 0;
    for (int i = 0; i < 6; i++)
        size += (size_t)snprintf(line + size, sizeof line - size, "%llu%s",
                                 (unsigned long long)numbers[i], words[language()][i]);
    line[size++] = '\n';
    os_print(STDERR, line, size);
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
        os_print(STDERR, line, (size_t)size);
}

static int print(struct press *press, const struct options *options, uint64_t start_ms)
{
    struct error error = {0};
    struct press_totals totals = {0};
    struct progress progress;
    bool measure = os_environment("OSHIRASE_MEASURE") != NULL;

    progress_open(&progress, options->quiet);
    struct print_order order = {.out = options->out,
                                .protected_out = options->protected_out,
                                .limit = options->limit,
                                .measure = measure,
                                .progress = progress.shown ? &progress.hooks : NULL};
    enum status status = press_print(press, &order, &totals, &error);
    progress_close(&progress);
    if (status != OK)
        return fail(&error);
    if (!options->quiet)
        say_totals(&totals);
    if (measure)
        say_measure(&totals, start_ms);
    return totals.held ? EXIT_HELD : 0;
}

/* -- preview, explain -- */

static enum status to_stdout(void *context, const void *bytes, size_t size, struct error *error)
{
    (void)context;
    return os_print_data(bytes, size, error);
}

static int preview(struct press *press, const struct options *options)
{
    struct error error = {0};
    struct sink line = {to_stdout, NULL};
    struct preview_order order = {options->id, options->out, options->dpi, options->guides};
    if (press_preview(press, &order, &line, &error) == OK)
        return 0;
    int exit = fail(&error);
    return exit ? exit : 3; /* a follow-up has no letter: no older file may be taken for it */
}

static int explain(struct press *press, const struct options *options)
{
    struct error error = {0};
    struct sink out = {to_stdout, NULL};
    return press_explain(press, options->id, &out, &error) == OK ? 0 : fail(&error);
}

/* -- check: the list of problems is its data -- */

#define REASONS 256 /* more than there are reasons to hold a record */

struct check {
    bool json, failed;
    struct error error;
    struct {
        enum message message;
        uint64_t records;
    } reasons[REASONS];
    uint32_t reason_count;
};

/* A name in JSON: ours or the job's, so quotes and backslashes are all that could harm. */
static int put_name(char *out, size_t room, const char *key, const char *name)
{
    size_t size = (size_t)snprintf(out, room, ",\"%s\":\"", key);
    for (; *name && size + 4 < room; name++) {
        if (*name == '"' || *name == '\\')
            out[size++] = '\\';
        out[size++] = *name;
    }
    out[size++] = '"';
    return (int)size;
}

static size_t json_line(const struct error *error, char *line, size_t room)
{
    size_t size = (size_t)snprintf(line, room, "{\"number\":%d,\"token\":\"%s\"", error->message,
                                   message_token(error->message));
    if (*error->file)
        size += (size_t)put_name(line + size, room - size, "file", error->file);
    if (error->line)
        size += (size_t)snprintf(line + size, room - size, ",\"line\":%u", error->line);
    if (error->row)
        size += (size_t)snprintf(line + size, room - size, ",\"row\":%llu",
                                 (unsigned long long)error->row);
    if (*error->name)
        size += (size_t)put_name(line + size, room - size, "column", error->name);
    if (error->code_point)
        size += (size_t)snprintf(line + size, room - size, ",\"code_point\":\"U+%04X\"",
                                 error->code_point);
    if (error->selector)
        size +=
            (size_t)snprintf(line + size, room - size, ",\"selector\":\"U+%04X\"", error->selector);
    size += (size_t)snprintf(line + size, room - size, "}\n");
    return size;
}

static void put_problem(void *context, const struct error *error)
{
    struct check *check = context;
    char line[1024];
    size_t size;
    if (check->failed)
        return;
    if (check->json) {
        size = json_line(error, line, sizeof line);
    } else {
        size = error_format(error, language(), line, sizeof line - 1);
        line[size++] = '\n';
    }
    check->failed = os_print_data(line, size, &check->error) != OK;
}

static void put_held(void *context, const struct error *error)
{
    struct check *check = context;
    uint32_t at = 0;
    while (at < check->reason_count && check->reasons[at].message != error->message)
        at++;
    if (at == check->reason_count && at < REASONS)
        check->reasons[check->reason_count++].message = error->message;
    if (at < REASONS)
        check->reasons[at].records++;
    put_problem(context, error);
}

/* One reason, and how many records are held for it: as JSON it is data, else it belongs to the words of the totals. */
static void put_reason(struct check *check, enum message message, uint64_t records)
{
    char line[256];
    const char *token = message_token(message);
    unsigned long long count = records;
    int size = check->json
                   ? snprintf(line, sizeof line, "{\"number\":%d,\"token\":\"%s\",\"held\":%llu}\n",
                              (int)message, token, count)
                   : snprintf(line, sizeof line, "  [%d] %s: %llu\n", (int)message, token, count);
    if (!check->json)
        os_print(STDERR, line, (size_t)size);
    else if (!check->failed)
        check->failed = os_print_data(line, (size_t)size, &check->error) != OK;
}

/* Totals per reason, by number. */
static void put_reasons(struct check *check)
{
    int last = 0;
    for (uint32_t told = 0; told < check->reason_count; told++) {
        uint32_t next = check->reason_count;
        for (uint32_t i = 0; i < check->reason_count; i++)
            if ((int)check->reasons[i].message > last &&
                (next == check->reason_count ||
                 check->reasons[i].message < check->reasons[next].message))
                next = i;
        last = (int)check->reasons[next].message;
        put_reason(check, check->reasons[next].message, check->reasons[next].records);
    }
}

static int check(struct press *press, const struct options *options,
                 const struct problems *problems)
{
    struct check state = {.json = options->json};
    struct press_totals totals = {0};
    struct progress progress;

    progress_open(&progress, options->quiet);
    struct check_order order = {put_held, &state, progress.shown ? &progress.hooks : NULL};
    (void)tell_problems(problems, put_problem, &state);
    enum status status = press_check(press, &order, &totals, &state.error);
    progress_close(&progress);
    if (status != OK) {
        put_problem(&state, &state.error);
        return message_exit(state.error.message);
    }
    if (!options->quiet)
        say_totals(&totals);
    if (state.json || !options->quiet)
        put_reasons(&state);
    if (state.failed)
        return fail(&state.error);
    return totals.held ? EXIT_HELD : 0;
}

/* check of a job that cannot be opened: its problems are the data */
static int check_unopened(const struct options *options, const struct problems *problems)
{
    struct check state = {.json = options->json};
    int exit = tell_problems(problems, put_problem, &state);
    return state.failed ? fail(&state.error) : exit;
}

static int run(const struct options *options, struct problems *problems)
{
    struct press_settings settings = {options->job, options->data, options->input};
    struct press *press = NULL;
    uint64_t start_ms = os_clock_ms();
    int exit = 0;

    if (press_open(&settings, &press, problems) != OK)
        return options->command == COMMAND_CHECK ? check_unopened(options, problems)
                                                 : say_problems(problems);
    if (options->command != COMMAND_CHECK)
        (void)say_problems(problems);
    if (options->command == COMMAND_PRINT)
        exit = print(press, options, start_ms);
    else if (options->command == COMMAND_PREVIEW)
        exit = preview(press, options);
    else if (options->command == COMMAND_EXPLAIN)
        exit = explain(press, options);
    else
        exit = check(press, options, problems);
    press_close(press);
    return exit;
}

static int version(void)
{
    static const char line[] = "oshirase " OSHIRASE_VERSION "\n";
    struct error error = {0};
    return os_print_data(line, sizeof line - 1, &error) == OK ? 0 : fail(&error);
}

int main(int count, char *words[])
{
    struct options options;
    struct error error = {0};

    os_harden();
    if (options_parse(count, words, &options, &error) != OK)
        return fail(&error);
    if (options.command == COMMAND_HELP)
        return options_help(&error) == OK ? 0 : fail(&error);
    if (options.command == COMMAND_HELP_JOB)
        return press_keys(&(struct sink){to_stdout, NULL}, &error) == OK ? 0 : fail(&error);
    if (options.command == COMMAND_VERSION)
        return version();
    struct problems *problems = memory_new(sizeof *problems);
    if (!problems) {
        (void)error_set(&error, MSG_NO_MEMORY);
        return fail(&error);
    }
    int exit = run(&options, problems);
    memory_free(problems, sizeof *problems);
    return exit;
}
