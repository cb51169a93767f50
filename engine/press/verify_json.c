#include "press/verify_inside.h"

#define DEPTH 8

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r';
}

static void skip_blanks(struct text *rest)
{
    while (rest->length > 0 && is_blank(*rest->bytes)) {
        rest->bytes++;
        rest->length--;
    }
}

static bool take(struct text *rest, char byte)
{
    skip_blanks(rest);
    if (rest->length == 0 || *rest->bytes != byte)
        return false;
    rest->bytes++;
    rest->length--;
    return true;
}

static bool take_string(struct text *rest, struct text *out)
{
    if (!take(rest, '"'))
        return false;
    for (uint32_t i = 0; i < rest->length; i++) {
        if (rest->bytes[i] == '\\') {
            i++;
            continue;
        }
        if (rest->bytes[i] != '"')
            continue;
        *out = (struct text){rest->bytes, i};
        *rest = (struct text){rest->bytes + i + 1, rest->length - i - 1};
        return true;
    }
    return false;
}

/* Up to what ends it: objects and lists are skipped by their brackets, strings are no brackets. */
static bool take_value(struct text *rest, struct text *out)
{
    const char *start;
    unsigned depth = 0;

    skip_blanks(rest);
    start = rest->bytes;
    while (rest->length > 0) {
        char byte = *rest->bytes;
        struct text words;

        if (byte == '"') {
            if (!take_string(rest, &words))
                return false;
            continue;
        }
        if (depth == 0 && (byte == ',' || byte == '}' || byte == ']'))
            break;
        depth += byte == '{' || byte == '[';
        depth -= byte == '}' || byte == ']';
        if (depth > DEPTH)
            return false;
        rest->bytes++;
        rest->length--;
    }
    *out = (struct text){start, (uint32_t)(rest->bytes - start)};
    while (out->length > 0 && is_blank(out->bytes[out->length - 1]))
        out->length--;
    return out->length > 0 && rest->length > 0;
}

bool json_pair(struct text *rest, struct text *key, struct text *value)
{
    if (!take(rest, '{') && !take(rest, ','))
        return false;
    return take_string(rest, key) && take(rest, ':') && take_value(rest, value);
}

bool json_find(struct text object, const char *key, struct text *value)
{
    struct text name;

    while (json_pair(&object, &name, value))
        if (text_is(name, key))
            return true;
    return false;
}

bool json_number(struct text object, const char *key, uint64_t *out)
{
    struct text value;

    return json_find(object, key, &value) && table_number(value, out);
}
