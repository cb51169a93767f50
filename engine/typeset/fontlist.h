/* typeset/fontlist.h -- fonts.yaml as read: what is pinned, before any font file is touched. Private to the room.
 * Refuses: STOP 7007-7010 with file and line: unknown, missing or doubled keys, bad names or digests, a role
 *          that names no face of the list, too many of anything.
 * Owns   : nothing; all in the caller's arena.
 */
#ifndef TYPESET_FONTLIST_H
#define TYPESET_FONTLIST_H

#include "base/arena.h"
#include "base/digest.h"
#include "base/error.h"
#include "base/limits.h"
#include "base/text.h"

#define ROLE_LIMIT 16  /* roles of a list */
#define CHAIN_LIMIT 8  /* faces of a role */
#define FACE_NAME 63   /* bytes of a face's name: it becomes a PDF name with a subset tag */

struct pin {
    struct text name, family, file, package;
    struct digest sha256;
    bool private_use; /* its private-use characters are meant */
    uint16_t scale;   /* how large its outlines are drawn, per mille of the em; 1000 or 0: as they are */
    int16_t shift;    /* how far upwards, per mille of the em */
    uint32_t line;
};

struct chain {
    struct text name; /* the role */
    uint16_t faces[CHAIN_LIMIT];
    uint32_t count;
};

struct font_list {
    struct pin pins[LIMIT_FACES];
    uint32_t pin_count;
    struct chain chains[ROLE_LIMIT];
    uint32_t chain_count;
};

/* path is for messages. */
CHECKED enum status fontlist_read(struct text source, const char *path, struct arena *arena,
                                  struct font_list *out, struct error *error);

/* Digest over names, families, SHA-256 and roles, in the order of the list. File names and packages stay
 * out: they say where a font comes from, not what it is. */
CHECKED enum status fontlist_digest(const struct font_list *list, struct digest *out, struct error *error);

#endif
