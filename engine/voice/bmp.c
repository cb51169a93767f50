/* Windows bitmaps without compression, of 1, 4, 8, 24 or 32 bits a dot: BITMAPFILEHEADER and BITMAPINFOHEADER
 * (learn.microsoft.com, wingdi.h), or a later header that begins like the latter. Rows stand from the bottom, or
 * from the
 * top where the height is negative, each filled up to four bytes. */
#include "voice/image.h"

enum { FILE_HEADER = 14, INFO_HEADER = 40 };

struct bmp {
    const uint8_t *bytes, *palette, *dots;
    uint32_t size, bits, colours;
    uint64_t columns, rows, row_bytes;
    bool downwards; /* the first row of the file is the top */
};

static uint32_t number(const uint8_t *at, int bytes)
{
    uint32_t value = 0;
    while (bytes-- > 0)
        value = value << 8 | at[bytes];
    return value;
}

/* A header's facts; false: not one of ours, or the file is shorter than it says. */
static bool read_header(struct bmp *bmp)
{
    const uint8_t *info = bmp->bytes + FILE_HEADER;
    if (bmp->size < FILE_HEADER + INFO_HEADER)
        return false;
    uint64_t header = number(info, 4), start = number(bmp->bytes + 10, 4);
    int32_t rows = (int32_t)number(info + 8, 4);
    bmp->columns = number(info + 4, 4);
    bmp->downwards = rows < 0;
    bmp->rows = (uint64_t)(rows < 0 ? -(int64_t)rows : rows);
    bmp->bits = number(info + 14, 2);
    bool deep = bmp->bits == 24 || bmp->bits == 32;
    if (header < INFO_HEADER || number(info + 16, 4) != 0 || bmp->columns > VOICE_DOTS ||
        bmp->rows > VOICE_DOTS || (!deep && bmp->bits != 1 && bmp->bits != 4 && bmp->bits != 8))
        return false;
    bmp->colours = deep ? 0 : number(info + 32, 4) ? number(info + 32, 4) : 1u << bmp->bits;
    bmp->row_bytes = (bmp->columns * bmp->bits + 31) / 32 * 4;
    bmp->palette = bmp->bytes + FILE_HEADER + (header < bmp->size ? header : 0);
    bmp->dots = bmp->bytes + (start < bmp->size ? start : 0);
    uint64_t palette_end = FILE_HEADER + header + 4 * (uint64_t)bmp->colours;
    return bmp->colours <= 256 && palette_end <= start &&
           start + bmp->row_bytes * bmp->rows <= bmp->size;
}

/* Blue, green, red in the file. */
static uint8_t grey_at(const uint8_t *colour)
{
    return voice_grey(colour[2], colour[1], colour[0]);
}

/* The grey levels of a row. False: a number without its colour. */
static bool read_row(const struct bmp *bmp, const uint8_t *row, const uint8_t *table,
                     uint8_t greys[VOICE_DOTS])
{
    for (uint32_t column = 0; column < bmp->columns; column++) {
        const uint8_t *from = row + (uint64_t)column * bmp->bits / 8;
        if (bmp->bits >= 24) {
            greys[column] = grey_at(from);
            continue;
        }
        uint32_t shift = 8 - bmp->bits - column * bmp->bits % 8;
        uint32_t index = *from >> shift & ((1u << bmp->bits) - 1);
        if (index >= bmp->colours)
            return false;
        greys[column] = table[index];
    }
    return true;
}

enum status voice_bmp(struct text bytes, struct arena *arena, struct voice_bitmap *out,
                      struct error *error)
{
    struct bmp bmp = {.bytes = (const uint8_t *)bytes.bytes, .size = bytes.length};
    struct voice_dots dots;
    uint8_t table[256], greys[VOICE_DOTS];
    if (!read_header(&bmp))
        return error_set(error, MSG_VOICE_IMAGE_DAMAGED);
    for (uint32_t i = 0; i < bmp.colours; i++)
        table[i] = grey_at(bmp.palette + 4 * i);
    bool plain = bmp.bits == 1 && bmp.colours == 2 && (table[0] < 128) != (table[1] < 128);
    enum status status = voice_dots_open(&dots, bmp.columns, bmp.rows, arena, out, error);
    for (uint32_t row = 0; status == OK && row < out->rows; row++) {
        uint64_t line = bmp.downwards ? row : bmp.rows - 1 - row;
        const uint8_t *from = bmp.dots + line * bmp.row_bytes;
        if (plain)
            voice_dots_bits(&dots, row, from, table);
        else if (read_row(&bmp, from, table, greys))
            voice_dots_greys(&dots, row, greys);
        else
            status = error_set(error, MSG_VOICE_IMAGE_DAMAGED);
    }
    return status == OK ? voice_dots_close(&dots, error) : status;
}
