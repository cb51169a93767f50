#include "typeset/codes.h"

#include "base/utf8.h"

static bool has_mark(struct text text)
{
    return text.length > 2 &&
           (memcmp(text.bytes, "U+", 2) == 0 || memcmp(text.bytes, "0x", 2) == 0);
}

bool code_read(struct text text, uint32_t *out)
{
    if (has_mark(text))
        text = (struct text){text.bytes + 2, text.length - 2};
    if (text.length < 4 || text.length > 6)
        return false;
    *out = 0;
    for (uint32_t i = 0; i < text.length; i++) {
        int digit = text_hex_value(text.bytes[i]);
        if (digit < 0)
            return false;
        *out = *out << 4 | (uint32_t)digit;
    }
    return *out <= 0x10FFFF && (*out < 0xD800 || *out > 0xDFFF);
}

static uint32_t count_characters(struct text text)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < text.length; i++)
        count += ((uint8_t)text.bytes[i] & 0xC0) != 0x80;
    return count;
}

/* U+845B U+E0101: each word becomes at most four bytes, so out has room. */
static bool read_words(struct text text, char *out, uint32_t *length)
{
    uint32_t at = 0;
    *length = 0;
    while (at < text.length) {
        uint32_t start = at, code_point;
        while (at < text.length && text.bytes[at] != ' ')
            at++;
        struct text word = {text.bytes + start, at - start};
        while (at < text.length && text.bytes[at] == ' ')
            at++;
        if (!has_mark(word) || !code_read(word, &code_point))
            return false;
        *length += (uint32_t)utf8_put(out + *length, code_point);
    }
    return true;
}

bool codes_read(struct text text, struct arena *arena, struct text *out, uint32_t *count)
{
    text = utf8_trim(text);
    if (text.length == 0 || utf8_check(text) != text.length)
        return false;
    char *bytes = arena_take(arena, (size_t)text.length + 1);
    uint32_t length = text.length;
    if (!bytes)
        return false;
    if (!has_mark(text))
        memcpy(bytes, text.bytes, text.length);
    else if (!read_words(text, bytes, &length))
        return false;
    *out = (struct text){bytes, length};
    *count = count_characters(*out);
    return true;
}

bool code_is_private(uint32_t code_point)
{
    return (code_point >= 0xE000 && code_point <= 0xF8FF) ||
           (code_point >= 0xF0000 && code_point <= 0x10FFFF && (code_point & 0xFFFE) != 0xFFFE);
}

bool code_is_selector(uint32_t code_point)
{
    return (code_point >= 0xFE00 && code_point <= 0xFE0F) ||
           (code_point >= 0xE0100 && code_point <= 0xE01EF);
}
