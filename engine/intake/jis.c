#include "intake/jis.h"

#include "base/memory.h"
#include "intake/cp932.h"

#include <iconv.h>
#include <stdbool.h>
#include <string.h>

#define FIRST 0x21
#define ROWS 94

struct jis {
    struct cp932 *cp932;
    char supplement[ROWS][ROWS]
                   [JIS_BYTES]; /* JIS X 0212: up to three bytes, the last is their number */
};

static void ask(iconv_t converter, unsigned row, unsigned cell, char out[JIS_BYTES])
{
    char in[3] = {'\x8F', (char)(row + 0x80), (char)(cell + 0x80)}, utf8[8];
    char *from = in, *to = utf8;
    size_t left = sizeof in, room = sizeof utf8;

    (void)iconv(converter, NULL, NULL, NULL, NULL);
    if (iconv(converter, &from, &left, &to, &room) == (size_t)-1 || left != 0)
        return;
    size_t length = (size_t)(to - utf8);
    bool private_use = length == 3 && (unsigned char)utf8[0] == 0xEE; /* U+E000-EFFF */
    if (length == 0 || length > 3 || private_use)
        return;
    memcpy(out, utf8, length);
    out[3] = (char)length;
}

static enum status fill(struct jis *jis, struct error *error)
{
    iconv_t converter = iconv_open("UTF-8", "EUC-JP-MS");

    if (converter == (iconv_t)-1)
        return error_set(error, MSG_JIS_ABSENT);
    for (unsigned row = 0; row < ROWS; row++)
        for (unsigned cell = 0; cell < ROWS; cell++)
            ask(converter, row + FIRST, cell + FIRST, jis->supplement[row][cell]);
    iconv_close(converter);
    /* 丂, the first kanji of the set, so that another table under the same name is not taken for it */
    bool right = memcmp(jis->supplement[0x30 - FIRST][0], "\xE4\xB8\x82\3", JIS_BYTES) == 0;
    return right ? OK : error_set(error, MSG_JIS_ABSENT);
}

enum status jis_new(struct jis **out, struct error *error)
{
    struct jis *jis = *out = memory_new(sizeof *jis);

    if (!jis)
        return error_set(error, MSG_NO_MEMORY);
    enum status status = cp932_new(&jis->cp932, error);
    if (status == OK)
        status = fill(jis, error);
    if (status != OK) {
        jis_free(jis);
        *out = NULL;
    }
    return status;
}

void jis_free(struct jis *jis)
{
    if (!jis)
        return;
    cp932_free(jis->cp932);
    memory_free(jis, sizeof *jis);
}

/* Row and cell as Shift_JIS packs them: two rows in one first byte (JIS X 0208:1997, annex 1). */
size_t jis_0208(const struct jis *jis, unsigned row, unsigned cell, char out[JIS_BYTES])
{
    unsigned lead = (row - FIRST) / 2 + (row < 0x5F ? 0x81 : 0xC1);
    unsigned trail = row % 2 ? cell + (cell < 0x60 ? 0x1F : 0x20) : cell + 0x7E;

    return cp932_pair(jis->cp932, lead, trail, out);
}

size_t jis_0212(const struct jis *jis, unsigned row, unsigned cell, char out[JIS_BYTES])
{
    const char *character = jis->supplement[row - FIRST][cell - FIRST];

    memcpy(out, character, JIS_BYTES);
    return (size_t)character[3];
}
