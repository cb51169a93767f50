#include "symbology/qr_mask.h"

#include <string.h>

/* Rows in front of and behind the symbol that a search may look at: light, and equal to nothing. */
typedef uint64_t row_bits[QR_WORDS];

enum { MASKS = 8, PERIOD = 12 }; /* every mask repeats after 12 rows and 12 columns */

/* ISO/IEC 18004, table 10: true where the mask inverts. i row, j column. */
static bool inverts(int mask, int i, int j)
{
    switch (mask) {
    case 0:
        return (i + j) % 2 == 0;
    case 1:
        return i % 2 == 0;
    case 2:
        return j % 3 == 0;
    case 3:
        return (i + j) % 3 == 0;
    case 4:
        return (i / 2 + j / 3) % 2 == 0;
    case 5:
        return i * j % 2 + i * j % 3 == 0;
    case 6:
        return (i * j % 2 + i * j % 3) % 2 == 0;
    default:
        return (i * j % 3 + (i + j) % 2) % 2 == 0;
    }
}

/* The mask's rows; of the transposed symbol with i and j exchanged. */
static void mask_rows(int mask, bool transposed, row_bits rows[PERIOD])
{
    memset(rows, 0, PERIOD * sizeof *rows);
    for (int i = 0; i < PERIOD; i++) {
        uint64_t pattern = 0;
        for (int j = 0; j < PERIOD; j++)
            pattern |= (uint64_t)(transposed ? inverts(mask, j, i) : inverts(mask, i, j))
                       << (PERIOD - 1 - j);
        for (int at = 0; at < 64 * QR_WORDS; at += PERIOD) {
            int word = at / 64, shift = 64 - PERIOD - at % 64;
            if (shift >= 0) {
                rows[i][word] |= pattern << shift;
                continue;
            }
            rows[i][word] |= pattern >> -shift;
            if (word + 1 < QR_WORDS)
                rows[i][word + 1] |= pattern << (64 + shift);
        }
    }
}

/* -- format information: ISO/IEC 18004, 7.9 and annex C -- */

/* 5 bits and their (15,5) BCH code, generator 10100110111, masked with 101010000010010. */
static unsigned format_bits(int level, int mask)
{
    static const unsigned indicator[] = {1, 0, 3, 2}; /* L M Q H, table 12 */
    unsigned data = indicator[level] << 3 | (unsigned)mask, rest = data << 10;
    for (int bit = 14; bit >= 10; bit--)
        if (rest >> bit & 1)
            rest ^= 0x537u << (bit - 10);
    return (data << 10 | rest) ^ 0x5412;
}

static void set_dark(row_bits *rows, int x, int y, bool transposed)
{
    int across = transposed ? y : x, down = transposed ? x : y;
    rows[down][across / 64] |= UINT64_C(1) << (63 - across % 64);
}

/* Figure 25: bit 0 stands at the right end of row 8 and at the top of column 8. */
static void put_format(row_bits *rows, int width, unsigned bits, bool transposed)
{
    for (int i = 0; i < 15; i++) {
        int down = i < 6 ? i : i < 8 ? i + 1 : width - 15 + i;
        int across = i < 8 ? width - 1 - i : i == 8 ? 7 : 14 - i;
        if (bits >> i & 1) {
            set_dark(rows, 8, down, transposed);
            set_dark(rows, across, 8, transposed);
        }
    }
}

/* -- penalties, of runs down the columns -- */

struct view {
    int width;
    row_bits edge; /* the columns that there are */
    row_bits rows[QR_MAX_MODULES];
};

static uint32_t count_bits(uint64_t word)
{
    word -= word >> 1 & UINT64_C(0x5555555555555555);
    word = (word & UINT64_C(0x3333333333333333)) + (word >> 2 & UINT64_C(0x3333333333333333));
    word = (word + (word >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F);
    return (uint32_t)(word * UINT64_C(0x0101010101010101) >> 56);
}

/* A run of n >= 5 like modules costs 3 + (n - 5): it is n - 4 windows of five and one beginning of such windows, two
 * more. */
static inline __attribute__((always_inline)) uint32_t runs(const struct view *view, int words)
{
    uint32_t penalty = 0;
    for (int w = 0; w < words; w++) {
        uint64_t before = 0, alike[4] = {0};
        for (int y = 0; y + 1 < view->width; y++) {
            alike[y & 3] = ~(view->rows[y][w] ^ view->rows[y + 1][w]) & view->edge[w];
            uint64_t five = y < 3 ? 0 : alike[0] & alike[1] & alike[2] & alike[3];
            if (five)
                penalty += count_bits(five) + 2 * count_bits(five & ~before);
            before = five;
        }
    }
    return penalty;
}

/* 3 for every block of two by two like modules. */
static inline __attribute__((always_inline)) uint32_t blocks(const struct view *view, int words)
{
    uint32_t count = 0;
    for (int y = 0; y + 1 < view->width; y++) {
        const uint64_t *a = view->rows[y], *b = view->rows[y + 1];
        for (int w = 0; w < words; w++) {
            bool last = w + 1 == words;
            uint64_t down = ~(a[w] ^ b[w]), edge = view->edge[w];
            uint64_t across = ~(a[w] ^ (a[w] << 1 | (last ? 0 : a[w + 1] >> 63)));
            uint64_t next = down << 1 | (last ? 0 : ~(a[w + 1] ^ b[w + 1]) >> 63);
            uint64_t inner = edge & (edge << 1 | (last ? 0 : view->edge[w + 1] >> 63));
            count += count_bits(down & across & next & inner);
        }
    }
    return 3 * count;
}

/* Dark and light stretches of `size` that begin in each row, one word of each row. */
struct stretch {
    uint64_t dark[QR_MAX_MODULES], light[QR_MAX_MODULES];
};

static uint64_t light_rows(const struct view *view, int w, int first, int count)
{
    uint64_t light = first >= 0 && first + count <= view->width ? ~UINT64_C(0) : 0;
    for (int i = 0; light && i < count; i++)
        light &= ~view->rows[first + i][w];
    return light;
}

/* What decides about a finder-like pattern of rows first .. end-1, in one word: it is bounded by light or the edge, and
 * has four times its unit of light on one side, or nothing but light up to the edge. */
static uint32_t bounded(const struct view *view, int w, uint64_t found, int first, int end,
                        int unit, const uint64_t *dark_above, const uint64_t *dark_below)
{
    if (first > 0)
        found &= ~view->rows[first - 1][w];
    if (end < view->width)
        found &= ~view->rows[end][w];
    if (!found)
        return 0;
    uint64_t open = (first > 0 ? ~dark_above[first - 1] : ~UINT64_C(0)) |
                    (end < view->width ? ~dark_below[end] : ~UINT64_C(0)) |
                    light_rows(view, w, first - 4 * unit, 4 * unit) |
                    light_rows(view, w, end, 4 * unit);
    return count_bits(found & open);
}

/* Patterns 1:1:3:1:1 with this unit. Rows must hold stretches of `unit`; triple: dark ones of three units. */
static uint32_t finders(const struct view *view, int w, int unit, const struct stretch *stretch,
                        const uint64_t *triple, const uint64_t *dark_above,
                        const uint64_t *dark_below)
{
    uint32_t count = 0;
    for (int y = 0; y + 7 * unit <= view->width; y++) {
        uint64_t found = triple[y + 2 * unit] & view->edge[w];
        if (!found)
            continue;
        found &= stretch->light[y + unit] & stretch->light[y + 5 * unit] & stretch->dark[y] &
                 stretch->dark[y + 6 * unit];
        if (found)
            count += bounded(view, w, found, y, y + 7 * unit, unit, dark_above, dark_below);
    }
    return count;
}

/* Stretches of one more: those of `size` become those of size + 1. True: some dark one is left. */
static bool lengthen(const struct view *view, int w, int size, uint64_t *dark)
{
    uint64_t any = 0;
    for (int y = 0; y + size < view->width; y++) {
        dark[y] &= view->rows[y + size][w];
        any |= dark[y];
    }
    return any & view->edge[w];
}

static void lengthen_light(const struct view *view, int w, int size, uint64_t *light)
{
    for (int y = 0; y + size < view->width; y++)
        light[y] &= ~view->rows[y + size][w];
}

/* 40 for every finder-like pattern, in any size. */
static uint32_t patterns(const struct view *view, int words)
{
    uint32_t count = 0;
    for (int w = 0; w < words; w++) {
        struct stretch stretch;
        uint64_t triple[QR_MAX_MODULES], above[QR_MAX_MODULES], below[QR_MAX_MODULES], seen = 0;
        bool more = true;
        for (int y = 0; y < view->width; y++) {
            triple[y] = stretch.dark[y] = view->rows[y][w];
            stretch.light[y] = ~view->rows[y][w];
            above[y] = seen |= view->rows[y][w];
        }
        seen = 0;
        for (int y = view->width - 1; y >= 0; y--)
            below[y] = seen |= view->rows[y][w];
        for (int unit = 1; more && 7 * unit <= view->width; unit++) {
            if (unit > 1) {
                (void)lengthen(view, w, unit - 1, stretch.dark);
                lengthen_light(view, w, unit - 1, stretch.light);
                more = lengthen(view, w, 3 * unit - 3, triple);
            }
            more = more && lengthen(view, w, 3 * unit - 2, triple) &&
                   lengthen(view, w, 3 * unit - 1, triple);
            if (more)
                count += finders(view, w, unit, &stretch, triple, above, below);
        }
    }
    return 40 * count;
}

/* 10 for every whole 5 % between the share of dark modules, rounded to per cent, and one half. */
static uint32_t balance(const struct view *view, int words)
{
    uint32_t dark = 0, all = (uint32_t)(view->width * view->width);
    for (int y = 0; y < view->width; y++)
        for (int w = 0; w < words; w++)
            dark += count_bits(view->rows[y][w]);
    int share = (int)((200 * dark + all) / all / 2);
    return (uint32_t)((share < 50 ? 50 - share : share - 50) / 5 * 10);
}

static inline __attribute__((always_inline)) uint32_t down_penalty(const struct view *view,
                                                                   int words)
{
    return runs(view, words) + patterns(view, words);
}

/* upright: the symbol, turned: transposed. */
static uint32_t penalty_of(const struct view *upright, const struct view *turned)
{
    switch ((upright->width + 63) / 64) { /* constants: loops over words are unrolled */
    case 1:
        return down_penalty(upright, 1) + down_penalty(turned, 1) + blocks(upright, 1) +
               balance(upright, 1);
    case 2:
        return down_penalty(upright, 2) + down_penalty(turned, 2) + blocks(upright, 2) +
               balance(upright, 2);
    default:
        return down_penalty(upright, 3) + down_penalty(turned, 3) + blocks(upright, 3) +
               balance(upright, 3);
    }
}

/* -- the search -- */

static void view_open(struct view *view, int width)
{
    view->width = width;
    for (int w = 0; w < QR_WORDS; w++) {
        int left = width - 64 * w;
        view->edge[w] = left <= 0 ? 0 : left >= 64 ? ~UINT64_C(0) : ~UINT64_C(0) << (64 - left);
    }
}

/* 8 x 8 bits, row 0 in the top byte: Hacker's Delight, 7-3, three exchanges. */
static uint64_t turn_block(uint64_t block)
{
    uint64_t swap = (block ^ block >> 7) & UINT64_C(0x00AA00AA00AA00AA);
    block ^= swap ^ swap << 7;
    swap = (block ^ block >> 14) & UINT64_C(0x0000CCCC0000CCCC);
    block ^= swap ^ swap << 14;
    swap = (block ^ block >> 28) & UINT64_C(0x00000000F0F0F0F0);
    return block ^ swap ^ swap << 28;
}

static void turn(row_bits *from, int width, row_bits *to)
{
    for (int y = 0; y < width; y++)
        memset(to[y], 0, sizeof to[y]);
    for (int y = 0; y < width; y += 8)
        for (int x = 0; x < width; x += 8) {
            uint64_t block = 0;
            for (int i = 0; i < 8; i++)
                block =
                    block << 8 | (y + i < width ? from[y + i][x / 64] >> (56 - x % 64) & 0xFF : 0);
            block = turn_block(block);
            for (int i = 0; i < 8 && x + i < width; i++)
                to[x + i][y / 64] |= (block >> (56 - 8 * i) & 0xFF) << (56 - y % 64);
        }
}

static void apply(struct view *view, row_bits *dark, row_bits *data, int level, int mask,
                  bool transposed)
{
    row_bits pattern[PERIOD];
    mask_rows(mask, transposed, pattern);
    for (int y = 0; y < view->width; y++)
        for (int w = 0; w < QR_WORDS; w++)
            view->rows[y][w] = dark[y][w] ^ (data[y][w] & pattern[y % PERIOD][w]);
    put_format(view->rows, view->width, format_bits(level, mask), transposed);
}

static void write_out(const struct view *view, struct qr *out)
{
    out->modules = (uint16_t)view->width;
    for (int y = 0; y < view->width; y++)
        for (int byte = 0; byte < (view->width + 7) / 8; byte++)
            out->bits[y][byte] = (uint8_t)(view->rows[y][byte / 8] >> (56 - 8 * (byte % 8)));
}

static int best_mask(struct qr_frame *frame, int level, struct view *upright)
{
    struct view turned;
    row_bits dark[QR_MAX_MODULES], data[QR_MAX_MODULES];
    uint32_t least = UINT32_MAX;
    int best = 0;

    view_open(&turned, frame->width);
    turn(frame->dark, frame->width, dark);
    turn(frame->data, frame->width, data);
    for (int mask = 0; mask < MASKS; mask++) {
        apply(upright, frame->dark, frame->data, level, mask, false);
        apply(&turned, dark, data, level, mask, true);
        uint32_t penalty = penalty_of(upright, &turned);
        if (penalty < least) {
            least = penalty;
            best = mask;
        }
    }
    return best;
}

void qr_mask(struct qr_frame *frame, int level, int fixed, struct qr *out)
{
    struct view upright;
    view_open(&upright, frame->width);
    int mask = fixed >= 0 ? fixed : best_mask(frame, level, &upright);
    apply(&upright, frame->dark, frame->data, level, mask, false);
    write_out(&upright, out);
}

uint32_t qr_penalty(const struct qr *symbol)
{
    struct view upright, turned;
    view_open(&upright, symbol->modules);
    view_open(&turned, symbol->modules);
    for (int y = 0; y < symbol->modules; y++) {
        memset(upright.rows[y], 0, sizeof upright.rows[y]);
        for (int byte = 0; byte < (symbol->modules + 7) / 8; byte++)
            upright.rows[y][byte / 8] |= (uint64_t)symbol->bits[y][byte] << (56 - 8 * (byte % 8));
    }
    turn(upright.rows, symbol->modules, turned.rows);
    return penalty_of(&upright, &turned);
}
