/* tests/unit/page_sample.h -- pinned fonts without files, and a page that has one item of every
 * kind. Fictional. */
#ifndef TESTS_PAGE_SAMPLE_H
#define TESTS_PAGE_SAMPLE_H

#include "page/page.h"

/* Three faces of 1,000 units, and of 300 glyphs; those below 10 are half as wide. */
struct fonts {
    struct face_facts faces[3];
};

static inline void sample_fonts(struct fonts *fonts)
{
    static const char *const names[] = {"Mincho", "Gothic", "Gaiji"};

    memset(fonts, 0, sizeof *fonts);
    for (uint32_t i = 0; i < 3; i++) {
        fonts->faces[i].name = text_of(names[i]);
        fonts->faces[i].glyphs = 70 * 256;
        fonts->faces[i].units = fonts->faces[i].drawn = 1000;
        fonts->faces[i].flags = 4;
        memset(fonts->faces[i].digest.bytes, (int)(i + 1), 32);
    }
}

uint32_t fonts_faces(const struct fonts *fonts)
{
    (void)fonts;
    return 3;
}

const struct face_facts *fonts_face(const struct fonts *fonts, uint32_t face)
{
    return &fonts->faces[face];
}

struct sample {
    struct glyph glyphs[3];
    uint8_t modules[5], bits[4], steps[5];
    emu points[10];
    struct item items[5], guide;
    struct layer layer;
    struct page page;
};

static inline struct glyph sample_glyph(uint16_t face, uint16_t id, uint32_t text, uint16_t length)
{
    return (struct glyph){.face = face,
                          .id = id,
                          .advance = id < 10 ? EM_UNITS / 2 : EM_UNITS,
                          .text = text,
                          .text_length = length};
}

static inline void sample_drawn(struct sample *sample)
{
    struct item *items = sample->items;

    memcpy(sample->modules, (const uint8_t[]){0xA8, 0x50, 0xF8, 0x88, 0x70}, 5);
    memcpy(sample->bits, (const uint8_t[]){0xFF, 0xC0, 0x80, 0x40}, 4);
    memcpy(sample->steps, (const uint8_t[]){PATH_MOVE, PATH_LINE, PATH_CURVE, PATH_CLOSE, 0}, 4);
    for (int i = 0; i < 10; i++)
        sample->points[i] = (i + 1) * EMU_PER_MM;
    items[1] = (struct item){.kind = ITEM_STROKE,
                             .as.stroke = {20 * EMU_PER_MM, 30 * EMU_PER_MM, 40 * EMU_PER_MM,
                                           10 * EMU_PER_MM, 3810, 2 * EMU_PER_PT, EMU_PER_PT, 0}};
    items[2] = (struct item){.kind = ITEM_MODULES,
                             .as.modules = {100 * EMU_PER_DOT600, 200 * EMU_PER_DOT600,
                                            10 * EMU_PER_DOT600, 5, 1, sample->modules, 0}};
    items[3] = (struct item){
        .kind = ITEM_BITMAP,
        .as.bitmap = {0, 0, 10 * EMU_PER_MM, 5 * EMU_PER_MM, 10, 2, 2, sample->bits, 7}};
    items[4] =
        (struct item){.kind = ITEM_PATH, .as.path = {sample->steps, 4, sample->points, 5, true, 0}};
}

static inline void sample_make(struct sample *sample)
{
    memset(sample, 0, sizeof *sample);
    sample->glyphs[0] = sample_glyph(0, 20, 0, 3);
    sample->glyphs[1] = sample_glyph(0, 5, 3, 1);
    sample->glyphs[2] = sample_glyph(2, 21, 4, 3);
    sample->items[0] = (struct item){.kind = ITEM_TEXT,
                                     .as.text = {20 * EMU_PER_MM, 36 * EMU_PER_MM, 16 * EMU_PER_PT,
                                                 1000, 0, sample->glyphs, 3, TEXT("架a空")}};
    sample_drawn(sample);
    sample->guide = sample->items[1];
    sample->layer.index = 1;
    sample->layer.list = (struct item_list){sample->items, 2};
    sample->layer.digest.bytes[0] = 9;
    sample->page = (struct page){.width = A4_WIDTH,
                                 .height = A4_HEIGHT,
                                 .layer = &sample->layer,
                                 .list = {sample->items, 5}};
}

#endif
