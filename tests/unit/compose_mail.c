/* Mail on the page: form 3 and the cover sheet in every shipped layout. `compose_mail FOLDER` writes the sheets there as
 * PDF too, for tests/cases/mail-pages.sh to measure. */
#include "compose/marks.h"
#include "pdf/pdf.h"
#include "symbology/customer.h"

#include "unit/compose_sample.h"

static struct sample sample;
static const char *folder; /* for the PDFs; NULL: none */

static const char *const windows[] = {"standard",     "window-80x45", "window-80x55",
                                      "window-90x45", "window-90x55", "window-100x45",
                                      "window-100x55"};
#define WINDOWS (sizeof windows / sizeof *windows)
static const char *const forms[][2] = {{"2024-01", "3"},
                                       {"2024-01", "carrier"},
                                       {"2024-12", "carrier"},
                                       {"2024-01-kyokai", "carrier"}};
#define FORMS (sizeof forms / sizeof *forms)

static bool bind_form(size_t form, size_t window)
{
    char words[100], places[100];
    snprintf(words, sizeof words, "templates/%s/%s.yaml", forms[form][0], forms[form][1]);
    snprintf(places, sizeof places, "layouts/%s/%s/%s.yaml", forms[form][0], forms[form][1],
             windows[window]);
    char *wording = sample_file(words), *layout = sample_file(places);
    bool bound = wording && layout && sample_bind(&sample, wording, layout) == OK;
    if (!bound)
        fprintf(stderr, "%s %s: message %d %s %lld %lld\n", words, places,
                (int)sample.error.message, sample.error.name, (long long)sample.error.have,
                (long long)sample.error.want);
    free(wording);
    free(layout);
    return bound;
}

static void give_person(void)
{
    sample_person(&sample);
    sample.letter.field[FIELD_MAIL_POSTCODE] = TEXT("273-0102");
    sample.letter.field[FIELD_MAIL_ADDRESS1] = TEXT("千葉県鎌ケ谷市右京塚");
    sample.letter.field[FIELD_MAIL_ADDRESS2] = TEXT("東3丁目-20-5　郵便・A&bコーポB604号");
    sample.letter.field[FIELD_MAIL_NAME] = TEXT("架空　太郎");
    sample.letter.field[FIELD_MAIL_HONORIFIC] = TEXT("様");
    sample.letter.field[FIELD_CUSTOMER] = TEXT("27301023-20-5B604");
}

static const struct run_mark first_mark = {.sequence = 1234,
                                           .piece = 567,
                                           .first = 1,
                                           .sheets = 2,
                                           .pattern = 3,
                                           .key = 42,
                                           .tracking = {"560-60-00001-4", 14}};

static enum status add_marks(const struct run_mark *mark)
{
    memset(&sample.error, 0, sizeof sample.error);
    return compose_marks(&sample.form, mark, sample.fonts, &sample.letter_arena, &sample.pages,
                         &sample.error);
}

/* -- to a file -- */

static enum status to_file(void *context, const void *bytes, size_t size, struct error *error)
{
    return fwrite(bytes, 1, size, context) == size ? OK : error_set(error, MSG_WRITE_FAILED);
}

static bool write_pdf(const char *name)
{
    char path[300];
    struct pdf *pdf;
    const struct digest id = {{1}};
    const struct pdf_options options = {.title = TEXT("mail"), .date = {2024, 10, 1}};
    snprintf(path, sizeof path, "%s/%s.pdf", folder, name);
    FILE *file = fopen(path, "wb");
    if (!file)
        return false;
    const struct sink sink = {to_file, file};
    bool good = pdf_new(&sink, sample.fonts, &options, &pdf, &sample.error) == OK;
    for (uint32_t i = 0; i < sample.pages.count && good; i++)
        good = pdf_page(pdf, &sample.pages.pages[i], &sample.error) == OK;
    good = good && pdf_close(pdf, &id, &sample.error) == OK;
    return fclose(file) == 0 && good;
}

/* -- what is on the sheet -- */

static const struct item *find_item(const struct item_list *list, enum item_kind kind)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (list->items[i].kind == kind)
            return &list->items[i];
    return NULL;
}

static bool shows(const struct item_list *list, const char *text)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (list->items[i].kind == ITEM_TEXT && text_is(list->items[i].as.text.text, text))
            return true;
    return false;
}

/* Every item that some shift can bring into the window lies wholly where every shift leaves it. */
static bool keeps_to_window(const struct item_list *list, const struct window *window)
{
    const struct rect box = window->box;
    emu x = window->play[0] / 2, y = window->play[1] / 2;
    for (uint32_t i = 0; i < list->count; i++) {
        const struct item *item = &list->items[i];
        struct rect at = {0};
        if (item->kind == ITEM_TEXT) {
            const struct item_text *text = &item->as.text;
            at = (struct rect){
                text->x, text->y - text->size,
                typeset_width(text->glyphs, text->count, text->size, text->scale, text->spacing),
                text->size};
        } else if (item->kind == ITEM_BARS) {
            const struct item_bars *bars = &item->as.bars;
            const struct bar *last = &bars->bars[bars->count - 1];
            at = (struct rect){bars->x, bars->y, (last->x + last->w) * EMU_PER_DOT600,
                               bars->bars[0].h * EMU_PER_DOT600};
        } else if (item->kind == ITEM_STROKE) {
            at = (struct rect){item->as.stroke.x, item->as.stroke.y, item->as.stroke.w,
                               item->as.stroke.h};
        } else {
            continue;
        }
        bool out = at.x + at.w <= box.x - x || at.x >= box.x + box.w + x ||
                   at.y + at.h <= box.y - y || at.y >= box.y + box.h + y || at.y >= 99 * EMU_PER_MM;
        bool in = at.x >= box.x + x && at.x + at.w <= box.x + box.w - x &&
                  at.y >= box.y + y - item->as.text.size / 8 * (item->kind == ITEM_TEXT) &&
                  at.y + at.h <= box.y + box.h - y;
        if (!in && !out)
            return false;
    }
    return true;
}

static void every_layout(void **state)
{
    (void)state;
    for (size_t f = 0; f < FORMS; f++)
        for (size_t w = 0; w < WINDOWS; w++) {
            int row = (int)(f * 100 + w * 10 + 1);
            char name[100];
            bool bound = bind_form(f, w);
            row_check(row, bound);
            if (!bound)
                continue;
            give_person();
            row_check(row + 1,
                      sample_compose(&sample, COMPOSE_DRAW) == OK && sample.pages.count == 1);
            if (sample.pages.count != 1)
                continue;
            const struct page *page = &sample.pages.pages[0];
            row_check(row + 2, add_marks(&first_mark) == OK);
            const struct item *bars = find_item(&page->list, ITEM_BARS);
            row_check(row + 3, bars && bars->as.bars.count == CUSTOMER_BARS);
            row_check(row + 4,
                      shows(&page->marks, "560-60-00001-4") && find_item(&page->marks, ITEM_BARS));
            row_check(row + 5,
                      shows(&page->marks, "00001234 1/2") && find_item(&page->marks, ITEM_MODULES));
            row_check(row + 6,
                      shows(&page->list, "架空　太郎 様") && !shows(&page->list, "00001234 1/2"));
            if (sample.layout.window) {
                row_check(row + 7, shows(&page->marks, "567"));
                row_check(row + 8,
                          keeps_to_window(&page->list, sample.layout.window) &&
                              keeps_to_window(&page->marks, sample.layout.window) &&
                              keeps_to_window(&sample.form.layer.list, sample.layout.window));
            }
            snprintf(name, sizeof name, "%s-%s-%s", forms[f][0], forms[f][1], windows[w]);
            row_check(row + 9, !folder || write_pdf(name));
        }
    check_rows();
}

/* The longest that an address block holds, and what it holds no more: refused, never cut. */
static void long_address(void **state)
{
    static const struct {
        int row;
        const char *first, *second, *name;
        enum message message;
    } rows[] = {
        {1, "東京都架空区架空町大字架空字架空東架空入架空上る架空下る",
         "一丁目2番345号　グランドヒルズ架空レジデンスサウス1601号",
         "寿限無寿限無五劫擦切海砂利水魚水行末雲来末風来末", MSG_NONE},
        {2, "東京都架空区", "1", "林", MSG_NONE},
        {3, "東京都架空区架空", "", "Alexandria Constantina Maximiliana-Doeee", MSG_NONE},
        {4,
         "東京都架空区架空町大字架空字架空東架空入架空上る架空下る東京都架空区架空町大字架空字架空"
         "東架空入架空上る架空下る架空"
         "東京都架空区架空町大字架空字架空東架空入架空上る架空下る東京都架空区架空町大字架空字架空"
         "東架空入架空上る架空下る",
         "1", "林", MSG_TEXT_TOO_LONG},
    };
    (void)state;
    for (size_t w = 1; w < WINDOWS; w++) {
        row_check((int)w * 10, bind_form(1, w));
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
            int row = (int)w * 10 + rows[i].row;
            give_person();
            sample.letter.field[FIELD_MAIL_ADDRESS1] = text_of(rows[i].first);
            sample.letter.field[FIELD_MAIL_ADDRESS2] = text_of(rows[i].second);
            sample.letter.field[FIELD_MAIL_NAME] = text_of(rows[i].name);
            enum status status = sample_compose(&sample, COMPOSE_DRAW);
            row_check(row, status == (rows[i].message == MSG_NONE ? OK : REJECT));
            row_check(row, sample.error.message == rows[i].message);
            row_check(row, status != OK ||
                               keeps_to_window(&sample.pages.pages[0].list, sample.layout.window));
        }
    }
    check_rows();
}

/* Without address and data of a barcode there is a name and nothing more: no 〒, no bars, no empty symbol. */
static void protected_person(void **state)
{
    static const int hidden[] = {FIELD_MAIL_POSTCODE, FIELD_MAIL_ADDRESS1, FIELD_MAIL_ADDRESS2,
                                 FIELD_CUSTOMER};
    const struct run_mark run = {.sequence = 1, .piece = 1, .first = 1, .sheets = 1};
    (void)state;
    for (size_t f = 0; f < 2; f++) {
        row_check((int)f * 10 + 1, bind_form(f, 4));
        give_person();
        for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
            sample.letter.field[hidden[i]] = (struct text){0};
        sample.letter.protected_person = true;
        row_check((int)f * 10 + 2,
                  sample_compose(&sample, COMPOSE_DRAW) == OK && add_marks(&run) == OK);
        const struct page *page = &sample.pages.pages[0];
        row_check((int)f * 10 + 3,
                  shows(&page->list, "架空　太郎 様") && !find_item(&page->list, ITEM_BARS));
        row_check((int)f * 10 + 4,
                  !find_item(&page->marks, ITEM_BARS) && !shows(&page->list, "〒"));
    }
    check_rows();
}

/* n of the letter's sheets goes on where the sheet before it ended. */
static void sheets_of_a_piece(void **state)
{
    static struct letter members[25];
    struct run_mark run = {.sequence = 5, .piece = 2, .first = 2, .sheets = 4};
    char *wording = sample_file("templates/2024-01/4.yaml"),
         *layout = sample_file("layouts/2024-01/4/standard.yaml");
    (void)state;
    row_check(1, sample_bind(&sample, wording, layout) == OK);
    give_person();
    for (size_t i = 0; i < 25; i++)
        members[i] = sample.letter;
    sample.letter.members = members;
    sample.letter.member_count = 25;
    row_check(2, sample_compose(&sample, COMPOSE_DRAW) == OK && sample.pages.count == 3 &&
                     add_marks(&run) == OK);
    row_check(3, shows(&sample.pages.pages[0].marks, "00000005 2/4"));
    row_check(4, shows(&sample.pages.pages[1].marks, "00000005 3/4"));
    row_check(5, shows(&sample.pages.pages[2].marks, "00000005 4/4"));
    run.sheets = 3;
    row_check(6, add_marks(&run) == STOP); /* more sheets than the piece has */
    free(wording);
    free(layout);
    check_rows();
}

/* -- readers of the page -- */

static char dumped[1 << 16];
static size_t dumped_size;

static enum status to_memory(void *context, const void *bytes, size_t size, struct error *given)
{
    (void)context;
    if (size > sizeof dumped - 1 - dumped_size)
        return error_set(given, MSG_WRITE_FAILED);
    memcpy(dumped + dumped_size, bytes, size);
    dumped[dumped_size += size] = 0;
    return OK;
}

static bool dump(void)
{
    const struct sink sink = {to_memory, NULL};
    dumped_size = 0;
    return page_dump(sample.fonts, &sample.pages, &sink, &sample.error) == OK;
}

/* Bars and marks are in the text dump; bars are in the letter digest. */
static void readers(void **state)
{
    struct digest one, other;
    char before[1 << 16];
    (void)state;
    row_check(1, bind_form(0, 4));
    give_person();
    row_check(2, sample_compose(&sample, COMPOSE_DRAW) == OK && dump());
    row_check(3, strstr(dumped, "\nbars 24.045 ") && !strstr(dumped, "\nmarks\n"));
    row_check(4, letter_digest(sample.sheets, sample.fonts, &sample.pages, &one, &sample.error) ==
                     OK);
    row_check(5, add_marks(&first_mark) == OK && dump());
    const char *marks = strstr(dumped, "\nmarks\n");
    row_check(6, marks && strstr(marks, "00001234 1/2") && strstr(marks, "\nbars "));
    memcpy(before, dumped, dumped_size + 1);
    sample.letter.field[FIELD_CUSTOMER] = TEXT("27301023-20-5B605");
    row_check(7, sample_compose(&sample, COMPOSE_DRAW) == OK);
    row_check(8, letter_digest(sample.sheets, sample.fonts, &sample.pages, &other,
                               &sample.error) == OK);
    row_check(9, memcmp(&one, &other, sizeof one) != 0);
    row_check(10, add_marks(&first_mark) == OK && dump() && strcmp(before, dumped) != 0);
    check_rows();
}

int main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_layout), cmocka_unit_test(long_address),
        cmocka_unit_test(protected_person), cmocka_unit_test(sheets_of_a_piece),
        cmocka_unit_test(readers)};
    if (!sample_open(&sample))
        return 1;
    folder = count > 1 ? arguments[1] : NULL;
    sample.job.output.marks = MARKS_INSERTER;
    sample.job.insurer.postcode = TEXT("100-0001");
    sample.job.insurer.address = TEXT("東京都架空区架空一丁目2番3号　架空区役所本庁舎2階");
    sample.job.insurer.desk = TEXT("架空区国民健康保険課");
    int failed = check_run(tests);
    sample_close(&sample);
    return failed;
}
