#include "unit/check.h"

#include "base/units.h"
#include "base/utf8.h"

#include <stdlib.h>

/* A copy without anything behind it, so that the address sanitizer sees a read past the end. */
static struct text tight(struct text text)
{
    char *copy = malloc(text.length ? text.length : 1);
    if (text.length)
        memcpy(copy, text.bytes, text.length);
    return (struct text){copy, text.length};
}

static void release(struct text text)
{
    free((char *)(uintptr_t)text.bytes);
}

#define BYTES(literal)                                                                             \
    {                                                                                              \
        literal, sizeof(literal) - 1                                                               \
    }

static void checking(void **state)
{
    (void)state;
    static const struct {
        int row;
        struct text in;
        uint32_t bad; /* UINT32_MAX: none */
    } rows[] = {
        {1, {NULL, 0}, UINT32_MAX},
        {2, BYTES("abcdefghijklmnopqrstuvwxyz"), UINT32_MAX},
        {3, BYTES("架空健康保険組合"), UINT32_MAX},
        {4, BYTES("\x80"), 0},
        {5, BYTES("abcdefgh\xFF"), 8},
        {6, BYTES("\xC0\x80"), 0}, /* overlong NUL */
        {7, BYTES("\xC1\xBF"), 0},
        {8, BYTES("\xC2\x80"), UINT32_MAX},
        {9, BYTES("\xE0\x9F\xBF"), 0}, /* overlong */
        {10, BYTES("\xE0\xA0\x80"), UINT32_MAX},
        {11, BYTES("\xED\x9F\xBF"), UINT32_MAX},
        {12, BYTES("\xED\xA0\x80"), 0}, /* surrogate */
        {13, BYTES("\xEE\x80\x80"), UINT32_MAX},
        {14, BYTES("\xF0\x8F\xBF\xBF"), 0}, /* overlong */
        {15, BYTES("\xF0\x90\x80\x80"), UINT32_MAX},
        {16, BYTES("\xF4\x8F\xBF\xBF"), UINT32_MAX},
        {17, BYTES("\xF4\x90\x80\x80"), 0}, /* above U+10FFFF */
        {18, BYTES("\xF5\x80\x80\x80"), 0},
        {19, BYTES("a\xE6\xB0"), 1}, /* cut off */
        {20, BYTES("a\xF0\xA0\xAE"), 1},
        {21, BYTES("\xE6\x41\x42"), 0},
        {22, BYTES("\xE6\xB0\x41"), 0},
        {23, BYTES("1234567\xE6"), 7},
        {24,
         BYTES("12345678\xC3\xA9"
               "12345678\x93"),
         18}, /* a byte of CP932 */
        {25, BYTES("\xC3"), 0},
        {26, BYTES("\xF0\xA0\xAE\x41"), 0},
        {27, BYTES("a\0b"), UINT32_MAX},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct text text = tight(rows[i].in);
        uint32_t want = rows[i].bad == UINT32_MAX ? text.length : rows[i].bad;
        row_check(rows[i].row, utf8_check(text) == want);
        const char *at = text.bytes, *end = at + text.length;
        while (at < end) {
            const char *before = at;
            if (utf8_next(&at, end) != UTF8_BAD)
                continue;
            row_check(rows[i].row, (uint32_t)(before - text.bytes) == want && at == before + 1);
            break;
        }
        release(text);
    }
    check_rows();
}

/* Every code point there is goes out and comes back, and nothing else is valid. */
static void round_trip(void **state)
{
    (void)state;
    unsigned wrong = 0;
    for (uint32_t point = 0; point <= 0x10FFFF; point++) {
        if (point >= 0xD800 && point <= 0xDFFF)
            continue;
        char bytes[4];
        size_t length = utf8_put(bytes, point);
        const char *at = bytes;
        wrong += utf8_next(&at, bytes + length) != point || at != bytes + length;
        wrong += utf8_check((struct text){bytes, (uint32_t)length}) != length;
    }
    row_check(1, wrong == 0);
    check_rows();
}

static void folding(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *a, *b;
        bool want;
    } rows[] = {
        {1, "3割", "３割", true},      {2, "本人", "本人", true},
        {3, "本人", "家族", false},    {4, "", "", true},
        {5, "a", "", false},           {6, "Ａ－１", "A-1", true},
        {7, "a　b", "a b", true},      {8, "12", "１２３", false},
        {9, "ｱ", "ア", false},         {10, "\xFF", "\xFE", false},
        {11, "\xFF", "\xFF", true},    {12, "～", "~", true},
        {13, "１\xFF", "1\xFF", true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct text a = tight(text_of(rows[i].a)), b = tight(text_of(rows[i].b));
        row_check(rows[i].row, utf8_equal_folded(a, b) == rows[i].want);
        row_check(rows[i].row, utf8_equal_folded(b, a) == rows[i].want);
        release(a);
        release(b);
    }
    row_check(20, utf8_fold_width(0xFF01) == '!' && utf8_fold_width(0xFF5E) == '~');
    row_check(21, utf8_fold_width(0xFF00) == 0xFF00 && utf8_fold_width(0xFF5F) == 0xFF5F);
    row_check(22, utf8_fold_width(0x3000) == ' ' && utf8_fold_width(0x3001) == 0x3001);
    row_check(23, utf8_equal_folded((struct text){NULL, 0}, TEXT("")));
    check_rows();
}

static void trimming(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *in, *want;
    } rows[] = {
        {1, "", ""},
        {2, " a ", "a"},
        {3, "　架空　太郎　", "架空　太郎"},
        {4, " \t\r\n　", ""},
        {5, "　", ""},
        {6, "a", "a"},
        {7, "\xE3\x80", "\xE3\x80"},
        {8, "あ\xE3\x80", "あ\xE3\x80"},
        {9, "\xA0", "\xA0"},
        {10, " 　 x　 　", "x"},
        {11, "、a、", "、a、"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct text text = tight(text_of(rows[i].in));
        row_check(rows[i].row, text_is(utf8_trim(text), rows[i].want));
        release(text);
    }
    row_check(20, utf8_trim((struct text){NULL, 0}).length == 0);
    check_rows();
}

static void units(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *in;
        int32_t unit;
        bool good;
        int32_t want;
    } rows[] = {
        {1, "25", EMU_PER_MM, true, 900000},
        {2, "-12.25", EMU_PER_MM, true, -441000},
        {3, "9", EMU_PER_PT, true, 114300},
        {4, "0", EMU_PER_MM, true, 0},
        {5, "-0", EMU_PER_MM, true, 0},
        {6, "0.5", 1, true, 1},
        {7, "-0.5", 1, true, -1},
        {8, "0.499999999999", 1, true, 0},
        {9, "20000", EMU_PER_MM, true, 720000000},
        {10, "-20000", EMU_PER_MM, true, -720000000},
        {11, "20000.0001", EMU_PER_MM, false, 0},
        {12, "20001", EMU_PER_MM, false, 0},
        {13, "", EMU_PER_MM, false, 0},
        {14, "-", EMU_PER_MM, false, 0},
        {15, ".5", EMU_PER_MM, false, 0},
        {16, "5.", EMU_PER_MM, false, 0},
        {17, "+5", EMU_PER_MM, false, 0},
        {18, "1e3", EMU_PER_MM, false, 0},
        {19, "1,5", EMU_PER_MM, false, 0},
        {20, "5mm", EMU_PER_MM, false, 0},
        {21, " 5", EMU_PER_MM, false, 0},
        {22, "1.2.3", EMU_PER_MM, false, 0},
        {23, "99999999999999999999", EMU_PER_MM, false, 0},
        {24, "1.0000000000000", EMU_PER_MM, false, 0},
        {25, "0.999999999999", 914400, true, 914400},
        {26, "85.6", EMU_PER_MM, true, 3081600},
        {27, "0.042333", EMU_PER_MM, true, 1524},
        {28, "--5", EMU_PER_MM, false, 0},
        {29, "１", EMU_PER_MM, false, 0},
        {30, "007.50", EMU_PER_PT, true, 95250},
        {31, "5", 0, false, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct text text = tight(text_of(rows[i].in));
        emu got = 12345;
        bool good = units_parse(text, rows[i].unit, &got);
        row_check(rows[i].row, good == rows[i].good && got == (good ? rows[i].want : 12345));
        release(text);
    }
    row_check(40, A4_WIDTH == 7559040 && A4_HEIGHT == 10692384);
    check_rows();
}

static void numbers(void **state)
{
    (void)state;
    char out[TEXT_NUMBER];
    row_check(1, text_is(text_number(0, out), "0"));
    row_check(2, text_is(text_number(10, out), "10"));
    row_check(3, text_is(text_number(UINT64_MAX, out), "18446744073709551615"));
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers), cmocka_unit_test(checking), cmocka_unit_test(round_trip),
        cmocka_unit_test(folding), cmocka_unit_test(trimming), cmocka_unit_test(units),
    };
    return check_run(tests);
}
