/* Households: members together, strangers never, in any order of the file. */
#include "plan/plan.h"

#include "unit/check.h"

enum { TOO_LARGE = 4712 };

/* keys: one letter a record, '-' = a letter of its own. */
static struct plan *group(const char *keys, uint32_t most)
{
    struct error error;
    struct plan *plan;
    assert_int_equal(plan_new(&plan, &error), OK);
    for (uint64_t i = 0; keys[i]; i++) {
        struct plan_entry entry = {.offset = i, .hash = {1, 2}, .outcome = PLAN_PRINTED};
        assert_int_equal(plan_add(plan, &entry, &error), OK);
    }
    plan_households_begin(plan);
    for (uint64_t i = 0; keys[i]; i++)
        if (keys[i] != '-')
            plan_households_add(plan, i, (uint64_t)keys[i] * 0x9E3779B97F4A7C15u);
    assert_int_equal(plan_households_end(plan, most, TOO_LARGE, &error), OK);
    return plan;
}

/* The letters in printing order, members by index: "0,3 1 2" */
static void letters(struct plan *plan, char *out)
{
    bool first = true;
    *out = '\0';
    for (uint64_t i = 0; i < plan_count(plan); i++) {
        const uint32_t *later;
        uint32_t count = plan_members(plan, i, &later);
        if (plan_follows(plan, i) || plan_at(plan, i)->outcome != PLAN_PRINTED)
            continue;
        if (!first)
            out += sprintf(out, " ");
        first = false;
        out += sprintf(out, "%d", (int)i);
        for (uint32_t m = 1; m < count; m++)
            out += sprintf(out, ",%d", (int)later[m - 1]);
    }
}

static void grouping(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *keys, *want;
        uint32_t most;
    } rows[] = {
        {1, "", "", 9},
        {2, "-", "0", 9},
        {3, "a", "0", 9},
        {4, "aa", "0,1", 9},
        {5, "ab", "0 1", 9},
        {6, "aba", "0,2 1", 9},
        {7, "abcabc", "0,3 1,4 2,5", 9},
        {8, "a-a-a", "0,2,4 1 3", 9},
        {9, "--", "0 1", 9},
        {10, "zyxwvutsrqponmlkjihgfedcba",
         "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25", 9},
        {11, "aaab", "0,1,2 3", 3},
        {12, "aaaab", "4", 3}, /* too large: held whole */
        {13, "baaaab", "0,5", 3},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct plan *plan = group(rows[i].keys, rows[i].most);
        char have[200];
        letters(plan, have);
        row_check(rows[i].row, strcmp(have, rows[i].want) == 0);
        for (uint64_t k = 0; k < plan_count(plan); k++) {
            const struct plan_entry *entry = plan_at(plan, k);
            row_check(rows[i].row, entry->message == (entry->outcome == PLAN_HELD ? TOO_LARGE : 0));
            row_check(rows[i].row, plan_first(plan, k) <= k);
        }
        plan_free(plan);
    }
    check_rows();
}

static void sequences(void **state)
{
    (void)state;
    struct plan *plan = group("a-ba", 9);
    const uint32_t *later;
    row_check(1, plan_sequence(plan, 0) == 0 && plan_sequence(plan, 3) == 0);
    plan_put_sequence(plan, 0, 1);
    row_check(2, plan_sequence(plan, 0) == 1);
    row_check(3, plan_sequence(plan, 3) == 1);
    row_check(4, plan_sequence(plan, 1) == 0);
    plan_put_sequence(plan, 1, 2);
    row_check(5, plan_sequence(plan, 1) == 2);
    row_check(6, plan_members(plan, 0, &later) == 2 && later[0] == 3); /* its number costs no member */
    row_check(7, plan_members(plan, 2, &later) == 1);
    row_check(8, plan_first(plan, 3) == 0 && plan_follows(plan, 3) && !plan_follows(plan, 0));
    plan_free(plan);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(grouping), cmocka_unit_test(sequences)};
    return check_run(tests);
}
