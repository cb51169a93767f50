#include "base/yaml.h"

#include <yaml.h>

/* The tree is built from events with a stack of our own: libyaml's document API would resolve
 * aliases. */
struct builder {
    yaml_parser_t parser;
    const char *path;
    struct arena *arena;
    struct error *error;
    struct yaml_node *open[LIMIT_YAML_DEPTH]; /* lists and maps not closed yet, outermost first */
    struct yaml_node *last[LIMIT_YAML_DEPTH]; /* last child of each */
    uint32_t depth, nodes;
    struct text key; /* waiting for its value; bytes NULL = none */
    uint32_t key_line;
    struct yaml_node *root;
};

static enum status refuse(struct builder *builder, enum message message, uint32_t line,
                          struct text name)
{
    return error_at(builder->error, message, builder->path, line, name);
}

static uint32_t line_of(yaml_mark_t mark)
{
    return (uint32_t)mark.line + 1;
}

static enum status no_memory(struct builder *builder)
{
    return error_set(builder->error, MSG_NO_MEMORY);
}

static struct yaml_node *parent_of(const struct builder *builder)
{
    return builder->depth ? builder->open[builder->depth - 1] : NULL;
}

static bool wants_key(const struct builder *builder)
{
    const struct yaml_node *parent = parent_of(builder);
    return parent && parent->kind == YAML_MAP && !builder->key.bytes;
}

static void attach(struct builder *builder, struct yaml_node *node)
{
    struct yaml_node *parent = parent_of(builder);
    if (!parent) {
        builder->root = node;
        return;
    }
    struct yaml_node **last = &builder->last[builder->depth - 1];
    if (*last)
        (*last)->next = node;
    else
        parent->child = node;
    *last = node;
    parent->count++;
    if (parent->kind == YAML_MAP) {
        node->key = builder->key;
        node->line = builder->key_line; /* an entry is looked for where its key stands */
        builder->key = (struct text){NULL, 0};
    }
}

static enum status node_new(struct builder *builder, enum yaml_kind kind, uint32_t line,
                            struct yaml_node **out)
{
    if (++builder->nodes > LIMIT_YAML_NODES)
        return refuse(builder, MSG_YAML_TOO_DEEP, line, TEXT(""));
    struct yaml_node *node = arena_take(builder->arena, sizeof *node);
    if (!node)
        return no_memory(builder);
    node->kind = kind;
    node->line = line;
    attach(builder, node);
    *out = node;
    return OK;
}

static enum status open_node(struct builder *builder, enum yaml_kind kind, uint32_t line,
                             bool marked)
{
    if (marked)
        return refuse(builder, MSG_YAML_ALIAS, line, TEXT(""));
    if (wants_key(builder))
        return refuse(builder, MSG_YAML_SYNTAX, line, TEXT(""));
    if (builder->depth == LIMIT_YAML_DEPTH)
        return refuse(builder, MSG_YAML_TOO_DEEP, line, TEXT(""));
    struct yaml_node *node;
    enum status status = node_new(builder, kind, line, &node);
    if (status != OK)
        return status;
    builder->open[builder->depth] = node;
    builder->last[builder->depth++] = NULL;
    return OK;
}

static enum status take_key(struct builder *builder, struct text key, uint32_t line)
{
    for (const struct yaml_node *entry = parent_of(builder)->child; entry; entry = entry->next)
        if (text_equal(entry->key, key))
            return refuse(builder, MSG_YAML_DOUBLE_KEY, line, key);
    builder->key = key;
    builder->key_line = line;
    return OK;
}

static enum status take_scalar(struct builder *builder, const yaml_event_t *event)
{
    uint32_t line = line_of(event->start_mark);
    if (event->data.scalar.anchor || event->data.scalar.tag)
        return refuse(builder, MSG_YAML_ALIAS, line, TEXT(""));
    struct text raw = {(const char *)event->data.scalar.value, (uint32_t)event->data.scalar.length};
    if (memchr(raw.bytes, 0, raw.length)) /* "\0": a path or name would end there unseen */
        return refuse(builder, MSG_YAML_SYNTAX, line, TEXT(""));
    struct text text = arena_text(builder->arena, raw);
    if (!text.bytes)
        return no_memory(builder);
    if (wants_key(builder))
        return take_key(builder, text, line);
    struct yaml_node *node;
    enum status status = node_new(builder, YAML_SCALAR, line, &node);
    if (status != OK)
        return status;
    node->text = text;
    node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    return OK;
}

static enum status take_event(struct builder *builder, const yaml_event_t *event)
{
    uint32_t line = line_of(event->start_mark);
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        if (builder->root || event->data.document_start.tag_directives.start !=
                                 event->data.document_start.tag_directives.end)
            return refuse(builder, MSG_YAML_SYNTAX, line, TEXT(""));
        return OK;
    case YAML_ALIAS_EVENT:
        return refuse(builder, MSG_YAML_ALIAS, line, TEXT(""));
    case YAML_SCALAR_EVENT:
        return take_scalar(builder, event);
    case YAML_SEQUENCE_START_EVENT:
        return open_node(builder, YAML_LIST, line,
                         event->data.sequence_start.anchor || event->data.sequence_start.tag);
    case YAML_MAPPING_START_EVENT:
        return open_node(builder, YAML_MAP, line,
                         event->data.mapping_start.anchor || event->data.mapping_start.tag);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        builder->depth--;
        return OK;
    default:
        return OK;
    }
}

static enum status parser_fault(struct builder *builder)
{
    const yaml_parser_t *parser = &builder->parser;
    if (parser->error == YAML_MEMORY_ERROR)
        return no_memory(builder);
    /* A reader's fault has an offset but no mark. */
    uint32_t line =
        parser->error == YAML_READER_ERROR ? line_of(parser->mark) : line_of(parser->problem_mark);
    return refuse(builder, MSG_YAML_SYNTAX, line, TEXT(""));
}

static enum status read_events(struct builder *builder)
{
    for (;;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&builder->parser, &event))
            return parser_fault(builder);
        enum status status = take_event(builder, &event);
        bool end = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
        if (status != OK || end)
            return status;
    }
}

/* A file of nothing, or of comments only, is an empty map. */
static enum status finish(struct builder *builder, struct yaml_node **out)
{
    bool empty = !builder->root || (builder->root->kind == YAML_SCALAR &&
                                    !builder->root->text.length && !builder->root->quoted);
    if (!empty) {
        *out = builder->root;
        return OK;
    }
    struct yaml_node *map = arena_take(builder->arena, sizeof *map);
    if (!map)
        return no_memory(builder);
    map->kind = YAML_MAP;
    map->line = 1;
    *out = map;
    return OK;
}

enum status yaml_parse(struct text source, const char *path, struct arena *arena,
                       struct yaml_node **out, struct error *error)
{
    struct builder builder = {.path = path, .arena = arena, .error = error};
    *out = NULL;
    if (!yaml_parser_initialize(&builder.parser))
        return error_set(error, MSG_NO_MEMORY);
    yaml_parser_set_encoding(&builder.parser, YAML_UTF8_ENCODING);
    const char *bytes = source.length ? source.bytes : ""; /* libyaml refuses NULL */
    yaml_parser_set_input_string(&builder.parser, (const unsigned char *)bytes, source.length);
    enum status status = read_events(&builder);
    yaml_parser_delete(&builder.parser);
    return status == OK ? finish(&builder, out) : status;
}

const struct yaml_node *yaml_find(const struct yaml_node *map, const char *key)
{
    if (!map || map->kind != YAML_MAP)
        return NULL;
    for (const struct yaml_node *entry = map->child; entry; entry = entry->next)
        if (text_is(entry->key, key))
            return entry;
    return NULL;
}

bool yaml_bool(const struct yaml_node *node, bool *out)
{
    if (node->kind != YAML_SCALAR || node->quoted)
        return false;
    bool yes = text_is(node->text, "true");
    if (!yes && !text_is(node->text, "false"))
        return false;
    *out = yes;
    return true;
}

bool yaml_whole(const struct yaml_node *node, int64_t *out)
{
    if (node->kind != YAML_SCALAR || node->quoted || !node->text.length)
        return false;
    const char *at = node->text.bytes, *end = at + node->text.length;
    bool negative = *at == '-';
    int64_t value = 0;
    at += negative;
    if (at == end)
        return false;
    for (; at < end; at++) {
        if (*at < '0' || *at > '9')
            return false;
        int digit = *at - '0'; /* counted downwards: the least int64 has no positive twin */
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_sub_overflow(value, digit, &value))
            return false;
    }
    if (!negative && value == INT64_MIN)
        return false;
    *out = negative ? value : -value;
    return true;
}
