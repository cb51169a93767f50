/* tests/unit/postcode_files.h -- the excerpts in tests/postcodes, read. Files in CP932 go through the intake's table. */
#ifndef TESTS_POSTCODE_FILES_H
#define TESTS_POSTCODE_FILES_H

#include "base/os.h"
#include "intake/cp932.h"
#include "symbology/postcodes.h"

static uint32_t decode_cp932(const void *context, const char *bytes, uint32_t size, char *out)
{
    size_t bad;
    return (uint32_t)cp932_decode(context, bytes, size, out, &bad);
}

/* True when read, as one file; everything in the arena. further: NULL, or a file that follows. */
static bool read_postcodes(const char *path, const char *further, struct arena *arena,
                           struct postcodes *out, struct error *error)
{
    struct cp932 *table = NULL;
    struct text first, second = {"", 0};
    if (os_slurp(path, POSTCODES_BYTES, arena, &first, error) != OK ||
        (further && os_slurp(further, POSTCODES_BYTES, arena, &second, error) != OK) ||
        cp932_new(&table, error) != OK)
        return false;
    size_t size = first.length + second.length;
    char *all = arena_take(arena, size);
    if (all) {
        memcpy(all, first.bytes, first.length);
        memcpy(all + first.length, second.bytes, second.length);
    }
    struct postcode_decoder decoder = {decode_cp932, table};
    bool good = all && postcodes_read(all, size, path, &decoder, arena, out, error) == OK;
    cp932_free(table);
    return good;
}

#endif
