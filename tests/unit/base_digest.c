#include "unit/check.h"

#include "base/digest.h"

#include <stdbool.h>

/* FIPS 180-4 examples published by NIST: "abc", two blocks, a million a; and the empty message. */
static void known(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *in, *want;
    } rows[] = {
        {1, "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {2, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {3, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    };
    struct error error;
    struct digest digest;
    char hex[65];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        row_check(rows[i].row, digest_of(rows[i].in, strlen(rows[i].in), &digest, &error) == OK);
        digest_hex(&digest, hex);
        row_check(rows[i].row, strcmp(hex, rows[i].want) == 0);
    }
    check_rows();
}

/* However the bytes are cut into adds, the digest is that of the whole. */
static void pieces(void **state)
{
    (void)state;
    struct digester *digester;
    struct error error;
    struct digest digest;
    static char bytes[1000000];
    char hex[65];
    memset(bytes, 'a', sizeof bytes);
    row_check(1, digester_new(&digester, &error) == OK);
    for (size_t step = 1; step < 3000; step = step * 2 + 1) {
        digest_start(digester);
        for (size_t at = 0; at < sizeof bytes; at += step)
            digest_add(digester, bytes + at, at + step < sizeof bytes ? step : sizeof bytes - at);
        row_check((int)step, digest_end(digester, &digest, &error) == OK);
        digest_hex(&digest, hex);
        row_check((int)step, strcmp(hex, "cdc76e5c9914fb9281a1c7e284d73e67"
                                         "f1809a48a497200e046d39ccc7112cd0") == 0);
    }
    digester_free(digester);
    check_rows();
}

static void numbers(void **state)
{
    (void)state;
    struct digester *digester;
    struct error error;
    struct digest got, want;
    static const uint8_t bytes[] =
        "\x04\x03\x02\x01\x08\x07\x06\x05\x04\x03\x02\x01\x03\0\0\0abc\0\0\0";
    row_check(1, digester_new(&digester, &error) == OK);
    digest_start(digester);
    digest_add_u32(digester, 0x01020304);
    digest_add_u64(digester, UINT64_C(0x0102030405060708));
    digest_add_text(digester, TEXT("abc"));
    digest_add_text(digester, (struct text){NULL, 0});
    row_check(2, digest_end(digester, &got, &error) == OK);
    row_check(3, digest_of(bytes, sizeof bytes, &want, &error) == OK);
    row_check(4, memcmp(&got, &want, sizeof got) == 0);
    digester_free(digester);
    digester_free(NULL);
    check_rows();
}

static void misuse(void **state)
{
    (void)state;
    struct digester *digester;
    struct error error;
    struct digest digest;
    memset(&digest, 0x55, sizeof digest);
    row_check(1, digester_new(&digester, &error) == OK);
    digest_add(digester, "a", 1);
    row_check(2, digest_end(digester, &digest, &error) == STOP);
    row_check(3, error.message == MSG_CRYPTO_FAILED && digest.bytes[0] == 0);
    digest_start(digester);
    row_check(4, digest_end(digester, &digest, &error) == OK);
    row_check(5, digest_end(digester, &digest, &error) == STOP);
    digest_start(digester); /* an unfinished digest leaves nothing to the next */
    digest_add(digester, "xyz", 3);
    digest_start(digester);
    digest_add(digester, "abc", 3);
    row_check(6, digest_end(digester, &digest, &error) == OK && digest.bytes[0] == 0xba);
    digester_free(digester);
    check_rows();
}

/* HMAC-SHA256 (RFC 2104); the wanted values come from `openssl mac` with the key 00 01 ... 1f. */
static void keyed(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *in, *want;
    } rows[] = {
        {1, "", "d38b42096d80f45f826b44a9d5607de72496a415d3f4a1a8c88e3bb9da8dc1cb"},
        {2, "abc", "f0133729c4163dede81e21cd47839256da58171238c8a0d874397c73b14e1e47"},
        {3, "", "d38b42096d80f45f826b44a9d5607de72496a415d3f4a1a8c88e3bb9da8dc1cb"}, /* the key stays */
    };
    struct digester *digester;
    struct error error;
    struct digest digest;
    uint8_t key[DIGEST_KEY_BYTES];
    char hex[65], many[3000];
    for (size_t i = 0; i < sizeof key; i++)
        key[i] = (uint8_t)i;
    assert_int_equal(digester_new(&digester, &error), OK);
    assert_int_equal(digester_key(digester, key, &error), OK);
    row_check(10, digest_end(digester, &digest, &error) == STOP); /* not started */
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        digest_start(digester);
        digest_add(digester, rows[i].in, strlen(rows[i].in));
        row_check(rows[i].row, digest_end(digester, &digest, &error) == OK);
        digest_hex(&digest, hex);
        row_check(rows[i].row, strcmp(hex, rows[i].want) == 0);
    }
    memset(many, 'x', sizeof many); /* more than is gathered before libcrypto is called */
    digest_start(digester);
    digest_add(digester, many, 1);
    digest_add(digester, many, sizeof many - 1);
    row_check(4, digest_end(digester, &digest, &error) == OK);
    digest_hex(&digest, hex);
    row_check(4, strcmp(hex, "846d16cd788a9ca5683c0f054d33dd420e669c13f4ef63af590c6a57e5ae6ad5") == 0);
    key[31] ^= 1;
    assert_int_equal(digester_key(digester, key, &error), OK); /* another key takes its place */
    digest_start(digester);
    row_check(5, digest_end(digester, &digest, &error) == OK);
    digest_hex(&digest, hex);
    row_check(5, strcmp(hex, rows[0].want) != 0);
    digester_free(digester);
    check_rows();
}

static void random_bytes(void **state)
{
    (void)state;
    struct error error;
    uint8_t a[32] = {0}, b[32] = {0};
    row_check(1, digest_random(a, sizeof a, &error) == OK && digest_random(b, sizeof b, &error) == OK);
    row_check(2, memcmp(a, b, sizeof a) != 0);
    check_rows();
}

static void hashes(void **state)
{
    (void)state;
    row_check(1, hash64("abc", 3) == hash64("abc", 3) && hash64("abc", 3) != hash64("abd", 3));
    row_check(2, hash64("abc", 3) != hash64("abc", 2) && hash64(NULL, 0) == hash64("", 0));
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known),  cmocka_unit_test(pieces), cmocka_unit_test(numbers),
        cmocka_unit_test(misuse), cmocka_unit_test(hashes), cmocka_unit_test(keyed),
        cmocka_unit_test(random_bytes),
    };
    return check_run(tests);
}
