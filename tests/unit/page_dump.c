#include "unit/check.h"
#include "unit/page_sample.h"

static bool dump_is(const struct sample *sample, const char *want)
{
    struct page page = sample->page;
    struct page_list pages = {&page, 1};
    struct buffer buffer = {0};
    struct sink sink = buffer_sink(&buffer);
    struct fonts fonts;
    struct error error;
    bool is;

    sample_fonts(&fonts);
    assert_int_equal(page_dump(&fonts, &pages, &sink, &error), OK);
    is = buffer.size == strlen(want) && memcmp(buffer.bytes, want, buffer.size) == 0;
    if (!is)
        fprintf(stderr, "have:\n%.*swant:\n%s", (int)buffer.size, (const char *)buffer.bytes, want);
    buffer_free(&buffer);
    return is;
}

#define HEAD "page 1 209.973 297.011\n"

static void change(struct sample *s, int row)
{
    struct item_text *text = &s->items[0].as.text;
    struct item_stroke *stroke = &s->items[1].as.stroke;

    s->page.layer = row == 1 || row == 2 ? &s->layer : NULL;
    s->page.list.count = row == 1 ? 5 : row == 2 ? 0 : 1;
    switch (row) {
    case 3:
        text->scale = 975;
        text->spacing = 1800;
        text->size = 133350;
        break;
    case 4:
        text->x = -1;
        text->y = -18;
        text->spacing = -3600;
        text->text = TEXT("a\nb\x7f");
        text->count = 1;
        break;
    case 5:
        s->items[0] = s->items[1];
        s->items[0].as.stroke.h = s->items[0].as.stroke.dash_on = s->items[0].as.stroke.dash_off =
            0;
        break;
    case 6:
        stroke->radius = 3 * EMU_PER_MM;
        stroke->dash_on = stroke->dash_off = 0;
        s->items[0] = s->items[1];
        s->page.guides = (struct item_list){&s->guide, 1};
        break;
    default:
        break;
    }
}

/* The digests in row 1 were taken with sha256sum over the bytes that show. */
static void dumps(void **state)
{
    static const struct {
        int row;
        const char *want;
    } rows[] = {
        {1, HEAD "layer\n"
                 "text 20.000 36.000 16pt Mincho+Gaiji 100% 架a空\n"
                 "box 20.000 30.000 40.000 10.000 0.3pt dash 2pt 1pt\n"
                 "letter\n"
                 "text 20.000 36.000 16pt Mincho+Gaiji 100% 架a空\n"
                 "box 20.000 30.000 40.000 10.000 0.3pt dash 2pt 1pt\n"
                 "modules 4.233 8.467 0.423 5 "
                 "04e929ae50e5a24210080a627a30b61e9bef4abbc47eebff468995a77256a3f3\n"
                 "bitmap 0.000 0.000 10.000 5.000 10x2 "
                 "be066aed55b3649d2e41cec5b89b8ad1c7cfd00ab77d1f68d35f41115e11cda5\n"
                 "path 4 5 evenodd "
                 "d796beb4d2fb503192ed0c73e7d5d55a4de37c49c8d36e18da54a9d6a1f86236\n"},
        {2, HEAD "layer\n"
                 "text 20.000 36.000 16pt Mincho+Gaiji 100% 架a空\n"
                 "box 20.000 30.000 40.000 10.000 0.3pt dash 2pt 1pt\n"
                 "letter\n"},
        {3, HEAD "letter\ntext 20.000 36.000 10.5pt Mincho+Gaiji 97.5% spacing 0.050 架a空\n"},
        {4, HEAD "letter\ntext 0.000 -0.001 16pt Mincho 100% spacing -0.100 a\\x0ab\\x7f\n"},
        {5, HEAD "letter\nline 20.000 30.000 40.000 0.000 0.3pt\n"},
        {6, HEAD "letter\nbox 20.000 30.000 40.000 10.000 0.3pt radius 3.000\n"
                 "guides\nbox 20.000 30.000 40.000 10.000 0.3pt dash 2pt 1pt\n"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct sample sample;

        sample_make(&sample);
        change(&sample, rows[i].row);
        row_check(rows[i].row, dump_is(&sample, rows[i].want));
    }
    check_rows();
}

static enum status refuse(void *context, const void *bytes, size_t size, struct error *error)
{
    unsigned *calls = context;

    (void)bytes;
    (void)size;
    ++*calls;
    return error_set(error, MSG_DISK_FULL);
}

/* A sink that fails ends the dump with its own message. */
static void failing_sink(void **state)
{
    struct sample sample;
    struct fonts fonts;
    struct page_list pages = {&sample.page, 1};
    unsigned calls = 0;
    struct sink sink = {refuse, &calls};
    struct error error;

    (void)state;
    sample_fonts(&fonts);
    sample_make(&sample);
    row_check(101, page_dump(&fonts, &pages, &sink, &error) == STOP);
    row_check(102, error.message == MSG_DISK_FULL);
    row_check(103, calls == 1);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(dumps), cmocka_unit_test(failing_sink)};

    return check_run(tests);
}
