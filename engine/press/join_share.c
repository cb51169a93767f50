#include "press/join_inside.h"

#include "base/memory.h"
#include "base/os_tree.h"

#define REPORT_LIMIT ((size_t)8 << 20)

enum status join_broken(const char *file, struct error *error)
{
    return error_at(error, MSG_JOIN_TABLE, file, 0, TEXT(""));
}

enum status join_differs(struct text what, struct error *error)
{
    return error_name(error, MSG_JOIN_OTHER, what);
}

/* -- a ledger -- */

static enum status add_unit(struct join_place *place, const struct join_unit *unit,
                            struct error *error)
{
    if (place->count == place->room) {
        uint32_t room = place->room ? place->room * 2 : 64;
        struct join_unit *units =
            memory_resize(place->units, place->room * sizeof *units, room * sizeof *units);
        if (!units)
            return error_set(error, MSG_NO_MEMORY);
        place->units = units;
        place->room = room;
    }
    place->units[place->count++] = *unit;
    return OK;
}

static bool read_unit(const struct ledger_record *record, struct join_unit *out)
{
    struct text name = ledger_value(record, "name");
    *out = (struct join_unit){.name = ""};
    if (name.length == 0 || name.length >= sizeof out->name)
        return false;
    memcpy(out->name, name.bytes, name.length);
    return ledger_number(record, "bytes", &out->facts.lot_bytes) &&
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

static enum status check_mac(struct join_place *place, const struct ledger_record *record,
                             struct error *error)
{
    struct digest have, want;
    place->keyed = true;
    if (!place->join->keyed || !ledger_digest(record, "mac", &have))
        return error_at(error, MSG_JOIN_SECRET, place->folder, 0, TEXT("--secret"));
    if (ledger_mac(place->join->key, &place->before, &want, error) != OK)
        return STOP;
    return memcmp(&have, &want, sizeof have) == 0
               ? OK
               : error_at(error, MSG_JOIN_SECRET, place->folder, 0, TEXT("--secret"));
}

static enum status note_table(struct join_place *place, const struct ledger_record *record,
                              struct error *error)
{
    struct text name = ledger_value(record, "name");
    if (place->table_count == JOIN_TABLES || name.length == 0 || name.length >= SPOOL_NAME)
        return join_broken(SPOOL_LEDGER, error);
    struct join_table *table = &place->tables[place->table_count++];
    *table = (struct join_table){.name = ""};
    memcpy(table->name, name.bytes, name.length);
    return ledger_number(record, "bytes", &table->bytes) &&
                   ledger_digest(record, place->join->keyed ? "hmac" : "sha256", &table->digest)
               ? OK
               : error_at(error, MSG_JOIN_SECRET, place->folder, 0, TEXT("--secret"));
}

static enum status note_kind(struct join_place *place, const struct ledger_record *record,
                             struct error *error)
{
    struct join_unit unit;
    if (text_is(record->kind, "run"))
        return ledger_digest(record, "run", &place->run) ? OK : join_broken(SPOOL_LEDGER, error);
    if (text_is(record->kind, "lot"))
        return read_unit(record, &unit) ? add_unit(place, &unit, error)
                                        : join_broken(SPOOL_LEDGER, error);
    if (text_is(record->kind, "table"))
        return note_table(place, record, error);
    if (text_is(record->kind, "mac"))
        return check_mac(place, record, error);
    if (text_is(record->kind, "reprint") || text_is(record->kind, "pull"))
        return error_at(error, MSG_JOIN_EVENTS, place->folder, 0, TEXT(""));
    if (!text_is(record->kind, "seal"))
        return OK;
    place->sealed = ledger_digest(record, "manifest", &place->manifest);
    return place->sealed ? OK : join_broken(SPOOL_LEDGER, error);
}

static enum status note_record(void *context, const struct ledger_record *record,
                               struct error *error)
{
    struct join_place *place = context;
    enum status status = note_kind(place, record, error);
    place->before = record->digest;
    return status;
}

static enum status check_manifest(const struct join_place *place, struct error *error)
{
    char path[LIMIT_PATH];
    struct os_map map;
    struct digest digest;
    if (!os_path_join(path, place->folder, SPOOL_MANIFEST) || !os_exists(path))
        return error_at(error, MSG_JOIN_NOT_SHARE, place->folder, 0, TEXT(""));
    if (os_map(path, VERIFY_FILE_LIMIT, &map, error) != OK)
        return STOP;
    enum status status = digest_of(map.bytes, map.size, &digest, error);
    os_unmap(&map);
    if (status == OK && memcmp(&digest, &place->manifest, sizeof digest) != 0)
        status =
            error_at(error, MSG_VERIFY_MANIFEST_CHANGED, place->folder, 0, TEXT(SPOOL_MANIFEST));
    return status;
}

static enum status read_place(struct join_place *place, struct error *error)
{
    const struct ledger_visitor visitor = {note_record, place};
    char path[LIMIT_PATH];
    if (!os_path_join(path, place->folder, SPOOL_LEDGER) || !os_exists(path))
        return error_at(error, MSG_JOIN_NOT_SHARE, place->folder, 0, TEXT(""));
    if (ledger_read(place->folder, &visitor, NULL, error) != OK)
        return STOP;
    if (!place->sealed)
        return error_at(error, MSG_JOIN_NOT_SHARE, place->folder, 0, TEXT(""));
    if (place->join->keyed && !place->keyed) /* somebody wrote this ledger without the key */
        return error_at(error, MSG_JOIN_SECRET, place->folder, 0, TEXT("--secret"));
    return check_manifest(place, error);
}

/* -- a report -- */

/* "K/N" with its quotes. */
static bool read_share(struct text value, uint64_t *index, uint64_t *of)
{
    uint32_t slash = 0;
    if (value.length < 5 || value.bytes[0] != '"' || value.bytes[value.length - 1] != '"')
        return false;
    value = (struct text){value.bytes + 1, value.length - 2};
    while (slash < value.length && value.bytes[slash] != '/')
        slash++;
    return slash < value.length && table_number((struct text){value.bytes, slash}, index) &&
           table_number((struct text){value.bytes + slash + 1, value.length - slash - 1}, of) &&
           *index >= 1 && *index <= *of;
}

static bool json_digest(struct text object, const char *key, struct digest *out)
{
    struct text value;
    return json_find(object, key, &value) && value.length == 66 &&
           table_digest((struct text){value.bytes + 1, 64}, out);
}

static enum status slurp(struct join *join, const char *folder, const char *name, struct text *out,
                         struct error *error)
{
    char path[LIMIT_PATH];
    if (!os_path_join(path, folder, name) || !os_exists(path))
        return error_at(error, MSG_JOIN_NOT_SHARE, folder, 0, text_of(name));
    return os_slurp(path, REPORT_LIMIT, &join->arena, out, error);
}

static enum status read_report(struct join *join, struct join_share *share, struct error *error)
{
    const char *folder = share->main.folder;
    struct text value;
    struct digest run;
    if (slurp(join, folder, "report.json", &share->report, error) != OK ||
        slurp(join, folder, "report.txt", &share->report_text, error) != OK)
        return STOP;
    if (!json_find(share->report, "shard", &value) ||
        !read_share(value, &share->index, &share->of) || !json_find(share->report, "whole", &value))
        return error_at(error, MSG_JOIN_NOT_SHARE, folder, 0, TEXT("report.json"));
    if (!json_digest(value, "run", &share->whole) ||
        !json_number(value, "records", &share->whole_records) ||
        !json_number(value, "units", &share->whole_units) ||
        !json_digest(share->report, "run", &run) || memcmp(&run, &share->main.run, sizeof run) != 0)
        return join_broken("report.json", error);
    return OK;
}

/* -- all shares -- */

static enum status open_share(struct join *join, uint32_t number, struct error *error)
{
    struct join_share *share = &join->shares[number];
    share->main.folder = join->order->shares[number];
    share->main.join = join;
    if (read_place(&share->main, error) != OK)
        return STOP;
    return read_report(join, share, error);
}

static enum status not_there(enum message message, uint64_t index, uint64_t of, struct error *error)
{
    enum status status = error_set(error, message);
    error->have = (int64_t)index;
    error->want = (int64_t)of;
    return status;
}

/* Puts share K in place K; whatever is left over is a double or a gap. */
static enum status sort_shares(struct join *join, struct error *error)
{
    uint64_t of = join->shares[0].of;
    for (uint32_t i = 0; i < join->count; i++)
        if (join->shares[i].of != of)
            return join_differs(TEXT("shard"), error);
    for (uint32_t i = 0; i < join->count; i++)
        for (uint32_t k = 0; k < i; k++)
            if (join->shares[i].index == join->shares[k].index)
                return not_there(MSG_JOIN_DOUBLE, join->shares[i].index, of, error);
    for (uint32_t i = 0; i < join->count;) {
        uint64_t place = join->shares[i].index - 1;
        if (place == i) {
            i++;
            continue;
        }
        if (place >= join->count)
            break;
        struct join_share kept = join->shares[place];
        join->shares[place] = join->shares[i];
        join->shares[i] = kept;
    }
    for (uint64_t index = 1; index <= of; index++)
        if (index > join->count || join->shares[index - 1].index != index)
            return not_there(MSG_JOIN_MISSING, index, of, error);
    return OK;
}

/* What tells more than "another run": the first key that differs. */
static enum status compare_keys(const struct join_share *first, const struct join_share *share,
                                struct error *error)
{
    static const char *const keys[] = {"engine",       "job",          "edition",   "sample",
                                       "job_digest",   "input_digest", "templates", "layouts",
                                       "fonts_digest", "images"};
    struct text want, have;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        bool both = json_find(first->report, keys[i], &want);
        if (json_find(share->report, keys[i], &have) != both || (both && !text_equal(want, have)))
            return join_differs(text_of(keys[i]), error);
    }
    if (memcmp(&first->whole, &share->whole, sizeof first->whole) != 0)
        return join_differs(TEXT("run"), error);
    return first->whole_records == share->whole_records && first->whole_units == share->whole_units
               ? OK
               : join_differs(TEXT("whole"), error);
}

/* A protected place belongs to the share whose run it names. */
static enum status open_hidden(struct join *join, const char *folder, struct error *error)
{
    struct join_place place = {.folder = folder, .join = join};
    enum status status = read_place(&place, error);
    for (uint32_t i = 0; status == OK && i < join->count; i++) {
        struct join_share *share = &join->shares[i];
        if (memcmp(&share->main.run, &place.run, sizeof place.run) != 0)
            continue;
        if (share->hidden.folder)
            status = not_there(MSG_JOIN_DOUBLE, share->index, share->of, error);
        else
            share->hidden = place;
        if (status == OK)
            return OK;
    }
    memory_free(place.units, place.room * sizeof *place.units);
    return status == OK ? error_at(error, MSG_JOIN_OTHER, folder, 0, TEXT("run")) : status;
}

static enum status check_hidden(const struct join *join, struct error *error)
{
    for (uint32_t i = 0; i < join->count; i++) {
        const struct join_share *share = &join->shares[i];
        struct text totals;
        uint64_t people = 0;
        if (!json_find(share->report, "totals", &totals) ||
            !json_number(totals, "protected", &people))
            return join_broken("report.json", error);
        if (join->order->protected_out ? !share->hidden.folder : people > 0)
            return error_name(error, MSG_JOIN_PLACES, TEXT("--protected"));
    }
    return OK;
}

/* -- what lies in a share -- */

static bool is_table(const struct join_place *place, const char *path)
{
    for (uint32_t i = 0; i < place->table_count; i++)
        if (strcmp(path, place->tables[i].name) == 0)
            return true;
    return strcmp(path, SPOOL_LEDGER) == 0 || strcmp(path, SPOOL_MANIFEST) == 0;
}

static bool is_lot(const struct join_place *place, const char *path)
{
    for (uint32_t i = 0; i < place->count; i++)
        if (place->units[i].facts.lot_bytes && strcmp(path, place->units[i].name) == 0)
            return true;
    return false;
}

static enum status see_file(void *context, const char *path, enum os_tree_kind kind,
                            struct error *error)
{
    const struct join_place *place = context;
    if (kind == TREE_FOLDER ||
        (kind == TREE_FILE && (is_table(place, path) || is_lot(place, path))))
        return OK;
    return error_at(error, MSG_JOIN_STRANGE, path, 0, TEXT(""));
}

/* Every share has the tables of the first one but for the sheets of the posting list, and nothing that nobody knows. */
static enum status see_place(struct join_place *place, const struct join_place *first,
                             struct error *error)
{
    const struct os_tree_visitor visitor = {see_file, place};
    uint32_t at = 0;
    for (uint32_t i = 0; i < first->table_count; i++) {
        const char *name = first->tables[i].name;
        if (place != first && strcmp(name, JOIN_POSTING) == 0)
            continue;
        if (at == place->table_count || strcmp(place->tables[at++].name, name) != 0)
            return join_differs(text_of(name), error);
    }
    if (at < place->table_count)
        return join_differs(TEXT("tables"), error);
    return os_tree_walk(place->folder, &visitor, error);
}

static enum status see_files(struct join *join, struct error *error)
{
    struct join_share *first = &join->shares[0];
    enum status status = OK;
    for (uint32_t i = 0; status == OK && i < join->count; i++) {
        struct join_share *share = &join->shares[i];
        status = see_place(&share->main, &first->main, error);
        if (status == OK && share->hidden.folder)
            status = see_place(&share->hidden, &first->hidden, error);
    }
    return status;
}

/* -- one behind the other -- */

static enum status due(uint64_t have, uint64_t want, const char *folder, struct error *error)
{
    if (have == want)
        return OK;
    (void)error_at(error, MSG_JOIN_GAP, folder, 0, TEXT(""));
    error->have = (int64_t)have;
    error->want = (int64_t)want;
    return STOP;
}

struct chain {
    uint64_t sequence, piece, records, units;
};

static enum status follow(struct chain *chain, const struct join_place *place, struct error *error)
{
    for (uint32_t i = 0; i < place->count; i++) {
        const struct spool_counts *counts = &place->units[i].counts;
        chain->units++;
        chain->records += counts->records;
        if (counts->letters == 0)
            continue;
        if (due(counts->first_sequence, chain->sequence, place->folder, error) != OK ||
            due(counts->first_piece, chain->piece, place->folder, error) != OK)
            return STOP;
        chain->sequence += counts->letters;
        chain->piece += counts->pieces;
    }
    return OK;
}

static enum status follow_all(const struct join *join, struct error *error)
{
    struct chain main = {.sequence = 1, .piece = 1}, hidden = main;
    const struct join_share *first = &join->shares[0];
    enum status status = OK;
    for (uint32_t i = 0; status == OK && i < join->count; i++) {
        status = follow(&main, &join->shares[i].main, error);
        if (status == OK && join->shares[i].hidden.folder)
            status = follow(&hidden, &join->shares[i].hidden, error);
    }
    if (status == OK)
        status = due(main.records, first->whole_records, first->main.folder, error);
    return status == OK
               ? due(main.units + hidden.units, first->whole_units, first->main.folder, error)
               : status;
}

enum status join_read_shares(struct join *join, struct error *error)
{
    enum status status = OK;
    for (uint32_t i = 0; status == OK && i < join->count; i++)
        status = open_share(join, i, error);
    for (uint32_t i = 1; status == OK && i < join->count; i++)
        status = compare_keys(&join->shares[0], &join->shares[i], error);
    if (status == OK)
        status = sort_shares(join, error);
    for (uint32_t i = 0; status == OK && i < join->order->hidden_count; i++)
        status = open_hidden(join, join->order->hidden[i], error);
    if (status == OK)
        status = check_hidden(join, error);
    if (status == OK)
        status = see_files(join, error);
    return status == OK ? follow_all(join, error) : status;
}

void join_close_shares(struct join *join)
{
    for (uint32_t i = 0; i < join->count; i++) {
        struct join_place *main = &join->shares[i].main, *hidden = &join->shares[i].hidden;
        memory_free(main->units, main->room * sizeof *main->units);
        memory_free(hidden->units, hidden->room * sizeof *hidden->units);
    }
    memory_free(join->shares, join->count * sizeof *join->shares);
}
