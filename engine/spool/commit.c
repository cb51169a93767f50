/* spool/commit.c -- READY -> NAMED -> READY: a unit gets its name, then its record (states and invariants: spool.c). */
#include "spool/inside.h"

static enum status line_of_lot(const struct lot *lot, struct ledger_tail *tail,
                               struct ledger_line *line, struct error *error)
{
    line_start(line, tail->records + 1, "lot");
    line_text(line, TEXT("name"), text_of(lot->name));
    line_number(line, "bytes", lot->facts.lot_bytes);
    line_digest(line, "sha256", &lot->facts.lot);
    line_number(line, "rows_bytes", lot->facts.rows_bytes);
    line_digest(line, "rows_sha256", &lot->facts.rows);
    line_number(line, "first_sequence", lot->counts.first_sequence);
    line_number(line, "letters", lot->counts.letters);
    line_number(line, "first_piece", lot->counts.first_piece);
    line_number(line, "pieces", lot->counts.pieces);
    line_number(line, "sheets", lot->counts.sheets);
    line_number(line, "records", lot->counts.records);
    return line_end(line, tail, error);
}

static enum status is_committable(const struct spool *spool, const char *name,
                                  const struct spool_facts *facts, struct error *error)
{
    char part[LIMIT_PATH], rows[LIMIT_PATH];
    enum status status = spool_holds(spool->state != STATE_BROKEN, 7, error);
    if (status == OK)
        status = spool_holds(spool->state == STATE_READY, 3, error);
    if (status == OK) /* a unit that has its record is not made again */
        status =
            spool_holds(spool_unit_name(name) && !spool_has(spool, name, NULL, NULL), 6, error);
    if (status != OK)
        return status;
    if (!spool_path(part, spool->folder, name, PART_SUFFIX) ||
        !spool_rows_path(rows, spool->folder, name))
        return spool_too_long(spool->folder, error);
    if (!spool_file_has(part, facts->lot_bytes) || !spool_file_has(rows, facts->rows_bytes))
        return error_at(error, MSG_REREAD_DIFFERS, name, 0, TEXT(""));
    return OK;
}

static enum status sync_names(const struct spool *spool, const char *name,
                              const struct spool_facts *facts, struct error *error)
{
    char folder[LIMIT_PATH], work[LIMIT_PATH];
    enum status status = OK;
    if (!spool_unit_folder(folder, spool->folder, name) ||
        !os_path_join(work, spool->folder, SPOOL_WORK))
        return spool_too_long(spool->folder, error);
    if (facts->lot_bytes)
        status = os_sync_folder(folder, error);
    if (status == OK && facts->rows_bytes)
        status = os_sync_folder(work, error);
    return status;
}

/* Of a unit that could not be named: it has no record, or its bug is told in place of the fault. */
static enum status delete_unit(const struct spool *spool, const char *name, bool named,
                               struct error *error)
{
    char rows[LIMIT_PATH];
    if (spool_holds(!lots_find(&spool->lots, name), 2, error) != OK)
        return STOP;
    spool_unlink(spool, name, named ? "" : PART_SUFFIX);
    if (spool_rows_path(rows, spool->folder, name))
        os_unlink(rows);
    return STOP;
}

static enum status name_unit(struct spool *spool, const struct lot *lot, struct error *error)
{
    enum status status = lots_reserve(&spool->lots, error);
    if (status == OK && lot->facts.lot_bytes)
        status = spool_give_name(spool, lot->name, error);
    if (status != OK)
        return delete_unit(spool, lot->name, false, error);
    status = sync_names(spool, lot->name, &lot->facts, error);
    if (status != OK)
        return delete_unit(spool, lot->name, true, error);
    spool->state = STATE_NAMED;
    return OK;
}

static enum status record_unit(struct spool *spool, const struct lot *lot, struct error *error)
{
    enum status status = spool_holds(spool->state == STATE_NAMED, 3, error);
    if (status == OK) /* the run's record and one a lot: so the chain goes on from the last */
        status = spool_holds(spool->tail.records == spool->lots.count + 1, 4, error);
    if (status == OK)
        status = line_of_lot(lot, &spool->tail, &spool->line, error);
    if (status == OK)
        status = spool_append(spool, error);
    if (status != OK) {
        spool->state = STATE_BROKEN;
        return status;
    }
    lots_add(&spool->lots, lot);
    spool->lot_bytes += lot->facts.lot_bytes;
    spool->state = STATE_READY;
    return OK;
}

/* here: what of the unit lies in this place. */
static enum status commit(struct spool *spool, const char *name, const struct spool_facts *here,
                          const struct spool_facts *facts, const struct spool_counts *counts,
                          struct error *error)
{
    enum status status = is_committable(spool, name, here, error);
    if (status != OK)
        return status;
    struct lot lot = {.facts = *facts, .counts = *counts};
    memcpy(lot.name, name, strlen(name) + 1);
    status = name_unit(spool, &lot, error);
    return status == OK ? record_unit(spool, &lot, error) : status;
}

enum status spool_commit(struct spool *spool, const char *name, const struct spool_facts *facts,
                         const struct spool_counts *counts, struct error *error)
{
    return commit(spool, name, facts, facts, counts, error);
}

enum status spool_adopt(struct spool *spool, const char *name, const struct spool_facts *facts,
                        const struct spool_counts *counts, struct error *error)
{
    const struct spool_facts here = {.lot_bytes = facts->lot_bytes, .lot = facts->lot};
    return commit(spool, name, &here, facts, counts, error);
}

bool spool_has(const struct spool *spool, const char *name, struct spool_facts *facts,
               struct spool_counts *counts)
{
    const struct lot *lot = lots_find(&spool->lots, name);
    if (lot && facts)
        *facts = lot->facts;
    if (lot && counts)
        *counts = lot->counts;
    return lot != NULL;
}

uint64_t spool_lot_bytes(const struct spool *spool)
{
    return spool->lot_bytes;
}

uint64_t spool_committed(const struct spool *spool)
{
    return spool->lots.count;
}
