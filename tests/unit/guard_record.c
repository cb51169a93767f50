/* The guard over whole files: every field, both encodings, header, file name, exemptions. */
#include "guard/guard.h"

#include <iconv.h>

#include "unit/check.h"
#include "unit/members.h"

#define HEAD "整理番号,不開示該当,"
#define NUMBER "123456789018"

/* Opens guard on the file and walks through it; gives the first STOP, or that of the end. */
static enum status guard_file(struct members *members, struct guard *guard, const char *file_name)
{
    struct record record;
    bool end = false;
    enum status status = members_open(members);

    if (status == OK)
        status = guard_open(&members->job, intake_header(members->intake), file_name, guard,
                            &members->error);
    while (status != STOP) {
        status = intake_next(members->intake, &record, &end, &members->error);
        if (status == STOP || end)
            break;
        status = guard_record(guard, &record, &members->error);
    }
    if (status == OK)
        status = guard_close(guard, &members->error);
    return status;
}

static void files(void **state)
{
    static const struct {
        int row;
        const char *in, *extra;
        enum message want;
        uint64_t at_row;
        const char *name; /* column in the error */
        uint32_t column;  /* or its number */
    } rows[] = {
        {1, HEAD "氏名\n1,0,a\n2,0,b\n", NULL, MSG_NONE, 0, "", 0},
        {2, HEAD "氏名\n1,0,a\n2,0," NUMBER "\n", NULL, MSG_MY_NUMBER, 3, "氏名", 0},
        {3, HEAD "住所B\n1,1,x\n2,1,1234-5678-9018\n", NULL, MSG_MY_NUMBER, 3, "住所B",
         0},                                                               /* hidden */
        {4, HEAD "備考\n1,0," NUMBER "\n", NULL, MSG_MY_NUMBER, 2, "", 3}, /* unknown column */
        {5, HEAD "備考\n1,0," NUMBER "\n", "備考", MSG_MY_NUMBER, 2, "備考", 0},
        {6, HEAD "氏名\n" NUMBER ",0,a\n", NULL, MSG_MY_NUMBER, 2, "整理番号", 0},
        {7, HEAD "氏名\n1," NUMBER ",a\n", NULL, MSG_MY_NUMBER, 2, "不開示該当", 0},
        {8, HEAD "個人番号下4桁\n1,0," NUMBER "\n", NULL, MSG_MY_NUMBER_COLUMN, 2, "個人番号下4桁",
         0},
        {9, HEAD "備考\n1,0,\"a\r\n1234\r\n5678\r\n9018\r\nb\"\n", NULL, MSG_MY_NUMBER, 2, "", 3},
        {10, HEAD "備考\n1,0,\"x\"\"" NUMBER "\"\"\"\n", NULL, MSG_MY_NUMBER, 2, "", 3},
        {11, HEAD "氏名,番号\n1,0,123456,789018\n", NULL, MSG_NONE, 0, "",
         0}, /* not across columns */
        {12, HEAD "番号\n1,0,123456789012\n", NULL, MSG_NONE, 0, "", 0},
        {13, HEAD "番号\n1,0,5123456789018\n", NULL, MSG_NONE, 0, "", 0},
        {14, HEAD "番号\n1,0,１２３４－５６７８－９０１８\n", NULL, MSG_MY_NUMBER, 2, "番号", 0},
        /* rows that are refused for their structure, and fields that are faulty, are looked into as well */
        {20, HEAD "氏名\n1,0\n2," NUMBER "\n", NULL, MSG_MY_NUMBER, 3, "不開示該当", 0},
        {21, HEAD "氏名\n1,0,a,b," NUMBER "\n", NULL, MSG_MY_NUMBER, 2, "", 5},
        {22, HEAD "氏名\n1,0,\"a" NUMBER "\n2,0,b\n", NULL, MSG_MY_NUMBER, 2, "氏名", 0},
        {23, HEAD "氏名\n1,0,x\"" NUMBER "\"\n", NULL, MSG_MY_NUMBER, 2, "氏名", 0},
        {24, HEAD "氏名\n1,0,\xFF" NUMBER "\n", NULL, MSG_MY_NUMBER, 2, "氏名", 0},
        {25, HEAD "備考\n1,0," NUMBER "\xE3\x81\n", NULL, MSG_MY_NUMBER, 2, "", 3},
        {26, HEAD "氏名\n\n" NUMBER "\n", NULL, MSG_MY_NUMBER, 3, "整理番号", 0},
        /* number columns: whatever the check digit */
        {30, HEAD "個人番号\n1,0,123456789012\n", NULL, MSG_MY_NUMBER_COLUMN, 2, "", 3},
        {31, HEAD "ﾏｲﾅﾝﾊﾞｰ\n1,0,1234 5678 9012\n", NULL, MSG_MY_NUMBER_COLUMN, 2, "", 3},
        {32, HEAD "個人番号提出\n1,0,123456789012\n", NULL, MSG_MY_NUMBER_COLUMN, 2, "個人番号提出",
         0},
        {33, HEAD "本人のマイナンバー\n1,0,１２３４　－　５６７８　－　９０１２\n", NULL,
         MSG_MY_NUMBER_COLUMN, 2, "", 3},
        {34, HEAD "個人番号\n1,0,6825\n2,0,12345678901\n3,0,1234567890123\n", NULL, MSG_NONE, 0, "",
         0},
        {35, HEAD "個人番号下４桁\n1,0,123456789012\n", NULL, MSG_MY_NUMBER_COLUMN, 2,
         "個人番号下4桁", 0},
        {36, HEAD "個人番号（下4桁）\n1,0,6825\n", NULL, MSG_NONE, 0, "", 0},
        {37, HEAD "個人番号登録日時\n1,0,2024-09-01 12:30\n", NULL, MSG_NONE, 0, "", 0},
        /* header cells */
        {40, HEAD "備考 " NUMBER "\n1,0,a\n", NULL, MSG_MY_NUMBER_HEADER, 1, "", 3},
        {41, HEAD "１２３４－５６７８－９０１８\n", NULL, MSG_MY_NUMBER_HEADER, 1, "", 3},
        {42, HEAD "123456789012\n1,0,a\n", NULL, MSG_NONE, 0, "", 0},
        /* columns that must be there */
        {50, "整理番号,氏名\n1,a\n", NULL, MSG_FLAG_COLUMN_MISSING, 0, "不開示該当", 0},
        {51, "不開示該当,氏名\n1,a\n", NULL, MSG_ID_COLUMN_MISSING, 0, "整理番号", 0},
        {52, "整理番号,自己情報提供不可\n1,0\n", NULL, MSG_FLAG_COLUMN_MISSING, 0, "不開示該当", 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct text extra = text_of(rows[i].extra);
        struct members members;
        struct guard guard;
        members_prepare(&members, rows[i].in, strlen(rows[i].in));
        members.job.input.extra = &extra;
        members.job.input.extra_count = rows[i].extra != NULL;
        enum status status = guard_file(&members, &guard, "members.csv");
        row_check(rows[i].row, status == (rows[i].want ? STOP : OK));
        if (status == STOP) {
            row_check(rows[i].row, members.error.message == rows[i].want);
            row_check(rows[i].row, members.error.row == rows[i].at_row);
            row_check(rows[i].row, strcmp(members.error.name, rows[i].name) == 0);
            row_check(rows[i].row, members.error.column_number == rows[i].column);
        }
        members_close(&members);
    }
    check_rows();
}

/* The same disguises in a CP932 file. */
static void cp932_files(void **state)
{
    static const struct {
        int row;
        const char *value;
        bool stops;
    } rows[] = {
        {1, "123456789018", true},
        {2, "１２３４５６７８９０１８", true},
        {3, "１２３４　５６７８　９０１８", true},
        {4, "1234ー5678ー9018", true},
        {5, "1234－5678－9018", true},
        {6, "1234―5678―9018", true},
        {7, "1234─5678━9018", true},
        {8, "①②③④⑤⑥⑦⑧9⑩⑱", false},
        {9, "①②③④⑤⑥⑦⑧90⑱", true},
        {10, "1234ｰ5678ｰ9018", true},
        {11, "1234～5678～9018", true},
        {12, "ソ123456789018表", true},
        {13, "1234ソ5678表9018", false},
        {14, "123456789012", false},
        {15, "\"1234\r\n5678\r\n9018\"", true},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char utf8[256], cp932[256], *from = utf8, *to = cp932;
        size_t room = sizeof cp932,
               left = (size_t)snprintf(utf8, sizeof utf8, HEAD "備考\n1,0,%s\n", rows[i].value);
        iconv_t converter = iconv_open("CP932", "UTF-8");
        assert_true(iconv(converter, &from, &left, &to, &room) != (size_t)-1);
        iconv_close(converter);
        struct members members;
        struct guard guard;
        members_prepare(&members, cp932, sizeof cp932 - room);
        members.job.input.encoding = ENCODING_CP932;
        enum status status = guard_file(&members, &guard, "members.csv");
        row_check(rows[i].row, status == (rows[i].stops ? STOP : OK));
        row_check(rows[i].row, !rows[i].stops || members.error.message == MSG_MY_NUMBER);
        members_close(&members);
    }
    check_rows();
}

static void file_names(void **state)
{
    static const struct {
        int row;
        const char *name;
        bool stops;
    } rows[] = {
        {1, "123456789018.csv", true},
        {2, "members_1234-5678-9018.csv", true},
        {3, "１２３４５６７８９０１８.csv", true},
        {4, "members-20241001-123456.csv", false},
        {5, "members.csv", false},
        {6,
         "\xFF\xFE"
         "123456789018",
         true},
        {7, "123456789012.csv", false},
        {8, NULL, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct members members;
        struct guard guard;
        members_prepare(&members, HEAD "氏名\n", strlen(HEAD "氏名\n"));
        enum status status = guard_file(&members, &guard, rows[i].name);
        row_check(rows[i].row, status == (rows[i].stops ? STOP : OK));
        row_check(rows[i].row,
                  !rows[i].stops || (members.error.message == MSG_MY_NUMBER_FILE_NAME &&
                                     members.error.file[0] == '\0'));
        members_close(&members);
    }
    check_rows();
}

static void exempt_names(void **state)
{
    static const struct {
        int row;
        const char *head, *exempt, *extra;
        enum message want;
    } rows[] = {
        {1, HEAD "氏名\n" NUMBER ",0,a\n", "整理番号", NULL, MSG_NONE},
        {2, HEAD "引受番号\n1,0," NUMBER "\n", "引受番号", NULL, MSG_NONE},
        {3, HEAD "事業所番号\n1,0," NUMBER "\n", "事業所番号", NULL, MSG_NONE},
        {4, HEAD "顧客\n1,0," NUMBER "\n", "顧客", "顧客", MSG_NONE},
        {5, HEAD "顧客\n1,0," NUMBER "\n", "顧客", NULL, MSG_EXEMPT_REFUSED},
        {6, HEAD "氏名\n1,0,a\n", "氏名", NULL, MSG_EXEMPT_REFUSED},
        {7, HEAD "個人番号下4桁\n1,0,6825\n", "個人番号下4桁", NULL, MSG_EXEMPT_REFUSED},
        {8, HEAD "記号\n1,0,1\n", "記号", NULL, MSG_EXEMPT_REFUSED},
        {9, HEAD "個人番号\n1,0,1\n", "個人番号", "個人番号", MSG_EXEMPT_REFUSED},
        {10, HEAD "氏名\n" NUMBER ",0," NUMBER "\n", "整理番号", NULL, MSG_MY_NUMBER},
        {11, HEAD "氏名\n1,0,a\n", "引受番号", NULL, MSG_NONE}, /* allowed, and not in the file */
        {12, HEAD "氏名\n1,0,a\n", "", NULL, MSG_EXEMPT_REFUSED},
        {13, HEAD "顧客Ａ\n1,0," NUMBER "\n", "顧客A", "顧客A", MSG_NONE},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct text extra = text_of(rows[i].extra), exempt = text_of(rows[i].exempt);
        struct members members;
        struct guard guard;
        members_prepare(&members, rows[i].head, strlen(rows[i].head));
        members.job.input.extra = &extra;
        members.job.input.extra_count = rows[i].extra != NULL;
        members.job.guard.exempt = &exempt;
        members.job.guard.exempt_count = 1;
        enum status status = guard_file(&members, &guard, "members.csv");
        row_check(rows[i].row, status == (rows[i].want ? STOP : OK));
        row_check(rows[i].row, members.error.message == rows[i].want);
        members_close(&members);
    }
    check_rows();
}

/* A header that input.columns makes one of the exempt columns stays a number column. */
static void exempt_number_column(void **state)
{
    struct job_alias alias = {TEXT("整理番号"), TEXT("個人番号"), 5};
    struct text exempt = TEXT("整理番号");
    struct members members;
    struct guard guard;

    (void)state;
    members_prepare(&members, "個人番号,不開示該当\n1,0\n", strlen("個人番号,不開示該当\n1,0\n"));
    members.job.input.aliases = &alias;
    members.job.input.alias_count = 1;
    members.job.guard.exempt = &exempt;
    members.job.guard.exempt_count = 1;
    row_check(1, guard_file(&members, &guard, "a.csv") == STOP);
    row_check(2, members.error.message == MSG_EXEMPT_REFUSED);
    members_close(&members);
    check_rows();
}

static void exempt_rates(void **state)
{
    static const struct {
        int row;
        uint64_t values, hits;
        bool stops;
    } rows[] = {
        {1, 0, 0, false},
        {2, 19, 19, false},
        {3, 20, 20, true},
        {4, 20, 11, true},
        {5, 20, 10, false},
        {6, 100, 10, false},
        {7, 100, 18, false},
        {8, 100, 33, false},
        {9, 100, 34, true},
        {10, 1000000, 90909, false},
        {11, 1000000, 100000, false}, /* running numbers */
        {12, 1000000, 181818, false}, /* numbers that end in 0 */
        {13, 1000000, 183360, false},
        {14, 1000000, 183362, true},
        {15, 1000000, 1000000, true},
        {16, UINT64_C(125000000), UINT64_C(125000000), true},
    };
    struct text exempt = TEXT("整理番号");

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct members members;
        struct guard guard;
        members_prepare(&members, HEAD "氏名\n", strlen(HEAD "氏名\n"));
        members.job.guard.exempt = &exempt;
        members.job.guard.exempt_count = 1;
        assert_int_equal(guard_file(&members, &guard, "a.csv"), OK);
        guard.exempt_values[0] = rows[i].values;
        guard.exempt_hits[0] = rows[i].hits;
        enum status status = guard_close(&guard, &members.error);
        row_check(rows[i].row, status == (rows[i].stops ? STOP : OK));
        row_check(rows[i].row, !rows[i].stops || (members.error.message == MSG_EXEMPT_SUSPECT &&
                                                  members.error.have == (int64_t)rows[i].hits &&
                                                  members.error.want == (int64_t)rows[i].values &&
                                                  strcmp(members.error.name, "整理番号") == 0));
        members_close(&members);
    }
    check_rows();
}

/* What honest numbers do: running ones pass 1 in 10, those that end in 0 pass 2 in 11. */
static void exempt_counts(void **state)
{
    struct text exempt = TEXT("整理番号");

    (void)state;
    for (unsigned step = 1; step <= 10; step += 9) {
        struct members members;
        struct guard guard;
        members_prepare(&members, HEAD "氏名\n", strlen(HEAD "氏名\n"));
        FILE *file = fopen(members.path, "a");
        for (unsigned i = 0; i < 2200; i++)
            fprintf(file, "%012llu,0,a\n", 700000000000ULL + i * step);
        fclose(file);
        members.job.guard.exempt = &exempt;
        members.job.guard.exempt_count = 1;
        row_check(step, guard_file(&members, &guard, "a.csv") == OK);
        row_check(step, guard.exempt_values[0] == 2200);
        row_check(step, step == 1 ? guard.exempt_hits[0] == 220
                                  : guard.exempt_hits[0] > 380 && guard.exempt_hits[0] < 420);
        members_close(&members);
    }
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files),         cmocka_unit_test(cp932_files),
        cmocka_unit_test(file_names),    cmocka_unit_test(exempt_names),
        cmocka_unit_test(exempt_rates),  cmocka_unit_test(exempt_number_column),
        cmocka_unit_test(exempt_counts),
    };
    return check_run(tests);
}
