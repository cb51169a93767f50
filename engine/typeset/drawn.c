#include "typeset/drawn.h"

#include <string.h>

/* OpenType specification 1.9: table directory; head, hhea, hmtx. */
enum {
    SFNT_HEADER = 12,
    SFNT_RECORD = 16,
    HEAD_ADJUSTMENT = 8,
    HEAD_UNITS = 18,
    HEAD_SIZE = 54,
    HHEA_METRICS = 34,
    HHEA_SIZE = 36,
};
#define WHOLE_FONT 0xB1B0AFBAu /* what checkSumAdjustment makes the sum of all words be */

struct part {
    uint8_t *record, *bytes;
    uint32_t size;
};

static uint32_t get_u16(const uint8_t *at)
{
    return (uint32_t)at[0] << 8 | at[1];
}

static uint32_t get_u32(const uint8_t *at)
{
    return get_u16(at) << 16 | get_u16(at + 2);
}

static void set_u16(uint8_t *at, int32_t value)
{
    at[0] = (uint8_t)((uint32_t)value >> 8);
    at[1] = (uint8_t)value;
}

static void set_u32(uint8_t *at, uint32_t value)
{
    set_u16(at, (int32_t)(value >> 16));
    set_u16(at + 2, (int32_t)(value & 0xFFFF));
}

static int32_t get_i16(const uint8_t *at)
{
    return (int16_t)get_u16(at);
}

static bool find_part(const struct buffer *font, const char *tag, uint32_t least, struct part *out)
{
    uint32_t count = font->size >= SFNT_HEADER ? get_u16(font->bytes + 4) : 0;
    if (font->size < SFNT_HEADER + (size_t)count * SFNT_RECORD)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        uint8_t *record = font->bytes + SFNT_HEADER + (size_t)i * SFNT_RECORD;
        uint32_t offset = get_u32(record + 8), size = get_u32(record + 12);
        if (memcmp(record, tag, 4) != 0)
            continue;
        *out = (struct part){record, font->bytes + offset, size};
        return size >= least && offset <= font->size && size <= font->size - offset;
    }
    return false;
}

/* Words of four bytes, the last filled up with zeros. */
static uint32_t sum_words(const uint8_t *bytes, size_t size)
{
    uint32_t sum = 0;
    size_t at = 0;
    for (; size - at >= 4; at += 4)
        sum += get_u32(bytes + at);
    for (uint32_t shift = 24; at < size; at++, shift -= 8)
        sum += (uint32_t)bytes[at] << shift;
    return sum;
}

/* hmtx: advance and bearing of each of the first `metrics` glyphs, then bearings alone, of the last advance. */
static void rewrite_metrics(const struct part *hmtx, uint32_t metrics, uint16_t units,
                            uint16_t drawn)
{
    uint8_t *at = hmtx->bytes, *end = hmtx->bytes + hmtx->size;
    int32_t offset = 0;
    for (uint32_t i = 0; i < metrics; i++, at += 4) {
        int32_t advance = (int32_t)get_u16(at);
        offset = drawn_offset(advance, units, drawn);
        set_u16(at, drawn_advance(advance, units, drawn));
        set_u16(at + 2, get_i16(at + 2) + offset);
    }
    for (; end - at >= 2; at += 2)
        set_u16(at, get_i16(at) + offset);
}

bool drawn_rewrite(struct buffer *font, uint16_t units, uint16_t drawn)
{
    struct part head, hhea, hmtx;
    if (!find_part(font, "head", HEAD_SIZE, &head) || !find_part(font, "hhea", HHEA_SIZE, &hhea))
        return false;
    uint32_t metrics = get_u16(hhea.bytes + HHEA_METRICS);
    if (metrics == 0 || !find_part(font, "hmtx", 4 * metrics, &hmtx))
        return false;
    rewrite_metrics(&hmtx, metrics, units, drawn);
    set_u16(head.bytes + HEAD_UNITS, drawn);
    set_u32(head.bytes + HEAD_ADJUSTMENT, 0);
    set_u32(hmtx.record + 4, sum_words(hmtx.bytes, hmtx.size));
    set_u32(head.record + 4, sum_words(head.bytes, head.size));
    set_u32(head.bytes + HEAD_ADJUSTMENT, WHOLE_FONT - sum_words(font->bytes, font->size));
    return true;
}
