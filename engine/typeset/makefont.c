#include "typeset/makefont.h"

/* Layout of the tables: OpenType specification 1.9, chapters otff, head, hhea, hmtx, maxp, loca, glyf. */

struct box {
    int32_t left, bottom, right, top;
};

struct maker {
    struct buffer *out;
    struct error *error;
    enum status status;
};

static void put(struct maker *maker, const void *bytes, size_t size)
{
    if (maker->status == OK && size)
        maker->status = buffer_add(maker->out, bytes, size, maker->error);
}

static void put16(struct maker *maker, int32_t value)
{
    const uint8_t bytes[2] = {(uint8_t)((uint32_t)value >> 8), (uint8_t)value};
    put(maker, bytes, sizeof bytes);
}

static void put32(struct maker *maker, uint32_t value)
{
    put16(maker, (int32_t)(value >> 16));
    put16(maker, (int32_t)(value & 0xFFFF));
}

static uint32_t contour_count(const struct contours *glyph)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < glyph->count; i++)
        count += glyph->points[i].last;
    return count;
}

static struct box glyph_box(const struct contours *glyph)
{
    struct box box = {0, 0, 0, 0};
    for (uint32_t i = 0; i < glyph->count; i++) {
        const struct contour_point *point = &glyph->points[i];
        box.left = i == 0 || point->x < box.left ? point->x : box.left;
        box.right = i == 0 || point->x > box.right ? point->x : box.right;
        box.bottom = i == 0 || point->y < box.bottom ? point->y : box.bottom;
        box.top = i == 0 || point->y > box.top ? point->y : box.top;
    }
    return box;
}

static struct box joined_box(const struct contours *glyphs, uint32_t count)
{
    struct box all = {0, 0, 0, 0};
    for (uint32_t i = 0; i < count; i++) {
        struct box box = glyph_box(&glyphs[i]);
        all.left = box.left < all.left ? box.left : all.left;
        all.right = box.right > all.right ? box.right : all.right;
        all.bottom = box.bottom < all.bottom ? box.bottom : all.bottom;
        all.top = box.top > all.top ? box.top : all.top;
    }
    return all;
}

static void put_box(struct maker *maker, const struct box *box)
{
    put16(maker, box->left);
    put16(maker, box->bottom);
    put16(maker, box->right);
    put16(maker, box->top);
}

/* -- glyf -- */

/* Simple, flags of one kind: every coordinate a 16-bit step from the point before. */
static void put_glyph(struct maker *maker, const struct contours *glyph)
{
    if (glyph->count == 0)
        return;
    struct box box = glyph_box(glyph);
    put16(maker, (int32_t)contour_count(glyph));
    put_box(maker, &box);
    for (uint32_t i = 0; i < glyph->count; i++)
        if (glyph->points[i].last)
            put16(maker, (int32_t)i);
    put16(maker, 0); /* no instructions */
    for (uint32_t i = 0; i < glyph->count; i++) {
        const uint8_t flag = glyph->points[i].on;
        put(maker, &flag, 1);
    }
    for (uint32_t i = 0; i < glyph->count; i++)
        put16(maker, glyph->points[i].x - (i ? glyph->points[i - 1].x : 0));
    for (uint32_t i = 0; i < glyph->count; i++)
        put16(maker, glyph->points[i].y - (i ? glyph->points[i - 1].y : 0));
    while (maker->status == OK && maker->out->size % 4)
        put(maker, "", 1);
}

static uint32_t glyph_size(const struct contours *glyph)
{
    if (glyph->count == 0)
        return 0;
    uint32_t size = 12 + 2 * contour_count(glyph) + 5 * glyph->count;
    return (size + 3) / 4 * 4;
}

/* -- the other tables -- */

static void put_head(struct maker *maker, const struct box *box)
{
    put32(maker, 0x00010000);
    put32(maker, 0x00010000);
    put32(maker, 0); /* of the whole file; a subset gets its own */
    put32(maker, 0x5F0F3CF5);
    put16(maker, 0);
    put16(maker, GAIJI_UNITS);
    for (int i = 0; i < 4; i++)
        put32(maker, 0); /* no dates: the same glyphs, the same bytes */
    put_box(maker, box);
    put16(maker, 0);
    put16(maker, 8);
    put16(maker, 2);
    put16(maker, 1); /* loca of 32 bits */
    put16(maker, 0);
    put16(maker, 0); /* fills up to four */
}

static void put_hhea(struct maker *maker, const struct contours *glyphs, uint32_t count,
                     const struct box *box)
{
    int32_t widest = 0;
    for (uint32_t i = 0; i < count; i++)
        widest = glyphs[i].advance > widest ? glyphs[i].advance : widest;
    put32(maker, 0x00010000);
    put16(maker, GAIJI_UNITS - GAIJI_DESCENT);
    put16(maker, -GAIJI_DESCENT);
    put16(maker, 0);
    put16(maker, widest);
    put16(maker, box->left);
    put16(maker, 0);
    put16(maker, box->right);
    put16(maker, 1);
    for (int i = 0; i < 7; i++)
        put16(maker, 0);
    put16(maker, (int32_t)count);
}

static void put_maxp(struct maker *maker, const struct contours *glyphs, uint32_t count)
{
    uint32_t points = 0, contours = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t own = contour_count(&glyphs[i]);
        points = glyphs[i].count > points ? glyphs[i].count : points;
        contours = own > contours ? own : contours;
    }
    put32(maker, 0x00010000);
    put16(maker, (int32_t)count);
    put16(maker, (int32_t)points);
    put16(maker, (int32_t)contours);
    put16(maker, 0);
    put16(maker, 0);
    put16(maker, 2);
    for (int i = 0; i < 8; i++)
        put16(maker, 0);
}

static void put_hmtx(struct maker *maker, const struct contours *glyphs, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        put16(maker, glyphs[i].advance);
        put16(maker, glyph_box(&glyphs[i]).left);
    }
}

static void put_loca(struct maker *maker, const struct contours *glyphs, uint32_t count)
{
    uint32_t offset = 0;
    put32(maker, 0);
    for (uint32_t i = 0; i < count; i++) {
        offset += glyph_size(&glyphs[i]);
        put32(maker, offset);
    }
}

/* -- the file -- */

struct table {
    const char *tag;
    uint32_t size;
};

static void put_directory(struct maker *maker, const struct table *tables, uint32_t count)
{
    uint32_t offset = 12 + 16 * count;
    put32(maker, 0x00010000);
    put16(maker, (int32_t)count);
    put16(maker, 64); /* search range, selector, shift: of six tables */
    put16(maker, 2);
    put16(maker, (int32_t)(16 * count - 64));
    for (uint32_t i = 0; i < count; i++) {
        put(maker, tables[i].tag, 4);
        put32(maker, 0);
        put32(maker, offset);
        put32(maker, tables[i].size);
        offset += (tables[i].size + 3) / 4 * 4;
    }
}

enum status makefont(const struct contours *glyphs, uint32_t count, struct buffer *out,
                     struct error *error)
{
    struct maker maker = {out, error, OK};
    struct box box = joined_box(glyphs, count);
    uint32_t outlines = 0;
    for (uint32_t i = 0; i < count; i++)
        outlines += glyph_size(&glyphs[i]);
    const struct table tables[] = {
        {"glyf", outlines},      {"head", 54}, {"hhea", 36}, {"hmtx", 4 * count},
        {"loca", 4 * count + 4}, {"maxp", 32}};
    put_directory(&maker, tables, 6);
    for (uint32_t i = 0; i < count; i++)
        put_glyph(&maker, &glyphs[i]);
    put_head(&maker, &box);
    put_hhea(&maker, glyphs, count, &box);
    put_hmtx(&maker, glyphs, count);
    put_loca(&maker, glyphs, count);
    put_maxp(&maker, glyphs, count);
    return maker.status;
}
