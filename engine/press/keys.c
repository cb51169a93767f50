/* press/keys.c -- the job's keys as a table, for `--help job` and the README. */
#include "press/press.h"

#include "job/job.h"

#include <stdio.h>

/* `a | b` would end a cell of the table. */
static size_t put_cell(char *out, size_t room, const char *words)
{
    size_t size = 0;
    for (; *words && size + 3 < room; words++) {
        if (*words == '|')
            out[size++] = '\\';
        out[size++] = *words;
    }
    out[size] = '\0';
    return size;
}

static enum status put_key(const struct job_key *key, const struct sink *out, struct error *error)
{
    char line[1024], type[256], meaning[512];
    (void)put_cell(type, sizeof type, key->type);
    (void)put_cell(meaning, sizeof meaning, key->meaning);
    int size = snprintf(line, sizeof line, "| `%s` | %s | %s | %s | %s |\n", key->path, type,
                        key->preset, key->since, meaning);
    if (size < 0 || (size_t)size >= sizeof line)
        return error_set(error, MSG_BUG);
    return sink_write(out, line, (size_t)size, error);
}

enum status press_keys(const struct sink *out, struct error *error)
{
    static const char head[] =
        "| key | type | default | since | meaning |\n|---|---|---|---|---|\n";
    enum status status = sink_write(out, head, sizeof head - 1, error);
    for (size_t i = 0; status == OK && job_key(i); i++)
        status = put_key(job_key(i), out, error);
    return status;
}
