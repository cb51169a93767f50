#include "unit/check.h"

#include "letter/letter.h"

static struct text extras[] = {{"催事コード", 15}, {"QR", 2}};

static struct job full_job(void)
{
    struct job job = {0};
    job.insurer.name = TEXT("架空健康保険組合");
    job.insurer.number = TEXT("06139992");
    job.insurer.office = TEXT("適用課");
    job.insurer.postcode = TEXT("100-0001");
    job.insurer.address = TEXT("東京都千代田区千代田1-1");
    job.insurer.tel = TEXT("03-0000-0000");
    job.notice.as_of = (struct date){2024, 9, 10};
    job.notice.issued = (struct date){2019, 5, 1};
    job.notice.contact = true;
    job.input.extra = extras;
    job.input.extra_count = 2;
    return job;
}

static void finding(void **state)
{
    (void)state;
    struct job job = full_job();
    static const struct {
        int row;
        const char *name;
        int field, slot;
        bool fixed;
    } rows[] = {
        {1, "ref_no", FIELD_REF_NO, COLUMN_REF_NO, false},
        {2, "last4", FIELD_LAST4, COLUMN_LAST4, false},
        {3, "addr2", FIELD_ADDRESS2, COLUMN_ADDRESS_B, false},
        {4, "insurer", FIELD_INSURER, -1, true},
        {5, "contact_tel", FIELD_CONTACT_TEL, -1, true},
        {6, "cut_side", FIELD_CUT_SIDE, -1, true},
        {7, "催事コード", FIELD_COUNT, COLUMN_COUNT, false},
        {8, "ＱＲ", FIELD_COUNT + 1, COLUMN_COUNT + 1, false},
        {13, "member", FIELD_NAME, COLUMN_NAME, false},
        {14, "mail_name", FIELD_MAIL_NAME, COLUMN_TO_NAME, false},
        {15, "sheet", FIELD_SHEET, -1, true},
        {9, "氏名", -1, -1, false},
        {10, "Name", -1, -1, false},
        {11, "", -1, -1, false},
        {12, "ref_no ", -1, -1, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int field = field_find(&job, text_of(rows[i].name));
        row_check(rows[i].row, field == rows[i].field);
        row_check(rows[i].row, field_slot(field) == rows[i].slot);
        row_check(rows[i].row, field_is_fixed(field) == rows[i].fixed);
    }
    row_check(16, strcmp(field_name(FIELD_NAME), "name") == 0);
    row_check(17, field_name(FIELD_COUNT) == NULL && field_name(-1) == NULL);
    row_check(18, field_slot(FIELD_LIMIT) == -1);
    check_rows();
}

static void job_fields(void **state)
{
    (void)state;
    struct job job = full_job();
    struct text out[FIELD_LIMIT];
    struct arena arena;
    struct error error;
    arena_open(&arena, 1 << 16);
    row_check(1, letter_job_fields(&job, &arena, out, &error) == OK);
    row_check(2, text_is(out[FIELD_AS_OF], "令和6年9月10日"));
    row_check(3, text_is(out[FIELD_ISSUED], "令和元年5月1日"));
    row_check(4, text_is(out[FIELD_CONTACT_TEL], "03-0000-0000"));
    row_check(5, text_is(out[FIELD_OFFICE_ADDRESS], "東京都千代田区千代田1-1"));
    row_check(6, out[FIELD_NAME].length == 0 && out[FIELD_CUT_SIDE].length == 0);
    job.notice.contact = false;
    job.notice.issued.year = 0;
    row_check(7, letter_job_fields(&job, &arena, out, &error) == OK);
    row_check(8, out[FIELD_CONTACT_TEL].length == 0 && text_is(out[FIELD_TEL], "03-0000-0000"));
    row_check(9, out[FIELD_ISSUED].length == 0);
    /* desk and issuer fall back on office and insurer */
    row_check(12,
              text_is(out[FIELD_DESK], "適用課") && text_is(out[FIELD_ISSUER], "架空健康保険組合"));
    row_check(13, out[FIELD_PREFECTURE].length == 0 && out[FIELD_SHEET].length == 0);
    job.insurer.desk = TEXT("窓口");
    job.notice.card.issuer = TEXT("A市");
    job.notice.card.prefecture = TEXT("中央県");
    row_check(14, letter_job_fields(&job, &arena, out, &error) == OK);
    row_check(15, text_is(out[FIELD_DESK], "窓口") && text_is(out[FIELD_ISSUER], "A市") &&
                      text_is(out[FIELD_PREFECTURE], "中央県"));
    struct text date;
    row_check(16, letter_date((struct date){2024, 7, 31}, true, &arena, &date) &&
                      text_is(date, "令和 6年 7月 31日"));
    row_check(17, letter_date((struct date){0, 0, 0}, true, &arena, &date) && date.length == 0);
    arena_close(&arena);
    arena_open(&arena, 0);
    row_check(10, letter_job_fields(&job, &arena, out, &error) == STOP);
    row_check(11, error.message == MSG_NO_MEMORY);
    arena_close(&arena);
    check_rows();
}

/* A header that has every column but those of `lacking`. */
static struct header header_without(const int lacking[4])
{
    struct header header = {.count = 1};
    for (int i = 0; i < 4; i++)
        if (lacking[i] >= 0)
            header.index[lacking[i]] = -1;
    return header;
}

static void columns(void **state)
{
    (void)state;
    static const struct {
        int row;
        int lacking[4];
        int field[2]; /* used, -1 = none */
        bool optional;
        const char *column; /* that is missed; NULL = none */
    } rows[] = {
        {1, {-1, -1, -1, -1}, {FIELD_NAME, FIELD_ADDRESS2}, false, NULL},
        {2, {COLUMN_NAME, -1, -1, -1}, {FIELD_NAME, -1}, false, "氏名"},
        {3, {COLUMN_NAME, -1, -1, -1}, {FIELD_KANA, -1}, false, NULL},
        {4, {COLUMN_REF_NO, -1, -1, -1}, {FIELD_KANA, -1}, false, "整理番号"},
        {5, {COLUMN_SHARE, -1, -1, -1}, {FIELD_SHARE, -1}, true, "負担割合"},
        {6,
         {COLUMN_ADDRESS_A, COLUMN_ADDRESS_B, -1, -1},
         {FIELD_ADDRESS1, FIELD_ADDRESS2},
         false,
         NULL},
        {7,
         {COLUMN_ADDRESS, COLUMN_ADDRESS_EXTRA, -1, -1},
         {FIELD_ADDRESS1, FIELD_ADDRESS2},
         false,
         NULL},
        {8, {COLUMN_ADDRESS_A, COLUMN_ADDRESS, -1, -1}, {FIELD_ADDRESS1, -1}, false, "住所A"},
        {9, {COLUMN_ADDRESS_A, COLUMN_ADDRESS_EXTRA, -1, -1}, {FIELD_ADDRESS2, -1}, false, "方書"},
        {10, {COLUMN_ADDRESS_B, -1, -1, -1}, {FIELD_ADDRESS2, -1}, false, "住所B"},
        {11, {COLUMN_COUNT + 1, -1, -1, -1}, {FIELD_COUNT + 1, -1}, false, "QR"},
        {12, {COLUMN_COUNT + 1, -1, -1, -1}, {FIELD_COUNT, FIELD_INSURER}, false, NULL},
        /* where the letter goes: 送付先 columns, or the person's own */
        {13, {COLUMN_TO_ADDRESS, COLUMN_TO_NAME, -1, -1}, {FIELD_MAIL_POSTCODE, -1}, false, NULL},
        {14,
         {COLUMN_TO_ADDRESS, COLUMN_TO_NAME, COLUMN_POSTCODE, -1},
         {FIELD_MAIL_POSTCODE, -1},
         false,
         "郵便番号"},
        {15, {COLUMN_POSTCODE, -1, -1, -1}, {FIELD_MAIL_POSTCODE, -1}, false, NULL},
        {16, {COLUMN_TO_POSTCODE, -1, -1, -1}, {FIELD_MAIL_POSTCODE, -1}, false, "送付先郵便番号"},
        {17, {COLUMN_TO_ADDRESS, -1, -1, -1}, {FIELD_MAIL_ADDRESS1, -1}, false, "送付先住所"},
        {18,
         {COLUMN_TO_ADDRESS, COLUMN_TO_NAME, COLUMN_ADDRESS_A, COLUMN_ADDRESS},
         {FIELD_MAIL_ADDRESS1, -1},
         false,
         "住所A"},
        {19,
         {COLUMN_TO_ADDRESS, COLUMN_TO_NAME, COLUMN_ADDRESS_A, COLUMN_ADDRESS_EXTRA},
         {FIELD_MAIL_ADDRESS1, FIELD_MAIL_ADDRESS2},
         true,
         "方書"},
        {20, {COLUMN_TO_ADDRESS_EXTRA, -1, -1, -1}, {FIELD_MAIL_ADDRESS2, -1}, false, NULL},
        {21, {COLUMN_TO_NAME, COLUMN_HEAD, -1, -1}, {FIELD_MAIL_NAME, -1}, false, NULL},
        {22, {COLUMN_NAME, -1, -1, -1}, {FIELD_MAIL_NAME, -1}, false, "氏名"},
        {23, {COLUMN_TO_HONORIFIC, -1, -1, -1}, {FIELD_MAIL_HONORIFIC, -1}, false, NULL},
        {24, {COLUMN_CARD_ISSUED, -1, -1, -1}, {FIELD_CARD_ISSUED, -1}, false, "交付年月日"},
        {25, {COLUMN_START, -1, -1, -1}, {FIELD_START, -1}, false, "適用開始年月日"},
    };
    struct job job = full_job();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct header header = header_without(rows[i].lacking);
        struct field_set fields = {0};
        struct error error = {0};
        for (int f = 0; f < 2; f++) {
            if (rows[i].field[f] < 0)
                continue;
            fields.used[rows[i].field[f]] = true;
            fields.optional[rows[i].field[f]] = rows[i].optional;
        }
        enum status status = letter_columns(&job, &fields, &header, &error);
        row_check(rows[i].row, status == (rows[i].column ? STOP : OK));
        if (!rows[i].column)
            continue;
        row_check(rows[i].row, error.message == MSG_LETTER_COLUMN);
        row_check(rows[i].row, strcmp(error.name, rows[i].column) == 0);
    }
    /* 交付年月日 may be the job's */
    struct header header = header_without((const int[4]){COLUMN_CARD_ISSUED, -1, -1, -1});
    struct field_set fields = {0};
    struct error error;
    fields.used[FIELD_CARD_ISSUED] = true;
    job.notice.card.issued = (struct date){2024, 8, 1};
    row_check(26, letter_columns(&job, &fields, &header, &error) == OK);
    check_rows();
}

static void job_keys(void **state)
{
    (void)state;
    static const struct {
        int row, field;
        bool optional;
        const char *key;
    } rows[] = {
        {1, FIELD_INSURER, false, "insurer.name"},
        {2, FIELD_INSURER_NO, false, "insurer.number"},
        {3, FIELD_OFFICE, false, "insurer.office"},
        {4, FIELD_OFFICE, true, NULL},
        {5, FIELD_OFFICE_POSTCODE, false, "insurer.postcode"},
        {6, FIELD_OFFICE_ADDRESS, false, "insurer.address"},
        {7, FIELD_TEL, false, "insurer.tel"},
        {8, FIELD_CONTACT_TEL, true, NULL},
        {9, FIELD_AS_OF, false, "notice.as_of"},
        {10, FIELD_ISSUED, false, "notice.issued"},
        {11, FIELD_PORTAL_URL, false, NULL},
        {12, FIELD_CUT_SIDE, false, NULL},
        {13, FIELD_DESK, false, "insurer.desk"},
        {14, FIELD_ISSUER, false, "notice.card.issuer"},
        {15, FIELD_PREFECTURE, false, "notice.card.prefecture"},
        {16, FIELD_PREFECTURE, true, NULL},
        {17, FIELD_SHEET, false, NULL},
    };
    const struct job bare = {0};
    struct job full = full_job(), union_job = bare;
    full.notice.card.prefecture = TEXT("中央県");
    union_job.insurer.kind = INSURER_KOKUHO_KUMIAI;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct header header = {.count = 1};
        struct field_set fields = {0};
        struct error error = {0};
        fields.used[rows[i].field] = true;
        fields.optional[rows[i].field] = rows[i].optional;
        enum status status = letter_columns(&bare, &fields, &header, &error);
        row_check(rows[i].row, status == (rows[i].key ? STOP : OK));
        row_check(rows[i].row, !rows[i].key || (error.message == MSG_LETTER_JOB_KEY &&
                                                strcmp(error.name, rows[i].key) == 0));
        row_check(rows[i].row, letter_columns(&full, &fields, &header, &error) == OK);
        /* a 国保組合 belongs to no prefecture */
        row_check(rows[i].row, rows[i].field != FIELD_PREFECTURE ||
                                   letter_columns(&union_job, &fields, &header, &error) == OK);
    }
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(finding), cmocka_unit_test(job_fields),
                                       cmocka_unit_test(columns), cmocka_unit_test(job_keys)};
    return check_run(tests);
}
