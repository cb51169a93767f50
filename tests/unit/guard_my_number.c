/* The My Number rule both ways. All numbers are made up; 1234 5678 9018 is the one used in samples everywhere. */
#include "guard/guard.h"
#include "guard/my_number.h"

#include "base/utf8.h"

#include <utf8proc.h>

#include "unit/check.h"

static void disguises(void **state)
{
    static const struct {
        int row;
        const char *in;
    } rows[] = {
        {1, "123456789018"},
        {2, "1234 5678 9018"},
        {3, "1234-5678-9018"},
        {4, "1-2-3-4-5-6-7-8-9-0-1-8"},
        {5, "個人番号は123456789018です"},
        {6, "(123456789018)"},
        {7, "a123456789018b"},
        {8, "1,123456789018"},
        {9, "No.123456789018."},
        {10, "000000000000"}, /* remainder 0 */
        {11, "100000000005"},
        {12, "023456789013"},
        {13, "200000000000"}, /* remainder 1 */
        /* widths and forms */
        {20, "１２３４５６７８９０１８"},
        {21, "１２３４ ５６７８ ９０１８"},
        {22, "1２3４5６7８9０1８"},
        {23, "１２３４　５６７８　９０１８"},
        {24, "①②③④⑤⑥⑦⑧⑨⓪①⑧"},
        {25, "①②③④⑤⑥⑦⑧9⓪⑱"},
        {26, "①②③④⑤⑥⑦89⓪⑱"},
        {27, "12345678⑨⓪⑱"},
        {28, "¹²³⁴⁵⁶⁷⁸⁹⁰¹⁸"},
        {29, "₁₂₃₄₅₆₇₈₉₀₁₈"},
        {30, "𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗𝟎𝟏𝟖"},
        {31, "𝟷𝟸𝟹𝟺𝟻𝟼𝟽𝟾𝟿𝟶𝟷𝟾"},
        {32, "🯱🯲🯳🯴🯵🯶🯷🯸🯹🯰🯱🯸"},
        {33, "1234567⑧-⑨018"},
        {34, "1234567890㉋ 123456789018"},
        {35, "⑩0000000005"},
        {36, "⑫3456789018号"},
        {37, "1\uFE0F\u20E32\uFE0F\u20E33\uFE0F\u20E34\uFE0F\u20E35\uFE0F\u20E36\uFE0F\u20E37\uFE0F"
             "\u20E3"
             "8\uFE0F\u20E39\uFE0F\u20E30\uFE0F\u20E31\uFE0F\u20E38\uFE0F\u20E3"},
        /* blanks */
        {40, "1234\t5678\t9018"},
        {41, "1234\n5678\n9018"},
        {42, "1234\r\n5678\r\n9018"},
        {43, "1234\r5678\r9018"},
        {44, "1234\u00A05678\u00A09018"},
        {45, "1234\u30005678\u30009018"},
        {46, "1234\u20035678\u20099018"},
        {47, "1234\u202F5678\u205F9018"},
        {48, "1234\u16805678\u20289018"},
        {49, "1234\v5678\f9018"},
        {50, "1234\xC2\x85"
             "5678\u20299018"},
        {51, "1 2 3 4 5 6 7 8 9 0 1 8"},
        {52, "12 34-56　78―9018"},
        /* hyphens and what looks like them */
        {60, "1234‐5678‐9018"},
        {61, "1234‑5678‑9018"},
        {62, "1234‒5678–9018"},
        {63, "1234—5678―9018"},
        {64, "1234−5678－9018"},
        {65, "1234ー5678ｰ9018"},
        {66, "1234﹣5678﹘9018"},
        {67, "1234⁃5678─9018"},
        {68, "1234━5678~9018"},
        {69, "1234～5678〜9018"},
        {70, "1234⁻5678₋9018"},
        {71, "1234一5678一9018"},
        {72, "1234˗5678➖9018"},
        {73, "1234┄5678╴9018"},
        {74, "１２３４－５６７８－９０１８"},
        {75, "１２３４ー５６７８ー９０１８"},
        {76, "1234⸺5678〰9018"},
        {77, "1234゠5678∼9018"},
        {78, "1234︱5678⁓9018"},
        {79, "1234㆒5678\u058A9018"},
        /* code points that count as nothing */
        {80, "1234\u200B5678\u200B9018"},
        {81, "1234\u00AD5678\u00AD9018"},
        {82, "1234\uFEFF5678\u20609018"},
        {83, "1234\uFE005678\U000E01009018"},
        {84, "1234\u200B-5678-\u200B9018"},
        {85, "1\u200D2\u200E3\u200F4\u202A5\u202C6\u20667\u20698\u20619\u034F0\u180E1\u31648"},
        {86, "1\u03322\u033634567890\u20DD18"},
        {87, "1234\r\u200B\n5678 9018"},
        /* beside other things */
        {90, "03-1234-5678、123456789018"},
        {91, "123456789012 番 123456789018"},
        {92, "1234567890123、123456789018"},
        {93, "平成20年4月1日 1234-5678-9018"},
        {94, "\xFF"
             "123456789018"},
        {95, "123456789018\x81"},
        {96, "-123456789018-"},
        {97, "東京都千代田区千代田\r\n1234-5678-9018\r\n架空ビル"},
        {98, "123456789018  1"},
        {99, "1--123456789018"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        row_check(rows[i].row, my_number_in(text_of(rows[i].in)));
    row_check(200, my_number_in((struct text){"1234\00056789018", 13}));
    row_check(201,
              my_number_in((struct text){"123456789018999", 12})); /* the text ends where it ends */
    check_rows();
}

static void innocents(void **state)
{
    static const struct {
        int row;
        const char *in;
    } rows[] = {
        {1, ""},
        {2, "123456789012"},
        {3, "123456789017"},
        {4, "123456789019"},
        {5, "1234 5678 9010"},
        {6, "１２３４５６７８９０１２"},
        {7, "210000000000"},
        {8, "200000000008"},
        /* of another length */
        {10, "12345678901"},
        {11, "1123456789018"},
        {12, "1234567890181"},
        {13, "5123456789018"},
        {14, "9 123456789018"},
        {15, "123456789018-1"},
        {16, "8700110005901"},
        {17, "123456789018123456789018"},
        {18, "123456789018 123456789018"},
        {19, "123456789018\r\n1"},
        {20, "㉑123456789018"},
        {25, "千代田1-1\r\n1234-5678-9018"}, /* a run of 14 by the letter of the rule */
        {21, "①123456789018"},
        {22, "123456789018½"},
        {23, "560-00-00000-0"},
        {24, "56000000000"},
        /* telephone, postcode, addresses, dates */
        {30, "03-1234-5678"},
        {31, "090-1234-5678"},
        {32, "03-1234-5678 090-1234-5678"},
        {33, "1-2-3-1001"},
        {34, "１－２－３－１００１"},
        {35, "100-0001 千代田1-1"},
        {36, "2024-10-01 12:34:56"},
        {37, "06139992"},
        {38, "架空町1丁目2番3号 架空ビル1001号室"},
        /* not joined */
        {40, "123456 番 789018"},
        {41, "123456年789018"},
        {42, "1234.5678.9018"},
        {43, "1234,5678,9018"},
        {44, "1234/5678/9018"},
        {45, "1234、5678、9018"},
        {46, "1234・5678・9018"},
        {47, "1234_5678_9018"},
        {48, "1234  5678  9018"},
        {49, "1234--5678--9018"},
        {50, "1234- 5678- 9018"},
        {51, "1234\n\n5678\n\n9018"},
        {52, "1234\n\r5678 9018"},
        {53, "1234\r\n\n5678 9018"},
        {54, "1234\u3000\u30005678 9018"},
        {55, "1234\"5678\"9018"},
        {56, "1234二5678二9018"},
        {57, "1234あ5678ア9018"},
        {58, "1234a5678b9018"},
        {59, "1234\xFF"
             "56789018"},
        {60, "1234\xE3\x80"
             "56789018"},
        {61, "1234\uFFFD56789018"},
        {62, "1234●56789018"},
        {63, "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑴⑵⑶"},
        {64, "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒈⒉⒊"},
        {65, "㋀㋁㋂㋃㋄㋅㋆㋇㋈㋉㋊㋋"},
        {66, "一二三四五六七八九〇一八"},
        {67, "1234\r-5678 9018\r"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        row_check(rows[i].row, !my_number_in(text_of(rows[i].in)));
    row_check(200, !my_number_in((struct text){NULL, 0}));
    check_rows();
}

/* Of the ten numbers with the same first eleven digits one is right; which, is computed another way. */
static void check_digits(void **state)
{
    unsigned wrong = 0;
    char text[16];

    (void)state;
    for (unsigned long long first = 0; first < 99999999999ULL; first += 99990001ULL) {
        static const int weight[] = {6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2};
        int sum = 0, want;
        snprintf(text, sizeof text, "%011llu", first);
        for (int i = 0; i < 11; i++)
            sum += (text[i] - '0') * weight[i];
        want = 11 - sum % 11;
        want = want > 9 ? 0 : want;
        for (int digit = 0; digit < 10; digit++) {
            text[11] = (char)('0' + digit);
            wrong += my_number_in((struct text){text, 12}) != (digit == want);
        }
    }
    row_check(1, wrong == 0);
    check_rows();
}

/* Every code point there is: one whose NFKC form is a digit must be found in place of that digit, and one
 * whose form holds other things but no blank, hyphen or digit must break the number. */
static bool found_with(uint32_t code_point, int place)
{
    static const char number[] = "123456789018";
    char text[32];
    size_t size = (size_t)place;

    memcpy(text, number, size);
    size += utf8_put(text + size, code_point);
    memcpy(text + size, number + place + 1, 11 - (size_t)place);
    return my_number_in((struct text){text, (uint32_t)(size + 11 - (size_t)place)});
}

static void every_digit(void **state)
{
    static const int place[10] = {9, 0, 1, 2, 3, 4, 5, 6, 7, 8};
    unsigned digits = 0, missed = 0, taken = 0;

    (void)state;
    for (uint32_t code_point = 1; code_point <= 0x10FFFF; code_point++) {
        utf8proc_int32_t form[32];
        if (code_point >= 0xD800 && code_point <= 0xDFFF)
            continue;
        utf8proc_ssize_t count =
            utf8proc_decompose_char((utf8proc_int32_t)code_point, form, 32,
                                    UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_IGNORE, NULL);
        if (count == 1 && form[0] >= '0' && form[0] <= '9') {
            digits++;
            missed += !found_with(code_point, place[form[0] - '0']);
        } else if (count == 1) {
            taken += found_with(code_point, 0);
        }
    }
    row_check(
        1, digits >
               100); /* ASCII, full-width, super- and subscript, circled, five styles, segmented */
    row_check(2, missed == 0);
    row_check(3, taken == 0);
    check_rows();
}

/* Characters that become several digits, at the start of a number that begins with them. */
static void every_group(void **state)
{
    unsigned groups = 0, missed = 0;

    (void)state;
    for (uint32_t code_point = 0x80; code_point <= 0x1FFFF; code_point++) {
        utf8proc_int32_t form[32];
        char number[16], text[32];
        if (code_point >= 0xD800 && code_point <= 0xDFFF)
            continue;
        utf8proc_ssize_t count =
            utf8proc_decompose_char((utf8proc_int32_t)code_point, form, 32,
                                    UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_IGNORE, NULL);
        if (count != 2 || form[0] < '0' || form[0] > '9' || form[1] < '0' || form[1] > '9')
            continue;
        groups++;
        for (int last = 0; last < 10; last++) { /* one of them is right */
            snprintf(number, sizeof number, "%c%c765432109%d", (char)form[0], (char)form[1], last);
            if (!my_number_in(text_of(number)))
                continue;
            size_t size = utf8_put(text, code_point);
            memcpy(text + size, number + 2, 10);
            missed += !my_number_in((struct text){text, (uint32_t)size + 10});
        }
    }
    row_check(1, groups >= 41); /* ⑩ to ㊿ */
    row_check(2, missed == 0);
    check_rows();
}

static void headers(void **state)
{
    static const struct {
        int row;
        const char *in;
        bool want;
    } rows[] = {
        {1, "個人番号", true},
        {2, "マイナンバー", true},
        {3, "ﾏｲﾅﾝﾊﾞｰ", true},
        {4, "被保険者の個人番号（12桁）", true},
        {5, "個人　番 号", true},
        {6, "個人\n番号", true},
        {7, "個人\u200B番号", true},
        {8, "マイナンバー下4桁", true},
        {9, "個人番号（下4桁）", true},
        {10, "個人番号下4桁2", true},
        {11, "個人番号提出", true},
        {20, "個人番号下4桁", true},
        {21, "個人番号下４桁", true},
        {22, " 個人番号 下4桁 ", true},
        {23, "整理番号", false},
        {24, "個人", false},
        {25, "マイナ", false},
        {26, "", false},
        {27, "番号", false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        row_check(rows[i].row, header_says_my_number(text_of(rows[i].in)) == rows[i].want);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(disguises),    cmocka_unit_test(innocents),
        cmocka_unit_test(check_digits), cmocka_unit_test(every_digit),
        cmocka_unit_test(every_group),  cmocka_unit_test(headers),
    };
    return check_run(tests);
}
