/* Sequence lists and reasons: what the user types, and what the ledger holds. */
#include "press/outbook.h"

#include "unit/check.h"

/* Ranges joined again with commas; "!" where the list is broken. */
static void put_ranges(const char *list, char separator, char out[200])
{
    struct text rest = text_of(list);
    uint64_t first, last;
    bool broken = false;
    size_t size = 0;
    out[0] = '\0';
    while (outbook_range(&rest, separator, &first, &last, &broken))
        size += (size_t)snprintf(out + size, 200 - size, "%llu-%llu ", (unsigned long long)first,
                                 (unsigned long long)last);
    if (broken)
        (void)snprintf(out + size, 200 - size, "!");
}

static void test_ranges(void **state)
{
    static const struct {
        unsigned row;
        const char *list;
        char separator;
        const char *want;
    } rows[] = {
        {1, "5", ',', "5-5 "},
        {2, "3-5,9", ',', "3-5 9-9 "},
        {3, "3-5:9", ':', "3-5 9-9 "},
        {4, "1-1", ',', "1-1 "},
        {5, "", ',', ""},
        {6, "0", ',', "!"},
        {7, "5-3", ',', "!"},
        {8, "5-", ',', "!"},
        {9, "-5", ',', "!"},
        {10, "1,,2", ',', "1-1 !"},
        {11, "1,", ',', "!"},
        {12, "1:2", ',', "!"},
        {13, "01", ',', "!"},
        {14, "1 ,2", ',', "!"},
        {15, "99999999999999999999", ',', "!"},
        {16, "999999999999999999", ',', "999999999999999999-999999999999999999 "},
        {17, "1-2-3", ',', "!"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char have[200];
        put_ranges(rows[i].list, rows[i].separator, have);
        row_check(rows[i].row, strcmp(have, rows[i].want) == 0);
    }
    check_rows();
}

static void test_reasons(void **state)
{
    static const struct {
        unsigned row;
        const char *reason;
        enum message want;
    } rows[] = {
        {1, "汚損", MSG_NONE},
        {2, "page 12 of 345, 5/1", MSG_NONE},
        {3, "", MSG_AFTER_REASON},
        {4, " \xE3\x80\x80 ", MSG_AFTER_REASON},
        {5, "a\tb", MSG_AFTER_REASON},
        {6, "a\x7F", MSG_AFTER_REASON},
        {7,
         "a\xE2\x80\xA8"
         "b",
         MSG_AFTER_REASON},
        {8, "\xC0\x80", MSG_AFTER_REASON},
        {9, "123456789018", MSG_AFTER_REASON_NUMBER},
        {10, "no 1234-5678-9018.", MSG_AFTER_REASON_NUMBER},
        {11, "1234567890123", MSG_NONE}, /* thirteen: a window of a longer run is none */
        {12, "12345678901", MSG_NONE},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct error error = {0};
        enum status status = outbook_reason(rows[i].reason, &error);
        row_check(rows[i].row,
                  error.message == rows[i].want && (status == OK) == (rows[i].want == MSG_NONE));
    }
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_ranges),
                                       cmocka_unit_test(test_reasons)};
    return check_run(tests);
}
