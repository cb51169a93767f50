/* The job's digest: the same for all spellings of one job, another for any other value; blind to paths. */
#include "unit/job_text.h"

static struct digest digest_with(const char *old, const char *new_text, int row)
{
    struct read_job *read = job_with(old, new_text);
    struct digest digest = read->job.digest;

    row_check(row, read->status == OK);
    job_forget(read);
    return digest;
}

static bool same(struct digest a, struct digest b)
{
    return memcmp(a.bytes, b.bytes, sizeof a.bytes) == 0;
}

static void spellings(void **state)
{
    static const struct {
        int row;
        const char *old, *new_text;
    } rows[] = {
        {1, NULL, "# a comment\n"},
        {2, "job: r6-zenken-01", "job: \"r6-zenken-01\"   # comment"},
        {3, "  kind: kenpo\n  name: 架空健康保険組合\n",
         "  name: 架空健康保険組合\n  kind: kenpo\n"},
        {4, "file: members.csv", "file: elsewhere/other.csv"},
        {5, NULL,
         "output: { lot_letters: 20000, order: input, qr_mask: fixed, marks: text, compression: 1 "
         "}\n"},
        {6, NULL, "voice: { kind: none, size: M, symbols: some/folder }\n"},
        {7, "2024-09-10", "令和6年9月10日"},
        {8, "2024-09-10", "R6.9.10"},
        {9, "06139992", "\"０６１３９９９２\""},
        {10, "number: 06139992", "number: \"06139992\"\n  tel: ''\n  office:"},
        {11, "issued: 2024-10-01",
         "issued: 2024-10-01\n  contact: true\n  with_card: false\n  form: official\n"
         "  layout: standard\n  unanswered: form2\n  portal_url: ''"},
        {12, "file: members.csv",
         "file: members.csv\n  columns: {}\n  extra: []\n  records: 0\n  digest: ''"},
        {13, NULL, "images: {}\nguard: { exempt: [] }\nmail: { class: none, tracking: {} }\n"},
        {14, GOOD_JOB,
         "notice: { issued: 20241001, as_of: 2024/9/10, edition: '2024-01' }\n"
         "input: { file: m.csv }\n"
         "insurer: { number: '06139992', name: ' 架空健康保険組合', kind: kenpo }\n"
         "job: r6-zenken-01\n"},
    };
    struct digest good = digest_with(NULL, "", 0);

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        row_check(rows[i].row, same(good, digest_with(rows[i].old, rows[i].new_text, rows[i].row)));
    check_rows();
}

/* Pairs of jobs that say the same with maps, images and postcodes. */
static void pairs(void **state)
{
    static const struct {
        int row;
        const char *old, *one, *other;
        bool want;
    } rows[] = {
        {1, "file: members.csv", "file: a\n  columns: {氏名: 名, 番号: 番}",
         "file: a\n  columns: {番号: 番, 氏名: 名}", true},
        {2, "file: members.csv", "file: a\n  columns: {氏名: 名, 番号: 番}",
         "file: a\n  columns: {氏名: 番, 番号: 名}", false},
        {3, "file: members.csv", "file: a\n  extra: [ab, c]", "file: a\n  extra: [a, bc]", false},
        {4, "file: members.csv", "file: a\n  extra: [a, b]", "file: a\n  extra: [b, a]",
         false}, /* slots differ */
        {5, "06139992\n", "06139992\nimages: {logo: a.png, seal: b}\n",
         "06139992\nimages: {seal: c, logo: d}\n", true},
        {6, "06139992\n", "06139992\nimages: {logo: a.png}\n", "06139992\nimages: {seal: a.png}\n",
         false},
        {7, "06139992\n", "06139992\nimages: {logo: a}\n", "06139992\n", false},
        {8, "06139992\n", "06139992\n  postcode: 1000001\n",
         "06139992\n  postcode: １００－０００１\n", true},
        {9, "file: members.csv", "file: a\n  extra: [a]", "file: a\nguard: { exempt: [a] }", false},
        {10, "file: members.csv",
         "file: a\n  digest: 00112233445566778899AABBCCDDEEFF00112233445566778899aabbccddeeff",
         "file: a\n  digest: 00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF",
         true},
        {12, "file: members.csv", /* the file's own digest would let its hidden fields through */
         "file: a\n  digest: 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
         "file: a", true},
        {11, "file: members.csv", "file: a\n  columns: {ab: c}", "file: a\n  columns: {a: bc}",
         false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct digest one = digest_with(rows[i].old, rows[i].one, rows[i].row);
        struct digest other = digest_with(rows[i].old, rows[i].other, rows[i].row);

        row_check(rows[i].row, same(one, other) == rows[i].want);
    }
    check_rows();
}

/* One change of a value a row: every digest differs from the first and from each other. */
static void values(void **state)
{
    static const struct {
        int row;
        const char *old, *new_text;
    } rows[] = {
        {1, NULL, ""},
        {2, "r6-zenken-01", "r6-zenken-02"},
        {3, "kind: kenpo", "kind: kyosai"},
        {4, "架空健康保険組合", "架空健保組合"},
        {5, "06139992", "01130012"},
        {6, "06139992", "06139992\n  office: 適用課"},
        {7, "06139992", "06139992\n  postcode: 100-0001"},
        {8, "06139992", "06139992\n  address: 適用課"},
        {9, "06139992", "06139992\n  tel: 適用課"},
        {10, "2024-01\n", "2024-02\n"},
        {11, "2024-01\n", "2024-01\n  form: 1\n"},
        {12, "2024-01\n", "2024-01\n  form: column\n"},
        {13, "2024-01\n", "2024-01\n  layout: card-left\n"},
        {14, "2024-09-10", "2024-09-11"},
        {15, "2024-10-01", "2024-10-02"},
        {16, "2024-01\n", "2024-01\n  portal_url: https://example.jp/\n"},
        {17, "2024-01\n", "2024-01\n  contact: false\n"},
        {18, "2024-01\n", "2024-01\n  check_started: 2024-05-07\n"},
        {19, "2024-01\n", "2024-01\n  unanswered: follow-up\n"},
        {20, "members.csv\n", "members.csv\n  encoding: cp932\n"},
        {21, "members.csv\n", "members.csv\n  columns: {氏名: 加入者氏名}\n"},
        {22, "members.csv\n", "members.csv\n  extra: [備考]\n"},
        {23, "members.csv\n", "members.csv\n  records: 1\n"},
        {24, NULL, "piece: { max_sheets: 2 }\n"},
        {25, NULL, "mail: { delivery: home }\n"},
        {26, NULL, "mail: { tracking: { first: \"560-00-00000\" } }\n"},
        {27, NULL, "mail: { tracking: { count: 5 } }\n"},
        {28, NULL, "voice: { size: L }\n"},
        {29, NULL, "protection: { empty: no }\n"},
        {30, NULL, "guard: { exempt: [引受番号] }\n"},
        {31, NULL, "images: { logo: a.png }\n"},
        {32, NULL, "output: { lot_letters: 19999 }\n"},
        {33, NULL, "output: { qr_mask: auto }\n"},
        {34, NULL, "output: { compression: 6 }\n"},
        {59, NULL, "output: { marks: none }\n"},
        {35, "2024-01\n", "2024-01\n  card: { issuer: 適用課 }\n"},
        {36, "2024-01\n", "2024-01\n  card: { prefecture: 適用課 }\n"},
        {37, "2024-01\n", "2024-01\n  card: { printed: true }\n"},
        {38, "2024-01\n", "2024-01\n  card: { issued: 2024-05-07 }\n"},
        {39, NULL, "piece: { by: household }\n"},
        {40, "2024-01\n", "2024-01\n  form: own\n"},
        {41, "2024-01\n", "2024-01\n  form: 4\n"},
        {42, "2024-01\n", "2024-01\n  with_card: true\n"},
        {43, "2024-01\n", "2024-01\n  not_asked: form2\n"},
        {44, "2024-01\n", "2024-01\n  birth_sex: form2\n"},
        {45, NULL, "protection: { kin: separate }\n"},
        {46, NULL, "checks: { stuck: off }\n"},
        {47, NULL, "checks: { repeated: off }\n"},
        {48, NULL, "checks: { dates: off }\n"},
        {49, NULL, "checks: { same_person: off }\n"},
        {50, NULL, "checks: { expiry: off }\n"},
        {51, "06139992\n", "06139992\n  desk: 窓口\n"},
        {52, NULL,
         "names: { substitute: table, table: names.csv }\n"}, /* its content: in the report */
        {53, NULL, "names: { allow_black_circle: true }\n"},
    };
    struct digest digests[sizeof rows / sizeof *rows];

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        digests[i] = digest_with(rows[i].old, rows[i].new_text, rows[i].row);
        for (size_t k = 0; k < i; k++)
            row_check(rows[i].row, !same(digests[i], digests[k]));
    }
    check_rows();
}

/* The lines themselves, digested by another road: the canonical form is fixed for good. */
static void canonical(void **state)
{
    static const char lines[] = "job=r6-zenken-01\n"
                                "role=insurer\n"
                                "insurer.kind=kenpo\n"
                                "insurer.name=架空健康保険組合\n"
                                "insurer.number=06139992\n"
                                "notice.edition=2024-01\n"
                                "notice.form=official\n"
                                "notice.layout=standard\n"
                                "notice.as_of=20240910\n"
                                "notice.issued=20241001\n"
                                "notice.contact=true\n"
                                "notice.with_card=false\n"
                                "notice.card.printed=false\n"
                                "notice.unanswered=form2\n"
                                "notice.not_asked=follow-up\n"
                                "notice.birth_sex=follow-up\n"
                                "input.format=csv\n"
                                "input.encoding=utf-8\n"
                                "input.header=names\n"
                                "input.unit=bytes\n"
                                "input.length=0\n"
                                "input.head.records=0\n"
                                "input.tail.records=0\n"
                                "input.kana=keep\n"
                                "input.records=0\n"
                                "piece.by=person\n"
                                "piece.max_sheets=99\n"
                                "piece.overflow=split\n"
                                "piece.cover=none\n"
                                "piece.cover_layout=standard\n"
                                "piece.paper_grams=0\n"
                                "piece.envelope_grams=0\n"
                                "piece.weight_limits=50 100 150 250 500 1000\n"
                                "mail.delivery=employer\n"
                                "mail.class=none\n"
                                "mail.customer_barcode=false\n"
                                "mail.tracking.count=0\n"
                                "mail.tracking.tokutei-kiroku.count=0\n"
                                "mail.tracking.kan-i-kakitome.count=0\n"
                                "mail.posting_names=false\n"
                                "mail.bundles.threshold=10\n"
                                "mail.bundles.prefix=auto\n"
                                "voice.kind=none\n"
                                "voice.size=M\n"
                                "voice.correction=medium\n"
                                "voice.cells=0\n"
                                "voice.encoder_seconds=3600\n"
                                "envelope.layout=naga3\n"
                                "envelope.postage=none\n"
                                "envelope.important=重要\n"
                                "envelope.no_forward=false\n"
                                "envelope.addressed=false\n"
                                "protection.empty=hold\n"
                                "protection.kin=hold\n"
                                "protection.address=hold\n"
                                "checks.stuck=hold\n"
                                "checks.repeated=hold\n"
                                "checks.dates=hold\n"
                                "checks.same_person=hold\n"
                                "checks.expiry=hold\n"
                                "names.substitute=none\n"
                                "names.allow_black_circle=false\n"
                                "output.lot_letters=20000\n"
                                "output.order=input\n"
                                "output.lot.by=letters\n"
                                "output.lot.max=0\n"
                                "output.lot.cover=false\n"
                                "output.qr_mask=fixed\n"
                                "output.marks=text\n"
                                "output.compression=1\n";
    struct digest want;
    struct error error;

    (void)state;
    row_check(1, digest_of(lines, sizeof lines - 1, &want, &error) == OK);
    row_check(2, same(want, digest_with(NULL, "", 2)));
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spellings),
        cmocka_unit_test(pairs),
        cmocka_unit_test(values),
        cmocka_unit_test(canonical),
    };

    return check_run(tests);
}
