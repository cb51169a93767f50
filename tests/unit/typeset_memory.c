/* What HarfBuzz does when memory runs out: it goes on without a table or a glyph. The n-th allocation fails, for one n
 * after the other; every time the call must stop, and never give less than it gives with memory. */
#include "check.h"
#include "failing_malloc.h"

#include "base/memory.h"
#include "typeset/typeset.h"

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

/* One face: a list is opened for every allocation that is to fail. */
static void put_list(void)
{
    put_file(
        "fonts.yaml",
        "faces:\n"
        "  - { name: BIZUDMincho, family: BIZ UDMincho, file: BIZUDMincho-Regular.ttf, sha256: "
        "12a760927333e6099c7d55508b03617d905836041d3883c766e88a2e892a96c3 }\n"
        "roles:\n"
        "  mincho: [BIZUDMincho]\n");
    put_file("fonts.conf", "<?xml version=\"1.0\"?>\n<!DOCTYPE fontconfig SYSTEM \"fonts.dtd\">\n"
                           "<fontconfig><dir>/usr/share/fonts/truetype</dir></fontconfig>\n");
}

static struct fonts *open_list(void)
{
    struct fonts *fonts = NULL;
    struct error error;
    if (fonts_open(folder, &fonts, &error) != OK)
        abort();
    return fonts;
}

static void subset(void **state)
{
    (void)state;
    struct fonts *fonts = open_list();
    uint8_t used[8192] = {0};
    struct buffer want = {0};
    struct error error = {.message = MSG_NONE};
    bool failed = true;
    for (uint32_t glyph = 20; glyph < 4000; glyph += 37)
        used[glyph / 8] |= (uint8_t)(1u << glyph % 8);
    row_check(1, fonts_subset(fonts, 0, used, &want, &error) == OK && want.size > 10000);
    for (long n = 1; failed; n++) {
        struct buffer got = {0};
        arm(n);
        enum status status = fonts_subset(fonts, 0, used, &got, &error);
        failed = disarm();
        if (failed)
            row_check(n + 1, status == STOP && error.message == MSG_NO_MEMORY);
        else
            row_check(n + 1, status == OK && got.size == want.size &&
                                 memcmp(got.bytes, want.bytes, want.size) == 0);
        buffer_free(&got);
    }
    buffer_free(&want);
    fonts_close(fonts);
    check_rows();
}

/* A letter with an accent of its own goes through HarfBuzz, the others through the cells. */
#define WORDS TEXT("A\u0301V \u9AD9\uFA11")

static void shaping(void **state)
{
    (void)state;
    struct shaped want, got;
    struct arena arena;
    struct error error = {.message = MSG_NONE};
    bool failed = true;
    arena_open(&arena, 1 << 20);
    struct fonts *fonts = open_list();
    row_check(1, typeset_shape(fonts, 0, WORDS, &arena, &want, &error) == OK && want.count == 5);
    fonts_close(fonts);
    for (long n = 1; failed; n += 3) {
        fonts = open_list();
        arm(n);
        enum status status = typeset_shape(fonts, 0, WORDS, &arena, &got, &error);
        failed = disarm();
        if (failed)
            row_check(n + 1, status == STOP && error.message == MSG_NO_MEMORY);
        else
            row_check(n + 1,
                      status == OK && got.count == want.count && got.width == want.width &&
                          memcmp(got.glyphs, want.glyphs, want.count * sizeof *want.glyphs) == 0);
        fonts_close(fonts);
    }
    arena_close(&arena);
    check_rows();
}

static void watch(void **state)
{
    (void)state;
    errno = ENOMEM;
    memory_watch();
    row_check(1, !memory_ran_out());
    free(malloc(10));
    row_check(2, !memory_ran_out());
    arm(1);
    void *none = memory_new(10);
    bool failed = disarm();
    row_check(3, memory_ran_out() == failed && !none == failed);
    memory_free(none, 10);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(watch), cmocka_unit_test(subset),
                                       cmocka_unit_test(shaping)};
    if (!mkdtemp(folder) || chdir(folder) != 0)
        return 1;
    put_list();
    int result = check_run(tests);
    unlink("fonts.yaml");
    unlink("fonts.conf");
    rmdir(folder);
    return result;
}
