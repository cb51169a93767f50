/* tests/unit/pdf_sample.h -- a PDF in memory with fonts that have no file, and a look into it. */
#ifndef TESTS_PDF_SAMPLE_H
#define TESTS_PDF_SAMPLE_H

#include "pdf/pdf.h"

#include "unit/page_sample.h"

#include <libdeflate.h>

uint16_t fonts_advance(const struct fonts *fonts, uint32_t face, uint32_t glyph)
{
    (void)fonts;
    (void)face;
    return glyph < 10 ? 500 : 1000;
}

/* Glyph 30 has no words of its own; 31 means a character beyond the BMP; 32 a base with its
 * selector. */
uint32_t fonts_canonical(struct fonts *fonts, uint32_t face, uint32_t glyph,
                         char out[CLUSTER_BYTES])
{
    const char *words = glyph == 31 ? "\U00020B9F" : glyph == 32 ? "葛\U000E0102" : "架";

    (void)fonts;
    (void)face;
    if (glyph == 30)
        return 0;
    memcpy(out, words, strlen(words));
    return (uint32_t)strlen(words);
}

/* Not a font, but as long as its set of glyphs. */
enum status fonts_subset(const struct fonts *fonts, uint32_t face, const uint8_t *used,
                         struct buffer *out, struct error *error)
{
    return buffer_add(out, used, (fonts->faces[face].glyphs + 7) / 8, error);
}

static const struct pdf_options sample_options = {
    .title = {"見本", 6}, .date = {2024, 10, 1}, .level = 1};

static inline const char *find_bytes(const struct buffer *file, size_t from, const char *words)
{
    if (from > file->size)
        return NULL;
    return memmem(file->bytes + from, file->size - from, words, strlen(words));
}

static inline bool file_has(const struct buffer *file, const char *words)
{
    return find_bytes(file, 0, words) != NULL;
}

/* The n-th stream of the file (from 1), inflated, with a NUL. */
static inline size_t stream_text(const struct buffer *file, int n, char *out, size_t room)
{
    struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
    size_t at = 0, size = 0, used = 0;

    for (int i = 0; i < n; i++) {
        const char *found = find_bytes(file, at, ">>\nstream\n");

        if (!found) {
            libdeflate_free_decompressor(decompressor);
            return 0;
        }
        at = (size_t)(found - (const char *)file->bytes) + 10;
    }
    if (libdeflate_zlib_decompress_ex(decompressor, file->bytes + at, file->size - at, out,
                                      room - 1, &used, &size) != LIBDEFLATE_SUCCESS)
        size = 0;
    libdeflate_free_decompressor(decompressor);
    out[size] = '\0';
    return size;
}

/* A whole file of these pages. */
static inline enum status sample_file(const struct page *pages, uint32_t count,
                                      const struct pdf_options *options, struct buffer *out,
                                      struct error *error)
{
    static const struct digest id = {{0xAB, 0xCD}};
    struct sink sink = buffer_sink(out);
    struct fonts fonts;
    struct pdf *pdf;

    sample_fonts(&fonts);
    if (pdf_new(&sink, &fonts, options, &pdf, error) != OK)
        return STOP;
    for (uint32_t i = 0; i < count; i++) {
        if (pdf_page(pdf, &pages[i], error) == OK)
            continue;
        pdf_drop(pdf);
        return STOP;
    }
    return pdf_close(pdf, &id, error);
}

#endif
