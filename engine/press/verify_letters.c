#include "press/verify_inside.h"

#include "symbology/tracking.h"

enum { SEQ, PIECE, LOT, PAGE, PAGES, ID, FORM, ROUTE, TRACKING, DIGEST, SHEET };

struct letter_line {
    uint64_t sequence, piece, page, pages;
    struct text lot, id, route, tracking;
    struct digest digest, sheet;
};

/* The manifest from top to bottom, with one lot open. */
struct reading {
    struct verify *verify;
    struct error *error;
    struct verify_lot *lot;
    struct os_map map;
    struct readback *pdf; /* NULL: the lot cannot be read; told once */
    uint64_t next_page;   /* first one, from 1, that no letter has had */
    uint64_t sequence, piece;
    struct text tracking; /* of the piece in hand */
};

static bool is_theirs(const struct error *error)
{
    enum message_kind kind = message_kind(error->message);

    return kind == KIND_TOTALS || kind == KIND_JOB;
}

/* -- a lot -- */

static enum status check_file(struct reading *reading)
{
    struct verify_lot *lot = reading->lot;
    struct digest digest;

    if (digest_of(reading->map.bytes, reading->map.size, &digest, reading->error) != OK)
        return STOP;
    if (lot->in_ledger &&
        (lot->bytes != reading->map.size || memcmp(&digest, &lot->digest, sizeof digest) != 0))
        verify_tell(reading->verify, MSG_VERIFY_LOT_CHANGED, lot->name, 0, 0);
    return OK;
}

static enum status open_pdf(struct reading *reading)
{
    struct verify *verify = reading->verify;
    struct verify_lot *lot = reading->lot;

    if (check_file(reading) != OK)
        return STOP;
    if (readback_open(reading->map.bytes, reading->map.size, verify->sheets, &reading->pdf,
                      reading->error) != OK) {
        if (!is_theirs(reading->error))
            return STOP;
        verify_tell_error(verify, lot->name, reading->error);
        return OK;
    }
    lot->pages = readback_pages(reading->pdf);
    if (lot->in_ledger && lot->pages != lot->sheets)
        verify_tell(verify, MSG_VERIFY_LOT_PAGES, lot->name, lot->pages, lot->sheets);
    return OK;
}

static enum status open_lot(struct reading *reading, struct text name)
{
    struct verify *verify = reading->verify;
    char path[LIMIT_PATH];

    reading->next_page = 1;
    reading->lot = verify_lot(verify, name);
    if (!reading->lot && verify_lot_add(verify, name, &reading->lot, reading->error) != OK)
        return STOP;
    if (!reading->lot->in_ledger || reading->lot->in_manifest)
        verify_tell(verify, MSG_VERIFY_LEDGER_LOT, reading->lot->name, 0, 0);
    reading->lot->in_manifest = true;
    verify->totals->lots++;
    if (!os_path_join(path, verify->order->out, reading->lot->name.bytes) || !os_exists(path)) {
        verify_tell(verify, MSG_VERIFY_LOT_MISSING, reading->lot->name, 0, 0);
        return OK;
    }
    if (os_map(path, VERIFY_FILE_LIMIT, &reading->map, reading->error) != OK) {
        if (!is_theirs(reading->error))
            return STOP;
        verify_tell_error(verify, reading->lot->name, reading->error);
        return OK;
    }
    return open_pdf(reading);
}

/* Pages that no letter has are slips: they are read, so that nothing strange stands on them. */
static enum status read_slips(struct reading *reading, uint64_t end)
{
    const struct read_page *page;

    if (!reading->pdf)
        return OK;
    for (; reading->next_page < end; reading->next_page++) {
        reading->verify->totals->slips++;
        if (readback_page(reading->pdf, (uint32_t)reading->next_page - 1, &page, reading->error) ==
            OK)
            continue;
        if (!is_theirs(reading->error))
            return STOP;
        verify_tell_error(reading->verify, reading->lot->name, reading->error);
    }
    return OK;
}

static enum status close_lot(struct reading *reading)
{
    enum status status = OK;
    uint64_t letters = 0;

    if (!reading->lot)
        return OK;
    status = read_slips(reading, reading->lot->pages + 1);
    letters = reading->lot->in_ledger ? reading->lot->letters : 0;
    if (status == OK && letters > 0 && !reading->verify->reprint &&
        reading->sequence + 1 != reading->lot->first_sequence + letters)
        verify_tell(reading->verify, MSG_VERIFY_LEDGER_LOT, reading->lot->name, 0, 0);
    readback_close(reading->pdf);
    os_unmap(&reading->map);
    reading->pdf = NULL;
    reading->map = (struct os_map){0};
    reading->lot = NULL;
    return status;
}

/* -- a letter -- */

static bool parse(const struct verify_line *line, struct letter_line *out)
{
    out->lot = line->field[LOT];
    out->id = line->field[ID];
    out->route = line->field[ROUTE];
    out->tracking = line->field[TRACKING];
    return table_number(line->field[SEQ], &out->sequence) &&
           table_number(line->field[PIECE], &out->piece) &&
           table_number(line->field[PAGE], &out->page) &&
           table_number(line->field[PAGES], &out->pages) && out->pages > 0 && out->page > 0 &&
           out->id.length > 0 && out->lot.length > 0 &&
           table_digest(line->field[DIGEST], &out->digest) &&
           table_digest(line->field[SHEET], &out->sheet);
}

/* Numbers follow each other; a share of the lots has its own beginning at each of its lots. */
static void check_order(struct reading *reading, const struct letter_line *letter, bool fresh_lot)
{
    struct verify *verify = reading->verify;
    uint64_t due = reading->sequence + 1;
    bool first = reading->sequence == 0;

    if (fresh_lot && verify->shard && reading->lot->in_ledger) {
        due = reading->lot->first_sequence;
        first = true;
    }
    if (verify->reprint) {
        if (letter->sequence < due)
            verify_tell(verify, MSG_VERIFY_SEQUENCE, TEXT(SPOOL_MANIFEST), letter->sequence, due);
        if (letter->piece < reading->piece)
            verify_tell(verify, MSG_VERIFY_PIECE, TEXT(SPOOL_MANIFEST), letter->piece,
                        reading->piece);
        return;
    }
    if (letter->sequence != due)
        verify_tell(verify, MSG_VERIFY_SEQUENCE, TEXT(SPOOL_MANIFEST), letter->sequence, due);
    if (letter->piece < reading->piece || (!first && letter->piece > reading->piece + 1) ||
        (first && !verify->shard && letter->piece != 1))
        verify_tell(verify, MSG_VERIFY_PIECE, TEXT(SPOOL_MANIFEST), letter->piece, reading->piece);
}

static struct verify_route *route_of_letter(struct verify *verify, struct text name)
{
    struct verify_route *route;

    for (uint32_t i = 0; i < verify->route_count; i++)
        if (text_is(name, verify->routes[i].name))
            return &verify->routes[i];
    if (verify->route_count == VERIFY_ROUTES || name.length >= sizeof route->name)
        return NULL;
    route = &verify->routes[verify->route_count++];
    memcpy(route->name, name.bytes, name.length);
    return route;
}

static enum status check_tracking(struct reading *reading, const struct letter_line *letter,
                                  bool fresh_piece)
{
    struct verify *verify = reading->verify;
    struct error wrong;
    tracking number;

    if (!fresh_piece && !text_equal(letter->tracking, reading->tracking))
        verify_tell(verify, MSG_VERIFY_TRACKING_DOUBLE, TEXT(SPOOL_MANIFEST), 0, letter->sequence);
    reading->tracking = letter->tracking;
    if (letter->tracking.length == 0 || !fresh_piece)
        return OK;
    if (tracking_read(letter->tracking, &number, &wrong) != OK) {
        verify_tell(verify, MSG_VERIFY_TRACKING, TEXT(SPOOL_MANIFEST), 0, letter->sequence);
        return OK;
    }
    return verify_key_add(&verify->tracks, number, letter->sequence, reading->error);
}

static enum status count(struct reading *reading, const struct letter_line *letter,
                         bool fresh_piece)
{
    struct verify *verify = reading->verify;
    struct verify_route *route = route_of_letter(verify, letter->route);

    verify->totals->letters++;
    verify->totals->sheets += letter->pages;
    verify->totals->pieces += fresh_piece;
    if (route) {
        route->letters++;
        route->sheets += letter->pages;
        route->pieces += fresh_piece;
    } else {
        verify_tell(verify, MSG_VERIFY_TABLE, TEXT(SPOOL_MANIFEST), 0, 0);
    }
    return verify_key_add(&verify->ids, hash64(letter->id.bytes, letter->id.length),
                          letter->sequence, reading->error);
}

/* The records of this number: one at least has the id that the manifest names. */
static uint64_t find_people(struct reading *reading, const struct letter_line *letter,
                            const struct verify_person **people)
{
    struct verify *verify = reading->verify;
    uint64_t id = hash64(letter->id.bytes, letter->id.length), begin, number = 0;
    bool named = false;

    while (verify->people_at < verify->people_count &&
           verify->people[verify->people_at].sequence < letter->sequence) {
        if (!verify->shard) /* its letters and its records are shared out each by itself */
            verify_tell(verify, MSG_VERIFY_RECORDS, TEXT("records.csv"), 0,
                        verify->people[verify->people_at].sequence);
        verify->people_at++;
    }
    for (begin = verify->people_at; verify->people_at < verify->people_count &&
                                    verify->people[verify->people_at].sequence == letter->sequence;
         verify->people_at++, number++)
        named = named || verify->people[verify->people_at].id == id;
    if (verify->has_records && !named && !verify->shard)
        verify_tell(verify, MSG_VERIFY_RECORDS, TEXT("records.csv"), 0, letter->sequence);
    *people = verify->people + begin;
    return number;
}

static void note_differing(struct verify *verify, enum message message, struct text lot,
                           const struct letter_line *letter)
{
    if (verify->differing_count < VERIFY_TOLD) {
        struct error *error = &verify->differing[verify->differing_count];

        (void)error_set(error, message);
        error->have = (int64_t)letter->page;
        error->want = (int64_t)letter->sequence;
        if (lot.length < sizeof error->file)
            memcpy(error->file, lot.bytes, lot.length + 1u);
    }
    verify->differing_count++;
}

static enum status read_pages(struct reading *reading, const struct letter_line *letter, bool words,
                              bool *read)
{
    struct verify *verify = reading->verify;
    const struct read_page *page;

    *read = false;
    readback_sheet_start(reading->pdf);
    verify_words_start(verify);
    for (uint64_t i = 0; i < letter->pages; i++) {
        if (readback_sheet_add(reading->pdf, (uint32_t)(letter->page + i) - 1, &page,
                               reading->error) != OK) {
            if (!is_theirs(reading->error))
                return STOP;
            verify_tell_error(verify, reading->lot->name, reading->error);
            return OK;
        }
        if (words && verify_words_add(verify, page, reading->error) != OK)
            return STOP;
    }
    *read = true;
    return OK;
}

/* The letter first: where it is another one, its marks say nothing. */
static enum status compare_digests(struct reading *reading, const struct letter_line *letter)
{
    struct verify *verify = reading->verify;
    struct digest digest, sheet;

    if (readback_sheet_end(reading->pdf, &digest, &sheet, reading->error) != OK)
        return STOP;
    if (memcmp(&digest, &letter->digest, sizeof digest) != 0)
        note_differing(verify, MSG_VERIFY_SHEET, reading->lot->name, letter);
    else if (memcmp(&sheet, &letter->sheet, sizeof sheet) != 0)
        note_differing(verify, MSG_VERIFY_MARKS, reading->lot->name, letter);
    else
        verify->totals->digests++;
    return OK;
}

static enum status check_sheets(struct reading *reading, const struct letter_line *letter,
                                const struct verify_person *people, uint64_t number)
{
    struct verify *verify = reading->verify;
    const struct verify_place place = {reading->lot->name, letter->tracking, letter->page,
                                       letter->sequence};
    bool words = verify->order->press && number > 0, read;

    if (read_pages(reading, letter, words, &read) != OK)
        return STOP;
    if (!read)
        return OK;
    if (compare_digests(reading, letter) != OK)
        return STOP;
    return words ? verify_words_end(verify, &place, people, number, reading->error) : OK;
}

static enum status check_pages(struct reading *reading, const struct letter_line *letter,
                               const struct verify_person *people, uint64_t number)
{
    if (letter->page < reading->next_page ||
        (reading->pdf && letter->page + letter->pages - 1 > reading->lot->pages)) {
        verify_tell(reading->verify, MSG_VERIFY_PAGES, reading->lot->name, letter->page,
                    letter->sequence);
        return OK;
    }
    if (!reading->pdf)
        return OK;
    if (read_slips(reading, letter->page) != OK)
        return STOP;
    reading->next_page = letter->page + letter->pages;
    return check_sheets(reading, letter, people, number);
}

static enum status check_letter(struct reading *reading, const struct letter_line *letter)
{
    const struct verify_person *people;
    bool fresh_lot = !reading->lot || !text_equal(reading->lot->name, letter->lot);
    bool fresh_piece = letter->piece != reading->piece;
    uint64_t number;

    if (fresh_lot && (close_lot(reading) != OK || open_lot(reading, letter->lot) != OK))
        return STOP;
    check_order(reading, letter, fresh_lot);
    number = find_people(reading, letter, &people);
    if (count(reading, letter, fresh_piece) != OK ||
        check_tracking(reading, letter, fresh_piece) != OK)
        return STOP;
    reading->sequence = letter->sequence;
    reading->piece = letter->piece;
    return check_pages(reading, letter, people, number);
}

/* -- the manifest -- */

static enum status check_manifest(struct verify *verify, const struct verify_table *table,
                                  struct error *error)
{
    struct digest digest;

    if (!verify->sealed)
        return OK;
    if (digest_of(table->map.bytes, table->map.size, &digest, error) != OK)
        return STOP;
    if (memcmp(&digest, &verify->manifest, sizeof digest) != 0)
        verify_tell(verify, MSG_VERIFY_MANIFEST_CHANGED, TEXT(SPOOL_MANIFEST), 0, 0);
    return OK;
}

static enum status read_manifest(struct reading *reading, struct verify_table *table)
{
    struct letter_line letter;
    struct verify_line line;
    bool broken = false;

    while (table_next(table, &line, &broken)) {
        if (!parse(&line, &letter)) {
            broken = true;
            break;
        }
        if (check_letter(reading, &letter) != OK)
            return STOP;
    }
    if (broken)
        verify_tell(reading->verify, MSG_VERIFY_TABLE, TEXT(SPOOL_MANIFEST), 0, 0);
    return close_lot(reading);
}

static void check_rest(struct verify *verify)
{
    for (uint32_t i = 0; i < verify->lot_count; i++)
        if (!verify->lots[i].in_manifest)
            verify_tell(verify, MSG_VERIFY_LEDGER_LOT, verify->lots[i].name, 0, 0);
    for (; !verify->shard && verify->people_at < verify->people_count; verify->people_at++)
        verify_tell(verify, MSG_VERIFY_RECORDS, TEXT("records.csv"), 0,
                    verify->people[verify->people_at].sequence);
    verify_keys_once(verify, &verify->ids, MSG_VERIFY_ID_DOUBLE);
    verify_keys_once(verify, &verify->tracks, MSG_VERIFY_TRACKING_DOUBLE);
}

enum status verify_letters(struct verify *verify, struct error *error)
{
    struct reading reading = {.verify = verify, .error = error};
    struct verify_table table;
    enum status status;
    bool there, good;

    if (table_open(&table, verify->order->out, SPOOL_MANIFEST,
                   "seq,piece,lot,page,pages,id,form,route,tracking,digest,sheet\n", &there, &good,
                   error) != OK)
        return STOP;
    if (!good) {
        verify_tell(verify, there ? MSG_VERIFY_TABLE : MSG_VERIFY_NO_MANIFEST, TEXT(SPOOL_MANIFEST),
                    0, 0);
        table_close(&table);
        return OK;
    }
    status = check_manifest(verify, &table, error);
    if (status == OK)
        status = read_manifest(&reading, &table);
    readback_close(reading.pdf);
    os_unmap(&reading.map);
    table_close(&table);
    if (status == OK)
        check_rest(verify);
    return status;
}
