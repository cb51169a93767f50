/* Pictures of supplied symbols in every format, and their cells: what is taken is the picture that was written, dot by dot;
 * what is not whole is refused. The pictures are made with libpng and libtiff, the bitmaps by hand. */
#include "unit/check.h"

#include "base/digest.h"
#include "voice/image.h"
#include "voice/rows.h"

#include <png.h>
#include <stdlib.h>
#include <tiffio.h>
#include <sys/resource.h>
#include <unistd.h>

#define SIDE 160 /* 40 cells of 4 dots */
#define MOST 2000

static uint8_t dots[MOST * MOST]; /* grey: 0 dark, 255 light */
static uint32_t width = SIDE, height = SIDE;
static char path[] = "/tmp/voice-symbols-XXXXXX";
static struct arena arena;
static char file_bytes[16 << 20];

static bool pattern(uint32_t x, uint32_t y)
{
    return (x * 7 + y * 13 + x * y) % 5 < 2;
}

static void draw(uint32_t cells, uint32_t cell, uint32_t left, uint32_t top)
{
    for (uint32_t y = 0; y < height; y++)
        for (uint32_t x = 0; x < width; x++) {
            bool body = x >= left && y >= top && x < left + cells * cell && y < top + cells * cell;
            dots[y * width + x] = body && pattern((x - left) / cell, (y - top) / cell) ? 0 : 255;
        }
}

static struct text load(void)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t size = fread(file_bytes, 1, sizeof file_bytes, file);
    fclose(file);
    return (struct text){file_bytes, (uint32_t)size};
}

static void write_png(int format)
{
    png_image png = {.version = PNG_IMAGE_VERSION, .width = width, .height = height};
    static uint8_t deep[4 * MOST * MOST];
    png.format = format == 0 ? PNG_FORMAT_GRAY : format == 1 ? PNG_FORMAT_RGB : PNG_FORMAT_RGBA;
    uint32_t size = format == 0 ? 1 : format == 1 ? 3 : 4;
    for (uint32_t i = 0; i < width * height; i++) {
        memset(deep + size * i, dots[i], size);
        if (size == 4) /* light = transparent, the colour below it black */
            memset(deep + size * i, 0, 3), deep[size * i + 3] = (uint8_t)(255 - dots[i]);
    }
    assert_true(png_image_write_to_file(&png, path, 0, deep, 0, NULL));
}

/* A palette of two colours, neither black nor white; the dark one is the second. */
static void write_png_palette(void)
{
    static const uint8_t colours[2][3] = {{250, 255, 240}, {10, 0, 90}};
    static uint8_t numbers[MOST * MOST];
    png_image png = {.version = PNG_IMAGE_VERSION,
                     .width = width,
                     .height = height,
                     .format = PNG_FORMAT_RGB_COLORMAP,
                     .colormap_entries = 2};
    for (uint32_t i = 0; i < width * height; i++)
        numbers[i] = dots[i] == 0;
    assert_true(png_image_write_to_file(&png, path, 0, numbers, 0, colours));
}

/* libpng's own one-bit writer. */
static void write_png_bits(void)
{
    FILE *file = fopen(path, "wb");
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    static uint8_t line[MOST / 8 + 1];
    png_init_io(png, file);
    png_set_IHDR(png, info, width, height, 1, PNG_COLOR_TYPE_GRAY, 0, 0, 0);
    png_write_info(png, info);
    for (uint32_t y = 0; y < height; y++) {
        memset(line, 0, sizeof line);
        for (uint32_t x = 0; x < width; x++)
            if (dots[y * width + x])
                line[x / 8] |= (uint8_t)(0x80 >> x % 8);
        png_write_row(png, line);
    }
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    fclose(file);
}

static void write_pbm(bool plain)
{
    FILE *file = fopen(path, "wb");
    fprintf(file, "P%d\n# a comment 9 9\n%u %u\n", plain ? 1 : 4, width, height);
    for (uint32_t y = 0; y < height; y++) {
        for (uint32_t x = 0; plain && x < width; x++)
            fprintf(file, "%d%s", dots[y * width + x] == 0, x % 30 ? "" : "\n");
        for (uint32_t x = 0; !plain && x < width; x += 8) {
            int byte = 0;
            for (uint32_t i = 0; i < 8; i++)
                byte = byte << 1 | (x + i < width && dots[y * width + x + i] == 0);
            fputc(byte, file);
        }
    }
    fclose(file);
}

static void put(FILE *file, uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        fputc((int)(value >> (8 * i) & 0xFF), file);
}

static void write_bmp(uint32_t bits, bool downwards, bool inverted)
{
    FILE *file = fopen(path, "wb");
    uint32_t colours = bits <= 8 ? 2 : 0, row_bytes = (width * bits + 31) / 32 * 4;
    fputs("BM", file);
    put(file, 54 + 4 * colours + row_bytes * height, 4);
    put(file, 0, 4);
    put(file, 54 + 4 * colours, 4);
    put(file, 40, 4);
    put(file, width, 4);
    put(file, downwards ? (uint32_t) - (int32_t)height : height, 4);
    put(file, 1, 2);
    put(file, bits, 2);
    put(file, 0, 4);
    put(file, row_bytes * height, 4);
    put(file, 23622, 4);
    put(file, 23622, 4);
    put(file, colours, 4);
    put(file, 0, 4);
    for (uint32_t i = 0; i < colours; i++)
        put(file, (i == 1) != inverted ? 0xFFFFFF : 0, 4);
    for (uint32_t line = 0; line < height; line++) {
        const uint8_t *from = dots + (downwards ? line : height - 1 - line) * width;
        static uint8_t out[4 * MOST];
        memset(out, 0, row_bytes);
        for (uint32_t x = 0; x < width; x++)
            for (uint32_t b = 0; b < (bits > 8 ? bits / 8 : 1); b++) {
                if (bits > 8)
                    out[x * bits / 8 + b] = from[x];
                else if ((from[x] == 255) != inverted)
                    out[x * bits / 8] |= (uint8_t)(1u << (8 - bits - x * bits % 8));
            }
        fwrite(out, 1, row_bytes, file);
    }
    fclose(file);
}

static void write_tiff(int compression, uint16_t bits, bool dark_is_one, int pictures)
{
    TIFF *tiff = TIFFOpen(path, "w");
    static uint8_t line[MOST];
    for (int n = 0; n < pictures; n++) {
        TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, width);
        TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, height);
        TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, bits);
        TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
        TIFFSetField(tiff, TIFFTAG_COMPRESSION, compression);
        TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC,
                     dark_is_one ? PHOTOMETRIC_MINISWHITE : PHOTOMETRIC_MINISBLACK);
        for (uint32_t y = 0; y < height; y++) {
            memset(line, 0, sizeof line);
            for (uint32_t x = 0; x < width; x++) {
                bool one = (dots[y * width + x] == 0) == dark_is_one;
                if (bits == 8)
                    line[x] = one ? 255 : 0;
                else if (one)
                    line[x / 8] |= (uint8_t)(0x80 >> x % 8);
            }
            TIFFWriteScanline(tiff, line, y, 0);
        }
        TIFFWriteDirectory(tiff);
    }
    TIFFClose(tiff);
}

static enum message image(struct voice_bitmap *bitmap)
{
    struct error error = {.message = MSG_NONE};
    return voice_image_read(load(), &arena, bitmap, &error) == OK ? MSG_NONE : error.message;
}

/* The picture that was written. */
static bool same(const struct voice_bitmap *bitmap)
{
    if (bitmap->columns != width || bitmap->rows != height)
        return false;
    for (uint32_t y = 0; y < height; y++)
        for (uint32_t x = 0; x < width; x++)
            if ((bitmap->bits[y * bitmap->row_bytes + x / 8] >> (7 - x % 8) & 1) !=
                (dots[y * width + x] == 0))
                return false;
    return true;
}

static void write_format(int format)
{
    switch (format) {
    case 0:
    case 1:
    case 2:
        write_png(format);
        break;
    case 3:
        write_png_bits();
        break;
    case 4:
    case 5:
        write_pbm(format == 4);
        break;
    case 6:
        write_bmp(1, false, false);
        break;
    case 7:
        write_bmp(1, true, true);
        break;
    case 8:
        write_bmp(4, false, false);
        break;
    case 9:
        write_bmp(8, false, true);
        break;
    case 10:
        write_bmp(24, false, false);
        break;
    case 11:
        write_bmp(32, true, false);
        break;
    case 12:
        write_tiff(COMPRESSION_NONE, 1, false, 1);
        break;
    case 13:
        write_tiff(COMPRESSION_CCITTFAX4, 1, true, 1);
        break;
    case 14:
        write_tiff(COMPRESSION_CCITTFAX3, 1, true, 1);
        break;
    case 15:
        write_tiff(COMPRESSION_LZW, 1, false, 1);
        break;
    case 16:
        write_tiff(COMPRESSION_PACKBITS, 1, true, 1);
        break;
    case 17:
        write_png_palette();
        break;
    default:
        write_tiff(COMPRESSION_NONE, 8, false, 1);
        break;
    }
}
#define FORMATS 19

static void formats(void **state)
{
    static const uint32_t widths[] = {SIDE, 161, 7, 1};
    (void)state;
    for (int format = 0; format < FORMATS; format++)
        for (int i = 0; i < 4; i++) {
            struct voice_bitmap bitmap;
            width = widths[i];
            height = SIDE;
            draw(40, 4, 0, 0);
            write_format(format);
            row_check(format * 10 + i, image(&bitmap) == MSG_NONE);
            row_check(format * 10 + i, same(&bitmap));
            arena_wipe(&arena);
        }
    width = SIDE;
    check_rows();
}

/* A third value is seen wherever it stands, also before the other two were; what fills up a row of bits is not looked
 * at. */
static void odd_dots(void **state)
{
    struct voice_bitmap bitmap;
    (void)state;
    width = height = SIDE + 1;
    for (uint32_t at = 0; at < width * height; at += 149) {
        draw(40, 4, 0, 0);
        dots[at] = 254;
        write_png(0);
        row_check(1, image(&bitmap) == MSG_VOICE_IMAGE_COLOURS);
        dots[at] = 1;
        write_png(0);
        row_check(2, image(&bitmap) == MSG_VOICE_IMAGE_COLOURS);
        arena_wipe(&arena);
    }
    draw(40, 4, 0, 0);
    write_pbm(false);
    struct text bytes = load();
    uint32_t row_bytes = (width + 7) / 8;
    for (uint32_t y = 0; y < height; y++)
        file_bytes[bytes.length - y * row_bytes - 1] |= 0x7F;
    struct error error;
    row_check(3, voice_image_read(bytes, &arena, &bitmap, &error) == OK && same(&bitmap));
    row_check(4, (bitmap.bits[row_bytes - 1] & 0x7F) == 0);
    width = height = SIDE;
    check_rows();
}

/* A TIFF of a few bytes whose one tile would fill the memory. */
static void bomb(void **state)
{
    static const struct {
        uint16_t tag, type;
        uint32_t value;
    } fields[] = {{256, 4, 424}, {257, 4, 424}, {258, 3, 8},     {259, 3, 1},
                  {262, 3, 1},   {277, 3, 1},   {322, 4, 64000}, {323, 4, 64000},
                  {324, 4, 8},   {325, 4, 100}, {0, 0, 0}};
    struct voice_bitmap bitmap;
    uint16_t count = sizeof fields / sizeof *fields - 1;
    FILE *file = fopen(path, "wb");
    (void)state;
    fputs("II*", file);
    put(file, 0, 1);
    put(file, 8, 4);
    put(file, count, 2);
    for (uint16_t i = 0; i < count; i++) {
        put(file, fields[i].tag, 2);
        put(file, fields[i].type, 2);
        put(file, 1, 4);
        put(file, fields[i].value, 4);
    }
    put(file, 0, 4);
    fclose(file);
    row_check(1, image(&bitmap) == MSG_VOICE_IMAGE_DAMAGED);
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    row_check(2, usage.ru_maxrss < 1 << 20); /* KB */
    check_rows();
}

/* Cut off anywhere: refused or the same picture, never another and never a crash. */
static void damaged(void **state)
{
    (void)state;
    width = height = SIDE;
    draw(40, 4, 0, 0);
    for (int format = 0; format < FORMATS; format++) {
        write_format(format);
        struct text whole = load();
        for (uint32_t length = 0; length < whole.length; length += 1 + whole.length / 60) {
            struct voice_bitmap bitmap;
            struct error error = {.message = MSG_NONE};
            enum status status =
                voice_image_read((struct text){whole.bytes, length}, &arena, &bitmap, &error);
            row_check(format, status == REJECT || (status == OK && same(&bitmap)));
            arena_wipe(&arena);
        }
    }
    check_rows();
}

static void refused(void **state)
{
    struct voice_bitmap bitmap;
    (void)state;
    width = height = SIDE;
    draw(40, 4, 0, 0);
    dots[77] = 100;
    write_png(0);
    row_check(1, image(&bitmap) == MSG_VOICE_IMAGE_COLOURS); /* a third value */
    dots[77] = 254;
    write_png(0);
    row_check(2, image(&bitmap) == MSG_VOICE_IMAGE_COLOURS);
    for (uint32_t i = 0; i < width * height; i++)
        dots[i] = pattern(i % width / 4, i / width / 4) ? 100 : 160;
    write_png(0);
    row_check(3, image(&bitmap) == MSG_VOICE_IMAGE_COLOURS); /* two values, but pale */
    for (uint32_t i = 0; i < width * height; i++)
        dots[i] = pattern(i % width / 4, i / width / 4) ? 40 : 230;
    write_png(0);
    row_check(4, image(&bitmap) == MSG_NONE);
    memset(dots, 255, sizeof dots);
    write_png(0);
    row_check(5, image(&bitmap) == MSG_VOICE_IMAGE_COLOURS); /* nothing on it */
    width = height = VOICE_DOTS + 1;
    draw(40, 4, 0, 0);
    for (int format = 0; format < FORMATS; format++) {
        write_format(format);
        row_check(10 + format, image(&bitmap) == MSG_VOICE_IMAGE_DAMAGED);
    }
    width = height = SIDE;
    draw(40, 4, 0, 0);
    write_tiff(COMPRESSION_NONE, 1, false, 2);
    row_check(40, image(&bitmap) == MSG_VOICE_IMAGE_DAMAGED); /* two pictures */
    static const char *const other[] = {"", "GIF89a", "%PDF-1.4", "<svg/>", "P5\n1 1\n255\nx", "B"};
    for (int i = 0; i < 6; i++) {
        struct error error;
        row_check(50 + i, voice_image_read(text_of(other[i]), &arena, &bitmap, &error) == REJECT &&
                              error.message == MSG_VOICE_IMAGE_FORMAT);
    }
    arena_wipe(&arena);
    check_rows();
}

static void cells(void **state)
{
    static const struct {
        int row;
        uint32_t width, height, cells, cell, left, top,
            want; /* want: cells asked for; 0 = an SP code */
        bool taken;
    } rows[] = {
        {1, 160, 160, 40, 4, 0, 0, 40, true},
        {2, 292, 292, 73, 4, 0, 0, 73, true},
        {3, 424, 424, 106, 4, 0, 0, 106, true},
        {4, 468, 468, 117, 4, 0, 0, 117, true},
        {5, 106, 106, 106, 1, 0, 0, 106, true},
        {6, 530, 530, 106, 5, 0, 0, 106, true},
        {7, 424, 424, 106, 4, 0, 0, 73, false},
        {8, 425, 425, 106, 4, 0, 0, 106, false},
        {9, 423, 423, 106, 4, 0, 0, 106, false},
        /* a strip on each side: a light line, then a dark one (drawn below) */
        {10, 432, 424, 106, 4, 0, 0, 106, true},
        {11, 432, 424, 106, 4, 8, 0, 106, true},
        {12, 424, 432, 106, 4, 0, 0, 106, true},
        {13, 424, 432, 106, 4, 0, 8, 106, true},
        {14, 432, 432, 106, 4, 8, 8, 106, true},
        {15, 600, 424, 106, 4, 0, 0, 106, false},
        {16, 364, 364, 91, 4, 0, 0, 0, true},
        {17, 364, 364, 91, 4, 0, 0, 91, true},
        {18, 273, 273, 91, 3, 0, 0, 0, false},
        {19, 76, 76, 19, 4, 0, 0, 0, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct voice_bitmap bitmap;
        struct voice_symbol symbol;
        struct error error;
        width = rows[i].width;
        height = rows[i].height;
        draw(rows[i].cells, rows[i].cell, rows[i].left, rows[i].top);
        if (width == 432)
            for (uint32_t y = 0; y < height; y++)
                dots[y * width + (rows[i].left ? 0 : 431)] = 0;
        if (height == 432)
            memset(dots + (rows[i].top ? 0 : 431) * width, 0, width);
        write_pbm(false);
        row_check(rows[i].row, image(&bitmap) == MSG_NONE);
        enum status status = voice_image_cells(&bitmap, rows[i].want, &symbol, &error);
        row_check(rows[i].row, status == (rows[i].taken ? OK : REJECT));
        row_check(rows[i].row, !rows[i].taken ||
                                   (symbol.cell == rows[i].cell && symbol.cells == rows[i].cells &&
                                    symbol.body_x == rows[i].left && symbol.body_y == rows[i].top));
        arena_wipe(&arena);
    }
    /* one dot of one cell is another */
    width = height = 424;
    for (uint32_t n = 0; n < 20; n++) {
        struct voice_bitmap bitmap;
        struct voice_symbol symbol;
        struct error error;
        draw(106, 4, 0, 0);
        dots[(n * 7919 + 13) % (424 * 424)] ^= 255;
        write_pbm(false);
        row_check(100 + (int)n, image(&bitmap) == MSG_NONE &&
                                    voice_image_cells(&bitmap, 106, &symbol, &error) == REJECT &&
                                    error.message == MSG_VOICE_IMAGE_CELLS);
        arena_wipe(&arena);
    }
    check_rows();
}

/* -- rows of a table -- */

static void tables(void **state)
{
    static const struct {
        int row;
        const char *line;
        bool last;
        size_t used; /* 0: more is needed; SIZE_MAX: not a row */
        uint32_t count;
        const char *first, *second;
    } rows[] = {
        {1, "a,b\nc", false, 4, 2, "a", "b"},
        {2, "a,b\r\nc", false, 5, 2, "a", "b"},
        {3, "a,b", true, 3, 2, "a", "b"},
        {4, "a,b", false, 0, 0, NULL, NULL},
        {5, "\"a,\"\"x\",b\n", false, 10, 2, "a,\"x", "b"},
        {6, "\"a\nb\",c\n", false, 8, 2, "a\nb", "c"},
        {7, ",\n", false, 2, 2, "", ""},
        {8, "\"\",\"\"\n", false, 6, 2, "", ""},
        {9, "\"a\n", true, SIZE_MAX, 0, NULL, NULL},
        {10, "\"a\n", false, 0, 0, NULL, NULL},
        {11, "a\"b,c\n", true, SIZE_MAX, 0, NULL, NULL},
        {12, "\"a\"b,c\n", true, SIZE_MAX, 0, NULL, NULL},
        {13, "a,\n", false, 3, 2, "a", ""},
        {14, "\n", false, 1, 1, "", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char line[64];
        struct text field[ROWS_FIELDS];
        uint32_t count;
        memcpy(line, rows[i].line, strlen(rows[i].line) + 1);
        row_check(rows[i].row,
                  rows_parse(line, strlen(line), rows[i].last, field, &count) == rows[i].used);
        if (rows[i].used == 0 || rows[i].used == SIZE_MAX)
            continue;
        row_check(rows[i].row, count == rows[i].count && text_is(field[0], rows[i].first));
        row_check(rows[i].row, count < 2 || text_is(field[1], rows[i].second));
    }
    uint64_t number;
    row_check(50, rows_number(TEXT("18"), &number) && number == 18);
    row_check(51, !rows_number(TEXT(""), &number) && !rows_number(TEXT("1x"), &number) &&
                      !rows_number(TEXT("-1"), &number) &&
                      !rows_number(TEXT("1234567890123456789"), &number));
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(formats), cmocka_unit_test(odd_dots),
                                       cmocka_unit_test(bomb),    cmocka_unit_test(damaged),
                                       cmocka_unit_test(refused), cmocka_unit_test(cells),
                                       cmocka_unit_test(tables)};
    int fd = mkstemp(path);
    if (fd < 0)
        return 1;
    close(fd);
    TIFFSetWarningHandler(NULL);
    TIFFSetErrorHandler(NULL);
    arena_open(&arena, 64u << 20);
    int failed = check_run(tests);
    arena_close(&arena);
    unlink(path);
    return failed;
}
