#include "press/outbook.h"

#include "base/memory.h"

#define MANIFEST_HEAD "seq,piece,lot,page,pages,id,form,route,tracking,digest,sheet\n"
#define LOCK_WAIT_MS 2000
#define ORDERS_MOST 100000u

enum { SEQ, PIECE, LOT, PAGE, PAGES, ID, FORM, ROUTE, TRACKING, DIGEST, SHEET };

/* -- stores that grow -- */

/* Room for one more element; the old store stays when there is no memory. */
static bool grow(void **list, uint64_t count, uint64_t *room, size_t size)
{
    if (count < *room)
        return true;
    uint64_t more = *room ? *room * 2 : 64;
    void *bytes = memory_resize(*list, (size_t)*room * size, (size_t)more * size);
    if (!bytes)
        return false;
    *list = bytes;
    *room = more;
    return true;
}

static enum status add_lot(struct outbook *book, struct outbook_lot **out, struct error *error)
{
    uint64_t room = book->lot_room;
    void *list = book->lots;
    if (!grow(&list, book->lot_count, &room, sizeof *book->lots))
        return error_set(error, MSG_NO_MEMORY);
    book->lots = list;
    book->lot_room = (uint32_t)room;
    *out = &book->lots[book->lot_count++];
    **out = (struct outbook_lot){.name = ""};
    return OK;
}

static enum status add_letter(struct outbook *book, const struct outbook_letter *letter,
                              struct error *error)
{
    void *list = book->letters;
    if (!grow(&list, book->count, &book->room, sizeof *book->letters))
        return error_set(error, MSG_NO_MEMORY);
    book->letters = list;
    book->letters[book->count++] = *letter;
    return OK;
}

static enum status add_order(struct outbook *book, const struct outbook_order *order,
                             struct error *error)
{
    uint64_t room = book->order_room;
    void *list = book->orders;
    if (book->order_count >= ORDERS_MOST ||
        !grow(&list, book->order_count, &room, sizeof *book->orders))
        return error_set(error, MSG_NO_MEMORY);
    book->orders = list;
    book->order_room = (uint32_t)room;
    book->orders[book->order_count++] = *order;
    return OK;
}

/* -- the ledger, first reading: lots and orders -- */

static enum status broken_ledger(struct error *error)
{
    return error_at(error, MSG_VERIFY_LEDGER, SPOOL_LEDGER, 0, TEXT(""));
}

static enum status note_lot(struct outbook *book, const struct ledger_record *record,
                            struct error *error)
{
    struct outbook_lot *lot = NULL;
    struct text name = ledger_value(record, "name");
    uint64_t bytes;
    if (!ledger_number(record, "bytes", &bytes) || name.length == 0 || name.length >= SPOOL_NAME)
        return broken_ledger(error);
    if (bytes == 0) /* a list of records, no lot */
        return OK;
    if (add_lot(book, &lot, error) != OK)
        return STOP;
    memcpy(lot->name, name.bytes, name.length);
    lot->bytes = bytes;
    if (ledger_digest(record, "sha256", &lot->digest) &&
        ledger_number(record, "sheets", &lot->sheets) &&
        ledger_number(record, "letters", &lot->letters) &&
        ledger_number(record, "first_sequence", &lot->first_sequence))
        return OK;
    return broken_ledger(error);
}

static bool is_order(const struct ledger_record *record, bool *pull)
{
    *pull = text_is(record->kind, "pull");
    return *pull || text_is(record->kind, "reprint");
}

/* Parts come in their order; a part that was told before is the same part. */
static enum status note_order(struct outbook *book, const struct ledger_record *record, bool pull,
                              struct error *error)
{
    struct outbook_order order = {.pull = pull, .seen = 1};
    uint64_t part;
    if (!ledger_digest(record, "id", &order.id) || !ledger_number(record, "part", &part) ||
        !ledger_number(record, "parts", &order.parts) || part == 0 || part > order.parts)
        return broken_ledger(error);
    struct outbook_order *known = NULL;
    for (uint32_t i = 0; i < book->order_count; i++)
        if (memcmp(&book->orders[i].id, &order.id, sizeof order.id) == 0)
            known = &book->orders[i];
    if (!known)
        return part == 1 ? add_order(book, &order, error) : broken_ledger(error);
    if (part > known->seen + 1 || known->parts != order.parts)
        return broken_ledger(error);
    known->seen += part == known->seen + 1;
    return OK;
}

static enum status note_table(struct outbook *book, const struct ledger_record *record,
                              struct error *error)
{
    struct text name = ledger_value(record, "name");
    if (book->table_count == OUTBOOK_TABLES || name.length == 0 || name.length >= SPOOL_NAME)
        return broken_ledger(error);
    struct outbook_table *table = &book->tables[book->table_count++];
    *table = (struct outbook_table){.name = ""};
    memcpy(table->name, name.bytes, name.length);
    table->keyed = ledger_digest(record, "hmac", &table->digest);
    return table->keyed || ledger_digest(record, "sha256", &table->digest) ? OK
                                                                           : broken_ledger(error);
}

static enum status note_mac(struct outbook *book, const struct ledger_record *record,
                            struct error *error)
{
    book->keyed = book->mac_last = true;
    book->mac_before = book->last;
    return ledger_digest(record, "mac", &book->mac) ? OK : broken_ledger(error);
}

static enum status note_kind(struct outbook *book, const struct ledger_record *record,
                             struct error *error)
{
    bool pull;
    book->mac_last = false;
    if (text_is(record->kind, "run"))
        return ledger_digest(record, "run", &book->run) ? OK : broken_ledger(error);
    if (text_is(record->kind, "lot"))
        return note_lot(book, record, error);
    if (text_is(record->kind, "table"))
        return note_table(book, record, error);
    if (text_is(record->kind, "mac"))
        return note_mac(book, record, error);
    if (text_is(record->kind, "seal")) {
        book->sealed = ledger_digest(record, "manifest", &book->seal);
        return book->sealed ? OK : broken_ledger(error);
    }
    return is_order(record, &pull) ? note_order(book, record, pull, error) : OK;
}

static enum status note_record(void *context, const struct ledger_record *record,
                               struct error *error)
{
    struct outbook *book = context;
    enum status status = note_kind(book, record, error);
    book->last = record->digest;
    return status;
}

/* -- the manifest -- */

static enum status broken_manifest(uint64_t line, struct error *error)
{
    return error_at(error, MSG_VERIFY_TABLE, SPOOL_MANIFEST, (uint32_t)line, TEXT(""));
}

static bool find_lot(const struct outbook *book, struct text name, uint32_t hint, uint32_t *out)
{
    if (hint < book->lot_count && text_is(name, book->lots[hint].name)) {
        *out = hint;
        return true;
    }
    for (*out = 0; *out < book->lot_count; ++*out)
        if (text_is(name, book->lots[*out].name))
            return true;
    return false;
}

static bool small_number(struct text text, uint32_t *out)
{
    uint64_t number;
    if (!table_number(text, &number) || number == 0 || number > UINT32_MAX)
        return false;
    *out = (uint32_t)number;
    return true;
}

static enum status take_line(struct outbook *book, const struct verify_line *line, uint64_t at,
                             struct error *error)
{
    const struct outbook_letter *last = book->count ? &book->letters[book->count - 1] : NULL;
    struct outbook_letter letter = {.at = at};
    if (!table_number(line->field[SEQ], &letter.sequence) || letter.sequence == 0 ||
        !table_number(line->field[PIECE], &letter.piece) ||
        !find_lot(book, line->field[LOT], last ? last->lot : 0, &letter.lot) ||
        !small_number(line->field[PAGE], &letter.page) ||
        !small_number(line->field[PAGES], &letter.pages) || line->field[ID].length == 0 ||
        (last && (letter.sequence <= last->sequence || letter.piece < last->piece)) ||
        (uint64_t)letter.page + letter.pages - 1 > book->lots[letter.lot].sheets)
        return broken_manifest(line->number, error);
    return add_letter(book, &letter, error);
}

static enum status check_seal(const struct outbook *book, struct error *error)
{
    struct digest digest;
    const struct os_map *map = &book->manifest.map;
    if (digest_of(map->bytes, map->size, &digest, error) != OK)
        return STOP;
    if (memcmp(&digest, &book->seal, sizeof digest) != 0)
        return error_at(error, MSG_VERIFY_MANIFEST_CHANGED, SPOOL_MANIFEST, 0, TEXT(""));
    return OK;
}

static enum status read_manifest(struct outbook *book, struct error *error)
{
    struct verify_line line;
    bool there, good, broken = false;
    enum status status = table_open(&book->manifest, book->folder, SPOOL_MANIFEST, MANIFEST_HEAD,
                                    &there, &good, error);
    if (status == OK && !there)
        return error_at(error, MSG_VERIFY_NO_MANIFEST, SPOOL_MANIFEST, 0, TEXT(""));
    if (status == OK)
        status = check_seal(book, error);
    if (status == OK && !good)
        status = broken_manifest(1, error);
    struct verify_table table = book->manifest; /* the map stays with the book */
    while (status == OK) {
        uint64_t at = (uint64_t)(table.at - (const char *)table.map.bytes);
        if (!table_next(&table, &line, &broken))
            break;
        status = take_line(book, &line, at, error);
    }
    return status == OK && broken ? broken_manifest(table.number, error) : status;
}

bool outbook_read(const struct outbook *book, const struct outbook_letter *letter,
                  struct outbook_line *out)
{
    struct verify_table table = book->manifest;
    struct verify_line line;
    bool broken;
    table.at = (const char *)table.map.bytes + letter->at;
    const char *start = table.at;
    if (!table_next(&table, &line, &broken))
        return false;
    *out = (struct outbook_line){.lot = line.field[LOT],
                                 .id = line.field[ID],
                                 .form = line.field[FORM],
                                 .route = line.field[ROUTE],
                                 .tracking = line.field[TRACKING],
                                 .whole = {start, (uint32_t)(table.at - start)}};
    return table_digest(line.field[DIGEST], &out->digest) &&
           table_digest(line.field[SHEET], &out->sheet);
}

/* -- the ledger, second reading: what happened -- */

struct outbook_letter *outbook_find(const struct outbook *book, uint64_t sequence)
{
    uint64_t low = 0, high = book->count;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (book->letters[middle].sequence < sequence)
            low = middle + 1;
        else
            high = middle;
    }
    return low < book->count && book->letters[low].sequence == sequence ? &book->letters[low]
                                                                        : NULL;
}

static enum status apply_range(struct outbook *book, bool pull, uint64_t first, uint64_t last,
                               struct error *error)
{
    struct outbook_letter *letter = outbook_find(book, first);
    const struct outbook_letter *end = book->letters + book->count;
    if (!letter || !outbook_find(book, last))
        return broken_ledger(error);
    for (; letter < end && letter->sequence <= last; letter++) {
        letter->pulled = letter->pulled || pull;
        letter->reprints += !pull;
    }
    return OK;
}

static enum status apply_record(void *context, const struct ledger_record *record,
                                struct error *error)
{
    struct outbook *book = context;
    struct digest id;
    uint64_t first, last;
    bool pull, broken = false;
    if (!is_order(record, &pull) || !ledger_digest(record, "id", &id))
        return OK;
    const struct outbook_order *order = outbook_order(book, &id);
    if (!order || order->seen < order->parts)
        return OK;
    struct text rest = ledger_value(record, "seqs");
    while (outbook_range(&rest, ':', &first, &last, &broken))
        if (apply_range(book, pull, first, last, error) != OK)
            return STOP;
    return broken ? broken_ledger(error) : OK;
}

/* -- open and close -- */

static enum status read_all(struct outbook *book, struct error *error)
{
    const struct ledger_visitor note = {note_record, book}, apply = {apply_record, book};
    enum status status = ledger_read(book->folder, &note, NULL, error);
    if (status == OK && !book->sealed)
        status = error_at(error, MSG_LEDGER_NOT_SEALED, book->folder, 0, TEXT(""));
    if (status == OK)
        status = read_manifest(book, error);
    return status == OK ? ledger_read(book->folder, &apply, NULL, error) : status;
}

/* A missing folder would be waited for. */
static enum status lock_folder(struct outbook *book, struct error *error)
{
    if (!os_exists(book->folder))
        return error_at(error, MSG_LEDGER_NOT_SEALED, book->folder, 0, TEXT(""));
    enum status status = os_folder_lock(book->folder, LOCK_WAIT_MS, &book->lock, error);
    book->locked = status == OK;
    return status;
}

enum status outbook_open(const char *folder, bool lock, struct outbook **out, struct error *error)
{
    struct outbook *book = memory_new(sizeof *book);
    *out = NULL;
    if (!book)
        return error_set(error, MSG_NO_MEMORY);
    book->folder = folder;
    arena_open(&book->arena, LIMIT_JOB_ARENA);
    enum status status = lock ? lock_folder(book, error) : OK;
    if (status == OK)
        status = read_all(book, error);
    if (status == OK)
        *out = book;
    else
        outbook_close(book);
    return status;
}

void outbook_close(struct outbook *book)
{
    if (!book)
        return;
    if (book->locked)
        os_folder_unlock(&book->lock);
    table_close(&book->manifest);
    memory_wipe(book->key, sizeof book->key);
    memory_free(book->lots, book->lot_room * sizeof *book->lots);
    memory_free(book->letters, (size_t)book->room * sizeof *book->letters);
    memory_free(book->orders, book->order_room * sizeof *book->orders);
    arena_close(&book->arena);
    memory_free(book, sizeof *book);
}
