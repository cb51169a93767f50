#include "symbology/nw7.h"

#include "unit/check.h"

/* As widths: "1112122" = narrow or wide, bar first. JIS X 0506, table of characters. */
static bool encodes(const char *data, char start, char stop, const char *want)
{
    struct nw7 symbol;
    struct error error;
    if (nw7_encode(text_of(data), start, stop, &symbol, &error) != OK ||
        symbol.count != strlen(want))
        return false;
    for (uint32_t i = 0; i < symbol.count; i++)
        if (symbol.wide[i] != want[i] - '1')
            return false;
    return true;
}

#define A "1122121"
#define B "1212112"
#define C "1112122"
#define D "1112221"

static void characters(void **state)
{
    static const struct {
        int row;
        const char *data, *elements;
    } rows[] = {
        {1, "0", "1111122"},  {2, "1", "1111221"},  {3, "2", "1112112"},  {4, "3", "2211111"},
        {5, "4", "1121121"},  {6, "5", "2111121"},  {7, "6", "1211112"},  {8, "7", "1211211"},
        {9, "8", "1221111"},  {10, "9", "2112111"}, {11, "-", "1112211"}, {12, "$", "1122111"},
        {13, ":", "2111212"}, {14, "/", "2121112"}, {15, ".", "2121211"}, {16, "+", "1121212"},
    };
    static const char *const guards[] = {A, B, C, D};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char want[32];
        snprintf(want, sizeof want, A "1%s1" B, rows[i].elements);
        row_check(rows[i].row, encodes(rows[i].data, 'A', 'B', want));
    }
    for (int start = 0; start < 4; start++)
        for (int stop = 0; stop < 4; stop++) {
            char want[32];
            snprintf(want, sizeof want, "%s111111221%s", guards[start], guards[stop]);
            row_check(20 + start * 4 + stop,
                      encodes("0", (char)('A' + start), (char)('A' + stop), want));
            row_check(40 + start * 4 + stop,
                      encodes("0", (char)('a' + start), (char)('a' + stop), want));
        }
    check_rows();
}

static void refusals(void **state)
{
    static const struct {
        int row;
        const char *data;
        char start, stop;
        enum message message;
    } rows[] = {
        {1, "", 'a', 'a', MSG_NW7_DATA},
        {2, "1A2", 'a', 'a', MSG_NW7_DATA},
        {3, "1 2", 'a', 'a', MSG_NW7_DATA},
        {4, "１", 'a', 'a', MSG_NW7_DATA},
        {5, "1", 'e', 'a', MSG_NW7_GUARD},
        {6, "1", 'a', 'E', MSG_NW7_GUARD},
        {7, "1", '1', 'a', MSG_NW7_GUARD},
        {8, "1", 'a', 0, MSG_NW7_GUARD},
        {9, "123456789012345678901234567890123", 'a', 'a', MSG_NW7_DATA},
        {10, "12345678901234567890123456789012", 'a', 'a', MSG_NONE},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct nw7 symbol;
        struct error error = {.message = MSG_NONE};
        enum status status =
            nw7_encode(text_of(rows[i].data), rows[i].start, rows[i].stop, &symbol, &error);
        row_check(rows[i].row, error.message == rows[i].message);
        row_check(rows[i].row, status == (rows[i].message == MSG_NONE       ? OK
                                          : rows[i].message == MSG_NW7_DATA ? REJECT
                                                                            : STOP));
        row_check(rows[i].row, (symbol.count == 0) == (status != OK));
    }
    check_rows();
}

static void widths(void **state)
{
    struct nw7 symbol;
    struct nw7_place place;
    struct error error;

    (void)state;
    for (int32_t narrow = 1; narrow <= 200; narrow++)
        for (int32_t ratio = 20; ratio <= 30; ratio++) {
            row_check(narrow, nw7_place(narrow, ratio, &place, &error) == OK);
            row_check(narrow, place.narrow == narrow && place.wide >= 2 * narrow &&
                                  place.wide <= 3 * narrow);
            row_check(narrow, place.wide * 10 - narrow * ratio <= 5 &&
                                  narrow * ratio - place.wide * 10 <= 5);
        }
    row_check(201, nw7_place(0, 25, &place, &error) == STOP && error.message == MSG_NW7_SIZE);
    row_check(202, nw7_place(201, 25, &place, &error) == STOP);
    row_check(203, nw7_place(6, 19, &place, &error) == STOP);
    row_check(204, nw7_place(6, 31, &place, &error) == STOP);
    row_check(205, nw7_place(6, 25, &place, &error) == OK && place.wide == 15);
    /* a 56000000000 a: 13 characters, 12 gaps; the guards and none of the digits have three wide elements */
    row_check(206, nw7_encode(TEXT("56000000000"), 'a', 'a', &symbol, &error) == OK &&
                       symbol.count == 103);
    row_check(207,
              nw7_length(&symbol, &place) == 2 * (4 * 6 + 3 * 15) + 11 * (5 * 6 + 2 * 15) + 12 * 6);
    row_check(208, nw7_longest(11, &place) >= nw7_length(&symbol, &place));
    row_check(209, nw7_encode(TEXT("+++++++++++"), 'a', 'a', &symbol, &error) == OK &&
                       nw7_length(&symbol, &place) == nw7_longest(11, &place));
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(characters), cmocka_unit_test(refusals),
                                       cmocka_unit_test(widths)};

    return check_run(tests);
}
