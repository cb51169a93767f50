#include "unit/check.h"

#include "letter/letter.h"

static struct text extras[] = {{"案内文", 9}};

/* A whole, sound record of a fictional person. */
static struct admitted whole_record(void)
{
    struct admitted record = {.row = 12};
    record.value[COLUMN_REF_NO] = TEXT("2024_001_07");
    record.value[COLUMN_KIND] = TEXT("本人");
    record.value[COLUMN_SYMBOL] = TEXT("１２３");
    record.value[COLUMN_NUMBER] = TEXT("00000101");
    record.value[COLUMN_BRANCH] = TEXT("00");
    record.value[COLUMN_NAME] = TEXT("架空 太郎");
    record.value[COLUMN_KANA] = TEXT("カクウ タロウ");
    record.value[COLUMN_BIRTH] = TEXT("S48.1.1");
    record.value[COLUMN_SEX] = TEXT("男");
    record.value[COLUMN_SHARE] = TEXT("３割");
    record.value[COLUMN_ACQUIRED] = TEXT("2008-04-01");
    record.value[COLUMN_EXPIRY] = TEXT("令和7年7月31日");
    record.value[COLUMN_POSTCODE] = TEXT("1112222");
    record.value[COLUMN_ADDRESS_A] = TEXT("中央県A市B町");
    record.value[COLUMN_ADDRESS_B] = TEXT("1丁目2番345号");
    record.value[COLUMN_HEAD] = TEXT("架空 花子");
    record.value[COLUMN_EMPLOYER] = TEXT("架空商事");
    record.value[COLUMN_LAST4] = TEXT("0825");
    record.value[COLUMN_START] = TEXT("2018-04-01");
    record.value[COLUMN_CARD_ISSUED] = TEXT("R5.8.1");
    record.value[COLUMN_COUNT] = TEXT("1.0");
    return record;
}

struct bench {
    struct job job;
    struct arena arena;
    struct field_set fields;
    struct text job_fields[FIELD_LIMIT];
    struct letter letter;
    struct error error;
};

static struct bench bench_open(void)
{
    struct bench bench = {0};
    bench.job.input.extra = extras;
    bench.job.input.extra_count = 1;
    arena_open(&bench.arena, 1 << 16);
    for (int i = 0; i <= FIELD_COUNT; i++)
        bench.fields.used[i] = true;
    bench.job_fields[FIELD_INSURER] = TEXT("架空健康保険組合");
    return bench;
}

static enum status make(struct bench *bench, const struct admitted *record)
{
    bench->error = (struct error){0};
    return letter_make(&bench->job, record, &bench->fields, bench->job_fields, &bench->arena,
                       &bench->letter, &bench->error);
}

static void sound_record(void **state)
{
    (void)state;
    static const struct {
        int row, field;
        const char *want;
    } rows[] = {
        {1, FIELD_REF_NO, "2024_001_07"},
        {2, FIELD_KIND, "ご本人（被保険者）様"},
        {3, FIELD_SYMBOL, "１２３"},
        {4, FIELD_NUMBER, "00000101"},
        {5, FIELD_BRANCH, "00"},
        {6, FIELD_NAME, "架空 太郎"},
        {7, FIELD_KANA, "カクウ タロウ"},
        {8, FIELD_BIRTH, "昭和48年1月1日"},
        {9, FIELD_SEX, "男"},
        {10, FIELD_SHARE, "3割"},
        {11, FIELD_ACQUIRED, "平成20年4月1日"},
        {12, FIELD_EXPIRY, "令和7年7月31日"},
        {13, FIELD_POSTCODE, "111-2222"},
        {14, FIELD_ADDRESS1, "中央県A市B町"},
        {15, FIELD_ADDRESS2, "1丁目2番345号"},
        {16, FIELD_HEAD, "架空 花子"},
        {17, FIELD_EMPLOYER, "架空商事"},
        {18, FIELD_LAST4, "0825"},
        {19, FIELD_INSURER, "架空健康保険組合"},
        {30, FIELD_START, "平成30年4月1日"},
        {31, FIELD_CARD_ISSUED, "令和5年8月1日"},
        {32, FIELD_MAIL_POSTCODE, "111-2222"},
        {33, FIELD_MAIL_ADDRESS1, "中央県A市B町"},
        {34, FIELD_MAIL_ADDRESS2, "1丁目2番345号"},
        {35, FIELD_MAIL_NAME, "架空 花子"},
        {36, FIELD_MAIL_HONORIFIC, "様"},
        {20, FIELD_COUNT, "1.0"}, /* an extra column is free text */
    };
    struct bench bench = bench_open();
    struct admitted record = whole_record();
    row_check(0, make(&bench, &record) == OK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        row_check(rows[i].row, text_is(bench.letter.field[rows[i].field], rows[i].want));
    row_check(21, bench.letter.row == 12 && !bench.letter.protected_person);
    bench.fields.used[FIELD_NAME] = false;
    record.value[COLUMN_NAME] = TEXT("●");
    bench.fields.used[FIELD_MAIL_NAME] = false;
    row_check(22, make(&bench, &record) == OK); /* what the form does not use is not looked at */
    row_check(23, bench.letter.field[FIELD_NAME].length == 0);
    arena_close(&bench.arena);
    check_rows();
}

static void refusals(void **state)
{
    (void)state;
    static const struct {
        int row;
        unsigned slot;
        const char *value;
        enum message message;
        uint32_t offset;
    } rows[] = {
        {1, COLUMN_REF_NO, "", MSG_FIELD_EMPTY, 0},
        {2, COLUMN_KIND, "", MSG_FIELD_EMPTY, 0},
        {3, COLUMN_SYMBOL, "", MSG_FIELD_EMPTY, 0},
        {4, COLUMN_NUMBER, "", MSG_FIELD_EMPTY, 0},
        {5, COLUMN_BRANCH, "", MSG_FIELD_EMPTY, 0},
        {6, COLUMN_NAME, "", MSG_FIELD_EMPTY, 0},
        {7, COLUMN_KANA, "", MSG_FIELD_EMPTY, 0},
        {8, COLUMN_SEX, "", MSG_NONE, 0},
        {9, COLUMN_SHARE, "", MSG_NONE, 0},
        {10, COLUMN_ACQUIRED, "", MSG_FIELD_EMPTY, 0},
        {11, COLUMN_POSTCODE, "", MSG_FIELD_EMPTY, 0},
        {12, COLUMN_ADDRESS_A, "", MSG_FIELD_EMPTY, 0},
        {13, COLUMN_ADDRESS_B, "", MSG_FIELD_EMPTY, 0},
        {14, COLUMN_LAST4, "", MSG_FIELD_EMPTY, 0},
        {15, COLUMN_COUNT, "", MSG_FIELD_EMPTY, 0},
        {16, COLUMN_REF_NO, "1.0E+07", MSG_FIELD_EXPONENT, 0},
        {17, COLUMN_SYMBOL, "1.23E+11", MSG_FIELD_EXPONENT, 0},
        {18, COLUMN_NUMBER, "101.0", MSG_FIELD_EXPONENT, 0},
        {19, COLUMN_BRANCH, "0.0", MSG_FIELD_EXPONENT, 0},
        {20, COLUMN_COUNT, "1.0E+07", MSG_FIELD_EXPONENT, 0},
        {21, COLUMN_NAME, "架空●太郎", MSG_FIELD_BLACK_CIRCLE, 7},
        {22, COLUMN_KANA, "カクウ〓", MSG_FIELD_GETA, 10},
        {23, COLUMN_ADDRESS_B, "●番地", MSG_FIELD_BLACK_CIRCLE, 1},
        {24, COLUMN_NUMBER, "#N/A", MSG_FIELD_SHEET_ERROR, 0},
        {25, COLUMN_NAME, "架空\n太郎", MSG_FIELD_CONTROL, 7},
        {26, COLUMN_NAME, "架空太郎様", MSG_FIELD_HONORIFIC, 0},
        {27, COLUMN_HEAD, "架空花子殿", MSG_FIELD_HONORIFIC, 0},
        {28, COLUMN_KIND, "被扶養者", MSG_FIELD_CHOICE, 0},
        {29, COLUMN_SEX, "不明", MSG_FIELD_CHOICE, 0},
        {30, COLUMN_SHARE, "0割", MSG_FIELD_CHOICE, 0},
        {31, COLUMN_ACQUIRED, "平成32年4月1日", MSG_FIELD_DATE_ERA, 0},
        {32, COLUMN_ACQUIRED, "39539", MSG_FIELD_DATE_SERIAL, 0},
        {33, COLUMN_BIRTH, "1973-02-30", MSG_FIELD_DATE_IMPOSSIBLE, 0},
        {34, COLUMN_EXPIRY, "なし", MSG_FIELD_DATE_SHAPE, 0},
        {35, COLUMN_POSTCODE, "600001", MSG_POSTCODE_SHORT, 0},
        {36, COLUMN_LAST4, "123", MSG_LAST4_SHORT, 0},
        {37, COLUMN_LAST4, "12345", MSG_LAST4_SHAPE, 0},
        {38, COLUMN_COUNT, "\xEE\x80\x80", MSG_FIELD_PRIVATE, 1},
        {39, COLUMN_EMPLOYER, "架空\tKK", MSG_FIELD_CONTROL, 7},
        {40, COLUMN_START, "", MSG_FIELD_EMPTY, 0},
        {41, COLUMN_START, "平成30年", MSG_FIELD_DATE_SHAPE, 0},
        {42, COLUMN_CARD_ISSUED, "", MSG_FIELD_EMPTY, 0},
        {43, COLUMN_CARD_ISSUED, "45000", MSG_FIELD_DATE_SERIAL, 0},
    };
    struct bench bench = bench_open();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct admitted record = whole_record();
        bool good = rows[i].message == MSG_NONE;
        const char *column = rows[i].slot < COLUMN_COUNT ? column_name(rows[i].slot) : "案内文";
        record.value[rows[i].slot] = text_of(rows[i].value);
        row_check(rows[i].row, make(&bench, &record) == (good ? OK : REJECT));
        row_check(rows[i].row, bench.error.message == rows[i].message);
        row_check(rows[i].row, good || strcmp(bench.error.name, column) == 0);
        row_check(rows[i].row, good || bench.error.row == 12);
        row_check(rows[i].row, bench.error.offset == rows[i].offset);
    }
    arena_close(&bench.arena);
    check_rows();
}

/* What a template marks as optional, and what suppression empties, may be empty; all else may not. */
static void empty_fields(void **state)
{
    (void)state;
    static const struct {
        int row, field;
        bool optional, protected_person;
        enum status want;
    } rows[] = {
        {1, FIELD_BRANCH, true, false, OK},       {2, FIELD_BRANCH, false, false, REJECT},
        {3, FIELD_BRANCH, false, true, REJECT},   {4, FIELD_POSTCODE, false, true, OK},
        {5, FIELD_ADDRESS1, false, true, OK},     {6, FIELD_ADDRESS2, false, true, OK},
        {7, FIELD_HEAD, false, true, OK},         {8, FIELD_EMPLOYER, false, true, OK},
        {9, FIELD_COUNT, false, true, OK},        {10, FIELD_POSTCODE, false, false, REJECT},
        {11, FIELD_HEAD, false, false, REJECT},   {12, FIELD_NAME, false, true, REJECT},
        {13, FIELD_LAST4, false, true, REJECT},   {14, FIELD_EXPIRY, true, false, OK},
        {15, FIELD_EXPIRY, false, false, REJECT}, {16, FIELD_COUNT, true, false, OK},
        {17, FIELD_START, false, true, REJECT},   {18, FIELD_CARD_ISSUED, false, true, REJECT},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bench bench = bench_open();
        for (int field = FIELD_MAIL_POSTCODE; field <= FIELD_MAIL_HONORIFIC; field++)
            bench.fields.used[field] = false; /* these read the same columns */
        struct admitted record = whole_record();
        record.protected_person = rows[i].protected_person;
        record.value[field_slot(rows[i].field)] = (struct text){0, 0};
        bench.fields.optional[rows[i].field] = rows[i].optional;
        row_check(rows[i].row, make(&bench, &record) == rows[i].want);
        row_check(rows[i].row, bench.letter.field[rows[i].field].length == 0);
        arena_close(&bench.arena);
    }
    check_rows();
}

static void address_pairs(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *a, *b, *whole, *extra;
        const char *want1, *want2; /* want1 NULL: held */
        const char *column;
    } rows[] = {
        {1, "中央県A市", "1-1", "", "", "中央県A市", "1-1", NULL},
        {2, "", "", "中央県A市1-1", "601号室", "中央県A市1-1", "601号室", NULL},
        {3, "中央県A市", "1-1", "中央県A市1-1", "601号室", "中央県A市", "1-1", NULL},
        {4, "中央県A市", "", "中央県A市1-1", "601号室", NULL, NULL, "住所B"},
        {5, "", "1-1", "中央県A市1-1", "601号室", NULL, NULL, "住所A"},
        {6, "", "", "中央県A市1-1", "", NULL, NULL, "方書"},
        {7, "", "", "", "601号室", NULL, NULL, "住所A"},
        {8, "", "", "中央県●市1-1", "601号室", NULL, NULL, "住所"},
    };
    struct bench bench = bench_open();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct admitted record = whole_record();
        record.value[COLUMN_ADDRESS_A] = text_of(rows[i].a);
        record.value[COLUMN_ADDRESS_B] = text_of(rows[i].b);
        record.value[COLUMN_ADDRESS] = text_of(rows[i].whole);
        record.value[COLUMN_ADDRESS_EXTRA] = text_of(rows[i].extra);
        row_check(rows[i].row, make(&bench, &record) == (rows[i].want1 ? OK : REJECT));
        if (rows[i].want1) {
            row_check(rows[i].row, text_is(bench.letter.field[FIELD_ADDRESS1], rows[i].want1));
            row_check(rows[i].row, text_is(bench.letter.field[FIELD_ADDRESS2], rows[i].want2));
        } else {
            row_check(rows[i].row, strcmp(bench.error.name, rows[i].column) == 0);
        }
    }
    arena_close(&bench.arena);
    check_rows();
}

/* Where a letter goes. A record has 111-2222, 中央県A市B町, 1丁目2番345号, 世帯主 架空 花子, 氏名 架空 太郎. */
static void mail(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *code, *address, *extra, *name, *title; /* 送付先; title 敬称 */
        const char *want[5]; /* postcode, two lines, name, honorific; want[0] NULL: held */
        const char *column;
        enum message message;
    } rows[] = {
        {1,
         "",
         "",
         "",
         "",
         "",
         {"111-2222", "中央県A市B町", "1丁目2番345号", "架空 花子", "様"},
         NULL,
         MSG_NONE},
        {2,
         "3334444",
         "西県C市1-1",
         "施設内",
         "架空 次郎",
         "",
         {"333-4444", "西県C市1-1", "施設内", "架空 次郎", "様"},
         NULL,
         MSG_NONE},
        {3,
         "3334444",
         "西県C市1-1",
         "施設内",
         "架空園",
         "御中",
         {"333-4444", "西県C市1-1", "施設内", "架空園", "御中"},
         NULL,
         MSG_NONE},
        {4,
         "3334444",
         "西県C市1-1",
         "施設内",
         "架空 次郎",
         "殿",
         {"333-4444", "西県C市1-1", "施設内", "架空 次郎", "殿"},
         NULL,
         MSG_NONE},
        /* an address without a name is the household's own people, elsewhere */
        {5,
         "3334444",
         "西県C市1-1",
         "施設内",
         "",
         "御中",
         {"333-4444", "西県C市1-1", "施設内", "架空 花子", "様"},
         NULL,
         MSG_NONE},
        /* 方書 may be empty, and never comes from the other address */
        {6,
         "3334444",
         "西県C市1-1",
         "",
         "架空 次郎",
         "",
         {"333-4444", "西県C市1-1", "", "架空 次郎", "様"},
         NULL,
         MSG_NONE},
        /* 敬称 alone is no 送付先 */
        {7,
         "",
         "",
         "",
         "",
         "御中",
         {"111-2222", "中央県A市B町", "1丁目2番345号", "架空 花子", "様"},
         NULL,
         MSG_NONE},
        /* half a 送付先 is not filled up with the person's own address ... */
        {8, "", "西県C市1-1", "", "架空 次郎", "", {NULL}, "送付先郵便番号", MSG_FIELD_EMPTY},
        {9, "3334444", "", "", "架空 次郎", "", {NULL}, "送付先住所", MSG_FIELD_EMPTY},
        {10, "33344", "西県C市1-1", "", "", "", {NULL}, "送付先郵便番号", MSG_POSTCODE_SHORT},
        {11, "3334444", "西県●市1-1", "", "", "", {NULL}, "送付先住所", MSG_FIELD_BLACK_CIRCLE},
        {12, "3334444", "西県C市", "\x01", "", "", {NULL}, "送付先方書", MSG_FIELD_CONTROL},
        {13, "3334444", "西県C市", "", "架空次郎様", "", {NULL}, "送付先氏名", MSG_FIELD_HONORIFIC},
        {14,
         "3334444",
         "西県C市",
         "",
         "架空園 御中",
         "",
         {NULL},
         "送付先氏名",
         MSG_FIELD_HONORIFIC},
        {15, "3334444", "西県C市", "", "架空次郎", "様方", {NULL}, "送付先敬称", MSG_FIELD_CHOICE},
        /* ... nor is the letter sent home for what it lacks */
        {16, "3334444", "", "", "", "", {NULL}, "送付先住所", MSG_FIELD_EMPTY},
        {17, "", "", "施設内", "", "", {NULL}, "送付先郵便番号", MSG_FIELD_EMPTY},
        {18, "3334444", "", "施設内", "", "御中", {NULL}, "送付先住所", MSG_FIELD_EMPTY},
    };
    struct bench bench = bench_open();
    bench.fields.optional[FIELD_MAIL_ADDRESS2] = true;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct admitted record = whole_record();
        record.value[COLUMN_TO_POSTCODE] = text_of(rows[i].code);
        record.value[COLUMN_TO_ADDRESS] = text_of(rows[i].address);
        record.value[COLUMN_TO_ADDRESS_EXTRA] = text_of(rows[i].extra);
        record.value[COLUMN_TO_NAME] = text_of(rows[i].name);
        record.value[COLUMN_TO_HONORIFIC] = text_of(rows[i].title);
        row_check(rows[i].row, make(&bench, &record) == (rows[i].want[0] ? OK : REJECT));
        for (int k = 0; k < 5 && rows[i].want[0]; k++)
            row_check(rows[i].row,
                      text_is(bench.letter.field[FIELD_MAIL_POSTCODE + k], rows[i].want[k]));
        row_check(rows[i].row, bench.error.message == rows[i].message);
        row_check(rows[i].row, rows[i].want[0] || strcmp(bench.error.name, rows[i].column) == 0);
        /* the address of the table and the card is the person's own all the same */
        row_check(rows[i].row,
                  !rows[i].want[0] || text_is(bench.letter.field[FIELD_ADDRESS1], "中央県A市B町"));
    }
    arena_close(&bench.arena);
    check_rows();
}

static void mail_names(void **state)
{
    (void)state;
    struct bench bench = bench_open();
    struct admitted record = whole_record();
    record.value[COLUMN_HEAD] = (struct text){0, 0};
    bench.fields.optional[FIELD_HEAD] = true;
    row_check(1, make(&bench, &record) == OK);
    row_check(2, text_is(bench.letter.field[FIELD_MAIL_NAME], "架空 太郎"));
    /* 住所 and 方書 in place of 住所A and 住所B */
    record.value[COLUMN_ADDRESS_A] = record.value[COLUMN_ADDRESS_B] = (struct text){0, 0};
    record.value[COLUMN_ADDRESS] = TEXT("中央県A市B町1-1");
    record.value[COLUMN_ADDRESS_EXTRA] = TEXT("601号室");
    row_check(3, make(&bench, &record) == OK);
    row_check(4, text_is(bench.letter.field[FIELD_MAIL_ADDRESS1], "中央県A市B町1-1"));
    row_check(5, text_is(bench.letter.field[FIELD_MAIL_ADDRESS2], "601号室"));
    /* what suppression leaves of a protected person */
    for (int slot = COLUMN_POSTCODE; slot <= COLUMN_EMPLOYER; slot++)
        record.value[slot] = (struct text){0, 0};
    record.value[COLUMN_COUNT] = (struct text){0, 0};
    row_check(6, make(&bench, &record) == REJECT);
    record.protected_person = true;
    row_check(7, make(&bench, &record) == OK);
    row_check(8, text_is(bench.letter.field[FIELD_MAIL_NAME], "架空 太郎"));
    row_check(9, text_is(bench.letter.field[FIELD_MAIL_HONORIFIC], "様"));
    for (int field = FIELD_MAIL_POSTCODE; field <= FIELD_MAIL_ADDRESS2; field++)
        row_check(10, bench.letter.field[field].length == 0);
    arena_close(&bench.arena);
    check_rows();
}

static void card_dates(void **state)
{
    (void)state;
    struct bench bench = bench_open();
    struct admitted record = whole_record();
    bench.job.notice.card.issued = (struct date){2024, 8, 1};
    row_check(1, make(&bench, &record) == OK);
    row_check(2, text_is(bench.letter.field[FIELD_CARD_ISSUED], "令和5年8月1日"));
    record.value[COLUMN_CARD_ISSUED] = (struct text){0, 0};
    row_check(3, make(&bench, &record) == OK);
    row_check(4, text_is(bench.letter.field[FIELD_CARD_ISSUED], "令和6年8月1日"));
    bench.fields.padded_dates = true;
    row_check(5, make(&bench, &record) == OK);
    row_check(6, text_is(bench.letter.field[FIELD_CARD_ISSUED], "令和 6年 8月 1日"));
    row_check(7, text_is(bench.letter.field[FIELD_BIRTH], "昭和 48年 1月 1日"));
    row_check(8, text_is(bench.letter.field[FIELD_START], "平成 30年 4月 1日"));
    row_check(9, text_is(bench.letter.field[FIELD_EXPIRY], "令和 7年 7月 31日"));
    row_check(10, text_is(bench.letter.field[FIELD_ACQUIRED], "平成 20年 4月 1日"));
    record.value[COLUMN_SEX] = TEXT("裏面参照");
    row_check(11, make(&bench, &record) == OK);
    row_check(12, text_is(bench.letter.field[FIELD_SEX], "裏面参照"));
    arena_close(&bench.arena);
    check_rows();
}

/* A day of birth of which little or nothing is known: a register's own words, but nothing that only lacks its digits. */
static void birth_unknown(void **state)
{
    (void)state;
    static const struct {
        const char *given, *printed;
    } rows[] = {{"生年月日不詳", "不詳"},
                {"不詳", "不詳"},
                {"昭和20年月日不詳", "昭和20年月日不詳"},
                {"昭和２０年以下不詳", "昭和２０年以下不詳"},
                {"19450000", NULL},
                {"昭和20年", NULL},
                {"不明", NULL},
                {"不●詳", NULL},
                {"不詳●", NULL}};
    struct bench bench = bench_open();
    struct admitted record = whole_record();
    for (uint32_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        record.value[COLUMN_BIRTH] = text_of(rows[i].given);
        enum status status = make(&bench, &record);
        row_check(i, status == (rows[i].printed ? OK : REJECT));
        if (rows[i].printed)
            row_check(20 + i, text_is(bench.letter.field[FIELD_BIRTH], rows[i].printed));
    }
    record.value[COLUMN_BIRTH] = TEXT("昭和48年1月1日");
    record.value[COLUMN_ACQUIRED] = TEXT("不詳");
    row_check(40, make(&bench, &record) == REJECT);
    arena_close(&bench.arena);
    check_rows();
}

static void out_of_memory(void **state)
{
    (void)state;
    struct bench bench = bench_open();
    struct admitted record = whole_record();
    arena_close(&bench.arena);
    arena_open(&bench.arena, 0);
    row_check(1, make(&bench, &record) == STOP);
    row_check(2, bench.error.message == MSG_NO_MEMORY);
    arena_close(&bench.arena);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sound_record), cmocka_unit_test(refusals),
        cmocka_unit_test(empty_fields), cmocka_unit_test(address_pairs),
        cmocka_unit_test(mail),         cmocka_unit_test(mail_names),
        cmocka_unit_test(card_dates),   cmocka_unit_test(birth_unknown),
        cmocka_unit_test(out_of_memory)};
    return check_run(tests);
}
