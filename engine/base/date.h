/* base/date.h -- dates of the Japanese calendar.
 * Eras and first days: 明治 1868-10-23 (改元の詔; the Gregorian day of 明治元年九月八日), 大正 1912-07-30,
 * 昭和 1926-12-25, 平成 1989-01-08, 令和 2019-05-01 (元号を改める政令).
 */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

struct date {
    int16_t year; /* 1868 .. 2200; 0 = no date */
    uint8_t month, day;
};

enum date_fault {
    DATE_OK,
    DATE_EMPTY,
    DATE_SHAPE,      /* none of the accepted forms */
    DATE_ERA,        /* unknown era name, or a year the era never had (平成32年), or day outside the era */
    DATE_IMPOSSIBLE, /* 2023-02-29, month 13 */
    DATE_SERIAL,     /* looks like a spreadsheet's day number: 5 digits */
    DATE_RANGE,      /* before 1868-10-23 or after 2200-12-31 */
};

/* Takes `2008-04-01` `2008/4/1` `20080401` `平成20年4月1日` `H20.4.1`, full- or half-width, 元年 as year 1,
 * blanks around numbers allowed (令和 6年 7月 31日). */
enum date_fault date_parse(struct text text, struct date *out);

/* A date that says of itself that it is not known whole: 不詳, 昭和20年月日不詳. Registers hold such days of birth. */
bool date_unknown(struct text text);

int date_compare(struct date a, struct date b); /* <0, 0, >0 */
uint32_t date_number(struct date date);         /* 20080401 */

/* `令和6年10月1日`, year 1 as 元年. pad true: a blank before each number (令和 6年 7月 31日, 昭和 48年 1月 1日,
 * the style of 様式3). Gives the length, at most DATE_TEXT - 1; writes a NUL. */
#define DATE_TEXT 40
uint32_t date_era(struct date date, bool pad, char out[DATE_TEXT]);

#endif
