/* job/lists.h -- inside of the room: values that are lists and maps.
 * Gives  : the array and its count in struct job, maps sorted by name; the canonical text of all entries.
 * Refuses: false, said through the reading, when the node is no list or map or holds too many entries.
 *          A wrong entry is said too, but the others are still read.
 */
#ifndef JOB_LISTS_H
#define JOB_LISTS_H

#include "job/reading.h"

/* Column names, none twice. */
bool list_texts(struct reading *reading, const struct key_rule *rule, const struct yaml_node *node,
                struct text *canonical);

/* Canonical column name -> header of the file, no header twice. */
bool list_aliases(struct reading *reading, const struct key_rule *rule, const struct yaml_node *node,
                  struct text *canonical);

/* Image name -> path; the paths stay out of the canonical text. */
bool list_images(struct reading *reading, const struct key_rule *rule, const struct yaml_node *node,
                 struct text *canonical);

/* Name -> text of any kind, none empty, no name twice; in the order of the names. */
bool list_words(struct reading *reading, const struct key_rule *rule, const struct yaml_node *node,
                struct text *canonical);

/* -- lists_input.c -- */

/* Paths, as written; none twice. They stay out of the canonical text, their number does not. */
bool list_paths(struct reading *reading, const struct key_rule *rule, const struct yaml_node *node,
                struct text *canonical);

/* Column name -> "11 40" or "11 40 kanji", sorted by position; none over another. */
bool list_fields(struct reading *reading, const struct key_rule *rule, const struct yaml_node *node,
                 struct text *canonical);

/* Column name -> map of code -> value, sorted by column and code. */
bool list_values(struct reading *reading, const struct key_rule *rule, const struct yaml_node *node,
                 struct text *canonical);

/* One letter or digit -> 明治 ... 令和, sorted by code. */
bool list_eras(struct reading *reading, const struct key_rule *rule, const struct yaml_node *node,
               struct text *canonical);

/* "3" or "11 40": whole numbers from 1 to most. False: anything else. */
bool spot_read(struct text text, int64_t most, struct job_spot *out, struct text *rest);

/* Shared with lists.c. */
bool list_fits(struct reading *reading, const struct key_rule *rule, const struct yaml_node *node,
               enum yaml_kind kind, enum message message);
void *list_new(struct reading *reading, const struct key_rule *rule, uint32_t count, size_t size);
void list_count(struct reading *reading, const struct key_rule *rule, uint32_t count);
void canonical_add(struct reading *reading, struct text *canonical, struct text left, struct text joint,
                   struct text right);
int text_order(struct text a, struct text b);
struct text entry_name(struct reading *reading, const struct key_rule *rule, const struct yaml_node *node);
/* A column's name: printable, not empty. */
bool column_text(struct reading *reading, const struct yaml_node *node, struct text name, struct text *out);

#endif
