#include "base/error.h"

#include "base/utf8.h"

#include <stdbool.h>

static const struct message_row rows[] = {
#define MESSAGE(number, name, kind, token, english, japanese)                                      \
    {number, #name, kind, token, english, japanese},
#include "base/messages.def"
#undef MESSAGE
};

enum row_index {
#define MESSAGE(number, name, kind, token, english, japanese) ROW_##name,
#include "base/messages.def"
#undef MESSAGE
    ROW_COUNT
};

static const struct message_row unknown_row = {0,         "UNKNOWN", KIND_BUG,
                                               "unknown", "unknown", "不明"};

/* As a switch, so that a number given twice does not compile. */
const struct message_row *message_find(enum message message)
{
    switch (message) {
#define MESSAGE(number, name, kind, token, english, japanese)                                      \
    case MSG_##name:                                                                               \
        return &rows[ROW_##name];
#include "base/messages.def"
#undef MESSAGE
    case MSG_NONE:
        break;
    }
    return &unknown_row;
}

const struct message_row *message_row(size_t index)
{
    return index < ROW_COUNT ? &rows[index] : NULL;
}

enum message_kind message_kind(enum message message)
{
    return message_find(message)->kind;
}

const char *message_token(enum message message)
{
    return message_find(message)->token;
}

int message_exit(enum message message)
{
    switch (message_kind(message)) {
    case KIND_HOLD:
        return 3;
    case KIND_FOLLOW:
    case KIND_WARN:
        return 0;
    case KIND_JOB:
        return 2;
    case KIND_GUARD:
        return 4;
    case KIND_IO:
        return 5;
    case KIND_TOTALS:
        return 6;
    case KIND_BUG:
        break;
    }
    return 70;
}

static enum status kind_status(enum message_kind kind)
{
    if (kind == KIND_HOLD || kind == KIND_FOLLOW)
        return REJECT;
    return kind == KIND_WARN ? OK : STOP;
}

enum status error_set(struct error *error, enum message message)
{
    if (error)
        *error = (struct error){.message = message};
    return kind_status(message_kind(message));
}

enum status error_name(struct error *error, enum message message, struct text name)
{
    enum status status = error_set(error, message);
    error_put_name(error, name);
    return status;
}

enum status error_at(struct error *error, enum message message, const char *path, uint32_t line,
                     struct text name)
{
    enum status status = error_set(error, message);
    error_put_file(error, path);
    error_put_name(error, name);
    if (error)
        error->line = line;
    return status;
}

/* Control characters, line ends and writing-direction marks would let a name rewrite a terminal or
 * a log. */
static bool is_unsafe(uint32_t code_point)
{
    return code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0) ||
           (code_point >= 0x2028 && code_point <= 0x202E) ||
           (code_point >= 0x2066 && code_point <= 0x2069) || code_point == UTF8_BAD;
}

static void put_safely(char out[LIMIT_NAME], struct text text)
{
    size_t size = 0;
    const char *at = text.bytes, *end = text.length ? text.bytes + text.length : text.bytes;
    while (at < end) {
        char bytes[4] = "?";
        uint32_t code_point = utf8_next(&at, end);
        size_t length = is_unsafe(code_point) ? 1 : utf8_put(bytes, code_point);
        if (size + length >= LIMIT_NAME)
            break;
        memcpy(out + size, bytes, length);
        size += length;
    }
    out[size] = '\0';
}

void error_put_file(struct error *error, const char *path)
{
    if (!error)
        return;
    const char *slash = path ? strrchr(path, '/') : NULL;
    put_safely(error->file, text_of(slash ? slash + 1 : path));
}

void error_put_name(struct error *error, struct text name)
{
    if (error)
        put_safely(error->name, name);
}

static bool is_selector(uint32_t code_point)
{
    return (code_point >= 0xFE00 && code_point <= 0xFE0F) ||
           (code_point >= 0xE0100 && code_point <= 0xE01EF);
}

void error_put_code_point(struct error *error, struct text text)
{
    if (!error || error->offset == 0 || error->offset > text.length)
        return;
    const char *at = text.bytes + error->offset - 1, *end = text.bytes + text.length;
    uint32_t code_point = utf8_next(&at, end);
    uint32_t next = at < end ? utf8_next(&at, end) : 0;
    error->code_point = code_point == UTF8_BAD ? 0 : code_point;
    error->selector = error->code_point && is_selector(next) ? next : 0;
}

enum status problems_add(struct problems *problems, const struct error *error)
{
    if (problems->count < LIMIT_PROBLEMS)
        problems->list[problems->count++] = *error;
    else
        problems->lost++;
    return kind_status(message_kind(error->message)) == STOP ? STOP : OK;
}
