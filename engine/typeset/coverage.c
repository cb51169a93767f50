#include "typeset/coverage.h"

#include "base/utf8.h"

#include <hb-ot.h>
#include <hb.h>

struct span {
    uint32_t first, last;
};

static bool is_within(uint32_t code_point, const struct span *spans, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (code_point >= spans[i].first && code_point <= spans[i].last)
            return true;
    return false;
}

#define WITHIN(code_point, spans) is_within(code_point, spans, sizeof(spans) / sizeof *(spans))

/* -- kinds of characters -- */

static bool is_selector(uint32_t code_point)
{
    return (code_point >= 0xFE00 && code_point <= 0xFE0F) ||
           (code_point >= 0xE0100 && code_point <= 0xE01EF);
}

static bool is_refused(uint32_t code_point)
{
    /* Unicode 15, Bidi_Control; object replacement and replacement character; noncharacters. */
    static const struct span refused[] = {{0x061C, 0x061C}, {0x200E, 0x200F}, {0x2028, 0x202E},
                                          {0x2066, 0x2069}, {0xFDD0, 0xFDEF}, {0xFFF9, 0xFFFD}};
    return (code_point & 0xFFFE) == 0xFFFE || WITHIN(code_point, refused);
}

static bool is_invisible(uint32_t code_point)
{
    /* DerivedCoreProperties.txt, Default_Ignorable_Code_Point, beyond general category Cf. */
    static const struct span invisible[] = {{0x034F, 0x034F}, {0x115F, 0x1160}, {0x17B4, 0x17B5},
                                            {0x180B, 0x180F}, {0x2060, 0x206F}, {0x3164, 0x3164},
                                            {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFF8}, {0xE0000, 0xE0FFF}};
    return WITHIN(code_point, invisible);
}

static bool is_simple_script(uint32_t code_point)
{
    /* Conjoining jamo need composition; syllables and compatibility jamo do not. */
    static const struct span jamo[] = {{0x1100, 0x11FF}, {0xA960, 0xA97F}, {0xD7B0, 0xD7FF}};
    switch (hb_unicode_script(hb_unicode_funcs_get_default(), code_point)) {
    case HB_SCRIPT_COMMON:
    case HB_SCRIPT_INHERITED:
    case HB_SCRIPT_UNKNOWN: /* private use and unassigned: a face has it or not */
    case HB_SCRIPT_LATIN:
    case HB_SCRIPT_GREEK:
    case HB_SCRIPT_CYRILLIC:
    case HB_SCRIPT_HAN:
    case HB_SCRIPT_HIRAGANA:
    case HB_SCRIPT_KATAKANA:
    case HB_SCRIPT_BOPOMOFO:
    case HB_SCRIPT_BRAILLE:
        return true;
    case HB_SCRIPT_HANGUL:
        return !WITHIN(code_point, jamo);
    default:
        return false;
    }
}

enum char_kind char_kind(uint32_t code_point)
{
    if (code_point > 0x10FFFF || is_refused(code_point))
        return CHAR_CONTROL;
    if (is_selector(code_point))
        return CHAR_SELECTOR;
    if (is_invisible(code_point))
        return CHAR_INVISIBLE;
    switch (hb_unicode_general_category(hb_unicode_funcs_get_default(), code_point)) {
    case HB_UNICODE_GENERAL_CATEGORY_CONTROL:
    case HB_UNICODE_GENERAL_CATEGORY_SURROGATE:
    case HB_UNICODE_GENERAL_CATEGORY_LINE_SEPARATOR:
    case HB_UNICODE_GENERAL_CATEGORY_PARAGRAPH_SEPARATOR:
        return CHAR_CONTROL;
    case HB_UNICODE_GENERAL_CATEGORY_FORMAT:
        return is_simple_script(code_point) ? CHAR_INVISIBLE : CHAR_FOREIGN;
    case HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK:
    case HB_UNICODE_GENERAL_CATEGORY_ENCLOSING_MARK:
    case HB_UNICODE_GENERAL_CATEGORY_SPACING_MARK:
        return is_simple_script(code_point) ? CHAR_MARK : CHAR_FOREIGN;
    default:
        break;
    }
    if (!is_simple_script(code_point))
        return CHAR_FOREIGN;
    return code_point == 0x2044 ? CHAR_JOINT : CHAR_PLAIN;
}

/* -- what a face has -- */

static bool is_private(uint32_t code_point)
{
    return (code_point >= 0xE000 && code_point <= 0xF8FF) || code_point >= 0xF0000;
}

uint32_t face_glyph(const struct face *face, uint32_t code_point)
{
    hb_codepoint_t glyph = 0;
    if (is_private(code_point) && !face->private_use)
        return 0;
    return hb_font_get_nominal_glyph(face->hb_font, code_point, &glyph) ? glyph : 0;
}

bool face_has_variation(const struct face *face, uint32_t base, uint32_t selector)
{
    hb_codepoint_t glyph = 0;
    if (is_private(base) && !face->private_use)
        return false;
    return hb_font_get_variation_glyph(face->hb_font, base, selector, &glyph) && glyph != 0;
}

/* -- canonical texts -- */

#define CODE_POINT_BITS 21

/* Selectors are numbered 1-256: FE00-FE0F, then E0100-E01EF. */
static uint32_t selector_number(uint32_t selector)
{
    return selector < 0x10000 ? selector - 0xFE00 + 1 : selector - 0xE0100 + 17;
}

static uint32_t selector_of(uint32_t number)
{
    return number < 17 ? number - 1 + 0xFE00 : number - 17 + 0xE0100;
}

/* The twelve unified ideographs that stand among the compatibility ideographs (Unicode 15, section 18.1). */
static bool is_unified_exception(uint32_t code_point)
{
    static const struct span unified[] = {{0xFA0E, 0xFA0F}, {0xFA11, 0xFA11}, {0xFA13, 0xFA14},
                                          {0xFA1F, 0xFA1F}, {0xFA21, 0xFA21}, {0xFA23, 0xFA24},
                                          {0xFA27, 0xFA29}};
    return WITHIN(code_point, unified);
}

/* Lower comes first: what a reader who copies the text would have typed. */
static unsigned canonical_rank(uint32_t value)
{
    static const struct span lesser[] = {{0x2000, 0x200A},
                                         {0x2E80, 0x2FDF}}; /* em spaces, radicals */
    static const struct span compatible[] = {{0xF900, 0xFAFF}, {0x2F800, 0x2FA1F}};
    static const struct span width_forms[] = {{0xFF00, 0xFFEF}};
    if (value >> CODE_POINT_BITS)
        return 5;
    if (is_private(value))
        return 6;
    if (WITHIN(value, lesser))
        return 2;
    if (WITHIN(value, compatible) && !is_unified_exception(value))
        return 3;
    return WITHIN(value, width_forms) ? 4 : 1;
}

static void offer_canonical(struct face *face, uint32_t glyph, uint32_t value)
{
    if (glyph == 0 || glyph >= face->facts.glyphs)
        return;
    uint32_t *held = &face->canonical[glyph];
    unsigned held_rank = *held ? canonical_rank(*held) : 7, rank = canonical_rank(value);
    if (rank < held_rank || (rank == held_rank && value < *held))
        *held = value;
}

static bool offer_code_points(struct face *face, hb_set_t *set)
{
    hb_codepoint_t code_point = HB_SET_VALUE_INVALID, glyph = 0;
    hb_face_collect_unicodes(face->hb_face, set);
    hb_set_del_range(set, 0x00, 0x1F); /* fonts map controls to the blank */
    hb_set_del_range(set, 0x7F, 0x9F);
    while (hb_set_next(set, &code_point))
        if (hb_font_get_nominal_glyph(face->hb_font, code_point, &glyph))
            offer_canonical(face, glyph, code_point);
    return hb_set_allocation_successful(set);
}

static bool offer_sequences(struct face *face, hb_set_t *selectors, hb_set_t *bases)
{
    hb_codepoint_t selector = HB_SET_VALUE_INVALID, glyph = 0;
    hb_face_collect_variation_selectors(face->hb_face, selectors);
    while (hb_set_next(selectors, &selector)) {
        hb_codepoint_t base = HB_SET_VALUE_INVALID;
        if (!is_selector(selector))
            continue;
        hb_set_clear(bases);
        hb_face_collect_variation_unicodes(face->hb_face, selector, bases);
        while (hb_set_next(bases, &base))
            if (hb_font_get_variation_glyph(face->hb_font, base, selector, &glyph))
                offer_canonical(face, glyph, selector_number(selector) << CODE_POINT_BITS | base);
        if (!hb_set_allocation_successful(bases))
            return false;
    }
    return hb_set_allocation_successful(selectors);
}

enum status face_build_canonical(struct face *face, struct error *error)
{
    if (face->canonical_built)
        return OK;
    hb_set_t *first = hb_set_create(), *second = hb_set_create();
    bool built = offer_code_points(face, first);
    hb_set_clear(first);
    built = built && offer_sequences(face, first, second);
    hb_set_destroy(first);
    hb_set_destroy(second);
    face->canonical_built = built;
    return built ? OK : error_set(error, MSG_NO_MEMORY);
}

uint32_t face_canonical(const struct face *face, uint32_t glyph, char out[CLUSTER_BYTES])
{
    uint32_t value = glyph < face->facts.glyphs ? face->canonical[glyph] : 0;
    uint32_t number = value >> CODE_POINT_BITS;
    if (value == 0)
        return 0;
    size_t length = utf8_put(out, value & ((1u << CODE_POINT_BITS) - 1));
    if (number)
        length += utf8_put(out + length, selector_of(number));
    return (uint32_t)length;
}
