#include "base/digest.h"

#include "base/memory.h"

#include <openssl/evp.h>
#include <xxhash.h>

#define STAGE_BYTES 512u /* small adds are gathered: a libcrypto call costs more than hashing */

struct digester {
    EVP_MD *method; /* fetched once: a fetch takes locks */
    EVP_MD_CTX *context;
    bool failed;
    size_t staged;
    uint8_t stage[STAGE_BYTES];
};

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
    EVP_MD_free(digester->method);
    memory_free(digester, sizeof *digester);
}

void digest_start(struct digester *digester)
{
    digester->staged = 0;
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

enum status digest_end(struct digester *digester, struct digest *out, struct error *error)
{
    flush_stage(digester);
    memory_wipe(digester->stage, sizeof digester->stage);
    unsigned length = 0;
    if (!digester->failed && EVP_DigestFinal_ex(digester->context, out->bytes, &length) != 1)
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
