/* Every shipped form in every shipped layout: binds, holds short and long values, leaves nothing outside. */
#include "unit/compose_sample.h"

static struct sample sample;

struct shipped {
    int row;
    const char *wording, *layout;
    bool card;
    const char *shows; /* on the sheet of 架空 花子; NULL: no last 4 digits anywhere */
};

static const struct shipped forms[] = {
    {10, "templates/2024-01/1.yaml", "layouts/2024-01/1/standard.yaml", false, "**** **** 6825"},
    {20, "templates/2024-01/1.yaml", "layouts/2024-01/1/card-left.yaml", false, "**** **** 6825"},
    {30, "templates/2024-01/2.yaml", "layouts/2024-01/2/standard.yaml", false, "**** **** 6825"},
    {40, "templates/2024-01/2.yaml", "layouts/2024-01/2/card-left.yaml", false, "**** **** 6825"},
    {50, "templates/2024-01/3.yaml", "layouts/2024-01/3/standard.yaml", true, "**** **** 6825"},
    {60, "templates/2024-01/3.yaml", "layouts/2024-01/3/standard.yaml", false, "**** **** 6825"},
    {70, "templates/2024-01/4.yaml", "layouts/2024-01/4/standard.yaml", false, "**** **** 6825"},
    {80, "templates/2024-12/1.yaml", "layouts/2024-12/1/standard.yaml", false, NULL},
    {90, "templates/2024-12/1.yaml", "layouts/2024-12/1/card-left.yaml", false, NULL},
    {100, "templates/2024-01-kyokai/1.yaml", "layouts/2024-01-kyokai/1/standard.yaml", false,
     "**** **** 6825"},
    {110, "templates/2024-01-kyokai/2.yaml", "layouts/2024-01-kyokai/2/standard.yaml", false,
     "**** **** 6825"},
    {120, "templates/2024-01-kyokai/1n.yaml", "layouts/2024-01-kyokai/1n/standard.yaml", false,
     NULL},
};

static void give_job(void)
{
    sample.job.insurer.postcode = TEXT("100-0001");
    sample.job.insurer.address = TEXT("東京都架空区架空一丁目2番3号　架空区役所本庁舎2階");
    sample.job.insurer.desk = TEXT("架空区国民健康保険課");
    sample.job.notice.card.prefecture = TEXT("東京都");
    sample.job.notice.card.issuer = TEXT("架空区");
    sample.job.output.marks = MARKS_INSERTER; /* their places are free in every layout */
}

static bool bind(const struct shipped *form)
{
    char *wording = sample_file(form->wording), *layout = sample_file(form->layout);
    sample.job.notice.card.printed = form->card;
    bool bound = wording && layout && sample_bind(&sample, wording, layout) == OK;
    free(wording);
    free(layout);
    return bound;
}

/* What sample_person leaves empty. */
static void give_person(void)
{
    static const struct {
        int field;
        const char *value;
    } values[] = {{FIELD_BIRTH, "昭和48年11月21日"},
                  {FIELD_SEX, "裏面参照"},
                  {FIELD_EXPIRY, "令和 16年12月31日"},
                  {FIELD_START, "平成 30年12月11日"},
                  {FIELD_CARD_ISSUED, "令和 15年12月11日"},
                  {FIELD_HEAD, "架空　太郎"},
                  {FIELD_ADDRESS1, "東京都架空区架空町"},
                  {FIELD_ADDRESS2, "一丁目2番345号　架空マンション601号室"},
                  {FIELD_MAIL_POSTCODE, "123-4567"},
                  {FIELD_MAIL_ADDRESS1, "東京都架空区架空町"},
                  {FIELD_MAIL_ADDRESS2, "一丁目2番345号　架空マンション601号室"},
                  {FIELD_MAIL_NAME, "架空　太郎"},
                  {FIELD_MAIL_HONORIFIC, "様"}};
    sample_person(&sample);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        sample.letter.field[values[i].field] = text_of(values[i].value);
}

static bool inside_page(const struct item_list *list)
{
    for (uint32_t i = 0; i < list->count; i++) {
        const struct item_text *text = &list->items[i].as.text;
        if (list->items[i].kind != ITEM_TEXT)
            continue;
        emu width =
            typeset_width(text->glyphs, text->count, text->size, text->scale, text->spacing);
        if (text->x < 10 * EMU_PER_MM || text->x + width > A4_WIDTH - 10 * EMU_PER_MM)
            return false;
    }
    return true;
}

static bool shows(const char *text)
{
    const struct item_list *list = &sample.pages.pages[0].list;
    for (uint32_t i = 0; i < list->count; i++)
        if (list->items[i].kind == ITEM_TEXT && text_is(list->items[i].as.text.text, text))
            return true;
    return false;
}

static bool says(const char *part)
{
    const struct item_list *lists[] = {&sample.form.layer.list, &sample.pages.pages[0].list};
    for (int k = 0; k < 2; k++)
        for (uint32_t i = 0; i < lists[k]->count; i++) {
            const struct text *text = &lists[k]->items[i].as.text.text;
            if (lists[k]->items[i].kind == ITEM_TEXT &&
                memmem(text->bytes, text->length, part, strlen(part)))
                return true;
        }
    return false;
}

static void all(void **state)
{
    static const char *const names[][2] = {
        {"架空　花子", "カクウ　ハナコ"},
        {"林", "ハ"},
        {"Alexandria Constantina Maximiliana-Doeee",
         "アレクサンドリア　コンスタンティナ　マクシミリアナ－ド"},
        {"寿限無寿限無五劫擦切海砂利水魚水行末雲来末風来末食寝処住処",
         "ジュゲムジュゲムゴコウノスリキレカイジャリスイギョノスイギョウマツウンライマツフウライマ"
         "ツ"},
    };
    (void)state;
    for (size_t f = 0; f < sizeof forms / sizeof *forms; f++) {
        int row = forms[f].row;
        row_check(row, bind(&forms[f]) && inside_page(&sample.form.layer.list));
        for (size_t i = 0; i < sizeof names / sizeof *names; i++, row++) {
            give_person();
            sample.letter.field[FIELD_NAME] = text_of(names[i][0]);
            sample.letter.field[FIELD_HEAD] = text_of(names[i][0]);
            sample.letter.field[FIELD_MAIL_NAME] = text_of(names[i][0]);
            sample.letter.field[FIELD_KANA] = text_of(names[i][1]);
            row_check(row + 1, sample_compose(&sample, COMPOSE_DRAW) == OK);
            row_check(row + 1, sample.pages.count == 1);
            if (sample.pages.count != 1)
                continue;
            row_check(row + 1, inside_page(&sample.pages.pages[0].list));
            row_check(row + 1, forms[f].shows ? shows(forms[f].shows) : !says("6825"));
        }
    }
    check_rows();
}

/* A long address and the longest texts of fixed choices on the backing sheet. */
static void long_address(void **state)
{
    static const char *const first = "東京都架空区架空町大字架空字架空東架空入架空上る架空下る";
    static const char *const second = "一丁目2番345号　グランドヒルズ架空レジデンスサウス1601号";
    (void)state;
    for (int card = 0; card <= 1; card++) {
        struct shipped form = forms[4];
        form.card = card == 1;
        row_check(1 + 10 * card, bind(&form));
        give_person();
        sample.letter.field[FIELD_ADDRESS1] = sample.letter.field[FIELD_MAIL_ADDRESS1] =
            text_of(first);
        sample.letter.field[FIELD_ADDRESS2] = sample.letter.field[FIELD_MAIL_ADDRESS2] =
            text_of(second);
        sample.letter.field[FIELD_MAIL_HONORIFIC] = TEXT("御中");
        row_check(2 + 10 * card, sample_compose(&sample, COMPOSE_DRAW) == OK);
        row_check(3 + 10 * card, inside_page(&sample.pages.pages[0].list));
        row_check(4 + 10 * card, shows("架空　太郎 御中") && shows("（架空　花子 様分）"));
        row_check(5 + 10 * card, says("被保険者証") == (card == 1));
        row_check(6 + 10 * card, says("生年月日") == (card == 1));
    }
    check_rows();
}

/* Without address and head of household the backing sheet has neither, with or without the card. */
static void protected_person(void **state)
{
    static const int hidden[] = {FIELD_MAIL_POSTCODE, FIELD_MAIL_ADDRESS1, FIELD_MAIL_ADDRESS2,
                                 FIELD_ADDRESS1,      FIELD_ADDRESS2,      FIELD_HEAD};
    (void)state;
    for (int card = 0; card <= 1; card++) {
        struct shipped form = forms[4];
        form.card = card == 1;
        row_check(1 + 10 * card, bind(&form));
        give_person();
        for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
            sample.letter.field[hidden[i]] = (struct text){0};
        sample.letter.field[FIELD_MAIL_NAME] = TEXT("架空　花子");
        row_check(2 + 10 * card, sample_compose(&sample, COMPOSE_DRAW) == OK);
        row_check(3 + 10 * card, shows("架空　花子 様") && shows("**** **** 6825"));
        row_check(4 + 10 * card, !says("住所") && !says("世帯主"));
    }
    check_rows();
}

/* The row of 有効期限 stands there only when there is one. */
static void expiry(void **state)
{
    (void)state;
    row_check(1, bind(&forms[7]));
    give_person();
    row_check(2, sample_compose(&sample, COMPOSE_DRAW) == OK);
    row_check(3, shows("有効期限") && shows("有効期限 令和 16年12月31日"));
    sample.letter.field[FIELD_EXPIRY] = (struct text){0};
    row_check(4, sample_compose(&sample, COMPOSE_DRAW) == OK && !says("有効期限"));
    check_rows();
}

/* Form 4: eleven rows a sheet, the head of the table and the desk on each. */
static void household(void **state)
{
    static struct letter members[25];
    static const struct {
        int row;
        uint32_t members, sheets;
    } rows[] = {{1, 1, 1}, {2, 11, 1}, {3, 12, 2}, {4, 25, 3}};
    (void)state;
    row_check(0, bind(&forms[6]));
    give_person();
    for (size_t i = 0; i < 25; i++)
        members[i] = sample.letter;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        sample.letter.members = members;
        sample.letter.member_count = rows[i].members;
        row_check(rows[i].row, sample_compose(&sample, COMPOSE_DRAW) == OK);
        row_check(rows[i].row, sample.pages.count == rows[i].sheets);
        row_check(rows[i].row, shows(rows[i].sheets == 1   ? "架空　花子"
                                     : rows[i].sheets == 2 ? "1/2"
                                                           : "1/3"));
    }
    row_check(10, says("個人番号（マイナンバー）") && says("【お問い合わせ先】"));
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(all), cmocka_unit_test(long_address),
                                       cmocka_unit_test(protected_person), cmocka_unit_test(expiry),
                                       cmocka_unit_test(household)};
    if (!sample_open(&sample))
        return 1;
    give_job();
    int failed = check_run(tests);
    sample_close(&sample);
    return failed;
}
