/* intake/recode.h -- a member file as if it were UTF-8: for encodings in which a byte of a character can look like a
 * line end, a comma or a quote, and for fields that are counted in characters.
 * The file is decoded in chunks whose beginnings are known from one pass over it, so that any place of the text is
 * found by decoding one chunk; nothing of it is kept, on disk or in memory, but the chunk at hand and 24 bytes for
 * each 32 KiB. A bad code becomes the byte FF, which no UTF-8 has: it is found where fields are decoded.
 * Offsets are those of the text, not of the file.
 */
#ifndef INTAKE_RECODE_H
#define INTAKE_RECODE_H

#include "base/os.h"
#include "intake/coding.h"

struct recode_mark {
    uint64_t in, out; /* of the chunk's first byte, in the file and in the text */
    uint32_t state;
};

struct recoder { /* buffers and tables, for all files of a job */
    struct coding coding;
    char *raw, *text;
    const struct recoded *at; /* whose chunk is in `text`; NULL = none */
    size_t chunk, length;
};

struct recoded { /* one file */
    struct recoder *recoder;       /* borrowed */
    const struct os_input *input;  /* borrowed */
    struct recode_mark *marks;
    size_t count, room;
    uint64_t size; /* of the text */
};

/* STOP: as coding_open. Close it even then. */
CHECKED enum status recoder_open(struct recoder *recoder, enum encoding encoding, const char *table,
                                 struct error *error);
void recoder_close(struct recoder *recoder); /* wipes */

/* Reads the whole file once. Close it even when it fails. */
CHECKED enum status recoded_open(struct recoded *recoded, struct recoder *recoder,
                                 const struct os_input *input, struct error *error);
void recoded_close(struct recoded *recoded);

/* For struct csv_source: context is the struct recoded. STOP: INPUT_CHANGED when a chunk is not as it was. */
CHECKED enum status recoded_read(void *context, uint64_t offset, void *bytes, size_t size, size_t *got,
                                 struct error *error);

#endif
