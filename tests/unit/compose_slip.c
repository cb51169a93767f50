/* Separator sheets, covers and lists: the shipped ones bind, show what they are given, fill their sheets. `compose_slip
 * FOLDER` writes them there as PDF. */
#include "compose/slip.h"
#include "pdf/pdf.h"

#include "unit/compose_sample.h"

static struct sample sample;
static struct job job; /* as slips see it */
static const char *folder;
static struct slip slip;
static struct slip_row rows_given[200];

static bool bind_slip(const char *name)
{
    char words[100], places[100];
    snprintf(words, sizeof words, "templates/slips/%s.yaml", name);
    snprintf(places, sizeof places, "layouts/slips/%s.yaml", name);
    char *wording = sample_file(words), *layout = sample_file(places);
    bool bound = wording && layout && sample_bind(&sample, wording, layout) == OK;
    if (!bound)
        fprintf(stderr, "%s: message %d %s\n", name, (int)sample.error.message, sample.error.name);
    free(wording);
    free(layout);
    memset(&slip, 0, sizeof slip);
    memset(rows_given, 0, sizeof rows_given);
    slip.sheet = slip.sheets = 1;
    slip.rows = rows_given;
    return bound;
}

static enum status compose(void)
{
    arena_wipe(&sample.letter_arena);
    memset(&sample.error, 0, sizeof sample.error);
    return compose_slip(&sample.form, &slip, COMPOSE_DRAW, sample.fonts, &sample.letter_arena,
                        &sample.pages, &sample.error);
}

static enum status to_file(void *context, const void *bytes, size_t size, struct error *error)
{
    return fwrite(bytes, 1, size, context) == size ? OK : error_set(error, MSG_WRITE_FAILED);
}

static bool write_pdf(const char *name)
{
    char path[300];
    struct pdf *pdf;
    const struct digest id = {{1}};
    const struct pdf_options options = {.title = TEXT("slip"), .date = {2024, 10, 1}};
    if (!folder)
        return true;
    snprintf(path, sizeof path, "%s/slip-%s.pdf", folder, name);
    FILE *file = fopen(path, "wb");
    if (!file)
        return false;
    const struct sink sink = {to_file, file};
    bool good = pdf_new(&sink, sample.fonts, &options, &pdf, &sample.error) == OK &&
                pdf_page(pdf, &sample.pages.pages[0], &sample.error) == OK &&
                pdf_close(pdf, &id, &sample.error) == OK;
    return fclose(file) == 0 && good;
}

static uint32_t count_text(const char *text)
{
    const struct item_list *list = &sample.pages.pages[0].list;
    uint32_t count = 0;
    for (uint32_t i = 0; i < list->count; i++)
        count += list->items[i].kind == ITEM_TEXT && text_is(list->items[i].as.text.text, text);
    return count;
}

static const struct item_text *find_text(const char *text)
{
    const struct item_list *list = &sample.pages.pages[0].list;
    for (uint32_t i = 0; i < list->count; i++)
        if (list->items[i].kind == ITEM_TEXT && text_is(list->items[i].as.text.text, text))
            return &list->items[i].as.text;
    return NULL;
}

#define GIVE(name, value) slip.field[SLIP_##name] = TEXT(value)
#define CELL(row, name, value) rows_given[row].field[SLIP_ROW_##name - SLIP_ROW_NO] = text_of(value)

static void bundle(void **state)
{
    (void)state;
    row_check(1, bind_slip("bundle") && slip_rows(&sample.form) == 0);
    GIVE(PREFIX, "100"), GIVE(LEVEL, "3桁"), GIVE(COUNT, "1,234"), GIVE(BUNDLE, "1"),
        GIVE(BUNDLES, "5");
    GIVE(FIRST, "1"), GIVE(LAST, "1234"), GIVE(CLASS, "普通郵便");
    row_check(2, compose() == OK && sample.pages.count == 1);
    row_check(3, count_text("100") == 1 && count_text("1,234 通") == 1 && count_text("1 / 5") == 1);
    row_check(4, sample.pages.pages[0].marks.count == 0);
    row_check(5, write_pdf("bundle"));
    slip.row_count = 1;
    row_check(6, compose() == STOP && sample.error.message == MSG_BUG);
    check_rows();
}

static void employer(void **state)
{
    static char ids[120][20], numbers[120][20];
    (void)state;
    row_check(1, bind_slip("employer") && slip_rows(&sample.form) == 120);
    GIVE(EMPLOYER_NO, "12345"), GIVE(EMPLOYER_NAME, "株式会社架空製作所"),
        GIVE(EMPLOYER_POSTCODE, "100-0001");
    GIVE(EMPLOYER_ADDRESS, "東京都架空区架空1-1"), GIVE(COUNT, "240"), GIVE(FIRST, "1"),
        GIVE(LAST, "240");
    for (int i = 0; i < 120; i++) {
        snprintf(ids[i], sizeof ids[i], "A-%06d", i + 1);
        snprintf(numbers[i], sizeof numbers[i], "%d", i + 1);
        CELL(i, ID, ids[i]);
        CELL(i, NO, numbers[i]);
        CELL(i, SEQUENCE, numbers[i]);
    }
    slip.row_count = 120;
    slip.sheet = 1;
    slip.sheets = 2;
    row_check(2, compose() == OK);
    row_check(3, count_text("株式会社架空製作所 御中") == 1 && count_text("1 / 2 枚目") == 1);
    for (int i = 0; i < 120; i++)
        row_check(10 + i, count_text(ids[i]) == 1);
    /* filled downwards: row 41 stands beside row 1, 56 mm to the right */
    const struct item_text *first = find_text("A-000001"), *next = find_text("A-000041");
    row_check(4, first && next && next->x - first->x == 56 * EMU_PER_MM && next->y == first->y);
    next = find_text("A-000040");
    row_check(5, first && next && next->x == first->x &&
                     next->y - first->y == 39 * (EMU_PER_MM * 42 / 10));
    row_check(6, write_pdf("employer"));
    slip.row_count = 0;
    slip.sheets = 1;
    row_check(7, compose() == OK && count_text("1 / 1 枚目") == 0);
    slip.row_count = 121;
    row_check(8, compose() == STOP);
    slip.row_count = 1;
    GIVE(EMPLOYER_NAME, "\xF0\xB0\x80\x80"); /* in none of the fonts */
    row_check(9, compose() == REJECT && sample.error.message == MSG_NO_GLYPH);
    row_check(140, strcmp(sample.error.name, "employer_name") == 0);
    check_rows();
}

static void lot(void **state)
{
    (void)state;
    row_check(1, bind_slip("lot"));
    GIVE(LOT, "home-kan-i-kakitome/lot-000001"), GIVE(ROUTE, "郵送"), GIVE(CLASS, "簡易書留"),
        GIVE(FIRST, "1");
    GIVE(LAST, "20000"), GIVE(SHEET_COUNT, "40000"), GIVE(PIECES, "20000"), GIVE(PEOPLE, "23456");
    row_check(2, compose() == OK && count_text("40000 枚") == 1 && count_text("23456 名") == 1);
    row_check(3, count_text("用紙") == 0 &&
                     count_text("切り欠き") == 0); /* a label goes with its value */
    GIVE(PAPER, "上質紙 A4 70kg"), GIVE(ENVELOPE, "長3 窓90×55"), GIVE(NOTCH, "あり"),
        GIVE(PATTERN, "A");
    row_check(4, compose() == OK && count_text("用紙") == 1 && count_text("切り欠き") == 1);
    row_check(5, write_pdf("lot"));
    check_rows();
}

static void posting(void **state)
{
    static char numbers[40][30];
    (void)state;
    row_check(1, bind_slip("posting") && slip_rows(&sample.form) == 40);
    GIVE(CLASS, "簡易書留"), GIVE(COUNT, "40"), GIVE(FIRST, "460-60-00000-0"),
        GIVE(LAST, "460-60-00039-4");
    for (int i = 0; i < 40; i++) {
        snprintf(numbers[i], sizeof numbers[i], "460-60-%05d-0", i);
        CELL(i, NUMBER, numbers[i]);
        CELL(i, NO, "1");
        CELL(i, POSTCODE, "100-0001");
        CELL(i, SEQUENCE, "123456789");
    }
    CELL(0, NAME, "架空　太郎");
    slip.row_count = 40;
    slip.sheet = 7;
    slip.sheets = 25000; /* a list is as long as it likes */
    row_check(2,
              compose() == OK && count_text("7 / 25000") == 1 && count_text("460-60-00039-0") == 1);
    row_check(3, count_text("架空　太郎") == 1);
    row_check(4, write_pdf("posting"));
    check_rows();
}

static void refusals(void **state)
{
    static const char *const layout =
        "paper: A4\nstyles:\n  s: { font: mincho, size: 10, leading: 14, lines: 1 }\n"
        "frames:\n  - { part: a, style: s, x: 20, y: 20, w: 60, h: 10 }\n";
    (void)state;
    row_check(1, sample_bind(&sample, "form: own\nunit: list\nparts:\n  a: \"{name}\"\n", layout) ==
                         STOP &&
                     sample.error.message == MSG_FORM_LIST_FIELD);
    row_check(2, sample_bind(&sample, "form: own\nunit: list\nparts:\n  a: \"{tracking}\"\n",
                             layout) == STOP);
    row_check(3, sample_bind(&sample, "form: own\nunit: list\nparts:\n  a: \"{count} {insurer}\"\n",
                             layout) == OK);
    row_check(4, sample_bind(&sample, "form: own\nunit: lists\nparts:\n  a: x\n", layout) == STOP);
    row_check(5, sample_bind(&sample, "form: own\nparts:\n  a: x\n", layout) == OK &&
                     compose() == STOP);
    check_rows();
}

int main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(bundle), cmocka_unit_test(employer),
                                       cmocka_unit_test(lot), cmocka_unit_test(posting),
                                       cmocka_unit_test(refusals)};
    struct arena arena;
    if (!sample_open(&sample))
        return 1;
    folder = count > 1 ? arguments[1] : NULL;
    arena_open(&arena, 1 << 20);
    sample.job.insurer.postcode = TEXT("100-0001");
    sample.job.insurer.address = TEXT("東京都架空区架空1-1");
    if (!slip_job(&sample.job, &arena, &job))
        return 1;
    sample.job = job;
    int failed = check_run(tests);
    arena_close(&arena);
    sample_close(&sample);
    return failed;
}
