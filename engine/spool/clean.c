/* spool/clean.c -- what lies in OUT, and what of it no record names.
 * A lot without a record, a .part file and rows without a record are garbage at any time (invariant 2). */
#include "spool/inside.h"

#include "base/os.h"

/* -- what kind of place it is -- */

struct look {
    bool any, ledger, manifest, foreign, ours;
};

static bool look_at(void *context, const char *name, enum os_kind kind)
{
    struct look *look = context;
    if (strcmp(name, SPOOL_VOICE) == 0 && kind == OS_FOLDER)
        return true;
    look->any = true;
    if (strcmp(name, SPOOL_LEDGER) == 0 && kind == OS_PLAIN)
        look->ledger = true;
    else if (strcmp(name, SPOOL_MANIFEST) == 0)
        look->manifest = true;
    else if ((strcmp(name, SPOOL_WORK) == 0 && kind == OS_FOLDER) ||
             strcmp(name, SPOOL_LEDGER PART_SUFFIX) == 0)
        look->ours = true;
    else
        look->foreign = true;
    return true;
}

enum status spool_place(const char *folder, enum place *out, struct error *error)
{
    struct look look = {0};
    enum os_folder state = os_folder_state(folder);
    *out = state == FOLDER_MISSING   ? PLACE_MISSING
           : state == FOLDER_EMPTY   ? PLACE_EMPTY
           : state == FOLDER_NOT_ONE ? PLACE_NO_FOLDER
                                     : PLACE_FOREIGN;
    if (state != FOLDER_FULL)
        return OK;
    enum status status = os_folder_each(folder, look_at, &look, error);
    if (status != OK)
        return status;
    if (!look.any) /* it could not be read the first time, for want of memory */
        *out = PLACE_EMPTY;
    else if (look.ledger)
        *out = look.manifest ? PLACE_SEALED : PLACE_UNFINISHED;
    else if (look.ours && !look.foreign && !look.manifest)
        *out = PLACE_BARE; /* killed before its ledger had a name */
    return OK;
}

/* -- cleaning -- */

struct cleaner {
    const struct spool *spool;
    const char *folder; /* that is walked */
    const char *prefix; /* of unit names there: "" or "home/" */
};

static bool is_known(const struct cleaner *cleaner, const char *name)
{
    char unit[SPOOL_NAME];
    size_t before = strlen(cleaner->prefix), after = strlen(name);
    if (before + after >= sizeof unit)
        return false;
    memcpy(unit, cleaner->prefix, before);
    memcpy(unit + before, name, after + 1);
    return lots_find(&cleaner->spool->lots, unit) != NULL;
}

static bool clean_file(void *context, const char *name, enum os_kind kind)
{
    const struct cleaner *cleaner = context;
    char path[LIMIT_PATH];
    if (kind == OS_FOLDER)
        return true;
    if (spool_ends_with(name, PART_SUFFIX) || (spool_lot_name(name) && !is_known(cleaner, name)))
        if (os_path_join(path, cleaner->folder, name))
            os_unlink(path);
    return true;
}

/* rows of "home/lot-1.pdf" are called "home+lot-1.pdf.rows" */
static bool has_record(const struct spool *spool, const char *rows)
{
    char unit[SPOOL_NAME + sizeof ROWS_SUFFIX];
    size_t length = strlen(rows);
    if (!spool_ends_with(rows, ROWS_SUFFIX) || length >= sizeof unit)
        return false;
    memcpy(unit, rows, length + 1);
    unit[length - strlen(ROWS_SUFFIX)] = '\0';
    char *plus = strchr(unit, '+');
    if (plus)
        *plus = '/';
    return lots_find(&spool->lots, unit) != NULL;
}

static bool clean_rows(void *context, const char *name, enum os_kind kind)
{
    const struct cleaner *cleaner = context;
    char path[LIMIT_PATH];
    if (kind != OS_FOLDER && !has_record(cleaner->spool, name) &&
        os_path_join(path, cleaner->folder, name))
        os_unlink(path);
    return true;
}

/* A route's folder: its lots, and the folder itself when nothing is left in it. */
static void clean_route(const struct spool *spool, const char *name)
{
    char path[LIMIT_PATH], prefix[SPOOL_NAME];
    size_t length = strlen(name);
    if (length + 2 > sizeof prefix || !os_path_join(path, spool->folder, name))
        return;
    memcpy(prefix, name, length);
    memcpy(prefix + length, "/", 2);
    struct cleaner cleaner = {spool, path, prefix};
    (void)!os_folder_each(path, clean_file, &cleaner, NULL);
    os_rmdir(path);
}

static bool clean_top(void *context, const char *name, enum os_kind kind)
{
    struct cleaner *cleaner = context;
    if (kind == OS_FOLDER && name[0] != '.')
        clean_route(cleaner->spool, name);
    return clean_file(context, name, kind);
}

void spool_clean(const struct spool *spool)
{
    char work[LIMIT_PATH];
    struct cleaner top = {spool, spool->folder, ""};
    (void)!os_folder_each(spool->folder, clean_top, &top, NULL);
    if (!os_path_join(work, spool->folder, SPOOL_WORK))
        return;
    struct cleaner rows = {spool, work, ""};
    (void)!os_folder_each(work, clean_rows, &rows, NULL);
}
