/* base/sink.h -- where bytes go. The writer of a format knows a sink, not a file. */
#ifndef BASE_SINK_H
#define BASE_SINK_H

#include <stddef.h>

#include "base/error.h"
#include "base/status.h"

struct sink {
    /* Takes all size bytes or gives STOP. */
    enum status (*write)(void *context, const void *bytes, size_t size, struct error *error);
    void *context; /* borrowed */
};

static inline CHECKED enum status sink_write(const struct sink *sink, const void *bytes, size_t size,
                                             struct error *error)
{
    return sink->write(sink->context, bytes, size, error);
}

/* A sink that keeps everything in memory (memory_resize). Own it with buffer_free. */
struct buffer {
    uint8_t *bytes;
    size_t size, room;
};

struct sink buffer_sink(struct buffer *buffer);
CHECKED enum status buffer_add(struct buffer *buffer, const void *bytes, size_t size, struct error *error);
void buffer_free(struct buffer *buffer); /* wipes */

#endif
