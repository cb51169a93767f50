#include "voice/image.h"

enum { CELL_DOTS_MOST = 64, SP_DOTS = 4, SP_CELLS_LEAST = 20 };

static bool starts(struct text bytes, const char *with, uint32_t length)
{
    return bytes.length >= length && memcmp(bytes.bytes, with, length) == 0;
}

enum status voice_image_read(struct text bytes, struct arena *arena, struct voice_bitmap *out,
                             struct error *error)
{
    *out = (struct voice_bitmap){0};
    if (starts(bytes, "\x89PNG\r\n\x1A\n", 8))
        return voice_png(bytes, arena, out, error);
    if (starts(bytes, "BM", 2))
        return voice_bmp(bytes, arena, out, error);
    if (starts(bytes, "P1", 2) || starts(bytes, "P4", 2))
        return voice_pbm(bytes, arena, out, error);
    if (starts(bytes, "II*\0", 4) || starts(bytes, "MM\0*", 4))
        return voice_tiff(bytes, arena, out, error);
    return error_set(error, MSG_VOICE_IMAGE_FORMAT);
}

/* -- two values -- */

enum status voice_dots_open(struct voice_dots *dots, uint64_t columns, uint64_t rows,
                            struct arena *arena, struct voice_bitmap *bitmap, struct error *error)
{
    if (columns == 0 || rows == 0 || columns > VOICE_DOTS || rows > VOICE_DOTS)
        return error_set(error, MSG_VOICE_IMAGE_DAMAGED);
    bitmap->columns = (uint32_t)columns;
    bitmap->rows = (uint32_t)rows;
    bitmap->row_bytes = (bitmap->columns + 7) / 8;
    bitmap->bits = arena_array(arena, bitmap->rows, bitmap->row_bytes);
    *dots = (struct voice_dots){bitmap, -1, -1, true};
    return bitmap->bits ? OK : error_set(error, MSG_NO_MEMORY);
}

/* ITU-R BT.601, in whole numbers. */
uint8_t voice_grey(uint8_t red, uint8_t green, uint8_t blue)
{
    return (uint8_t)((299 * red + 587 * green + 114 * blue + 500) / 1000);
}

static void see(struct voice_dots *dots, uint8_t value)
{
    int *seen = value < 128 ? &dots->dark : &dots->light;
    if (*seen < 0)
        *seen = value;
    else if (*seen != value)
        dots->two_valued = false;
}

#define EACH_BYTE UINT64_C(0x0101010101010101)

/* Eight dots of the two values that were seen already: their bits, the first dot's on top. False: another one. */
static bool pack_eight(const struct voice_dots *dots, const uint8_t *greys, uint8_t *bits)
{
    uint64_t eight, dark;
    if (dots->dark < 0 || dots->light < 0)
        return false;
    memcpy(&eight, greys, sizeof eight);
    dark = ~eight >> 7 & EACH_BYTE; /* 1 in the byte of a dark dot */
    uint64_t expected =
        EACH_BYTE * (uint64_t)dots->light ^ dark * (uint64_t)(dots->dark ^ dots->light);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    *bits = (uint8_t)(dark * UINT64_C(0x8040201008040201) >> 56);
#else
    *bits = (uint8_t)(dark * UINT64_C(0x0102040810204080) >> 56);
#endif
    return eight == expected;
}

void voice_dots_greys(struct voice_dots *dots, uint32_t row, const uint8_t *greys)
{
    uint32_t columns = dots->bitmap->columns;
    uint8_t *bits = dots->bitmap->bits + (size_t)row * dots->bitmap->row_bytes;
    for (uint32_t x = 0; x < columns; x += 8, bits++) {
        if (x + 8 <= columns && pack_eight(dots, greys + x, bits))
            continue;
        *bits = 0;
        for (uint32_t i = 0; i < 8 && x + i < columns; i++) {
            see(dots, greys[x + i]);
            *bits |= (uint8_t)((greys[x + i] < 128) << (7 - i));
        }
    }
}

void voice_dots_bits(struct voice_dots *dots, uint32_t row, const uint8_t *bits,
                     const uint8_t values[2])
{
    const struct voice_bitmap *bitmap = dots->bitmap;
    uint8_t *to = bitmap->bits + (size_t)row * bitmap->row_bytes;
    uint8_t flip = values[0] < 128 ? 0xFF : 0, dark = 0, light = 0;
    uint8_t last = (uint8_t)(0xFF << (bitmap->row_bytes * 8 - bitmap->columns));
    uint32_t whole = bitmap->row_bytes - 1;
    for (uint32_t i = 0; i < whole; i++) {
        uint8_t eight = bits[i] ^ flip;
        to[i] = eight;
        dark |= eight;
        light |= (uint8_t)~eight;
    }
    to[whole] = (uint8_t)((bits[whole] ^ flip) & last);
    dark |= to[whole];
    light |= (uint8_t)(~to[whole] & last);
    if (dark)
        see(dots, values[flip == 0]);
    if (light)
        see(dots, values[flip != 0]);
}

enum status voice_dots_close(struct voice_dots *dots, struct error *error)
{
    bool clear =
        dots->dark >= 0 && dots->light - dots->dark >= 128; /* no pale picture on a pale ground */
    return dots->two_valued && clear ? OK : error_set(error, MSG_VOICE_IMAGE_COLOURS);
}

/* -- cells -- */

static bool dark(const struct voice_bitmap *bitmap, uint32_t x, uint32_t y)
{
    return bitmap->bits[(size_t)y * bitmap->row_bytes + x / 8] >> (7 - x % 8) & 1;
}

/* Where a dot must be as the one on its left: within the body, but for the first of each cell. */
static void mark_inner(const struct voice_bitmap *bitmap, const struct voice_symbol *symbol,
                       uint8_t inner[VOICE_DOTS / 8])
{
    memset(inner, 0, bitmap->row_bytes);
    for (uint32_t i = 0; i < symbol->cells * symbol->cell; i++) {
        uint32_t x = symbol->body_x + i;
        if (i % symbol->cell)
            inner[x / 8] |= (uint8_t)(0x80 >> x % 8);
    }
}

/* A line of cells, looked at on one line of dots. */
static bool line_whole(const struct voice_bitmap *bitmap, const uint8_t *inner, uint32_t y)
{
    const uint8_t *row = bitmap->bits + (size_t)y * bitmap->row_bytes;
    uint8_t left = 0;
    for (uint32_t i = 0; i < bitmap->row_bytes; i++) {
        if ((row[i] ^ (left << 7 | row[i] >> 1)) & inner[i])
            return false;
        left = row[i] & 1;
    }
    return true;
}

/* The body's dots of two lines. Nearly always the whole lines are alike. */
static bool lines_alike(const struct voice_bitmap *bitmap, const struct voice_symbol *symbol,
                        uint32_t a, uint32_t b)
{
    if (memcmp(bitmap->bits + (size_t)a * bitmap->row_bytes,
               bitmap->bits + (size_t)b * bitmap->row_bytes, bitmap->row_bytes) == 0)
        return true;
    for (uint32_t x = symbol->body_x; x < symbol->body_x + symbol->cells * symbol->cell; x++)
        if (dark(bitmap, x, a) != dark(bitmap, x, b))
            return false;
    return true;
}

static bool cells_whole(const struct voice_bitmap *bitmap, const struct voice_symbol *symbol)
{
    uint8_t inner[VOICE_DOTS / 8];
    mark_inner(bitmap, symbol, inner);
    for (uint32_t i = 0; i < symbol->cells; i++) {
        uint32_t top = symbol->body_y + i * symbol->cell;
        if (!line_whole(bitmap, inner, top))
            return false;
        for (uint32_t y = top + 1; y < top + symbol->cell; y++)
            if (!lines_alike(bitmap, symbol, top, y))
                return false;
    }
    return true;
}

static bool light_area(const struct voice_bitmap *bitmap, uint32_t left, uint32_t top,
                       uint32_t columns, uint32_t rows)
{
    for (uint32_t y = top; y < top + rows; y++)
        for (uint32_t x = left; x < left + columns; x++)
            if (dark(bitmap, x, y))
                return false;
    return true;
}

/* Where the body begins along x (or y), when the picture is `extra` dots wider than it: at its start with a light line
 * behind, or at its end with one before. The line is looked at where the body is wherever it stands the other way. */
static bool place_body(const struct voice_bitmap *bitmap, bool across, uint32_t side,
                       uint32_t extra, uint32_t other_extra, uint32_t *start)
{
    uint32_t from = other_extra, length = side - other_extra;
    *start = 0;
    if (extra == 0)
        return true;
    if (across ? light_area(bitmap, side, from, 1, length)
               : light_area(bitmap, from, side, length, 1))
        return true;
    *start = extra;
    return across ? light_area(bitmap, extra - 1, from, 1, length)
                  : light_area(bitmap, from, extra - 1, length, 1);
}

/* A strip is a line and its gap: a small part of the body. */
static bool try_body(const struct voice_bitmap *bitmap, uint32_t cells, uint32_t cell,
                     struct voice_symbol *out)
{
    uint32_t side = cells * cell;
    if (side > bitmap->columns || side > bitmap->rows)
        return false;
    uint32_t wider = bitmap->columns - side, higher = bitmap->rows - side;
    if (wider > side / 4 || higher > side / 4 || wider == 1 || higher == 1)
        return false;
    out->cell = cell;
    out->cells = cells;
    return place_body(bitmap, true, side, wider, higher, &out->body_x) &&
           place_body(bitmap, false, side, higher, wider, &out->body_y) && cells_whole(bitmap, out);
}

static bool find_body(const struct voice_bitmap *bitmap, uint32_t cells, struct voice_symbol *out)
{
    uint32_t shorter = bitmap->columns < bitmap->rows ? bitmap->columns : bitmap->rows;
    if (cells == 0) {
        for (cells = shorter / SP_DOTS; cells >= SP_CELLS_LEAST; cells--)
            if (try_body(bitmap, cells, SP_DOTS, out))
                return true;
        return false;
    }
    for (uint32_t cell = shorter / cells; cell > 0;
         cell--) /* a strip makes the picture larger, never smaller */
        if (cell <= CELL_DOTS_MOST && try_body(bitmap, cells, cell, out))
            return true;
    return false;
}

enum status voice_image_cells(const struct voice_bitmap *bitmap, uint32_t cells,
                              struct voice_symbol *out, struct error *error)
{
    *out = (struct voice_symbol){.columns = bitmap->columns,
                                 .rows = bitmap->rows,
                                 .row_bytes = bitmap->row_bytes,
                                 .bits = bitmap->bits};
    return find_body(bitmap, cells, out) ? OK : error_set(error, MSG_VOICE_IMAGE_CELLS);
}
