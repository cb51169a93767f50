#include "spool/inside.h"

#include "base/memory.h"

#define LOCK_WAIT_MS 2000

/* -- reading -- */

static enum status visit_one(const struct ledger_visitor *visitor,
                             const struct ledger_record *record, struct error *error)
{
    return visitor && visitor->record ? visitor->record(visitor->context, record, error) : OK;
}

static enum status scan_with(const char *bytes, size_t size, const struct ledger_visitor *visitor,
                             struct ledger_record *record, char scratch[LEDGER_LINE],
                             struct ledger_end *end, struct error *error)
{
    struct ledger_tail tail = {0};
    enum status status = OK;
    bool failed = false;
    size_t line;
    while (end->bytes < size && line_read(bytes + end->bytes, size - end->bytes, &tail, scratch,
                                          record, &line, &failed)) {
        status = visit_one(visitor, record, error);
        if (status != OK)
            break;
        end->sealed = end->sealed || text_is(record->kind, "seal");
        end->bytes += line;
        end->records = tail.records;
        end->last = tail.last;
    }
    end->whole = end->bytes == size && size > 0;
    if (failed)
        return error_set(error, MSG_CRYPTO_FAILED);
    return status == STOP ? STOP : OK;
}

enum status ledger_scan(const char *bytes, size_t size, const struct ledger_visitor *visitor,
                        struct ledger_end *end, struct error *error)
{
    struct ledger_record record;
    char scratch[LEDGER_LINE];
    *end = (struct ledger_end){0};
    return scan_with(bytes, size, visitor, &record, scratch, end, error);
}

static enum status damaged(const char *path, const struct ledger_end *end, struct error *error)
{
    return error_at(error, MSG_LEDGER_DAMAGED, path, (uint32_t)end->records + 1, TEXT(""));
}

enum status ledger_read(const char *folder, const struct ledger_visitor *visitor,
                        struct ledger_end *end, struct error *error)
{
    char path[LIMIT_PATH];
    struct ledger_end found = {0};
    struct os_map map;
    if (end)
        *end = found;
    if (!spool_path(path, folder, SPOOL_LEDGER, ""))
        return spool_too_long(folder, error);
    enum status status = os_map(path, LEDGER_BYTES, &map, error);
    if (status != OK)
        return status;
    status = ledger_scan(map.bytes, map.size, visitor, &found, error);
    os_unmap(&map);
    if (end)
        *end = found;
    if (status == OK && !found.whole)
        status = damaged(path, &found, error);
    return status;
}

/* -- writing anew -- */

static enum status write_new(struct os_file *file, const char *bytes, size_t size,
                             const struct ledger_line *line, const struct ledger_line *mac,
                             struct error *error)
{
    enum status status = os_file_write(file, bytes, size, error);
    if (status == OK && line)
        status = os_file_write(file, line->bytes, line->size, error);
    if (status == OK && mac)
        status = os_file_write(file, mac->bytes, mac->size, error);
    return status == OK ? os_file_sync(file, error) : status;
}

static enum status renew(const char *folder, const char *bytes, size_t size,
                         const struct ledger_line *line, const struct ledger_line *mac,
                         struct os_file **out, struct error *error)
{
    char part[LIMIT_PATH], path[LIMIT_PATH];
    *out = NULL;
    if (!spool_path(part, folder, SPOOL_LEDGER, PART_SUFFIX) ||
        !spool_path(path, folder, SPOOL_LEDGER, ""))
        return spool_too_long(folder, error);
    struct os_file *file;
    os_unlink(part); /* of a run that was killed here */
    enum status status = os_file_create(part, &file, error);
    if (status != OK)
        return status;
    status = write_new(file, bytes, size, line, mac, error);
    if (status == OK)
        status = os_rename(part, path, error);
    if (status != OK) {
        os_file_abandon(file);
        return status;
    }
    status = os_sync_folder(folder, error);
    if (status == OK)
        *out = file;
    else
        os_file_leave(file);
    return status;
}

enum status ledger_renew(const char *folder, const char *bytes, size_t size,
                         const struct ledger_line *line, struct os_file **out, struct error *error)
{
    return renew(folder, bytes, size, line, NULL, out, error);
}

/* -- what happened to finished output -- */

static bool is_ours(const char *kind)
{
    static const char *const ours[] = {"run", "lot", "table", "seal", "mac"};
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        if (strcmp(kind, ours[i]) == 0)
            return true;
    return false;
}

static enum status make_line(const char *kind, const struct ledger_field *fields, uint32_t count,
                             struct ledger_tail *tail, struct ledger_line *line,
                             struct error *error)
{
    if (is_ours(kind) || count > LEDGER_FIELDS)
        return error_set(error, MSG_BUG);
    line_start(line, tail->records + 1, kind);
    for (uint32_t i = 0; i < count; i++)
        line_text(line, fields[i].name, fields[i].value);
    return line_end(line, tail, error);
}

static enum status make_mac(const uint8_t *key, struct ledger_tail *tail, struct ledger_line *line,
                            struct error *error)
{
    struct digest mac;
    if (ledger_mac(key, &tail->last, &mac, error) != OK)
        return STOP;
    line_start(line, tail->records + 1, "mac");
    line_digest(line, "mac", &mac);
    return line_end(line, tail, error);
}

/* The line and its mac in one renewal: no kill leaves a keyed ledger with a record that nobody vouches for. */
static enum status append_to(const char *folder, const struct os_map *map,
                             const struct ledger_addition *add, struct error *error)
{
    struct ledger_end end;
    struct ledger_line line, mac;
    struct os_file *file;
    enum status status = ledger_scan(map->bytes, map->size, NULL, &end, error);
    struct ledger_tail tail = {end.records, end.last};
    if (status == OK && !end.whole)
        status = damaged(SPOOL_LEDGER, &end, error);
    if (status == OK && !end.sealed)
        status = error_at(error, MSG_LEDGER_NOT_SEALED, folder, 0, TEXT(""));
    if (status == OK)
        status = make_line(add->kind, add->fields, add->count, &tail, &line, error);
    if (status == OK && add->key)
        status = make_mac(add->key, &tail, &mac, error);
    if (status == OK)
        status = renew(folder, map->bytes, map->size, &line, add->key ? &mac : NULL, &file, error);
    if (status == OK)
        os_file_leave(file);
    return status;
}

enum status ledger_append_held(const char *folder, const struct ledger_addition *add,
                               struct error *error)
{
    char path[LIMIT_PATH];
    enum place place;
    struct os_map map;
    enum status status = spool_place(folder, &place, error);
    if (status == OK && place != PLACE_SEALED)
        status = error_at(error, MSG_LEDGER_NOT_SEALED, folder, 0, TEXT(""));
    if (status == OK && !spool_path(path, folder, SPOOL_LEDGER, ""))
        status = spool_too_long(folder, error);
    if (status == OK)
        status = os_map(path, LEDGER_BYTES, &map, error);
    if (status != OK)
        return status;
    status = append_to(folder, &map, add, error);
    os_unmap(&map);
    return status;
}

enum status ledger_append(const char *folder, const char *kind, const struct ledger_field *fields,
                          uint32_t count, struct error *error)
{
    struct os_lock lock;
    if (!os_exists(folder)) /* else the lock would wait for it to appear */
        return error_at(error, MSG_LEDGER_NOT_SEALED, folder, 0, TEXT(""));
    enum status status = os_folder_lock(folder, LOCK_WAIT_MS, &lock, error);
    if (status != OK)
        return status;
    status =
        ledger_append_held(folder, &(struct ledger_addition){kind, fields, count, NULL}, error);
    os_folder_unlock(&lock);
    return status;
}

/* -- a key -- */

enum status ledger_mac(const uint8_t key[DIGEST_KEY_BYTES], const struct digest *before,
                       struct digest *out, struct error *error)
{
    struct digester *digester;
    enum status status = digester_new(&digester, error);
    if (status != OK)
        return status;
    status = digester_key(digester, key, error);
    if (status == OK) {
        digest_start(digester);
        digest_add_text(digester, TEXT("oshirase ledger 1"));
        digest_add(digester, before->bytes, sizeof before->bytes);
        status = digest_end(digester, out, error);
    }
    digester_free(digester);
    return status;
}
