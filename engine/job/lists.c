#include "job/lists.h"

/* Values hold no control characters, so these two keep entries and halves apart in the canonical
 * text. */
#define ENTRY_END TEXT("\x1F")
#define HALF_END TEXT("\x1E")

bool list_fits(struct reading *reading, const struct key_rule *rule, const struct yaml_node *node,
               enum yaml_kind kind, enum message message)
{
    struct text name = text_of(rule->key.path);

    if (node->kind != kind && !node_blank(node)) {
        reading_complain(reading, message, node->line, name);
        return false;
    }
    if (node->count > rule->most) {
        reading_complain_sizes(reading, MSG_KEY_TOO_MANY, node->line, name, 0, rule->most);
        return false;
    }
    return true;
}

/* The job's array at the rule's place, with room for all entries. */
void *list_new(struct reading *reading, const struct key_rule *rule, uint32_t count, size_t size)
{
    void *entries = arena_array(reading->arena, count, size);

    if (!entries) {
        reading_complain(reading, MSG_NO_MEMORY, 0, TEXT(""));
        return NULL;
    }
    memcpy((char *)reading->job + rule->place, &entries, sizeof entries);
    return entries;
}

void list_count(struct reading *reading, const struct key_rule *rule, uint32_t count)
{
    memcpy((char *)reading->job + rule->count, &count, sizeof count);
}

void canonical_add(struct reading *reading, struct text *canonical, struct text left,
                   struct text joint, struct text right)
{
    struct text entry = reading_join(reading, left, joint, right);

    *canonical = reading_join(reading, *canonical, entry, ENTRY_END);
}

int text_order(struct text a, struct text b)
{
    uint32_t shorter = a.length < b.length ? a.length : b.length;
    int order = shorter > 0 ? memcmp(a.bytes, b.bytes, shorter) : 0;

    return order != 0 ? order : (a.length > b.length) - (a.length < b.length);
}

/* A column's name: printable, not empty. */
bool column_text(struct reading *reading, const struct yaml_node *node, struct text name,
                 struct text *out)
{
    if (!reading_text(reading, node, name, LIMIT_NAME - 1, out))
        return false;
    if (out->length == 0)
        reading_complain(reading, MSG_KEY_EMPTY, node->line, name);
    return out->length > 0;
}

static bool text_among(struct text text, const struct text *list, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (text_equal(text, list[i]))
            return true;
    return false;
}

bool list_texts(struct reading *reading, const struct key_rule *rule, const struct yaml_node *node,
                struct text *canonical)
{
    struct text name = text_of(rule->key.path), *list;
    uint32_t count = 0;

    if (!list_fits(reading, rule, node, YAML_LIST, MSG_KEY_WANTS_LIST))
        return false;
    list = list_new(reading, rule, node->count, sizeof *list);
    if (!list)
        return false;
    for (const struct yaml_node *item = node->child; item; item = item->next) {
        if (!column_text(reading, item, name, &list[count]))
            continue;
        bool placeholder = rule->kind == KEY_NAMES && text_is(list[count], "-");
        if (!placeholder && text_among(list[count], list, count)) {
            reading_complain(reading, MSG_KEY_TWICE, item->line, name);
            continue;
        }
        canonical_add(reading, canonical, list[count], TEXT(""), TEXT(""));
        count++;
    }
    list_count(reading, rule, count);
    return true;
}

/* "input.columns" and the entry's own name; a name that cannot be shown is "?". */
struct text entry_name(struct reading *reading, const struct key_rule *rule,
                       const struct yaml_node *node)
{
    return reading_join(reading, text_of(rule->key.path), TEXT("."),
                        text_printable(node->key) ? node->key : TEXT("?"));
}

static bool alias_take(struct reading *reading, const struct key_rule *rule,
                       const struct yaml_node *node, uint32_t count, struct job_alias *list)
{
    struct text name = entry_name(reading, rule, node);
    struct yaml_node left = {
        .kind = YAML_SCALAR, .line = node->line, .quoted = true, .text = node->key};
    struct job_alias alias = {.line = node->line};
    uint32_t at = count;

    if (!column_text(reading, &left, name, &alias.canonical) ||
        !column_text(reading, node, name, &alias.header))
        return false;
    for (uint32_t i = 0; i < count; i++)
        if (text_equal(list[i].header, alias.header) ||
            text_equal(list[i].canonical, alias.canonical)) {
            reading_complain(reading, MSG_KEY_TWICE, node->line, name);
            return false;
        }
    for (; at > 0 && text_order(list[at - 1].canonical, alias.canonical) > 0; at--)
        list[at] = list[at - 1];
    list[at] = alias;
    return true;
}

bool list_aliases(struct reading *reading, const struct key_rule *rule,
                  const struct yaml_node *node, struct text *canonical)
{
    struct job_alias *list;
    uint32_t count = 0;

    if (!list_fits(reading, rule, node, YAML_MAP, MSG_KEY_WANTS_MAP))
        return false;
    list = list_new(reading, rule, node->count, sizeof *list);
    if (!list)
        return false;
    for (const struct yaml_node *item = node->child; item; item = item->next)
        count += alias_take(reading, rule, item, count, list);
    for (uint32_t i = 0; i < count; i++)
        canonical_add(reading, canonical, list[i].canonical, HALF_END, list[i].header);
    list_count(reading, rule, count);
    return true;
}

static bool image_take(struct reading *reading, const struct key_rule *rule,
                       const struct yaml_node *node, uint32_t count, struct job_image *list)
{
    struct text name = entry_name(reading, rule, node), trimmed;
    struct job_image image = {.name = node->key, .file = node->text, .line = node->line};
    uint32_t at = count;

    if (!text_made_of(node->key, "0123456789abcdefghijklmnopqrstuvwxyz-_") ||
        node->key.length > 64) {
        reading_complain(reading, MSG_KEY_IMAGE_NAME, node->line, name);
        return false;
    }
    if (!reading_text(reading, node, name, LIMIT_PATH - 1, &trimmed))
        return false;
    if (trimmed.length == 0) {
        reading_complain(reading, MSG_KEY_EMPTY, node->line, name);
        return false;
    }
    for (; at > 0 && text_order(list[at - 1].name, image.name) > 0; at--)
        list[at] = list[at - 1];
    list[at] = image;
    return true;
}

bool list_images(struct reading *reading, const struct key_rule *rule, const struct yaml_node *node,
                 struct text *canonical)
{
    struct job_image *list;
    uint32_t count = 0;

    if (!list_fits(reading, rule, node, YAML_MAP, MSG_KEY_WANTS_MAP))
        return false;
    list = list_new(reading, rule, node->count, sizeof *list);
    if (!list)
        return false;
    for (const struct yaml_node *item = node->child; item; item = item->next)
        count += image_take(reading, rule, item, count, list);
    for (uint32_t i = 0; i < count; i++)
        canonical_add(reading, canonical, list[i].name, TEXT(""), TEXT(""));
    list_count(reading, rule, count);
    return true;
}

static bool word_take(struct reading *reading, const struct key_rule *rule,
                      const struct yaml_node *node, uint32_t count, struct job_word *list)
{
    struct text name = entry_name(reading, rule, node);
    struct job_word word = {.name = node->key, .line = node->line};
    uint32_t at = count;

    if (!text_made_of(node->key,
                      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_/") ||
        node->key.length > 100) {
        reading_complain(reading, MSG_KEY_IMAGE_NAME, node->line, name);
        return false;
    }
    if (!reading_text(reading, node, name, 200, &word.text))
        return false;
    if (word.text.length == 0) {
        reading_complain(reading, MSG_KEY_EMPTY, node->line, name);
        return false;
    }
    for (; at > 0 && text_order(list[at - 1].name, word.name) > 0; at--)
        list[at] = list[at - 1];
    list[at] = word;
    return true;
}

bool list_words(struct reading *reading, const struct key_rule *rule, const struct yaml_node *node,
                struct text *canonical)
{
    struct job_word *list;
    uint32_t count = 0;

    if (!list_fits(reading, rule, node, YAML_MAP, MSG_KEY_WANTS_MAP))
        return false;
    list = list_new(reading, rule, node->count, sizeof *list);
    if (!list)
        return false;
    for (const struct yaml_node *item = node->child; item; item = item->next)
        count += word_take(reading, rule, item, count, list);
    for (uint32_t i = 0; i < count; i++)
        canonical_add(reading, canonical, list[i].name, HALF_END, list[i].text);
    list_count(reading, rule, count);
    return true;
}
