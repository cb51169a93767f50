#include "base/os.h"

#include "base/memory.h"
#include "base/os_call.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUFFER_BYTES (256u << 10)

struct os_file {
    int fd; /* -1 = closed */
    bool condemned;
    uint64_t size;
    size_t filled;
    char path[LIMIT_PATH];
    char buffer[BUFFER_BYTES];
};

/* The one count kept for the whole process; it is measured, never decides anything. */
static atomic_uint_least64_t write_cpu_ns;

uint64_t os_write_cpu_us(void)
{
    return atomic_load(&write_cpu_ns) / 1000;
}

/* EFBIG is the quota of one process (RLIMIT_FSIZE): no space is left for it. */
static enum message failed(int number, enum message otherwise)
{
    return number == ENOSPC || number == EDQUOT || number == EFBIG ? MSG_DISK_FULL : otherwise;
}

static enum status fail(struct error *error, enum message message, const char *path)
{
    return error_at(error, message, path, 0, TEXT(""));
}

/* -- files -- */

enum status os_file_create(const char *path, struct os_file **out, struct error *error)
{
    *out = NULL;
    size_t length = strlen(path);
    if (length >= LIMIT_PATH)
        return fail(error, MSG_WRITE_FAILED, path);
    struct os_file *file = memory_new(sizeof *file);
    if (!file)
        return fail(error, MSG_NO_MEMORY, path);
    memcpy(file->path, path, length + 1);
    file->fd = call_open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file->fd < 0) {
        enum message message = failed(errno, MSG_WRITE_FAILED);
        memory_free(file, sizeof *file);
        return fail(error, message, path);
    }
    *out = file;
    return OK;
}

static bool write_fully(int fd, const char *bytes, size_t size)
{
    while (size) {
        ssize_t count = call_write(fd, bytes, size);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0) {
            errno = count == 0 ? ENOSPC : errno;
            return false;
        }
        bytes += count;
        size -= (size_t)count;
    }
    return true;
}

static enum status write_through(struct os_file *file, const char *bytes, size_t size,
                                 struct error *error)
{
    uint64_t start = os_thread_ns();
    bool written = write_fully(file->fd, bytes, size);
    int number = errno;
    atomic_fetch_add(&write_cpu_ns, os_thread_ns() - start);
    if (written)
        return OK;
    file->condemned = true;
    return fail(error, failed(number, MSG_WRITE_FAILED), file->path);
}

static enum status flush(struct os_file *file, struct error *error)
{
    size_t filled = file->filled;
    file->filled = 0;
    return write_through(file, file->buffer, filled, error);
}

enum status os_file_write(struct os_file *file, const void *bytes, size_t size, struct error *error)
{
    if (file->condemned)
        return fail(error, MSG_WRITE_FAILED, file->path);
    if (size == 0)
        return OK;
    file->size += size;
    if (size > BUFFER_BYTES - file->filled) {
        enum status status = flush(file, error);
        if (status != OK)
            return status;
    }
    if (size >= BUFFER_BYTES)
        return write_through(file, bytes, size, error);
    memcpy(file->buffer + file->filled, bytes, size);
    file->filled += size;
    return OK;
}

/* A failed sync clears its own error on Linux, so it is never tried again: the file is condemned. */
static enum status sync_file(struct os_file *file, struct error *error)
{
    uint64_t start = os_thread_ns();
    bool synced = call_fsync(file->fd) == 0;
    int number = errno;
    atomic_fetch_add(&write_cpu_ns, os_thread_ns() - start);
    return synced ? OK : fail(error, failed(number, MSG_SYNC_FAILED), file->path);
}

enum status os_file_sync(struct os_file *file, struct error *error)
{
    enum status status =
        file->condemned ? fail(error, MSG_WRITE_FAILED, file->path) : flush(file, error);
    if (status == OK)
        status = sync_file(file, error);
    if (status != OK)
        file->condemned = true;
    return status;
}

/* After EINTR Linux has closed the file nevertheless. */
static enum status close_file(struct os_file *file, struct error *error)
{
    int result = call_close(file->fd);
    file->fd = -1;
    if (result == 0 || errno == EINTR)
        return OK;
    return fail(error, failed(errno, MSG_SYNC_FAILED), file->path);
}

enum status os_file_seal(struct os_file *file, struct error *error)
{
    enum status status = os_file_sync(file, error);
    if (status == OK)
        status = close_file(file, error);
    if (status == OK)
        memory_free(file, sizeof *file);
    else
        file->condemned = true;
    return status;
}

void os_file_leave(struct os_file *file)
{
    if (!file)
        return;
    if (file->fd >= 0)
        call_close(file->fd);
    memory_free(file, sizeof *file);
}

void os_file_abandon(struct os_file *file)
{
    if (!file)
        return;
    call_unlink(file->path);
    os_file_leave(file);
}

uint64_t os_file_size(const struct os_file *file)
{
    return file->size;
}

/* -- terminal and pipes -- */

void os_print(int fd, const char *bytes, size_t size)
{
    (void)write_fully(fd, bytes, size);
}

enum status os_print_data(const char *bytes, size_t size, struct error *error)
{
    if (write_fully(STDOUT_FILENO, bytes, size))
        return OK;
    return fail(error, failed(errno, MSG_WRITE_FAILED), "stdout");
}

/* -- names and folders -- */

enum status os_rename(const char *from, const char *to, struct error *error)
{
    if (call_rename(from, to) == 0)
        return OK;
    return fail(error, failed(errno, MSG_RENAME_FAILED), to);
}

enum status os_rename_new(const char *from, const char *to, struct error *error)
{
    if (call_rename_new(from, to) == 0)
        return OK;
    /* A file system that does not know the flag: look first, then rename. */
    if ((errno == EINVAL || errno == ENOSYS) && !os_exists(to))
        return os_rename(from, to, error);
    return fail(error, failed(errno, MSG_RENAME_FAILED), to);
}

enum status os_sync_folder(const char *path, struct error *error)
{
    int fd = call_open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
    if (fd < 0)
        return fail(error, MSG_SYNC_FAILED, path);
    uint64_t start = os_thread_ns();
    bool synced =
        call_fsync(fd) == 0 || errno == EINVAL; /* EINVAL: the file system keeps no folders */
    int number = errno;
    atomic_fetch_add(&write_cpu_ns, os_thread_ns() - start);
    call_close(fd);
    return synced ? OK : fail(error, failed(number, MSG_SYNC_FAILED), path);
}

void os_unlink(const char *path)
{
    call_unlink(path);
}

void os_rmdir(const char *path)
{
    call_rmdir(path);
}

static enum status make_one(const char *path, struct error *error)
{
    char parent[LIMIT_PATH];
    struct stat facts;
    if (call_mkdir(path, 0700) == 0) {
        os_path_folder(parent, path);
        return os_sync_folder(parent,
                              error); /* else a power loss may take the folder and all in it */
    }
    int number = errno;
    if (stat(path, &facts) == 0 && S_ISDIR(facts.st_mode))
        return OK;
    return fail(error, failed(number, MSG_WRITE_FAILED), path);
}

enum status os_folder_make(const char *path, struct error *error)
{
    char part[LIMIT_PATH];
    size_t length = strlen(path);
    if (length == 0 || length >= LIMIT_PATH)
        return fail(error, MSG_WRITE_FAILED, path);
    for (size_t i = 1; i <= length; i++) {
        if (path[i] != '/' && path[i] != '\0')
            continue;
        memcpy(part, path, i);
        part[i] = '\0';
        enum status status = make_one(part, error);
        if (status != OK)
            return status;
    }
    return OK;
}

enum status os_folder_private(const char *path, struct error *error)
{
    return chmod(path, 0700) == 0 ? OK : fail(error, MSG_WRITE_FAILED, path);
}
