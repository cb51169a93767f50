/* press/substitute.h -- names.substitute: table. A character that no font of the run has is replaced as the insurer's
 * table says, before the letter's fields are made, so it is the same in body, card and address. The admitted record,
 * and with it every digest of the input, keeps what was written.
 * File: a line FROM,TO each; FROM one character, or one with its variation selector; TO one to eight characters;
 *       both as they are or as code points (U+9AD9, U+845B U+E0100). Empty lines and lines that begin with #
 *       are passed over.
 * Refuses: STOP 9526-9528 with the line. ● 〓 U+FFFD and controls are no FROM: there the character itself is lost.
 * Gives  : nothing is replaced that a font has, be it by the gaiji table or by a declared sequence, in any role.
 */
#ifndef PRESS_SUBSTITUTE_H
#define PRESS_SUBSTITUTE_H

#include "guard/guard.h"
#include "letter/letter.h"
#include "typeset/fonts.h"

struct substitute {
    struct text from, to;
    enum { SUBSTITUTE_UNASKED, SUBSTITUTE_DRAWN, SUBSTITUTE_LACKING } state; /* do the fonts have FROM? */
};

struct substitutes {
    struct substitute *list; /* by FROM */
    uint32_t count;
    uint8_t *first; /* a bit a code point: some FROM begins with it. NULL: the job replaces nothing */
    struct digest digest; /* of the file */
};

/* One replacement in a record, in the order of columns and characters. */
struct substitution {
    const struct substitute *pair;
    const struct substitution *next;
    uint8_t slot;
};

/* path: for messages. Everything in the arena. */
CHECKED enum status substitutes_read(struct text source, const char *path, struct arena *arena,
                                     struct substitutes *out, struct error *error);

/* The record as the letter of these fields is to print it: *record itself where nothing is replaced. */
CHECKED enum status substitutes_apply(struct substitutes *substitutes, struct fonts *fonts,
                                      const struct field_set *fields, const struct admitted *record,
                                      struct arena *arena, const struct admitted **out,
                                      const struct substitution **uses, struct error *error);

#endif
