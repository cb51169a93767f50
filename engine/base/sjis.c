#include "base/sjis.h"

#include "base/memory.h"

#include <iconv.h>

struct sjis {
    uint16_t code[0x10000]; /* by code point of the Basic Multilingual Plane */
};

/* The character of one code; 0: none. */
static uint32_t ask(iconv_t converter, unsigned code)
{
    char in[2] = {(char)(code > 0xFF ? code >> 8 : code), (char)code};
    unsigned char out[8];
    char *from = in, *to = (char *)out;
    size_t size = code > 0xFF ? 2 : 1, room = sizeof out;

    (void)iconv(converter, NULL, NULL, NULL, NULL);
    if (iconv(converter, &from, &size, &to, &room) == (size_t)-1 || size != 0 || room != 6)
        return 0;
    return (uint32_t)out[0] << 8 | out[1];
}

static void put(struct sjis *sjis, iconv_t converter, unsigned code)
{
    uint32_t point = ask(converter, code);
    uint16_t *place = &sjis->code[point];

    if (point == 0 || (point >= 0xE000 && point <= 0xF8FF)) /* private use: gaiji say nothing */
        return;
    /* Twice-coded characters (NEC, IBM): the lowest code but for NEC's selection of IBM's, as Windows does it. */
    if (*place == 0 || (*place >= 0xED40 && *place <= 0xEEFC))
        *place = (uint16_t)code;
}

static void fill(struct sjis *sjis, iconv_t converter)
{
    for (unsigned code = 1; code < 0x80; code++)
        put(sjis, converter, code);
    for (unsigned code = 0xA1; code <= 0xDF; code++)
        put(sjis, converter, code);
    for (unsigned lead = 0x81; lead <= 0xFC; lead++)
        for (unsigned trail = 0x40; trail <= 0xFC; trail++)
            if ((lead < 0xA0 || lead >= 0xE0) && trail != 0x7F)
                put(sjis, converter, lead << 8 | trail);
}

enum status sjis_new(struct sjis **out, struct error *error)
{
    struct sjis *sjis = *out = memory_new(sizeof *sjis);
    if (!sjis)
        return error_set(error, MSG_NO_MEMORY);
    iconv_t converter = iconv_open("UTF-16BE", "CP932");
    if (converter != (iconv_t)-1) {
        fill(sjis, converter);
        iconv_close(converter);
        /* あ 亜 髙: known from any CP932, so that another table under the name is not taken for it */
        if (sjis->code[0x3042] == 0x82A0 && sjis->code[0x4E9C] == 0x889F &&
            sjis->code[0x9AD9] == 0xFBFC)
            return OK;
    }
    sjis_free(sjis);
    *out = NULL;
    return error_set(error, MSG_CP932_ABSENT);
}

void sjis_free(struct sjis *sjis)
{
    memory_free(sjis, sjis ? sizeof *sjis : 0);
}

uint16_t sjis_code(const struct sjis *sjis, uint32_t code_point)
{
    return code_point < 0x10000 ? sjis->code[code_point] : 0;
}

uint16_t sjis_kanji(const struct sjis *sjis, uint32_t code_point)
{
    unsigned code = sjis_code(sjis, code_point);

    if (code < 0x8140 || code > 0xEAFC || (code > 0x9FFC && code < 0xE040))
        return 0;
    if (code >= 0x8740 && code <= 0x87FC)
        return 0;
    switch (code) {
    case 0x815C: /* ― */
    case 0x815F: /* ＼ */
    case 0x8160: /* ～ */
    case 0x8161: /* ∥ */
    case 0x817C: /* － */
    case 0x8191: /* ￠ */
    case 0x8192: /* ￡ */
    case 0x81CA: /* ￢ */
        return 0;
    default:
        return (uint16_t)code;
    }
}
