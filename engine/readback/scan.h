/* readback/scan.h -- tokens of PDF syntax (ISO 32000-1, 7.2 and 7.3), out of bytes that nobody vouches for.
 * Numbers come as thousandths: what has more than three decimals was not written by this engine and is refused.
 * Borrows: the bytes. Reads nothing beyond `end`.
 */
#ifndef READBACK_SCAN_H
#define READBACK_SCAN_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"

struct scan {
    const uint8_t *at, *end;
};

enum token_kind {
    TOKEN_END,
    TOKEN_NUMBER,
    TOKEN_NAME,   /* bytes behind the slash; #xx is not undone: the engine writes none */
    TOKEN_HEX,    /* digits between < and >, with blanks as they stand */
    TOKEN_STRING, /* between the outer brackets, escapes as they stand */
    TOKEN_OPEN,   /* << */
    TOKEN_CLOSE,  /* >> */
    TOKEN_LIST,   /* [ */
    TOKEN_LIST_END,
    TOKEN_WORD,
    TOKEN_BAD
};

struct token {
    enum token_kind kind;
    bool whole;     /* a number without a point */
    int64_t number; /* thousandths, within +-2^41 */
    const uint8_t *bytes;
    uint32_t size;
};

struct token scan_token(struct scan *scan);

/* Passes over one value, with all that is in it. False: broken, or nested too deeply. */
bool scan_skip(struct scan *scan);

/* The value of a key in the dictionary that begins at scan (before <<). False: broken, or no such key. */
bool scan_find(struct scan dictionary, const char *key, struct scan *value);
/* The next key of a dictionary; `inside` stands behind << or behind the value before. False: its end, or broken (then
 * *broken is set). The value is at *value; inside stands behind it. */
bool scan_key(struct scan *inside, struct token *key, struct scan *value, bool *broken);
/* Behind << at scan. */
bool scan_enter(struct scan *scan);

/* One whole number, 0 to 2^31 - 1. */
bool scan_whole(struct scan *scan, uint32_t *out);
/* `12 0 R`. */
bool scan_reference(struct scan *scan, uint32_t *number);
/* `[0 0 w h]`, thousandths. */
bool scan_box(struct scan *scan, int32_t *width, int32_t *height);
/* A name with these bytes. */
bool scan_is_name(struct scan *scan, const char *name);

static inline bool token_is(const struct token *token, const char *word)
{
    size_t size = strlen(word);

    return token->size == size && memcmp(token->bytes, word, size) == 0;
}

static inline bool token_fits(const struct token *token)
{
    return token->kind == TOKEN_NUMBER && token->number >= INT32_MIN && token->number <= INT32_MAX;
}

/* Hexadecimal digits as bytes; blanks between are passed over. False: another sign, an odd digit, more than room. */
bool scan_hex(const struct token *token, uint8_t *out, uint32_t room, uint32_t *size);
/* UTF-16BE as UTF-8. out: room for 3 bytes a unit. False: half a surrogate pair, an odd byte. */
bool scan_utf16(const uint8_t *bytes, uint32_t size, char *out, uint32_t *length);

#endif
