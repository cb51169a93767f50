#include "base/os.h"

#include "base/os_call.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define LOCK_TURN_MS 20

static enum status fail(struct error *error, enum message message, const char *path)
{
    return error_at(error, message, path, 0, TEXT(""));
}

/* -- walking -- */

/* Not every file system tells the kind with the name. */
static enum os_kind kind_of(DIR *folder, const struct dirent *entry)
{
    struct stat facts;
    if (entry->d_type == DT_REG)
        return OS_PLAIN;
    if (entry->d_type == DT_DIR)
        return OS_FOLDER;
    if (entry->d_type != DT_UNKNOWN ||
        fstatat(dirfd(folder), entry->d_name, &facts, AT_SYMLINK_NOFOLLOW) != 0)
        return OS_OTHER;
    return S_ISREG(facts.st_mode) ? OS_PLAIN : S_ISDIR(facts.st_mode) ? OS_FOLDER : OS_OTHER;
}

enum status os_folder_each(const char *path, os_visit *visit, void *context, struct error *error)
{
    DIR *folder = opendir(path);
    if (!folder && errno == ENOENT)
        return OK;
    if (!folder)
        return fail(error, errno == ENOMEM ? MSG_NO_MEMORY : MSG_READ_FAILED, path);
    bool more = true;
    int number = 0;
    while (more) {
        errno = 0; /* the end and a failure are told apart by it alone */
        const struct dirent *entry = readdir(folder);
        number = entry ? 0 : errno;
        if (!entry)
            break;
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            more = visit(context, entry->d_name, kind_of(folder, entry));
    }
    closedir(folder);
    return number == 0 ? OK : fail(error, MSG_READ_FAILED, path);
}

static bool remove_one(void *context, const char *name, enum os_kind kind)
{
    char path[LIMIT_PATH];
    if (!os_path_join(path, context, name))
        return true;
    if (kind == OS_FOLDER)
        os_folder_remove(path);
    else
        call_unlink(path);
    return true;
}

void os_folder_remove(const char *path)
{
    char folder[LIMIT_PATH];
    struct stat facts;
    if (lstat(path, &facts) != 0 || !S_ISDIR(facts.st_mode) || !os_path_join(folder, "", path))
        return;
    (void)!os_folder_each(folder, remove_one, folder, NULL);
    call_rmdir(folder);
}

bool os_file_length(const char *path, uint64_t *out)
{
    struct stat facts;
    if (lstat(path, &facts) != 0 || !S_ISREG(facts.st_mode))
        return false;
    *out = (uint64_t)facts.st_size;
    return true;
}

uint64_t os_free_bytes(const char *path)
{
    struct statvfs facts;
    if (statvfs(path, &facts) != 0)
        return UINT64_MAX;
    return (uint64_t)facts.f_bavail * facts.f_frsize;
}

/* -- locks -- */

/* The owner of a lock may have deleted the folder before it let go, and another may have made it anew. */
static bool still_there(int fd, const char *path)
{
    struct stat held, found;
    return fstat(fd, &held) == 0 && stat(path, &found) == 0 && held.st_dev == found.st_dev &&
           held.st_ino == found.st_ino;
}

/* MSG_NONE: locked; MSG_OUT_BUSY: somebody else has it. */
static enum message try_lock(const char *path, int *fd)
{
    *fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (*fd < 0)
        return errno == ENOENT ? MSG_OUT_BUSY : MSG_OPEN_FAILED;
    enum message message = MSG_NONE;
    if (flock(*fd, LOCK_EX | LOCK_NB) != 0)
        message = errno == EWOULDBLOCK || errno == EINTR ? MSG_OUT_BUSY : MSG_LOCK_FAILED;
    else if (!still_there(*fd, path))
        message = MSG_OUT_BUSY;
    if (message != MSG_NONE) {
        close(*fd);
        *fd = -1;
    }
    return message;
}

enum status os_folder_lock(const char *path, uint64_t wait_ms, struct os_lock *out,
                           struct error *error)
{
    uint64_t start = os_clock_ms();
    enum message message;
    while ((message = try_lock(path, &out->fd)) == MSG_OUT_BUSY && os_clock_ms() - start < wait_ms)
        os_sleep_ms(LOCK_TURN_MS);
    return message == MSG_NONE ? OK : fail(error, message, path);
}

/* By closing, not by LOCK_UN: that would take the lock from a forked worker that still writes. */
void os_folder_unlock(struct os_lock *lock)
{
    if (lock->fd >= 0)
        close(lock->fd);
    lock->fd = -1;
}

bool os_folder_locked(const char *path)
{
    struct os_lock lock = {-1};
    enum message message = try_lock(path, &lock.fd);
    os_folder_unlock(&lock);
    return message == MSG_OUT_BUSY && os_exists(path);
}
