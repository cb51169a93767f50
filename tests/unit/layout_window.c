/* Barcodes, window and places of the run's marks: what a layout may say, and what no shift of the sheet may do. */
#include "layout/layout.h"

#include "unit/check.h"

#include <stdbool.h>
#include <stdlib.h>

static struct arena arena;
static struct layout layout;
static struct error error;

static enum status read_source(const char *source)
{
    char whole[4096];
    snprintf(whole, sizeof whole,
             "paper: A4\nfolds: [99, 198]\nstyles:\n  s: { font: m, size: 9, leading: 9 }\n%s",
             source);
    arena_close(&arena);
    arena_open(&arena, 16u << 20);
    memset(&error, 0, sizeof error);
    return layout_read(text_of(whole), "test.yaml", &arena, &layout, &error);
}

struct refusal {
    int row;
    const char *source;
    enum message message; /* MSG_NONE: taken */
    const char *name;
    int64_t have, want; /* not looked at where both are 0 */
};

static void walk(const struct refusal *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        enum status status = read_source(rows[i].source);
        row_check(rows[i].row, status == (rows[i].message == MSG_NONE ? OK : STOP));
        row_check(rows[i].row, error.message == rows[i].message);
        row_check(rows[i].row, strcmp(error.name, rows[i].name) == 0);
        if (rows[i].have || rows[i].want)
            row_check(rows[i].row, error.have == rows[i].have && error.want == rows[i].want);
    }
    check_rows();
}
#define WALK(rows) walk(rows, sizeof rows / sizeof *rows)

#define TEXT_AT(part, x, y, w, h)                                                                  \
    "  - { part: " part ", style: s, x: " #x ", y: " #y ", w: " #w ", h: " #h " }\n"
#define CUSTOMER(x, y, more)                                                                       \
    "  - { part: customer, symbol: customer, x: " #x ", y: " #y ", " more " }\n"
#define NW7(x, y, more) "  - { part: tracking, symbol: nw7, x: " #x ", y: " #y ", " more " }\n"
#define LINE(x, y, w) "lines:\n  - { x: " #x ", y: " #y ", w: " #w ", h: 0, width: 1 }\n"
#define BOX(x, y, w, h) "boxes:\n  - { x: " #x ", y: " #y ", w: " #w ", h: " #h ", width: 1 }\n"

static void symbols(void **state)
{
    static const struct refusal rows[] = {
        {1, "frames:\n" CUSTOMER(20, 20, "size: 8"), MSG_NONE, "", 0, 0},
        {2, "frames:\n" CUSTOMER(20, 20, "size: 11.5"), MSG_NONE, "", 0, 0},
        {3, "frames:\n" CUSTOMER(20, 20, "size: 9.37, clear: 5"), MSG_NONE, "", 0, 0},
        {4, "frames:\n" CUSTOMER(20, 20, "size: 7.99"), MSG_CUSTOMER_SIZE, "customer", 799, 0},
        {5, "frames:\n" CUSTOMER(20, 20, "size: 11.51"), MSG_CUSTOMER_SIZE, "customer", 1151, 0},
        {6, "frames:\n" CUSTOMER(20, 20, "size: 8, clear: 1.99"), MSG_LAYOUT_RANGE, "clear", 0, 0},
        {7, "frames:\n" CUSTOMER(20, 20, "clear: 2"), MSG_LAYOUT_MISSING, "size", 0, 0},
        {8, "frames:\n" CUSTOMER(20, 20, "size: 8, level: M"), MSG_LAYOUT_KEY, "level", 0, 0},
        {9, "frames:\n  - { part: a, symbol: code39, x: 20, y: 20 }\n", MSG_LAYOUT_CHOICE, "symbol",
         0, 0},
        {10, "frames:\n  - { part: a, symbol: [qr], x: 20, y: 20 }\n", MSG_LAYOUT_CHOICE, "symbol",
         0, 0},
        /* the clear zone is the frame's: nothing stands in it */
        {11, "frames:\n" CUSTOMER(20, 20, "size: 8") TEXT_AT("a", 20, 16.8, 60, 3.2), MSG_NONE, "",
         0, 0},
        {12, "frames:\n" CUSTOMER(20, 20, "size: 8") TEXT_AT("a", 20, 16.9, 60, 3.2),
         MSG_FRAMES_OVERLAP, "customer / a", 0, 0},
        {13, "frames:\n" CUSTOMER(20, 20, "size: 8") LINE(20, 21, 30), MSG_FRAMES_OVERLAP,
         "customer / lines", 0, 0},
        {14, "frames:\n" CUSTOMER(20, 20, "size: 8") BOX(15, 15, 100, 30), MSG_NONE, "", 0, 0},
        {15, "frames:\n" CUSTOMER(20, 20, "size: 8") BOX(15, 15, 30, 30), MSG_FRAMES_OVERLAP,
         "customer / lines", 0, 0},
        {16, "frames:\n" CUSTOMER(20, 97, "size: 8"), MSG_SYMBOL_ON_FOLD, "customer", 0, 0},
        {17, "frames:\n" CUSTOMER(9, 20, "size: 8"), MSG_FRAME_IN_MARGIN, "customer", 0, 0},
        {20, "frames:\n" NW7(20, 20, "h: 10"), MSG_NONE, "", 0, 0},
        {21, "frames:\n" NW7(20, 20, "h: 10, start: b, stop: d, narrow: 8, wide: 16"), MSG_NONE, "",
         0, 0},
        {22, "frames:\n" NW7(20, 20, "h: 10, narrow: 8, wide: 24, characters: 14"), MSG_NONE, "", 0,
         0},
        {23, "frames:\n" NW7(20, 20, "h: 10, narrow: 8, wide: 15"), MSG_NW7_RATIO, "tracking", 8,
         15},
        {24, "frames:\n" NW7(20, 20, "h: 10, narrow: 8, wide: 25"), MSG_NW7_RATIO, "tracking", 8,
         25},
        {25, "frames:\n" NW7(20, 20, "h: 10, start: e"), MSG_LAYOUT_CHOICE, "start", 0, 0},
        {26, "frames:\n" NW7(20, 20, "start: a"), MSG_LAYOUT_MISSING, "h", 0, 0},
        {27, "frames:\n" NW7(20, 20, "h: 10, characters: 33"), MSG_LAYOUT_WHOLE, "characters", 1,
         32},
        {28, "frames:\n" NW7(130, 20, "h: 10, narrow: 10, wide: 30"), MSG_FRAME_IN_MARGIN,
         "tracking", 0, 0},
        {29, "frames:\n" NW7(20, 95, "h: 10"), MSG_SYMBOL_ON_FOLD, "tracking", 0, 0},
    };
    (void)state;
    WALK(rows);
}

/* The 600 dpi dots of a barcode are even and on an even grid of its own: whole dots at 300 dpi too. */
static void measures(void **state)
{
    char source[200];
    (void)state;
    for (int size = 800; size <= 1150; size += 7) {
        snprintf(source, sizeof source, "frames:\n" CUSTOMER(20, 20, "size: %d.%02d"), size / 100,
                 size % 100);
        row_check(size, read_source(source) == OK);
        const struct frame *frame = &layout.frames[0];
        const struct customer_place *place = &frame->place;
        row_check(size, (place->width | place->pitch | place->high | place->timing) % 2 == 0);
        row_check(size, frame->bars.x % (2 * EMU_PER_DOT600) == 0 &&
                            frame->bars.y % (2 * EMU_PER_DOT600) == 0);
        row_check(size, frame->bars.w == (66 * place->pitch + place->width) * EMU_PER_DOT600);
        row_check(size, frame->bars.x - frame->box.x >= CUSTOMER_CLEAR &&
                            frame->bars.y - frame->box.y >= CUSTOMER_CLEAR);
        row_check(size,
                  frame->box.x + frame->box.w - frame->bars.x - frame->bars.w == CUSTOMER_CLEAR);
        /* manual p12, in 1/1000 of a tenth of a point's millimetre: 3.40 to 3.60 x a/10 */
        int64_t high = (int64_t)place->high * EMU_PER_DOT600 * 1000;
        row_check(size, high >= (int64_t)340 * size * EMU_PER_MM / 100 &&
                            high <= (int64_t)360 * size * EMU_PER_MM / 100);
    }
    check_rows();
}

#define WINDOW(x, y, w, h, play, shows)                                                            \
    "window: { envelope: e, x: " #x ", y: " #y ", w: " #w ", h: " #h ", play: [" play              \
    "], shows: [" shows "] }\n"
#define BLOCK "frames:\n" TEXT_AT("a", 20, 20, 60, 10)

static void windows(void **state)
{
    static const struct refusal rows[] = {
        /* 90 x 45 at 10, 15: play of 20 and 10 leaves 20-90, 20-55; reach 0-110, 10-65 */
        {1, WINDOW(10, 15, 90, 45, "20, 10", "a") BLOCK, MSG_NONE, "", 0, 0},
        {2, WINDOW(10, 15, 90, 45, "20.02, 10", "a") BLOCK, MSG_WINDOW_HIDES, "a", -1, 0},
        {3, WINDOW(10, 15, 90, 45, "20, 10.4", "a") BLOCK, MSG_WINDOW_HIDES, "a", -20, 0},
        {4, WINDOW(10, 15, 90, 45, "20, 10", "a, b") BLOCK, MSG_WINDOW_PART, "b", 0, 0},
        {5, WINDOW(10, 15, 90, 45, "20, 10", "") BLOCK, MSG_WINDOW_PART, "shows", 0, 0},
        {6, WINDOW(10, 15, 90, 45, "90, 10", "a") BLOCK, MSG_WINDOW_PLAY, "play", 0, 0},
        {7, WINDOW(10, 15, 90, 45, "20", "a") BLOCK, MSG_LAYOUT_LIST, "play", 0, 0},
        {8, WINDOW(10, 15, 90, 45, "-1, 3", "a") BLOCK, MSG_LAYOUT_RANGE, "play", 0, 0},
        {9, "window: { envelope: e }\n" BLOCK, MSG_LAYOUT_MISSING, "x", 0, 0},
        /* nothing else comes in: beside, below, behind the fold */
        {10, WINDOW(10, 15, 90, 45, "20, 10", "a") BLOCK TEXT_AT("b", 110, 20, 60, 5), MSG_NONE, "",
         0, 0},
        {11, WINDOW(10, 15, 90, 45, "20, 10", "a") BLOCK TEXT_AT("b", 109.9, 20, 60, 5),
         MSG_WINDOW_ENTERED, "b", 0, 0},
        {12, WINDOW(10, 15, 90, 45, "20, 10", "a") BLOCK TEXT_AT("b", 20, 65, 60, 5), MSG_NONE, "",
         0, 0},
        {13, WINDOW(10, 15, 90, 45, "20, 10", "a") BLOCK TEXT_AT("b", 20, 64.9, 60, 5),
         MSG_WINDOW_ENTERED, "b", 0, 0},
        {14,
         WINDOW(10, 15, 90, 80, "20, 30", "a") "frames:\n" TEXT_AT("a", 20, 30, 60, 10)
             TEXT_AT("b", 20, 99, 60, 5),
         MSG_NONE, "", 0, 0},
        {15,
         WINDOW(10, 15, 90, 80, "20, 30", "a") "frames:\n" TEXT_AT("a", 20, 30, 60, 10)
             TEXT_AT("b", 20, 98.9, 60, 5),
         MSG_WINDOW_ENTERED, "b", 0, 0},
        {16, WINDOW(10, 15, 90, 45, "20, 10", "a") BLOCK LINE(20, 40, 30), MSG_WINDOW_ENTERED,
         "lines", 0, 0},
        {17, WINDOW(10, 15, 90, 45, "20, 10", "a") BLOCK LINE(112, 40, 30), MSG_NONE, "", 0, 0},
        {18,
         WINDOW(10, 15, 90, 45, "20, 10", "a") BLOCK
         "marks:\n  - { x: 100, y: 30, w: 5, h: 5, view: [1, 1], path: M0 0Z }\n",
         MSG_WINDOW_ENTERED, "marks", 0, 0},
        {19,
         WINDOW(10, 15, 90, 45, "20, 10", "a") BLOCK
         "tables:\n  - { name: t, x: 20, y: 60, w: 60, row: 5, rows: 2, frames: [ { part: c, "
         "style: s, x: 20, w: 30 } ] }\n",
         MSG_WINDOW_ENTERED, "t", 0, 0},
        {20,
         WINDOW(10, 15, 90, 45, "20, 10", "a") BLOCK
         "  - { image: logo, x: 95, y: 20, w: 20, h: 10 }\n",
         MSG_WINDOW_ENTERED, "logo", 0, 0},
        {21,
         WINDOW(10, 15, 90, 45, "20, 10", "a, logo") BLOCK
         "  - { image: logo, x: 20, y: 40, w: 20, h: 10 }\n",
         MSG_NONE, "", 0, 0},
        {22,
         WINDOW(30, 25, 50, 20, "2, 2", "a") "frames:\n" TEXT_AT("a", 35, 30, 20, 10)
             BOX(20, 15, 80, 50),
         MSG_NONE, "", 0, 0},
        /* the barcode: 2 mm to each edge of the window at any shift */
        {30, WINDOW(10, 15, 90, 45, "22, 10", "a") BLOCK CUSTOMER(21, 31, "size: 8"),
         MSG_WINDOW_HIDES, "a", -100, 0},
        {31, WINDOW(10, 15, 90, 45, "20, 10", "a") BLOCK CUSTOMER(20, 31, "size: 8"), MSG_NONE, "",
         0, 0},
        {32, WINDOW(10, 15, 90, 45, "20, 10", "a") BLOCK CUSTOMER(19.9, 31, "size: 8"),
         MSG_WINDOW_HIDES, "customer", 192, 200}, /* its bars begin on the dot behind 21.9 mm */
        {33, WINDOW(10, 15, 90, 45, "20, 10", "a") BLOCK CUSTOMER(20, 60, "size: 8"),
         MSG_WINDOW_HIDES, "customer", 0, 0},
        {34, WINDOW(10, 15, 90, 45, "20, 10", "a") BLOCK CUSTOMER(120, 70, "size: 8"),
         MSG_WINDOW_HIDES, "customer", 0, 0}, /* out of sight: of no use to the post */
        {35,
         WINDOW(10, 15, 80, 45, "20, 10", "a") "frames:\n" TEXT_AT("a", 20, 20, 60, 10)
             CUSTOMER(20, 31, "size: 10"),
         MSG_WINDOW_NARROW, "customer", 8000, 0},
        {36,
         WINDOW(10, 15, 80, 12, "2, 6", "a") "frames:\n" TEXT_AT("a", 20, 18, 40, 4)
             CUSTOMER(14, 22, "size: 8"),
         MSG_WINDOW_LOW, "customer", 1200, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        enum status status = read_source(rows[i].source);
        row_check(rows[i].row, status == (rows[i].message == MSG_NONE ? OK : STOP));
        row_check(rows[i].row, error.message == rows[i].message);
        row_check(rows[i].row, strcmp(error.name, rows[i].name) == 0);
        row_check(rows[i].row, rows[i].have == 0 || error.have == rows[i].have);
        row_check(rows[i].row, rows[i].want == 0 || error.want == rows[i].want);
        if (rows[i].message == MSG_WINDOW_NARROW) /* the inequality, in 1/100 mm */
            row_check(rows[i].row,
                      error.want > 7900 + 400 + 2000 - 300 && error.want <= 7980 + 400 + 2000);
    }
    check_rows();
}

/* What is taken holds at the ends of the play; what is refused fails there. */
static void shifts(void **state)
{
    uint64_t seed = 1;
    int taken = 0, refused = 0;
    (void)state;
    for (int i = 0; i < 600; i++) {
        int number[7];
        char source[600];
        for (int k = 0; k < 7; k++) {
            seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
            number[k] = (int)(seed >> 40) & 1023;
        }
        int w = 700 + number[0] % 400, h = 150 + number[1] % 200, play_x = number[2] % 250,
            play_y = number[3] % 100;
        int x = 100 + number[4] % 60, y = 150 + number[5] % 40, size = 800 + number[6] % 300;
        snprintf(source, sizeof source,
                 "window: { envelope: e, x: %d.%d, y: %d.%d, w: %d.%d, h: %d.%d, play: [%d.%d, "
                 "%d.%d], shows: "
                 "[customer] }\nframes:\n" CUSTOMER(22, 20, "size: %d.%02d"),
                 x / 10, x % 10, y / 10, y % 10, w / 10, w % 10, h / 10, h % 10, play_x / 10,
                 play_x % 10, play_y / 10, play_y % 10, size / 100, size % 100);
        enum status status = read_source(source);
        const int64_t tenth = EMU_PER_MM / 10, two = 2 * EMU_PER_MM;
        const struct rect *bars = &layout.frames[0].bars;
        int64_t left = bars->x - two - (x * tenth),
                right = (int64_t)(x + w) * tenth - bars->x - bars->w - two;
        int64_t above = bars->y - two - (y * tenth),
                below = (int64_t)(y + h) * tenth - bars->y - bars->h - two;
        bool holds = 2 * left >= play_x * tenth && 2 * right >= play_x * tenth &&
                     2 * above >= play_y * tenth && 2 * below >= play_y * tenth;
        row_check(i, (status == OK) == holds);
        bool wide = bars->w + 2 * two + play_x * tenth <= w * tenth;
        row_check(i, wide == (error.message != MSG_WINDOW_NARROW));
        taken += status == OK;
        refused += status != OK;
    }
    row_check(1000, taken > 20 && refused > 20);
    check_rows();
}

static void controls(void **state)
{
    static const struct {
        int row;
        const char *source;
        enum message message, text, inserter; /* of reading; of the places */
        const char *name;
    } rows[] = {
        {1, BLOCK, MSG_NONE, MSG_NONE, MSG_NONE, ""},
        {2, "control: { text: false }\n" BLOCK, MSG_NONE, MSG_NONE, MSG_NONE, ""},
        {3, "control: { code: false }\n" BLOCK, MSG_NONE, MSG_NONE, MSG_CONTROL_MET, "control"},
        {4, "control: { code: true }\n" BLOCK, MSG_LAYOUT_MAP, MSG_NONE, MSG_NONE, "code"},
        {5, "control: { text: { x: 20, y: 22, w: 30 } }\n" BLOCK, MSG_NONE, MSG_CONTROL_MET,
         MSG_CONTROL_MET, "control.text"},
        {6, "control: { text: { x: 205, y: 22, w: 30 } }\n" BLOCK, MSG_NONE, MSG_CONTROL_MET,
         MSG_CONTROL_MET, "control.text"},
        {7, "control: { code: { x: 25, y: 22 } }\n" BLOCK, MSG_NONE, MSG_NONE, MSG_CONTROL_MET,
         "control.code"},
        {8, "control: { code: { x: 120, y: 98 } }\n" BLOCK, MSG_NONE, MSG_NONE, MSG_CONTROL_MET,
         "control.code"},
        {9, "control: { code: { x: 120, y: 288 } }\n" BLOCK, MSG_NONE, MSG_NONE, MSG_CONTROL_MET,
         "control.code"},
        {10,
         "control: { omr: { x: 3, y: 100, pitch: 4, length: 7, width: 0.5, dashes: [start, parity] "
         "} }\n" BLOCK,
         MSG_NONE, MSG_NONE, MSG_NONE, ""},
        {11,
         "control: { omr: { x: 3, y: 100, pitch: 4, length: 7, width: 0.5, dashes: [parity, start] "
         "} }\n" BLOCK,
         MSG_CONTROL_PARITY, MSG_NONE, MSG_NONE, "dashes"},
        {12,
         "control: { omr: { x: 3, y: 100, pitch: 4, length: 7, width: 0.5, dashes: [begin] } "
         "}\n" BLOCK,
         MSG_LAYOUT_CHOICE, MSG_NONE, MSG_NONE, "dashes"},
        {13,
         "control: { omr: { x: 3, y: 100, pitch: 1, length: 7, width: 0.9, dashes: [start] } "
         "}\n" BLOCK,
         MSG_LAYOUT_RANGE, MSG_NONE, MSG_NONE, "omr"},
        {14,
         "control: { omr: { x: 3, y: 100, pitch: 4, length: 7, width: 0, dashes: [start] } "
         "}\n" BLOCK,
         MSG_LAYOUT_RANGE, MSG_NONE, MSG_NONE, "omr"},
        {15,
         "control: { omr: { x: 3, y: 20, pitch: 4, length: 20, width: 0.5, dashes: [start] } "
         "}\n" BLOCK,
         MSG_NONE, MSG_NONE, MSG_CONTROL_MET, "control.omr"},
        {16,
         "control: { omr: { x: 3, y: 280, pitch: 9, length: 7, width: 0.5, dashes: [start, "
         "piece-end, parity] } }\n" BLOCK,
         MSG_NONE, MSG_NONE, MSG_CONTROL_MET, "control.omr"},
        {17, "control: { text: { x: 145, y: 289, w: 10 } }\n" BLOCK, MSG_NONE, MSG_NONE,
         MSG_CONTROL_MET, "control.code"},
        {18, "margin: 0\nframes:\n" TEXT_AT("a", 70, 285, 80, 12), MSG_NONE, MSG_CONTROL_MET,
         MSG_CONTROL_MET, "control.text"},
        {19,
         "control: { text: { x: 112, y: 30, w: 30 } }\n" WINDOW(10, 15, 90, 45, "20, 10", "a")
             BLOCK,
         MSG_NONE, MSG_NONE, MSG_NONE, ""},
        {20,
         "control: { text: { x: 100, y: 50, w: 30 } }\n" WINDOW(10, 15, 90, 45, "20, 10", "a")
             BLOCK,
         MSG_NONE, MSG_CONTROL_MET, MSG_CONTROL_MET, "control.text"},
        {21,
         "control: { text: { x: 20, y: 240, w: 30 } }\ncuts:\n  - { name: card, x: 10, y: 230, w: "
         "85, h: 54 }\n" BLOCK,
         MSG_NONE, MSG_CONTROL_MET, MSG_CONTROL_MET, "control.text"},
        {22, "control: { marks: {} }\n" BLOCK, MSG_LAYOUT_KEY, MSG_NONE, MSG_NONE, "marks"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        enum status status = read_source(rows[i].source);
        row_check(rows[i].row, error.message == rows[i].message &&
                                   (status == OK) == (rows[i].message == MSG_NONE));
        if (status == OK) {
            enum status text = layout_check_control(&layout, false, &error);
            row_check(rows[i].row, (text == OK) == (rows[i].text == MSG_NONE));
            row_check(rows[i].row, text == OK || error.message == rows[i].text);
            enum status inserter = layout_check_control(&layout, true, &error);
            row_check(rows[i].row, (inserter == OK) == (rows[i].inserter == MSG_NONE));
            row_check(rows[i].row, inserter == OK || error.message == rows[i].inserter);
        }
        row_check(rows[i].row, strcmp(error.name, rows[i].name) == 0);
    }
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(symbols), cmocka_unit_test(measures),
                                       cmocka_unit_test(windows), cmocka_unit_test(shifts),
                                       cmocka_unit_test(controls)};
    int failed = check_run(tests);
    arena_close(&arena);
    return failed;
}
