#include "readback/scan.h"

#include "base/utf8.h"

#define DEPTH 16
#define MOST_DIGITS 10

/* Table 1 and 2 of ISO 32000-1, 7.2.2: what ends a word. */
enum { PLAIN, BLANK, MARK };

static const uint8_t kinds[256] = {
    [0] = BLANK,  ['\t'] = BLANK, ['\n'] = BLANK, ['\f'] = BLANK, ['\r'] = BLANK, [' '] = BLANK,
    ['('] = MARK, [')'] = MARK,   ['<'] = MARK,   ['>'] = MARK,   ['['] = MARK,   [']'] = MARK,
    ['{'] = MARK, ['}'] = MARK,   ['/'] = MARK,   ['%'] = MARK};

static inline int kind_of(uint8_t byte)
{
    return kinds[byte];
}

static void skip_blanks(struct scan *scan)
{
    for (; scan->at < scan->end; scan->at++) {
        int kind = kind_of(*scan->at);

        if (kind == BLANK)
            continue;
        if (*scan->at != '%')
            return;
        while (scan->at < scan->end && *scan->at != '\n' && *scan->at != '\r')
            scan->at++;
        if (scan->at == scan->end)
            return;
    }
}

static bool is_digit(uint8_t byte)
{
    return (unsigned)(byte - '0') < 10;
}

static void take_plain(struct scan *scan)
{
    while (scan->at < scan->end && kind_of(*scan->at) == PLAIN)
        scan->at++;
}

/* Up to three decimals; one digit at least in all. */
static bool take_number(struct scan *scan, struct token *token)
{
    const uint8_t *at = scan->at, *end = scan->end;
    bool minus = at < end && *at == '-';
    int64_t value = 0;
    unsigned digits = 0, decimals = 0;

    if (at < end && (*at == '-' || *at == '+'))
        at++;
    for (; at < end && is_digit(*at); at++, digits++)
        value = digits < MOST_DIGITS ? value * 10 + (*at - '0') : value;
    token->whole = !(at < end && *at == '.');
    if (!token->whole)
        for (at++; at < end && is_digit(*at); at++, decimals++)
            value = decimals < 3 ? value * 10 + (*at - '0') : value;
    scan->at = at;
    if (digits + decimals == 0 || digits > MOST_DIGITS || decimals > 3 ||
        (at < end && kind_of(*at) == PLAIN))
        return false;
    for (; decimals < 3; decimals++)
        value *= 10;
    token->number = minus ? -value : value;
    return true;
}

static enum token_kind take_string(struct scan *scan, struct token *token)
{
    unsigned depth = 1;

    token->bytes = ++scan->at;
    for (; scan->at < scan->end; scan->at++) {
        if (*scan->at == '\\') {
            if (++scan->at == scan->end)
                return TOKEN_BAD;
        } else if (*scan->at == '(') {
            depth++;
        } else if (*scan->at == ')' && --depth == 0) {
            token->size = (uint32_t)(scan->at++ - token->bytes);
            return TOKEN_STRING;
        }
    }
    return TOKEN_BAD;
}

static enum token_kind take_hex(struct scan *scan, struct token *token)
{
    const uint8_t *close;

    token->bytes = scan->at;
    close = memchr(scan->at, '>', (size_t)(scan->end - scan->at));
    if (!close)
        return TOKEN_BAD;
    token->size = (uint32_t)(close - scan->at);
    scan->at = close + 1;
    return TOKEN_HEX;
}

static enum token_kind take_mark(struct scan *scan, struct token *token)
{
    bool twice = scan->end - scan->at > 1 && scan->at[1] == scan->at[0];

    switch (*scan->at) {
    case '[':
        scan->at++;
        return TOKEN_LIST;
    case ']':
        scan->at++;
        return TOKEN_LIST_END;
    case '(':
        return take_string(scan, token);
    case '/':
        token->bytes = ++scan->at;
        take_plain(scan);
        token->size = (uint32_t)(scan->at - token->bytes);
        return TOKEN_NAME;
    case '<':
        scan->at += twice ? 2 : 1;
        return twice ? TOKEN_OPEN : take_hex(scan, token);
    case '>':
        scan->at += twice ? 2 : 1;
        return twice ? TOKEN_CLOSE : TOKEN_BAD;
    default:
        return TOKEN_BAD;
    }
}

struct token scan_token(struct scan *scan)
{
    struct token token = {.kind = TOKEN_END};
    uint8_t first;

    skip_blanks(scan);
    if (scan->at >= scan->end)
        return token;
    first = *scan->at;
    if (is_digit(first) || first == '-' || first == '.' || first == '+') {
        token.kind = take_number(scan, &token) ? TOKEN_NUMBER : TOKEN_BAD;
        return token;
    }
    if (kind_of(first) == MARK) {
        token.kind = take_mark(scan, &token);
        return token;
    }
    token.kind = TOKEN_WORD;
    token.bytes = scan->at;
    take_plain(scan);
    token.size = (uint32_t)(scan->at - token.bytes);
    return token;
}

/* -- values -- */

/* `12 0 R` is one value of three tokens. */
static void skip_rest_of_reference(struct scan *scan)
{
    struct scan ahead = *scan;
    struct token generation = scan_token(&ahead), word;

    if (generation.kind != TOKEN_NUMBER)
        return;
    word = scan_token(&ahead);
    if (word.kind == TOKEN_WORD && token_is(&word, "R"))
        *scan = ahead;
}

bool scan_skip(struct scan *scan)
{
    unsigned depth = 0;

    do {
        struct token token = scan_token(scan);

        switch (token.kind) {
        case TOKEN_END:
        case TOKEN_BAD:
            return false;
        case TOKEN_OPEN:
        case TOKEN_LIST:
            if (++depth > DEPTH)
                return false;
            break;
        case TOKEN_CLOSE:
        case TOKEN_LIST_END:
            if (depth-- == 0)
                return false;
            break;
        case TOKEN_NUMBER:
            if (depth == 0)
                skip_rest_of_reference(scan);
            break;
        default:
            break;
        }
    } while (depth > 0);
    return true;
}

bool scan_enter(struct scan *scan)
{
    return scan_token(scan).kind == TOKEN_OPEN;
}

bool scan_key(struct scan *inside, struct token *key, struct scan *value, bool *broken)
{
    *key = scan_token(inside);
    if (key->kind == TOKEN_CLOSE)
        return false;
    *value = *inside;
    if (key->kind == TOKEN_NAME && scan_skip(inside)) {
        value->end = inside->at;
        return true;
    }
    *broken = true;
    return false;
}

bool scan_find(struct scan dictionary, const char *key, struct scan *value)
{
    struct token at;
    bool broken = false;

    if (!scan_enter(&dictionary))
        return false;
    while (scan_key(&dictionary, &at, value, &broken))
        if (token_is(&at, key))
            return true;
    return false;
}

bool scan_whole(struct scan *scan, uint32_t *out)
{
    struct token token = scan_token(scan);

    if (token.kind != TOKEN_NUMBER || !token.whole || token.number < 0 ||
        token.number > (int64_t)INT32_MAX * 1000)
        return false;
    *out = (uint32_t)(token.number / 1000);
    return true;
}

bool scan_reference(struct scan *scan, uint32_t *number)
{
    uint32_t generation;
    struct token word;

    if (!scan_whole(scan, number) || !scan_whole(scan, &generation) || generation != 0)
        return false;
    word = scan_token(scan);
    return word.kind == TOKEN_WORD && token_is(&word, "R");
}

bool scan_box(struct scan *scan, int32_t *width, int32_t *height)
{
    int32_t numbers[4];

    if (scan_token(scan).kind != TOKEN_LIST)
        return false;
    for (int i = 0; i < 4; i++) {
        struct token token = scan_token(scan);

        if (!token_fits(&token))
            return false;
        numbers[i] = (int32_t)token.number;
    }
    *width = numbers[2];
    *height = numbers[3];
    return scan_token(scan).kind == TOKEN_LIST_END && numbers[0] == 0 && numbers[1] == 0;
}

bool scan_is_name(struct scan *scan, const char *name)
{
    struct token token = scan_token(scan);

    return token.kind == TOKEN_NAME && token_is(&token, name);
}

/* -- strings -- */

bool scan_hex(const struct token *token, uint8_t *out, uint32_t room, uint32_t *size)
{
    uint32_t digits = 0;
    unsigned byte = 0;

    for (uint32_t i = 0; i < token->size; i++) {
        int digit = text_hex_value((char)token->bytes[i]);

        if (digit < 0 && kind_of(token->bytes[i]) == BLANK)
            continue;
        if (digit < 0 || digits / 2 >= room)
            return false;
        byte = byte << 4 | (unsigned)digit;
        if (digits++ % 2)
            out[digits / 2 - 1] = (uint8_t)byte;
    }
    *size = digits / 2;
    return digits % 2 == 0;
}

static bool take_pair(const uint8_t *bytes, uint32_t *point)
{
    uint32_t low = (uint32_t)bytes[0] << 8 | bytes[1];

    if (*point > 0xDBFF || low < 0xDC00 || low > 0xDFFF)
        return false;
    *point = 0x10000 + ((*point - 0xD800) << 10) + (low - 0xDC00);
    return true;
}

bool scan_utf16(const uint8_t *bytes, uint32_t size, char *out, uint32_t *length)
{
    char *to = out;

    if (size % 2)
        return false;
    for (uint32_t i = 0; i < size; i += 2) {
        uint32_t point = (uint32_t)bytes[i] << 8 | bytes[i + 1];

        if (point >= 0xD800 && point <= 0xDFFF) {
            if (size - i < 4 || !take_pair(bytes + i + 2, &point))
                return false;
            i += 2;
        }
        to += utf8_put(to, point);
    }
    *length = (uint32_t)(to - out);
    return true;
}
