/* press/where.h -- `oshirase where OUT`: where a sheet is, and what state it has.
 * Gives  : CSV: seq,id,lot,page,pages,piece,sheet,sheets,route,tracking,state - a line a letter; sheet n of `sheets` of
 *          its piece. state: made | reprinted K | pulled; of a person without a letter in OUT the outcome (held ...).
 *          To `words`: what was made, pulled and is to be sent.
 * Refuses: STOP, exit 2: 9662-9664, 9679, 9680; exit 6: as outbook.h.
 * Tests  : tests/cases/pull.sh
 */
#ifndef PRESS_WHERE_H
#define PRESS_WHERE_H

#include "base/error.h"
#include "base/sink.h"

struct where_order {
    const char *out;
    const char *id, *tracking, *seqs; /* one of them; seqs: A-B,C */
};

CHECKED enum status press_where(const struct where_order *order, const struct sink *data, const struct sink *words,
                                struct error *error);

#endif
