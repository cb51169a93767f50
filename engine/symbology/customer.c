#include "symbology/customer.h"

#include "base/utf8.h"
#include "symbology/dash.h"

/* Values of the characters that are no digits (manual p21). */
enum { VALUE_HYPHEN = 10, VALUE_CC1 = 11, VALUE_CC4 = 14, VALUES = 19 };

/* Bars of each value (manual p11). */
static const uint8_t triples[VALUES][3] = {
    {1, 4, 4}, {1, 1, 4}, {1, 3, 2}, {3, 1, 2}, {1, 2, 3}, {1, 4, 1}, {3, 2, 1},
    {2, 1, 3}, {2, 3, 1}, {4, 1, 1}, {4, 1, 4}, {3, 2, 4}, {3, 4, 2}, {2, 3, 4},
    {4, 3, 2}, {2, 4, 3}, {4, 2, 3}, {4, 4, 1}, {1, 1, 1},
};

enum { POSTCODE = 7, PLACES = POSTCODE + CUSTOMER_PLACES };

/* -- postcode -- */

static bool is_digit(uint32_t point)
{
    return point >= '0' && point <= '9';
}

/* Behind 〒 and blanks. */
static struct text without_mark(struct text text)
{
    static const char mark[] = "〒";
    struct text trimmed = utf8_trim(text);
    if (trimmed.length < sizeof mark - 1 || memcmp(trimmed.bytes, mark, sizeof mark - 1) != 0)
        return trimmed;
    trimmed.bytes += sizeof mark - 1;
    trimmed.length -= sizeof mark - 1;
    return utf8_trim(trimmed);
}

bool customer_postcode(struct text text, char out[7])
{
    struct text plain = without_mark(text);
    if (plain.length == 0)
        return false;
    const char *at = plain.bytes, *end = at + plain.length;
    uint32_t digits = 0;

    for (uint32_t i = 0; at < end; i++) {
        uint32_t point = utf8_fold_width(utf8_next(&at, end));
        if (is_digit(point) && digits < POSTCODE)
            out[digits++] = (char)point;
        else if (i != 3 || digits != 3 || !dash_like(point))
            return false;
    }
    return digits == POSTCODE;
}

/* -- data -- */

/* PO boxes without a number of their own share a collective one: ***-869*, or ***-**91 where the old postcode had five
 * digits (manual p22). */
static bool is_collective(const char postcode[7])
{
    return memcmp(postcode + 3, "869", 3) == 0 || memcmp(postcode + 5, "91", 2) == 0;
}

/* The last run of digits, or with `first` the first. */
static uint32_t number_in(const char *text, uint32_t length, bool first, char *out, uint32_t most)
{
    uint32_t from = 0, to = 0;
    for (uint32_t i = 0; i < length;) {
        uint32_t start = i;
        while (i < length && is_digit((unsigned char)text[i]))
            i++;
        if (i > start) {
            from = start;
            to = i;
            if (first)
                break;
        } else {
            i++;
        }
    }
    if (to - from > most)
        return 0;
    memcpy(out, text + from, to - from);
    return to - from;
}

#define BOX "私書箱"
enum { BOX_DIGITS = 4 };

/* Where 私書箱 stands; NULL: nowhere. */
static const char *find_box(struct text address)
{
    return address.length ? memmem(address.bytes, address.length, BOX, sizeof BOX - 1) : NULL;
}

/* The number behind 私書箱, else the last one before it: 私書箱第12号, 12号私書箱. A number of more than four digits is no
 * box number (manual p22): none. */
static uint32_t box_number(struct text address, const char *box, char out[BOX_DIGITS])
{
    const char *behind = box + sizeof BOX - 1, *end = address.bytes + address.length;
    char found[CUSTOMER_DATA];
    uint32_t length =
        customer_extract((struct text){behind, (uint32_t)(end - behind)}, found, sizeof found);
    if (length)
        return number_in(found, length, true, out, BOX_DIGITS);
    length = customer_extract((struct text){address.bytes, (uint32_t)(box - address.bytes)}, found,
                              sizeof found);
    return number_in(found, length, false, out, BOX_DIGITS);
}

bool customer_data(struct text postcode, struct text address_b, bool office,
                   char out[CUSTOMER_DATA], uint32_t *length)
{
    *length = 0;
    out[0] = 0;
    if (!customer_postcode(postcode, out)) {
        out[0] = 0;
        return false;
    }
    const char *box = find_box(address_b);
    *length = POSTCODE;
    if (!office && !box)
        *length += customer_extract(address_b, out + POSTCODE, CUSTOMER_DATA - POSTCODE - 1);
    else if (!office && is_collective(out))
        *length += box_number(address_b, box, out + POSTCODE);
    out[*length] = 0;
    return true;
}

/* -- the symbol -- */

/* One or two values of a character; gives how many, 0: not one of the symbol's. */
static uint32_t values_of(char character, uint8_t out[2])
{
    if (is_digit((unsigned char)character)) {
        out[0] = (uint8_t)(character - '0');
        return 1;
    }
    if (character == '-') {
        out[0] = VALUE_HYPHEN;
        return 1;
    }
    if (character < 'A' || character > 'Z')
        return 0;
    uint32_t letter = (uint32_t)(character - 'A');
    out[0] = (uint8_t)(VALUE_CC1 + letter / 10);
    out[1] = (uint8_t)(letter % 10);
    return 2;
}

/* The 20 characters of the symbol: cut, also between a letter's two (manual p20), or filled. */
static bool expand(struct text data, uint8_t out[PLACES])
{
    uint32_t count = 0;
    if (data.length < POSTCODE)
        return false;
    for (uint32_t i = 0; i < data.length; i++) {
        uint8_t values[2];
        uint32_t found = values_of(data.bytes[i], values);
        if (found == 0 || (i < POSTCODE && values[0] >= VALUE_HYPHEN))
            return false;
        for (uint32_t j = 0; j < found && count < PLACES; j++)
            out[count++] = values[j];
    }
    while (count < PLACES)
        out[count++] = VALUE_CC4;
    return true;
}

/* The value that makes the sum a multiple of 19 (manual p21). The outer remainder folds 19 to 0. */
static uint8_t check_value(const uint8_t values[PLACES])
{
    uint32_t sum = 0;
    for (uint32_t i = 0; i < PLACES; i++)
        sum += values[i];
    return (uint8_t)((VALUES - sum % VALUES) % VALUES);
}

enum status customer_encode(struct text data, struct customer *out, struct error *error)
{
    uint8_t values[PLACES + 1];
    uint8_t *bar = out->bars;

    if (!expand(data, values))
        return error_set(error, MSG_CUSTOMER_DATA);
    out->check = values[PLACES] = check_value(values);
    *bar++ = CUSTOMER_LONG;
    *bar++ = CUSTOMER_LOWER;
    for (uint32_t i = 0; i <= PLACES; i++, bar += 3)
        memcpy(bar, triples[values[i]], 3);
    *bar++ = CUSTOMER_LOWER;
    *bar = CUSTOMER_LONG;
    return OK;
}

const char *customer_character(uint8_t value)
{
    static const char names[VALUES][4] = {"0",   "1",   "2",   "3",   "4",   "5",   "6",
                                          "7",   "8",   "9",   "-",   "CC1", "CC2", "CC3",
                                          "CC4", "CC5", "CC6", "CC7", "CC8"};
    return value < VALUES ? names[value] : "";
}
