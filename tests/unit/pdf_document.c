#include "unit/check.h"
#include "unit/pdf_sample.h"

#include <stdlib.h>

static struct page sample_page(struct sample *sample)
{
    sample_make(sample);
    return sample->page;
}

static struct buffer file_of(const struct page *pages, uint32_t count,
                             const struct pdf_options *options)
{
    struct buffer file = {0};
    struct error error;

    assert_int_equal(sample_file(pages, count, options, &file, &error), OK);
    return file;
}

static bool same_bytes(const struct buffer *a, const struct buffer *b)
{
    return a->size == b->size && memcmp(a->bytes, b->bytes, a->size) == 0;
}

/* -- what stands in the file -- */

static void entries(void **state)
{
    struct sample sample;
    struct page page = sample_page(&sample);
    struct pdf_options options = sample_options;
    struct buffer file, again;

    (void)state;
    file = file_of(&page, 1, &options);
    row_check(1, memcmp(file.bytes, "%PDF-1.6\n", 9) == 0);
    row_check(2, file_has(&file, "/Title <FEFF898B672C>"));
    row_check(3, file_has(&file, "/CreationDate (D:20241001000000+09'00')"));
    row_check(4, file_has(&file, "/ModDate (D:20241001000000+09'00')"));
    row_check(5, file_has(&file, "/Producer (oshirase)"));
    row_check(
        6, file_has(&file,
                    "/ID[<ABCD0000000000000000000000000000><ABCD0000000000000000000000000000>]"));
    row_check(7, file_has(&file, "/MediaBox [0 0 595.2 841.92]"));
    row_check(8, file_has(&file, "/TrimBox[0 0 595.2 841.92]/Contents "));
    row_check(9, !file_has(&file, "OCProperties") && !file_has(&file, "Separation"));
    again = file_of(&page, 1, &options);
    row_check(10, same_bytes(&file, &again));
    buffer_free(&file);
    buffer_free(&again);
    options.guides = true;
    options.date = (struct date){0};
    page.width = 100 * EMU_PER_PT;
    file = file_of(&page, 1, &options);
    row_check(11, file_has(&file, "OCProperties") &&
                      file_has(&file, "/Separation /Guides /DeviceCMYK"));
    row_check(12, !file_has(&file, "CreationDate"));
    row_check(13, file_has(&file, "/MediaBox[0 0 100 841.92]/TrimBox[0 0 100 841.92]"));
    buffer_free(&file);
    check_rows();
}

/* -- fonts -- */

static struct page glyph_page(struct item *item, struct glyph *glyphs, uint32_t count)
{
    *item = (struct item){.kind = ITEM_TEXT,
                          .as.text = {0, 0, EMU_PER_PT, 1000, 0, glyphs, count, TEXT("")}};
    return (struct page){.width = A4_WIDTH, .height = A4_HEIGHT, .list = {item, 1}};
}

/* Widths in runs over glyphs that are not used, never over used ones of another width. */
static void fonts_in_file(void **state)
{
    struct glyph glyphs[210];
    struct item item;
    struct page page;
    struct buffer file;
    char map[30000];

    (void)state;
    glyphs[0] = sample_glyph(1, 2, 0, 1);
    glyphs[1] = sample_glyph(1, 7, 0, 1);
    page = glyph_page(&item, glyphs, 2);
    file = file_of(&page, 1, &sample_options);
    row_check(1, file_has(&file, "/DW 1000\n/W [2 7 500\n]"));
    row_check(2, file_has(&file, "/F1 ") && !file_has(&file, "/F0 ") && !file_has(&file, "/F2 "));
    row_check(3, file_has(&file, "+Gothic\n"));
    buffer_free(&file);
    for (uint16_t i = 0; i < 210; i++)
        glyphs[i] = sample_glyph(0, (uint16_t)(i + 29), 0, 3);
    page = glyph_page(&item, glyphs, 210);
    file = file_of(&page, 1, &sample_options);
    row_check(4, file_has(&file, "/W []"));
    stream_text(&file, 3, map, sizeof map);
    row_check(5,
              strstr(map, "endcodespacerange\n100 beginbfchar\n<001D> <67B6>\n<001F> <D842DF9F>\n"
                          "<0020> <845BDB40DD02>\n<0021> <67B6>\n"));
    row_check(6, strstr(map, "endbfchar\n9 beginbfchar\n") && !strstr(map, "<001E> "));
    buffer_free(&file);
    check_rows();
}

/* The name of a subset tells its set of glyphs. */
static void subset_names(void **state)
{
    struct glyph glyphs[] = {sample_glyph(0, 20, 0, 3), sample_glyph(0, 21, 0, 3)};
    struct item item;
    struct page page = glyph_page(&item, glyphs, 2);
    struct buffer both = file_of(&page, 1, &sample_options), turned, one;
    const char *name;

    (void)state;
    glyphs[0].id = 21;
    glyphs[1].id = 20;
    turned = file_of(&page, 1, &sample_options);
    item.as.text.count = 1;
    one = file_of(&page, 1, &sample_options);
    name = find_bytes(&both, 0, "/BaseFont /");
    assert_non_null(name);
    row_check(1, memmem(turned.bytes, turned.size, name, 25) != NULL);
    row_check(2, memmem(one.bytes, one.size, name, 25) == NULL);
    for (int i = 0; i < 6; i++)
        row_check(3, name[11 + i] >= 'A' && name[11 + i] <= 'Z');
    buffer_free(&both);
    buffer_free(&turned);
    buffer_free(&one);
    check_rows();
}

/* -- pages and their neighbours -- */

/* The packed content of the page that is the n-th stream of the file is found in another file,
 * where the page has other neighbours, another layer before it and fonts in use already. */
static void neighbours(void **state)
{
    struct sample sample, other;
    struct page pages[3], alone = sample_page(&sample);
    struct buffer small, large;
    const char *start, *end;

    (void)state;
    alone.list.count = 3;
    pages[0] = sample_page(&other);
    other.layer.index = 2;
    other.glyphs[0].face = 1;
    other.glyphs[1].id = 6;
    pages[1] = alone;
    pages[2] = pages[0];
    small = file_of(&alone, 1, &sample_options);
    large = file_of(pages, 3, &sample_options);
    start = find_bytes(&small, 0, ">>\nstream\n"); /* the layer */
    start = find_bytes(&small, (size_t)(start - (const char *)small.bytes) + 1,
                       "/Filter/FlateDecode/Length");
    end = find_bytes(&small, (size_t)(start - (const char *)small.bytes), "endobj");
    row_check(1, start && end &&
                     memmem(large.bytes, large.size, start, (size_t)(end - start)) != NULL);
    row_check(2, file_has(&large, "/Fm1 ") && file_has(&large, "/Fm2 "));
    buffer_free(&small);
    buffer_free(&large);
    check_rows();
}

/* Kids in nodes of 1,000; counts add up. */
static void tree(void **state)
{
    static const struct {
        int row;
        uint32_t pages;
        const char *has, *has_not;
    } rows[] = {
        {1, 0, "/Kids [ ]\n/Count 0\n", "/Parent"},
        {2, 1, "/Count 1\n/Kids", "/Count 2"},
        {3, 1000, "/Count 1000\n/Kids", "/Count 1\n"},
        {4, 1001, "/Count 1\n/Kids", "/Count 1001\n/Kids"},
        {5, 2500, "/Count 500\n/Kids", "/Count 501"},
    };
    static struct page pages[2500];

    (void)state;
    for (size_t i = 0; i < 2500; i++)
        pages[i] = (struct page){.width = A4_WIDTH, .height = A4_HEIGHT};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buffer file = file_of(pages, rows[i].pages, &sample_options);
        char total[40];

        snprintf(total, sizeof total, "]\n/Count %u\n/Resources", rows[i].pages);
        row_check(rows[i].row, file_has(&file, rows[i].has) && !file_has(&file, rows[i].has_not));
        row_check(rows[i].row, file_has(&file, total));
        buffer_free(&file);
    }
    check_rows();
}

/* -- faults -- */

struct failing {
    unsigned calls, fail_at;
};

static enum status fail_write(void *context, const void *bytes, size_t size, struct error *error)
{
    struct failing *failing = context;

    (void)bytes;
    (void)size;
    return ++failing->calls == failing->fail_at ? error_set(error, MSG_DISK_FULL) : OK;
}

static enum status write_all(const struct sink *sink, const struct page *page, struct error *error)
{
    static const struct digest id;
    struct fonts fonts;
    struct pdf *pdf;

    sample_fonts(&fonts);
    if (pdf_new(sink, &fonts, &sample_options, &pdf, error) != OK)
        return STOP;
    if (pdf_page(pdf, page, error) != OK) {
        pdf_drop(pdf);
        return STOP;
    }
    return pdf_close(pdf, &id, error);
}

/* Whichever write fails: STOP with the sink's message, and no write after it. */
static void failing_sink(void **state)
{
    struct sample sample;
    struct page page = sample_page(&sample);
    unsigned at = 1;

    (void)state;
    for (;; at++) {
        struct failing failing = {0, at};
        struct sink sink = {fail_write, &failing};
        struct error error = {.message = MSG_NONE};

        if (write_all(&sink, &page, &error) == OK)
            break;
        row_check((int)at, error.message == MSG_DISK_FULL && failing.calls == at);
    }
    row_check(100, at > 20);
    check_rows();
}

/* Things that composing never makes end as bugs, not as broken files. */
static void impossible(void **state)
{
    struct sample sample;
    struct buffer file = {0};
    struct error error;

    (void)state;
    for (int row = 1; row <= 4; row++) {
        struct page page = sample_page(&sample);

        if (row == 1)
            sample.layer.index = 0;
        if (row == 2)
            sample.layer.index = LIMIT_FORMS + 1;
        if (row == 3)
            sample.glyphs[1].face = 3;
        if (row == 4)
            sample.glyphs[1].id = 70 * 256;
        row_check(row, sample_file(&page, 1, &sample_options, &file, &error) == STOP);
        row_check(row, error.message == MSG_BUG);
        buffer_free(&file);
    }
    check_rows();
}

static void measuring(void **state)
{
    struct buffer file = {0};
    struct sink sink = buffer_sink(&file);
    struct sample sample;
    struct page page = sample_page(&sample);
    struct fonts fonts;
    struct pdf *pdf;
    struct error error;

    (void)state;
    sample_fonts(&fonts);
    assert_int_equal(pdf_new(&sink, &fonts, &sample_options, &pdf, &error), OK);
    assert_int_equal(pdf_page(pdf, &page, &error), OK);
    row_check(1, pdf_deflate_us(pdf) == 0);
    pdf_measure(pdf, true);
    for (int i = 0; i < 200; i++)
        assert_int_equal(pdf_page(pdf, &page, &error), OK);
    row_check(2, pdf_deflate_us(pdf) > 0);
    pdf_drop(pdf);
    pdf_drop(NULL);
    buffer_free(&file);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries),      cmocka_unit_test(fonts_in_file),
        cmocka_unit_test(subset_names), cmocka_unit_test(neighbours),
        cmocka_unit_test(tree),         cmocka_unit_test(failing_sink),
        cmocka_unit_test(impossible),   cmocka_unit_test(measuring),
    };

    return check_run(tests);
}
