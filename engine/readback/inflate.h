/* readback/inflate.h -- the bytes of a /FlateDecode stream (RFC 1950). Only inflate.c knows libdeflate. */
#ifndef READBACK_INFLATE_H
#define READBACK_INFLATE_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct inflater; /* keeps its buffer from one stream to the next */

CHECKED enum status inflater_new(struct inflater **out, struct error *error);
void inflater_free(struct inflater *inflater); /* NULL is allowed; wipes */

/* *out is borrowed until the next call. Refuses: STOP READBACK_DAMAGED: not such a stream, or bytes behind it;
 * READBACK_LIMIT: more than INFLATE_MOST; memory. */
#define INFLATE_MOST (64u << 20)
CHECKED enum status inflate_stream(struct inflater *inflater, const uint8_t *bytes, size_t size,
                                   const uint8_t **out, size_t *length, struct error *error);

#endif
