/* job/reading.h -- inside of the room: a job file being read, and the checks that all its texts pass.
 * Gives  : every fault to the problems, with file, line and key; any but a warning sets `failed`.
 */
#ifndef JOB_READING_H
#define JOB_READING_H

#include "base/yaml.h"
#include "job/keys.h"

struct key_value {
    bool given; /* the key stands in the file, right or wrong */
    uint32_t line;
    struct text canonical; /* for the digest: the same for all spellings of one value; paths have none */
};

struct reading {
    struct job *job;
    struct arena *arena;
    struct problems *problems;
    const char *path;
    bool failed;
    bool schema; /* keys of the job already given stay as they are */
    struct key_value values[JOB_KEYS_MOST];
};

/* {have} and {want} are 0 but for messages that have them. */
void reading_complain(struct reading *reading, enum message message, uint32_t line, struct text name);
void reading_complain_sizes(struct reading *reading, enum message message, uint32_t line,
                            struct text name, int64_t have, int64_t want);

/* left, joint, right in one new text; bytes NULL: the arena is exhausted, and said so. */
struct text reading_join(struct reading *reading, struct text left, struct text joint,
                         struct text right);

/* Text of a scalar, outer blanks gone; name: its key. False: refused, and said so. */
bool reading_text(struct reading *reading, const struct yaml_node *node, struct text name, int64_t most,
                  struct text *out);

/* True when a person sees all of it: no line break, control, zero-width or direction character. */
bool text_printable(struct text text);

/* True for a text of one character at least, all of them among these. */
bool text_made_of(struct text text, const char *characters);

/* `extra:` or `mail:` with nothing behind it, as people comment entries out. */
bool node_blank(const struct yaml_node *node);

#endif
