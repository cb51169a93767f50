/* press/rows.h -- the rows that one unit of a run makes, in sections, on their way through its file into the tables.
 * Format: frames of section (1 byte), size (4 bytes, little-endian), bytes. A frame holds whole rows of one section;
 *         the rows of a section follow each other in the order in which they were added. The file is read by the
 *         program that wrote it, or by one of the same run id: that is, the same version.
 * Tests : tests/unit/press_rows.c.
 */
#ifndef PRESS_ROWS_H
#define PRESS_ROWS_H

#include "base/sink.h"
#include "spool/spool.h"

#define ROWS_BLOCK 32768u /* most bytes of a frame */

enum section {
    SECTION_MANIFEST,
    SECTION_RECORDS,
    SECTION_HOLDS,
    SECTION_FOLLOWUP,
    SECTION_SUBSTITUTIONS,
    SECTION_PIECES,
    SECTION_BUNDLES,
    SECTION_DESTINATIONS,
    SECTION_TABLES,                 /* the ones above are rows of CSV tables */
    SECTION_TALLY = SECTION_TABLES, /* struct tally_row */
    SECTION_POSTING,                /* struct posting_row (run.h) */
    SECTION_COUNTS,                 /* struct run_counts: the last frame */
    SECTIONS
};

struct rows {
    struct sink sink;
    struct csv_row row; /* for whoever writes the next one */
    struct {
        uint32_t size;
        char bytes[ROWS_BLOCK];
    } block[SECTIONS];
};

void rows_open(struct rows *rows, struct sink sink);
CHECKED enum status rows_add(struct rows *rows, enum section section, const void *bytes, size_t size,
                             struct error *error);
/* Ends rows->row and adds it. */
CHECKED enum status rows_add_row(struct rows *rows, enum section section, struct error *error);
/* Writes what is left, section by section. */
CHECKED enum status rows_close(struct rows *rows, struct error *error);

/* Takes the bytes of a rows file in pieces of any size, gives whole frames. */
struct rows_reader {
    enum status (*frame)(void *context, enum section section, const char *bytes, uint32_t size, struct error *error);
    void *context;
    uint32_t held; /* bytes of the frame in hand, its head included */
    char bytes[5 + ROWS_BLOCK];
};
void rows_reader_open(struct rows_reader *reader,
                      enum status (*frame)(void *context, enum section section, const char *bytes, uint32_t size,
                                           struct error *error),
                      void *context);
struct sink rows_reader_sink(struct rows_reader *reader);
/* STOP: a frame is cut short. */
CHECKED enum status rows_reader_close(const struct rows_reader *reader, struct error *error);

#endif
