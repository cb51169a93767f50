/* The index of the whole list: doubles found and proved, totals, growth over blocks. */
#include "plan/plan.h"

#include "unit/check.h"

struct list {
    const char *ids; /* one letter a record: its 整理番号 */
    unsigned reads;
};

static enum status same_letter(void *context, uint64_t a, uint64_t b, bool *same,
                               struct error *error)
{
    struct list *list = context;
    (void)error;
    list->reads++;
    *same = list->ids[a] == list->ids[b];
    return OK;
}

static enum status cannot_read(void *context, uint64_t a, uint64_t b, bool *same,
                               struct error *error)
{
    (void)context, (void)a, (void)b, (void)same;
    return error_set(error, MSG_READ_FAILED);
}

/* hashes: one digit a record; 0 = the id could not be read. */
static struct plan *make(const char *hashes)
{
    struct error error;
    struct plan *plan;
    assert_int_equal(plan_new(&plan, &error), OK);
    for (uint64_t i = 0; hashes[i]; i++) {
        uint64_t digit = (uint64_t)(hashes[i] - '0');
        struct plan_entry entry = {
            .offset = i * 10, .id_hash = digit ? digit << 48 | digit : 0, .outcome = PLAN_PRINTED};
        assert_int_equal(plan_add(plan, &entry, &error), OK);
    }
    return plan;
}

static void doubles(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *ids, *hashes, *held; /* held: x or . a record */
    } rows[] = {
        {1, "", "", ""},
        {2, "a", "1", "."},
        {3, "ab", "12", ".."},
        {4, "aa", "11", "xx"},
        {5, "aba", "121", "x.x"},
        {6, "abcabc", "123123", "xxxxxx"},
        {7, "aaab", "1112", "xxx."},
        {8, "ab", "11", ".."},    /* one hash, two ids: no double */
        {9, "aba", "111", "x.x"}, /* one hash, two ids, one of them doubled */
        {10, "abab", "1111", "xxxx"},
        {11, "aa", "00", ".."}, /* ids that could not be read are not compared */
        {12, "abcdefgha", "123456781", "x.......x"},
        {13, "aaaaaaaaaaaaaaaaaaaaaaaaab", "11111111111111111111111112",
         "xxxxxxxxxxxxxxxxxxxxxxxxx."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct list list = {rows[i].ids, 0};
        struct plan_reader reader = {same_letter, &list};
        struct plan *plan = make(rows[i].hashes);
        struct error error;
        assert_int_equal(plan_close(plan, &reader, 4711, 3, &error), OK);
        for (uint64_t k = 0; rows[i].held[k]; k++) {
            const struct plan_entry *entry = plan_at(plan, k);
            bool held = rows[i].held[k] == 'x';
            row_check(rows[i].row, (entry->outcome == PLAN_HELD) == held);
            row_check(rows[i].row, entry->message == (held ? 4711 : 0));
            row_check(rows[i].row, entry->column == (held ? 4 : 0));
            row_check(rows[i].row, entry->offset == k * 10);
        }
        row_check(rows[i].row, plan_total(plan, PLAN_HELD) + plan_total(plan, PLAN_PRINTED) ==
                                   strlen(rows[i].ids));
        plan_free(plan);
    }
    check_rows();
}

static void failing_reader(void **state)
{
    (void)state;
    struct plan_reader reader = {cannot_read, NULL};
    struct plan *plan = make("11");
    struct error error;
    row_check(1, plan_close(plan, &reader, 1, 0, &error) == STOP);
    row_check(2, error.message == MSG_READ_FAILED);
    plan_free(plan);
    plan_free(NULL);
    check_rows();
}

/* More records than a block holds; every tenth id stands twice, 100,000 records apart. */
static void many(void **state)
{
    (void)state;
    enum { COUNT = 200000, APART = 100000 };
    struct list list = {NULL, 0};
    struct error error;
    struct plan *plan;
    char *ids = test_calloc(COUNT, 1);
    struct plan_reader reader = {same_letter, &list};

    assert_int_equal(plan_new(&plan, &error), OK);
    for (uint64_t i = 0; i < COUNT; i++) {
        uint64_t id = i >= APART && i % 10 == 0 ? i - APART : i;
        struct plan_entry entry = {.id_hash = (id + 1) * 0x9E3779B97F4A7C15u,
                                   .outcome = PLAN_PRINTED};
        assert_int_equal(plan_add(plan, &entry, &error), OK);
    }
    list.ids = ids;
    row_check(1, plan_count(plan) == COUNT);
    row_check(2, plan_close(plan, &reader, 1, 0, &error) == OK);
    row_check(3, plan_total(plan, PLAN_HELD) == 2 * (COUNT - APART) / 10);
    row_check(4, list.reads == (COUNT - APART) / 10);
    row_check(5,
              plan_at(plan, 0)->outcome == PLAN_HELD && plan_at(plan, APART)->outcome == PLAN_HELD);
    row_check(6, plan_at(plan, 1)->outcome == PLAN_PRINTED);
    row_check(7, plan_row(0) == 2);
    test_free(ids);
    plan_free(plan);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(doubles), cmocka_unit_test(failing_reader),
                                       cmocka_unit_test(many)};
    return check_run(tests);
}
