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

#endif
