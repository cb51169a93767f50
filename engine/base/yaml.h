/* base/yaml.h -- a YAML file as a tree that knows its lines. Only yaml.c knows libyaml.
 * Takes one document, UTF-8. Refuses anchors, aliases, tags, doubled keys, too deep or too many nodes.
 * Owns: nodes and texts live in the arena that the caller gives.
 */
#ifndef BASE_YAML_H
#define BASE_YAML_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

enum yaml_kind { YAML_SCALAR, YAML_LIST, YAML_MAP };

struct yaml_node {
    enum yaml_kind kind;
    uint32_t line;    /* from 1 */
    bool quoted;      /* scalar stood in quotes or as a block */
    struct text key;  /* entry of a map: its key; else empty */
    struct text text; /* scalar: its text, NUL-terminated behind its length */
    struct yaml_node *child, *next; /* list, map: first child; then siblings, in file order */
    uint32_t count;   /* children */
};

/* path is for messages only. An empty file is an empty map. */
CHECKED enum status yaml_parse(struct text source, const char *path, struct arena *arena,
                               struct yaml_node **out, struct error *error);

/* Entry of a map by key, or NULL. */
const struct yaml_node *yaml_find(const struct yaml_node *map, const char *key);

/* Strict scalars: bool is true|false; whole is [-]digits in int64. False: not of that kind. */
bool yaml_bool(const struct yaml_node *node, bool *out);
bool yaml_whole(const struct yaml_node *node, int64_t *out);

#endif
