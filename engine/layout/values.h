/* layout/values.h -- typed values of a layout file, read by tables of keys. Private to the room.
 * A table says for each key of a map its type, where it goes and its bounds; a key that the table lacks is
 * refused. So every map of the file is read by the same strict function.
 */
#ifndef LAYOUT_VALUES_H
#define LAYOUT_VALUES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/units.h"
#include "base/yaml.h"
#include "layout/layout.h"

enum value {
    VALUE_MM,      /* emu */
    VALUE_PT,      /* emu */
    VALUE_WHOLE,   /* int32_t */
    VALUE_TEXT,    /* struct text, not empty */
    VALUE_CHOICE,  /* int32_t: index in `choices` */
    VALUE_IF,      /* enum condition: card | no-card | ...; IF_ALWAYS when the key is not there */
    VALUE_BOOL,    /* bool */
    VALUE_PT_PAIR, /* emu[2] */
    VALUE_UNITS,   /* int32_t[2]: two decimals as thousandths */
    VALUE_NODE,    /* const struct yaml_node *: the caller reads it */
};

struct key {
    const char *name;
    enum value value;
    size_t at;           /* offset in the struct that is filled */
    bool needed;
    int32_t low, high;   /* numbers: bounds, in mm, pt or as they are */
    const char *choices; /* VALUE_CHOICE: "left|center|right" */
};

struct reader {
    const char *path;
    struct arena *arena;
    struct error *error;
};

/* Fills *out from the map. seen: bit i = keys[i] stood in the map; NULL is allowed. */
CHECKED enum status values_read(const struct reader *reader, const struct yaml_node *map,
                                const struct key *keys, size_t count, void *out, uint32_t *seen);

/* STOP with file and line of the node and the name. */
CHECKED enum status values_refuse(const struct reader *reader, enum message message,
                                  const struct yaml_node *node, struct text name);

/* Index of the node's text in "one|two|three", or -1. */
int32_t values_choice(const struct yaml_node *node, const char *choices);

/* The node as a list of at most limit entries. */
CHECKED enum status values_list(const struct reader *reader, const struct yaml_node *node, uint32_t limit);

/* One length in mm; low, high in mm. */
CHECKED enum status values_mm(const struct reader *reader, const struct yaml_node *node, int32_t low,
                              int32_t high, emu *out);

#endif
