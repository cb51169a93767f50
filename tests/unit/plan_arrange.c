/* Letters arranged: which share a piece, sorted by rank, groups in lots, households kept aside. COUNT (2000) records in
 * the property; with more than a million it says what memory they took. */
#include "plan/arrange.h"
#include "base/os.h"
#include "plan/schedule.h"

#include "unit/check.h"

#include <stdlib.h>

/* A record a letter: a-z printed and of that key, capital 本人, '1' alone, P protected, . held, / the route after it. */
static struct plan *make(const char *list)
{
    struct error error;
    struct plan *plan;
    uint8_t route = 0;
    assert_int_equal(plan_new(&plan, &error), OK);
    for (const char *at = list; *at; at++) {
        struct plan_entry entry = {.outcome = PLAN_PRINTED, .route = route};
        if (*at == '/') {
            route++;
            continue;
        }
        if (*at == 'P')
            entry.outcome = PLAN_PROTECTED;
        else if (*at == '.')
            entry.outcome = PLAN_HELD;
        assert_int_equal(plan_add(plan, &entry, &error), OK);
    }
    plan_households_begin(plan);
    assert_int_equal(plan_households_end(plan, 9, 4711, &error), OK);
    return plan;
}

static void give_keys(struct plan *plan, const char *list)
{
    struct error error;
    uint64_t index = 0;
    plan_letters_begin(plan);
    for (const char *at = list; *at; at++) {
        if (*at == '/')
            continue;
        if (plan_is_letter(plan, index)) {
            uint64_t key = (uint64_t)(*at | 32) << 8 | plan_at(plan, index)->route;
            plan_letter_key(plan, index, *at == '1' ? 0 : key * 0x9E3779B97F4A7C15u, *at >= 'a');
        }
        index++;
    }
    assert_int_equal(plan_letters_link(plan, &error), OK);
}

static uint32_t one_sheet(void *context, struct plan *plan, uint64_t index)
{
    (void)context;
    (void)plan;
    (void)index;
    return 1;
}

static uint32_t tens(void *context, uint32_t route, uint32_t rank)
{
    (void)context;
    return route ? 0 : rank / 10;
}

static uint32_t one_slip(void *context, uint32_t route, uint32_t pieces)
{
    (void)context;
    (void)route;
    return pieces ? 1 : 9;
}

/* "0,2|1 . 3": pieces by |, lots by a full stop; groups as key:pieces behind it. */
static void describe(const struct schedule *schedule, char *out)
{
    for (uint32_t i = 0; i < schedule->lot_count; i++) {
        const struct schedule_lot *lot = &schedule->lots[i];
        if (i)
            out += sprintf(out, " . ");
        for (uint64_t at = lot->first; at < lot->first + lot->letters; at++) {
            const char *mark = at == lot->first ? "" : schedule_starts_piece(schedule, at) ? "|" : ",";
            out += sprintf(out, "%s%d", mark, (int)schedule_at(schedule, at));
        }
        for (uint32_t p = lot->first_part; p < lot->first_part + lot->parts; p++)
            out += sprintf(out, " [%u.%u %u:%u]", schedule->parts[p].group, schedule->parts[p].part,
                           schedule->parts[p].key, schedule->parts[p].pieces);
    }
    *out = '\0';
}

static void pieces(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *list, *want;
        uint32_t sheets, lot;
    } rows[] = {
        {1, "", "", 0, 9},
        {2, "aAbB", "1,0|3,2", 0, 9},           /* 本人 first */
        {3, "ababa", "0,2,4|1,3", 0, 9},        /* at the place of the first */
        {4, "aaaaa", "0,1|2,3|4", 2, 9},        /* two sheets at most */
        {5, "aaaaa", "0|1|2|3|4", 1, 9},
        {6, "a.a", "0,2", 0, 9},
        {7, "aPaP", "0,2 . 1|3", 0, 9},         /* protected people share nothing */
        {8, "1a1a", "0|1,3|2", 0, 9},           /* who has no key is alone */
        {9, "ab/ab", "0|1 . 2|3", 0, 9},        /* routes share nothing */
        {10, "aabb", "0,1 . 2,3", 0, 3},        /* a piece is in one lot */
        {11, "aaaabb", "0,1,2,3 . 4,5", 0, 3},  /* also when it is too large for one */
        {12, "111", "0|1|2", 0, 9},
        {13, ".....", "", 0, 9},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct plan *plan = make(rows[i].list);
        struct schedule_order order = {.lot_letters = rows[i].lot,
                                       .sheets = one_sheet,
                                       .arranged = true,
                                       .share_pieces = true,
                                       .piece_sheets = rows[i].sheets};
        struct schedule schedule;
        struct error error;
        char have[400];
        give_keys(plan, rows[i].list);
        assert_int_equal(schedule_make(plan, &order, &schedule, &error), OK);
        describe(&schedule, have);
        row_check(rows[i].row, strcmp(have, rows[i].want) == 0);
        for (uint64_t r = 0; r < plan_count(plan); r++) /* nothing is left behind */
            row_check(rows[i].row, plan_at(plan, r)->message == 0);
        schedule_free(&schedule);
        plan_free(plan);
    }
    check_rows();
}

static void groups(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *ranks, *want; /* a two-digit rank each record; key = its tens */
        uint32_t lot, sheets;
        bool by_group;
    } rows[] = {
        {1, "11 11 21", "0|1|2 [1.1 1:2] [2.1 2:1]", 9, 0, false},
        {2, "21 11 22", "1|0|2 [1.1 1:1] [2.1 2:2]", 9, 0, false},
        {3, "11 11 11 21", "0|1 [1.1 1:2] . 2|3 [1.2 1:1] [2.1 2:1]", 2, 0, false}, /* a bundle in two lots */
        {4, "05 11 09", "0|2|1 [1.1 1:1]", 9, 0, false},                            /* key 0: in none */
        {5, "11 21 31", "0 [1.1 1:1] . 1 [2.1 2:1] . 2 [3.1 3:1]", 9, 0, true},     /* a lot a group */
        {6, "11 11 21 31", "0|1|2 [1.1 1:2] [2.1 2:1] . 3 [3.1 3:1]", 9, 4, true}, /* ... when it is full, slips counted */
        {7, "11 11 11 11", "0|1|2 [1.1 1:3] . 3 [1.2 1:1]", 3, 0, true},
        {8, "19 18 17", "2|1|0 [1.1 1:3]", 9, 0, false}, /* by rank within the group */
        {9, "11 11 21", "0|1 [1.1 1:2] . 2 [2.1 2:1]", 9, 3, false}, /* slips count for lots by sheets */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char list[20] = "", have[400];
        size_t count = (strlen(rows[i].ranks) + 1) / 3;
        memset(list, '1', count);
        struct plan *plan = make(list);
        struct schedule_order order = {.lot_letters = rows[i].lot,
                                       .lot_sheets = rows[i].sheets,
                                       .lot_by_group = rows[i].by_group,
                                       .sheets = one_sheet,
                                       .arranged = true,
                                       .group = tens,
                                       .slips = one_slip};
        struct schedule schedule;
        struct error error;
        uint32_t slips = 0;
        plan_letters_begin(plan);
        for (size_t r = 0; r < count; r++)
            plan_letter_rank(plan, r, (uint32_t)atoi(rows[i].ranks + 3 * r));
        assert_int_equal(schedule_make(plan, &order, &schedule, &error), OK);
        describe(&schedule, have);
        row_check(rows[i].row, strcmp(have, rows[i].want) == 0);
        for (uint32_t l = 0; l < schedule.lot_count; l++)
            slips += schedule.lots[l].slips;
        row_check(rows[i].row, slips == schedule.part_count);
        schedule_free(&schedule);
        plan_free(plan);
    }
    check_rows();
}

/* Letters of households keep their members while keys stand in their place. */
static void households(void **state)
{
    (void)state;
    struct error error;
    struct plan *plan;
    const uint32_t *later;
    assert_int_equal(plan_new(&plan, &error), OK);
    for (int i = 0; i < 8; i++) {
        struct plan_entry entry = {.outcome = i == 6 ? PLAN_PROTECTED : PLAN_PRINTED};
        assert_int_equal(plan_add(plan, &entry, &error), OK);
    }
    plan_households_begin(plan);
    plan_households_add(plan, 1, 77); /* 1 and 4; 2 alone in its own; 3, 5, 7: too many */
    plan_households_add(plan, 4, 77);
    plan_households_add(plan, 2, 78);
    for (int i = 3; i < 8; i += 2)
        plan_households_add(plan, (uint64_t)i, 79);
    assert_int_equal(plan_households_end(plan, 2, 4711, &error), OK);
    plan_letters_begin(plan);
    for (uint64_t i = 0; i < 8; i++)
        if (plan_is_letter(plan, i))
            plan_letter_key(plan, i, i < 2 ? 5 : 0, false);
    assert_int_equal(plan_letters_link(plan, &error), OK);
    row_check(1, plan_letter_first(plan, 1) == 0 && plan_letter_first(plan, 2) == 2);
    plan_letters_end(plan);
    row_check(2, plan_members(plan, 1, &later) == 2 && later[0] == 4);
    row_check(3, plan_members(plan, 2, &later) == 1 && plan_members(plan, 0, &later) == 0);
    row_check(4, plan_first(plan, 4) == 1 && plan_follows(plan, 4));
    row_check(5, plan_at(plan, 3)->outcome == PLAN_HELD && plan_at(plan, 3)->message == 4711);
    plan_put_sequence(plan, 1, 9);
    row_check(6, plan_sequence(plan, 4) == 9 && plan_sequence(plan, 0) == 0);

    /* one number on two letters holds both, and all of the household */
    plan_letters_begin(plan);
    for (uint64_t i = 0; i < 8; i++)
        if (plan_is_letter(plan, i))
            plan_letter_key(plan, i, i < 2 ? 5 : 0, false);
    assert_int_equal(plan_letters_once(plan, 4712, 3, &error), OK);
    plan_letters_end(plan);
    row_check(7, plan_at(plan, 0)->message == 4712 && plan_at(plan, 1)->message == 4712);
    row_check(8, plan_at(plan, 4)->message == 4712 && plan_at(plan, 4)->outcome == PLAN_HELD);
    row_check(9, plan_at(plan, 2)->outcome == PLAN_PRINTED && plan_at(plan, 2)->message == 0);
    plan_free(plan);
    check_rows();
}

static uint64_t chance(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state >> 33;
}

/* Every letter once; pieces whole; ranks ascending in a route; 本人 before others. */
static void any_list(void **state)
{
    (void)state;
    uint64_t seed = getenv("SEED") ? strtoull(getenv("SEED"), NULL, 10) : 1;
    uint64_t count = getenv("COUNT") ? strtoull(getenv("COUNT"), NULL, 10) : 2000;
    struct error error;
    struct plan *plan;
    uint64_t before = os_peak_kb();
    assert_int_equal(plan_new(&plan, &error), OK);
    for (uint64_t i = 0; i < count; i++) {
        struct plan_entry entry = {.outcome = chance(&seed) % 9 ? PLAN_PRINTED : PLAN_HELD,
                                   .route = chance(&seed) % 3};
        assert_int_equal(plan_add(plan, &entry, &error), OK);
    }
    plan_households_begin(plan);
    assert_int_equal(plan_households_end(plan, 9, 1, &error), OK);
    plan_letters_begin(plan);
    for (uint64_t i = 0; i < count; i++) {
        uint64_t key = (chance(&seed) % (count / 2 + 1) * 3 + plan_at(plan, i)->route + 1) * 0x9E3779B97F4A7C15u;
        if (plan_is_letter(plan, i))
            plan_letter_key(plan, i, key, chance(&seed) % 2);
    }
    assert_int_equal(plan_letters_link(plan, &error), OK);
    for (uint64_t i = 0; i < count; i++)
        if (plan_is_letter(plan, i)) /* one rank a group, as one address has one postcode */
            plan_letter_rank(plan, i, (uint32_t)(plan_letter_first(plan, i) * 2654435761u % PLAN_RANKS));
    struct schedule_order order = {.lot_letters = 100, .sheets = one_sheet, .arranged = true, .share_pieces = true};
    struct schedule schedule;
    assert_int_equal(schedule_make(plan, &order, &schedule, &error), OK);
    uint8_t *seen = calloc(count ? count : 1, 1);
    bool good = true;
    for (uint64_t at = 0; at < schedule.letters; at++)
        good = good && !seen[schedule_at(&schedule, at)]++ &&
               plan_sequence(plan, schedule_at(&schedule, at)) == at + 1;
    row_check(1, good);
    row_check(2, schedule.letters == plan_total(plan, PLAN_PRINTED));
    row_check(3, schedule.printed.letters == schedule.letters && schedule.printed.pieces <= schedule.letters);
    if (count > 1000000)
        printf("%llu records: %llu KB at most, %llu are allowed\n", (unsigned long long)count,
               (unsigned long long)(os_peak_kb() - before), (unsigned long long)(65536 + count * 32 / 1024));
    row_check(4, os_peak_kb() - before <= 65536 + count * 32 / 1024);
    free(seen);
    schedule_free(&schedule);
    plan_free(plan);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces),
        cmocka_unit_test(groups),
        cmocka_unit_test(households),
        cmocka_unit_test(any_list),
    };
    return check_run(tests);
}
