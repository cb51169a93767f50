/* The order of letters and the cutting of lots: routes, protected people, households, sequence numbers. */
#include "plan/schedule.h"

#include "unit/check.h"

#include <stdlib.h>

/* One letter a record: a-h printed, route 0-7; P protected; . held; - follow-up; upper-case A-H: of a household, those
 * of one letter share it. */
static struct plan *make(const char *list)
{
    struct error error;
    struct plan *plan;
    assert_int_equal(plan_new(&plan, &error), OK);
    for (const char *at = list; *at; at++) {
        struct plan_entry entry = {.outcome = PLAN_PRINTED};
        if (*at == 'P')
            entry.outcome = PLAN_PROTECTED;
        else if (*at == '.' || *at == '-')
            entry.outcome = *at == '.' ? PLAN_HELD : PLAN_FOLLOW_UP;
        else
            entry.route = (uint8_t)((*at | 32) - 'a');
        assert_int_equal(plan_add(plan, &entry, &error), OK);
    }
    plan_households_begin(plan);
    for (uint64_t i = 0; list[i]; i++)
        if (list[i] >= 'A' && list[i] <= 'H')
            plan_households_add(plan, i, (uint64_t)list[i] * 0x9E3779B97F4A7C15u);
    assert_int_equal(plan_households_end(plan, 9, 4711, &error), OK);
    return plan;
}

static uint32_t two_for_households(void *context, struct plan *plan, uint64_t index)
{
    const uint32_t *later;
    (void)context;
    return plan_members(plan, index, &later) > 1 ? 2 : 1;
}

/* "0:1,3 1:5 P:2" : route, then the records of each lot. */
static void describe(const struct schedule *schedule, char *out)
{
    *out = '\0';
    for (uint32_t i = 0; i < schedule->lot_count; i++) {
        const struct schedule_lot *lot = &schedule->lots[i];
        out += sprintf(out, i ? " " : "");
        out += lot->route == SCHEDULE_PROTECTED ? sprintf(out, "P") : sprintf(out, "%u", lot->route);
        for (uint64_t at = lot->first; at < lot->first + lot->letters; at++)
            out += sprintf(out, at == lot->first ? ":%d" : ",%d", (int)schedule_at(schedule, at));
    }
}

static void orders(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *list, *want;
        uint32_t lot;
        uint8_t first;
        bool by_input;
    } rows[] = {
        {1, "", "", 3, 0, true},
        {2, "a", "0:0", 3, 0, true},
        {3, "..-", "", 3, 0, true},
        {4, "aaaa", "0:0,1,2 0:3", 3, 0, true},
        {5, "aaaaaa", "0:0,1,2 0:3,4,5", 3, 0, true},
        {6, "a.a-a", "0:0,2,4", 3, 0, true},
        {7, "aPaP", "0:0,2 P:1,3", 3, 0, true},
        {8, "PPPP", "P:0,1,2 P:3", 3, 0, true},
        {9, "ab", "0:0 1:1", 3, 0, true}, /* the order of the file all the same */
        {10, "ba", "0:1 1:0", 3, 0, false},
        {11, "ba", "1:0 0:1", 3, 1, true}, /* the job's own route first */
        {12, "abcabc", "2:2,5 0:0,3 1:1,4", 3, 2, false},
        {13, "hghg", "6:1,3 7:0,2", 3, 0, false},
        {14, "AaA", "0:0,1", 3, 0, true},
        {15, "AAAAAA", "0:0", 1, 0, true}, /* six people, one letter */
        {16, "ABAB", "0:0 1:1", 3, 0, true},
        {17, "aaa", "0:0 0:1 0:2", 1, 0, true},
        {18, "bPa.bP", "0:2 1:0,4 P:1,5", 3, 0, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct plan *plan = make(rows[i].list);
        struct schedule_order order = {
            .first_route = rows[i].first, .lot_letters = rows[i].lot, .sheets = two_for_households};
        struct schedule schedule;
        struct error error;
        char have[200];
        assert_int_equal(schedule_make(plan, &order, &schedule, &error), OK);
        describe(&schedule, have);
        row_check(rows[i].row, strcmp(have, rows[i].want) == 0);
        row_check(rows[i].row, schedule.by_input == rows[i].by_input);
        schedule_free(&schedule);
        plan_free(plan);
    }
    check_rows();
}

static void counts(void **state)
{
    (void)state;
    struct plan *plan = make("bAPaAP.a");
    struct schedule_order order = {
            .first_route = 0, .lot_letters = 2, .sheets = two_for_households};
    struct schedule schedule;
    struct error error;
    assert_int_equal(schedule_make(plan, &order, &schedule, &error), OK);
    row_check(1, schedule.printed.letters == 4 && schedule.printed.people == 5);
    row_check(2, schedule.printed.sheets == 5 && schedule.printed.pieces == 4);
    row_check(3, schedule.hidden.letters == 2 && schedule.hidden.people == 2);
    row_check(4, schedule.printed.lots == 3 && schedule.hidden.lots == 1);
    row_check(5, schedule.lots[0].people == 3 && schedule.lots[0].sheets == 3); /* the household, and one */
    row_check(6, schedule.lots[1].number == 2 && schedule.lots[1].first_sequence == 3);
    row_check(7, schedule.lots[2].route == 1 && schedule.lots[2].number == 1);
    row_check(8, schedule.lots[2].first_sequence == 4 && schedule.lots[2].first_piece == 4);
    row_check(9, schedule.lots[3].first_sequence == 1); /* protected letters count for themselves */
    row_check(10, plan_sequence(plan, 1) == 1 && plan_sequence(plan, 4) == 1);
    row_check(11, plan_sequence(plan, 3) == 2 && plan_sequence(plan, 7) == 3);
    row_check(12, plan_sequence(plan, 0) == 4 && plan_sequence(plan, 6) == 0);
    const uint32_t *later; /* the number costs no member */
    row_check(13, plan_members(plan, 1, &later) == 2 && later[0] == 4);
    schedule_free(&schedule);
    plan_free(plan);
    check_rows();
}

static struct digest digest_of_list(const char *list, uint32_t lot)
{
    struct plan *plan = make(list);
    struct schedule_order order = {
            .first_route = 0, .lot_letters = lot, .sheets = two_for_households};
    struct schedule schedule;
    struct digester *digester;
    struct digest digest;
    struct error error;
    assert_int_equal(schedule_make(plan, &order, &schedule, &error), OK);
    assert_int_equal(digester_new(&digester, &error), OK);
    digest_start(digester);
    schedule_digest(&schedule, plan, digester);
    assert_int_equal(digest_end(digester, &digest, &error), OK);
    digester_free(digester);
    schedule_free(&schedule);
    plan_free(plan);
    return digest;
}

static void digests(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *other;
        uint32_t lot;
        bool same;
    } rows[] = {
        {1, "aab.", 3, true},  {2, "aba.", 3, false},  {3, "aaa.", 3, false}, {4, "aab-", 3, false},
        {5, "aabP", 3, false}, {6, "aab..", 3, false}, {7, "aab", 3, false},  {8, "aab.", 1, false},
    };
    struct digest first = digest_of_list("aab.", 3);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct digest other = digest_of_list(rows[i].other, rows[i].lot);
        row_check(rows[i].row, (memcmp(&first, &other, sizeof first) == 0) == rows[i].same);
    }
    check_rows();
}

/* Any list: every letter stands in exactly one lot, sequences run without a gap, no lot is too large. */
static void properties(void **state)
{
    (void)state;
    unsigned seed = 7;
    for (int turn = 0; turn < 200; turn++) {
        char list[301];
        size_t size = (seed = seed * 1103515245u + 12345u) / 65536 % 300;
        for (size_t i = 0; i < size; i++)
            list[i] = "aabbcdhPAB.-"[(seed = seed * 1103515245u + 12345u) / 65536 % 12];
        list[size] = '\0';
        struct plan *plan = make(list);
        struct schedule_order order = {
            .first_route = (uint8_t)(turn % 8), .lot_letters = (uint32_t)(turn % 9 + 1), .sheets = two_for_households};
        struct schedule schedule;
        struct error error;
        assert_int_equal(schedule_make(plan, &order, &schedule, &error), OK);
        uint64_t at = 0, sequence = 0, wrong = 0;
        for (uint32_t i = 0; i < schedule.lot_count; i++) {
            const struct schedule_lot *lot = &schedule.lots[i];
            if (lot->route == SCHEDULE_PROTECTED && i && schedule.lots[i - 1].route != SCHEDULE_PROTECTED)
                sequence = 0;
            wrong += lot->first != at || lot->letters == 0 || lot->letters > order.lot_letters ||
                     lot->first_sequence != sequence + 1;
            for (uint64_t end = at + lot->letters; at < end; at++)
                wrong += plan_sequence(plan, schedule_at(&schedule, at)) != ++sequence ||
                         plan_follows(plan, schedule_at(&schedule, at));
        }
        row_check(turn, wrong == 0 && at == schedule.letters);
        row_check(turn, schedule.printed.people == plan_total(plan, PLAN_PRINTED) &&
                            schedule.hidden.people == plan_total(plan, PLAN_PROTECTED));
        schedule_free(&schedule);
        plan_free(plan);
    }
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(orders), cmocka_unit_test(counts),
                                       cmocka_unit_test(digests), cmocka_unit_test(properties)};
    return check_run(tests);
}
