/* press/join.h -- `oshirase join OUT1 OUT2 ... -o OUT`: the shares of one run (print --shard K/N) become its output.
 * Takes  : the folders of all N shares, in any order; where they were printed with --protected-out, also those places.
 * Gives  : OUT (and the protected place) as the run without shares would have made it, byte for byte: lots, ledger,
 *          manifest, tables, report. Lots are copied, not moved or linked: shares come from other machines, every byte
 *          is digested on its way and read again, and the shares may be purged afterwards.
 * Proves : every share is finished, none twice, none missing, all of one run (job, fonts, admitted input, schedule,
 *          engine: the run id without shares, which each share states); sequence numbers, pieces and records follow
 *          each other from the first to the last; each lot is that of its ledger, each manifest that of its seal.
 * Killed at any instant: no manifest.csv in OUT; the same command begins anew and ends with the same bytes.
 * Refuses: STOP, exit 2: 9685-9688, 9691-9694, what spool_open refuses; exit 6: 9689, 9690, damaged shares.
 * Tests  : tests/cases/join.sh
 */
#ifndef PRESS_JOIN_H
#define PRESS_JOIN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/sink.h"

struct join_order {
    const char *const *shares;
    uint32_t count;
    const char *out;
    const char *const *hidden; /* places of --protected-out */
    uint32_t hidden_count;
    const char *protected_out; /* NULL: none */
    const char *secret;        /* file of the job key `secret`: needed when the shares are keyed */
};
struct join_totals {
    uint64_t letters, pieces, sheets, records, lots;
    bool already_done;
};

CHECKED enum status press_join(const struct join_order *order, struct join_totals *totals, struct error *error);

#endif
