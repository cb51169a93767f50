#include "base/os.h"

#include <errno.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

static const int endings[] = {SIGINT, SIGTERM, SIGHUP};

_Static_assert(sizeof(sigset_t) <= sizeof(((struct os_signals *)0)->before), "mask fits");

/* A blocked signal is kept even when it is ignored, so what nohup has switched off must not be asked for. */
static void wanted(sigset_t *set)
{
    struct sigaction action;
    sigemptyset(set);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (sigaction(endings[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
            sigaddset(set, endings[i]);
}

enum status os_signals_open(struct os_signals *out, struct error *error)
{
    sigset_t set, before;
    wanted(&set);
    *out = (struct os_signals){.fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC)};
    if (out->fd < 0)
        return error_set(error, errno == ENOMEM ? MSG_NO_MEMORY : MSG_OPEN_FAILED);
    sigprocmask(SIG_BLOCK, &set, &before);
    memcpy(out->before, &before, sizeof before);
    return OK;
}

int os_signals_take(const struct os_signals *signals)
{
    struct signalfd_siginfo facts;
    if (signals->fd < 0 || read(signals->fd, &facts, sizeof facts) != sizeof facts)
        return 0;
    return (int)facts.ssi_signo;
}

void os_signals_end(struct os_signals *signals)
{
    if (signals->fd >= 0)
        close(signals->fd);
    signals->fd = -1;
}

/* What came and was not taken is taken here: the end that it asked for is at hand. */
void os_signals_close(struct os_signals *signals)
{
    sigset_t before;
    if (signals->fd < 0)
        return;
    while (os_signals_take(signals))
        continue;
    memcpy(&before, signals->before, sizeof before);
    sigprocmask(SIG_SETMASK, &before, NULL);
    close(signals->fd);
    signals->fd = -1;
}
