#include "base/os.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool ends_with(const char *name, const char *ending)
{
    size_t length = strlen(name), tail = strlen(ending);
    return length > tail && name[0] != '.' && strcmp(name + length - tail, ending) == 0;
}

static int by_bytes(const void *a, const void *b)
{
    const struct text *left = a, *right = b;
    return strcmp(left->bytes, right->bytes);
}

static enum status add_name(struct arena *arena, const char *name, const char *ending,
                            struct text **names, uint32_t *count, struct error *error)
{
    uint32_t length = (uint32_t)(strlen(name) - strlen(ending));
    if (*count == OS_LIST_LIMIT)
        return error_set(error, MSG_TOO_MANY_FORMS);
    (*names)[*count] = arena_text(arena, (struct text){name, length});
    if (!(*names)[*count].bytes)
        return error_set(error, MSG_NO_MEMORY);
    ++*count;
    return OK;
}

enum status os_folder_list(const char *path, const char *ending, struct arena *arena,
                           struct text **names, uint32_t *count, struct error *error)
{
    enum status status = OK;
    DIR *folder = opendir(path);

    *count = 0;
    if (!folder)
        return errno == ENOENT || errno == ENOTDIR
                   ? OK
                   : error_at(error, MSG_READ_FAILED, path, 0, (struct text){0, 0});
    *names = arena_array(arena, OS_LIST_LIMIT, sizeof **names);
    if (!*names)
        status = error_set(error, MSG_NO_MEMORY);
    for (const struct dirent *entry; status == OK && (entry = readdir(folder));)
        if (ends_with(entry->d_name, ending))
            status = add_name(arena, entry->d_name, ending, names, count, error);
    (void)closedir(folder);
    if (status == OK && *count > 1)
        qsort(*names, *count, sizeof **names, by_bytes);
    return status;
}
