#include "typeset/gaijilist.h"

#include "base/utf8.h"
#include "base/yaml.h"
#include "typeset/codes.h"

#include <stdlib.h>

/* A base character and a variation selector. */
static bool read_sequence(const struct yaml_node *node, struct arena *arena, struct text *out)
{
    uint32_t count;
    if (!node || node->kind != YAML_SCALAR || !codes_read(node->text, arena, out, &count) ||
        count != 2)
        return false;
    const char *at = out->bytes, *end = out->bytes + out->length;
    uint32_t base = utf8_next(&at, end);
    return !code_is_selector(base) && code_is_selector(utf8_next(&at, end));
}

static bool same_base(struct text a, struct text b)
{
    const char *left = a.bytes, *right = b.bytes;
    return utf8_next(&left, a.bytes + a.length) == utf8_next(&right, b.bytes + b.length);
}

static bool read_pair(const struct yaml_node *node, struct arena *arena, struct variant *out)
{
    return node->kind == YAML_MAP && node->count == 2 &&
           read_sequence(yaml_find(node, "from"), arena, &out->from) &&
           read_sequence(yaml_find(node, "to"), arena, &out->to) && same_base(out->from, out->to) &&
           !text_equal(out->from, out->to);
}

/* The shorter first: any order that is one. */
static int compare(const void *a, const void *b)
{
    const struct text *left = a, *right = b; /* struct variant begins with from */
    if (left->length != right->length)
        return left->length < right->length ? -1 : 1;
    return memcmp(left->bytes, right->bytes, left->length);
}

enum status variants_read(struct text source, const char *path, struct arena *arena,
                          struct variant_list *out, struct error *error)
{
    struct yaml_node *root = NULL;
    *out = (struct variant_list){NULL, 0};
    enum status status = yaml_parse(source, path, arena, &root, error);
    if (status != OK)
        return status;
    if (root->kind == YAML_MAP && root->count == 0) /* nothing but comments */
        return OK;
    if (root->kind != YAML_LIST)
        return error_at(error, MSG_VARIANTS, path, root->line, TEXT(""));
    out->pairs = arena_array(arena, root->count, sizeof *out->pairs);
    if (!out->pairs)
        return error_set(error, MSG_NO_MEMORY);
    for (const struct yaml_node *node = root->child; node; node = node->next) {
        struct variant *pair = &out->pairs[out->count];
        if (!read_pair(node, arena, pair))
            return error_at(error, MSG_VARIANTS, path, node->line, TEXT(""));
        for (uint32_t i = 0; i < out->count; i++)
            if (text_equal(out->pairs[i].from, pair->from))
                return error_at(error, MSG_VARIANTS, path, node->line, TEXT("from"));
        out->count++;
    }
    if (out->count)
        qsort(out->pairs, out->count, sizeof *out->pairs, compare);
    return OK;
}

const struct variant *variant_find(const struct variant_list *list, struct text from)
{
    if (list->count == 0)
        return NULL;
    return bsearch(&from, list->pairs, list->count, sizeof *list->pairs, compare);
}
