/* The official table against the notice: the rules are stated here a second time, from the notice's own
 * sentences and in their order, and every combination of inputs must come out the same. */
#include "unit/check.h"

#include "base/os.h"
#include "decision/decision.h"

struct inputs {
    enum insurer_kind kind;
    bool number, multiple, confirmed, with_card, unanswered_follow_up;
    unsigned registered; /* index of days */
    bool same[5];        /* kanji name, kana, birth, sex, address */
    unsigned reply;      /* index of replies */
};

static const char *const days[] = {"2023-09-15", "2023-09-16", "2024-05-06", "2024-05-07"};
static const char *const replies[] = {"1", "0", "未照会", ""};

/* "1" .. "4", "" = follow-up, "tool". */
static const char *card_form(const struct inputs *in)
{
    return in->with_card ? "3" : "4";
}

/* 4(1): 全国健康保険協会、健康保険組合、及び共済組合. */
static const char *rule_1(const struct inputs *in)
{
    bool birth_or_sex = !in->same[2] || !in->same[3];
    bool name = !in->same[0] || !in->same[1];
    bool low_risk =
        !birth_or_sex && ((in->same[4] && name) || (!in->same[4] && !name && !in->multiple));
    bool nothing = !birth_or_sex && !name && in->same[4];
    if (!in->number)
        return ""; /* ④ 個人番号の提出がない者; 別添1-3 */
    if (in->registered == 3)
        return "1"; /* 別添1-4 稼働後に登録 */
    if (nothing || in->confirmed)
        return "1"; /* ① 不一致がないもの、保険者で確認済のもの */
    if (low_risk)
        return "2"; /* ② 一部不一致 */
    if (birth_or_sex)
        return ""; /* ④ 生年月日又は性別に不一致 */
    if (in->reply == 1)
        return in->unanswered_follow_up ? "" : "2"; /* ③ 返信がない者 */
    return "";
}

/* 4(4): 国民健康保険組合, which points to (1)② and (1)③. */
static const char *rule_4(const struct inputs *in)
{
    struct inputs as_1 = *in;
    as_1.unanswered_follow_up = false; /* the choice is written for (1) only */
    if (!in->number)
        return "";
    const char *form = rule_1(&as_1);
    if (strcmp(form, "1") == 0)
        return card_form(in);
    return form;
}

static const char *expected(const struct inputs *in)
{
    switch (in->kind) {
    case INSURER_KOKI:
        return "tool"; /* 4(3) */
    case INSURER_KOKUHO:
        return !in->number ? "" : card_form(in); /* 4(2) */
    case INSURER_KOKUHO_KUMIAI:
        return rule_4(in);
    default:
        return rule_1(in);
    }
}

static struct text official;
static struct arena files;

static enum status open_table(const struct job *job, struct arena *arena,
                              const struct decision_table **table)
{
    struct error error = {0};
    return decision_open(job, official, "decision.yaml", arena, table, &error);
}

static struct job make_job(const struct inputs *in)
{
    struct job job = {0};
    job.insurer.kind = in->kind;
    job.notice.form = FORM_OFFICIAL;
    job.notice.check_started = (struct date){2024, 5, 7};
    job.notice.with_card = in->with_card;
    job.notice.unanswered = in->unanswered_follow_up ? UNANSWERED_FOLLOW_UP : UNANSWERED_FORM2;
    return job;
}

static struct admitted make_record(const struct inputs *in)
{
    static const unsigned slots[5] = {COLUMN_MATCH_NAME, COLUMN_MATCH_KANA, COLUMN_MATCH_BIRTH,
                                      COLUMN_MATCH_SEX, COLUMN_MATCH_ADDRESS};
    struct admitted record = {.row = 2};
    for (int i = 0; i < 5; i++)
        record.value[slots[i]] = text_of(in->same[i] ? "1" : "0");
    record.value[COLUMN_MULTIPLE] = text_of(in->multiple ? "1" : "0");
    record.value[COLUMN_CONFIRMED] = text_of(in->confirmed ? "１" : "0");
    record.value[COLUMN_REGISTERED] = text_of(days[in->registered]);
    record.value[COLUMN_REPLY] = text_of(replies[in->reply]);
    record.value[COLUMN_SUBMITTED] = text_of(in->number ? "1" : "0");
    record.value[COLUMN_LAST4] = text_of(in->number ? "0825" : "");
    return record;
}

static bool agrees(const struct decision *decision, const char *want)
{
    if (strcmp(want, "tool") == 0)
        return decision->outcome == OUTCOME_TOOL && decision->reason == MSG_FOLLOW_TOOL;
    if (*want == '\0')
        return decision->outcome == OUTCOME_FOLLOW_UP && decision->reason != MSG_NONE &&
               message_kind(decision->reason) == KIND_FOLLOW;
    return decision->outcome == OUTCOME_FORM && text_is(decision->form, want) &&
           decision->reason == MSG_NONE;
}

/* Which rows fired, by name. */
static char fired[64][8];
static unsigned fired_count;

static void note_row(struct text row)
{
    for (unsigned i = 0; i < fired_count; i++)
        if (text_is(row, fired[i]))
            return;
    memcpy(fired[fired_count++], row.bytes, row.length);
}

/* Combinations of one kind that do not come out as the notice says. */
static unsigned mismatches(struct inputs in, const struct decision_table *table)
{
    unsigned wrong = 0;
    for (unsigned bits = 0; bits < 256; bits++) {
        for (unsigned i = 0; i < 5; i++)
            in.same[i] = bits >> i & 1;
        in.number = bits >> 5 & 1;
        in.multiple = bits >> 6 & 1;
        in.confirmed = bits >> 7 & 1;
        for (unsigned more = 0; more < 16; more++) {
            in.registered = more & 3;
            in.reply = more >> 2;
            struct admitted record = make_record(&in);
            struct decision decision;
            struct error error;
            bool good = decision_make(table, &record, &decision, &error) == OK &&
                        agrees(&decision, expected(&in));
            if (good)
                note_row(decision.row);
            wrong += !good;
        }
    }
    return wrong;
}

static void every_combination(void **state)
{
    (void)state;
    for (unsigned kind = 0; kind < INSURER_KINDS; kind++) {
        for (unsigned keys = 0; keys < 4; keys++) {
            struct inputs in = {.kind = (enum insurer_kind)kind,
                                .with_card = keys & 1,
                                .unanswered_follow_up = keys >> 1 & 1};
            struct job job = make_job(&in);
            const struct decision_table *table;
            struct arena arena;
            arena_open(&arena, 1 << 20);
            row_check(kind * 10 + keys, open_table(&job, &arena, &table) == OK);
            row_check(kind * 10 + keys, mismatches(in, table) == 0);
            arena_close(&arena);
        }
    }
    check_rows();
}

/* After every_combination: no row of the table is there for show. */
static void every_row_fires(void **state)
{
    (void)state;
    static const char *const names[] = {"K1", "K2", "K3", "K4", "K5", "K6", "K7", "K8", "C1", "C2",
                                        "C3", "U1", "U2", "U3", "U4", "U5", "U6", "U7", "L"};
    unsigned count = sizeof names / sizeof *names;
    for (unsigned n = 0; n < count; n++) {
        bool found = false;
        for (unsigned i = 0; i < fired_count; i++)
            found |= strcmp(fired[i], names[n]) == 0;
        row_check(n + 1, found);
    }
    row_check(count + 1, fired_count == count);
    check_rows();
}

/* The row by name, for situations that the table tells apart though their outcome is the same. */
static void rows_by_name(void **state)
{
    (void)state;
    static const struct {
        int row;
        enum insurer_kind kind;
        const char *last4, *day, *items, *confirmed, *reply; /* items: five of 1 and 0 */
        const char *name;
        enum message reason;
    } rows[] = {
        {1, INSURER_KENPO, "", "2024-06-01", "11111", "0", "", "K1", MSG_FOLLOW_NO_NUMBER},
        {2, INSURER_KENPO, "0825", "2024-05-07", "00000", "0", "", "K2", MSG_NONE},
        {3, INSURER_KYOKAI, "0825", "2023-09-15", "11111", "0", "", "K3", MSG_NONE},
        {4, INSURER_KYOSAI, "0825", "2024-05-06", "11011", "1", "", "K4", MSG_NONE},
        {5, INSURER_KENPO, "0825", "2023-01-01", "01111", "0", "", "K5", MSG_NONE},
        {6, INSURER_KENPO, "0825", "2023-01-01", "01110", "0", "0", "K6", MSG_NONE},
        {7, INSURER_KENPO, "0825", "2023-01-01", "11001", "0", "0", "K7", MSG_FOLLOW_BIRTH_SEX},
        {8, INSURER_KENPO, "0825", "2023-01-01", "01110", "0", "未照会", "K8",
         MSG_FOLLOW_NOT_ASKED},
        {9, INSURER_KENPO, "0825", "2023-01-01", "01110", "0", "1", "K8", MSG_FOLLOW_NOT_ASKED},
        {10, INSURER_KENPO, "0825", "2023-01-01", "01110", "0", "", "K8", MSG_FOLLOW_NOT_ASKED},
        {11, INSURER_KOKUHO, "", "", "", "", "", "C1", MSG_FOLLOW_NO_NUMBER},
        {12, INSURER_KOKUHO, "0825", "", "", "", "", "C3", MSG_NONE},
        {13, INSURER_KOKUHO_KUMIAI, "0825", "2023-01-01", "10111", "1", "", "U3", MSG_NONE},
        {14, INSURER_KOKUHO_KUMIAI, "0825", "2023-01-01", "01110", "0", "0", "U4", MSG_NONE},
        {15, INSURER_KOKUHO_KUMIAI, "0825", "2023-01-01", "01110", "1", "0", "U7", MSG_NONE},
        {16, INSURER_KOKI, "", "", "", "", "", "L", MSG_FOLLOW_TOOL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct inputs in = {.kind = rows[i].kind};
        struct job job = make_job(&in);
        struct admitted record = make_record(&in);
        const struct decision_table *table;
        struct decision decision = {0};
        struct arena arena;
        struct error error;
        arena_open(&arena, 1 << 20);
        row_check(rows[i].row, open_table(&job, &arena, &table) == OK);
        for (unsigned k = 0; k < 5 && rows[i].items[0]; k++)
            record.value[COLUMN_MATCH_NAME + k] = (struct text){rows[i].items + k, 1};
        record.value[COLUMN_LAST4] = text_of(rows[i].last4);
        record.value[COLUMN_SUBMITTED] = (struct text){0, 0};
        record.value[COLUMN_REGISTERED] = text_of(rows[i].day);
        record.value[COLUMN_CONFIRMED] = text_of(rows[i].confirmed);
        record.value[COLUMN_REPLY] = text_of(rows[i].reply);
        row_check(rows[i].row, decision_make(table, &record, &decision, &error) == OK);
        row_check(rows[i].row, text_is(decision.row, rows[i].name));
        row_check(rows[i].row, decision.reason == rows[i].reason);
        arena_close(&arena);
    }
    check_rows();
}

int main(void)
{
    struct error error;
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_combination),
                                       cmocka_unit_test(every_row_fires),
                                       cmocka_unit_test(rows_by_name)};
    arena_open(&files, 1 << 20);
    if (os_slurp("templates/2024-01/decision.yaml", LIMIT_ASSET_BYTES, &files, &official, &error) !=
        OK)
        return 1;
    int failed = check_run(tests);
    arena_close(&files);
    return failed;
}
