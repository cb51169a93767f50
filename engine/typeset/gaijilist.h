/* typeset/gaijilist.h -- gaiji and declared sequences as kept with the fonts. Private to the room. */
#ifndef TYPESET_GAIJILIST_H
#define TYPESET_GAIJILIST_H

#include "base/error.h"
#include "base/text.h"

struct gaiji_entry {
    uint32_t code;
    uint16_t face, glyph; /* where `to` is empty */
    struct text to;       /* a sequence, set by the chain of the role */
    struct text says;     /* empty: the code point itself */
};

struct gaiji_list {
    struct gaiji_entry *entries; /* by code */
    uint32_t count, room;
};

/* NULL: none. */
const struct gaiji_entry *gaiji_find(const struct gaiji_list *list, uint32_t code);

/* variants.yaml, beside fonts.yaml, may be absent. A list:
 *   - { from: U+845B U+E0100, to: U+845B U+E0103 }
 * A sequence that no face of the chain has as coded is drawn as the other one; copying gives what was coded. Both have
 * the same base character. Refuses: STOP 7028. */
struct variant {
    struct text from, to;
};

struct variant_list {
    struct variant *pairs;
    uint32_t count;
};

struct arena;
CHECKED enum status variants_read(struct text source, const char *path, struct arena *arena,
                                  struct variant_list *out, struct error *error);

/* NULL: not declared. */
const struct variant *variant_find(const struct variant_list *list, struct text from);

#endif
