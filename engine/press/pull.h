/* press/pull.h -- `oshirase pull OUT`: 引抜き. Between the data cut and the posting people leave, move, die or report
 * violence: their finished sheets must not go out.
 * Takes  : a sealed OUT (or a protected place); a list of 整理番号, one a line, a first line without a digit is a header.
 * Gives  : to `data` and as pulls.csv who is where:
 *          id,seq,lot,page,pages,piece,sheet,sheets,route,bundle,tracking,pull
 *          A whole piece comes out: pull = asked, or remake for the others of its piece, whose letters must be made
 *          anew; missing.csv, all numbers that are pulled so far (欠番); pulls.pdf, the slip (引抜き票) to pull by.
 *          The second pull writes pulls-2.csv, missing-2.csv, pulls-2.pdf, and so on: nothing is overwritten.
 * Anew   : whatever the run had of bundles.csv and posting-list.csv, less all that is out by now, as bundles-2.csv and
 *          posting-list-2.csv (the second pull: -3); posting-list-2.pdf; and in slips-2.pdf the covers of lots, bundles
 *          and
 *          employers that this pull takes letters from. Counts are made - pulled = left. The head of a paper is that of
 *          the sealed one (pull_sealed.c), so no job is needed; no insured person's name is on any.
 * Order  : files first, then the ledger's record, which makes it so. Killed in between there is a slip, but the ledger
 *          counts nobody as pulled, and the same order writes the same slip again. The other way round a letter that
 *          must not go out would count as pulled with no slip to pull it by.
 * Keyed  : a ledger under a secret needs it; the record gets a mac of its own.
 * Refuses: STOP, exit 2, nothing done: 9694 secret; 9664 nobody printed, 9665 named twice, 9666 pulled before (each
 *          is told through `found`, then 9668), 9660, 9667; exit 4: 9661; exit 6: 9617, 9619, 9638, 9639, as outbook.h.
 * Tests  : tests/cases/pull.sh
 */
#ifndef PRESS_PULL_H
#define PRESS_PULL_H

#include "base/error.h"
#include "base/sink.h"

#define PULL_TOLD 100

struct pull_order {
    const char *out, *ids, *reason;
    const char *fonts; /* --data; NULL: beside the executable */
    const char *secret; /* file of the job key `secret`: needed when the ledger is keyed; else NULL */
    void (*found)(void *context, const struct error *error);
    void *context;
};

CHECKED enum status press_pull(const struct pull_order *order, const struct sink *data, const struct sink *words,
                               struct error *error);

#endif
