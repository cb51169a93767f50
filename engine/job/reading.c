#include "job/reading.h"

#include "base/utf8.h"

void reading_complain_sizes(struct reading *reading, enum message message, uint32_t line,
                            struct text name, int64_t have, int64_t want)
{
    struct error error;

    error_at(&error, message, reading->path, line, name);
    error.have = have;
    error.want = want;
    problems_add(reading->problems, &error);
    if (message_kind(message) != KIND_WARN)
        reading->failed = true;
}

void reading_complain(struct reading *reading, enum message message, uint32_t line,
                      struct text name)
{
    reading_complain_sizes(reading, message, line, name, 0, 0);
}

static bool invisible(uint32_t code_point)
{
    return code_point == UTF8_BAD || code_point < 0x20 ||
           (code_point >= 0x7F && code_point < 0xA0) ||      /* DEL and C1 */
           (code_point >= 0x200B && code_point <= 0x200F) || /* zero width, direction marks */
           (code_point >= 0x2028 && code_point <= 0x202E) || /* line, paragraph, embeddings */
           (code_point >= 0x2060 && code_point <= 0x206F) || /* isolates and the like */
           code_point == 0xFEFF;
}

bool text_printable(struct text text)
{
    const char *at = text.bytes, *end = text.bytes + text.length;

    while (at < end)
        if (invisible(utf8_next(&at, end)))
            return false;
    return true;
}

bool text_made_of(struct text text, const char *characters)
{
    for (uint32_t i = 0; i < text.length; i++)
        if (text.bytes[i] == '\0' || !strchr(characters, text.bytes[i]))
            return false;
    return text.length > 0;
}

static int64_t characters_in(struct text text)
{
    const char *at = text.bytes, *end = text.bytes + text.length;
    int64_t count = 0;

    for (; at < end; count++)
        (void)utf8_next(&at, end);
    return count;
}

struct text reading_join(struct reading *reading, struct text left, struct text joint,
                         struct text right)
{
    const struct text parts[] = {left, joint, right};
    size_t size = (size_t)left.length + joint.length + right.length, at = 0;
    char *bytes = arena_take(reading->arena, size + 1);

    if (!bytes) {
        reading_complain(reading, MSG_NO_MEMORY, 0, TEXT(""));
        return (struct text){NULL, 0};
    }
    for (size_t i = 0; i < 3; at += parts[i++].length)
        if (parts[i].length > 0)
            memcpy(bytes + at, parts[i].bytes, parts[i].length);
    return (struct text){bytes, (uint32_t)size};
}

/* A bare `tel: ~` or `tel: null` would print the word on every letter. */
static bool is_null_word(const struct yaml_node *node)
{
    return !node->quoted && (text_is(node->text, "~") || text_is(node->text, "null") ||
                             text_is(node->text, "Null") || text_is(node->text, "NULL"));
}

bool reading_text(struct reading *reading, const struct yaml_node *node, struct text name,
                  int64_t most, struct text *out)
{
    enum message message = MSG_NONE;

    *out = node->kind == YAML_SCALAR ? utf8_trim(node->text) : TEXT("");
    if (node->kind != YAML_SCALAR)
        message = MSG_KEY_WANTS_VALUE;
    else if (is_null_word(node))
        message = MSG_KEY_WANTS_TEXT;
    else if (!text_printable(node->text))
        message = MSG_KEY_CONTROL;
    else if (characters_in(*out) > most)
        message = MSG_KEY_TOO_LONG;
    if (message != MSG_NONE)
        reading_complain_sizes(reading, message, node->line, name, 0, most);
    return message == MSG_NONE;
}

bool node_blank(const struct yaml_node *node)
{
    return node->kind == YAML_SCALAR && !node->quoted && node->text.length == 0;
}
