#include "unit/check.h"

#include "spool/spool.h"

static void fields(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *in, *want;
    } rows[] = {
        {1, "", ",\n"},
        {2, "A001", "A001,\n"},
        {3, "a,b", "\"a,b\",\n"},
        {4, "a\"b", "\"a\"\"b\",\n"},
        {5, "a\nb", "\"a\nb\",\n"},
        {6, "a\rb", "\"a\rb\",\n"},
        {7, " a ", " a ,\n"},
        {8, "\"", "\"\"\"\",\n"},
        {9, "整理、番号", "整理、番号,\n"},
        {10, "'=1+1", "'=1+1,\n"},
    };
    static struct csv_row row;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        csv_row_start(&row);
        csv_row_text(&row, text_of(rows[i].in));
        csv_row_empty(&row);
        csv_row_end(&row);
        row_check(rows[i].row, row.size == strlen(rows[i].want) && !row.overflow &&
                                   memcmp(row.bytes, rows[i].want, row.size) == 0);
    }
    csv_row_start(&row);
    csv_row_number(&row, 0);
    csv_row_number(&row, 907);
    csv_row_empty(&row);
    csv_row_number(&row, UINT64_MAX);
    csv_row_text(&row, (struct text){NULL, 0});
    csv_row_end(&row);
    static const char want[] = "0,907,,18446744073709551615,\n";
    row_check(20, row.size == sizeof want - 1 && memcmp(row.bytes, want, row.size) == 0);
    check_rows();
}

/* The row that fills the room exactly is whole; one byte more is told, and nothing is written
 * behind it. */
static void overflow(void **state)
{
    (void)state;
    static struct {
        struct csv_row row;
        char guard[64];
    } space;
    static char plain[sizeof space.row.bytes + 1], quotes[sizeof space.row.bytes];
    struct csv_row *row = &space.row;
    memset(plain, 'a', sizeof plain);
    memset(quotes, '"', sizeof quotes);
    memset(space.guard, '#', sizeof space.guard);
    static const struct {
        int row;
        const char *bytes;
        uint32_t length;
        bool fits;
    } rows[] = {
        {1, plain, 8191, true},  {2, plain, 8192, false},  {3, plain, 8193, false},
        {4, quotes, 4094, true}, {5, quotes, 4095, false}, {6, quotes, 8192, false},
        {7, plain, 0, true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        csv_row_start(row);
        csv_row_text(row, (struct text){rows[i].bytes, rows[i].length});
        csv_row_end(row);
        row_check(rows[i].row, row->overflow == !rows[i].fits && row->size <= sizeof row->bytes);
        row_check(rows[i].row, !rows[i].fits || row->bytes[row->size - 1] == '\n');
        row_check(rows[i].row, space.guard[0] == '#');
    }
    csv_row_start(row);
    csv_row_text(row, (struct text){plain, 8190});
    csv_row_number(row, 1234);
    csv_row_text(row, TEXT("x"));
    csv_row_end(row);
    row_check(20, row->overflow && space.guard[0] == '#');
    csv_row_start(row);
    row_check(21, !row->overflow && row->size == 0);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(fields), cmocka_unit_test(overflow)};
    return check_run(tests);
}
