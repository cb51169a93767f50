/* HMAC-SHA256 against RFC 4231, and however the bytes are cut into pieces. */
#include "base/hmac.h"

#include "unit/check.h"

/* RFC 4231, test cases 1 to 3: a key shorter than a block is the same with zeros behind it, so keys of at most 32
 * bytes can be tried here. */
static void known(void **state)
{
    static const struct {
        int row;
        uint8_t key[HMAC_KEY_BYTES];
        const char *in;
        size_t size;
        const char *want;
    } rows[] = {
        {1,
         {11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11},
         "Hi There", 8, "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
        {2, {'J', 'e', 'f', 'e'}, "what do ya want for nothing?", 28,
         "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
        {3,
         {0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa,
          0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa},
         "\xdd\xdd\xdd\xdd\xdd\xdd\xdd\xdd\xdd\xdd\xdd\xdd\xdd\xdd\xdd\xdd\xdd\xdd\xdd\xdd\xdd\xdd\xdd\xdd\xdd"
         "\xdd\xdd\xdd\xdd\xdd\xdd\xdd\xdd\xdd\xdd\xdd\xdd\xdd\xdd\xdd\xdd\xdd\xdd\xdd\xdd\xdd\xdd\xdd\xdd\xdd",
         50, "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct hmac *hmac;
        struct error error = {0};
        struct digest digest;
        char hex[65];
        assert_int_equal(hmac_new(rows[i].key, &hmac, &error), OK);
        for (int again = 0; again < 2; again++) { /* a second message under the same key */
            hmac_start(hmac);
            hmac_add(hmac, rows[i].in, rows[i].size);
            row_check(rows[i].row, hmac_end(hmac, &digest, &error) == OK);
            digest_hex(&digest, hex);
            row_check(rows[i].row, strcmp(hex, rows[i].want) == 0);
        }
        hmac_free(hmac);
    }
    check_rows();
}

/* Pieces of all sizes around the stage's end. */
static void pieces(void **state)
{
    static const size_t sizes[] = {1, 7, 2047, 2048, 2049, 5000, 9999};
    static char bytes[10000];
    const uint8_t key[HMAC_KEY_BYTES] = {1, 2, 3};
    struct hmac *hmac;
    struct error error = {0};
    struct digest whole, cut;

    (void)state;
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(i * 31);
    assert_int_equal(hmac_new(key, &hmac, &error), OK);
    hmac_start(hmac);
    hmac_add(hmac, bytes, sizeof bytes);
    assert_int_equal(hmac_end(hmac, &whole, &error), OK);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        hmac_start(hmac);
        for (size_t at = 0; at < sizeof bytes; at += sizes[i])
            hmac_add(hmac, bytes + at, sizeof bytes - at < sizes[i] ? sizeof bytes - at : sizes[i]);
        row_check(i, hmac_end(hmac, &cut, &error) == OK);
        row_check(i, memcmp(cut.bytes, whole.bytes, sizeof cut.bytes) == 0);
    }
    row_check(20, hmac_end(hmac, &cut, &error) == STOP); /* not started */
    row_check(21, error.message == MSG_CRYPTO_FAILED);
    hmac_free(hmac);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(known), cmocka_unit_test(pieces)};
    return check_run(tests);
}
