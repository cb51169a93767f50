/* Reading a layout file: what is taken, and every refusal with its line and name. */
#include "layout/layout.h"

#include "unit/check.h"

static struct arena arena;
static struct layout layout;
static struct error error;

static enum status read_source(const char *source)
{
    arena_close(&arena);
    arena_open(&arena, 16u << 20);
    memset(&error, 0, sizeof error);
    return layout_read(text_of(source), "test.yaml", &arena, &layout, &error);
}

#define HEAD "paper: A4\n"
#define STYLE "styles:\n  body: { font: mincho, size: 12, leading: 20 }\n"
#define FRAME "frames:\n  - { part: a, style: body, x: 20, y: 20, w: 100, h: 10 }\n"
#define TEXT_FRAME(more)                                                                           \
    HEAD STYLE "frames:\n  - { part: a, style: body, x: 20, y: 20, w: 100, h: 10, " more " }\n"
#define TABLE_OF(keys) HEAD STYLE FRAME "tables:\n  - { " keys " }\n"
#define SPAN "name: t, x: 20, y: 50, w: 100, row: 9, "
#define QR_FRAME(more) HEAD "frames:\n  - { part: a, symbol: qr, x: 20, y: 20, " more " }\n"

static void refusals(void **state)
{
    static const struct {
        int row;
        const char *source;
        enum message message;
        uint32_t line;
        const char *name;
    } rows[] = {
        /* the file as a whole */
        {1, "- a\n", MSG_LAYOUT_MAP, 1, ""},
        {2, "", MSG_LAYOUT_MISSING, 0, "paper"},
        {3, HEAD STYLE, MSG_LAYOUT_MISSING, 1, "frames"},
        {4, "paper: A5\n" STYLE FRAME, MSG_LAYOUT_CHOICE, 1, "paper"},
        {5, HEAD STYLE FRAME "colour: red\n", MSG_LAYOUT_KEY, 6, "colour"},
        {6, HEAD "cut_side: top\n" STYLE FRAME, MSG_LAYOUT_CHOICE, 2, "cut_side"},
        {7, HEAD "margin: ten\n" STYLE FRAME, MSG_LAYOUT_NUMBER, 2, "margin"},
        {8, HEAD "margin: 101\n" STYLE FRAME, MSG_LAYOUT_RANGE, 2, "margin"},
        {9, HEAD "margin: 10mm\n" STYLE FRAME, MSG_LAYOUT_NUMBER, 2, "margin"},
        {10, HEAD "margin: [1]\n" STYLE FRAME, MSG_LAYOUT_NUMBER, 2, "margin"},
        {11, HEAD "folds: 99\n" STYLE FRAME, MSG_LAYOUT_LIST, 2, "folds"},
        {12, HEAD "folds: [99, x]\n" STYLE FRAME, MSG_LAYOUT_NUMBER, 2, "folds"},
        {13, HEAD "folds: [99, 298]\n" STYLE FRAME, MSG_FRAME_OFF_PAGE, 2, "folds"},
        {14, HEAD "folds: [1, 2, 3, 4, 5, 6, 7, 8, 9]\n" STYLE FRAME, MSG_LAYOUT_TOO_MANY, 2,
         "folds"},
        {15, HEAD "frames: []\n", MSG_LAYOUT_EMPTY, 2, "frames"},
        {16, HEAD "frames: {}\n", MSG_LAYOUT_LIST, 2, "frames"},
        {17, "paper: A4\npaper: A4\n", MSG_YAML_DOUBLE_KEY, 2, "paper"},
        /* styles */
        {20, HEAD "styles: [a]\n" FRAME, MSG_LAYOUT_MAP, 2, "styles"},
        {21, HEAD "styles:\n  body: 12\n" FRAME, MSG_LAYOUT_MAP, 3, "body"},
        {22, HEAD "styles:\n  body: { font: mincho, size: 12, leading: 20, x: 3 }\n" FRAME,
         MSG_LAYOUT_KEY, 3, "x"},
        {23, HEAD "styles:\n  other: { size: 12 }\n" FRAME, MSG_LAYOUT_STYLE, 5, "body"},
        {24, HEAD FRAME, MSG_LAYOUT_STYLE, 3, "body"},
        {25,
         HEAD
         "styles:\n  unused: { size: tall }\n  body: { font: m, size: 12, leading: 20 }\n" FRAME,
         MSG_LAYOUT_NUMBER, 3, "size"},
        {26, HEAD "styles:\n  body: { size: 12, leading: 20 }\n" FRAME, MSG_LAYOUT_MISSING, 5,
         "a.font"},
        {27, HEAD "styles:\n  body: { font: m, leading: 20 }\n" FRAME, MSG_LAYOUT_MISSING, 5,
         "a.size"},
        {28, HEAD "styles:\n  body: { font: m, size: 12 }\n" FRAME, MSG_LAYOUT_MISSING, 5,
         "a.leading"},
        /* frames */
        {30, HEAD "frames:\n  - { x: 20, y: 20, w: 100, h: 10 }\n", MSG_FRAME_SHOWS, 3, "frames"},
        {31, HEAD "frames:\n  - { part: a, image: b, x: 20, y: 20, w: 100, h: 10 }\n",
         MSG_FRAME_SHOWS, 3, "frames"},
        {32, HEAD "frames:\n  - title\n", MSG_LAYOUT_MAP, 3, "frames"},
        {33, TEXT_FRAME("z: 1"), MSG_LAYOUT_KEY, 5, "z"},
        {34, TEXT_FRAME("level: M"), MSG_LAYOUT_KEY, 5, "level"},
        {35, TEXT_FRAME("align: middle"), MSG_LAYOUT_CHOICE, 5, "align"},
        {36, TEXT_FRAME("valign: center"), MSG_LAYOUT_CHOICE, 5, "valign"},
        {37, TEXT_FRAME("condense: 49"), MSG_LAYOUT_WHOLE, 5, "condense"},
        {38, TEXT_FRAME("condense: 101"), MSG_LAYOUT_WHOLE, 5, "condense"},
        {39, TEXT_FRAME("condense: 70.5"), MSG_LAYOUT_WHOLE, 5, "condense"},
        {40, TEXT_FRAME("lines: 0"), MSG_LAYOUT_WHOLE, 5, "lines"},
        {41, TEXT_FRAME("lines: 65"), MSG_LAYOUT_WHOLE, 5, "lines"},
        {42, TEXT_FRAME("min_size: 12.5"), MSG_LAYOUT_RANGE, 5, "a"},
        {43, TEXT_FRAME("min_size: 3"), MSG_LAYOUT_RANGE, 5, "min_size"},
        {44, TEXT_FRAME("tracking: -1"), MSG_LAYOUT_RANGE, 5, "tracking"},
        {45, TEXT_FRAME("small: 10"), MSG_LAYOUT_MISSING, 5, "a.tight"},
        {46, TEXT_FRAME("small: 13, tight: 13"), MSG_LAYOUT_RANGE, 5, "a"},
        {47, TEXT_FRAME("lines: 2"), MSG_FRAME_TOO_LOW, 5, "a"},
        {48, TEXT_FRAME("size: 28.4"), MSG_FRAME_TOO_LOW, 5, "a"},
        {49, TEXT_FRAME("lines: 3, small: 9, tight: 10"), MSG_FRAME_TOO_LOW, 5, "a"},
        {50, TEXT_FRAME("font: ''"), MSG_LAYOUT_TEXT, 5, "font"},
        {51, TEXT_FRAME("font: [mincho]"), MSG_LAYOUT_TEXT, 5, "font"},
        {200, TEXT_FRAME("punctuation: half"), MSG_LAYOUT_CHOICE, 5, "punctuation"},
        {201, TEXT_FRAME("spacing: yes"), MSG_LAYOUT_CHOICE, 5, "spacing"},
        {202, TEXT_FRAME("digits: wide"), MSG_LAYOUT_CHOICE, 5, "digits"},
        {203, TEXT_FRAME("even: 1"), MSG_LAYOUT_WHOLE, 5, "even"},
        {204, TEXT_FRAME("even: 41"), MSG_LAYOUT_WHOLE, 5, "even"},
        {205, TEXT_FRAME("match: ''"), MSG_LAYOUT_TEXT, 5, "match"},
        {206, QR_FRAME("size: 20, digits: half"), MSG_LAYOUT_KEY, 3, "digits"},
        {52, HEAD STYLE "frames:\n  - { part: a, style: body, x: 20, y: 20, w: 100 }\n",
         MSG_LAYOUT_MISSING, 5, "h"},
        {53, HEAD STYLE "frames:\n  - { part: a, style: [body], x: 20, y: 20, w: 100, h: 9 }\n",
         MSG_LAYOUT_STYLE, 5, "style"},
        {54, HEAD STYLE "frames:\n  - { part: a, style: body, x: 1e2, y: 20, w: 100, h: 9 }\n",
         MSG_LAYOUT_NUMBER, 5, "x"},
        {55, HEAD STYLE "frames:\n  - { part: a, style: body, x: 20, y: 20, w: 0, h: 9 }\n",
         MSG_LAYOUT_RANGE, 5, "w"},
        {56, HEAD STYLE "frames:\n  - { part: a, style: body, x: -20, y: 20, w: 9, h: 9 }\n",
         MSG_LAYOUT_RANGE, 5, "x"},
        /* symbols and images */
        {60, HEAD "frames:\n  - { part: a, symbol: aztec, x: 20, y: 20, size: 22 }\n",
         MSG_LAYOUT_CHOICE, 3, "symbol"},
        {61, QR_FRAME("size: 22, level: X"), MSG_LAYOUT_CHOICE, 3, "level"},
        {62, QR_FRAME("size: 22, quiet: 3"), MSG_LAYOUT_WHOLE, 3, "quiet"},
        {63, QR_FRAME("size: 22, module: 0"), MSG_LAYOUT_WHOLE, 3, "module"},
        {64, QR_FRAME("size: 22, h: 3"), MSG_LAYOUT_KEY, 3, "h"},
        {65, QR_FRAME("level: M"), MSG_LAYOUT_MISSING, 3, "size"},
        {66, QR_FRAME("size: 1.2"), MSG_SYMBOL_TOO_SMALL, 3, "a"}, /* 28 dots, 29 needed */
        {67, QR_FRAME("size: 22, module: 18"), MSG_SYMBOL_TOO_SMALL, 3, "a"}, /* 519 of 522 dots */
        {68, HEAD "frames:\n  - { image: logo, x: 20, y: 20, w: 9, h: 9, size: 3 }\n",
         MSG_LAYOUT_KEY, 3, "size"},
        {69, HEAD "frames:\n  - { image: logo, x: 20, y: 20, w: 9, h: 9, align: justify }\n",
         MSG_LAYOUT_CHOICE, 3, "align"},
        /* lines, boxes, marks, cuts, clear places */
        {70, HEAD STYLE FRAME "lines:\n  - { x: 20, y: 40, w: 9, h: 9, width: 1 }\n",
         MSG_LAYOUT_RANGE, 7, "lines"},
        {71, HEAD STYLE FRAME "lines:\n  - { x: 20, y: 40, w: 0, h: 0, width: 1 }\n",
         MSG_LAYOUT_RANGE, 7, "lines"},
        {72, HEAD STYLE FRAME "lines:\n  - { x: 20, y: 40, w: 9, h: 0, width: 0 }\n",
         MSG_LAYOUT_RANGE, 7, "lines"},
        {73, HEAD STYLE FRAME "lines:\n  - { x: 20, y: 40, w: 9, h: 0, width: 1, radius: 1 }\n",
         MSG_LAYOUT_KEY, 7, "radius"},
        {74, HEAD STYLE FRAME "lines:\n  - { x: 20, y: 40, w: 9, h: 0, width: 1, dash: 3 }\n",
         MSG_LAYOUT_LIST, 7, "dash"},
        {75, HEAD STYLE FRAME "lines:\n  - { x: 20, y: 40, w: 9, h: 0, width: 1, dash: [3, 0] }\n",
         MSG_LAYOUT_RANGE, 7, "lines"},
        {76, HEAD STYLE FRAME "boxes:\n  - { x: 20, y: 40, w: 9, h: 0, width: 1 }\n",
         MSG_LAYOUT_RANGE, 7, "boxes"},
        {77, HEAD STYLE FRAME "boxes:\n  - { x: 20, y: 40, w: 9, h: 9, width: 1, radius: 5 }\n",
         MSG_LAYOUT_RANGE, 7, "boxes"},
        {78, HEAD STYLE FRAME "boxes: 3\n", MSG_LAYOUT_LIST, 6, "boxes"},
        {79, HEAD STYLE FRAME "marks:\n  - { x: 20, y: 40, w: 9, h: 9, view: [1], path: M }\n",
         MSG_LAYOUT_LIST, 7, "view"},
        {80, HEAD STYLE FRAME "marks:\n  - { x: 20, y: 40, w: 9, h: 9, view: [0, 1], path: M }\n",
         MSG_LAYOUT_RANGE, 7, "view"},
        {81, HEAD STYLE FRAME "marks:\n  - { x: 20, y: 40, w: 9, h: 0, view: [1, 1], path: M }\n",
         MSG_LAYOUT_RANGE, 7, "marks"},
        {82, HEAD STYLE FRAME "marks:\n  - { x: 20, y: 40, w: 9, h: 9, view: [1, 1] }\n",
         MSG_LAYOUT_MISSING, 7, "path"},
        {83,
         HEAD STYLE FRAME
         "marks:\n  - { x: 20, y: 40, w: 9, h: 9, view: [1, 1], path: M, even_odd: 1 }\n",
         MSG_LAYOUT_CHOICE, 7, "even_odd"},
        {84, HEAD STYLE FRAME "cuts:\n  - { x: 20, y: 40, w: 9, h: 9, keep: 3 }\n",
         MSG_LAYOUT_MISSING, 7, "name"},
        {85, HEAD STYLE FRAME "clear:\n  - { name: v, x: 20, y: 40, w: 9, h: 9, keep: 3 }\n",
         MSG_LAYOUT_KEY, 7, "keep"},
        {86, HEAD STYLE FRAME "omit: contact\n", MSG_LAYOUT_LIST, 6, "omit"},
        {87, HEAD STYLE FRAME "omit: [[a]]\n", MSG_LAYOUT_TEXT, 6, "omit"},
        /* conditions */
        {90, TEXT_FRAME("if: printed"), MSG_LAYOUT_CHOICE, 5, "if"},
        {91, TEXT_FRAME("if: ''"), MSG_LAYOUT_CHOICE, 5, "if"},
        {92, TEXT_FRAME("if: [card]"), MSG_LAYOUT_CHOICE, 5, "if"},
        {93, QR_FRAME("size: 22, if: always"), MSG_LAYOUT_CHOICE, 3, "if"},
        {94, HEAD STYLE FRAME "cuts:\n  - { name: c, x: 20, y: 40, w: 9, h: 9, if: no }\n",
         MSG_LAYOUT_CHOICE, 7, "if"},
        {95, HEAD "styles:\n  body: { font: m, size: 12, leading: 20, if: card }\n" FRAME,
         MSG_LAYOUT_KEY, 3, "if"},
        /* tables */
        {100, HEAD STYLE FRAME "tables: {}\n", MSG_LAYOUT_LIST, 6, "tables"},
        {101, HEAD STYLE FRAME "tables: [a, b]\n", MSG_LAYOUT_TOO_MANY, 6, "tables"},
        {102, HEAD STYLE FRAME "tables: [a]\n", MSG_LAYOUT_MAP, 6, ""},
        {103, TABLE_OF("name: t, x: 20, y: 50, w: 100, row: 9, rows: 3"), MSG_LAYOUT_MISSING, 7,
         "frames"},
        {104, TABLE_OF("name: t, x: 20, y: 50, w: 100, row: 9, frames: []"), MSG_LAYOUT_MISSING, 7,
         "rows"},
        {105, TABLE_OF("x: 20, y: 50, w: 100, row: 9, rows: 3, frames: []"), MSG_LAYOUT_MISSING, 7,
         "name"},
        {106, TABLE_OF(SPAN "rows: 3, frames: []"), MSG_LAYOUT_EMPTY, 7, "frames"},
        {107, TABLE_OF(SPAN "rows: 0, frames: []"), MSG_LAYOUT_WHOLE, 7, "rows"},
        {108, TABLE_OF(SPAN "rows: 101, frames: []"), MSG_LAYOUT_WHOLE, 7, "rows"},
        {109, TABLE_OF("row: 0, rows: 3, frames: []"), MSG_LAYOUT_RANGE, 7, "row"},
        {110, TABLE_OF("row: 301, rows: 3, frames: []"), MSG_LAYOUT_RANGE, 7, "row"},
        {111, TABLE_OF(SPAN "rows: 3, rule: 21, frames: []"), MSG_LAYOUT_RANGE, 7, "rule"},
        {112, TABLE_OF(SPAN "rows: 3, h: 27, frames: []"), MSG_LAYOUT_KEY, 7, "h"},
        {113, TABLE_OF(SPAN "rows: 3, if: card, frames: []"), MSG_LAYOUT_KEY, 7, "if"},
        {114, TABLE_OF(SPAN "rows: 3, frames: [ { x: 20, w: 9 } ]"), MSG_LAYOUT_MISSING, 7, "part"},
        {115, TABLE_OF(SPAN "rows: 3, frames: [ { part: b, style: body, x: 20 } ]"),
         MSG_LAYOUT_MISSING, 7, "w"},
        {116, TABLE_OF(SPAN "rows: 3, frames: [ { part: b, style: other, x: 20, w: 9 } ]"),
         MSG_LAYOUT_STYLE, 7, "other"},
        {117, TABLE_OF(SPAN "rows: 3, frames: [ { part: b, symbol: qr, x: 20, w: 9 } ]"),
         MSG_LAYOUT_KEY, 7, "symbol"},
        {118, TABLE_OF(SPAN "rows: 3, frames: [ { image: b, x: 20, w: 9 } ]"), MSG_LAYOUT_KEY, 7,
         "image"},
        {119, TABLE_OF(SPAN "rows: 3, frames: [ { part: b, style: body, x: 20, y: 9, w: 9 } ]"),
         MSG_FRAME_TOO_LOW, 7, "b"},
        {120, TABLE_OF(SPAN "rows: 3, frames: [ b ]"), MSG_LAYOUT_MAP, 7, ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        row_check(rows[i].row, read_source(rows[i].source) == STOP);
        row_check(rows[i].row, error.message == rows[i].message);
        row_check(rows[i].row, rows[i].line == 0 || error.line == rows[i].line);
        row_check(rows[i].row, strcmp(error.name, rows[i].name) == 0);
        row_check(rows[i].row, strcmp(error.file, "test.yaml") == 0);
    }
    check_rows();
}

static void values(void **state)
{
    (void)state;
    const char *source = HEAD
        "cut_side: left\nmargin: 5\nfolds: [99, 198.001]\n" STYLE "frames:\n"
        "  - { part: a, style: body, x: 20.001, y: 20, w: 170, h: 22, size: 10.5, tracking: 0.25 "
        "}\n"
        "  - { part: b, style: body, x: 20, y: 50, w: 90, h: 8, align: right, valign: middle,"
        " condense: 70, small: 10, tight: 10.5, min_size: 9 }\n"
        "  - { part: a, symbol: qr, x: 20, y: 60, size: 22, level: Q, quiet: 6, module: 8 }\n"
        "  - { image: logo, x: 20, y: 90, w: 30, h: 10 }\n"
        "  - { part: a, style: body, x: 20, y: 110, w: 9, h: 5 }\n"
        "lines:\n  - { x: 20, y: 140, w: 170, h: 0, width: 0.3, dash: [2, 1] }\n"
        "boxes:\n  - { x: 20, y: 150, w: 80, h: 50, width: 0.5, radius: 3 }\n"
        "marks:\n  - { x: 20, y: 210, w: 4, h: 4, view: [24, 12.5], path: M0 0Z, even_odd: true }\n"
        "cuts:\n  - { name: card, x: 20, y: 220, w: 80, h: 50, keep: 3 }\n"
        "clear:\n  - { name: voice, x: 120, y: 220, w: 30, h: 30 }\nomit: [c, d]\n";
    row_check(1, read_source(source) == OK);
    const struct frame *frame = layout.frames;
    row_check(2, layout.width == 4960 * 1524 && layout.height == 7016 * 1524);
    row_check(3, layout.margin == 180000 && layout.cut_side == SIDE_LEFT && layout.has_cut_side);
    row_check(4, layout.fold_count == 2 && layout.folds[1] == 7128036);
    row_check(5, layout.frame_count == 5 && frame[0].box.x == 720036 && frame[0].size == 133350);
    row_check(6, frame[0].leading == 254000 && frame[0].lines == 3 && frame[0].condense == 100);
    row_check(7, frame[0].tracking == 3175 && frame[0].min_size == 133350 && frame[0].small == 0);
    row_check(8, text_is(frame[0].font, "mincho") && frame[0].align == ALIGN_LEFT);
    row_check(9, frame[1].align == ALIGN_RIGHT && frame[1].valign == VALIGN_MIDDLE);
    row_check(10, frame[1].lines == 2 && frame[1].small == 127000 && frame[1].tight == 133350);
    row_check(11, frame[1].min_size == 9 * 12700 && frame[1].condense == 70);
    row_check(12, frame[2].kind == FRAME_QR && frame[2].level == 'Q' && frame[2].quiet == 6);
    row_check(13,
              frame[2].module_dots == 8 && frame[2].box.w == 792000 && frame[2].box.h == 792000);
    row_check(14, frame[3].kind == FRAME_IMAGE && text_is(frame[3].name, "logo"));
    row_check(15, text_is(frame[0].name, "a") && text_is(frame[2].name, "a#2"));
    row_check(16, text_is(frame[4].name, "a#3") && frame[4].lines == 1);
    row_check(17, layout.stroke_count == 2 && layout.strokes[0].dash_on == 25400);
    row_check(18, layout.strokes[0].width == 3810 && layout.strokes[1].radius == 108000);
    row_check(19, layout.mark_count == 1 && layout.marks[0].view_h == 12500 &&
                      layout.marks[0].even_odd);
    row_check(20, layout.cut_count == 1 && layout.cuts[0].keep == 108000);
    row_check(21, layout.clear_count == 1 && text_is(layout.clears[0].name, "voice"));
    row_check(22, layout.omit_count == 2 && text_is(layout.omits[1], "d"));
    row_check(23, frame[1].line == 9);
    row_check(24, read_source(HEAD STYLE FRAME) == OK && layout.margin == 360000 &&
                      !layout.has_cut_side);
    check_rows();
}

/* What running text has and short fields have not, unless the layout or the style says. */
static void adjustments(void **state)
{
    static const struct {
        int row;
        const char *keys;
        bool close_up, quarter;
        enum digits digits;
        int even;
        const char *match;
    } rows[] = {
        {1, "align: left", false, false, DIGITS_AS_IS, 0, ""},
        {2, "align: justify", true, false, DIGITS_AS_IS, 0, ""},
        {3, "align: justify, punctuation: full", false, false, DIGITS_AS_IS, 0, ""},
        {4, "align: justify, spacing: auto", true, true, DIGITS_AS_IS, 0, ""},
        {5, "punctuation: close, spacing: auto", true, true, DIGITS_AS_IS, 0, ""},
        {6, "digits: half, even: 7", false, false, DIGITS_HALF, 7, ""},
        {7, "digits: full, match: name", false, false, DIGITS_FULL, 0, "name"},
        {8, "digits: as-is", false, false, DIGITS_AS_IS, 0, ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (int in_style = 0; in_style < 2; in_style++) {
            char source[512];
            snprintf(source, sizeof source,
                     HEAD
                     "styles:\n  body: { font: mincho, size: 12, leading: 20%s%s }\n"
                     "frames:\n  - { part: a, style: body, x: 20, y: 20, w: 100, h: 10%s%s }\n",
                     in_style ? ", " : "", in_style ? rows[i].keys : "", in_style ? "" : ", ",
                     in_style ? "" : rows[i].keys);
            bool reads = read_source(source) == OK;
            const struct frame *frame = reads ? layout.frames : NULL;
            row_check(rows[i].row + 100 * in_style,
                      frame && frame->close_up == rows[i].close_up &&
                          frame->quarter == rows[i].quarter && frame->digits == rows[i].digits &&
                          frame->even == rows[i].even && text_is(frame->match, rows[i].match));
        }
    check_rows();
}

static void conditions(void **state)
{
    (void)state;
    row_check(1, read_source(
                     HEAD STYLE
                     "frames:\n"
                     "  - { part: a, if: card, style: body, x: 20, y: 20, w: 90, h: 10 }\n"
                     "  - { part: b, if: no-card, style: body, x: 20, y: 20, w: 90, h: 10 }\n"
                     "  - { part: c, style: body, x: 20, y: 40, w: 90, h: 10 }\n"
                     "  - { part: q, symbol: qr, if: card, x: 120, y: 20, size: 22 }\n"
                     "  - { image: i, if: no-card, x: 120, y: 20, w: 9, h: 9 }\n"
                     "lines:\n  - { x: 20, y: 140, w: 170, h: 0, width: 1, if: card }\n"
                     "boxes:\n  - { x: 20, y: 150, w: 80, h: 50, width: 1, if: no-card }\n"
                     "marks:\n  - { x: 20, y: 210, w: 4, h: 4, view: [2, 2], path: M, if: card }\n"
                     "cuts:\n  - { name: c, x: 20, y: 220, w: 80, h: 50, if: card }\n"
                     "clear:\n  - { name: c, x: 20, y: 220, w: 80, h: 50, if: no-card }\n") == OK);
    const struct frame *frame = layout.frames;
    row_check(2, frame[0].condition == IF_CARD && frame[1].condition == IF_NO_CARD);
    row_check(3, frame[2].condition == IF_ALWAYS && frame[3].condition == IF_CARD);
    row_check(4, frame[4].condition == IF_NO_CARD && layout.marks[0].condition == IF_CARD);
    row_check(5,
              layout.strokes[0].condition == IF_CARD && layout.strokes[1].condition == IF_NO_CARD);
    row_check(6, layout.cuts[0].condition == IF_CARD && layout.clears[0].condition == IF_NO_CARD);
    row_check(7, condition_holds(IF_ALWAYS, true) && condition_holds(IF_ALWAYS, false));
    row_check(8, condition_holds(IF_CARD, true) && !condition_holds(IF_CARD, false));
    row_check(9, !condition_holds(IF_NO_CARD, true) && condition_holds(IF_NO_CARD, false));
    check_rows();
}

static void tables(void **state)
{
    (void)state;
    row_check(
        1, read_source(TABLE_OF(
               SPAN "rows: 3, rule: 0.3,\n      frames: [ { part: b, style: body, x: 20, w: 40 },"
                    " { part: c, style: body, x: 60, y: 2, w: 20, h: 6, if: card },"
                    " { part: b, style: body, x: 80, y: 1.5, w: 20, lines: 1 } ]")) == OK);
    const struct table *table = layout.table;
    row_check(2, table && text_is(table->name, "t") && table->line == 7);
    row_check(3, table && table->rows == 3 && table->row == 9 * 36000 && table->rule == 3810);
    row_check(4, table && table->box.y == 50 * 36000 && table->box.h == 27 * 36000);
    row_check(5, table && table->frame_count == 3 && layout.frame_count == 1);
    if (!table)
        return;
    const struct frame *frame = table->frames;
    row_check(6, frame[0].box.y == 0 && frame[0].box.h == 9 * 36000 && frame[0].lines == 1);
    row_check(7, frame[1].box.y == 2 * 36000 && frame[1].box.h == 6 * 36000);
    row_check(8, frame[2].box.y == 54000 && frame[2].box.h == 9 * 36000 - 54000);
    row_check(9, text_is(frame[0].name, "b") && text_is(frame[2].name, "b#2"));
    row_check(10, frame[1].condition == IF_CARD && frame[1].line == 8 && frame[1].size == 152400);
    row_check(11, read_source(HEAD STYLE FRAME "tables: []\n") == OK && !layout.table);
    row_check(12, read_source(HEAD STYLE FRAME) == OK && !layout.table);
    check_rows();
}

static void too_many(void **state)
{
    static char source[64 * 300 + 100];
    (void)state;
    size_t at = (size_t)snprintf(source, sizeof source, HEAD "frames:\n");
    for (int i = 0; i < LIMIT_FRAMES + 1; i++)
        at += (size_t)snprintf(source + at, sizeof source - at,
                               "  - { image: a, x: 20, y: 20, w: 1, h: 1 }\n");
    row_check(1, read_source(source) == STOP && error.message == MSG_LAYOUT_TOO_MANY);
    row_check(2, error.want == LIMIT_FRAMES);
    check_rows();
}

/* Without memory the answer is STOP, at whichever allocation it ends. */
static void no_memory(void **state)
{
    (void)state;
    const char *source =
        HEAD STYLE FRAME "boxes:\n  - { x: 20, y: 150, w: 80, h: 50, width: 0.5 }\n"
                         "tables:\n  - { " SPAN "rows: 3, frames: [ { part: b, style: body, x: 20,"
                         " w: 9 }, { part: b, style: body, x: 30, w: 9 } ] }\n";
    bool done = false;
    for (size_t ceiling = 0; ceiling < (1u << 20) && !done; ceiling += 256) {
        arena_close(&arena);
        arena_open(&arena, ceiling);
        enum status status = layout_read(text_of(source), "test.yaml", &arena, &layout, &error);
        done = status == OK;
        if (!done)
            row_check((int)ceiling, status == STOP && error.message == MSG_NO_MEMORY);
    }
    row_check(1, done);
    arena_close(&arena);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(refusals),    cmocka_unit_test(values),
                                       cmocka_unit_test(adjustments), cmocka_unit_test(conditions),
                                       cmocka_unit_test(tables),      cmocka_unit_test(too_many),
                                       cmocka_unit_test(no_memory)};
    return check_run(tests);
}
