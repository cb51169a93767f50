#include "unit/check.h"
#include "unit/pdf_sample.h"

/* What a page's items become. A content stream is the first stream of a file without layer and
 * image. */
static bool content_is(const struct page *page, const struct pdf_options *options, int stream,
                       const char *want)
{
    struct buffer file = {0};
    char have[20000];
    struct error error;
    bool is;

    assert_int_equal(sample_file(page, 1, options, &file, &error), OK);
    stream_text(&file, stream, have, sizeof have);
    is = strcmp(have, want) == 0;
    if (!is)
        fprintf(stderr, "have:\n%s\nwant:\n%s\n", have, want);
    buffer_free(&file);
    return is;
}

static bool items_are(struct item *items, uint32_t count, const char *want)
{
    struct page page = {.width = A4_WIDTH, .height = A4_HEIGHT, .list = {items, count}};
    char all[20000] = "0 g 0 G\n";

    memcpy(all + 8, want, strlen(want) + 1);
    return content_is(&page, &sample_options, 1, all);
}

static struct item text_item(const struct glyph *glyphs, uint32_t count, const char *words)
{
    return (struct item){.kind = ITEM_TEXT,
                         .as.text = {100 * EMU_PER_DOT600, 16 * EMU_PER_DOT600, 10 * EMU_PER_PT,
                                     1000, 0, glyphs, count, text_of(words)}};
}

/* -- text -- */

static void texts(void **state)
{
    const struct glyph plain[] = {sample_glyph(0, 0x1122, 0, 3), sample_glyph(0, 5, 3, 1)};
    const struct glyph faces[] = {sample_glyph(0, 20, 0, 3), sample_glyph(2, 21, 3, 3),
                                  sample_glyph(2, 22, 6, 3)};
    struct glyph special[] = {sample_glyph(0, 0x285C, 0, 1), sample_glyph(0, 0x290D, 1, 1)};
    struct glyph moved[] = {sample_glyph(0, 20, 0, 3), sample_glyph(0, 21, 3, 3)};
    struct glyph alias[] = {sample_glyph(0, 20, 0, 3), sample_glyph(0, 21, 3, 7),
                            sample_glyph(0, 22, 10, 3)};
    const struct glyph pair[] = {sample_glyph(0, 20, 0, 6), sample_glyph(0, 21, 6, 0),
                                 sample_glyph(0, 22, 6, 4)};
    struct item two[2];

    (void)state;
    two[0] = text_item(plain, 2, "架a");
    row_check(1, items_are(two, 1, "BT\n12 840 Td/F0 10 Tf<11220005>Tj\nET\n"));
    two[1] = two[0];
    two[1].as.text.y += 10 * EMU_PER_PT;
    two[1].as.text.size = 133350;
    two[1].as.text.scale = 875;
    two[1].as.text.spacing = -635;
    row_check(2, items_are(two, 2,
                           "BT\n12 840 Td/F0 10 Tf<11220005>Tj\n"
                           "87.5 Tz -.05 Tc 0 -10 Td/F0 10.5 Tf<11220005>Tj\nET\n"));
    two[0] = text_item(faces, 3, "架空空");
    row_check(3, items_are(two, 1, "BT\n12 840 Td/F0 10 Tf<0014>Tj\n/F2 10 Tf<00150016>Tj\nET\n"));
    two[0] = text_item(special, 2, "ab");
    row_check(4, items_are(two, 1, "BT\n12 840 Td/F0 10 Tf<285C290D>Tj\nET\n"));
    moved[0].advance += 2048 * 100 + 1024;
    moved[1].advance -= 2048;
    two[0] = text_item(moved, 2, "架空");
    row_check(5, items_are(two, 1, "BT\n12 840 Td/F0 10 Tf[<0014>-100.5<0015>1<>]TJ\nET\n"));
    alias[1].flags = GLYPH_ALIAS;
    two[0] = text_item(alias, 3, "架葛\U000E0102空");
    row_check(6, items_are(two, 1,
                           "BT\n12 840 Td/F0 10 Tf<0014>Tj\n"
                           "/Span<</ActualText<FEFF845BDB40DD02>>>BDC\n<0015>Tj\nEMC\n"
                           "<0016>Tj\nET\n"));
    two[0] = text_item(pair, 3, "か\u3099\U00020B9F");
    row_check(7, items_are(two, 1,
                           "BT\n12 840 Td/F0 10 Tf"
                           "/Span<</ActualText<FEFF304B3099>>>BDC\n<00140015>Tj\nEMC\n"
                           "<0016>Tj\nET\n"));
    two[0] = text_item(plain, 0, "");
    row_check(8, items_are(two, 1, ""));
    check_rows();
}

/* -- strokes -- */

static struct item stroke_item(emu x, emu y, emu w, emu h)
{
    return (struct item){.kind = ITEM_STROKE, .as.stroke = {x, y, w, h, 3810, 0, 0, 0}};
}

static void strokes(void **state)
{
    const emu pt = EMU_PER_PT, top = A4_HEIGHT - 800 * EMU_PER_PT;
    struct item items[3];

    (void)state;
    items[0] = stroke_item(10 * pt, top, 100 * pt, 0);
    row_check(1, items_are(items, 1, ".3 w\n10 800 m 110 800 l S\n"));
    items[1] = stroke_item(10 * pt, top, 0, 50 * pt);
    items[1].as.stroke.dash_on = 2 * pt;
    items[1].as.stroke.dash_off = pt / 2;
    items[2] = stroke_item(10 * pt, top, 20 * pt, 50 * pt);
    row_check(2, items_are(items, 3,
                           ".3 w\n10 800 m 110 800 l S\n"
                           "[2 .5]0 d\n10 800 m 10 750 l S\n"
                           "[]0 d\n10 750 20 50 re S\n"));
    items[0] = stroke_item(0, top, 100 * pt, 50 * pt);
    items[0].as.stroke.radius = 10 * pt;
    row_check(3, items_are(items, 1,
                           ".3 w\n10 800 m "
                           "90 800 l 95.523 800 100 795.523 100 790 c\n"
                           "100 760 l 100 754.477 95.523 750 90 750 c\n"
                           "10 750 l 4.477 750 0 754.477 0 760 c\n"
                           "0 790 l 0 795.523 4.477 800 10 800 c\ns\n"));
    check_rows();
}

/* -- modules, bitmaps, outlines -- */

/* Rows 1 and 2: padding bits set and not set give the same bytes. */
static void modules(void **state)
{
    static uint8_t wide[191 * 24];
    uint8_t bits[] = {0xA8, 0xA8, 0x07, 0xF8, 0xF8};
    struct item item = {.kind = ITEM_MODULES,
                        .as.modules = {100 * EMU_PER_DOT600, 16 * EMU_PER_DOT600,
                                       10 * EMU_PER_DOT600, 5, 1, bits, 0}};
    struct page page = {.width = A4_WIDTH, .height = A4_HEIGHT, .list = {&item, 1}};
    struct buffer file = {0};
    struct error error;
    static char have[100000];
    static const char five[] = "q 5.998 0 0 5.998 12.001 834.001 cm\n"
                               "BI/W 5/H 5/IM true/D[1 0]/F/AHx ID\nA8A800F8F8>\nEI Q\n";

    (void)state;
    row_check(1, items_are(&item, 1, five));
    bits[2] = 0x00;
    row_check(2, items_are(&item, 1, five));
    item.as.modules.count = 0;
    row_check(3, items_are(&item, 1, ""));
    item.as.modules = (struct item_modules){0, 0, 1524, 191, 24, wide, 0};
    memset(wide, 0xFF, sizeof wide);
    assert_int_equal(sample_file(&page, 1, &sample_options, &file, &error), OK);
    stream_text(&file, 1, have, sizeof have);
    row_check(4, strstr(have, "q 22.918 0 0 22.918 .001 819.001 cm\nBI/W 191/H 191/") != NULL);
    row_check(5, strstr(have, "FFFE>\nEI Q\n") != NULL);
    buffer_free(&file);
    item.as.modules.count = 1601;
    row_check(6, sample_file(&page, 1, &sample_options, &file, &error) == STOP);
    row_check(7, error.message == MSG_BUG);
    buffer_free(&file);
    check_rows();
}

static void pictures(void **state)
{
    struct sample sample;
    struct page page;
    struct buffer file = {0};
    struct error error;
    char bits[100];

    (void)state;
    sample_make(&sample);
    row_check(1, items_are(&sample.items[4], 1,
                           "2.835 836.251 m 8.504 830.581 l "
                           "14.173 824.912 19.843 819.243 25.512 813.574 c\nh\nf*\n"));
    sample.items[4].as.path.even_odd = false;
    sample.items[4].as.path.point_count = 1; /* points missing: what is there */
    row_check(2, items_are(&sample.items[4], 1, "2.835 836.251 m f\n"));
    page = (struct page){.width = A4_WIDTH, .height = A4_HEIGHT, .list = {&sample.items[3], 1}};
    row_check(3, content_is(&page, &sample_options, 2,
                            "0 g 0 G\nq 28.346 0 0 14.173 0 827.747 cm/Im7 Do Q\n"));
    assert_int_equal(sample_file(&page, 1, &sample_options, &file, &error), OK);
    row_check(4, stream_text(&file, 1, bits, sizeof bits) == 4 &&
                     memcmp(bits, "\xFF\xC0\x80\x40", 4) == 0);
    row_check(5, file_has(&file, "/ImageMask true") && file_has(&file, "/Decode [ 1 0 ]") &&
                     file_has(&file, "/Interpolate false"));
    row_check(6, file_has(&file, "/Im7 "));
    buffer_free(&file);
    sample.items[3].as.bitmap.image = 0;
    row_check(7, sample_file(&page, 1, &sample_options, &file, &error) == STOP);
    buffer_free(&file);
    check_rows();
}

/* -- layers and guides -- */

static void layers(void **state)
{
    struct pdf_options options = sample_options;
    struct sample sample;

    (void)state;
    sample_make(&sample);
    sample.layer.index = 3;
    sample.layer.list = (struct item_list){&sample.items[1], 1};
    sample.page.list.count = 0;
    row_check(1, content_is(&sample.page, &options, 2, "0 g 0 G\n/Fm3 Do\n"));
    row_check(2, content_is(&sample.page, &options, 1,
                            ".3 w\n[2 1]0 d\n56.693 728.534 113.386 28.347 re S\n"));
    sample.page.guides = (struct item_list){&sample.guide, 1};
    row_check(3, content_is(&sample.page, &options, 2, "0 g 0 G\n/Fm3 Do\n"));
    options.guides = true;
    row_check(4, content_is(&sample.page, &options, 2,
                            "0 g 0 G\n/Fm3 Do\n/OC/OC0 BDC q\n"
                            "100 Tz 0 Tc[]0 d/Guides cs 1 scn/Guides CS 1 SCN\n"
                            ".3 w\n[2 1]0 d\n56.693 728.534 113.386 28.347 re S\nQ EMC\n"));
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(texts), cmocka_unit_test(strokes),
                                       cmocka_unit_test(modules), cmocka_unit_test(pictures),
                                       cmocka_unit_test(layers)};

    return check_run(tests);
}
