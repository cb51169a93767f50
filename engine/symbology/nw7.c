#include "symbology/nw7.h"

/* Seven elements a character, the first as the top bit, 1 = wide; bars and spaces in turn (JIS X 0506, EN 798). */
static uint8_t pattern(char character)
{
    switch (character) {
    case '0':
        return 0x03;
    case '1':
        return 0x06;
    case '2':
        return 0x09;
    case '3':
        return 0x60;
    case '4':
        return 0x12;
    case '5':
        return 0x42;
    case '6':
        return 0x21;
    case '7':
        return 0x24;
    case '8':
        return 0x30;
    case '9':
        return 0x48;
    case '-':
        return 0x0C;
    case '$':
        return 0x18;
    case ':':
        return 0x45;
    case '/':
        return 0x51;
    case '.':
        return 0x54;
    case '+':
        return 0x15;
    default:
        return 0;
    }
}

static uint8_t guard_pattern(char letter)
{
    switch (letter) {
    case 'A':
    case 'a':
        return 0x1A;
    case 'B':
    case 'b':
        return 0x29;
    case 'C':
    case 'c':
        return 0x0B;
    case 'D':
    case 'd':
        return 0x0E;
    default:
        return 0;
    }
}

enum { CHARACTER = 7 };

static void add(struct nw7 *symbol, uint8_t elements)
{
    if (symbol->count)
        symbol->wide[symbol->count++] = 0;
    for (int bit = CHARACTER - 1; bit >= 0; bit--)
        symbol->wide[symbol->count++] = elements >> bit & 1;
}

enum status nw7_encode(struct text data, char start, char stop, struct nw7 *out,
                       struct error *error)
{
    uint8_t first = guard_pattern(start), last = guard_pattern(stop);
    bool good = data.length >= 1 && data.length <= NW7_MOST;

    out->count = 0;
    if (!first || !last)
        return error_set(error, MSG_NW7_GUARD);
    add(out, first);
    for (uint32_t i = 0; good && i < data.length; i++) {
        uint8_t elements = pattern(data.bytes[i]);
        good = elements != 0;
        add(out, elements);
    }
    if (good) {
        add(out, last);
        return OK;
    }
    out->count = 0;
    enum status status = error_set(error, MSG_NW7_DATA);
    if (error)
        error->want = NW7_MOST;
    return status;
}

enum { NARROW_MOST = 200 };

enum status nw7_place(int32_t narrow, int32_t ratio, struct nw7_place *out, struct error *error)
{
    if (narrow < 1 || narrow > NARROW_MOST || ratio < NW7_RATIO_LEAST || ratio > NW7_RATIO_MOST)
        return error_set(error, MSG_NW7_SIZE);
    *out = (struct nw7_place){narrow, (narrow * ratio + 5) / 10};
    if (out->wide > 3 * narrow)
        out->wide = 3 * narrow;
    return OK;
}

int32_t nw7_length(const struct nw7 *symbol, const struct nw7_place *place)
{
    int32_t length = 0;
    for (uint32_t i = 0; i < symbol->count; i++)
        length += symbol->wide[i] ? place->wide : place->narrow;
    return length;
}

/* Guards and : / . + have three wide elements, digits - $ two. */
int32_t nw7_longest(uint32_t characters, const struct nw7_place *place)
{
    int32_t all = (int32_t)characters + 2;
    return all * (4 * place->narrow + 3 * place->wide) + (all - 1) * place->narrow;
}
