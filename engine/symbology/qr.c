#include "symbology/qr.h"

#include <qrencode.h>

/* libqrencode 4.1.1 exports this but leaves it out of qrencode.h: the symbol with a given mask
 * pattern (0..7). The trial of all eight takes twenty times as long as the rest of the work; the
 * unit test proves that the symbol equals the automatic one wherever that one has the same mask. */
extern QRcode *QRcode_encodeMask(QRinput *input, int mask);

/* (i + j) mod 2 = 0, ISO/IEC 18004 table 10: the finest chequer, and so no long runs of one colour. */
#define FIXED_MASK 0

/* Data codewords of versions 1..40 at levels L, M, Q, H: ISO/IEC 18004:2015, table 7. */
static const uint16_t data_codewords[40][4] = {
    {19, 16, 13, 9},          {34, 28, 22, 16},         {55, 44, 34, 26},
    {80, 64, 48, 36},         {108, 86, 62, 46},        {136, 108, 76, 60},
    {156, 124, 88, 66},       {194, 154, 110, 86},      {232, 182, 132, 100},
    {274, 216, 154, 122},     {324, 254, 180, 140},     {370, 290, 206, 158},
    {428, 334, 244, 180},     {461, 365, 261, 197},     {523, 415, 295, 223},
    {589, 453, 325, 253},     {647, 507, 367, 283},     {721, 563, 397, 313},
    {795, 627, 445, 341},     {861, 669, 485, 385},     {932, 714, 512, 406},
    {1006, 782, 568, 442},    {1094, 860, 614, 464},    {1174, 914, 664, 514},
    {1276, 1000, 718, 538},   {1370, 1062, 754, 596},   {1468, 1128, 808, 628},
    {1531, 1193, 871, 661},   {1631, 1267, 911, 701},   {1735, 1373, 985, 745},
    {1843, 1455, 1033, 793},  {1955, 1541, 1115, 845},  {2071, 1631, 1171, 901},
    {2191, 1725, 1231, 961},  {2306, 1812, 1286, 986},  {2434, 1914, 1354, 1054},
    {2566, 1992, 1426, 1096}, {2702, 2102, 1502, 1142}, {2812, 2216, 1582, 1222},
    {2956, 2334, 1666, 1276},
};

static int level_number(uint8_t level)
{
    switch (level) {
    case 'L':
        return QR_ECLEVEL_L;
    case 'M':
        return QR_ECLEVEL_M;
    case 'Q':
        return QR_ECLEVEL_Q;
    case 'H':
        return QR_ECLEVEL_H;
    default:
        return -1;
    }
}

/* Most bytes that a version holds in byte mode: 4 bits of mode and a count of 8 bits
 * (versions 1..9) or 16 precede them (ISO/IEC 18004, tables 2 and 3). */
static uint32_t version_bytes(int version, int level)
{
    uint32_t head = version <= 9 ? 12 : 20;

    return (data_codewords[version - 1][level] * 8u - head) / 8;
}

static int smallest_version(struct text text, uint8_t level)
{
    int number = level_number(level);

    if (number < 0 || text.length == 0)
        return 0;
    for (int version = 1; version <= 40; version++)
        if (text.length <= version_bytes(version, number))
            return version;
    return 0;
}

uint16_t qr_modules(struct text text, uint8_t level)
{
    int version = smallest_version(text, level);

    return version == 0 ? 0 : (uint16_t)(17 + 4 * version);
}

/* The lowest bits of eight bytes, the first as the top bit: one product puts each in its place, and no two terms of
 * it meet in a bit. */
static uint8_t pack_eight(const unsigned char *module)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    const uint64_t gather = UINT64_C(0x8040201008040201);
#else
    const uint64_t gather = UINT64_C(0x0102040810204080);
#endif
    uint64_t eight;

    memcpy(&eight, module, sizeof eight);
    return (uint8_t)((eight & UINT64_C(0x0101010101010101)) * gather >> 56);
}

/* libqrencode gives a byte a module, its lowest bit telling dark. */
static void pack_modules(const QRcode *code, struct qr *out)
{
    const unsigned char *module = code->data;
    int whole = code->width / 8, rest = code->width % 8;

    out->modules = (uint16_t)code->width;
    for (int row = 0; row < code->width; row++) {
        unsigned bits = 0;

        for (int byte = 0; byte < whole; byte++, module += 8)
            out->bits[row][byte] = pack_eight(module);
        for (int i = 0; i < rest; i++)
            bits = bits << 1 | (*module++ & 1u);
        if (rest)
            out->bits[row][whole] = (uint8_t)(bits << (8 - rest));
    }
}

enum status qr_encode(struct text text, uint8_t level, bool best_mask, struct qr *out,
                      struct error *error)
{
    int version = smallest_version(text, level);
    QRcode *code = NULL;
    QRinput *input;

    if (text.length == 0)
        return error_set(error, MSG_QR_EMPTY);
    if (version == 0)
        return error_set(error, level_number(level) < 0 ? MSG_BUG : MSG_QR_TOO_LONG);
    input = QRinput_new2(version, (QRecLevel)level_number(level));
    if (input &&
        QRinput_append(input, QR_MODE_8, (int)text.length, (const unsigned char *)text.bytes) == 0)
        code = best_mask ? QRcode_encodeInput(input) : QRcode_encodeMask(input, FIXED_MASK);
    QRinput_free(input);
    if (!code)
        return error_set(error, MSG_NO_MEMORY);
    if (code->width == 17 + 4 * version)
        pack_modules(code, out);
    else
        version = 0;
    QRcode_free(code);
    return version ? OK : error_set(error, MSG_BUG);
}
