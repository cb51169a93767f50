#include "typeset/spacing.h"

#include "base/utf8.h"
#include "typeset/kinsoku.h"

#define HALF (EM_UNITS / 2)
#define QUARTER (EM_UNITS / 4)

static enum spacing_kind bracket_kind(uint32_t code_point)
{
    bool opens = kinsoku_class(code_point) == CLASS_OPEN;
    switch (code_point) {
    case 0x3001: /* 、 */
    case 0xFF0C: /* ， */
        return KIND_COMMA;
    case 0x3002: /* 。 */
    case 0xFF0E: /* ． */
        return KIND_STOP;
    case 0x30FB: /* ・ */
    case 0xFF1A: /* ： */
    case 0xFF1B: /* ； */
        return KIND_MIDDLE;
    case 0x2018: /* quotation marks: of full width in Japanese text */
    case 0x201C:
        return KIND_OPEN;
    case 0x2019:
    case 0x201D:
        return KIND_CLOSE;
    case 0xFF08:
    case 0xFF3B:
    case 0xFF5B:
    case 0xFF5F:
        return KIND_OPEN;
    case 0xFF09:
    case 0xFF3D:
    case 0xFF5D:
    case 0xFF60:
        return KIND_CLOSE;
    default:
        /* 〈〉《》「」『』【】, 〔〕〖〗〘〙〝〞〟; 〒 and 〓 stand between them, 〜 and 〚 are no brackets here */
        if (code_point < 0x3008 || code_point > 0x301F || code_point == 0x301C)
            return KIND_OTHER;
        return opens                                      ? KIND_OPEN
               : kinsoku_class(code_point) == CLASS_CLOSE ? KIND_CLOSE
                                                          : KIND_OTHER;
    }
}

enum spacing_kind spacing_kind(uint32_t code_point)
{
    enum spacing_kind kind = bracket_kind(code_point);
    if (kind != KIND_OTHER)
        return kind;
    bool narrow = code_point < 0x2E80;
    switch (kinsoku_class(code_point)) {
    case CLASS_LETTER:
    case CLASS_DIGIT:
        return narrow ? KIND_LATIN : KIND_OTHER;
    case CLASS_JOINER:
        return narrow ? KIND_JOINER : KIND_OTHER;
    case CLASS_LEADER:
        return KIND_LEADER;
    case CLASS_OTHER:
        return code_point >= 0x3400 && code_point < 0xFE00 ? KIND_JAPANESE
               : code_point >= 0x20000                     ? KIND_JAPANESE
                                                           : KIND_OTHER;
    case CLASS_HIRAGANA:
    case CLASS_KATAKANA:
    case CLASS_SMALL_HIRAGANA:
    case CLASS_SMALL_KATAKANA:
    case CLASS_SMALL_KE:
    case CLASS_ITERATION:
    case CLASS_NUMERAL:
    case CLASS_PLACE:
    case CLASS_COUNTER:
        return KIND_JAPANESE;
    default:
        return KIND_OTHER;
    }
}

/* Of a proportional face, or half-width forms: their blanks are not those of the rules. */
static uint8_t glyph_kind(struct text text, const struct glyph *glyph, bool alone)
{
    const char *at = text.bytes + glyph->text;
    enum spacing_kind kind = spacing_kind(utf8_next(&at, text.bytes + text.length));
    bool full = alone && glyph->advance == EM_UNITS;
    if (kind >= KIND_OPEN && kind <= KIND_JAPANESE && !full)
        return KIND_OTHER;
    if (kind == KIND_LATIN && full)
        return KIND_OTHER;
    return (uint8_t)kind;
}

static bool ends_with_blank(uint8_t kind)
{
    return kind == KIND_CLOSE || kind == KIND_COMMA || kind == KIND_STOP;
}

int32_t spacing_head(const struct measure *measure, uint8_t kind)
{
    return measure->close_up && kind == KIND_OPEN ? HALF : 0;
}

int32_t spacing_tail(const struct measure *measure, uint8_t kind)
{
    return !measure->close_up      ? 0
           : ends_with_blank(kind) ? HALF
           : kind == KIND_MIDDLE   ? QUARTER
                                   : 0;
}

/* Two blanks that meet become one half em, or none where the second is no opening bracket. */
static int32_t closed_up(uint8_t before, uint8_t after)
{
    if (ends_with_blank(before) && (after == KIND_OPEN || ends_with_blank(after)))
        return -HALF;
    if (before == KIND_OPEN && after == KIND_OPEN)
        return -HALF;
    if ((before == KIND_CLOSE && after == KIND_MIDDLE) ||
        (before == KIND_MIDDLE && after == KIND_OPEN))
        return -HALF;
    return before == KIND_MIDDLE && after == KIND_MIDDLE ? -QUARTER : 0;
}

/* 四分アキ */
static bool changes_script(uint8_t before, uint8_t after)
{
    return (before == KIND_JAPANESE && after == KIND_LATIN) ||
           (before == KIND_LATIN && after == KIND_JAPANESE);
}

int32_t spacing_gap(const struct measure *measure, uint8_t before, uint8_t after)
{
    if (measure->quarter && changes_script(before, after))
        return QUARTER;
    return measure->close_up ? closed_up(before, after) : 0;
}

/* JLReq 3.8.3: blanks of middle dots vanish, those of brackets and commas go down to a quarter of an em, the gap
 * between scripts to an eighth. A full stop keeps its blank within a line. */
int32_t spacing_gives(const struct measure *measure, uint8_t before, uint8_t after, uint32_t *level)
{
    *level = 2;
    if (measure->quarter && changes_script(before, after))
        return QUARTER / 2;
    if (!measure->close_up)
        return 0;
    *level = 0;
    if (before == KIND_MIDDLE || after == KIND_MIDDLE)
        return QUARTER;
    *level = 1;
    if (before == KIND_STOP || before == KIND_OPEN || ends_with_blank(after))
        return 0;
    return ends_with_blank(before) || after == KIND_OPEN ? QUARTER : 0;
}

bool spacing_joined(uint8_t before, uint8_t after)
{
    bool word_before = before == KIND_LATIN || before == KIND_JOINER;
    bool word_after = after == KIND_LATIN || after == KIND_JOINER;
    return (word_before && word_after) || before == KIND_OPEN || ends_with_blank(after) ||
           (before == KIND_LEADER && after == KIND_LEADER);
}

int64_t spacing_apply(const struct measure *measure, struct text text, struct glyph *glyphs,
                      uint32_t count, uint8_t *kinds)
{
    int64_t added = 0;
    for (uint32_t i = 0; i < count; i++) {
        bool alone = i + 1 == count || glyphs[i + 1].text_length > 0;
        bool starts = glyphs[i].text_length > 0 || i == 0;
        kinds[i] = starts ? glyph_kind(text, &glyphs[i], alone) : kinds[i - 1];
        if (i == 0 || !starts)
            continue;
        int32_t gap = spacing_gap(measure, kinds[i - 1], kinds[i]);
        glyphs[i - 1].advance += gap;
        added += gap;
    }
    return added;
}
