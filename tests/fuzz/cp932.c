/* Any bytes as CP932: the result is UTF-8 and no longer than promised; where nothing is bad, it is what iconv
 * makes of the whole; a bad place is bad when it stands alone, and what is before it is not. */
#include "intake/cp932.h"

#include "base/utf8.h"

#include <iconv.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int condition)
{
    if (!condition)
        abort();
}

static void check_iconv(const char *bytes, size_t size, const char *out, size_t length)
{
    iconv_t converter = iconv_open("UTF-8", "CP932");
    size_t left = size, room = length + 16;
    char *in = malloc(size + 1), *copy = malloc(room), *from = in, *to = copy;

    must(converter != (iconv_t)-1 && in && copy);
    memcpy(in, bytes, size);
    must(iconv(converter, &from, &left, &to, &room) != (size_t)-1 && left == 0);
    must((size_t)(to - copy) == length && memcmp(copy, out, length) == 0);
    iconv_close(converter);
    free(in);
    free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct cp932 *table;
    char bytes[4096], *out;
    size_t bad, bad_before, length;

    if (size > sizeof bytes)
        return 0;
    if (size)
        memcpy(bytes, data, size);
    if (!table)
        must(cp932_new(&table, NULL) == OK);
    out = malloc(size * CP932_GROWTH + CP932_SLACK);
    must(out != NULL);
    length = cp932_decode(table, bytes, size, out, &bad);
    must(length <= size * CP932_GROWTH && bad <= size);
    must(utf8_check((struct text){out, (uint32_t)length}) == length);
    if (bad == size) {
        check_iconv(bytes, size, out, length);
    } else {
        length = cp932_decode(table, bytes, bad, out, &bad_before);
        must(bad_before == bad);
        check_iconv(bytes, bad, out, length);
        (void)cp932_decode(table, bytes + bad, size - bad, out, &bad_before);
        must(bad_before == 0);
    }
    free(out);
    return 0;
}
