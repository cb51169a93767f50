#include "unit/check.h"

#include "base/arena.h"
#include "base/memory.h"
#include "base/sink.h"

#include <stdbool.h>

/* The address sanitizer would end the program where the heap says no; other builds never call this.
 */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "allocator_may_return_null=1";
}

static bool all(const void *bytes, size_t size, unsigned char want)
{
    for (size_t i = 0; i < size; i++)
        if (((const unsigned char *)bytes)[i] != want)
            return false;
    return true;
}

static void memory(void **state)
{
    (void)state;
    char *bytes = memory_new(100);
    row_check(1, bytes && all(bytes, 100, 0));
    memset(bytes, 'x', 100);
    bytes = memory_resize(bytes, 100, 5000);
    row_check(2, bytes && all(bytes, 100, 'x') && all(bytes + 100, 4900, 0));
    bytes = memory_resize(bytes, 5000, 10);
    row_check(3, bytes && all(bytes, 10, 'x'));
    char *same = memory_resize(bytes, 10, 10);
    row_check(4, same == bytes);
    volatile size_t huge = SIZE_MAX - 100; /* hidden from the compiler, which would object */
    row_check(5, memory_resize(bytes, 10, huge) == NULL && all(bytes, 10, 'x'));
    memory_wipe(bytes, 4);
    row_check(6, all(bytes, 4, 0) && all(bytes + 4, 6, 'x'));
    row_check(7, memory_resize(bytes, 10, 0) == NULL);
    memory_free(NULL, 0);
    memory_wipe(NULL, 0);
    check_rows();
}

static void taking(void **state)
{
    (void)state;
    static const struct {
        int row;
        size_t ceiling, size;
        bool want;
    } rows[] = {
        {1, 1000, 0, true},
        {2, 1008, 1000, true},
        {3, 1008, 1009, false},
        {4, 0, 0, false},
        {5, 1 << 20, 1 << 20, true},
        {6, 1 << 20, (1 << 20) + 1, false},
        {7, 1 << 20, SIZE_MAX, false},
        {8, SIZE_MAX, SIZE_MAX, false},
        {9, SIZE_MAX, SIZE_MAX - 20, false},
        {10, 1000, 1, true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena arena;
        arena_open(&arena, rows[i].ceiling);
        char *bytes = arena_take(&arena, rows[i].size);
        row_check(rows[i].row, (bytes != NULL) == rows[i].want);
        if (bytes)
            row_check(rows[i].row, (uintptr_t)bytes % 16 == 0 && all(bytes, rows[i].size, 0));
        row_check(rows[i].row, arena.taken <= rows[i].ceiling);
        arena_close(&arena);
        row_check(rows[i].row, arena.taken == 0 && arena.first == NULL);
    }
    check_rows();
}

/* Odd sizes over many chunks: neighbours never overlap, the ceiling holds, a wipe leaves zeros
 * only. */
static void filling(void **state)
{
    (void)state;
    struct arena arena;
    arena_open(&arena, 1 << 20);
    char *first = NULL, *bytes;
    size_t previous_size = 0, total = 0;
    char *previous = NULL;
    for (size_t size = 1; (bytes = arena_take(&arena, size)); size = size * 3 % 4099 + 1) {
        bool clean = all(bytes, size, 0) && (uintptr_t)bytes % 16 == 0;
        memset(bytes, 'x', size);
        row_check(1, clean && (!previous || all(previous, previous_size, 'x')));
        first = first ? first : bytes;
        previous = bytes;
        previous_size = size;
        total += size;
    }
    row_check(2, total > 800000 && arena.taken <= 1 << 20);
    arena_wipe(&arena);
    row_check(3, arena.taken == 64 << 10 && arena.current == arena.first);
    bytes = arena_take(&arena, 60000);
    row_check(4, bytes == first && all(bytes, 60000, 0));
    arena_wipe(&arena);
    row_check(5, arena_take(&arena, 1) == first);
    arena_close(&arena);
    arena_wipe(&arena); /* nothing taken: allowed */
    check_rows();
}

static void arrays_and_texts(void **state)
{
    (void)state;
    struct arena arena;
    arena_open(&arena, 1 << 20);
    row_check(1, arena_array(&arena, SIZE_MAX / 4, 8) == NULL);
    row_check(2, arena_array(&arena, 100, 8) != NULL);
    row_check(3, arena_array(&arena, 0, 8) != NULL);
    struct text copy = arena_text(&arena, TEXT("架空"));
    row_check(4, text_is(copy, "架空") && copy.bytes[6] == '\0');
    copy = arena_text(&arena, (struct text){NULL, 0});
    row_check(5, copy.bytes && copy.length == 0 && copy.bytes[0] == '\0');
    arena_close(&arena);
    arena_open(&arena, 16);
    copy = arena_text(&arena, TEXT("0123456789abcdef"));
    row_check(6, copy.bytes == NULL && copy.length == 0);
    arena_close(&arena);
    check_rows();
}

static void buffers(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    struct sink sink = buffer_sink(&buffer);
    struct error error;
    bool good = true;
    for (unsigned i = 0; i < 20000; i++) {
        unsigned char byte = (unsigned char)i;
        good = good && sink_write(&sink, &byte, 1, &error) == OK;
    }
    for (unsigned i = 0; i < 20000; i++)
        good = good && buffer.bytes[i] == (unsigned char)i;
    row_check(1, good && buffer.size == 20000 && buffer.room >= 20000);
    row_check(2, buffer_add(&buffer, NULL, 0, &error) == OK && buffer.size == 20000);
    volatile size_t huge = SIZE_MAX - 30000;
    row_check(3, buffer_add(&buffer, "x", huge, &error) == STOP && error.message == MSG_NO_MEMORY);
    huge = SIZE_MAX;
    row_check(4, buffer_add(&buffer, "x", huge, &error) == STOP && buffer.size == 20000);
    buffer_free(&buffer);
    row_check(5, buffer.bytes == NULL && buffer.size == 0);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory),           cmocka_unit_test(taking),  cmocka_unit_test(filling),
        cmocka_unit_test(arrays_and_texts), cmocka_unit_test(buffers),
    };
    return check_run(tests);
}
