/* press/pull_inside.h -- what the files of pull share. */
#ifndef PRESS_PULL_INSIDE_H
#define PRESS_PULL_INSIDE_H

#include "press/outbook_rows.h"
#include "press/pull.h"
#include "press/pull_pen.h"

struct pulled_person {
    uint64_t sequence;
    struct text id; /* in the book's arena */
    bool asked;
};

/* What of a bundle or of an employer stands in one lot: a line of bundles.csv. */
struct pull_part {
    struct text kind, key, lot, route; /* in the book's arena */
    uint64_t bundle, part, page;       /* page: of its sealed slip */
    uint64_t made_pieces, made_first, made_last;
    uint64_t pieces, letters, first, last; /* what is left; 0 letters: nothing */
    bool touched;                          /* this pull takes a letter out of it */
};

/* A registered piece that is left. */
struct pull_posting {
    struct text number, class, postcode;
    struct text route;
    uint64_t sequence;
};

struct pull_lists {
    bool bundles, posting; /* the run had them */
    struct pull_part *parts;
    uint32_t part_count, part_room;
    bool *has_cover; /* by lot: a sheet stands before it (ロット票) */
    uint32_t lot_count;
    struct pull_posting *rows;
    uint32_t row_count, row_room;
    struct buffer bundles_csv, posting_csv, bundles_pdf, posting_pdf;
};

/* -- pull_sealed.c: the head of a sealed slip, for the one that takes its place -- */
struct readback;
struct pull_sealed {
    struct os_map map;
    const struct outbook_lot *lot; /* NULL: the posting list, or nothing */
    struct digester *digester;
    struct readback *pdf;
};
/* Opens a lot, or keeps it open; the posting list. Refuses 9617, 9619, 9638: not the sealed file. */
CHECKED enum status sealed_lot(struct pull_sealed *sealed, const struct outbook *book, struct text name,
                               struct error *error);
CHECKED enum status sealed_posting(struct pull_sealed *sealed, const struct outbook *book, struct error *error);
void sealed_close(struct pull_sealed *sealed);
/* Puts what stands above the count of that page (from 1) onto the sheet in hand. False: that is not known. */
bool sealed_head(struct pull_sealed *sealed, struct pull_pen *pen, uint64_t page);
/* The first page with a text of these words; 0: none. */
uint64_t sealed_find(struct pull_sealed *sealed, struct pull_pen *pen, struct text words);

struct pull {
    const struct pull_order *order;
    struct outbook *book;
    struct outbook_people wanted;
    struct pulled_person *people; /* by sequence; those asked for before the others of their letter */
    uint32_t count, room;
    uint64_t number; /* of this pull in OUT, from 1 */
    struct digest id;
    struct buffer table, missing, slip;
    struct pull_lists lists;
    struct pull_sealed sealed;
};

/* -- pull_slip.c: the slip as a PDF -- */
CHECKED enum status pull_slip(const struct pull *pull, struct pull_pen *pen, const struct sink *out);

/* -- pull_lists.c: bundles and posting list without what is out -- */

/* Behind the choice of letters: reads the sealed tables, fills parts, rows and both CSV. */
CHECKED enum status pull_lists_make(struct pull *pull, struct error *error);
void pull_lists_free(struct pull_lists *lists);
/* The part that has this letter; NULL: none. */
const struct pull_part *pull_part_of(const struct pull *pull, uint64_t sequence);

/* -- pull_papers.c: posting list, slips and covers of lots anew -- */
CHECKED enum status pull_papers(struct pull *pull, struct pull_pen *pen);

#endif
