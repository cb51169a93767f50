/* Netpbm's PBM, plain (P1) and raw (P4): netpbm.sourceforge.net/doc/pbm.html. */
#include "compose/formats.h"

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
        if (*cursor->at == '#')
            while (cursor->at < cursor->end && *cursor->at != '\n' && *cursor->at != '\r')
                cursor->at++;
        else
            cursor->at++;
    }
}

/* A whole number; 0 where none stands, which no image has. */
static uint64_t side(struct cursor *cursor)
{
    uint64_t number = 0;
    skip_blanks(cursor);
    while (cursor->at < cursor->end && *cursor->at >= '0' && *cursor->at <= '9') {
        if (number <= IMAGE_DOTS)
            number = number * 10 + (uint64_t)(*cursor->at - '0');
        cursor->at++;
    }
    return number;
}

static bool read_plain(struct cursor *cursor, const struct image *image, uint8_t *bits)
{
    for (uint32_t row = 0; row < image->rows; row++)
        for (uint32_t column = 0; column < image->columns; column++) {
            skip_blanks(cursor);
            if (cursor->at >= cursor->end || (*cursor->at != '0' && *cursor->at != '1'))
                return false;
            if (*cursor->at++ == '1')
                bits[(size_t)row * image->row_bytes + column / 8] |= (uint8_t)(0x80 >> column % 8);
        }
    return true;
}

/* Bits behind the last column of a row mean nothing in the file and are 0 with us. */
static bool read_raw(struct cursor *cursor, const struct image *image, uint8_t *bits)
{
    size_t size = (size_t)image->rows * image->row_bytes;
    if (cursor->at >= cursor->end || !is_blank(*cursor->at))
        return false;
    cursor->at++;
    if ((size_t)(cursor->end - cursor->at) < size)
        return false;
    memcpy(bits, cursor->at, size);
    if (image->columns % 8 != 0)
        for (uint32_t row = 0; row < image->rows; row++)
            bits[(size_t)(row + 1) * image->row_bytes - 1] &=
                (uint8_t)(0xFF << (8 - image->columns % 8));
    return true;
}

enum status pbm_read(const struct image_source *source, struct image *out, struct error *error)
{
    struct cursor cursor = {source->bytes.bytes + 2, source->bytes.bytes + source->bytes.length};
    uint64_t columns = side(&cursor), rows = side(&cursor);
    uint8_t *bits;
    enum status status = image_bits(source, columns, rows, out, &bits, error);
    if (status != OK)
        return status;
    bool whole = source->bytes.bytes[1] == '1' ? read_plain(&cursor, out, bits)
                                               : read_raw(&cursor, out, bits);
    return whole ? OK : image_refuse(source, MSG_IMAGE_DAMAGED, error);
}
