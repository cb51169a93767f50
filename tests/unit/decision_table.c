#include "unit/check.h"

#include "decision/decision.h"

#define HEAD "p1_last_day: 2023-09-15\nrows:\n"
#define ROWS "rows:\n - {row: A, kinds: kenpo, outcome: "
#define ALL(outcome) HEAD " - {row: A, kinds: kenpo, outcome: " outcome ", source: s}\n"

static enum status open_text(const struct job *job, const char *source, struct arena *arena,
                             const struct decision_table **table, struct error *error)
{
    *error = (struct error){0};
    return decision_open(job, text_of(source), "x/decision.yaml", arena, table, error);
}

static void refusals(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *source;
        enum message message;
        uint32_t line;
        const char *name;
    } rows[] = {
        {1, ALL("form1"), MSG_NONE, 0, ""},
        {2, "", MSG_TABLE_MISSING, 1, "rows"},
        {3, "p1_last_day: 2023-09-15", MSG_TABLE_MISSING, 1, "rows"},
        {4, "p1_last_day: soon\n" ROWS "form1, source: s}\n", MSG_TABLE_VALUE, 1, "p1_last_day"},
        {5, "p1_last_day: [2023]\n" ROWS "form1, source: s}\n", MSG_TABLE_VALUE, 1, "p1_last_day"},
        {6, "p1_last_day: 2023-09-15\nrows: {a: b}", MSG_TABLE_SHAPE, 2, "rows"},
        {7, "p1_last_day: 2023-09-15\nrows: []", MSG_TABLE_GAP, 0, "kenpo"},
        {8, "- a", MSG_TABLE_SHAPE, 1, ""},
        {9, "p1_last_day: 2023-09-15\nrow: []", MSG_TABLE_KEY, 2, "row"},
        {10, HEAD " - A", MSG_TABLE_SHAPE, 3, "rows"},
        {11, HEAD " - {kinds: kenpo, outcome: form1, source: s}", MSG_TABLE_MISSING, 3, "row"},
        {12, HEAD " - {row: A, outcome: form1, source: s}", MSG_TABLE_MISSING, 3, "kinds"},
        {13, HEAD " - {row: A, kinds: kenpo, source: s}", MSG_TABLE_MISSING, 3, "outcome"},
        {14, HEAD " - {row: A, kinds: kenpo, outcome: form1}", MSG_TABLE_MISSING, 3, "source"},
        {15, HEAD " - {row: A, kinds: kenpo, outcome: form1, source: ''}", MSG_TABLE_VALUE, 3,
         "source"},
        {16, HEAD " - {row: A, kinds: kempo, outcome: form1, source: s}", MSG_TABLE_VALUE, 3,
         "kinds"},
        {17, HEAD " - {row: A, kinds: [], outcome: form1, source: s}", MSG_TABLE_VALUE, 3, "kinds"},
        {18, HEAD " - {row: A, kinds: {a: b}, outcome: form1, source: s}", MSG_TABLE_VALUE, 3,
         "kinds"},
        {19, ALL("form5"), MSG_TABLE_VALUE, 3, "outcome"},
        {20, ALL("hold"), MSG_TABLE_VALUE, 3, "outcome"},
        {21, ALL("[form1]"), MSG_TABLE_VALUE, 3, "outcome"},
        {22, ALL("follow-up"), MSG_TABLE_MISSING, 3, "reason"},
        {23, ALL("follow-up, reason: whim"), MSG_TABLE_VALUE, 3, "reason"},
        {24, ALL("form1, reason: tool"), MSG_TABLE_KEY, 3, "reason"},
        {25, ALL("form1, note: x"), MSG_TABLE_KEY, 3, "note"},
        {26, ALL("{with_card: form3}"), MSG_TABLE_MISSING, 3, "without_card"},
        {27, ALL("{with_card: form3, without_card: form4, unanswered_form2: form2}"), MSG_TABLE_KEY,
         3, "unanswered_form2"},
        {28, ALL("{moon: form3}"), MSG_TABLE_KEY, 3, "moon"},
        {29, ALL("{with_card: form3, without_card: letter}"), MSG_TABLE_VALUE, 3, "without_card"},
        {30, ALL("{with_card: form3, without_card: follow-up}"), MSG_TABLE_MISSING, 3, "reason"},
        {31, ALL("form1, when: {weather: yes}"), MSG_TABLE_KEY, 3, "weather"},
        {32, ALL("form1, when: {match: M4}"), MSG_TABLE_VALUE, 3, "match"},
        {33, ALL("form1, when: {match: [M0, M4]}"), MSG_TABLE_VALUE, 3, "match"},
        {34, ALL("form1, when: {match: []}"), MSG_TABLE_VALUE, 3, "match"},
        {35, ALL("form1, when: []"), MSG_TABLE_VALUE, 3, "when"},
        {36, ALL("form1, when: yes"), MSG_TABLE_SHAPE, 3, "when"},
        {37, ALL("form1, when: [yes]"), MSG_TABLE_SHAPE, 3, "when"},
        {38, ALL("form1, when: [{},{},{},{},{},{},{},{},{}]"), MSG_TABLE_SHAPE, 3, "when"},
        {39, ALL("form1") " - {row: A, kinds: koki, outcome: form1, source: s}\n",
         MSG_TABLE_SAME_ROW, 4, "A"},
        /* the day is needed where a row looks at the period only */
        {48, ROWS "form1, source: s}\n", MSG_NONE, 0, ""},
        {49, ROWS "form1, when: {period: [P1, P2, P3]}, source: s}\n", MSG_TABLE_MISSING, 1,
         "p1_last_day"},
        /* forms by name, certificate and not-needed, choices of the job */
        {50, ALL("{form: 1n}"), MSG_NONE, 0, ""},
        {51, ALL("{form: saikai-2_b}"), MSG_NONE, 0, ""},
        {52, ALL("{form: ''}"), MSG_TABLE_VALUE, 3, "form"},
        {53, ALL("{form: ../1}"), MSG_TABLE_VALUE, 3, "form"},
        {54, ALL("{form: 様式1}"), MSG_TABLE_VALUE, 3, "form"},
        {55, ALL("{form: [1]}"), MSG_TABLE_SHAPE, 3, "form"},
        {56, ALL("{form: 1, with_card: form1}"), MSG_TABLE_KEY, 3, "with_card"},
        {57, ALL("{form: 1n}, reason: tool"), MSG_TABLE_KEY, 3, "reason"},
        {58, ALL("certificate"), MSG_NONE, 0, ""},
        {59, ALL("not-needed"), MSG_NONE, 0, ""},
        {60, ALL("certificate, reason: tool"), MSG_TABLE_KEY, 3, "reason"},
        {61, ALL("{not_asked_form2: form2, not_asked_follow_up: follow-up}, reason: not-asked"),
         MSG_NONE, 0, ""},
        {62, ALL("{not_asked_form2: form2, not_asked_follow_up: follow-up}"), MSG_TABLE_MISSING, 3,
         "reason"},
        {63, ALL("{not_asked_form2: form2}"), MSG_TABLE_MISSING, 3, "not_asked_follow_up"},
        {64, ALL("{birth_sex_follow_up: certificate, birth_sex_form2: {form: 2b}}"), MSG_NONE, 0,
         ""},
        {65, ALL("{birth_sex_form2: form2, unanswered_follow_up: tool}"), MSG_TABLE_KEY, 3,
         "birth_sex_form2"},
        {66, ALL("{with_card: {with_card: form3}, without_card: form4}"), MSG_TABLE_KEY, 3,
         "with_card"},
        {67, ALL("form1, when: {care: perhaps}"), MSG_TABLE_VALUE, 3, "care"},
        {68, ALL("form1, when: {myna_card: yes}"), MSG_TABLE_GAP, 0, "kenpo"},
        {69, ALL("form1, when: [{issued_before: yes}, {issued_before: no}]"), MSG_NONE, 0, ""},
        {70, ALL("form1, when: [{no_self_info: yes, care: no}, {no_self_info: no}]"), MSG_TABLE_GAP,
         0, "kenpo"},
        /* a row behind one that takes everything */
        {40, ALL("form1") " - {row: B, kinds: kenpo, outcome: form2, source: s}\n",
         MSG_TABLE_IDLE_ROW, 4, "B"},
        {41, ALL("form1") " - {row: B, kinds: [koki, kenpo], outcome: form2, source: s}\n",
         MSG_TABLE_IDLE_ROW, 4, "B"},
        {42, ALL("form1") " - {row: B, kinds: koki, outcome: form2, source: s}\n", MSG_NONE, 0, ""},
        {43, ALL("form1, when: {number: yes}"), MSG_TABLE_GAP, 0, "kenpo"},
        {44, ALL("form1, when: [{number: yes}, {number: none}]"), MSG_NONE, 0, ""},
        {45,
         ALL("form1, when: [{with_card: no}, {with_card: yes, reply: [replied, none, not-asked]}]"),
         MSG_TABLE_GAP, 0, "kenpo"},
        /* other kinds than the job's are checked too, but may be absent */
        {46,
         ALL("form1") " - {row: B, kinds: koki, when: {number: yes}, outcome: form2, source: s}\n",
         MSG_TABLE_GAP, 0, "koki"},
        {47, HEAD " - {row: B, kinds: koki, outcome: form1, source: s}\n", MSG_TABLE_GAP, 0,
         "kenpo"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct job job = {0};
        const struct decision_table *table;
        struct arena arena;
        struct error error;
        job.insurer.kind = INSURER_KENPO;
        arena_open(&arena, 1 << 20);
        enum status status = open_text(&job, rows[i].source, &arena, &table, &error);
        row_check(rows[i].row, status == (rows[i].message == MSG_NONE ? OK : STOP));
        row_check(rows[i].row, error.message == rows[i].message);
        row_check(rows[i].row, error.line == rows[i].line);
        row_check(rows[i].row, strcmp(error.name, rows[i].name) == 0);
        row_check(rows[i].row, status == OK || strcmp(error.file, "decision.yaml") == 0);
        row_check(rows[i].row, (table != NULL) == (status == OK));
        arena_close(&arena);
    }
    check_rows();
}

static void too_long(void **state)
{
    (void)state;
    static char source[8192];
    int length = snprintf(source, sizeof source, HEAD);
    for (int i = 0; i < 65; i++)
        length += snprintf(source + length, sizeof source - (size_t)length,
                           " - {row: R%d, kinds: kenpo, outcome: form1, source: s}\n", i);
    struct job job = {0};
    const struct decision_table *table;
    struct arena arena;
    struct error error;
    arena_open(&arena, 1 << 20);
    row_check(1, open_text(&job, source, &arena, &table, &error) == STOP);
    row_check(2, error.message == MSG_TABLE_TOO_LONG && error.want == 64);
    arena_close(&arena);
    check_rows();
}

/* The job's keys choose between two endings; forms that can come are listed for opening. */
static void endings_and_forms(void **state)
{
    (void)state;
    static const char source[] =
        HEAD " - {row: A, kinds: kenpo, when: {number: yes, match: M0},\n"
             "    outcome: {with_card: form3, without_card: form4}, source: s}\n"
             " - {row: B, kinds: kenpo, when: {number: yes},\n"
             "    outcome: {unanswered_form2: form2, unanswered_follow_up: follow-up},\n"
             "    reason: no-reply, source: s}\n"
             " - {row: C, kinds: kenpo, outcome: follow-up, reason: no-number, source: s}\n";
    static const struct {
        int row;
        bool with_card, follow_up;
        const char *forms[2];
    } rows[] = {{1, false, false, {"4", "2"}},
                {2, true, false, {"3", "2"}},
                {3, false, true, {"4", NULL}},
                {4, true, true, {"3", NULL}}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct job job = {0};
        const struct decision_table *table;
        struct text forms[4];
        struct arena arena;
        struct error error;
        job.insurer.kind = INSURER_KENPO;
        job.notice.with_card = rows[i].with_card;
        job.notice.unanswered = rows[i].follow_up ? UNANSWERED_FOLLOW_UP : UNANSWERED_FORM2;
        arena_open(&arena, 1 << 20);
        row_check(rows[i].row, open_text(&job, source, &arena, &table, &error) == OK);
        uint32_t count = decision_forms(table, forms, 4);
        row_check(rows[i].row, count == (rows[i].forms[1] ? 2u : 1u));
        for (uint32_t f = 0; f < count; f++)
            row_check(rows[i].row, text_is(forms[f], rows[i].forms[f]));
        row_check(rows[i].row, decision_forms(table, forms, 1) == 1);
        row_check(rows[i].row, decision_forms(table, forms, 0) == 0);
        arena_close(&arena);
    }
    check_rows();
}

/* The official rows treat P1 and P2 alike; another edition may not. */
static void period_bounds(void **state)
{
    (void)state;
    static const char source[] =
        HEAD " - {row: A, kinds: kenpo, when: {period: P1}, outcome: form1, source: s}\n"
             " - {row: B, kinds: kenpo, when: {period: P2}, outcome: form1, source: s}\n"
             " - {row: C, kinds: kenpo, outcome: form1, source: s}\n";
    static const struct {
        int row;
        const char *day, *name;
    } rows[] = {{1, "2023-09-15", "A"},
                {2, "2023-09-16", "B"},
                {3, "2024-05-06", "B"},
                {4, "2024-05-07", "C"},
                {5, "1990-01-01", "A"}};
    struct job job = {0};
    const struct decision_table *table;
    struct arena arena;
    struct error error;
    arena_open(&arena, 1 << 20);
    job.insurer.kind = INSURER_KENPO;
    job.notice.check_started = (struct date){2024, 5, 7};
    row_check(0, open_text(&job, source, &arena, &table, &error) == OK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct admitted record = {.row = 2};
        struct decision decision = {0};
        record.value[COLUMN_REGISTERED] = text_of(rows[i].day);
        row_check(rows[i].row, decision_make(table, &record, &decision, &error) == OK);
        row_check(rows[i].row, text_is(decision.row, rows[i].name));
    }
    /* a start within the first period is a slip: it would put everybody behind it */
    job.notice.check_started = (struct date){2023, 9, 15};
    row_check(6, open_text(&job, source, &arena, &table, &error) == STOP);
    row_check(6, error.message == MSG_CHECK_STARTED_EARLY);
    job.notice.check_started = (struct date){2023, 9, 16};
    row_check(7, open_text(&job, source, &arena, &table, &error) == OK);
    row_check(8, open_text(&job, ALL("form1"), &arena, &table, &error) == OK);
    arena_close(&arena);
    check_rows();
}

static void not_official(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *column, *want; /* want NULL: held */
    } rows[] = {
        {1, "1", "1"},           {2, "２", "2"},        {3, "様式3", "3"}, {4, "様式４", "4"},
        {5, "saikai", "saikai"}, {6, "様式5", "様式5"}, {7, "11", "11"},   {8, "", NULL},
    };
    struct job job = {0};
    const struct decision_table *table;
    struct decision decision;
    struct admitted record = {.row = 7};
    struct header header = {.count = 1};
    struct text forms[2];
    struct arena arena;
    struct error error;
    arena_open(&arena, 1 << 20);
    job.notice.form = FORM_COLUMN;
    row_check(0, open_text(&job, "", &arena, &table, &error) == OK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        record.value[COLUMN_FORM] = text_of(rows[i].column);
        error = (struct error){0};
        enum status status = decision_make(table, &record, &decision, &error);
        row_check(rows[i].row, status == (rows[i].want ? OK : REJECT));
        if (rows[i].want)
            row_check(rows[i].row, decision.outcome == OUTCOME_FORM &&
                                       text_is(decision.form, rows[i].want) &&
                                       text_is(decision.row, "column"));
        else
            row_check(rows[i].row, error.message == MSG_DECISION_EMPTY && error.row == 7 &&
                                       strcmp(error.name, "様式") == 0);
    }
    row_check(9, decision_forms(table, forms, 2) == 0);
    row_check(10, decision_columns(table, &header, &error) == OK);
    header.index[COLUMN_FORM] = -1;
    row_check(11,
              decision_columns(table, &header, &error) == STOP && strcmp(error.name, "様式") == 0);

    job.notice.form = FORM_NAMED;
    job.notice.form_name = TEXT("saikai");
    row_check(12, open_text(&job, "", &arena, &table, &error) == OK);
    row_check(13, decision_make(table, &record, &decision, &error) == OK);
    row_check(14, text_is(decision.form, "saikai") && text_is(decision.row, "job"));
    row_check(15, decision_forms(table, forms, 2) == 1 && text_is(forms[0], "saikai"));
    row_check(16, decision_columns(table, &header, &error) == OK);
    arena_close(&arena);
    check_rows();
}

static void out_of_memory(void **state)
{
    (void)state;
    struct job job = {0};
    const struct decision_table *table;
    struct error error;
    int refused = 0;
    job.insurer.kind = INSURER_KENPO;
    for (size_t ceiling = 0; ceiling < 1 << 20; ceiling = ceiling ? ceiling * 2 : 64) {
        struct arena arena;
        arena_open(&arena, ceiling);
        enum status status = open_text(&job, ALL("form1"), &arena, &table, &error);
        row_check(1, status == OK || (status == STOP && error.message == MSG_NO_MEMORY && !table));
        refused += status != OK;
        arena_close(&arena);
    }
    row_check(2, refused > 0);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refusals),          cmocka_unit_test(too_long),
        cmocka_unit_test(endings_and_forms), cmocka_unit_test(period_bounds),
        cmocka_unit_test(not_official),      cmocka_unit_test(out_of_memory)};
    return check_run(tests);
}
