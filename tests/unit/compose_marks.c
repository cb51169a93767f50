/* The run's marks: in no letter digest, right on every sheet, without personal data; fields of the run in words. */
#include "compose/marks.h"
#include "symbology/sheet_code.h"

#include "unit/compose_sample.h"

static struct sample sample;

#define PLACES(more)                                                                               \
    "paper: A4\nstyles:\n  s: { font: mincho, size: 10, leading: 14, lines: 1 }\n" more "frames:"  \
                                                                                        "\n"
#define FRAME(part, y, w) "  - { part: " part ", style: s, x: 20, y: " #y ", w: " #w ", h: 10 }\n"

static const char *const words =
    "form: own\nparts:\n  a: \"{name}\"\n  t: \"{tracking!} {insurer}\"\n"
    "  p: \"{piece}\"\n";
static const char *const places = PLACES(
    "control: { omr: { x: 4, y: 100, pitch: 4, length: 7, width: 0.5, dashes: [start, piece-start, "
    "piece-end, sequence-1, sequence-2, sequence-4, pattern-1, pattern-2, pattern-4, parity] } }\n")
    FRAME("a", 20, 60) FRAME("t", 40, 80)
        FRAME("p", 60, 60) "  - { part: t2, symbol: nw7, x: 20, y: 80, h: 10 }\n";
static const char *const symbol_words =
    "form: own\nparts:\n  a: \"{name}\"\n  t: \"{tracking!} {insurer}\"\n"
    "  p: \"{piece}\"\n  t2: \"{tracking}\"\n";

static struct run_mark mark_of(uint64_t sequence, uint64_t piece, uint32_t n, uint32_t m)
{
    return (struct run_mark){.sequence = sequence, .piece = piece, .first = n, .sheets = m};
}

static enum status mark(const struct run_mark *mark)
{
    memset(&sample.error, 0, sizeof sample.error);
    return compose_marks(&sample.form, mark, sample.fonts, &sample.letter_arena, &sample.pages,
                         &sample.error);
}

static bool bind(enum sheet_marks marks)
{
    sample.job.output.marks = marks;
    return sample_bind(&sample, symbol_words, places) == OK &&
           sample_compose(&sample, COMPOSE_DRAW) == OK;
}

static const struct item_list *marks(void)
{
    return &sample.pages.pages[0].marks;
}

static const struct item *find_item(enum item_kind kind, uint32_t nth)
{
    for (uint32_t i = 0; i < marks()->count; i++)
        if (marks()->items[i].kind == kind && nth-- == 0)
            return &marks()->items[i];
    return NULL;
}

static bool shows(const char *text)
{
    for (uint32_t i = 0; i < marks()->count; i++)
        if (marks()->items[i].kind == ITEM_TEXT && text_is(marks()->items[i].as.text.text, text))
            return true;
    return false;
}

static void kinds(void **state)
{
    static const struct {
        int row;
        enum sheet_marks marks;
        uint32_t texts, modules, bars; /* without tracking number */
    } rows[] = {{1, MARKS_NONE, 1, 0, 0}, {2, MARKS_TEXT, 2, 0, 0}, {3, MARKS_INSERTER, 2, 1, 1}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct run_mark run = mark_of(1, 1, 1, 1);
        row_check(rows[i].row, bind(rows[i].marks) && mark(&run) == OK);
        for (uint32_t k = 0; k <= rows[i].texts; k++)
            row_check(rows[i].row, (find_item(ITEM_TEXT, k) != NULL) == (k < rows[i].texts));
        row_check(rows[i].row, (find_item(ITEM_MODULES, 0) != NULL) == (rows[i].modules == 1));
        row_check(rows[i].row, (find_item(ITEM_BARS, 0) != NULL) == (rows[i].bars == 1));
        run.tracking = TEXT("560-60-00001-4");
        row_check(rows[i].row, mark(&run) == OK && shows("560-60-00001-4 架空健康保険組合"));
        row_check(rows[i].row, (find_item(ITEM_BARS, rows[i].bars) != NULL));
        row_check(rows[i].row, shows("1")); /* the piece */
        row_check(rows[i].row, !shows("架空　花子"));
    }
    check_rows();
}

static void texts(void **state)
{
    static const struct {
        int row;
        uint64_t sequence;
        uint32_t n, m;
        const char *want;
    } rows[] = {{1, 1, 1, 1, "00000001 1/1"},
                {2, 12345678, 2, 3, "12345678 2/3"},
                {3, 123456789, 9, 10, "123456789 9/10"},
                {4, 999999999, 99, 99, "999999999 99/99"},
                {5, 90, 10, 99, "00000090 10/99"}};
    (void)state;
    row_check(0, bind(MARKS_TEXT));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct run_mark run = mark_of(rows[i].sequence, 1, rows[i].n, rows[i].m);
        row_check(rows[i].row, mark(&run) == OK && shows(rows[i].want));
    }
    /* in the margin, 4 mm from the edge at least, with its glyphs saying its text */
    const struct item_text *text = &find_item(ITEM_TEXT, 1)->as.text;
    row_check(10, text->y > A4_HEIGHT - 10 * EMU_PER_MM && text->y < A4_HEIGHT - 4 * EMU_PER_MM);
    for (uint32_t i = 0; i < text->count; i++)
        row_check(11, text->glyphs[i].text == i && text->glyphs[i].text_length == 1);
    struct shaped judge;
    row_check(12, typeset_shape(sample.fonts, fonts_role(sample.fonts, TEXT("gothic")), text->text,
                                &sample.letter_arena, &judge, &sample.error) == OK);
    row_check(13, judge.count == text->count);
    for (uint32_t i = 0; i < text->count; i++)
        row_check(14, judge.glyphs[i].id == text->glyphs[i].id &&
                          judge.glyphs[i].face == text->glyphs[i].face);
    check_rows();
}

/* Numbers that the marks cannot hold never come out as others. */
static void ranges(void **state)
{
    static const struct {
        int row;
        struct run_mark run;
    } rows[] = {{1, {.sequence = 1000000000, .piece = 1, .first = 1, .sheets = 1}},
                {2, {.sequence = 1, .piece = 1000000000, .first = 1, .sheets = 1}},
                {3, {.sequence = 1, .piece = 1, .first = 0, .sheets = 1}},
                {4, {.sequence = 1, .piece = 1, .first = 2, .sheets = 1}},
                {5, {.sequence = 1, .piece = 1, .first = 1, .sheets = 100}},
                {6, {.sequence = 1, .piece = 1, .first = 1, .sheets = 1, .pattern = 100}},
                {7, {.sequence = 1, .piece = 1, .first = 1, .sheets = 1, .key = 1000}}};
    (void)state;
    row_check(0, bind(MARKS_INSERTER));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        row_check(rows[i].row, mark(&rows[i].run) == STOP && sample.error.message == MSG_BUG);
    check_rows();
}

/* The letter's digest is the same whatever the run says; the sheets differ. */
static void digests(void **state)
{
    struct digest none, one, other;
    struct run_mark run = mark_of(1, 1, 1, 1);
    (void)state;
    run.tracking = TEXT("560-60-00001-4");
    row_check(1, bind(MARKS_INSERTER));
    row_check(
        2, letter_digest(sample.sheets, sample.fonts, &sample.pages, &none, &sample.error) == OK);
    row_check(3, mark(&run) == OK);
    row_check(4, letter_digest(sample.sheets, sample.fonts, &sample.pages, &one, &sample.error) ==
                     OK);
    run = mark_of(77, 78, 2, 3);
    row_check(5, mark(&run) == OK);
    row_check(6, letter_digest(sample.sheets, sample.fonts, &sample.pages, &other,
                               &sample.error) == OK);
    row_check(7, memcmp(&none, &one, sizeof none) == 0 && memcmp(&one, &other, sizeof one) == 0);
    check_rows();
}

/* Dashes of a sheet, by their place from the top. */
static unsigned dashes(void)
{
    unsigned found = 0;
    const struct item_bars *bars = &find_item(ITEM_BARS, 0)->as.bars;
    for (uint32_t i = 0; i < bars->count; i++)
        found |= 1u << ((bars->bars[i].y * EMU_PER_DOT600 + EMU_PER_MM) / (4 * EMU_PER_MM));
    return found;
}

static void omr(void **state)
{
    (void)state;
    row_check(0, bind(MARKS_INSERTER));
    for (unsigned sequence = 1; sequence < 20; sequence++)
        for (unsigned n = 1; n <= 3; n++)
            for (unsigned pattern = 0; pattern < 8; pattern++) {
                struct run_mark run = mark_of(sequence, 1, n, 3);
                run.pattern = pattern;
                unsigned want =
                    1 | (n == 1) << 1 | (n == 3) << 2 | (sequence & 7) << 3 | pattern << 6;
                if (__builtin_popcount(want) % 2)
                    want |= 1 << 9;
                row_check((int)sequence, mark(&run) == OK && dashes() == want);
            }
    check_rows();
}

/* The code says what the text says. */
static void code(void **state)
{
    static const char want[] = "042000000567010200000123403";
    struct run_mark run = {
        .sequence = 1234, .piece = 567, .first = 1, .sheets = 2, .pattern = 3, .key = 42};
    struct sheet_code_plan plan;
    uint8_t bits[SHEET_CODE_MODULES * SHEET_CODE_ROW];
    (void)state;
    row_check(1, bind(MARKS_INSERTER) && mark(&run) == OK);
    sheet_code_plan(&plan);
    sheet_code(&plan, want, bits);
    const struct item_modules *modules = &find_item(ITEM_MODULES, 0)->as.modules;
    row_check(2, memcmp(modules->bits, bits, sizeof bits) == 0 && modules->count == 21);
    /* in the margin at the foot, 4 mm free of the edge, on the dot grid */
    emu side = modules->module * 21;
    row_check(3, modules->x % EMU_PER_DOT600 == 0 && modules->y % EMU_PER_DOT600 == 0);
    row_check(4, modules->x >= 40 * EMU_PER_MM && modules->x + side <= A4_WIDTH - 40 * EMU_PER_MM);
    row_check(5, modules->y >= A4_HEIGHT - 10 * EMU_PER_MM &&
                     modules->y + side <= A4_HEIGHT - 4 * EMU_PER_MM);
    check_rows();
}

static void refusals(void **state)
{
    static const struct {
        int row;
        const char *words, *places;
        enum message message;
    } rows[] = {
        {1, "form: o\nparts:\n  a: \"{piece} {name}\"\n", PLACES("") FRAME("a", 20, 60),
         MSG_FORM_RUN_MIXED},
        {2, "form: o\nparts:\n  a: \"{piece} {customer}\"\n", PLACES("") FRAME("a", 20, 60),
         MSG_FORM_RUN_MIXED},
        {3, "form: o\nparts:\n  a: \"{piece} {insurer}\"\n", PLACES("") FRAME("a", 20, 80),
         MSG_NONE},
        {4, "form: o\nparts:\n  a: \"{piece}\"\n", PLACES("") FRAME("a", 20, 15),
         MSG_FORM_TOO_LONG},
        {5, "form: o\nparts:\n  a: \"{tracking}\"\n",
         PLACES("") "  - { part: a, symbol: nw7, x: 20, y: 20, h: 10, characters: 10 }\n",
         MSG_FORM_SYMBOL},
        {6, "form: o\nparts:\n  a: \"{piece}\xF0\xB0\x80\x80\"\n", PLACES("") FRAME("a", 20, 60),
         MSG_FORM_NO_GLYPH},
        {7, "form: o\nunit: household\nparts:\n  a: \"{piece}\"\n",
         PLACES("")
             FRAME("a", 20,
                   60) "tables:\n  - { name: t, x: 20, y: 40, w: 60, row: 8, rows: 10, frames: [ { "
                       "part: a, style: s, x: 20, w: 60 } ] }\n",
         MSG_FORM_RUN_IN_ROW},
        {8, "form: o\nparts:\n  a: x\n",
         PLACES("control: { text: { x: 20, y: 22, w: 30 } }\n") FRAME("a", 20, 60),
         MSG_CONTROL_MET},
        {9, "form: o\nparts:\n  a: x\n",
         PLACES("control: { text: { x: 20, y: 52, w: 10 } }\n") FRAME("a", 20, 60),
         MSG_FORM_TOO_LONG},
    };
    (void)state;
    sample.job.output.marks = MARKS_TEXT;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        enum status status = sample_bind(&sample, rows[i].words, rows[i].places);
        row_check(rows[i].row, (status == OK) == (rows[i].message == MSG_NONE));
        row_check(rows[i].row, sample.error.message == rows[i].message);
    }
    row_check(20, sample_bind(&sample, words, places) == STOP &&
                      sample.error.message == MSG_FORM_NO_PART);
    check_rows();
}

/* Customer data of a letter: what is no such data holds the record, naming the postcode's column. */
static void customer(void **state)
{
    static const struct {
        int row;
        const char *data;
        enum message message;
    } rows[] = {{1, "10000131-3-2-503", MSG_NONE},
                {2, "", MSG_NONE},
                {3, "1000013", MSG_NONE},
                {4, "100-0013", MSG_CUSTOMER_DATA},
                {5, "10000131*", MSG_CUSTOMER_DATA},
                {6, "100001", MSG_CUSTOMER_DATA}};
    (void)state;
    row_check(
        0, sample_bind(&sample, "form: o\nparts:\n  a: \"{customer}\"\n",
                       PLACES("") "  - { part: a, symbol: customer, x: 20, y: 20, size: 10 }\n") ==
               OK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        sample.letter.field[FIELD_CUSTOMER] = text_of(rows[i].data);
        for (int mode = COMPOSE_DRAW; mode <= COMPOSE_PROVE; mode++) {
            enum status status = sample_compose(&sample, (enum compose_mode)mode);
            row_check(rows[i].row, status == (rows[i].message == MSG_NONE ? OK : REJECT));
            row_check(rows[i].row, sample.error.message == rows[i].message);
            row_check(rows[i].row, status == OK || strcmp(sample.error.name, "郵便番号") == 0);
        }
        if (rows[i].message == MSG_NONE && sample_compose(&sample, COMPOSE_DRAW) == OK)
            row_check(rows[i].row, sample.pages.pages[0].list.count == (rows[i].data[0] != 0));
    }
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(kinds),    cmocka_unit_test(texts),
                                       cmocka_unit_test(ranges),   cmocka_unit_test(digests),
                                       cmocka_unit_test(omr),      cmocka_unit_test(code),
                                       cmocka_unit_test(refusals), cmocka_unit_test(customer)};
    if (!sample_open(&sample))
        return 1;
    int failed = check_run(tests);
    sample_close(&sample);
    return failed;
}
