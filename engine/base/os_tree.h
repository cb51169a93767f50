/* base/os_tree.h -- everything below a folder, told one by one. */
#ifndef BASE_OS_TREE_H
#define BASE_OS_TREE_H

#include <stdbool.h>

#include "base/error.h"
#include "base/limits.h"

#define OS_TREE_DEPTH 8

enum os_tree_kind { TREE_FILE, TREE_FOLDER, TREE_OTHER /* link, pipe, device, another file system, too deep */ };

/* Called for each entry, names sorted by bytes, a folder after what is in it. path: below the root, borrowed. Links
 * are told, never followed. Refuses: STOP 1003 a folder that cannot be read; whatever the callback gives. */
struct os_tree_visitor {
    enum status (*visit)(void *context, const char *path, enum os_tree_kind kind, struct error *error);
    void *context;
};
CHECKED enum status os_tree_walk(const char *root, const struct os_tree_visitor *visitor, struct error *error);

bool os_is_plain(const char *path);      /* a file or folder itself: no link to one, no pipe, no device */
bool os_remove_file(const char *path);   /* false: it is still there */
bool os_remove_folder(const char *path); /* an empty one; false: it is still there */

#endif
