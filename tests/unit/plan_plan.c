/* The index of the whole list: doubles found and proved, totals, growth over blocks. */
#include "plan/plan.h"

#include "unit/check.h"

struct list {
    const char *ids; /* one letter a record: its 整理番号 */
    unsigned reads;
};

static enum status same_letter(void *context, enum plan_key key, uint64_t a, uint64_t b, bool *same,
                               struct error *error)
{
    struct list *list = context;
    (void)error, (void)key;
    list->reads++;
    *same = list->ids[a] == list->ids[b];
    return OK;
}

static enum status cannot_read(void *context, enum plan_key key, uint64_t a, uint64_t b, bool *same,
                               struct error *error)
{
    (void)context, (void)key, (void)a, (void)b, (void)same;
    return error_set(error, MSG_READ_FAILED);
}

/* hashes: one digit a record; 0 = the id could not be read. */
static struct plan *make(const char *hashes, enum plan_key key)
{
    struct error error;
    struct plan *plan;
    assert_int_equal(plan_new(&plan, &error), OK);
    for (uint64_t i = 0; hashes[i]; i++) {
        uint32_t digit = (uint32_t)(hashes[i] - '0');
        struct plan_entry entry = {.offset = i * 10, .outcome = PLAN_PRINTED};
        entry.hash[key] = digit * 7919u;
        assert_int_equal(plan_add(plan, &entry, &error), OK);
    }
    return plan;
}

static void doubles_of(enum plan_key key)
{
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
        struct plan *plan = make(rows[i].hashes, key);
        struct error error;
        assert_int_equal(plan_close(plan, key, &reader, 4711, 3, &error), OK);
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

static void doubles(void **state)
{
    (void)state;
    doubles_of(PLAN_ID);
    doubles_of(PLAN_PERSON);
}

/* What is held already keeps its first reason. */
static void first_reason(void **state)
{
    (void)state;
    struct list list = {"aab", 0};
    struct plan_reader reader = {same_letter, &list};
    struct plan *plan = make("113", PLAN_ID);
    struct error error;
    plan_hold(plan, 1, 99, 7);
    row_check(1, plan_close(plan, PLAN_ID, &reader, 4711, 3, &error) == OK);
    row_check(2, plan_at(plan, 0)->message == 4711 && plan_at(plan, 0)->column == 4);
    row_check(3, plan_at(plan, 1)->message == 99 && plan_at(plan, 1)->column == 7);
    row_check(4, plan_at(plan, 2)->outcome == PLAN_PRINTED);
    plan_free(plan);
    check_rows();
}

static void failing_reader(void **state)
{
    (void)state;
    struct plan_reader reader = {cannot_read, NULL};
    struct plan *plan = make("11", PLAN_ID);
    struct error error;
    row_check(1, plan_close(plan, PLAN_ID, &reader, 1, 0, &error) == STOP);
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
        struct plan_entry entry = {.hash = {(uint32_t)((id + 1) * 0x9E3779B1u)},
                                   .outcome = PLAN_PRINTED};
        assert_int_equal(plan_add(plan, &entry, &error), OK);
    }
    list.ids = ids;
    row_check(1, plan_count(plan) == COUNT);
    row_check(2, plan_close(plan, PLAN_ID, &reader, 1, 0, &error) == OK);
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
    const struct CMUnitTest tests[] = {cmocka_unit_test(doubles), cmocka_unit_test(first_reason),
                                       cmocka_unit_test(failing_reader), cmocka_unit_test(many)};
    return check_run(tests);
}
