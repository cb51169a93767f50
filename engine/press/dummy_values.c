#include "press/dummy_values.h"

#include "base/utf8.h"
#include "guard/my_number.h"

#include <stdio.h>

#define TRIES 200

/* -- chance: SplitMix64 (Steele, Lea, Flood 2014) -- */

static uint64_t next_random(struct dummy_maker *maker)
{
    uint64_t z = maker->state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

uint32_t dummy_chance(struct dummy_maker *maker, uint32_t below)
{
    return (uint32_t)((next_random(maker) >> 32) * below >> 32);
}

/* -- what the input holds -- */

static void places(struct text value, uint64_t place[2])
{
    uint64_t hash = value.length ? hash64(value.bytes, value.length) : 0;
    place[0] = hash % (8ull * SEEN_BYTES);
    place[1] = (hash >> 32) * 0x9E3779B1u % (8ull * SEEN_BYTES);
}

void dummy_see(struct dummy_maker *maker, struct text value)
{
    uint64_t place[2];
    places(value, place);
    for (int i = 0; i < 2; i++)
        maker->seen[place[i] / 8] |= (uint8_t)(1u << place[i] % 8);
}

bool dummy_seen(const struct dummy_maker *maker, struct text value)
{
    uint64_t place[2];
    bool seen = true;
    places(value, place);
    for (int i = 0; i < 2; i++)
        seen = seen && (maker->seen[place[i] / 8] >> place[i] % 8 & 1);
    return seen;
}

/* -- characters of one script -- */

static const char kanji[] =
    "架空見本青葉秋津朝霧綾瀬磯辺稲穂臼梅榎鏡柏霞葛城鎌神楽菊桐鞍駒榊桜笹佐渡塩霜白鷺杉鈴"
    "瀬戸高千園竹田月星野花春夏冬海山川森林松原岡崎島浜沢池橋谷峰里宮寺";
static const char rare_plane2[] = "𠮷𡈽𠀋𣘺𡌛𡑮𡢽𠮟";
static const char hiragana[] =
    "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろ";
static const char katakana[] =
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロ";
static const char half_kana[] = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛ";
/* 葛, 辻, 芦, 榊 with the selector of their other form: the fonts have them all. */
static const uint32_t sequence_bases[] = {0x845B, 0x8FBB, 0x82A6, 0x698A};

static uint32_t one_of(struct dummy_maker *maker, const char *list)
{
    uint32_t count = 0, wanted;
    const char *end = list + strlen(list);
    for (const char *at = list; at < end; at++)
        count += ((unsigned char)*at & 0xC0) != 0x80;
    wanted = dummy_chance(maker, count);
    for (const char *at = list; at < end;) {
        uint32_t point = utf8_next(&at, end);
        if (wanted-- == 0)
            return point;
    }
    return 0;
}

static bool is_kanji(uint32_t point)
{
    return (point >= 0x3400 && point <= 0x9FFF) || (point >= 0xF900 && point <= 0xFAFF) ||
           (point >= 0x20000 && point <= 0x323AF);
}

static bool is_selector(uint32_t point)
{
    return (point >= 0xFE00 && point <= 0xFE0F) || (point >= 0xE0100 && point <= 0xE01EF);
}

static bool is_private(uint32_t point)
{
    return (point >= 0xE000 && point <= 0xF8FF) || point >= 0xF0000;
}

/* Words that make an address one. */
static bool is_address_word(uint32_t point)
{
    static const char words[] = "都道府県市区町村郡丁目番地号字大階室棟";
    for (const char *at = words, *end = at + strlen(words); at < end;)
        if (utf8_next(&at, end) == point)
            return true;
    return false;
}

static uint32_t latin(struct dummy_maker *maker, uint32_t point)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {{'0', '9'},       {'A', 'Z'},       {'a', 'z'},
                  {0xFF10, 0xFF19}, {0xFF21, 0xFF3A}, {0xFF41, 0xFF5A}};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (point >= ranges[i].first && point <= ranges[i].last)
            return ranges[i].first + dummy_chance(maker, ranges[i].last - ranges[i].first + 1);
    return 0;
}

static uint32_t like(struct dummy_maker *maker, uint32_t point, bool address)
{
    uint32_t other = latin(maker, point);
    if (other)
        return other;
    if (is_private(point) && maker->gaiji_count)
        return maker->gaiji[dummy_chance(maker, maker->gaiji_count)];
    if (is_private(point))
        return one_of(maker, kanji);
    if (address && is_address_word(point))
        return point;
    if (is_kanji(point))
        return one_of(maker, point >= 0x20000 ? rare_plane2 : kanji);
    if (point >= 0x3041 && point <= 0x3096)
        return one_of(maker, hiragana);
    if (point >= 0x30A1 && point <= 0x30FA)
        return one_of(maker, katakana);
    if (point >= 0xFF71 && point <= 0xFF9D)
        return one_of(maker, half_kana);
    return point; /* blanks, hyphens, marks */
}

static uint32_t shape_once(struct dummy_maker *maker, struct text shape, bool address, char *out)
{
    const char *at = shape.bytes, *end = at + shape.length;
    uint32_t size = 0;

    while (at < end && size + 8 < DUMMY_BYTES) {
        uint32_t point = utf8_next(&at, end);
        const char *behind = at;
        uint32_t next = at < end ? utf8_next(&behind, end) : 0;
        if (point == UTF8_BAD || is_selector(point))
            continue;
        if (is_selector(next)) {
            size += (uint32_t)utf8_put(out + size, sequence_bases[dummy_chance(maker, 4)]);
            size += (uint32_t)utf8_put(out + size, 0xE0100);
            at = behind;
        } else {
            size += (uint32_t)utf8_put(out + size, like(maker, point, address));
        }
    }
    return size;
}

struct text dummy_shape(struct dummy_maker *maker, struct text shape, bool address,
                        char out[DUMMY_BYTES])
{
    struct text value = {out, 0};
    bool good = false;

    for (int i = 0; i < TRIES && !good; i++) {
        value.length = shape_once(maker, shape, address, out);
        good = !dummy_seen(maker, value) && !my_number_in(value);
    }
    if (!good && my_number_in(value)) /* no My Number, whatever the chance */
        value.length = 0;
    return value;
}

/* -- dates -- */

static bool leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static void day_before(struct date *date)
{
    static const uint8_t days[13] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (date->day > 1) {
        date->day--;
        return;
    }
    date->month = (uint8_t)(date->month > 1 ? date->month - 1 : 12);
    date->year = (int16_t)(date->year - (date->month == 12));
    date->day = date->month == 2 && leap(date->year) ? 29 : days[date->month];
}

struct text dummy_date(struct dummy_maker *maker, struct text shape, uint32_t days,
                       char out[DUMMY_BYTES])
{
    struct date date;

    if (date_parse(shape, &date) != DATE_OK || date.year < 1870)
        return dummy_shape(maker, shape, false, out);
    while (days--)
        day_before(&date);
    char mark = memchr(shape.bytes, '-', shape.length) ? '-' : '/';
    bool plain = shape.length == 8 && !memchr(shape.bytes, '.', 8) && shape.bytes[0] >= '0' &&
                 shape.bytes[0] <= '9';
    if (!plain && !memchr(shape.bytes, mark, shape.length))
        return (struct text){out, date_era(date, false, out)};
    int size = plain ? snprintf(out, DUMMY_BYTES, "%04d%02d%02d", date.year, date.month, date.day)
                     : snprintf(out, DUMMY_BYTES, "%04d%c%02d%c%02d", date.year, mark, date.month,
                                mark, date.day);
    return (struct text){out, size > 0 ? (uint32_t)size : 0};
}

bool dummy_choice(struct text value)
{
    static const char *const words[] = {
        "",         "本人", "家族",   "男",         "女",    "0",        "1",     "2",
        "3",        "4",    "1割",    "2割",        "3割",   "○",        "△",     "×",
        "様",       "御中", "殿",     "事業主経由", "郵送",  "窓口交付", "普通",  "特定記録",
        "簡易書留", "なし", "未照会", "様式1",      "様式2", "様式3",    "様式4", "1n"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (utf8_equal_folded(value, text_of(words[i])))
            return true;
    return false;
}
