#include "spool/spool.h"

#include "base/memory.h"

#include <stdio.h>

#define TABLES 16
#define NAME_BYTES 64
#define PART_SUFFIX ".part"

struct spool_table {
    struct os_file *file; /* NULL once sealed */
    bool named;           /* lies under its own name; else, sealed, as .part */
    char name[NAME_BYTES];
};

struct spool {
    char folder[LIMIT_PATH];
    bool made_folder;
    struct os_file *lot; /* NULL between lots */
    uint32_t lot_number;
    uint64_t lot_bytes;
    uint32_t *lots; /* numbers of the lots that have their names */
    size_t lot_count, lot_room;
    struct spool_table tables[TABLES];
    size_t table_count;
};

/* -- places -- */

static bool path_of(const struct spool *spool, const char *name, const char *suffix,
                    char out[LIMIT_PATH])
{
    char whole[NAME_BYTES + sizeof PART_SUFFIX];
    snprintf(whole, sizeof whole, "%s%s", name, suffix);
    return os_path_join(out, spool->folder, whole);
}

static void lot_name(uint32_t number, char out[NAME_BYTES])
{
    snprintf(out, NAME_BYTES, "lot-%06u.pdf", (unsigned)number);
}

static enum status too_long(const struct spool *spool, struct error *error)
{
    return error_at(error, MSG_WRITE_FAILED, spool->folder, 0, TEXT(""));
}

static void unlink_name(const struct spool *spool, const char *name, const char *suffix)
{
    char path[LIMIT_PATH];
    if (path_of(spool, name, suffix, path))
        os_unlink(path);
}

static enum status create_part(const struct spool *spool, const char *name, struct os_file **out,
                               struct error *error)
{
    char path[LIMIT_PATH];
    if (!path_of(spool, name, PART_SUFFIX, path))
        return too_long(spool, error);
    return os_file_create(path, out, error);
}

/* A failed seal condemns the file: it is deleted, never synced again. */
static enum status seal_or_delete(struct os_file **file, struct error *error)
{
    struct os_file *sealed = *file;
    *file = NULL;
    enum status status = os_file_seal(sealed, error);
    if (status != OK)
        os_file_abandon(sealed);
    return status;
}

static enum status give_name(const struct spool *spool, const char *name, struct error *error)
{
    char part[LIMIT_PATH], path[LIMIT_PATH];
    if (!path_of(spool, name, PART_SUFFIX, part) || !path_of(spool, name, "", path))
        return too_long(spool, error);
    return os_rename_new(part, path, error);
}

/* -- opening -- */

enum status spool_check(const char *folder, struct error *error)
{
    enum message message = MSG_NONE;
    memory_watch();
    enum os_folder state = os_folder_state(folder);
    if (memory_ran_out()) /* reading a folder takes some */
        message = MSG_NO_MEMORY;
    else if (state == FOLDER_NOT_ONE)
        message = MSG_OUT_NOT_FOLDER;
    else if (state == FOLDER_FULL)
        message = MSG_OUT_NOT_EMPTY;
    else if (!os_folder_writable(folder))
        message = MSG_OUT_NOT_WRITABLE;
    return message == MSG_NONE ? OK : error_at(error, message, folder, 0, TEXT(""));
}

static enum status make_folder(struct spool *spool, struct error *error)
{
    if (os_folder_state(spool->folder) == FOLDER_MISSING)
        spool->made_folder = true;
    return os_folder_make(spool->folder, error);
}

enum status spool_open(const char *folder, struct spool **out, struct error *error)
{
    *out = NULL;
    enum status status = spool_check(folder, error);
    if (status != OK)
        return status;
    struct spool *spool = memory_new(sizeof *spool);
    if (!spool)
        return error_set(error, MSG_NO_MEMORY);
    if (!os_path_join(spool->folder, "", folder))
        status = too_long(spool, error);
    else
        status = make_folder(spool, error);
    if (status == OK)
        *out = spool;
    else
        spool_abandon(spool);
    return status;
}

/* -- lots -- */

static enum status write_lot(void *context, const void *bytes, size_t size, struct error *error)
{
    struct spool *spool = context;
    if (!spool->lot)
        return error_set(error, MSG_BUG);
    return os_file_write(spool->lot, bytes, size, error);
}

enum status spool_lot_begin(struct spool *spool, uint32_t number, struct sink *out,
                            struct error *error)
{
    char name[NAME_BYTES];
    if (spool->lot)
        return error_set(error, MSG_BUG);
    lot_name(number, name);
    enum status status = create_part(spool, name, &spool->lot, error);
    if (status != OK)
        return status;
    spool->lot_number = number;
    *out = (struct sink){.write = write_lot, .context = spool};
    return OK;
}

/* Room for one more number, taken before the lot has its name: a named lot is never forgotten. */
static enum status reserve_lot(struct spool *spool, struct error *error)
{
    if (spool->lot_count < spool->lot_room)
        return OK;
    size_t room = spool->lot_room ? 2 * spool->lot_room : 64;
    uint32_t *lots =
        memory_resize(spool->lots, spool->lot_room * sizeof *lots, room * sizeof *lots);
    if (!lots)
        return error_set(error, MSG_NO_MEMORY);
    spool->lots = lots;
    spool->lot_room = room;
    return OK;
}

static enum status name_lot(struct spool *spool, const char *name, struct error *error)
{
    enum status status = reserve_lot(spool, error);
    if (status == OK)
        status = give_name(spool, name, error);
    if (status != OK) {
        unlink_name(spool, name, PART_SUFFIX);
        return status;
    }
    spool->lots[spool->lot_count++] = spool->lot_number;
    return os_sync_folder(spool->folder, error);
}

enum status spool_lot_seal(struct spool *spool, struct error *error)
{
    char name[NAME_BYTES];
    if (!spool->lot)
        return error_set(error, MSG_BUG);
    uint64_t bytes = os_file_size(spool->lot);
    lot_name(spool->lot_number, name);
    enum status status = seal_or_delete(&spool->lot, error);
    if (status == OK)
        status = name_lot(spool, name, error);
    if (status == OK)
        spool->lot_bytes += bytes;
    return status;
}

uint64_t spool_lot_bytes(const struct spool *spool)
{
    return spool->lot_bytes;
}

/* -- tables -- */

static bool is_plain_name(const char *name)
{
    return name[0] && name[0] != '.' && !strchr(name, '/') && strlen(name) < NAME_BYTES;
}

enum status spool_table_open(struct spool *spool, const char *name, struct spool_table **out,
                             struct error *error)
{
    *out = NULL;
    if (spool->table_count == TABLES || !is_plain_name(name))
        return error_set(error, MSG_BUG);
    struct spool_table *table = &spool->tables[spool->table_count];
    memcpy(table->name, name, strlen(name) + 1);
    enum status status = create_part(spool, name, &table->file, error);
    if (status != OK)
        return status;
    spool->table_count++;
    *out = table;
    return OK;
}

enum status spool_table_write(struct spool_table *table, const void *bytes, size_t size,
                              struct error *error)
{
    if (!table->file)
        return error_set(error, MSG_BUG);
    return os_file_write(table->file, bytes, size, error);
}

/* -- the end, good or bad -- */

enum status spool_seal(struct spool *spool, struct error *error)
{
    enum status status = spool->lot ? error_set(error, MSG_BUG) : OK;
    for (size_t i = 0; i < spool->table_count && status == OK; i++)
        if (spool->tables[i].file)
            status = seal_or_delete(&spool->tables[i].file, error);
    return status;
}

/* The folder is synced before the last name is given: no power loss shows a manifest without the
 * rest. */
static enum status name_tables(struct spool *spool, struct error *error)
{
    for (size_t i = 0; i < spool->table_count; i++) {
        struct spool_table *table = &spool->tables[i];
        enum status status = OK;
        if (i + 1 == spool->table_count)
            status = os_sync_folder(spool->folder, error);
        if (status == OK)
            status = give_name(spool, table->name, error);
        if (status != OK)
            return status;
        table->named = true;
    }
    return os_sync_folder(spool->folder, error);
}

static void spool_free(struct spool *spool)
{
    memory_free(spool->lots, spool->lot_room * sizeof *spool->lots);
    memory_free(spool, sizeof *spool);
}

enum status spool_publish(struct spool *spool, struct error *error)
{
    enum status status = spool_seal(spool, error);
    if (status == OK)
        status = name_tables(spool, error);
    if (status == OK)
        spool_free(spool);
    else
        spool_abandon(spool);
    return status;
}

/* Last opened first: the manifest goes before what it speaks of. */
static void delete_tables(struct spool *spool)
{
    for (size_t i = spool->table_count; i-- > 0;) {
        struct spool_table *table = &spool->tables[i];
        if (table->file)
            os_file_abandon(table->file);
        else
            unlink_name(spool, table->name, table->named ? "" : PART_SUFFIX);
    }
}

void spool_abandon(struct spool *spool)
{
    char name[NAME_BYTES];
    if (!spool)
        return;
    delete_tables(spool);
    os_file_abandon(spool->lot);
    for (size_t i = spool->lot_count; i-- > 0;) {
        lot_name(spool->lots[i], name);
        unlink_name(spool, name, "");
    }
    if (spool->made_folder)
        os_rmdir(spool->folder);
    spool_free(spool);
}
