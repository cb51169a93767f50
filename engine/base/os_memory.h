/* base/os_memory.h -- a file that lies in memory only: for what must not stand on a disk in the clear.
 * It has a path that this process, and a child forked from it, can open like any other; nobody else can. Its pages are
 * locked as far as the machine allows (RLIMIT_MEMLOCK), so that they do not reach the swap space, and are overwritten
 * when it is closed. A process that is killed cannot overwrite: the system then gives the pages to nobody unwiped.
 */
#ifndef BASE_OS_MEMORY_H
#define BASE_OS_MEMORY_H

#include <stdbool.h>

#include "base/limits.h"
#include "base/sink.h"

struct os_memory;

CHECKED enum status os_memory_new(struct os_memory **out, struct error *error);
struct sink os_memory_sink(struct os_memory *memory);
/* After the last byte: locks the pages, forbids further writing by others. *locked false: no right to lock so much. */
CHECKED enum status os_memory_finish(struct os_memory *memory, bool *locked, struct error *error);
const char *os_memory_path(const struct os_memory *memory);
void os_memory_close(struct os_memory *memory); /* wipes; NULL is allowed */

#endif
