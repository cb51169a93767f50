/* Baselines in a box, symbols on the dot grid. */
#include "layout/layout.h"

#include "unit/check.h"

#include <stdlib.h>

#define PT EMU_PER_PT

static void baselines(void **state)
{
    static const struct {
        int row;
        enum valign valign;
        int h, size, leading, lines; /* pt */
        emu want;                    /* below the box's top, in 1/100 pt */
    } rows[] = {
        /* top: half the lead, then 0.88 of the size */
        {1, VALIGN_TOP, 60, 12, 20, 1, 400 + 1056},
        {2, VALIGN_TOP, 60, 12, 20, 3, 400 + 1056}, /* 52 of 60: as one line */
        {3, VALIGN_TOP, 20, 12, 20, 1, 400 + 1056},
        {4, VALIGN_TOP, 16, 12, 20, 1,
         200 + 1056}, /* box lower than the leading: what room there is */
        {5, VALIGN_TOP, 12, 12, 20, 1, 1056},
        {6, VALIGN_TOP, 54, 12, 20, 3, 100 + 1056},
        {7, VALIGN_TOP, 20, 12, 10, 1, 1056}, /* leading below the size: no lead */
        {8, VALIGN_MIDDLE, 20, 12, 20, 1, 400 + 1056},
        {9, VALIGN_MIDDLE, 20, 9, 10, 2, 50 + 792},
        {10, VALIGN_BOTTOM, 20, 12, 20, 1, 800 + 1056},
        {11, VALIGN_BOTTOM, 60, 12, 20, 3, 800 + 1056},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct frame frame = {.box = {0, 7 * PT, 100 * PT, rows[i].h * PT},
                              .valign = rows[i].valign};
        emu baseline = layout_baseline(&frame, rows[i].size * PT, rows[i].leading * PT,
                                       (uint32_t)rows[i].lines);
        row_check(rows[i].row, baseline - 7 * PT == rows[i].want * PT / 100);
    }
    check_rows();
}

/* Whatever the box, the symbol lies on the grid, its quiet zone in the box. */
static bool well_placed(const struct frame *frame, int modules, emu x, emu y, emu module)
{
    emu quiet = frame->quiet * module, side = modules * module;
    const struct rect *box = &frame->box;
    return x % 1524 == 0 && y % 1524 == 0 && module % 1524 == 0 && module > 0 &&
           x - quiet >= box->x && y - quiet >= box->y && x + side + quiet <= box->x + box->w &&
           y + side + quiet <= box->y + box->h;
}

static void symbols(void **state)
{
    (void)state;
    emu x, y, module;
    for (int step = 0; step < 2000; step++) {
        emu at = 720000 + step * 37, side = 792000 + step * 211;
        struct frame frame = {.box = {at, at + step, side, side}, .quiet = (uint8_t)(4 + step % 3)};
        uint16_t modules = (uint16_t)(21 + 4 * (step % 11));
        bool fits = layout_place_qr(&frame, modules, &x, &y, &module);
        row_check(1, fits && well_placed(&frame, modules, x, y, module));
        /* one dot more a module would not have fitted the box */
        row_check(2, (modules + 2 * frame.quiet) * (module + 1524) > side - 2 * 1524);
        /* centred to a dot */
        row_check(3, abs(2 * (x - at) + modules * module - side) <= 3 * 1524);
    }
    struct frame exact = {.box = {100 * 1524, 200 * 1524, 33 * 1524, 33 * 1524}, .quiet = 4};
    row_check(10, layout_place_qr(&exact, 25, &x, &y, &module) && module == 1524);
    row_check(11, x == 104 * 1524 && y == 204 * 1524);
    row_check(12, !layout_place_qr(&exact, 29, &x, &y, &module));
    exact.box.x++; /* off the grid by a hair: one dot of the side is lost */
    row_check(13, !layout_place_qr(&exact, 25, &x, &y, &module));
    exact.box = (struct rect){0, 0, 330 * 1524, 330 * 1524};
    exact.module_dots = 8;
    row_check(14, layout_place_qr(&exact, 25, &x, &y, &module) && module == 8 * 1524);
    row_check(15, x == 65 * 1524 && y == 65 * 1524);
    exact.module_dots = 11;
    row_check(16, !layout_place_qr(&exact, 25, &x, &y, &module));
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(baselines), cmocka_unit_test(symbols)};
    return check_run(tests);
}
