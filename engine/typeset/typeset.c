#include "typeset/typeset.h"

#include "base/memory.h"
#include "base/utf8.h"
#include "typeset/cells.h"
#include "typeset/lines.h"
#include "typeset/shape.h"

static uint32_t count_characters(struct text text)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < text.length; i++)
        count += ((uint8_t)text.bytes[i] & 0xC0) != 0x80;
    return count;
}

/* Two- and three-byte forms by hand: kana and kanji are nearly everything. The text is valid UTF-8, so only
 * its end is watched. */
static inline uint32_t next_character(const char **at, const char *end)
{
    const uint8_t *byte = (const uint8_t *)*at;
    if (byte[0] < 0x80) {
        *at += 1;
        return byte[0];
    }
    if ((byte[0] & 0xF0) == 0xE0 && end - *at >= 3) {
        *at += 3;
        return (uint32_t)(byte[0] & 0x0F) << 12 | (uint32_t)(byte[1] & 0x3F) << 6 |
               (byte[2] & 0x3F);
    }
    return utf8_next(at, end);
}

/* Four parts of lookups in a row might be a long ligature (risk.c). */
#define PARTS_IN_A_ROW 4

/* True when every character was set by its cell; false: the careful path must look. */
static bool shape_fast(const struct fonts *fonts, int role, struct text text, struct shaped *out)
{
    const char *at = text.bytes, *end = at + text.length;
    struct glyph *glyph = out->glyphs;
    uint32_t parts = 0;
    int64_t width = 0;
    while (at < end) {
        const char *start = at;
        uint32_t code_point = next_character(&at, end);
        const struct cell *cell =
            code_point <= 0x10FFFF ? cell_peek(fonts, role, code_point) : NULL;
        if (!cell || cell->state != CELL_FAST)
            return false;
        parts = cell->part ? parts + 1 : 0;
        if (parts == PARTS_IN_A_ROW)
            return false;
        *glyph++ = (struct glyph){cell->face,
                                  cell->id,
                                  cell->advance,
                                  (uint32_t)(start - text.bytes),
                                  (uint16_t)(at - start),
                                  cell->flags};
        width += cell->advance;
    }
    out->count = (uint32_t)(glyph - out->glyphs);
    out->width = width;
    return true;
}

/* Fills the cells of a text. False: some character needs the careful path. */
static enum status fill_cells(struct fonts *fonts, int role, struct text text, bool *fast,
                              struct error *error)
{
    const char *at = text.bytes, *end = at + text.length;
    const struct cell *cell = NULL;
    *fast = true;
    while (at < end && *fast) {
        uint32_t code_point = utf8_next(&at, end);
        if (code_point == UTF8_BAD) {
            *fast = false;
            break;
        }
        enum status status = cell_find(fonts, role, code_point, &cell, error);
        if (status != OK)
            return status;
        *fast = cell->state == CELL_FAST;
    }
    return OK;
}

/* The text has characters that are new here, or that its neighbours may change. */
static enum status shape_slow(struct fonts *fonts, int role, struct text text, struct arena *arena,
                              struct shaped *out, struct error *error)
{
    bool fast = true;
    /* Most often new characters: fill their cells and try once more. */
    enum status status = fill_cells(fonts, role, text, &fast, error);
    if (status != OK || (fast && shape_fast(fonts, role, text, out)))
        return status;
    return shape_clusters(fonts, role, text, arena, out, error);
}

enum status typeset_shape(struct fonts *fonts, int role, struct text text, struct arena *arena,
                          struct shaped *out, struct error *error)
{
    *out = (struct shaped){NULL, 0, 0};
    if (role < 0 || (uint32_t)role >= fonts->list.chain_count)
        return error_set(error, MSG_BUG);
    out->glyphs = arena_array(arena, count_characters(text), sizeof(*out->glyphs));
    if (!out->glyphs)
        return error_set(error, MSG_NO_MEMORY);
    if (shape_fast(fonts, role, text, out))
        return OK;
    /* A table that HarfBuzz had no memory to look into counts as empty: glyphs or kerning would be gone. */
    memory_watch();
    enum status status = shape_slow(fonts, role, text, arena, out, error);
    return memory_ran_out() ? error_set(error, MSG_NO_MEMORY) : status;
}

emu typeset_width(const struct glyph *glyphs, uint32_t count, emu size, uint16_t scale, emu spacing)
{
    int64_t advances = 0;
    for (uint32_t i = 0; i < count; i++)
        advances += glyphs[i].advance;
    return measure_width(measure_natural(advances, count, size, spacing), scale);
}
