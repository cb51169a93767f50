/* The official tables against their sources: the rules are stated here a second time, from the notice's own
 * sentences and in their order, and every combination of inputs must come out the same. */
#include "unit/check.h"

#include "base/os.h"
#include "decision/table.h"

enum edition { NOTICE, KYOKAI, AFTER, EDITIONS }; /* 2024-01, 2024-01-kyokai, 2024-12 */

/* Keys of the job, as bits. */
enum { WITH_CARD = 1, UNANSWERED_HELD = 2, NOT_ASKED_HELD = 4, BIRTH_SEX_HELD = 8, KEYS = 16 };

struct inputs {
    enum insurer_kind kind;
    unsigned keys;
    bool number, multiple, confirmed;
    unsigned registered; /* index of days */
    bool same[5];        /* kanji name, kana, birth, sex, address */
    unsigned reply;      /* index of replies */
};

static const char *const days[] = {"2023-09-15", "2023-09-16", "2024-05-06", "2024-05-07"};
static const char *const replies[] = {"1", "0", "未照会", ""};

/* "1" .. "4", "1n", "" = follow-up, "tool". */
static const char *card_form(const struct inputs *in)
{
    return in->keys & WITH_CARD ? "3" : "4";
}

/* 4(1): 全国健康保険協会、健康保険組合、及び共済組合. `asked_for`: what goes to people whose number is asked for anew. */
static const char *rule_1(const struct inputs *in, const char *asked_for)
{
    bool birth_or_sex = !in->same[2] || !in->same[3];
    bool name = !in->same[0] || !in->same[1];
    bool low_risk =
        !birth_or_sex && ((in->same[4] && name) || (!in->same[4] && !name && !in->multiple));
    bool nothing = !birth_or_sex && !name && in->same[4];
    if (!in->number)
        return asked_for; /* ④ 個人番号の提出がない者; 別添1-3 */
    if (in->registered == 3)
        return "1"; /* 別添1-4 稼働後に登録 */
    if (nothing || in->confirmed)
        return "1"; /* ① 不一致がないもの、保険者で確認済のもの */
    if (low_risk)
        return "2"; /* ② 一部不一致 */
    if (birth_or_sex)
        return asked_for; /* ④ 生年月日又は性別に不一致 */
    if (in->reply == 1)
        return in->keys & UNANSWERED_HELD ? "" : "2"; /* ③ 返信がない者 */
    return in->keys & NOT_ASKED_HELD ? "" : "2";      /* silence */
}

/* 4(4): 国民健康保険組合, which points to (1)② and (1)③; the choice of (1)③ is not written there. */
static const char *rule_4(const struct inputs *in)
{
    struct inputs as_1 = *in;
    as_1.keys &= ~(unsigned)UNANSWERED_HELD;
    if (!in->number)
        return "";
    const char *form = rule_1(&as_1, in->keys & BIRTH_SEX_HELD ? "" : "2");
    return strcmp(form, "1") == 0 ? card_form(in) : form;
}

static const char *rule_notice(const struct inputs *in)
{
    switch (in->kind) {
    case INSURER_KOKI:
        return "tool"; /* 4(3) */
    case INSURER_KOKUHO:
        return !in->number ? "" : card_form(in); /* 4(2) */
    case INSURER_KOKUHO_KUMIAI:
        return rule_4(in);
    default:
        return rule_1(in, "");
    }
}

/* 協会けんぽ asks with the letter itself. */
static const char *expected(enum edition edition, const struct inputs *in)
{
    return edition == KYOKAI ? rule_1(in, "1n") : rule_notice(in);
}

static struct text sources[EDITIONS];
static struct arena files;

static enum status open_table(enum edition edition, const struct job *job, struct arena *arena,
                              const struct decision_table **table)
{
    struct error error = {0};
    return decision_open(job, sources[edition], "decision.yaml", arena, table, &error);
}

static enum unanswered choice(unsigned keys, unsigned held)
{
    return keys & held ? UNANSWERED_FOLLOW_UP : UNANSWERED_FORM2;
}

static struct job make_job(enum insurer_kind kind, unsigned keys)
{
    struct job job = {0};
    job.insurer.kind = kind;
    job.notice.form = FORM_OFFICIAL;
    job.notice.check_started = (struct date){2024, 5, 7};
    job.notice.with_card = keys & WITH_CARD;
    job.notice.unanswered = choice(keys, UNANSWERED_HELD);
    job.notice.not_asked = choice(keys, NOT_ASKED_HELD);
    job.notice.birth_sex = choice(keys, BIRTH_SEX_HELD);
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
struct fired {
    char names[64][8];
    unsigned count;
};
static struct fired fired[EDITIONS];

static void note_row(enum edition edition, struct text row)
{
    struct fired *into = &fired[edition];
    for (unsigned i = 0; i < into->count; i++)
        if (text_is(row, into->names[i]))
            return;
    memcpy(into->names[into->count++], row.bytes, row.length);
}

static unsigned combinations;

static bool comes_out(enum edition edition, const struct decision_table *table,
                      const struct admitted *record, const char *want)
{
    struct decision decision;
    struct error error;
    combinations++;
    if (decision_make(table, record, &decision, &error) != OK || !agrees(&decision, want))
        return false;
    note_row(edition, decision.row);
    return true;
}

/* Combinations of one kind and one set of keys that do not come out as the notice says. */
static unsigned mismatches(enum edition edition, struct inputs in,
                           const struct decision_table *table)
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
            wrong += !comes_out(edition, table, &record, expected(edition, &in));
        }
    }
    return wrong;
}

static void play(enum edition edition, enum insurer_kind kind, unsigned row)
{
    for (unsigned keys = 0; keys < KEYS; keys++) {
        struct inputs in = {.kind = kind, .keys = keys};
        struct job job = make_job(kind, keys);
        const struct decision_table *table;
        struct arena arena;
        arena_open(&arena, 1 << 20);
        row_check(row + keys, open_table(edition, &job, &arena, &table) == OK);
        row_check(row + keys, mismatches(edition, in, table) == 0);
        arena_close(&arena);
    }
}

static void every_combination(void **state)
{
    (void)state;
    for (unsigned kind = 0; kind < INSURER_KINDS; kind++)
        play(NOTICE, (enum insurer_kind)kind, kind * 100);
    play(KYOKAI, INSURER_KYOKAI, 900);
    row_check(999, combinations == (6 + 1) * KEYS * 4096);
    check_rows();
}

/* -- 2024-12 -- */

/* 資格情報のお知らせ goes to whom マイナ保険証 serves and who has none yet; the others get a 資格確認書, or nothing. */
static const char *rule_after(bool no_self_info, bool care, bool myna_card, bool issued_before)
{
    if (myna_card && !care && !no_self_info)
        return issued_before ? "not-needed" : "1";
    return no_self_info ? "S1" : care ? "S2" : "S3"; /* three grounds of a 資格確認書 */
}

/* What the cells say: all that an empty one leaves open must agree, the ground too, else the record is held. An
 * empty 自己情報提供不可 was admitted, and so means 0. */
static const char *rule_after_open(const int cell[4])
{
    const char *want = NULL;
    for (unsigned bits = 0; bits < 16; bits++) {
        bool value[4], fits = true;
        for (unsigned i = 0; i < 4; i++) {
            value[i] = bits >> i & 1;
            fits = fits && (cell[i] == 2 ? i != 0 || !value[i] : cell[i] == value[i]);
        }
        const char *this = rule_after(value[0], value[1], value[2], value[3]);
        if (fits && want && strcmp(want, this) != 0)
            return "held";
        if (fits)
            want = this;
    }
    return want;
}

static bool agrees_after(enum status status, const struct decision *decision,
                         const struct error *error, const char *want)
{
    if (strcmp(want, "held") == 0)
        return status == REJECT && error->message == MSG_DECISION_EMPTY;
    if (status != OK)
        return false;
    if (strcmp(want, "1") == 0)
        return agrees(decision, want);
    bool needed = strcmp(want, "not-needed") != 0;
    return decision->outcome == OUTCOME_FOLLOW_UP && decision->form.length == 0 &&
           decision->reason == (needed ? MSG_FOLLOW_CERTIFICATE : MSG_FOLLOW_NOT_NEEDED) &&
           (!needed || text_is(decision->row, want));
}

static unsigned mismatches_after(const struct decision_table *table)
{
    static const unsigned slots[4] = {COLUMN_NO_SELF_INFO, COLUMN_CARE, COLUMN_MYNA_CARD,
                                      COLUMN_ISSUED_BEFORE};
    static const char *const cells[3] = {"0", "１", ""};
    unsigned wrong = 0;
    for (unsigned n = 0; n < 81; n++) {
        const int cell[4] = {n % 3, n / 3 % 3, n / 9 % 3, n / 27};
        struct admitted record = {.row = 2};
        struct decision decision;
        struct error error;
        for (unsigned i = 0; i < 4; i++)
            record.value[slots[i]] = text_of(cells[cell[i]]);
        enum status status = decision_make(table, &record, &decision, &error);
        wrong += !agrees_after(status, &decision, &error, rule_after_open(cell));
        if (status == OK)
            note_row(AFTER, decision.row);
    }
    return wrong;
}

static void every_combination_after(void **state)
{
    (void)state;
    for (unsigned kind = 0; kind < INSURER_KINDS; kind++) {
        for (unsigned keys = 0; keys < KEYS; keys++) {
            struct job job = make_job((enum insurer_kind)kind, keys);
            const struct decision_table *table;
            struct text forms[2];
            struct arena arena;
            arena_open(&arena, 1 << 20);
            row_check(kind * 100 + keys, open_table(AFTER, &job, &arena, &table) == OK);
            row_check(kind * 100 + keys, mismatches_after(table) == 0);
            row_check(kind * 100 + keys,
                      decision_forms(table, forms, 2) == 1 && text_is(forms[0], "1"));
            arena_close(&arena);
        }
    }
    check_rows();
}

/* -- all editions -- */

static unsigned rows_that_fit(const struct decision_table *table, unsigned kind,
                              const uint8_t value[FACT_COUNT])
{
    unsigned count = 0;
    for (uint32_t i = 0; i < table->row_count; i++) {
        const struct table_row *row = &table->rows[i];
        bool fits = false;
        for (uint32_t w = 0; w < row->when_count; w++) {
            bool whole = true;
            for (unsigned f = 0; f < FACT_COUNT; f++)
                whole = whole && (row->when[w].allowed[f] >> value[f] & 1);
            fits |= whole;
        }
        count += fits && (row->kinds >> kind & 1);
    }
    return count;
}

/* In the files of the editions no situation has two rows: their order decides nothing. */
static void one_row_each(void **state)
{
    (void)state;
    for (unsigned edition = 0; edition < EDITIONS; edition++) {
        for (unsigned kind = 0; kind < INSURER_KINDS; kind++) {
            if (edition == KYOKAI && kind != INSURER_KYOKAI)
                continue;
            struct job job = make_job((enum insurer_kind)kind, 0);
            const struct decision_table *table;
            uint8_t open[FACT_COUNT], value[FACT_COUNT];
            unsigned wrong = 0, seen = 0;
            struct arena arena;
            arena_open(&arena, 1 << 20);
            row_check(edition * 10 + kind,
                      open_table((enum edition)edition, &job, &arena, &table) == OK);
            for (unsigned f = 0; f < FACT_COUNT; f++)
                open[f] = (uint8_t)((1u << fact_values((enum fact)f)) - 1);
            situation_first(open, FACT_COUNT, value);
            do {
                wrong += rows_that_fit(table, kind, value) != 1;
                seen++;
            } while (situation_next(open, FACT_COUNT, value));
            row_check(edition * 10 + kind, wrong == 0 && seen == 2 * SITUATIONS);
            arena_close(&arena);
        }
    }
    check_rows();
}

/* After the combinations: no row of a table is there for show. */
static void every_row_fires(void **state)
{
    (void)state;
    static const char *const names[EDITIONS][20] = {
        {"K1", "K2", "K3", "K4", "K5", "K6", "K7", "K8", "C1", "C2", "C3", "U1", "U2", "U3", "U4",
         "U5", "U6", "U7", "L"},
        {"K1", "K2", "K3", "K4", "K5", "K6", "K7", "K8"},
        {"S1", "S2", "S3", "S4", "S5"},
    };
    for (unsigned edition = 0; edition < EDITIONS; edition++) {
        unsigned count = 0;
        for (; names[edition][count]; count++) {
            bool found = false;
            for (unsigned i = 0; i < fired[edition].count; i++)
                found |= strcmp(fired[edition].names[i], names[edition][count]) == 0;
            row_check(edition * 100 + count, found);
        }
        row_check(edition * 100 + 99, fired[edition].count == count);
    }
    check_rows();
}

/* Another kind of insurer cannot print 協会けんぽ's edition. */
static void kyokai_only(void **state)
{
    (void)state;
    for (unsigned kind = 0; kind < INSURER_KINDS; kind++) {
        struct job job = make_job((enum insurer_kind)kind, 0);
        const struct decision_table *table;
        struct arena arena;
        arena_open(&arena, 1 << 20);
        row_check(kind,
                  open_table(KYOKAI, &job, &arena, &table) == (kind == INSURER_KYOKAI ? OK : STOP));
        arena_close(&arena);
    }
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
        {17, INSURER_KOKUHO_KUMIAI, "0825", "2023-01-01", "11011", "0", "", "U5",
         MSG_FOLLOW_BIRTH_SEX},
        {18, INSURER_KOKUHO_KUMIAI, "0825", "2023-01-01", "01110", "0", "", "U6",
         MSG_FOLLOW_NOT_ASKED},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct inputs in = {.kind = rows[i].kind};
        struct job job = make_job(in.kind, NOT_ASKED_HELD | BIRTH_SEX_HELD); /* the defaults */
        struct admitted record = make_record(&in);
        const struct decision_table *table;
        struct decision decision = {0};
        struct arena arena;
        struct error error;
        arena_open(&arena, 1 << 20);
        row_check(rows[i].row, open_table(NOTICE, &job, &arena, &table) == OK);
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
    static const char *const paths[EDITIONS] = {"templates/2024-01/decision.yaml",
                                                "templates/2024-01-kyokai/decision.yaml",
                                                "templates/2024-12/decision.yaml"};
    struct error error;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_combination), cmocka_unit_test(every_combination_after),
        cmocka_unit_test(one_row_each),      cmocka_unit_test(every_row_fires),
        cmocka_unit_test(kyokai_only),       cmocka_unit_test(rows_by_name)};
    arena_open(&files, 1 << 20);
    for (unsigned i = 0; i < EDITIONS; i++)
        if (os_slurp(paths[i], LIMIT_ASSET_BYTES, &files, &sources[i], &error) != OK)
            return 1;
    int failed = check_run(tests);
    arena_close(&files);
    return failed;
}
