/* The gaiji table: bitmaps and drawings become glyphs of the right place and area, cells and clusters know them, and
 * nothing is lost when memory runs out. What the table refuses: tests/cases/names.sh. */
#include "check.h"
#include "failing_malloc.h"

#include "base/memory.h"
#include "typeset/codes.h"
#include "typeset/gaiji.h"
#include "typeset/typeset.h"

#include <hb-ot.h>
#include <hb.h>
#include <stdlib.h>
#include <unistd.h>

static char folder[] = "/tmp/oshirase-XXXXXX";

static void put_file(const char *name, const char *text)
{
    char path[64];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    if (!file || fputs(text, file) < 0 || fclose(file) != 0)
        abort();
}

/* Dots of 1000 units: an em of eight. E003 fills the em but for one dot, E005 are five dots that touch at corners,
 * E006 a ring with a dot in it, E007 two rings that touch at a corner. */
static const char bdf[] = "STARTFONT 2.1\n"
                          "FONTBOUNDINGBOX 8 8 0 -1\n"
                          "CHARS 4\n"
                          "STARTCHAR a\nENCODING 57347\nDWIDTH 8 0\nBBX 8 8 0 -1\nBITMAP\n"
                          "FF\nFF\nFF\nFF\nFF\nFF\nFF\nFE\nENDCHAR\n"
                          "STARTCHAR b\nENCODING 57349\nDWIDTH 4 0\nBBX 3 3 2 2\nBITMAP\n"
                          "A0\n40\nA0\nENDCHAR\n"
                          "STARTCHAR c\nENCODING 57350\nDWIDTH 8 0\nBBX 5 5 0 0\nBITMAP\n"
                          "f8\n88\na8\n88\nf8\nENDCHAR\n"
                          "STARTCHAR d\nENCODING 57351\nDWIDTH 8 0\nBBX 6 6 0 0\nBITMAP\n"
                          "e0\na0\ne0\n1c\n14\n1c\nENDCHAR\n"
                          "ENDFONT\n";

static const char table[] = "- { code: E003-E007, bdf: a.bdf }\n"
                            "- { code: E010, svg: circle.svg, text: 丸 }\n"
                            "- { code: E011, to: 葛\xF3\xA0\x84\x82 }\n"
                            "- { code: E012, font: IPAmjMincho, glyph: 2000 }\n"
                            "- { code: E013, to: U+31350 }\n";

/* A circle of radius 40 in a view of 100 by 200, by four cubic curves. */
static enum status draw(void *context, struct text source, const char *path, struct arena *arena,
                        struct gaiji_drawing *out, struct error *error)
{
    enum { R = 40000, K = 22091 };
    static const uint8_t steps[] = {GAIJI_MOVE,  GAIJI_CURVE, GAIJI_CURVE,
                                    GAIJI_CURVE, GAIJI_CURVE, GAIJI_CLOSE};
    static const int32_t points[] = {
        50000 + R,  100000,     50000 + R,  100000 + K, 50000 + K,  100000 + R, 50000,
        100000 + R, 50000 - K,  100000 + R, 50000 - R,  100000 + K, 50000 - R,  100000,
        50000 - R,  100000 - K, 50000 - K,  100000 - R, 50000,      100000 - R, 50000 + K,
        100000 - R, 50000 + R,  100000 - K, 50000 + R,  100000};
    static const struct gaiji_path paths[] = {{steps, 6, points}};
    (void)context, (void)source, (void)path, (void)arena, (void)error;
    *out = (struct gaiji_drawing){100000, 200000, paths, 1};
    return OK;
}

static const struct gaiji_drawer drawer = {draw, NULL};
static struct fonts *fonts;
static struct arena arena;

static int setup(void **state)
{
    struct error error = {.message = MSG_NONE};
    (void)state;
    arena_open(&arena, 64u << 20);
    if (!mkdtemp(folder) || fonts_open("fonts", &fonts, &error) != OK)
        return -1;
    put_file("gaiji.yaml", table);
    put_file("a.bdf", bdf);
    put_file("circle.svg", "<svg/>");
    return fonts_gaiji(fonts, folder, &drawer, &error) == OK ? 0 : -1;
}

static int teardown(void **state)
{
    static const char *const names[] = {"gaiji.yaml", "a.bdf", "circle.svg"};
    char path[64];
    (void)state;
    fonts_close(fonts);
    arena_close(&arena);
    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    return rmdir(folder);
}

static bool shape(const char *text, struct shaped *out, struct error *error)
{
    return typeset_shape(fonts, fonts_role(fonts, TEXT("mincho")), text_of(text), &arena, out,
                         error) == OK;
}

/* -- outlines, as HarfBuzz reads the face -- */

struct area {
    double sum, from_x, from_y, start_x, start_y;
};

static void to(struct area *area, double x, double y)
{
    area->sum += (area->from_x * y - x * area->from_y) / 2;
    area->from_x = x;
    area->from_y = y;
}

static void step_move(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x, float y,
                      void *user)
{
    struct area *area = data;
    (void)funcs, (void)state, (void)user;
    area->from_x = area->start_x = (double)x;
    area->from_y = area->start_y = (double)y;
}

static void step_line(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x, float y,
                      void *user)
{
    (void)funcs, (void)state, (void)user;
    to(data, (double)x, (double)y);
}

static void step_quadratic(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float cx,
                           float cy, float x, float y, void *user)
{
    struct area *area = data;
    double from_x = area->from_x, from_y = area->from_y;
    (void)funcs, (void)state, (void)user;
    for (int i = 1; i <= 64; i++) {
        double t = i / 64.0, u = 1 - t;
        to(area, u * u * from_x + 2 * u * t * (double)cx + t * t * (double)x,
           u * u * from_y + 2 * u * t * (double)cy + t * t * (double)y);
    }
}

static void step_close(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, void *user)
{
    struct area *area = data;
    (void)funcs, (void)state, (void)user;
    to(area, area->start_x, area->start_y);
}

static double glyph_area(hb_font_t *font, uint32_t glyph)
{
    struct area area = {0};
    hb_draw_funcs_t *funcs = hb_draw_funcs_create();
    hb_draw_funcs_set_move_to_func(funcs, step_move, NULL, NULL);
    hb_draw_funcs_set_line_to_func(funcs, step_line, NULL, NULL);
    hb_draw_funcs_set_quadratic_to_func(funcs, step_quadratic, NULL, NULL);
    hb_draw_funcs_set_close_path_func(funcs, step_close, NULL, NULL);
    hb_font_get_glyph_shape(font, glyph, funcs, &area);
    hb_draw_funcs_destroy(funcs);
    return area.sum < 0 ? -area.sum : area.sum;
}

static void outlines(void **state)
{
    static const struct {
        int row;
        const char *text;
        int32_t advance, left, bottom, width, height; /* font units */
        double area;
    } rows[] = {
        {1, "\uE003", 8000, 0, -960, 8000, 8000, 63e6},
        {2, "\uE005", 4000, 2000, 2040, 3000, 3000, 5e6},
        {3, "\uE006", 8000, 0, 40, 5000, 5000, 17e6},
        {4, "\uE007", 8000, 0, 40, 6000, 6000, 16e6},
        {5, "\uE010", 4000, 400, 1440, 3200, 3200, 3.14159265 * 1600 * 1600},
    };
    (void)state;
    struct text bytes = fonts_bytes(fonts, fonts_faces(fonts) - 1);
    hb_blob_t *blob =
        hb_blob_create(bytes.bytes, bytes.length, HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_t *face = hb_face_create(blob, 0);
    hb_font_t *font = hb_font_create(face);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct shaped shaped;
        hb_glyph_extents_t box;
        bool drawn = shape(rows[i].text, &shaped, NULL) && shaped.count == 1 &&
                     shaped.glyphs[0].face == fonts_faces(fonts) - 1 &&
                     hb_font_get_glyph_extents(font, shaped.glyphs[0].id, &box);
        row_check(rows[i].row, drawn);
        if (!drawn)
            continue;
        row_check(rows[i].row, shaped.glyphs[0].advance == rows[i].advance * (EM_UNITS / 8000));
        row_check(rows[i].row, box.x_bearing == rows[i].left && box.width == rows[i].width);
        row_check(rows[i].row,
                  box.y_bearing + box.height == rows[i].bottom && -box.height == rows[i].height);
        double area = glyph_area(font, shaped.glyphs[0].id);
        row_check(rows[i].row, area > rows[i].area * 0.9995 && area < rows[i].area * 1.0005);
    }
    hb_font_destroy(font);
    hb_face_destroy(face);
    hb_blob_destroy(blob);
    check_rows();
}

/* -- clusters -- */

static void clusters(void **state)
{
    static const struct {
        int row;
        const char *text;
        uint32_t count;
        const char *flags; /* a digit a glyph: 0, 1 = alias, 3 = alias and gaiji text */
    } rows[] = {
        {1, "\uE003", 1, "0"},
        {2, "\uE010", 1, "3"},
        {3, "\uE011", 1, "1"},
        {4, "\uE012", 1, "1"},
        {5, "山\uE003田", 3, "000"},
        {6, "山\uE010葛\U000E0102\uE011", 4, "0301"},
        {7, "\uE003か\u3099\uE012", 3, "011"},
        {8, "\uE003\uE003", 2, "00"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct shaped shaped;
        bool drawn = shape(rows[i].text, &shaped, NULL) && shaped.count == rows[i].count;
        row_check(rows[i].row, drawn);
        uint32_t at = 0;
        int64_t width = 0;
        for (uint32_t k = 0; drawn && k < shaped.count; k++) {
            const struct glyph *glyph = &shaped.glyphs[k];
            row_check(rows[i].row, glyph->flags == rows[i].flags[k] - '0');
            row_check(rows[i].row, glyph->id != 0 && glyph->text == at);
            at += glyph->text_length;
            width += glyph->advance;
        }
        row_check(rows[i].row, at == strlen(rows[i].text) && width == shaped.width);
    }
    check_rows();
}

static void held(void **state)
{
    static const struct {
        int row;
        const char *text;
        enum message want;
        uint32_t offset;
    } rows[] = {
        {1, "\uE004", MSG_NO_GLYPH, 1}, /* in the range, not in the file */
        {2, "山\uE014", MSG_NO_GLYPH, 4},
        {3, "\uE003\U000E0100", MSG_NO_GLYPH, 1},
        {4, "\uE011\U000E0100", MSG_NO_GLYPH, 1},
        {5, "\uE010\u3099", MSG_NO_GLYPH, 1},
        {6, "山山\uF860", MSG_NO_GLYPH, 7},
        {7, "山\uE013", MSG_NO_GLYPH, 4}, /* its sequence is in no font */
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct shaped shaped;
        struct error error = {.message = MSG_NONE};
        row_check(rows[i].row, !shape(rows[i].text, &shaped, &error));
        row_check(rows[i].row, error.message == rows[i].want && error.offset == rows[i].offset);
    }
    check_rows();
}

static void texts(void **state)
{
    static const struct {
        int row;
        const char *cluster, *want;
    } rows[] = {{1, "\uE010", "丸"}, {2, "\uE003", "\uE003"}, {3, "山", "山"}, {4, "", ""}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        row_check(rows[i].row,
                  text_is(fonts_gaiji_text(fonts, text_of(rows[i].cluster)), rows[i].want));
    uint32_t count = fonts_gaiji_count(fonts);
    row_check(5, count == 8);
    for (uint32_t i = 1; i < count; i++)
        row_check(6, fonts_gaiji_code(fonts, i - 1) < fonts_gaiji_code(fonts, i));
    check_rows();
}

/* -- code points as written -- */

static void codes(void **state)
{
    static const struct {
        int row;
        const char *in, *want; /* NULL: refused */
        uint32_t count;
    } rows[] = {
        {1, "葛", "葛", 1},
        {2, "U+845B", "葛", 1},
        {3, "0x845b", "葛", 1},
        {4, "U+845B U+E0102", "葛\U000E0102", 2},
        {5, " 葛\U000E0102 ", "葛\U000E0102", 2},
        {6, "U+20BB7", "\U00020BB7", 1},
        {7, "845B", "845B", 4}, /* characters, when nothing says otherwise */
        {8, "U+845B 葛", NULL, 0},
        {9, "U+D800", NULL, 0},
        {10, "U+110000", NULL, 0},
        {11, "U+84", NULL, 0},
        {12, "U+0845BCD", NULL, 0},
        {13, "U+845G", NULL, 0},
        {14, "", NULL, 0},
        {15, "\xFF", NULL, 0},
        {16, "U+", "U+", 2},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct text out;
        uint32_t count = 0;
        bool read = codes_read(text_of(rows[i].in), &arena, &out, &count);
        row_check(rows[i].row, read == (rows[i].want != NULL));
        row_check(rows[i].row, !read || (text_is(out, rows[i].want) && count == rows[i].count));
    }
    check_rows();
}

/* -- memory -- */

static void memory_runs_out(void **state)
{
    struct digest want = *fonts_digest(fonts);
    bool failed = true;
    (void)state;
    for (long n = 1; failed; n++) {
        struct fonts *again = NULL;
        struct error error = {.message = MSG_NONE};
        if (fonts_open("fonts", &again, &error) != OK)
            abort();
        arm(n);
        enum status status = fonts_gaiji(again, folder, &drawer, &error);
        failed = disarm();
        /* OpenSSL makes do without some; then the table is whole all the same */
        bool same = status == OK && memcmp(fonts_digest(again), &want, sizeof want) == 0;
        bool told = failed && status == STOP && message_kind(error.message) == KIND_IO;
        row_check(n, same || told);
        fonts_close(again);
    }
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(outlines), cmocka_unit_test(clusters), cmocka_unit_test(held),
        cmocka_unit_test(texts),    cmocka_unit_test(codes),    cmocka_unit_test(memory_runs_out),
    };
    int result = cmocka_run_group_tests_name(__FILE__, tests, setup, teardown);
    printf("%s: %u passed, %u failed\n", __FILE__, check_passed, check_failed);
    return result != 0 || check_failed != 0;
}
