/* A household's letter: rows, further sheets, holds of a member; and what follows notice.card.printed. */
#include "unit/compose_sample.h"

static struct sample sample;

#define MEMBERS 100
#define UNKNOWN "\xF0\xB0\x80\x80" /* U+30000, in none of the fonts */
#define WORDS(parts) "form: own\nunit: household\nparts:\n" parts
#define STYLE                                                                                      \
    "paper: A4\nstyles:\n  s: { font: mincho, size: 10, leading: 14, condense: 70, lines: 1 }\n"
#define FRAME(part, y) "  - { part: " part ", style: s, x: 20, y: " #y ", w: 60, h: 10 }\n"
#define TABLE                                                                                      \
    "tables:\n  - { name: members, x: 20, y: 100, w: 100, row: 9, rows: 4, rule: 0.3,\n"           \
    "      frames: [ { part: member, style: s, x: 20, w: 40 },\n"                                  \
    "                { part: number, style: s, x: 70, y: 2, w: 40, align: right } ] }\n"

static const char *const words = WORDS("  title: お知らせ\n"
                                       "  member: \"{member}\"\n"
                                       "  number: \"**** {last4} {愛称?}\"\n"
                                       "  sheet: \"{sheet!} / {sheets!} 枚\"\n"
                                       "  ask: \"電話 {tel}\"\n");
static const char *const places =
    STYLE "frames:\n" FRAME("title", 20) FRAME("sheet", 40) FRAME("ask", 60) TABLE;

static struct letter members[MEMBERS];

/* So many members; the name of each says its number. */
static void gather(uint32_t count)
{
    static char names[MEMBERS][12];
    sample_person(&sample);
    for (uint32_t i = 0; i < count; i++) {
        members[i] = sample.letter;
        members[i].row = 100 + i;
        int length = snprintf(names[i], sizeof names[i], "M%u", i);
        members[i].field[FIELD_NAME] = (struct text){names[i], (uint32_t)length};
    }
    memset(&sample.letter, 0, sizeof sample.letter);
    sample.letter.row = 100;
    sample.letter.members = members;
    sample.letter.member_count = count;
}

static const struct item *shown(uint32_t page, const char *text)
{
    const struct item_list *list = &sample.pages.pages[page].list;
    for (uint32_t i = 0; i < list->count; i++)
        if (list->items[i].kind == ITEM_TEXT && text_is(list->items[i].as.text.text, text))
            return &list->items[i];
    return NULL;
}

static uint32_t strokes(uint32_t page)
{
    const struct item_list *list = &sample.pages.pages[page].list;
    uint32_t count = 0;
    for (uint32_t i = 0; i < list->count; i++)
        count += list->items[i].kind == ITEM_STROKE;
    return count;
}

/* Every member on the sheet and the row that its place in the order gives, once. */
static bool in_order(uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        char name[12];
        snprintf(name, sizeof name, "M%u", i);
        const struct item *item = shown(i / 4, name);
        emu top = (100 + 9 * (emu)(i % 4)) * EMU_PER_MM;
        if (!item || item->as.text.y <= top || item->as.text.y >= top + 9 * EMU_PER_MM)
            return false;
    }
    return true;
}

static void sheets(void **state)
{
    static const struct {
        int row;
        uint32_t members, sheets, last; /* last: rows of the last sheet */
        const char *mark;               /* of the last sheet */
    } rows[] = {
        {1, 1, 1, 1, NULL},        {2, 3, 1, 3, NULL},           {3, 4, 1, 4, NULL},
        {4, 5, 2, 1, "2 / 2 枚"},  {5, 8, 2, 4, "2 / 2 枚"},     {6, 9, 3, 1, "3 / 3 枚"},
        {7, 12, 3, 4, "3 / 3 枚"}, {8, 38, 10, 2, "10 / 10 枚"}, {9, 100, 25, 4, "25 / 25 枚"},
    };
    (void)state;
    row_check(0, sample_bind(&sample, words, places) == OK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint32_t count = rows[i].members, last = rows[i].sheets - 1;
        gather(count);
        row_check(rows[i].row, form_sheets(&sample.form, count) == rows[i].sheets);
        row_check(rows[i].row, sample_compose(&sample, COMPOSE_PROVE) == OK);
        row_check(rows[i].row, sample_compose(&sample, COMPOSE_DRAW) == OK);
        row_check(rows[i].row, sample.pages.count == rows[i].sheets);
        if (sample.pages.count != rows[i].sheets)
            continue;
        row_check(rows[i].row, in_order(count));
        row_check(rows[i].row, strokes(last) == rows[i].last);
        /* two texts and a rule a row, and the mark of the sheet: nothing stands twice */
        row_check(rows[i].row,
                  sample.pages.pages[last].list.count == 3 * rows[i].last + (rows[i].mark != NULL));
        row_check(rows[i].row, last == 0 || (sample.pages.pages[0].list.count == 13 &&
                                             shown(last, rows[i].mark) && strokes(0) == 4));
        for (uint32_t page = 0; page <= last; page++)
            row_check(rows[i].row, sample.pages.pages[page].layer == &sample.form.layer &&
                                       sample.pages.pages[page].width == A4_WIDTH);
    }
    row_check(20, form_sheets(&sample.form, 0) == 1);
    check_rows();
}

/* Places within a row, the rule below it, fits of the first row only. */
static void places_of_rows(void **state)
{
    (void)state;
    row_check(1, sample_bind(&sample, words, places) == OK);
    gather(6);
    row_check(2, sample_compose(&sample, COMPOSE_DRAW) == OK && sample.pages.count == 2);
    const struct item *first = shown(0, "M0"), *second = shown(0, "M1"), *fifth = shown(1, "M4");
    row_check(3, first && second && fifth);
    if (!first || !second || !fifth)
        return;
    row_check(4, first->as.text.x == 20 * EMU_PER_MM && fifth->as.text.x == 20 * EMU_PER_MM);
    row_check(5, first->as.text.y == 100 * EMU_PER_MM + 2 * EMU_PER_PT + 88 * EMU_PER_PT / 10);
    row_check(6, second->as.text.y - first->as.text.y == 9 * EMU_PER_MM);
    row_check(7, fifth->as.text.y == first->as.text.y);
    const struct item *mark = shown(0, "1 / 2 枚"), *next = shown(1, "2 / 2 枚");
    row_check(17, mark && next && mark->as.text.y == next->as.text.y);
    row_check(18, mark && mark->as.text.y < 50 * EMU_PER_MM);
    const struct item *number = shown(0, "**** 6825 はな");
    row_check(8, number && number->as.text.y == first->as.text.y + 2 * EMU_PER_MM);
    const struct item_list *list = &sample.pages.pages[0].list;
    for (uint32_t i = 0, rule = 0; i < list->count; i++) {
        const struct item_stroke *stroke = &list->items[i].as.stroke;
        if (list->items[i].kind != ITEM_STROKE)
            continue;
        rule++;
        row_check(9, stroke->y == (100 + 9 * (emu)rule) * EMU_PER_MM && stroke->h == 0);
        row_check(10, stroke->x == 20 * EMU_PER_MM && stroke->w == 100 * EMU_PER_MM);
        row_check(11, stroke->width == 3810 && stroke->dash_on == 0 && stroke->radius == 0);
    }
    /* layer: title, ask; then the mark, member and number once */
    row_check(12, sample.fits.count == 5 && text_is(sample.fits.list[0].frame, "title"));
    row_check(13, text_is(sample.fits.list[2].frame, "sheet"));
    row_check(14, text_is(sample.fits.list[3].frame, "member") &&
                      text_is(sample.fits.list[4].frame, "number"));
    /* a letter without members is its own only member */
    sample_person(&sample);
    row_check(15, sample_compose(&sample, COMPOSE_DRAW) == OK && sample.pages.count == 1);
    row_check(16, shown(0, "架空　花子") && strokes(0) == 1);
    check_rows();
}

/* A member's own hold: the column, and the row of that member; nothing of the letter is left. */
static void holds(void **state)
{
    static const struct {
        int row;
        uint32_t member;
        int field;
        const char *value;
        enum message message;
        const char *column;
        uint32_t offset;
    } rows[] = {
        {1, 0, FIELD_NAME, "架空" UNKNOWN, MSG_NO_GLYPH, "氏名", 7},
        {2, 3, FIELD_NAME, UNKNOWN, MSG_NO_GLYPH, "氏名", 1},
        {3, 4, FIELD_NAME, "架" UNKNOWN, MSG_NO_GLYPH, "氏名", 4},
        {4, 9, FIELD_NAME, "寿限無寿限無五劫擦切海砂利水魚水行末雲来末", MSG_TEXT_TOO_LONG, "氏名",
         0},
        {5, 5, FIELD_LAST4, "68" UNKNOWN, MSG_NO_GLYPH, "個人番号下4桁", 3},
        {6, 8, FIELD_COUNT, UNKNOWN, MSG_NO_GLYPH, "愛称", 1},
    };
    (void)state;
    row_check(0, sample_bind(&sample, words, places) == OK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        for (int mode = COMPOSE_DRAW; mode <= COMPOSE_PROVE; mode++) {
            gather(10);
            members[rows[i].member].field[rows[i].field] = text_of(rows[i].value);
            row_check(rows[i].row, sample_compose(&sample, (enum compose_mode)mode) == REJECT);
            row_check(rows[i].row, sample.error.message == rows[i].message);
            row_check(rows[i].row, strcmp(sample.error.name, rows[i].column) == 0);
            row_check(rows[i].row, sample.error.row == 100 + rows[i].member);
            row_check(rows[i].row, sample.error.offset == rows[i].offset);
            row_check(rows[i].row, sample.pages.count == 0 && !sample.pages.pages);
            /* the member alone is held for the same reason: what the pre-pass proves */
            members[0] = members[rows[i].member];
            sample.letter.member_count = 1;
            row_check(rows[i].row, sample_compose(&sample, (enum compose_mode)mode) == REJECT);
            row_check(rows[i].row, sample.error.message == rows[i].message);
        }
    }
    check_rows();
}

/* Names that just fit their row fit it on every row alike. */
static void long_names(void **state)
{
    static const char *const names[] = {"寿限無寿限無五劫擦切海砂利水魚水",
                                        "Alexandria Constantina Maximiliana",
                                        "アレクサンドリア　コンスタンティナ"};
    static const char *const own = STYLE "frames:\n" FRAME("title", 20) FRAME("sheet", 40) FRAME(
        "ask",
        60) "tables:\n  - { name: members, x: 20, y: 100, w: 100, row: 9, rows: 4,\n"
            "      frames: [ { part: member, style: s, x: 20, w: 40, lines: 2, small: 8, tight: 9,"
            " valign: middle },\n                { part: number, style: s, x: 70, w: 40 } ] }\n";
    (void)state;
    row_check(0, sample_bind(&sample, words, own) == OK);
    gather(12);
    for (uint32_t i = 0; i < 12; i++)
        members[i].field[FIELD_NAME] = text_of(names[i % 3]);
    row_check(1, sample_compose(&sample, COMPOSE_DRAW) == OK && sample.pages.count == 3);
    for (uint32_t page = 0; page < sample.pages.count; page++) {
        const struct item_list *list = &sample.pages.pages[page].list;
        row_check(2, strokes(page) == 0); /* no rule in this table */
        for (uint32_t i = 0; i < list->count; i++) {
            const struct item_text *text = &list->items[i].as.text;
            emu width =
                typeset_width(text->glyphs, text->count, text->size, text->scale, text->spacing);
            if (text->y < 100 * EMU_PER_MM)
                continue;
            /* within one row, and within its frame */
            emu top = text->y - text->size * 88 / 100, bottom = text->y + text->size * 12 / 100;
            row_check(3, (top - 100 * EMU_PER_MM) / (9 * EMU_PER_MM) ==
                             (bottom - 100 * EMU_PER_MM) / (9 * EMU_PER_MM));
            row_check(4, text->x + width <= 110 * EMU_PER_MM);
            row_check(5, text->x >= 70 * EMU_PER_MM || text->x + width <= 60 * EMU_PER_MM);
        }
    }
    check_rows();
}

static void no_memory(void **state)
{
    (void)state;
    row_check(1, sample_bind(&sample, words, places) == OK);
    gather(9);
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
    /* the largest household, with the longest texts that the table holds, stays within a letter's arena */
    gather(MEMBERS);
    for (uint32_t i = 0; i < MEMBERS; i++)
        members[i].field[FIELD_NAME] = TEXT("寿限無寿限無五劫擦切海砂");
    row_check(4, MEMBERS == LIMIT_MEMBERS && sample_compose(&sample, COMPOSE_DRAW) == OK);
    row_check(5, sample.letter_arena.taken < LIMIT_LETTER_ARENA / 2);
    check_rows();
}

/* -- binding -- */

static void refusals(void **state)
{
    static const struct {
        int row;
        const char *wording, *layout;
        enum message message;
        const char *file;
        uint32_t line;
        const char *name;
    } rows[] = {
        {1, WORDS("  title: 字\n"), STYLE "frames:\n" FRAME("title", 20), MSG_FORM_UNIT,
         "places.yaml", 0, "tables"},
        {2, "form: own\nparts:\n  title: 字\n  member: \"{name}\"\n  number: \"{last4}\"\n",
         STYLE "frames:\n" FRAME("title", 20) TABLE, MSG_FORM_UNIT, "places.yaml", 7, "members"},
        {3, WORDS("  title: \"{name}\"\n  member: \"{name}\"\n  number: \"{last4}\"\n"),
         STYLE "frames:\n" FRAME("title", 20) TABLE, MSG_FORM_OUTSIDE, "places.yaml", 5, "title"},
        {4, WORDS("  title: \"{愛称?}\"\n  member: \"{name}\"\n  number: \"{last4}\"\n"),
         STYLE "frames:\n" FRAME("title", 20) TABLE, MSG_FORM_OUTSIDE, "places.yaml", 5, "title"},
        {5, WORDS("  title: 字\n  member: \"{name}\"\n"),
         STYLE "frames:\n" FRAME("title", 20) TABLE, MSG_FORM_NO_PART, "places.yaml", 9, "number"},
        {6, WORDS("  title: 字\n  member: \"{name}\"\n  number: 字\n  more: 字\n"),
         STYLE "frames:\n" FRAME("title", 20) TABLE, MSG_FORM_PART_UNSHOWN, "words.yaml", 7,
         "more"},
        {7, WORDS("  title: 字\n  member: \"{name}\"\n  number: \"{sheet?} {last4}\"\n"),
         STYLE "frames:\n" FRAME("title", 20) TABLE, MSG_FORM_SHEET_IN_ROW, "places.yaml", 9,
         "number"},
        {8, WORDS("  title: 字\n  member: \"" UNKNOWN "{name}\"\n  number: \"{last4}\"\n"),
         STYLE "frames:\n" FRAME("title", 20) TABLE, MSG_FORM_NO_GLYPH, "words.yaml", 5, "member"},
        /* what is the same in every row, or on every sheet, is tried before the first letter */
        {9,
         WORDS("  title: 字\n  member: \"{name}\"\n"
               "  number: 一二三四五六七八九十一二三四五六七八九十\n"),
         STYLE "frames:\n" FRAME("title", 20) TABLE, MSG_FORM_TOO_LONG, "places.yaml", 9, "number"},
        {10,
         WORDS("  title: 一二三四五六七八九十一二三四五六七八九十 {sheet!}\n  member: \"{name}\"\n"
               "  number: \"{last4}\"\n"),
         STYLE "frames:\n  - { part: title, style: s, x: 20, y: 20, w: 52.5, h: 9 }\n" TABLE,
         MSG_FORM_TOO_LONG, "places.yaml", 5, "title"}, /* with one digit it would fit */
        {11, WORDS("  title: 字\n  member: \"{name}\"\n"),
         STYLE
         "frames:\n" FRAME("title", 20) "tables:\n  - { name: low, x: 20, y: 100, w: 100, "
                                        "row: 9, rows: 1, frames: [ { part: member, style: s, "
                                        "x: 20, w: 40 } ] }\n",
         MSG_FORM_ROWS, "places.yaml", 7, "low"},
        {12, WORDS("  title: 字\n  member: \"{name}\"\n"),
         STYLE
         "frames:\n" FRAME("title", 20) "tables:\n  - { name: t, x: 20, y: 100, w: 100, row: "
                                        "9, rows: 9, frames: [ { part: member, style: s, font: "
                                        "serif, x: 20, w: 40 } ] }\n",
         MSG_FORM_FONT, "places.yaml", 7, "member"},
        {20, WORDS("  title: \"{tel}\"\n  member: \"{name}\"\n  number: \"{tel}\"\n"),
         STYLE "frames:\n" FRAME("title", 20) TABLE, MSG_NONE, "", 0, ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        enum status want = rows[i].message ? STOP : OK;
        row_check(rows[i].row, sample_bind(&sample, rows[i].wording, rows[i].layout) == want);
        row_check(rows[i].row, sample.error.message == rows[i].message);
        row_check(rows[i].row, strcmp(sample.error.file, rows[i].file) == 0);
        row_check(rows[i].row, rows[i].line == 0 || sample.error.line == rows[i].line);
        row_check(rows[i].row, strcmp(sample.error.name, rows[i].name) == 0);
    }
    check_rows();
}

static bool uses(int field, bool optional)
{
    return sample.form.fields.used[field] && sample.form.fields.optional[field] == optional;
}

/* The fields that a record must have are those of the frames in use. */
static void fields(void **state)
{
    (void)state;
    row_check(1, sample_bind(&sample, words, places) == OK);
    row_check(2, uses(FIELD_NAME, false) && uses(FIELD_LAST4, false) && uses(FIELD_COUNT, true));
    row_check(3, uses(FIELD_TEL, false) && uses(FIELD_SHEET, true) && uses(FIELD_SHEETS, true));
    row_check(4, !sample.form.fields.used[FIELD_SYMBOL] && !sample.form.fields.padded_dates);
    /* a part that the layout omits needs nothing; a field is optional only where every frame in use says so */
    row_check(
        5, sample_bind(&sample,
                       "form: own\ndates: padded\nparts:\n  a: \"{symbol?}\"\n  b: \"{symbol}\"\n"
                       "  c: \"{kana} {name?}\"\n  d: \"{name?}\"\n",
                       STYLE "frames:\n" FRAME("a", 20) FRAME("d", 40) "omit: [b, c]\n") == OK);
    row_check(6, uses(FIELD_SYMBOL, true) && uses(FIELD_NAME, true));
    row_check(7, !sample.form.fields.used[FIELD_KANA] && sample.form.fields.padded_dates);
    row_check(8, sample_bind(&sample, "form: own\nparts:\n  a: \"{symbol?}\"\n  b: \"{symbol}\"\n",
                             STYLE "frames:\n" FRAME("b", 20) FRAME("a", 40)) == OK);
    row_check(9, uses(FIELD_SYMBOL, false));
    check_rows();
}

/* A field that only decides takes no room: offsets are still those of the value. */
static void silent(void **state)
{
    (void)state;
    row_check(1, sample_bind(&sample, "form: own\nparts:\n  a: \"{!愛称}呼名 {name}\"\n",
                             STYLE "frames:\n" FRAME("a", 20)) == OK);
    row_check(2, sample_compose(&sample, COMPOSE_DRAW) == OK && shown(0, "呼名 架空　花子"));
    sample.letter.field[FIELD_NAME] = TEXT("架" UNKNOWN);
    row_check(3, sample_compose(&sample, COMPOSE_DRAW) == REJECT && sample.error.offset == 4);
    row_check(4, strcmp(sample.error.name, "氏名") == 0);
    sample.letter.field[FIELD_COUNT] = (struct text){0};
    row_check(5, sample_compose(&sample, COMPOSE_DRAW) == OK);
    row_check(6, sample.pages.pages[0].list.count == 0);
    check_rows();
}

/* -- with and without the printed card -- */

#define PART(part, condition, more)                                                                \
    "  - { part: " part ", if: " condition ", style: s, " more " }\n"

static uint32_t layer_kind(enum item_kind kind)
{
    const struct item_list *list = &sample.form.layer.list;
    uint32_t count = 0;
    for (uint32_t i = 0; i < list->count; i++)
        count += list->items[i].kind == kind;
    return count;
}

static bool layer_shows(const char *text)
{
    const struct item_list *list = &sample.form.layer.list;
    for (uint32_t i = 0; i < list->count; i++)
        if (list->items[i].kind == ITEM_TEXT && text_is(list->items[i].as.text.text, text))
            return true;
    return false;
}

static const char *const card_words =
    "form: own\ncut_side: { right: 右, left: 左, bottom: 下 }\nparts:\n"
    "  name: \"{name}\"\n  card_name: \"氏名 {name}\"\n  card_birth: \"生年月日 {birth}\"\n"
    "  card_title: 被保険者証\n  attached: 同封\n";

static const char *const card_places = STYLE "frames:\n" FRAME("name", 20) PART(
    "card_name", "card", "x: 30, y: 110, w: 60, h: 6") PART("card_birth", "card",
                                                            "x: 30, y: 120, w: 60, h: 6")
    PART("card_title", "card", "x: 30, y: 130, w: 60, h: 6") PART(
        "attached", "no-card",
        "x: 30, y: 170, w: 60, h: 6") "lines:\n  - { if: card, x: 30, y: 118, w: 60, h: 0, width: "
                                      "1 }\n"
                                      "boxes:\n  - { if: no-card, x: 20, y: 165, w: 80, h: 20, "
                                      "width: 1 }\n"
                                      "  - { if: card, x: 20, y: 100, w: 85, h: 54, width: 1 }\n"
                                      "marks:\n  - { if: card, x: 95, y: 98, w: 4, h: 4, view: [9, "
                                      "9], path: M0 0H9V9Z }\n"
                                      "  - { if: no-card, x: 95, y: 98, w: 4, h: 4, view: [9, 9], "
                                      "path: M0 0H9V9Z }\n"
                                      "cuts:\n  - { if: card, name: cut, x: 20, y: 100, w: 85, h: "
                                      "54, keep: 3 }\n"
                                      "clear:\n  - { if: no-card, name: card, x: 20, y: 104, w: "
                                      "85, h: 50 }\n";

static void with_card(void **state)
{
    (void)state;
    sample.job.notice.card.printed = true;
    row_check(1, sample_bind(&sample, card_words, card_places) == OK);
    row_check(2, uses(FIELD_BIRTH, false) && sample.form.frame_count == 3);
    row_check(3, layer_kind(ITEM_STROKE) == 2 && layer_kind(ITEM_PATH) == 1);
    row_check(4, layer_shows("被保険者証") && !layer_shows("同封"));
    sample.letter.field[FIELD_BIRTH] = TEXT("昭和48年1月1日");
    row_check(5, sample_compose(&sample, COMPOSE_DRAW) == OK && shown(0, "氏名 架空　花子"));
    row_check(6, shown(0, "生年月日 昭和48年1月1日") && shown(0, "架空　花子"));
    struct digest with = sample.form.layer.digest;

    sample.job.notice.card.printed = false;
    row_check(11, sample_bind(&sample, card_words, card_places) == OK);
    row_check(12, !sample.form.fields.used[FIELD_BIRTH] && sample.form.frame_count == 1);
    row_check(13, layer_kind(ITEM_STROKE) == 1 && layer_kind(ITEM_PATH) == 1);
    row_check(14, !layer_shows("被保険者証") && layer_shows("同封"));
    row_check(15, sample_compose(&sample, COMPOSE_DRAW) == OK && shown(0, "架空　花子"));
    row_check(16, sample.pages.pages[0].list.count == 1 && uses(FIELD_NAME, false));
    row_check(17, memcmp(&with, &sample.form.layer.digest, sizeof with) != 0);
    check_rows();
}

/* What is left out is not looked at: no glyph, no font, no side of a cut is asked for it. */
static void left_out(void **state)
{
    static const char *const sides =
        "form: own\ncut_side: { right: 右, left: 左, bottom: 下 }\nparts:\n"
        "  name: \"{name}\"\n  cut: \"{cut_side}を\"\n  odd: " UNKNOWN "\n";
    static const char *const own =
        STYLE "frames:\n" FRAME("name", 20) PART("cut", "card", "x: 30, y: 110, w: 60, h: 6")
            PART("odd", "card", "font: serif, x: 30, y: 120, w: 60, h: 6");
    static const char *const rows_own = STYLE "frames:\n" FRAME(
        "title",
        20) "tables:\n  - { name: t, x: 20, y: 100, w: 100, row: 9, rows: 4, frames: [ { part: "
            "member,"
            " style: s, x: 20, w: 40 }, { part: birth, if: card, style: s, x: 70, w: 40 } ] }\n";
    (void)state;
    sample.job.notice.card.printed = false;
    row_check(1, sample_bind(&sample, sides, own) == OK);
    sample.job.notice.card.printed = true;
    row_check(2, sample_bind(&sample, sides, own) == STOP && sample.error.message == MSG_FORM_FONT);
    for (int card = 0; card <= 1; card++) {
        sample.job.notice.card.printed = card == 1;
        row_check(3 + card, sample_bind(&sample,
                                        WORDS("  title: 字\n  member: \"{name}\"\n"
                                              "  birth: \"{birth}\"\n"),
                                        rows_own) == OK);
        row_check(5 + card, sample.form.fields.used[FIELD_BIRTH] == (card == 1));
        gather(2);
        for (uint32_t i = 0; i < 2; i++)
            members[i].field[FIELD_BIRTH] = TEXT("昭和48年1月1日");
        row_check(7 + card, sample_compose(&sample, COMPOSE_DRAW) == OK &&
                                sample.pages.pages[0].list.count == (card ? 4 : 2));
    }
    sample.job.notice.card.printed = false;
    check_rows();
}

static uint32_t guide_words(void)
{
    const struct item_list *list = &sample.pages.pages[sample.pages.count - 1].guides;
    uint32_t count = 0;
    for (uint32_t i = 0; i < list->count; i++)
        count += list->items[i].kind == ITEM_TEXT;
    return count - 20 - 29; /* numbers of the rulers */
}

static bool draw_guides(void)
{
    return sample_compose(&sample, COMPOSE_DRAW) == OK &&
           compose_guides(&sample.form, sample.fonts, &sample.letter_arena, &sample.pages,
                          &sample.error) == OK;
}

static void guides(void **state)
{
    (void)state;
    row_check(1, sample_bind(&sample, words, places) == OK);
    gather(5);
    row_check(2, draw_guides() && sample.pages.count == 2);
    row_check(3, guide_words() == 3 + 1 + 2); /* frames, the table, the frames of its row */
    sample.job.notice.card.printed = true;
    row_check(4, sample_bind(&sample, card_words, card_places) == OK && draw_guides());
    row_check(5, guide_words() == 4 + 1); /* frames, the cut */
    sample.job.notice.card.printed = false;
    row_check(6, sample_bind(&sample, card_words, card_places) == OK && draw_guides());
    row_check(7, guide_words() == 2 + 1); /* frames, the clear place */
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sheets),     cmocka_unit_test(places_of_rows), cmocka_unit_test(holds),
        cmocka_unit_test(long_names), cmocka_unit_test(no_memory),      cmocka_unit_test(refusals),
        cmocka_unit_test(fields),     cmocka_unit_test(silent),         cmocka_unit_test(with_card),
        cmocka_unit_test(left_out),   cmocka_unit_test(guides)};
    if (!sample_open(&sample))
        return 1;
    int failed = check_run(tests);
    sample_close(&sample);
    return failed;
}
