#include "typeset/fontlist.h"

#include "base/yaml.h"

struct reader {
    const char *path;
    struct font_list *list;
    struct error *error;
};

static enum status refuse(const struct reader *reader, enum message message, uint32_t line,
                          struct text name)
{
    return error_at(reader->error, message, reader->path, line, name);
}

static enum status refuse_count(const struct reader *reader, uint32_t line, uint32_t limit)
{
    enum status status = error_at(reader->error, MSG_FONT_LIST_COUNT, reader->path, line, TEXT(""));
    if (reader->error)
        reader->error->want = limit;
    return status;
}

/* Letters, digits and hyphens: safe as a PDF name, in a dump and in an error. */
static bool is_name(struct text text)
{
    if (text.length == 0 || text.length > FACE_NAME)
        return false;
    for (uint32_t i = 0; i < text.length; i++) {
        char c = text.bytes[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!plain && c != '-')
            return false;
    }
    return true;
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool read_digest(struct text text, struct digest *out)
{
    if (text.length != 2 * sizeof(out->bytes))
        return false;
    for (uint32_t i = 0; i < sizeof(out->bytes); i++) {
        int high = hex_value(text.bytes[2 * i]), low = hex_value(text.bytes[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        out->bytes[i] = (uint8_t)(high * 16 + low);
    }
    return true;
}

/* A file name, not a path: fonts are looked for in the folders of fonts.conf only. */
static bool is_file_name(struct text text)
{
    return text.length > 0 && text.length < LIMIT_NAME && !memchr(text.bytes, '/', text.length);
}

static struct text *pin_text(struct pin *pin, struct text key)
{
    if (text_is(key, "name"))
        return &pin->name;
    if (text_is(key, "family"))
        return &pin->family;
    if (text_is(key, "file"))
        return &pin->file;
    return text_is(key, "package") ? &pin->package : NULL;
}

static bool read_within(const struct yaml_node *node, int64_t least, int64_t most, int64_t *out)
{
    return yaml_whole(node, out) && *out >= least && *out <= most;
}

/* Faces of one chain differ by some per cent; more is no matter of optical size. */
static bool read_size(const struct yaml_node *node, struct pin *pin)
{
    int64_t value = 0;
    bool scale = text_is(node->key, "scale");
    if (!read_within(node, scale ? 800 : -200, scale ? 1250 : 200, &value))
        return false;
    if (scale)
        pin->scale = (uint16_t)value;
    else
        pin->shift = (int16_t)value;
    return true;
}

static bool read_key(const struct yaml_node *node, struct pin *pin)
{
    if (node->kind != YAML_SCALAR)
        return false;
    if (text_is(node->key, "sha256"))
        return read_digest(node->text, &pin->sha256);
    if (text_is(node->key, "private"))
        return yaml_bool(node, &pin->private_use);
    if (text_is(node->key, "scale") || text_is(node->key, "shift"))
        return read_size(node, pin);
    struct text *place = pin_text(pin, node->key);
    if (place)
        *place = node->text;
    return place != NULL;
}

static enum status read_pin(const struct reader *reader, const struct yaml_node *node)
{
    struct pin pin = {.line = node->line, .scale = 1000};
    if (node->kind != YAML_MAP)
        return refuse(reader, MSG_FONT_LIST, node->line, TEXT("faces"));
    for (const struct yaml_node *key = node->child; key; key = key->next)
        if (!read_key(key, &pin))
            return refuse(reader, MSG_FONT_LIST, key->line, key->key);
    if (!is_name(pin.name))
        return refuse(reader, MSG_FONT_LIST, node->line, TEXT("name"));
    if (pin.family.length == 0 || pin.family.length >= LIMIT_NAME)
        return refuse(reader, MSG_FONT_LIST, node->line, TEXT("family"));
    if (!is_file_name(pin.file))
        return refuse(reader, MSG_FONT_LIST, node->line, TEXT("file"));
    if (!yaml_find(node, "sha256"))
        return refuse(reader, MSG_FONT_LIST, node->line, TEXT("sha256"));
    struct font_list *list = reader->list;
    if (list->pin_count == LIMIT_FACES)
        return refuse_count(reader, node->line, LIMIT_FACES);
    for (uint32_t i = 0; i < list->pin_count; i++)
        if (text_equal(list->pins[i].name, pin.name))
            return refuse(reader, MSG_FONT_LIST_DOUBLE, node->line, pin.name);
    list->pins[list->pin_count++] = pin;
    return OK;
}

static enum status read_link(const struct reader *reader, const struct yaml_node *node,
                             struct chain *chain)
{
    if (node->kind != YAML_SCALAR)
        return refuse(reader, MSG_FONT_LIST, node->line, chain->name);
    if (chain->count == CHAIN_LIMIT)
        return refuse_count(reader, node->line, CHAIN_LIMIT);
    for (uint16_t i = 0; i < reader->list->pin_count; i++) {
        if (text_equal(reader->list->pins[i].name, node->text)) {
            chain->faces[chain->count++] = i;
            return OK;
        }
    }
    return refuse(reader, MSG_FONT_LIST_FACE, node->line, node->text);
}

static enum status read_chain(const struct reader *reader, const struct yaml_node *node)
{
    struct font_list *list = reader->list;
    if (node->kind != YAML_LIST || node->count == 0 || !is_name(node->key))
        return refuse(reader, MSG_FONT_LIST, node->line, node->key);
    if (list->chain_count == ROLE_LIMIT)
        return refuse_count(reader, node->line, ROLE_LIMIT);
    struct chain *chain = &list->chains[list->chain_count++];
    chain->name = node->key;
    for (const struct yaml_node *link = node->child; link; link = link->next) {
        enum status status = read_link(reader, link, chain);
        if (status != OK)
            return status;
    }
    return OK;
}

static enum status read_each(const struct reader *reader, const struct yaml_node *root,
                             const char *key, enum yaml_kind kind,
                             enum status (*take)(const struct reader *, const struct yaml_node *))
{
    const struct yaml_node *node = yaml_find(root, key);
    if (!node || node->kind != kind || node->count == 0)
        return refuse(reader, MSG_FONT_LIST, node ? node->line : 1, text_of(key));
    for (const struct yaml_node *child = node->child; child; child = child->next) {
        enum status status = take(reader, child);
        if (status != OK)
            return status;
    }
    return OK;
}

enum status fontlist_read(struct text source, const char *path, struct arena *arena,
                          struct font_list *out, struct error *error)
{
    struct yaml_node *root = NULL;
    *out = (struct font_list){.pin_count = 0};
    enum status status = yaml_parse(source, path, arena, &root, error);
    if (status != OK)
        return status;
    struct reader reader = {path, out, error};
    if (root->kind != YAML_MAP)
        return refuse(&reader, MSG_FONT_LIST, root->line, TEXT("faces"));
    for (const struct yaml_node *key = root->child; key; key = key->next)
        if (!text_is(key->key, "faces") && !text_is(key->key, "roles"))
            return refuse(&reader, MSG_FONT_LIST, key->line, key->key);
    status = read_each(&reader, root, "faces", YAML_LIST, read_pin);
    return status == OK ? read_each(&reader, root, "roles", YAML_MAP, read_chain) : status;
}

enum status fontlist_digest(const struct font_list *list, struct digest *out, struct error *error)
{
    struct digester *digester = NULL;
    enum status status = digester_new(&digester, error);
    if (status != OK)
        return status;
    digest_start(digester);
    digest_add_u32(digester, list->pin_count);
    for (uint32_t i = 0; i < list->pin_count; i++) {
        const struct pin *pin = &list->pins[i];
        digest_add_text(digester, pin->name);
        digest_add_text(digester, pin->family);
        digest_add(digester, pin->sha256.bytes, sizeof(pin->sha256.bytes));
        digest_add_u32(digester, pin->private_use);
        digest_add_u32(digester, pin->scale);
        digest_add_u32(digester, (uint32_t)pin->shift);
    }
    digest_add_u32(digester, list->chain_count);
    for (uint32_t i = 0; i < list->chain_count; i++) {
        digest_add_text(digester, list->chains[i].name);
        digest_add_u32(digester, list->chains[i].count);
        for (uint32_t k = 0; k < list->chains[i].count; k++)
            digest_add_u32(digester, list->chains[i].faces[k]);
    }
    status = digest_end(digester, out, error);
    digester_free(digester);
    return status;
}
