/* Rows of a unit through their file into the tables: whole, in order, counted again. */
#include "press/tables.h"

#include "unit/check.h"

struct taken {
    char text[SECTIONS][200000];
    size_t size[SECTIONS];
    unsigned frames;
};

static enum status take(void *context, enum section section, const char *bytes, uint32_t size,
                        struct error *error)
{
    struct taken *taken = context;
    (void)error;
    memcpy(taken->text[section] + taken->size[section], bytes, size);
    taken->size[section] += size;
    taken->frames++;
    return OK;
}

static struct taken taken;
static struct rows rows;
static struct rows_reader reader;

/* piece: bytes that the reader is given at once. */
static enum status pass(const struct buffer *file, size_t size, size_t piece)
{
    struct error error;
    memset(&taken, 0, sizeof taken);
    rows_reader_open(&reader, take, &taken);
    struct sink sink = rows_reader_sink(&reader);
    for (size_t at = 0; at < size; at += piece)
        if (sink_write(&sink, file->bytes + at, at + piece < size ? piece : size - at, &error) != OK)
            return STOP;
    return rows_reader_close(&reader, &error);
}

static void framing(void **state)
{
    (void)state;
    static const size_t pieces[] = {1, 2, 5, 6, 7, 100, 4096, 32773, 1000000};
    struct buffer file = {0};
    struct error error;
    char line[64];
    rows_open(&rows, buffer_sink(&file));
    for (int i = 0; i < 3000; i++) {
        int size = snprintf(line, sizeof line, "%d,row of section %d\n", i, i % 5);
        assert_int_equal(rows_add(&rows, (enum section)(i % 5), line, (size_t)size, &error), OK);
    }
    assert_int_equal(rows_close(&rows, &error), OK);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        row_check(i, pass(&file, file.size, pieces[i]) == OK);
        int next = 0, wrong = 0;
        size_t at[5] = {0};
        for (; next < 3000; next++) {
            int size = snprintf(line, sizeof line, "%d,row of section %d\n", next, next % 5);
            size_t *here = &at[next % 5];
            wrong += memcmp(taken.text[next % 5] + *here, line, (size_t)size) != 0;
            *here += (size_t)size;
        }
        row_check(i, wrong == 0 && taken.size[0] == at[0] && taken.size[4] == at[4]);
    }
    size_t last = file.size;
    row_check(20, pass(&file, last - 1, 100) == STOP); /* cut short */
    row_check(21, pass(&file, 3, 100) == STOP);
    row_check(22, pass(&file, 0, 100) == OK && taken.frames == 0);
    file.bytes[0] = SECTIONS; /* no such section */
    row_check(23, pass(&file, last, 100) == STOP);
    file.bytes[0] = 0;
    file.bytes[4] = 0x7F; /* a frame of 2 GiB */
    row_check(24, pass(&file, last, 100) == STOP);
    buffer_free(&file);
    check_rows();
}

static const char hex_one[] = "0100000000000000000000000000000000000000000000000000000000000000";
static const char hex_big[] = "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff";

static enum status count_letters(struct table_counts *counts, const char *const rows_in[])
{
    struct error error;
    char text[4096];
    size_t size = 0;
    *counts = (struct table_counts){0};
    for (int i = 0; rows_in[i]; i++)
        size += (size_t)snprintf(text + size, sizeof text - size, "%s,1,employer,,%s,%s\n", rows_in[i],
                                 i % 2 ? hex_big : hex_one, hex_one);
    return table_count(counts, SECTION_MANIFEST, text, (uint32_t)size, &error);
}

static void letters(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *rows[5];
        enum status want;
        unsigned letters, pieces, sheets;
    } cases[] = {
        {1, {"1,1,lot,1,1,001"}, OK, 1, 1, 1},
        {2, {"1,1,lot,1,1,001", "2,2,lot,2,2,002"}, OK, 2, 2, 3},
        {3, {"1,1,lot,1,1,001", "2,1,lot,2,2,002"}, OK, 2, 1, 3}, /* two letters in one piece */
        {4, {"7,5,lot,1,1,001", "8,6,lot,2,2,002"}, OK, 2, 2, 3}, /* a shard begins anywhere */
        {5, {"1,1,lot,1,1,001", "3,3,lot,2,2,002"}, STOP, 0, 0, 0},
        {6, {"1,1,lot,1,1,001", "1,1,lot,1,1,001"}, STOP, 0, 0, 0},
        {7, {"2,2,lot,1,1,001", "1,1,lot,1,1,001"}, STOP, 0, 0, 0},
        {8, {"1,1,lot,1,1,001", "2,3,lot,1,1,001"}, STOP, 0, 0, 0},
        {9, {"1,1,lot,1,1,\"0,\n\"\"1\"", "2,2,lot,1,1,3"}, OK, 2, 2, 2}, /* an id in quotes */
        {10, {"x,1,lot,1,1,001"}, STOP, 0, 0, 0},
        {11, {"1,1,lot,1,,001"}, STOP, 0, 0, 0},
        {12, {"1,1,lot,1,1"}, STOP, 0, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct table_counts counts;
        row_check(cases[i].row, count_letters(&counts, cases[i].rows) == cases[i].want);
        if (cases[i].want != OK)
            continue;
        row_check(cases[i].row, counts.letters == cases[i].letters);
        row_check(cases[i].row, counts.pieces == cases[i].pieces);
        row_check(cases[i].row, counts.sheets == cases[i].sheets);
    }
    struct table_counts counts; /* 1 + (2^256 - 1) = 0: a sum, no XOR */
    row_check(20, count_letters(&counts, cases[1].rows) == OK);
    row_check(21, memcmp(counts.sum.bytes, (struct digest){{0}}.bytes, 32) == 0);
    check_rows();
}

static void outcomes(void **state)
{
    (void)state;
    static const char text[] = "2,001,printed,1,1,\n3,\"0\n2\",held,,,9002 double-id\n4,,protected,,1,\n5,5,printed,2,1,\n"
                               "6,6,follow-up,,,5003 x\n";
    struct table_counts counts = {0};
    struct error error;
    row_check(1, table_count(&counts, SECTION_RECORDS, text, sizeof text - 1, &error) == OK);
    row_check(2, counts.outcomes[PLAN_PRINTED] == 2 && counts.outcomes[PLAN_HELD] == 1);
    row_check(3, counts.outcomes[PLAN_PROTECTED] == 1 && counts.outcomes[PLAN_FOLLOW_UP] == 1);
    row_check(4, table_count(&counts, SECTION_RECORDS, "2,1,lost,,,\n", 12, &error) == STOP);
    row_check(5, table_count(&counts, SECTION_RECORDS, "2,1,held,,", 10, &error) == STOP);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(framing), cmocka_unit_test(letters),
                                       cmocka_unit_test(outcomes)};
    return check_run(tests);
}
