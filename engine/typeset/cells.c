#include "typeset/cells.h"

#include "base/memory.h"
#include "base/utf8.h"
#include "typeset/typeset.h"

/* True when the glyph's canonical text is this one code point. */
static bool says_itself(const struct face *face, uint32_t glyph, uint32_t code_point)
{
    char canonical[CLUSTER_BYTES], own[4];
    uint32_t length = face_canonical(face, glyph, canonical);
    return length == utf8_put(own, code_point) && memcmp(canonical, own, length) == 0;
}

static enum status fill_from(struct fonts *fonts, uint16_t index, uint32_t glyph,
                             uint32_t code_point, struct cell *cell, struct error *error)
{
    struct face *face = &fonts->faces[index];
    enum status status = face_build_canonical(face, error);
    if (status == OK)
        status = face_build_risk(face, error);
    if (status != OK)
        return status;
    cell->face = index;
    cell->id = (uint16_t)glyph;
    cell->advance = face_em(face, face_advance(face, glyph));
    cell->flags = says_itself(face, glyph, code_point) ? 0 : GLYPH_ALIAS;
    cell->part = (face->risk[glyph] & RISK_PART) != 0;
    cell->state = face->risk[glyph] & RISK_TRIGGER ? CELL_SHAPED : CELL_FAST;
    return OK;
}

static enum status fill_plain(struct fonts *fonts, int role, uint32_t code_point, struct cell *cell,
                              struct error *error)
{
    const struct chain *chain = &fonts->list.chains[role];
    for (uint32_t i = 0; i < chain->count; i++) {
        uint32_t glyph = face_glyph(&fonts->faces[chain->faces[i]], code_point);
        if (glyph != 0 && glyph < fonts->faces[chain->faces[i]].facts.glyphs)
            return fill_from(fonts, chain->faces[i], glyph, code_point, cell, error);
    }
    cell->state = CELL_NONE;
    return OK;
}

/* A sequence goes the careful way, cluster by cluster. */
static enum status fill_gaiji(struct fonts *fonts, const struct gaiji_entry *entry,
                              struct cell *cell, struct error *error)
{
    if (entry->to.length) {
        cell->state = CELL_NONE;
        return OK;
    }
    enum status status = fill_from(fonts, entry->face, entry->glyph, entry->code, cell, error);
    if (status != OK)
        return status;
    cell->state = CELL_FAST;
    cell->part = 0;
    cell->gaiji = 1;
    if (entry->says.length)
        cell->flags = GLYPH_ALIAS | GLYPH_GAIJI;
    return OK;
}

static enum status fill(struct fonts *fonts, int role, uint32_t code_point, struct cell *cell,
                        struct error *error)
{
    const struct gaiji_entry *entry = gaiji_find(&fonts->gaiji, code_point);
    enum status status;
    if (entry)
        return fill_gaiji(fonts, entry, cell, error);
    switch (char_kind(code_point)) {
    case CHAR_PLAIN:
        return fill_plain(fonts, role, code_point, cell, error);
    case CHAR_JOINT:
        status = fill_plain(fonts, role, code_point, cell, error);
        if (cell->state == CELL_FAST)
            cell->state = CELL_SHAPED;
        return status;
    case CHAR_MARK:
    case CHAR_SELECTOR:
    case CHAR_INVISIBLE:
        cell->state = CELL_CLUSTER;
        return OK;
    case CHAR_FOREIGN:
        cell->state = CELL_FOREIGN;
        return OK;
    default:
        cell->state = CELL_CONTROL;
        return OK;
    }
}

static struct cell *page_make(struct fonts *fonts, int role, uint32_t number)
{
    struct cell ***pages = &fonts->pages[role];
    if (!*pages)
        *pages = memory_new(CELL_PAGES * sizeof(**pages));
    if (*pages && !(*pages)[number])
        (*pages)[number] = memory_new(CELL_PAGE * sizeof(struct cell));
    return *pages ? (*pages)[number] : NULL;
}

enum status cell_find(struct fonts *fonts, int role, uint32_t code_point, const struct cell **out,
                      struct error *error)
{
    struct cell *page = page_make(fonts, role, code_point / CELL_PAGE);
    if (!page)
        return error_set(error, MSG_NO_MEMORY);
    struct cell *cell = &page[code_point % CELL_PAGE];
    *out = cell;
    return cell->state == CELL_EMPTY ? fill(fonts, role, code_point, cell, error) : OK;
}

void cells_free(struct fonts *fonts)
{
    for (int role = 0; role < ROLE_LIMIT; role++) {
        for (uint32_t i = 0; fonts->pages[role] && i < CELL_PAGES; i++)
            memory_free(fonts->pages[role][i], CELL_PAGE * sizeof(struct cell));
        memory_free(fonts->pages[role], CELL_PAGES * sizeof(*fonts->pages[role]));
    }
}
