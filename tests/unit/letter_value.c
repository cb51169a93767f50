#include "unit/check.h"

#include "letter/letter.h"
#include "letter/value.h"

static void scanning(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *in;
        enum message want;
        uint32_t offset;
    } rows[] = {
        {1, "架空 太郎", MSG_NONE, 0},
        {2, "Smith John-Paul", MSG_NONE, 0},
        {3, "山●太郎", MSG_FIELD_BLACK_CIRCLE, 4},
        {4, "●", MSG_FIELD_BLACK_CIRCLE, 1},
        {5, "山田太郎〓", MSG_FIELD_GETA, 13},
        {6, "a\xEF\xBF\xBD", MSG_FIELD_REPLACEMENT, 2},
        {7, "山\n田", MSG_FIELD_CONTROL, 4},
        {8, "山\t田", MSG_FIELD_CONTROL, 4},
        {9, "\x7F", MSG_FIELD_CONTROL, 1},
        {10, "a\xC2\x85", MSG_FIELD_CONTROL, 2},         /* NEL */
        {11, "a\xC2\xAD", MSG_FIELD_CONTROL, 2},         /* soft hyphen */
        {12, "a\xE2\x80\x8B", MSG_FIELD_CONTROL, 2},     /* zero width space */
        {13, "a\xE2\x80\xAE", MSG_FIELD_CONTROL, 2},     /* right-to-left override */
        {14, "a\xE2\x80\xA8", MSG_FIELD_CONTROL, 2},     /* line separator */
        {15, "\xEF\xBB\xBFx", MSG_FIELD_CONTROL, 1},     /* BOM */
        {16, "a\xF3\xA0\x80\xA0", MSG_FIELD_CONTROL, 2}, /* tag */
        {17, "\xEE\x80\x80", MSG_FIELD_PRIVATE, 1},      /* U+E000 */
        {18, "\xEF\xA3\xBF", MSG_FIELD_PRIVATE, 1},      /* U+F8FF */
        {19, "\xF3\xB0\x80\x80", MSG_FIELD_PRIVATE, 1},  /* U+F0000 */
        {20, "\xF4\x80\x80\x80", MSG_FIELD_PRIVATE, 1},  /* U+100000 */
        {21, "\xEF\xA4\x80", MSG_NONE, 0},               /* U+F900, compatibility kanji */
        {22, "葛\xF3\xA0\x84\x80", MSG_NONE, 0},         /* + U+E0100 */
        {23, "\xEE\xBF\xBFx", MSG_FIELD_PRIVATE, 1},     /* U+EFFF */
        {24, "𠮷野", MSG_NONE, 0},
        {25, "髙﨑栁濵", MSG_NONE, 0},
        {26, "○△□◎〒々〆ー", MSG_NONE, 0},
        {27, "ﾔﾏﾀﾞ ﾊﾅｺ", MSG_NONE, 0},
        {28, "\xED\x9F\xBB", MSG_NONE, 0}, /* U+D7FB, last before the surrogates */
        {29, "#N/A", MSG_FIELD_SHEET_ERROR, 0},
        {30, "#REF!", MSG_FIELD_SHEET_ERROR, 0},
        {31, "＃ＮＡＭＥ？", MSG_FIELD_SHEET_ERROR, 0},
        {32, "########", MSG_FIELD_SHEET_ERROR, 0},
        {33, "#12", MSG_NONE, 0},
        {34, "#", MSG_NONE, 0},
        {35, "中央マンション#601", MSG_NONE, 0},
        {36, "漢\xE4\xB8", MSG_FIELD_REPLACEMENT, 4}, /* cut off: not read beyond */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint32_t offset = 99;
        enum message found = value_scan(text_of(rows[i].in), NULL, false, &offset);
        row_check(rows[i].row, found == rows[i].want);
        row_check(rows[i].row, offset == rows[i].offset);
    }
    check_rows();
}

/* What the run's gaiji table has passes, and nothing else of that kind; ● only where the job says so. */
static void allowed(void **state)
{
    static const uint32_t codes[] = {0xE001, 0xE003, 0xF0000};
    struct field_set fields = {.gaiji = codes, .gaiji_count = 3};
    static const struct {
        int row;
        const char *in;
        enum message want;
        bool circle;
        uint32_t offset;
    } rows[] = {
        {1, "山\uE001", MSG_NONE, false, 0},
        {2, "\uE003\uE001\U000F0000", MSG_NONE, false, 0},
        {3, "山\uE002", MSG_FIELD_PRIVATE, false, 4},
        {4, "\uE001\uE000", MSG_FIELD_PRIVATE, false, 4},
        {5, "\U000F0001", MSG_FIELD_PRIVATE, false, 1},
        {6, "山●", MSG_FIELD_BLACK_CIRCLE, false, 4},
        {7, "山●", MSG_NONE, true, 0},
        {8, "●\uE002", MSG_FIELD_PRIVATE, true, 4},
        {9, "●〓", MSG_FIELD_GETA, true, 4},
        {10, "●\uFFFD", MSG_FIELD_REPLACEMENT, true, 4},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint32_t offset = 99;
        row_check(rows[i].row, value_scan(text_of(rows[i].in), &fields, rows[i].circle, &offset) ==
                                   rows[i].want);
        row_check(rows[i].row, offset == rows[i].offset);
    }
    check_rows();
}

static void honorifics(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *in;
        bool found;
    } rows[] = {
        {1, "架空 太郎 様", true},
        {2, "架空太郎様", true},
        {3, "架空太郎樣", true},
        {4, "架空太郎殿", true},
        {5, "架空商事 御中", true},
        {6, "様", true},
        {7, "架空太郎様\xF3\xA0\x84\x80", true}, /* with a variation selector */
        {8, "架空太郎様\xEF\xB8\x80", true},
        {9, "様田 太郎", false},
        {10, "御中 太郎", false},
        {11, "葛\xF3\xA0\x84\x80", false},
        {12, "中", false},
        {13, "x", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        row_check(rows[i].row,
                  (value_honorific(text_of(rows[i].in)) == MSG_FIELD_HONORIFIC) == rows[i].found);
    check_rows();
}

static void address_ends(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *in;
        bool found;
    } rows[] = {
        {1, "見本町1-2-3 架空 太郎様", true},
        {2, "架空商事 御中", true},
        {3, "見本町1-2 幻想様方", false},
        {4, "見本市寺ノ殿", false},
        {5, "見本町1-2-3", false},
        {6, "", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        row_check(rows[i].row,
                  (value_address_end(text_of(rows[i].in)) == MSG_FIELD_HONORIFIC) == rows[i].found);
    check_rows();
}

static void rewritten_numbers(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *in;
        bool exponent, decimal; /* found by value_exponent, only by value_rewritten */
    } rows[] = {
        {1, "1.0E+07", true, false},      {2, "1.23E+11", true, false},
        {3, "1E+05", true, false},        {4, "1e-05", true, false},
        {5, "1.2345678E7", true, false},  {6, "１．０Ｅ＋０７", true, false},
        {7, "-1.0E+07", true, false},     {8, "101.0", false, true},
        {9, "１０１．００", false, true}, {10, "7E3", false, false},
        {11, "1E5A", false, false},       {12, "1.0E", false, false},
        {13, "1.0E+", false, false},      {14, "1.0E+0x", false, false},
        {15, "101.5", false, false},      {16, "1.0.0", false, false},
        {17, "1.", false, false},         {18, "E+07", false, false},
        {19, "00000101", false, false},   {20, "1-2-3", false, false},
        {21, "中央A", false, false},      {22, "-", false, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct text in = text_of(rows[i].in);
        bool either = rows[i].exponent || rows[i].decimal;
        row_check(rows[i].row, (value_exponent(in) == MSG_FIELD_EXPONENT) == rows[i].exponent);
        row_check(rows[i].row, (value_rewritten(in) == MSG_FIELD_EXPONENT) == either);
    }
    check_rows();
}

static void choices(void **state)
{
    (void)state;
    static const struct {
        int row;
        enum message (*read)(struct text, struct text *);
        const char *in, *want; /* NULL: refused */
    } rows[] = {
        {1, value_kind, "本人", "ご本人（被保険者）様"},
        {2, value_kind, "家族", "ご家族（被扶養者）様"},
        {3, value_kind, "ご本人", NULL},
        {4, value_kind, "1", NULL},
        {5, value_sex, "男", "男"},
        {6, value_sex, "女", "女"},
        {7, value_sex, "男性", NULL},
        {20, value_sex, "裏面参照", "裏面参照"},
        {21, value_sex, "裏面", NULL},
        {22, value_address_title, "様", "様"},
        {23, value_address_title, "御中", "御中"},
        {24, value_address_title, "殿", "殿"},
        {25, value_address_title, "さま", NULL},
        {26, value_address_title, "様方", NULL},
        {8, value_share, "3割", "3割"},
        {9, value_share, "３割", "3割"},
        {10, value_share, "２割", "2割"},
        {11, value_share, "1割", "1割"},
        {12, value_share, "4割", NULL},
        {13, value_share, "3", NULL},
        {14, value_share, "三割", NULL},
        {15, value_share, "3割 ", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct text out = {0, 0};
        enum message message = rows[i].read(text_of(rows[i].in), &out);
        row_check(rows[i].row, (message == MSG_NONE) == (rows[i].want != NULL));
        row_check(rows[i].row,
                  rows[i].want ? text_is(out, rows[i].want) : message == MSG_FIELD_CHOICE);
    }
    check_rows();
}

static enum message plain_date(struct text value, struct arena *arena, struct text *out)
{
    return value_date(value, false, arena, out);
}

static enum message padded_date(struct text value, struct arena *arena, struct text *out)
{
    return value_date(value, true, arena, out);
}

static void printed_forms(void **state)
{
    (void)state;
    static const struct {
        int row;
        enum message (*read)(struct text, struct arena *, struct text *);
        const char *in, *want;
        enum message message;
    } rows[] = {
        {1, plain_date, "2008-04-01", "平成20年4月1日", MSG_NONE},
        {2, plain_date, "20190501", "令和元年5月1日", MSG_NONE},
        {3, plain_date, "H20.4.1", "平成20年4月1日", MSG_NONE},
        {4, plain_date, "平成２０年４月１日", "平成20年4月1日", MSG_NONE},
        {5, plain_date, "平成32年4月1日", NULL, MSG_FIELD_DATE_ERA},
        {6, plain_date, "光文2年4月1日", NULL, MSG_FIELD_DATE_ERA},
        {7, plain_date, "2023-02-29", NULL, MSG_FIELD_DATE_IMPOSSIBLE},
        {8, plain_date, "39539", NULL, MSG_FIELD_DATE_SERIAL},
        {9, plain_date, "1867-01-01", NULL, MSG_FIELD_DATE_RANGE},
        {10, plain_date, "2.00804E+07", NULL, MSG_FIELD_EXPONENT},
        {11, plain_date, "20080401.0", NULL, MSG_FIELD_EXPONENT},
        {12, plain_date, "いつか", NULL, MSG_FIELD_DATE_SHAPE},
        {50, padded_date, "2024-07-31", "令和 6年 7月 31日", MSG_NONE},
        {51, padded_date, "1973-01-01", "昭和 48年 1月 1日", MSG_NONE},
        {52, padded_date, "令和5年8月1日", "令和 5年 8月 1日", MSG_NONE},
        {53, padded_date, "令和 5年 8月 1日", "令和 5年 8月 1日", MSG_NONE},
        {54, padded_date, "平成32年4月1日", NULL, MSG_FIELD_DATE_ERA},
        {13, value_postcode, "1112222", "111-2222", MSG_NONE},
        {14, value_postcode, "111-2222", "111-2222", MSG_NONE},
        {15, value_postcode, "１１１－２２２２", "111-2222", MSG_NONE},
        {16, value_postcode, "111ー2222", "111-2222", MSG_NONE},
        {17, value_postcode, "111−2222", "111-2222", MSG_NONE},
        {18, value_postcode, "600001", NULL, MSG_POSTCODE_SHORT},
        {19, value_postcode, "60-0001", NULL, MSG_POSTCODE_SHORT},
        {20, value_postcode, "1", NULL, MSG_POSTCODE_SHORT},
        {21, value_postcode, "11122222", NULL, MSG_POSTCODE_SHAPE},
        {22, value_postcode, "1112-222", NULL, MSG_POSTCODE_SHAPE},
        {23, value_postcode, "111--2222", NULL, MSG_POSTCODE_SHAPE},
        {24, value_postcode, "111-2222-", NULL, MSG_POSTCODE_SHAPE},
        {25, value_postcode, "-1112222", NULL, MSG_POSTCODE_SHAPE},
        {26, value_postcode, "111 2222", NULL, MSG_POSTCODE_SHAPE},
        {27, value_postcode, "〒111-2222", NULL, MSG_POSTCODE_SHAPE},
        {28, value_postcode, "1.112222E+06", NULL, MSG_FIELD_EXPONENT},
        {29, value_last4, "0825", "0825", MSG_NONE},
        {30, value_last4, "０８２５", "0825", MSG_NONE},
        {31, value_last4, "０8２5", "0825", MSG_NONE},
        {32, value_last4, "825", NULL, MSG_LAST4_SHORT},
        {33, value_last4, "8", NULL, MSG_LAST4_SHORT},
        {34, value_last4, "68250", NULL, MSG_LAST4_SHAPE},
        {35, value_last4, "68-25", NULL, MSG_LAST4_SHAPE},
        {36, value_last4, "6825-", NULL, MSG_LAST4_SHAPE},
        {37, value_last4, "68 25", NULL, MSG_LAST4_SHAPE},
        {38, value_last4, "****", NULL, MSG_LAST4_SHAPE},
        {39, value_last4, "825.0", NULL, MSG_FIELD_EXPONENT},
        {40, value_last4, "六八二五", NULL, MSG_LAST4_SHAPE},
    };
    struct arena arena;
    arena_open(&arena, 1 << 20);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct text out = {0, 0};
        row_check(rows[i].row, rows[i].read(text_of(rows[i].in), &arena, &out) == rows[i].message);
        row_check(rows[i].row, !rows[i].want || text_is(out, rows[i].want));
    }
    arena_close(&arena);
    check_rows();
}

static void memory(void **state)
{
    (void)state;
    struct arena arena;
    struct text out;
    arena_open(&arena, 0);
    row_check(1, plain_date(TEXT("2008-04-01"), &arena, &out) == MSG_NO_MEMORY);
    row_check(2, value_postcode(TEXT("1112222"), &arena, &out) == MSG_NO_MEMORY);
    row_check(3, value_last4(TEXT("０８２５"), &arena, &out) == MSG_NO_MEMORY);
    row_check(4, value_last4(TEXT("0825"), &arena, &out) == MSG_NONE); /* borrowed */
    arena_close(&arena);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scanning),     cmocka_unit_test(allowed), cmocka_unit_test(honorifics),
        cmocka_unit_test(address_ends), cmocka_unit_test(rewritten_numbers),
        cmocka_unit_test(choices),      cmocka_unit_test(printed_forms),
        cmocka_unit_test(memory)};
    return check_run(tests);
}
