#include "pdf/content.h"

/* Runs of dark modules in a column become rectangles; equal runs of the columns to the right widen
 * them. The path is written in modules, y downwards, under a matrix whose scale is the module:
 * small whole numbers. Columns before rows, and rectangles of one size together, take a tenth less
 * room when deflated (measured on QR codes). */

#define LINE_BYTES (MODULES_MOST / 8 + 1)
#define WORDS (MODULES_MOST / 64 + 1)
#define MOST_RUNS (MODULES_MOST / 2 + 2)
#define MOST_RECTANGLES (MODULES_MOST * (MODULES_MOST / 2 + 1))

#define SMALL 4 /* sizes up to 4 x 4 have a class each, all others are one */
#define CLASSES (SMALL * SMALL + 1)

struct run {
    uint8_t start, length, first; /* y, height, x of the first column */
};

struct rectangle {
    uint8_t x, y, w, h;
};

struct cover {
    uint8_t columns[MODULES_MOST + 1]
                   [LINE_BYTES]; /* the symbol turned: a line is a column, top bit first */
    struct rectangle rectangles[MOST_RECTANGLES];
    unsigned count;
};

/* -- turning -- */

/* An 8 x 8 square of bits, row 0 in the top byte, turned about its diagonal (three rounds of
 * swaps). */
static uint64_t turn_square(uint64_t square)
{
    uint64_t swap = (square ^ (square >> 7)) & UINT64_C(0x00AA00AA00AA00AA);

    square ^= swap ^ (swap << 7);
    swap = (square ^ (square >> 14)) & UINT64_C(0x0000CCCC0000CCCC);
    square ^= swap ^ (swap << 14);
    swap = (square ^ (square >> 28)) & UINT64_C(0x00000000F0F0F0F0);
    return square ^ swap ^ (swap << 28);
}

static void turn(const struct item_modules *modules, uint8_t columns[][LINE_BYTES])
{
    unsigned count = modules->count, bytes = (count + 7) / 8;

    for (unsigned row = 0; row < bytes; row++) {
        for (unsigned byte = 0; byte < bytes; byte++) {
            uint64_t square = 0;

            for (unsigned i = 0; i < 8; i++)
                square = square << 8 |
                         (row * 8 + i < count
                              ? modules->bits[(size_t)(row * 8 + i) * modules->row_bytes + byte]
                              : 0u);
            square = turn_square(square);
            for (unsigned i = 8; i-- > 0; square >>= 8)
                columns[byte * 8 + i][row] = (uint8_t)square;
        }
    }
}

/* -- runs -- */

/* The bytes of a line as 64-bit words, first module in the top bit, zeros behind the last. */
static void load_line(const uint8_t *bytes, unsigned count, uint64_t line[WORDS])
{
    for (unsigned i = 0; i < (count + 7) / 8; i++)
        line[i / 8] |= (uint64_t)bytes[i] << (56 - 8 * (i % 8));
}

/* From the places where a module differs from the one before it. */
static unsigned find_runs(const uint64_t line[WORDS], unsigned words, uint8_t x,
                          struct run runs[MOST_RUNS])
{
    uint64_t carry = 0;
    unsigned edges = 0;

    for (unsigned word = 0; word < words; word++) {
        uint64_t changes = line[word] ^ (line[word] >> 1 | carry);

        carry = line[word] << 63;
        while (changes) {
            unsigned bit = (unsigned)__builtin_clzll(changes);
            struct run *run = &runs[edges / 2];

            changes &= ~(UINT64_C(1) << (63 - bit));
            if (edges++ % 2 == 0)
                *run = (struct run){.start = (uint8_t)(word * 64 + bit), .first = x};
            else
                run->length = (uint8_t)(word * 64 + bit - run->start);
        }
    }
    return edges / 2;
}

/* Runs of the column before that do not go on in this one are done; those that do keep their first
 * column. Both lists are in order. */
static void close_runs(struct cover *cover, const struct run *open, unsigned open_count,
                       struct run *runs, unsigned run_count, unsigned x)
{
    unsigned next = 0;

    for (unsigned i = 0; i < open_count; i++) {
        while (next < run_count && runs[next].start < open[i].start)
            next++;
        if (next < run_count && runs[next].start == open[i].start &&
            runs[next].length == open[i].length)
            runs[next].first = open[i].first;
        else
            cover->rectangles[cover->count++] =
                (struct rectangle){.x = open[i].first,
                                   .y = open[i].start,
                                   .w = (uint8_t)(x - open[i].first),
                                   .h = open[i].length};
    }
}

static void make_cover(const struct item_modules *modules, struct cover *cover)
{
    struct run runs[2][MOST_RUNS];
    unsigned counts[2] = {0, 0}, now = 0, words = modules->count / 64u + 1;

    turn(modules, cover->columns);
    cover->count = 0;
    for (unsigned x = 0; x <= modules->count; x++, now ^= 1) {
        uint64_t line[WORDS] = {0};

        if (x < modules->count)
            load_line(cover->columns[x], modules->count, line);
        counts[now] = find_runs(line, words, (uint8_t)x, runs[now]);
        close_runs(cover, runs[now ^ 1], counts[now ^ 1], runs[now], counts[now], x);
    }
}

/* -- writing -- */

static unsigned class_of(const struct rectangle *rectangle)
{
    if (rectangle->w > SMALL || rectangle->h > SMALL)
        return CLASSES - 1;
    return (rectangle->w - 1u) * SMALL + rectangle->h - 1u;
}

/* Stable: by class, and as found within a class. */
static void sort_cover(const struct cover *cover, struct rectangle *sorted)
{
    unsigned places[CLASSES + 1] = {0};

    for (unsigned i = 0; i < cover->count; i++)
        places[class_of(&cover->rectangles[i]) + 1]++;
    for (unsigned class = 1; class <= CLASSES; class ++)
        places[class] += places[class - 1];
    for (unsigned i = 0; i < cover->count; i++)
        sorted[places[class_of(&cover->rectangles[i])]++] = cover->rectangles[i];
}

/* A number below 200 and a blank, without branches that a processor would guess wrong half the
 * time: four bytes are written, the first two to four of them count. */
static inline uint8_t *put_small(uint8_t *at, unsigned value)
{
    unsigned skip = (value < 10) + (value < 100);
    uint32_t digits = ('0' + value / 100) | ('0' + value / 10 % 10) << 8 |
                      ('0' + value % 10) << 16 | (uint32_t)' ' << 24;

    digits >>= 8 * skip;
    for (unsigned i = 0; i < 4; i++)
        at[i] = (uint8_t)(digits >> 8 * i);
    return at + 4 - skip;
}

#define RECTANGLE_ROOM 20

static void put_cover(struct ink *ink, const struct cover *cover)
{
    struct rectangle sorted[MOST_RECTANGLES];
    uint8_t *at = ink_room(ink, (size_t)cover->count * RECTANGLE_ROOM);

    if (!at)
        return;
    sort_cover(cover, sorted);
    for (unsigned i = 0; i < cover->count; i++) {
        at = put_small(at, sorted[i].x);
        at = put_small(at, sorted[i].y);
        at = put_small(at, sorted[i].w);
        at = put_small(at, sorted[i].h);
        memcpy(at, "re\n", 3);
        at += 3;
    }
    ink_wrote(ink, at);
}

enum status content_modules(struct content *content, const struct item_modules *modules,
                            struct error *error)
{
    int32_t module = thousandths(modules->module);
    struct cover cover;

    if (modules->count > MODULES_MOST)
        return error_set(error, MSG_BUG);
    make_cover(modules, &cover);
    ink_words(content->ink, "q ");
    content_number(content, module);
    ink_words(content->ink, "0 0 ");
    content_number(content, -module);
    content_number(content, content_x(modules->x));
    content_number(content, content_y(content, modules->y));
    ink_words(content->ink, "cm\n");
    put_cover(content->ink, &cover);
    ink_words(content->ink, "f Q\n");
    return OK;
}
