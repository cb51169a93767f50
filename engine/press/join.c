#include "press/join_inside.h"

#include "base/memory.h"
#include "press/outbook.h"

/* -- lots -- */

static enum status lot_changed(const struct join_place *place, const char *name,
                               struct error *error)
{
    return error_at(error, MSG_VERIFY_LOT_CHANGED, place->folder, 0, text_of(name));
}

static enum status write_lot(const char *path, struct spool_unit *unit, struct error *error)
{
    const struct sink to = spool_unit_pdf(unit);
    struct os_map map;
    if (os_map(path, VERIFY_FILE_LIMIT, &map, error) != OK)
        return STOP;
    enum status status = sink_write(&to, map.bytes, map.size, error);
    os_unmap(&map);
    return status;
}

/* Copies a lot; what arrived must be what the share's ledger sealed. */
static enum status copy_lot(const struct join_place *place, const struct join_unit *from,
                            const char *folder, struct error *error)
{
    char path[LIMIT_PATH];
    struct spool_unit *unit;
    struct spool_facts facts;
    if (!os_path_join(path, place->folder, from->name) || !os_exists(path))
        return error_at(error, MSG_VERIFY_LOT_MISSING, place->folder, 0, text_of(from->name));
    if (spool_unit_begin(folder, from->name, &unit, error) != OK)
        return STOP;
    if (write_lot(path, unit, error) != OK) {
        spool_unit_drop(unit);
        return STOP;
    }
    if (spool_unit_seal(unit, &facts, error) != OK)
        return STOP;
    if (facts.lot_bytes != from->facts.lot_bytes ||
        memcmp(&facts.lot, &from->facts.lot, sizeof facts.lot) != 0)
        return lot_changed(place, from->name, error);
    return OK;
}

static enum status adopt_place(struct spool *spool, const char *folder,
                               const struct join_place *place, struct error *error)
{
    enum status status = OK;
    for (uint32_t i = 0; status == OK && i < place->count; i++) {
        const struct join_unit *unit = &place->units[i];
        if (spool_has(spool, unit->name, NULL, NULL)) /* a lot of this name came before */
            return error_at(error, MSG_JOIN_GAP, place->folder, 0, text_of(unit->name));
        if (unit->facts.lot_bytes)
            status = copy_lot(place, unit, folder, error);
        if (status == OK)
            status = spool_adopt(spool, unit->name, &unit->facts, &unit->counts, error);
    }
    return status;
}

/* A place that is sealed already needs no lots. */
static enum status adopt_all(const struct join *join, bool main_sealed, bool hidden_sealed,
                             struct error *error)
{
    enum status status = OK;
    for (uint32_t i = 0; status == OK && !main_sealed && i < join->count; i++)
        status = adopt_place(join->main, join->order->out, &join->shares[i].main, error);
    for (uint32_t i = 0; status == OK && join->hidden && !hidden_sealed && i < join->count; i++)
        status =
            adopt_place(join->hidden, join->order->protected_out, &join->shares[i].hidden, error);
    return status;
}

/* -- tables: the head once, then the rows of each share -- */

struct table_maker {
    struct join *join;
    struct digester *digester; /* as the ledger's of the shares */
    struct spool_table *table;
    const char *name;
    struct text head; /* of the first share */
};

static enum status add_rows(struct table_maker *maker, const struct os_map *map,
                            struct error *error)
{
    const char *bytes = map->bytes;
    const char *stop = map->size ? memchr(bytes, '\n', map->size) : NULL;
    if (!stop || bytes[map->size - 1] != '\n')
        return join_broken(maker->name, error);
    size_t head = (size_t)(stop - bytes) + 1;
    bool first = !maker->head.bytes;
    if (first) {
        maker->head = arena_text(&maker->join->arena, (struct text){bytes, (uint32_t)head});
        if (!maker->head.bytes)
            return error_set(error, MSG_NO_MEMORY);
    }
    if (head != maker->head.length || memcmp(bytes, maker->head.bytes, head) != 0)
        return join_broken(maker->name, error);
    size_t from = first ? 0 : head;
    return spool_table_write(maker->table, bytes + from, map->size - from, error);
}

/* What the share's ledger says of this table. The manifest is in its seal. */
static enum status check_table(struct table_maker *maker, const struct join_place *place,
                               const struct os_map *map, struct error *error)
{
    struct digest digest;
    const struct join_table *known = NULL;
    for (uint32_t i = 0; i < place->table_count; i++)
        if (strcmp(place->tables[i].name, maker->name) == 0)
            known = &place->tables[i];
    if (!known)
        return OK;
    digest_start(maker->digester);
    digest_add(maker->digester, map->bytes, map->size);
    if (digest_end(maker->digester, &digest, error) != OK)
        return STOP;
    if (map->size == known->bytes && memcmp(&digest, &known->digest, sizeof digest) == 0)
        return OK;
    return error_at(error, MSG_VERIFY_TABLE_CHANGED, place->folder, 0, text_of(maker->name));
}

/* How a table comes into the joined one. */
enum taking { TAKE_NOTHING, TAKE_ROWS, TAKE_ALL };

static enum status add_table(struct table_maker *maker, const struct join_place *place,
                             enum taking taking, struct error *error)
{
    char path[LIMIT_PATH];
    struct os_map map;
    if (!os_path_join(path, place->folder, maker->name) || !os_exists(path))
        return error_at(error, MSG_JOIN_NOT_SHARE, place->folder, 0, text_of(maker->name));
    if (os_map(path, VERIFY_FILE_LIMIT, &map, error) != OK)
        return STOP;
    enum status status = check_table(maker, place, &map, error);
    if (status == OK && taking == TAKE_ROWS)
        status = add_rows(maker, &map, error);
    if (status == OK && taking == TAKE_ALL)
        status = spool_table_write(maker->table, map.bytes, map.size, error);
    os_unmap(&map);
    return status;
}

static enum status add_shares(struct table_maker *maker, bool hidden, enum taking taking,
                              struct error *error)
{
    struct join *join = maker->join;
    uint32_t count = taking == TAKE_ALL ? 1 : join->count;
    enum status status = OK;
    for (uint32_t i = 0; status == OK && i < count; i++) {
        const struct join_share *share = &join->shares[i];
        status = add_table(maker, hidden ? &share->hidden : &share->main, taking, error);
    }
    return status;
}

static enum status to_table(void *context, const void *bytes, size_t size, struct error *error)
{
    return spool_table_write(context, bytes, size, error);
}

/* Reports are made of all shares' reports, the posting list's sheets are the first share's, everything else is rows
 * behind rows. */
static enum status put_table(struct table_maker *maker, struct spool *spool, bool hidden,
                             const char *name, struct error *error)
{
    bool json = strcmp(name, "report.json") == 0, words = strcmp(name, "report.txt") == 0;
    bool posting = strcmp(name, JOIN_POSTING) == 0;
    size_t size = strlen(name);
    maker->name = name;
    maker->head = (struct text){0};
    if (!json && !words && !posting && (size < 4 || strcmp(name + size - 4, ".csv") != 0))
        return error_at(error, MSG_JOIN_STRANGE, name, 0, TEXT(""));
    enum status status = spool_table_open(spool, name, &maker->table, error);
    if (status == OK)
        status = add_shares(maker, hidden,
                            json || words ? TAKE_NOTHING
                            : posting     ? TAKE_ALL
                                          : TAKE_ROWS,
                            error);
    const struct sink to = {to_table, maker->table};
    if (status != OK || (!json && !words))
        return status;
    return json ? join_report(maker->join, &to, error) : join_report_text(maker->join, &to, error);
}

static enum status put_place(struct table_maker *maker, struct spool *spool, bool hidden,
                             struct error *error)
{
    const struct join_share *first = &maker->join->shares[0];
    const struct join_place *place = hidden ? &first->hidden : &first->main;
    enum status status = OK;
    for (uint32_t i = 0; status == OK && i < place->table_count; i++)
        status = put_table(maker, spool, hidden, place->tables[i].name, error);
    return status == OK ? put_table(maker, spool, hidden, SPOOL_MANIFEST, error) : status;
}

static enum status put_tables(struct join *join, struct error *error)
{
    struct table_maker maker = {.join = join};
    enum status status = digester_new(&maker.digester, error);
    if (status == OK && join->keyed)
        status = digester_key(maker.digester, join->key, error);
    if (status == OK)
        status = put_place(&maker, join->main, false, error);
    if (status == OK && join->hidden)
        status = put_place(&maker, join->hidden, true, error);
    digester_free(maker.digester);
    return status;
}

/* -- all -- */

static enum status check_places(const struct join_order *order, struct error *error)
{
    const char *outs[] = {order->out, order->protected_out};
    if ((order->protected_out == NULL) != (order->hidden_count == 0))
        return error_name(error, MSG_JOIN_PLACES, TEXT("--protected-out"));
    for (size_t i = 0; i < 2 && outs[i]; i++) {
        for (uint32_t k = 0; k < order->count + order->hidden_count; k++) {
            const char *share =
                k < order->count ? order->shares[k] : order->hidden[k - order->count];
            if (os_path_inside(outs[i], share) || os_path_inside(share, outs[i]))
                return error_at(error, MSG_REPRINT_INSIDE, share, 0, TEXT("-o"));
        }
    }
    if (outs[1] && (os_path_inside(outs[0], outs[1]) || os_path_inside(outs[1], outs[0])))
        return error_name(error, MSG_PROTECTED_INSIDE, TEXT("--protected-out"));
    return OK;
}

static enum status open_spool(const struct join *join, const char *folder, bool hidden,
                              struct spool **out, bool *sealed, struct error *error)
{
    const struct spool_order order = {.folder = folder,
                                      .run = &join->shares[0].whole,
                                      .resume = true,
                                      .private_place = hidden,
                                      .key = join->keyed ? join->key : NULL};
    enum spool_found found;
    enum status status = spool_open(&order, out, &found, error);
    *sealed = found == SPOOL_SEALED;
    return status;
}

static void count(struct join *join)
{
    struct join_totals *totals = &join->totals;
    for (uint32_t i = 0; i < join->count; i++) {
        const struct join_place *places[] = {&join->shares[i].main, &join->shares[i].hidden};
        for (int k = 0; k < 2; k++)
            for (uint32_t u = 0; u < places[k]->count; u++) {
                const struct join_unit *unit = &places[k]->units[u];
                totals->letters += unit->counts.letters;
                totals->pieces += unit->counts.pieces;
                totals->sheets += unit->counts.sheets;
                totals->records += unit->counts.records;
                totals->lots += unit->facts.lot_bytes > 0;
            }
    }
}

/* A place that is sealed already swallows its tables: as in a run of two places. */
static enum status make(struct join *join, struct error *error)
{
    bool main = false, hidden = true;
    enum status status = open_spool(join, join->order->out, false, &join->main, &main, error);
    if (status == OK && join->order->protected_out)
        status = open_spool(join, join->order->protected_out, true, &join->hidden, &hidden, error);
    join->totals.already_done = status == OK && main && hidden;
    if (status == OK && !join->totals.already_done)
        status = adopt_all(join, main, hidden, error);
    if (status == OK && !join->totals.already_done)
        status = put_tables(join, error);
    if (status != OK)
        return status;
    struct spool *first = join->hidden, *second = join->main;
    join->hidden = join->main = NULL;
    return spool_publish_both(first, second, error);
}

enum status press_join(const struct join_order *order, struct join_totals *totals,
                       struct error *error)
{
    struct join join = {.order = order, .count = order->count};
    enum status status = check_places(order, error);
    if (status != OK)
        return status;
    arena_open(&join.arena, LIMIT_JOB_ARENA);
    join.shares = memory_new(join.count * sizeof *join.shares);
    if (!join.shares)
        return error_set(error, MSG_NO_MEMORY);
    join.keyed = order->secret != NULL;
    status = join.keyed ? outbook_secret(order->secret, join.key, error) : OK;
    if (status == OK)
        status = join_read_shares(&join, error);
    if (status == OK)
        status = make(&join, error);
    if (status == OK)
        count(&join);
    *totals = join.totals;
    spool_abandon(join.main);
    spool_abandon(join.hidden);
    join_close_shares(&join);
    arena_close(&join.arena);
    memory_wipe(join.key, sizeof join.key);
    return status;
}
