#include "press/extract_inside.h"

#include "base/memory.h"
#include "base/utf8.h"

#include <stdlib.h>

/* -- one spelling -- */

struct writing {
    char *out;
    size_t size;
    uint32_t last; /* code point written last */
    bool gap;      /* a blank, or the end of a field, since then */
};

static bool is_digit(uint32_t point)
{
    return point >= '0' && point <= '9';
}

static void write_point(struct writing *writing, uint32_t code_point)
{
    if (code_point == '-' && (writing->size == 0 || writing->last == '-'))
        return;
    if (writing->gap && is_digit(writing->last) && is_digit(code_point))
        writing->out[writing->size++] = '-'; /* 1-2 and room 3 are not 1-23 */
    writing->gap = false;
    writing->size += utf8_put(writing->out + writing->size, code_point);
    writing->last = code_point;
}

static uint32_t kanji_digit(uint32_t code_point)
{
    static const uint32_t digits[] = {0x3007, 0x4E00, 0x4E8C, 0x4E09, 0x56DB,
                                      0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D};
    for (uint32_t i = 0; i < 10; i++)
        if (digits[i] == code_point)
            return i;
    return 10;
}

#define KANJI_TEN 0x5341

/* 一 .. 九十九 before 丁目; *at behind the number. 0: none. */
static uint32_t kanji_number(const char **at, const char *end)
{
    const char *here = *at;
    uint32_t value = 0, digit = 10;
    bool any = false;

    while (here < end) {
        const char *before = here;
        uint32_t point = utf8_next(&here, end);
        if (kanji_digit(point) < 10) {
            digit = kanji_digit(point);
            value += digit;
        } else if (point == KANJI_TEN) {
            value = value ? value * 10 : 10;
        } else {
            here = before;
            break;
        }
        any = true;
    }
    struct text rest = {here, (uint32_t)(end - here)};
    if (!any || value > 99 || rest.length < 6 || memcmp(rest.bytes, "丁目", 6) != 0)
        return 0;
    *at = here;
    return value;
}

static bool is_hyphen(uint32_t point)
{
    return point == '-' || (point >= 0x2010 && point <= 0x2015) || point == 0x2212 ||
           point == 0x30FC || point == 0xFF70 || point == 0x2500;
}

/* A word of addresses at the place: how many bytes it has; *as: what is written for it (0: nothing). */
static size_t word_at(const char *at, const char *end, uint32_t last, uint32_t *as)
{
    static const struct {
        const char *word;
        uint32_t as;
        bool behind_digit;
    } words[] = {{"丁目", '-', false},  {"番地の", '-', true}, {"番地", '-', true},
                 {"番", '-', true},     {"号室", '-', true},   {"号", '-', true},
                 {"の", '-', true},     {"大字", 0, false},    {"字", 0, false},
                 {"ヶ", 0x30B1, false}, {"ケ", 0x30B1, false}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t length = strlen(words[i].word);
        if ((size_t)(end - at) < length || memcmp(at, words[i].word, length) != 0)
            continue;
        if (words[i].behind_digit && !is_digit(last))
            continue;
        *as = words[i].as;
        return length;
    }
    return 0;
}

static void write_digits(struct writing *writing, uint32_t number)
{
    if (number >= 10)
        write_point(writing, '0' + number / 10);
    write_point(writing, '0' + number % 10);
}

static void write_part(struct writing *writing, struct text part)
{
    const char *at = part.bytes, *end = at + part.length;
    while (at < end && writing->size + 16 < ADDRESS_BYTES) {
        uint32_t as = 0, number = kanji_number(&at, end);
        if (number)
            write_digits(writing, number);
        size_t word = at < end ? word_at(at, end, writing->last, &as) : 0;
        if (word) {
            at += word;
            if (as)
                write_point(writing, as);
            continue;
        }
        if (at == end)
            break;
        uint32_t point = utf8_next(&at, end);
        point = point == UTF8_BAD ? UTF8_BAD : utf8_fold_width(point);
        if (point == UTF8_BAD || point <= ' ') {
            writing->gap = true;
            continue;
        }
        if (point >= 'A' && point <= 'Z')
            point += 'a' - 'A';
        write_point(writing, is_hyphen(point) ? '-' : point);
    }
}

/* 北海道, 東京都, 大阪府, 神奈川県: one who writes it and one who does not live in one house. */
static size_t prefecture(const char *bytes, size_t size)
{
    static const char *const ends[] = {"都", "道", "府", "県"};
    for (size_t at = 6; at <= 9 && at + 3 <= size; at += 3)
        for (int i = 0; i < 4; i++)
            if (memcmp(bytes + at, ends[i], 3) == 0)
                return at + 3;
    return 0;
}

size_t address_normalise(const struct text *parts, uint32_t count, char out[ADDRESS_BYTES])
{
    struct writing writing = {.out = out};

    for (uint32_t i = 0; i < count; i++) {
        writing.gap = true;
        write_part(&writing, utf8_trim(parts[i]));
    }
    while (writing.size && out[writing.size - 1] == '-')
        writing.size--;
    size_t front = prefecture(out, writing.size);
    if (front && front < writing.size) {
        memmove(out, out + front, writing.size - front);
        writing.size -= front;
    }
    return writing.size;
}

/* -- keys -- */

static uint64_t address_key(const struct press *press, const int *slots, uint32_t count)
{
    const struct header *header = intake_header(press->intake);
    struct text parts[3];
    char bytes[ADDRESS_BYTES];

    for (uint32_t i = 0; i < count; i++)
        parts[i] = record_value(header, &press->record, (unsigned)slots[i]);
    size_t size = address_normalise(parts, count, bytes);
    return size ? hash64(bytes, size) | 1 : 0;
}

enum { ADDRESS_KEYS = 3 };

/* 住所A+住所B+方書, 住所+方書, 送付先住所+送付先方書. */
static void address_keys(const struct press *press, uint64_t keys[ADDRESS_KEYS])
{
    static const int divided[] = {COLUMN_ADDRESS_A, COLUMN_ADDRESS_B, COLUMN_ADDRESS_EXTRA};
    static const int whole[] = {COLUMN_ADDRESS, COLUMN_ADDRESS_EXTRA};
    static const int mail[] = {COLUMN_TO_ADDRESS, COLUMN_TO_ADDRESS_EXTRA};
    const struct header *header = intake_header(press->intake);
    bool has_a = utf8_trim(record_value(header, &press->record, COLUMN_ADDRESS_A)).length > 0;
    bool has_whole = utf8_trim(record_value(header, &press->record, COLUMN_ADDRESS)).length > 0;

    keys[0] = has_a ? address_key(press, divided, 3) : 0;
    keys[1] = has_whole ? address_key(press, whole, 2) : 0;
    keys[2] = address_key(press, mail, 2);
}

static enum status add_key(struct address_kin *kin, uint64_t key, struct error *error)
{
    if (key == 0)
        return OK;
    if (kin->count == kin->room) {
        size_t room = kin->room ? 2 * kin->room : 256;
        void *keys =
            memory_resize(kin->keys, kin->room * sizeof *kin->keys, room * sizeof *kin->keys);
        if (!keys)
            return error_set(error, MSG_NO_MEMORY);
        kin->keys = keys;
        kin->room = room;
    }
    kin->keys[kin->count++] = key;
    return OK;
}

enum status address_remember(struct address_kin *kin, const struct press *press,
                             struct error *error)
{
    uint64_t keys[ADDRESS_KEYS];
    enum status status = OK;

    address_keys(press, keys);
    for (int i = 0; i < ADDRESS_KEYS && status == OK; i++)
        status = add_key(kin, keys[i], error);
    return status;
}

static int by_value(const void *a, const void *b)
{
    uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return left < right ? -1 : left > right;
}

void address_sort(struct address_kin *kin)
{
    if (kin->count > 1)
        qsort(kin->keys, kin->count, sizeof *kin->keys, by_value);
}

uint8_t address_shared(const struct address_kin *kin, const struct press *press)
{
    static const uint8_t columns[ADDRESS_KEYS] = {COLUMN_ADDRESS_A + 1, COLUMN_ADDRESS + 1,
                                                  COLUMN_TO_ADDRESS + 1};
    uint64_t keys[ADDRESS_KEYS];

    address_keys(press, keys);
    for (int i = 0; i < ADDRESS_KEYS; i++)
        if (keys[i] && kin->count &&
            bsearch(&keys[i], kin->keys, kin->count, sizeof keys[i], by_value))
            return columns[i];
    return 0;
}

void address_close(struct address_kin *kin)
{
    memory_free(kin->keys, kin->room * sizeof *kin->keys);
    *kin = (struct address_kin){0};
}
