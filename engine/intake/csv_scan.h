/* intake/csv_scan.h -- one record in a run of bytes. Private to the CSV reader.
 * Takes  : bytes from the first of a record on, as many as are at hand, with a line feed behind them that
 *          does not count; whether the file ends with them; columns that a row must have (0 = any).
 * Gives  : the record and how many bytes it takes with its line end; or SCAN_MORE: give more bytes.
 *          Never asks for more once LIMIT_RECORD_BYTES and a line end (two bytes) are at hand.
 */
#ifndef INTAKE_CSV_SCAN_H
#define INTAKE_CSV_SCAN_H

#include "intake/csv.h"

#define SCAN_ENOUGH (LIMIT_RECORD_BYTES + 2)

enum scan_outcome {
    SCAN_RECORD, /* a record, sound or not */
    SCAN_CUT,    /* as SCAN_RECORD, but its line goes on: skip to the line end */
    SCAN_MORE,
};

/* separator: comma or tab. */
enum scan_outcome csv_scan(const char *bytes, size_t size, bool last, char separator, uint32_t columns,
                           struct csv_record *record, size_t *taken);

/* A line as one field; over LIMIT_RECORD_BYTES it is cut. */
enum scan_outcome line_scan(const char *bytes, size_t size, bool last, struct csv_record *record,
                            size_t *taken);

/* `block` bytes as one field; what is left at the end of the file is refused as too short. */
enum scan_outcome block_scan(const char *bytes, size_t size, bool last, uint32_t block,
                             struct csv_record *record, size_t *taken);

#endif
