#include "symbology/qr.h"

#include "base/memory.h"
#include "symbology/qr_cut.h"
#include "symbology/qr_mask.h"

#include <qrencode.h>

/* libqrencode 4.1.1 exports this but leaves it out of qrencode.h: the symbol with a given mask pattern (0..7), or with
 * -2 the symbol before masking, where the top bit of a module tells that it is no data. Its own trial of all eight
 * masks takes twenty times as long as the rest of the work, ours (qr_mask.c) chooses the same; the unit test proves
 * it. */
extern QRcode *QRcode_encodeMask(QRinput *input, int mask);
#define NO_MASK (-2)

/* (i + j) mod 2 = 0, ISO/IEC 18004 table 10: the finest chequer, and so no long runs of one colour. */
#define FIXED_MASK 0

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

    return (qr_data_bits(version, level) - head) / 8;
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

/* A bit of eight bytes, the first as the top bit: one product puts each in its place, and no two terms of it meet in
 * a bit. shift: which bit. */
static uint64_t pack_eight(const unsigned char *module, int shift)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    const uint64_t gather = UINT64_C(0x8040201008040201);
#else
    const uint64_t gather = UINT64_C(0x0102040810204080);
#endif
    uint64_t eight;

    memcpy(&eight, module, sizeof eight);
    return (eight >> shift & UINT64_C(0x0101010101010101)) * gather >> 56;
}

/* libqrencode gives a byte a module: its lowest bit tells dark, its top bit no data. */
static void pack_frame(const QRcode *code, struct qr_frame *out)
{
    const unsigned char *module = code->data;
    int whole = code->width / 8, rest = code->width % 8;

    memset(out, 0, sizeof *out);
    out->width = code->width;
    for (int row = 0; row < code->width; row++) {
        for (int byte = 0; byte < whole; byte++, module += 8) {
            out->dark[row][byte / 8] |= pack_eight(module, 0) << (56 - byte % 8 * 8);
            out->data[row][byte / 8] |= (pack_eight(module, 7) ^ 0xFF) << (56 - byte % 8 * 8);
        }
        for (int i = 0; i < rest; i++, module++) {
            int at = 8 * whole + i;
            out->dark[row][at / 64] |= (uint64_t)(*module & 1u) << (63 - at % 64);
            out->data[row][at / 64] |= (uint64_t)(*module >> 7 ^ 1u) << (63 - at % 64);
        }
    }
}

/* libqrencode 4.1.1 writes into its frame without looking whether it got one. So what it will take, two squares of
 * bytes and the data, is taken and given back before: then the heap has it. */
static bool has_memory_for(int version)
{
    size_t width = (size_t)(17 + 4 * version), size = 2 * width * width + 4096;
    void *block = memory_new(size);
    memory_free(block, size);
    return block != NULL;
}

/* input is freed. */
static enum status encode(QRinput *input, int version, int level, bool best_mask, struct qr *out,
                          struct error *error)
{
    struct qr_frame frame;
    bool room = input && has_memory_for(version);
    QRcode *code = room ? QRcode_encodeMask(input, NO_MASK) : NULL;
    QRinput_free(input);
    if (!code)
        return error_set(error, MSG_NO_MEMORY);
    bool good = code->width == 17 + 4 * version;
    if (good) {
        pack_frame(code, &frame);
        qr_mask(&frame, level, best_mask ? -1 : FIXED_MASK, out);
    }
    QRcode_free(code);
    return good ? OK : error_set(error, MSG_BUG);
}

enum status qr_encode(struct text text, uint8_t level, bool best_mask, struct qr *out,
                      struct error *error)
{
    int version = smallest_version(text, level);

    if (text.length == 0)
        return error_set(error, MSG_QR_EMPTY);
    if (version == 0)
        return error_set(error, level_number(level) < 0 ? MSG_BUG : MSG_QR_TOO_LONG);
    QRinput *input = QRinput_new2(version, (QRecLevel)level_number(level));
    if (input &&
        QRinput_append(input, QR_MODE_8, (int)text.length, (const unsigned char *)text.bytes)) {
        QRinput_free(input);
        input = NULL;
    }
    return encode(input, version, level_number(level), best_mask, out, error);
}

uint16_t qr_mixed_modules(const struct sjis *sjis, struct text text, uint8_t level)
{
    struct qr_cut cut;
    int number = level_number(level);
    int version = number < 0 ? 0 : qr_cut(sjis, text, number, &cut);
    return version == 0 ? 0 : (uint16_t)(17 + 4 * version);
}

static bool append(QRinput *input, const struct qr_cut *cut)
{
    static const QRencodeMode modes[] = {QR_MODE_NUM, QR_MODE_AN, QR_MODE_8, QR_MODE_KANJI};
    const unsigned char *bytes = cut->bytes;
    for (uint32_t i = 0; i < cut->count; i++) {
        const struct qr_segment *segment = &cut->segments[i];
        if (QRinput_append(input, modes[segment->mode], (int)segment->bytes, bytes) != 0)
            return false;
        bytes += segment->bytes;
    }
    return true;
}

static enum status encode_cut(const struct qr_cut *cut, int version, int level, bool best_mask,
                              struct qr *out, struct error *error)
{
    QRinput *input = QRinput_new2(version, (QRecLevel)level);
    if (input && !append(input, cut)) {
        QRinput_free(input);
        input = NULL;
    }
    return encode(input, version, level, best_mask, out, error);
}

enum status qr_encode_mixed(const struct sjis *sjis, struct text text, uint8_t level,
                            bool best_mask, struct qr *out, struct error *error)
{
    struct qr_cut cut;
    int number = level_number(level);
    if (number < 0)
        return error_set(error, MSG_BUG);
    if (text.length == 0)
        return error_set(error, MSG_QR_EMPTY);
    int version = qr_cut(sjis, text, number, &cut);
    if (version == 0)
        return error_set(error, MSG_QR_TOO_LONG);
    return encode_cut(&cut, version, number, best_mask, out, error);
}

bool qr_fit(const struct sjis *sjis, struct text text, const struct qr_box *box, struct qr_fit *out)
{
    struct qr_cut cut;
    return qr_cut_fit(sjis, text, box, false, out, &cut) > 0;
}

enum status qr_encode_fit(const struct sjis *sjis, struct text text, const struct qr_box *box,
                          struct qr_fit *fit, struct qr *out, struct error *error)
{
    struct qr_cut cut;
    int version = qr_cut_fit(sjis, text, box, true, fit, &cut);
    return version ? encode_cut(&cut, version, level_number(fit->level), true, out, error)
                   : error_set(error, MSG_QR_TOO_LONG);
}
