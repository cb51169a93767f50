/* The only file that knows libtiff. A picture is read from memory, never from a name; its words stay unsaid. */
#include "voice/image.h"

#include "base/memory.h"

#include <tiffio.h>

#define MOST_MEMORY (32 << 20) /* in one piece: twice what the largest picture takes */

struct source {
    const char *bytes;
    uint64_t size, at;
};

static tmsize_t source_read(thandle_t context, void *out, tmsize_t size)
{
    struct source *source = context;
    uint64_t left = source->size - source->at, take = (uint64_t)size < left ? (uint64_t)size : left;
    memcpy(out, source->bytes + source->at, take);
    source->at += take;
    return (tmsize_t)take;
}

static tmsize_t source_write(thandle_t context, void *bytes, tmsize_t size)
{
    (void)context, (void)bytes, (void)size;
    return -1;
}

static toff_t source_seek(thandle_t context, toff_t offset, int whence)
{
    struct source *source = context;
    uint64_t from = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? source->at : source->size;
    source->at = from + offset <= source->size ? from + offset : source->size;
    return source->at;
}

static int source_close(thandle_t context)
{
    (void)context;
    return 0;
}

static toff_t source_size(thandle_t context)
{
    return ((struct source *)context)->size;
}

static int silent(TIFF *tiff, void *user, const char *module, const char *format, va_list arguments)
{
    (void)tiff, (void)user, (void)module, (void)format, (void)arguments;
    return 1;
}

/* Pictures as encoders write them: one bit a dot, upright, in strips. values: grey levels of 0 and of 1. */
static bool is_plain(TIFF *tiff, const struct voice_bitmap *bitmap, uint8_t values[2])
{
    uint16_t bits = 0, samples = 0, colours = 0, way = 0;
    if (!TIFFGetFieldDefaulted(tiff, TIFFTAG_BITSPERSAMPLE, &bits) ||
        !TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLESPERPIXEL, &samples) ||
        !TIFFGetFieldDefaulted(tiff, TIFFTAG_ORIENTATION, &way) ||
        !TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &colours))
        return false;
    values[0] = colours == PHOTOMETRIC_MINISWHITE ? 255 : 0;
    values[1] = (uint8_t)(255 - values[0]);
    return bits == 1 && samples == 1 && way == ORIENTATION_TOPLEFT && !TIFFIsTiled(tiff) &&
           (colours == PHOTOMETRIC_MINISWHITE || colours == PHOTOMETRIC_MINISBLACK) &&
           TIFFScanlineSize(tiff) == (tmsize_t)bitmap->row_bytes;
}

static bool read_plain(TIFF *tiff, struct voice_dots *dots, const uint8_t values[2])
{
    uint8_t bits[(VOICE_DOTS + 7) / 8];
    for (uint32_t row = 0; row < dots->bitmap->rows; row++) {
        if (TIFFReadScanline(tiff, bits, row, 0) != 1)
            return false;
        voice_dots_bits(dots, row, bits, values);
    }
    return true;
}

/* Any other: libtiff sets the picture upright and makes colours of whatever stands there. */
static enum status read_colours(TIFF *tiff, struct voice_dots *dots, struct error *error)
{
    uint32_t columns = dots->bitmap->columns, rows = dots->bitmap->rows;
    size_t size = (size_t)columns * rows * sizeof(uint32_t);
    uint32_t *colours = memory_new(size), *at = colours;
    uint8_t greys[VOICE_DOTS];
    if (!colours)
        return error_set(error, MSG_NO_MEMORY);
    enum status status = OK;
    if (!TIFFReadRGBAImageOriented(tiff, columns, rows, colours, ORIENTATION_TOPLEFT, 1))
        status = error_set(error, MSG_VOICE_IMAGE_DAMAGED);
    for (uint32_t row = 0; status == OK && row < rows; row++) {
        for (uint32_t i = 0; i < columns; i++, at++)
            greys[i] = voice_grey(TIFFGetR(*at), TIFFGetG(*at), TIFFGetB(*at));
        voice_dots_greys(dots, row, greys);
    }
    memory_free(colours, size);
    return status;
}

static enum status read_dots(TIFF *tiff, struct voice_dots *dots, struct error *error)
{
    uint8_t values[2];
    enum status status;
    if (!is_plain(tiff, dots->bitmap, values))
        status = read_colours(tiff, dots, error);
    else
        status = read_plain(tiff, dots, values) ? OK : error_set(error, MSG_VOICE_IMAGE_DAMAGED);
    return status == OK ? voice_dots_close(dots, error) : status;
}

enum status voice_tiff(struct text bytes, struct arena *arena, struct voice_bitmap *out,
                       struct error *error)
{
    struct source source = {bytes.bytes, bytes.length, 0};
    struct voice_dots dots;
    uint32_t columns = 0, rows = 0;
    TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
    TIFF *tiff = NULL;
    if (options) {
        TIFFOpenOptionsSetErrorHandlerExtR(options, silent, NULL);
        TIFFOpenOptionsSetWarningHandlerExtR(options, silent, NULL);
        TIFFOpenOptionsSetMaxSingleMemAlloc(options, MOST_MEMORY);
        tiff = TIFFClientOpenExt("symbol", "rm", &source, source_read, source_write, source_seek,
                                 source_close, source_size, NULL, NULL, options);
        TIFFOpenOptionsFree(options);
    }
    enum status status = OK;
    if (!tiff || !TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &columns) ||
        !TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &rows) || !TIFFLastDirectory(tiff))
        status = error_set(error, MSG_VOICE_IMAGE_DAMAGED);
    if (status == OK)
        status = voice_dots_open(&dots, columns, rows, arena, out, error);
    if (status == OK)
        status = read_dots(tiff, &dots, error);
    if (tiff)
        TIFFClose(tiff);
    return status;
}
