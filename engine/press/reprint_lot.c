/* press/reprint_lot.c -- one lot of OUT2: pages are copied, read back, compared, and only then given to the spool. */
#include "press/reprint_inside.h"

#include "base/memory.h"
#include "press/reprint_copy.h"
#include "readback/readback.h"

/* Of the chosen letters of a lot. */
struct lot_work {
    struct reprint *reprint;
    const struct outbook_lot *lot;
    uint32_t number;
    uint64_t first, end; /* letters of the lot in the book */
    struct os_map map;
    uint32_t *pages, count, room;
    struct buffer copy;
    struct spool_counts counts;
};

static enum status tell_lot(struct error *error, enum message message, const struct lot_work *work)
{
    (void)error_set(error, message);
    error_put_file(error, work->lot->name);
    return STOP;
}

/* -- the pages -- */

static enum status open_source(struct lot_work *work, struct error *error)
{
    char path[LIMIT_PATH];
    struct digest digest;
    const char *folder = work->reprint->book->folder;
    if (!os_path_join(path, folder, work->lot->name) || !os_exists(path))
        return tell_lot(error, MSG_VERIFY_LOT_MISSING, work);
    if (os_map(path, VERIFY_FILE_LIMIT, &work->map, error) != OK ||
        digest_of(work->map.bytes, work->map.size, &digest, error) != OK)
        return STOP;
    if (work->map.size != work->lot->bytes ||
        memcmp(&digest, &work->lot->digest, sizeof digest) != 0)
        return tell_lot(error, MSG_VERIFY_LOT_CHANGED, work);
    return OK;
}

static void count_letter(struct lot_work *work, const struct outbook_letter *letter,
                         uint64_t *piece)
{
    struct spool_counts *counts = &work->counts;
    if (counts->letters == 0) {
        counts->first_sequence = letter->sequence;
        counts->first_piece = letter->piece;
    }
    counts->letters++;
    counts->sheets += letter->pages;
    counts->pieces += letter->piece != *piece;
    *piece = letter->piece;
}

/* Letters of a lot follow each other in the manifest. */
static enum status list_pages(struct lot_work *work, struct error *error)
{
    const struct outbook *book = work->reprint->book;
    uint64_t piece = 0;
    work->room = 0;
    for (uint64_t i = work->first; i < work->end; i++)
        work->room += book->letters[i].chosen ? book->letters[i].pages : 0;
    work->pages = memory_new((work->room ? work->room : 1) * sizeof *work->pages);
    if (!work->pages)
        return error_set(error, MSG_NO_MEMORY);
    for (uint64_t i = work->first; i < work->end; i++) {
        const struct outbook_letter *letter = &book->letters[i];
        if (!letter->chosen)
            continue;
        count_letter(work, letter, &piece);
        for (uint32_t k = 0; k < letter->pages; k++)
            work->pages[work->count++] = letter->page - 1 + k;
    }
    return OK;
}

static enum status copy_pages(struct lot_work *work, struct error *error)
{
    struct document document;
    struct copy_order order = {.from = &document, .pages = work->pages, .count = work->count};
    struct digester *digester = work->reprint->digester;
    digest_start(digester);
    digest_add(digester, work->reprint->id.bytes, sizeof work->reprint->id.bytes);
    digest_add_text(digester, text_of(work->lot->name));
    if (digest_end(digester, &order.id, error) != OK ||
        document_open(&document, work->map.bytes, work->map.size, error) != OK)
        return STOP;
    enum status status = OK;
    for (uint32_t i = 0; status == OK && i < work->count; i++)
        if (work->pages[i] >= document.page_count)
            status = tell_lot(error, MSG_VERIFY_LOT_PAGES, work);
    if (status == OK)
        status = reprint_copy(&order, &work->copy, error);
    document_close(&document);
    return status;
}

/* -- the proof -- */

static enum status sheet_of(struct readback *pdf, uint32_t page, uint32_t pages, struct digest *out,
                            struct error *error)
{
    const struct read_page *read;
    struct digest letter;
    readback_sheet_start(pdf);
    for (uint32_t i = 0; i < pages; i++)
        if (readback_sheet_add(pdf, page + i, &read, error) != OK)
            return STOP;
    return readback_sheet_end(pdf, &letter, out, error);
}

static enum status differs(const struct outbook_letter *letter, const struct lot_work *work,
                           struct error *error)
{
    (void)tell_lot(error, MSG_REPRINT_DIFFERS, work);
    error->want = (int64_t)letter->sequence;
    return STOP;
}

static enum status prove_letter(struct lot_work *work, const struct outbook_letter *letter,
                                struct readback *from, struct readback *copy, uint32_t page,
                                struct error *error)
{
    struct reprint *reprint = work->reprint;
    struct outbook_line line;
    struct digest sealed, made;
    if (!outbook_read(reprint->book, letter, &line))
        return error_set(error, MSG_BUG);
    if (sheet_of(from, letter->page - 1, letter->pages, &sealed, error) != OK ||
        sheet_of(copy, page, letter->pages, &made, error) != OK)
        return STOP;
    if (memcmp(&sealed, &made, sizeof made) != 0)
        return differs(letter, work, error);
    bool same = memcmp(&made, &line.sheet, sizeof made) == 0;
    reprint->proved += same;
    reprint->differing += !same;
    /* Without the key every digest differs, and then the sealed lot is what vouches for it. */
    return same || (reprint->proved == 0 && !reprint->keyed) ? OK : differs(letter, work, error);
}

static enum status prove_letters(struct lot_work *work, struct readback *from,
                                 struct readback *copy, struct error *error)
{
    const struct outbook *book = work->reprint->book;
    uint32_t page = 0;
    if (readback_pages(copy) != work->count)
        return tell_lot(error, MSG_VERIFY_LOT_PAGES, work);
    for (uint64_t i = work->first; i < work->end; i++) {
        const struct outbook_letter *letter = &book->letters[i];
        if (!letter->chosen)
            continue;
        if (prove_letter(work, letter, from, copy, page, error) != OK)
            return STOP;
        page += letter->pages;
    }
    return OK;
}

static enum status prove(struct lot_work *work, struct error *error)
{
    struct readback *from = NULL, *copy = NULL;
    struct digester *digester = work->reprint->digester;
    enum status status = readback_open(work->map.bytes, work->map.size, digester, &from, error);
    if (status == OK)
        status = readback_open(work->copy.bytes, work->copy.size, digester, &copy, error);
    if (status == OK)
        status = prove_letters(work, from, copy, error);
    readback_close(from);
    readback_close(copy);
    return status;
}

/* -- the lot -- */

static enum status commit(struct lot_work *work, struct error *error)
{
    struct spool_unit *unit;
    struct spool_facts facts;
    const char *name = work->lot->name;
    if (spool_unit_begin(work->reprint->order->out, name, &unit, error) != OK)
        return STOP;
    const struct sink to = spool_unit_pdf(unit);
    if (sink_write(&to, work->copy.bytes, work->copy.size, error) != OK) {
        spool_unit_drop(unit);
        return STOP;
    }
    if (spool_unit_seal(unit, &facts, error) != OK)
        return STOP;
    return spool_commit(work->reprint->spool, name, &facts, &work->counts, error);
}

static enum status make(struct lot_work *work, struct error *error)
{
    enum status status = open_source(work, error);
    if (status == OK)
        status = list_pages(work, error);
    if (status == OK)
        status = copy_pages(work, error);
    if (status == OK)
        status = prove(work, error);
    if (status != OK || spool_has(work->reprint->spool, work->lot->name, NULL, NULL))
        return status;
    return commit(work, error);
}

enum status reprint_lot(struct reprint *reprint, uint32_t lot, struct error *error)
{
    const struct outbook *book = reprint->book;
    struct lot_work work = {.reprint = reprint, .lot = &book->lots[lot], .number = lot};
    bool chosen = false;
    const struct outbook_letter *first = outbook_find(book, work.lot->first_sequence);
    work.first = first ? (uint64_t)(first - book->letters) : book->count;
    for (work.end = work.first; work.end < book->count && book->letters[work.end].lot == lot;
         work.end++)
        chosen = chosen || book->letters[work.end].chosen;
    if (!chosen)
        return OK;
    enum status status = make(&work, error);
    if (status == OK) {
        reprint->totals->lots++;
        reprint->totals->letters += work.counts.letters;
        reprint->totals->pieces += work.counts.pieces;
        reprint->totals->sheets += work.counts.sheets;
    }
    memory_free(work.pages, (work.room ? work.room : 1) * sizeof *work.pages);
    buffer_free(&work.copy);
    os_unmap(&work.map);
    return status;
}
