#include "unit/check.h"

#include "wording/wording.h"

static struct text extras[] = {{"案内文", 9}};

static enum status read(const char *source, const char *job_url, struct arena *arena,
                        struct wording *out, struct error *error)
{
    struct job job = {0};
    job.input.extra = extras;
    job.input.extra_count = 1;
    job.notice.portal_url = text_of(job_url);
    *error = (struct error){0};
    return wording_read(&job, text_of(source), "templates/x/t.yaml", arena, out, error);
}

static void refusals(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *source;
        enum message message;
        uint32_t line;
        const char *name;
    } rows[] = {
        {1, "form: a\nparts: {t: x}", MSG_NONE, 0, ""},
        {2, "", MSG_TEMPLATE_MISSING, 1, "form"},
        {3, "parts: {t: x}", MSG_TEMPLATE_MISSING, 1, "form"},
        {4, "form: a", MSG_TEMPLATE_NO_PARTS, 1, "parts"},
        {5, "form: a\nparts: {}", MSG_TEMPLATE_NO_PARTS, 2, "parts"},
        {6, "form: a\nparts: [x]", MSG_TEMPLATE_SHAPE, 2, "parts"},
        {7, "form: a\nparts:\n  t: [x]", MSG_TEMPLATE_SHAPE, 3, "t"},
        {8, "- form", MSG_TEMPLATE_SHAPE, 1, ""},
        {9, "form: a\nparts: {t: x}\nfrom: b", MSG_TEMPLATE_KEY, 3, "from"},
        {10, "form: [a]\nparts: {t: x}", MSG_TEMPLATE_SHAPE, 1, "form"},
        {11, "form: ''\nparts: {t: x}", MSG_TEMPLATE_EMPTY, 1, "form"},
        {12, "form: a b\nparts: {t: x}", MSG_TEMPLATE_NAME, 1, "a b"},
        {13, "form: a\nparts:\n  t: ''", MSG_TEMPLATE_EMPTY, 3, "t"},
        {14, "form: a\nparts:\n  t: |\n\n  u: x", MSG_TEMPLATE_EMPTY, 3, "t"},
        {15, "form: a\nparts:\n  'a b': x", MSG_TEMPLATE_NAME, 3, "a b"},
        {16, "form: a\nparts:\n  '': x", MSG_TEMPLATE_NAME, 3, ""},
        {17, "form: a\nparts:\n  t: x\n  u: '{nome}'", MSG_TEMPLATE_FIELD, 4, "nome"},
        {18, "form: a\nparts:\n  t: '{}'", MSG_TEMPLATE_FIELD, 3, ""},
        {19, "form: a\nparts:\n  t: '{?}'", MSG_TEMPLATE_FIELD, 3, ""},
        {20, "form: a\nparts:\n  t: '{name??}'", MSG_TEMPLATE_FIELD, 3, "name?"},
        {21, "form: a\nparts:\n  t: '{ name }'", MSG_TEMPLATE_FIELD, 3, " name "},
        {22, "form: a\nparts:\n  t: '{name'", MSG_TEMPLATE_BRACE, 3, "t"},
        {23, "form: a\nparts:\n  t: 'name}'", MSG_TEMPLATE_BRACE, 3, "t"},
        {24, "form: a\nparts:\n  t: '{name}}'", MSG_TEMPLATE_BRACE, 3, "t"},
        {25, "form: a\nparts:\n  t: '{na{me}'", MSG_TEMPLATE_BRACE, 3, "t"},
        {26, "form: a\nparts:\n  t: '{'", MSG_TEMPLATE_BRACE, 3, "t"},
        {27, "form: a\nparts:\n  t: \"a\\tb\"", MSG_TEMPLATE_CONTROL, 3, "t"},
        {28, "form: a\nparts:\n  t: \"a\\u0085b\"", MSG_TEMPLATE_CONTROL, 3, "t"},
        {29, "form: a\nportal_url: \"a\\nb\"\nparts: {t: x}", MSG_TEMPLATE_CONTROL, 2,
         "portal_url"},
        {30, "form: a\nparts: {t: '{cut_side}'}", MSG_TEMPLATE_CUT_SIDE, 1, "right"},
        {31, "form: a\ncut_side: {right: 右, left: 左}\nparts: {t: x}", MSG_TEMPLATE_CUT_SIDE, 2,
         "bottom"},
        {32, "form: a\ncut_side: {right: 右, left: 左, top: 上}\nparts: {t: x}", MSG_TEMPLATE_KEY,
         2, "top"},
        {33, "form: a\ncut_side: 右\nparts: {t: x}", MSG_TEMPLATE_SHAPE, 2, "cut_side"},
        {34, "form: a\nparts: {t: '{portal_url}'}", MSG_TEMPLATE_PORTAL, 1, "portal_url"},
        {35, "form: a\nparts: {t: '{portal_url?}'}", MSG_NONE, 0, ""},
        {36, "form: a\nparts: {t: x, t: y}", MSG_YAML_DOUBLE_KEY, 2, "t"},
        {37, "form: a\nparts: {t: x", MSG_YAML_SYNTAX, 3, ""},
        {38, "form: a\nparts:\n  t: '{案内文}{案内文?}{{}}'", MSG_NONE, 0, ""},
        {39, "form: a\nunit: person\ndates: plain\nparts: {t: x}", MSG_NONE, 0, ""},
        {40, "form: a\nunit: family\nparts: {t: x}", MSG_TEMPLATE_CHOICE, 2, "unit"},
        {41, "form: a\nunit: [person]\nparts: {t: x}", MSG_TEMPLATE_SHAPE, 2, "unit"},
        {42, "form: a\nunit: ''\nparts: {t: x}", MSG_TEMPLATE_CHOICE, 2, "unit"},
        {43, "form: a\ndates: western\nparts: {t: x}", MSG_TEMPLATE_CHOICE, 2, "dates"},
        {44, "form: a\ndates: {a: b}\nparts: {t: x}", MSG_TEMPLATE_SHAPE, 2, "dates"},
        {45, "form: a\nparts:\n  t: '{!name}甲{!案内文}{member}'", MSG_NONE, 0, ""},
        {46, "form: a\nparts:\n  t: '{!name!}'", MSG_TEMPLATE_FIELD, 3, "name!"},
        {47, "form: a\nparts:\n  t: '{!name?}'", MSG_TEMPLATE_FIELD, 3, "name?"},
        {48, "form: a\nparts:\n  t: '{!}'", MSG_TEMPLATE_FIELD, 3, ""},
        {49, "form: a\nparts:\n  t: '{!name}{!kana}'", MSG_TEMPLATE_EMPTY, 3, "t"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct wording wording;
        struct arena arena;
        struct error error;
        arena_open(&arena, 1 << 20);
        enum status status = read(rows[i].source, NULL, &arena, &wording, &error);
        row_check(rows[i].row, status == (rows[i].message == MSG_NONE ? OK : STOP));
        row_check(rows[i].row, error.message == rows[i].message);
        row_check(rows[i].row, rows[i].message == MSG_YAML_SYNTAX || error.line == rows[i].line);
        row_check(rows[i].row, strcmp(error.name, rows[i].name) == 0);
        row_check(rows[i].row, status == OK || strcmp(error.file, "t.yaml") == 0);
        arena_close(&arena);
    }
    check_rows();
}

static void contents(void **state)
{
    (void)state;
    static const char source[] = "form: \"1\"\n"
                                 "cut_side: {right: 右, left: 左, bottom: 下}\n"
                                 "portal_url: https://example.jp/\n"
                                 "parts:\n"
                                 "  a: 題\n"
                                 "  b: '氏名 {name} {branch?}'\n"
                                 "  c: '{insurer}{{x}}{branch}{kana!}'\n"
                                 "  d: |\n"
                                 "    一行\n"
                                 "    二行 {as_of}\n"
                                 "  e: '{案内文}'\n";
    struct wording wording;
    struct arena arena;
    struct error error;
    arena_open(&arena, 1 << 20);
    row_check(1, read(source, NULL, &arena, &wording, &error) == OK);
    row_check(2, text_is(wording.form, "1") && wording.part_count == 5);
    row_check(3, text_is(wording.portal_url, "https://example.jp/"));
    const struct part *a = wording_part(&wording, TEXT("a"));
    const struct part *b = wording_part(&wording, TEXT("b"));
    const struct part *c = wording_part(&wording, TEXT("c"));
    const struct part *d = wording_part(&wording, TEXT("d"));
    const struct part *e = wording_part(&wording, TEXT("e"));
    row_check(4, a && b && c && d && e && !wording_part(&wording, TEXT("f")));
    row_check(5, a->fixed && a->lead_field == -1 && a->segment_count == 1 && a->line == 5);
    row_check(6, !b->fixed && b->lead_field == FIELD_NAME && b->segment_count == 4);
    row_check(7,
              b->segments[0].blanks == 1 && b->segments[2].blanks == 1 && b->segments[3].optional);
    row_check(8, !c->fixed && c->lead_field == FIELD_BRANCH && c->segment_count == 4);
    row_check(9, text_is(c->segments[1].literal, "{x}"));
    row_check(10, c->segments[3].decides && c->segments[3].optional && !b->segments[3].decides);
    row_check(11, d->fixed && text_is(d->segments[0].literal, "一行\n二行 "));
    row_check(12, e->lead_field == FIELD_COUNT);
    row_check(13, wording.fields.used[FIELD_NAME] && !wording.fields.optional[FIELD_NAME]);
    row_check(14, wording.fields.used[FIELD_KANA] && wording.fields.optional[FIELD_KANA]);
    row_check(15, !wording.fields.optional[FIELD_BRANCH]); /* one mention has no mark */
    row_check(16, !wording.fields.used[FIELD_SYMBOL] && !wording.fields.optional[FIELD_SYMBOL]);
    struct digest digest;
    row_check(17, digest_of(source, sizeof source - 1, &digest, &error) == OK &&
                      memcmp(&digest, &wording.digest, sizeof digest) == 0);
    arena_close(&arena);
    check_rows();
}

static void sides_and_portal(void **state)
{
    (void)state;
    static const char source[] =
        "form: a\ncut_side: {right: 右, left: 左, bottom: 下}\n"
        "portal_url: https://a.example/\nparts: {t: '{cut_side}{portal_url}'}";
    struct wording wording;
    struct arena arena;
    struct error error;
    struct text fields[FIELD_LIMIT] = {{0, 0}};
    arena_open(&arena, 1 << 20);
    row_check(1, read(source, NULL, &arena, &wording, &error) == OK);
    row_check(2, text_is(wording_side(&wording, CUT_RIGHT), "右"));
    row_check(3, text_is(wording_side(&wording, CUT_LEFT), "左"));
    row_check(4, text_is(wording_side(&wording, CUT_BOTTOM), "下"));
    row_check(5, wording_side(&wording, 3).length == 0);
    wording_job_fields(&wording, CUT_LEFT, fields);
    row_check(6, text_is(fields[FIELD_CUT_SIDE], "左"));
    row_check(7, text_is(fields[FIELD_PORTAL_URL], "https://a.example/"));
    fields[FIELD_PORTAL_URL] = TEXT("https://job.example/");
    wording_job_fields(&wording, CUT_BOTTOM, fields);
    row_check(8, text_is(fields[FIELD_PORTAL_URL], "https://job.example/"));
    /* the job's own address is enough */
    row_check(9, read("form: a\nparts: {t: '{portal_url}'}", "https://job.example/", &arena,
                      &wording, &error) == OK);
    arena_close(&arena);
    check_rows();
}

static void unit_and_dates(void **state)
{
    (void)state;
    struct wording wording;
    struct arena arena;
    struct error error;
    struct job job = {0};
    struct text fields[FIELD_LIMIT] = {{0, 0}};
    job.notice.as_of = (struct date){2024, 9, 1};
    arena_open(&arena, 1 << 20);
    row_check(1, wording_read(&job, TEXT("form: a\nparts: {t: '{as_of}'}"), "t.yaml", &arena,
                              &wording, &error) == OK);
    row_check(2, !wording.household && !wording.fields.padded_dates);
    fields[FIELD_AS_OF] = TEXT("令和6年9月1日");
    wording_job_fields(&wording, CUT_RIGHT, fields);
    row_check(3, text_is(fields[FIELD_AS_OF], "令和6年9月1日"));
    row_check(4, wording_read(&job,
                              TEXT("form: a\nunit: household\ndates: padded\nparts: {t: "
                                   "'{!expiry}甲'}"),
                              "t.yaml", &arena, &wording, &error) == OK);
    row_check(5, wording.household && wording.fields.padded_dates);
    wording_job_fields(&wording, CUT_RIGHT, fields);
    row_check(6, text_is(fields[FIELD_AS_OF], "令和 6年 9月 1日"));
    row_check(7, fields[FIELD_ISSUED].length == 0); /* the job gives none */
    const struct part *part = wording_part(&wording, TEXT("t"));
    row_check(8, part && !part->fixed && part->lead_field == FIELD_EXPIRY);
    row_check(9, part->segments[0].silent && part->segments[0].decides);
    row_check(10, wording.fields.used[FIELD_EXPIRY] && wording.fields.optional[FIELD_EXPIRY]);
    arena_close(&arena);
    check_rows();
}

static void out_of_memory(void **state)
{
    (void)state;
    struct wording wording;
    struct error error;
    static const char source[] = "form: a\ndates: padded\nparts: {t: 'x {name}', u: y}";
    int refused = 0;
    /* the ceiling rises until it suffices: never a crash, never another message */
    for (size_t ceiling = 0; ceiling < 1 << 20; ceiling = ceiling ? ceiling * 2 : 64) {
        struct arena arena;
        arena_open(&arena, ceiling);
        enum status status = read(source, NULL, &arena, &wording, &error);
        row_check(1, status == OK || (status == STOP && error.message == MSG_NO_MEMORY));
        refused += status != OK;
        arena_close(&arena);
    }
    row_check(2, refused > 0);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refusals), cmocka_unit_test(contents), cmocka_unit_test(sides_and_portal),
        cmocka_unit_test(unit_and_dates), cmocka_unit_test(out_of_memory)};
    return check_run(tests);
}
