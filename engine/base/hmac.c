#include "base/hmac.h"

#include "base/memory.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>

#define STAGE_BYTES                                                                                \
    2048u /* a row of a member file, as a rule: a libcrypto call costs more than hashing */

struct hmac {
    EVP_MAC *method;
    EVP_MAC_CTX *context;
    bool failed;
    size_t staged;
    uint8_t stage[STAGE_BYTES];
};

static bool set_key(struct hmac *hmac, const uint8_t key[HMAC_KEY_BYTES])
{
    char name[] = "SHA256";
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name, sizeof name - 1),
        OSSL_PARAM_construct_end()};
    return EVP_MAC_init(hmac->context, key, HMAC_KEY_BYTES, parameters) == 1;
}

enum status hmac_new(const uint8_t key[HMAC_KEY_BYTES], struct hmac **out, struct error *error)
{
    struct hmac *hmac = memory_new(sizeof *hmac);

    *out = NULL;
    if (!hmac)
        return error_set(error, MSG_NO_MEMORY);
    hmac->method = EVP_MAC_fetch(NULL, "HMAC", NULL);
    hmac->context = hmac->method ? EVP_MAC_CTX_new(hmac->method) : NULL;
    if (!hmac->context || !set_key(hmac, key)) {
        hmac_free(hmac);
        return error_set(error, MSG_CRYPTO_FAILED);
    }
    hmac->failed = true; /* until hmac_start */
    *out = hmac;
    return OK;
}

void hmac_free(struct hmac *hmac)
{
    if (!hmac)
        return;
    EVP_MAC_CTX_free(hmac->context);
    EVP_MAC_free(hmac->method);
    memory_free(hmac, sizeof *hmac);
}

/* No key given: libcrypto starts again with the one that it has. */
void hmac_start(struct hmac *hmac)
{
    hmac->staged = 0;
    hmac->failed = EVP_MAC_init(hmac->context, NULL, 0, NULL) != 1;
}

static void update(struct hmac *hmac, const void *bytes, size_t size)
{
    if (!hmac->failed && size && EVP_MAC_update(hmac->context, bytes, size) != 1)
        hmac->failed = true;
}

void hmac_add(struct hmac *hmac, const void *bytes, size_t size)
{
    if (size == 0)
        return;
    if (size > STAGE_BYTES - hmac->staged) {
        update(hmac, hmac->stage, hmac->staged);
        hmac->staged = 0;
    }
    if (size > STAGE_BYTES) {
        update(hmac, bytes, size);
        return;
    }
    memcpy(hmac->stage + hmac->staged, bytes, size);
    hmac->staged += size;
}

void hmac_add_u64(struct hmac *hmac, uint64_t value)
{
    uint8_t bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (uint8_t)(value >> 8 * i);
    hmac_add(hmac, bytes, sizeof bytes);
}

void hmac_add_text(struct hmac *hmac, struct text text)
{
    uint8_t bytes[4];
    for (int i = 0; i < 4; i++)
        bytes[i] = (uint8_t)(text.length >> 8 * i);
    hmac_add(hmac, bytes, sizeof bytes);
    hmac_add(hmac, text.bytes, text.length);
}

enum status hmac_end(struct hmac *hmac, struct digest *out, struct error *error)
{
    size_t length = 0;

    update(hmac, hmac->stage, hmac->staged);
    memory_wipe(hmac->stage, hmac->staged);
    hmac->staged = 0;
    if (!hmac->failed && EVP_MAC_final(hmac->context, out->bytes, &length, sizeof out->bytes) != 1)
        hmac->failed = true;
    bool good = !hmac->failed && length == sizeof out->bytes;
    hmac->failed = true; /* the next one wants its own start */
    if (good)
        return OK;
    *out = (struct digest){{0}};
    return error_set(error, MSG_CRYPTO_FAILED);
}
