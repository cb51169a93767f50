#include "base/os_run.h"

#include "base/os.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

#define LOOK_MS 100

/* /dev/null for 0, 1 and 2; nothing else. */
static int no_files(posix_spawn_file_actions_t *actions)
{
    int failed = posix_spawn_file_actions_addopen(actions, 0, "/dev/null", O_RDONLY, 0);
    for (int fd = 1; failed == 0 && fd <= 2; fd++)
        failed = posix_spawn_file_actions_addopen(actions, fd, "/dev/null", O_WRONLY, 0);
    return failed ? failed : posix_spawn_file_actions_addclosefrom_np(actions, 3);
}

/* A group of its own; signals as a shell would give them, also those that we ignore or hold back. */
static int own_group(posix_spawnattr_t *attributes)
{
    sigset_t all, none;
    sigfillset(&all);
    sigemptyset(&none);
    int failed = posix_spawnattr_setflags(
        attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    if (failed == 0)
        failed = posix_spawnattr_setpgroup(attributes, 0);
    if (failed == 0)
        failed = posix_spawnattr_setsigdefault(attributes, &all);
    return failed ? failed : posix_spawnattr_setsigmask(attributes, &none);
}

/* 0, or why it was not started. */
static int start(const struct os_run *run, pid_t *child)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    char *arguments[16];
    size_t count = 0;
    for (; run->arguments[count]; count++) {
        if (count + 1 == sizeof arguments / sizeof *arguments)
            return E2BIG;
        memcpy(&arguments[count], &run->arguments[count], sizeof *arguments); /* not written to */
    }
    arguments[count] = NULL;
    if (posix_spawn_file_actions_init(&actions) != 0)
        return ENOMEM;
    int failed = posix_spawnattr_init(&attributes);
    if (failed == 0) {
        failed = no_files(&actions);
        if (failed == 0)
            failed = own_group(&attributes);
        if (failed == 0)
            failed = posix_spawnp(child, arguments[0], &actions, &attributes, arguments, environ);
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    return failed;
}

static void rest(void)
{
    struct timespec pause = {0, LOOK_MS * 1000000L};
    (void)nanosleep(&pause, NULL);
}

/* True when it has ended; else its time was up. Looks often at first: most programs are short. */
static bool wait_for(const struct os_run *run, pid_t child, int *status)
{
    uint64_t begun = os_clock_ms();
    for (;;) {
        pid_t ended = waitpid(child, status, WNOHANG);
        if (ended == child || (ended < 0 && errno != EINTR))
            return ended == child;
        if (os_clock_ms() - begun >= (uint64_t)run->seconds * 1000 ||
            (run->stop && run->stop(run->context)))
            return false;
        rest();
    }
}

enum status os_run(const struct os_run *run, enum os_run_end *end, int *code, struct error *error)
{
    pid_t child = 0;
    int status = 0, failed = start(run, &child);
    *end = RUN_NOT_STARTED;
    *code = failed;
    if (failed)
        return failed == ENOMEM || failed == EAGAIN ? error_set(error, MSG_NO_MEMORY) : OK;
    bool ended = wait_for(run, child, &status);
    kill(-child, SIGKILL); /* whatever it has left behind; the group is gone when nothing is */
    while (!ended && waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    *end = !ended ? RUN_STOPPED : WIFEXITED(status) ? RUN_EXITED : RUN_KILLED;
    *code = WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status);
    return OK;
}
