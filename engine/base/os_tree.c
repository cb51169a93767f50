#include "base/os_tree.h"

#include "base/memory.h"
#include "base/os.h"
#include "base/os_call.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct walk {
    const char *root;
    const struct os_tree_visitor *visitor;
    dev_t device;
};

struct names {
    char **list;
    size_t count, room;
};

static void names_free(struct names *names)
{
    for (size_t i = 0; i < names->count; i++)
        memory_free(names->list[i], strlen(names->list[i]) + 1);
    memory_free(names->list, names->room * sizeof *names->list);
}

static bool names_add(struct names *names, const char *name)
{
    size_t size = strlen(name) + 1;
    if (names->count == names->room) {
        size_t room = names->room ? 2 * names->room : 64;
        void *list = memory_resize(names->list, names->room * sizeof *names->list,
                                   room * sizeof *names->list);
        if (!list)
            return false;
        names->list = list;
        names->room = room;
    }
    names->list[names->count] = memory_new(size);
    if (!names->list[names->count])
        return false;
    memcpy(names->list[names->count++], name, size);
    return true;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static enum status read_names(const char *path, struct names *names, struct error *error)
{
    DIR *folder = opendir(path);
    bool good = folder != NULL, memory = true;
    errno = 0;
    for (const struct dirent *entry; good && memory && (entry = readdir(folder));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            memory = names_add(names, entry->d_name);
    good = good && (!memory || errno == 0);
    if (folder)
        (void)closedir(folder);
    if (!memory)
        return error_set(error, MSG_NO_MEMORY);
    if (!good)
        return error_at(error, MSG_READ_FAILED, path, 0, TEXT(""));
    if (names->count > 1)
        qsort(names->list, names->count, sizeof *names->list, by_bytes);
    return OK;
}

static enum status walk_folder(const struct walk *walk, const char *below, uint32_t depth,
                               struct error *error);

static enum status walk_entry(const struct walk *walk, const char *below, const char *name,
                              uint32_t depth, struct error *error)
{
    char path[LIMIT_PATH], full[LIMIT_PATH];
    struct stat facts;
    enum os_tree_kind kind = TREE_OTHER;
    enum status status = OK;

    if (!os_path_join(path, below, name) || !os_path_join(full, walk->root, path))
        return error_at(error, MSG_READ_FAILED, walk->root, 0, TEXT(""));
    if (lstat(full, &facts) != 0)
        return error_at(error, MSG_READ_FAILED, full, 0, TEXT(""));
    if (facts.st_dev == walk->device && S_ISREG(facts.st_mode))
        kind = TREE_FILE;
    else if (facts.st_dev == walk->device && S_ISDIR(facts.st_mode) && depth < OS_TREE_DEPTH)
        kind = TREE_FOLDER;
    if (kind == TREE_FOLDER)
        status = walk_folder(walk, path, depth + 1, error);
    return status == OK ? walk->visitor->visit(walk->visitor->context, path, kind, error) : status;
}

static enum status walk_folder(const struct walk *walk, const char *below, uint32_t depth,
                               struct error *error)
{
    char full[LIMIT_PATH];
    struct names names = {0};

    if (!os_path_join(full, walk->root, *below ? below : "."))
        return error_at(error, MSG_READ_FAILED, walk->root, 0, TEXT(""));
    enum status status = read_names(full, &names, error);
    for (size_t i = 0; i < names.count && status == OK; i++)
        status = walk_entry(walk, below, names.list[i], depth, error);
    names_free(&names);
    return status;
}

enum status os_tree_walk(const char *root, const struct os_tree_visitor *visitor,
                         struct error *error)
{
    struct stat facts;

    if (stat(root, &facts) != 0 || !S_ISDIR(facts.st_mode))
        return error_at(error, MSG_READ_FAILED, root, 0, TEXT(""));
    struct walk walk = {root, visitor, facts.st_dev};
    return walk_folder(&walk, "", 0, error);
}

bool os_is_plain(const char *path)
{
    struct stat facts;
    char bare[LIMIT_PATH];
    size_t length = strlen(path);

    while (length > 1 && path[length - 1] == '/') /* behind a link it would lead through it */
        length--;
    if (length >= sizeof bare)
        return false;
    memcpy(bare, path, length);
    bare[length] = '\0';
    return lstat(bare, &facts) == 0 && (S_ISREG(facts.st_mode) || S_ISDIR(facts.st_mode));
}

bool os_remove_file(const char *path)
{
    struct stat facts;
    (void)call_unlink(path);
    return lstat(path, &facts) != 0 && errno == ENOENT;
}

bool os_remove_folder(const char *path)
{
    struct stat facts;
    (void)call_rmdir(path);
    return lstat(path, &facts) != 0 && errno == ENOENT;
}
