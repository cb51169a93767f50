/* cli/command_check.c -- `check`: the list of problems is its data. */
#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/words.h"

#include "base/os.h"

#include <stdio.h>

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
        size = error_format(error, words_language(), line, sizeof line - 1);
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
        words_put(line, (size_t)size);
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

int command_check(struct press *press, const struct options *options,
                  const struct problems *problems)
{
    struct check state = {.json = options->json};
    struct press_totals totals = {0};
    struct progress progress;

    if (!press) {
        int exit = words_problems(problems, put_problem, &state);
        return state.failed ? words_fail(&state.error) : exit;
    }
    progress_open(&progress, options->quiet);
    struct check_order order = {put_held, &state, progress.shown ? &progress.hooks : NULL};
    (void)words_problems(problems, put_problem, &state);
    enum status status = press_check(press, &order, &totals, &state.error);
    progress_close(&progress);
    if (status != OK) {
        put_problem(&state, &state.error);
        return message_exit(state.error.message);
    }
    if (!options->quiet)
        command_totals(&totals);
    if (state.json || !options->quiet)
        put_reasons(&state);
    if (state.failed)
        return words_fail(&state.error);
    return totals.held ? EXIT_HELD : 0;
}
