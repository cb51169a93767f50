/* Guards from real incidents: dates out of order, 有効期限 against the age, stuck fields, repeats. Both ways: what
 * must be told, and the innocent that must not. */
#include "guard/incidents.h"

#include "unit/check.h"

#include <stdlib.h>

/* -- dates -- */

struct dated {
    int row;
    const char *birth, *acquired, *registered, *expiry;
    enum message want;
    unsigned slot;
};

static struct date day(int number)
{
    return (struct date){(int16_t)(number / 10000), (uint8_t)(number / 100 % 100),
                         (uint8_t)(number % 100)};
}

static struct job job_of(int as_of, int issued)
{
    struct job job = {0};
    job.notice.as_of = day(as_of);
    job.notice.issued = day(issued);
    return job;
}

static void check_dated(const struct job *job, bool check_expiry, const struct dated *sample)
{
    struct admitted record = {.row = 77};
    struct error error = {0};

    record.value[COLUMN_BIRTH] = text_of(sample->birth);
    record.value[COLUMN_ACQUIRED] = text_of(sample->acquired);
    record.value[COLUMN_REGISTERED] = text_of(sample->registered);
    record.value[COLUMN_EXPIRY] = text_of(sample->expiry);
    enum status status = incident_dates(job, &record, check_expiry, &error);
    row_check(sample->row, status == (sample->want ? REJECT : OK));
    row_check(sample->row, error.message == sample->want);
    if (!sample->want)
        return;
    row_check(sample->row, message_kind(error.message) == KIND_HOLD);
    row_check(sample->row, error.row == 77);
    row_check(sample->row, strcmp(error.name, column_name(sample->slot)) == 0);
    row_check(sample->row, incident_dates(job, &record, check_expiry, NULL) == REJECT);
}

static void dates_in_order(void **state)
{
    static const struct dated samples[] = {
        {1, "1980-05-06", "2008-04-01", "2008-04-10", "", MSG_NONE, 0},
        {2, "", "", "", "", MSG_NONE, 0},
        {3, "昭和55年5月6日", "H20.4.1", "20080410", "R7.7.31", MSG_NONE, 0},
        /* birth and acquisition: a newborn is insured from the first day */
        {10, "2024-06-01", "2024-06-01", "", "", MSG_NONE, 0},
        {11, "2024-06-01", "2024-05-31", "", "", MSG_ACQUIRED_BEFORE_BIRTH, COLUMN_ACQUIRED},
        {12, "2024-06-01", "2023-06-01", "", "", MSG_ACQUIRED_BEFORE_BIRTH, COLUMN_ACQUIRED},
        {13, "令和6年6月1日", "平成31年4月30日", "", "", MSG_ACQUIRED_BEFORE_BIRTH,
         COLUMN_ACQUIRED},
        {14, "S64.1.7", "H1.1.8", "", "", MSG_NONE, 0},
        {15, "H1.1.8", "S64.1.7", "", "", MSG_ACQUIRED_BEFORE_BIRTH, COLUMN_ACQUIRED},
        {16, "2024-02-29", "2024-03-01", "", "", MSG_NONE, 0},
        {17, "2024-03-01", "2024-02-29", "", "", MSG_ACQUIRED_BEFORE_BIRTH, COLUMN_ACQUIRED},
        /* acquisition and 基準日 2024-09-10 */
        {20, "1980-05-06", "2024-09-10", "", "", MSG_NONE, 0},
        {21, "1980-05-06", "2024-09-11", "", "", MSG_ACQUIRED_AFTER_AS_OF, COLUMN_ACQUIRED},
        {22, "", "2024-09-11", "", "", MSG_ACQUIRED_AFTER_AS_OF, COLUMN_ACQUIRED},
        {23, "", "2025-01-01", "", "", MSG_ACQUIRED_AFTER_AS_OF, COLUMN_ACQUIRED},
        {24, "2024-12-01", "2024-11-01", "", "", MSG_ACQUIRED_BEFORE_BIRTH, COLUMN_ACQUIRED},
        /* birth and 基準日, where no acquisition says it */
        {30, "2024-09-10", "", "", "", MSG_NONE, 0},
        {31, "2024-09-11", "", "", "", MSG_BORN_AFTER_AS_OF, COLUMN_BIRTH},
        {32, "2024-09-11", "わからない", "", "", MSG_BORN_AFTER_AS_OF, COLUMN_BIRTH},
        /* acquisition and registration */
        {40, "", "2024-04-01", "2024-04-01", "", MSG_NONE, 0},
        {41, "", "2024-04-01", "2024-03-31", "", MSG_REGISTERED_BEFORE_ACQUIRED, COLUMN_REGISTERED},
        {42, "", "2024-04-01", "2024-10-01", "", MSG_NONE, 0},
        {43, "", "", "1999-01-01", "", MSG_NONE, 0},
        {44, "2024-06-01", "", "1999-01-01", "", MSG_NONE, 0},
        {45, "", "2024-04-01", "2024-10-02", "", MSG_REGISTERED_AFTER_ISSUED, COLUMN_REGISTERED},
        {46, "", "", "2042-04-01", "", MSG_REGISTERED_AFTER_ISSUED, COLUMN_REGISTERED},
        /* expiry and 発行日 2024-10-01 */
        {50, "", "", "", "2024-10-01", MSG_NONE, 0},
        {51, "", "", "", "2024-09-30", MSG_EXPIRY_BEFORE_ISSUED, COLUMN_EXPIRY},
        {52, "1980-05-06", "2008-04-01", "", "2024-07-31", MSG_EXPIRY_BEFORE_ISSUED, COLUMN_EXPIRY},
        {53, "1980-05-06", "2008-04-01", "", "2099-12-31", MSG_NONE, 0},
        /* unreadable is the letter's matter */
        {60, "2024-06-31", "2008-04-01", "", "", MSG_NONE, 0},
        {61, "1980-05-06", "2099-02-29", "", "", MSG_NONE, 0},
        {62, "1980-05-06", "45000", "", "", MSG_NONE, 0},
        {63, "1980-05-06", "2008-04-01", "平成32年1月1日", "", MSG_NONE, 0},
        {64, "1980-05-06", "2008-04-01", "", "2024-13-01", MSG_NONE, 0},
        {65, "不明", "2008-04-01", "不明", "不明", MSG_NONE, 0},
        {66, "不明", "2024-09-11", "", "", MSG_ACQUIRED_AFTER_AS_OF, COLUMN_ACQUIRED},
    };
    struct job job = job_of(20240910, 20241001), open = job_of(0, 0);
    const struct dated future = {
        70, "2024-06-01", "2199-05-31", "2199-06-01", "2000-01-01", MSG_NONE, 0};

    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        check_dated(&job, false, &samples[i]);
    check_dated(&open, true, &future); /* neither 基準日 nor 発行日 */
    check_rows();
}

/* Ages 70 to 74 on the day of issue. Born 1954-10-02: 70 on 2024-10-01 at its end. */
struct aged {
    int row, issued;
    const char *birth, *expiry;
    enum message want;
};

static void expiry_and_age(void **state)
{
    static const struct aged samples[] = {
        /* who needs one: from the month behind that of the day before the 70th birthday */
        {1, 20250801, "1980-01-01", "", MSG_NONE},
        {2, 20250801, "1955-08-02", "", MSG_NONE}, /* 70 on 08-01: from September */
        {3, 20250831, "1955-08-02", "", MSG_NONE},
        {4, 20250901, "1955-08-02", "", MSG_EXPIRY_NEEDED},
        {5, 20250731, "1955-08-01", "", MSG_NONE}, /* 70 on 07-31: from August */
        {6, 20250801, "1955-08-01", "", MSG_EXPIRY_NEEDED},
        {7, 20250801, "1955-07-31", "", MSG_EXPIRY_NEEDED}, /* 70 on 07-30: from August */
        {8, 20250731, "1955-07-31", "", MSG_NONE},
        {9, 20241231, "1954-12-15", "", MSG_NONE}, /* over the end of the year */
        {10, 20250101, "1954-12-15", "", MSG_EXPIRY_NEEDED},
        {11, 20250101, "1955-01-01", "", MSG_EXPIRY_NEEDED},
        {12, 20241231, "1955-01-01", "", MSG_NONE},
        {13, 20250101, "昭和29年12月15日", "", MSG_EXPIRY_NEEDED},
        /* until the day before the 75th birthday */
        {20, 20250801, "1950-08-02", "", MSG_EXPIRY_NEEDED},
        {21, 20250801, "1950-08-01", "", MSG_NONE},
        {22, 20250801, "1930-01-01", "", MSG_NONE},
        /* until the next 31 July */
        {30, 20250801, "1953-03-03", "2026-07-31", MSG_NONE},
        {31, 20250801, "1953-03-03", "2026-08-01", MSG_EXPIRY_LATE},
        {32, 20250801, "1953-03-03", "2027-07-31", MSG_EXPIRY_LATE},
        {33, 20250630, "1953-03-03", "2025-07-31", MSG_NONE},
        {34, 20250630, "1953-03-03", "2026-07-31", MSG_EXPIRY_LATE},
        {35, 20250701, "1953-03-03", "2026-07-31", MSG_NONE}, /* the renewal goes out in July */
        {36, 20250731, "1953-03-03", "2026-07-31", MSG_NONE},
        {37, 20250731, "1953-03-03", "2025-07-31", MSG_NONE},
        {38, 20250731, "1953-03-03", "2026-08-01", MSG_EXPIRY_LATE},
        {39, 20251231, "1953-03-03", "2026-07-31", MSG_NONE},
        {40, 20260101, "1953-03-03", "2026-07-31", MSG_NONE},
        {41, 20250801, "1953-03-03", "2025-11-20", MSG_NONE}, /* 在留期限 and the like: earlier */
        {42, 20250801, "1953-03-03", "令和8年7月31日", MSG_NONE},
        {43, 20250801, "1953-03-03", "令和8年8月1日", MSG_EXPIRY_LATE},
        {44, 20250801, "1953-03-03", "2025-07-31", MSG_EXPIRY_BEFORE_ISSUED},
        {45, 20250801, "1953-03-03", "読めない", MSG_NONE},
        {46, 20250801, "1953-02-30", "", MSG_NONE},
        {47, 20250801, "", "", MSG_NONE},
        {48, 20250801, "1980-01-01", "2030-03-31", MSG_NONE},
        /* or before the 75th birthday */
        {60, 20250801, "1951-03-03", "2026-03-02", MSG_NONE},
        {61, 20250801, "1951-03-03", "2026-03-03", MSG_EXPIRY_LATE},
        {62, 20250801, "1951-03-03", "2026-07-31", MSG_EXPIRY_LATE},
        {63, 20250801, "1951-04-01", "2026-03-31", MSG_NONE},
        {64, 20250801, "1951-04-01", "2026-04-01", MSG_EXPIRY_LATE},
        {65, 20250801, "1951-03-01", "2026-02-28", MSG_NONE},
        {66, 20250801, "1951-03-01", "2026-03-01", MSG_EXPIRY_LATE},
        {67, 20250801, "1951-01-01", "2025-12-31", MSG_NONE},
        {68, 20250801, "1951-01-01", "2026-01-01", MSG_EXPIRY_LATE},
        {69, 20250801, "1951-07-31", "2026-07-31", MSG_EXPIRY_LATE},
        {70, 20250801, "1951-08-01", "2026-07-31", MSG_NONE},
        {71, 20250801, "1951-07-31", "2026-07-30", MSG_NONE},
        /* 29 February: 75 at the end of 28 February 2027, 70 on 28 February 2022 */
        {80, 20260801, "1952-02-29", "2027-02-28", MSG_NONE},
        {81, 20260801, "1952-02-29", "2027-03-01", MSG_EXPIRY_LATE},
        {82, 20270228, "1952-02-29", "2027-02-28", MSG_NONE},
        {83, 20270228, "1952-02-29", "", MSG_EXPIRY_NEEDED},
        {84, 20270301, "1952-02-29", "", MSG_NONE},
        {85, 20220228, "1952-02-29", "", MSG_NONE},
        {86, 20220301, "1952-02-29", "", MSG_EXPIRY_NEEDED},
        {87, 20220301, "1952-03-01", "",
         MSG_EXPIRY_NEEDED}, /* 70 on 28 February too, by the day before */
        {88, 20220331, "1952-03-02", "", MSG_NONE},
        {89, 20220401, "1952-03-02", "", MSG_EXPIRY_NEEDED},
        /* day before the birthday is 29 February: 2024 has one, so 74 + 1 year behind 1949 */
        {90, 20230801, "1949-03-01", "2024-02-29", MSG_NONE},
        {91, 20230801, "1949-03-01", "2024-03-01", MSG_EXPIRY_LATE},
        {92, 20240229, "1949-03-01", "", MSG_EXPIRY_NEEDED},
        {93, 20240301, "1949-03-01", "", MSG_NONE},
    };

    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        struct job job = job_of(samples[i].issued, samples[i].issued);
        struct dated sample = {samples[i].row,    samples[i].birth, "",           "",
                               samples[i].expiry, samples[i].want,  COLUMN_EXPIRY};
        check_dated(&job, true, &sample);
        if (samples[i].want == MSG_EXPIRY_NEEDED || samples[i].want == MSG_EXPIRY_LATE) {
            sample.want = MSG_NONE; /* an edition without the rule */
            check_dated(&job, false, &sample);
            job.checks.expiry = CHECK_OFF;
            check_dated(&job, true, &sample);
        }
    }
    check_rows();
}

static void dates_off(void **state)
{
    static const struct dated samples[] = {
        {1, "2024-06-01", "2024-05-31", "", "", MSG_NONE, 0},
        {2, "", "2024-09-11", "", "", MSG_NONE, 0},
        {3, "2024-09-11", "", "", "", MSG_NONE, 0},
        {4, "", "2024-04-01", "2024-03-31", "", MSG_NONE, 0},
        {5, "1980-01-01", "", "", "2024-09-30", MSG_NONE, 0},
        {6, "1953-03-03", "2024-09-11", "", "2025-08-01", MSG_EXPIRY_LATE, COLUMN_EXPIRY},
        {7, "1953-03-03", "", "", "", MSG_EXPIRY_NEEDED, COLUMN_EXPIRY},
    };
    struct job job = job_of(20240910, 20241001);

    (void)state;
    job.checks.dates = CHECK_OFF;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        check_dated(&job, true, &samples[i]);
    check_rows();
}

/* -- beside the neighbours -- */

static struct incidents *incidents_new(enum check_switch stuck, enum check_switch repeated)
{
    struct incidents *incidents = malloc(sizeof *incidents);
    struct job job = {0};
    assert_non_null(incidents);
    memset(incidents, 0xA5, sizeof *incidents);
    job.checks.stuck = stuck;
    job.checks.repeated = repeated;
    incidents_open(incidents, &job);
    return incidents;
}

static struct incident show(struct incidents *incidents, const char *name, const char *last4,
                            const char *birth, uint64_t index)
{
    struct admitted record = {.row = index + 2};
    record.value[COLUMN_NAME] = text_of(name);
    record.value[COLUMN_LAST4] = text_of(last4);
    record.value[COLUMN_BIRTH] = text_of(birth);
    return incidents_next(incidents, &record, index);
}

/* Records as name|last4|birth, with a letter for each distinct value ('-' empty); and what each of them must say:
 * '.' nothing, N stuck name, F stuck last 4, P pair. */
struct listed {
    int row;
    const char *names, *fours, *births, *want;
};

static const char *value_of(char letter, char out[3])
{
    out[0] = letter == '-' ? '\0' : letter;
    out[1] = letter == '-' ? '\0' : letter;
    out[2] = '\0';
    return out;
}

static char letter_of(enum message message)
{
    return message == MSG_STUCK_NAME        ? 'N'
           : message == MSG_STUCK_LAST4     ? 'F'
           : message == MSG_REPEATED_PERSON ? 'P'
           : message == MSG_NONE            ? '.'
                                            : '?';
}

static void check_listed(const struct listed *list, enum check_switch stuck,
                         enum check_switch repeated)
{
    struct incidents *incidents = incidents_new(stuck, repeated);
    char told[64] = "", name[3], four[3], birth[3];
    for (size_t i = 0; list->names[i]; i++) {
        struct incident incident =
            show(incidents, value_of(list->names[i], name), value_of(list->fours[i], four),
                 value_of(list->births[i], birth), i);
        told[i] = letter_of(incident.message);
        row_check(list->row, incident.run == (told[i] == 'N' || told[i] == 'F'));
        row_check(list->row,
                  told[i] == '.' || incident.slot == (told[i] == 'N' ? COLUMN_NAME : COLUMN_LAST4));
        row_check(list->row, told[i] == '.' || message_kind(incident.message) == KIND_HOLD);
    }
    row_check(list->row, strcmp(told, list->want) == 0);
    free(incidents);
}

static void lists(void **state)
{
    static const struct listed samples[] = {
        {1, "abcdefgh", "abcdefgh", "abcdefgh", "........"},
        /* names */
        {2, "aaaa", "abcd", "abcd", "...."},
        {3, "aaaaa", "abcde", "abcde", "....N"},
        {4, "aaaaaaa", "abcdefg", "abcdefg", "....NNN"},
        {5, "aaaabaaaa", "abcdefghi", "abcdefghi", "........."},
        {6, "aaaa-aaaa", "abcdefghi", "abcdefghi", "........."}, /* an empty one breaks a run */
        {7, "--------", "abcdefgh", "abcdefgh", "........"},
        {8, "baaaaab", "abcdefg", "abcdefg", ".....N."},
        {9, "aaaaabbbbb", "abcdefghij", "abcdefghij", "....N....N"},
        {10, "ababababab", "abcdefghij", "abcdefghij", ".........."},
        {11, "aaaaa", "-----", "-----", "....N"},
        /* last 4 */
        {20, "abcd", "aaaa", "abcd", "...."},
        {21, "abcde", "aaaaa", "abcde", "....F"},
        {22, "abcdefg", "aaaaaaa", "abcdefg", "....FFF"},
        {23, "abcdefgh", "--------", "abcdefgh", "........"}, /* nobody has a number */
        {24, "abcdefghi", "aaaa-aaaa", "abcdefghi", "........."},
        {25, "abcdefghi", "aaaabaaaa", "abcdefghi", "........."},
        /* both: the name is said, nothing is lost */
        {30, "aaaaa", "aaaaa", "abcde", "....N"},
        {31, "aaaaabbb", "aaaaaaaa", "abcdefgh", "....NFFF"},
        {32, "abaaaaa", "aaaaaaa", "abcdefg", "....FFN"},
        /* pairs */
        {40, "ab", "aa", "aa", ".P"},
        {41, "ab", "aa", "ab", ".."}, /* the same last 4 */
        {42, "ab", "ab", "aa", ".."}, /* twins */
        {43, "abcd", "abab", "abab", "..PP"},
        {44, "abcd", "abba", "abab", "...."}, /* crossed: no pair is the same */
        {45, "ab", "--", "aa", ".."},
        {46, "ab", "aa", "--", ".."},
        {47, "abc", "aaa", "aaa", ".PP"},
        {48, "abcdef", "aaaaaa", "aaaaaa",
         ".PPPFP"},                   /* the run is told once, then the pairs again */
        {49, "aa", "aa", "aa", ".P"}, /* the same record again */
    };

    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        check_listed(&samples[i], CHECK_HOLD, CHECK_HOLD);
    check_rows();
}

static void switched_off(void **state)
{
    static const struct listed both = {1, "aaaaaa", "aaaaaa", "aaaaaa", "......"};
    static const struct listed pairs = {2, "aaaaaa", "aaaaaa", "aaaaaa", ".PPPPP"};
    static const struct listed runs = {3, "aaaaaa", "aaaaaa", "aaaaaa", "....NN"};

    (void)state;
    check_listed(&both, CHECK_OFF, CHECK_OFF);
    check_listed(&pairs, CHECK_OFF, CHECK_HOLD);
    check_listed(&runs, CHECK_HOLD, CHECK_OFF);
    check_rows();
}

/* Which records are named: the run from its first on, then only the further ones. */
static void who_is_named(void **state)
{
    struct incidents *incidents = incidents_new(CHECK_HOLD, CHECK_HOLD);
    struct incident told;
    char four[8];

    (void)state;
    for (uint64_t i = 0; i < 12; i++) {
        snprintf(four, sizeof four, "%04u", (unsigned)i);
        told = show(incidents, i < 3 ? "青葉 葵" : "青葉 暁", four, "1980-01-01", 100 + i);
        row_check(i, (told.message != MSG_NONE) == (i >= 7));
        row_check(i, i != 7 || (told.first == 103 && told.run));
        row_check(i, i < 8 || (told.first == 100 + i && told.run));
    }
    /* Records that were not shown break no run, and the run begins with one that was. */
    incidents_open(incidents, &(struct job){0});
    for (uint64_t i = 0; i < 6; i++) {
        snprintf(four, sizeof four, "%04u", (unsigned)i);
        told = show(incidents, "青葉 葵", four, "1980-01-01", 10 * i + 7);
        row_check(20 + i, (told.message != MSG_NONE) == (i >= 4));
        row_check(20 + i, i != 4 || told.first == 7);
        row_check(20 + i, i != 5 || told.first == 57);
    }
    free(incidents);
    check_rows();
}

/* Values are compared as written; only outer blanks of a name do not count. */
static void spellings(void **state)
{
    static const struct {
        int row;
        const char *other;
        bool same;
    } names[] = {{1, "青葉　葵", true},
                 {2, " 青葉　葵", true},
                 {3, "　青葉　葵　 ", true},
                 {4, "青葉 葵", false},
                 {5, "青葉葵", false},
                 {6, "青葉　葵子", false},
                 {7, "青葉\xF3\xA0\x84\x80　葵", false},
                 {8, "青葉", false}};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct incidents *incidents = incidents_new(CHECK_HOLD, CHECK_HOLD);
        struct incident told = {0};
        for (uint64_t at = 0; at < INCIDENT_RUN; at++)
            told = show(incidents, at == 2 ? names[i].other : "青葉　葵", "", "", at);
        row_check(names[i].row, (told.message == MSG_STUCK_NAME) == names[i].same);
        free(incidents);
    }
    check_rows();
}

/* The pair is found up to INCIDENT_NEAR records away, whatever stands between, and no further. */
static void distance(void **state)
{
    static const struct {
        int row;
        uint64_t away;
        bool shown, found; /* shown: the records between */
    } samples[] = {{1, 1, true, true},     {2, 2, true, true},      {3, 1023, true, true},
                   {4, 1024, true, true},  {5, 1025, true, false},  {6, 2048, true, false},
                   {7, 1024, false, true}, {8, 1025, false, false}, {9, 5000, true, false}};

    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        struct incidents *incidents = incidents_new(CHECK_HOLD, CHECK_HOLD);
        uint64_t begin = 3000;
        char birth[16];
        for (uint64_t at = 0; at < begin; at++) { /* the ring has been round */
            snprintf(birth, sizeof birth, "%u", (unsigned)at);
            row_check(samples[i].row,
                      show(incidents, "", at % 2 ? "1111" : "2222", birth, at).message == MSG_NONE);
        }
        (void)show(incidents, "", "6825", "H20.4.1", begin);
        for (uint64_t at = 1; samples[i].shown && at < samples[i].away; at++) {
            snprintf(birth, sizeof birth, "x%u", (unsigned)at);
            row_check(samples[i].row,
                      show(incidents, "", at % 2 ? "1111" : "2222", birth, begin + at).message ==
                          MSG_NONE);
        }
        struct incident told = show(incidents, "", "6825", "H20.4.1", begin + samples[i].away);
        row_check(samples[i].row, (told.message == MSG_REPEATED_PERSON) == samples[i].found);
        row_check(samples[i].row, !samples[i].found || (told.first == begin && !told.run));
        free(incidents);
    }
    check_rows();
}

/* -- against the plain statement of the rules, on lists made by chance -- */

enum { LIST = 6000, VALUES = 7 };

struct plain {
    unsigned name, four, birth; /* 0 = empty */
    uint64_t index;
    bool held, want;
};

static uint64_t seed = 1;

static unsigned chance(unsigned below)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(seed >> 33) % below;
}

static void hold_run(struct plain *list, unsigned at, bool by_name)
{
    unsigned value = by_name ? list[at].name : list[at].four;
    for (unsigned back = 0; back < INCIDENT_RUN; back++)
        if (value == 0 || back > at ||
            (by_name ? list[at - back].name : list[at - back].four) != value)
            return;
    for (unsigned back = 0; back < INCIDENT_RUN; back++)
        list[at - back].want = true;
}

static void hold_pairs(struct plain *list, unsigned at)
{
    if (!list[at].four || !list[at].birth)
        return;
    for (unsigned other = at; other-- > 0 && list[at].index - list[other].index <= INCIDENT_NEAR;)
        if (list[other].four == list[at].four && list[other].birth == list[at].birth) {
            list[at].want = list[other].want = true;
            return;
        }
}

static void hold_told(struct plain *list, unsigned at, struct incident told)
{
    if (told.message == MSG_NONE)
        return;
    for (unsigned other = 0; other <= at; other++)
        if (list[other].index == told.first || other == at ||
            (told.run && list[other].index >= told.first))
            list[other].held = true;
}

/* births: few make pairs, many make runs without pairs. */
static void by_chance(struct plain *list, unsigned values, unsigned births, bool gaps)
{
    uint64_t index = 0;
    for (unsigned i = 0; i < LIST; i++) {
        bool stays = i && chance(3) > 0;
        list[i] = (struct plain){.name = stays ? list[i - 1].name : chance(values),
                                 .four = stays ? list[i - 1].four : chance(values),
                                 .birth = chance(births)};
        if (chance(4) == 0)
            list[i].four = chance(values);
        list[i].index = index += gaps ? 1 + chance(400) : 1;
    }
}

static void against_the_rules(void **state)
{
    static const struct {
        int row;
        unsigned values, births;
        bool gaps;
        enum check_switch stuck, repeated;
    } samples[] = {
        {1, VALUES, 100000000, false, CHECK_HOLD, CHECK_HOLD},
        {2, VALUES, 100000000, true, CHECK_HOLD, CHECK_OFF},
        {3, 500, 40, false, CHECK_OFF, CHECK_HOLD},
        {4, 500, 40, true, CHECK_OFF, CHECK_HOLD},
        {5, 50, 400, false, CHECK_OFF, CHECK_HOLD},
        {6, 2, 100000000, false, CHECK_HOLD, CHECK_OFF},
    };
    struct plain *list = malloc(LIST * sizeof *list);

    (void)state;
    assert_non_null(list);
    for (size_t s = 0; s < sizeof samples / sizeof *samples; s++) {
        struct incidents *incidents = incidents_new(samples[s].stuck, samples[s].repeated);
        unsigned wrong = 0, held = 0;
        by_chance(list, samples[s].values, samples[s].births, samples[s].gaps);
        for (unsigned i = 0; i < LIST; i++) {
            char name[16] = "", four[16] = "", birth[16] = "";
            if (list[i].name)
                snprintf(name, sizeof name, "n%u", list[i].name);
            if (list[i].four)
                snprintf(four, sizeof four, "%u", list[i].four);
            if (list[i].birth)
                snprintf(birth, sizeof birth, "b%u", list[i].birth);
            hold_told(list, i, show(incidents, name, four, birth, list[i].index));
            if (samples[s].stuck == CHECK_HOLD) {
                hold_run(list, i, true);
                hold_run(list, i, false);
            }
            if (samples[s].repeated == CHECK_HOLD)
                hold_pairs(list, i);
        }
        for (unsigned i = 0; i < LIST; i++) {
            wrong += list[i].held != list[i].want;
            held += list[i].want;
        }
        row_check(samples[s].row, wrong == 0);
        row_check(samples[s].row, held > LIST / 100 && held < LIST); /* both ways */
        free(incidents);
    }
    free(list);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_in_order),    cmocka_unit_test(expiry_and_age),
        cmocka_unit_test(dates_off),         cmocka_unit_test(lists),
        cmocka_unit_test(switched_off),      cmocka_unit_test(who_is_named),
        cmocka_unit_test(spellings),         cmocka_unit_test(distance),
        cmocka_unit_test(against_the_rules),
    };
    return check_run(tests);
}
