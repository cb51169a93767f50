/* Whole My Numbers: cut to four digits, or a fault; never more than four digits of them. */
#include "intake/cut.h"

#include "unit/check.h"
#include "unit/members.h"

/* 123456789018 and 023456789013 have right check digits. */
static void values(void **state)
{
    static const struct {
        int row;
        const char *in, *want; /* want: the four digits */
        enum message fault;
    } rows[] = {
        {1, "123456789018", "9018", MSG_NONE},
        {2, "１２３４５６７８９０１８", "9018", MSG_NONE},
        {3, "1234-5678-9018", "9018", MSG_NONE},
        {4, " 1234 5678　9018 ", "9018", MSG_NONE},
        {5, "1234－5678ー9018", "9018", MSG_NONE},
        {6, "", "", MSG_NONE},
        {7, "　", "", MSG_NONE},
        {10, "123456789019", "", MSG_NUMBER_CHECK},
        {11, "123456789010", "", MSG_NUMBER_CHECK},
        {12, "000000000000", "0000", MSG_NONE}, /* remainder 0: its check digit is 0 */
        {20, "12345678901", "", MSG_NUMBER_SHAPE},
        {21, "1234567890180", "", MSG_NUMBER_SHAPE},
        {22, "9018", "", MSG_NUMBER_SHAPE},
        {23, "12345678901a", "", MSG_NUMBER_SHAPE},
        {24, "-123456789018", "", MSG_NUMBER_SHAPE},
        {25, "1.23457E+11", "", MSG_NUMBER_SHAPE},
        {26, "123456789018.0", "", MSG_NUMBER_SHAPE},
        {27, "未提出", "", MSG_NUMBER_SHAPE},
        {28, "12345678901\xFF", "", MSG_NUMBER_SHAPE},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct members members;
        struct record record;
        char file[256];
        bool end = false;
        int size = snprintf(file, sizeof file, "整理番号,個人番号,不開示該当\n1,%s,0\n", rows[i].in);
        members_prepare(&members, file, (size_t)size);
        members.job.input.cut_numbers = true;
        assert_int_equal(members_open(&members), OK);
        assert_int_equal(intake_next(members.intake, &record, &end, &members.error), OK);
        const struct header *header = intake_header(members.intake);
        struct text four = record_value(header, &record, COLUMN_LAST4);
        row_check(rows[i].row, text_is(four, rows[i].want));
        row_check(rows[i].row, (record.fault_count ? record.fault[0].message : 0) == rows[i].fault);
        row_check(rows[i].row, record.fault_count == (rows[i].fault != MSG_NONE));
        for (uint32_t f = 0; f < record.count; f++)
            row_check(rows[i].row, record.field[f].length <= 4);
        members_close(&members);
    }
    check_rows();
}

/* What the file's columns are called, and whether there are both. */
static void columns(void **state)
{
    static const struct {
        int row;
        const char *in, *want;
        enum message fault;
        bool on;
    } rows[] = {
        {1, "整理番号,マイナンバー\n1,123456789018\n", "9018", MSG_NONE, true},
        {2, "整理番号, 個人番号 \n1,123456789018\n", "9018", MSG_NONE, true},
        {3, "整理番号,個人番号下4桁\n1,9018\n", "9018", MSG_NONE, true},
        {4, "整理番号,個人番号下4桁,個人番号\n1,9018,123456789018\n", "9018", MSG_NONE, true},
        {5, "整理番号,個人番号,個人番号下4桁\n1,123456789018,\n", "9018", MSG_NONE, true},
        {6, "整理番号,個人番号,個人番号下4桁\n1,123456789018,９０１８\n", "９０１８", MSG_NONE, true},
        {7, "整理番号,個人番号,個人番号下4桁\n1,123456789018,9019\n", "9019", MSG_NUMBER_NOT_LAST4, true},
        {8, "整理番号,個人番号,個人番号下4桁\n1,,9018\n", "9018", MSG_NONE, true},
        {9, "整理番号,個人番号\n1,123456789018\n", "", MSG_NONE, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct members members;
        struct record record;
        bool end = false;
        members_prepare(&members, rows[i].in, strlen(rows[i].in));
        members.job.input.cut_numbers = rows[i].on;
        assert_int_equal(members_open(&members), OK);
        assert_int_equal(intake_next(members.intake, &record, &end, &members.error), OK);
        struct text four = record_value(intake_header(members.intake), &record, COLUMN_LAST4);
        row_check(rows[i].row, text_is(four, rows[i].want));
        row_check(rows[i].row, (record.fault_count ? record.fault[0].message : 0) == rows[i].fault);
        for (uint32_t f = 0; f < record.count && rows[i].on; f++)
            row_check(rows[i].row, record.field[f].length < 12 || (unsigned char)record.field[f].bytes[0] > 0x7F);
        members_close(&members);
    }
    check_rows();
}

/* Which field of a broken row is the number, nobody can tell: it gives none. */
static void broken(void **state)
{
    static const char file[] = "整理番号,個人番号\n1,x,123456789018\n2,123456789018\n";
    struct members members;
    struct record record;
    bool end = false;

    (void)state;
    members_prepare(&members, file, sizeof file - 1);
    members.job.input.cut_numbers = true;
    assert_int_equal(members_open(&members), OK);
    row_check(1, intake_next(members.intake, &record, &end, &members.error) == REJECT);
    row_check(2, record.count == 0);
    row_check(3, intake_next(members.intake, &record, &end, &members.error) == OK);
    row_check(4, record.field[1].length == 4);
    members_close(&members);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(values), cmocka_unit_test(columns),
                                       cmocka_unit_test(broken)};
    return check_run(tests);
}
