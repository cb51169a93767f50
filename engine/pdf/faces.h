/* pdf/faces.h -- which glyphs of which faces a lot uses, and their advances by the font's own
 * table. */
#ifndef PDF_FACES_H
#define PDF_FACES_H

#include "base/error.h"
#include "typeset/typeset.h"

struct face_use {
    uint32_t
        *marks; /* a glyph: 0 = not used, else its advance in EM_UNITS + 1. NULL: face not used */
    uint32_t glyphs;
};

struct faces {
    struct fonts *fonts; /* borrowed */
    struct face_use use[LIMIT_FACES];
};

void faces_open(struct faces *faces, struct fonts *fonts);
void faces_close(struct faces *faces);

/* Before the glyphs of a face are marked. Refuses: memory; a face that is not pinned (a bug). */
CHECKED enum status faces_want(struct faces *faces, uint32_t face, struct error *error);

/* Asks the font once a glyph; keeps it. Requires faces_want, and id < glyphs. */
uint32_t faces_ask(struct faces *faces, uint32_t face, uint32_t id);

/* Advance by the font's table, EM_UNITS; marks the glyph as used. */
static inline int32_t faces_mark(struct faces *faces, uint32_t face, uint32_t id)
{
    uint32_t mark = faces->use[face].marks[id];

    return (int32_t)(mark ? mark : faces_ask(faces, face, id)) - 1;
}

#endif
