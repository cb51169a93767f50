/* Joining template and layout: every refusal, and what lies in the layer. */
#include "unit/compose_sample.h"

static struct sample sample;

#define WORDS(parts) "form: own\nparts:\n" parts
#define SIDES "cut_side: { right: 右, left: 左, bottom: 下 }\n"
#define PLACES(frames)                                                                             \
    "paper: A4\nstyles:\n  s: { font: mincho, size: 10, leading: 14 }\nframes:\n" frames
#define FRAME(part, y) "  - { part: " part ", style: s, x: 20, y: " #y ", w: 60, h: 10 }\n"

static void refusals(void **state)
{
    static const struct {
        int row;
        const char *wording, *layout;
        enum message message;
        const char *file;
        uint32_t line;
        const char *name;
    } rows[] = {
        {1, WORDS("  a: 字\n"), PLACES(FRAME("a", 20) FRAME("b", 40)), MSG_FORM_NO_PART,
         "places.yaml", 6, "b"},
        {2, WORDS("  a: 字\n  b: 字\n"), PLACES(FRAME("a", 20)), MSG_FORM_PART_UNSHOWN,
         "words.yaml", 4, "b"},
        {3, WORDS("  a: 字\n"),
         PLACES("  - { part: a, font: serif, size: 9, leading: 9, x: 20, y: 20, w: 9, h: 9 }\n"),
         MSG_FORM_FONT, "places.yaml", 5, "a"},
        {4, WORDS("  a: 一二三四五六七八九十一二三四五六七八\n"),
         PLACES("  - { part: a, style: s, x: 20, y: 20, w: 60, h: 5 }\n"), MSG_FORM_TOO_LONG,
         "places.yaml", 5, "a"}, /* 18 em of 17 */
        {5, WORDS("  a: 字\xF0\xB0\x80\x80\n"), PLACES(FRAME("a", 20)), MSG_FORM_NO_GLYPH,
         "words.yaml", 3, "a"},
        {6, WORDS("  a: \"\xF0\xB0\x80\x80 {name}\"\n"), PLACES(FRAME("a", 20)), MSG_FORM_NO_GLYPH,
         "words.yaml", 3, "a"},
        {7, WORDS("  a: \"{name}\\n字\\n\xF0\xB0\x80\x80\"\n"), PLACES(FRAME("a", 20)),
         MSG_FORM_NO_GLYPH, "words.yaml", 3, "a"},
        {8, SIDES WORDS("  a: \"{cut_side}\"\n"), PLACES(FRAME("a", 20)), MSG_FORM_CUT_SIDE,
         "places.yaml", 0, "cut_side"},
        {9, WORDS("  a: https://example.org/0123456789\n"),
         PLACES("  - { part: a, symbol: qr, x: 20, y: 20, size: 1.3 }\n"), MSG_FORM_SYMBOL,
         "places.yaml", 5, "a"},
        {10, WORDS("  a: 字\n"), PLACES(FRAME("a", 20) "omit: [b]\n"), MSG_FORM_NO_PART,
         "places.yaml", 0, "b"},
        {11, WORDS("  a: 字\n"),
         PLACES(FRAME("a",
                      20) "marks:\n  - { x: 20, y: 40, w: 9, h: 9, view: [9, 9], path: hello }\n"),
         MSG_FORM_MARK, "places.yaml", 7, "marks"},
        {12, WORDS("  a: 字\n"),
         PLACES(FRAME(
             "a", 20) "marks:\n  - { x: 20, y: 40, w: 9, h: 9, view: [9, 9], path: M1 1L20 2Z }\n"),
         MSG_FORM_MARK, "places.yaml", 7, "marks"},
        {20, WORDS("  a: 字\n  b: 字\n"), PLACES(FRAME("a", 20) "omit: [b]\n"), MSG_NONE, "", 0,
         ""},
        {21, WORDS("  a: 字\n"), PLACES(FRAME("a", 20) FRAME("a", 40)), MSG_NONE, "", 0, ""},
        {22, WORDS("  a: 字\n"),
         PLACES(FRAME("a", 20) "  - { image: none, x: 20, y: 60, w: 9, h: 9 }\n"), MSG_NONE, "", 0,
         ""},
        {23, SIDES WORDS("  a: \"{cut_side}\"\n"), "cut_side: bottom\n" PLACES(FRAME("a", 20)),
         MSG_NONE, "", 0, ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        enum status want = rows[i].message ? STOP : OK;
        row_check(rows[i].row, sample_bind(&sample, rows[i].wording, rows[i].layout) == want);
        row_check(rows[i].row, sample.error.message == rows[i].message);
        row_check(rows[i].row, strcmp(sample.error.file, rows[i].file) == 0);
        row_check(rows[i].row, rows[i].line == 0 || sample.error.line == rows[i].line);
        row_check(rows[i].row, strcmp(sample.error.name, rows[i].name) == 0);
    }
    check_rows();
}

static uint32_t count_kind(const struct item_list *list, enum item_kind kind)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < list->count; i++)
        count += list->items[i].kind == kind;
    return count;
}

static const struct item *find_item(const struct item_list *list, enum item_kind kind)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (list->items[i].kind == kind)
            return &list->items[i];
    return NULL;
}

static void layer(void **state)
{
    (void)state;
    const char *words =
        WORDS("  a: 一二\n  b: \"{name}\"\n  c: \"保険者 {insurer}\"\n  d: https://example.org/\n");
    const char *places =
        PLACES("  - { part: a, style: s, x: 20, y: 20, w: 60, h: 10, align: right }\n" FRAME(
            "b",
            40) "  - { part: c, style: s, x: 20, y: 60, w: 60, h: 10, align: center }\n"
                "  - { part: d, symbol: qr, x: 20.01, y: 80.02, size: 22, level: M }\n"
                "  - { image: logo, x: 20, y: 110, w: 40, h: 10 }\n"
                "  - { image: seal, x: 20, y: 130, w: 10, h: 40, align: right, valign: bottom }\n"
                "lines:\n  - { x: 20, y: 140, w: 9, h: 0, width: 0.3, dash: [2, 1] }\n"
                "marks:\n  - { x: 100, y: 100, w: 9, h: 9, view: [9, 9], path: M0 0H9V9Z }\n");
    struct image_path path = {(const uint8_t[]){0, 1, 1, 3}, 4,
                              (const int32_t[]){0, 0, 2000, 0, 2000, 1000}, 3, false};
    static const uint8_t bits[] = {0x80, 0x40};
    sample.images[0] =
        (struct image){.name = TEXT("seal"), .columns = 2, .rows = 2, .row_bytes = 1, .bits = bits};
    sample.images[1] = (struct image){.name = TEXT("logo"),
                                      .vector = true,
                                      .view_w = 2000,
                                      .view_h = 1000,
                                      .paths = &path,
                                      .path_count = 1};
    sample.set = (struct image_set){sample.images, 2};
    row_check(1, sample_bind(&sample, words, places) == OK);
    const struct item_list *list = &sample.form.layer.list;
    row_check(2, count_kind(list, ITEM_TEXT) == 2 && count_kind(list, ITEM_STROKE) == 1);
    row_check(3, count_kind(list, ITEM_MODULES) == 1 && count_kind(list, ITEM_BITMAP) == 1);
    row_check(4, count_kind(list, ITEM_PATH) == 2 && sample.form.frame_count == 1);
    const struct item_text *text = &find_item(list, ITEM_TEXT)->as.text;
    row_check(5, text->x == 80 * 36000 - 20 * 12700 && text->size == 10 * 12700 &&
                     text->scale == 1000);
    row_check(6, text->y == 20 * 36000 + 2 * 12700 + 88 * 1270 && text_is(text->text, "一二"));
    const struct item_modules *modules = &find_item(list, ITEM_MODULES)->as.modules;
    row_check(7, modules->count == 25 && modules->module == 15 * 1524 && modules->row_bytes == 4);
    row_check(8, modules->x % 1524 == 0 && modules->y % 1524 == 0);
    row_check(9, modules->bits[0] == 0xFE &&
                     (modules->bits[3] & 0x7F) == 0); /* finder, no stray bits */
    const struct item_bitmap *bitmap = &find_item(list, ITEM_BITMAP)->as.bitmap;
    row_check(10,
              bitmap->w == 360000 && bitmap->h == 360000 && bitmap->x == 720000); /* square, kept */
    row_check(11, bitmap->y == (130 + 30) * 36000 && bitmap->image == 1);
    const struct item_path *mark = &find_item(list, ITEM_PATH)->as.path;
    row_check(12, mark->points[2] == 109 * 36000 && mark->points[5] == 109 * 36000);
    const struct item_path *logo = &list->items[list->count - 2].as.path;
    row_check(13, logo->points[0] == 30 * 36000 &&
                      logo->points[2] == 50 * 36000); /* 20 x 10 mm, centred */
    row_check(14, logo->points[1] == 110 * 36000 && logo->points[5] == 120 * 36000);
    const struct item_stroke *stroke = &find_item(list, ITEM_STROKE)->as.stroke;
    row_check(15, stroke->h == 0 && stroke->width == 3810 && stroke->dash_off == 12700);
    row_check(16, sample.form.layer_fits->count == 3 && sample.form.layer.index == 1);
    struct digest digest = sample.form.layer.digest;
    row_check(17, sample_bind(&sample, words, places) == OK &&
                      memcmp(&digest, &sample.form.layer.digest, sizeof digest) == 0);
    sample.job.insurer.name = TEXT("架空共済組合");
    row_check(18, sample_bind(&sample, words, places) == OK &&
                      memcmp(&digest, &sample.form.layer.digest, sizeof digest) != 0);
    sample.job.insurer.name = TEXT("架空健康保険組合");
    sample.set.count = 0;
    check_rows();
}

/* Out of memory at any point is STOP 1001. */
static void no_memory(void **state)
{
    (void)state;
    const char *words = WORDS("  a: 一二\n  b: \"{name}\"\n  d: https://example.org/\n");
    const char *places = PLACES(FRAME("a", 20) FRAME(
        "b", 40) "  - { part: d, symbol: qr, x: 20, y: 80, size: 22 }\n"
                 "marks:\n  - { x: 100, y: 100, w: 9, h: 9, view: [9, 9], path: M0 0H9V9Z }\n");
    row_check(1, sample_bind(&sample, words, places) == OK);
    bool done = false;
    for (size_t ceiling = 0; ceiling < (1u << 20) && !done; ceiling += 512) {
        struct arena arena;
        struct form form;
        struct error error = {0};
        arena_open(&arena, ceiling);
        enum status status =
            form_bind(&sample.job, &sample.wording, &sample.layout, &sample.set, sample.job_fields,
                      1, sample.fonts, &arena, &form, &error);
        done = status == OK;
        row_check(2, done || (status == STOP && error.message == MSG_NO_MEMORY));
        arena_close(&arena);
    }
    row_check(3, done);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(refusals), cmocka_unit_test(layer),
                                       cmocka_unit_test(no_memory)};
    if (!sample_open(&sample))
        return 1;
    int failed = check_run(tests);
    sample_close(&sample);
    return failed;
}
