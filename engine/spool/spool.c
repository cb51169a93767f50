/* spool/spool.c -- the owner of OUT: lock, ledger, lots. Composition is pure, so recovery needs no undo: what is not
 * sealed is deleted and composed again.
 *
 *            +------------------------- next lot --------------------------+
 *            v                                                             |
 *   OPEN --> READY --(a unit: WRITING --> SYNCED --> CHECKED)--> NAMED ----+--> (record, fsync)
 *            |                                                   |
 *            v                                                   v
 *          ENDED --> SEALED                                    BROKEN
 *
 *   OPEN     spool_open      -> READY    lock; ledger kept up to its first bad record, in a new file; garbage deleted
 *   unit.c   WRITING         -> SYNCED   a fresh .part file, fsync             any error: the .part is deleted, STOP
 *            SYNCED          -> CHECKED  reread and compared; not equal: exit 6
 *   READY    spool_commit    -> NAMED    rename, folders synced; error: the lot is deleted, STOP
 *   NAMED    (the same)      -> READY    ledger record, fsync; error: BROKEN, STOP; resume keeps the lot only if its
 *                                        record is whole
 *   READY    spool_publish   -> ENDED    all tables synced as .part; table, seal and mac records, fsync; error: BROKEN
 *   ENDED    (the same)      -> SEALED   tables renamed, folder synced, manifest renamed, folder synced
 *
 * Invariants. Each number is a spool_holds, kept in production, and a test of its name:
 *   1  A .part file is never read by anything but its own reread (unit.c).
 *   2  A lot without a ledger record is garbage and may be deleted at any time; no lot with a record is deleted.
 *   3  A ledger record is appended only after its lot is named and the folders are synced.
 *   4  Ledger record k holds the digest of record k - 1.
 *   5  The manifest appears by rename, last, only behind a seal record of the same totals.
 *   6  No lot or manifest is opened for writing after it has been named.
 *   7  After a failed sync the file is never synced again; the ledger neither: it is copied into a new one.
 *   8  Nothing above depends on the clock (inside.h: the compiler knows no clock here).
 */
#include "spool/inside.h"

#include "base/memory.h"

#define LOCK_WAIT_MS 2000

/* -- small things -- */

enum status spool_holds(bool condition, unsigned invariant, struct error *error)
{
    char digits[TEXT_NUMBER], words[] = "invariant  ";
    if (condition)
        return OK;
    struct text number = text_number(invariant, digits);
    words[sizeof words - 2] = number.bytes[number.length - 1];
    return error_name(error, MSG_BUG, text_of(words));
}

enum status spool_too_long(const char *folder, struct error *error)
{
    return error_at(error, MSG_WRITE_FAILED, folder, 0, TEXT(""));
}

void spool_unlink(const struct spool *spool, const char *name, const char *suffix)
{
    char path[LIMIT_PATH];
    if (spool_path(path, spool->folder, name, suffix))
        os_unlink(path);
}

enum status spool_give_name(const struct spool *spool, const char *name, struct error *error)
{
    char part[LIMIT_PATH], path[LIMIT_PATH];
    if (!spool_path(part, spool->folder, name, PART_SUFFIX) ||
        !spool_path(path, spool->folder, name, ""))
        return spool_too_long(spool->folder, error);
    return os_rename_new(part, path, error);
}

void spool_free(struct spool *spool)
{
    os_file_leave(spool->ledger);
    os_folder_unlock(&spool->lock);
    lots_free(&spool->lots);
    memory_free(spool, sizeof *spool);
}

/* -- the ledger's records -- */

static enum status line_of_run(const struct digest *run, struct ledger_tail *tail,
                               struct ledger_line *line, struct error *error)
{
    line_start(line, tail->records + 1, "run");
    line_number(line, "format", LEDGER_FORMAT);
    line_digest(line, "run", run);
    return line_end(line, tail, error);
}

/* Invariant 7: a ledger whose write or sync failed is never written or synced again. */
static enum status ledger_went(struct spool *spool, enum status status, struct error *error)
{
    if (status != OK) {
        spool->state = STATE_BROKEN;
        error_put_file(error, SPOOL_LEDGER);
    }
    return status;
}

enum status spool_put(struct spool *spool, struct error *error)
{
    struct ledger_line *line = &spool->line;
    enum status status = spool_holds(spool->state != STATE_BROKEN && spool->ledger, 7, error);
    if (status == OK)
        status = os_file_write(spool->ledger, line->bytes, line->size, error);
    return ledger_went(spool, status, error);
}

enum status spool_append(struct spool *spool, struct error *error)
{
    enum status status = spool_put(spool, error);
    return status == OK ? ledger_went(spool, os_file_sync(spool->ledger, error), error) : status;
}

/* -- looking before the run -- */

static enum message refusal(const char *folder, enum place place, bool resume)
{
    switch (place) {
    case PLACE_NO_FOLDER:
        return MSG_OUT_NOT_FOLDER;
    case PLACE_FOREIGN:
        return MSG_OUT_NOT_EMPTY;
    case PLACE_SEALED:
        return resume ? MSG_NONE : MSG_OUT_NOT_EMPTY;
    case PLACE_BARE:
    case PLACE_UNFINISHED:
        if (resume)
            return MSG_NONE;
        return os_folder_locked(folder) ? MSG_OUT_BUSY : MSG_OUT_UNFINISHED;
    default:
        return MSG_NONE;
    }
}

enum status spool_check(const char *folder, bool resume, struct error *error)
{
    enum place place;
    enum status status = spool_place(folder, &place, error);
    if (status != OK)
        return status;
    enum message message = refusal(folder, place, resume);
    if (message == MSG_NONE && !os_folder_writable(folder))
        message = MSG_OUT_NOT_WRITABLE;
    return message == MSG_NONE ? OK : error_at(error, message, folder, 0, TEXT(""));
}

static enum status start_ledger(struct spool *spool, struct error *error)
{
    enum status status = line_of_run(&spool->run, &spool->tail, &spool->line, error);
    if (status != OK)
        return status;
    return ledger_renew(spool->folder, NULL, 0, &spool->line, &spool->ledger, error);
}

static enum status make_work(const struct spool *spool, struct error *error)
{
    char path[LIMIT_PATH];
    if (!os_path_join(path, spool->folder, SPOOL_WORK))
        return spool_too_long(spool->folder, error);
    return os_exists(path) ? OK : os_folder_make(path, error);
}

/* -- opening -- */

static enum status take_folder(struct spool *spool, const struct spool_order *order,
                               struct error *error)
{
    if (os_folder_state(spool->folder) == FOLDER_MISSING)
        spool->made_folder = true;
    enum status status = os_folder_make(spool->folder, error);
    if (status == OK)
        status = os_folder_lock(spool->folder, LOCK_WAIT_MS, &spool->lock, error);
    if (status == OK && order->private_place)
        status = os_folder_private(spool->folder, error);
    return status;
}

static enum status open_place(struct spool *spool, enum place place, enum spool_found *found,
                              struct error *error)
{
    enum status status;
    *found = SPOOL_FRESH;
    spool->leftovers = place != PLACE_EMPTY;
    if (place == PLACE_SEALED || place == PLACE_UNFINISHED)
        status = spool_recall(spool, place == PLACE_SEALED, error);
    else
        status = start_ledger(spool, error);
    if (status != OK)
        return status;
    if (place ==
        PLACE_SEALED) { /* synced: it may have been killed before it was, and we say it is done */
        spool->state = STATE_SEALED;
        *found = SPOOL_SEALED;
        return os_sync_folder(spool->folder, error);
    }
    if (place == PLACE_UNFINISHED && spool->lots.count)
        *found = SPOOL_CONTINUED;
    if (spool->leftovers)
        spool_clean(spool);
    spool->state = STATE_READY;
    return make_work(spool, error);
}

/* Under the lock all is looked at anew: what spool_check saw may have changed. */
static enum status open_locked(struct spool *spool, bool resume, enum spool_found *found,
                               struct error *error)
{
    enum place place;
    enum status status = spool_place(spool->folder, &place, error);
    if (status != OK)
        return status;
    enum message message = place == PLACE_MISSING ? MSG_OUT_BUSY : MSG_NONE;
    if ((place == PLACE_BARE || place == PLACE_UNFINISHED) && !resume)
        message = MSG_OUT_UNFINISHED;
    else if (message == MSG_NONE)
        message = refusal(spool->folder, place, resume);
    if (message != MSG_NONE)
        return error_at(error, message, spool->folder, 0, TEXT(""));
    return open_place(spool, place, found, error);
}

/* A run that could not begin leaves what it found; what it made itself is gone. */
static void open_failed(struct spool *spool)
{
    if (spool->state == STATE_READY && spool->lots.count == 0 && !spool->leftovers) {
        spool_abandon(spool);
        return;
    }
    if (!spool->leftovers && spool->tail.records) /* the ledger that this run began */
        spool_unlink(spool, SPOOL_LEDGER, "");
    if (spool->made_folder)
        os_rmdir(spool->folder);
    spool_free(spool);
}

enum status spool_open(const struct spool_order *order, struct spool **out, enum spool_found *found,
                       struct error *error)
{
    *out = NULL;
    *found = SPOOL_FRESH;
    enum status status = spool_check(order->folder, order->resume, error);
    if (status != OK)
        return status;
    struct spool *spool = memory_new(sizeof *spool);
    if (!spool)
        return error_set(error, MSG_NO_MEMORY);
    spool->lock.fd = -1;
    spool->run = *order->run;
    spool->key = order->key;
    if (!os_path_join(spool->folder, "", order->folder))
        status = spool_too_long(order->folder, error);
    if (status == OK)
        status = take_folder(spool, order, error);
    if (status == OK)
        status = open_locked(spool, order->resume, found, error);
    if (status == OK)
        *out = spool;
    else
        open_failed(spool);
    return status;
}

/* -- the end of a run that fails -- */

/* The ledger goes last: killed in between, it still says what was ours. */
static void leave_nothing(struct spool *spool)
{
    char work[LIMIT_PATH];
    spool_clean(spool);
    if (os_path_join(work, spool->folder, SPOOL_WORK))
        os_folder_remove(work);
    spool_unlink(spool, SPOOL_LEDGER, PART_SUFFIX);
    spool_unlink(spool, SPOOL_LEDGER, "");
    if (spool->made_folder)
        os_rmdir(spool->folder);
}

void spool_abandon(struct spool *spool)
{
    if (!spool)
        return;
    spool_delete_tables(spool);
    if (spool->state == STATE_SEALED) {
        spool_free(spool);
        return;
    }
    if (spool->lots.count == 0)
        leave_nothing(spool);
    else if (spool->state != STATE_BROKEN) /* the lot in doubt is for the resume to judge */
        spool_clean(spool);
    spool_free(spool);
}
