/* spool/unit.c -- a lot and its rows in the making: written, synced, read again. It knows neither ledger nor lock,
 * so any process may make one. SHA-256 is taken once, of what is written; what is read again is compared by a 64-bit
 * hash of each block, for a second SHA-256 would cost every letter a microsecond and could only find what the first
 * one, kept in the ledger, lets verify find. */
#include "spool/inside.h"

#include "base/memory.h"

struct unit_file {
    struct os_file *file; /* NULL: no byte yet, or sealed */
    struct digester *digester;
    uint64_t bytes, check;
    size_t filled;
    bool made, failed;
    char path[LIMIT_PATH];
    uint8_t block[SPOOL_BLOCK];
};

struct spool_unit {
    bool may_have_lot;
    const uint8_t *key; /* of the rows' digest; NULL: plain */
    struct unit_file pdf, rows;
    uint8_t again[SPOOL_BLOCK];
};

static uint64_t chain(uint64_t before, const uint8_t *block, size_t size)
{
    const uint64_t both[2] = {before, hash64(block, size)};
    return hash64(both, sizeof both);
}

enum status spool_digester(const uint8_t *key, struct digester **out, struct error *error)
{
    enum status status = digester_new(out, error);
    if (status != OK || !key)
        return status;
    status = digester_key(*out, key, error);
    if (status != OK) {
        digester_free(*out);
        *out = NULL;
    }
    return status;
}

/* -- writing -- */

static enum status make_file(struct unit_file *file, const uint8_t *key, struct error *error)
{
    char folder[LIMIT_PATH];
    enum status status = OK;
    os_path_folder(folder, file->path);
    if (!os_exists(folder)) /* the first lot of a route */
        status = os_folder_make(folder, error);
    if (status == OK)
        status = spool_digester(key, &file->digester, error);
    if (status == OK)
        status = os_file_create(file->path, &file->file, error);
    if (status != OK)
        return status;
    digest_start(file->digester);
    file->made = true;
    return OK;
}

static enum status flush_block(struct unit_file *file, struct error *error)
{
    size_t size = file->filled;
    file->filled = 0;
    file->bytes += size;
    file->check = chain(file->check, file->block, size);
    digest_add(file->digester, file->block, size);
    return os_file_write(file->file, file->block, size, error);
}

static enum status add(struct unit_file *file, const uint8_t *key, const uint8_t *bytes,
                       size_t size, struct error *error)
{
    enum status status = file->made ? OK : make_file(file, key, error);
    while (status == OK && size) {
        size_t room = SPOOL_BLOCK - file->filled, part = size < room ? size : room;
        memcpy(file->block + file->filled, bytes, part);
        file->filled += part;
        bytes += part;
        size -= part;
        if (file->filled == SPOOL_BLOCK)
            status = flush_block(file, error);
    }
    return status;
}

static enum status write_file(struct unit_file *file, const uint8_t *key, const void *bytes,
                              size_t size, struct error *error)
{
    if (file->failed)
        return error_at(error, MSG_WRITE_FAILED, file->path, 0, TEXT(""));
    if (size == 0)
        return OK;
    enum status status = add(file, key, bytes, size, error);
    file->failed = status != OK;
    return status;
}

static enum status write_pdf(void *context, const void *bytes, size_t size, struct error *error)
{
    struct spool_unit *unit = context;
    if (!unit->may_have_lot)
        return error_set(error, MSG_BUG);
    return write_file(&unit->pdf, NULL, bytes, size, error);
}

static enum status write_rows(void *context, const void *bytes, size_t size, struct error *error)
{
    struct spool_unit *unit = context;
    return write_file(&unit->rows, unit->key, bytes, size, error);
}

struct sink spool_unit_pdf(struct spool_unit *unit)
{
    return (struct sink){.write = write_pdf, .context = unit};
}

struct sink spool_unit_rows(struct spool_unit *unit)
{
    return (struct sink){.write = write_rows, .context = unit};
}

enum status spool_unit_begin(const char *folder, const char *name, struct spool_unit **out,
                             struct error *error)
{
    *out = NULL;
    if (!spool_unit_name(name))
        return error_set(error, MSG_BUG);
    struct spool_unit *unit = memory_new(sizeof *unit);
    if (!unit)
        return error_set(error, MSG_NO_MEMORY);
    unit->may_have_lot = spool_lot_name(os_path_last(name));
    if (!spool_path(unit->pdf.path, folder, name, PART_SUFFIX) ||
        !spool_rows_path(unit->rows.path, folder, name)) {
        memory_free(unit, sizeof *unit);
        return spool_too_long(folder, error);
    }
    *out = unit;
    return OK;
}

void spool_unit_keyed(struct spool_unit *unit, const uint8_t *key)
{
    unit->key = key;
}

/* -- reading again -- */

static enum status read_again(const struct os_input *input, uint8_t *block, uint64_t *bytes,
                              uint64_t *check, struct error *error)
{
    size_t got;
    *bytes = *check = 0;
    do {
        if (os_input_read(input, *bytes, block, SPOOL_BLOCK, &got, error) != OK)
            return STOP;
        if (got)
            *check = chain(*check, block, got);
        *bytes += got;
    } while (got == SPOOL_BLOCK);
    return OK;
}

/* Invariant 1: the one reader of a .part file. */
static enum status reread(const struct unit_file *file, uint8_t *block, struct error *error)
{
    struct os_input input;
    uint64_t bytes, check;
    enum status status = os_input_open(file->path, &input, error);
    if (status != OK)
        return status;
    os_input_forget(&input);
    status = read_again(&input, block, &bytes, &check, error);
    os_input_close(&input);
    if (status == STOP)
        error_put_file(error, file->path);
    else if (bytes != file->bytes || check != file->check)
        status = error_at(error, MSG_REREAD_DIFFERS, file->path, 0, TEXT(""));
    return status;
}

/* A failed seal condemns the file: it is deleted, never synced again (invariant 7). */
static enum status seal_file(struct unit_file *file, uint8_t *block, uint64_t *bytes,
                             struct digest *digest, struct error *error)
{
    *bytes = 0;
    *digest = (struct digest){{0}};
    if (file->failed)
        return error_at(error, MSG_WRITE_FAILED, file->path, 0, TEXT(""));
    if (!file->made)
        return OK;
    enum status status = file->filled ? flush_block(file, error) : OK;
    if (status == OK)
        status = os_file_seal(file->file, error);
    if (status == OK) {
        file->file = NULL;
        status = reread(file, block, error);
    }
    if (status == OK)
        status = digest_end(file->digester, digest, error);
    *bytes = file->bytes;
    return status;
}

static void close_file(struct unit_file *file, bool keep)
{
    if (file->file)
        os_file_abandon(file->file);
    else if (file->made && !keep)
        os_unlink(file->path);
    digester_free(file->digester);
}

static void unit_free(struct spool_unit *unit, bool keep)
{
    close_file(&unit->pdf, keep);
    close_file(&unit->rows, keep);
    memory_free(unit, sizeof *unit);
}

enum status spool_unit_seal(struct spool_unit *unit, struct spool_facts *out, struct error *error)
{
    enum status status = seal_file(&unit->rows, unit->again, &out->rows_bytes, &out->rows, error);
    if (status == OK)
        status = seal_file(&unit->pdf, unit->again, &out->lot_bytes, &out->lot, error);
    unit_free(unit, status == OK);
    return status;
}

void spool_unit_drop(struct spool_unit *unit)
{
    if (unit)
        unit_free(unit, false);
}
