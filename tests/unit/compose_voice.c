/* A supplied or drawn voice code on a page: its place to the dot, the strip beside it, the notch. */
#include "compose/voice.h"
#include "unit/compose_sample.h"

#define TEMPLATE "form: x\nunit: person\nparts:\n  a: word\n  b: \"{name}\"\n"
#define LAYOUT(paper, voice)                                                                       \
    "paper: " paper "\nstyles:\n  s: { font: mincho, size: 9, leading: 12 }\nframes:\n"            \
    "  - { part: a, style: s, x: 20, y: 20, w: 60, h: 6 }\n"                                       \
    "  - { part: b, style: s, x: 20, y: 40, w: 60, h: 6 }\n" voice

static struct sample sample;
static uint8_t bits[700 * 88];

/* A picture of `cells` a side, `cell` dots each, every cell of a colour of its own; the body at (x, y). */
static struct voice_symbol picture(uint32_t cells, uint32_t cell, uint32_t columns, uint32_t rows,
                                   uint32_t x, uint32_t y)
{
    struct voice_symbol symbol = {.columns = columns,
                                  .rows = rows,
                                  .row_bytes = (columns + 7) / 8,
                                  .bits = bits,
                                  .cell = cell,
                                  .cells = cells,
                                  .body_x = x,
                                  .body_y = y};
    memset(bits, 0, sizeof bits);
    for (uint32_t v = 0; v < cells * cell; v++)
        for (uint32_t u = 0; u < cells * cell; u++)
            if ((u / cell * 7 + v / cell * 5 + (u / cell) * (v / cell)) % 3 == 0)
                bits[(y + v) * symbol.row_bytes + (x + u) / 8] |= (uint8_t)(128 >> (x + u) % 8);
    return symbol;
}

static void draw(uint32_t x, uint32_t y, uint32_t w, uint32_t h, uint32_t row_bytes)
{
    for (uint32_t v = y; v < y + h; v++)
        for (uint32_t u = x; u < x + w; u++)
            bits[v * row_bytes + u / 8] |= (uint8_t)(128 >> u % 8);
}

static enum status put(const char *layout, const struct voice_symbol *symbol, uint16_t dots)
{
    assert_int_equal(sample_bind(&sample, TEMPLATE, layout), OK);
    sample_person(&sample);
    assert_int_equal(sample_compose(&sample, COMPOSE_DRAW), OK);
    return compose_voice(&sample.form, symbol, dots, &sample.letter_arena, &sample.pages.pages[0],
                         &sample.error);
}

static const struct item_modules *last(void)
{
    const struct page *page = &sample.pages.pages[0];
    return &page->list.items[page->list.count - 1].as.modules;
}

static bool shown(const struct item_modules *modules, uint32_t x, uint32_t y)
{
    return modules->bits[y * modules->row_bytes + x / 8] >> (7 - x % 8) & 1;
}

/* What stands at each dot of the picture stands on paper where it belongs. */
static bool same_dots(const struct voice_symbol *symbol, uint32_t unit)
{
    const struct item_modules *modules = last();
    for (uint32_t y = 0; y < symbol->rows; y++)
        for (uint32_t x = 0; x < symbol->columns; x++)
            if (shown(modules, x / unit, y / unit) !=
                (symbol->bits[y * symbol->row_bytes + x / 8] >> (7 - x % 8) & 1))
                return false;
    return true;
}

static void places(void **state)
{
    static const struct {
        int row;
        const char *layout;
        uint32_t cells, cell; /* of the picture */
        uint16_t dots;
        uint32_t side; /* of the body on paper, in the device's dots */
        emu dot;
    } rows[] = {
        {1, LAYOUT("A4", "voice: { corner: left-bottom }\n"), 106, 4, 0, 424, 1524},
        {2, LAYOUT("A4", "voice: { corner: right-bottom }\n"), 106, 4, 0, 424, 1524},
        {3, LAYOUT("A4", "voice: { corner: right-bottom }\n"), 106, 1, 0, 424, 1524},
        {4, LAYOUT("A4", "voice: { corner: right-bottom }\n"), 73, 6, 0, 292, 1524},
        {5, LAYOUT("A4", "voice: { corner: left-bottom }\n"), 40, 4, 0, 160, 1524},
        {6, LAYOUT("A4", "voice: { corner: left-bottom }\n"), 117, 4, 0, 468, 1524},
        {7, LAYOUT("A4", "voice: { corner: left-bottom, dpi: 720, cell: 5 }\n"), 106, 4, 0, 530,
         1270},
        {8, LAYOUT("A4", "voice: { corner: left-bottom, dpi: 1200, cell: 8 }\n"), 106, 4, 0, 848,
         762},
        {9, LAYOUT("A4", "voice: { corner: left-bottom }\n"), 93, 1, 6, 558, 1524}, /* QR */
        {10, LAYOUT("A4", "voice: { corner: left-bottom, dpi: 720, cell: 5 }\n"), 93, 1, 5, 465,
         1524},
        {11, LAYOUT("長3横", "voice: { corner: right-bottom }\n"), 73, 4, 0, 292, 1524},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint32_t dots = rows[i].cells * rows[i].cell;
        const struct voice_symbol symbol = picture(rows[i].cells, rows[i].cell, dots, dots, 0, 0);
        row_check(rows[i].row, put(rows[i].layout, &symbol, rows[i].dots) == OK);
        const struct item_modules *modules = last();
        const struct voice_place *place = sample.layout.voice;
        emu side = modules->module * modules->count;
        row_check(rows[i].row, modules->count == rows[i].cells && modules->rows == 0);
        row_check(rows[i].row, side == (emu)rows[i].side * rows[i].dot);
        row_check(rows[i].row, modules->x % rows[i].dot == 0 && modules->y % rows[i].dot == 0);
        emu off_x = modules->x + side / 2 - place->x, off_y = modules->y + side / 2 - place->y;
        row_check(rows[i].row, off_x >= -rows[i].dot && off_x <= rows[i].dot);
        row_check(rows[i].row, off_y >= -rows[i].dot && off_y <= rows[i].dot);
        /* 0.05 mm from what the notice says, the layout's own rounding included */
        emu left = place->corner == CORNER_LEFT_BOTTOM
                       ? modules->x + side / 2
                       : sample.layout.width - modules->x - side / 2;
        emu below = sample.layout.height - modules->y - side / 2, limit = EMU_PER_MM / 20;
        row_check(rows[i].row, left - 25 * EMU_PER_MM <= limit && 25 * EMU_PER_MM - left <= limit);
        row_check(rows[i].row,
                  below - 25 * EMU_PER_MM <= limit && 25 * EMU_PER_MM - below <= limit);
        row_check(rows[i].row, same_dots(&symbol, rows[i].cell));
    }
    check_rows();
}

#define LEFT LAYOUT("A4", "voice: { corner: left-bottom }\n")

/* A strip beside the body keeps its place, and the body its centre. */
static void strips(void **state)
{
    struct voice_symbol symbol;

    (void)state;
    symbol = picture(73, 4, 292 + 8, 292, 0, 0); /* a gap and a bar of one cell each */
    draw(296, 0, 4, 292, symbol.row_bytes);
    row_check(1, put(LEFT, &symbol, 0) == OK);
    row_check(2, last()->count == 75 && last()->rows == 73 && last()->module == 4 * 1524);
    row_check(3, same_dots(&symbol, 4));
    row_check(4, last()->x == sample.layout.voice->x - 146 * 1524);
    symbol = picture(73, 4, 292 + 3, 292, 0, 0); /* a bar of two dots behind a gap of one */
    draw(293, 0, 2, 292, symbol.row_bytes);
    row_check(5, put(LEFT, &symbol, 0) == OK);
    row_check(6, last()->count == 295 && last()->rows == 292 && last()->module == 1524);
    row_check(7, same_dots(&symbol, 1));
    symbol = picture(73, 4, 292 + 3, 292, 3, 0); /* on the left */
    draw(0, 0, 2, 292, symbol.row_bytes);
    row_check(8, put(LEFT, &symbol, 0) == OK);
    row_check(9, last()->x == sample.layout.voice->x - (146 + 3) * 1524);
    symbol = picture(73, 4, 292, 292 + 6, 0, 6); /* above, in pairs of dots */
    draw(0, 0, 292, 2, symbol.row_bytes);
    row_check(10, put(LEFT, &symbol, 0) == OK);
    row_check(11, last()->count == 146 && last()->rows == 149 && last()->module == 2 * 1524);
    row_check(12, last()->y == sample.layout.voice->y - (146 + 6) * 1524);
    row_check(13, same_dots(&symbol, 2));
    /* dots that the device has not */
    symbol = picture(73, 6, 438 + 3, 438, 0, 0);
    draw(439, 0, 2, 438, symbol.row_bytes);
    row_check(14, put(LEFT, &symbol, 0) == REJECT && sample.error.message == MSG_VOICE_STRIP);
    symbol =
        picture(73, 6, 438 + 9, 438, 0, 0); /* three dots of the picture are two of the device */
    draw(444, 0, 3, 438, symbol.row_bytes);
    row_check(15, put(LEFT, &symbol, 0) == OK && last()->module == 2 * 1524);
    check_rows();
}

static void refusals(void **state)
{
    struct voice_symbol symbol = picture(106, 4, 424, 424, 0, 0);

    (void)state;
    row_check(1, put(LAYOUT("A4", ""), &symbol, 0) == STOP);
    row_check(2, sample.error.message == MSG_VOICE_NO_PLACE);
    symbol = picture(170, 4, 680, 680, 0, 0);
    row_check(3, put(LEFT, &symbol, 0) == OK);
    symbol = picture(174, 4, 696, 696, 0, 0);
    row_check(4, put(LEFT, &symbol, 0) == OK);
    symbol = picture(175, 4, 700, 700, 0, 0);
    row_check(5, put(LAYOUT("A4", "voice: { corner: left-bottom, clear: [12, 38] }\n"), &symbol,
                     0) == REJECT);
    row_check(6, sample.error.message == MSG_VOICE_NOT_CLEAR);
    symbol = picture(106, 4, 424, 424, 0, 0);
    row_check(7, put(LAYOUT("A4", "voice: { corner: left-bottom, cell: 16 }\n"), &symbol, 0) ==
                     REJECT);
    row_check(8, sample.error.message == MSG_VOICE_NOT_CLEAR);
    check_rows();
}

/* Half circles on the edge: ends on it, one radius deep, level with the code. */
static void notches(void **state)
{
    const struct voice_symbol symbol = picture(106, 4, 424, 424, 0, 0);
    const emu r = 3 * EMU_PER_MM;
    const struct page *page;

    (void)state;
    row_check(1, put(LEFT, &symbol, 0) == OK);
    page = &sample.pages.pages[0];
    row_check(2, page->die.count == 1 && text_is(page->plate, "CutContour"));
    const struct item_path *path = &page->die.items[0].as.path;
    const emu *points = path->points;
    emu x = sample.layout.voice->x, bottom = page->height;
    row_check(3, page->die.items[0].kind == ITEM_PATH && path->width > 0 && path->point_count == 7);
    row_check(4, points[0] == x - r && points[1] == bottom && points[12] == x + r &&
                     points[13] == bottom);
    row_check(5, points[6] == x && points[7] == bottom - r);
    row_check(6, put(LAYOUT("A4", "voice: { corner: right-bottom, notches: 2, plate: Die }\n"),
                     &symbol, 0) == OK);
    page = &sample.pages.pages[0];
    row_check(7, page->die.count == 2 && text_is(page->plate, "Die"));
    for (int i = 0; i < 2; i++) {
        points = page->die.items[i].as.path.points;
        emu y = sample.layout.voice->y - i * 12 * EMU_PER_MM;
        row_check(8 + i, points[0] == page->width && points[1] == y - r &&
                             points[12] == page->width && points[13] == y + r &&
                             points[6] == page->width - r && points[7] == y);
    }
    sample_close(&sample);
    check_rows();
}

static int open_sample(void **state)
{
    (void)state;
    return sample_open(&sample) ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(places, open_sample),
        cmocka_unit_test(strips),
        cmocka_unit_test(refusals),
        cmocka_unit_test(notches),
    };

    return check_run(tests);
}
