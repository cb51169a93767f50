/* Everything a job file may do wrong: the message, its line and the key that it names. */
#include "unit/job_text.h"

#define DIGITS_32 "0123456789abcdef0123456789abcdef"
#define CHARACTERS_64 "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"

static const struct {
    int row;
    const char *old, *new_text; /* of GOOD_JOB; old NULL: new_text behind it, from line 12 */
    enum message message;
    uint32_t line;
    const char *name;
} rows[] = {
    /* unknown keys */
    {1, NULL, "colour: red\n", MSG_KEY_UNKNOWN, 12, "colour"},
    {2, "  kind: kenpo\n", "  kind: kenpo\n  fax: 1\n", MSG_KEY_UNKNOWN, 4, "insurer.fax"},
    {3, NULL, "insurer.office: 適用課\n", MSG_KEY_UNKNOWN, 12, "?"},
    {4, NULL, "mail:\n  tracking:\n    last: 1\n", MSG_KEY_UNKNOWN, 14, "mail.tracking.last"},
    {5, NULL, "\"a\\x1b[31m\": 1\n", MSG_KEY_UNKNOWN, 12, "?"},
    {6, NULL, "\"\": 1\n", MSG_KEY_UNKNOWN, 12, ""},
    {7, NULL, "Output: { lot_letters: 1 }\n", MSG_KEY_UNKNOWN, 12, "Output"},
    {8, NULL, "notice.form: 1\n", MSG_KEY_UNKNOWN, 12, "?"},

    /* required keys */
    {20, "job: r6-zenken-01\n", "", MSG_KEY_MISSING, 0, "job"},
    {21, "  kind: kenpo\n", "", MSG_KEY_MISSING, 2, "insurer.kind"},
    {22, "  name: 架空健康保険組合\n", "", MSG_KEY_MISSING, 2, "insurer.name"},
    {23, "  number: 06139992\n", "", MSG_KEY_MISSING, 2, "insurer.number"},
    {24, "  edition: 2024-01\n", "", MSG_KEY_MISSING, 6, "notice.edition"},
    {25, "  as_of: 2024-09-10\n", "", MSG_KEY_MISSING, 6, "notice.as_of"},
    {26, "  issued: 2024-10-01\n", "", MSG_KEY_MISSING, 6, "notice.issued"},
    {27, "input:\n  file: members.csv\n", "", MSG_KEY_MISSING, 0, "input.file"},
    {28, "job: r6-zenken-01", "job:", MSG_KEY_EMPTY, 1, "job"},
    {29, "job: r6-zenken-01", "job: \"　 \"", MSG_KEY_EMPTY, 1, "job"},
    {30, "number: 06139992", "number: ''", MSG_KEY_EMPTY, 5, "insurer.number"},
    {31, "as_of: 2024-09-10", "as_of:", MSG_KEY_EMPTY, 8, "notice.as_of"},
    {32, "file: members.csv", "file: \"\"", MSG_KEY_EMPTY, 11, "input.file"},
    {33, "edition: 2024-01", "edition: 2024-01\n  layout: ''", MSG_KEY_EMPTY, 8, "notice.layout"},
    {34, "edition: 2024-01", "edition: 2024-01\n  form: ''", MSG_KEY_EMPTY, 8, "notice.form"},

    /* wrong types */
    {40, "job: r6-zenken-01", "job: [a]", MSG_KEY_WANTS_VALUE, 1, "job"},
    {41, "kind: kenpo", "kind: {kenpo: 1}", MSG_KEY_WANTS_VALUE, 3, "insurer.kind"},
    {42, NULL, "mail: none\n", MSG_KEY_WANTS_GROUP, 12, "mail"},
    {43, NULL, "mail: [none]\n", MSG_KEY_WANTS_GROUP, 12, "mail"},
    {44, NULL, "mail: ''\n", MSG_KEY_WANTS_GROUP, 12, "mail"},
    {45, "file: members.csv", "file: members.csv\n  extra: 備考", MSG_KEY_WANTS_LIST, 12,
     "input.extra"},
    {46, "file: members.csv", "file: members.csv\n  extra: {}", MSG_KEY_WANTS_LIST, 12,
     "input.extra"},
    {47, "file: members.csv", "file: members.csv\n  columns: [氏名]", MSG_KEY_WANTS_MAP, 12,
     "input.columns"},
    {48, NULL, "images: logo.png\n", MSG_KEY_WANTS_MAP, 12, "images"},
    {49, NULL, "guard: { exempt: [[a]] }\n", MSG_KEY_WANTS_VALUE, 12, "guard.exempt"},
    {50, "issued: 2024-10-01", "issued: 2024-10-01\n  contact: yes", MSG_KEY_WANTS_BOOL, 10,
     "notice.contact"},
    {51, "issued: 2024-10-01", "issued: 2024-10-01\n  contact: \"true\"", MSG_KEY_WANTS_BOOL, 10,
     "notice.contact"},
    {52, "issued: 2024-10-01", "issued: 2024-10-01\n  contact:", MSG_KEY_WANTS_BOOL, 10,
     "notice.contact"},
    {53, NULL, "output: { lot_letters: many }\n", MSG_KEY_WANTS_WHOLE, 12, "output.lot_letters"},
    {54, NULL, "output: { lot_letters: \"20\" }\n", MSG_KEY_WANTS_WHOLE, 12, "output.lot_letters"},
    {55, NULL, "output: { lot_letters: 2.5 }\n", MSG_KEY_WANTS_WHOLE, 12, "output.lot_letters"},
    {56, NULL, "output: { lot_letters: 99999999999999999999 }\n", MSG_KEY_WANTS_WHOLE, 12,
     "output.lot_letters"},
    {57, "number: 06139992", "number: 06139992\n  tel: null", MSG_KEY_WANTS_TEXT, 6, "insurer.tel"},
    {58, "number: 06139992", "number: 06139992\n  tel: ~", MSG_KEY_WANTS_TEXT, 6, "insurer.tel"},
    {59, NULL, "images: { logo: [a] }\n", MSG_KEY_WANTS_VALUE, 12, "images.logo"},
    {60, "file: members.csv", "file: members.csv\n  columns: {氏名: {a: b}}", MSG_KEY_WANTS_VALUE,
     12, "input.columns.氏名"},

    /* ranges and choices */
    {70, NULL, "output: { lot_letters: 0 }\n", MSG_KEY_RANGE, 12, "output.lot_letters"},
    {71, NULL, "output: { lot_letters: 50001 }\n", MSG_KEY_RANGE, 12, "output.lot_letters"},
    {72, NULL, "output: { lot_letters: -1 }\n", MSG_KEY_RANGE, 12, "output.lot_letters"},
    {73, NULL, "output: { compression: 0 }\n", MSG_KEY_RANGE, 12, "output.compression"},
    {74, NULL, "output: { compression: 13 }\n", MSG_KEY_RANGE, 12, "output.compression"},
    {75, "file: members.csv", "file: members.csv\n  records: -1", MSG_KEY_RANGE, 12,
     "input.records"},
    {76, "file: members.csv", "file: members.csv\n  records: 1000000001", MSG_KEY_RANGE, 12,
     "input.records"},
    {77, NULL, "piece: { max_sheets: 0 }\n", MSG_KEY_RANGE, 12, "piece.max_sheets"},
    {78, "kind: kenpo", "kind: KENPO", MSG_KEY_CHOICE, 3, "insurer.kind"},
    {79, "kind: kenpo", "kind: kokuho | koki", MSG_KEY_CHOICE, 3, "insurer.kind"},
    {80, "kind: kenpo", "kind: ''", MSG_KEY_CHOICE, 3, "insurer.kind"},
    {81, "file: members.csv", "file: members.csv\n  encoding: sjis", MSG_KEY_CHOICE, 12,
     "input.encoding"},
    {82, "file: members.csv", "file: members.csv\n  format: excel", MSG_KEY_CHOICE, 12,
     "input.format"},
    {83, NULL, "protection: { empty: yes }\n", MSG_KEY_CHOICE, 12, "protection.empty"},
    {84, NULL, "output: { qr_mask: best }\n", MSG_KEY_CHOICE, 12, "output.qr_mask"},
    {184, NULL, "output: { marks: all }\n", MSG_KEY_CHOICE, 12, "output.marks"},
    {85, NULL, "mail: { delivery: office }\n", MSG_KEY_CHOICE, 12, "mail.delivery"},
    {86, NULL, "voice: { kind: braille }\n", MSG_KEY_CHOICE, 12, "voice.kind"},
    {87, "issued: 2024-10-01", "issued: 2024-10-01\n  unanswered: form1", MSG_KEY_CHOICE, 10,
     "notice.unanswered"},

    /* dates */
    {100, "2024-09-10", "tomorrow", MSG_KEY_DATE_SHAPE, 8, "notice.as_of"},
    {101, "2024-09-10", "45545", MSG_KEY_DATE_SHAPE, 8, "notice.as_of"},
    {102, "2024-09-10", "2023-02-29", MSG_KEY_DATE_IMPOSSIBLE, 8, "notice.as_of"},
    {103, "2024-09-10", "2024-13-01", MSG_KEY_DATE_IMPOSSIBLE, 8, "notice.as_of"},
    {104, "2024-09-10", "平成32年4月1日", MSG_KEY_DATE_ERA, 8, "notice.as_of"},
    {105, "2024-09-10", "2300-01-01", MSG_KEY_DATE_RANGE, 8, "notice.as_of"},
    {106, "2024-10-01", "2024-10-32", MSG_KEY_DATE_IMPOSSIBLE, 9, "notice.issued"},
    {107, "issued: 2024-10-01", "issued: 2024-10-01\n  check_started: never", MSG_KEY_DATE_SHAPE,
     10, "notice.check_started"},
    {108, "issued: 2024-10-01", "issued: 2024-10-01\n  card: { issued: 2024-02-30 }",
     MSG_KEY_DATE_IMPOSSIBLE, 10, "notice.card.issued"},

    /* postcode, insurer's number, digest */
    {120, "number: 06139992", "number: 06139992\n  postcode: 100-001", MSG_KEY_POSTCODE, 6,
     "insurer.postcode"},
    {121, "number: 06139992", "number: 06139992\n  postcode: 100-00012", MSG_KEY_POSTCODE, 6,
     "insurer.postcode"},
    {122, "number: 06139992", "number: 06139992\n  postcode: 1000-001", MSG_KEY_POSTCODE, 6,
     "insurer.postcode"},
    {123, "number: 06139992", "number: 06139992\n  postcode: 100--0001", MSG_KEY_POSTCODE, 6,
     "insurer.postcode"},
    {124, "number: 06139992", "number: 06139992\n  postcode: 000-0000", MSG_KEY_POSTCODE, 6,
     "insurer.postcode"},
    {125, "number: 06139992", "number: 06139992\n  postcode: 〒100-0001", MSG_KEY_POSTCODE, 6,
     "insurer.postcode"},
    {126, "06139992", "6139992", MSG_INSURER_NUMBER, 5, "insurer.number"},
    {127, "06139992", "061399920", MSG_INSURER_NUMBER, 5, "insurer.number"},
    {128, "06139992", "06-139992", MSG_INSURER_NUMBER, 5, "insurer.number"},
    {129, "06139992", "0613999a", MSG_INSURER_NUMBER, 5, "insurer.number"},
    {130, "06139992", "5", MSG_INSURER_NUMBER, 5, "insurer.number"},
    {131, "file: members.csv", "file: members.csv\n  digest: " DIGITS_32, MSG_KEY_DIGEST, 12,
     "input.digest"},
    {132, "file: members.csv",
     "file: members.csv\n  digest: " DIGITS_32 "g123456789abcdef0123456789abcdef", MSG_KEY_DIGEST,
     12, "input.digest"},
    {133, "file: members.csv", "file: members.csv\n  digest: " DIGITS_32 DIGITS_32 "0",
     MSG_KEY_DIGEST, 12, "input.digest"},

    /* texts and names */
    {140, "job: r6-zenken-01", "job: \"a\\nb\"", MSG_KEY_CONTROL, 1, "job"},
    {141, "job: r6-zenken-01", "job: \"a\\x7fb\"", MSG_KEY_CONTROL, 1, "job"},
    {142, "job: r6-zenken-01", "job: \"a\\u202eb\"", MSG_KEY_CONTROL, 1, "job"},
    {143, "job: r6-zenken-01", "job: \"a\\u0085b\"", MSG_KEY_CONTROL, 1, "job"},
    {144, "job: r6-zenken-01", "job: \"\\ta\"", MSG_KEY_CONTROL, 1, "job"},
    {145, "job: r6-zenken-01", "job: " CHARACTERS_64 "e", MSG_KEY_TOO_LONG, 1, "job"},
    {146, "name: 架空健康保険組合", "name: |\n    架空\n    健康保険組合", MSG_KEY_CONTROL, 4,
     "insurer.name"},
    {147, "edition: 2024-01", "edition: ../2024-01", MSG_KEY_FOLDER_NAME, 7, "notice.edition"},
    {148, "edition: 2024-01", "edition: ..", MSG_KEY_FOLDER_NAME, 7, "notice.edition"},
    {149, "edition: 2024-01", "edition: .hidden", MSG_KEY_FOLDER_NAME, 7, "notice.edition"},
    {150, "edition: 2024-01", "edition: a\\b", MSG_KEY_FOLDER_NAME, 7, "notice.edition"},
    {151, "edition: 2024-01", "edition: 令和6年", MSG_KEY_FOLDER_NAME, 7, "notice.edition"},
    {152, "edition: 2024-01", "edition: 2024-01\n  layout: card/left", MSG_KEY_FOLDER_NAME, 8,
     "notice.layout"},
    {153, "edition: 2024-01", "edition: 2024-01\n  form: a.b", MSG_KEY_NAME, 8, "notice.form"},
    {154, "edition: 2024-01", "edition: 2024-01\n  form: １", MSG_KEY_NAME, 8, "notice.form"},
    {155, "edition: 2024-01", "edition: 2024-01\n  form: -1 2", MSG_KEY_NAME, 8, "notice.form"},
    {156, NULL, "images: { Logo: a.png }\n", MSG_KEY_IMAGE_NAME, 12, "images.Logo"},
    {157, NULL, "images: { \"\": a.png }\n", MSG_KEY_IMAGE_NAME, 12, "images."},
    {158, NULL, "images:\n  logo: a.png\n  seal:\n", MSG_KEY_EMPTY, 14, "images.seal"},
    {159, "file: members.csv", "file: \"a\\0b\"", MSG_YAML_SYNTAX, 11, ""},
    {160, "file: members.csv", "file: \"a\\nb\"", MSG_KEY_CONTROL, 11, "input.file"},

    /* lists and maps of columns */
    {170, "file: members.csv", "file: members.csv\n  extra: [備考, 通知, 備考]", MSG_KEY_TWICE, 12,
     "input.extra"},
    {171, "file: members.csv", "file: members.csv\n  extra:\n    - 備考\n    - ''", MSG_KEY_EMPTY,
     14, "input.extra"},
    {172, "file: members.csv", "file: members.csv\n  columns:\n    氏名: 名\n    フリガナ: 名",
     MSG_KEY_TWICE, 14, "input.columns.フリガナ"},
    {173, "file: members.csv", "file: members.csv\n  columns: {氏名: }", MSG_KEY_EMPTY, 12,
     "input.columns.氏名"},
    {174, "file: members.csv", "file: members.csv\n  columns: {\"\": 名}", MSG_KEY_EMPTY, 12,
     "input.columns."},
    {175, "file: members.csv", "file: members.csv\n  columns: {氏名: 名}\n  extra: [名]",
     MSG_KEY_TWICE, 13, "input.extra"},
    {176, "file: members.csv", "file: members.csv\n  columns: {氏名: 名, \"氏名 \": 名前}",
     MSG_KEY_TWICE, 12, "input.columns.氏名 "},
    {177, "file: members.csv",
     "file: members.csv\n  extra: [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, "
     "v, w, x, y, z, "
     "a1, a2, a3, a4, a5, a6, a7]",
     MSG_KEY_TOO_MANY, 12, "input.extra"},
    {178, NULL, "guard: { exempt: [引受番号, 引受番号] }\n", MSG_KEY_TWICE, 12, "guard.exempt"},

    /* choices of pieces, mail, order */
    {191, NULL, "piece: { by: family }\n", MSG_KEY_CHOICE, 12, "piece.by"},
    {192, NULL, "piece: { overflow: cut }\n", MSG_KEY_CHOICE, 12, "piece.overflow"},
    {193, NULL, "mail: { class: express }\n", MSG_KEY_CHOICE, 12, "mail.class"},
    {194, NULL, "mail: { delivery: post }\n", MSG_KEY_CHOICE, 12, "mail.delivery"},
    {195, NULL, "piece: { max_sheets: 0 }\n", MSG_KEY_RANGE, 12, "piece.max_sheets"},
    {196, NULL, "mail: { customer_barcode: 1 }\n", MSG_KEY_WANTS_BOOL, 12, "mail.customer_barcode"},
    {197, NULL, "voice: { size: A4 }\n", MSG_KEY_CHOICE, 12, "voice.size"},
    {198, NULL, "voice: { cells: 401 }\n", MSG_KEY_RANGE, 12, "voice.cells"},
    {199, NULL, "voice: { encoder_seconds: 0 }\n", MSG_KEY_RANGE, 12, "voice.encoder_seconds"},
    {201, NULL, "output: { order: name }\n", MSG_KEY_CHOICE, 12, "output.order"},
    {202, NULL, "output: { lot: { by: name } }\n", MSG_KEY_CHOICE, 12, "output.lot.by"},
    {203, NULL, "output: { lot: { max: 200001 } }\n", MSG_KEY_RANGE, 12, "output.lot.max"},

    /* a feature of other versions, by name */
    {204, NULL, "output: { group: print }\n", MSG_NOT_IN_VERSION, 12, "output.group"},

    /* checks and choices of 0.2 */
    {210, NULL, "checks: { stuck: no }\n", MSG_KEY_CHOICE, 12, "checks.stuck"},
    {211, NULL, "checks: { dates: true }\n", MSG_KEY_CHOICE, 12, "checks.dates"},
    {212, NULL, "checks: off\n", MSG_KEY_WANTS_GROUP, 12, "checks"},
    {213, NULL, "checks: { order: off }\n", MSG_KEY_UNKNOWN, 12, "checks.order"},
    {214, NULL, "protection: { kin: print }\n", MSG_KEY_CHOICE, 12, "protection.kin"},
    {215, "issued: 2024-10-01", "issued: 2024-10-01\n  not_asked: form1", MSG_KEY_CHOICE, 10,
     "notice.not_asked"},
    {216, "issued: 2024-10-01", "issued: 2024-10-01\n  birth_sex: form3", MSG_KEY_CHOICE, 10,
     "notice.birth_sex"},
    {217, "issued: 2024-10-01", "issued: 2024-10-01\n  card: { issued: soon }", MSG_KEY_DATE_SHAPE,
     10, "notice.card.issued"},

    /* not a job at all */
    {220, NULL, "job: twice\n", MSG_YAML_DOUBLE_KEY, 12, "job"},
    {221, GOOD_JOB, "- a\n- b\n", MSG_KEY_WANTS_GROUP, 1, ""},
    {222, GOOD_JOB, "just words\n", MSG_KEY_WANTS_GROUP, 1, ""},
};

static void refusals(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct read_job *read = job_with(rows[i].old, rows[i].new_text);
        const struct error *error = &read->problems.list[0];

        row_check(rows[i].row, read->status == STOP);
        row_check(rows[i].row, read->problems.count == 1 && read->problems.lost == 0);
        row_check(rows[i].row, error->message == rows[i].message);
        row_check(rows[i].row, error->line == rows[i].line);
        row_check(rows[i].row, strcmp(error->name, rows[i].name) == 0);
        row_check(rows[i].row, read->problems.count == 0 || strcmp(error->file, "job.yaml") == 0);
        job_forget(read);
    }
    check_rows();
}

/* All problems at once, in the order of the file, the missing ones last. */
static void collected(void **state)
{
    static const enum message wants[] = {
        MSG_KEY_CHOICE,  MSG_KEY_UNKNOWN, MSG_INSURER_NUMBER, MSG_KEY_RANGE,   MSG_KEY_MISSING,
        MSG_KEY_MISSING, MSG_KEY_MISSING, MSG_KEY_MISSING,    MSG_KEY_MISSING, MSG_KEY_MISSING};
    struct read_job *read = job_with(GOOD_JOB, "insurer: { kind: none, colour: red, number: 1 }\n"
                                               "output: { lot_letters: 0 }\n");

    (void)state;
    row_check(1, read->status == STOP);
    row_check(2, read->problems.count == sizeof wants / sizeof *wants);
    for (size_t i = 0; i < sizeof wants / sizeof *wants; i++)
        row_check(3 + i, read->problems.list[i].message == wants[i]);
    job_forget(read);

    read = job_with(GOOD_JOB, "");
    row_check(20, read->status == STOP && read->problems.count == 8);
    job_forget(read);
    check_rows();
}

/* More problems than are kept: still STOP, and counted. */
static void flood(void **state)
{
    char text[100 * 8 + 1] = "";
    struct read_job *read;

    (void)state;
    for (size_t i = 0; i < 100; i++)
        snprintf(text + 8 * i, 9, "key%03d:\n", (int)i);
    read = job_with(NULL, text);
    row_check(1, read->status == STOP);
    row_check(2, read->problems.count == LIMIT_PROBLEMS &&
                     read->problems.lost == 100 - LIMIT_PROBLEMS);
    job_forget(read);
    check_rows();
}

/* Every size of memory that is too small stops the reading and says so; none crashes it. */
static void memory_runs_out(void **state)
{
    static const char source[] =
        GOOD_JOB "  extra: [備考]\n  columns: {氏名: 名}\nimages: {logo: a.png}\n";
    static struct problems problems;
    bool read_once = false;

    (void)state;
    for (size_t ceiling = 0; ceiling <= 1u << 20; ceiling += 4096) {
        struct arena arena;
        struct job job;

        memset(&problems, 0, sizeof problems);
        arena_open(&arena, ceiling);
        if (job_parse(text_of(source), "job.yaml", &arena, &job, &problems) == OK)
            read_once = true;
        else
            row_check(1, problems.count > 0 &&
                             problems.list[problems.count - 1].message == MSG_NO_MEMORY);
        arena_close(&arena);
    }
    row_check(2, read_once);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refusals),
        cmocka_unit_test(collected),
        cmocka_unit_test(flood),
        cmocka_unit_test(memory_runs_out),
    };

    return check_run(tests);
}
