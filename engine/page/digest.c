#include "page/page.h"

/* The digested form, made so that no two different pages share one: every item is a kind byte, its
 * numbers, counts before what they count, then the bytes. Numbers are little-endian. A face is
 * named by its order of first use within the digest, and its SHA-256 follows that first use; so the
 * pinned list's order is nowhere. */

#define STAGE_BYTES 8192

/* Collects small fields, for a call of libcrypto costs as much as 100 bytes of hashing. */
struct stage {
    struct digester *digester;
    const struct fonts *fonts;
    uint32_t used;
    uint16_t face_count;
    uint16_t faces[LIMIT_FACES]; /* index in the pinned list, by order of first use */
    uint8_t bytes[STAGE_BYTES];
};

static void stage_start(struct stage *stage, struct digester *digester, const struct fonts *fonts)
{
    stage->digester = digester;
    stage->fonts = fonts;
    stage->used = 0;
    stage->face_count = 0;
    digest_start(digester);
}

static void stage_flush(struct stage *stage)
{
    digest_add(stage->digester, stage->bytes, stage->used);
    stage->used = 0;
}

static void stage_room(struct stage *stage, uint32_t size)
{
    if (STAGE_BYTES - stage->used < size)
        stage_flush(stage);
}

static void put_bytes(struct stage *stage, const void *bytes, size_t size)
{
    if (size == 0)
        return;
    if (size > STAGE_BYTES / 2) {
        stage_flush(stage);
        digest_add(stage->digester, bytes, size);
        return;
    }
    stage_room(stage, (uint32_t)size);
    memcpy(stage->bytes + stage->used, bytes, size);
    stage->used += (uint32_t)size;
}

/* The put_ functions below need room made before. */
static inline void put_u8(struct stage *stage, unsigned value)
{
    stage->bytes[stage->used++] = (uint8_t)value;
}

static inline void put_u16(struct stage *stage, unsigned value)
{
    put_u8(stage, value & 255);
    put_u8(stage, value >> 8 & 255);
}

static inline void put_u32(struct stage *stage, uint32_t value)
{
    put_u16(stage, value & 65535);
    put_u16(stage, value >> 16);
}

static inline void put_emu(struct stage *stage, emu value)
{
    put_u32(stage, (uint32_t)value);
}

/* -- text -- */

/* The face's number within this digest. LIMIT_FACES bounds the pinned list, so the table cannot
 * overflow; a face beyond it would get its digest again each time, which is still one form a page.
 */
static void put_face(struct stage *stage, uint16_t face)
{
    uint16_t at = 0;

    while (at < stage->face_count && stage->faces[at] != face)
        at++;
    put_u8(stage, at);
    if (at < stage->face_count)
        return;
    const struct face_facts *facts = fonts_face(stage->fonts, face);
    memcpy(stage->bytes + stage->used, facts->digest.bytes, 32);
    stage->used += 32;
    if (facts->drawn != facts->units || facts->shift) { /* drawn otherwise than the file says */
        put_u32(stage, facts->drawn);
        put_u32(stage, (uint32_t)facts->shift);
    }
    if (at < LIMIT_FACES)
        stage->faces[stage->face_count++] = face;
}

static uint32_t same_run(const struct glyph *glyphs, uint32_t count)
{
    uint32_t n = 1;

    while (n < count && glyphs[n].face == glyphs->face && glyphs[n].advance == glyphs->advance)
        n++;
    return n;
}

/* Runs of one face and one advance: head, then two bytes a glyph. */
static void put_glyphs(struct stage *stage, const struct glyph *glyphs, uint32_t count)
{
    while (count > 0) {
        uint32_t run = same_run(glyphs, count);

        stage_room(stage, 64);
        put_face(stage, glyphs->face);
        put_u32(stage, (uint32_t)glyphs->advance);
        put_u32(stage, run);
        for (uint32_t i = 0; i < run; i++) {
            if (i % 512 == 0)
                stage_room(stage, 1024);
            put_u16(stage, glyphs[i].id);
        }
        glyphs += run;
        count -= run;
    }
}

static void put_text(struct stage *stage, const struct item_text *text)
{
    stage_room(stage, 64);
    put_u8(stage, ITEM_TEXT);
    put_emu(stage, text->x);
    put_emu(stage, text->y);
    put_emu(stage, text->size);
    put_u16(stage, text->scale);
    put_emu(stage, text->spacing);
    put_u32(stage, text->count);
    put_u32(stage, text->text.length);
    put_glyphs(stage, text->glyphs, text->count);
    put_bytes(stage, text->text.bytes, text->text.length);
}

/* -- the other items -- */

static void put_stroke(struct stage *stage, const struct item_stroke *stroke)
{
    const emu fields[] = {stroke->x,     stroke->y,       stroke->w,        stroke->h,
                          stroke->width, stroke->dash_on, stroke->dash_off, stroke->radius};

    stage_room(stage, 64);
    put_u8(stage, ITEM_STROKE);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        put_emu(stage, fields[i]);
}

/* Only the bits that show: not the filling of the last byte, not what lies between rows. */
static void put_bits(struct stage *stage, const uint8_t *bits, uint32_t columns, uint32_t rows,
                     uint32_t row_bytes)
{
    uint32_t whole = columns / 8, rest = columns % 8;

    for (uint32_t row = 0; row < rows; row++, bits += row_bytes) {
        put_bytes(stage, bits, whole);
        if (rest == 0)
            continue;
        stage_room(stage, 1);
        put_u8(stage, bits[whole] & (0xff00u >> rest) & 0xff);
    }
}

static void put_modules(struct stage *stage, const struct item_modules *modules)
{
    stage_room(stage, 64);
    put_u8(stage, ITEM_MODULES);
    put_emu(stage, modules->x);
    put_emu(stage, modules->y);
    put_emu(stage, modules->module);
    put_u16(stage, modules->count);
    put_bits(stage, modules->bits, modules->count, modules->count, modules->row_bytes);
}

/* The image's number in the job shows nowhere, so it is left out. */
static void put_bitmap(struct stage *stage, const struct item_bitmap *bitmap)
{
    stage_room(stage, 64);
    put_u8(stage, ITEM_BITMAP);
    put_emu(stage, bitmap->x);
    put_emu(stage, bitmap->y);
    put_emu(stage, bitmap->w);
    put_emu(stage, bitmap->h);
    put_u32(stage, bitmap->columns);
    put_u32(stage, bitmap->rows);
    put_bits(stage, bitmap->bits, bitmap->columns, bitmap->rows, bitmap->row_bytes);
}

static void put_path(struct stage *stage, const struct item_path *path)
{
    stage_room(stage, 64);
    put_u8(stage, ITEM_PATH);
    put_u8(stage, path->even_odd);
    put_u32(stage, path->step_count);
    put_u32(stage, path->point_count);
    put_bytes(stage, path->steps, path->step_count);
    for (uint32_t i = 0; i < path->point_count; i++) {
        stage_room(stage, 8);
        put_emu(stage, path->points[2 * i]);
        put_emu(stage, path->points[2 * i + 1]);
    }
}

static void put_list(struct stage *stage, const struct item_list *list)
{
    stage_room(stage, 8);
    put_u32(stage, list->count);
    for (uint32_t i = 0; i < list->count; i++) {
        const struct item *item = &list->items[i];

        switch (item->kind) {
        case ITEM_TEXT:
            put_text(stage, &item->as.text);
            break;
        case ITEM_STROKE:
            put_stroke(stage, &item->as.stroke);
            break;
        case ITEM_MODULES:
            put_modules(stage, &item->as.modules);
            break;
        case ITEM_BITMAP:
            put_bitmap(stage, &item->as.bitmap);
            break;
        case ITEM_PATH:
            put_path(stage, &item->as.path);
            break;
        }
    }
}

/* -- outside -- */

/* The first bytes keep a layer and a letter apart, and the next form of the digest from this one. */
enum status layer_digest(struct digester *digester, const struct fonts *fonts,
                         const struct item_list *list, struct digest *out, struct error *error)
{
    struct stage stage;

    stage_start(&stage, digester, fonts);
    put_bytes(&stage, "layer 1\n", 8);
    put_list(&stage, list);
    stage_flush(&stage);
    return digest_end(digester, out, error);
}

static void put_page(struct stage *stage, const struct page *page)
{
    stage_room(stage, 64);
    put_emu(stage, page->width);
    put_emu(stage, page->height);
    put_u8(stage, page->layer != NULL);
    if (page->layer)
        put_bytes(stage, page->layer->digest.bytes, sizeof page->layer->digest.bytes);
    put_list(stage, &page->list);
}

enum status letter_digest(struct digester *digester, const struct fonts *fonts,
                          const struct page_list *pages, struct digest *out, struct error *error)
{
    struct stage stage;

    stage_start(&stage, digester, fonts);
    put_bytes(&stage, "letter 1\n", 9);
    put_u32(&stage, pages->count);
    for (uint32_t i = 0; i < pages->count; i++)
        put_page(&stage, &pages->pages[i]);
    stage_flush(&stage);
    return digest_end(digester, out, error);
}
