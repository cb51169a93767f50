/* The CSV reader: where records and fields begin and end, what a fault costs. */
#include "intake/csv.h"

#include "base/memory.h"

#include "unit/check.h"

struct memory {
    const char *bytes;
    size_t size;
    size_t lie; /* bytes that the source says it has and has not */
};

static enum status read_memory(void *context, uint64_t offset, void *bytes, size_t size,
                               size_t *got, struct error *error)
{
    const struct memory *memory = context;
    size_t left = offset < memory->size ? memory->size - (size_t)offset : 0;

    (void)error;
    *got = size < left ? size : left;
    if (*got)
        memcpy(bytes, memory->bytes + offset, *got);
    return OK;
}

static enum status open_memory(struct csv *csv, struct memory *memory, uint32_t columns)
{
    struct csv_source source = {read_memory, memory, memory->size + memory->lie};
    enum status status = csv_open(csv, source, NULL);

    csv->columns = columns;
    return status;
}

/* "[a|b]" a record, "!3102[a|b]" a refused one. */
static void show(const struct csv_record *record, char *out, size_t size)
{
    size_t at = strlen(out);

    if (record->fault)
        at += (size_t)snprintf(out + at, size - at, "!%d", (int)record->fault);
    for (uint32_t i = 0; i < record->count && at < size; i++)
        at += (size_t)snprintf(out + at, size - at, "%c%.*s", i ? '|' : '[',
                               (int)record->field[i].length, record->field[i].bytes);
    if (at < size)
        (void)snprintf(out + at, size - at, "]");
}

static void read_all(const char *bytes, size_t length, uint32_t columns, char *out, size_t size)
{
    struct memory memory = {bytes, length, 0};
    struct csv_record record;
    struct csv csv;
    bool end = false;

    *out = '\0';
    if (open_memory(&csv, &memory, columns) == OK)
        while (csv_next(&csv, &record, &end, NULL) == OK && !end)
            show(&record, out, size);
    csv_close(&csv);
}

static void structure(void **state)
{
    static const struct {
        int row;
        uint32_t columns;
        const char *in, *want;
    } rows[] = {
        /* ends of lines and of the file */
        {1, 2, "a,b\nc,d\n", "[a|b][c|d]"},
        {2, 2, "a,b\r\nc,d\r\n", "[a|b][c|d]"},
        {3, 2, "a,b\nc,d", "[a|b][c|d]"},
        {4, 2, "a,b\r\nc,d\r", "[a|b][c|d]"},
        {5, 2, "a,b\r\nc,d\n", "[a|b][c|d]"},
        {6, 2, "a,b\n\n\r\n\n", "[a|b]"},
        {7, 2, "a,b\n\nc,d\n", "[a|b]!3101[][c|d]"},
        {8, 2, "a,b\n\r\nc,d\n", "[a|b]!3101[][c|d]"},
        {9, 2, "\na,b\n", "!3101[][a|b]"},
        {10, 2, "", ""},
        {11, 2, "\n\r\n\r", ""},
        {12, 1, "a\n\nb\n", "[a]!3101[][b]"},
        {13, 2, "a,b\rc,d\ne,f\n", "!3105[a|b\rc|d][e|f]"},
        {14, 2, "a,b\r\r\nc,d\n", "!3105[a|b\r][c|d]"},
        {15, 2, "a,\"b\"\rc\nd,e\n", "!3105[a|\"b\"\rc][d|e]"},
        {16, 2, "a,b\rc,d\re,f", "!3105[a|b\rc|d\re|f]"},
        /* empty fields */
        {20, 3, ",,\n", "[||]"},
        {21, 3, "a,,", "[a||]"},
        {22, 3, "\"\",\"\",\"\"", "[||]"},
        {23, 3, ",\"\",x\n,,\n", "[||x][||]"},
        /* quotes in order */
        {30, 2, "\"a\",\"b\"\n\"c\",\"d\"", "[a|b][c|d]"},
        {31, 2, "\"a,1\",b\n", "[a,1|b]"},
        {32, 2, "\"a\"\"1\"\"\",b\n", "[a\"\"1\"\"|b]"},
        {33, 3, "a,\"b\nc\",d\n1,2,3\n", "[a|b\nc|d][1|2|3]"},
        {34, 3, "a,\"b\r\nc\",d\r\n1,2,3\r\n", "[a|b\r\nc|d][1|2|3]"},
        {35, 2, "a,\"b\rc\"\n", "[a|b\rc]"},
        {36, 3, "a,\"b,\nc\",d\n", "[a|b,\nc|d]"},
        {37, 2, "a,\"\"\"\"\n", "[a|\"\"]"},
        {38, 2, "a,\"b\n\"\nc,d", "[a|b\n][c|d]"},
        {39, 2, "a,\"\n\n\n\"", "[a|\n\n\n]"},
        {40, 4, "a,\"b\nc,\",,\"d\ne\"\n1,2,3,4", "[a|b\nc,||d\ne][1|2|3|4]"},
        {41, 1, "\"a\nb\"\nc\n", "[a\nb][c]"},
        /* wrong column count */
        {50, 2, "a\nb,c\n", "!3101[a][b|c]"},
        {51, 2, "a,b,c\nd,e\n", "!3101[a|b|c][d|e]"},
        {52, 3, "a,\"b\nc\"\nd,e,f\n", "!3101[a|b\nc][d|e|f]"},
        {53, 2, "a,b\nc", "[a|b]!3101[c]"},
        {54, 2, " \na,b\n", "!3101[ ][a|b]"},
        /* stray quotes */
        {60, 2, "a,b\"c\nd,e\n", "!3103[a|b\"c][d|e]"},
        {61, 2, "a,\"b\"c\nd,e\n", "!3103[a|\"b\"c][d|e]"},
        {62, 2, "a,\"b\" \nd,e\n", "!3103[a|\"b\" ][d|e]"},
        {63, 2, "a, \"b\"\nd,e\n", "!3103[a| \"b\"][d|e]"},
        {64, 2, "a\"\nd,e\n", "!3103[a\"][d|e]"},
        {65, 2, "a,b\"c\r\nd,e\r\n", "!3103[a|b\"c][d|e]"},
        {66, 2, "\"a\"\"b,c\nd,e\n", "!3102[\"a\"\"b|c][d|e]"},
        /* unclosed quotes: the first line goes, no other */
        {70, 3, "1,\"b,c\n2,e,f\n3,h,i\n", "!3102[1|\"b|c][2|e|f][3|h|i]"},
        {71, 3, "1,b,\"c\n2,e,f\n3,h,i", "!3102[1|b|\"c][2|e|f][3|h|i]"},
        {72, 3, "\"1,b,c\n2,e,f\n", "!3102[\"1|b|c][2|e|f]"},
        {73, 3, "1,\"b,c\n2,\"e\",f\n3,h,i\n", "!3102[1|\"b|c][2|e|f][3|h|i]"},
        {74, 3, "1,\"b,c\n2,\"\",f\n3,h,i\n", "!3102[1|\"b|c][2||f][3|h|i]"},
        {75, 3, "1,b,\"c\n\"2\",e,f\n3,h,i\n", "!3102[1|b|\"c][2|e|f][3|h|i]"},
        {76, 3, "1,b,\"c\n2,e,\"\n3,h,i\n", "!3102[1|b|\"c]!3102[2|e|\"][3|h|i]"},
        {77, 3, "1,b,c\n2,e,\"f", "[1|b|c]!3102[2|e|\"f]"},
        {78, 3, "1,b,c\n2,e,\"", "[1|b|c]!3102[2|e|\"]"},
        {79, 3, "1,b,\"c\r\n2,e,f\r\n", "!3102[1|b|\"c][2|e|f]"},
        /* two unclosed ones that pair up: columns come out right, one too few, one too many */
        {80, 3, "1,\"b,c\n2,e\",f\n3,h,i\n", "!3102[1|\"b|c]!3103[2|e\"|f][3|h|i]"},
        {81, 3, "1,\"b,c\n2,e,\",\n3,h,i\n", "!3102[1|\"b|c]!3102[2|e|\"|][3|h|i]"},
        {82, 3, "1,b,\"c\n2,\",x\",y\n3,h,i\n", "!3102[1|b|\"c][2|,x|y][3|h|i]"},
        {83, 4, "1,b,c,\"d\n2,\",y,z\n3,h,i,j\n", "!3102[1|b|c|\"d]!3102[2|\"|y|z][3|h|i|j]"},
        {84, 3, "1,b,\"c\n2,e,f\n3,h,i\n4,\"k\",l\n", "!3102[1|b|\"c][2|e|f][3|h|i][4|k|l]"},
        {85, 2, "1,\"\"\"b\n2,\"\"\"c\n3,d\n", "!3102[1|\"\"\"b]!3102[2|\"\"\"c][3|d]"},
    };
    char got[512];

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        read_all(rows[i].in, strlen(rows[i].in), rows[i].columns, got, sizeof got);
        row_check(rows[i].row, strcmp(got, rows[i].want) == 0);
        if (strcmp(got, rows[i].want) != 0)
            fprintf(stderr, "  got %s\n  not %s\n", got, rows[i].want);
    }
    check_rows();
}

/* A file of one line of `first` bytes (begun as given), then "y,z". */
static char *long_file(const char *begin, size_t first, const char *line_end, size_t *size)
{
    size_t room = first + 16;
    char *bytes = memory_new(room);

    memset(bytes, 'x', first);
    memcpy(bytes, begin, strlen(begin));
    *size = first + (size_t)snprintf(bytes + first, 16, "%sy,z%s", line_end, line_end);
    return bytes;
}

static void limits(void **state)
{
    static const struct {
        int row;
        const char *begin;
        size_t first;
        const char *line_end;
        enum message want;
    } rows[] = {
        {1, "a,", LIMIT_RECORD_BYTES, "\n", MSG_NONE},
        {2, "a,", LIMIT_RECORD_BYTES, "\r\n", MSG_NONE},
        {3, "a,", LIMIT_RECORD_BYTES + 1, "\n", MSG_RECORD_TOO_LONG},
        {4, "a,", LIMIT_RECORD_BYTES + 1, "\r\n", MSG_RECORD_TOO_LONG},
        {5, "a,", LIMIT_RECORD_BYTES + 2, "\n", MSG_RECORD_TOO_LONG},
        {6, "a,", LIMIT_RECORD_BYTES + 3, "\r\n", MSG_RECORD_TOO_LONG},
        {7, "a,", 1000000, "\n", MSG_RECORD_TOO_LONG},
        {8, "a,\"", 1000000, "\n", MSG_RECORD_TOO_LONG},
        {9, "a,\"", LIMIT_RECORD_BYTES + 1, "\r\n", MSG_RECORD_TOO_LONG},
        {10, "a,b\"", 200000, "\n", MSG_RECORD_TOO_LONG},
        {11, "a,\"\"\"", 70000, "\n", MSG_RECORD_TOO_LONG},
        {12, "a,\"", 50000, "\n", MSG_QUOTE_UNCLOSED},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t size;
        char *bytes = long_file(rows[i].begin, rows[i].first, rows[i].line_end, &size);
        struct memory memory = {bytes, size, 0};
        struct csv_record record;
        struct csv csv;
        bool end = true;

        row_check(rows[i].row, open_memory(&csv, &memory, 2) == OK);
        row_check(rows[i].row, csv_next(&csv, &record, &end, NULL) == OK && !end);
        row_check(rows[i].row, record.fault == rows[i].want);
        row_check(rows[i].row, csv_next(&csv, &record, &end, NULL) == OK && !end);
        row_check(rows[i].row, record.fault == MSG_NONE && record.count == 2 &&
                                   memcmp(record.field[0].bytes, "y,z", 3) == 0 &&
                                   record.offset == rows[i].first + strlen(rows[i].line_end));
        row_check(rows[i].row, csv_next(&csv, &record, &end, NULL) == OK && end);
        csv_close(&csv);
        memory_free(bytes, rows[i].first + 16);
    }
    check_rows();
}

/* What is left of an over-long line comes in pieces without a gap, to the line's end and no further. */
static void rest_of_line(void **state)
{
    static const struct {
        int row;
        size_t first;
        unsigned pieces;
    } rows[] = {
        {1, LIMIT_RECORD_BYTES, 0},     {2, LIMIT_RECORD_BYTES + 1, 0},
        {3, LIMIT_RECORD_BYTES + 2, 1}, {4, LIMIT_RECORD_BYTES + 3, 1},
        {5, 2 * LIMIT_RECORD_BYTES, 2}, {6, 1000000, 15},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t size;
        char *bytes = long_file("a,", rows[i].first, "\n", &size);
        struct memory memory = {bytes, size, 0};
        static struct csv_record record;
        struct csv csv;
        bool end = true, more = true;
        unsigned pieces = 0, wrong = 0;

        row_check(rows[i].row, open_memory(&csv, &memory, 2) == OK);
        row_check(rows[i].row, csv_next(&csv, &record, &end, NULL) == OK && !end);
        for (size_t seen = record.length; csv_more(&csv, &record, &more, NULL) == OK && more;) {
            wrong += record.offset > seen - 24 || record.offset + record.length <= seen;
            wrong += record.count != 1 || record.field[0].length != record.length;
            wrong += memcmp(record.bytes, bytes + record.offset, record.length) != 0;
            seen = (size_t)record.offset + record.length;
            wrong += seen > rows[i].first + 1;
            pieces++;
        }
        row_check(rows[i].row, !more && wrong == 0 && pieces == rows[i].pieces);
        row_check(rows[i].row, csv_offset(&csv) == rows[i].first + 1);
        row_check(rows[i].row, csv_next(&csv, &record, &end, NULL) == OK && !end &&
                                   record.fault == MSG_NONE && record.count == 2);
        csv_close(&csv);
        memory_free(bytes, rows[i].first + 16);
    }
    check_rows();
}

/* An unclosed quote in a large file without other quotes: found at the limit, costs one row of 20,000. */
static void large_file(void **state)
{
    enum { ROWS = 20000, LINE = 18 };
    char *bytes = memory_new(ROWS * LINE + 1);
    struct memory memory = {bytes, ROWS * LINE, 0};
    struct csv_record record;
    struct csv csv;
    bool end = false;
    unsigned sound = 0, refused = 0, misplaced = 0;

    (void)state;
    for (int i = 0; i < ROWS; i++)
        (void)snprintf(bytes + i * LINE, LINE + 1, "%07d,%s,x,y,z\r\n", i, i == 77 ? "\"b" : "bb");
    assert_int_equal(open_memory(&csv, &memory, 5), OK);
    while (csv_next(&csv, &record, &end, NULL) == OK && !end) {
        misplaced += record.offset != (sound + refused) * LINE || record.length != LINE - 2;
        sound += record.fault == MSG_NONE;
        refused += record.fault == MSG_QUOTE_UNCLOSED;
    }
    row_check(1, sound == ROWS - 1);
    row_check(2, refused == 1);
    row_check(3, misplaced == 0);
    csv_seek(&csv, 19000 * LINE); /* in the window */
    row_check(4, csv_next(&csv, &record, &end, NULL) == OK &&
                     memcmp(record.bytes, "0019000,", 8) == 0);
    csv_seek(&csv, 5 * LINE); /* not in the window */
    row_check(5, csv_next(&csv, &record, &end, NULL) == OK &&
                     memcmp(record.bytes, "0000005,", 8) == 0);
    row_check(6, csv_offset(&csv) == 6 * LINE);
    row_check(7, csv_next(&csv, &record, &end, NULL) == OK && record.offset == 6 * LINE);
    csv_seek(&csv, ROWS * LINE);
    row_check(8, csv_next(&csv, &record, &end, NULL) == OK && end);
    csv_close(&csv);
    memory_free(bytes, ROWS * LINE + 1);
    check_rows();
}

/* A source that shrinks is an error, not an early end. */
static void shrinking(void **state)
{
    struct memory memory = {"a,b\nc,d\n", 8, 0};
    struct csv_record record;
    struct error error = {0};
    struct csv csv;
    bool end = false;

    (void)state;
    assert_int_equal(open_memory(&csv, &memory, 2), OK);
    memory.size = 4;
    row_check(1,
              csv_next(&csv, &record, &end, &error) == STOP && error.message == MSG_INPUT_CHANGED);
    csv_close(&csv);
    memory.lie = 5;
    row_check(2, open_memory(&csv, &memory, 2) == STOP);
    csv_close(&csv);
    check_rows();
}

static void many_columns(void **state)
{
    char bytes[2 * (LIMIT_COLUMNS + 2)];
    struct memory memory = {bytes, 0, 0};
    struct csv_record record;
    struct csv csv;
    bool end = false;

    (void)state;
    for (size_t i = 0; i < LIMIT_COLUMNS + 2; i++)
        memcpy(bytes + 2 * i, "v,", 2);
    for (uint32_t columns = LIMIT_COLUMNS - 1; columns <= LIMIT_COLUMNS + 2; columns++) {
        memory.size = 2 * columns - 1;
        assert_int_equal(open_memory(&csv, &memory, 3), OK);
        row_check(columns, csv_next(&csv, &record, &end, NULL) == OK && record.columns == columns);
        row_check(columns, record.count == (columns < LIMIT_COLUMNS ? columns : LIMIT_COLUMNS));
        const struct csv_field *last = &record.field[record.count - 1];
        row_check(columns, last->bytes + last->length == record.bytes + record.length);
        row_check(columns, record.fault == MSG_COLUMN_COUNT_WRONG);
        csv_close(&csv);
    }
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(structure),    cmocka_unit_test(limits),    cmocka_unit_test(large_file),
        cmocka_unit_test(rest_of_line), cmocka_unit_test(shrinking), cmocka_unit_test(many_columns),
    };
    return check_run(tests);
}
