/* Copyfit: one line, condensed, broken, smaller, refused; even lines; justification. In BIZ UD Mincho a kanji is
 * one em and a digit half an em, so the rows can be reckoned by hand: type is 12 pt, widths are in half ems. */
#include "check.h"

#include "base/utf8.h"
#include "typeset/lines.h"

#define PT EMU_PER_PT
#define HALF (6 * PT)

static struct fonts *fonts;
static struct arena arena;
static int role;

struct fit_row {
    int row;
    const char *text;
    int halves;                 /* width */
    int condense, lines, least; /* percent, -, pt */
    const char *want;           /* lines, "|" between; NULL: refused */
    int scale, size;            /* per mille, quarter points; 0: any */
};

static bool says(const struct set_text *set, const char *want)
{
    char got[4096];
    uint32_t length = 0;
    for (uint32_t i = 0; i < set->count; i++) {
        if (i)
            got[length++] = '|';
        memcpy(got + length, set->lines[i].text.bytes, set->lines[i].text.length);
        length += set->lines[i].text.length;
    }
    got[length] = '\0';
    if (strcmp(got, want) != 0)
        fprintf(stderr, "got  %s\nwant %s\n", got, want);
    return strcmp(got, want) == 0;
}

/* What holds for every text that was set. */
static bool is_sound(const struct set_text *set, const struct measure *measure)
{
    for (uint32_t i = 0; i < set->count; i++) {
        const struct set_line *line = &set->lines[i];
        uint32_t at = 0;
        for (uint32_t k = 0; k < line->count; k++) {
            if (line->glyphs[k].text_length && line->glyphs[k].text != at)
                return false;
            at += line->glyphs[k].text_length;
        }
        emu width = typeset_width(line->glyphs, line->count, set->size, set->scale, line->spacing);
        if (at != line->text.length || width != line->width || width > measure->width)
            return false;
    }
    return set->count <= measure->lines && set->scale >= measure->condense * 10 &&
           set->scale <= 1000 && set->size >= measure->min_size && set->size <= measure->size;
}

static bool row_holds(const struct fit_row *row, bool justify)
{
    struct measure measure = {.width = row->halves * HALF,
                              .size = 12 * PT,
                              .min_size = row->least * PT,
                              .condense = (uint16_t)row->condense,
                              .lines = (uint16_t)row->lines,
                              .justify = justify};
    struct set_text set;
    struct error error = {.message = MSG_NONE};
    arena_wipe(&arena);
    enum status status =
        typeset_fit(fonts, role, text_of(row->text), &measure, &arena, &set, &error);
    if (!row->want)
        return status == REJECT && error.message == MSG_TEXT_TOO_LONG;
    return status == OK && is_sound(&set, &measure) && says(&set, row->want) &&
           (!row->scale || set.scale == row->scale) &&
           (!row->size || set.size == row->size * PT / 4);
}

/* -- short fields -- */

static const struct fit_row short_rows[] = {
    {1, "山田太郎", 8, 70, 1, 12, "山田太郎", 1000, 48},
    {2, "山田太郎", 7, 70, 1, 12, "山田太郎", 875, 48},
    {3, "山田太郎一", 7, 70, 1, 12, "山田太郎一", 700, 48},
    {4, "山田太郎一二", 7, 70, 1, 12, NULL, 0, 0},
    {5, "山田太郎", 7, 100, 1, 12, NULL, 0, 0},
    {6, "山田太郎", 7, 0, 1, 12, NULL, 0, 0},            /* 0 = not condensed */
    {7, "山田太郎", 7, 100, 1, 6, "山田太郎", 1000, 42}, /* 10.5 pt */
    {8, "山田太郎一二三", 7, 70, 1, 8, "山田太郎一二三", 705,
     34}, /* smaller, then as wide as fits */
    {43, "山田太郎一二三", 7, 70, 1, 9, NULL, 0, 0},
    {9, "山田太郎一二三四五六七八", 7, 70, 1, 9, NULL, 0, 0},
    {10, "", 7, 70, 1, 12, "", 1000, 48},
    {11, "山田太郎", 8, 70, 2, 12, "山田太郎", 1000, 48},
    {12, "山田太郎", 6, 70, 2, 12, "山田太郎", 750, 48}, /* condensed before it is broken */
    {13, "山田太郎花子", 6, 70, 2, 12, "山田太|郎花子", 1000, 48},
    {14, "山田太郎花子", 6, 70, 1, 12, NULL, 0, 0},
    {15, "山田\u3000太郎花子様", 10, 100, 2, 12, "山田|太郎花子様", 1000, 48},
    {16, "山田\u3000 \u3000太郎花子様", 10, 100, 2, 12, "山田|太郎花子様", 1000, 48},
    {17, "東京都千代田区霞が関１丁目２番３号", 24, 100, 2, 12,
     "東京都千代田区|霞が関１丁目２番３号", 1000, 48},
    {18, "東京都千代田区霞が関1-2-3 合同庁舎", 24, 100, 2, 12,
     "東京都千代田区|霞が関1-2-3 合同庁舎", 1000, 48},
    {19, "東京都千代田区霞が関1-2-3 第五合同庁舎", 26, 100, 2, 12,
     "東京都千代田区霞が関1-2-3|第五合同庁舎", 1000, 48},
    {20, "カタカナノナマエ\u3000タロウジロウ", 18, 100, 2, 12, "カタカナノナマエ|タロウジロウ",
     1000, 48},
    {21, "山田太郎花子一二三四", 6, 70, 3, 12, "山田太|郎花子|一二三四", 750, 48},
    {22, "山田\n太郎", 8, 70, 2, 12, "山田|太郎", 1000, 48},
    {23, "山田\n太郎", 8, 70, 1, 12, NULL, 0, 0},
    {24, "山田\n\n太郎", 8, 70, 3, 12, "山田||太郎", 1000, 48},
    {25, "山田\n", 8, 70, 2, 12, "山田|", 1000, 48},
    {26, "\n", 8, 70, 2, 12, "|", 1000, 48},
    {27, "山田太郎\n花子", 7, 70, 2, 12, "山田太郎|花子", 875, 48},
    {28, "山田太郎花子\n次郎", 6, 70, 3, 12, "山田太|郎花子|次郎", 1000, 48},
    {29, "ABCDEFGHIJKL", 6, 100, 2, 12, "ABCDEF|GHIJKL", 1000,
     48}, /* a word longer than the measure */
    {30, "ABCDEFGHIJKLM", 6, 100, 2, 12, NULL, 0, 0},
    {31, "ABCD EFGHIJ", 8, 100, 2, 12, "ABCD|EFGHIJ", 1000, 48},
    {32, "ABCDEFGH", 6, 70, 2, 12, "ABCDEFGH", 750, 48},
    {33, "ABCDEFGHI JK", 6, 70, 2, 9, "ABCDEFGHI|JK", 711,
     45}, /* smaller before a word is broken */
    {34, "ーーーーーー", 6, 100, 2, 12, "ーーー|ーーー", 1000, 48}, /* nothing but kinsoku */
    {35, "山", 1, 70, 4, 12, NULL, 0, 0}, /* one character is wider than the frame */
    {36, "山", 1, 50, 1, 12, "山", 500, 48},
    {37, "葛\U000E0102葛\U000E0102葛\U000E0102葛\U000E0102", 4, 100, 2, 12,
     "葛\U000E0102葛\U000E0102|葛\U000E0102葛\U000E0102", 1000, 48},
    {38, "か\u3099か\u3099か\u3099か\u3099", 4, 100, 2, 12, "か\u3099か\u3099|か\u3099か\u3099",
     1000, 48},
    {39, "山田太郎花子次", 12, 100, 2, 12, "山田太郎|花子次", 1000,
     48},                                 /* no lone last character */
    {40, "  ", 1, 70, 1, 12, NULL, 0, 0}, /* two half-em blanks are an em */
    {41, "１２３４番地５６号", 8, 100, 4, 12, "１２３４|番地|５６号", 1000, 48},
    {42, "田中 １２３４番", 10, 100, 2, 12, "田中|１２３４番", 1000, 48},
};

static void short_fields(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(short_rows) / sizeof(*short_rows); i++)
        row_check(short_rows[i].row, row_holds(&short_rows[i], false));
    check_rows();
}

/* -- running text -- */

static const struct fit_row running_rows[] = {
    {1, "一二三四五六七八九十", 10, 70, 4, 12, "一二三四五|六七八九十", 1000,
     48}, /* not condensed first */
    {2, "あいうえお、かきくけこ", 10, 70, 4, 12, "あいうえ|お、かき|くけこ", 1000, 48},
    {3, "あいうえおかきくけこさ", 10, 70, 4, 12, "あいうえお|かきく|けこさ", 1000,
     48}, /* no lone last one */
    {4, "あいうえお（かきくけこ", 12, 70, 4, 12, "あいうえお|（かきくけこ", 1000, 48},
    {5, "あいうえおABCDかきくけこ", 12, 70, 4, 12, "あいうえお|ABCDかき|くけこ", 1000, 48},
    {6, "一二三四五六七八九十", 10, 70, 1, 12, NULL, 0, 0},
    {7, "一二三四五六七八九十一二", 10, 70, 2, 12, "一二三四五六|七八九十一二", 833, 48},
    {8, "https://example.jp/abc を見る", 14, 70, 4, 12, "https://|example.jp/abc|を見る", 1000, 48},
    {9, "0123456789012345 番", 14, 70, 4, 12, "01234567890123|45 番", 1000, 48},
    {10, "一二三四五六七八九十一二三四五", 10, 70, 2, 12, NULL, 0, 0},
    {11, "一二三四五六七八九十一二三四五", 10, 70, 2, 9, "一二三四五六七八|九十一二三四五", 714,
     42},
};

static void running_text(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(running_rows) / sizeof(*running_rows); i++)
        row_check(running_rows[i].row, row_holds(&running_rows[i], true));
    check_rows();
}

static void justification(void **state)
{
    struct measure measure = {.width = 21 * HALF,
                              .size = 12 * PT,
                              .min_size = 12 * PT,
                              .condense = 100,
                              .lines = 9,
                              .justify = true};
    struct set_text set;
    struct error error = {.message = MSG_NONE};
    struct text text = TEXT("あいうえおかきくけこさしすせそたちつてとなにぬねの\nはひ");
    (void)state;
    row_check(1, typeset_fit(fonts, role, text, &measure, &arena, &set, &error) == OK &&
                     set.count == 4);
    row_check(2, set.lines[0].count == 10 && set.lines[0].spacing == HALF / 9);
    row_check(3, measure.width - set.lines[0].width >= 0 && measure.width - set.lines[0].width < 9);
    row_check(4, set.lines[2].spacing == 0 && set.lines[3].spacing == 0);
    row_check(5, is_sound(&set, &measure));
    measure.tracking = PT; /* letters set wide from the start */
    row_check(6, typeset_fit(fonts, role, text, &measure, &arena, &set, &error) == OK);
    row_check(7, set.lines[0].spacing >= PT && is_sound(&set, &measure));
    row_check(8, set.lines[set.count - 1].spacing == PT);
    measure = (struct measure){.width = 14 * HALF,
                               .size = 12 * PT,
                               .min_size = 12 * PT,
                               .condense = 100,
                               .lines = 9,
                               .justify = true};
    text = TEXT(
        "あいABCDEFGHIJKLMNさしす"); /* spreading two characters to seven ems would tear them apart */
    row_check(9, typeset_fit(fonts, role, text, &measure, &arena, &set, &error) == OK);
    row_check(10, set.lines[0].count == 2 && set.lines[0].spacing == 0);
    check_rows();
}

/* -- the rules of a measure -- */

static void limits(void **state)
{
    (void)state;
    int row = 0;
    for (uint16_t scale = 1; scale <= 1000; scale = (uint16_t)(scale + 37)) {
        for (emu width = 1; width < 8000000; width = width * 3 + 7) {
            int64_t limit = measure_limit(width, scale);
            row_check(++row, measure_width(limit, scale) <= width &&
                                 measure_width(limit + 1, scale) > width);
        }
    }
    row_check(++row, measure_width(INT64_MAX / 2, 1000) == INT32_MAX);
    check_rows();
}

/* Lines are never worse than proper unless nothing proper fits; every width, a text with everything in it. */
static void every_width(void **state)
{
    static const char text[] = "〒100-"
                               "0013\u3000東京都千代田区霞が関３丁目２番１号、第一「メゾン・ド・カ"
                               "スミ」ヶ丘Ａ棟1203号室（仮）";
    (void)state;
    for (int halves = 4; halves < 110; halves++) {
        struct measure measure = {.width = halves * HALF,
                                  .size = 12 * PT,
                                  .min_size = 12 * PT,
                                  .condense = 60,
                                  .lines = 40};
        struct set_text set;
        struct error error = {.message = MSG_NONE};
        arena_wipe(&arena);
        enum status status =
            typeset_fit(fonts, role, text_of(text), &measure, &arena, &set, &error);
        row_check(halves, status == OK && is_sound(&set, &measure));
        for (uint32_t i = 1; status == OK && halves >= 20 && i < set.count; i++) {
            const char *at = set.lines[i].text.bytes;
            row_check(halves, strncmp(at, "、", 3) && strncmp(at, "」", 3) &&
                                  strncmp(at, "ヶ", 3) && strncmp(at, "）", 3) &&
                                  strncmp(at, "・", 3));
        }
    }
    check_rows();
}

static void faults(void **state)
{
    struct measure measure = {
        .width = 20 * HALF, .size = 12 * PT, .min_size = 12 * PT, .condense = 70, .lines = 3};
    struct set_text set;
    struct error error = {.message = MSG_NONE};
    (void)state;
    row_check(1, typeset_fit(fonts, role, TEXT("山田\n葛\U000E01EF"), &measure, &arena, &set,
                             &error) == REJECT &&
                     error.message == MSG_NO_GLYPH && error.offset == 8);
    row_check(2, typeset_fit(fonts, role, TEXT("山\r\n田"), &measure, &arena, &set, &error) ==
                         REJECT &&
                     error.message == MSG_CONTROL_CHARACTER && error.offset == 4);
    struct arena narrow;
    arena_open(&narrow, 16);
    row_check(3, typeset_fit(fonts, role, TEXT("山田太郎山田太郎山田太郎"), &measure, &narrow, &set,
                             &error) == STOP &&
                     error.message == MSG_NO_MEMORY);
    arena_close(&narrow);
    measure.lines = 0; /* counts as one */
    row_check(4, typeset_fit(fonts, role, TEXT("山田"), &measure, &arena, &set, &error) == OK &&
                     set.count == 1);
    static char many[4000];
    memset(many, '\n', sizeof(many));
    struct text text = {many, sizeof(many)};
    measure.lines = 9999;
    row_check(5, typeset_fit(fonts, role, text, &measure, &arena, &set, &error) == REJECT);
    memset(many, 'a', sizeof(many));
    row_check(6, typeset_fit(fonts, role, text, &measure, &arena, &set, &error) == REJECT &&
                     error.message == MSG_TEXT_TOO_LONG);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_fields),  cmocka_unit_test(running_text),
        cmocka_unit_test(justification), cmocka_unit_test(limits),
        cmocka_unit_test(every_width),   cmocka_unit_test(faults)};
    struct error error = {.message = MSG_NONE};
    arena_open(&arena, 4u << 20);
    if (fonts_open("fonts", &fonts, &error) != OK)
        return 1;
    role = fonts_role(fonts, TEXT("mincho"));
    int failed = check_run(tests);
    fonts_close(fonts);
    arena_close(&arena);
    return failed;
}
