/* What a frame asks for around its text: width of digits, even spacing, one scale for frames of one name; and the order
 * in which a long name is made to fit. */
#include "compose/adjust.h"
#include "unit/compose_sample.h"

static struct sample sample;

#define WORDS "form: own\nparts:\n  a: \"{name}\"\n  b: \"{name}\"\n  c: \"{kana}\"\n"
#define LAYOUT(style, more)                                                                        \
    "paper: A4\nstyles:\n  s: { font: mincho, size: 10, leading: 14, condense: 70" style " }\n"    \
    "frames:\n"                                                                                    \
    "  - { part: a, style: s, x: 20, y: 20, w: 60, h: 10" more " }\n"                              \
    "  - { part: b, style: s, x: 20, y: 40, w: 35, h: 10" more " }\n"                              \
    "  - { part: c, style: s, x: 20, y: 60, w: 60, h: 10 }\n"

static bool opens(const char *layout)
{
    if (sample_bind(&sample, WORDS, layout) == OK)
        return true;
    fprintf(stderr, "%d %s\n", (int)sample.error.message, sample.error.name);
    return false;
}

static bool set_name(const char *name)
{
    sample.letter.field[FIELD_NAME] = text_of(name);
    return sample_compose(&sample, COMPOSE_DRAW) == OK;
}

static const struct item_text *item(uint32_t index)
{
    return &sample.pages.pages[0].list.items[index].as.text;
}

/* -- digits -- */

static void digits(void **state)
{
    static const struct {
        int row;
        enum digits digits;
        const char *in, *out;
    } rows[] = {
        {1, DIGITS_AS_IS, "1２3", "1２3"},
        {2, DIGITS_HALF, "1２3", "123"},
        {3, DIGITS_FULL, "1２3", "１２３"},
        {4, DIGITS_HALF, "０１２３４５６７８９", "0123456789"},
        {5, DIGITS_FULL, "0123456789", "０１２３４５６７８９"},
        {6, DIGITS_HALF, "Ａ１：／", "Ａ1：／"}, /* the neighbours of the digits in their block */
        {7, DIGITS_FULL, "a/1:", "a/１:"},
        {8, DIGITS_HALF, "山田", "山田"},
        {9, DIGITS_HALF, "", ""},
        {10, DIGITS_FULL, "0\uFE00 0", "0\uFE00 ０"}, /* the base of a sequence */
        {11, DIGITS_FULL,
         "1\u20E3"
         "2\U000E0100"
         "3",
         "1\u20E3"
         "2\U000E0100"
         "３"},
        {12, DIGITS_HALF, "一丁目２番３号", "一丁目2番3号"},
    };
    struct arena arena;
    (void)state;
    arena_open(&arena, 1u << 16);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct text in = text_of(rows[i].in), out;
        row_check(rows[i].row,
                  digits_fold(rows[i].digits, in, &arena, &out) && text_is(out, rows[i].out));
    }
    struct text in = text_of("１山２田3"), out;
    row_check(20, digits_fold(DIGITS_HALF, in, &arena, &out));
    row_check(21, digits_offset(in, out, 1) == 1 && digits_offset(in, out, 2) == 4);
    row_check(22, digits_offset(in, out, 5) == 7 && digits_offset(in, out, 6) == 10);
    row_check(23, digits_offset(in, out, 0) == 0 && digits_offset(in, in, 5) == 5);
    arena_close(&arena);
    arena_open(&arena, 4);
    row_check(24, !digits_fold(DIGITS_FULL, TEXT("0123456789"), &arena, &out));
    arena_close(&arena);
    check_rows();
}

/* What is printed is what the line says; a hold names the place in the record's own text. */
static void digits_of_a_frame(void **state)
{
    (void)state;
    row_check(1, opens(LAYOUT(", digits: full", "")) && set_name("架空1"));
    row_check(2, text_is(item(0)->text, "架空１") && item(0)->count == 3);
    row_check(3, opens(LAYOUT(", digits: half", "")) && set_name("架空１"));
    row_check(4, text_is(item(0)->text, "架空1"));
    sample.letter.field[FIELD_NAME] = text_of("１１\xF0\xB0\x80\x80");
    row_check(5, sample_compose(&sample, COMPOSE_DRAW) == REJECT && sample.error.offset == 7);
    row_check(6, opens(LAYOUT("", "")) && set_name("架空１") && text_is(item(0)->text, "架空１"));
    check_rows();
}

/* -- even spacing -- */

static void even(void **state)
{
    static const struct {
        int row;
        const char *name;
        int ems; /* as set, tenths */
    } rows[] = {
        {1, "林一", 70},
        {2, "山田太郎", 70},
        {3, "山田\u3000太", 70},
        {4, "山", 10},
        {5, "一二三四五六七", 70},
        {6, "一二三四五六七八", 80},
        {7, "Li Na", 25},
        {8, "山田A", 25},
        {9, "か\u3099か\u3099", 70},
        {10, "葛\U000E0102山", 70},
    };
    (void)state;
    row_check(100, opens(LAYOUT("", ", even: 7")));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        row_check(rows[i].row, set_name(rows[i].name));
        const struct item_text *line = item(0);
        emu width =
            typeset_width(line->glyphs, line->count, line->size, line->scale, line->spacing);
        emu off = rows[i].ems * EMU_PER_PT - width;
        row_check(rows[i].row, off >= 0 && off < (emu)line->count + 1);
    }
    /* 35 mm hold 9.9 ems: neither frame is left. */
    row_check(101, opens(LAYOUT("", ", even: 12")) && set_name("山田") && item(1)->spacing == 0 &&
                       item(0)->spacing == 100 * EMU_PER_PT);
    check_rows();
}

/* -- one scale -- */

static void match(void **state)
{
    static const char *const name = "架空\u3000花子太郎次郎三郎";
    (void)state;
    row_check(1, opens(LAYOUT("", "")) && set_name(name));
    row_check(2, item(0)->scale == 1000 && item(1)->scale < 1000);
    uint16_t least = item(1)->scale;
    row_check(3, opens(LAYOUT("", ", match: name")) && set_name(name));
    row_check(4, item(0)->scale == least && item(1)->scale == least && item(2)->scale == 1000);
    row_check(5, item(0)->x == 20 * EMU_PER_MM);
    row_check(6, sample.fits.count == 3 && sample.fits.list[0].scale == least &&
                     sample.fits.list[2].scale == 1000);
    row_check(7, opens(LAYOUT(", align: right", ", match: name")) && set_name(name));
    emu end = item(0)->x + typeset_width(item(0)->glyphs, item(0)->count, item(0)->size,
                                         item(0)->scale, item(0)->spacing);
    row_check(8, end >= 80 * EMU_PER_MM - 2 && end <= 80 * EMU_PER_MM + 1);
    row_check(9, opens(LAYOUT(", align: center", ", match: name")) && set_name(name));
    emu width = typeset_width(item(0)->glyphs, item(0)->count, item(0)->size, item(0)->scale,
                              item(0)->spacing);
    emu off = 2 * item(0)->x + width - 100 * EMU_PER_MM;
    row_check(10, off >= -4 && off <= 4);
    row_check(11, set_name("架空\u3000花子") && item(0)->scale == 1000 && item(1)->scale == 1000);
    /* One of them needs a second line or smaller type: each keeps its own. */
    row_check(12, opens(LAYOUT(", lines: 2, small: 8, tight: 9", ", match: name")) &&
                      set_name("架空\u3000花子太郎次郎三郎四郎五郎六郎"));
    row_check(13, item(0)->scale == 1000 && item(1)->size == 8 * EMU_PER_PT);
    check_rows();
}

/* -- full size, condensed, smaller, further lines, hold -- */

static void order(void **state)
{
    static const struct {
        int row, characters;
        uint32_t lines;
        int quarters;         /* of a point */
        uint16_t least, most; /* scale */
    } rows[] = {
        {1, 9, 1, 40, 1000, 1000}, /* 35 mm hold 9.92 characters of 10 pt */
        {2, 10, 1, 40, 990, 993},
        {3, 14, 1, 40, 700, 710},
        {4, 15, 1, 37, 700, 720}, /* condensed to the limit, then smaller */
        {5, 16, 1, 35, 700, 720},
        {6, 17, 2, 32, 1000, 1000}, /* 9 pt are the least of one line: 8 pt on two */
        {7, 24, 2, 32, 1000, 1000},
        {8, 34, 2, 32, 700, 740},
        {9, 36, 0, 0, 0, 0},
    };
    static const char one[] = "山";
    (void)state;
    row_check(100, opens(LAYOUT(", min_size: 8.75, lines: 2, small: 8, tight: 9", "")));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char name[200] = "";
        for (int k = 0; k < rows[i].characters; k++)
            memcpy(name + 3 * k, one, 4);
        bool fits = set_name(name);
        row_check(rows[i].row, fits == (rows[i].lines > 0));
        const struct fit *fit = fits ? &sample.fits.list[1] : NULL;
        row_check(rows[i].row, fits ? fit->lines == rows[i].lines &&
                                          fit->size == rows[i].quarters * EMU_PER_PT / 4 &&
                                          fit->scale >= rows[i].least && fit->scale <= rows[i].most
                                    : sample.error.message == MSG_TEXT_TOO_LONG);
    }
    check_rows();
}

/* Hard names in the shipped frame's rule: a line of 126 mm, then two of 9 pt. */
static void hard_names(void **state)
{
    static const struct {
        int row;
        const char *name, *want;
    } rows[] = {
        {1, "架空 花子（見本 花子）", "架空 花子（見本 花子）"},
        {2,
         "アレクサンドラ・マリア・フォン・ホーエンベルク＝ゾンネンシャイン（見本アレクサンドラ）",
         "アレクサンドラ・マリア・フォン・ホーエンベルク＝|ゾンネンシャイン（見本アレクサンドラ）"},
        {3,
         "MARIA ALEXANDRA CRISTINA FERNANDA GABRIELA ISABELLA JOSEFINA MONTSERRAT DE LA VEGA Y "
         "SOTOMAYOR MENDOZA",
         "MARIA ALEXANDRA CRISTINA FERNANDA GABRIELA ISABELLA|JOSEFINA MONTSERRAT DE LA VEGA Y "
         "SOTOMAYOR MENDOZA"},
        {5,
         "アレクサンドラマリアクリスティーナゾンネンシャイン（見本アレクサンドラマリアクリスティー"
         "ナ）様方気付",
         "アレクサンドラマリアクリスティーナゾンネンシャイン|"
         "（見本アレクサンドラマリアクリスティーナ）様方気付"},
        {4,
         "MARIAALEXANDRACRISTINAFERNANDAGABRIELAISABELLAJOSEFINAMONTSERRATDELAVEGAYSOTOMAYORMENDOZA"
         "XYZ",
         NULL},
    };
    (void)state;
    row_check(
        100,
        sample_bind(&sample, WORDS,
                    "paper: A4\nstyles:\n  s: { font: mincho, size: 12, leading: 20, condense: 70, "
                    "lines: 2, small: 9, tight: 9.8, valign: middle }\nframes:\n"
                    "  - { part: a, style: s, x: 20, y: 20, w: 126, h: 7.3 }\n"
                    "  - { part: b, style: s, x: 20, y: 40, w: 126, h: 7.3 }\n"
                    "  - { part: c, style: s, x: 20, y: 60, w: 126, h: 7.3 }\n") == OK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char got[400];
        uint32_t length = 0;
        row_check(rows[i].row, set_name(rows[i].name));
        for (uint32_t k = 0; k < sample.fits.list[0].lines; k++) {
            if (k)
                got[length++] = '|';
            memcpy(got + length, item(k)->text.bytes, item(k)->text.length);
            length += item(k)->text.length;
        }
        got[length] = '\0';
        row_check(rows[i].row,
                  rows[i].want ? strcmp(got, rows[i].want) == 0 : length > strlen(rows[i].name));
        if (rows[i].want && strcmp(got, rows[i].want) != 0)
            fprintf(stderr, "got  %s\nwant %s\n", got, rows[i].want);
    }
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digits), cmocka_unit_test(digits_of_a_frame),
        cmocka_unit_test(even),   cmocka_unit_test(match),
        cmocka_unit_test(order),  cmocka_unit_test(hard_names)};
    if (!sample_open(&sample))
        return 1;
    int failed = check_run(tests);
    sample_close(&sample);
    return failed;
}
