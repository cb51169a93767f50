/* press/barcode.h -- what `oshirase barcode` prints.
 * Refuses: STOP 8060-8063, exit 2. Nothing is written then.
 */
#ifndef PRESS_BARCODE_H
#define PRESS_BARCODE_H

#include "base/error.h"
#include "base/sink.h"
#include "base/status.h"

/* Three lines: data before cut and fill, check character (0-9, -, CC1-CC8), 67 bars as 1-4. address_b may be "": a
 * large office or PO box with a number of its own. */
CHECKED enum status press_barcode_customer(const char *postcode, const char *address_b, const struct sink *sink,
                                           struct error *error);

/* The same from ready data: postcode and 住所表示番号; the postcode's hyphen, lower case and full width are allowed. */
CHECKED enum status press_barcode_data(const char *data, const struct sink *sink, struct error *error);

/* One line: the number with its check digit, 560-00-00000-0. Takes ten digits, or eleven whose check digit is right. */
CHECKED enum status press_barcode_tracking(const char *number, const struct sink *sink, struct error *error);

#endif
