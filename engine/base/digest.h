/* base/digest.h -- SHA-256 (FIPS 180-4, libcrypto), plain or keyed, and a fast 64-bit hash (XXH3) that is never
 * printed. */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/status.h"
#include "base/text.h"

struct digest {
    uint8_t bytes[32];
};

/* Once, before anything else here: libcrypto takes what it needs. Its first fetch crashes or waits for ever when memory
 * runs out in the middle of it, so an allocation that fails until this returns calls `ended`, which must not return.
 * Nothing breaks without this call. STOP 1008. */
CHECKED enum status digest_library_start(void (*ended)(void), struct error *error);

struct digester; /* owns a libcrypto context; one a thread */

CHECKED enum status digester_new(struct digester **out, struct error *error);
void digester_free(struct digester *digester); /* NULL is allowed */

/* From now on HMAC-SHA256 under this key (RFC 2104); the key stays, wiped by digester_free. STOP 1008. */
#define DIGEST_KEY_BYTES 32
CHECKED enum status digester_key(struct digester *digester, const uint8_t key[DIGEST_KEY_BYTES], struct error *error);

/* start, add ..., end. Failures stick and come out of digest_end as STOP 1008. */
void digest_start(struct digester *digester);
void digest_add(struct digester *digester, const void *bytes, size_t size);
void digest_add_u32(struct digester *digester, uint32_t value);  /* little-endian */
void digest_add_u64(struct digester *digester, uint64_t value);  /* little-endian */
void digest_add_text(struct digester *digester, struct text text); /* length as u32, then bytes */
CHECKED enum status digest_end(struct digester *digester, struct digest *out, struct error *error);

/* All in one. */
CHECKED enum status digest_of(const void *bytes, size_t size, struct digest *out, struct error *error);

/* 64 lower-case hex digits and a NUL. */
void digest_hex(const struct digest *digest, char out[65]);

/* Bytes that nobody can foretell, for keys (libcrypto's generator). STOP 1008. */
CHECKED enum status digest_random(void *bytes, size_t size, struct error *error);

/* For indexes in memory only; must not reach any output. */
uint64_t hash64(const void *bytes, size_t size);

#endif
