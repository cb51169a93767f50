#include "symbology/postcodes.h"

#include "unit/check.h"
#include "unit/postcode_files.h"

#include <stdlib.h>

static const struct expected {
    int row;
    uint32_t postcode;
    uint32_t count;
    enum postcode_kind kind;
    const char *municipality, *town;
} expected[] = {
    {1, 600000, 1, POSTCODE_REPRESENTATIVE, "札幌市中央区", ""},
    {2, 600042, 1, POSTCODE_TOWN, "札幌市中央区", "大通西"},
    {3, 640804, 1, POSTCODE_TOWN, "札幌市中央区", "南四条西"},
    {4, 640941, 1, POSTCODE_TOWN, "札幌市中央区", "旭ケ丘"},
    {5, 800831, 1, POSTCODE_TOWN, "帯広市", "稲田町"},
    {6, 660005, 1, POSTCODE_TOWN, "千歳市", "協和"}, /* three rows in KEN_ALL.CSV */
    {7, 691182, 1, POSTCODE_TOWN, "千歳市", "協和"},
    {8, 711252, 1, POSTCODE_TOWN, "上川郡鷹栖町", "１３線"},
    {9, 285102, 1, POSTCODE_TOWN, "岩手郡葛巻町", "葛巻"},
    {10, 295523, 1, POSTCODE_TOWN, "和賀郡西和賀町", "穴明"},
    {11, 287917, 1, POSTCODE_TOWN, "九戸郡洋野町", "種市"}, /* two rows in KEN_ALL.CSV */
    {12, 3060400, 1, POSTCODE_REPRESENTATIVE, "猿島郡境町", ""},
    {13, 3060433, 1, POSTCODE_WHOLE, "猿島郡境町", ""},
    {14, 1000301, 1, POSTCODE_WHOLE, "利島村", ""},
    {15, 9013601, 1, POSTCODE_WHOLE, "島尻郡渡名喜村", ""},
    {16, 5220317, 1, POSTCODE_TOWN, "犬上郡多賀町", "一円"}, /* a town of that name */
    {17, 1006001, 1, POSTCODE_TOWN, "千代田区", "霞が関霞が関ビル"},
    {18, 7614103, 2, POSTCODE_TOWN, "小豆郡土庄町", "甲"},
    {19, 6230011, 1, POSTCODE_TOWN, "綾部市", "青野町"},
};

static bool found(const struct postcodes *postcodes, const struct expected *want)
{
    uint32_t count;
    const struct postcode_row *row = postcodes_find(postcodes, want->postcode, &count);
    return count == want->count && row && row->postcode == want->postcode &&
           row->kind == want->kind &&
           text_is(postcodes->places[row->place].municipality, want->municipality) &&
           text_is(postcodes_town(postcodes, row), want->town);
}

/* Both files of Japan Post give the same towns. */
static void files(void **state)
{
    static const char *const paths[] = {"tests/postcodes/utf_ken_all.csv",
                                        "tests/postcodes/KEN_ALL.CSV"};

    (void)state;
    for (int file = 0; file < 2; file++) {
        struct arena arena;
        struct postcodes postcodes;
        struct error error;
        uint32_t count;
        arena_open(&arena, 1 << 20);
        row_check(100 * file, read_postcodes(paths[file], NULL, &arena, &postcodes, &error));
        for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
            row_check(100 * file + expected[i].row, found(&postcodes, &expected[i]));
        row_check(100 * file + 50, postcodes.count == 32); /* 31 towns, one of them 甲、乙 */
        row_check(100 * file + 51, !postcodes_find(&postcodes, 9999999, &count) && count == 0);
        row_check(100 * file + 52, !postcodes_find(&postcodes, 0, &count) && count == 0);
        row_check(100 * file + 53, postcodes.places[0].prefecture.length == 9);
        for (uint32_t i = 1; i < postcodes.count; i++)
            row_check(100 * file + 54,
                      postcodes.rows[i - 1].postcode <= postcodes.rows[i].postcode);
        arena_close(&arena);
    }
    check_rows();
}

static void offices(void **state)
{
    struct arena arena;
    struct postcodes postcodes;
    struct error error;
    uint32_t count;

    (void)state;
    arena_open(&arena, 1 << 20);
    row_check(1, read_postcodes("tests/postcodes/JIGYOSYO.CSV", NULL, &arena, &postcodes, &error));
    row_check(2, postcodes.count == 2);
    const struct postcode_row *row = postcodes_find(&postcodes, 1008792, &count);
    row_check(3, row && count == 1 && row->kind == POSTCODE_OFFICE);
    arena_close(&arena);
    check_rows();
}

#define FRONT "13101,\"100  \",\"1000001\",\"ﾄ\",\"ｸ\",\"ﾁ\",\"東京都\",\"千代田区\","
#define BACK ",0,0,0,0,0,0"

static void shapes(void **state)
{
    static const struct {
        int row;
        const char *file;
        enum message message;
        uint32_t line, count;
    } rows[] = {
        {1, FRONT "\"千代田\"" BACK "\r\n", MSG_NONE, 0, 1},
        {2, FRONT "\"千代田\"" BACK "\n", MSG_NONE, 0, 1},
        {3, FRONT "\"千代田\"" BACK, MSG_NONE, 0, 1},
        {4, "\xEF\xBB\xBF" FRONT "\"千代田\"" BACK "\n", MSG_NONE, 0, 1},
        {5, FRONT "千代田" BACK "\n", MSG_NONE, 0, 1},
        {6, FRONT "\"千代田\"" BACK "\r\n\x1A", MSG_NONE, 0, 1},
        {7, FRONT "\"千代田\"" BACK "\n\n" FRONT "\"丸の内\"" BACK "\n", MSG_NONE, 0, 2},
        {8, "", MSG_POSTCODES_EMPTY, 0, 0},
        {9, "\n\n", MSG_POSTCODES_EMPTY, 0, 0},
        {10, "\xEF\xBB\xBF", MSG_POSTCODES_EMPTY, 0, 0},
        {11, "a,b,c\n", MSG_POSTCODES_ROW, 1, 0},
        {12, FRONT "\"千代田\",0,0,0,0,0\n", MSG_POSTCODES_ROW, 1, 0},     /* 14 columns */
        {13, FRONT "\"千代田\",0,0,0,0,0,0,0\n", MSG_POSTCODES_ROW, 1, 0}, /* 16 */
        {14, FRONT "\"千代田\"" BACK "\n" FRONT "\"千代田" BACK "\n", MSG_POSTCODES_ROW, 2, 0},
        {15, FRONT "\"千代田\"x" BACK "\n", MSG_POSTCODES_ROW, 1, 0},
        {16, FRONT "\"\"" BACK "\n", MSG_POSTCODES_ROW, 1, 0},
        {17, "1,2,\"100001\",4,5,6,7,8,9,0,0,0,0,0,0\n", MSG_POSTCODES_ROW, 1, 0},
        {18, "1,2,\"100000A\",4,5,6,7,8,9,0,0,0,0,0,0\n", MSG_POSTCODES_ROW, 1, 0},
        {19, "1,2,1000001,4,5,6,,8,9,0,0,0,0,0,0\n", MSG_POSTCODES_ROW, 1, 0},
        {20, "1,2,1000001,4,5,6,7,,9,0,0,0,0,0,0\n", MSG_POSTCODES_ROW, 1, 0},
        {21, "1,2,3,都,区,町,番,100879,9,10,11,12,13\n", MSG_POSTCODES_ROW, 1, 0},
        {22, FRONT "\"千代\x93\"" BACK "\n", MSG_POSTCODES_ROW, 0, 0}, /* no UTF-8, no decoder */
        /* an open parenthesis ends with its postcode */
        {23,
         FRONT "\"千代田（一、\"" BACK "\n" FRONT "\"二、\"" BACK "\n" FRONT "\"三）\"" BACK
               "\n" FRONT "\"丸の内\"" BACK "\n",
         MSG_NONE, 0, 2},
        {24, FRONT "\"千代田（一、\"" BACK "\n1,2,1000002,4,5,6,7,8,皇居外苑,0,0,0,0,0,0\n",
         MSG_NONE, 0, 2},
        {25, FRONT "\"（一）\"" BACK "\n", MSG_POSTCODES_ROW, 1, 0},
        {26, FRONT "\"甲、乙、丙\"" BACK "\n", MSG_NONE, 0, 3},
        /* named after another place than the municipality: a town */
        {27, FRONT "\"丸の内の次に番地がくる場合\"" BACK "\n", MSG_NONE, 0, 1},
        {28, FRONT "\"丸の内一円\"" BACK "\n", MSG_NONE, 0, 1},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct error error = {.message = MSG_NONE};
        struct postcodes postcodes;
        struct arena arena;
        arena_open(&arena, 1 << 20);
        enum status status = postcodes_read(rows[i].file, strlen(rows[i].file), "/tmp/KEN_ALL.CSV",
                                            NULL, &arena, &postcodes, &error);
        row_check(rows[i].row, (status == OK) == (rows[i].message == MSG_NONE));
        row_check(rows[i].row,
                  status == OK || (status == STOP && error.message == rows[i].message));
        row_check(rows[i].row, error.line == rows[i].line);
        row_check(rows[i].row, status != OK || postcodes.count == rows[i].count);
        if (rows[i].row >= 27)
            row_check(rows[i].row,
                      postcodes.rows[0].kind == POSTCODE_TOWN &&
                          text_is(postcodes_town(&postcodes, postcodes.rows), "丸の内"));
        arena_close(&arena);
    }
    check_rows();
}

/* A country of 150,000 towns: read, found again, in the memory that the header says. A smaller arena is refused. */
static void country(void **state)
{
    enum { TOWNS = 150000, ROW = 160 };
    char *file = malloc((size_t)TOWNS * ROW);
    struct postcodes postcodes;
    struct arena arena;
    struct error error;
    size_t size = 0;
    uint32_t count, missing = 0;

    (void)state;
    for (unsigned i = 0; i < TOWNS; i++) /* 7 and 1,000,000 have no common factor: none twice */
        size +=
            (size_t)snprintf(file + size, ROW, "%05u,\"060\",\"%07u\",,,,県,市%u,町%u" BACK "\r\n",
                             i / 70, (i * 7) % 1000000 + 1, i / 70, i);
    arena_open(&arena, 8 << 20);
    row_check(1, postcodes_read(file, size, "x", NULL, &arena, &postcodes, &error) == OK);
    row_check(2, postcodes.count == TOWNS && postcodes.place_count == (TOWNS + 69) / 70);
    for (unsigned i = 0; i < TOWNS; i++) {
        char town[16];
        const struct postcode_row *row = postcodes_find(&postcodes, (i * 7) % 1000000 + 1, &count);
        snprintf(town, sizeof town, "町%u", i);
        missing += !row || count < 1 || !text_is(postcodes_town(&postcodes, &row[0]), town);
    }
    row_check(3, missing == 0);
    arena_close(&arena);
    arena_open(&arena, 1 << 20);
    row_check(5, postcodes_read(file, size, "x", NULL, &arena, &postcodes, &error) == STOP);
    row_check(6, error.message == MSG_NO_MEMORY);
    arena_close(&arena);
    free(file);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(files), cmocka_unit_test(offices),
                                       cmocka_unit_test(shapes), cmocka_unit_test(country)};

    return check_run(tests);
}
