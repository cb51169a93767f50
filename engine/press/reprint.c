#include "press/reprint_inside.h"

#include "base/memory.h"

/* -- what -- */

static enum status choose_id(struct reprint *reprint, struct error *error)
{
    struct outbook_people people = {0};
    enum status status = outbook_want(&people, text_of(reprint->order->id), 0, error);
    if (status == OK)
        status = outbook_look_up(reprint->book, &people, error);
    if (status == OK && people.list[0].sequence == 0)
        status = error_name(error, MSG_AFTER_ID, TEXT("--id"));
    if (status == OK)
        outbook_find(reprint->book, people.list[0].sequence)->chosen = true;
    outbook_people_free(&people);
    return status;
}

static enum status refuse_pulled(const struct outbook *book, struct error *error)
{
    for (uint64_t i = 0; i < book->count; i++) {
        if (!book->letters[i].chosen || !book->letters[i].pulled)
            continue;
        (void)error_set(error, MSG_AFTER_PULLED);
        error->want = (int64_t)book->letters[i].sequence;
        return STOP;
    }
    return OK;
}

static enum status choose(struct reprint *reprint, const struct sink *words, struct error *error)
{
    const struct reprint_order *order = reprint->order;
    if (order->log)
        return reprint_choose_log(reprint, words, error);
    enum status status =
        order->id ? choose_id(reprint, error) : outbook_choose(reprint->book, order->seqs, error);
    if (status == OK && !order->sheet)
        outbook_choose_pieces(reprint->book);
    return status == OK ? refuse_pulled(reprint->book, error) : status;
}

/* -- which reprint -- */

static enum status note_run(void *context, const struct ledger_record *record, struct error *error)
{
    (void)error;
    if (text_is(record->kind, "run"))
        (void)ledger_digest(record, "run", context);
    return OK;
}

/* The run that OUT2 is of, when an earlier call began it. */
static void find_begun(const char *folder, struct digest *out)
{
    const struct ledger_visitor visitor = {note_run, out};
    struct error unused;
    *out = (struct digest){{0}};
    (void)!ledger_read(folder, &visitor, NULL, &unused);
}

/* The number under which OUT2 was begun, or the next one. The ledger may have it (killed before OUT2 was sealed). */
static enum status identify(struct reprint *reprint, struct error *error)
{
    const struct outbook *book = reprint->book;
    uint64_t next = outbook_orders(book, false) + 1;
    struct digest begun, id;
    find_begun(reprint->order->out, &begun);
    for (reprint->number = 1; reprint->number <= next; reprint->number++) {
        if (outbook_identify(book, false, reprint->number, reprint->order->reason, &id, error) !=
            OK)
            return STOP;
        reprint->id = id;
        const struct outbook_order *known = outbook_order(book, &id);
        reprint->recorded = known && known->seen == known->parts;
        if (memcmp(&id, &begun, sizeof id) == 0)
            return OK;
    }
    reprint->number = next;
    return OK;
}

/* -- making it -- */

static enum status record(const struct reprint *reprint, const struct digest *manifest,
                          struct error *error)
{
    char hex[65];
    struct outbook_event event = {
        .id = reprint->id, .number = reprint->number, .reason = reprint->order->reason};
    digest_hex(manifest, hex);
    event.more[event.more_count++] = (struct ledger_field){TEXT("manifest"), {hex, 64}};
    return reprint->recorded ? OK : outbook_append(reprint->book, &event, error);
}

static enum status publish(struct reprint *reprint, struct error *error)
{
    struct spool *spool = reprint->spool;
    reprint->spool = NULL; /* publishing frees it, OK or not */
    return spool_publish(spool, error);
}

static enum status make(struct reprint *reprint, struct error *error)
{
    const struct spool_order order = {.folder = reprint->order->out,
                                      .run = &reprint->id,
                                      .resume = true,
                                      .key = reprint->keyed ? reprint->key : NULL};
    enum spool_found found;
    struct digest manifest;
    enum status status = spool_open(&order, &reprint->spool, &found, error);
    if (status != OK)
        return status;
    if (found == SPOOL_SEALED) {
        reprint->totals->already_done = true;
        return publish(reprint, error);
    }
    for (uint32_t lot = 0; status == OK && lot < reprint->book->lot_count; lot++)
        status = reprint_lot(reprint, lot, error);
    if (status == OK)
        status = reprint_tables(reprint, &manifest, error);
    if (status == OK)
        status = record(reprint, &manifest, error);
    return status == OK ? publish(reprint, error) : status;
}

/* -- all -- */

static enum status check_order(const struct reprint_order *order, struct error *error)
{
    int given = (order->seqs != NULL) + (order->id != NULL) + (order->log != NULL);
    if (given != 1)
        return error_set(error, MSG_REPRINT_CHOICE);
    if (os_path_inside(order->out, order->from) || os_path_inside(order->from, order->out))
        return error_name(error, MSG_REPRINT_INSIDE, TEXT("-o"));
    enum status status = outbook_reason(order->reason, error);
    return status == OK ? spool_check(order->out, true, error) : status;
}

static enum status run(struct reprint *reprint, const struct sink *words, struct error *error)
{
    enum status status = outbook_open(reprint->order->from, true, &reprint->book, error);
    if (status == OK)
        status = outbook_key(reprint->book, reprint->order->secret, error);
    if (status == OK)
        status = choose(reprint, words, error);
    if (status != OK)
        return status;
    reprint->totals->nothing = outbook_counts(reprint->book, OUTBOOK_CHOSEN).letters == 0;
    if (reprint->totals->nothing)
        return OK;
    status = identify(reprint, error);
    reprint->totals->number = reprint->number;
    return status == OK ? make(reprint, error) : status;
}

static enum status open_secret(struct reprint *reprint, struct error *error)
{
    reprint->keyed = reprint->order->secret != NULL;
    if (!reprint->keyed)
        return OK;
    enum status status = outbook_secret(reprint->order->secret, reprint->key, error);
    return status == OK ? digester_key(reprint->digester, reprint->key, error) : status;
}

enum status press_reprint(const struct reprint_order *order, const struct sink *words,
                          struct reprint_totals *totals, struct error *error)
{
    struct reprint reprint = {.order = order, .totals = totals};
    *totals = (struct reprint_totals){0};
    enum status status = check_order(order, error);
    if (status == OK)
        status = digester_new(&reprint.digester, error);
    if (status == OK)
        status = open_secret(&reprint, error);
    if (status == OK)
        status = run(&reprint, words, error);
    spool_abandon(reprint.spool);
    digester_free(reprint.digester);
    memory_wipe(reprint.key, sizeof reprint.key);
    outbook_close(reprint.book);
    return status;
}
