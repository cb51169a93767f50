#include "base/os.h"

#include "base/os_call.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static enum status fail(struct error *error, enum message message, const char *path)
{
    return error_at(error, message, path, 0, TEXT(""));
}

static enum message open_message(int number)
{
    return number == ENOENT || number == ENOTDIR ? MSG_NO_SUCH_FILE : MSG_OPEN_FAILED;
}

/* O_NONBLOCK: opening a pipe that nobody writes to must not hang; a plain file does not notice. */
static enum status open_plain(const char *path, int *fd, struct stat *facts, struct error *error)
{
    *fd = call_open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0);
    if (*fd < 0)
        return fail(error, errno == ENXIO ? MSG_NOT_A_FILE : open_message(errno), path);
    enum message message = MSG_NONE;
    if (fstat(*fd, facts) != 0)
        message = MSG_READ_FAILED;
    else if (!S_ISREG(facts->st_mode))
        message = MSG_NOT_A_FILE;
    if (message == MSG_NONE)
        return OK;
    call_close(*fd);
    *fd = -1;
    return fail(error, message, path);
}

static enum status open_limited(const char *path, size_t limit, int *fd, size_t *size,
                                struct error *error)
{
    struct stat facts;
    enum status status = open_plain(path, fd, &facts, error);
    if (status != OK)
        return status;
    *size = (size_t)facts.st_size;
    if (*size <= limit)
        return OK;
    call_close(*fd);
    status = fail(error, MSG_FILE_TOO_LARGE, path);
    if (error) {
        error->have = (int64_t)facts.st_size;
        error->want = (int64_t)limit;
    }
    return status;
}

/* Reads until size bytes or the end of the file. */
static bool read_fully(int fd, uint64_t offset, char *bytes, size_t size, size_t *got)
{
    *got = 0;
    while (*got < size) {
        ssize_t count = call_pread(fd, bytes + *got, size - *got, (off_t)(offset + *got));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return false;
        if (count == 0)
            break;
        *got += (size_t)count;
    }
    return true;
}

static enum status slurp_open(int fd, size_t size, struct arena *arena, struct text *out,
                              const char *path, struct error *error)
{
    char *bytes = arena_take(arena, size + 1);
    if (!bytes)
        return fail(error, MSG_NO_MEMORY, path);
    size_t got;
    if (!read_fully(fd, 0, bytes, size, &got))
        return fail(error, MSG_READ_FAILED, path);
    bytes[got] = '\0';
    *out = (struct text){bytes, (uint32_t)got};
    return OK;
}

enum status os_slurp(const char *path, size_t limit, struct arena *arena, struct text *out,
                     struct error *error)
{
    int fd;
    size_t size;
    if (limit > UINT32_MAX - 1) /* struct text counts in 32 bits */
        limit = UINT32_MAX - 1;
    enum status status = open_limited(path, limit, &fd, &size, error);
    if (status != OK)
        return status;
    status = slurp_open(fd, size, arena, out, path, error);
    call_close(fd);
    return status;
}

enum status os_map(const char *path, size_t limit, struct os_map *out, struct error *error)
{
    int fd;
    size_t size;
    *out = (struct os_map){.bytes = ""};
    enum status status = open_limited(path, limit, &fd, &size, error);
    if (status != OK)
        return status;
    if (size) {
        void *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (bytes == MAP_FAILED)
            status = fail(error, errno == ENOMEM ? MSG_NO_MEMORY : MSG_READ_FAILED, path);
        else
            *out = (struct os_map){bytes, size};
    }
    call_close(fd);
    return status;
}

/* Best effort: pages are whole, so a few bytes at the edges may stay. */
void os_map_release(const struct os_map *map, size_t offset, size_t size)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE), begin = (offset + page - 1) / page * page;
    size_t end = offset + size < map->size ? (offset + size) / page * page : map->size;
    if (begin < end)
        (void)madvise((char *)(uintptr_t)map->bytes + begin, end - begin, MADV_DONTNEED);
}

void os_unmap(struct os_map *map)
{
    if (map->size)
        munmap((void *)(uintptr_t)map->bytes, map->size);
    *map = (struct os_map){.bytes = ""};
}

enum status os_input_open(const char *path, struct os_input *out, struct error *error)
{
    struct stat facts;
    *out = (struct os_input){.fd = -1};
    enum status status = open_plain(path, &out->fd, &facts, error);
    if (status != OK)
        return status;
    out->size = (uint64_t)facts.st_size;
    out->modified_s = facts.st_mtim.tv_sec;
    out->modified_ns = facts.st_mtim.tv_nsec;
    out->changed_s = facts.st_ctim.tv_sec;
    out->changed_ns = facts.st_ctim.tv_nsec;
    return OK;
}

enum status os_input_read(const struct os_input *input, uint64_t offset, void *bytes, size_t size,
                          size_t *got, struct error *error)
{
    if (read_fully(input->fd, offset, bytes, size, got))
        return OK;
    return error_set(error, MSG_READ_FAILED);
}

bool os_input_same(const struct os_input *input)
{
    struct stat facts;
    return fstat(input->fd, &facts) == 0 && input->size == (uint64_t)facts.st_size &&
           input->modified_s == facts.st_mtim.tv_sec &&
           input->modified_ns == facts.st_mtim.tv_nsec &&
           input->changed_s == facts.st_ctim.tv_sec && input->changed_ns == facts.st_ctim.tv_nsec;
}

void os_input_forget(const struct os_input *input)
{
    (void)posix_fadvise(input->fd, 0, 0, POSIX_FADV_DONTNEED);
}

void os_input_close(struct os_input *input)
{
    if (input->fd >= 0)
        call_close(input->fd);
    input->fd = -1;
}
