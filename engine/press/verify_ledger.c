#include "press/verify_inside.h"

#include "base/os_tree.h"
#include "spool/ledger.h"

/* -- the ledger -- */

static enum status note_lot(struct verify *verify, const struct ledger_record *record,
                            struct error *error)
{
    struct verify_lot *lot;
    struct text name = ledger_value(record, "name");
    uint64_t bytes;

    if (!ledger_number(record, "bytes", &bytes) || name.length == 0)
        return error_set(error, MSG_VERIFY_LEDGER);
    if (bytes == 0) /* rows only */
        return OK;
    if (verify_lot(verify, name))
        return error_set(error, MSG_VERIFY_LEDGER);
    if (verify_lot_add(verify, name, &lot, error) != OK)
        return STOP;
    lot->in_ledger = true;
    lot->bytes = bytes;
    if (ledger_digest(record, "sha256", &lot->digest) &&
        ledger_number(record, "sheets", &lot->sheets) &&
        ledger_number(record, "letters", &lot->letters) &&
        ledger_number(record, "first_sequence", &lot->first_sequence))
        return OK;
    return error_set(error, MSG_VERIFY_LEDGER);
}

static enum status digest_table(const struct verify *verify, const struct os_map *map, bool keyed,
                                struct digest *out, struct error *error)
{
    struct digester *digester;

    if (!keyed)
        return digest_of(map->bytes, map->size, out, error);
    if (secret_digester(verify->order->press, &digester, error) != OK)
        return STOP;
    digest_start(digester);
    digest_add(digester, map->bytes, map->size);
    enum status status = digest_end(digester, out, error);
    digester_free(digester);
    return status;
}

static enum status compare_table(struct verify *verify, struct text name, const struct digest *want,
                                 bool keyed, struct error *error)
{
    char path[LIMIT_PATH];
    struct digest have;
    struct os_map map;

    if (!os_path_join(path, verify->order->out, name.bytes) || !os_exists(path)) {
        verify_tell(verify, MSG_VERIFY_TABLE_CHANGED, name, 0, 0);
        return OK;
    }
    if (keyed && (!verify->order->press || !verify->order->press->has_secret))
        return OK;
    if (os_map(path, VERIFY_FILE_LIMIT, &map, error) != OK)
        return STOP;
    enum status status = digest_table(verify, &map, keyed, &have, error);
    os_unmap(&map);
    if (status == OK && memcmp(&have, want, sizeof have) != 0)
        verify_tell(verify, MSG_VERIFY_TABLE_CHANGED, name, 0, 0);
    return status;
}

/* A table or report as it was sealed; the manifest is read anyway (verify_letters). */
static enum status check_table(struct verify *verify, const struct ledger_record *record,
                               struct error *error)
{
    struct text name = arena_text(&verify->arena, ledger_value(record, "name"));
    struct digest want;
    bool keyed = ledger_digest(record, "hmac", &want);

    if (!name.bytes)
        return error_set(error, MSG_NO_MEMORY);
    if (name.length == 0 || (!keyed && !ledger_digest(record, "sha256", &want)) ||
        strchr(name.bytes, '/'))
        return error_set(error, MSG_VERIFY_LEDGER);
    return compare_table(verify, name, &want, keyed, error);
}

/* Only who has the key can tell a ledger that was written anew from the one that the run has sealed. */
static enum status check_mac(struct verify *verify, const struct ledger_record *record,
                             struct error *error)
{
    const struct press *press = verify->order->press;
    struct digest have, want;

    if (!ledger_digest(record, "mac", &have) || !verify->sealed)
        return error_set(error, MSG_VERIFY_LEDGER);
    if (!press || !press->has_secret)
        return OK;
    if (ledger_mac(press->secret, &verify->before, &want, error) != OK)
        return STOP;
    if (memcmp(&have, &want, sizeof have) == 0)
        verify->macs++;
    else
        verify_tell(verify, MSG_VERIFY_MAC, TEXT(SPOOL_LEDGER), 0, 0);
    return OK;
}

/* A long list has several records: it counts with its last. */
static enum status note_pull(struct verify *verify, const struct ledger_record *record,
                             struct error *error)
{
    uint64_t part, parts, letters, pieces, sheets;

    if (!ledger_number(record, "part", &part) || !ledger_number(record, "parts", &parts) ||
        !ledger_number(record, "letters", &letters) || !ledger_number(record, "pieces", &pieces) ||
        !ledger_number(record, "sheets", &sheets))
        return error_set(error, MSG_VERIFY_LEDGER);
    if (part < parts)
        return OK;
    verify->pulled.letters += letters;
    verify->pulled.pieces += pieces;
    verify->pulled.sheets += sheets;
    return OK;
}

static enum status note_kind(struct verify *verify, const struct ledger_record *record,
                             struct error *error)
{
    if (text_is(record->kind, "lot"))
        return note_lot(verify, record, error);
    if (text_is(record->kind, "table"))
        return check_table(verify, record, error);
    if (text_is(record->kind, "mac"))
        return check_mac(verify, record, error);
    if (text_is(record->kind, "pull"))
        return note_pull(verify, record, error);
    if (!text_is(record->kind, "seal"))
        return OK;
    verify->sealed = ledger_digest(record, "manifest", &verify->manifest);
    return verify->sealed ? OK : error_set(error, MSG_VERIFY_LEDGER);
}

static enum status note_record(void *context, const struct ledger_record *record,
                               struct error *error)
{
    struct verify *verify = context;
    enum status status = note_kind(verify, record, error);

    verify->vouched = text_is(record->kind, "mac");
    verify->before = record->digest;
    return status;
}

static void check_sealed(struct verify *verify)
{
    const struct press *press = verify->order->press;

    if (!verify->sealed)
        verify_tell(verify, MSG_VERIFY_LEDGER, TEXT(SPOOL_LEDGER), 0, 0);
    else if (press && press->has_secret && (verify->macs == 0 || !verify->vouched) &&
             !verify->reprint)
        verify_tell(verify, MSG_VERIFY_MAC, TEXT(SPOOL_LEDGER), 0, 0);
}

static bool is_ours(enum message_kind kind)
{
    return kind == KIND_TOTALS || kind == KIND_JOB;
}

enum status verify_ledger(struct verify *verify, struct error *error)
{
    const struct ledger_visitor visitor = {note_record, verify};

    if (ledger_read(verify->order->out, &visitor, NULL, error) == OK) {
        check_sealed(verify);
        return OK;
    }
    if (!is_ours(message_kind(error->message)))
        return STOP;
    verify_tell_error(verify, TEXT(SPOOL_LEDGER), error);
    return OK;
}

/* -- files that nobody named -- */

static bool ends_with(struct text path, const char *ending)
{
    size_t size = strlen(ending);

    return path.length >= size && memcmp(path.bytes + path.length - size, ending, size) == 0;
}

/* Slips and lists of later commands have names of their own; what calls itself a lot must be one. */
static bool claims_to_be_lot(struct text path)
{
    const char *last = os_path_last(path.bytes);

    return strncmp(last, "lot-", 4) == 0 || ends_with(path, ".part");
}

static enum status see_file(void *context, const char *path, enum os_tree_kind kind,
                            struct error *error)
{
    struct verify *verify = context;
    struct text name = text_of(path);
    const struct verify_lot *lot = verify_lot(verify, name);

    (void)error;
    if (kind == TREE_FOLDER || (kind == TREE_FILE && (lot || !claims_to_be_lot(name))))
        return OK;
    verify_tell(verify, MSG_VERIFY_LOT_STRANGE, name, 0, 0);
    return OK;
}

enum status verify_files(struct verify *verify, struct error *error)
{
    const struct os_tree_visitor visitor = {see_file, verify};

    return os_tree_walk(verify->order->out, &visitor, error);
}
