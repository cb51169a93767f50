/* job_text.h -- a good job file and changes to it, for the tests of the job. */
#ifndef TESTS_JOB_TEXT_H
#define TESTS_JOB_TEXT_H

#include "job/job.h"

#include "unit/check.h"

#include <stdlib.h>

/* Lines are counted by the rows: do not reorder. */
#define GOOD_JOB                                                                                   \
    "job: r6-zenken-01\n"              /* 1 */                                                     \
    "insurer:\n"                       /* 2 */                                                     \
    "  kind: kenpo\n"                  /* 3 */                                                     \
    "  name: 架空健康保険組合\n"       /* 4 */                                                     \
    "  number: 06139992\n"             /* 5 */                                                     \
    "notice:\n"                        /* 6 */                                                     \
    "  edition: 2024-01\n"             /* 7 */                                                     \
    "  as_of: 2024-09-10\n"            /* 8 */                                                     \
    "  issued: 2024-10-01\n"           /* 9 */                                                     \
    "input:\n"                         /* 10 */                                                    \
    "  file: members.csv\n"            /* 11 */

struct read_job {
    struct arena arena;
    struct problems problems;
    struct job job;
    enum status status;
};

/* Reads GOOD_JOB with the first `old` in it replaced by `new_text`; old NULL: new_text is put behind it.
 * Release with job_forget. */
static inline struct read_job *job_with(const char *old, const char *new_text)
{
    struct read_job *read = calloc(1, sizeof *read);
    const char *good = GOOD_JOB, *at = old ? strstr(good, old) : good + strlen(good);
    size_t cut = old ? strlen(old) : 0;
    char *source = malloc(strlen(good) + strlen(new_text) + 1);
    int length;

    if (!read || !source || !at)
        abort();
    length = sprintf(source, "%.*s%s%s", (int)(at - good), good, new_text, at + cut);
    arena_open(&read->arena, LIMIT_JOB_ARENA);
    read->status = job_parse((struct text){source, (uint32_t)length}, "some/folder/job.yaml", &read->arena,
                             &read->job, &read->problems);
    memset(source, '#', (size_t)length); /* nothing may point into the source */
    free(source);
    return read;
}

static inline void job_forget(struct read_job *read)
{
    arena_close(&read->arena);
    free(read);
}

static inline const struct error *problem_find(const struct read_job *read, enum message message)
{
    for (uint32_t i = 0; i < read->problems.count; i++)
        if (read->problems.list[i].message == message)
            return &read->problems.list[i];
    return NULL;
}

#endif
