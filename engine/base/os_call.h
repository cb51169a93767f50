/* base/os_call.h -- the system calls that touch a disk, as base/os*.c makes them; nobody else includes this.
 * In the delivered program they are the calls themselves. With -DOSHIRASE_FAULTS (`make faults`) they go through
 * os_faults.c, which counts them as events and makes the n-th one fail, or the process die at it:
 *   OSHIRASE_FAULT=KIND@N[:once|:ever]
 *     kill, killmid, killafter   SIGKILL before event N, with a part of its bytes written, after it
 *     enospc, eio                event N fails so, where it can (ever: this and every later one)
 *     fsync                      the N-th fsync fails with EIO; syncing that file again aborts the process
 *     short, eintr               reads and writes cut to a few bytes, or interrupted, by chance; N is the seed
 *     stall                      sleeps for ever before event N
 *   OSHIRASE_EVENTS=FILE   a line an event: number, call, path
 *   OSHIRASE_POWER=FILE    what was asked of the disk, for tests/tools/power.c, which says how it is written
 * Words on a terminal and data on stdout are no events. Without the variables all is as in the delivered program.
 */
#ifndef BASE_OS_CALL_H
#define BASE_OS_CALL_H

#include <stdbool.h>
#include <stddef.h>

#ifdef OSHIRASE_FAULTS

void os_faults_reset(void); /* the environment is read again, events count from 1; for unit tests */
int call_open(const char *path, int flags, unsigned mode);
long call_pread(int fd, void *bytes, size_t size, long offset);
long call_write(int fd, const void *bytes, size_t size);
int call_fsync(int fd);
int call_close(int fd);
int call_rename(const char *from, const char *to);
int call_rename_new(const char *from, const char *to);
int call_unlink(const char *path);
int call_mkdir(const char *path, unsigned mode);
int call_rmdir(const char *path);

#else

#define call_open open
#define call_pread pread
#define call_write write
#define call_fsync fsync
#define call_close close
#define call_rename rename
#define call_rename_new(from, to) renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE)
#define call_unlink unlink
#define call_mkdir mkdir
#define call_rmdir rmdir

#endif

#endif
