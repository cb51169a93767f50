/* pdf/file.h -- the file as a row of numbered objects: header, objects, cross-reference table,
 * trailer. Offsets are 64-bit and checked; the table has ten digits an offset (ISO 32000-1, 7.5.4).
 * Refuses: STOP PDF_FULL beyond FILE_LIMIT bytes: readers and presses with 32-bit offsets stop at 2
 * GiB.
 */
#ifndef PDF_FILE_H
#define PDF_FILE_H

#include "base/digest.h"
#include "base/error.h"
#include "base/sink.h"
#include "pdf/ink.h"
#include "pdf/pack.h"

#define FILE_LIMIT 1900000000u

struct file {
    struct sink sink;
    struct packer *packer; /* borrowed */
    uint64_t size;         /* bytes written */
    uint32_t *offsets;     /* by object number; 0 = not written. FILE_LIMIT fits 32 bits */
    uint32_t count, room;  /* objects, with number 0 */
    struct ink out;        /* the object in the making */
};

/* Writes the header. sink is copied, packer borrowed. */
CHECKED enum status file_open(struct file *file, const struct sink *sink, struct packer *packer,
                              struct error *error);
void file_close(struct file *file); /* frees; writes nothing */

/* The next object number, to be written later. */
CHECKED enum status file_reserve(struct file *file, uint32_t *number, struct error *error);

/* An object whose body (dictionary or array) is ready. */
CHECKED enum status file_object(struct file *file, uint32_t number, const struct ink *body,
                                struct error *error);

/* A stream: its dictionary with /Filter and /Length, and its bytes as packed. */
CHECKED enum status file_stream(struct file *file, uint32_t number, const struct ink *dictionary,
                                const struct ink *packed, struct error *error);

/* A page's content and the page itself in one write: the hot path. page_entries: the page's
 * dictionary without its /Contents. */
CHECKED enum status file_page(struct file *file, uint32_t content_number, uint32_t page_number,
                              const struct ink *content, struct text page_entries,
                              struct error *error);

/* Table, trailer. Every reserved object has been written. id: first 16 bytes. */
CHECKED enum status file_end(struct file *file, uint32_t catalog, uint32_t info,
                             const struct digest *id, struct error *error);

#endif
