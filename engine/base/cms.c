#include "base/cms.h"

#include "base/memory.h"

#include <limits.h>

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

static enum status refuse(struct error *error, enum message message, const char *path)
{
    ERR_clear_error();
    return error_at(error, message, path ? path : "", 0, TEXT(""));
}

/* -- keys and certificates -- */

/* No passphrase is asked for: a run has nobody to ask. */
static int no_passphrase(char *buffer, int size, int writing, void *context)
{
    (void)buffer, (void)size, (void)writing, (void)context;
    return -1;
}

static BIO *text_bio(struct text text)
{
    return text.length <= INT_MAX ? BIO_new_mem_buf(text.bytes ? text.bytes : "", (int)text.length)
                                  : NULL;
}

static enum status read_cert(struct text pem, const char *path, bool check_time, X509 **out,
                             struct error *error)
{
    BIO *bio = text_bio(pem);

    *out = bio ? PEM_read_bio_X509(bio, NULL, no_passphrase, NULL) : NULL;
    BIO_free(bio);
    if (!*out)
        return refuse(error, MSG_CMS_PEM, path);
    if (!check_time || (X509_cmp_current_time(X509_get0_notBefore(*out)) < 0 &&
                        X509_cmp_current_time(X509_get0_notAfter(*out)) > 0))
        return OK;
    X509_free(*out);
    *out = NULL;
    return refuse(error, MSG_CMS_EXPIRED, path);
}

static enum status read_key(struct text pem, const char *path, EVP_PKEY **out, struct error *error)
{
    BIO *bio = text_bio(pem);

    *out = bio ? PEM_read_bio_PrivateKey(bio, NULL, no_passphrase, NULL) : NULL;
    BIO_free(bio);
    return *out ? OK : refuse(error, MSG_CMS_PEM, path);
}

/* -- a BIO that writes to a sink -- */

struct outlet {
    struct sink sink;
    struct error error;
    bool failed;
};

static int outlet_write(BIO *bio, const char *bytes, int size)
{
    struct outlet *outlet = BIO_get_data(bio);

    if (size <= 0)
        return 0;
    if (!outlet->failed && sink_write(&outlet->sink, bytes, (size_t)size, &outlet->error) != OK)
        outlet->failed = true;
    return outlet->failed ? -1 : size;
}

static long outlet_control(BIO *bio, int command, long number, void *pointer)
{
    (void)bio, (void)number, (void)pointer;
    return command == BIO_CTRL_FLUSH;
}

static BIO_METHOD *outlet_method(void)
{
    BIO_METHOD *method = BIO_meth_new(BIO_TYPE_SOURCE_SINK, "outlet");

    if (method && BIO_meth_set_write(method, outlet_write) == 1 &&
        BIO_meth_set_ctrl(method, outlet_control) == 1)
        return method;
    BIO_meth_free(method);
    return NULL;
}

static BIO *outlet_bio(BIO_METHOD *method, struct outlet *outlet)
{
    BIO *bio = BIO_new(method);

    if (bio) {
        BIO_set_data(bio, outlet);
        BIO_set_init(bio, 1);
    }
    return bio;
}

/* -- sealing: content -> signed chain -> enveloped chain -> sink -- */

struct cms_seal {
    struct outlet outlet;
    BIO_METHOD *method;
    BIO *out, *envelope_chain, *signed_chain; /* chains end in the one before */
    CMS_ContentInfo *envelope, *signature;
    STACK_OF(X509) * recipients;
    X509 *sign_cert;
    EVP_PKEY *sign_key;
};

/* Frees the filters of a chain down to the BIO that it was built on. */
static void free_chain(BIO *chain, const BIO *end)
{
    while (chain && chain != end) {
        BIO *next = BIO_pop(chain);
        BIO_free(chain);
        chain = next;
    }
}

void cms_seal_drop(struct cms_seal *seal)
{
    if (!seal)
        return;
    free_chain(seal->signed_chain, seal->envelope_chain);
    free_chain(seal->envelope_chain, seal->out);
    BIO_free(seal->out);
    CMS_ContentInfo_free(seal->signature);
    CMS_ContentInfo_free(seal->envelope);
    sk_X509_pop_free(seal->recipients, X509_free);
    X509_free(seal->sign_cert);
    EVP_PKEY_free(seal->sign_key);
    BIO_meth_free(seal->method);
    memory_free(seal, sizeof *seal);
}

static enum status read_recipients(struct cms_seal *seal, const struct cms_order *order,
                                   struct error *error)
{
    seal->recipients = sk_X509_new_null();
    if (!seal->recipients)
        return refuse(error, MSG_NO_MEMORY, NULL);
    for (uint32_t i = 0; i < order->recipient_count; i++) {
        X509 *cert;
        if (read_cert(order->recipient[i], order->recipient_path[i], true, &cert, error) != OK)
            return STOP;
        if (sk_X509_push(seal->recipients, cert) <= 0) {
            X509_free(cert);
            return refuse(error, MSG_NO_MEMORY, NULL);
        }
    }
    return OK;
}

static enum status open_envelope(struct cms_seal *seal, struct error *error)
{
    seal->envelope =
        CMS_encrypt(seal->recipients, NULL, EVP_aes_256_gcm(), CMS_BINARY | CMS_STREAM);
    if (!seal->envelope) /* a certificate whose key cannot receive (RSA, EC) */
        return refuse(error, MSG_CMS_PEM, NULL);
    seal->envelope_chain = BIO_new_CMS(seal->out, seal->envelope);
    return seal->envelope_chain ? OK : refuse(error, MSG_CMS_FAILED, NULL);
}

static enum status open_signature(struct cms_seal *seal, const struct cms_order *order,
                                  struct error *error)
{
    if (order->sign_key.length == 0)
        return OK;
    if (read_cert(order->sign_cert, order->sign_cert_path, true, &seal->sign_cert, error) != OK ||
        read_key(order->sign_key, order->sign_key_path, &seal->sign_key, error) != OK)
        return STOP;
    if (X509_check_private_key(seal->sign_cert, seal->sign_key) != 1)
        return refuse(error, MSG_CMS_KEY_PAIR, order->sign_key_path);
    seal->signature = CMS_sign(seal->sign_cert, seal->sign_key, NULL, NULL,
                               CMS_BINARY | CMS_STREAM | CMS_NOSMIMECAP);
    if (!seal->signature)
        return refuse(error, MSG_CMS_FAILED, order->sign_key_path);
    seal->signed_chain = BIO_new_CMS(seal->envelope_chain, seal->signature);
    return seal->signed_chain ? OK : refuse(error, MSG_CMS_FAILED, NULL);
}

enum status cms_seal_open(const struct cms_order *order, const struct sink *out,
                          struct cms_seal **result, struct error *error)
{
    struct cms_seal *seal = memory_new(sizeof *seal);

    *result = NULL;
    if (!seal)
        return error_set(error, MSG_NO_MEMORY);
    seal->outlet.sink = *out;
    seal->method = outlet_method();
    seal->out = seal->method ? outlet_bio(seal->method, &seal->outlet) : NULL;
    enum status status = seal->out ? OK : refuse(error, MSG_NO_MEMORY, NULL);
    if (status == OK)
        status = read_recipients(seal, order, error);
    if (status == OK)
        status = open_envelope(seal, error);
    if (status == OK)
        status = open_signature(seal, order, error);
    if (status == OK)
        *result = seal;
    else
        cms_seal_drop(seal);
    return status;
}

static enum status seal_write(void *context, const void *bytes, size_t size, struct error *error)
{
    struct cms_seal *seal = context;
    BIO *top = seal->signed_chain ? seal->signed_chain : seal->envelope_chain;
    const char *at = bytes;

    while (size) {
        int piece = size > INT_MAX / 2 ? INT_MAX / 2 : (int)size;
        int taken = BIO_write(top, at, piece);
        if (taken <= 0 && seal->outlet.failed) {
            *error = seal->outlet.error;
            return STOP;
        }
        if (taken <= 0)
            return refuse(error, MSG_CMS_FAILED, NULL);
        at += taken;
        size -= (size_t)taken;
    }
    return OK;
}

struct sink cms_seal_sink(struct cms_seal *seal)
{
    return (struct sink){seal_write, seal};
}

enum status cms_seal_close(struct cms_seal *seal, struct error *error)
{
    bool good = !seal->signed_chain || BIO_flush(seal->signed_chain) == 1;
    good = BIO_flush(seal->envelope_chain) == 1 && good && !seal->outlet.failed;
    enum status status = OK;

    if (seal->outlet.failed) {
        *error = seal->outlet.error;
        status = STOP;
    } else if (!good) {
        status = refuse(error, MSG_CMS_FAILED, NULL);
    }
    cms_seal_drop(seal);
    return status;
}

/* -- opening -- */

/* SEQUENCE with a length of several bytes or an indefinite one (X.690), and the OBJECT IDENTIFIER of a content type:
 * 1.2.840.113549.1.x. */
bool cms_looks_sealed(const void *bytes, size_t size)
{
    static const uint8_t pkcs[] = {0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01};
    const uint8_t *at = bytes;

    if (size < 32 || at[0] != 0x30 || at[1] < 0x80 || at[1] > 0x88)
        return false;
    at += 2 + (at[1] & 0x7F);
    return at[0] == 0x06 && memcmp(at + 2, pkcs, sizeof pkcs) == 0;
}

struct opened {
    X509 *cert, *signer;
    EVP_PKEY *key;
    CMS_ContentInfo *envelope, *signature;
    BIO *content;  /* what the envelope holds */
    BIO *verified; /* what was signed */
};

static void opened_free(struct opened *opened)
{
    X509_free(opened->cert);
    X509_free(opened->signer);
    EVP_PKEY_free(opened->key);
    CMS_ContentInfo_free(opened->envelope);
    CMS_ContentInfo_free(opened->signature);
    BIO_free(opened->content);
    BIO_free(opened->verified);
    ERR_clear_error();
}

static enum status read_keys(const struct cms_keys *keys, struct opened *opened,
                             struct error *error)
{
    enum status status = read_key(keys->key, keys->key_path, &opened->key, error);

    if (status == OK && keys->cert.length)
        status = read_cert(keys->cert, keys->cert_path, false, &opened->cert, error);
    if (status == OK && opened->cert && X509_check_private_key(opened->cert, opened->key) != 1)
        status = refuse(error, MSG_CMS_KEY_PAIR, keys->key_path);
    if (status == OK && keys->signer.length)
        status = read_cert(keys->signer, keys->signer_path, true, &opened->signer, error);
    return status;
}

static CMS_ContentInfo *read_cms(const void *bytes, size_t size)
{
    const unsigned char *at = bytes;
    CMS_ContentInfo *cms = size <= LONG_MAX ? d2i_CMS_ContentInfo(NULL, &at, (long)size) : NULL;

    if (cms && at != (const unsigned char *)bytes + size) { /* something stands behind it */
        CMS_ContentInfo_free(cms);
        cms = NULL;
    }
    return cms;
}

/* Bytes are wiped when the BIO is freed. */
static BIO *secret_bio(void)
{
    return BIO_new(BIO_s_secmem());
}

static bool is_type(CMS_ContentInfo *cms, int first, int second)
{
    int type = OBJ_obj2nid(CMS_get0_type(cms));

    return type == first || type == second;
}

/* Among the recipients by key transport (RSA) or key agreement (EC)? libcrypto refuses others without a reason. */
static bool is_recipient(CMS_ContentInfo *cms, X509 *cert)
{
    STACK_OF(CMS_RecipientInfo) *list = CMS_get0_RecipientInfos(cms);
    for (int i = 0; i < sk_CMS_RecipientInfo_num(list); i++) {
        CMS_RecipientInfo *one = sk_CMS_RecipientInfo_value(list, i);
        int type = CMS_RecipientInfo_type(one);
        if (type == CMS_RECIPINFO_TRANS && CMS_RecipientInfo_ktri_cert_cmp(one, cert) == 0)
            return true;
        if (type != CMS_RECIPINFO_AGREE)
            continue;
        STACK_OF(CMS_RecipientEncryptedKey) *keys = CMS_RecipientInfo_kari_get0_reks(one);
        for (int k = 0; k < sk_CMS_RecipientEncryptedKey_num(keys); k++)
            if (CMS_RecipientEncryptedKey_cert_cmp(sk_CMS_RecipientEncryptedKey_value(keys, k),
                                                   cert) == 0)
                return true;
    }
    return false;
}

static enum status decrypt(const void *bytes, size_t size, struct opened *opened,
                           struct error *error)
{
    opened->envelope = read_cms(bytes, size);
    if (!opened->envelope ||
        !is_type(opened->envelope, NID_pkcs7_enveloped, NID_id_smime_ct_authEnvelopedData))
        return refuse(error, MSG_CMS_SHAPE, NULL);
    opened->content = secret_bio();
    if (!opened->content)
        return refuse(error, MSG_NO_MEMORY, NULL);
    if (opened->cert && !is_recipient(opened->envelope, opened->cert))
        return refuse(error, MSG_CMS_NOT_FOR_US, NULL);
    if (CMS_decrypt(opened->envelope, opened->key, opened->cert, NULL, opened->content, 0) == 1)
        return OK;
    return refuse(error, MSG_CMS_CHANGED, NULL);
}

static size_t bio_bytes(BIO *bio, const void **bytes)
{
    char *at = NULL;
    long size = BIO_get_mem_data(bio, &at);

    *bytes = at;
    return size > 0 ? (size_t)size : 0;
}

/* The one certificate that the job names is all the trust there is: no chain, no certificate of the file's own. */
static enum status verify(const struct cms_keys *keys, struct opened *opened, struct error *error)
{
    STACK_OF(X509) *certs = sk_X509_new_null();
    int good = 0;

    opened->verified = secret_bio();
    if (certs && opened->verified && sk_X509_push(certs, opened->signer) > 0)
        good = CMS_verify(opened->signature, certs, NULL, NULL, opened->verified,
                          CMS_BINARY | CMS_NOINTERN | CMS_NO_SIGNER_CERT_VERIFY);
    sk_X509_free(certs);
    return good == 1 ? OK : refuse(error, MSG_CMS_SIGNER, keys->signer_path);
}

static enum status find_signature(const struct cms_keys *keys, struct opened *opened,
                                  struct error *error)
{
    const void *bytes;
    size_t size = bio_bytes(opened->content, &bytes);

    if (cms_looks_sealed(bytes, size))
        opened->signature = read_cms(bytes, size);
    if (opened->signature && !is_type(opened->signature, NID_pkcs7_signed, NID_pkcs7_signed))
        return refuse(error, MSG_CMS_SHAPE, NULL);
    if (!opened->signature)
        return opened->signer ? refuse(error, MSG_CMS_UNSIGNED, NULL) : OK;
    if (!opened->signer)
        return refuse(error, MSG_CMS_SIGNER_UNNAMED, NULL);
    return verify(keys, opened, error);
}

static enum status hand_over(struct opened *opened, const struct sink *out, struct error *error)
{
    const void *bytes;
    size_t size = bio_bytes(opened->verified ? opened->verified : opened->content, &bytes);

    return size ? sink_write(out, bytes, size, error) : OK;
}

enum status cms_unseal(const void *bytes, size_t size, const struct cms_keys *keys,
                       const struct sink *out, struct error *error)
{
    struct opened opened = {0};
    enum status status = read_keys(keys, &opened, error);

    if (status == OK)
        status = decrypt(bytes, size, &opened, error);
    if (status == OK)
        status = find_signature(keys, &opened, error);
    if (status == OK)
        status = hand_over(&opened, out, error);
    opened_free(&opened);
    return status;
}
