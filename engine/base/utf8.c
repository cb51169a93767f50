#include "base/utf8.h"

#include <stdbool.h>

static bool is_tail(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

/* Length of the well-formed sequence at `at` by RFC 3629 section 4, or 0. The second byte's bounds
 * shut out overlong forms, surrogates and what lies above U+10FFFF. */
static size_t sequence_length(const unsigned char *at, size_t left)
{
    unsigned char lead = at[0];
    if (lead < 0x80)
        return 1;
    if (lead < 0xC2 || lead > 0xF4 || left < 2)
        return 0;
    if (lead < 0xE0)
        return is_tail(at[1]) ? 2 : 0;
    unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (at[1] < low || at[1] > high || left < 3 || !is_tail(at[2]))
        return 0;
    if (lead < 0xF0)
        return 3;
    return left >= 4 && is_tail(at[3]) ? 4 : 0;
}

uint32_t utf8_next(const char **at, const char *end)
{
    const unsigned char *in = (const unsigned char *)*at;
    size_t length = sequence_length(in, (size_t)(end - *at));
    *at += length ? length : 1;
    switch (length) {
    case 1:
        return in[0];
    case 2:
        return (in[0] & 0x1Fu) << 6 | (in[1] & 0x3Fu);
    case 3:
        return (in[0] & 0x0Fu) << 12 | (in[1] & 0x3Fu) << 6 | (in[2] & 0x3Fu);
    case 4:
        return (in[0] & 0x07u) << 18 | (in[1] & 0x3Fu) << 12 | (in[2] & 0x3Fu) << 6 |
               (in[3] & 0x3Fu);
    default:
        return UTF8_BAD;
    }
}

static bool eight_ascii(const unsigned char *at)
{
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return (word & UINT64_C(0x8080808080808080)) == 0;
}

/* Kanji and kana: any three-byte sequence whose second byte is not bounded more narrowly. */
static bool plain_three(const unsigned char *at)
{
    return (at[0] & 0xF0) == 0xE0 && at[0] != 0xE0 && at[0] != 0xED && is_tail(at[1]) &&
           is_tail(at[2]);
}

uint32_t utf8_check(struct text text)
{
    const unsigned char *in = (const unsigned char *)text.bytes;
    size_t at = 0, size = text.length;
    while (at < size) {
        if (size - at >= 3 && plain_three(in + at)) {
            at += 3;
            continue;
        }
        if (size - at >= 8 && eight_ascii(in + at)) {
            at += 8;
            continue;
        }
        size_t length = sequence_length(in + at, size - at);
        if (length == 0)
            return (uint32_t)at;
        at += length;
    }
    return text.length;
}

size_t utf8_put(char *out, uint32_t code_point)
{
    if (code_point < 0x80) {
        out[0] = (char)code_point;
        return 1;
    }
    if (code_point < 0x800) {
        out[0] = (char)(0xC0 | code_point >> 6);
        out[1] = (char)(0x80 | (code_point & 0x3F));
        return 2;
    }
    if (code_point < 0x10000) {
        out[0] = (char)(0xE0 | code_point >> 12);
        out[1] = (char)(0x80 | (code_point >> 6 & 0x3F));
        out[2] = (char)(0x80 | (code_point & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | code_point >> 18);
    out[1] = (char)(0x80 | (code_point >> 12 & 0x3F));
    out[2] = (char)(0x80 | (code_point >> 6 & 0x3F));
    out[3] = (char)(0x80 | (code_point & 0x3F));
    return 4;
}

uint32_t utf8_fold_width(uint32_t code_point)
{
    if (code_point >= 0xFF01 && code_point <= 0xFF5E)
        return code_point - 0xFF01 + '!';
    return code_point == 0x3000 ? ' ' : code_point;
}

/* A bad byte equals only the same bad byte. */
static uint32_t next_folded(const char **at, const char *end)
{
    unsigned char byte = (unsigned char)**at;
    uint32_t code_point = utf8_next(at, end);
    return code_point == UTF8_BAD ? UTF8_BAD - byte : utf8_fold_width(code_point);
}

bool utf8_equal_folded(struct text a, struct text b)
{
    if (text_equal(a, b))
        return true;
    if (!a.length || !b.length)
        return false;
    const char *at_a = a.bytes, *at_b = b.bytes;
    const char *end_a = at_a + a.length, *end_b = at_b + b.length;
    while (at_a < end_a && at_b < end_b)
        if (next_folded(&at_a, end_a) != next_folded(&at_b, end_b))
            return false;
    return at_a == end_a && at_b == end_b;
}

static bool is_ascii_blank(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static bool is_ideographic_blank(const char *at)
{
    return memcmp(at, "\xE3\x80\x80", 3) == 0;
}

struct text utf8_trim(struct text text)
{
    while (text.length) {
        uint32_t blank = is_ascii_blank(text.bytes[0]) ? 1 : 0;
        if (text.length >= 3 && is_ideographic_blank(text.bytes))
            blank = 3;
        if (!blank)
            break;
        text.bytes += blank;
        text.length -= blank;
    }
    while (text.length) {
        const char *end = text.bytes + text.length;
        uint32_t blank = is_ascii_blank(end[-1]) ? 1 : 0;
        if (text.length >= 3 && is_ideographic_blank(end - 3))
            blank = 3;
        if (!blank)
            break;
        text.length -= blank;
    }
    return text;
}
