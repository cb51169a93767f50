/* The only file of this room that knows libpng. */
#include "voice/image.h"

#include "base/memory.h"

#include <png.h>

enum { COLOURS = 256 };

/* What is asked for: grey levels of a grey picture, numbers of a palette, red, green and blue of any other; on white
 * where it is transparent. */
static png_uint_32 format_of(const png_image *png)
{
    if (png->format & PNG_FORMAT_FLAG_COLORMAP)
        return PNG_FORMAT_RGB_COLORMAP;
    return png->format & PNG_FORMAT_FLAG_COLOR ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
}

/* One row in grey levels, in its place: they are never more than what was there. */
static void make_grey(png_uint_32 format, uint8_t palette[COLOURS][3], uint8_t *row,
                      uint32_t columns)
{
    uint8_t table[COLOURS];
    if (format == PNG_FORMAT_RGB)
        for (uint32_t i = 0; i < columns; i++)
            row[i] = voice_grey(row[3 * i], row[3 * i + 1], row[3 * i + 2]);
    if (format != PNG_FORMAT_RGB_COLORMAP)
        return;
    for (int i = 0; i < COLOURS; i++)
        table[i] = voice_grey(palette[i][0], palette[i][1], palette[i][2]);
    for (uint32_t i = 0; i < columns; i++)
        row[i] = table[row[i]];
}

static enum status read_dots(png_image *png, struct voice_dots *dots, struct error *error)
{
    static const png_color white = {255, 255, 255};
    uint8_t palette[COLOURS][3] = {{0}};
    png->format = format_of(png);
    size_t size = PNG_IMAGE_SIZE(*png), row_bytes = PNG_IMAGE_ROW_STRIDE(*png);
    uint8_t *colours = memory_new(size);
    if (!colours)
        return error_set(error, MSG_NO_MEMORY);
    enum status status = OK;
    if (!png_image_finish_read(png, &white, colours, 0, palette) || png->warning_or_error > 1)
        status = error_set(error, MSG_VOICE_IMAGE_DAMAGED);
    for (uint32_t row = 0; status == OK && row < dots->bitmap->rows; row++) {
        make_grey(png->format, palette, colours + row * row_bytes, dots->bitmap->columns);
        voice_dots_greys(dots, row, colours + row * row_bytes);
    }
    memory_free(colours, size);
    return status == OK ? voice_dots_close(dots, error) : status;
}

enum status voice_png(struct text bytes, struct arena *arena, struct voice_bitmap *out,
                      struct error *error)
{
    png_image png = {.version = PNG_IMAGE_VERSION};
    struct voice_dots dots;
    if (!png_image_begin_read_from_memory(&png, bytes.bytes, bytes.length))
        return error_set(error, MSG_VOICE_IMAGE_DAMAGED);
    enum status status = voice_dots_open(&dots, png.width, png.height, arena, out, error);
    if (status == OK)
        status = read_dots(&png, &dots, error);
    png_image_free(&png);
    return status;
}
