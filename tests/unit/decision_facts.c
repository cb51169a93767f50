/* What a record says, leaves open, or says twice differently. */
#include "unit/check.h"

#include "base/os.h"
#include "decision/decision.h"

static struct text official, after; /* editions 2024-01, 2024-12 */

struct bench {
    struct job job;
    struct arena arena;
    const struct decision_table *table;
    struct error error;
};

static bool bench_read(struct bench *bench, enum insurer_kind kind, struct text source)
{
    memset(bench, 0, sizeof *bench);
    bench->job.insurer.kind = kind;
    bench->job.notice.check_started = (struct date){2024, 5, 7};
    arena_open(&bench->arena, 1 << 20);
    return decision_open(&bench->job, source, "decision.yaml", &bench->arena, &bench->table,
                         &bench->error) == OK;
}

static bool bench_open(struct bench *bench, enum insurer_kind kind)
{
    return bench_read(bench, kind, official);
}

/* Items: kanji name, kana, birth, sex, address, 複数資格; "-" = empty. */
static struct admitted make_record(const char *last4, const char *submitted, const char *day,
                                   const char *items, const char *overall, const char *confirmed,
                                   const char *reply)
{
    static const unsigned slots[6] = {COLUMN_MATCH_NAME, COLUMN_MATCH_KANA,    COLUMN_MATCH_BIRTH,
                                      COLUMN_MATCH_SEX,  COLUMN_MATCH_ADDRESS, COLUMN_MULTIPLE};
    struct admitted record = {.row = 5};
    for (unsigned i = 0; i < 6; i++)
        record.value[slots[i]] = (struct text){items + i, items[i] != '-'};
    record.value[COLUMN_LAST4] = text_of(last4);
    record.value[COLUMN_SUBMITTED] = text_of(submitted);
    record.value[COLUMN_REGISTERED] = text_of(day);
    record.value[COLUMN_MATCH_OVERALL] = text_of(overall);
    record.value[COLUMN_CONFIRMED] = text_of(confirmed);
    record.value[COLUMN_REPLY] = text_of(reply);
    return record;
}

struct fact_row {
    int row;
    const char *last4, *submitted, *day, *items, *overall, *confirmed, *reply;
    const char *fires;    /* NULL: held */
    enum message message; /* then with this message */
    const char *column;   /* and column */
};

#define P1 "2023-09-15"
#define P3 "2024-05-07"

static const struct fact_row kenpo_rows[] = {
    /* number */
    {1, "0825", "1", P1, "111110", "", "0", "", "K3", MSG_NONE, NULL},
    {2, "0825", "", P1, "111110", "", "0", "", "K3", MSG_NONE, NULL},
    {3, "", "0", P1, "111110", "", "0", "", "K1", MSG_NONE, NULL},
    {4, "", "", P1, "111110", "", "0", "", "K1", MSG_NONE, NULL},
    {5, "0825", "0", P1, "111110", "", "0", "", NULL, MSG_NUMBER_CONTRADICTION, "個人番号提出"},
    {6, "", "1", P1, "111110", "", "0", "", NULL, MSG_NUMBER_WITHOUT_LAST4, "個人番号下4桁"},
    {7, "0825", "はい", P1, "111110", "", "0", "", NULL, MSG_DECISION_CHOICE, "個人番号提出"},
    /* period */
    {10, "0825", "", "2023-09-16", "000000", "", "0", "", "K7", MSG_NONE, NULL},
    {11, "0825", "", "2024-05-06", "000000", "", "0", "", "K7", MSG_NONE, NULL},
    {12, "0825", "", P3, "000000", "", "0", "", "K2", MSG_NONE, NULL},
    {13, "0825", "", "令和6年5月7日", "000000", "", "0", "", "K2", MSG_NONE, NULL},
    {14, "0825", "", "", "111110", "", "0", "", NULL, MSG_DECISION_EMPTY, "登録日"},
    {15, "0825", "", "平成32年1月1日", "111110", "", "0", "", NULL, MSG_DECISION_DATE, "登録日"},
    {16, "0825", "", "45000", "111110", "", "0", "", NULL, MSG_DECISION_DATE, "登録日"},
    {17, "0825", "", "2023-02-29", "111110", "", "0", "", NULL, MSG_DECISION_DATE, "登録日"},
    {18, "", "", "", "------", "", "", "", "K1", MSG_NONE, NULL},
    /* after the start of the new check nothing else is asked */
    {19, "0825", "", P3, "------", "", "", "", "K2", MSG_NONE, NULL},
    /* items */
    {20, "0825", "", P1, "011110", "", "0", "", "K5", MSG_NONE, NULL},
    {21, "0825", "", P1, "101110", "", "0", "", "K5", MSG_NONE, NULL},
    {22, "0825", "", P1, "001111", "", "0", "", "K5", MSG_NONE, NULL},
    {23, "0825", "", P1, "111100", "", "0", "", "K5", MSG_NONE, NULL},
    {24, "0825", "", P1, "111101", "", "0", "0", "K6", MSG_NONE, NULL},
    {25, "0825", "", P1, "011100", "", "0", "0", "K6", MSG_NONE, NULL},
    {26, "0825", "", P1, "110110", "", "0", "0", "K7", MSG_NONE, NULL},
    {27, "0825", "", P1, "111010", "", "0", "0", "K7", MSG_NONE, NULL},
    {28, "0825", "", P1, "1111x0", "", "0", "", NULL, MSG_DECISION_CHOICE, "住所一致"},
    {29, "0825", "", P1, "11111x", "", "0", "", NULL, MSG_DECISION_CHOICE, "複数資格"},
    /* items left open */
    {30, "0825", "", P1, "11111-", "", "0", "", "K3", MSG_NONE, NULL},
    {31, "0825", "", P1, "11110-", "", "0", "", NULL, MSG_DECISION_EMPTY, "複数資格"},
    {32, "0825", "", P1, "01110-", "", "0", "0", "K6", MSG_NONE, NULL},
    {33, "0825", "", P1, "1-1110", "", "0", "", NULL, MSG_DECISION_EMPTY, "カナ氏名一致"},
    {34, "0825", "", P1, "0-1110", "", "0", "", "K5", MSG_NONE, NULL},
    {35, "0825", "", P1, "--0---", "", "0", "", "K7", MSG_NONE, NULL},
    {36, "0825", "", P1, "0-1110", "", "1", "", "K4", MSG_NONE, NULL},
    {37, "0825", "", P1, "------", "", "0", "", NULL, MSG_DECISION_EMPTY, "総合判定"},
    {38, "0825", "", P1, "-----1", "", "0", "", NULL, MSG_DECISION_EMPTY, "総合判定"},
    /* 総合判定 */
    {40, "0825", "", P1, "------", "○", "0", "", "K3", MSG_NONE, NULL},
    {41, "0825", "", P1, "------", "〇", "", "", "K3", MSG_NONE, NULL},
    {42, "0825", "", P1, "------", "◯", "0", "", "K3", MSG_NONE, NULL},
    {43, "0825", "", P1, "------", "△", "0", "", "K5", MSG_NONE, NULL},
    {44, "0825", "", P1, "------", "△", "1", "", "K4", MSG_NONE, NULL},
    {45, "0825", "", P1, "------", "×", "1", "", "K4", MSG_NONE, NULL},
    {46, "0825", "", P1, "------", "×", "0", "0", NULL, MSG_MATCH_UNDECIDED, "総合判定"},
    {47, "0825", "", P1, "------", "×", "0", "未照会", NULL, MSG_MATCH_UNDECIDED, "総合判定"},
    {48, "0825", "", P3, "------", "×", "0", "", "K2", MSG_NONE, NULL},
    {49, "0825", "", P1, "------", "✕", "1", "", "K4", MSG_NONE, NULL},
    {50, "0825", "", P1, "------", "A", "0", "", NULL, MSG_DECISION_CHOICE, "総合判定"},
    /* both */
    {51, "0825", "", P1, "111110", "○", "0", "", "K3", MSG_NONE, NULL},
    {52, "0825", "", P1, "011110", "○", "0", "", NULL, MSG_MATCH_CONTRADICTION, "総合判定"},
    {53, "0825", "", P1, "111110", "△", "0", "", NULL, MSG_MATCH_CONTRADICTION, "総合判定"},
    {54, "0825", "", P1, "011110", "×", "0", "", NULL, MSG_MATCH_CONTRADICTION, "総合判定"},
    {55, "0825", "", P1, "011100", "×", "0", "0", "K6", MSG_NONE, NULL},
    {56, "0825", "", P1, "110000", "×", "0", "0", "K7", MSG_NONE, NULL},
    {57, "0825", "", P1, "11110-", "△", "0", "", "K5", MSG_NONE, NULL},
    {58, "0825", "", P1, "11110-", "×", "0", "0", "K6", MSG_NONE, NULL},
    {59, "0825", "", P1, "1-----", "×", "0", "0", NULL, MSG_DECISION_EMPTY, "カナ氏名一致"},
    /* a contradiction is one after the start too */
    {60, "0825", "", P3, "011110", "○", "0", "", NULL, MSG_MATCH_CONTRADICTION, "総合判定"},
    /* confirmed, reply */
    {70, "0825", "", P1, "111110", "", "", "", "K3", MSG_NONE, NULL},
    {71, "0825", "", P1, "011110", "", "", "", NULL, MSG_DECISION_EMPTY, "保険者確認"},
    {72, "0825", "", P1, "011110", "", "2", "", NULL, MSG_DECISION_CHOICE, "保険者確認"},
    {73, "0825", "", P1, "011110", "", "１", "", "K4", MSG_NONE, NULL},
    {74, "0825", "", P1, "011100", "", "0", "０", "K6", MSG_NONE, NULL},
    {75, "0825", "", P1, "011100", "", "0", "1", "K8", MSG_NONE, NULL},
    {76, "0825", "", P1, "011100", "", "0", "未照会", "K8", MSG_NONE, NULL},
    {77, "0825", "", P1, "011100", "", "0", "", "K8", MSG_NONE, NULL},
    {78, "0825", "", P1, "011100", "", "0", "なし", NULL, MSG_DECISION_CHOICE, "回答"},
    {79, "0825", "", P1, "011100", "", "1", "", "K4", MSG_NONE, NULL},
};

/* What the class does not look at may hold anything. */
static const struct fact_row kokuho_rows[] = {
    {101, "0825", "", "x", "xxxxxx", "x", "x", "x", "C3", MSG_NONE, NULL},
    {102, "", "", "x", "xxxxxx", "x", "x", "x", "C1", MSG_NONE, NULL},
    {103, "0825", "0", "", "------", "", "", "", NULL, MSG_NUMBER_CONTRADICTION, "個人番号提出"},
};
static const struct fact_row koki_rows[] = {
    {111, "0825", "0", "x", "xxxxxx", "x", "x", "x", "L", MSG_NONE, NULL},
};
static const struct fact_row kumiai_rows[] = {
    {121, "0825", "", P1, "------", "×", "1", "", "U7", MSG_NONE, NULL},
    {122, "0825", "", P1, "------", "△", "1", "", "U3", MSG_NONE, NULL},
    {123, "0825", "", P1, "------", "×", "0", "0", NULL, MSG_MATCH_UNDECIDED, "総合判定"},
    {124, "0825", "", "", "111110", "", "", "", "U7", MSG_NONE, NULL},
    {125, "0825", "", "", "011110", "", "0", "", NULL, MSG_DECISION_EMPTY, "登録日"},
};

static void check_one(struct bench *bench, const struct fact_row *row)
{
    struct admitted record = make_record(row->last4, row->submitted, row->day, row->items,
                                         row->overall, row->confirmed, row->reply);
    struct decision decision = {0};
    bench->error = (struct error){0};
    enum status status = decision_make(bench->table, &record, &decision, &bench->error);
    row_check(row->row, status == (row->fires ? OK : REJECT));
    if (row->fires) {
        row_check(row->row, text_is(decision.row, row->fires));
    } else {
        row_check(row->row, bench->error.message == row->message);
        row_check(row->row, bench->error.row == 5 && strcmp(bench->error.name, row->column) == 0);
    }
}

static void records(void **state)
{
    (void)state;
    static const struct {
        enum insurer_kind kind;
        const struct fact_row *rows;
        size_t count;
    } sets[] = {{INSURER_KENPO, kenpo_rows, sizeof kenpo_rows / sizeof *kenpo_rows},
                {INSURER_KOKUHO, kokuho_rows, sizeof kokuho_rows / sizeof *kokuho_rows},
                {INSURER_KOKI, koki_rows, sizeof koki_rows / sizeof *koki_rows},
                {INSURER_KOKUHO_KUMIAI, kumiai_rows, sizeof kumiai_rows / sizeof *kumiai_rows}};
    for (size_t s = 0; s < sizeof sets / sizeof *sets; s++) {
        struct bench bench;
        row_check(0, bench_open(&bench, sets[s].kind));
        for (size_t i = 0; i < sets[s].count; i++)
            check_one(&bench, &sets[s].rows[i]);
        arena_close(&bench.arena);
    }
    check_rows();
}

/* Without a start of the new check, the results of the comparison always count. */
static void no_start(void **state)
{
    (void)state;
    static const struct fact_row row = {1,   "0825", "",   "2030-01-01", "011110", "",
                                        "0", "",     "K5", MSG_NONE,     NULL};
    struct bench bench;
    row_check(0, bench_open(&bench, INSURER_KENPO));
    bench.job.notice.check_started.year = 0;
    check_one(&bench, &row);
    arena_close(&bench.arena);
    check_rows();
}

static void columns(void **state)
{
    (void)state;
    static const struct {
        int row;
        enum insurer_kind kind;
        int lacking[2]; /* -1 = none */
        const char *column;
    } rows[] = {
        {1, INSURER_KENPO, {-1, -1}, NULL},
        {2, INSURER_KENPO, {COLUMN_LAST4, -1}, "個人番号下4桁"},
        {3, INSURER_KENPO, {COLUMN_REGISTERED, -1}, "登録日"},
        {4, INSURER_KENPO, {COLUMN_MATCH_OVERALL, -1}, NULL},
        {5, INSURER_KENPO, {COLUMN_MATCH_SEX, -1}, NULL},
        {6, INSURER_KENPO, {COLUMN_MATCH_OVERALL, COLUMN_MATCH_SEX}, "性別一致"},
        {7, INSURER_KENPO, {COLUMN_MATCH_OVERALL, COLUMN_MULTIPLE}, "複数資格"},
        {8, INSURER_KENPO, {COLUMN_CONFIRMED, -1}, "保険者確認"},
        {9, INSURER_KENPO, {COLUMN_REPLY, -1}, "回答"},
        {10, INSURER_KENPO, {COLUMN_SUBMITTED, -1}, NULL},
        {11, INSURER_KOKUHO, {COLUMN_REGISTERED, COLUMN_REPLY}, NULL},
        {12, INSURER_KOKUHO, {COLUMN_LAST4, -1}, "個人番号下4桁"},
        {13, INSURER_KOKI, {COLUMN_LAST4, COLUMN_REGISTERED}, NULL},
        {14, INSURER_KOKUHO_KUMIAI, {COLUMN_REPLY, -1}, "回答"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct header header = {.count = 1};
        struct bench bench;
        row_check(rows[i].row, bench_open(&bench, rows[i].kind));
        for (int k = 0; k < 2; k++)
            if (rows[i].lacking[k] >= 0)
                header.index[rows[i].lacking[k]] = -1;
        enum status status = decision_columns(bench.table, &header, &bench.error);
        row_check(rows[i].row, status == (rows[i].column ? STOP : OK));
        row_check(rows[i].row, !rows[i].column || (bench.error.message == MSG_DECISION_COLUMN &&
                                                   strcmp(bench.error.name, rows[i].column) == 0));
        arena_close(&bench.arena);
    }
    check_rows();
}

/* Edition 2024-12: columns, values, and what an empty cell leaves open. */
static void after_cards(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *withheld, *care, *card, *before;
        const char *fires; /* NULL: held */
        enum message message;
        const char *column;
    } rows[] = {
        {1, "0", "0", "1", "0", "S5", MSG_NONE, NULL},
        {2, "０", "０", "１", "０", "S5", MSG_NONE, NULL},
        {3, "0", "0", "1", "1", "S4", MSG_NONE, NULL},
        {4, "0", "0", "0", "1", "S3", MSG_NONE, NULL},
        {5, "0", "1", "1", "0", "S2", MSG_NONE, NULL},
        {6, "1", "1", "0", "1", "S1", MSG_NONE, NULL},
        /* what comes first makes the rest idle */
        {7, "1", "", "", "", "S1", MSG_NONE, NULL},
        {8, "0", "1", "", "", "S2", MSG_NONE, NULL},
        {9, "0", "0", "0", "", "S3", MSG_NONE, NULL},
        {10, "0", "0", "1", "", NULL, MSG_DECISION_EMPTY, "交付済"},
        {11, "0", "0", "", "0", NULL, MSG_DECISION_EMPTY, "マイナ保険証登録"},
        {12, "0", "", "1", "0", NULL, MSG_DECISION_EMPTY, "要配慮者"},
        {13, "0", "", "", "", NULL, MSG_DECISION_EMPTY, "要配慮者"},
        {14, "", "0", "1", "0", "S5", MSG_NONE, NULL}, /* protection.empty: no let it in */
        {15, "0", "2", "1", "0", NULL, MSG_DECISION_CHOICE, "要配慮者"},
        {16, "0", "0", "有", "0", NULL, MSG_DECISION_CHOICE, "マイナ保険証登録"},
        {17, "0", "0", "1", "未", NULL, MSG_DECISION_CHOICE, "交付済"},
        {18, "x", "0", "1", "0", NULL, MSG_DECISION_CHOICE, "自己情報提供不可"},
    };
    static const unsigned slots[4] = {COLUMN_NO_SELF_INFO, COLUMN_CARE, COLUMN_MYNA_CARD,
                                      COLUMN_ISSUED_BEFORE};
    struct header header = {.count = 1};
    struct bench bench;
    row_check(0, bench_read(&bench, INSURER_KOKUHO, after));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct admitted record = {.row = 5};
        struct decision decision = {0};
        const char *const cells[4] = {rows[i].withheld, rows[i].care, rows[i].card, rows[i].before};
        for (unsigned k = 0; k < 4; k++)
            record.value[slots[k]] = text_of(cells[k]);
        bench.error = (struct error){0};
        enum status status = decision_make(bench.table, &record, &decision, &bench.error);
        row_check(rows[i].row, status == (rows[i].fires ? OK : REJECT));
        row_check(rows[i].row, !rows[i].fires || text_is(decision.row, rows[i].fires));
        row_check(rows[i].row, bench.error.message == rows[i].message);
        row_check(rows[i].row, rows[i].fires || strcmp(bench.error.name, rows[i].column) == 0);
    }
    /* these four columns, and no other: not the last 4 either */
    for (unsigned i = 0; i < COLUMN_COUNT; i++)
        header.index[i] = -1;
    for (unsigned k = 0; k < 4; k++) {
        row_check(20 + k, decision_columns(bench.table, &header, &bench.error) == STOP);
        row_check(20 + k, bench.error.message == MSG_DECISION_COLUMN &&
                              strcmp(bench.error.name, column_name(slots[k])) == 0);
        header.index[slots[k]] = 0;
    }
    row_check(24, decision_columns(bench.table, &header, &bench.error) == OK);
    arena_close(&bench.arena);
    check_rows();
}

int main(void)
{
    struct error error;
    struct arena files;
    const struct CMUnitTest tests[] = {cmocka_unit_test(records), cmocka_unit_test(no_start),
                                       cmocka_unit_test(columns), cmocka_unit_test(after_cards)};
    arena_open(&files, 1 << 20);
    if (os_slurp("templates/2024-01/decision.yaml", LIMIT_ASSET_BYTES, &files, &official, &error) !=
            OK ||
        os_slurp("templates/2024-12/decision.yaml", LIMIT_ASSET_BYTES, &files, &after, &error) !=
            OK)
        return 1;
    int failed = check_run(tests);
    arena_close(&files);
    return failed;
}
