#include "spool/inside.h"

#define CRC_FIELD 13 /* " crc=" and eight digits */

/* CRC-32 as zip and PNG have it (ISO 3309, reflected 0xEDB88320); a line is short, so no table. */
static uint32_t crc32_of(const char *bytes, size_t size)
{
    uint32_t crc = 0xFFFFFFFFu;
    for (size_t i = 0; i < size; i++) {
        crc ^= (uint8_t)bytes[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (0xEDB88320u & (0u - (crc & 1)));
    }
    return ~crc;
}

static bool is_word_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '_';
}

static bool is_plain_byte(char byte)
{
    return is_word_byte(byte) || (byte >= 'A' && byte <= 'Z') || (byte && strchr(".-/:+", byte));
}

static bool is_word(struct text text)
{
    for (uint32_t i = 0; i < text.length; i++)
        if (!is_word_byte(text.bytes[i]))
            return false;
    return text.length > 0;
}

/* -- writing -- */

static void put(struct ledger_line *line, const char *bytes, size_t size)
{
    if (size > sizeof line->bytes - line->size) {
        line->overflow = true;
        return;
    }
    if (size)
        memcpy(line->bytes + line->size, bytes, size);
    line->size += size;
}

static void put_escaped(struct ledger_line *line, struct text value)
{
    static const char digits[] = "0123456789ABCDEF";
    for (uint32_t i = 0; i < value.length; i++) {
        uint8_t byte = (uint8_t)value.bytes[i];
        const char escaped[3] = {'%', digits[byte >> 4], digits[byte & 15]};
        if (is_plain_byte(value.bytes[i]))
            put(line, value.bytes + i, 1);
        else
            put(line, escaped, 3);
    }
}

void line_start(struct ledger_line *line, uint64_t number, const char *kind)
{
    char digits[TEXT_NUMBER];
    struct text text = text_number(number, digits);
    line->size = 0;
    line->overflow = !is_word(text_of(kind));
    put(line, text.bytes, text.length);
    put(line, " ", 1);
    put(line, kind, strlen(kind));
}

void line_text(struct ledger_line *line, struct text name, struct text value)
{
    if (!is_word(name) || text_is(name, "prev") || text_is(name, "crc"))
        line->overflow = true;
    put(line, " ", 1);
    put(line, name.bytes, name.length);
    put(line, "=", 1);
    put_escaped(line, value);
}

void line_number(struct ledger_line *line, const char *name, uint64_t value)
{
    char digits[TEXT_NUMBER];
    line_text(line, text_of(name), text_number(value, digits));
}

void line_digest(struct ledger_line *line, const char *name, const struct digest *value)
{
    char hex[65];
    digest_hex(value, hex);
    line_text(line, text_of(name), (struct text){hex, 64});
}

static void put_crc(struct ledger_line *line)
{
    static const char digits[] = "0123456789abcdef";
    uint32_t crc = crc32_of(line->bytes, line->size);
    char hex[8];
    for (int i = 0; i < 8; i++)
        hex[i] = digits[crc >> (28 - 4 * i) & 15];
    put(line, " crc=", 5);
    put(line, hex, 8);
    put(line, "\n", 1);
}

enum status line_end(struct ledger_line *line, struct ledger_tail *tail, struct error *error)
{
    char hex[65];
    digest_hex(&tail->last, hex);
    put(line, " prev=", 6);
    put(line, hex, 64);
    put_crc(line);
    if (line->overflow)
        return error_set(error, MSG_BUG);
    struct digest digest;
    if (digest_of(line->bytes, line->size, &digest, error) != OK)
        return STOP;
    *tail = (struct ledger_tail){tail->records + 1, digest};
    return OK;
}

/* -- reading -- */

/* Digits as we write them: no upper case, so that no flipped bit reads the same. */
static bool read_hex(struct text text, uint8_t *out, size_t size)
{
    if (text.length != 2 * size)
        return false;
    for (uint32_t i = 0; i < text.length; i++) {
        int digit = text_hex_value(text.bytes[i]);
        if (digit < 0 || (text.bytes[i] >= 'A' && text.bytes[i] <= 'F'))
            return false;
        out[i / 2] = (uint8_t)(i % 2 ? out[i / 2] << 4 | digit : digit);
    }
    return true;
}

static bool read_number(struct text text, uint64_t *out)
{
    uint64_t value = 0;
    if (text.length == 0 || text.length > 19 || (text.length > 1 && text.bytes[0] == '0'))
        return false;
    for (uint32_t i = 0; i < text.length; i++) {
        if (text.bytes[i] < '0' || text.bytes[i] > '9')
            return false;
        value = 10 * value + (uint64_t)(text.bytes[i] - '0');
    }
    *out = value;
    return true;
}

/* The next word of the line, up to a blank or the end. */
static struct text next_word(struct text *rest)
{
    uint32_t length = 0;
    while (length < rest->length && rest->bytes[length] != ' ')
        length++;
    struct text word = {rest->bytes, length};
    uint32_t gone = length + (length < rest->length);
    *rest = (struct text){rest->bytes + gone, rest->length - gone};
    return word;
}

static bool read_escape(struct text value, uint32_t at, char *byte)
{
    if (value.length - at < 3)
        return false;
    int high = text_hex_value(value.bytes[at + 1]), low = text_hex_value(value.bytes[at + 2]);
    if (high < 0 || low < 0)
        return false;
    *byte = (char)(high << 4 | low);
    return !is_plain_byte(*byte);
}

/* Undoes put_escaped into scratch; only what put_escaped would have written is taken. */
static bool unescape(struct text value, char **scratch, struct text *out)
{
    *out = (struct text){*scratch, 0};
    for (uint32_t i = 0; i < value.length; i++) {
        char byte = value.bytes[i];
        if (byte == '%') {
            if (!read_escape(value, i, &byte))
                return false;
            i += 2;
        } else if (!is_plain_byte(byte)) {
            return false;
        }
        *(*scratch)++ = byte;
        out->length++;
    }
    return true;
}

static bool read_field(struct text word, char **scratch, struct ledger_record *out)
{
    const char *equals = word.length ? memchr(word.bytes, '=', word.length) : NULL;
    if (!equals || out->count == LEDGER_FIELDS)
        return false;
    struct ledger_field *field = &out->fields[out->count++];
    field->name = (struct text){word.bytes, (uint32_t)(equals - word.bytes)};
    struct text value = {equals + 1, word.length - field->name.length - 1};
    return is_word(field->name) && unescape(value, scratch, &field->value);
}

static bool read_prev(struct text word, const struct digest *last)
{
    struct digest prev;
    struct text hex = {word.bytes + 5, word.length - 5};
    return word.length == 69 && memcmp(word.bytes, "prev=", 5) == 0 &&
           read_hex(hex, prev.bytes, sizeof prev.bytes) &&
           memcmp(prev.bytes, last->bytes, sizeof prev.bytes) == 0;
}

/* body: the line up to " crc=". */
static bool read_body(struct text body, const struct ledger_tail *tail, char *scratch,
                      struct ledger_record *out)
{
    out->count = 0;
    if (!read_number(next_word(&body), &out->number) || out->number != tail->records + 1)
        return false;
    out->kind = next_word(&body);
    if (!is_word(out->kind))
        return false;
    for (;;) {
        struct text word = next_word(&body);
        if (body.length == 0)
            return read_prev(word, &tail->last);
        if (!read_field(word, &scratch, out))
            return false;
    }
}

static bool crc_is_right(const char *bytes, size_t body)
{
    uint8_t want[4];
    struct text hex = {bytes + body + 5, 8};
    if (memcmp(bytes + body, " crc=", 5) != 0 || !read_hex(hex, want, sizeof want))
        return false;
    uint32_t crc = crc32_of(bytes, body);
    return crc ==
           ((uint32_t)want[0] << 24 | (uint32_t)want[1] << 16 | (uint32_t)want[2] << 8 | want[3]);
}

bool line_read(const char *bytes, size_t size, struct ledger_tail *tail, char scratch[LEDGER_LINE],
               struct ledger_record *out, size_t *line_size, bool *failed)
{
    const char *end = memchr(bytes, '\n', size < LEDGER_LINE ? size : LEDGER_LINE);
    *failed = false;
    if (!end || end - bytes <= CRC_FIELD)
        return false;
    size_t length = (size_t)(end - bytes), body = length - CRC_FIELD;
    if (!crc_is_right(bytes, body) ||
        !read_body((struct text){bytes, (uint32_t)body}, tail, scratch, out))
        return false;
    *failed = digest_of(bytes, length + 1, &out->digest, NULL) != OK;
    if (*failed)
        return false;
    *tail = (struct ledger_tail){out->number, out->digest};
    *line_size = length + 1;
    return true;
}

/* -- fields -- */

struct text ledger_value(const struct ledger_record *record, const char *name)
{
    for (uint32_t i = 0; i < record->count; i++)
        if (text_is(record->fields[i].name, name))
            return record->fields[i].value;
    return (struct text){NULL, 0};
}

bool ledger_number(const struct ledger_record *record, const char *name, uint64_t *out)
{
    return read_number(ledger_value(record, name), out);
}

bool ledger_digest(const struct ledger_record *record, const char *name, struct digest *out)
{
    return read_hex(ledger_value(record, name), out->bytes, sizeof out->bytes);
}
