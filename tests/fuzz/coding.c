/* Any bytes in any encoding. First byte: the encoding, and where the bytes are cut in two. What comes out is UTF-8 but
 * for the stand-in of bad codes, no longer than promised, and the same however the bytes were cut; a bad place lies
 * within them. As the table of a host code: refused with a line, or a table by which any bytes can be read. */
#include "intake/coding.h"

#include "base/utf8.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MOST 4096

static void must(int condition)
{
    if (!condition)
        abort();
}

static const char table[] =
    "to-double 0E\nto-single 0F\nsingle 40-49 0041\nsingle 25 000A\ndouble 4141-41FE 4E00\n"
    "double 4242 8FBB E0101\n";

static size_t decode(const struct coding *coding, const char *bytes, size_t size, size_t cut,
                     char *out)
{
    struct coding_turn turn = {.stand_in = TEXT("?")};
    size_t length = coding_decode(coding, &turn, bytes, cut, out), taken = turn.taken;

    must(taken <= cut && cut - taken <= 3 && turn.bad <= cut);
    turn.last = true;
    length += coding_decode(coding, &turn, bytes + taken, size - taken, out + length);
    must(turn.taken == size - taken && turn.bad <= size - taken && length <= size * CODING_GROWTH);
    must(utf8_check((struct text){out, (uint32_t)length}) == length);
    return length;
}

static void read_table(const char *bytes, size_t size)
{
    struct coding coding = {.encoding = ENCODING_HOST};
    struct error error = {0};
    static char out[MOST * CODING_GROWTH + CODING_SLACK];

    if (host_new((struct text){bytes, (uint32_t)size}, "t", &coding.host, &error) == OK)
        (void)decode(&coding, bytes, size, size / 2, out);
    else
        must(error.message != MSG_NONE && !coding.host);
    host_free(coding.host);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct coding codings[ENCODING_HOST + 1];
    static char bytes[MOST], one[MOST * CODING_GROWTH + CODING_SLACK],
        two[MOST * CODING_GROWTH + CODING_SLACK];

    if (size < 1 || size > MOST)
        return 0;
    for (int i = 0; codings[ENCODING_CP932].cp932 == NULL && i < ENCODING_HOST; i++)
        must(coding_open(&codings[i], (enum encoding)i, NULL, NULL) == OK);
    if (!codings[ENCODING_HOST].host) {
        codings[ENCODING_HOST].encoding = ENCODING_HOST;
        must(host_new((struct text){table, sizeof table - 1}, "t", &codings[ENCODING_HOST].host,
                      NULL) == OK);
    }
    size_t left = size - 1, cut = left ? (data[0] >> 3) % (left + 1) : 0;
    if (left)
        memcpy(bytes, data + 1, left);
    if (data[0] % 8 > ENCODING_HOST) {
        read_table(bytes, left);
        return 0;
    }
    const struct coding *coding = &codings[data[0] % 8];
    size_t length = decode(coding, bytes, left, left, one);
    must(decode(coding, bytes, left, cut, two) == length && memcmp(one, two, length) == 0);
    return 0;
}
