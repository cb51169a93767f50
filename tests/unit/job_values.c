/* What a good job file gives: defaults, values, spellings, warnings; and reading from a file. */
#include "base/os.h"
#include "unit/job_text.h"

#include <unistd.h>

static void defaults(void **state)
{
    struct read_job *read = job_with(NULL, "");
    const struct job *job = &read->job;

    (void)state;
    row_check(1, read->status == OK && read->problems.count == 0);
    row_check(2, text_is(job->name, "r6-zenken-01"));
    row_check(3, job->insurer.kind == INSURER_KENPO);
    row_check(4, text_is(job->insurer.name, "架空健康保険組合"));
    row_check(5, text_is(job->insurer.number, "06139992") && !job->insurer.number_check_wrong);
    row_check(6, job->insurer.office.length == 0 && job->insurer.tel.length == 0);
    row_check(7, text_is(job->notice.edition, "2024-01") && job->notice.edition_line == 7);
    row_check(8, text_is(job->notice.layout, "standard"));
    row_check(9, job->notice.form == FORM_OFFICIAL && job->notice.form_name.length == 0);
    row_check(10, date_number(job->notice.as_of) == 20240910);
    row_check(11, date_number(job->notice.issued) == 20241001);
    row_check(12, job->notice.check_started.year == 0);
    row_check(13, job->notice.contact && !job->notice.with_card);
    row_check(14, job->notice.unanswered == UNANSWERED_FORM2);
    row_check(27, job->notice.not_asked == UNANSWERED_FOLLOW_UP);
    row_check(28, job->notice.birth_sex == UNANSWERED_FOLLOW_UP);
    row_check(29, !job->notice.card.printed && job->notice.card.issued.year == 0);
    row_check(30, job->protection.kin == KIN_HOLD);
    row_check(31, job->checks.stuck == CHECK_HOLD && job->checks.repeated == CHECK_HOLD &&
                      job->checks.dates == CHECK_HOLD && job->checks.same_person == CHECK_HOLD &&
                      job->checks.expiry == CHECK_HOLD);
    row_check(15, job->notice.portal_url.length == 0);
    row_check(16, text_is(job->input.file, "members.csv") && job->input.file_line == 11);
    row_check(17, job->input.encoding == ENCODING_UTF8);
    row_check(18, job->input.alias_count == 0 && job->input.extra_count == 0);
    row_check(19, job->input.records == 0 && !job->input.has_digest);
    row_check(20, job->protection.empty == EMPTY_FLAG_HOLD);
    row_check(21, job->guard.exempt_count == 0 && job->image_count == 0);
    row_check(22, job->output.lot_letters == 20000);
    row_check(23, job->output.qr_mask == QR_MASK_FIXED && job->output.compression == 1);
    row_check(23, job->output.marks == MARKS_TEXT);
    row_check(26, job->mail.delivery == DELIVERY_EMPLOYER);
    row_check(24, strcmp(job->folder, "some/folder") == 0);
    row_check(25, strcmp(job->path, "some/folder/job.yaml") == 0);
    job_forget(read);
    check_rows();
}

#define EVERY_KEY                                                                                          \
    "job: 全部\n"                                                                                        \
    "insurer: { kind: koki, name: 架空広域連合, number: \"39139993\", office: 資格課, postcode: " \
    "1000001,\n"                                                                                           \
    "           address: 東京都千代田区千代田1-1, tel: 03-0000-0000, desk: 窓口 }\n"           \
    "notice:\n"                                                                                            \
    "  edition: 2024-01.b\n"                                                                               \
    "  form: own_form-7\n"                                                                                 \
    "  layout: card-left\n"                                                                                \
    "  as_of: 令和6年9月10日\n"                                                                       \
    "  issued: R6.10.1\n"                                                                                  \
    "  portal_url: https://example.jp/a?b=c&d\n"                                                           \
    "  contact: false\n"                                                                                   \
    "  with_card: true\n"                                                                                  \
    "  card: { printed: true, prefecture: 中央県, issuer: A市, issued: 令和5年8月1日 }\n"         \
    "  check_started: 2024-05-07\n"                                                                        \
    "  unanswered: follow-up\n"                                                                            \
    "  not_asked: form2\n"                                                                                 \
    "  birth_sex: form2\n"                                                                                 \
    "input:\n"                                                                                             \
    "  file: \" a b.csv\"\n"                                                                               \
    "  format: csv\n"                                                                                      \
    "  encoding: cp932\n"                                                                                  \
    "  columns: { 番号: 被保険者番号, 氏名: 加入者氏名 }\n"                                 \
    "  extra: [備考, 2024]\n"                                                                            \
    "  records: 1000000000\n"                                                                              \
    "  digest: 00112233445566778899AABBCCDDEEFF00112233445566778899aabbccddeeff\n"                         \
    "piece: { by: person, max_sheets: 5, overflow: split }\n"                                              \
    "mail:\n"                                                                                              \
    "  delivery: counter\n"                                                                                \
    "  class: none\n"                                                                                      \
    "  customer_barcode: false\n"                                                                          \
    "  tracking: { first: \"560-00-00000\", count: 1000 }\n"                                               \
    "voice: { kind: none, size: M, symbols: voice/ }\n"                                                    \
    "protection: { empty: no, kin: separate }\n"                                                           \
    "checks: { stuck: off, repeated: off, dates: off, same_person: off, expiry: off }\n"                   \
    "names: { substitute: table, table: in/names.csv, allow_black_circle: false }\n"                       \
    "guard: { exempt: [引受番号, 備考] }\n"                                                          \
    "images: { seal: in/seal.svg, logo: logo.png }\n"                                                      \
    "output: { lot_letters: 50000, order: input, group: \"\", qr_mask: auto, marks: inserter, compression: 12 }\n"

static void every_key(void **state)
{
    struct read_job *read = job_with(GOOD_JOB, EVERY_KEY);
    const struct job *job = &read->job;

    (void)state;
    row_check(1, read->status == OK && read->problems.count == 0);
    row_check(2, job->insurer.kind == INSURER_KOKI);
    row_check(3,
              text_is(job->insurer.office, "資格課") && text_is(job->insurer.tel, "03-0000-0000"));
    row_check(4, text_is(job->insurer.postcode, "100-0001"));
    row_check(5, text_is(job->insurer.address, "東京都千代田区千代田1-1"));
    row_check(6, job->notice.form == FORM_NAMED && text_is(job->notice.form_name, "own_form-7"));
    row_check(7, job->notice.form_line == 6 && job->notice.layout_line == 7);
    row_check(8, text_is(job->notice.layout, "card-left") &&
                     text_is(job->notice.edition, "2024-01.b"));
    row_check(9, date_number(job->notice.as_of) == 20240910);
    row_check(10, date_number(job->notice.issued) == 20241001);
    row_check(11, text_is(job->notice.portal_url, "https://example.jp/a?b=c&d"));
    row_check(12, !job->notice.contact);
    row_check(13, date_number(job->notice.check_started) == 20240507);
    row_check(14, job->notice.unanswered == UNANSWERED_FOLLOW_UP);
    row_check(15, text_is(job->input.file, " a b.csv"));
    row_check(16, job->input.encoding == ENCODING_CP932);
    row_check(17, job->input.alias_count == 2);
    row_check(18, text_is(job->input.aliases[0].canonical, "氏名") &&
                      text_is(job->input.aliases[0].header, "加入者氏名"));
    row_check(19,
              text_is(job->input.aliases[1].canonical, "番号") && job->input.aliases[1].line == 22);
    row_check(20, job->input.extra_count == 2 && text_is(job->input.extra[1], "2024"));
    row_check(21, job->input.records == 1000000000);
    row_check(22, job->input.has_digest && job->input.digest.bytes[10] == 0xAA &&
                      job->input.digest.bytes[31] == 0xFF);
    row_check(23, job->protection.empty == EMPTY_FLAG_NO);
    row_check(24, job->guard.exempt_count == 2 && text_is(job->guard.exempt[0], "引受番号"));
    row_check(25, job->image_count == 2 && text_is(job->images[0].name, "logo") &&
                      text_is(job->images[1].file, "in/seal.svg"));
    row_check(26, job->output.lot_letters == 50000 && job->output.compression == 12);
    row_check(27, job->output.qr_mask == QR_MASK_AUTO && job->output.marks == MARKS_INSERTER);
    row_check(28, job->mail.delivery == DELIVERY_COUNTER);
    row_check(29, job->notice.with_card && job->notice.card.printed);
    row_check(30, text_is(job->notice.card.prefecture, "中央県") &&
                      text_is(job->notice.card.issuer, "A市") &&
                      date_number(job->notice.card.issued) == 20230801);
    row_check(31, job->notice.not_asked == UNANSWERED_FORM2);
    row_check(32, job->notice.birth_sex == UNANSWERED_FORM2);
    row_check(33, job->protection.kin == KIN_SEPARATE);
    row_check(34, text_is(job->insurer.desk, "窓口"));
    row_check(36, job->names.substitute == SUBSTITUTE_TABLE &&
                      text_is(job->names.table, "in/names.csv") &&
                      !job->names.allow_black_circle);
    row_check(35, job->checks.stuck == CHECK_OFF && job->checks.repeated == CHECK_OFF &&
                      job->checks.dates == CHECK_OFF && job->checks.same_person == CHECK_OFF &&
                      job->checks.expiry == CHECK_OFF);
    job_forget(read);
    check_rows();
}

static void insurer_numbers(void **state)
{
    static const struct {
        int row;
        const char *number, *want;
        bool wrong;
    } rows[] = {
        {1, "06139992", "06139992", false}, /* 9+9+9+3+2+6+0 = 38 -> 2 */
        {2, "01130012", "01130012", false}, /* 2+0+0+3+2+1+0 = 8 -> 2 */
        {3, "\"０６１３９９９２\"", "06139992", false},
        {4, "06139991", "06139991", true},
        {5, "06139929", "06139929", true}, /* last two exchanged: 4+9+9+3+2+6+0 = 33 -> 7, not 9 */
        {6, "138016", "138016", false},    /* 1*2 0 8*2 3 1*2 -> 2+0+7+3+2 = 14 -> 6 */
        {7, "138017", "138017", true},
        {8, "000000", "000000", false}, /* total 0 -> 0, not 10 */
        {9, "' 06139992 '", "06139992", false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct read_job *read = job_with("06139992", rows[i].number);
        const struct error *warning = problem_find(read, MSG_INSURER_NUMBER_CHECK);

        row_check(rows[i].row, read->status == OK);
        row_check(rows[i].row, text_is(read->job.insurer.number, rows[i].want));
        row_check(rows[i].row, read->job.insurer.number_check_wrong == rows[i].wrong);
        row_check(rows[i].row, read->problems.count == (rows[i].wrong ? 1 : 0));
        row_check(rows[i].row, !rows[i].wrong || (warning && warning->line == 5 &&
                                                  strcmp(warning->name, "insurer.number") == 0));
        job_forget(read);
    }
    check_rows();
}

/* Changes that must leave the job good. */
static void accepted(void **state)
{
    static const struct {
        int row;
        const char *old, *new_text;
    } rows[] = {
        {1, NULL, "mail:\nvoice:\npiece:\n"},
        {2, NULL, "mail: {}\n"},
        {3, NULL, "images:\n"},
        {4, NULL, "guard: { exempt: }\n"},
        {5, "file: members.csv", "file: members.csv\n  columns: {}\n  extra: []\n  records: 0"},
        {6, "number: 06139992", "number: 06139992\n  tel:\n  office: ''"},
        {7, "number: 06139992", "number: 06139992\n  tel: \"null\""},
        {8, NULL, "mail: { delivery: home }\n"},
        {9, NULL, "mail: { delivery: employer }\n"},
        {10, "2024-09-10", "2024-10-01"}, /* issued on the day itself */
        {11, "kind: kenpo", "kind: kyokai"},
        {12, "kind: kenpo", "kind: kyosai"},
        {13, "kind: kenpo", "kind: kokuho-kumiai"},
        {14, "kind: kenpo", "kind: kokuho"},
        {15, "job: r6-zenken-01", "\xEF\xBB\xBFjob: r6-zenken-01"},
        {16, "name: 架空健康保険組合",
         "name: 葛\xF3\xA0\x84\x80城健康保険組合"}, /* variation selector 17 */
        {17, NULL, "piece: { max_sheets: 1 }\n"},
        {18, NULL, "output: { lot_letters: 1 }\n"},
        {19, "number: 06139992", "number: 06139992\n  postcode: \"１００－０００１\""},
        {20, NULL, "output:\n  group:\n"},
        {21, "file: members.csv", "file: ../データ/members.csv"},
        {22, "job: r6-zenken-01",
         "job: "
         "ああああああああああああああああああああああああああああああああああああああああああああ"
         "あああああああああああああああああああ"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct read_job *read = job_with(rows[i].old, rows[i].new_text);

        row_check(rows[i].row, read->status == OK && read->problems.count == 0);
        job_forget(read);
    }
    check_rows();
}

static void forms(void **state)
{
    static const struct {
        int row;
        const char *text;
        enum form_choice form;
        const char *name;
    } rows[] = {
        {1, "official", FORM_OFFICIAL, ""},
        {2, "column", FORM_COLUMN, ""},
        {3, "1", FORM_NAMED, "1"},
        {10, "2", FORM_NAMED, "2"},
        {11, "\"3\"", FORM_NAMED, "3"},
        {12, "4", FORM_NAMED, "4"},
        {13, "1n", FORM_NAMED, "1n"},
        {4, "\"1\"", FORM_NAMED, "1"},
        {5, "own", FORM_NAMED, "own"},
        {6, "Official", FORM_NAMED, "Official"},
        {7, "peer-letter", FORM_NAMED, "peer-letter"},
        {8, "01", FORM_NAMED, "01"},
        {9, "5", FORM_NAMED, "5"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[80];
        struct read_job *read;

        snprintf(text, sizeof text, "  form: %s\n  as_of:", rows[i].text);
        read = job_with("  as_of:", text);
        row_check(rows[i].row, read->status == OK);
        row_check(rows[i].row, read->job.notice.form == rows[i].form);
        row_check(rows[i].row, text_is(read->job.notice.form_name, rows[i].name));
        row_check(rows[i].row, read->job.notice.form_line == 8);
        job_forget(read);
    }
    check_rows();
}

static void issued_early(void **state)
{
    struct read_job *read = job_with("2024-09-10", "2024-10-02");
    const struct error *warning = problem_find(read, MSG_ISSUED_EARLY);

    (void)state;
    row_check(1, read->status == OK && read->problems.count == 1);
    row_check(2, warning && warning->line == 9 && strcmp(warning->name, "notice.issued") == 0);
    job_forget(read);
    check_rows();
}

static void from_file(void **state)
{
    static struct problems problems;
    char path[4096];
    const char *folder = os_environment("TMPDIR");
    struct arena arena;
    struct job job;
    int fd;

    (void)state;
    snprintf(path, sizeof path, "%s/job-XXXXXX", folder ? folder : "/tmp");
    fd = mkstemp(path);
    row_check(1, fd >= 0 && write(fd, GOOD_JOB, strlen(GOOD_JOB)) == (ssize_t)strlen(GOOD_JOB));
    close(fd);
    arena_open(&arena, LIMIT_JOB_ARENA);
    row_check(2, job_read(path, &arena, &job, &problems) == OK && problems.count == 0);
    row_check(3, text_is(job.input.file, "members.csv") && job.path == path);
    unlink(path);
    row_check(4, job_read(path, &arena, &job, &problems) == STOP && problems.count == 1);
    row_check(5, problems.list[0].message == MSG_NO_SUCH_FILE);
    arena_close(&arena);
    check_rows();
}

static void example(void **state)
{
    static struct problems problems;
    struct arena arena;
    struct job job;

    (void)state;
    arena_open(&arena, LIMIT_JOB_ARENA);
    row_check(1, job_read("tests/jobs/example/job.yaml", &arena, &job, &problems) == OK);
    row_check(2, problems.count == 0);
    row_check(3, job.notice.form == FORM_NAMED && text_is(job.notice.form_name, "1"));
    row_check(4, strcmp(job.folder, "tests/jobs/example") == 0);
    arena_close(&arena);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults),  cmocka_unit_test(every_key), cmocka_unit_test(insurer_numbers),
        cmocka_unit_test(accepted),  cmocka_unit_test(forms),     cmocka_unit_test(issued_early),
        cmocka_unit_test(from_file), cmocka_unit_test(example),
    };

    return check_run(tests);
}
