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
/* Lets the system forget what it keeps of the file in memory, so that the medium answers the next read; a request. */
void os_input_forget(const struct os_input *input);
void os_input_close(struct os_input *input);

/* -- writing -- */

struct os_file; /* buffered (256 KiB), exclusive-create, O_NOFOLLOW */

/* Refuses an existing path: 1004. */
CHECKED enum status os_file_create(const char *path, struct os_file **out, struct error *error);
CHECKED enum status os_file_write(struct os_file *file, const void *bytes, size_t size,
                                  struct error *error);
/* Flush and fsync; the file stays open. A failure condemns it for good: never synced again. */
CHECKED enum status os_file_sync(struct os_file *file, struct error *error);
/* Flush, fsync, close; OK frees the file. After any failure the file is condemned: the caller still holds it
 * and gives it to os_file_abandon, which deletes it. */
CHECKED enum status os_file_seal(struct os_file *file, struct error *error);
/* Closes without sync and unlinks. NULL is allowed. */
void os_file_abandon(struct os_file *file);
/* Closes without flush or sync; what was synced stays. For a file that has been renamed while it was open. NULL is
 * allowed. */
void os_file_leave(struct os_file *file);
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

/* One name in a folder, as it lies there: a link is OTHER, whatever it leads to. */
enum os_kind { OS_PLAIN, OS_FOLDER, OS_OTHER };
/* Told of every name but . and .. in no order; false ends the walk. The name may be deleted in the call. */
typedef bool os_visit(void *context, const char *name, enum os_kind kind);
/* A missing folder has no names. STOP 1003: it cannot be read to its end. */
CHECKED enum status os_folder_each(const char *path, os_visit *visit, void *context, struct error *error);
/* Deletes a folder and all in it, links themselves, not what they lead to. Best effort; missing: nothing to do. */
void os_folder_remove(const char *path);
bool os_file_length(const char *path, uint64_t *out); /* false: there is no plain file of this name */
uint64_t os_free_bytes(const char *path); /* that we may still write there; UINT64_MAX when nobody knows */

/* A lock on a folder (flock): gone with the last of the processes that hold it, forked ones too; it leaves nothing. */
struct os_lock {
    int fd;
};
/* Waits up to wait_ms, then 9054; 9060 when the file system has no locks. The folder that is locked is the one that has
 * the path then, also when another was there before. */
CHECKED enum status os_folder_lock(const char *path, uint64_t wait_ms, struct os_lock *out, struct error *error);
void os_folder_unlock(struct os_lock *lock);
bool os_folder_locked(const char *path); /* does somebody hold it now? */

/* -- paths -- */

bool os_exists(const char *path);
bool os_file_private(const char *path); /* a plain file that only its owner may read or write */
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
uint64_t os_cpu_us(void);   /* CPU of this process and its ended children, user and system */
uint64_t os_thread_ns(void); /* CPU of the calling thread; for `make bench` only */
uint64_t os_peak_kb(void);  /* peak resident memory */
bool os_locale_is_japanese(void); /* LC_ALL, LC_MESSAGES, LANG */
const char *os_environment(const char *name); /* NULL = not set; borrowed */
void os_sleep_ms(uint64_t ms);
/* umask 077, no core dumps, no reading of our memory by the same user; a closed pipe and a file over the size
 * limit come back as failed writes instead of signals. */
void os_harden(void);
_Noreturn void os_end(int code); /* the process, at once: nothing is flushed, nothing called */
/* What os_no_memory calls, as long as a library is at work that goes wrong when it gets none. NULL (so it begins):
 * nothing. To be set before there is a second thread or process. */
void os_no_memory_set(void (*ended)(void));
void os_no_memory(void);

/* -- workers: processes forked from this one (os_workers.c) -- */

uint32_t os_processors(void); /* that this process may run on; at least 1 */

/* Zeroed memory that forked processes share. NULL: none left. */
void *os_shared_new(size_t size);
void os_shared_free(void *pointer, size_t size); /* wipes; NULL is allowed */

#define OS_MESSAGE_LIMIT 65536 /* bytes of one message; kept whole, in order */

/* The parent's hold on a worker. */
struct os_worker {
    int64_t pid;     /* 0 = ended, its exit was taken */
    int channel;     /* -1 = closed */
    bool killed;     /* by a signal: code is its number; else code is the exit code */
    int code;
};

/* In the worker: runs work(context, channel); its result is the exit code. No destructor of ours runs after it. */
typedef int os_work(void *context, int channel);

/* Forks workers[count], in which the channels of workers[0..count-1] are closed. A worker dies with its parent, leaves
 * INT and HUP to it (a terminal sends them to all), and takes TERM as any process. STOP 9061. */
CHECKED enum status os_worker_start(struct os_worker *workers, uint32_t count, os_work *work, void *context,
                                    struct error *error);

/* Sends one whole message, waits for room; STOP 9062 when the other side is gone. */
CHECKED enum status os_message_send(int channel, const void *bytes, size_t size, struct error *error);
/* Waits for one whole message. *size = 0: the other side is gone, nothing was lost before. STOP: it failed, or the
 * message is larger than room (a bug). Empty messages cannot be sent. */
CHECKED enum status os_message_receive(int channel, void *bytes, size_t room, size_t *size, struct error *error);

struct os_signals;
struct os_event {
    enum { OS_EVENT_NOTHING, OS_EVENT_MESSAGE, OS_EVENT_GONE, OS_EVENT_SIGNAL } kind;
    uint32_t worker; /* MESSAGE: os_message_receive will not wait. GONE: os_worker_end tells how it ended */
    int signal;      /* SIGNAL: its number */
};
/* Waits up to timeout_ms for the next event, signals before workers; NOTHING: time is up. event is kept between
 * calls (zeroed before the first): the worker behind the last has its turn first. What a dead worker has sent comes
 * before its GONE. At most 1,024 workers. signals may be NULL. */
CHECKED enum status os_workers_wait(const struct os_worker *workers, uint32_t count, const struct os_signals *signals,
                                    uint64_t timeout_ms, struct os_event *event, struct error *error);
void os_worker_kill(const struct os_worker *worker); /* SIGKILL */
/* Closes the channel, waits for the end, keeps how it ended in *worker. Again: nothing. */
void os_worker_end(struct os_worker *worker);

/* -- signals that ask for the end: INT, TERM, HUP (os_signals.c) -- */

/* From open to close they are kept back in this process and read here; one that was ignored (nohup) stays ignored.
 * Workers started in between have them as os_worker_start says. */
struct os_signals {
    int fd;
    unsigned char before[128]; /* the mask to go back to */
};
CHECKED enum status os_signals_open(struct os_signals *out, struct error *error);
int os_signals_take(const struct os_signals *signals); /* the next that came, 0 = none; does not wait */
/* Closes and leaves them blocked, for a process that has done its work and is about to end: a signal of that last
 * moment must not make a finished run look like a killed one. */
void os_signals_end(struct os_signals *signals);
void os_signals_close(struct os_signals *signals);

#endif
