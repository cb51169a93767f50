#include "intake/kana.h"

#include "base/utf8.h"

/* U+FF61-FF9F in the order of their code points (JIS X 0201), as full-width kana. */
static const uint16_t full[63] = {
    0x3002, 0x300C, 0x300D, 0x3001, 0x30FB, 0x30F2, 0x30A1, 0x30A3, 0x30A5, 0x30A7, 0x30A9,
    0x30E3, 0x30E5, 0x30E7, 0x30C3, 0x30FC, 0x30A2, 0x30A4, 0x30A6, 0x30A8, 0x30AA, 0x30AB,
    0x30AD, 0x30AF, 0x30B1, 0x30B3, 0x30B5, 0x30B7, 0x30B9, 0x30BB, 0x30BD, 0x30BF, 0x30C1,
    0x30C4, 0x30C6, 0x30C8, 0x30CA, 0x30CB, 0x30CC, 0x30CD, 0x30CE, 0x30CF, 0x30D2, 0x30D5,
    0x30D8, 0x30DB, 0x30DE, 0x30DF, 0x30E0, 0x30E1, 0x30E2, 0x30E4, 0x30E6, 0x30E8, 0x30E9,
    0x30EA, 0x30EB, 0x30EC, 0x30ED, 0x30EF, 0x30F3, 0x309B, 0x309C,
};
#define FIRST_HALF 0xFF61u
#define LAST_HALF 0xFF9Fu
#define VOICED 0xFF9Eu
#define HALF_VOICED 0xFF9Fu

static bool is_half(uint32_t point)
{
    return point >= FIRST_HALF && point <= LAST_HALF;
}

static uint32_t widened(uint32_t point)
{
    return is_half(point) ? full[point - FIRST_HALF] : point;
}

bool kana_half(struct text text)
{
    const char *at = text.bytes, *end = at + text.length;

    /* EF BD A1 to EF BE 9F */
    while (text.length && (at = memchr(at, 0xEF, (size_t)(end - at)))) {
        if (is_half(utf8_next(&at, end)))
            return true;
        if (at == end)
            break;
    }
    return false;
}

/* The kana with the mark, or 0: the mark stands alone. */
static uint32_t joined(uint32_t kana, uint32_t mark)
{
    bool ha_row = kana >= 0x30CF && kana <= 0x30DB && (kana - 0x30CF) % 3 == 0;

    if (mark == HALF_VOICED)
        return ha_row ? kana + 2 : 0;
    if (mark != VOICED)
        return 0;
    if (ha_row || (kana >= 0x30AB && kana <= 0x30C1 && kana % 2 == 1) || kana == 0x30C4 ||
        kana == 0x30C6 || kana == 0x30C8)
        return kana + 1;
    return kana == 0x30A6 ? 0x30F4 : kana == 0x30EF ? 0x30F7 : kana == 0x30F2 ? 0x30FA : 0;
}

uint32_t kana_widen(struct text text, char *out)
{
    const char *at = text.bytes, *end = at + text.length;
    char *to = out;

    while (at < end) {
        uint32_t point = utf8_next(&at, end), both = 0;
        const char *behind = at;
        if (is_half(point) && at < end)
            both = joined(widened(point), utf8_next(&behind, end));
        if (both)
            at = behind;
        to += utf8_put(to, both ? both : widened(point));
    }
    return (uint32_t)(to - out);
}

/* -- small kana written large -- */

/* キ シ チ ニ ヒ ミ リ, and ギ ジ ヂ ビ ピ */
static bool takes_small(uint32_t kana)
{
    static const uint16_t rows[] = {0x30AD, 0x30AE, 0x30B7, 0x30B8, 0x30C1, 0x30C2,
                                    0x30CB, 0x30D2, 0x30D3, 0x30D4, 0x30DF, 0x30EA};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (kana == rows[i])
            return true;
    return false;
}

static bool is_kana(uint32_t point)
{
    return (point >= 0x30A1 && point <= 0x30FA) || point == 0x30FC;
}

/* Rows カ サ タ パ, with which a doubled sound goes on. */
static bool can_double(uint32_t kana)
{
    return (kana >= 0x30AB && kana <= 0x30C8 && kana != 0x30C3) || kana == 0x30D1 ||
           kana == 0x30D4 || kana == 0x30D7 || kana == 0x30DA || kana == 0x30DD;
}

bool kana_large(struct text text)
{
    const char *at = text.bytes, *end = at + text.length;
    uint32_t before = 0, last = 0;

    while (at < end) {
        uint32_t point = utf8_next(&at, end), kana = widened(point), both = joined(last, point);
        if (both)
            last = both;
        if (point == VOICED || point == HALF_VOICED)
            continue;
        if (takes_small(last) && (kana == 0x30E4 || kana == 0x30E6 || kana == 0x30E8))
            return true;
        if (last == 0x30C4 && is_kana(before) && can_double(kana))
            return true;
        before = last;
        last = kana;
    }
    return false;
}
