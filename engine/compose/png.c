/* The only file that knows libpng. */
#include "compose/formats.h"

#include "base/memory.h"

#include <png.h>

/* One dot as red, green, blue, alpha: 1 dark, 0 light (or fully transparent), -1 neither. */
static int dot_value(const uint8_t dot[4])
{
    if (dot[3] == 0)
        return 0;
    bool even = dot[0] == dot[1] && dot[1] == dot[2] && dot[3] == 255;
    if (!even || (dot[0] != 0 && dot[0] != 255))
        return -1;
    return dot[0] == 0;
}

static bool fill_bits(const struct image *image, const uint8_t *dots, uint8_t *bits)
{
    for (uint32_t row = 0; row < image->rows; row++)
        for (uint32_t column = 0; column < image->columns; column++, dots += 4) {
            int value = dot_value(dots);
            if (value < 0)
                return false;
            if (value)
                bits[(size_t)row * image->row_bytes + column / 8] |= (uint8_t)(0x80 >> column % 8);
        }
    return true;
}

/* Decodes to RGBA, then keeps one bit a dot. */
static enum status read_dots(const struct image_source *source, png_image *png, struct image *out,
                             uint8_t *bits, struct error *error)
{
    png->format = PNG_FORMAT_RGBA;
    size_t size = PNG_IMAGE_SIZE(*png);
    uint8_t *dots = memory_new(size);
    if (!dots)
        return error_set(error, MSG_NO_MEMORY);
    enum status status = OK;
    if (!png_image_finish_read(png, NULL, dots, 0, NULL))
        status = image_refuse(source, MSG_IMAGE_DAMAGED, error);
    else if (!fill_bits(out, dots, bits))
        status = image_refuse(source, MSG_IMAGE_NOT_BLACK, error);
    memory_free(dots, size);
    return status;
}

enum status png_read(const struct image_source *source, struct image *out, struct error *error)
{
    png_image png = {.version = PNG_IMAGE_VERSION};
    uint8_t *bits;
    if (!png_image_begin_read_from_memory(&png, source->bytes.bytes, source->bytes.length))
        return image_refuse(source, MSG_IMAGE_DAMAGED, error);
    enum status status = image_bits(source, png.width, png.height, out, &bits, error);
    if (status == OK)
        status = read_dots(source, &png, out, bits, error);
    png_image_free(&png);
    return status;
}
