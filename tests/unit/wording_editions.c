/* What the other editions change in forms 1 and 2 of the notice: by part, and in no word more. */
#include "unit/check.h"

#include "base/os.h"
#include "wording/wording.h"

#define MOST_CHANGES 24

static const struct variant {
    int row;
    const char *base, *path;
    const char *gone[8]; /* parts of the base that are not there */
    const char
        *news[MOST_CHANGES][2]; /* parts that the base lacks or words otherwise, and their text */
} variants[] = {
    {1,
     "templates/2024-01/1.yaml",
     "templates/2024-12/1.yaml",
     {"number_text", "mask"},
     {{"legal_name", "（資格情報通知書）"},
      {"label_expiry", "有効期限"},
      {"expiry", "{expiry}"},
      {"card_expiry", "有効期限 {expiry}"}}},
    {2,
     "templates/2024-01/1.yaml",
     "templates/2024-01-kyokai/1.yaml",
     {"card_share"},
     {{"label_birth", "生年月日"},
      {"birth", "{birth}"},
      {"card_kana", "フリガナ {kana}"},
      {"card_birth", "生年月日 {birth}"},
      {"card_acquired", "資格取得年月日 {acquired}"},
      {"card_insurer_no", "保険者番号 {insurer_no}"},
      {"card_insurer", "保険者名 {insurer}"}}},
    {3,
     "templates/2024-01/2.yaml",
     "templates/2024-01-kyokai/2.yaml",
     {"card_share"},
     {{"label_birth", "生年月日"},
      {"birth", "{birth}"},
      {"card_kana", "フリガナ {kana}"},
      {"card_birth", "生年月日 {birth}"},
      {"card_acquired", "資格取得年月日 {acquired}"},
      {"card_insurer_no", "保険者番号 {insurer_no}"},
      {"card_insurer", "保険者名 {insurer}"}}},
    {4,
     "templates/2024-01-kyokai/1.yaml",
     "templates/2024-01-kyokai/1n.yaml",
     {"number_text", "mask"},
     {{"number_request", "なお、医療保険のデータベースにあなたの個人番号（マイナンバー）が登録され"
                         "ていないか、登録されている番号の確認が"
                         "できていないため、このお知らせには個人番号を表示していません。お手数です"
                         "が、個人番号（マイナンバー）を保険者まで"
                         "ご提出ください。"}}},
};

static struct text fields[FIELD_LIMIT];

static bool read(const char *path, struct arena *arena, struct wording *out)
{
    static const struct job job = {.path = "job.yaml"};
    struct error error;
    struct text source;
    return os_slurp(path, LIMIT_ASSET_BYTES, arena, &source, &error) == OK &&
           wording_read(&job, source, "t.yaml", arena, out, &error) == OK;
}

static bool is_gone(const struct variant *variant, struct text name)
{
    for (unsigned i = 0; i < 8 && variant->gone[i]; i++)
        if (text_is(name, variant->gone[i]))
            return true;
    return false;
}

static const char *new_words(const struct variant *variant, struct text name)
{
    for (unsigned i = 0; i < MOST_CHANGES && variant->news[i][0]; i++)
        if (text_is(name, variant->news[i][0]))
            return variant->news[i][1];
    return NULL;
}

static struct text filled(const struct part *part, struct arena *arena)
{
    struct text out = {"?", 1};
    return part && wording_fill(part, fields, arena, &out) ? out : TEXT("?");
}

static void check_variant(const struct variant *variant)
{
    struct wording base, other;
    struct arena arena;
    arena_open(&arena, 1 << 20);
    row_check(variant->row, read(variant->base, &arena, &base));
    row_check(variant->row, read(variant->path, &arena, &other));
    for (uint32_t i = 0; i < other.part_count; i++) {
        struct text name = other.parts[i].name, text = filled(&other.parts[i], &arena);
        const char *words = new_words(variant, name);
        row_check(variant->row * 100 + i,
                  words ? text_is(text, words)
                        : text_equal(text, filled(wording_part(&base, name), &arena)));
        row_check(variant->row * 100 + i, !is_gone(variant, name));
    }
    for (uint32_t i = 0; i < base.part_count; i++)
        row_check(variant->row * 100 + i,
                  is_gone(variant, base.parts[i].name) || wording_part(&other, base.parts[i].name));
    for (unsigned i = 0; i < MOST_CHANGES && variant->news[i][0]; i++)
        row_check(variant->row * 100 + 90 + i, wording_part(&other, text_of(variant->news[i][0])));
    arena_close(&arena);
}

static void changes(void **state)
{
    (void)state;
    static char placeholders[FIELD_COUNT][40];
    for (int i = 0; i < FIELD_COUNT; i++) {
        snprintf(placeholders[i], sizeof placeholders[i], "{%s}", field_name(i));
        fields[i] = text_of(placeholders[i]);
    }
    for (size_t i = 0; i < sizeof variants / sizeof *variants; i++)
        check_variant(&variants[i]);
    check_rows();
}

/* Letters without the last 4 digits do not even ask for the column. */
static void no_last4(void **state)
{
    (void)state;
    struct wording wording;
    struct arena arena;
    arena_open(&arena, 1 << 20);
    row_check(1, read("templates/2024-12/1.yaml", &arena, &wording));
    row_check(2, text_is(wording.form, "1") && !wording.fields.used[FIELD_LAST4]);
    row_check(3, wording.fields.optional[FIELD_EXPIRY] && wording.fields.optional[FIELD_KIND]);
    fields[FIELD_EXPIRY] = (struct text){NULL, 0}; /* the row is there with its value only */
    static const char *const parts[] = {"label_expiry", "expiry", "card_expiry"};
    for (unsigned i = 0; i < 3; i++)
        row_check(4 + i, filled(wording_part(&wording, text_of(parts[i])), &arena).length == 0);
    row_check(7, read("templates/2024-01-kyokai/1n.yaml", &arena, &wording));
    row_check(8, text_is(wording.form, "1n") && !wording.fields.used[FIELD_LAST4]);
    row_check(9, read("templates/2024-01-kyokai/2.yaml", &arena, &wording));
    row_check(10, text_is(wording.form, "2") && wording.fields.used[FIELD_LAST4]);
    arena_close(&arena);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(changes), cmocka_unit_test(no_last4)};
    return check_run(tests);
}
