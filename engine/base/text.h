/* base/text.h -- a borrowed run of bytes with its length. Never NUL-terminated by promise; owns nothing.
 * Unless a function says otherwise the bytes are valid UTF-8. { NULL, 0 } is the empty text.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

struct text {
    const char *bytes;
    uint32_t length; /* bytes */
};

#define TEXT(literal) ((struct text){("" literal ""), (uint32_t)(sizeof(literal) - 1)})

static inline struct text text_of(const char *string)
{
    return (struct text){string, string ? (uint32_t)strlen(string) : 0};
}

static inline bool text_equal(struct text a, struct text b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.bytes, b.bytes, a.length) == 0);
}

static inline bool text_is(struct text a, const char *string)
{
    return text_equal(a, text_of(string));
}

/* A whole number in decimal; it stands at the end of out. */
#define TEXT_NUMBER 20
static inline struct text text_number(uint64_t number, char out[TEXT_NUMBER])
{
    uint32_t at = TEXT_NUMBER;
    do {
        out[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    return (struct text){out + at, TEXT_NUMBER - at};
}

/* 0..15, or -1: no hexadecimal digit. */
static inline int text_hex_value(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    if (digit >= 'a' && digit <= 'f')
        return digit - 'a' + 10;
    return digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : -1;
}

#endif
