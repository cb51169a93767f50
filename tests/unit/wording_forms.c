/* The parts of forms 1 to 4, set together in reading order, are the prescribed text of tests/expected/, which was
 * typed from the notice and not from the templates. What the other editions change is in tests/unit/wording_editions.c. */
#include "unit/check.h"

#include "base/os.h"
#include "wording/wording.h"

/* A part, and what stands behind it in the running text. */
struct place {
    const char *part, *behind;
};

#define HEAD_PLACES                                                                                \
    {"ref_no", "\n"}, {"kind", "\n"}, {"name", "\n"}, {"insurer", "\n"}, {"insurer_no", "\n"},     \
        {"title", "\n"}, {"lead", "\n"}, {"label_symbol", " "}, {"symbol", " "},                   \
        {"label_number", " "}, {"number", ""}, {"label_branch", ""}, {"branch", "\n"},             \
        {"label_name", " "}, {"value_name", "\n"}, {"label_kana", " "}, {"kana", "\n"},            \
        {"label_share", " "}, {"share", "\n"}, {"label_acquired", " "}, {"acquired", "\n"},        \
        {"label_insurer", " "}, {"value_insurer", "\n"}, {"portal", "\n"},                         \
        {"portal_access", "\n"}, {"portal_qr", "\n"},                                              \
    {                                                                                              \
        "fallback", "\n"                                                                           \
    }
#define CARD_PLACES                                                                                \
    {"mask", "\n"}, {"cut", "\n"}, {"card_title", "\n"}, {"card_issued", "\n"},                    \
        {"card_insurer", "\n"}, {"card_insurer_no", "\n"}, {"card_symbol", " "},                   \
        {"card_number", ""}, {"card_branch", "\n"}, {"card_name", "\n"}, {"card_share", "\n"},     \
    {                                                                                              \
        "card_note", "\n"                                                                          \
    }

static const struct place form1[] = {HEAD_PLACES, {"number_text", "\n"}, CARD_PLACES};
static const struct place form2[] = {
    HEAD_PLACES, {"number_text", "\n"}, {"number_differs", "\n"}, CARD_PLACES};
static const struct place form3[] = {
    {"mail_postcode", "\n"},  {"mail_addr1", "\n"},     {"mail_addr2", "\n"},
    {"mail_name", "\n"},      {"customer", "\n"},       {"tracking", "\n"},
    {"for_member", "\n"},     {"sender", "\n"},
    {"sender_addr", "\n"},    {"card_prefecture", " "}, {"card_expiry", "\n"},
    {"card_title", "\n"},     {"card_symbol", " "},     {"card_number", ""},
    {"card_branch", "\n"},    {"card_name", "\n"},      {"card_birth", " "},
    {"card_sex", "\n"},       {"card_start", "\n"},     {"card_issued", "\n"},
    {"card_head", "\n"},      {"card_addr1", "\n"},     {"card_addr2", "\n"},
    {"card_insurer_no", " "}, {"card_issuer", "\n"},    {"acquired", "\n"},
    {"title", "\n"},          {"lead", "\n"},           {"number_text", "\n"},
    {"mask_label", ""},       {"mask", "\n"},
};
static const struct place form4[] = {
    {"title", "\n"},         {"lead", "\n"},     {"number_text", "\n"}, {"head_member", " ｜ "},
    {"head_mask", "\n"},     {"member", " ｜ "}, {"member_mask", "\n"}, {"note", "\n"},
    {"contact_title", "\n"}, {"contact", "\n"},
};

#define COUNT(list) (uint32_t)(sizeof(list) / sizeof *(list))

static const struct prescribed_form {
    const char *name, *more; /* the one part that is not prescribed; NULL: none */
    const struct place *places;
    uint32_t count;
    bool household, padded;
} forms[] = {
    {"1", "contact", form1, COUNT(form1), false, false},
    {"2", "contact", form2, COUNT(form2), false, false},
    {"3", "piece", form3, COUNT(form3), false, true},
    {"4", "sheet", form4, COUNT(form4), true, false},
};

struct bench {
    struct job job;
    struct arena arena;
    struct wording wording;
    struct text expected, fields[FIELD_LIMIT];
};

/* Every field is filled with its own placeholder. */
static bool bench_open(struct bench *bench, const char *form)
{
    static char placeholders[FIELD_COUNT][40];
    char template_path[64], expected_path[64];
    struct error error;
    struct text source;
    memset(bench, 0, sizeof *bench);
    arena_open(&bench->arena, 1 << 20);
    for (int i = 0; i < FIELD_COUNT; i++) {
        snprintf(placeholders[i], sizeof placeholders[i], "{%s}", field_name(i));
        bench->fields[i] = text_of(placeholders[i]);
    }
    snprintf(template_path, sizeof template_path, "templates/2024-01/%s.yaml", form);
    snprintf(expected_path, sizeof expected_path, "tests/expected/form%s-wording.txt", form);
    return os_slurp(template_path, LIMIT_ASSET_BYTES, &bench->arena, &source, &error) == OK &&
           os_slurp(expected_path, LIMIT_ASSET_BYTES, &bench->arena, &bench->expected, &error) ==
               OK &&
           wording_read(&bench->job, source, "t.yaml", &bench->arena, &bench->wording, &error) ==
               OK;
}

static bool stands_at(const struct bench *bench, uint32_t at, struct text text)
{
    return at + text.length <= bench->expected.length &&
           memcmp(bench->expected.bytes + at, text.bytes, text.length) == 0;
}

static void check_form(const struct prescribed_form *form, unsigned row)
{
    struct bench bench;
    uint32_t at = 0;
    row_check(row, bench_open(&bench, form->name));
    for (uint32_t i = 0; i < form->count; i++) {
        const struct part *part = wording_part(&bench.wording, text_of(form->places[i].part));
        struct text behind = text_of(form->places[i].behind), out = {"", 0};
        row_check(row + i, part && wording_fill(part, bench.fields, &bench.arena, &out));
        row_check(row + i, out.length > 0 && stands_at(&bench, at, out));
        row_check(row + i, stands_at(&bench, at + out.length, behind));
        at += out.length + behind.length;
    }
    row_check(row + 90, at == bench.expected.length);
    row_check(row + 91, bench.wording.part_count == form->count + (form->more != NULL));
    row_check(row + 92, !form->more || wording_part(&bench.wording, text_of(form->more)));
    row_check(row + 93, text_is(bench.wording.form, form->name));
    row_check(row + 94, bench.wording.household == form->household &&
                            bench.wording.fields.padded_dates == form->padded);
    /* the tag of the form is not printed */
    row_check(row + 95, !memmem(bench.expected.bytes, bench.expected.length, "様式", 6));
    arena_close(&bench.arena);
}

static void prescribed(void **state)
{
    (void)state;
    for (unsigned i = 0; i < sizeof forms / sizeof *forms; i++)
        check_form(&forms[i], (i + 1) * 100);
    check_rows();
}

/* Forms 1 and 2: where to ring, side and portal. */
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
    for (int form = 1; form <= 2; form++) {
        struct bench bench;
        row_check(form * 100, bench_open(&bench, form == 1 ? "1" : "2"));
        const struct part *contact = wording_part(&bench.wording, TEXT("contact"));
        row_check(form * 100, contact && contact->fixed);
        bench.fields[FIELD_INSURER] = TEXT("架空健康保険組合");
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
            struct text out;
            bench.fields[FIELD_OFFICE] = text_of(rows[i].office);
            bench.fields[FIELD_CONTACT_TEL] = text_of(rows[i].tel);
            row_check(form * 100 + rows[i].row,
                      wording_fill(contact, bench.fields, &bench.arena, &out) &&
                          text_is(out, rows[i].want));
        }
        row_check(form * 100 + 6, text_is(bench.wording.side_right, "右") &&
                                      text_is(bench.wording.side_left, "左") &&
                                      text_is(bench.wording.side_bottom, "下"));
        row_check(form * 100 + 7, text_is(bench.wording.portal_url, "https://myna.go.jp/"));
        row_check(form * 100 + 8, bench.wording.fields.optional[FIELD_SHARE] &&
                                      !bench.wording.fields.optional[FIELD_BRANCH]);
        arena_close(&bench.arena);
    }
    check_rows();
}

/* What may be empty, and what then stands on paper. */
static void left_blank(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *form, *part;
        int empty[2]; /* fields; -1 = none */
        const char *want;
    } rows[] = {
        {1, "3", "mail_addr2", {FIELD_MAIL_ADDRESS2, -1}, ""},
        {2, "3", "card_sex", {FIELD_SEX, -1}, ""},
        {3, "3", "card_addr1", {FIELD_ADDRESS1, -1}, ""},
        {4, "3", "card_head", {FIELD_HEAD, -1}, ""},
        {5, "3", "mail_postcode", {FIELD_MAIL_POSTCODE, -1}, ""},
        {6, "3", "mail_name", {-1, -1}, "{mail_name} {mail_honorific}"},
        {7, "4", "sheet", {-1, -1}, "{sheet}/{sheets}"},
        {8, "4", "sheet", {FIELD_SHEET, FIELD_SHEETS}, ""},
        {9, "1", "card_share", {FIELD_SHARE, -1}, ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bench bench;
        struct text out;
        row_check(rows[i].row, bench_open(&bench, rows[i].form));
        for (int k = 0; k < 2; k++)
            if (rows[i].empty[k] >= 0)
                bench.fields[rows[i].empty[k]] = (struct text){NULL, 0};
        const struct part *part = wording_part(&bench.wording, text_of(rows[i].part));
        row_check(rows[i].row, part && wording_fill(part, bench.fields, &bench.arena, &out) &&
                                   text_is(out, rows[i].want));
        arena_close(&bench.arena);
    }
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(prescribed),
                                       cmocka_unit_test(around_the_words),
                                       cmocka_unit_test(left_blank)};
    return check_run(tests);
}
