/* Form 1's parts, set together in reading order, are the prescribed text of tests/expected/form1-wording.txt,
 * which was typed from the notice and not from the template. */
#include "unit/check.h"

#include "base/os.h"
#include "wording/wording.h"

/* Part, and what stands behind it in the running text. */
static const struct {
    int row;
    const char *part, *behind;
} order[] = {
    {1, "ref_no", "\n"},         {2, "kind", "\n"},
    {3, "name", "\n"},           {4, "insurer", "\n"},
    {5, "insurer_no", "\n"},     {6, "title", "\n"},
    {7, "lead", "\n"},           {8, "label_symbol", " "},
    {9, "symbol", " "},          {10, "label_number", " "},
    {11, "number", ""},          {12, "label_branch", ""},
    {13, "branch", "\n"},        {14, "label_name", " "},
    {15, "value_name", "\n"},    {16, "label_kana", " "},
    {17, "kana", "\n"},          {18, "label_share", " "},
    {19, "share", "\n"},         {20, "label_acquired", " "},
    {21, "acquired", "\n"},      {22, "label_insurer", " "},
    {23, "value_insurer", "\n"}, {24, "portal", "\n"},
    {25, "portal_access", "\n"}, {26, "portal_qr", "\n"},
    {27, "fallback", "\n"},      {28, "number_text", "\n"},
    {29, "mask", "\n"},          {30, "cut", "\n"},
    {31, "card_title", "\n"},    {32, "card_issued", "\n"},
    {33, "card_insurer", "\n"},  {34, "card_insurer_no", "\n"},
    {35, "card_symbol", " "},    {36, "card_number", ""},
    {37, "card_branch", "\n"},   {38, "card_name", "\n"},
    {39, "card_share", "\n"},    {40, "card_note", "\n"},
};
enum { PARTS = sizeof order / sizeof *order };

struct bench {
    struct job job;
    struct arena arena;
    struct wording wording;
    struct text expected, fields[FIELD_LIMIT];
};

/* Every field is filled with its own placeholder. */
static bool bench_open(struct bench *bench)
{
    static char placeholders[FIELD_COUNT][40];
    struct error error;
    struct text source;
    memset(bench, 0, sizeof *bench);
    arena_open(&bench->arena, 1 << 20);
    for (int i = 0; i < FIELD_COUNT; i++) {
        snprintf(placeholders[i], sizeof placeholders[i], "{%s}", field_name(i));
        bench->fields[i] = text_of(placeholders[i]);
    }
    return os_slurp("templates/2024-01/1.yaml", LIMIT_ASSET_BYTES, &bench->arena, &source,
                    &error) == OK &&
           os_slurp("tests/expected/form1-wording.txt", LIMIT_ASSET_BYTES, &bench->arena,
                    &bench->expected, &error) == OK &&
           wording_read(&bench->job, source, "1.yaml", &bench->arena, &bench->wording, &error) ==
               OK;
}

static void prescribed(void **state)
{
    (void)state;
    struct bench bench;
    uint32_t at = 0;
    row_check(0, bench_open(&bench));
    for (size_t i = 0; i < PARTS; i++) {
        const struct part *part = wording_part(&bench.wording, text_of(order[i].part));
        struct text out = {0, 0};
        row_check(order[i].row, part && wording_fill(part, bench.fields, &bench.arena, &out));
        uint32_t behind = (uint32_t)strlen(order[i].behind);
        bool room = at + out.length + behind <= bench.expected.length;
        row_check(order[i].row,
                  room && memcmp(bench.expected.bytes + at, out.bytes, out.length) == 0);
        at += out.length;
        row_check(order[i].row,
                  room && memcmp(bench.expected.bytes + at, order[i].behind, behind) == 0);
        at += behind;
    }
    row_check(41, at == bench.expected.length);
    row_check(42, bench.wording.part_count == PARTS + 1); /* and the contact line, no more */
    arena_close(&bench.arena);
    check_rows();
}

static void around_the_words(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *office, *tel, *want;
    } rows[] = {
        {1, "適用課", "03-0000-0000",
         "お問い合わせ先　架空健康保険組合　適用課　電話 03-0000-0000"},
        {2, "", "03-0000-0000", "お問い合わせ先　架空健康保険組合　電話 03-0000-0000"},
        {3, "適用課", "", ""},
        {4, "", "", ""},
    };
    struct bench bench;
    row_check(0, bench_open(&bench));
    const struct part *contact = wording_part(&bench.wording, TEXT("contact"));
    row_check(0, contact && contact->fixed);
    bench.fields[FIELD_INSURER] = TEXT("架空健康保険組合");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct text out;
        bench.fields[FIELD_OFFICE] = text_of(rows[i].office);
        bench.fields[FIELD_CONTACT_TEL] = text_of(rows[i].tel);
        row_check(rows[i].row, wording_fill(contact, bench.fields, &bench.arena, &out) &&
                                   text_is(out, rows[i].want));
    }
    row_check(5, text_is(bench.wording.form, "1"));
    row_check(6, text_is(bench.wording.side_right, "右") &&
                     text_is(bench.wording.side_left, "左") &&
                     text_is(bench.wording.side_bottom, "下"));
    row_check(7, text_is(bench.wording.portal_url, "https://myna.go.jp/"));
    row_check(8, bench.wording.fields.optional[FIELD_SHARE] &&
                     !bench.wording.fields.optional[FIELD_BRANCH]);
    /* the tag of the form is not printed */
    row_check(9, !strstr(bench.expected.bytes, "様式") && !strstr(bench.expected.bytes, "5情報"));
    arena_close(&bench.arena);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(prescribed),
                                       cmocka_unit_test(around_the_words)};
    return check_run(tests);
}
