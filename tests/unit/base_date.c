#include "unit/check.h"

#include "base/date.h"

static void parsing(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *in;
        enum date_fault fault;
        uint32_t want;
    } rows[] = {
        /* western */
        {1, "2008-04-01", DATE_OK, 20080401},
        {2, "2008/4/1", DATE_OK, 20080401},
        {3, "2008/04/01", DATE_OK, 20080401},
        {4, "20080401", DATE_OK, 20080401},
        {5, "２００８－０４－０１", DATE_OK, 20080401},
        {6, "２００８／４／１", DATE_OK, 20080401},
        {7, "２００８０４０１", DATE_OK, 20080401},
        {8, " 2008-04-01　", DATE_OK, 20080401},
        {9, "2008-4-1", DATE_SHAPE, 0},
        {10, "2008/04-01", DATE_SHAPE, 0},
        {11, "2008-04-01 00:00", DATE_SHAPE, 0},
        {12, "08-04-01", DATE_SHAPE, 0},
        {13, "2008/004/1", DATE_SHAPE, 0},
        {14, "2008/4/", DATE_SHAPE, 0},
        {15, "2008.04.01", DATE_SHAPE, 0},
        {16, "2008/ 4/ 1", DATE_OK, 20080401},
        {17, "2008 04 01", DATE_SHAPE, 0},
        {18, "-2008-04-01", DATE_SHAPE, 0},
        {19, "2008-04-01\xFF", DATE_SHAPE, 0},
        /* impossible */
        {20, "2023-02-29", DATE_IMPOSSIBLE, 0},
        {21, "2024-02-29", DATE_OK, 20240229},
        {22, "1900-02-29", DATE_IMPOSSIBLE, 0},
        {23, "2000-02-29", DATE_OK, 20000229},
        {24, "2023-13-01", DATE_IMPOSSIBLE, 0},
        {25, "2023-00-01", DATE_IMPOSSIBLE, 0},
        {26, "2023-04-31", DATE_IMPOSSIBLE, 0},
        {27, "2023-04-00", DATE_IMPOSSIBLE, 0},
        {28, "20230431", DATE_IMPOSSIBLE, 0},
        {29, "99999999", DATE_IMPOSSIBLE, 0},
        {30, "00000000", DATE_IMPOSSIBLE, 0},
        /* spreadsheets */
        {31, "39539", DATE_SERIAL, 0},
        {32, "３９５３９", DATE_SERIAL, 0},
        {33, "3953", DATE_SHAPE, 0},
        {34, "395390", DATE_SHAPE, 0},
        {35, "39539.5", DATE_SHAPE, 0},
        {36, "2.0E+07", DATE_SHAPE, 0},
        {37, "200804011", DATE_SHAPE, 0},
        {38, "99999999999999999999", DATE_SHAPE, 0},
        /* range */
        {39, "1868-10-23", DATE_OK, 18681023},
        {40, "1868-10-22", DATE_RANGE, 0},
        {41, "2200-12-31", DATE_OK, 22001231},
        {42, "2201-01-01", DATE_RANGE, 0},
        {43, "0001-01-01", DATE_RANGE, 0},
        /* empty */
        {44, "", DATE_EMPTY, 0},
        {45, " 　\t", DATE_EMPTY, 0},
        /* eras */
        {50, "平成20年4月1日", DATE_OK, 20080401},
        {51, "平成２０年０４月０１日", DATE_OK, 20080401},
        {52, "H20.4.1", DATE_OK, 20080401},
        {53, "h20.04.01", DATE_OK, 20080401},
        {54, "Ｈ２０．４．１", DATE_OK, 20080401},
        {55, "令和 6年 7月 31日", DATE_OK, 20240731},
        {56, "令和　６ 年　７ 月 ３１ 日", DATE_OK, 20240731},
        {57, "令和元年5月1日", DATE_OK, 20190501},
        {58, "令和1年5月1日", DATE_OK, 20190501},
        {59, "R元.5.1", DATE_OK, 20190501},
        {60, "r1.5.1", DATE_OK, 20190501},
        {61, "令和1年4月30日", DATE_ERA, 0},
        {62, "平成31年4月30日", DATE_OK, 20190430},
        {63, "平成31年5月1日", DATE_ERA, 0},
        {64, "平成32年1月1日", DATE_ERA, 0},
        {65, "昭和64年1月7日", DATE_OK, 19890107},
        {66, "昭和64年1月8日", DATE_ERA, 0},
        {67, "平成元年1月8日", DATE_OK, 19890108},
        {68, "平成元年1月7日", DATE_ERA, 0},
        {69, "昭和元年12月25日", DATE_OK, 19261225},
        {70, "昭和元年12月24日", DATE_ERA, 0},
        {71, "大正15年12月25日", DATE_OK, 19261225}, /* one day, two right names */
        {72, "大正15年12月26日", DATE_ERA, 0},
        {73, "大正元年7月30日", DATE_OK, 19120730},
        {74, "大正元年7月29日", DATE_ERA, 0},
        {75, "明治45年7月30日", DATE_OK, 19120730},
        {76, "明治45年7月31日", DATE_ERA, 0},
        {77, "明治元年10月23日", DATE_OK, 18681023},
        {78, "明治元年10月22日", DATE_ERA, 0},
        {79, "M45.7.29", DATE_OK, 19120729},
        {80, "T15.12.24", DATE_OK, 19261224},
        {81, "S63.12.31", DATE_OK, 19881231},
        {82, "平成0年4月1日", DATE_ERA, 0},
        {83, "慶応3年1月1日", DATE_ERA, 0},
        {84, "K3.1.1", DATE_ERA, 0},
        {85, "平成20年2月30日", DATE_IMPOSSIBLE, 0},
        {86, "平成20年13月1日", DATE_IMPOSSIBLE, 0},
        {87, "昭和64年2月29日", DATE_IMPOSSIBLE, 0},
        {88, "平成100年1月1日", DATE_SHAPE, 0},
        {89, "平成20年4月1", DATE_SHAPE, 0},
        {90, "平成20年4月1日生", DATE_SHAPE, 0},
        {91, "平成20年4月", DATE_SHAPE, 0},
        {92, "平成年4月1日", DATE_SHAPE, 0},
        {93, "平20年4月1日", DATE_SHAPE, 0},
        {94, "H20-4-1", DATE_SHAPE, 0},
        {95, "H20.4.1.", DATE_SHAPE, 0},
        {96, "H.4.1", DATE_SHAPE, 0},
        {97, "不明", DATE_SHAPE, 0},
        {98, "?", DATE_SHAPE, 0},
        {99, "令和99年12月31日", DATE_OK, 21171231},
        {100, "平成2 0年4月1日", DATE_SHAPE, 0},
        {101, "令和元元年5月1日", DATE_SHAPE, 0},
        {102, "令和6年7月31日令和6年7月31日令和6年7月31日", DATE_SHAPE, 0},
        {103, "元", DATE_SHAPE, 0},
        {104, "H", DATE_SHAPE, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct date date = {9, 9, 9};
        enum date_fault fault = date_parse(text_of(rows[i].in), &date);
        row_check(rows[i].row, fault == rows[i].fault && date_number(date) == rows[i].want);
    }
    struct date date = {9, 9, 9};
    row_check(200, date_parse((struct text){"2008-04\0-01", 11}, &date) == DATE_SHAPE);
    row_check(201, date_parse((struct text){NULL, 0}, &date) == DATE_EMPTY && date.year == 0);
    check_rows();
}

static void era_texts(void **state)
{
    (void)state;
    static const struct {
        int row;
        struct date date;
        bool pad;
        const char *want;
    } rows[] = {
        {1, {2024, 10, 1}, false, "令和6年10月1日"},
        {2, {2024, 7, 31}, true, "令和 6年 7月 31日"},
        {3, {2019, 5, 1}, false, "令和元年5月1日"},
        {4, {2019, 5, 1}, true, "令和 元年 5月 1日"},
        {5, {2019, 4, 30}, false, "平成31年4月30日"},
        {6, {1989, 1, 8}, false, "平成元年1月8日"},
        {7, {1989, 1, 7}, false, "昭和64年1月7日"},
        {8, {1926, 12, 25}, false, "昭和元年12月25日"},
        {9, {1926, 12, 24}, false, "大正15年12月24日"},
        {10, {1912, 7, 30}, false, "大正元年7月30日"},
        {11, {1912, 7, 29}, false, "明治45年7月29日"},
        {12, {1868, 10, 23}, false, "明治元年10月23日"},
        {13, {2200, 12, 31}, true, "令和 182年 12月 31日"},
        {14, {2018, 1, 1}, true, "平成 30年 1月 1日"},
        {15, {1973, 1, 1}, true, "昭和 48年 1月 1日"}, /* the sample of 様式3 */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char out[DATE_TEXT];
        uint32_t length = date_era(rows[i].date, rows[i].pad, out);
        row_check(rows[i].row, strcmp(out, rows[i].want) == 0 && length == strlen(out));
    }
    check_rows();
}

/* Every day from the first to the last is written in both styles and read back as itself. */
static void round_trip(void **state)
{
    (void)state;
    unsigned days = 0, wrong = 0;
    for (int year = 1868; year <= 2117; year++)
        for (int month = 1; month <= 12; month++)
            for (int day = 1; day <= 31; day++) {
                char out[DATE_TEXT];
                struct date date, back;
                snprintf(out, sizeof out, "%04d-%02d-%02d", year, month, day);
                if (date_parse(text_of(out), &date) != DATE_OK)
                    continue;
                days++;
                date_era(date, days & 1, out);
                wrong += date_parse(text_of(out), &back) != DATE_OK || date_compare(date, back);
            }
    row_check(1, days == 91015 && wrong == 0); /* days from 1868-10-23 to 2117-12-31 */
    struct date a = {2020, 1, 31}, b = {2020, 2, 1};
    row_check(2, date_compare(a, b) < 0 && date_compare(b, a) > 0 && date_compare(a, a) == 0);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parsing),
        cmocka_unit_test(era_texts),
        cmocka_unit_test(round_trip),
    };
    return check_run(tests);
}
