#include "intake/cp932.h"

#include "base/memory.h"

#include <iconv.h>
#include <stdbool.h>
#include <string.h>

/* Windows-31J as registered with IANA: first bytes 81-9F and E0-FC, second bytes 40-7E and 80-FC,
 * half-width kana A1-DF. */
#define LEADS 60
#define TRAIL_FIRST 0x40
#define TRAIL_LAST 0xFC
#define TRAILS (TRAIL_LAST - TRAIL_FIRST + 1)

/* A character in UTF-8: up to three bytes, then their number. */
struct cell {
    char bytes[3];
    uint8_t length; /* 0 = no such code */
};

struct cp932 {
    uint8_t lead[256];       /* 1 + row of a first byte; 0 = not one */
    struct cell single[256]; /* half-width kana only */
    struct cell pair[LEADS][TRAILS];
};

static const char replacement[3] = {'\xEF', '\xBF', '\xBD'}; /* U+FFFD */

static bool is_lead(unsigned byte)
{
    return (byte >= 0x81 && byte <= 0x9F) || (byte >= 0xE0 && byte <= 0xFC);
}

static bool is_trail(unsigned char byte)
{
    return byte >= TRAIL_FIRST && byte <= TRAIL_LAST && byte != 0x7F;
}

/* One code through iconv; a code that it does not know, or that needs more than three bytes, stays 0. */
static void ask(iconv_t converter, const char *code, size_t size, struct cell *cell)
{
    char in[2], out[8];
    char *from = in, *to = out;
    size_t room = sizeof out;

    memcpy(in, code, size);
    (void)iconv(converter, NULL, NULL, NULL, NULL);
    if (iconv(converter, &from, &size, &to, &room) == (size_t)-1 || size != 0)
        return;
    size_t length = (size_t)(to - out);
    if (length == 0 || length > sizeof cell->bytes)
        return;
    memcpy(cell->bytes, out, length);
    cell->length = (uint8_t)length;
}

static void fill(struct cp932 *table, iconv_t converter)
{
    uint8_t row = 0;

    for (unsigned byte = 0xA1; byte <= 0xDF; byte++) {
        char code = (char)byte;
        ask(converter, &code, 1, &table->single[byte]);
    }
    for (unsigned lead = 0; lead < 256; lead++) {
        if (!is_lead(lead))
            continue;
        for (unsigned trail = TRAIL_FIRST; trail <= TRAIL_LAST; trail++) {
            char code[2] = {(char)lead, (char)trail};
            if (trail != 0x7F)
                ask(converter, code, 2, &table->pair[row][trail - TRAIL_FIRST]);
        }
        table->lead[lead] = ++row;
    }
}

/* Three codes that every CP932 has, so that another table under the same name is not taken for it. */
static bool is_cp932(const struct cp932 *table)
{
    const struct cell *kana = &table->single[0xB1];                                      /* ｱ */
    const struct cell *wave = &table->pair[table->lead[0x81] - 1][0x60 - TRAIL_FIRST];   /* ～ */
    const struct cell *ladder = &table->pair[table->lead[0xFB] - 1][0xFC - TRAIL_FIRST]; /* 髙 */
    return kana->length == 3 && memcmp(kana->bytes, "\xEF\xBD\xB1", 3) == 0 && wave->length == 3 &&
           memcmp(wave->bytes, "\xEF\xBD\x9E", 3) == 0 && ladder->length == 3 &&
           memcmp(ladder->bytes, "\xE9\xAB\x99", 3) == 0;
}

enum status cp932_new(struct cp932 **out, struct error *error)
{
    struct cp932 *table = *out = memory_new(sizeof *table);
    if (!table)
        return error_set(error, MSG_NO_MEMORY);
    iconv_t converter = iconv_open("UTF-8", "CP932");
    if (converter != (iconv_t)-1) {
        fill(table, converter);
        iconv_close(converter);
        if (is_cp932(table))
            return OK;
    }
    cp932_free(table);
    *out = NULL;
    return error_set(error, MSG_CP932_ABSENT);
}

void cp932_free(struct cp932 *table)
{
    memory_free(table, table ? sizeof *table : 0);
}

/* The code at `in`, of `left` bytes; *size is how many it takes. NULL: a bad one. */
static const struct cell *look_up(const struct cp932 *table, const unsigned char *in, size_t left,
                                  size_t *size)
{
    unsigned row = table->lead[in[0]];
    const struct cell *cell = &table->single[in[0]];

    *size = 1;
    if (row && left > 1 && is_trail(in[1])) {
        *size = 2;
        cell = &table->pair[row - 1][in[1] - TRAIL_FIRST];
    }
    return cell->length ? cell : NULL;
}

size_t cp932_pair(const struct cp932 *table, unsigned lead, unsigned trail, char out[4])
{
    unsigned char code[2] = {(unsigned char)lead, (unsigned char)trail};
    size_t taken;
    const struct cell *cell = look_up(table, code, sizeof code, &taken);

    if (!cell || taken != sizeof code)
        return 0;
    memcpy(out, cell, sizeof *cell);
    return cell->length;
}

size_t cp932_step(const struct cp932 *table, const char *bytes, size_t left)
{
    size_t taken;

    (void)look_up(table, (const unsigned char *)bytes, left, &taken);
    return taken;
}

bool cp932_leads(const struct cp932 *table, char byte)
{
    return table->lead[(unsigned char)byte] != 0;
}

size_t cp932_decode(const struct cp932 *table, const char *bytes, size_t size, char *out,
                    size_t *bad)
{
    const unsigned char *in = (const unsigned char *)bytes;
    size_t at = 0, written = 0, taken;

    *bad = size;
    while (at < size) {
        if (in[at] < 0x80) {
            out[written++] = bytes[at++];
            continue;
        }
        const struct cell *cell = look_up(table, in + at, size - at, &taken);
        if (cell) {
            memcpy(out + written, cell,
                   sizeof *cell); /* four bytes: one store; the last is overwritten */
            written += cell->length;
        } else {
            if (*bad == size)
                *bad = at;
            memcpy(out + written, replacement, sizeof replacement);
            written += sizeof replacement;
        }
        at += taken;
    }
    return written;
}
