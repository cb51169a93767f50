#include "pdf/ink.h"

#include "base/memory.h"
#include "base/utf8.h"

#define FIRST_ROOM 16384u

void ink_free(struct ink *ink)
{
    memory_free(ink->bytes, ink->room);
    *ink = (struct ink){0};
}

bool ink_grow(struct ink *ink, size_t size)
{
    size_t room = ink->room ? ink->room : FIRST_ROOM;
    uint8_t *bytes;

    if (ink->failed || size > SIZE_MAX / 4 - ink->size) {
        ink->failed = true;
        return false;
    }
    while (room - ink->size < size)
        room *= 2;
    bytes = memory_resize(ink->bytes, ink->room, room);
    if (!bytes) {
        ink->failed = true;
        return false;
    }
    ink->bytes = bytes;
    ink->room = room;
    return true;
}

void ink_bytes(struct ink *ink, const void *bytes, size_t size)
{
    uint8_t *at;

    if (size == 0)
        return;
    at = ink_room(ink, size);
    if (!at)
        return;
    memcpy(at, bytes, size);
    ink->size += size;
}

void ink_words(struct ink *ink, const char *words)
{
    ink_bytes(ink, words, strlen(words));
}

static uint8_t *put_whole(uint8_t *at, uint64_t value)
{
    uint8_t digits[20];
    size_t first = sizeof digits;

    do
        digits[--first] = (uint8_t)('0' + value % 10);
    while ((value /= 10) != 0);
    memcpy(at, digits + first, sizeof digits - first);
    return at + (sizeof digits - first);
}

void ink_integer(struct ink *ink, int64_t value)
{
    uint8_t *at = ink_room(ink, INK_NUMBER);

    if (!at)
        return;
    if (value < 0)
        *at++ = '-';
    ink_wrote(ink, put_whole(at, value < 0 ? (uint64_t)-value : (uint64_t)value));
}

/* A lone fraction has no 0 before its point: PDF allows .5 (ISO 32000-1, 7.3.3). */
uint8_t *ink_put_thousandths(uint8_t *at, int64_t value)
{
    uint64_t size = value < 0 ? (uint64_t)-value : (uint64_t)value;
    uint32_t rest = (uint32_t)(size % 1000);

    if (value < 0)
        *at++ = '-';
    if (size >= 1000 || rest == 0)
        at = put_whole(at, size / 1000);
    if (rest == 0)
        return at;
    *at++ = '.';
    *at++ = (uint8_t)('0' + rest / 100);
    if (rest % 100 != 0) {
        *at++ = (uint8_t)('0' + rest / 10 % 10);
        if (rest % 10 != 0)
            *at++ = (uint8_t)('0' + rest % 10);
    }
    return at;
}

void ink_thousandths(struct ink *ink, int64_t value)
{
    uint8_t *at = ink_room(ink, INK_NUMBER);

    if (at)
        ink_wrote(ink, ink_put_thousandths(at, value));
}

void ink_hex(struct ink *ink, const uint8_t *bytes, size_t size)
{
    static const char digits[] = "0123456789ABCDEF";
    uint8_t *at = ink_room(ink, 2 * size);

    if (!at)
        return;
    for (size_t i = 0; i < size; i++) {
        *at++ = (uint8_t)digits[bytes[i] >> 4];
        *at++ = (uint8_t)digits[bytes[i] & 15];
    }
    ink_wrote(ink, at);
}

static void hex_unit(struct ink *ink, uint32_t unit)
{
    const uint8_t bytes[2] = {(uint8_t)(unit >> 8), (uint8_t)unit};

    ink_hex(ink, bytes, 2);
}

void ink_utf16(struct ink *ink, struct text text)
{
    const char *at = text.bytes, *end = at + text.length;

    while (text.length > 0 && at < end) {
        uint32_t point = utf8_next(&at, end);

        if (point == UTF8_BAD)
            point = 0xFFFD;
        if (point < 0x10000) {
            hex_unit(ink, point);
        } else {
            hex_unit(ink, 0xD800 + ((point - 0x10000) >> 10));
            hex_unit(ink, 0xDC00 + ((point - 0x10000) & 0x3FF));
        }
    }
}
