/* Pages drawn at 600 dpi, where a dot is a whole number of EMU: what a PNG must hold can be said dot by dot. */
#include "check.h"

#include "base/memory.h"
#include "raster/raster.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include <png.h>
#include <stdlib.h>

#define DOT EMU_PER_DOT600
#define SIDE 60 /* dots of the test sheet */
#define COUNT(array) ((uint32_t)(sizeof(array) / sizeof *(array)))

/* -- fonts: one face, so that this room is tested without the room of fonts -- */

static const char font_path[] = "/usr/share/fonts/opentype/ipaexfont-gothic/ipaexg.ttf";

struct fonts {
    char *bytes;
    uint32_t size;
};
static struct fonts fonts;

uint32_t fonts_faces(const struct fonts *self)
{
    (void)self;
    return 1;
}

struct text fonts_bytes(const struct fonts *self, uint32_t face)
{
    (void)face;
    return (struct text){self->bytes, self->size};
}

/* Drawn as the file says. */
const struct face_facts *fonts_face(const struct fonts *self, uint32_t face)
{
    static const struct face_facts facts = {.units = 2048, .drawn = 2048};
    (void)self;
    (void)face;
    return &facts;
}

int32_t fonts_offset(const struct fonts *self, uint32_t face, uint32_t glyph)
{
    (void)self;
    (void)face;
    (void)glyph;
    return 0;
}

static int fonts_load(void **state)
{
    (void)state;
    FILE *file = fopen(font_path, "rb");
    if (!file || fseek(file, 0, SEEK_END))
        return -1;
    fonts.size = (uint32_t)ftell(file);
    rewind(file);
    fonts.bytes = malloc(fonts.size);
    size_t got = fonts.bytes ? fread(fonts.bytes, 1, fonts.size, file) : 0;
    fclose(file);
    return got == fonts.size ? 0 : -1;
}

static int fonts_unload(void **state)
{
    (void)state;
    free(fonts.bytes);
    return 0;
}

static uint16_t glyph_of(unsigned long character)
{
    FT_Library library;
    FT_Face face;
    if (FT_Init_FreeType(&library))
        return 0;
    unsigned id = FT_New_Memory_Face(library, (const FT_Byte *)fonts.bytes, fonts.size, 0, &face)
                      ? 0
                      : FT_Get_Char_Index(face, character);
    FT_Done_FreeType(library);
    return (uint16_t)id;
}

/* -- a picture -- */

struct picture {
    struct buffer file;
    uint32_t width, height;
    uint8_t *rgb;
};

static enum status picture_draw(struct picture *picture, const struct page *page, uint32_t dpi)
{
    struct error error;
    memset(picture, 0, sizeof *picture);
    struct sink sink = buffer_sink(&picture->file);
    enum status status = raster_png(page, &fonts, dpi, &sink, &error);
    png_image image = {.version = PNG_IMAGE_VERSION};
    if (status != OK ||
        !png_image_begin_read_from_memory(&image, picture->file.bytes, picture->file.size))
        return STOP;
    image.format = PNG_FORMAT_RGB;
    picture->width = image.width;
    picture->height = image.height;
    picture->rgb = malloc(PNG_IMAGE_SIZE(image));
    return png_image_finish_read(&image, NULL, picture->rgb, 0, NULL) ? OK : STOP;
}

static void picture_free(struct picture *picture)
{
    free(picture->rgb);
    buffer_free(&picture->file);
}

static uint32_t dot(const struct picture *picture, uint32_t x, uint32_t y)
{
    const uint8_t *at = picture->rgb + ((size_t)y * picture->width + x) * 3;
    return (uint32_t)at[0] << 16 | (uint32_t)at[1] << 8 | at[2];
}

#define BLACK 0x000000u
#define WHITE 0xFFFFFFu

/* True when exactly the dots of the rectangle are black and all others white. */
static bool only_black(const struct picture *picture, uint32_t x, uint32_t y, uint32_t w,
                       uint32_t h)
{
    for (uint32_t v = 0; v < picture->height; v++)
        for (uint32_t u = 0; u < picture->width; u++) {
            bool inside = u >= x && u < x + w && v >= y && v < y + h;
            if (dot(picture, u, v) != (inside ? BLACK : WHITE))
                return false;
        }
    return true;
}

/* The smallest rectangle with all that is not white. */
struct extent {
    uint32_t left, top, right, bottom;
};
static struct extent ink(const struct picture *picture)
{
    struct extent ink = {UINT32_MAX, UINT32_MAX, 0, 0};
    for (uint32_t y = 0; y < picture->height; y++)
        for (uint32_t x = 0; x < picture->width; x++)
            if (dot(picture, x, y) != WHITE) {
                ink.left = x < ink.left ? x : ink.left;
                ink.top = y < ink.top ? y : ink.top;
                ink.right = x + 1 > ink.right ? x + 1 : ink.right;
                ink.bottom = y + 1 > ink.bottom ? y + 1 : ink.bottom;
            }
    return ink;
}

static struct page sheet(struct item *items, uint32_t count)
{
    return (struct page){.width = SIDE * DOT, .height = SIDE * DOT, .list = {items, count}};
}

/* -- tests -- */

static void sizes(void **state)
{
    (void)state;
    static const struct {
        int row;
        emu width, height;
        uint32_t dpi, columns, rows; /* 0: refused */
    } rows[] = {
        {1, A4_WIDTH, A4_HEIGHT, 150, 1240, 1754},
        {2, A4_WIDTH, A4_HEIGHT, 36, 298, 421},
        {3, SIDE * DOT, SIDE * DOT, 1200, 120, 120},
        {4, SIDE * DOT, SIDE * DOT, 600, SIDE, SIDE},
        {5, 1, 1, 36, 1, 1},
        {6, A4_WIDTH, A4_HEIGHT, 35, 0, 0},
        {7, A4_WIDTH, A4_HEIGHT, 1201, 0, 0},
        {8, A4_WIDTH, A4_HEIGHT, 0, 0, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct page page = {.width = rows[i].width, .height = rows[i].height};
        struct picture picture;
        if (rows[i].columns == 0) {
            struct error error;
            struct buffer nothing = {0};
            struct sink sink = buffer_sink(&nothing);
            row_check(rows[i].row, raster_png(&page, &fonts, rows[i].dpi, &sink, &error) == STOP &&
                                       error.message == MSG_RASTER_DPI && nothing.size == 0);
            continue;
        }
        row_check(rows[i].row, picture_draw(&picture, &page, rows[i].dpi) == OK &&
                                   picture.width == rows[i].columns &&
                                   picture.height == rows[i].rows &&
                                   only_black(&picture, 0, 0, 0, 0));
        picture_free(&picture);
    }
    check_rows();
}

/* Items whose ink is one rectangle of whole dots. */
static void rectangles(void **state)
{
    (void)state;
    static const uint8_t bits[2] = {0x40, 0x40}; /* the right one of two columns */
    static const uint8_t dark[2] = {0xC0, 0xC0};
    static const uint8_t steps[] = {PATH_MOVE, PATH_LINE, PATH_LINE, PATH_LINE, PATH_CLOSE};
    static const emu points[] = {9 * DOT,  9 * DOT,  19 * DOT, 9 * DOT,
                                 19 * DOT, 29 * DOT, 9 * DOT,  29 * DOT};
    static const uint8_t curve[] = {PATH_MOVE, PATH_CURVE, PATH_LINE, PATH_LINE, PATH_CLOSE};
    static const emu flat[] = {9 * DOT,  9 * DOT, 12 * DOT, 9 * DOT,  15 * DOT, 9 * DOT,
                               19 * DOT, 9 * DOT, 19 * DOT, 29 * DOT, 9 * DOT,  29 * DOT};
    static const struct bar bars[] = {{2, 3, 4, 20}, {6, 3, 6, 20}};
    static const struct {
        int row;
        struct item item;
        uint32_t x, y, w, h;
    } rows[] = {
        {1,
         {ITEM_STROKE, {.stroke = {10 * DOT, 5 * DOT, 0, 20 * DOT, 2 * DOT, 0, 0, 0}}},
         9,
         5,
         2,
         20},
        {2,
         {ITEM_STROKE, {.stroke = {10 * DOT, 5 * DOT, 20 * DOT, 0, 4 * DOT, 0, 0, 0}}},
         10,
         3,
         20,
         4},
        {3,
         {ITEM_STROKE, {.stroke = {10 * DOT, 5 * DOT, 9 * DOT, 0, 2 * DOT, 9 * DOT, 3 * DOT, 0}}},
         10,
         4,
         9,
         2},
        {4, {ITEM_MODULES, {.modules = {7 * DOT, 8 * DOT, 5 * DOT, 2, 1, bits, 0}}}, 12, 8, 5, 10},
        {5, {ITEM_MODULES, {.modules = {7 * DOT, 8 * DOT, 5 * DOT, 2, 1, dark, 0}}}, 7, 8, 10, 10},
        {6,
         {ITEM_BITMAP, {.bitmap = {3 * DOT, 4 * DOT, 8 * DOT, 8 * DOT, 2, 2, 1, dark, 1}}},
         3,
         4,
         8,
         8},
        {7, {ITEM_PATH, {.path = {steps, 5, points, 4, false, 0}}}, 9, 9, 10, 20},
        {8, {ITEM_PATH, {.path = {curve, 5, flat, 6, false, 0}}}, 9, 9, 10, 20},
        {10, {ITEM_BARS, {.bars = {7 * DOT, 8 * DOT, bars, 2}}}, 9, 11, 10, 20},
        {9,
         {ITEM_BITMAP, {.bitmap = {3 * DOT, 4 * DOT, 8 * DOT, 8 * DOT, 0, 0, 0, NULL, 1}}},
         0,
         0,
         0,
         0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct item item = rows[i].item;
        struct page page = sheet(&item, 1);
        struct picture picture;
        row_check(rows[i].row,
                  picture_draw(&picture, &page, 600) == OK &&
                      only_black(&picture, rows[i].x, rows[i].y, rows[i].w, rows[i].h));
        picture_free(&picture);
    }
    check_rows();
}

/* The marks of the run are drawn with the letter. */
static void marks(void **state)
{
    (void)state;
    static const struct bar bars[] = {{0, 0, 3, 5}};
    struct item item = {ITEM_BARS, {.bars = {20 * DOT, 30 * DOT, bars, 1}}};
    struct page page = sheet(NULL, 0);
    struct picture picture;
    page.marks = (struct item_list){&item, 1};
    row_check(1, picture_draw(&picture, &page, 600) == OK && only_black(&picture, 20, 30, 3, 5));
    picture_free(&picture);
    check_rows();
}

/* A square in a square, both drawn the same way round. */
static void fill_rules(void **state)
{
    (void)state;
    static const uint8_t steps[] = {PATH_MOVE, PATH_LINE, PATH_LINE, PATH_LINE, PATH_CLOSE,
                                    PATH_MOVE, PATH_LINE, PATH_LINE, PATH_LINE, PATH_CLOSE};
    static const emu points[] = {10 * DOT, 10 * DOT, 40 * DOT, 10 * DOT, 40 * DOT, 40 * DOT,
                                 10 * DOT, 40 * DOT, 20 * DOT, 20 * DOT, 30 * DOT, 20 * DOT,
                                 30 * DOT, 30 * DOT, 20 * DOT, 30 * DOT};
    struct item item = {ITEM_PATH, {.path = {steps, 10, points, 8, true, 0}}};
    struct page page = sheet(&item, 1);
    struct picture hole, full;
    row_check(1, picture_draw(&hole, &page, 600) == OK && dot(&hole, 15, 15) == BLACK &&
                     dot(&hole, 25, 25) == WHITE);
    item.as.path.even_odd = false;
    row_check(2, picture_draw(&full, &page, 600) == OK && only_black(&full, 10, 10, 30, 30));
    picture_free(&hole);
    picture_free(&full);
    check_rows();
}

static void strokes(void **state)
{
    (void)state;
    struct item items[] = {
        {ITEM_STROKE, {.stroke = {5 * DOT, 5 * DOT, 40 * DOT, 30 * DOT, 2 * DOT, 0, 0, 0}}},
        {ITEM_STROKE, {.stroke = {5 * DOT, 50 * DOT, 40 * DOT, 0, 2 * DOT, 6 * DOT, 4 * DOT, 0}}},
    };
    struct page page = sheet(items, COUNT(items));
    struct picture picture;
    row_check(1, picture_draw(&picture, &page, 600) == OK);
    row_check(2, dot(&picture, 4, 4) == BLACK && dot(&picture, 5, 34) == BLACK);
    row_check(3, dot(&picture, 20, 20) == WHITE && dot(&picture, 3, 20) == WHITE);
    row_check(4, dot(&picture, 10, 50) == BLACK && dot(&picture, 12, 50) == WHITE);
    row_check(5, dot(&picture, 15, 50) == BLACK && dot(&picture, 22, 50) == WHITE);
    picture_free(&picture);
    items[0].as.stroke.radius = 10 * DOT;
    row_check(6, picture_draw(&picture, &page, 600) == OK && dot(&picture, 4, 4) == WHITE &&
                     dot(&picture, 20, 4) == BLACK && dot(&picture, 4, 20) == BLACK &&
                     dot(&picture, 45, 20) == BLACK);
    picture_free(&picture);
    check_rows();
}

/* U+2588 FULL BLOCK would be ideal, but faces draw it differently; U+25A0 is a square within its em. */
static void glyphs(void **state)
{
    (void)state;
    const uint16_t square = glyph_of(0x25A0);
    const struct glyph two[2] = {{0, square, EM_UNITS, 0, 3, 0}, {0, square, EM_UNITS, 3, 3, 0}};
    struct item item = {ITEM_TEXT,
                        {.text = {.x = 5 * DOT,
                                  .y = 30 * DOT,
                                  .size = 20 * DOT,
                                  .scale = 1000,
                                  .glyphs = two,
                                  .count = 1,
                                  .text = TEXT("■■")}}};
    struct page page = sheet(&item, 1);
    struct picture picture;
    row_check(1, square != 0);
    row_check(2, picture_draw(&picture, &page, 600) == OK);
    struct extent one = ink(&picture);
    row_check(3, one.left >= 5 && one.right <= 25 && one.top >= 10 && one.bottom <= 33);
    row_check(4, dot(&picture, (one.left + one.right) / 2, (one.top + one.bottom) / 2) == BLACK);
    uint32_t width = one.right - one.left;
    row_check(5, width > 10 && one.bottom - one.top > 10);
    picture_free(&picture);

    item.as.text.count = 2;
    row_check(6, picture_draw(&picture, &page, 600) == OK && ink(&picture).left == one.left &&
                     ink(&picture).right == one.right + 20);
    picture_free(&picture);
    item.as.text.spacing = 4 * DOT;
    row_check(7, picture_draw(&picture, &page, 600) == OK && ink(&picture).right == one.right + 24);
    picture_free(&picture);
    item.as.text.scale = 500; /* the space between shrinks with the glyphs */
    row_check(8, picture_draw(&picture, &page, 600) == OK);
    struct extent half = ink(&picture);
    row_check(9, half.top == one.top && half.bottom == one.bottom);
    row_check(10, half.right <= (one.right + 24 - 5) / 2 + 5 + 1 &&
                      half.right >= (one.right + 24 - 5) / 2 + 5 - 1);
    picture_free(&picture);
    check_rows();
}

static void bad_glyphs(void **state)
{
    (void)state;
    static const struct {
        int row;
        struct glyph glyph;
    } rows[] = {
        {1, {1, 1, EM_UNITS, 0, 3, 0}},
        {2, {LIMIT_FACES, 1, EM_UNITS, 0, 3, 0}},
        {3, {0, 0xFFFF, EM_UNITS, 0, 3, 0}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct item item = {
            ITEM_TEXT,
            {.text = {.size = DOT, .scale = 1000, .glyphs = &rows[i].glyph, .count = 1}}};
        struct page page = sheet(&item, 1);
        struct buffer nothing = {0};
        struct sink sink = buffer_sink(&nothing);
        struct error error;
        row_check(rows[i].row, raster_png(&page, &fonts, 600, &sink, &error) == STOP &&
                                   error.message == MSG_RASTER_FAILED && nothing.size == 0);
        buffer_free(&nothing);
    }
    check_rows();
}

/* Layer, page and guides are drawn one over the other; only guides have a colour. */
static void layers(void **state)
{
    (void)state;
    struct item below = {ITEM_STROKE, {.stroke = {10 * DOT, 0, 0, 60 * DOT, 4 * DOT, 0, 0, 0}}};
    struct item above = {ITEM_STROKE, {.stroke = {30 * DOT, 0, 0, 60 * DOT, 4 * DOT, 0, 0, 0}}};
    struct item guide = {ITEM_STROKE, {.stroke = {50 * DOT, 0, 0, 60 * DOT, 4 * DOT, 0, 0, 0}}};
    const struct layer layer = {.index = 1, .list = {&below, 1}};
    struct page page = sheet(&above, 1);
    struct picture picture;
    page.layer = &layer;
    row_check(1, picture_draw(&picture, &page, 600) == OK && dot(&picture, 10, 5) == BLACK &&
                     dot(&picture, 30, 5) == BLACK && dot(&picture, 50, 5) == WHITE);
    picture_free(&picture);
    page.guides = (struct item_list){&guide, 1};
    row_check(2, picture_draw(&picture, &page, 600) == OK && dot(&picture, 10, 5) == BLACK &&
                     dot(&picture, 30, 5) == BLACK && dot(&picture, 20, 5) == WHITE);
    uint32_t blue = dot(&picture, 50, 5);
    row_check(3, (blue & 0xFF) > (blue >> 16) + 100 && (blue & 0xFF) > (blue >> 8 & 0xFF) + 50);
    picture_free(&picture);
    check_rows();
}

/* No chunk that could hold a time, a program or a text. */
static bool chunks_are_plain(const struct buffer *file)
{
    for (size_t at = 8; at + 12 <= file->size;) {
        const uint8_t *chunk = file->bytes + at;
        size_t size =
            (size_t)chunk[0] << 24 | (size_t)chunk[1] << 16 | (size_t)chunk[2] << 8 | chunk[3];
        if (memcmp(chunk + 4, "IHDR", 4) && memcmp(chunk + 4, "IDAT", 4) &&
            memcmp(chunk + 4, "bKGD", 4) && memcmp(chunk + 4, "IEND", 4))
            return false;
        at += size + 12;
    }
    return file->size > 8;
}

static enum status full(void *context, const void *bytes, size_t size, struct error *error)
{
    int *calls = context;
    (void)bytes;
    (void)size;
    return --*calls < 0 ? error_set(error, MSG_DISK_FULL) : OK;
}

static void files(void **state)
{
    (void)state;
    struct item item = {ITEM_STROKE, {.stroke = {10 * DOT, 0, 0, 60 * DOT, 4 * DOT, 0, 0, 0}}};
    struct page page = sheet(&item, 1);
    struct picture first, second;
    row_check(1, picture_draw(&first, &page, 97) == OK && picture_draw(&second, &page, 97) == OK &&
                     first.file.size == second.file.size &&
                     !memcmp(first.file.bytes, second.file.bytes, first.file.size));
    row_check(2, chunks_are_plain(&first.file));
    for (int calls = 0; calls < 4; calls++) {
        int left = calls;
        struct error error;
        const struct sink sink = {full, &left};
        row_check(3 + calls, raster_png(&page, &fonts, 97, &sink, &error) == STOP &&
                                 error.message == MSG_DISK_FULL);
    }
    picture_free(&first);
    picture_free(&second);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes),
        cmocka_unit_test(rectangles),
        cmocka_unit_test(marks),
        cmocka_unit_test(fill_rules),
        cmocka_unit_test(strokes),
        cmocka_unit_test_setup_teardown(glyphs, fonts_load, fonts_unload),
        cmocka_unit_test_setup_teardown(bad_glyphs, fonts_load, fonts_unload),
        cmocka_unit_test(layers),
        cmocka_unit_test(files),
    };
    return check_run(tests);
}
