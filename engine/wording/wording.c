#include "wording/wording.h"

#include "base/utf8.h"
#include "base/yaml.h"
#include "wording/part.h"
#include "wording/spoken.h"

static enum status want_kind(const struct template_source *source, const struct yaml_node *node,
                             enum yaml_kind kind)
{
    return node->kind == kind ? OK
                              : template_refuse(source, MSG_TEMPLATE_SHAPE, node->line, node->key);
}

static enum status known_keys(const struct template_source *source, const struct yaml_node *map,
                              const char *const keys[], size_t count)
{
    for (const struct yaml_node *entry = map->child; entry; entry = entry->next) {
        bool known = false;
        for (size_t i = 0; i < count && !known; i++)
            known = text_is(entry->key, keys[i]);
        if (!known)
            return template_refuse(source, MSG_TEMPLATE_KEY, entry->line, entry->key);
    }
    return OK;
}

/* Frames, messages and manifests show these names: one short word. */
static enum status check_name(const struct template_source *source, struct text name, uint32_t line)
{
    const char *at = name.bytes, *end = name.bytes + name.length;
    bool good = name.length > 0 && name.length < LIMIT_NAME;
    while (good && at < end) {
        uint32_t point = utf8_next(&at, end);
        good =
            point > 0x20 && (point < 0x7F || point > 0xA0) && point != 0x3000 && point != UTF8_BAD;
    }
    return good ? OK : template_refuse(source, MSG_TEMPLATE_NAME, line, name);
}

/* One line of text under a key. */
static enum status read_line(const struct template_source *source, const struct yaml_node *node,
                             struct text *out)
{
    enum status status = want_kind(source, node, YAML_SCALAR);
    if (status != OK)
        return status;
    *out = node->text;
    return template_check_text(source, node->line, node->key, false, out);
}

static enum status read_form(const struct template_source *source, const struct yaml_node *root,
                             struct wording *out)
{
    const struct yaml_node *node = yaml_find(root, "form");
    if (!node)
        return template_refuse(source, MSG_TEMPLATE_MISSING, root->line, TEXT("form"));
    enum status status = read_line(source, node, &out->form);
    return status == OK ? check_name(source, out->form, node->line) : status;
}

/* One of two words, the first where the key is absent. */
static enum status read_choice(const struct template_source *source, const struct yaml_node *root,
                               const char *key, const char *const words[2], bool *second)
{
    const struct yaml_node *node = yaml_find(root, key);
    *second = false;
    if (!node)
        return OK;
    enum status status = want_kind(source, node, YAML_SCALAR);
    if (status != OK)
        return status;
    *second = text_is(node->text, words[1]);
    return *second || text_is(node->text, words[0])
               ? OK
               : template_refuse(source, MSG_TEMPLATE_CHOICE, node->line, node->key);
}

static enum status read_unit(const struct template_source *source, const struct yaml_node *root,
                             struct wording *out)
{
    static const char *const words[] = {"person", "household"};
    const struct yaml_node *node = yaml_find(root, "unit");
    out->list = node && node->kind == YAML_SCALAR && text_is(node->text, "list");
    return out->list ? OK : read_choice(source, root, "unit", words, &out->household);
}

static enum status read_expiry(const struct template_source *source, const struct yaml_node *root,
                               struct wording *out)
{
    static const char *const words[] = {"any", "by-age"};
    return read_choice(source, root, "expiry", words, &out->expiry_by_age);
}

/* letter_job_fields knows no form: dates in another style than its own are made here, once. */
static enum status read_dates(const struct template_source *source, const struct yaml_node *root,
                              struct wording *out)
{
    static const char *const words[] = {"plain", "padded"};
    const struct job *job = source->job;
    enum status status = read_choice(source, root, "dates", words, &out->fields.padded_dates);
    if (status != OK || !out->fields.padded_dates)
        return status;
    bool made = letter_date(job->notice.as_of, true, source->arena, &out->padded_as_of) &&
                letter_date(job->notice.issued, true, source->arena, &out->padded_issued);
    return made ? OK : error_set(source->error, MSG_NO_MEMORY);
}

static enum status read_portal(const struct template_source *source, const struct yaml_node *root,
                               struct wording *out)
{
    const struct yaml_node *node = yaml_find(root, "portal_url");
    if (node)
        return read_line(source, node, &out->portal_url);
    bool needed = out->fields.used[FIELD_PORTAL_URL] && source->required[FIELD_PORTAL_URL];
    if (needed && source->job->notice.portal_url.length == 0)
        return template_refuse(source, MSG_TEMPLATE_PORTAL, root->line, TEXT("portal_url"));
    return OK;
}

/* The layout names the side, so a template that speaks of it has a word for each. */
static enum status read_sides(const struct template_source *source, const struct yaml_node *root,
                              struct wording *out)
{
    static const char *const keys[] = {"right", "left", "bottom"};
    struct text *const sides[] = {&out->side_right, &out->side_left, &out->side_bottom};
    const struct yaml_node *map = yaml_find(root, "cut_side");
    if (!map && !out->fields.used[FIELD_CUT_SIDE])
        return OK;
    enum status status = map ? want_kind(source, map, YAML_MAP) : OK;
    if (status == OK && map)
        status = known_keys(source, map, keys, 3);
    for (size_t i = 0; status == OK && i < 3; i++) {
        const struct yaml_node *node = yaml_find(map, keys[i]);
        status = node ? read_line(source, node, sides[i])
                      : template_refuse(source, MSG_TEMPLATE_CUT_SIDE, map ? map->line : root->line,
                                        text_of(keys[i]));
    }
    return status;
}

static enum status read_part(struct template_source *source, const struct yaml_node *node,
                             struct wording *out)
{
    struct part *part = &out->parts[out->part_count];
    part->name = node->key;
    part->line = node->line;
    enum status status = want_kind(source, node, YAML_SCALAR);
    if (status == OK)
        status = check_name(source, node->key, node->line);
    if (status == OK)
        status = part_read(source, node->text, &out->fields, part);
    out->part_count += status == OK;
    return status;
}

static enum status read_parts(struct template_source *source, const struct yaml_node *root,
                              struct wording *out)
{
    const struct yaml_node *map = yaml_find(root, "parts");
    if (!map)
        return template_refuse(source, MSG_TEMPLATE_NO_PARTS, root->line, TEXT("parts"));
    enum status status = want_kind(source, map, YAML_MAP);
    if (status != OK)
        return status;
    if (!map->child)
        return template_refuse(source, MSG_TEMPLATE_NO_PARTS, map->line, TEXT("parts"));
    out->parts = arena_array(source->arena, map->count, sizeof *out->parts);
    if (!out->parts)
        return error_set(source->error, MSG_NO_MEMORY);
    for (const struct yaml_node *node = map->child; status == OK && node; node = node->next)
        status = read_part(source, node, out);
    for (int i = 0; i < FIELD_LIMIT; i++)
        out->fields.optional[i] = out->fields.used[i] && !source->required[i];
    return status;
}

enum status wording_read(const struct job *job, struct text source, const char *path,
                         struct arena *arena, struct wording *out, struct error *error)
{
    static const char *const keys[] = {"form", "unit", "dates", "expiry", "cut_side", "portal_url", "voice", "parts"};
    struct template_source reading = {.job = job, .path = path, .arena = arena, .error = error};
    struct yaml_node *root;
    *out = (struct wording){.path = path};
    enum status status = yaml_parse(source, path, arena, &root, error);
    if (status == OK)
        status = want_kind(&reading, root, YAML_MAP);
    if (status == OK)
        status = known_keys(&reading, root, keys, sizeof keys / sizeof *keys);
    if (status == OK)
        status = read_form(&reading, root, out);
    if (status == OK)
        status = read_unit(&reading, root, out);
    if (status == OK)
        status = read_dates(&reading, root, out);
    if (status == OK)
        status = read_expiry(&reading, root, out);
    if (status == OK)
        status = read_parts(&reading, root, out);
    if (status == OK)
        status = read_sides(&reading, root, out);
    if (status == OK)
        status = read_portal(&reading, root, out);
    if (status == OK)
        status = spoken_read(&reading, yaml_find(root, "voice"), out);
    return status == OK ? digest_of(source.bytes, source.length, &out->digest, error) : status;
}
