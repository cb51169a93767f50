/* press/extract.h -- from the insurer's member file to what a vendor may have.
 * Takes  : a press opened with press_settings.extract: the one reading that may meet a column 個人番号.
 * Gives  : OUT/print.csv (or print.csv.cms, sealed for recipients), delivery-note.yaml and .pdf, vendor.job.yaml;
 *          OUT/insurer/ (0700): members.csv and job.yaml for those whose letters are the insurer's own affair,
 *          holds.csv, followup.csv, report.json.
 *          print.csv holds only the columns that the forms in use, the routes and the job need, 様式 as decided, and
 *          照合符号 (guard/seal.h); nobody protected, held or followed up, no flag, no result of a comparison.
 * Kin    : who shares 世帯番号, 記号+番号 or the address of a protected person is held or separated (protection.kin,
 *          protection.address).
 * Refuses: STOP; nothing is left of OUT then. Existing files are never overwritten.
 * Tests  : tests/cases/extract.sh, boundary.sh.
 */
#ifndef PRESS_EXTRACT_H
#define PRESS_EXTRACT_H

#include "press/press.h"

struct extract_order {
    const char *out;
    const char *const *seal; /* PEM certificates of recipients; none: print.csv in the clear */
    uint32_t seal_count;
    const char *sign_key, *sign_cert; /* PEM, both or none; only with recipients */
    const struct press_progress *progress;
};

/* totals: printed = records of the print file; protected_letters = of the insurer's own. */
CHECKED enum status press_extract(struct press *press, const struct extract_order *order,
                                  struct press_totals *totals, struct error *error);

#endif
