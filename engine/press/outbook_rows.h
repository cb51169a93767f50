/* press/outbook_rows.h -- letters of a finished OUT as lines of CSV, and as the user lists them.
 * Private to the room.
 */
#ifndef PRESS_OUTBOOK_ROWS_H
#define PRESS_OUTBOOK_ROWS_H

#include "press/outbook.h"

/* seq,id,lot,page,pages,piece,sheet,sheets,route,tracking,state */
CHECKED enum status outbook_row_head(const struct sink *to, struct error *error);
CHECKED enum status outbook_row_letter(const struct outbook *book, const struct outbook_letter *letter,
                                       struct csv_row *row, const struct sink *to, struct error *error);
/* "made", "reprinted 2", "pulled" */
#define OUTBOOK_STATE 40
struct text outbook_state(const struct outbook_letter *letter, char out[OUTBOOK_STATE]);
/* The letter's first sheet within its piece, from 1, and how many sheets the piece has. */
void outbook_place(const struct outbook *book, const struct outbook_letter *letter, uint64_t *sheet, uint64_t *sheets);

/* Chooses A-B,C... Refuses 9662, 9663: each number must be there. */
CHECKED enum status outbook_choose(struct outbook *book, const char *seqs, struct error *error);

#endif
