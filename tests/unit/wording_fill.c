#include "unit/check.h"

#include "wording/wording.h"

struct bench {
    struct job job;
    struct arena arena;
    struct wording wording;
};

static bool bench_open(struct bench *bench, const char *part)
{
    char source[512];
    struct error error;
    memset(bench, 0, sizeof *bench);
    arena_open(&bench->arena, 1 << 20);
    snprintf(source, sizeof source, "form: a\nparts:\n  t: \"%s\"\n", part);
    struct text text = arena_text(&bench->arena, text_of(source));
    return wording_read(&bench->job, text, "t.yaml", &bench->arena, &bench->wording, &error) == OK;
}

static void filling(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *part;
        const char *name, *kana, *tel; /* {name} {kana} {contact_tel} */
        const char *want;
    } rows[] = {
        {1, "題", "", "", "", "題"},
        {2, "{name} 様", "架空 太郎", "", "", "架空 太郎 様"},
        {3, "{name}", "架空 太郎", "", "", "架空 太郎"},
        {4, "{name}", "", "", "", ""},
        {5, "（{name}）", "甲", "", "", "（甲）"},
        /* empty as a whole: all fields empty */
        {6, "（{name?}）", "", "", "", ""},
        {7, "{name} 様", "", "", "", ""},
        {8, "{name}{kana}様", "", "", "", ""},
        {9, "{name}{kana}様", "", "カ", "", "カ様"},
        {10, "{name} {kana?}", "甲", "", "", "甲"},
        /* one that decides */
        {11, "先　{name}　{kana?}　電話 {contact_tel!}", "甲", "乙", "03", "先　甲　乙　電話 03"},
        {12, "先　{name}　{kana?}　電話 {contact_tel!}", "甲", "", "03", "先　甲　電話 03"},
        {13, "先　{name}　{kana?}　電話 {contact_tel!}", "甲", "乙", "", ""},
        {14, "{contact_tel!}", "甲", "", "", ""},
        {15, "{contact_tel!}{name}", "甲", "", "", ""},
        /* one that decides and is silent */
        {24, "{!kana}有効期限", "", "乙", "", "有効期限"},
        {25, "{!kana}有効期限", "", "", "", ""},
        {26, "{!kana}有効期限 {name}", "甲", "", "", ""},
        {27, "{!kana}有効期限 {name}", "甲", "乙", "", "有効期限 甲"},
        {29, "甲 {!kana}乙", "", "乙", "", "甲 乙"},
        /* sheet marks, and other names of fields */
        {30, "{member} 様分", "甲", "", "", "甲 様分"},
        {31, "{name?}/{contact_tel!}", "1", "", "2", "1/2"},
        {32, "{name?}/{contact_tel!}", "", "", "", ""},
        /* blanks before an empty field */
        {16, "甲 　 {kana?}乙{name}", "丙", "", "", "甲乙丙"},
        {17, "甲 　 {kana?}乙{name}", "丙", "丁", "", "甲 　 丁乙丙"},
        {18, "甲\\n{kana?}乙{name}", "丙", "", "", "甲\n乙丙"},
        {19, " {kana?}{name}", "丙", "", "", "丙"},
        {20, "{name}{kana?} 乙", "丙", "", "", "丙 乙"},
        /* braces, and braces in values */
        {21, "{{{name}}}", "甲", "", "", "{甲}"},
        {22, "{{name}}", "甲", "", "", "{name}"},
        {23, "{name}x", "{kana}", "カ", "", "{kana}x"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bench bench;
        struct text fields[FIELD_LIMIT] = {{0, 0}}, out;
        row_check(rows[i].row, bench_open(&bench, rows[i].part));
        fields[FIELD_NAME] = text_of(rows[i].name);
        fields[FIELD_KANA] = text_of(rows[i].kana);
        fields[FIELD_CONTACT_TEL] = text_of(rows[i].tel);
        bool filled = wording_fill(&bench.wording.parts[0], fields, &bench.arena, &out);
        row_check(rows[i].row, filled && text_is(out, rows[i].want));
        arena_close(&bench.arena);
    }
    check_rows();
}

static void memory(void **state)
{
    (void)state;
    struct bench bench;
    struct arena none;
    struct text fields[FIELD_LIMIT] = {{0, 0}}, out;
    fields[FIELD_NAME] = TEXT("甲");
    arena_open(&none, 0);
    row_check(1, bench_open(&bench, "{name} 様"));
    row_check(2, !wording_fill(&bench.wording.parts[0], fields, &none, &out));
    arena_close(&bench.arena);
    row_check(3, bench_open(&bench, "{name}"));
    row_check(4, wording_fill(&bench.wording.parts[0], fields, &none, &out)); /* borrowed */
    row_check(5, out.bytes == fields[FIELD_NAME].bytes);
    arena_close(&bench.arena);
    arena_close(&none);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(filling), cmocka_unit_test(memory)};
    return check_run(tests);
}
