/* The geometry of a layout: edges, overlaps, cuts, clear places, folds. */
#include "layout/layout.h"

#include "unit/check.h"

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

#define A(x, y, w, h) "  - { part: a, style: s, x: " #x ", y: " #y ", w: " #w ", h: " #h " }\n"
#define B(x, y, w, h) "  - { part: b, style: s, x: " #x ", y: " #y ", w: " #w ", h: " #h " }\n"
#define QR(x, y, size) "  - { part: q, symbol: qr, x: " #x ", y: " #y ", size: " #size " }\n"
#define CUT "cuts:\n  - { name: card, x: 110, y: 230, w: 85, h: 54, keep: 3 }\n"
#define CLEAR "clear:\n  - { name: voice, x: 10, y: 257, w: 30, h: 30 }\n"
#define MARK(x, y) "marks:\n  - { x: " #x ", y: " #y ", w: 5, h: 5, view: [1, 1], path: M0 0Z }\n"
#define LINE(x, y, w) "lines:\n  - { x: " #x ", y: " #y ", w: " #w ", h: 0, width: 1 }\n"
#define TABLE(x, y, w, row, rows, frames)                                                          \
    "tables:\n  - { name: t, x: " #x ", y: " #y ", w: " #w ", row: " #row ", rows: " #rows         \
    ",\n      frames: [ " frames " ] }\n"
#define CELL(part, more) "{ part: " part ", style: s, " more " }"
/* two texts in one place, and what else shows only with or without the card */
#define IF(part, condition)                                                                        \
    "  - { part: " part ", if: " condition ", style: s, x: 20, y: 20, w: 20, h: 5 }\n"
#define BOX(x, y, w, h) "boxes:\n  - { x: " #x ", y: " #y ", w: " #w ", h: " #h ", width: 1 }\n"

static void rows_of_geometry(void **state)
{
    static const struct {
        int row;
        const char *source;
        enum message message; /* MSG_NONE: taken */
        const char *name;
    } rows[] = {
        /* page and margin: 209.973 x 297.011 mm, 10 mm */
        {1, "frames:\n" A(10, 10, 20, 5), MSG_NONE, ""},
        {2, "frames:\n" A(9.999, 10, 20, 5), MSG_FRAME_IN_MARGIN, "a"},
        {3, "frames:\n" A(10, 9.999, 20, 5), MSG_FRAME_IN_MARGIN, "a"},
        {4, "frames:\n" A(100, 20, 99.973, 5), MSG_NONE, ""},
        {5, "frames:\n" A(100, 20, 99.974, 5), MSG_FRAME_IN_MARGIN, "a"},
        {6, "frames:\n" A(20, 280, 20, 7.01), MSG_NONE, ""},
        {7, "frames:\n" A(20, 280, 20, 7.02), MSG_FRAME_IN_MARGIN, "a"},
        {8, "frames:\n" A(100, 20, 110, 5), MSG_FRAME_OFF_PAGE, "a"},
        {9, "frames:\n" A(20, 290, 20, 8), MSG_FRAME_OFF_PAGE, "a"},
        {10, "margin: 0\nframes:\n" A(0, 0, 20, 5), MSG_NONE, ""},
        {11, "margin: 100\nframes:\n" A(100, 100, 9, 5), MSG_NONE, ""},
        {12, "margin: 100\nframes:\n" A(100, 100, 20, 5), MSG_FRAME_IN_MARGIN, "a"},
        /* overlaps: touching is none */
        {20, "frames:\n" A(20, 20, 20, 5) B(40, 20, 20, 5), MSG_NONE, ""},
        {21, "frames:\n" A(20, 20, 20, 5) B(39.999, 20, 20, 5), MSG_FRAMES_OVERLAP, "a / b"},
        {22, "frames:\n" A(20, 20, 20, 5) B(20, 25, 20, 5), MSG_NONE, ""},
        {23, "frames:\n" A(20, 20, 20, 5) B(20, 24.999, 20, 5), MSG_FRAMES_OVERLAP, "a / b"},
        {24, "frames:\n" A(20, 20, 50, 50) B(30, 30, 5, 5), MSG_FRAMES_OVERLAP, "a / b"},
        {25, "frames:\n" A(30, 30, 5, 5) B(20, 20, 50, 50), MSG_FRAMES_OVERLAP, "a / b"},
        {26, "frames:\n" A(20, 20, 20, 5) A(30, 20, 20, 5), MSG_FRAMES_OVERLAP, "a / a#2"},
        {27, "frames:\n" A(20, 20, 20, 5) QR(39, 10, 20), MSG_FRAMES_OVERLAP, "a / q"},
        {28, "frames:\n" A(20, 20, 20, 5) MARK(39, 20), MSG_FRAMES_OVERLAP, "a / marks"},
        {29, "frames:\n" A(20, 20, 20, 5) MARK(40, 20), MSG_NONE, ""},
        /* cuts: 110-195, 230-284, frames in 113-192, 233-281 or out of 107-198, 227-287 */
        {30, "frames:\n" A(113, 233, 79, 48) CUT, MSG_NONE, ""},
        {31, "frames:\n" A(112.9, 233, 70, 5) CUT, MSG_FRAME_ACROSS_CUT, "a / card"},
        {32, "frames:\n" A(113, 233, 79.1, 5) CUT, MSG_FRAME_ACROSS_CUT, "a / card"},
        {33, "frames:\n" A(20, 240, 87, 5) CUT, MSG_NONE, ""},
        {34, "frames:\n" A(20, 240, 87.1, 5) CUT, MSG_FRAME_ACROSS_CUT, "a / card"},
        {35, "frames:\n" A(20, 222, 170, 5) CUT, MSG_NONE, ""},
        {36, "frames:\n" A(20, 222.1, 170, 5) CUT, MSG_FRAME_ACROSS_CUT, "a / card"},
        {37, "frames:\n" A(20, 225, 175, 61) CUT, MSG_FRAME_ACROSS_CUT, "a / card"},
        {38,
         "frames:\n" A(20, 20, 20, 5) "cuts:\n  - { name: card, x: 150, y: 230, w: 85, h: 54 }\n",
         MSG_FRAME_OFF_PAGE, "card"},
        {39, "frames:\n" A(20, 20, 20, 5) CUT "  - { name: card, x: 20, y: 230, w: 8, h: 5 }\n",
         MSG_LAYOUT_SAME_NAME, "card"},
        /* clear places: 10-40, 257-287 */
        {40, "frames:\n" A(20, 252, 20, 5) CLEAR, MSG_NONE, ""},
        {41, "frames:\n" A(20, 252.1, 20, 5) CLEAR, MSG_FRAME_NOT_CLEAR, "a / voice"},
        {42, "frames:\n" A(40, 260, 20, 5) CLEAR, MSG_NONE, ""},
        {43, "frames:\n" A(39.9, 260, 20, 5) CLEAR, MSG_FRAME_NOT_CLEAR, "a / voice"},
        {44, "frames:\n" A(60, 20, 20, 5) CLEAR LINE(20, 270, 5), MSG_FRAME_NOT_CLEAR,
         "lines / voice"},
        {45, "frames:\n" A(60, 20, 20, 5) CLEAR LINE(20, 257, 5), MSG_NONE, ""},
        {46, "frames:\n" A(60, 20, 20, 5) CLEAR BOX(10, 257, 30, 30), MSG_NONE, ""},
        {47, "frames:\n" A(60, 20, 20, 5) CLEAR BOX(20, 260, 30, 30), MSG_FRAME_NOT_CLEAR,
         "boxes / voice"},
        {48, "frames:\n" A(60, 20, 20, 5) CLEAR MARK(36, 270), MSG_FRAME_NOT_CLEAR,
         "marks / voice"},
        {49, "frames:\n" A(60, 20, 20, 5) "clear:\n  - { name: v, x: 200, y: 257, w: 30, h: 30 }\n",
         MSG_FRAME_OFF_PAGE, "v"},
        {50, "frames:\n" A(60, 20, 20, 5) CLEAR "  - { name: voice, x: 50, y: 257, w: 3, h: 3 }\n",
         MSG_LAYOUT_SAME_NAME, "voice"},
        /* folds at 99 and 198: no symbol, but text */
        {60, "frames:\n" QR(20, 77, 22), MSG_NONE, ""},
        {61, "frames:\n" QR(20, 77.1, 22), MSG_SYMBOL_ON_FOLD, "q"},
        {62, "frames:\n" QR(20, 197.9, 22), MSG_SYMBOL_ON_FOLD, "q"},
        {63, "frames:\n" QR(20, 198, 22), MSG_NONE, ""},
        {64, "frames:\n" A(20, 90, 100, 20), MSG_NONE, ""},
        /* strokes and marks on the page, margin or not */
        {70, "frames:\n" A(60, 20, 20, 5) LINE(0, 270, 209.9), MSG_NONE, ""},
        {71, "frames:\n" A(60, 20, 20, 5) LINE(0, 270, 210), MSG_FRAME_OFF_PAGE, "lines"},
        {72, "frames:\n" A(60, 20, 20, 5) BOX(20, 290, 30, 8), MSG_FRAME_OFF_PAGE, "boxes"},
        {73, "frames:\n" A(60, 20, 20, 5) MARK(206, 20), MSG_FRAME_OFF_PAGE, "marks"},
        /* things that never show together may share a place */
        {80, "frames:\n" IF("a", "card") IF("b", "no-card"), MSG_NONE, ""},
        {81, "frames:\n" IF("a", "card") IF("b", "card"), MSG_FRAMES_OVERLAP, "a / b"},
        {82, "frames:\n" IF("a", "no-card") IF("b", "no-card"), MSG_FRAMES_OVERLAP, "a / b"},
        {83, "frames:\n" IF("a", "card") B(20, 20, 5, 5), MSG_FRAMES_OVERLAP, "a / b"},
        {84, "frames:\n" B(20, 20, 5, 5) IF("a", "no-card"), MSG_FRAMES_OVERLAP, "b / a"},
        {85, "frames:\n" IF("a", "card") MARK(20, 20), MSG_FRAMES_OVERLAP, "a / marks"},
        {86,
         "frames:\n" IF("a", "card") "marks:\n  - { if: no-card, x: 20, y: 20, w: 5, h: 5, "
                                     "view: [1, 1], path: M0 0Z }\n",
         MSG_NONE, ""},
        {87,
         "frames:\n" IF("a", "card") "clear:\n  - { if: no-card, name: c, x: 15, y: 15, w: 50, "
                                     "h: 50 }\n",
         MSG_NONE, ""},
        {88, "frames:\n" IF("a", "card") "clear:\n  - { name: c, x: 15, y: 15, w: 50, h: 50 }\n",
         MSG_FRAME_NOT_CLEAR, "a / c"},
        {89,
         "frames:\n" IF("a", "no-card") "clear:\n  - { if: no-card, name: c, x: 15, y: 15, w: 50, "
                                        "h: 50 }\n",
         MSG_FRAME_NOT_CLEAR, "a / c"},
        {90,
         "frames:\n" IF("a", "card") "cuts:\n  - { if: no-card, name: c, x: 19, y: 19, w: 50, h: "
                                     "50, keep: 3 }\n",
         MSG_NONE, ""},
        {91,
         "frames:\n" IF("a", "card") "cuts:\n  - { if: card, name: c, x: 19, y: 19, w: 50, h: 50, "
                                     "keep: 3 }\n",
         MSG_FRAME_ACROSS_CUT, "a / c"},
        {92,
         "frames:\n" A(60, 20, 20,
                       5) "clear:\n  - { if: card, name: c, x: 20, y: 100, w: 9, h: 9 }\n"
                          "lines:\n  - { if: no-card, x: 15, y: 105, w: 50, h: 0, "
                          "width: 1 }\n",
         MSG_NONE, ""},
        {93,
         "frames:\n" A(60, 20, 20,
                       5) "clear:\n  - { if: card, name: c, x: 20, y: 100, w: 9, h: 9 }\n"
                          "lines:\n  - { if: card, x: 15, y: 105, w: 50, h: 0, "
                          "width: 1 }\n",
         MSG_FRAME_NOT_CLEAR, "lines / c"},
        {94,
         "frames:\n" A(60, 20, 20,
                       5) "clear:\n  - { if: card, name: c, x: 20, y: 100, w: 9, h: 9 }\n"
                          "marks:\n  - { x: 15, y: 105, w: 50, h: 5, view: [1, 1], "
                          "path: M0 0Z }\n",
         MSG_FRAME_NOT_CLEAR, "marks / c"},
        /* a table: frames within the row and apart, all rows together like a frame */
        {100, "frames:\n" A(20, 20, 20, 5) TABLE(20, 100, 170, 9, 11, CELL("b", "x: 20, w: 80")),
         MSG_NONE, ""},
        {101, "frames:\n" A(20, 20, 20, 5) TABLE(20, 100, 170, 9, 11, CELL("b", "x: 19.9, w: 80")),
         MSG_FRAME_OFF_ROW, "b"},
        {102, "frames:\n" A(20, 20, 20, 5) TABLE(20, 100, 170, 9, 11, CELL("b", "x: 111, w: 79.1")),
         MSG_FRAME_OFF_ROW, "b"},
        {103,
         "frames:\n" A(20, 20, 20, 5)
             TABLE(20, 100, 170, 9, 11, CELL("b", "x: 20, w: 80, y: 1, h: 8.1")),
         MSG_FRAME_OFF_ROW, "b"},
        {104,
         "frames:\n" A(20, 20, 20, 5)
             TABLE(20, 100, 170, 9, 11, CELL("b", "x: 20, w: 80") ", " CELL("c", "x: 99, w: 20")),
         MSG_FRAMES_OVERLAP, "b / c"},
        {105,
         "frames:\n" A(20, 20, 20, 5)
             TABLE(20, 100, 170, 9, 11,
                   CELL("b", "if: card, x: 20, w: 80") ", " CELL("c", "if: no-card, x: 20, w: 80")),
         MSG_NONE, ""},
        {106, "frames:\n" A(20, 198, 20, 5) TABLE(20, 100, 170, 9, 11, CELL("b", "x: 20, w: 80")),
         MSG_FRAMES_OVERLAP, "a / t"},
        {107, "frames:\n" A(20, 199, 20, 5) TABLE(20, 100, 170, 9, 11, CELL("b", "x: 20, w: 80")),
         MSG_NONE, ""},
        {108, "frames:\n" A(20, 20, 20, 5) TABLE(20, 100, 170, 9, 21, CELL("b", "x: 20, w: 80")),
         MSG_FRAME_IN_MARGIN, "t"}, /* to 289 mm */
        {109, "frames:\n" A(20, 20, 20, 5) TABLE(20, 100, 170, 9, 22, CELL("b", "x: 20, w: 80")),
         MSG_FRAME_OFF_PAGE, "t"},
        {110,
         "frames:\n" A(20, 20, 20, 5) TABLE(20, 100, 170, 9, 15, CELL("b", "x: 20, w: 80")) CUT,
         MSG_FRAME_ACROSS_CUT, "t / card"},
        {111,
         "frames:\n" A(60, 20, 20, 5) TABLE(20, 100, 170, 9, 18, CELL("b", "x: 20, w: 80")) CLEAR,
         MSG_FRAME_NOT_CLEAR, "t / voice"},
        {112,
         "frames:\n" A(60, 20, 20, 5) TABLE(20, 100, 170, 9, 11, CELL("b", "x: 20, w: 80"))
             MARK(30, 190),
         MSG_FRAMES_OVERLAP, "t / marks"},
        {113, "frames:\n" A(60, 20, 20, 5) TABLE(20, 20, 170, 300, 100, CELL("b", "x: 20, w: 80")),
         MSG_FRAME_OFF_PAGE, "t"}, /* the largest numbers that are read */
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        enum status want = rows[i].message == MSG_NONE ? OK : STOP;
        row_check(rows[i].row, read_source(rows[i].source) == want);
        row_check(rows[i].row, error.message == rows[i].message);
        row_check(rows[i].row, strcmp(error.name, rows[i].name) == 0);
        row_check(rows[i].row, want == OK || error.line > 4);
    }
    arena_close(&arena);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(rows_of_geometry)};
    return check_run(tests);
}
