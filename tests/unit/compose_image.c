/* Images of a job: what is read, and every refusal. */
#include "compose/image.h"

#include "unit/check.h"

#include <png.h>

static struct arena arena;
static struct image image;
static struct error error;

static enum status read_bytes(const void *bytes, size_t size)
{
    arena_close(&arena);
    arena_open(&arena, 32u << 20);
    memset(&error, 0, sizeof error);
    struct text source = {bytes, (uint32_t)size};
    return image_read(TEXT("logo"), source, "art/logo.x", &arena, &image, &error);
}

static bool dark(uint32_t column, uint32_t row)
{
    return image.bits[row * image.row_bytes + column / 8] >> (7 - column % 8) & 1;
}

/* -- PBM -- */

static void bitmaps(void **state)
{
    static const struct {
        int row;
        const char *source;
        size_t size;          /* 0: up to its NUL */
        enum message message; /* MSG_NONE: read */
        uint32_t columns, rows;
        uint8_t first, last; /* bytes of the bits */
    } rows[] = {
        {1, "P1\n3 2\n1 0 1\n0 1 1\n", 0, MSG_NONE, 3, 2, 0xA0, 0x60},
        {2, "P1 # words\n# more\n3 2 101011", 0, MSG_NONE, 3, 2, 0xA0, 0x60},
        {3, "P1 9 1 000000001", 0, MSG_NONE, 9, 1, 0x00, 0x80},
        {4, "P4\n3 2\n\xBF\x7F", 0, MSG_NONE, 3, 2, 0xA0,
         0x60}, /* bits behind the row are dropped */
        {5, "P4\n8 2\n\xBF\x7F", 0, MSG_NONE, 8, 2, 0xBF, 0x7F},
        {6, "P4\n8 2\n\xBF\0", 9, MSG_NONE, 8, 2, 0xBF, 0x00},
        {10, "P1\n3 2\n1 0 1\n0 1\n", 0, MSG_IMAGE_DAMAGED, 0, 0, 0, 0},
        {11, "P1\n3 2\n1 0 1\n0 1 2\n", 0, MSG_IMAGE_DAMAGED, 0, 0, 0, 0},
        {12, "P1\n0 2\n", 0, MSG_IMAGE_DAMAGED, 0, 0, 0, 0},
        {13, "P1\n3\n", 0, MSG_IMAGE_DAMAGED, 0, 0, 0, 0},
        {14, "P1\n", 0, MSG_IMAGE_DAMAGED, 0, 0, 0, 0},
        {15, "P4\n8 2\n\xBF", 0, MSG_IMAGE_DAMAGED, 0, 0, 0, 0},
        {16, "P4\n8 2", 0, MSG_IMAGE_DAMAGED, 0, 0, 0, 0},
        {17, "P4\n8 2x\xBF\x7F", 0, MSG_IMAGE_DAMAGED, 0, 0, 0, 0},
        {18, "P4\n4097 1\n", 0, MSG_IMAGE_TOO_LARGE, 0, 0, 0, 0},
        {19, "P1\n1 99999999999999999999999\n", 0, MSG_IMAGE_TOO_LARGE, 0, 0, 0, 0},
        {20, "P5\n1 1\n255\n0", 0, MSG_IMAGE_FORMAT, 0, 0, 0, 0},
        {21, "", 0, MSG_IMAGE_FORMAT, 0, 0, 0, 0},
        {22, "GIF89a", 0, MSG_IMAGE_FORMAT, 0, 0, 0, 0},
        {23, "\x89PNG\r\n\x1a\nabc", 0, MSG_IMAGE_DAMAGED, 0, 0, 0, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t size = rows[i].size ? rows[i].size : strlen(rows[i].source);
        enum status status = read_bytes(rows[i].source, size);
        row_check(rows[i].row, status == (rows[i].message ? STOP : OK));
        row_check(rows[i].row, error.message == rows[i].message);
        if (status != OK) {
            row_check(rows[i].row, strcmp(error.name, "logo") == 0);
            row_check(rows[i].row, strcmp(error.file, "logo.x") == 0);
            continue;
        }
        row_check(rows[i].row, !image.vector && text_is(image.name, "logo"));
        row_check(rows[i].row, image.columns == rows[i].columns && image.rows == rows[i].rows);
        size_t last = (size_t)image.rows * image.row_bytes - 1;
        row_check(rows[i].row, image.bits[0] == rows[i].first && image.bits[last] == rows[i].last);
    }
    check_rows();
}

/* -- PNG -- */

/* A PNG of w x 2 dots of one colour with the first dot of row 0 in another. */
static enum status read_png(uint32_t w, png_uint_32 format, const uint8_t *dot,
                            const uint8_t *other, size_t cut)
{
    static uint8_t dots[8 * 2 * 4], bytes[4096];
    size_t channels = PNG_IMAGE_SAMPLE_CHANNELS(format);
    png_alloc_size_t size = sizeof bytes;
    png_image png = {.version = PNG_IMAGE_VERSION, .width = w, .height = 2, .format = format};
    for (size_t i = 0; i < 2 * (size_t)w; i++)
        memcpy(dots + i * channels, i == 0 ? other : dot, channels);
    if (!png_image_write_to_memory(&png, bytes, &size, 0, dots, 0, NULL))
        return REJECT;
    return read_bytes(bytes, (size_t)size - cut);
}

static void pngs(void **state)
{
    static const uint8_t white[] = {255, 255, 255, 255}, black[] = {0, 0, 0, 255},
                         grey[] = {128, 128, 128, 255}, red[] = {255, 0, 0, 255},
                         clear[] = {9, 8, 7, 0}, half[] = {0, 0, 0, 128}, ga_black[] = {0, 255},
                         ga_clear[] = {77, 0}, ga_half[] = {0, 127};
    (void)state;
    row_check(1, read_png(5, PNG_FORMAT_GRAY, white, black, 0) == OK);
    row_check(2, image.columns == 5 && image.rows == 2 && dark(0, 0) && !dark(1, 0) && !dark(0, 1));
    row_check(3, read_png(5, PNG_FORMAT_RGB, black, white, 0) == OK && !dark(0, 0) && dark(4, 1));
    row_check(4, read_png(5, PNG_FORMAT_RGBA, black, clear, 0) == OK && !dark(0, 0) && dark(1, 0));
    row_check(5,
              read_png(5, PNG_FORMAT_GA, ga_black, ga_clear, 0) == OK && !dark(0, 0) && dark(1, 0));
    row_check(10, read_png(5, PNG_FORMAT_GRAY, white, grey, 0) == STOP);
    row_check(10, error.message == MSG_IMAGE_NOT_BLACK);
    row_check(11, read_png(5, PNG_FORMAT_RGB, white, red, 0) == STOP);
    row_check(11, error.message == MSG_IMAGE_NOT_BLACK);
    row_check(12, read_png(5, PNG_FORMAT_RGBA, white, half, 0) == STOP);
    row_check(12, error.message == MSG_IMAGE_NOT_BLACK);
    row_check(13, read_png(5, PNG_FORMAT_GA, ga_black, ga_half, 0) == STOP);
    row_check(13, error.message == MSG_IMAGE_NOT_BLACK);
    row_check(14, read_png(5, PNG_FORMAT_GRAY, white, black, 20) == STOP);
    row_check(14, error.message == MSG_IMAGE_DAMAGED);
    check_rows();
}

/* -- SVG -- */

#define SVG(inside)                                                                                \
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 50\">" inside "</svg>"
#define SQUARE "<path d=\"M10 10H20V20H10Z\"/>"

static void drawings(void **state)
{
    static const struct {
        int row;
        const char *source;
        enum message message;
        const char *name; /* of the error */
    } rows[] = {
        {1, SVG(SQUARE), MSG_NONE, ""},
        {2, "\xEF\xBB\xBF<?xml version=\"1.0\"?>\n<!-- c -->\n" SVG("<title>a b</title>" SQUARE),
         MSG_NONE, ""},
        {3, SVG("<g id=\"a\" class=\"b\" fill=\"#000\" stroke=\"none\">" SQUARE "</g>"), MSG_NONE,
         ""},
        {4, "<svg width=\"10mm\" height=\"5px\" viewBox=\"0 0 30 30\">" SQUARE "</svg>", MSG_NONE,
         ""},
        {5, "<svg width=\"30\" height=\"30px\">" SQUARE "</svg>", MSG_NONE, ""},
        {6, SVG("<metadata><x:y z=\"1\">words</x:y></metadata>" SQUARE), MSG_NONE, ""},
        {7, "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"svg11.dtd\">" SVG(SQUARE), MSG_NONE,
         ""},
        {8, SVG("<rect x=\"1\" y=\"1\" width=\"9\" height=\"9\" rx=\"2\"/>"), MSG_NONE, ""},
        {9, SVG("<polygon points=\"1,1 9,1 5 9\"/>"), MSG_NONE, ""},
        {10, SVG("<circle cx=\"50\" cy=\"25\" r=\"25\"/>"), MSG_NONE, ""},
        {11, SVG("<ellipse cx=\"50\" cy=\"25\" rx=\"50\" ry=\"25\"/>"), MSG_NONE, ""},
        {12, SVG("<path fill-rule=\"evenodd\" d=\"M0 0h9v9z\"/>"), MSG_NONE, ""},
        {20, SVG("<text>a</text>"), MSG_SVG_ELEMENT, "logo: text"},
        {21, SVG("<style/>" SQUARE), MSG_SVG_ELEMENT, "logo: style"},
        {22, SVG("<line x1=\"0\"/>"), MSG_SVG_ELEMENT, "logo: line"},
        {23, SVG("<svg>" SQUARE "</svg>"), MSG_SVG_ELEMENT, "logo: svg"},
        {24, "<g>" SQUARE "</g>", MSG_SVG_ELEMENT, "logo: g"},
        {25, SVG("words" SQUARE), MSG_SVG_ELEMENT, "logo: #text"},
        {26, "<?xml-stylesheet href=\"a\"?>" SVG(SQUARE), MSG_SVG_ELEMENT, "logo: xml-stylesheet"},
        {27, "<!DOCTYPE svg [<!ENTITY a \"b\">]>" SVG(SQUARE), MSG_SVG_ELEMENT, "logo: !DOCTYPE"},
        {30, SVG("<path d=\"M0 0h9v9z\" stroke-width=\"2\"/>"), MSG_SVG_ATTRIBUTE,
         "logo: path.stroke-width"},
        {31, SVG("<path d=\"M0 0h9v9z\" style=\"fill:red\"/>"), MSG_SVG_ATTRIBUTE,
         "logo: path.style"},
        {32, SVG("<g opacity=\"0.5\">" SQUARE "</g>"), MSG_SVG_ATTRIBUTE, "logo: g.opacity"},
        {33, SVG("<circle cx=\"5\" cy=\"5\" r=\"5\" x=\"3\"/>"), MSG_SVG_ATTRIBUTE,
         "logo: circle.x"},
        {40, SVG("<path d=\"M0 0h9v9z\" fill=\"red\"/>"), MSG_SVG_VALUE, "logo: path.fill"},
        {41, SVG("<path d=\"M0 0h9v9z\" fill=\"white\"/>"), MSG_SVG_VALUE, "logo: path.fill"},
        {42, SVG("<path d=\"M0 0h9v9z\" stroke=\"black\"/>"), MSG_SVG_VALUE, "logo: path.stroke"},
        {43, SVG("<g transform=\"rotate(5)\">" SQUARE "</g>"), MSG_SVG_VALUE, "logo: g.transform"},
        {44, SVG("<g transform=\"scale(2\">" SQUARE "</g>"), MSG_SVG_VALUE, "logo: g.transform"},
        {45, SVG("<g transform=\"matrix(1 0 0 1 5)\">" SQUARE "</g>"), MSG_SVG_VALUE,
         "logo: g.transform"},
        {46, SVG("<g transform=\"translate()\">" SQUARE "</g>"), MSG_SVG_VALUE,
         "logo: g.transform"},
        {47, SVG("<path d=\"h9v9z\"/>"), MSG_SVG_VALUE, "logo: path"},
        {48, SVG("<path d=\"M0 0x\"/>"), MSG_SVG_VALUE, "logo: path"},
        {49, SVG("<path d=\"M0\"/>"), MSG_SVG_VALUE, "logo: path"},
        {50, SVG("<path d=\"M0 0L1 1zL\"/>"), MSG_SVG_VALUE, "logo: path"},
        {51, SVG("<path d=\"M0 0A1 1 0 2 0 3 3\"/>"), MSG_SVG_VALUE, "logo: path"},
        {52, SVG("<path/>"), MSG_SVG_VALUE, "logo: path"},
        {53, SVG("<rect width=\"0\" height=\"9\"/>"), MSG_SVG_VALUE, "logo: rect"},
        {54, SVG("<rect width=\"9em\" height=\"9\"/>"), MSG_SVG_VALUE, "logo: rect.width"},
        {55, SVG("<circle cx=\"5\" cy=\"5\"/>"), MSG_SVG_VALUE, "logo: circle"},
        {56, SVG("<polygon points=\"1 1 2\"/>"), MSG_SVG_VALUE, "logo: polygon"},
        {57, SVG("<path d=\"M0 0h9v9z\" fill-rule=\"odd\"/>"), MSG_SVG_VALUE,
         "logo: path.fill-rule"},
        {60, SVG("<path d=\"M10 10H120V20Z\"/>"), MSG_SVG_OUTSIDE, "logo: path"},
        {61, SVG("<path d=\"M-1 10H20V20Z\"/>"), MSG_SVG_OUTSIDE, "logo: path"},
        {62, SVG("<path d=\"M10 40C10 60 90 60 90 40Z\"/>"), MSG_SVG_OUTSIDE, "logo: path"},
        {63, SVG("<path d=\"M10 40C10 53 90 53 90 40Z\"/>"), MSG_NONE, ""}, /* bulges to 49.75 */
        {64, SVG("<path d=\"M10 10A9 4 30 0 0 20 20Z\"/>"), MSG_SVG_VALUE, "logo: path"},
        {65, SVG("<path d=\"M10 10A5 5 30 0 0 14 14Z\"/>"), MSG_NONE, ""},
        {66, SVG("<path d=\"M1e9 0h1v1z\"/>"), MSG_SVG_VALUE, "logo: path"},
        {67, SVG("<g transform=\"scale(1e5)\"><g transform=\"scale(1e5)\">" SQUARE "</g></g>"),
         MSG_SVG_VALUE, "logo: g.transform"},
        {68, SVG("<circle cx=\"50\" cy=\"25\" r=\"26\"/>"), MSG_SVG_OUTSIDE, "logo: circle"},
        {70, "<svg viewBox=\"0 0 0 50\">" SQUARE "</svg>", MSG_SVG_VIEW, "logo: svg"},
        {71, "<svg viewBox=\"0 0 50\">" SQUARE "</svg>", MSG_SVG_VIEW, "logo: svg"},
        {72, "<svg width=\"50\">" SQUARE "</svg>", MSG_SVG_VIEW, "logo: svg"},
        {73, "<svg width=\"50mm\" height=\"9mm\">" SQUARE "</svg>", MSG_SVG_VIEW, "logo: svg"},
        {80, SVG(""), MSG_SVG_EMPTY, "logo"},
        {81, SVG("<path fill=\"none\" d=\"M0 0h9v9z\"/>"), MSG_SVG_EMPTY, "logo"},
        {82, "<svg viewBox=\"0 0 9 9\">", MSG_SVG_SYNTAX, "logo"},
        {83, "<svg viewBox=\"0 0 9 9\"><g></svg>", MSG_SVG_SYNTAX, "logo"},
        {84, SVG("&a;"), MSG_SVG_SYNTAX, "logo"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        enum status status = read_bytes(rows[i].source, strlen(rows[i].source));
        row_check(rows[i].row, status == (rows[i].message ? STOP : OK));
        row_check(rows[i].row, error.message == rows[i].message);
        row_check(rows[i].row, strcmp(error.name, rows[i].name) == 0);
        row_check(rows[i].row, status != OK || (image.vector && image.path_count == 1));
    }
    check_rows();
}

/* Nested groups without end. */
static void deep(void **state)
{
    static char source[40 * 3 + 200];
    (void)state;
    memcpy(source, "<svg viewBox=\"0 0 9 9\">", sizeof "<svg viewBox=\"0 0 9 9\">");
    for (int i = 0; i < 40; i++)
        memcpy(source + strlen(source), "<g>", 4);
    row_check(1, read_bytes(source, strlen(source)) == STOP && error.message == MSG_SVG_TOO_LARGE);
    check_rows();
}

static void found(void **state)
{
    (void)state;
    struct image images[] = {{.name = TEXT("logo")}, {.name = TEXT("seal")}};
    struct image_set set = {images, 2};
    row_check(1, image_find(&set, TEXT("seal")) == &images[1]);
    row_check(2, image_find(&set, TEXT("sea")) == NULL);
    row_check(3, image_find(NULL, TEXT("seal")) == NULL);
    arena_close(&arena);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(bitmaps), cmocka_unit_test(pngs),
                                       cmocka_unit_test(drawings), cmocka_unit_test(deep),
                                       cmocka_unit_test(found)};
    return check_run(tests);
}
