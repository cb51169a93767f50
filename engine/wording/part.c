#include "wording/part.h"

#include "base/utf8.h"

enum status template_refuse(const struct template_source *source, enum message message,
                            uint32_t line, struct text name)
{
    return error_at(source->error, message, source->path, line, name);
}

static bool is_control(uint32_t point, bool lines)
{
    return (point < 0x20 && !(lines && point == '\n')) || (point >= 0x7F && point <= 0x9F) ||
           point == UTF8_BAD;
}

enum status template_check_text(const struct template_source *source, uint32_t line,
                                struct text name, bool lines, struct text *text)
{
    while (text->length && text->bytes[text->length - 1] == '\n') /* a block's own end */
        text->length--;
    if (text->length == 0)
        return template_refuse(source, MSG_TEMPLATE_EMPTY, line, name);
    const char *end = text->bytes + text->length;
    for (const char *at = text->bytes; at < end;)
        if (is_control(utf8_next(&at, end), lines))
            return template_refuse(source, MSG_TEMPLATE_CONTROL, line, name);
    return OK;
}

/* The part being cut into segments; literals are copied to `words`, where doubled braces become
 * single. */
struct cutter {
    struct template_source *source;
    struct field_set *fields;
    struct part *part;
    const char *at, *end;
    char *words;
    char *literal; /* start of the literal being copied, in words */
};

static struct segment *next_segment(struct cutter *cutter)
{
    return &cutter->part->segments[cutter->part->segment_count++];
}

static void close_literal(struct cutter *cutter)
{
    uint32_t length = (uint32_t)(cutter->words - cutter->literal);
    if (length)
        *next_segment(cutter) = (struct segment){.literal = {cutter->literal, length}, .field = -1};
    cutter->literal = cutter->words;
}

static uint32_t blanks_at_end(struct text text)
{
    uint32_t length = text.length;
    for (;;) {
        if (length >= 1 && text.bytes[length - 1] == ' ')
            length--;
        else if (length >= 3 && memcmp(text.bytes + length - 3, "　", 3) == 0)
            length -= 3;
        else
            return text.length - length;
    }
}

/* The blanks of the literal before the field that was just added. */
static void note_blanks(struct part *part)
{
    if (part->segment_count < 2)
        return;
    struct segment *before = &part->segments[part->segment_count - 2];
    if (before->field < 0)
        before->blanks = blanks_at_end(before->literal);
}

static enum status add_field(struct cutter *cutter, struct text name)
{
    struct part *part = cutter->part;
    bool silent = name.length && name.bytes[0] == '!';
    name.bytes += silent;
    name.length -= silent;
    char mark = name.length && !silent ? name.bytes[name.length - 1] : 0;
    bool optional = mark == '?' || mark == '!' || silent;
    name.length -= optional && !silent;
    int field = field_find(cutter->source->job, name);
    if (field < 0)
        return template_refuse(cutter->source, MSG_TEMPLATE_FIELD, part->line, name);
    cutter->fields->used[field] = true;
    if (!optional)
        cutter->source->required[field] = true;
    if (!field_is_fixed(field)) {
        part->fixed = false;
        if (part->lead_field < 0)
            part->lead_field = field;
    }
    *next_segment(cutter) = (struct segment){
        .field = field, .optional = optional, .decides = mark == '!' || silent, .silent = silent};
    note_blanks(part);
    return OK;
}

static enum status read_field(struct cutter *cutter)
{
    const char *start = cutter->at + 1;
    const char *close = memchr(start, '}', (size_t)(cutter->end - start));
    if (!close || memchr(start, '{', (size_t)(close - start)))
        return template_refuse(cutter->source, MSG_TEMPLATE_BRACE, cutter->part->line,
                               cutter->part->name);
    close_literal(cutter);
    cutter->at = close + 1;
    return add_field(cutter, (struct text){start, (uint32_t)(close - start)});
}

static enum status cut_part(struct cutter *cutter)
{
    while (cutter->at < cutter->end) {
        char byte = *cutter->at;
        bool brace = byte == '{' || byte == '}';
        bool doubled = brace && cutter->end - cutter->at >= 2 && cutter->at[1] == byte;
        if (brace && !doubled && byte == '}')
            return template_refuse(cutter->source, MSG_TEMPLATE_BRACE, cutter->part->line,
                                   cutter->part->name);
        if (brace && !doubled) {
            enum status status = read_field(cutter);
            if (status != OK)
                return status;
            continue;
        }
        *cutter->words++ = byte;
        cutter->at += doubled ? 2 : 1;
    }
    close_literal(cutter);
    return OK;
}

/* A part of fields that print nothing would be one that nobody ever sees. */
static enum status check_seen(const struct cutter *cutter)
{
    const struct part *part = cutter->part;
    for (uint32_t i = 0; i < part->segment_count; i++)
        if (!part->segments[i].silent)
            return OK;
    return template_refuse(cutter->source, MSG_TEMPLATE_EMPTY, part->line, part->name);
}

/* A field opens with a brace, and between two fields stands at most one literal. */
static uint32_t most_segments(struct text text)
{
    uint32_t count = 1;
    for (uint32_t i = 0; i < text.length; i++)
        count += text.bytes[i] == '{' ? 2 : 0;
    return count;
}

enum status part_read(struct template_source *source, struct text text, struct field_set *fields,
                      struct part *part)
{
    enum status status = template_check_text(source, part->line, part->name, true, &text);
    if (status != OK)
        return status;
    part->fixed = true;
    part->lead_field = -1;
    part->segments = arena_array(source->arena, most_segments(text), sizeof *part->segments);
    char *words = arena_take(source->arena, text.length);
    if (!part->segments || !words)
        return error_set(source->error, MSG_NO_MEMORY);
    struct cutter cutter = {source, fields, part, text.bytes, text.bytes + text.length,
                            words,  words};
    status = cut_part(&cutter);
    return status == OK ? check_seen(&cutter) : status;
}
