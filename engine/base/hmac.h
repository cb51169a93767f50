/* base/hmac.h -- HMAC-SHA256 (RFC 2104, libcrypto) over what is added piece by piece.
 * Owns: its key, wiped when it is freed. One a thread.
 */
#ifndef BASE_HMAC_H
#define BASE_HMAC_H

#include "base/digest.h"

#define HMAC_KEY_BYTES 32

struct hmac;

CHECKED enum status hmac_new(const uint8_t key[HMAC_KEY_BYTES], struct hmac **out, struct error *error);
void hmac_free(struct hmac *hmac); /* NULL is allowed */

/* start, add ..., end. Failures stick and come out of hmac_end as STOP 1008. */
void hmac_start(struct hmac *hmac);
void hmac_add(struct hmac *hmac, const void *bytes, size_t size);
void hmac_add_u64(struct hmac *hmac, uint64_t value);      /* little-endian */
void hmac_add_text(struct hmac *hmac, struct text text);   /* length as u32, then bytes */
CHECKED enum status hmac_end(struct hmac *hmac, struct digest *out, struct error *error);

#endif
