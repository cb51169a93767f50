#include "symbology/address.h"

#include "base/limits.h"
#include "base/utf8.h"

/* -- finding the town in an address -- */

struct reader {
    const char *at, *end;
};

/* Nothing to see: blanks, and selectors that choose a variant of the character before. */
static bool is_nothing(uint32_t point)
{
    return point == ' ' || (point >= 0xFE00 && point <= 0xFE0F) ||
           (point >= 0xE0100 && point <= 0xE01EF);
}

/* Spellings of one name that addresses mix: 霞ヶ関 霞ケ関 霞が関, 一ノ宮 一の宮, and old forms of common characters. The
 * postcode has chosen the town already; this only finds where its name ends. */
static uint32_t plain(uint32_t point)
{
    switch (point) {
    case 0x30F6: /* ヶ */
    case 0x304C: /* が */
    case 0x30AC: /* ガ */
        return 0x30B1;
    case 0x30CE: /* ノ */
    case 0x4E4B: /* 之 */
    case 0x4E43: /* 乃 */
        return 0x306E;
    case 0x30C3: /* ッ */
        return 0x30C4;
    case 0x3063: /* っ */
        return 0x3064;
    case 0x30F5: /* ヵ */
        return 0x30AB;
    case 0x6FA4: /* 澤 */
        return 0x6CA2;
    case 0x6FF1: /* 濱 */
        return 0x6D5C;
    case 0x908A: /* 邊 */
    case 0x9089: /* 邉 */
        return 0x8FBA;
    case 0x9F8D: /* 龍 */
        return 0x7ADC;
    case 0x6AFB: /* 櫻 */
        return 0x685C;
    case 0x6A9C: /* 檜 */
        return 0x6867;
    case 0x66FE: /* 曾 */
        return 0x66FD;
    case 0x5D8B: /* 嶋 */
        return 0x5CF6;
    case 0x5EE3: /* 廣 */
        return 0x5E83;
    case 0x570B: /* 國 */
        return 0x56FD;
    case 0x85EA: /* 藪 */
        return 0x85AE;
    default:
        return point;
    }
}

static uint32_t take(struct reader *reader)
{
    while (reader->at < reader->end) {
        uint32_t point = utf8_fold_width(utf8_next(&reader->at, reader->end));
        if (!is_nothing(point))
            return plain(point);
    }
    return 0;
}

/* 1..9 of a kanji numeral, 10 for 十, 0 for 〇; -1: none. */
static int32_t kanji_digit(uint32_t point)
{
    static const uint16_t digits[] = {0x3007, 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94,
                                      0x516D, 0x4E03, 0x516B, 0x4E5D, 0x5341};
    for (int32_t i = 0; i <= 10; i++)
        if (digits[i] == point)
            return i;
    return -1;
}

/* A number below 100 of either kind, as names of towns have it (南四条, 南4条); -1: none. Moves behind it. */
static int32_t take_number(struct reader *reader)
{
    int32_t number = -1;
    for (;;) {
        struct reader ahead = *reader;
        uint32_t point = take(&ahead);
        bool arabic = point >= '0' && point <= '9';
        int32_t value = arabic ? (int32_t)(point - '0') : kanji_digit(point);
        if (value < 0)
            return number;
        if (value == 10)
            number = number < 0 ? 10 : number * 10;
        else if (!arabic && number > 0 && number % 10 == 0)
            number += value;
        else
            number = number < 0 ? value : number * 10 + value;
        if (number >= 100)
            return -1;
        *reader = ahead;
    }
}

/* The same number in the other kind of numerals. */
static bool take_same_number(struct reader *address, struct reader *name)
{
    struct reader here = *address, there = *name;
    int32_t number = take_number(&here);
    if (number < 0 || number != take_number(&there))
        return false;
    *address = here;
    *name = there;
    return true;
}

/* Moves behind `name` when the address goes on with it. */
static bool take_name(struct reader *address, struct text name)
{
    struct reader here = *address, there = {name.bytes, name.bytes + name.length};
    while (there.at < there.end) {
        struct reader before = here, before_there = there;
        if (take(&here) == take(&there))
            continue;
        here = before;
        there = before_there;
        if (!take_same_number(&here, &there))
            return false;
    }
    *address = here;
    return true;
}

/* The part behind 郡, which people leave out: 上川郡鷹栖町. All of it where there is none. */
static struct text without_county(struct text municipality)
{
    static const char county[] = "郡";
    const char *found = memmem(municipality.bytes, municipality.length, county, sizeof county - 1);
    if (!found || found == municipality.bytes)
        return municipality;
    uint32_t taken = (uint32_t)(found - municipality.bytes) + (uint32_t)sizeof county - 1;
    if (taken == municipality.length)
        return municipality;
    return (struct text){municipality.bytes + taken, municipality.length - taken};
}

/* Moves behind prefecture and municipality, each of which may be missing; tells whether the municipality was there. */
static bool take_place(struct reader *address, const struct postcode_place *place)
{
    (void)take_name(address, place->prefecture);
    return take_name(address, place->municipality) ||
           take_name(address, without_county(place->municipality));
}

/* 大字 and 字 before the town, which the file leaves out. */
static bool take_town(struct reader *address, struct text town)
{
    struct reader here = *address;
    if (take_name(address, town))
        return true;
    if (!take_name(&here, TEXT("大字")) && !take_name(&here, TEXT("字")))
        return false;
    if (!take_name(&here, town))
        return false;
    *address = here;
    return true;
}

/* In Kyoto names of streets stand between ward and town (寺町通御池上る上本能寺前町): there the last place counts. */
static bool search_town(struct reader *address, struct text town)
{
    struct reader here = *address, found = {NULL, NULL};
    while (here.at < here.end) {
        struct reader ahead = here;
        if (take_name(&ahead, town))
            found = ahead;
        (void)utf8_next(&here.at, here.end);
    }
    if (!found.at)
        return false;
    *address = found;
    return true;
}

static bool in_kyoto(const struct postcode_place *place)
{
    static const char kyoto[] = "京都市";
    return place->municipality.length >= sizeof kyoto - 1 &&
           memcmp(place->municipality.bytes, kyoto, sizeof kyoto - 1) == 0;
}

/* Where the address goes on behind this row's town; NULL: it has not got it. */
static const char *behind(const struct postcodes *postcodes, const struct postcode_row *row,
                          struct text address)
{
    const struct postcode_place *place = &postcodes->places[row->place];
    struct text town = postcodes_town(postcodes, row);
    struct reader reader = {address.bytes, address.bytes + address.length};
    bool known = take_place(&reader, place);

    if (row->kind == POSTCODE_WHOLE)
        return known ? reader.at : NULL;
    if (row->kind != POSTCODE_TOWN || town.length == 0)
        return NULL;
    if (take_town(&reader, town) || (known && in_kyoto(place) && search_town(&reader, town)))
        return reader.at;
    return NULL;
}

static bool split_rows(const struct postcodes *postcodes, const struct postcode_row *rows,
                       uint32_t count, struct text address, uint32_t *length)
{
    *length = 0;
    bool found = false;
    if (address.length == 0)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        const char *end = behind(postcodes, &rows[i], address);
        if (!end)
            continue;
        found = true;
        if ((uint32_t)(end - address.bytes) > *length)
            *length = (uint32_t)(end - address.bytes);
    }
    return found;
}

bool address_split(const struct postcodes *postcodes, uint32_t postcode, struct text address,
                   uint32_t *length)
{
    uint32_t count;
    const struct postcode_row *rows = postcodes_find(postcodes, postcode, &count);
    return split_rows(postcodes, rows, count, address, length);
}

/* -- from the record to the data -- */

static bool has_kind(const struct postcode_row *rows, uint32_t count, enum postcode_kind kind)
{
    for (uint32_t i = 0; i < count; i++)
        if (rows[i].kind == kind)
            return true;
    return false;
}

static bool is_blank(struct text text)
{
    return utf8_trim(text).length == 0;
}

static enum address_answer make(const struct address *address, struct text address_b,
                                char data[CUSTOMER_DATA], uint32_t *length)
{
    if (is_blank(address_b))
        return ADDRESS_NO_NUMBER;
    return customer_data(address->postcode, address_b, false, data, length) ? ADDRESS_GOOD
                                                                            : ADDRESS_BAD_POSTCODE;
}

/* The rest of 住所 and 方書. */
static enum address_answer make_joined(const struct address *address, uint32_t split,
                                       char data[CUSTOMER_DATA], uint32_t *length)
{
    char joined[2 * LIMIT_FIELD_BYTES + 1];
    uint32_t rest = address->first.length - split;
    if (rest > LIMIT_FIELD_BYTES || address->second.length > LIMIT_FIELD_BYTES)
        return ADDRESS_NOT_DIVIDED;
    memcpy(joined, address->first.bytes + split, rest);
    joined[rest] = ' ';
    if (address->second.length)
        memcpy(joined + rest + 1, address->second.bytes, address->second.length);
    return make(address, (struct text){joined, rest + 1 + address->second.length}, data, length);
}

/* Without a file: 00 at the end is how representative postcodes look. */
static enum address_answer without_file(const struct address *address, const char digits[7],
                                        char data[CUSTOMER_DATA], uint32_t *length)
{
    if (memcmp(digits + 5, "00", 2) == 0)
        return ADDRESS_REPRESENTATIVE;
    return address->undivided ? ADDRESS_NOT_DIVIDED : make(address, address->second, data, length);
}

/* Collective numbers of PO boxes are in none of the files. */
static bool is_box(const struct address *address)
{
    static const char box[] = "私書箱";
    return !address->undivided && address->second.length &&
           memmem(address->second.bytes, address->second.length, box, sizeof box - 1);
}

static enum address_answer with_file(const struct postcodes *postcodes,
                                     const struct address *address, const char digits[7],
                                     char data[CUSTOMER_DATA], uint32_t *length)
{
    uint32_t postcode = 0, count, split;
    for (int i = 0; i < 7; i++)
        postcode = postcode * 10 + (uint32_t)(digits[i] - '0');
    const struct postcode_row *rows = postcodes_find(postcodes, postcode, &count);
    if (count == 0)
        return is_box(address) ? make(address, address->second, data, length)
                               : ADDRESS_UNKNOWN_POSTCODE;
    if (has_kind(rows, count, POSTCODE_OFFICE)) {
        (void)customer_data(address->postcode, address->second, true, data, length);
        return ADDRESS_GOOD;
    }
    bool representative = has_kind(rows, count, POSTCODE_REPRESENTATIVE);
    if (!address->undivided && !representative)
        return make(address, address->second, data, length);
    if (!split_rows(postcodes, rows, count, address->first, &split))
        return representative ? ADDRESS_REPRESENTATIVE : ADDRESS_NOT_DIVIDED;
    return address->undivided ? make_joined(address, split, data, length)
                              : make(address, address->second, data, length);
}

enum address_answer address_customer(const struct postcodes *postcodes,
                                     const struct address *address, char data[CUSTOMER_DATA],
                                     uint32_t *length)
{
    char digits[7];
    *length = 0;
    data[0] = 0;
    if (is_blank(address->postcode))
        return ADDRESS_NO_POSTCODE;
    if (!customer_postcode(address->postcode, digits))
        return ADDRESS_BAD_POSTCODE;
    return postcodes ? with_file(postcodes, address, digits, data, length)
                     : without_file(address, digits, data, length);
}

enum message address_reason(enum address_answer answer)
{
    static const enum message reasons[ADDRESS_ANSWERS] = {
        [ADDRESS_GOOD] = MSG_NONE,
        [ADDRESS_NO_POSTCODE] = MSG_ADDRESS_NO_POSTCODE,
        [ADDRESS_BAD_POSTCODE] = MSG_ADDRESS_BAD_POSTCODE,
        [ADDRESS_UNKNOWN_POSTCODE] = MSG_ADDRESS_UNKNOWN_POSTCODE,
        [ADDRESS_REPRESENTATIVE] = MSG_ADDRESS_REPRESENTATIVE,
        [ADDRESS_NOT_DIVIDED] = MSG_ADDRESS_NOT_DIVIDED,
        [ADDRESS_NO_NUMBER] = MSG_ADDRESS_NO_NUMBER,
    };
    return answer < ADDRESS_ANSWERS ? reasons[answer] : MSG_BUG;
}
