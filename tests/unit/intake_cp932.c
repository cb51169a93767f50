/* The CP932 table against what is fixed about the code: its size, its rows, that it can be turned back. */
#include "intake/cp932.h"

#include "base/utf8.h"

#include "unit/check.h"

static struct cp932 *table;

static size_t decode(const char *bytes, size_t size, char out[64], size_t *bad)
{
    return cp932_decode(table, bytes, size, out, bad);
}

static void codes(void **state)
{
    static const struct {
        int row;
        const char *in, *want; /* "" = no such code */
    } rows[] = {
        {1, "\x81\x40", "　"}, {2, "\x88\x9F", "亜"},  {3, "\x98\x72", "腕"},
        {4, "\x98\x9F", "弌"}, {5, "\xEA\xA4", "熙"},  {6, "\x87\x40", "①"},
        {7, "\x87\x90", "≒"},  {8, "\xED\x40", "纊"},  {9, "\xEE\xFC", "＂"},
        {10, "\xFA\x40", "ⅰ"}, {11, "\xFC\x4B", "黑"}, {12, "\xF9\xFC", "\uE757"},
        {13, "\x81\x9C", "●"}, {14, "\x81\x5F", "＼"}, {15, "\x81\x91", "￠"},
        {16, "\x83\x9F", "Α"}, {17, "\x84\x40", "А"},  {18, "\x81\x7E", "×"},
        {19, "\x81\x8B", "°"}, {20, "\x84\xBE", "╂"},  {30, "\x81\xAD", ""},
        {31, "\x85\x40", ""},  {32, "\x98\x73", ""},   {33, "\xEA\xA5", ""},
        {34, "\xFC\x4C", ""},  {35, "\xFC\xFC", ""},   {36, "\xEF\x40", ""},
        {37, "\x86\x9F", ""},
    };
    char out[64];
    size_t bad;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t length = decode(rows[i].in, 2, out, &bad);
        const char *want = *rows[i].want ? rows[i].want : "\uFFFD";
        row_check(rows[i].row, length == strlen(want) && memcmp(out, want, length) == 0);
        row_check(rows[i].row, bad == (*rows[i].want ? 2u : 0u));
    }
    check_rows();
}

/* 9,604 double-byte codes: 6,879 of JIS X 0208, 83 of NEC row 13, 374 and 388 extensions of NEC and IBM,
 * 1,880 gaiji. */
static void counts(void **state)
{
    unsigned pairs = 0, singles = 0, not_utf8 = 0;
    char out[64];
    size_t bad;

    (void)state;
    for (unsigned first = 0; first < 256; first++) {
        char one[1] = {(char)first};
        size_t length = decode(one, 1, out, &bad);
        singles += bad == 1;
        not_utf8 += utf8_check((struct text){out, (uint32_t)length}) != length;
        for (unsigned second = 0x80; second < 256; second++) { /* not two single bytes */
            char two[2] = {(char)first, (char)second};
            length = decode(two, 2, out, &bad);
            pairs += bad == 2 && length <= 3 && first >= 0x80 && (first < 0xA0 || first > 0xDF);
            not_utf8 += utf8_check((struct text){out, (uint32_t)length}) != length;
        }
        for (unsigned second = 0x40; second < 0x7F; second++) {
            char two[2] = {(char)first, (char)second};
            length = decode(two, 2, out, &bad);
            pairs += bad == 2 && first >= 0x80 && (first < 0xA0 || first > 0xDF);
            not_utf8 += utf8_check((struct text){out, (uint32_t)length}) != length;
        }
    }
    row_check(1, singles == 128 + 63);
    row_check(2, pairs == 9604);
    row_check(3, not_utf8 == 0);
    check_rows();
}

static void bad_bytes(void **state)
{
    static const struct {
        int row;
        const char *in, *want;
        size_t bad;
    } rows[] = {
        {1, "abc", "abc", 3},
        {2, "", "", 0},
        {3, "a\x80z", "a\uFFFDz", 1},
        {4, "\x88\x9F\x88", "亜\uFFFD", 2},
        {5, "\x88\x20\x88\x9F", "\uFFFD 亜", 0},
        {6, "\x88\x9F\x81\xAD\x88\x9F\xFF", "亜\uFFFD亜\uFFFD", 2},
        {7, "\x81\x7F", "\uFFFD\x7F", 0},
        {8, "\x81\xFD\x41",
         "\uFFFD\uFFFD"
         "A",
         0},
    };
    char out[64];
    size_t bad;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t length = decode(rows[i].in, strlen(rows[i].in), out, &bad);
        row_check(rows[i].row,
                  length == strlen(rows[i].want) && memcmp(out, rows[i].want, length) == 0);
        row_check(rows[i].row, bad == rows[i].bad);
    }
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes),
        cmocka_unit_test(counts),
        cmocka_unit_test(bad_bytes),
    };
    int failed = cp932_new(&table, NULL) != OK;
    if (!failed)
        failed = check_run(tests);
    cp932_free(table);
    return failed;
}
