/* base/os.h -- the one door to the machine: files, folders, clock, terminal, environment.
 * Nothing else in engine/ calls the system (`make lint` looks), so that a test can fill the disk here.
 * Every path may be relative to the working directory. New files are 0600, new folders 0700.
 */
#ifndef BASE_OS_H
#define BASE_OS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/status.h"

/* -- reading -- */

/* A whole file in the arena (NUL behind it). Refuses: 1009 no such file, 1011 not a plain file, 1010 over
 * limit bytes, 1002, 1003. */
CHECKED enum status os_slurp(const char *path, size_t limit, struct arena *arena, struct text *out,
                             struct error *error);

/* A file mapped for reading; for fonts, which libraries read by pointer. */
struct os_map {
    const void *bytes;
    size_t size;
};
CHECKED enum status os_map(const char *path, size_t limit, struct os_map *out, struct error *error);
void os_unmap(struct os_map *map);
/* Gives the memory of a part that was looked at back to the system; it is read again when needed. */
void os_map_release(const struct os_map *map, size_t offset, size_t size);

/* An input that is read more than once. Plain files only (1011 for a pipe). */
struct os_input {
    int fd;
    uint64_t size;
    int64_t modified_s, modified_ns, changed_s, changed_ns;
};
CHECKED enum status os_input_open(const char *path, struct os_input *out, struct error *error);
/* Reads up to size bytes at offset; *got < size only at the end of the file. */
CHECKED enum status os_input_read(const struct os_input *input, uint64_t offset, void *bytes, size_t size,
                                  size_t *got, struct error *error);
/* True when size and change times are still those of the opening. */
bool os_input_same(const struct os_input *input);
void os_input_close(struct os_input *input);

/* -- writing -- */

struct os_file; /* buffered (256 KiB), exclusive-create, O_NOFOLLOW */

/* Refuses an existing path: 1004. */
CHECKED enum status os_file_create(const char *path, struct os_file **out, struct error *error);
CHECKED enum status os_file_write(struct os_file *file, const void *bytes, size_t size,
                                  struct error *error);
/* Flush, fsync, close; OK frees the file. After any failure the file is condemned: the caller still holds it
 * and gives it to os_file_abandon, which deletes it. */
CHECKED enum status os_file_seal(struct os_file *file, struct error *error);
/* Closes without sync and unlinks. NULL is allowed. */
void os_file_abandon(struct os_file *file);
uint64_t os_file_size(const struct os_file *file); /* bytes taken so far */
/* CPU microseconds spent in write and fsync by this process so far (for `make bench`). */
uint64_t os_write_cpu_us(void);

CHECKED enum status os_rename(const char *from, const char *to, struct error *error); /* replaces `to` */
/* As os_rename, but refuses (1006) when `to` is there. */
CHECKED enum status os_rename_new(const char *from, const char *to, struct error *error);
CHECKED enum status os_sync_folder(const char *path, struct error *error);
void os_unlink(const char *path); /* best effort */
void os_rmdir(const char *path);  /* best effort */

enum os_folder { FOLDER_MISSING, FOLDER_EMPTY, FOLDER_FULL, FOLDER_NOT_ONE };
enum os_folder os_folder_state(const char *path);
/* Makes the folder and its missing parents, 0700. Exists already: OK. */
CHECKED enum status os_folder_make(const char *path, struct error *error);
/* 0700 for a folder that was there before. STOP: it is somebody else's. */
CHECKED enum status os_folder_private(const char *path, struct error *error);
bool os_folder_writable(const char *path); /* the folder, or the nearest parent that exists */
/* True when inner is outer or lies below it, links resolved as far as both exist; also when one of them cannot
 * be resolved. */
bool os_path_inside(const char *inner, const char *outer);

/* -- paths -- */

bool os_exists(const char *path);
/* out of LIMIT_PATH bytes; false when too long. `name` absolute: name alone. */
bool os_path_join(char out[], const char *folder, const char *name);
void os_path_folder(char out[], const char *path);      /* "a/b.c" -> "a", "b.c" -> "." */
const char *os_path_last(const char *path);             /* "a/b.c" -> "b.c" */
bool os_executable_folder(char out[]);                  /* of the running program */
/* Finds file `name` in folder or one level of sub-folders below it. */
bool os_find_below(char out[], const char *folder, const char *name);

/* Names in a folder that end in `ending`, without it, sorted by bytes; none when there is no such folder. */
#define OS_LIST_LIMIT 256
CHECKED enum status os_folder_list(const char *path, const char *ending, struct arena *arena,
                                   struct text **names, uint32_t *count, struct error *error);

/* -- terminal, clock, environment -- */

bool os_is_terminal(int fd);
void os_print(int fd, const char *bytes, size_t size); /* best effort, for words on 2 */
/* For data on stdout: errors count. */
CHECKED enum status os_print_data(const char *bytes, size_t size, struct error *error);
uint64_t os_clock_ms(void); /* monotonic; for the progress bar only, never in an output byte */
uint64_t os_cpu_us(void);   /* CPU of this process, user and system */
uint64_t os_thread_ns(void); /* CPU of the calling thread; for `make bench` only */
uint64_t os_peak_kb(void);  /* peak resident memory */
bool os_locale_is_japanese(void); /* LC_ALL, LC_MESSAGES, LANG */
const char *os_environment(const char *name); /* NULL = not set; borrowed */
/* umask 077, no core dumps, no reading of our memory by the same user; a closed pipe and a file over the size
 * limit come back as failed writes instead of signals. */
void os_harden(void);

#endif
