#include "compose/image.h"

#include "compose/formats.h"

enum status image_refuse(const struct image_source *source, enum message message,
                         struct error *error)
{
    return error_at(error, message, source->path, 0, source->name);
}

enum status image_bits(const struct image_source *source, uint64_t columns, uint64_t rows,
                       struct image *out, uint8_t **bits, struct error *error)
{
    if (columns == 0 || rows == 0)
        return image_refuse(source, MSG_IMAGE_DAMAGED, error);
    if (columns > IMAGE_DOTS || rows > IMAGE_DOTS) {
        enum status status = image_refuse(source, MSG_IMAGE_TOO_LARGE, error);
        if (error)
            error->want = IMAGE_DOTS;
        return status;
    }
    out->columns = (uint32_t)columns;
    out->rows = (uint32_t)rows;
    out->row_bytes = (out->columns + 7) / 8;
    *bits = arena_array(source->arena, out->rows, out->row_bytes);
    out->bits = *bits;
    return *bits ? OK : error_set(error, MSG_NO_MEMORY);
}

static bool starts(struct text bytes, const char *with, uint32_t length)
{
    return bytes.length >= length && memcmp(bytes.bytes, with, length) == 0;
}

/* "<", perhaps behind a byte order mark and blanks. */
static bool looks_like_xml(struct text bytes)
{
    uint32_t at = starts(bytes, "\xEF\xBB\xBF", 3) ? 3 : 0;
    while (at < bytes.length && bytes.bytes[at] != '\0' && strchr(" \t\r\n", bytes.bytes[at]))
        at++;
    return at < bytes.length && bytes.bytes[at] == '<';
}

enum status image_read(struct text name, struct text bytes, const char *path, struct arena *arena,
                       struct image *out, struct error *error)
{
    const struct image_source source = {name, bytes, path, arena};
    *out = (struct image){.name = name};
    enum status status = digest_of(bytes.bytes, bytes.length, &out->digest, error);
    if (status != OK)
        return status;
    if (starts(bytes, "\x89PNG\r\n\x1A\n", 8))
        return png_read(&source, out, error);
    if (starts(bytes, "P1", 2) || starts(bytes, "P4", 2))
        return pbm_read(&source, out, error);
    if (looks_like_xml(bytes))
        return svg_read(&source, out, error);
    return image_refuse(&source, MSG_IMAGE_FORMAT, error);
}

const struct image *image_find(const struct image_set *set, struct text name)
{
    for (uint32_t i = 0; set && i < set->count; i++)
        if (text_equal(set->images[i].name, name))
            return &set->images[i];
    return NULL;
}
