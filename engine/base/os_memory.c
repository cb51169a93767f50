#include "base/os_memory.h"

#include "base/memory.h"

#include <errno.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

struct os_memory {
    int fd;
    void *pages; /* NULL: not finished, or empty */
    size_t size;
    char path[40];
};

enum status os_memory_new(struct os_memory **out, struct error *error)
{
    struct os_memory *memory = memory_new(sizeof *memory);

    *out = NULL;
    if (!memory)
        return error_set(error, MSG_NO_MEMORY);
    memory->fd = memfd_create("oshirase", MFD_CLOEXEC);
    if (memory->fd < 0) {
        memory_free(memory, sizeof *memory);
        return error_set(error, MSG_NO_MEMORY);
    }
    (void)snprintf(memory->path, sizeof memory->path, "/proc/self/fd/%d", memory->fd);
    *out = memory;
    return OK;
}

static enum status add(void *context, const void *bytes, size_t size, struct error *error)
{
    struct os_memory *memory = context;
    const char *at = bytes;

    while (size) {
        ssize_t count = write(memory->fd, at, size);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return error_set(error, MSG_NO_MEMORY);
        at += count;
        size -= (size_t)count;
        memory->size += (size_t)count;
    }
    return OK;
}

struct sink os_memory_sink(struct os_memory *memory)
{
    return (struct sink){add, memory};
}

enum status os_memory_finish(struct os_memory *memory, bool *locked, struct error *error)
{
    *locked = true;
    if (memory->size == 0)
        return OK;
    memory->pages = mmap(NULL, memory->size, PROT_READ | PROT_WRITE, MAP_SHARED, memory->fd, 0);
    if (memory->pages == MAP_FAILED) {
        memory->pages = NULL;
        return error_set(error, MSG_NO_MEMORY);
    }
    *locked = mlock(memory->pages, memory->size) == 0;
    return OK;
}

const char *os_memory_path(const struct os_memory *memory)
{
    return memory->path;
}

static void wipe_unmapped(struct os_memory *memory)
{
    static const char zeros[4096];
    size_t at = 0;

    while (at < memory->size) {
        size_t size = memory->size - at < sizeof zeros ? memory->size - at : sizeof zeros;
        if (pwrite(memory->fd, zeros, size, (off_t)at) <= 0)
            return;
        at += size;
    }
}

void os_memory_close(struct os_memory *memory)
{
    if (!memory)
        return;
    if (memory->pages) {
        memory_wipe(memory->pages, memory->size);
        (void)munmap(memory->pages, memory->size);
    } else {
        wipe_unmapped(memory);
    }
    (void)close(memory->fd);
    memory_free(memory, sizeof *memory);
}
