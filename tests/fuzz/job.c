/* Any bytes as a job file: no crash, and a result that fits its status. */
#include "job/job.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct problems problems;
    static struct job job;
    struct arena arena;
    enum status status;

    if (size > 1u << 16)
        return 0;
    memset(&problems, 0, sizeof problems);
    arena_open(&arena, LIMIT_JOB_ARENA);
    status = job_parse((struct text){(const char *)data, (uint32_t)size}, "fuzz/job.yaml", &arena,
                       &job, &problems);
    if (status == REJECT || (status == STOP && problems.count == 0))
        abort();
    if (status == OK && (job.name.length == 0 || job.input.file.length == 0 ||
                         job.output.lot_letters == 0 || job.notice.as_of.year == 0))
        abort();
    arena_close(&arena);
    return 0;
}
