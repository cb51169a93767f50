/* base/cms.h -- sealed files: CMS (RFC 5652) by libcrypto, DER or BER, as `openssl cms` reads and writes them.
 * Seals  : AuthEnvelopedData (RFC 5083) with AES-256-GCM for one or more recipients; signed inside (SignedData within
 *          the envelope: nobody but a recipient sees who signed). Streamed: memory does not grow with the file.
 * Opens  : AuthEnvelopedData and EnvelopedData, with SignedData inside or without. The whole sealed file and one
 *          copy of its content lie in memory.
 * Clock  : a certificate is expired when the machine's clock says so (libcrypto asks it); nothing else does.
 * Refuses: STOP 972x: no PEM, expired, wrong key, changed bytes, unsigned, signed by somebody else.
 * The one place where bytes are random: two sealings of one file differ.
 */
#ifndef BASE_CMS_H
#define BASE_CMS_H

#include "base/error.h"
#include "base/sink.h"
#include "base/text.h"

#define CMS_RECIPIENTS 16

struct cms_order { /* texts of PEM files, with their paths for messages */
    struct text recipient[CMS_RECIPIENTS];
    const char *recipient_path[CMS_RECIPIENTS];
    uint32_t recipient_count; /* at least 1 */
    struct text sign_key, sign_cert; /* both empty: unsigned */
    const char *sign_key_path, *sign_cert_path;
};

struct cms_seal; /* a sealed file being written */

/* out is copied, its context borrowed until cms_seal_close. */
CHECKED enum status cms_seal_open(const struct cms_order *order, const struct sink *out, struct cms_seal **seal,
                                  struct error *error);
struct sink cms_seal_sink(struct cms_seal *seal); /* takes the content */
/* Finishes and frees, also when it fails. */
CHECKED enum status cms_seal_close(struct cms_seal *seal, struct error *error);
void cms_seal_drop(struct cms_seal *seal); /* frees without finishing; NULL is allowed */

struct cms_keys {
    struct text key, cert, signer; /* PEM; cert and signer may be empty */
    const char *key_path, *cert_path, *signer_path;
};

/* True for the first bytes of a DER or BER file that may be CMS: no CSV begins so. */
bool cms_looks_sealed(const void *bytes, size_t size);

/* The content goes to out only when all of it is proved: key, tag, signature. */
CHECKED enum status cms_unseal(const void *bytes, size_t size, const struct cms_keys *keys, const struct sink *out,
                               struct error *error);

#endif
