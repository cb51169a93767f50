/* job/keys.h -- inside of the room: the one table of the job's keys, a row a key.
 * Reading, defaults, the digest and the README's table all walk these rows in the same order.
 */
#ifndef JOB_KEYS_H
#define JOB_KEYS_H

#include "job/job.h"

enum key_kind {
    KEY_TEXT,    /* one line of text */
    KEY_PATH,    /* a path as written; enters no digest */
    KEY_FOLDER,  /* name of a folder or file of the edition: no separators, no leading dot */
    KEY_CHOICE,  /* one word of the type column; stored as its place there */
    KEY_BOOL,    /* true | false */
    KEY_WHOLE,   /* whole number from least to most */
    KEY_DATE,    /* struct date */
    KEY_POSTCODE,/* 100-0001 */
    KEY_DIGEST,  /* 64 hexadecimal digits */
    KEY_NUMBER,  /* 保険者番号 */
    KEY_FORM,    /* official | column | NAME */
    KEY_SPOT,    /* one or two whole numbers: struct job_spot */
    KEY_TEXTS,   /* list of column names */
    KEY_NAMES,   /* the same; "-" may stand again and again */
    KEY_PATHS,   /* list of paths; they enter no digest */
    KEY_FIELDS,  /* map: column name -> position and length */
    KEY_VALUES,  /* map: column name -> map: code -> value */
    KEY_ERAS,    /* map: code -> era */
    KEY_ALIASES, /* map: canonical column name -> header */
    KEY_IMAGES,  /* map: image name -> path; only the names enter the digest */
    KEY_WORDS,   /* map: name -> text */
    KEY_KINDS
};

enum { JOB_KEYS_MOST = 192 }; /* room for rows; keys.c checks that they fit */

struct key_rule {
    struct job_key key;
    enum key_kind kind;
    uint32_t place; /* offset in struct job; 0: not kept (`path` stands there, which is no key) */
    uint32_t width; /* bytes at place */
    uint32_t line;  /* offset of a uint32_t that takes the line; 0: none */
    uint32_t count; /* lists, maps: offset of the uint32_t that takes the number of entries */
    int64_t least;  /* KEY_WHOLE */
    int64_t most;   /* KEY_WHOLE: largest; texts: characters; lists, maps: entries */
    uint8_t built;  /* how many of the choices (false, true) exist in this version; 0 = all */
    bool later;     /* any value but the empty one is refused: not in this version */
};

/* NULL past the end. */
const struct key_rule *key_rule_at(size_t index);

/* Index of the row of this dotted path, or -1. */
int key_rule_find(struct text path);

/* True when keys stand below this dotted path: "insurer". */
bool key_group(struct text path);

bool key_required(const struct key_rule *rule);

#endif
