#include "base/os.h"

#include "base/memory.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define WORKERS_POLLED 1024

/* -- what the machine has -- */

uint32_t os_processors(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0 && CPU_COUNT(&set) > 0)
        return (uint32_t)CPU_COUNT(&set);
    long online = sysconf(_SC_NPROCESSORS_ONLN); /* more processors than the set has bits */
    return online > 0 ? (uint32_t)online : 1;
}

void *os_shared_new(size_t size)
{
    void *memory =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return memory == MAP_FAILED ? NULL : memory;
}

void os_shared_free(void *pointer, size_t size)
{
    if (!pointer)
        return;
    memory_wipe(pointer, size);
    munmap(pointer, size);
}

/* -- starting -- */

/* The terminal sends INT and HUP to all processes of the run; what becomes of it is for the parent to say. */
static void leave_signals_to_parent(void)
{
    sigset_t none;
    signal(SIGINT, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    signal(SIGTERM, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static _Noreturn void be_worker(pid_t parent, int channel, os_work *work, void *context)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    if (getppid() != parent) /* it died before we asked to be told */
        _exit(1);
    leave_signals_to_parent();
    _exit(work(context, channel));
}

enum status os_worker_start(struct os_worker *workers, uint32_t count, os_work *work, void *context,
                            struct error *error)
{
    int ends[2];
    pid_t parent = getpid();
    workers[count] = (struct os_worker){.channel = -1};
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        return error_set(error, MSG_WORKER_START);
    pid_t child = fork();
    if (child == 0) {
        for (uint32_t i = 0; i < count; i++)
            if (workers[i].channel >= 0)
                close(workers[i].channel);
        close(ends[0]);
        be_worker(parent, ends[1], work, context);
    }
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        return error_set(error, MSG_WORKER_START);
    }
    workers[count].pid = child;
    workers[count].channel = ends[0];
    return OK;
}

/* -- messages -- */

enum status os_message_send(int channel, const void *bytes, size_t size, struct error *error)
{
    ssize_t count = -1;
    if (size == 0 || size > OS_MESSAGE_LIMIT)
        return error_set(error, MSG_BUG);
    do
        count = send(channel, bytes, size, MSG_NOSIGNAL);
    while (count < 0 && errno == EINTR);
    if (count == (ssize_t)size)
        return OK;
    return error_set(error, count < 0 && errno == ENOMEM ? MSG_NO_MEMORY : MSG_WORKER_GONE);
}

/* ECONNRESET: it died with messages unread, told once; what it had sent before is still to come. */
static bool retry(int number)
{
    return number == EINTR || number == ECONNRESET;
}

enum status os_message_receive(int channel, void *bytes, size_t room, size_t *size,
                               struct error *error)
{
    ssize_t count = -1;
    *size = 0;
    do
        count = recv(channel, bytes, room, MSG_TRUNC);
    while (count < 0 && retry(errno));
    if (count < 0)
        return error_set(error, MSG_WORKER_GONE);
    if ((size_t)count > room)
        return error_set(error, MSG_BUG);
    *size = (size_t)count;
    return OK;
}

/* -- waiting -- */

static bool has_message(int channel)
{
    char byte;
    ssize_t count;
    do
        count = recv(channel, &byte, 1, MSG_PEEK | MSG_DONTWAIT | MSG_TRUNC);
    while (count < 0 && retry(errno));
    return count > 0;
}

static void tell_worker(const struct os_worker *workers, uint32_t index, struct os_event *event)
{
    event->worker = index;
    event->kind = has_message(workers[index].channel) ? OS_EVENT_MESSAGE : OS_EVENT_GONE;
}

/* Milliseconds left, as poll takes them. */
static int left_of(uint64_t start, uint64_t timeout_ms)
{
    uint64_t gone = os_clock_ms() - start;
    uint64_t left = gone < timeout_ms ? timeout_ms - gone : 0;
    return left < 1000000 ? (int)left : 1000000;
}

enum status os_workers_wait(const struct os_worker *workers, uint32_t count,
                            const struct os_signals *signals, uint64_t timeout_ms,
                            struct os_event *event, struct error *error)
{
    struct pollfd polled[WORKERS_POLLED + 1];
    uint64_t start = os_clock_ms();
    uint32_t turn = event->worker;
    int ready;
    if (count > WORKERS_POLLED)
        return error_set(error, MSG_BUG);
    for (uint32_t i = 0; i < count; i++)
        polled[i] = (struct pollfd){.fd = workers[i].channel, .events = POLLIN};
    polled[count] = (struct pollfd){.fd = signals ? signals->fd : -1, .events = POLLIN};
    do
        ready = poll(polled, count + 1, left_of(start, timeout_ms));
    while (ready < 0 && errno == EINTR);
    event->kind = OS_EVENT_NOTHING;
    event->signal = 0;
    if (ready < 0)
        return error_set(error, errno == ENOMEM ? MSG_NO_MEMORY : MSG_READ_FAILED);
    if (polled[count].revents && (event->signal = os_signals_take(signals)))
        event->kind = OS_EVENT_SIGNAL;
    for (uint32_t i = 1; event->kind == OS_EVENT_NOTHING && i <= count; i++)
        if (polled[(turn + i) % count].revents)
            tell_worker(workers, (turn + i) % count, event);
    return OK;
}

/* -- ending -- */

void os_worker_kill(const struct os_worker *worker)
{
    if (worker->pid > 0)
        kill((pid_t)worker->pid, SIGKILL);
}

void os_worker_end(struct os_worker *worker)
{
    int result = 0;
    pid_t found;
    if (worker->channel >= 0)
        close(worker->channel);
    worker->channel = -1;
    if (worker->pid <= 0)
        return;
    do
        found = waitpid((pid_t)worker->pid, &result, 0);
    while (found < 0 && errno == EINTR);
    worker->pid = 0;
    worker->killed = found > 0 && WIFSIGNALED(result);
    worker->code = found < 0 ? -1 : WIFSIGNALED(result) ? WTERMSIG(result) : WEXITSTATUS(result);
}
