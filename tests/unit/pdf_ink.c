#include "pdf/ink.h"

#include "unit/check.h"

static bool ink_is(struct ink *ink, const char *want)
{
    bool is = !ink->failed && ink->size == strlen(want) &&
              (ink->size == 0 || memcmp(ink->bytes, want, ink->size) == 0);

    if (!is)
        fprintf(stderr, "have: %.*s want: %s\n", (int)ink->size, (const char *)ink->bytes, want);
    ink_free(ink);
    return is;
}

static void numbers(void **state)
{
    static const struct {
        int row;
        int64_t value;
        const char *want;
    } rows[] = {
        {1, 0, "0"},
        {2, 1, ".001"},
        {3, -1, "-.001"},
        {4, 10, ".01"},
        {5, 100, ".1"},
        {6, 120, ".12"},
        {7, 1000, "1"},
        {8, 1001, "1.001"},
        {9, 841920, "841.92"},
        {10, -595276, "-595.276"},
        {11, 1010, "1.01"},
        {12, 10000000, "10000"},
        {13, INT32_MAX, "2147483.647"},
        {14, -500, "-.5"},
        {15, 99999, "99.999"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct ink ink = {0};

        ink_thousandths(&ink, rows[i].value);
        row_check(rows[i].row, ink_is(&ink, rows[i].want));
    }
    check_rows();
}

/* EMU to thousandths of a point. */
static void lengths(void **state)
{
    static const struct {
        int row;
        int64_t emu_value;
        int32_t want;
    } rows[] = {
        {1, 0, 0},
        {2, 12700, 1000},
        {3, -12700, -1000},
        {4, 1524, 120},
        {5, 36000, 2835},
        {6, 6, 0},
        {7, 7, 1},
        {8, -6, 0},
        {9, -7, -1},
        {10, A4_WIDTH, 595200},
        {11, A4_HEIGHT, 841920},
        {12, INT32_MAX, 169093201},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        row_check(rows[i].row, thousandths(rows[i].emu_value) == rows[i].want);
    for (int32_t dot = -7016; dot <= 7016; dot++)
        if (thousandths((int64_t)dot * EMU_PER_DOT600) != dot * 120)
            row_check(13, !"a 600 dpi dot is not exact");
    check_rows();
}

static void utf16(void **state)
{
    static const struct {
        int row;
        const char *words, *want;
    } rows[] = {
        {1, "", ""},
        {2, "a", "0061"},
        {3, "架", "67B6"},
        {4, "𠮟", "D842DF9F"},
        {5, "葛\U000E0102", "845BDB40DD02"},
        {6, "\U0010FFFF", "DBFFDFFF"},
        {7, "\uFFFF", "FFFF"},
        {8, "\U00010000", "D800DC00"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct ink ink = {0};

        ink_utf16(&ink, text_of(rows[i].words));
        row_check(rows[i].row, ink_is(&ink, rows[i].want));
    }
    check_rows();
}

/* Growth keeps what stands there; a size that cannot be sticks as a failure and writes nothing. */
static void growth(void **state)
{
    struct ink ink = {0};
    bool kept = true;

    (void)state;
    for (int i = 0; i < 100000; i++)
        ink_integer(&ink, i % 10);
    for (size_t i = 0; i < ink.size; i++)
        kept = kept && ink.bytes[i] == '0' + i % 10;
    row_check(1, kept && ink.size == 100000);
    row_check(2, ink_room(&ink, SIZE_MAX / 2) == NULL && ink.failed);
    ink_words(&ink, "lost");
    ink_free(&ink);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(numbers), cmocka_unit_test(lengths),
                                       cmocka_unit_test(utf16), cmocka_unit_test(growth)};

    return check_run(tests);
}
