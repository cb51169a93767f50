/* press/verify.h -- `oshirase verify OUT`: is what lies there what was printed, whole, and of the right people?
 * Takes  : a finished folder: manifest.csv, ledger, lots, records.csv, report.json; or a protected place, which has
 *          no records.csv and no report. With a press: the records too.
 * Checks : the ledger's chain; SHA-256 and page count of each lot against it; that every lot of the manifest is there
 *          and no other; sequence, pieces, pages without gap or double; tracking numbers once a piece and with their
 *          check digit; the sheet digest of each letter, rebuilt from its pages by a reader of its own (readback room);
 *          records.csv and report.json against all that.
 *          With a press: what each record's form says of it (every part of its template that names a field: name,
 *          address, last four digits ...) and its symbols stand on its own pages. The expected words come from the
 *          record, never from composing it again.
 * Gives  : every problem through `found` (the first VERIFY_TOLD of them), file and page and sequence number, never a
 *          value; one line of summary when all is well.
 * Refuses: STOP 9610 (exit 6) when there was a problem; 9632 (exit 2): the job is not that of the output; memory,
 *          input. A folder that was never sealed is a problem too (9611).
 * Tests  : tests/cases/verify.sh.
 */
#ifndef PRESS_VERIFY_H
#define PRESS_VERIFY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/sink.h"

#define VERIFY_TOLD 100

struct press;

struct verify_order {
    const char *out;
    struct press *press;  /* of --job, opened as for print; NULL: none */
    bool protected_place; /* OUT is the folder of --protected-out */
    void (*found)(void *context, const struct error *error); /* a problem, or a warning (9631) */
    void *context;
};

struct verify_totals {
    uint64_t letters, pieces, sheets, slips, lots, records;
    uint64_t digests; /* letters whose sheet digest was compared */
    uint64_t people;  /* records whose words were compared */
    uint64_t problems;
};

CHECKED enum status press_verify(const struct verify_order *order, const struct sink *words,
                                 struct verify_totals *totals, struct error *error);

#endif
