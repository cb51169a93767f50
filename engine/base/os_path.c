#include "base/os.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

_Static_assert(LIMIT_PATH >= PATH_MAX, "realpath writes PATH_MAX bytes");

/* -- looking -- */

bool os_exists(const char *path)
{
    struct stat facts;
    return lstat(path, &facts) == 0;
}

bool os_file_private(const char *path)
{
    struct stat facts;
    return stat(path, &facts) == 0 && S_ISREG(facts.st_mode) &&
           (facts.st_mode & (S_IRWXG | S_IRWXO)) == 0;
}

static bool is_folder(const char *path)
{
    struct stat facts;
    return stat(path, &facts) == 0 && S_ISDIR(facts.st_mode);
}

static bool is_plain_file(const char *path)
{
    struct stat facts;
    return stat(path, &facts) == 0 && S_ISREG(facts.st_mode);
}

static bool is_dot(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

enum os_folder os_folder_state(const char *path)
{
    DIR *folder = opendir(path);
    if (!folder && errno == ENOENT)
        return os_exists(path) ? FOLDER_NOT_ONE : FOLDER_MISSING; /* exists: a link to nothing */
    if (!folder)
        return is_folder(path) ? FOLDER_FULL : FOLDER_NOT_ONE; /* unreadable: take it for full */
    enum os_folder state = FOLDER_EMPTY;
    struct dirent *entry;
    while (state == FOLDER_EMPTY && (entry = readdir(folder)))
        if (!is_dot(entry->d_name))
            state = FOLDER_FULL;
    closedir(folder);
    return state;
}

bool os_folder_writable(const char *path)
{
    char folder[LIMIT_PATH];
    size_t length = strlen(path);
    if (length >= LIMIT_PATH)
        return false;
    memcpy(folder, path, length + 1);
    while (!os_exists(folder)) {
        char parent[LIMIT_PATH];
        os_path_folder(parent, folder);
        if (strcmp(parent, folder) == 0)
            return false;
        memcpy(folder, parent, strlen(parent) + 1);
    }
    return is_folder(folder) && access(folder, W_OK | X_OK) == 0;
}

/* -- names -- */

bool os_path_join(char out[], const char *folder, const char *name)
{
    size_t before = name[0] == '/' ? 0 : strlen(folder), after = strlen(name);
    bool slash = before && folder[before - 1] != '/';
    if (before + slash + after >= LIMIT_PATH)
        return false;
    if (before)
        memcpy(out, folder, before);
    if (slash)
        out[before] = '/';
    memcpy(out + before + slash, name, after + 1);
    return true;
}

void os_path_folder(char out[], const char *path)
{
    size_t end = strlen(path);
    while (end > 1 && path[end - 1] == '/') /* "a/" is "a" */
        end--;
    while (end && path[end - 1] != '/')
        end--;
    while (end > 1 && path[end - 1] == '/')
        end--;
    if (end == 0 || end >= LIMIT_PATH) {
        memcpy(out, ".", 2);
        return;
    }
    memcpy(out, path, end);
    out[end] = '\0';
}

const char *os_path_last(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

bool os_executable_folder(char out[])
{
    char path[LIMIT_PATH];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (length <= 0 || (size_t)length >= sizeof path - 1)
        return false;
    path[length] = '\0';
    os_path_folder(out, path);
    return true;
}

/* -- one path inside another -- */

/* Appends one component to an absolute path, ".." taken away by name. */
static bool append_part(char path[], const char *part, size_t length)
{
    size_t end = strlen(path);
    if (length == 0 || (length == 1 && part[0] == '.'))
        return true;
    if (length == 2 && part[0] == '.' && part[1] == '.') {
        while (end > 1 && path[end - 1] != '/')
            end--;
        path[end > 1 ? end - 1 : 1] = '\0';
        return true;
    }
    bool slash = end > 1;
    if (end + slash + length >= LIMIT_PATH)
        return false;
    if (slash)
        path[end++] = '/';
    memcpy(path + end, part, length);
    path[end + length] = '\0';
    return true;
}

/* The path without links as far as it exists; what does not exist yet follows by name. */
static bool resolve(char out[], const char *path)
{
    char next[LIMIT_PATH], real[LIMIT_PATH];
    if (path[0] == '/')
        memcpy(out, "/", 2);
    else if (!getcwd(out, LIMIT_PATH))
        return false;
    while (*path) {
        size_t length = strcspn(path, "/");
        memcpy(next, out, strlen(out) + 1);
        if (!append_part(next, path, length))
            return false;
        const char *found = realpath(next, real) ? real : next;
        memcpy(out, found, strlen(found) + 1);
        path += length + (path[length] == '/');
    }
    return true;
}

bool os_path_inside(const char *inner, const char *outer)
{
    char in[LIMIT_PATH], out[LIMIT_PATH];
    if (!resolve(in, inner) || !resolve(out, outer))
        return true; /* cannot be told apart: the careful answer */
    size_t length = strlen(out);
    if (strcmp(out, "/") == 0)
        return true;
    return strncmp(in, out, length) == 0 && (in[length] == '\0' || in[length] == '/');
}

/* -- search -- */

/* Takes the sub-folder first by bytes, so that the order of the disk plays no part. */
static void keep_first(char best[], const char *folder, const char *sub, const char *name)
{
    char path[LIMIT_PATH], file[LIMIT_PATH];
    if (is_dot(sub) || !os_path_join(path, folder, sub) || !os_path_join(file, path, name))
        return;
    if ((best[0] && strcmp(file, best) >= 0) || !is_folder(path) || !is_plain_file(file))
        return;
    memcpy(best, file, strlen(file) + 1);
}

bool os_find_below(char out[], const char *folder, const char *name)
{
    if (os_path_join(out, folder, name) && is_plain_file(out))
        return true;
    out[0] = '\0';
    DIR *list = opendir(folder);
    if (!list || name[0] == '/') {
        if (list)
            closedir(list);
        return false;
    }
    struct dirent *entry;
    while ((entry = readdir(list)))
        keep_first(out, folder, entry->d_name, name);
    closedir(list);
    return out[0] != '\0';
}
