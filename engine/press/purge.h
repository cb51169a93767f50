/* press/purge.h -- removing what a run or an extraction left, and the data of the erasure certificate (消去証明).
 * Takes  : folders that this program filled (a report, ledger or delivery note lies in each); further single files
 *          (exports, opened copies) that the caller names.
 * Gives  : every file removed, empty folders too; the certificate (YAML): each file with bytes and SHA-256 as it was,
 *          how many, on which stated day, by whom. Deterministic: no clock.
 * Refuses: STOP 2 before anything is removed: not such a folder (9750), a file or link of a kind that this program does
 *          not make (9751), a certificate inside of what is removed (9753), a path that is a link (9756) or named twice
 *          (9757), an existing certificate. STOP 5 (9752) when something cannot be removed: the certificate then tells
 *          what is gone and what remains, and the command can be given again (reports, ledgers and notes go last).
 * Removing is unlinking: what a disk keeps of a removed file is the disk's matter (encrypt it, or destroy it).
 */
#ifndef PRESS_PURGE_H
#define PRESS_PURGE_H

#include "base/error.h"
#include "base/status.h"

#include <stdint.h>

#define PURGE_FILES 200000

struct purge_order {
    const char *const *paths; /* folders, and single files */
    uint32_t count;
    const char *certificate;
    const char *date, *by; /* as the certificate states them; NULL: left open, to be written by hand */
};
struct purge_totals {
    uint64_t files, bytes, folders;
};

CHECKED enum status press_purge(const struct purge_order *order, struct purge_totals *totals, struct error *error);

#endif
