#include "voice/kana.h"

#include "base/utf8.h"

/* JIS X 0201 kana, FF66 to FF9D, in full width. */
static const uint16_t full_width[] = {
    0x30F2, 0x30A1, 0x30A3, 0x30A5, 0x30A7, 0x30A9, 0x30E3, 0x30E5, 0x30E7, 0x30C3, 0x30FC, 0x30A2,
    0x30A4, 0x30A6, 0x30A8, 0x30AA, 0x30AB, 0x30AD, 0x30AF, 0x30B1, 0x30B3, 0x30B5, 0x30B7, 0x30B9,
    0x30BB, 0x30BD, 0x30BF, 0x30C1, 0x30C4, 0x30C6, 0x30C8, 0x30CA, 0x30CB, 0x30CC, 0x30CD, 0x30CE,
    0x30CF, 0x30D2, 0x30D5, 0x30D8, 0x30DB, 0x30DE, 0x30DF, 0x30E0, 0x30E1, 0x30E2, 0x30E4, 0x30E6,
    0x30E8, 0x30E9, 0x30EA, 0x30EB, 0x30EC, 0x30ED, 0x30EF, 0x30F3,
};

#define HALF_FIRST 0xFF66
#define HALF_LAST 0xFF9D
#define VOICED 0x3099 /* combining */
#define SEMI_VOICED 0x309A

/* ﾞ ゛ U+3099: 1; ﾟ ゜ U+309A: 2; else 0. */
static int mark_of(uint32_t point)
{
    if (point == 0xFF9E || point == 0x309B || point == VOICED)
        return 1;
    return point == 0xFF9F || point == 0x309C || point == SEMI_VOICED ? 2 : 0;
}

/* The kana with its mark: カ ﾞ -> ガ, ハ ﾟ -> パ, ウ ﾞ -> ヴ; 0: there is no such kana. */
static uint32_t marked(uint32_t kana, int mark)
{
    if (mark == 1 && kana == 0x30A6)
        return 0x30F4;
    if (kana >= 0x30CF && kana <= 0x30DB && (kana - 0x30CF) % 3 == 0)
        return kana + (uint32_t)mark;
    bool plain = (kana >= 0x30AB && kana <= 0x30C1 && kana % 2 == 1) || kana == 0x30C4 ||
                 kana == 0x30C6 || kana == 0x30C8;
    return mark == 1 && plain ? kana + 1 : 0;
}

/* Hiragana with a mark behind them are handled as their katakana. */
static uint32_t to_katakana(uint32_t point)
{
    if (point >= HALF_FIRST && point <= HALF_LAST)
        return full_width[point - HALF_FIRST];
    return point >= 0x3041 && point <= 0x3096 ? point + 0x60 : point;
}

static bool is_katakana(uint32_t point)
{
    return point >= 0x30A1 && point <= 0x30F6;
}

static uint32_t to_speech(uint32_t point)
{
    if (point >= 0x30A1 && point <= 0x30F3)
        return point - 0x60;
    switch (point) {
    case 0x30F4: /* ヴ ヵ ヶ ー */
    case 0x30F5:
    case 0x30F6:
    case 0x30FC:
        return point;
    case ' ':
    case 0x00B7: /* · ・ ･ ＝ = . , */
    case 0x30FB:
    case 0xFF65:
    case '=':
    case '.':
    case ',':
        return ' ';
    case '-': /* a long vowel from a keyboard */
    case 0xFF70:
        return 0x30FC;
    case '\'':
        return '\'';
    default:
        return (point >= 'A' && point <= 'Z') || (point >= 'a' && point <= 'z') ? point : KANA_NONE;
    }
}

uint32_t kana_next(const char **at, const char *end)
{
    uint32_t point = to_katakana(utf8_fold_width(utf8_next(at, end)));
    if (is_katakana(point) && *at < end) {
        const char *behind = *at;
        int mark = mark_of(utf8_next(&behind, end));
        if (mark) {
            point = marked(point, mark);
            *at = behind;
        }
    }
    return to_speech(point);
}
