/* tests/unit/readback_sample.h -- pages made at random from a seed, and their sheet digests by both ways: from the
 * display list, and from the PDF that was made of it. */
#ifndef TESTS_READBACK_SAMPLE_H
#define TESTS_READBACK_SAMPLE_H

#include "page/sheet.h"
#include "readback/readback.h"

#include "unit/pdf_sample.h"

#include <stdlib.h>

static uint32_t dice_state = 1;

/* 0 .. most - 1 */
static inline uint32_t dice(uint32_t most)
{
    dice_state = dice_state * 1664525u + 1013904223u;
    return (uint32_t)((uint64_t)(dice_state >> 8) * most >> 24);
}

static inline emu dice_length(uint32_t most_mm)
{
    return (emu)dice(most_mm * EMU_PER_MM);
}

/* Faces of 1,000 and 2,048 units, one of them drawn lower. */
static inline void readback_fonts(struct fonts *fonts)
{
    sample_fonts(fonts);
    fonts->faces[1].units = fonts->faces[1].drawn = 2048;
    fonts->faces[2].shift = -37;
}

#define GLYPHS 24
struct random_item {
    struct glyph glyphs[GLYPHS];
    char words[GLYPHS * 16];
    uint8_t bits[64 * 8];
    uint8_t steps[12];
    emu points[72];
    struct bar bars[20];
};

static inline int32_t own_advance(const struct fonts *fonts, unsigned face, unsigned id)
{
    return (int32_t)((uint64_t)fonts_advance(fonts, face, id) * EM_UNITS / fonts->faces[face].units);
}

/* A cluster of one or two glyphs: its own words, another's words, or none of a glyph alone. */
static inline uint32_t random_cluster(const struct fonts *fonts, struct random_item *own,
                                      uint32_t at, uint32_t *length)
{
    static const char *const others[] = {"葛\U000E0100", "髙", "a", "き\u3099", "\U00020BB7"};
    struct glyph *glyph = &own->glyphs[at];
    uint32_t count = 1 + (at + 1 < GLYPHS && dice(8) == 0);
    unsigned kind = dice(6);
    char canonical[CLUSTER_BYTES];

    *glyph = (struct glyph){.face = (uint16_t)dice(3), .id = (uint16_t)(20 + dice(13)), .text = *length};
    if (kind == 0 || count == 2 || glyph->id == 30) {
        const char *words = others[dice(5)];
        glyph->flags = count == 2 ? 0 : GLYPH_ALIAS;
        glyph->text_length = (uint16_t)strlen(words);
        memcpy(own->words + *length, words, glyph->text_length);
    } else {
        glyph->text_length = (uint16_t)fonts_canonical(NULL, glyph->face, glyph->id, canonical);
        memcpy(own->words + *length, canonical, glyph->text_length);
    }
    *length += glyph->text_length;
    if (count == 2)
        glyph[1] = (struct glyph){.face = glyph->face, .id = 5, .text = *length};
    for (uint32_t i = 0; i < count; i++) {
        glyph[i].advance = own_advance(fonts, glyph[i].face, glyph[i].id);
        if (dice(4) == 0)
            glyph[i].advance += (int32_t)dice(200001) - 100000;
    }
    return count;
}

static inline void random_text(const struct fonts *fonts, struct random_item *own, struct item *item)
{
    uint32_t most = dice(GLYPHS), count = 0, length = 0;

    while (count < most)
        count += random_cluster(fonts, own, count, &length);
    item->as.text = (struct item_text){.x = dice_length(210) - EMU_PER_MM,
                                       .y = dice_length(297),
                                       .size = 60000 + (emu)dice(200000),
                                       .scale = (uint16_t)(500 + dice(600)),
                                       .spacing = dice(2) ? 0 : (emu)dice(40000) - 20000,
                                       .glyphs = own->glyphs,
                                       .count = count,
                                       .text = {own->words, length}};
}

static inline void random_stroke(struct item *item)
{
    item->as.stroke = (struct item_stroke){
        dice_length(200),         dice_length(290), dice(3) ? dice_length(90) : 0,
        dice(3) ? dice_length(50) : 0, (emu)dice(20000), (emu)(dice(2) * dice(30000)),
        (emu)dice(30000),         dice(2) ? 0 : dice_length(8)};
}

static inline void random_path(struct random_item *own, struct item *item)
{
    uint32_t points = 0, steps = 1 + dice(11);

    own->steps[0] = PATH_MOVE;
    for (uint32_t i = 1; i < steps; i++)
        own->steps[i] = (uint8_t)dice(4);
    for (uint32_t i = 0; i < steps; i++)
        points += own->steps[i] == PATH_CURVE ? 3 : own->steps[i] != PATH_CLOSE;
    for (uint32_t i = 0; i < 2 * points; i++)
        own->points[i] = dice_length(200);
    item->as.path = (struct item_path){own->steps, steps, own->points, points, dice(2),
                                       dice(3) ? 0 : (emu)(1 + dice(20000))};
}

static inline void random_bits(struct random_item *own)
{
    for (size_t i = 0; i < sizeof own->bits; i++)
        own->bits[i] = (uint8_t)dice(256);
}

static inline void random_symbol(struct random_item *own, struct item *item)
{
    uint16_t count = (uint16_t)(1 + dice(40));

    random_bits(own);
    item->as.modules = (struct item_modules){dice_length(150), dice_length(200),
                                             (emu)(1 + dice(20)) * EMU_PER_DOT600, count, 8, own->bits,
                                             (uint16_t)(dice(2) ? 0 : 1 + dice(40))};
}

static inline void random_bars(struct random_item *own, struct item *item)
{
    for (uint16_t i = 0; i < 20; i++)
        own->bars[i] = (struct bar){(uint16_t)(i * 20), (uint16_t)dice(30), (uint16_t)(1 + dice(18)),
                                    (uint16_t)(1 + dice(90))};
    item->as.bars = (struct item_bars){(emu)dice(4000) * EMU_PER_DOT600,
                                       (emu)dice(6000) * EMU_PER_DOT600, own->bars, dice(21)};
}

/* image: a number of its own. */
static inline void random_item(const struct fonts *fonts, struct random_item *own, struct item *item,
                               uint32_t image)
{
    static const enum item_kind kinds[] = {ITEM_TEXT, ITEM_TEXT,    ITEM_TEXT, ITEM_STROKE,
                                           ITEM_PATH, ITEM_MODULES, ITEM_BARS, ITEM_BITMAP};

    *item = (struct item){.kind = kinds[dice(8)]};
    switch (item->kind) {
    case ITEM_TEXT: random_text(fonts, own, item); break;
    case ITEM_STROKE: random_stroke(item); break;
    case ITEM_PATH: random_path(own, item); break;
    case ITEM_MODULES: random_symbol(own, item); break;
    case ITEM_BARS: random_bars(own, item); break;
    case ITEM_BITMAP:
        random_bits(own);
        item->as.bitmap = (struct item_bitmap){dice_length(100), dice_length(200),
                                               EMU_PER_MM + dice_length(50), EMU_PER_MM + dice_length(50),
                                               1 + dice(60), 1 + dice(60), 8, own->bits, image};
        break;
    }
}

/* -- both digests of the letters of one file -- */

#define LETTERS_MOST 64
struct both {
    struct digest listed[LETTERS_MOST], read[LETTERS_MOST];               /* of letters */
    struct digest listed_sheets[LETTERS_MOST], read_sheets[LETTERS_MOST]; /* with marks */
    struct buffer file;
};

static inline enum status both_listed(const struct fonts *fonts, const struct page_list *letters,
                                      uint32_t count, struct both *both, struct error *error)
{
    struct digester *digester;
    struct sheet_digester *sheets;
    enum status status = digester_new(&digester, error);

    if (status == OK)
        status = sheet_digester_new(digester, &sheets, error);
    if (status != OK)
        return status;
    for (uint32_t i = 0; i < count && status == OK; i++)
        status = letter_digest(sheets, fonts, &letters[i], &both->listed[i], error);
    for (uint32_t i = 0; i < count && status == OK; i++)
        status = sheet_digest(sheets, fonts, &letters[i], &both->listed[i], &both->listed_sheets[i], error);
    sheet_digester_free(sheets);
    digester_free(digester);
    return status;
}

static inline enum status both_read(const struct page_list *letters, uint32_t count, struct both *both,
                                    struct error *error)
{
    struct digester *digester;
    struct readback *readback = NULL;
    const struct read_page *page;
    uint32_t at = 0;
    enum status status = digester_new(&digester, error);

    if (status == OK)
        status = readback_open(both->file.bytes, both->file.size, digester, &readback, error);
    for (uint32_t i = 0; i < count && status == OK; i++) {
        readback_sheet_start(readback);
        for (uint32_t n = 0; n < letters[i].count && status == OK; n++)
            status = readback_sheet_add(readback, at++, &page, error);
        if (status == OK)
            status = readback_sheet_end(readback, &both->read[i], &both->read_sheets[i], error);
    }
    if (status == OK && readback_pages(readback) != at)
        status = STOP;
    readback_close(readback);
    digester_free(digester);
    return status;
}

static inline enum status both_make(struct fonts *fonts, const struct page_list *letters, uint32_t count,
                                    struct both *both, struct error *error)
{
    static const struct digest id = {{0xAB}};
    struct pdf_options options = sample_options;
    struct sink sink = buffer_sink(&both->file);
    struct pdf *pdf;
    enum status status = pdf_new(&sink, fonts, &options, &pdf, error);

    if (status != OK)
        return status;
    for (uint32_t i = 0; i < count && status == OK; i++)
        for (uint32_t n = 0; n < letters[i].count && status == OK; n++)
            status = pdf_page(pdf, &letters[i].pages[n], error);
    if (status != OK) {
        pdf_drop(pdf);
        return status;
    }
    status = pdf_close(pdf, &id, error);
    if (status == OK)
        status = both_listed(fonts, letters, count, both, error);
    return status == OK ? both_read(letters, count, both, error) : status;
}

static inline bool both_same(const struct both *both, uint32_t letter)
{
    return memcmp(&both->listed[letter], &both->read[letter], sizeof both->read[letter]) == 0 &&
           memcmp(&both->listed_sheets[letter], &both->read_sheets[letter], sizeof both->read[letter]) == 0;
}

/* The digests of one page. */
struct pair {
    struct digest letter, sheet;
};

/* One page: both ways give the same, and *out is it. */
static inline bool both_agree(struct fonts *fonts, struct page *page, struct pair *out)
{
    struct page_list letter = {page, 1};
    struct both both = {0};
    struct error error;
    bool agree = both_make(fonts, &letter, 1, &both, &error) == OK && both_same(&both, 0);

    *out = (struct pair){both.listed[0], both.listed_sheets[0]};
    buffer_free(&both.file);
    return agree;
}

#endif
