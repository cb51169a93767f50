/* spool/tables.c -- rows of the lots, tables, and the end of a run: the names, the manifest's last. */
#include "spool/inside.h"

#include "base/memory.h"

/* -- rows -- */

static enum status copy_rows(const struct os_input *input, uint8_t *block,
                             struct digester *digester, const struct sink *to, uint64_t *bytes,
                             struct error *error)
{
    size_t got;
    *bytes = 0;
    digest_start(digester);
    do {
        if (os_input_read(input, *bytes, block, SPOOL_BLOCK, &got, error) != OK)
            return STOP;
        digest_add(digester, block, got);
        if (got && sink_write(to, block, got, error) != OK)
            return STOP;
        *bytes += got;
    } while (got == SPOOL_BLOCK);
    return OK;
}

static enum status read_checked(const struct os_input *input, const struct lot *lot,
                                const uint8_t *key, const struct sink *to, struct error *error)
{
    struct digester *digester;
    struct digest digest;
    uint64_t bytes = 0;
    enum status status = spool_digester(key, &digester, error);
    if (status != OK)
        return status;
    uint8_t *block = memory_new(SPOOL_BLOCK);
    status = block ? copy_rows(input, block, digester, to, &bytes, error)
                   : error_set(error, MSG_NO_MEMORY);
    if (status == OK)
        status = digest_end(digester, &digest, error);
    if (status == OK && (bytes != lot->facts.rows_bytes ||
                         memcmp(digest.bytes, lot->facts.rows.bytes, sizeof digest.bytes) != 0))
        status = error_at(error, MSG_ROWS_DIFFER, lot->name, 0, TEXT(""));
    memory_free(block, SPOOL_BLOCK);
    digester_free(digester);
    return status;
}

enum status spool_rows_read(struct spool *spool, const char *name, const struct sink *to,
                            struct error *error)
{
    char path[LIMIT_PATH];
    struct os_input input;
    const struct lot *lot = lots_find(&spool->lots, name);
    enum status status = spool_holds(lot != NULL, 1, error); /* rows without a record are no rows */
    if (status != OK || lot->facts.rows_bytes == 0)
        return status;
    if (!spool_rows_path(path, spool->folder, name))
        return spool_too_long(spool->folder, error);
    status = os_input_open(path, &input, error);
    if (status != OK)
        return status;
    status = read_checked(&input, lot, spool->key, to, error);
    os_input_close(&input);
    return status;
}

/* -- tables -- */

static bool is_table_name(const char *name)
{
    return name[0] && name[0] != '.' && !strchr(name, '/') && strlen(name) < SPOOL_NAME &&
           strcmp(name, SPOOL_LEDGER) != 0 && !spool_ends_with(name, PART_SUFFIX) &&
           !spool_lot_name(name);
}

static enum status create_table(struct spool *spool, struct spool_table *table, struct error *error)
{
    char part[LIMIT_PATH];
    if (!spool_path(part, spool->folder, table->name, PART_SUFFIX))
        return spool_too_long(spool->folder, error);
    if (spool->leftovers) /* of a run that was killed while it gave the names */
        spool_unlink(spool, table->name, "");
    /* Without the manifest, which the vendor has, a ledger must not say by trying who is protected. */
    bool plain = strcmp(table->name, SPOOL_MANIFEST) == 0;
    enum status status = spool_digester(plain ? NULL : spool->key, &table->digester, error);
    if (status != OK)
        return status;
    digest_start(table->digester);
    status = os_file_create(part, &table->file, error);
    if (status != OK) {
        digester_free(table->digester);
        table->digester = NULL;
    }
    return status;
}

enum status spool_table_open(struct spool *spool, const char *name, struct spool_table **out,
                             struct error *error)
{
    *out = NULL;
    if (spool->table_count == SPOOL_TABLES || !is_table_name(name))
        return error_set(error, MSG_BUG);
    struct spool_table *table = &spool->tables[spool->table_count];
    *table = (struct spool_table){.swallow = spool->state == STATE_SEALED};
    memcpy(table->name, name, strlen(name) + 1);
    enum status status = table->swallow ? OK : create_table(spool, table, error);
    if (status != OK)
        return status;
    spool->table_count++;
    *out = table;
    return OK;
}

enum status spool_table_write(struct spool_table *table, const void *bytes, size_t size,
                              struct error *error)
{
    if (table->swallow)
        return OK;
    if (!table->file)
        return error_set(error, MSG_BUG);
    digest_add(table->digester, bytes, size);
    table->bytes += size;
    return os_file_write(table->file, bytes, size, error);
}

/* A failed seal condemns the file: it is deleted, never synced again (invariant 7). */
static enum status seal_table(struct spool_table *table, struct error *error)
{
    struct os_file *sealed = table->file;
    table->file = NULL;
    enum status status = digest_end(table->digester, &table->digest, error);
    digester_free(table->digester);
    table->digester = NULL;
    if (status == OK)
        status = os_file_seal(sealed, error);
    if (status != OK)
        os_file_abandon(sealed);
    return status;
}

enum status spool_seal(struct spool *spool, struct error *error)
{
    enum status status = OK;
    for (size_t i = 0; i < spool->table_count && status == OK; i++)
        if (spool->tables[i].file)
            status = seal_table(&spool->tables[i], error);
    return status;
}

/* Last opened first: the manifest goes before what it speaks of. */
void spool_delete_tables(struct spool *spool)
{
    for (size_t i = spool->table_count; i-- > 0;) {
        struct spool_table *table = &spool->tables[i];
        digester_free(table->digester);
        if (table->swallow || spool->state == STATE_SEALED)
            continue;
        if (table->file)
            os_file_abandon(table->file);
        else
            spool_unlink(spool, table->name, table->named ? "" : PART_SUFFIX);
    }
    spool->table_count = 0;
}

/* -- the end -- */

static enum status line_of_table(struct spool *spool, const struct spool_table *table,
                                 struct error *error)
{
    struct ledger_line *line = &spool->line;
    line_start(line, spool->tail.records + 1, "table");
    line_text(line, TEXT("name"), text_of(table->name));
    line_number(line, "bytes", table->bytes);
    line_digest(line, spool->key ? "hmac" : "sha256", &table->digest);
    return line_end(line, &spool->tail, error);
}

static enum status line_of_mac(struct spool *spool, struct error *error)
{
    struct digest mac;
    struct ledger_line *line = &spool->line;
    if (ledger_mac(spool->key, &spool->tail.last, &mac, error) != OK)
        return STOP;
    line_start(line, spool->tail.records + 1, "mac");
    line_digest(line, "mac", &mac);
    return line_end(line, &spool->tail, error);
}

static enum status line_of_seal(struct spool *spool, struct error *error)
{
    struct ledger_line *line = &spool->line;
    struct spool_counts sum = {0};
    for (uint64_t i = 0; i < spool->lots.count; i++) {
        const struct spool_counts *counts = &spool->lots.list[i].counts;
        sum.letters += counts->letters;
        sum.pieces += counts->pieces;
        sum.sheets += counts->sheets;
        sum.records += counts->records;
    }
    line_start(line, spool->tail.records + 1, "seal");
    line_number(line, "lots", spool->lots.count);
    line_number(line, "letters", sum.letters);
    line_number(line, "pieces", sum.pieces);
    line_number(line, "sheets", sum.sheets);
    line_number(line, "records", sum.records);
    line_number(line, "bytes", spool->lot_bytes);
    line_digest(line, "manifest", &spool->tables[spool->table_count - 1].digest);
    return line_end(line, &spool->tail, error);
}

/* The folder is synced before the last name is given: no power loss shows a manifest without the
 * rest. */
static enum status name_tables(struct spool *spool, struct error *error)
{
    for (size_t i = 0; i < spool->table_count; i++) {
        struct spool_table *table = &spool->tables[i];
        bool last = i + 1 == spool->table_count;
        enum status status = last ? os_sync_folder(spool->folder, error) : OK;
        if (status == OK && last)
            status = spool_holds(spool->state == STATE_ENDED, 5, error);
        if (status == OK)
            status = spool_give_name(spool, table->name, error);
        if (status != OK)
            return status;
        table->named = true;
    }
    return os_sync_folder(spool->folder, error);
}

static bool ends_with_manifest(const struct spool *spool)
{
    return spool->table_count &&
           strcmp(spool->tables[spool->table_count - 1].name, SPOOL_MANIFEST) == 0;
}

/* All but the manifest, which is in the seal. */
static enum status put_tables(struct spool *spool, struct error *error)
{
    enum status status = OK;
    for (size_t i = 0; i + 1 < spool->table_count && status == OK; i++) {
        status = line_of_table(spool, &spool->tables[i], error);
        if (status == OK)
            status = spool_put(spool, error);
    }
    return status;
}

static enum status put_seal(struct spool *spool, struct error *error)
{
    enum status status = line_of_seal(spool, error);
    if (status == OK && spool->key) {
        status = spool_put(spool, error);
        if (status == OK)
            status = line_of_mac(spool, error);
    }
    return status == OK ? spool_append(spool, error) : status;
}

static enum status end_ledger(struct spool *spool, struct error *error)
{
    enum status status =
        spool_holds(spool->state == STATE_READY && ends_with_manifest(spool), 5, error);
    if (status == OK)
        status = put_tables(spool, error);
    if (status == OK)
        status = put_seal(spool, error);
    if (status == OK)
        spool->state = STATE_ENDED;
    return status;
}

static enum status finish(struct spool *spool, struct error *error)
{
    if (!spool || spool->state == STATE_SEALED)
        return OK;
    enum status status = spool_seal(spool, error);
    if (status == OK)
        status = end_ledger(spool, error);
    if (status == OK)
        status = name_tables(spool, error);
    if (status == OK)
        spool->state = STATE_SEALED;
    return status;
}

static void close_finished(struct spool *spool)
{
    char work[LIMIT_PATH];
    if (!spool)
        return;
    if (os_path_join(work, spool->folder, SPOOL_WORK))
        os_folder_remove(work);
    spool_delete_tables(spool);
    spool_free(spool);
}

enum status spool_publish_both(struct spool *first, struct spool *second, struct error *error)
{
    enum status status = first ? spool_seal(first, error) : OK;
    if (status == OK && second)
        status = spool_seal(second, error);
    if (status == OK)
        status = finish(first, error);
    if (status == OK)
        status = finish(second, error);
    if (status == OK) {
        close_finished(first);
        close_finished(second);
    } else {
        spool_abandon(second);
        spool_abandon(first);
    }
    return status;
}

enum status spool_publish(struct spool *spool, struct error *error)
{
    return spool_publish_both(spool, NULL, error);
}
