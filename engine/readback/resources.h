/* readback/resources.h -- what the names in a content stream mean: fonts, layers, images, inks.
 * Fonts are Type0 over CIDFontType2 with Identity-H (ISO 32000-1, 9.7), so a code of two bytes is a CID; its glyph
 * is the CID or what /CIDToGIDMap says. Widths are millionths of an em, as /W writes them.
 */
#ifndef READBACK_RESOURCES_H
#define READBACK_RESOURCES_H

#include "base/arena.h"
#include "base/limits.h"
#include "readback/document.h"
#include "readback/readback.h"

#define RESOURCES_NAMES 128  /* of one kind in one dictionary */
#define RESOURCES_MOST 1024  /* dictionaries of one file */
#define RESOURCES_ARENA (256u << 20)

struct cid_block { /* 256 CIDs */
    int32_t width[256];
    struct {
        uint32_t at;
        uint32_t length;
    } words[256];
};

struct read_font {
    uint32_t object;
    uint32_t face;  /* of the table of faces: fonts of one name are one face */
    int32_t width;  /* /DW */
    struct cid_block *blocks[256];
    const char *words;
    const uint8_t *glyphs; /* /CIDToGIDMap: two bytes a CID; NULL = Identity */
    uint32_t glyph_count;
};

struct named {
    struct text name;
    uint32_t number; /* object; of inks: index; of states: 1 = overprint, all that is known */
    struct read_font *font;
};

struct names {
    struct named *list;
    uint32_t count;
};

struct resources {
    uint32_t object;
    struct names fonts, objects, inks, states;
};

struct tables {
    struct arena arena;
    struct resources *resources[RESOURCES_MOST];
    uint32_t resources_count;
    struct read_font *fonts[RESOURCES_MOST];
    uint32_t font_count;
    struct text faces[LIMIT_FACES];
    uint32_t face_count;
    struct text inks[LIMIT_FACES]; /* 0 is black */
    uint32_t ink_count;
};

void tables_open(struct tables *tables);
void tables_close(struct tables *tables);

/* The dictionary of this object, read once. */
CHECKED enum status tables_resources(struct tables *tables, struct document *document, uint32_t object,
                                     const struct resources **out, struct error *error);

/* NULL: no such name. */
const struct named *names_find(const struct names *names, const struct token *name);

/* -- font.c -- */
CHECKED enum status font_read(struct tables *tables, struct document *document, uint32_t object,
                              struct read_font **out, struct error *error);

static inline int32_t font_width(const struct read_font *font, unsigned cid)
{
    const struct cid_block *block = font->blocks[cid >> 8];

    return block ? block->width[cid & 255] : font->width;
}

static inline struct text font_words(const struct read_font *font, unsigned cid)
{
    const struct cid_block *block = font->blocks[cid >> 8];

    if (!block)
        return (struct text){0};
    return (struct text){font->words + block->words[cid & 255].at, block->words[cid & 255].length};
}

#endif
