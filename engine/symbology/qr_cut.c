#include "symbology/qr_cut.h"

#include "base/utf8.h"

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

uint32_t qr_data_bits(int version, int level)
{
    return data_codewords[version - 1][level] * 8u;
}

/* Bits of a segment's count: ISO/IEC 18004, table 3, for versions 1..9, 10..26, 27..40. */
static const uint8_t count_bits[3][QR_MODES] = {{10, 9, 8, 8}, {12, 11, 16, 10}, {14, 13, 16, 12}};
static const uint8_t last_version[3] = {9, 26, 40};

/* -- characters -- */

struct sign {
    uint16_t kanji;           /* Shift_JIS code, 0 = none */
    uint8_t bytes;            /* of UTF-8 */
    bool digit, alphanumeric; /* ISO/IEC 18004, table 5 */
};

static struct sign sign_next(const struct sjis *sjis, const char **at, const char *end)
{
    const char *start = *at;
    uint32_t point = utf8_next(at, end);
    struct sign sign = {.bytes = (uint8_t)(*at - start)};
    sign.digit = point >= '0' && point <= '9';
    sign.alphanumeric = sign.digit || (point >= 'A' && point <= 'Z') ||
                        (point >= ' ' && point <= ':' && strchr(" $%*+-./:", (int)point));
    sign.kanji = point < 0x80 || point == UTF8_BAD ? 0 : sjis_kanji(sjis, point);
    return sign;
}

/* -- the cut of the fewest bits: dynamic programming over characters and modes, in sixths of a bit -- */

enum { SIXTHS = 6, NEVER = 1 << 29 };

static int sign_cost(const struct sign *sign, int mode, bool kanji)
{
    switch (mode) {
    case QR_NUMERIC:
        return sign->digit ? 20 : NEVER;
    case QR_ALPHANUMERIC:
        return sign->alphanumeric ? 33 : NEVER;
    case QR_BYTES:
        return sign->bytes * 48;
    default:
        return kanji && sign->kanji ? 78 : NEVER;
    }
}

/* from[i][mode]: the mode of the character before, on the best way to character i in this mode. */
struct ways {
    uint8_t from[QR_CUT_SIGNS][QR_MODES];
    struct sign signs[QR_CUT_SIGNS];
};

static int cheapest(const int cost[QR_MODES])
{
    int best = 0;
    for (int mode = 1; mode < QR_MODES; mode++)
        if (cost[mode] < cost[best])
            best = mode;
    return best;
}

/* Gives the mode of the last character. */
static int find_ways(struct ways *ways, uint32_t count, const uint8_t counts[QR_MODES], bool kanji)
{
    int cost[QR_MODES], next[QR_MODES];
    for (int mode = 0; mode < QR_MODES; mode++)
        cost[mode] = (4 + counts[mode]) * SIXTHS;
    for (uint32_t i = 0; i < count; i++) {
        int best = cheapest(cost);
        for (int mode = 0; mode < QR_MODES; mode++) {
            int whole = (cost[best] + SIXTHS - 1) / SIXTHS * SIXTHS;
            int changed = whole + (i ? (4 + counts[mode]) * SIXTHS : 0);
            bool change = i && changed < cost[mode];
            int own = sign_cost(&ways->signs[i], mode, kanji);
            next[mode] = own >= NEVER ? NEVER : (change ? changed : cost[mode]) + own;
            ways->from[i][mode] = (uint8_t)(change ? best : mode);
        }
        memcpy(cost, next, sizeof cost);
    }
    return cheapest(cost);
}

static uint32_t segment_bits(const struct qr_segment *segment, const uint8_t counts[QR_MODES])
{
    uint32_t n = segment->signs, head = 4u + counts[segment->mode];
    switch (segment->mode) {
    case QR_NUMERIC:
        return head + n / 3 * 10 + (n % 3 ? n % 3 * 3 + 1 : 0);
    case QR_ALPHANUMERIC:
        return head + n / 2 * 11 + n % 2 * 6;
    case QR_BYTES:
        return head + segment->bytes * 8;
    default:
        return head + n * 13;
    }
}

/* Follows the ways back, then fills the segments from the front. Gives their bits. */
static uint32_t cut_segments(const struct ways *ways, uint32_t count, int last,
                             const uint8_t counts[QR_MODES], struct qr_cut *out)
{
    uint8_t modes[QR_CUT_SIGNS];
    uint32_t bits = 0;
    for (uint32_t i = count; i-- > 0;) {
        modes[i] = (uint8_t)last;
        last = ways->from[i][last];
    }
    out->count = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (i == 0 || modes[i] != modes[i - 1])
            out->segments[out->count++] = (struct qr_segment){.mode = modes[i]};
        struct qr_segment *segment = &out->segments[out->count - 1];
        segment->signs++;
        segment->bytes =
            (uint16_t)(segment->bytes + (modes[i] == QR_KANJI ? 2 : ways->signs[i].bytes));
    }
    for (uint32_t i = 0; i < out->count; i++)
        bits += segment_bits(&out->segments[i], counts);
    return bits;
}

static void fill_bytes(const struct ways *ways, struct text text, struct qr_cut *out)
{
    const char *from = text.bytes;
    unsigned char *to = out->bytes;
    const struct sign *sign = ways->signs;
    for (uint32_t s = 0; s < out->count; s++)
        for (uint32_t i = 0; i < out->segments[s].signs; i++, sign++) {
            if (out->segments[s].mode == QR_KANJI) {
                *to++ = (unsigned char)(sign->kanji >> 8);
                *to++ = (unsigned char)sign->kanji;
            } else {
                memcpy(to, from, sign->bytes);
                to += sign->bytes;
            }
            from += sign->bytes;
        }
}

/* Gives the number of characters; 0: none, or too many. */
static uint32_t read_signs(const struct sjis *sjis, struct text text, struct ways *ways)
{
    uint32_t count = 0;
    if (text.length > QR_CUT_BYTES)
        return 0;
    for (const char *at = text.bytes, *end = at + text.length; at < end;)
        ways->signs[count++] = sign_next(sjis, &at, end);
    return count;
}

/* True when every character is ASCII or of Kanji mode. */
static bool kanji_allowed(const struct ways *ways, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (ways->signs[i].bytes > 1 && ways->signs[i].kanji == 0)
            return false;
    return true;
}

/* Smallest version of a size class (0..2) that has so many bits at the level; 0 = none of it. */
static int class_version(int size, uint32_t bits, int level)
{
    int version = size ? last_version[size - 1] + 1 : 1;
    while (version <= last_version[size] && bits > qr_data_bits(version, level))
        version++;
    return version <= last_version[size] ? version : 0;
}

static uint32_t class_cut(struct ways *ways, uint32_t count, int size, bool kanji,
                          struct qr_cut *out)
{
    int last = find_ways(ways, count, count_bits[size], kanji);
    return cut_segments(ways, count, last, count_bits[size], out);
}

int qr_cut(const struct sjis *sjis, struct text text, int level, struct qr_cut *out)
{
    struct ways ways;
    uint32_t count = read_signs(sjis, text, &ways);
    bool kanji = kanji_allowed(&ways, count);
    for (int size = 0; count && size < 3; size++) {
        if (count * 3u >
            qr_data_bits(last_version[size], level)) /* a digit takes more than 3 bits */
            continue;
        int version = class_version(size, class_cut(&ways, count, size, kanji, out), level);
        if (version == 0)
            continue;
        fill_bytes(&ways, text, out);
        return version;
    }
    return 0;
}

/* -- fitting a box -- */

/* Bits by size class; 0 = not cut yet. */
struct fitting {
    struct ways ways;
    uint32_t count, bits[3];
    int last; /* size class that `cut` is of */
    bool kanji;
    struct qr_cut *cut;
};

static uint32_t fitting_bits(struct fitting *fitting, int size)
{
    fitting->last = size;
    return class_cut(&fitting->ways, fitting->count, size, fitting->kanji, fitting->cut);
}

/* Gives the version, and its size class; 0 = none. */
static int fitting_version(struct fitting *fitting, int level, int *size)
{
    for (*size = 0; *size < 3; ++*size) {
        if (fitting->count * 3u > qr_data_bits(last_version[*size], level))
            continue;
        if (fitting->bits[*size] == 0)
            fitting->bits[*size] = fitting_bits(fitting, *size);
        int version = class_version(*size, fitting->bits[*size], level);
        if (version)
            return version;
    }
    return 0;
}

/* Gives the version, 0 = none; *size: its class. */
static int fit(struct fitting *fitting, const struct qr_box *box, struct qr_fit *out, int *size)
{
    static const char levels[] = "LMQH";
    int best = 0;
    for (int level = 0; fitting->count && level < 4; level++) {
        int found, version = fitting_version(fitting, level, &found);
        uint32_t modules = version ? 17u + 4u * (uint32_t)version : 0;
        uint32_t dots = modules ? box->dots / (modules + 8) : 0;
        if (dots < box->least || (level > 0 && dots < box->wanted))
            break; /* higher levels need no fewer modules */
        *out = (struct qr_fit){(uint8_t)levels[level], (uint16_t)modules, (uint16_t)dots};
        *size = found;
        best = version;
    }
    return best;
}

int qr_cut_fit(const struct sjis *sjis, struct text text, const struct qr_box *box, bool fill,
               struct qr_fit *out, struct qr_cut *cut)
{
    struct fitting fitting;
    int size = 0;
    fitting.cut = cut;
    fitting.count = read_signs(sjis, text, &fitting.ways);
    fitting.kanji = kanji_allowed(&fitting.ways, fitting.count);
    memset(fitting.bits, 0, sizeof fitting.bits);
    *out = (struct qr_fit){0};
    int version = fit(&fitting, box, out, &size);
    if (!version || !fill)
        return version;
    if (fitting.last != size) /* a higher level was tried in another class */
        (void)fitting_bits(&fitting, size);
    fill_bytes(&fitting.ways, text, cut);
    return version;
}
