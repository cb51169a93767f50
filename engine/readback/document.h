/* readback/document.h -- a PDF file as numbered objects and a list of pages (ISO 32000-1, 7.5, 7.7).
 * Takes  : bytes that nobody vouches for; classic cross-reference table, no object streams, no encryption, no
 *          incremental update: what the engine writes.
 * Refuses: STOP READBACK_DAMAGED, READBACK_SHAPE, READBACK_LIMIT; memory.
 * Owns   : its tables. Borrows: the bytes, until document_close.
 */
#ifndef READBACK_DOCUMENT_H
#define READBACK_DOCUMENT_H

#include "base/error.h"
#include "readback/inflate.h"
#include "readback/scan.h"

struct document_page {
    uint32_t object;
    uint32_t resources;     /* object; own or inherited */
    int32_t width, height;  /* thousandths of a point */
};

struct document {
    const uint8_t *bytes;
    size_t size;
    uint32_t *offsets; /* by object number; 0 = free */
    uint32_t count;
    struct document_page *pages;
    uint32_t page_count, page_room;
    uint32_t tree_nodes; /* of the page tree, read so far */
    struct inflater *pages_inflater, *inflater; /* a page's content stays while its layer is read */
};

CHECKED enum status document_open(struct document *document, const uint8_t *bytes, size_t size,
                                  struct error *error);
void document_close(struct document *document);

/* The value of an object: what stands behind `12 0 obj`. */
CHECKED enum status document_object(const struct document *document, uint32_t number, struct scan *out,
                                    struct error *error);

/* A stream object: its dictionary, and its bytes inflated; these are borrowed until the next one. */
struct document_stream {
    struct scan dictionary;
    struct scan bytes;
};
CHECKED enum status document_stream(struct document *document, uint32_t number, struct document_stream *out,
                                    struct error *error);

/* The content of a page, from 0, borrowed until the next page's. Its dictionary may hold nothing that changes what is
 * printed and that the engine does not write: turned, cropped or scaled pages, annotations are refused. */
CHECKED enum status document_content(struct document *document, uint32_t page, struct scan *out,
                                     struct error *error);

#endif
