/* spool/recall.c -- what an earlier run has left: the ledger up to its first record that does not hold, in a new file.
 * A record holds when its lot and its rows lie there, byte for byte. */
#include "spool/inside.h"

#include "base/memory.h"

/* -- files -- */

bool spool_file_has(const char *path, uint64_t want)
{
    uint64_t bytes;
    return want == 0 || (os_file_length(path, &bytes) && bytes == want);
}

static enum status digest_blocks(const struct os_input *input, uint64_t bytes,
                                 struct digester *digester, struct digest *out, struct error *error)
{
    uint8_t *block = memory_new(SPOOL_BLOCK);
    enum status status = block ? OK : error_set(error, MSG_NO_MEMORY);
    size_t got = SPOOL_BLOCK;
    digest_start(digester);
    for (uint64_t at = 0; status == OK && at < bytes && got == SPOOL_BLOCK; at += got) {
        status = os_input_read(input, at, block, SPOOL_BLOCK, &got, error);
        if (status == OK)
            digest_add(digester, block, got);
    }
    memory_free(block, block ? SPOOL_BLOCK : 0);
    return status == OK ? digest_end(digester, out, error) : status;
}

static enum status digest_file(const char *path, uint64_t bytes, const uint8_t *key,
                               struct digest *out, struct error *error)
{
    struct digester *digester;
    struct os_input input;
    enum status status = spool_digester(key, &digester, error);
    if (status != OK)
        return status;
    status = os_input_open(path, &input, error);
    if (status == OK) {
        status = digest_blocks(&input, bytes, digester, out, error);
        os_input_close(&input);
    }
    digester_free(digester);
    return status;
}

/* *good: the file has these bytes. Its length alone would let a lot that went bad since get into the output. One that
 * cannot be read is made again too. */
static enum status file_is(const char *path, uint64_t bytes, const struct digest *want,
                           const uint8_t *key, bool *good, struct error *error)
{
    struct digest have;
    *good = spool_file_has(path, bytes);
    if (!*good || bytes == 0)
        return OK;
    enum status status = digest_file(path, bytes, key, &have, error);
    *good = status == OK && memcmp(have.bytes, want->bytes, sizeof have.bytes) == 0;
    return status != OK && error->message == MSG_READ_FAILED ? OK : status;
}

static enum status unit_is_there(const struct spool *spool, const struct lot *lot, bool *good,
                                 struct error *error)
{
    char path[LIMIT_PATH], rows[LIMIT_PATH];
    const struct spool_facts *facts = &lot->facts;
    *good = false;
    if (!spool_path(path, spool->folder, lot->name, "") ||
        !spool_rows_path(rows, spool->folder, lot->name))
        return OK;
    enum status status = file_is(path, facts->lot_bytes, &facts->lot, NULL, good, error);
    if (status == OK && *good)
        status = file_is(rows, facts->rows_bytes, &facts->rows, spool->key, good, error);
    return status;
}

/* -- records -- */

static bool read_lot(const struct ledger_record *record, struct lot *out)
{
    struct text name = ledger_value(record, "name");
    *out = (struct lot){.name = ""};
    if (name.length >= SPOOL_NAME)
        return false;
    memcpy(out->name, name.bytes, name.length);
    return spool_unit_name(out->name) && ledger_number(record, "bytes", &out->facts.lot_bytes) &&
           ledger_digest(record, "sha256", &out->facts.lot) &&
           ledger_number(record, "rows_bytes", &out->facts.rows_bytes) &&
           ledger_digest(record, "rows_sha256", &out->facts.rows) &&
           ledger_number(record, "first_sequence", &out->counts.first_sequence) &&
           ledger_number(record, "letters", &out->counts.letters) &&
           ledger_number(record, "first_piece", &out->counts.first_piece) &&
           ledger_number(record, "pieces", &out->counts.pieces) &&
           ledger_number(record, "sheets", &out->counts.sheets) &&
           ledger_number(record, "records", &out->counts.records);
}

struct recall {
    struct spool *spool;
    bool sealed; /* then every record counts and the lots are verify's business */
};

static enum status recall_run(const struct spool *spool, const struct ledger_record *record,
                              struct error *error)
{
    struct digest run;
    uint64_t format;
    if (record->number != 1 || !ledger_number(record, "format", &format) ||
        !ledger_digest(record, "run", &run))
        return REJECT;
    if (format == LEDGER_FORMAT && memcmp(run.bytes, spool->run.bytes, sizeof run.bytes) == 0)
        return OK;
    return error_at(error, MSG_OUT_OTHER_RUN, spool->folder, 0, TEXT(""));
}

static enum status recall_lot(const struct recall *recall, const struct ledger_record *record,
                              struct error *error)
{
    struct spool *spool = recall->spool;
    struct lot lot;
    bool good = recall->sealed;
    if (!read_lot(record, &lot) || lots_find(&spool->lots, lot.name))
        return REJECT;
    if (!recall->sealed && unit_is_there(spool, &lot, &good, error) != OK)
        return STOP;
    if (!good)
        return REJECT;
    if (lots_reserve(&spool->lots, error) != OK)
        return STOP;
    lots_add(&spool->lots, &lot);
    spool->lot_bytes += lot.facts.lot_bytes;
    return OK;
}

/* REJECT: the ledger ends before this record. The seal of an unfinished run is made again. */
static enum status recall_record(void *context, const struct ledger_record *record,
                                 struct error *error)
{
    const struct recall *recall = context;
    if (text_is(record->kind, "run"))
        return recall_run(recall->spool, record, error);
    if (record->number == 1)
        return REJECT;
    if (text_is(record->kind, "lot"))
        return recall_lot(recall, record, error);
    return recall->sealed ? OK : REJECT;
}

static enum status is_sound(const struct ledger_end *end, bool sealed, struct error *error)
{
    if (end->records && (!sealed || (end->whole && end->sealed)))
        return OK;
    return error_at(error, MSG_LEDGER_DAMAGED, SPOOL_LEDGER, (uint32_t)end->records + 1, TEXT(""));
}

bool spool_rows_kept(const struct spool *spool)
{
    char path[LIMIT_PATH];
    return os_path_join(path, spool->folder, SPOOL_WORK) && os_exists(path);
}

/* Rows go when the manifest has its name and that is synced: a seal without either means that somebody has taken the
 * manifest away. To begin anew would delete finished lots. */
static enum status is_unfinished(const struct spool *spool, const struct os_map *map,
                                 struct error *error)
{
    struct ledger_end end;
    enum status status = ledger_scan(map->bytes, map->size, NULL, &end, error);
    if (status != OK || !end.sealed || spool_rows_kept(spool))
        return status;
    return error_at(error, MSG_OUT_NO_MANIFEST, spool->folder, 0, TEXT(""));
}

enum status spool_recall(struct spool *spool, bool sealed, struct error *error)
{
    char path[LIMIT_PATH];
    struct os_map map;
    struct ledger_end end;
    struct recall recall = {spool, sealed};
    const struct ledger_visitor visitor = {recall_record, &recall};
    if (!spool_path(path, spool->folder, SPOOL_LEDGER, ""))
        return spool_too_long(spool->folder, error);
    enum status status = os_map(path, LEDGER_BYTES, &map, error);
    if (status != OK)
        return status;
    status = sealed ? OK : is_unfinished(spool, &map, error);
    if (status != OK) {
        os_unmap(&map);
        return status;
    }
    status = ledger_scan(map.bytes, map.size, &visitor, &end, error);
    if (status == OK)
        status = is_sound(&end, sealed, error);
    spool->tail = (struct ledger_tail){end.records, end.last};
    if (status == OK && !sealed)
        status =
            ledger_renew(spool->folder, map.bytes, (size_t)end.bytes, NULL, &spool->ledger, error);
    os_unmap(&map);
    return status;
}
