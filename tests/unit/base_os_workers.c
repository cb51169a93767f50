#include "unit/check.h"

#include "base/os.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static struct error error;

/* Gives back every message with its bytes turned; the first byte says what else to do. */
static int echo(void *context, int channel)
{
    static uint8_t bytes[OS_MESSAGE_LIMIT];
    struct error problem;
    size_t size;
    (void)context;
    while (os_message_receive(channel, bytes, sizeof bytes, &size, &problem) == OK && size) {
        if (bytes[0] == 'k')
            raise(SIGKILL);
        if (bytes[0] == 'x')
            return 7;
        for (size_t i = 0; i < size; i++)
            bytes[i] ^= 0xFF;
        if (os_message_send(channel, bytes, size, &problem) != OK)
            return 8;
    }
    return size == 0 ? 0 : 9;
}

static void messages(void **state)
{
    (void)state;
    static uint8_t out[OS_MESSAGE_LIMIT + 1], in[OS_MESSAGE_LIMIT];
    static const size_t sizes[] = {1, 2, 100, 4096, 4097, OS_MESSAGE_LIMIT};
    struct os_worker workers[1];
    size_t size;
    for (size_t i = 0; i < sizeof out; i++)
        out[i] = (uint8_t)(i * 31 + 1);
    row_check(1, os_worker_start(workers, 0, echo, NULL, &error) == OK && workers[0].pid > 0);
    for (int i = 0; i < 6; i++) {
        bool good = os_message_send(workers[0].channel, out, sizes[i], &error) == OK &&
                    os_message_receive(workers[0].channel, in, sizeof in, &size, &error) == OK &&
                    size == sizes[i];
        for (size_t j = 0; good && j < size; j++)
            good = (in[j] ^ out[j]) == 0xFF;
        row_check(10 + i, good);
    }
    row_check(20, os_message_send(workers[0].channel, out, 0, &error) == STOP &&
                      error.message == MSG_BUG);
    row_check(21, os_message_send(workers[0].channel, out, sizeof out, &error) == STOP);
    row_check(22, os_message_send(workers[0].channel, out, 100, &error) == OK);
    row_check(23, os_message_receive(workers[0].channel, in, 99, &size, &error) == STOP);
    row_check(24, error.message == MSG_BUG);
    os_worker_end(&workers[0]);
    row_check(25, workers[0].pid == 0 && !workers[0].killed && workers[0].code == 0);
    os_worker_end(&workers[0]);
    row_check(26, workers[0].code == 0 && workers[0].channel == -1);
    row_check(27, os_message_send(-1, out, 1, &error) == STOP && error.message == MSG_WORKER_GONE);
    row_check(28, message_exit(error.message) == 5);
    check_rows();
}

/* Several workers: each has its turn; the dead one is told, with how it ended, after all it had said. */
static void several(void **state)
{
    (void)state;
    enum { COUNT = 5, ROUNDS = 40 };
    struct os_worker workers[COUNT];
    struct os_event event = {.kind = OS_EVENT_NOTHING};
    unsigned turns[COUNT] = {0};
    char byte;
    size_t size;
    for (uint32_t i = 0; i < COUNT; i++)
        row_check((int)i, os_worker_start(workers, i, echo, NULL, &error) == OK);
    row_check(5, os_workers_wait(workers, COUNT, NULL, 20, &event, &error) == OK &&
                     event.kind == OS_EVENT_NOTHING);
    for (uint32_t i = 0; i < COUNT; i++)
        (void)!os_message_send(workers[i].channel, "a", 1, &error);
    for (unsigned round = 0; round < ROUNDS; round++) {
        row_check(10, os_workers_wait(workers, COUNT, NULL, 5000, &event, &error) == OK &&
                          event.kind == OS_EVENT_MESSAGE);
        turns[event.worker]++;
        (void)!os_message_receive(workers[event.worker].channel, &byte, 1, &size, &error);
        row_check(11, size == 1 && byte == (char)('a' ^ 0xFF));
        (void)!os_message_send(workers[event.worker].channel, "a", 1, &error);
        if (round % COUNT == COUNT - 1)
            os_sleep_ms(5); /* all are ready again */
    }
    for (uint32_t i = 0; i < COUNT; i++)
        row_check(20 + (int)i, turns[i] >= ROUNDS / COUNT - 3);
    (void)!os_message_send(workers[2].channel, "k", 1, &error);
    (void)!os_message_send(workers[3].channel, "x", 1, &error);
    unsigned gone = 0, said[COUNT] = {0};
    for (int i = 0; i < 20 && gone < 2; i++) {
        (void)!os_workers_wait(workers, COUNT, NULL, 5000, &event, &error);
        if (event.kind == OS_EVENT_MESSAGE) {
            (void)!os_message_receive(workers[event.worker].channel, &byte, 1, &size, &error);
            said[event.worker]++;
        } else if (event.kind == OS_EVENT_GONE) {
            uint32_t who = event.worker;
            os_worker_end(&workers[who]);
            row_check(30 + (int)who, said[who] == 1 && (who == 2 || who == 3));
            row_check(40 + (int)who, workers[who].killed == (who == 2));
            row_check(50 + (int)who, workers[who].code == (who == 2 ? SIGKILL : 7));
            gone++;
        }
    }
    row_check(60, gone == 2);
    os_worker_kill(&workers[0]);
    for (uint32_t i = 0; i < COUNT; i++)
        os_worker_end(&workers[i]);
    row_check(61, workers[0].killed && workers[0].code == SIGKILL && !workers[4].killed);
    row_check(62, os_workers_wait(workers, COUNT, NULL, 0, &event, &error) == OK &&
                      event.kind == OS_EVENT_NOTHING);
    check_rows();
}

/* Sends three words and dies with one of ours unread: what it said is still heard. */
static int talk_and_die(void *context, int channel)
{
    struct error problem;
    (void)context;
    for (int i = 0; i < 3; i++)
        (void)!os_message_send(channel, &"abc"[i], 1, &problem);
    os_sleep_ms(50);
    return 3;
}

static void last_words(void **state)
{
    (void)state;
    struct os_worker workers[1];
    struct os_event event = {.kind = OS_EVENT_NOTHING};
    char byte = 0;
    size_t size;
    row_check(1, os_worker_start(workers, 0, talk_and_die, NULL, &error) == OK);
    (void)!os_message_send(workers[0].channel, "unread", 6, &error);
    os_sleep_ms(150);
    for (int i = 0; i < 3; i++) {
        (void)!os_workers_wait(workers, 1, NULL, 1000, &event, &error);
        row_check(10 + i, event.kind == OS_EVENT_MESSAGE);
        row_check(20 + i, os_message_receive(workers[0].channel, &byte, 1, &size, &error) == OK &&
                              size == 1 && byte == "abc"[i]);
    }
    (void)!os_workers_wait(workers, 1, NULL, 1000, &event, &error);
    row_check(30, event.kind == OS_EVENT_GONE);
    row_check(31, os_message_send(workers[0].channel, "a", 1, &error) == STOP);
    row_check(32, error.message == MSG_WORKER_GONE);
    os_worker_end(&workers[0]);
    row_check(33, workers[0].code == 3);
    check_rows();
}

static int sleep_on(void *context, int channel)
{
    (void)context;
    (void)channel;
    os_sleep_ms(20000);
    return 0;
}

/* The parent of a worker is killed: the worker is gone too. */
static void orphans(void **state)
{
    (void)state;
    int ends[2];
    pid_t worker_pid = 0;
    if (pipe(ends) != 0)
        abort();
    pid_t child = fork();
    if (child == 0) {
        struct os_worker workers[1];
        (void)!os_worker_start(workers, 0, sleep_on, NULL, &error);
        worker_pid = (pid_t)workers[0].pid;
        (void)!write(ends[1], &worker_pid, sizeof worker_pid);
        raise(SIGKILL);
    }
    row_check(1,
              read(ends[0], &worker_pid, sizeof worker_pid) == sizeof worker_pid && worker_pid > 0);
    waitpid(child, NULL, 0);
    close(ends[1]); /* the worker holds the other copy: the end of the pipe tells that it is gone */
    alarm(10);
    char byte;
    row_check(2, read(ends[0], &byte, 1) == 0);
    alarm(0);
    close(ends[0]);
    check_rows();
}

static void signals(void **state)
{
    (void)state;
    struct os_signals open;
    struct os_event event = {.kind = OS_EVENT_NOTHING};
    struct os_worker workers[1];
    signal(SIGHUP, SIG_IGN); /* as nohup leaves it */
    row_check(1, os_signals_open(&open, &error) == OK && os_signals_take(&open) == 0);
    row_check(2, os_worker_start(workers, 0, echo, NULL, &error) == OK);
    raise(SIGHUP);
    row_check(3, os_signals_take(&open) == 0);
    raise(SIGTERM);
    row_check(4, os_signals_take(&open) == SIGTERM && os_signals_take(&open) == 0);
    (void)!os_message_send(workers[0].channel, "a", 1, &error);
    os_sleep_ms(50);
    raise(SIGINT);
    row_check(5, os_workers_wait(workers, 1, &open, 1000, &event, &error) == OK);
    row_check(6, event.kind == OS_EVENT_SIGNAL && event.signal == SIGINT); /* before the message */
    row_check(7, os_workers_wait(workers, 1, &open, 1000, &event, &error) == OK);
    row_check(8, event.kind == OS_EVENT_MESSAGE);
    kill((pid_t)workers[0].pid, SIGINT); /* the terminal's, to all: the worker stays */
    kill((pid_t)workers[0].pid, SIGHUP);
    char byte;
    size_t size;
    (void)!os_message_receive(workers[0].channel, &byte, 1, &size, &error);
    row_check(9, os_message_send(workers[0].channel, "b", 1, &error) == OK &&
                     os_message_receive(workers[0].channel, &byte, 1, &size, &error) == OK &&
                     byte == (char)('b' ^ 0xFF));
    kill((pid_t)workers[0].pid, SIGTERM);
    os_worker_end(&workers[0]);
    row_check(10, workers[0].killed && workers[0].code == SIGTERM);
    raise(SIGINT); /* not taken: taken by the close, not by the death of us */
    os_signals_close(&open);
    sigset_t now;
    sigprocmask(SIG_BLOCK, NULL, &now);
    row_check(11, !sigismember(&now, SIGINT) && !sigismember(&now, SIGTERM) && open.fd == -1);
    signal(SIGHUP, SIG_DFL);
    check_rows();
}

static int add_up(void *context, int channel)
{
    uint32_t *shared = context;
    (void)channel;
    shared[0] = 4711;
    return 0;
}

static void machine(void **state)
{
    (void)state;
    struct os_worker workers[1];
    uint32_t *shared = os_shared_new(10000000);
    row_check(1, os_processors() >= 1 && shared && shared[0] == 0 && shared[2499999] == 0);
    row_check(2, os_worker_start(workers, 0, add_up, shared, &error) == OK);
    os_worker_end(&workers[0]);
    row_check(3, shared[0] == 4711);
    os_shared_free(shared, 10000000);
    os_shared_free(NULL, 0);
    row_check(4, os_free_bytes("/tmp") > 0 && os_free_bytes("/none") == UINT64_MAX);
    check_rows();
}

/* -- folders -- */

static bool count_kind(void *context, const char *name, enum os_kind kind)
{
    unsigned *counts = context;
    counts[kind]++;
    return strcmp(name, "stop") != 0;
}

static void folders(void **state)
{
    (void)state;
    char home[] = "/tmp/oshirase-XXXXXX", inner[100], path[200], link[200];
    unsigned counts[3] = {0};
    uint64_t length;
    struct os_lock lock, other;
    if (!mkdtemp(home))
        abort();
    snprintf(inner, sizeof inner, "%s/inner", home);
    row_check(1, os_folder_make(inner, &error) == OK);
    static const char *const names[] = {"a", ".hidden", "deep/b", "deep/er/c"};
    snprintf(path, sizeof path, "%s/deep/er", inner);
    row_check(2, os_folder_make(path, &error) == OK);
    for (int i = 0; i < 4; i++) {
        snprintf(path, sizeof path, "%s/%s", inner, names[i]);
        close(open(path, O_CREAT | O_WRONLY, 0600));
    }
    snprintf(link, sizeof link, "%s/outside", home);
    close(open(link, O_CREAT | O_WRONLY, 0600));
    snprintf(path, sizeof path, "%s/link", inner);
    row_check(3, symlink("../outside", path) == 0);
    row_check(4, !os_file_length(path, &length));
    snprintf(path, sizeof path, "%s/folder-link", inner);
    row_check(5, symlink("..", path) == 0);
    row_check(6, os_folder_each(inner, count_kind, counts, &error) == OK);
    row_check(7, counts[OS_PLAIN] == 2 && counts[OS_FOLDER] == 1 && counts[OS_OTHER] == 2);
    row_check(8, os_folder_each("/none", count_kind, counts, &error) == OK);
    row_check(9, os_folder_each(link, count_kind, counts, &error) == STOP &&
                     error.message == MSG_READ_FAILED);
    row_check(10, os_file_length(link, &length) && length == 0 && !os_file_length(inner, &length));

    row_check(20, os_folder_lock(inner, 0, &lock, &error) == OK && os_folder_locked(inner));
    row_check(21,
              os_folder_lock(inner, 0, &other, &error) == STOP && error.message == MSG_OUT_BUSY);
    uint64_t start = os_clock_ms();
    row_check(22,
              os_folder_lock(inner, 200, &other, &error) == STOP && os_clock_ms() - start >= 190);
    os_folder_unlock(&lock);
    os_folder_unlock(&lock);
    row_check(23, !os_folder_locked(inner) && !os_folder_locked("/none"));
    row_check(24,
              os_folder_lock(link, 0, &lock, &error) == STOP && error.message == MSG_OPEN_FAILED);

    snprintf(path, sizeof path, "%s/folder-link", inner);
    os_folder_remove(path); /* a link is no folder */
    row_check(30, os_exists(path));
    os_folder_remove(inner);
    row_check(31, !os_exists(inner) && os_exists(link)); /* what links led to stays */
    os_folder_remove(inner);
    os_folder_remove(home);
    row_check(32, !os_exists(home));
    check_rows();
}

/* A sync in between, more bytes behind it, renamed while it is open. */
static void syncing(void **state)
{
    (void)state;
    char home[] = "/tmp/oshirase-XXXXXX", path[100], to[100];
    struct os_file *file;
    uint64_t length;
    if (!mkdtemp(home))
        abort();
    snprintf(path, sizeof path, "%s/a", home);
    snprintf(to, sizeof to, "%s/b", home);
    row_check(1, os_file_create(path, &file, &error) == OK);
    row_check(2, os_file_write(file, "one", 3, &error) == OK && os_file_sync(file, &error) == OK);
    row_check(3, os_file_length(path, &length) && length == 3);
    row_check(4, os_rename(path, to, &error) == OK && os_file_write(file, "two", 3, &error) == OK);
    row_check(5, os_file_sync(file, &error) == OK && os_file_length(to, &length) && length == 6);
    os_file_leave(file);
    os_file_leave(NULL);
    row_check(6, os_exists(to));
    os_folder_remove(home);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages), cmocka_unit_test(several), cmocka_unit_test(last_words),
        cmocka_unit_test(orphans),  cmocka_unit_test(signals), cmocka_unit_test(machine),
        cmocka_unit_test(folders),  cmocka_unit_test(syncing),
    };
    return check_run(tests);
}
