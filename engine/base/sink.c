#include "base/sink.h"

#include "base/memory.h"

#include <stdint.h>
#include <string.h>

#define FIRST_ROOM 4096u

static bool buffer_grow(struct buffer *buffer, size_t need)
{
    size_t room = buffer->room ? buffer->room : FIRST_ROOM;
    while (room < need)
        room = room > SIZE_MAX / 2 ? need : room * 2;
    uint8_t *bytes = memory_resize(buffer->bytes, buffer->room, room);
    if (!bytes)
        return false;
    buffer->bytes = bytes;
    buffer->room = room;
    return true;
}

enum status buffer_add(struct buffer *buffer, const void *bytes, size_t size, struct error *error)
{
    if (size == 0)
        return OK;
    if (size > buffer->room - buffer->size) {
        if (size > SIZE_MAX - buffer->size || !buffer_grow(buffer, buffer->size + size))
            return error_set(error, MSG_NO_MEMORY);
    }
    memcpy(buffer->bytes + buffer->size, bytes, size);
    buffer->size += size;
    return OK;
}

static enum status write_buffer(void *context, const void *bytes, size_t size, struct error *error)
{
    return buffer_add(context, bytes, size, error);
}

struct sink buffer_sink(struct buffer *buffer)
{
    return (struct sink){.write = write_buffer, .context = buffer};
}

void buffer_free(struct buffer *buffer)
{
    memory_free(buffer->bytes, buffer->room);
    *buffer = (struct buffer){0};
}
