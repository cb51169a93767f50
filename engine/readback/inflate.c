#include "readback/inflate.h"

#include "base/memory.h"

#include <libdeflate.h>

#define FIRST_ROOM 65536u

struct inflater {
    struct libdeflate_decompressor *machine;
    uint8_t *bytes;
    size_t room;
};

enum status inflater_new(struct inflater **out, struct error *error)
{
    struct inflater *inflater = memory_new(sizeof *inflater);

    *out = inflater;
    if (!inflater)
        return error_set(error, MSG_NO_MEMORY);
    inflater->machine = libdeflate_alloc_decompressor();
    inflater->bytes = memory_new(FIRST_ROOM);
    inflater->room = inflater->bytes ? FIRST_ROOM : 0;
    if (inflater->machine && inflater->bytes)
        return OK;
    inflater_free(inflater);
    *out = NULL;
    return error_set(error, MSG_NO_MEMORY);
}

void inflater_free(struct inflater *inflater)
{
    if (!inflater)
        return;
    if (inflater->machine)
        libdeflate_free_decompressor(inflater->machine);
    memory_free(inflater->bytes, inflater->room);
    memory_free(inflater, sizeof *inflater);
}

static enum status grow(struct inflater *inflater, struct error *error)
{
    size_t room = inflater->room * 2;
    uint8_t *bytes;

    if (room > INFLATE_MOST)
        return error_set(error, MSG_READBACK_LIMIT);
    bytes = memory_new(room);
    if (!bytes)
        return error_set(error, MSG_NO_MEMORY);
    memory_free(inflater->bytes, inflater->room);
    inflater->bytes = bytes;
    inflater->room = room;
    return OK;
}

enum status inflate_stream(struct inflater *inflater, const uint8_t *bytes, size_t size,
                           const uint8_t **out, size_t *length, struct error *error)
{
    for (;;) {
        size_t taken = 0;
        enum libdeflate_result result = libdeflate_zlib_decompress_ex(
            inflater->machine, bytes, size, inflater->bytes, inflater->room, &taken, length);

        *out = inflater->bytes;
        if (result == LIBDEFLATE_SUCCESS && taken == size)
            return OK;
        if (result != LIBDEFLATE_INSUFFICIENT_SPACE)
            return error_set(error, MSG_READBACK_DAMAGED);
        if (grow(inflater, error) != OK)
            return STOP;
    }
}
