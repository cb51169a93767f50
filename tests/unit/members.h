/* tests/unit/members.h -- member files for the tests of intake and guard: a file, a job that names it, and
 * the intake open on it. Everything stands in one struct and goes with members_close. */
#ifndef TESTS_MEMBERS_H
#define TESTS_MEMBERS_H

#include "intake/intake.h"

#include <stdlib.h>
#include <unistd.h>

struct members {
    struct job job;
    struct arena arena;
    struct intake *intake; /* NULL: refused */
    struct error error;
    char path[64];
};

/* Prepares a job without aliases and extras, and a file that holds the bytes. */
static void members_prepare(struct members *members, const void *bytes, size_t size)
{
    memset(members, 0, sizeof *members);
    arena_open(&members->arena, LIMIT_JOB_ARENA);
    members->job.path = "job.yaml";
    memcpy(members->path, "/tmp/members-XXXXXX", 20);
    int fd = mkstemp(members->path);
    assert_true(fd >= 0);
    assert_true(write(fd, bytes, size) == (ssize_t)size);
    close(fd);
    memcpy(members->job.folder, "/tmp", 5);
    members->job.input.file = text_of(members->path + 5);
}

static enum status members_open(struct members *members)
{
    return intake_open(&members->job, NULL, &members->arena, &members->intake, &members->error);
}

static void members_close(struct members *members)
{
    intake_close(members->intake);
    arena_close(&members->arena);
    unlink(members->path);
}

#endif
