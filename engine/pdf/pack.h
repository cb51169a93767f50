/* pdf/pack.h -- deflate (RFC 1950). Only pack.c knows libdeflate. One a thread. */
#ifndef PDF_PACK_H
#define PDF_PACK_H

#include "base/error.h"
#include "base/status.h"
#include "pdf/ink.h"

struct packer;

/* level 1..12 for pages; layers, images, maps and fonts are made once and take level 6. */
CHECKED enum status packer_new(uint32_t level, struct packer **out, struct error *error);
void packer_free(struct packer *packer); /* NULL is allowed */

enum pack { PACK_PAGE, PACK_ONCE };

/* Adds the zlib stream of bytes behind what stands in out. */
CHECKED enum status packer_add(struct packer *packer, enum pack pack, const void *bytes,
                               size_t size, struct ink *out, struct error *error);

void packer_measure(struct packer *packer, bool on);
uint64_t packer_us(const struct packer *packer); /* CPU of this thread in deflate while measuring */

#endif
