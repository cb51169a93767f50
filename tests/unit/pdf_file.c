#include "pdf/file.h"

#include "unit/check.h"

#include <stdlib.h>

static uint64_t taken;

static enum status count_bytes(void *context, const void *bytes, size_t size, struct error *error)
{
    (void)context;
    (void)bytes;
    (void)error;
    taken += size;
    return OK;
}

static const struct sink counter = {count_bytes, NULL};

/* A file grows to the limit and not beyond it; what is refused is not written. */
static void limit(void **state)
{
    static uint8_t block[50000000];
    struct ink body = {.bytes = block, .size = sizeof block, .room = sizeof block}, head = {0};
    struct packer *packer;
    struct file file;
    struct error error;
    uint32_t number;
    int written = 0;
    enum status status = OK;

    (void)state;
    taken = 0;
    ink_words(&head, "<<>>");
    assert_int_equal(packer_new(1, &packer, &error), OK);
    assert_int_equal(file_open(&file, &counter, packer, &error), OK);
    while (status == OK && written < 100) {
        assert_int_equal(file_reserve(&file, &number, &error), OK);
        status = file_stream(&file, number, &head, &body, &error);
        written += status == OK;
    }
    row_check(1, status == STOP && error.message == MSG_PDF_FULL && error.want == FILE_LIMIT);
    row_check(2, written == FILE_LIMIT / sizeof block - 1);
    row_check(3, taken == file.size && taken <= FILE_LIMIT);
    file_close(&file);
    packer_free(packer);
    ink_free(&head);
    check_rows();
}

/* Numbers that break the table are bugs: never reserved, written twice, reserved and not written.
 */
static void order(void **state)
{
    static const struct digest id;
    struct ink body = {0};
    struct packer *packer;
    struct file file;
    struct error error;
    uint32_t first, second;

    (void)state;
    ink_words(&body, "<<>>");
    assert_int_equal(packer_new(1, &packer, &error), OK);
    assert_int_equal(file_open(&file, &counter, packer, &error), OK);
    assert_int_equal(file_reserve(&file, &first, &error), OK);
    assert_int_equal(file_reserve(&file, &second, &error), OK);
    row_check(1, first == 1 && second == 2);
    row_check(2, file_object(&file, 0, &body, &error) == STOP);
    row_check(3, file_object(&file, 3, &body, &error) == STOP);
    row_check(4, file_object(&file, 2, &body, &error) == OK);
    row_check(5, file_object(&file, 2, &body, &error) == STOP);
    row_check(6, file_end(&file, 1, 2, &id, &error) == STOP && error.message == MSG_BUG);
    file_close(&file);
    packer_free(packer);
    ink_free(&body);
    check_rows();
}

/* Every entry of the table is 20 bytes and points to its object, whatever the order of writing; so
 * for more than fit one block of the table. */
static void table(void **state)
{
    static const struct digest id = {{0xAB}};
    struct buffer out = {0};
    struct sink sink = buffer_sink(&out);
    struct ink body = {0};
    struct packer *packer;
    struct file file;
    struct error error;
    char *start, *entry, want[32];
    bool right = true;

    (void)state;
    ink_words(&body, "<<>>");
    assert_int_equal(packer_new(1, &packer, &error), OK);
    assert_int_equal(file_open(&file, &sink, packer, &error), OK);
    for (uint32_t i = 1, number; i <= 7000; i++)
        assert_int_equal(file_reserve(&file, &number, &error), OK);
    for (uint32_t i = 7000; i >= 1; i--)
        assert_int_equal(file_object(&file, i, &body, &error), OK);
    assert_int_equal(file_end(&file, 1, 2, &id, &error), OK);
    assert_int_equal(buffer_add(&out, "", 1, &error), OK);
    start = strstr((char *)out.bytes, "startxref\n") + 10;
    entry = (char *)out.bytes + strtoul(start, NULL, 10);
    row_check(1, strncmp(entry, "xref\n0 7001\n0000000000 65535 f \n", 32) == 0);
    entry += 12;
    for (int i = 1; i <= 7000; i++) {
        snprintf(want, sizeof want, "%d 0 obj\n<<>>", i);
        right =
            right && memcmp(entry + 20 * i + 10, " 00000 n \n", 10) == 0 &&
            strncmp((char *)out.bytes + strtoul(entry + 20 * i, NULL, 10), want, strlen(want)) == 0;
    }
    row_check(2, right);
    row_check(3, strncmp(entry + 20 * 7001,
                         "trailer\n<</Size 7001/Root 1 0 R/Info 2 0 R/ID[<AB0000", 52) == 0);
    file_close(&file);
    packer_free(packer);
    ink_free(&body);
    buffer_free(&out);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(limit), cmocka_unit_test(order),
                                       cmocka_unit_test(table)};

    return check_run(tests);
}
