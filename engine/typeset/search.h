/* typeset/search.h -- the folders that a fontconfig file names. Private to the room.
 * Only search.c knows fontconfig: its file format says where fonts are, nothing more is asked of it. No font
 * is chosen by name or likeness, no cache is read or written, no system configuration is loaded.
 */
#ifndef TYPESET_SEARCH_H
#define TYPESET_SEARCH_H

#include "base/error.h"
#include "base/limits.h"
#include "base/text.h"

#define SEARCH_FOLDERS 16

struct search {
    char folders[SEARCH_FOLDERS][LIMIT_PATH];
    uint32_t count;
};

/* conf: the text of fonts.conf, NUL behind its length; path for messages. folder, where fonts.conf lies, is
 * looked through first. Refuses: STOP 7011 not understood, 7010 more folders than the limit. */
CHECKED enum status search_read(struct text conf, const char *path, const char *folder,
                                struct search *out, struct error *error);

/* Finds `file` in the folders, in order. False: nowhere, or memory_ran_out. */
bool search_find(const struct search *search, struct text file, char out[LIMIT_PATH]);

#endif
