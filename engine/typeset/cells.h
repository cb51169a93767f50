/* typeset/cells.h -- struct fonts, and its cache: what a role makes of a code point. Private to the room.
 * A cell is filled when its code point first comes by; 256 cells a page, pages only where needed.
 */
#ifndef TYPESET_CELLS_H
#define TYPESET_CELLS_H

#include "typeset/coverage.h"
#include "typeset/face.h"
#include "typeset/fontlist.h"
#include "typeset/gaijilist.h"

enum cell_state {
    CELL_EMPTY,   /* not asked yet */
    CELL_FAST,    /* glyph and advance as HarfBuzz would give them */
    CELL_SHAPED,  /* a plain character with a glyph, but its neighbours matter */
    CELL_CLUSTER, /* belongs to a cluster: mark, selector, invisible */
    CELL_NONE,    /* no face of the role has it */
    CELL_CONTROL, /* refused */
    CELL_FOREIGN, /* refused */
};

struct cell {
    uint16_t face, id;
    int32_t advance;
    uint8_t state; /* enum cell_state */
    uint8_t flags; /* of struct glyph */
    uint8_t part;  /* 1 = RISK_PART */
    uint8_t gaiji; /* 1 = by the gaiji table: HarfBuzz is not asked */
};

#define CELL_PAGE 256
#define CELL_PAGES (0x110000 / CELL_PAGE)

struct hb_buffer_t;

struct fonts {
    struct arena arena; /* the list's texts */
    struct font_list list;
    struct variant_list variants;
    struct gaiji_list gaiji;
    struct digest digest;
    struct face faces[LIMIT_FACES];
    uint32_t face_count;           /* opened so far */
    struct cell **pages[ROLE_LIMIT]; /* CELL_PAGES pointers a role, NULL until first used */
    struct hb_buffer_t *buffer;    /* of shape.c, NULL until first used */
};

/* The cell of a code point, filled. role and code_point must be valid. Refuses: STOP 1001. */
CHECKED enum status cell_find(struct fonts *fonts, int role, uint32_t code_point,
                              const struct cell **out, struct error *error);

static inline const struct cell *cell_peek(const struct fonts *fonts, int role, uint32_t code_point)
{
    const struct cell *page = fonts->pages[role] ? fonts->pages[role][code_point / CELL_PAGE] : NULL;
    return page && page[code_point % CELL_PAGE].state ? &page[code_point % CELL_PAGE] : NULL;
}

void cells_free(struct fonts *fonts);

#endif
