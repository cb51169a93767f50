/* Faces of one chain on one line look equally large and stand equally high; advances stay those of the fonts. What is
 * measured is what a PDF embeds, and what renderers draw of it. */
#include "pdf/pdf.h"
#include "raster/raster.h"

#include "unit/check.h"

#include <cairo.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_BBOX_H
#include <math.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static char folder[] = "/tmp/oshirase-optical-XXXXXX";
static struct fonts *fonts;
static FT_Library library;

/* In ems. */
struct ink {
    double left, right, bottom, top;
};

struct face_ink {
    FT_Face whole, embedded;
    struct buffer subset;
    double width, height, middle; /* means over the ideographs that all faces have */
};
static struct face_ink inks[LIMIT_FACES];
static uint32_t measured;

static FT_Face open_bytes(const void *bytes, size_t size)
{
    FT_Face face;
    assert_int_equal(FT_New_Memory_Face(library, bytes, (FT_Long)size, 0, &face), 0);
    return face;
}

/* As the subset draws it, at the height that the content stream gives it. */
static struct ink ink_of(uint32_t index, uint32_t glyph)
{
    FT_Face face = inks[index].embedded;
    FT_BBox box;
    double em = face->units_per_EM, rise = fonts_face(fonts, index)->shift / 1000.0;
    assert_int_equal(FT_Load_Glyph(face, glyph, FT_LOAD_NO_SCALE | FT_LOAD_NO_HINTING), 0);
    FT_Outline_Get_BBox(&face->glyph->outline, &box);
    return (struct ink){(double)box.xMin / em, (double)box.xMax / em, (double)box.yMin / em + rise,
                        (double)box.yMax / em + rise};
}

static bool all_have(FT_ULong point)
{
    for (uint32_t i = 0; i < fonts_faces(fonts); i++)
        if (!FT_Get_Char_Index(inks[i].whole, point))
            return false;
    return true;
}

/* Every third ideograph that all have. */
#define EACH(point)                                                                                \
    for (FT_ULong point = 0x4E00; point < 0xA000; point += 3)                                      \
        if (all_have(point))

static void embed(uint32_t index)
{
    static uint8_t used[65536 / 8];
    struct error error;
    struct face_ink *ink = &inks[index];
    memset(used, 0, sizeof used);
    EACH(point)
    {
        FT_UInt glyph = FT_Get_Char_Index(ink->whole, point);
        used[glyph / 8] |= (uint8_t)(1u << glyph % 8);
    }
    assert_int_equal(fonts_subset(fonts, index, used, &ink->subset, &error), OK);
    ink->embedded = open_bytes(ink->subset.bytes, ink->subset.size);
}

static void measure(uint32_t index)
{
    struct face_ink *face = &inks[index];
    measured = 0;
    EACH(point)
    {
        struct ink ink = ink_of(index, FT_Get_Char_Index(face->whole, point));
        face->width += ink.right - ink.left;
        face->height += ink.top - ink.bottom;
        face->middle += (ink.top + ink.bottom) / 2;
        measured++;
    }
    face->width /= measured;
    face->height /= measured;
    face->middle /= measured;
}

static uint32_t face_named(const char *name)
{
    for (uint32_t i = 0; i < fonts_faces(fonts); i++)
        if (text_is(fonts_face(fonts, i)->name, name))
            return i;
    fail_msg("no face %s", name);
    return 0;
}

static void faces_look_equally_large(void **state)
{
    static const struct {
        int row;
        const char *first, *other;
    } rows[] = {
        {1, "BIZUDMincho", "IPAexMincho"},      {2, "BIZUDMincho", "IPAmjMincho"},
        {3, "BIZUDGothic", "IPAexGothic"},      {4, "BIZUDGothic", "IPAmjMincho"},
        {5, "BIZUDGothic-Bold", "IPAexGothic"}, {6, "BIZUDGothic-Bold", "IPAmjMincho"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct face_ink *a = &inks[face_named(rows[i].first)];
        const struct face_ink *b = &inks[face_named(rows[i].other)];
        printf("%s %.1f x %.1f at %.1f, %s %.1f x %.1f at %.1f\n", rows[i].first, a->width * 1000,
               a->height * 1000, a->middle * 1000, rows[i].other, b->width * 1000, b->height * 1000,
               b->middle * 1000);
        row_check(rows[i].row, measured > 3000);
        row_check(rows[i].row + 10, fabs(b->width / a->width - 1) < 0.02);
        row_check(rows[i].row + 20, fabs(b->height / a->height - 1) < 0.02);
        row_check(rows[i].row + 30, fabs(b->middle - a->middle) < 0.002);
    }
    check_rows();
}

/* An ideograph is as wide as the em before and after, and its ink stands in the middle as the font's own does. */
static void advances_stay(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < fonts_faces(fonts); i++) {
        const struct face_ink *face = &inks[i];
        double wrong_advance = 0, wrong_middle = 0;
        EACH(point)
        {
            FT_UInt glyph = FT_Get_Char_Index(face->whole, point);
            FT_BBox own;
            struct ink ink = ink_of(i, glyph);
            double em = face->whole->units_per_EM;
            double advance = (double)face->embedded->glyph->metrics.horiAdvance;
            FT_Load_Glyph(face->whole, glyph, FT_LOAD_NO_SCALE | FT_LOAD_NO_HINTING);
            FT_Outline_Get_BBox(&face->whole->glyph->outline, &own);
            double scale = em / face->embedded->units_per_EM;
            double middle = ((double)(own.xMin + own.xMax) / 2 / em - 0.5) * scale + 0.5;
            wrong_advance = fmax(wrong_advance, fabs(advance / face->embedded->units_per_EM -
                                                     fonts_advance(fonts, i, glyph) / em));
            wrong_middle = fmax(wrong_middle, fabs((ink.left + ink.right) / 2 - middle));
        }
        row_check(i + 1, wrong_advance == 0);
        row_check(i + 11, wrong_middle < 0.001);
    }
    check_rows();
}

static uint32_t word_sum(const uint8_t *bytes, size_t size)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < size; i++)
        sum += (uint32_t)bytes[i] << (24 - i % 4 * 8);
    return sum;
}

static uint32_t word_at(const uint8_t *at)
{
    return word_sum(at, 4);
}

/* OpenType: the sum of all words of a font, and that of each table (of head without its adjustment). */
static void checksums_are_right(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < fonts_faces(fonts); i++) {
        const struct buffer *font = &inks[i].subset;
        uint32_t tables = (uint32_t)(font->bytes[4] << 8 | font->bytes[5]), wrong = 0;
        row_check(i + 1, word_sum(font->bytes, font->size) == 0xB1B0AFBAu);
        for (uint32_t table = 0; table < tables; table++) {
            const uint8_t *record = font->bytes + 12 + 16 * (size_t)table;
            const uint8_t *bytes = font->bytes + word_at(record + 8);
            uint32_t sum = word_sum(bytes, word_at(record + 12));
            if (memcmp(record, "head", 4) == 0)
                sum -= word_at(bytes + 8);
            wrong += sum != word_at(record + 4);
        }
        row_check(i + 11, wrong == 0);
    }
    check_rows();
}

/* -- what renderers draw -- */

#define PAGE_PT 400
#define SIZE_PT 300
#define X_PT 50
#define Y_PT 300 /* from the top */

/* By the font's own outline: larger about the middle of its advance, and higher. */
static struct ink expected_ink(uint32_t index, uint32_t glyph)
{
    const struct face_facts *facts = fonts_face(fonts, index);
    FT_Face face = inks[index].whole;
    FT_BBox box;
    double em = face->units_per_EM, scale = em / facts->drawn, rise = facts->shift / 1000.0;
    double middle = fonts_advance(fonts, index, glyph) / em / 2;
    assert_int_equal(FT_Load_Glyph(face, glyph, FT_LOAD_NO_SCALE | FT_LOAD_NO_HINTING), 0);
    FT_Outline_Get_BBox(&face->glyph->outline, &box);
    return (struct ink){((double)box.xMin / em - middle) * scale + middle,
                        ((double)box.xMax / em - middle) * scale + middle,
                        (double)box.yMin / em * scale + rise, (double)box.yMax / em * scale + rise};
}

static enum status write_file(void *context, const void *bytes, size_t size, struct error *error)
{
    return fwrite(bytes, 1, size, context) == size ? OK : error_set(error, MSG_WRITE_FAILED);
}

static void write_both(const char *words, const char *role, struct ink *expected)
{
    static struct arena arena;
    static const struct pdf_options options = {
        .title = {"optical", 7}, .date = {2024, 10, 1}, .level = 1};
    static const struct digest id = {{1}};
    struct error error;
    struct shaped shaped;
    struct pdf *pdf;
    char path[80];
    arena_open(&arena, 1 << 20);
    assert_int_equal(typeset_shape(fonts, fonts_role(fonts, text_of(role)), text_of(words), &arena,
                                   &shaped, &error),
                     OK);
    struct item item = {.kind = ITEM_TEXT,
                        .as.text = {X_PT * EMU_PER_PT, Y_PT * EMU_PER_PT, SIZE_PT * EMU_PER_PT,
                                    1000, 0, shaped.glyphs, shaped.count, text_of(words)}};
    struct page page = {
        .width = PAGE_PT * EMU_PER_PT, .height = PAGE_PT * EMU_PER_PT, .list = {&item, 1}};
    snprintf(path, sizeof path, "%s/page.pdf", folder);
    FILE *file = fopen(path, "wb");
    assert_int_equal(pdf_new(&(struct sink){write_file, file}, fonts, &options, &pdf, &error), OK);
    assert_int_equal(pdf_page(pdf, &page, &error), OK);
    assert_int_equal(pdf_close(pdf, &id, &error), OK);
    fclose(file);
    snprintf(path, sizeof path, "%s/own.png", folder);
    file = fopen(path, "wb");
    assert_int_equal(raster_png(&page, fonts, 72, &(struct sink){write_file, file}, &error), OK);
    fclose(file);
    *expected = expected_ink(shaped.glyphs[0].face, shaped.glyphs[0].id);
    arena_close(&arena);
}

/* The ink of a PNG of 72 dpi, in points from the left and the top. */
static bool read_ink(const char *name, struct ink *out)
{
    char path[80];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    cairo_surface_t *given = cairo_image_surface_create_from_png(path);
    cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, PAGE_PT, PAGE_PT);
    cairo_t *cairo = cairo_create(image);
    *out = (struct ink){PAGE_PT, 0, 0, PAGE_PT};
    cairo_set_source_surface(cairo, given, 0, 0);
    cairo_paint(cairo);
    cairo_destroy(cairo);
    cairo_surface_flush(image);
    const uint8_t *bytes = cairo_image_surface_get_data(image);
    int stride = cairo_image_surface_get_stride(image);
    for (int y = 0; y < PAGE_PT; y++)
        for (int x = 0; x < PAGE_PT; x++)
            if (bytes[y * stride + 4 * x] < 128) {
                out->left = fmin(out->left, x);
                out->right = fmax(out->right, x + 1);
                out->top = fmin(out->top, y);
                out->bottom = fmax(out->bottom, y + 1);
            }
    bool read = cairo_surface_status(given) == CAIRO_STATUS_SUCCESS && out->right > 0;
    cairo_surface_destroy(image);
    cairo_surface_destroy(given);
    return read;
}

static bool run(const char *const argv[])
{
    pid_t child;
    int status = -1;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions); /* Debian's mutool warns each time */
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", 1, 0);
    if (posix_spawnp(&child, argv[0], &actions, NULL, (char *const *)(uintptr_t)argv, environ) == 0)
        waitpid(child, &status, 0);
    posix_spawn_file_actions_destroy(&actions);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* Within a point and a half of 300: antialiasing takes one. */
static bool is_where(const struct ink *have, const struct ink *want)
{
    return fabs(have->left - (X_PT + SIZE_PT * want->left)) < 1.5 &&
           fabs(have->right - (X_PT + SIZE_PT * want->right)) < 1.5 &&
           fabs(have->top - (Y_PT - SIZE_PT * want->top)) < 1.5 &&
           fabs(have->bottom - (Y_PT - SIZE_PT * want->bottom)) < 1.5;
}

static void renderers_agree(void **state)
{
    static const struct {
        int row;
        const char *role, *words;
    } rows[] = {{1, "mincho", "永"}, /* BIZ UD Mincho */
                {2, "mincho", "㐂"}, /* IPAex or IPAmj Mincho */
                {3, "mincho", "𠮷"}, /* IPAmj Mincho */
                {4, "gothic", "𠮷"},
                {5, "gothic", "永"}};
    char pdf[80], stem[80], mupdf[80];
    (void)state;
    snprintf(pdf, sizeof pdf, "%s/page.pdf", folder);
    snprintf(stem, sizeof stem, "%s/poppler", folder);
    snprintf(mupdf, sizeof mupdf, "%s/mupdf.png", folder);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct ink want, have;
        write_both(rows[i].words, rows[i].role, &want);
        row_check(rows[i].row, read_ink("own.png", &have) && is_where(&have, &want));
        row_check(rows[i].row + 10, run((const char *[]){"pdftoppm", "-r", "72", "-png",
                                                         "-singlefile", pdf, stem, NULL}) &&
                                        read_ink("poppler.png", &have) && is_where(&have, &want));
        row_check(rows[i].row + 20, run((const char *[]){"mutool", "draw", "-q", "-r", "72", "-o",
                                                         mupdf, pdf, NULL}) &&
                                        read_ink("mupdf.png", &have) && is_where(&have, &want));
    }
    check_rows();
}

static void open_all(void)
{
    for (uint32_t i = 0; i < fonts_faces(fonts); i++) {
        struct text bytes = fonts_bytes(fonts, i);
        inks[i].whole = open_bytes(bytes.bytes, bytes.length);
    }
    for (uint32_t i = 0; i < fonts_faces(fonts); i++) {
        embed(i);
        measure(i);
    }
}

static void close_all(void)
{
    static const char *const names[] = {"page.pdf", "own.png", "poppler.png", "mupdf.png"};
    char path[80];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
    FT_Done_FreeType(library);
    for (uint32_t i = 0; i < fonts_faces(fonts); i++)
        buffer_free(&inks[i].subset);
    fonts_close(fonts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(faces_look_equally_large), cmocka_unit_test(advances_stay),
        cmocka_unit_test(checksums_are_right), cmocka_unit_test(renderers_agree)};
    struct error error;
    if (!mkdtemp(folder) || FT_Init_FreeType(&library) || fonts_open("fonts", &fonts, &error) != OK)
        return 1;
    open_all();
    int result = check_run(tests);
    close_all();
    return result;
}
