#include "intake/coding.h"

#include "base/os.h"
#include "base/utf8.h"

/* -- opening -- */

static enum status open_host(struct coding *coding, const char *path, struct error *error)
{
    struct arena arena;
    struct text source;

    arena_open(&arena, LIMIT_ASSET_BYTES + 4096);
    enum status status = os_slurp(path, LIMIT_ASSET_BYTES, &arena, &source, error);
    if (status == OK)
        status = host_new(source, path, &coding->host, error);
    arena_close(&arena);
    return status;
}

enum status coding_open(struct coding *coding, enum encoding encoding, const char *table,
                        struct error *error)
{
    *coding = (struct coding){.encoding = encoding};
    switch (encoding) {
    case ENCODING_CP932:
        return cp932_new(&coding->cp932, error);
    case ENCODING_EUC_JP:
    case ENCODING_ISO_2022_JP:
        return jis_new(&coding->jis, error);
    case ENCODING_HOST:
        return open_host(coding, table, error);
    default:
        return OK;
    }
}

void coding_close(struct coding *coding)
{
    cp932_free(coding->cp932);
    jis_free(coding->jis);
    host_free(coding->host);
    *coding = (struct coding){0};
}

bool coding_is_safe(enum encoding encoding)
{
    return encoding == ENCODING_UTF8 || encoding == ENCODING_CP932 || encoding == ENCODING_EUC_JP;
}

/* -- one run of bytes -- */

struct run {
    const struct coding *coding;
    struct coding_turn *turn;
    const unsigned char *in;
    size_t at, size;
    char *out;
};

/* A code of so many bytes that means nothing. */
static void put_bad(struct run *run, size_t bytes)
{
    struct text stand_in = run->turn->stand_in;

    if (run->turn->bad == run->size)
        run->turn->bad = run->at;
    memcpy(run->out, stand_in.bytes, stand_in.length);
    run->out += stand_in.length;
    run->at += bytes;
}

static void put_point(struct run *run, uint32_t point, size_t bytes)
{
    run->out += utf8_put(run->out, point);
    run->at += bytes;
}

static size_t left(const struct run *run)
{
    return run->size - run->at;
}

/* False: the bytes end within a character, and more will come. */
static bool whole(const struct run *run, size_t bytes)
{
    return left(run) >= bytes || run->turn->last;
}

/* -- EUC-JP -- */

static bool is_high(unsigned byte)
{
    return byte >= 0xA1 && byte <= 0xFE;
}

static bool euc_character(struct run *run)
{
    const unsigned char *in = run->in + run->at;
    size_t bytes = in[0] == 0x8F ? 3 : in[0] == 0x8E || is_high(in[0]) ? 2 : 1, length = 0;

    if (!whole(run, bytes))
        return false;
    if (bytes == 1 || left(run) < bytes || !is_high(in[1]) || (bytes == 3 && !is_high(in[2]))) {
        put_bad(run, 1);
        return true;
    }
    if (in[0] == 0x8E && in[1] <= 0xDF) { /* half-width kana */
        put_point(run, 0xFF61u + in[1] - 0xA1u, 2);
        return true;
    }
    if (bytes == 3)
        length = jis_0212(run->coding->jis, in[1] & 0x7Fu, in[2] & 0x7Fu, run->out);
    else if (in[0] != 0x8E)
        length = jis_0208(run->coding->jis, in[0] & 0x7Fu, in[1] & 0x7Fu, run->out);
    if (length) {
        run->out += length;
        run->at += bytes;
    } else {
        put_bad(run, bytes);
    }
    return true;
}

static bool euc_step(struct run *run)
{
    if (run->in[run->at] >= 0x80)
        return euc_character(run);
    *run->out++ = (char)run->in[run->at++];
    return true;
}

/* -- UTF-16 -- */

static uint32_t unit_at(const struct run *run, size_t at)
{
    unsigned first = run->in[at], second = run->in[at + 1];
    return run->coding->encoding == ENCODING_UTF16BE ? first << 8 | second : second << 8 | first;
}

static bool utf16_step(struct run *run)
{
    if (!whole(run, 2))
        return false;
    if (left(run) < 2) {
        put_bad(run, 1);
        return true;
    }
    uint32_t unit = unit_at(run, run->at);
    if (unit < 0xD800 || unit > 0xDFFF) {
        put_point(run, unit, 2);
        return true;
    }
    if (unit < 0xDC00 && !whole(run, 4))
        return false;
    uint32_t low = unit < 0xDC00 && left(run) >= 4 ? unit_at(run, run->at + 2) : 0;
    if (low < 0xDC00 || low > 0xDFFF)
        put_bad(run, 2);
    else
        put_point(run, 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00), 4);
    return true;
}

/* -- ISO-2022-JP (RFC 1468), with half-width kana (CP50221) and JIS X 0212 (RFC 2237) -- */

enum set { SET_ASCII, SET_ROMAN, SET_KANA, SET_0208, SET_0212 };

static const struct escape {
    const char *bytes;
    enum set set;
} escapes[] = {
    {"\x1B(B", SET_ASCII}, {"\x1B(J", SET_ROMAN}, {"\x1B(I", SET_KANA},
    {"\x1B$@", SET_0208},  {"\x1B$B", SET_0208},  {"\x1B$(D", SET_0212},
};
#define LONGEST_ESCAPE 4

static bool take_escape(struct run *run)
{
    if (!whole(run, LONGEST_ESCAPE))
        return false;
    for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++) {
        size_t length = strlen(escapes[i].bytes);
        if (left(run) >= length && memcmp(run->in + run->at, escapes[i].bytes, length) == 0) {
            run->turn->state = escapes[i].set;
            run->at += length;
            return true;
        }
    }
    put_bad(run, 1);
    return true;
}

/* JIS X 0201 has the yen sign and the overline where ASCII has \ and ~. */
static bool single_character(struct run *run, unsigned byte)
{
    if (run->turn->state == SET_KANA && byte <= 0x5F)
        put_point(run, 0xFF61u + byte - 0x21u, 1);
    else if (run->turn->state == SET_KANA)
        put_bad(run, 1);
    else if (run->turn->state == SET_ROMAN && (byte == 0x5C || byte == 0x7E))
        put_point(run, byte == 0x5C ? 0xA5 : 0x203E, 1);
    else
        put_point(run, byte, 1);
    return true;
}

static bool double_character(struct run *run)
{
    const unsigned char *in = run->in + run->at;
    size_t length;

    if (!whole(run, 2))
        return false;
    if (left(run) < 2 || in[1] < 0x21 || in[1] > 0x7E) {
        put_bad(run, 1);
        return true;
    }
    length = run->turn->state == SET_0208 ? jis_0208(run->coding->jis, in[0], in[1], run->out)
                                          : jis_0212(run->coding->jis, in[0], in[1], run->out);
    if (length) {
        run->out += length;
        run->at += 2;
    } else {
        put_bad(run, 2);
    }
    return true;
}

/* A line begins in ASCII, so that a lost escape costs one line. */
static bool iso_2022_step(struct run *run)
{
    unsigned byte = run->in[run->at];

    if (byte == 0x1B)
        return take_escape(run);
    if (byte == '\n' || byte == '\r')
        run->turn->state = SET_ASCII;
    if (byte <= 0x20 || byte == 0x7F)
        put_point(run, byte, 1);
    else if (byte > 0x7F)
        put_bad(run, 1);
    else if (run->turn->state >= SET_0208)
        return double_character(run);
    else
        return single_character(run, byte);
    return true;
}

/* -- host codes -- */

static bool host_step(struct run *run)
{
    bool wide = run->turn->state == CODING_WIDE;
    struct host_step step = host_next(run->coding->host, &wide, (const char *)run->in + run->at,
                                      left(run), run->turn->last);

    if (step.taken == 0)
        return false;
    run->turn->state = wide ? CODING_WIDE : CODING_NARROW;
    if (step.bad) {
        put_bad(run, step.taken);
        return true;
    }
    if (step.length)
        memcpy(run->out, step.bytes, step.length);
    run->out += step.length;
    run->at += step.taken;
    return true;
}

/* -- UTF-8 and CP932, the two that have decoders of their own for whole fields -- */

static bool utf8_step(struct run *run)
{
    const char *at = (const char *)run->in + run->at, *begin = at, *end = at + left(run);
    uint32_t point = utf8_next(&at, end);
    size_t needed = run->in[run->at] >= 0xF0 ? 4 : run->in[run->at] >= 0xE0 ? 3 : 2;

    if (point == UTF8_BAD && run->in[run->at] >= 0xC2 && !whole(run, needed))
        return false;
    if (point == UTF8_BAD)
        put_bad(run, 1);
    else
        put_point(run, point, (size_t)(at - begin));
    return true;
}

static bool cp932_code(struct run *run)
{
    const unsigned char *in = run->in + run->at;
    size_t taken = 0, bad, length;

    if (in[0] < 0x80) {
        put_point(run, in[0], 1);
        return true;
    }
    if (!whole(run, 2) && cp932_leads(run->coding->cp932, (char)in[0]))
        return false;
    taken = cp932_step(run->coding->cp932, (const char *)in, left(run));
    length = cp932_decode(run->coding->cp932, (const char *)in, taken, run->out, &bad);
    if (bad < taken) {
        put_bad(run, taken);
    } else {
        run->out += length;
        run->at += taken;
    }
    return true;
}

size_t coding_decode(const struct coding *coding, struct coding_turn *turn, const char *bytes,
                     size_t size, char *out)
{
    static bool (*const steps[])(struct run *) = {
        [ENCODING_UTF8] = utf8_step,     [ENCODING_CP932] = cp932_code,
        [ENCODING_EUC_JP] = euc_step,    [ENCODING_UTF16LE] = utf16_step,
        [ENCODING_UTF16BE] = utf16_step, [ENCODING_ISO_2022_JP] = iso_2022_step,
        [ENCODING_HOST] = host_step,
    };
    struct run run = {coding, turn, (const unsigned char *)bytes, 0, size, out};
    bool (*const step)(struct run *) = steps[coding->encoding];

    turn->bad = size;
    while (run.at < run.size && step(&run))
        ;
    turn->taken = run.at;
    return (size_t)(run.out - out);
}
