#include "spool/inside.h"

#include "base/os.h"

bool spool_path(char out[LIMIT_PATH], const char *folder, const char *name, const char *suffix)
{
    char whole[SPOOL_NAME + 16];
    size_t length = strlen(name), more = strlen(suffix);
    if (length + more >= sizeof whole)
        return false;
    memcpy(whole, name, length);
    memcpy(whole + length, suffix, more + 1);
    return os_path_join(out, folder, whole);
}

bool spool_rows_path(char out[LIMIT_PATH], const char *folder, const char *unit)
{
    char work[LIMIT_PATH], name[SPOOL_NAME];
    if (strlen(unit) >= sizeof name || !os_path_join(work, folder, SPOOL_WORK))
        return false;
    memcpy(name, unit, strlen(unit) + 1);
    char *slash = strchr(name, '/');
    if (slash)
        *slash = '+'; /* no character of a unit's name: two units never meet */
    return spool_path(out, work, name, ROWS_SUFFIX);
}

bool spool_unit_folder(char out[LIMIT_PATH], const char *folder, const char *unit)
{
    char path[LIMIT_PATH];
    if (!spool_path(path, folder, unit, ""))
        return false;
    os_path_folder(out, path);
    return true;
}

static bool is_name_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '.' ||
           byte == '_' || byte == '-';
}

bool spool_unit_name(const char *name)
{
    unsigned slashes = 0;
    if (strlen(name) >= SPOOL_NAME)
        return false;
    for (size_t i = 0; name[i]; i++) {
        bool first = i == 0 || name[i - 1] == '/';
        slashes += name[i] == '/';
        if (first && (name[i] == '.' || name[i] == '/'))
            return false;
        if (name[i] != '/' && !is_name_byte(name[i]))
            return false;
    }
    return *name && slashes <= 1 && name[strlen(name) - 1] != '/';
}

bool spool_ends_with(const char *name, const char *suffix)
{
    size_t length = strlen(name), tail = strlen(suffix);
    return length > tail && strcmp(name + length - tail, suffix) == 0;
}

bool spool_lot_name(const char *name)
{
    return strncmp(name, "lot-", 4) == 0 && spool_ends_with(name, ".pdf");
}
