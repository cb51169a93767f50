/* base/utf8.h -- UTF-8 (RFC 3629) in and out; width folding. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

#define UTF8_BAD UINT32_MAX

/* Gives the code point at *at and moves *at behind it. At a bad sequence (overlong, surrogate, > U+10FFFF,
 * cut off) gives UTF8_BAD and moves one byte. Requires *at < end. */
uint32_t utf8_next(const char **at, const char *end);

/* Offset of the first bad byte, or text.length when all is valid. Fast on ASCII. */
uint32_t utf8_check(struct text text);

/* Writes 1-4 bytes, gives how many. code_point must be valid. */
size_t utf8_put(char *out, uint32_t code_point);

/* Full-width ASCII variants (U+FF01-FF5E) and U+3000 to ASCII; everything else as it is. */
uint32_t utf8_fold_width(uint32_t code_point);

/* True when both are equal after width folding. */
bool utf8_equal_folded(struct text a, struct text b);

/* Text without ASCII and ideographic blanks at both ends. */
struct text utf8_trim(struct text text);

#endif
