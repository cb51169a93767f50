/* The place of the voice code and its notch: measures, and everything that must not meet it. */
#include "layout/layout.h"

#include "unit/check.h"

#include <stdlib.h>

static struct arena arena;
static struct layout layout;
static struct error error;

#define HEAD "styles:\n  s: { font: m, size: 9, leading: 9 }\n"
#define FRAME(x, y, w, h)                                                                          \
    "frames:\n  - { part: a, style: s, x: " #x ", y: " #y ", w: " #w ", h: " #h " }\n"
#define FAR FRAME(20, 20, 40, 5)

static enum status read_source(const char *paper, const char *source)
{
    char whole[4096];
    snprintf(whole, sizeof whole, "paper: %s\n" HEAD "%s", paper, source);
    arena_close(&arena);
    arena_open(&arena, 16u << 20);
    memset(&error, 0, sizeof error);
    return layout_read(text_of(whole), "test.yaml", &arena, &layout, &error);
}

/* Distance in 1/1000 mm. */
static long microns(int64_t length)
{
    return (long)(length * 1000 / EMU_PER_MM);
}

static void centres(void **state)
{
    static const struct {
        int row;
        const char *paper, *keys;
        long side, bottom; /* of the centre from the two edges, 1/1000 mm */
        bool left;
        emu dot;
    } rows[] = {
        {1, "A4", "corner: left-bottom", 25000, 25000, true, 1524},
        {2, "A4", "corner: right-bottom", 25000, 25000, false, 1524},
        {3, "A4", "corner: right-bottom, dpi: 720, cell: 5", 25000, 25000, false, 1270},
        {4, "A4", "corner: left-bottom, dpi: 1200, cell: 8", 25000, 25000, true, 762},
        {5, "A4", "corner: left-bottom, centre: 30, clear: [12, 48]", 30000, 30000, true, 1524},
        {6, "長3", "corner: left-bottom", 25000, 25000, true, 1524},
        {7, "長3横", "corner: right-bottom", 25000, 25000, false, 1524},
        {8, "角2", "corner: right-bottom", 25000, 25000, false, 1524},
        {9, "角2横", "corner: left-bottom", 25000, 25000, true, 1524},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char source[512];
        snprintf(source, sizeof source, FAR "voice: { %s }\n", rows[i].keys);
        row_check(rows[i].row, read_source(rows[i].paper, source) == OK);
        const struct voice_place *voice = layout.voice;
        long side = microns(rows[i].left ? voice->x : layout.width - voice->x);
        row_check(rows[i].row, labs(side - rows[i].side) <= 25);
        row_check(rows[i].row, labs(microns(layout.height - voice->y) - rows[i].bottom) <= 25);
        row_check(rows[i].row, voice->dot == rows[i].dot);
        row_check(rows[i].row, voice->x % voice->dot == 0 && voice->y % voice->dot == 0);
    }
    row_check(20, read_source("A4", FAR "voice: { corner: left-bottom }\n") == OK);
    row_check(21, layout.voice->x == 591 * EMU_PER_DOT600 && layout.voice->cell == 4);
    row_check(22, layout.voice->y == (7016 - 591) * EMU_PER_DOT600);
    row_check(23, text_is(layout.voice->plate, "CutContour") && layout.voice->notches == 1);
    struct rect notch = voice_notch(&layout, 0);
    row_check(24, notch.w == 6 * EMU_PER_MM && notch.h == 3 * EMU_PER_MM);
    row_check(25, notch.x + notch.w / 2 == layout.voice->x && notch.y + notch.h == layout.height);
    row_check(26, voice_room(layout.voice) / EMU_PER_DOT600 == 707);
    row_check(30, read_source("A4", FAR "voice: { corner: right-bottom, notches: 2 }\n") == OK);
    notch = voice_notch(&layout, 0);
    row_check(31, notch.h == 6 * EMU_PER_MM && notch.w == 3 * EMU_PER_MM);
    row_check(32, notch.y + notch.h / 2 == layout.voice->y && notch.x + notch.w == layout.width);
    row_check(33, voice_notch(&layout, 1).y == notch.y - 12 * EMU_PER_MM);
    row_check(34, read_source("A4", FAR) == OK && layout.voice == NULL);
    check_rows();
}

#define VOICE "voice: { corner: left-bottom }\n"
#define RIGHT "voice: { corner: right-bottom }\n"
#define CARD(x, y) "cuts:\n  - { name: card, x: " #x ", y: " #y ", w: 85, h: 54, keep: 3 }\n"
#define MARK(x, y) "marks:\n  - { x: " #x ", y: " #y ", w: 5, h: 5, view: [1, 1], path: M0 0Z }\n"
#define LINE(x, y, w) "lines:\n  - { x: " #x ", y: " #y ", w: " #w ", h: 0, width: 1 }\n"
#define IMAGE(x, y) "frames:\n  - { image: logo, x: " #x ", y: " #y ", w: 20, h: 10 }\n"
#define QR(x, y) "frames:\n  - { part: q, symbol: qr, x: " #x ", y: " #y ", size: 20 }\n"
#define TABLE(y)                                                                                   \
    "tables:\n  - { name: t, x: 20, y: " #y ", w: 80, row: 9, rows: 3, rule: 0.3,\n"               \
    "      frames: [ { part: m, style: s, x: 24, w: 50 } ] }\n"
#define WINDOW "window: { x: 15, y: 240, w: 80, h: 45, play: [20, 10], envelope: e, shows: [a] }\n"

static void collisions(void **state)
{
    static const struct {
        int row;
        const char *source;
        enum message message; /* MSG_NONE: taken */
        const char *name;
    } rows[] = {
        {1, FAR VOICE, MSG_NONE, ""},
        {2, FRAME(40, 260, 30, 5) VOICE, MSG_NONE, ""}, /* touching is apart */
        {3, FRAME(39.9, 260, 30, 5) VOICE, MSG_FRAME_NOT_CLEAR, "a / voice"},
        {4, FRAME(20, 252.1, 30, 5) VOICE, MSG_FRAME_NOT_CLEAR, "a / voice"},
        {5, IMAGE(30, 250) VOICE, MSG_FRAME_NOT_CLEAR, "logo / voice"},
        {6, QR(25, 240) VOICE, MSG_FRAME_NOT_CLEAR, "q / voice"},
        {7, FAR MARK(38, 270) VOICE, MSG_FRAME_NOT_CLEAR, "marks / voice"},
        {8, FAR LINE(5, 270, 100) VOICE, MSG_FRAME_NOT_CLEAR, "lines / voice"},
        {9, FAR TABLE(235) VOICE, MSG_FRAME_NOT_CLEAR, "t / voice"},
        {10, FAR "boxes:\n  - { x: 8, y: 255, w: 34, h: 34, width: 1 }\n" VOICE, MSG_NONE, ""},
        {11, FAR "boxes:\n  - { x: 20, y: 255, w: 34, h: 34, width: 1 }\n" VOICE,
         MSG_FRAME_NOT_CLEAR, "boxes / voice"},
        /* the notch, and 2 mm around it */
        {20, FAR MARK(22, 290) VOICE, MSG_FRAME_NOT_CLEAR, "marks / notch"},
        {21, FAR MARK(14, 291) VOICE, MSG_NONE, ""},
        {22, FAR MARK(16, 292) VOICE, MSG_FRAME_NOT_CLEAR, "marks / notch"},
        {23, FAR MARK(204, 270) RIGHT, MSG_FRAME_NOT_CLEAR, "marks / notch"},
        {24, FAR MARK(204, 255) RIGHT, MSG_NONE, ""},
        {25, FAR MARK(204, 255) "voice: { corner: right-bottom, notches: 2 }\n",
         MSG_FRAME_NOT_CLEAR, "marks / notch#2"},
        /* the card */
        {30, FAR CARD(110, 230) VOICE, MSG_NONE, ""},
        {31, FAR CARD(110, 230) RIGHT, MSG_VOICE_CUT, "card"},
        {32, FAR CARD(12, 230) VOICE, MSG_VOICE_CUT, "card"},
        {33, FAR CARD(12, 230) RIGHT, MSG_NONE, ""},
        {34, FAR CARD(40, 230) VOICE, MSG_NONE, ""},
        {35, FAR CARD(39.9, 230) VOICE, MSG_VOICE_CUT, "card"},
        /* folds, windows, names */
        {40, "folds: [257]\n" FAR VOICE, MSG_NONE, ""},
        {41, "folds: [272]\n" FAR VOICE, MSG_SYMBOL_ON_FOLD, "voice"},
        {42, FRAME(30, 246, 5, 5) WINDOW VOICE, MSG_WINDOW_ENTERED, "voice"},
        {43, FAR "clear:\n  - { name: voice, x: 100, y: 100, w: 5, h: 5 }\n" VOICE,
         MSG_LAYOUT_SAME_NAME, "voice"},
        /* what shows without the voice code only */
        {50, "frames:\n  - { part: a, style: s, x: 20, y: 260, w: 30, h: 5, if: no-voice }\n" VOICE,
         MSG_NONE, ""},
        {51, "frames:\n  - { part: a, style: s, x: 20, y: 260, w: 30, h: 5, if: voice }\n" VOICE,
         MSG_FRAME_NOT_CLEAR, "a / voice"},
        {52, "frames:\n  - { part: a, style: s, x: 20, y: 260, w: 30, h: 5, if: card }\n" VOICE,
         MSG_FRAME_NOT_CLEAR, "a / voice"},
        /* keys */
        {60, FAR "voice: {}\n", MSG_LAYOUT_MISSING, "corner"},
        {61, FAR "voice: { corner: left-top }\n", MSG_LAYOUT_CHOICE, "corner"},
        {62, FAR "voice: { corner: left-bottom, dpi: 700 }\n", MSG_VOICE_DPI, "dpi"},
        {63, FAR "voice: { corner: left-bottom, clear: [26, 40] }\n", MSG_VOICE_CENTRE, "centre"},
        {64, FAR "voice: { corner: left-bottom, clear: [10] }\n", MSG_LAYOUT_LIST, "clear"},
        {65, FAR "voice: { corner: left-bottom, plate: Black }\n", MSG_VOICE_PLATE, "plate"},
        {66, FAR "voice: { corner: left-bottom, plate: All }\n", MSG_VOICE_PLATE, "plate"},
        {67, FAR "voice: { corner: left-bottom, plate: 抜き型 }\n", MSG_VOICE_PLATE, "plate"},
        {68, FAR "voice: { corner: left-bottom, plate: A234567890123456789012345678901 }\n",
         MSG_NONE, ""},
        {69, FAR "voice: { corner: left-bottom, plate: A2345678901234567890123456789012 }\n",
         MSG_VOICE_PLATE, "plate"},
        {70, FAR "voice: { corner: left-bottom, notches: 3 }\n", MSG_LAYOUT_WHOLE, "notches"},
        {71, FAR "voice: { corner: left-bottom, notches: 2, apart: 5 }\n", MSG_VOICE_APART,
         "apart"},
        {72, FAR "voice: { corner: left-bottom, cell: 0 }\n", MSG_LAYOUT_WHOLE, "cell"},
        {73, FAR "voice: { corner: left-bottom, colour: red }\n", MSG_LAYOUT_KEY, "colour"},
        {74, FRAME(20, 110, 40, 5) "voice: { corner: left-bottom, clear: [10, 199] }\n",
         MSG_FRAME_NOT_CLEAR, "a / voice"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        enum status status = read_source("A4", rows[i].source);
        row_check(rows[i].row, status == (rows[i].message ? STOP : OK));
        row_check(rows[i].row, error.message == rows[i].message || !rows[i].message);
        if (strcmp(error.name, rows[i].name) != 0)
            fprintf(stderr, "row %d: %s (%d)\n", rows[i].row, error.name, error.message);
        row_check(rows[i].row, strcmp(error.name, rows[i].name) == 0);
    }
    /* the marks of the run keep off too */
    row_check(
        90, read_source(
                "A4", FAR
                "control: { text: { x: 15, y: 293, w: 60, size: 6 }, code: false }\n" VOICE) == OK);
    row_check(91, layout_check_control(&layout, false, &error) == STOP);
    row_check(92, error.message == MSG_CONTROL_MET);
    row_check(93, read_source("A4", FAR VOICE) == OK &&
                      layout_check_control(&layout, true, &error) == OK);
    arena_close(&arena);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(centres),
        cmocka_unit_test(collisions),
    };

    return check_run(tests);
}
