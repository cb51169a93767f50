#include "base/date.h"

#include "base/utf8.h"

#define LONGEST_DATE 32 /* characters; longer is no date */

struct era {
    const char *name;
    char letter;
    struct date first, last;
};

/* First days: base/date.h. 大正 and 昭和 began on the very day of the change, so 1912-07-30 and
 * 1926-12-25 have two right names, and registers hold both (JIS X 0301 gives both eras the day).
 * 平成 and 令和 began the day after. */
static const struct era eras[] = {
    {"令和", 'R', {2019, 5, 1}, {2200, 12, 31}},  {"平成", 'H', {1989, 1, 8}, {2019, 4, 30}},
    {"昭和", 'S', {1926, 12, 25}, {1989, 1, 7}},  {"大正", 'T', {1912, 7, 30}, {1926, 12, 25}},
    {"明治", 'M', {1868, 10, 23}, {1912, 7, 30}},
};
#define ERA_COUNT (sizeof eras / sizeof *eras)

/* What is left to read, as width-folded code points with a 0 behind them. */
struct reader {
    uint32_t points[LONGEST_DATE + 1];
    uint32_t at;
};

int date_compare(struct date a, struct date b)
{
    uint32_t first = date_number(a), second = date_number(b);
    return (first > second) - (first < second);
}

uint32_t date_number(struct date date)
{
    return (uint32_t)date.year * 10000 + date.month * 100u + date.day;
}

static int days_of_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

static enum date_fault date_make(int year, int month, int day, struct date *out)
{
    if (month < 1 || month > 12 || day < 1 || day > days_of_month(year, month))
        return DATE_IMPOSSIBLE;
    struct date date = {(int16_t)year, (uint8_t)month, (uint8_t)day};
    if (date_compare(date, eras[ERA_COUNT - 1].first) < 0 || date_compare(date, eras[0].last) > 0)
        return DATE_RANGE;
    *out = date;
    return DATE_OK;
}

static bool reader_open(struct reader *reader, struct text text)
{
    const char *at = text.bytes, *end = text.bytes + text.length;
    uint32_t count = 0;
    while (at < end) {
        uint32_t point = utf8_fold_width(utf8_next(&at, end));
        if (count == LONGEST_DATE || point == UTF8_BAD || point == 0)
            return false;
        reader->points[count++] = point;
    }
    reader->points[count] = 0;
    reader->at = 0;
    return true;
}

static uint32_t peek(const struct reader *reader)
{
    return reader->points[reader->at];
}

static bool at_digit(const struct reader *reader)
{
    return peek(reader) >= '0' && peek(reader) <= '9';
}

static void skip_blanks(struct reader *reader)
{
    while (peek(reader) == ' ')
        reader->at++;
}

static bool read_mark(struct reader *reader, uint32_t mark)
{
    if (peek(reader) != mark)
        return false;
    reader->at++;
    return true;
}

/* At most nine digits with blanks around them; gives how many digits, 0 = none or too many. */
static int read_number(struct reader *reader, int *value)
{
    int count = 0;
    skip_blanks(reader);
    for (*value = 0; at_digit(reader); count++) {
        if (count == 9)
            return 0;
        *value = *value * 10 + (int)(reader->points[reader->at++] - '0');
    }
    skip_blanks(reader);
    return count;
}

static bool read_small(struct reader *reader, int *value)
{
    int digits = read_number(reader, value);
    return digits == 1 || digits == 2;
}

static bool at_end(const struct reader *reader)
{
    return peek(reader) == 0;
}

static enum date_fault only_digits(int digits, int number, struct date *out)
{
    if (digits == 5)
        return DATE_SERIAL;
    if (digits != 8)
        return DATE_SHAPE;
    return date_make(number / 10000, number / 100 % 100, number % 100, out);
}

static enum date_fault read_western(struct reader *reader, struct date *out)
{
    int year, month, day;
    int digits = read_number(reader, &year);
    if (at_end(reader))
        return only_digits(digits, year, out);
    uint32_t mark = peek(reader);
    if (digits != 4 || (mark != '-' && mark != '/'))
        return DATE_SHAPE;
    reader->at++;
    int month_digits = read_number(reader, &month);
    if (!read_mark(reader, mark))
        return DATE_SHAPE;
    int day_digits = read_number(reader, &day);
    int least = mark == '-' ? 2 : 1; /* ISO 8601 has two digits always */
    if (!at_end(reader) || month_digits < least || month_digits > 2 || day_digits < least ||
        day_digits > 2)
        return DATE_SHAPE;
    return date_make(year, month, day, out);
}

/* One letter or two kanji in front of the year. Gives the era, or NULL with *shaped telling whether
 * it could be the name of one. */
static const struct era *read_era(struct reader *reader, bool *letter, bool *shaped)
{
    uint32_t first = reader->points[0] & ~0x20u;
    *letter = first >= 'A' && first <= 'Z';
    *shaped = *letter || (reader->points[0] >= 0x3400 && reader->points[1] >= 0x3400);
    if (!*shaped)
        return NULL;
    reader->at = *letter ? 1 : 2;
    for (size_t i = 0; i < ERA_COUNT; i++) {
        const char *at = eras[i].name, *end = at + 6;
        if (*letter ? first == (uint32_t)eras[i].letter
                    : utf8_next(&at, end) == reader->points[0] &&
                          utf8_next(&at, end) == reader->points[1])
            return &eras[i];
    }
    return NULL;
}

static bool read_era_year(struct reader *reader, int *year)
{
    skip_blanks(reader);
    if (!read_mark(reader, 0x5143)) /* 元 */
        return read_small(reader, year);
    skip_blanks(reader);
    *year = 1;
    return true;
}

static bool read_era_day(struct reader *reader, bool letter, int *year, int *month, int *day)
{
    return read_era_year(reader, year) && read_mark(reader, letter ? '.' : 0x5E74) && /* 年 */
           read_small(reader, month) && read_mark(reader, letter ? '.' : 0x6708) &&   /* 月 */
           read_small(reader, day) && (letter || read_mark(reader, 0x65E5)) &&        /* 日 */
           at_end(reader);
}

static enum date_fault read_japanese(struct reader *reader, struct date *out)
{
    bool letter, shaped;
    int year, month, day;
    const struct era *era = read_era(reader, &letter, &shaped);
    if (!shaped || !read_era_day(reader, letter, &year, &month, &day))
        return DATE_SHAPE;
    if (!era || year == 0)
        return DATE_ERA;
    struct date date;
    enum date_fault fault = date_make(era->first.year + year - 1, month, day, &date);
    if (fault == DATE_IMPOSSIBLE)
        return fault;
    if (fault != DATE_OK || date_compare(date, era->first) < 0 || date_compare(date, era->last) > 0)
        return DATE_ERA;
    *out = date;
    return DATE_OK;
}

enum date_fault date_parse(struct text text, struct date *out)
{
    struct reader reader;
    *out = (struct date){0, 0, 0};
    text = utf8_trim(text);
    if (text.length == 0)
        return DATE_EMPTY;
    if (!reader_open(&reader, text))
        return DATE_SHAPE;
    return at_digit(&reader) ? read_western(&reader, out) : read_japanese(&reader, out);
}

static char *put_bytes(char *out, const char *bytes)
{
    size_t length = strlen(bytes);
    memcpy(out, bytes, length);
    return out + length;
}

static char *put_number(char *out, int number)
{
    if (number >= 100)
        *out++ = (char)('0' + number / 100);
    if (number >= 10)
        *out++ = (char)('0' + number / 10 % 10);
    *out++ = (char)('0' + number % 10);
    return out;
}

bool date_unknown(struct text text)
{
    static const char word[] = "不詳";
    return text.length >= sizeof word - 1 &&
           memmem(text.bytes, text.length, word, sizeof word - 1) != NULL;
}

uint32_t date_era(struct date date, bool pad, char out[DATE_TEXT])
{
    const struct era *era = eras;
    while (era < eras + ERA_COUNT - 1 && date_compare(date, era->first) < 0)
        era++;
    int year = date.year - era->first.year + 1;
    const char *blank = pad ? " " : "";
    char *at = put_bytes(put_bytes(out, era->name), blank);
    at = year == 1 ? put_bytes(at, "元") : put_number(at, year);
    at = put_bytes(put_bytes(at, "年"), blank);
    at = put_number(at, date.month);
    at = put_bytes(put_bytes(at, "月"), blank);
    at = put_number(at, date.day);
    at = put_bytes(at, "日");
    *at = '\0';
    return (uint32_t)(at - out);
}
