/* press/note.h -- the delivery note (授受票) that travels with a print file: counts, digest, dates.
 * File: delivery-note.yaml, one document; its last line `seal:` is a code under the key of the rows' seals over all
 * bytes before it, so that a changed note is no note. delivery-note.pdf says the same for people, to be signed.
 * Refuses: STOP, exit 2, 971x: changed, of another file, other counts, other dates than the job's.
 * Holds  : no person, and nothing of anybody who is not in the print file.
 */
#ifndef PRESS_NOTE_H
#define PRESS_NOTE_H

#include "guard/seal.h"
#include "press/engine.h"

#define NOTE_NAMES 64 /* forms and routes */

struct note_count {
    char name[LIMIT_NAME];
    uint64_t records;
};

struct note {
    struct text job, insurer, number, edition; /* borrowed */
    struct date as_of, issued, extracted;
    char file[64]; /* print.csv or print.csv.cms */
    uint64_t records;
    struct digest digest; /* SHA-256 of the print file in the clear */
    char id[SEAL_ID + 1];
    struct note_count forms[LIMIT_FORMS], routes[NOTE_NAMES];
    uint32_t form_count, route_count;
};

/* One more record of this form and route. */
void note_add(struct note *note, struct text form, struct text route);

/* The YAML, sealed. */
CHECKED enum status note_write(const struct note *note, struct seal *seal, const struct sink *out,
                               struct error *error);

/* The same as one sheet A4. */
CHECKED enum status note_sheet(struct press *press, const struct note *note, const struct sink *out,
                               struct error *error);

/* The job's input.note against the file that is open: rows of it, its digest, and the job's dates and edition.
 * seal: of the rows, its id known; NULL: the job has no key, and the note's own seal is not checked. */
CHECKED enum status note_check(struct press *press, struct seal *seal, uint64_t rows, struct error *error);

/* Records of the open input, for a job with a note and no seal. */
CHECKED enum status note_rows(struct press *press, uint64_t *rows, struct error *error);

#endif
