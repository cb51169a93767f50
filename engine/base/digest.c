#include "base/digest.h"

#include "base/memory.h"
#include "base/os.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <xxhash.h>

#define STAGE_BYTES 512u /* small adds are gathered: a libcrypto call costs more than hashing */

struct digester {
    EVP_MD *method; /* fetched once: a fetch takes locks */
    EVP_MD_CTX *context;
    EVP_MD_CTX *inner, *outer; /* with the key in them, ready to be copied; NULL: not keyed */
    bool failed;
    size_t staged;
    uint8_t stage[STAGE_BYTES];
};

/* -- starting -- */

static void *take_again(void *pointer, size_t size, const char *file, int line)
{
    void *taken = memory_library(pointer, size);
    (void)file;
    (void)line;
    if (!taken && size)
        os_no_memory();
    return taken;
}

static void *take(size_t size, const char *file, int line)
{
    return size ? take_again(NULL, size, file, line) : NULL;
}

static void give_back(void *pointer, const char *file, int line)
{
    (void)!take_again(pointer, 0, file, line);
}

enum status digest_library_start(void (*ended)(void), struct error *error)
{
    struct digest digest;
    if (CRYPTO_set_mem_functions(take, take_again, give_back) != 1)
        return error_set(error, MSG_CRYPTO_FAILED); /* it has begun already */
    os_no_memory_set(ended);
    enum status status = digest_of("", 0, &digest, error);
    os_no_memory_set(NULL);
    return status;
}

enum status digester_new(struct digester **out, struct error *error)
{
    *out = NULL;
    struct digester *digester = memory_new(sizeof *digester);
    if (!digester)
        return error_set(error, MSG_NO_MEMORY);
    digester->method = EVP_MD_fetch(NULL, "SHA256", NULL);
    digester->context = EVP_MD_CTX_new();
    if (!digester->method || !digester->context) {
        digester_free(digester);
        return error_set(error, MSG_CRYPTO_FAILED);
    }
    digester->failed = true; /* until digest_start */
    *out = digester;
    return OK;
}

void digester_free(struct digester *digester)
{
    if (!digester)
        return;
    EVP_MD_CTX_free(digester->context);
    EVP_MD_CTX_free(digester->inner); /* libcrypto cleanses what it held */
    EVP_MD_CTX_free(digester->outer);
    EVP_MD_free(digester->method);
    memory_free(digester, sizeof *digester);
}

/* A block of the key, each byte turned by `pad`, is what both hashes of an HMAC begin with (RFC 2104 section 2). */
#define BLOCK_BYTES 64

static EVP_MD_CTX *padded(const struct digester *digester, const uint8_t key[DIGEST_KEY_BYTES],
                          uint8_t pad)
{
    uint8_t block[BLOCK_BYTES];
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    for (size_t i = 0; i < sizeof block; i++)
        block[i] = (uint8_t)(pad ^ (i < DIGEST_KEY_BYTES ? key[i] : 0));
    if (context && (EVP_DigestInit_ex2(context, digester->method, NULL) != 1 ||
                    EVP_DigestUpdate(context, block, sizeof block) != 1)) {
        EVP_MD_CTX_free(context);
        context = NULL;
    }
    memory_wipe(block, sizeof block);
    return context;
}

enum status digester_key(struct digester *digester, const uint8_t key[DIGEST_KEY_BYTES],
                         struct error *error)
{
    EVP_MD_CTX_free(digester->inner);
    EVP_MD_CTX_free(digester->outer);
    digester->inner = padded(digester, key, 0x36);
    digester->outer = padded(digester, key, 0x5C);
    digester->failed = true; /* until digest_start */
    return digester->inner && digester->outer ? OK : error_set(error, MSG_CRYPTO_FAILED);
}

void digest_start(struct digester *digester)
{
    digester->staged = 0;
    if (digester->outer)
        digester->failed = EVP_MD_CTX_copy_ex(digester->context, digester->inner) != 1;
    else
        digester->failed = EVP_DigestInit_ex2(digester->context, digester->method, NULL) != 1;
}

static void update(struct digester *digester, const void *bytes, size_t size)
{
    if (!digester->failed && EVP_DigestUpdate(digester->context, bytes, size) != 1)
        digester->failed = true;
}

static void flush_stage(struct digester *digester)
{
    if (digester->staged)
        update(digester, digester->stage, digester->staged);
    digester->staged = 0;
}

void digest_add(struct digester *digester, const void *bytes, size_t size)
{
    if (size == 0)
        return;
    if (size > STAGE_BYTES - digester->staged)
        flush_stage(digester);
    if (size > STAGE_BYTES) {
        update(digester, bytes, size);
        return;
    }
    memcpy(digester->stage + digester->staged, bytes, size);
    digester->staged += size;
}

void digest_add_u32(struct digester *digester, uint32_t value)
{
    uint8_t bytes[4];
    for (int i = 0; i < 4; i++)
        bytes[i] = (uint8_t)(value >> 8 * i);
    digest_add(digester, bytes, sizeof bytes);
}

void digest_add_u64(struct digester *digester, uint64_t value)
{
    uint8_t bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (uint8_t)(value >> 8 * i);
    digest_add(digester, bytes, sizeof bytes);
}

void digest_add_text(struct digester *digester, struct text text)
{
    digest_add_u32(digester, text.length);
    digest_add(digester, text.bytes, text.length);
}

/* The outer hash, over the inner one. */
static bool end_keyed(struct digester *digester, struct digest *out)
{
    unsigned length = 0;
    return EVP_MD_CTX_copy_ex(digester->context, digester->outer) == 1 &&
           EVP_DigestUpdate(digester->context, out->bytes, sizeof out->bytes) == 1 &&
           EVP_DigestFinal_ex(digester->context, out->bytes, &length) == 1;
}

enum status digest_end(struct digester *digester, struct digest *out, struct error *error)
{
    flush_stage(digester);
    memory_wipe(digester->stage, sizeof digester->stage);
    unsigned length = 0;
    if (!digester->failed && EVP_DigestFinal_ex(digester->context, out->bytes, &length) != 1)
        digester->failed = true;
    if (!digester->failed && digester->outer && !end_keyed(digester, out))
        digester->failed = true;
    bool good = !digester->failed && length == sizeof out->bytes;
    digester->failed = true; /* the next digest wants its own start */
    if (good)
        return OK;
    *out = (struct digest){{0}};
    return error_set(error, MSG_CRYPTO_FAILED);
}

enum status digest_of(const void *bytes, size_t size, struct digest *out, struct error *error)
{
    struct digester *digester;
    enum status status = digester_new(&digester, error);
    if (status != OK)
        return status;
    digest_start(digester);
    digest_add(digester, bytes, size);
    status = digest_end(digester, out, error);
    digester_free(digester);
    return status;
}

enum status digest_random(void *bytes, size_t size, struct error *error)
{
    return RAND_bytes(bytes, (int)size) == 1 ? OK : error_set(error, MSG_CRYPTO_FAILED);
}

void digest_hex(const struct digest *digest, char out[65])
{
    static const char hex[] = "0123456789abcdef";
    for (size_t i = 0; i < sizeof digest->bytes; i++) {
        out[2 * i] = hex[digest->bytes[i] >> 4];
        out[2 * i + 1] = hex[digest->bytes[i] & 15];
    }
    out[64] = '\0';
}

uint64_t hash64(const void *bytes, size_t size)
{
    return XXH3_64bits(bytes, size);
}
