#include "symbology/tracking.h"

#include "unit/check.h"

static void reading(void **state)
{
    static const struct {
        int row;
        const char *in, *want;
        enum message message; /* of tracking_read */
        bool either;          /* tracking_read_either takes it */
    } rows[] = {
        {1, "13112383852", "131-12-38385-2", MSG_NONE, true}, /* a real number, published 2007 */
        {2, "131-12-38385-2", "131-12-38385-2", MSG_NONE, true},
        {3, "１３１－１２－３８３８５－２", "131-12-38385-2", MSG_NONE, true},
        {4, " 131−12−38385ー2 ", "131-12-38385-2", MSG_NONE, true},
        {5, "12345678903", "123-45-67890-3", MSG_NONE, true},
        {6, "56000000000", "560-00-00000-0", MSG_NONE, true},
        {7, "99999999993", "999-99-99999-3", MSG_NONE, true},
        {8, "00000000000", "000-00-00000-0", MSG_NONE, true},
        {10, "13112383853", NULL, MSG_TRACKING_CHECK, false},
        {11, "13112383858", NULL, MSG_TRACKING_CHECK, false},
        {12, "13112383859", NULL, MSG_TRACKING_CHECK, false}, /* 2 + 7: no check digit is over 6 */
        {13, "1311238385", "131-12-38385-2", MSG_TRACKING_SHAPE, true},
        {14, "131-12-38385", "131-12-38385-2", MSG_TRACKING_SHAPE, true},
        {15, "131-12-383852", NULL, MSG_TRACKING_SHAPE, false},
        {16, "13112-38385-2", NULL, MSG_TRACKING_SHAPE, false},
        {17, "1-3112383852", NULL, MSG_TRACKING_SHAPE, false},
        {18, "131--12-38385-2", NULL, MSG_TRACKING_SHAPE, false},
        {19, "131-12-38385-", NULL, MSG_TRACKING_SHAPE, false},
        {20, "-131-12-38385-2", NULL, MSG_TRACKING_SHAPE, false},
        {21, "131 12 38385 2", NULL, MSG_TRACKING_SHAPE, false},
        {22, "131123838520", NULL, MSG_TRACKING_SHAPE, false},
        {23, "131-12-38385-2-", NULL, MSG_TRACKING_SHAPE, false},
        {24, "", NULL, MSG_TRACKING_SHAPE, false},
        {25, "131-12-3838A-2", NULL, MSG_TRACKING_SHAPE, false},
        {26, "a13112383852a", NULL, MSG_TRACKING_SHAPE, false},
        {27, "一三一一二三八三八五二", NULL, MSG_TRACKING_SHAPE, false},
        {28, "131123838-5-2", NULL, MSG_TRACKING_SHAPE, false},
        {29, "131-12-38385-2 x", NULL, MSG_TRACKING_SHAPE, false},
        {30, "131-1238385", NULL, MSG_TRACKING_SHAPE, false},
        {31, "131--1238385-2", NULL, MSG_TRACKING_SHAPE, false},
        {32, "131-12--38385", NULL, MSG_TRACKING_SHAPE, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[TRACKING_TEXT] = "", digits[TRACKING_DIGITS] = "";
        struct error error = {.message = MSG_NONE};
        tracking number;
        enum status status = tracking_read(text_of(rows[i].in), &number, &error);
        row_check(rows[i].row, error.message == rows[i].message);
        row_check(rows[i].row, status == (rows[i].message == MSG_NONE ? OK : REJECT));
        status = tracking_read_either(text_of(rows[i].in), &number, &error);
        row_check(rows[i].row, (status == OK) == rows[i].either);
        if (!rows[i].either)
            continue;
        tracking_write(number, text);
        tracking_digits(number, digits);
        row_check(rows[i].row, strcmp(text, rows[i].want) == 0 && strlen(digits) == 11);
        row_check(rows[i].row, tracking_read(text_of(text), &number, &error) == OK);
        row_check(rows[i].row, tracking_read(text_of(digits), &number, &error) == OK);
    }
    check_rows();
}

/* The check digit goes round with the number, over 32 bits and at every change of place. */
static void check_digits(void **state)
{
    static const tracking starts[] = {0, 9990, 99995, 4294967290u, 5600099995u, 9999999980u};

    (void)state;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        for (tracking number = starts[i]; number < starts[i] + 20; number++) {
            char text[TRACKING_TEXT];
            unsigned remainder = 0; /* digit by digit, as people do it */
            tracking_write(number, text);
            for (int at = 0; at < 12; at++)
                if (text[at] != '-')
                    remainder = (remainder * 10 + (unsigned)(text[at] - '0')) % 7;
            row_check(i, text[13] == (char)('0' + remainder) && tracking_check(number) == text[13]);
        }
    check_rows();
}

static void blocks(void **state)
{
    static const struct {
        int row;
        const char *first;
        uint64_t count;
        enum message message;
        const char *last;
    } rows[] = {
        {1, "560-60-00000", 1000, MSG_NONE, "560-60-00999-4"},
        {2, "5606000000", 1, MSG_NONE, "560-60-00000-6"},
        {3, "560-60-99990", 20, MSG_NONE, "560-61-00009-6"},
        {4, "999-99-99999", 1, MSG_NONE, "999-99-99999-3"},
        {5, "999-99-99999", 2, MSG_TRACKING_END, NULL},
        {6, "000-00-00000", 10000000000, MSG_NONE, "999-99-99999-3"},
        {7, "000-00-00000", 10000000001, MSG_TRACKING_END, NULL},
        {8, "560-60-00000", UINT64_MAX, MSG_TRACKING_END, NULL},
        {9, "560-60-00000-6", 10, MSG_TRACKING_FIRST, NULL}, /* with check digit */
        {10, "56060000006", 10, MSG_TRACKING_FIRST, NULL},
        {11, "", 10, MSG_TRACKING_FIRST, NULL},
        {12, "560-60-0000", 10, MSG_TRACKING_FIRST, NULL},
        {13, "560-60-00000", 0, MSG_NONE, NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct tracking_block block;
        struct error error = {.message = MSG_NONE};
        char text[TRACKING_TEXT];
        enum status status = tracking_block(text_of(rows[i].first), rows[i].count, &block, &error);
        row_check(rows[i].row, error.message == rows[i].message);
        row_check(rows[i].row, status == (rows[i].message == MSG_NONE ? OK : STOP));
        if (status != OK)
            continue;
        row_check(rows[i].row, tracking_enough(&block, rows[i].count, &error) == OK);
        row_check(rows[i].row, tracking_enough(&block, rows[i].count + 7, &error) == STOP);
        row_check(rows[i].row, error.message == MSG_TRACKING_SHORT &&
                                   error.have == (int64_t)rows[i].count &&
                                   error.want == (int64_t)rows[i].count + 7);
        if (!rows[i].last)
            continue;
        tracking_write(tracking_at(&block, rows[i].count - 1), text);
        row_check(rows[i].row, strcmp(text, rows[i].last) == 0);
    }
    check_rows();
}

static void overlaps(void **state)
{
    static const struct {
        int row;
        struct tracking_block a, b;
        bool want;
    } rows[] = {
        {1, {10, 5}, {15, 5}, false}, {2, {10, 5}, {14, 5}, true},  {3, {10, 5}, {10, 5}, true},
        {4, {10, 5}, {12, 1}, true},  {5, {10, 0}, {10, 5}, false}, {6, {10, 5}, {11, 0}, false},
        {7, {10, 5}, {0, 10}, false}, {8, {10, 5}, {0, 11}, true},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        row_check(rows[i].row, tracking_overlap(&rows[i].a, &rows[i].b) == rows[i].want);
        row_check(rows[i].row, tracking_overlap(&rows[i].b, &rows[i].a) == rows[i].want);
    }
    check_rows();
}

static void doubts(void **state)
{
    static const struct {
        int row;
        tracking number;
        enum tracking_class class;
        enum message want;
    } rows[] = {
        {1, 3006000000, TRACKING_KAN_I, MSG_NONE},
        {2, 4999999999, TRACKING_KAN_I, MSG_NONE},
        {3, 2996000000, TRACKING_KAN_I, MSG_TRACKING_CLASS},
        {4, 5006000000, TRACKING_KAN_I, MSG_TRACKING_CLASS},
        {5, 5006000000, TRACKING_TOKUTEI, MSG_NONE},
        {6, 6999999999, TRACKING_TOKUTEI, MSG_NONE},
        {7, 4996000000, TRACKING_TOKUTEI, MSG_TRACKING_CLASS},
        {8, 7006000000, TRACKING_TOKUTEI, MSG_TRACKING_CLASS},
        {9, 5005900000, TRACKING_TOKUTEI, MSG_TRACKING_LABEL},
        {10, 3000000000, TRACKING_KAN_I, MSG_TRACKING_LABEL},
        {11, 0, TRACKING_KAN_I, MSG_TRACKING_CLASS},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        enum message message = tracking_doubt(rows[i].number, rows[i].class);
        row_check(rows[i].row, message == rows[i].want);
        row_check(rows[i].row, message == MSG_NONE || message_kind(message) == KIND_WARN);
    }
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(reading), cmocka_unit_test(check_digits),
                                       cmocka_unit_test(blocks), cmocka_unit_test(overlaps),
                                       cmocka_unit_test(doubts)};

    return check_run(tests);
}
