/* Netpbm's PBM, plain (P1) and raw (P4): netpbm.sourceforge.net/doc/pbm.html. One picture. */
#include "voice/image.h"

struct cursor {
    const char *at, *end;
};

static bool is_blank(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static void skip_blanks(struct cursor *cursor)
{
    while (cursor->at < cursor->end && (is_blank(*cursor->at) || *cursor->at == '#')) {
        bool comment = *cursor->at == '#';
        while (comment && cursor->at < cursor->end && *cursor->at != '\n')
            cursor->at++;
        cursor->at += cursor->at < cursor->end;
    }
}

/* 0 where no number stands, which no picture has; one that is too large is not read on. */
static uint64_t side(struct cursor *cursor)
{
    uint64_t number = 0;
    skip_blanks(cursor);
    while (cursor->at < cursor->end && *cursor->at >= '0' && *cursor->at <= '9' && number < 100000)
        number = number * 10 + (uint64_t)(*cursor->at++ - '0');
    return number;
}

/* The next dot of a plain file: 0, 1, or -1. */
static int plain_dot(struct cursor *cursor)
{
    skip_blanks(cursor);
    if (cursor->at >= cursor->end || (*cursor->at != '0' && *cursor->at != '1'))
        return -1;
    return *cursor->at++ - '0';
}

static const uint8_t values[2] = {255, 0}; /* 1 is black */

static bool read_plain(struct cursor *cursor, struct voice_dots *dots)
{
    uint8_t greys[VOICE_DOTS];
    for (uint32_t row = 0; row < dots->bitmap->rows; row++) {
        for (uint32_t column = 0; column < dots->bitmap->columns; column++) {
            int dot = plain_dot(cursor);
            if (dot < 0)
                return false;
            greys[column] = values[dot];
        }
        voice_dots_greys(dots, row, greys);
    }
    return true;
}

/* One blank, then the dots to the end. */
static bool read_raw(const struct cursor *cursor, struct voice_dots *dots)
{
    size_t row_bytes = dots->bitmap->row_bytes;
    if (cursor->end - cursor->at != (ptrdiff_t)(1 + dots->bitmap->rows * row_bytes))
        return false;
    for (uint32_t row = 0; row < dots->bitmap->rows; row++)
        voice_dots_bits(dots, row, (const uint8_t *)cursor->at + 1 + row * row_bytes, values);
    return true;
}

enum status voice_pbm(struct text bytes, struct arena *arena, struct voice_bitmap *out,
                      struct error *error)
{
    struct cursor cursor = {bytes.bytes + 2, bytes.bytes + bytes.length};
    struct voice_dots dots;
    uint64_t columns = side(&cursor), rows = side(&cursor);
    enum status status = voice_dots_open(&dots, columns, rows, arena, out, error);
    if (status != OK)
        return status;
    bool good = bytes.bytes[1] == '1' ? read_plain(&cursor, &dots) : read_raw(&cursor, &dots);
    return good ? voice_dots_close(&dots, error) : error_set(error, MSG_VOICE_IMAGE_DAMAGED);
}
