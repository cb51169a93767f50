#include "base/os_call.h"

#ifdef OSHIRASE_FAULTS

#include "base/error.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILES 1024

enum op {
    OP_OPEN,
    OP_READ,
    OP_WRITE,
    OP_FSYNC,
    OP_CLOSE,
    OP_RENAME,
    OP_UNLINK,
    OP_MKDIR,
    OP_RMDIR
};
static const char *const op_names[] = {"open",   "read",   "write", "fsync", "close",
                                       "rename", "unlink", "mkdir", "rmdir"};

enum fault {
    FAULT_NONE,
    FAULT_KILL,
    FAULT_KILLMID,
    FAULT_KILLAFTER,
    FAULT_ENOSPC,
    FAULT_EIO,
    FAULT_FSYNC,
    FAULT_SHORT,
    FAULT_EINTR,
    FAULT_STALL,
};
static const char *const fault_names[] = {"none", "kill",  "killmid", "killafter", "enospc",
                                          "eio",  "fsync", "short",   "eintr",     "stall"};

/* A file that is open: only those that came through call_open are disks. */
struct open_file {
    bool ours, folder, failed; /* failed: its fsync did, once */
    uint32_t number;           /* of the file in the write-list */
    uint64_t position;
    char path[LIMIT_PATH];
};

/* Counted over all processes of the run: a worker's events are events of the run. */
struct counts {
    atomic_uint_least64_t events, syncs, files;
};

static struct {
    bool ready, ever;
    struct counts *counts;
    enum fault fault;
    uint64_t at, event, sync, random; /* event, sync: numbers of the last of this process */
    int list, power;
    struct open_file open[FILES];
} state = {.list = -1, .power = -1};

/* -- what is asked for -- */

static int open_list(const char *variable)
{
    const char *path = getenv(variable);
    return path && *path ? open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
}

static void read_fault(const char *text)
{
    const char *at = text ? strchr(text, '@') : NULL;
    if (!at)
        return;
    for (size_t i = 1; i < sizeof fault_names / sizeof *fault_names; i++)
        if (strlen(fault_names[i]) == (size_t)(at - text) &&
            strncmp(text, fault_names[i], (size_t)(at - text)) == 0)
            state.fault = (enum fault)i;
    state.at = strtoull(at + 1, NULL, 10);
    state.ever = strstr(at, ":ever") != NULL;
    state.random = state.at * 0x9E3779B97F4A7C15u + 1;
}

static void get_ready(void)
{
    if (state.ready)
        return;
    state.ready = true;
    state.counts =
        mmap(NULL, sizeof *state.counts, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (state.counts == MAP_FAILED)
        abort();
    read_fault(getenv("OSHIRASE_FAULT"));
    state.list = open_list("OSHIRASE_EVENTS");
    state.power = open_list("OSHIRASE_POWER");
}

void os_faults_reset(void)
{
    if (state.list >= 0)
        close(state.list);
    if (state.power >= 0)
        close(state.power);
    state.list = state.power = -1;
    state.fault = FAULT_NONE;
    state.event = state.sync = 0;
    state.ready = false;
    get_ready();
}

/* splitmix64 */
static uint64_t next_random(void)
{
    uint64_t value = state.random += 0x9E3779B97F4A7C15u;
    value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9u;
    value = (value ^ value >> 27) * 0x94D049BB133111EBu;
    return value ^ value >> 31;
}

/* -- what is written down -- */

static void put(int fd, const void *bytes, size_t size)
{
    if (fd >= 0 && write(fd, bytes, size) != (ssize_t)size)
        abort(); /* a list with a hole would prove nothing */
}

static void list_event(enum op op, const char *path)
{
    char line[LIMIT_PATH + 64];
    int size = snprintf(line, sizeof line, "%llu %s %s\n", (unsigned long long)state.event,
                        op_names[op], path);
    if (state.list >= 0)
        put(state.list, line, (size_t)size);
}

static void power_path(char what, const char *path)
{
    char line[LIMIT_PATH + 8];
    int size = snprintf(line, sizeof line, "%c %s\n", what, path);
    if (state.power >= 0)
        put(state.power, line, (size_t)size);
}

static void power_rename(const char *from, const char *to)
{
    char line[2 * LIMIT_PATH + 8];
    int size = snprintf(line, sizeof line, "R %s\t%s\n", from, to);
    if (state.power >= 0)
        put(state.power, line, (size_t)size);
}

static void power_file(char what, const struct open_file *file)
{
    char line[LIMIT_PATH + 32];
    int size = snprintf(line, sizeof line, "%c %u %s\n", what, (unsigned)file->number, file->path);
    if (state.power >= 0)
        put(state.power, line, (size_t)size);
}

static void power_write(const struct open_file *file, const void *bytes, size_t size)
{
    char line[96];
    int length = snprintf(line, sizeof line, "W %u %llu %zu\n", (unsigned)file->number,
                          (unsigned long long)file->position, size);
    if (state.power < 0)
        return;
    put(state.power, line, (size_t)length);
    put(state.power, bytes, size);
    put(state.power, "\n", 1);
}

/* -- what goes wrong -- */

static _Noreturn void die(void)
{
    kill(getpid(), SIGKILL);
    for (;;)
        pause();
}

static bool hit(void)
{
    return state.ever ? state.event >= state.at : state.event == state.at;
}

static bool can_be_full(enum op op)
{
    return op != OP_READ && op != OP_UNLINK && op != OP_RMDIR;
}

/* Counts the event; gives the errno with which it is to fail, 0 = none. */
static int begin(enum op op, const char *path)
{
    get_ready();
    state.event = atomic_fetch_add(&state.counts->events, 1) + 1;
    if (op == OP_FSYNC)
        state.sync = atomic_fetch_add(&state.counts->syncs, 1) + 1;
    list_event(op, path);
    if (state.fault == FAULT_FSYNC && op == OP_FSYNC &&
        (state.ever ? state.sync >= state.at : state.sync == state.at))
        return EIO;
    if (state.fault == FAULT_EINTR && (op == OP_READ || op == OP_WRITE) && next_random() % 3 == 0)
        return EINTR;
    if (!hit())
        return 0;
    if (state.fault == FAULT_KILL || (state.fault == FAULT_KILLMID && op != OP_WRITE))
        die();
    while (state.fault == FAULT_STALL)
        pause();
    if (state.fault == FAULT_ENOSPC && can_be_full(op))
        return ENOSPC;
    return state.fault == FAULT_EIO ? EIO : 0;
}

static void end(void)
{
    if (state.fault == FAULT_KILLAFTER && state.event == state.at)
        die();
}

/* Sets errno and gives -1 when the event is to fail, else 0. */
static int refuse(int number)
{
    if (number == 0)
        return 0;
    end();
    errno = number;
    return -1;
}

static int done(int result)
{
    int number = errno;
    end();
    errno = number;
    return result;
}

static size_t cut(size_t size)
{
    if (state.fault != FAULT_SHORT || size < 2 || next_random() % 3 != 0)
        return size;
    size_t some = 1 + next_random() % 7;
    return some < size ? some : size;
}

/* -- the calls -- */

static struct open_file *file_of(int fd)
{
    return fd >= 0 && fd < FILES && state.open[fd].ours ? &state.open[fd] : NULL;
}

static void note_open(int fd, const char *path, int flags)
{
    if (fd < 0 || fd >= FILES)
        return;
    struct open_file *file = &state.open[fd];
    *file = (struct open_file){.ours = true, .folder = (flags & O_DIRECTORY) != 0};
    snprintf(file->path, sizeof file->path, "%s", path);
    if (!(flags & O_CREAT))
        return;
    file->number = (uint32_t)atomic_fetch_add(&state.counts->files, 1) + 1;
    power_file('O', file);
}

int call_open(const char *path, int flags, unsigned mode)
{
    if (refuse(begin(OP_OPEN, path)))
        return -1;
    int fd = open(path, flags, mode);
    int number = errno;
    note_open(fd, path, flags);
    errno = number;
    return done(fd);
}

long call_pread(int fd, void *bytes, size_t size, long offset)
{
    const struct open_file *file = file_of(fd);
    if (!file)
        return pread(fd, bytes, size, offset);
    if (refuse(begin(OP_READ, file->path)))
        return -1;
    long count = pread(fd, bytes, cut(size), offset);
    int number = errno;
    end();
    errno = number;
    return count;
}

/* A part of the bytes reaches the file, then the process is gone. */
static void die_writing(int fd, struct open_file *file, const void *bytes, size_t size)
{
    size_t part = size ? next_random() % size : 0;
    if (part && write(fd, bytes, part) == (ssize_t)part)
        power_write(file, bytes, part);
    die();
}

long call_write(int fd, const void *bytes, size_t size)
{
    struct open_file *file = file_of(fd);
    if (!file)
        return write(fd, bytes, size);
    if (refuse(begin(OP_WRITE, file->path)))
        return -1;
    if (state.fault == FAULT_KILLMID && hit())
        die_writing(fd, file, bytes, size);
    long count = write(fd, bytes, cut(size));
    int number = errno;
    if (count > 0) {
        power_write(file, bytes, (size_t)count);
        file->position += (uint64_t)count;
    }
    end();
    errno = number;
    return count;
}

int call_fsync(int fd)
{
    struct open_file *file = file_of(fd);
    if (!file)
        return fsync(fd);
    if (file->failed && !file->folder) {
        static const char words[] = "a file was synced again after its sync had failed\n";
        put(STDERR_FILENO, words, sizeof words - 1);
        abort();
    }
    int number = begin(OP_FSYNC, file->path);
    file->failed = number != 0;
    if (refuse(number))
        return -1;
    int result = fsync(fd);
    number = errno;
    if (result == 0 && file->folder)
        power_path('S', file->path);
    else if (result == 0)
        power_file('F', file);
    errno = number;
    return done(result);
}

/* The file is closed even when that is to fail: Linux does so. */
int call_close(int fd)
{
    struct open_file *file = file_of(fd);
    if (!file)
        return close(fd);
    int number = begin(OP_CLOSE, file->path);
    file->ours = false;
    int result = close(fd);
    return refuse(number) ? -1 : done(result);
}

int call_rename(const char *from, const char *to)
{
    if (refuse(begin(OP_RENAME, to)))
        return -1;
    int result = rename(from, to);
    if (result == 0)
        power_rename(from, to);
    return done(result);
}

int call_rename_new(const char *from, const char *to)
{
    if (refuse(begin(OP_RENAME, to)))
        return -1;
    int result = renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);
    if (result == 0)
        power_rename(from, to);
    return done(result);
}

int call_unlink(const char *path)
{
    if (refuse(begin(OP_UNLINK, path)))
        return -1;
    int result = unlink(path);
    if (result == 0)
        power_path('U', path);
    return done(result);
}

int call_mkdir(const char *path, unsigned mode)
{
    if (refuse(begin(OP_MKDIR, path)))
        return -1;
    int result = mkdir(path, mode);
    if (result == 0)
        power_path('M', path);
    return done(result);
}

int call_rmdir(const char *path)
{
    if (refuse(begin(OP_RMDIR, path)))
        return -1;
    int result = rmdir(path);
    if (result == 0)
        power_path('D', path);
    return done(result);
}

#endif
