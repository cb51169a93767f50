/* wording/part.h -- from the text of one part to its segments. Private to the wording room.
 * Refuses: STOP 5xxx: lone brace, field that does not exist, empty text, control character.
 */
#ifndef WORDING_PART_H
#define WORDING_PART_H

#include "wording/wording.h"

/* What is known while one template is read. */
struct template_source {
    const struct job *job;
    const char *path;
    struct arena *arena;
    struct error *error;
    bool required[FIELD_LIMIT]; /* some mention has no mark */
};

CHECKED enum status template_refuse(const struct template_source *source, enum message message,
                                    uint32_t line, struct text name);

/* Text of one line, or more where lines is true; without line breaks at its end. */
CHECKED enum status template_check_text(const struct template_source *source, uint32_t line,
                                        struct text name, bool lines, struct text *text);

/* name and line of *part are set; fills the rest and notes the fields in *fields. */
CHECKED enum status part_read(struct template_source *source, struct text text,
                              struct field_set *fields, struct part *part);

#endif
