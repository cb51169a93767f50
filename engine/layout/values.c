#include "layout/values.h"

enum status values_refuse(const struct reader *reader, enum message message,
                          const struct yaml_node *node, struct text name)
{
    return error_at(reader->error, message, reader->path, node->line, name);
}

static enum status refuse_key(const struct reader *reader, enum message message,
                              const struct yaml_node *node)
{
    return values_refuse(reader, message, node, node->key);
}

static enum status read_length(const struct reader *reader, const struct yaml_node *node,
                               int32_t unit, int32_t low, int32_t high, emu *out)
{
    if (node->kind != YAML_SCALAR || !units_parse(node->text, unit, out))
        return refuse_key(reader, MSG_LAYOUT_NUMBER, node);
    if (*out < (int64_t)low * unit || *out > (int64_t)high * unit)
        return refuse_key(reader, MSG_LAYOUT_RANGE, node);
    return OK;
}

enum status values_mm(const struct reader *reader, const struct yaml_node *node, int32_t low,
                      int32_t high, emu *out)
{
    return read_length(reader, node, EMU_PER_MM, low, high, out);
}

static enum status read_pair(const struct reader *reader, const struct yaml_node *node,
                             int32_t unit, const struct key *key, int32_t out[2])
{
    if (node->kind != YAML_LIST || node->count != 2)
        return refuse_key(reader, MSG_LAYOUT_LIST, node);
    const struct yaml_node *child = node->child;
    for (int i = 0; i < 2; i++, child = child->next) {
        struct yaml_node named = *child;
        named.key = node->key; /* entries of a list have no key of their own to be named by */
        enum status status = read_length(reader, &named, unit, key->low, key->high, &out[i]);
        if (status != OK)
            return status;
    }
    return OK;
}

static enum status read_whole(const struct reader *reader, const struct yaml_node *node,
                              const struct key *key, int32_t *out)
{
    int64_t number;
    if (!yaml_whole(node, &number) || number < key->low || number > key->high) {
        enum status status = refuse_key(reader, MSG_LAYOUT_WHOLE, node);
        if (reader->error) {
            reader->error->have = key->low;
            reader->error->want = key->high;
        }
        return status;
    }
    *out = (int32_t)number;
    return OK;
}

/* The index of text in "one|two|three", or -1. */
static int32_t choice_index(const char *choices, struct text text)
{
    for (int32_t index = 0;; index++) {
        const char *bar = strchr(choices, '|');
        size_t length = bar ? (size_t)(bar - choices) : strlen(choices);
        if (text_equal(text, (struct text){choices, (uint32_t)length}))
            return index;
        if (!bar)
            return -1;
        choices = bar + 1;
    }
}

int32_t values_choice(const struct yaml_node *node, const char *choices)
{
    return node->kind == YAML_SCALAR ? choice_index(choices, node->text) : -1;
}

static enum status read_choice(const struct reader *reader, const struct yaml_node *node,
                               const struct key *key, int32_t *out)
{
    *out = values_choice(node, key->choices);
    return *out < 0 ? refuse_key(reader, MSG_LAYOUT_CHOICE, node) : OK;
}

static enum status read_condition(const struct reader *reader, const struct yaml_node *node,
                                  enum condition *out)
{
    static const struct key key = {.choices = "card|no-card|voice|no-voice|postage|no-postage"};
    int32_t choice;
    enum status status = read_choice(reader, node, &key, &choice);
    if (status == OK)
        *out = (enum condition)(choice + 1); /* in the order of enum condition */
    return status;
}

static enum status read_text(const struct reader *reader, const struct yaml_node *node,
                             struct text *out)
{
    if (node->kind != YAML_SCALAR || node->text.length == 0)
        return refuse_key(reader, MSG_LAYOUT_TEXT, node);
    *out = node->text;
    return OK;
}

static enum status read_value(const struct reader *reader, const struct yaml_node *node,
                              const struct key *key, void *out)
{
    switch (key->value) {
    case VALUE_MM:
        return read_length(reader, node, EMU_PER_MM, key->low, key->high, out);
    case VALUE_PT:
        return read_length(reader, node, EMU_PER_PT, key->low, key->high, out);
    case VALUE_WHOLE:
        return read_whole(reader, node, key, out);
    case VALUE_TEXT:
        return read_text(reader, node, out);
    case VALUE_CHOICE:
        return read_choice(reader, node, key, out);
    case VALUE_IF:
        return read_condition(reader, node, out);
    case VALUE_BOOL:
        return yaml_bool(node, out) ? OK : refuse_key(reader, MSG_LAYOUT_CHOICE, node);
    case VALUE_PT_PAIR:
        return read_pair(reader, node, EMU_PER_PT, key, out);
    case VALUE_UNITS:
        return read_pair(reader, node, 1000, key, out);
    case VALUE_NODE:
        *(const struct yaml_node **)out = node;
        return OK;
    }
    return error_set(reader->error, MSG_BUG);
}

static const struct key *find_key(const struct key *keys, size_t count, struct text name)
{
    for (size_t i = 0; i < count; i++)
        if (text_is(name, keys[i].name))
            return &keys[i];
    return NULL;
}

enum status values_read(const struct reader *reader, const struct yaml_node *map,
                        const struct key *keys, size_t count, void *out, uint32_t *seen)
{
    if (map->kind != YAML_MAP)
        return refuse_key(reader, MSG_LAYOUT_MAP, map);
    uint32_t mask = 0;
    for (const struct yaml_node *node = map->child; node; node = node->next) {
        const struct key *key = find_key(keys, count, node->key);
        if (!key)
            return refuse_key(reader, MSG_LAYOUT_KEY, node);
        enum status status = read_value(reader, node, key, (char *)out + key->at);
        if (status != OK)
            return status;
        mask |= UINT32_C(1) << (key - keys);
    }
    for (size_t i = 0; i < count; i++)
        if (keys[i].needed && !(mask >> i & 1))
            return values_refuse(reader, MSG_LAYOUT_MISSING, map, text_of(keys[i].name));
    if (seen)
        *seen = mask;
    return OK;
}

enum status values_list(const struct reader *reader, const struct yaml_node *node, uint32_t limit)
{
    if (node->kind != YAML_LIST)
        return refuse_key(reader, MSG_LAYOUT_LIST, node);
    if (node->count <= limit)
        return OK;
    enum status status = refuse_key(reader, MSG_LAYOUT_TOO_MANY, node);
    if (reader->error)
        reader->error->want = limit;
    return status;
}
