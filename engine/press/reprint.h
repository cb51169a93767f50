/* press/reprint.h -- `oshirase reprint OUT ... -o OUT2`: ヤレ再出力. Sheets that were spoiled, out of the finished lots:
 * no job and no personal data file is needed.
 * Takes  : a sealed OUT (or a protected place); sequence numbers, an id, or an inserter's log of sealed numbers.
 * Gives  : OUT2, a spool of its own: a lot for each lot of OUT that has such sheets, under its name; manifest.csv with
 *          the lines of OUT's but for the page; report.json that says reprint, of what, how many and why. The envelope
 *          is the unit: a piece is reprinted whole unless `sheet`.
 * Proves : a lot is read only when its SHA-256 is that of the ledger; each letter is read back out of the copy, and its
 *          sheet digest must be that of the sealed sheet, before OUT2 is sealed.
 * Order  : OUT2 is made and synced; then OUT's ledger gets its record; then OUT2 gets its manifest. So no finished
 *          reprint is ever unknown to the ledger. Killed in between, the same command with the same -o goes on and adds
 *          no second record.
 * Log    : every sealed number once, one a line; a first line without a digit is a header. What is missing is
 *          reprinted; made - pulled = sealed once + reprinted, or nothing is done.
 * Refuses: STOP, exit 2: 9660, 9662-9664, 9666, 9670, 9672, 9673, 9694, what spool_open refuses; exit 4: 9661;
 *          exit 6: 9619, 9639,
 *          9671, 9678 after 9674-9677, what outbook.h refuses.
 * Tests  : tests/cases/reprint.sh
 */
#ifndef PRESS_REPRINT_H
#define PRESS_REPRINT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/sink.h"

#define REPRINT_TOLD 100

struct reprint_order {
    const char *from, *out, *reason;
    const char *seqs, *id, *log; /* one of them */
    const char *secret;          /* file of the job key `secret`: needed when the ledger is keyed. Digests are compared
                                    with the manifest, and what is added to both ledgers is vouched for with it */
    bool sheet;                  /* single letters out of their pieces */
    void (*found)(void *context, const struct error *error);
    void *context;
};
struct reprint_totals {
    uint64_t letters, pieces, sheets, lots;
    uint64_t number;   /* of this reprint of OUT, from 1 */
    bool already_done; /* OUT2 is complete, and was before */
    bool nothing;      /* the log misses nothing: no OUT2 */
};

CHECKED enum status press_reprint(const struct reprint_order *order, const struct sink *words,
                                  struct reprint_totals *totals, struct error *error);

#endif
