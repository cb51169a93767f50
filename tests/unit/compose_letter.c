/* One letter: holds with their column and offset, frames left out, fits. */
#include "unit/compose_sample.h"

static struct sample sample;

#define PLACES(frames)                                                                             \
    "paper: A4\nstyles:\n  s: { font: mincho, size: 10, leading: 14, lines: 1, condense: 70 "      \
    "}\nframes:\n" frames
#define FRAME(part, y) "  - { part: " part ", style: s, x: 20, y: " #y ", w: 60, h: 10 }\n"
#define UNKNOWN "\xF0\xB0\x80\x80" /* U+30000, in none of the fonts */

static const char *const words = "form: own\nparts:\n"
                                 "  a: \"氏名 {name} 様（{kana}）\"\n"
                                 "  b: \"{office?}　{extra?}\"\n"
                                 "  c: \"{愛称?}\"\n"
                                 "  d: \"https://example.org/?{symbol}\"\n"
                                 "  e: \"{insurer} {branch}\"\n";

static char *own_words(void)
{
    /* without the field that does not exist here */
    static char copy[600];
    snprintf(copy, sizeof copy, "%s", words);
    char *at = strstr(copy, "　{extra?}");
    memmove(at, at + strlen("　{extra?}"), strlen(at + strlen("　{extra?}")) + 1);
    return copy;
}

static const char *const places =
    PLACES(FRAME("a", 20) FRAME("b", 40) FRAME("c", 60)
               FRAME("e", 100) "  - { part: d, symbol: qr, x: 20, y: 110, size: 3, "
                               "level: L }\n"); /* 70 dots: version 11, 321 bytes */

static void holds(void **state)
{
    static const struct {
        int row;
        int field;
        const char *value;
        enum message message;
        const char *column;
        uint32_t offset;
    } rows[] = {
        {1, FIELD_NAME, "架空" UNKNOWN, MSG_NO_GLYPH, "氏名", 7},
        {2, FIELD_KANA, UNKNOWN, MSG_NO_GLYPH, "フリガナ", 1},
        {3, FIELD_KANA, "カクウ" UNKNOWN "ハ", MSG_NO_GLYPH, "フリガナ", 10},
        {4, FIELD_COUNT, "はな" UNKNOWN, MSG_NO_GLYPH, "愛称", 7},
        {5, FIELD_BRANCH, UNKNOWN, MSG_NO_GLYPH, "枝番", 1},
        {6, FIELD_NAME, "葛\xF3\xA0\x87\xAF", MSG_NO_GLYPH, "氏名",
         1}, /* U+E01EF: no such sequence */
        {7, FIELD_NAME, "寿限無寿限無五劫擦切海砂利水魚水行末雲来末", MSG_TEXT_TOO_LONG, "氏名", 0},
        {8, FIELD_KANA, "ジュゲムジュゲムゴコウノスリキレ", MSG_TEXT_TOO_LONG, "氏名",
         0}, /* first field of its part */
        {9, FIELD_COUNT, "一二三四五六七八九十一二三四五六七八九十一二三四五", MSG_TEXT_TOO_LONG,
         "愛称", 0},
        {10, FIELD_SYMBOL,
         "0123456789012345678901234567890123456789012345678901234567890123456789"
         "0123456789012345678901234567890123456789012345678901234567890123456789"
         "0123456789012345678901234567890123456789012345678901234567890123456789"
         "0123456789012345678901234567890123456789012345678901234567890123456789"
         "0123456789012345678901234567890123456789012345678901234567890123456789",
         MSG_SYMBOL_TOO_LONG, "記号", 0},
    };
    (void)state;
    row_check(0, sample_bind(&sample, own_words(), places) == OK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        for (int mode = COMPOSE_DRAW; mode <= COMPOSE_PROVE; mode++) {
            sample_person(&sample);
            sample.letter.field[rows[i].field] = text_of(rows[i].value);
            row_check(rows[i].row, sample_compose(&sample, (enum compose_mode)mode) == REJECT);
            row_check(rows[i].row, sample.error.message == rows[i].message);
            row_check(rows[i].row, strcmp(sample.error.name, rows[i].column) == 0);
            row_check(rows[i].row, sample.error.offset == rows[i].offset && sample.error.row == 7);
            row_check(rows[i].row, sample.pages.count == 0);
        }
        sample_person(&sample); /* nothing of a refused letter stays */
        row_check(rows[i].row, sample_compose(&sample, COMPOSE_DRAW) == OK);
    }
    check_rows();
}

static bool shows(const char *text)
{
    const struct item_list *list = &sample.pages.pages[0].list;
    for (uint32_t i = 0; i < list->count; i++)
        if (list->items[i].kind == ITEM_TEXT && text_is(list->items[i].as.text.text, text))
            return true;
    return false;
}

static void left_out(void **state)
{
    (void)state;
    row_check(1, sample_bind(&sample, own_words(), places) == OK && sample.form.frame_count == 4);
    row_check(2, sample_compose(&sample, COMPOSE_DRAW) == OK && shows("はな"));
    row_check(3, sample.pages.count == 1 && sample.pages.pages[0].list.count == 4);
    row_check(4, sample.pages.pages[0].layer == &sample.form.layer);
    row_check(5,
              sample.pages.pages[0].width == A4_WIDTH && sample.pages.pages[0].height == A4_HEIGHT);
    row_check(6, sample.fits.count == 5 && text_is(sample.fits.list[0].frame, "b"));
    sample.letter.field[FIELD_COUNT] = (struct text){0};
    row_check(7,
              sample_compose(&sample, COMPOSE_DRAW) == OK && sample.pages.pages[0].list.count == 3);
    row_check(8, !shows("") && sample.fits.count == 4);
    row_check(9, sample_compose(&sample, COMPOSE_PROVE) == OK &&
                     sample.pages.pages[0].list.count == 2);
    row_check(10, sample.fits.count == 4);
    row_check(11, shows("氏名 架空　花子 様（カクウ　ハナコ）"));
    row_check(12, compose_letter(&sample.form, &sample.letter, COMPOSE_DRAW, sample.fonts,
                                 &sample.letter_arena, &sample.pages, NULL, NULL) == OK);
    check_rows();
}

/* One line if it can be, then small type on two lines, then condensed, then held; always inside the box. */
static void broken(void **state)
{
    static const struct {
        int row;
        uint32_t characters;
        uint32_t lines; /* 0: held */
        int size;       /* pt */
        int low, high;  /* scale */
    } rows[] = {
        {1, 1, 1, 12, 1000, 1000},  {2, 10, 1, 12, 1000, 1000}, {3, 11, 1, 12, 900, 910},
        {4, 14, 1, 12, 700, 715},   {5, 15, 1, 8, 1000, 1000},  {6, 30, 2, 8, 1000, 1000},
        {7, 31, 2, 8, 900, 999},    {8, 42, 2, 8, 700, 730},    {9, 43, 0, 0, 0, 0},
        {10, 16, 2, 8, 1000, 1000},
    };
    static const char *const own =
        "paper: A4\nframes:\n  - { part: a, font: mincho, size: 12, leading: 20, condense: 70, "
        "small: 8,"
        " tight: 9, lines: 2, valign: middle, x: 20, y: 20, w: 42.4, h: 7 }\n"; /* 120.2 pt wide */
    (void)state;
    row_check(0, sample_bind(&sample, "form: own\nparts:\n  a: \"{name}\"\n", own) == OK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char name[3 * 64];
        for (uint32_t k = 0; k < rows[i].characters; k++)
            memcpy(name + 3 * k, "国", 3);
        sample.letter.field[FIELD_NAME] = (struct text){name, 3 * rows[i].characters};
        enum status status = sample_compose(&sample, COMPOSE_DRAW);
        row_check(rows[i].row, status == (rows[i].lines ? OK : REJECT));
        if (status != OK)
            continue;
        const struct item_list *list = &sample.pages.pages[0].list;
        row_check(rows[i].row,
                  list->count == rows[i].lines && sample.fits.list[0].lines == rows[i].lines);
        for (uint32_t k = 0; k < list->count; k++) {
            const struct item_text *text = &list->items[k].as.text;
            row_check(rows[i].row, text->size == rows[i].size * 12700);
            row_check(rows[i].row, text->scale >= rows[i].low && text->scale <= rows[i].high);
            row_check(rows[i].row, text->y - text->size * 88 / 100 >= 20 * 36000);
            row_check(rows[i].row, text->y + text->size * 12 / 100 <= 27 * 36000);
            row_check(rows[i].row, typeset_width(text->glyphs, text->count, text->size, text->scale,
                                                 text->spacing) <= 42.4 * 36000);
        }
    }
    check_rows();
}

static void guides(void **state)
{
    (void)state;
    row_check(1, sample_bind(&sample, own_words(), places) == OK &&
                     sample_compose(&sample, COMPOSE_DRAW) == OK);
    struct digest before, after;
    row_check(2, letter_digest(sample.sheets, sample.fonts, &sample.pages, &before,
                               &sample.error) == OK);
    row_check(3, compose_guides(&sample.form, sample.fonts, &sample.letter_arena, &sample.pages,
                                &sample.error) == OK);
    row_check(4, letter_digest(sample.sheets, sample.fonts, &sample.pages, &after,
                               &sample.error) == OK);
    row_check(5, memcmp(&before, &after, sizeof before) == 0);
    const struct item_list *list = &sample.pages.pages[0].guides;
    uint32_t words_seen = 0, across = 0, down = 0;
    for (uint32_t i = 0; i < list->count; i++) {
        const struct item_stroke *stroke = &list->items[i].as.stroke;
        words_seen += list->items[i].kind == ITEM_TEXT;
        across += list->items[i].kind == ITEM_STROKE && stroke->w == 0 && stroke->y == 0;
        down += list->items[i].kind == ITEM_STROKE && stroke->h == 0 && stroke->x == 0;
    }
    row_check(6,
              across == 209 && down == 297); /* a tick each whole millimetre of 209.973 x 297.011 */
    row_check(7, words_seen == 20 + 29 + 5); /* numbers of both rulers, frames */
    check_rows();
}

static void no_memory(void **state)
{
    (void)state;
    row_check(1, sample_bind(&sample, own_words(), places) == OK);
    bool done = false;
    for (size_t ceiling = 0; ceiling < (1u << 20) && !done; ceiling += 512) {
        struct arena arena;
        struct error error = {0};
        struct page_list pages;
        arena_open(&arena, ceiling);
        enum status status = compose_letter(&sample.form, &sample.letter, COMPOSE_DRAW,
                                            sample.fonts, &arena, &pages, NULL, &error);
        done = status == OK;
        row_check(2,
                  done || (status == STOP && error.message == MSG_NO_MEMORY && pages.count == 0));
        arena_close(&arena);
    }
    row_check(3, done);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(holds), cmocka_unit_test(left_out),
                                       cmocka_unit_test(broken), cmocka_unit_test(guides),
                                       cmocka_unit_test(no_memory)};
    if (!sample_open(&sample))
        return 1;
    int failed = check_run(tests);
    sample_close(&sample);
    return failed;
}
