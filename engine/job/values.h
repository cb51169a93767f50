/* job/values.h -- inside of the room: one value of the job file, by the kind of its key.
 * Takes  : a row of the table and the node that stands there (or one made from the row's preset).
 * Gives  : the value in struct job, its canonical text in the reading.
 * Refuses: faults go to the problems, and the value stays as it was.
 */
#ifndef JOB_VALUES_H
#define JOB_VALUES_H

#include "job/reading.h"

/* Reads the node as the value of row `index` of the table. */
void value_take(struct reading *reading, size_t index, const struct yaml_node *node);

#endif
