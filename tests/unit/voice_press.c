/* Voice codes in a run: the exported texts of every shipped form, who has none, the reading test. The job and its people
 * lie in a folder of the test; templates, layouts and fonts are those of the repository. */
#include "unit/check.h"

#include "base/digest.h"
#include "base/os.h"
#include "press/press.h"
#include "press/voice.h"

#include <iconv.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/voice-press-XXXXXX";
static char csv[1 << 20]; /* the export */
static struct error first_error;
static uint32_t held_count, held_rows[64], held_messages[64];

static const char *in_folder(const char *name)
{
    static char paths[8][256];
    static int at;
    at = (at + 1) % 8;
    snprintf(paths[at], sizeof paths[at], "%s/%s", folder, name);
    return paths[at];
}

static void write_file(const char *name, const char *text)
{
    FILE *file = fopen(in_folder(name), "wb");
    assert_non_null(file);
    assert_true(fwrite(text, 1, strlen(text), file) == strlen(text));
    fclose(file);
}

static bool read_csv(const char *name)
{
    FILE *file = fopen(in_folder(name), "rb");
    if (!file)
        return false;
    size_t size = fread(csv, 1, sizeof csv - 1, file);
    csv[size] = '\0';
    fclose(file);
    return true;
}

static void write_job(const char *kind, const char *edition, const char *form, const char *voice)
{
    static char job[4096];
    snprintf(job, sizeof job,
             "job: voice-test\ninsurer:\n  kind: %s\n  name: 架空健康保険組合\n  number: \"%s\"\n"
             "  office: 例示市 国保課\n  postcode: 100-0001\n  address: 見本県例示市1-1\n"
             "  desk: 資格係\n  tel: 03-1234-5678\nnotice:\n  edition: %s\n  form: \"%s\"\n"
             "  as_of: 2024-10-01\n  issued: 2024-10-01\ninput:\n  file: members.csv\n"
             "voice: { %s, insurer: まるまる健康保険組合 }\n",
             kind, strcmp(kind, "kokuho") == 0 ? "139998" : "06139992", edition, form, voice);
    write_file("job.yaml", job);
}

static void note_held(void *context, const struct error *error)
{
    (void)context;
    if (held_count < 64) {
        held_rows[held_count] = (uint32_t)error->row;
        held_messages[held_count++] = (uint32_t)error->message;
    }
}

static enum message export(bool cp932, const char *protection) {
    static struct problems problems; struct press * press; struct press_totals totals;
    struct press_settings settings = {.job = in_folder("job.yaml"), .data = "."};
    struct voice_order order = {.out = in_folder("out.csv"), .cp932 = cp932, .held = note_held};
    (void)protection; memset(&problems, 0, sizeof problems);
    memset(&first_error, 0, sizeof first_error); held_count = 0; unlink(in_folder("out.csv"));
    unlink(in_folder("out.csv.report.json")); csv[0] = '\0';
    if (press_open(&settings, &press, &problems) !=
        OK){first_error = problems.list[problems.count - 1]; return first_error.message;}
enum status status = press_voice_export(press, &order, &totals, &first_error);
press_close(press);
if (status != OK)
    return first_error.message;
return read_csv("out.csv") ? MSG_NONE : MSG_BUG;
}

#define HEAD                                                                                                                               \
    "整理番号,種別,記号,番号,枝番,氏名,フリガナ,生年月日,性別,負担割合,資格取得年月日,有効期限,"    \
    "個人番号下4桁,不開示該当,世帯番号,世帯主氏名,郵便番号,住所A,住所B,マイナ保険証登録,要配慮者," \
    "交付済,自己情報提供不可\n"
#define TAIL ",100-0001,見本県例示市一番町,1-1,1,0,0,0\n"
#define PERSON(id, name, kana, four, hidden, house)                                                \
    id ",本人,123,4567890" four ",00," name "," kana                                               \
       ",昭和48年1月1日,女,3割,平成20年4月1日,," four "," hidden "," house ",例示 一郎" TAIL

/* -- every shipped form -- */

#define KENPO                                                                                                                                  \
    "あなたの加入する健康保険の資格情報を、次のとおりお知らせします。令和6年10月1日時点の情報です" \
    "。なお、このお知らせのみでは受診できません。"                                                                       \
    "記号、1、2、3。番号、4、5、6、7、8、9、0、6、8、2、5。枝番、0、0。氏名、さとう たろう。"
#define FALLBACK                                                                                                                                 \
    "負担割合、3割。資格取得年月日、平成20年4月1日。保険者名、まるまる健康保険組合。"                       \
    "マイナ保険証の読み取りができない例外的な場合は、スマートフォンの資格情報画面をマイナ保険証と" \
    "ともに医療機関等の受付で提示することで受診いただけます。"                                                       \
    "スマートフォンをお持ちでない方は、この文書をマイナ保険証とともに医療機関等の受付で提示するこ" \
    "とで受診いただけます。"
#define OPEN(title) "1ページ。" title "さとう たろう 様。まるまる健康保険組合からのお知らせです。"
#define CARE                                                                                                                                     \
    "保険証に表示されている、あなたの保険資格データは、国民健康保険制度のデータベースに登録されて" \
    "おり、マイナ保険証をご利用いただける状態となっています。"                                                       \
    "マイナ保険証をお持ちであれば、ぜひ、ご利用ください。"
#define CLOSE "電話、03-1234-5678。以上です。"

static void forms(void **state)
{
    static const struct {
        int row;
        const char *kind, *edition, *form, *text;
    } rows[] = {
        {1, "kenpo", "2024-01", "1",
         OPEN("資格情報のお知らせ。") KENPO FALLBACK
         "現在、医療保険のデータベースに登録されているあなたの個人番号の下4桁は、6、8、2、5です。万"
         "が一、ご自身の個人番号の下4桁と一致していない場合には、保険者までご連絡ください。" CLOSE},
        {2, "kenpo", "2024-01", "2",
         OPEN("資格情報のお知らせと、個人番号確認のお願い。") KENPO FALLBACK
         "現在、医療保険のデータベースに登録されているあなたの個人番号の下4桁は、6、8、2、5ですので"
         "、ご確認ください。ご自分の個人番号の下4桁と一致していない場合には、保険者までご連絡くださ"
         "い。" CLOSE},
        {3, "kokuho", "2024-01", "3",
         "1ページ。大切なお知らせ。さとう たろう 様の分です。例示市 国保課からのお知らせです。" CARE
         "資格取得年月日、平成20年4月1日。国民健康保険制度のデータベースに登録されているあなたの個"
         "人番号の下4桁は、6、8、2、5です。万一、異なっている場合には、資格係までご連絡ください"
         "。" CLOSE},
        {4, "kokuho", "2024-01", "4",
         "1ページ。医療保険のデータベースに登録されている、個人番号のお知らせ。まるまる健康保険組合"
         "からのお知らせです。" CARE "国民健康保険制度のデータベースに登録されている個人番号の下4桁"
         "を、次のとおりお知らせします。さとう たろう "
         "様、6、8、2、5。万一、異なっている場合には、お問い合わせ先ま"
         "でご連絡ください。お問い合わせ先、資格係。" CLOSE},
        {5, "kyokai", "2024-01-kyokai", "1",
         OPEN("資格情報のお知らせ。") KENPO
         "生年月日、昭和48年1月1日。" FALLBACK
         "現在、医療保険のデータベースに登録されているあなたの個人番号の下4桁は、6、8、2、5です。万"
         "が一、ご自身の個人番号の下4桁と一致していない場合には、保険者までご連絡ください。" CLOSE},
        {6, "kyokai", "2024-01-kyokai", "1n",
         OPEN("資格情報のお知らせ。") KENPO
         "生年月日、昭和48年1月1日。" FALLBACK
         "医療保険のデータベースにあなたの個人番号が登録されていないか、登録されている番号の確認が"
         "できていないため、このお知らせには個人番号を表示していません。お手数ですが、個人番号を保"
         "険者までご提出ください。" CLOSE},
        {7, "kyokai", "2024-01-kyokai", "2",
         OPEN("資格情報のお知らせと、個人番号確認のお願い。") KENPO
         "生年月日、昭和48年1月1日。" FALLBACK
         "現在、医療保険のデータベースに登録されているあなたの個人番号の下4桁は、6、8、2、5ですので"
         "、ご確認ください。ご自分の個人番号の下4桁と一致していない場合には、保険者までご連絡くださ"
         "い。" CLOSE},
        {8, "kenpo", "2024-12", "1", OPEN("資格情報のお知らせ。") KENPO FALLBACK CLOSE},
    };
    static char want[16384];
    (void)state;
    write_file("members.csv", HEAD PERSON("A-1", "佐藤 太郎", "サトウ　タロウ", "6825", "0", "1"));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct digest digest;
        char hex[65];
        write_job(rows[i].kind, rows[i].edition, rows[i].form, "kind: uni-voice, size: M");
        row_check(rows[i].row, export(false, NULL) == MSG_NONE);
        assert_int_equal(digest_of(rows[i].text, strlen(rows[i].text), &digest, &first_error), OK);
        digest_hex(&digest, hex);
        snprintf(want, sizeof want,
                 "row,page,symbology,size,error_correction,text,text_sha256\n2,1,uni-voice,M,"
                 "medium,%s,%s\n",
                 rows[i].text, hex);
        row_check(rows[i].row, strcmp(csv, want) == 0);
        if (strcmp(csv, want) != 0)
            fprintf(stderr, "%d %d\n%s%s", first_error.message,
                    held_count ? (int)held_messages[0] : 0, csv, want);
    }
    check_rows();
}

/* -- who has a text -- */

static bool has_row(unsigned row)
{
    char mark[32];
    snprintf(mark, sizeof mark, "\n%u,", row);
    return strstr(csv, mark) != NULL;
}

static uint32_t why(unsigned row)
{
    for (uint32_t i = 0; i < held_count; i++)
        if (held_rows[i] == row)
            return held_messages[i];
    return 0;
}

static void people(void **state)
{
    struct stat facts;
    (void)state;
    write_file("members.csv",
               HEAD PERSON("A-1", "佐藤 太郎", "サトウ　タロウ", "6825", "0", "1") /* row 2 */
               PERSON("A-2", "鈴木 次郎", "スズキ　ジロウ", "1111", "1", "2") /* 3: protected */
               PERSON("A-3", "高橋 三郎", "", "2222", "0", "3") /* 4: nothing to print */
               PERSON("A-4", "田中 四郎", "タナカ　四郎", "3333", "0", "4")   /* 5: a kanji in it */
               PERSON("A-5", "伊藤 五郎", "イトウ　ゴロウ", "4444", "0", "2") /* 6: kin of row 3 */
               PERSON("A-6", "渡辺 六郎", "ワタナベ　ロクロウ", "5555", "0", "6") /* 7 */
               PERSON("A-7", "山本 七郎", "ヤマモト　七郎", "7777", "1",
                      "7")); /* 8: protected, and no reading */
    write_job("kenpo", "2024-01", "1", "kind: qr");
    row_check(1, export(false, NULL) == MSG_NONE);
    row_check(2, has_row(2) && has_row(7));
    row_check(3, !has_row(3) && !has_row(4) && !has_row(5) && !has_row(6) && !has_row(8));
    row_check(4,
              why(4) == MSG_FIELD_EMPTY && why(5) == MSG_VOICE_KANA && why(6) == MSG_PROTECTED_KIN);
    row_check(5, why(3) == 0 && why(8) == 0); /* nobody is told of them */
    row_check(6, strstr(csv, "すずき") == NULL && strstr(csv, "1111") == NULL);
    row_check(7,
              strstr(csv, "\n2,1,qr,,,１ページ。資格情報のお知らせ。さとう　たろう　様。") != NULL);
    row_check(8, strstr(csv, "電話、03-1234-5678。") != NULL);
    row_check(9, stat(in_folder("out.csv"), &facts) == 0 && (facts.st_mode & 0777) == 0600);
    row_check(10, stat(in_folder("out.csv.report.json"), &facts) == 0 &&
                      (facts.st_mode & 0777) == 0600);
    row_check(11, read_csv("out.csv.report.json") && strstr(csv, "\"erase\": [\"out.csv\"]") &&
                      strstr(csv, "\"texts\": 2,") && !strstr(csv, "さとう"));
    row_check(12, access(in_folder("out.csv.part"), F_OK) != 0);
    check_rows();
}

/* A household's letter of several sheets: a text a page, each with its own members. */
static void pages(void **state)
{
    static char members[1 << 16];
    size_t size = (size_t)snprintf(members, sizeof members, "%s", HEAD);
    unsigned first = 0, second = 0;
    (void)state;
    for (int i = 0; i < 30; i++)
        size += (size_t)snprintf(
            members + size, sizeof members - size,
            "H-%02d,%s,7,55,%02d,例示 "
            "%c,レイジ　%s,昭和48年1月1日,女,3割,平成20年4月1日,,%04d,0,1,例示 一郎" TAIL,
            i, i ? "家族" : "本人", i, 'A' + i % 26, i % 2 ? "イ" : "ア", 1000 + i * 37);
    write_file("members.csv", members);
    write_job("kokuho", "2024-01", "4", "kind: uni-voice, size: L");
    row_check(1, export(false, NULL) == MSG_NONE);
    row_check(2, strstr(csv, "\n2,1,uni-voice,L,medium,1ページ。全部で") != NULL);
    row_check(3, strstr(csv, "\n2,2,uni-voice,L,medium,2ページ。全部で") != NULL);
    char *page = strstr(csv, "\n2,2,");
    for (char *at = csv; (at = strstr(at, "れいじ")) != NULL; at++)
        (page && at > page ? (second++) : (first++));
    row_check(4, first > 0 && second > 0 && first + second == 30);
    row_check(5, !has_row(3));
    write_job("kokuho", "2024-01", "4", "kind: uni-voice, size: S");
    row_check(6, export(false, NULL) == MSG_NONE &&
                     !has_row(2)); /* never cut: the whole household is held */
    row_check(7, why(2) == MSG_VOICE_TOO_LONG && why(3) == MSG_VOICE_TOO_LONG &&
                     why(31) == MSG_VOICE_TOO_LONG);
    check_rows();
}

static void encodings(void **state)
{
    struct digest digest;
    char hex[65];
    (void)state;
    write_file("members.csv", HEAD PERSON("A-1", "佐藤 太郎", "サトウ　タロウ", "6825", "0",
                                          "1") "A-2,本人,𠮷,7,00,佐藤 "
                                               "次郎,サトウ　ジロウ,昭和48年1月1日,女,3割,"
                                               "平成20年4月1日,,1111,0,2,例示 一郎" TAIL);
    write_job("kenpo", "2024-01", "1", "kind: uni-voice");
    row_check(1, export(true, NULL) == MSG_NONE);
    row_check(2, has_row(2) && !has_row(3) && why(3) == MSG_VOICE_NOT_CP932);
    char *text = strstr(csv, "medium,");
    assert_non_null(text);
    text += 7;
    size_t length = strcspn(text, ",\n");
    assert_int_equal(digest_of(text, length, &digest, &first_error), OK);
    digest_hex(&digest, hex);
    row_check(3, strncmp(text + length + 1, hex, 64) == 0);
    row_check(4, memcmp(text, "1\x83\x79\x81\x5B\x83\x57\x81\x42", 9) == 0);
    row_check(5, export(false, NULL) == MSG_NONE && has_row(3));
    check_rows();
}

static void refusals(void **state)
{
    static const struct {
        int row;
        const char *voice;
        enum message message;
    } rows[] = {
        {1, "kind: none", MSG_VOICE_NONE},
        {2, "kind: sp-code, size: S", MSG_VOICE_SIZE},
        {3, "kind: sp-code, size: XS", MSG_VOICE_SIZE},
        {4, "kind: sp-code, size: L", MSG_NONE},
        {5, "kind: uni-voice, symbols: a, encoder: b", MSG_VOICE_SOURCE},
        {6, "kind: uni-voice, size: XL", MSG_KEY_CHOICE},
        {7, "kind: sonic", MSG_KEY_CHOICE},
        {8, "kind: uni-voice, encoder_seconds: 0", MSG_KEY_RANGE},
    };
    (void)state;
    write_file("members.csv", HEAD PERSON("A-1", "佐藤 太郎", "サトウ　タロウ", "6825", "0", "1"));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        write_job("kenpo", "2024-01", "1", rows[i].voice);
        row_check(rows[i].row, export(false, NULL) == rows[i].message);
    }
    struct press *press;
    struct press_totals totals;
    static struct problems problems;
    struct press_settings settings = {.job = in_folder("job.yaml"), .data = "."};
    struct voice_order order = {.out = in_folder("members.csv")};
    write_job("kenpo", "2024-01", "1", "kind: qr");
    assert_int_equal(press_open(&settings, &press, &problems), OK);
    row_check(20, press_voice_export(press, &order, &totals, &first_error) == STOP &&
                      first_error.message == MSG_VOICE_TARGET);
    press_close(press);
    check_rows();
}

/* -- the reading test -- */

static char protocol[4096];
static size_t protocol_size;

static enum status keep(void *context, const void *bytes, size_t size, struct error *error)
{
    (void)context, (void)error;
    if (protocol_size + size < sizeof protocol)
        memcpy(protocol + protocol_size, bytes, size);
    protocol_size += size;
    protocol[protocol_size < sizeof protocol ? protocol_size : sizeof protocol - 1] = '\0';
    return OK;
}

static enum message check_readings(const char *readings)
{
    struct sink sink = {keep, NULL};
    struct voice_check_order order = {folder, in_folder("readings.csv"), in_folder("texts.csv")};
    write_file("readings.csv", readings);
    protocol_size = 0;
    protocol[0] = '\0';
    return press_voice_check(&order, &sink, &first_error) == OK ? MSG_NONE : first_error.message;
}

#define PROTOCOL "sequence,page,row,result,characters,first_difference\n"

static void readings(void **state)
{
    static const struct {
        int row;
        const char *readings;
        enum message message;
        const char *protocol;
    } rows[] = {
        {1, "sequence,text\n1,1ページ。あいう。\n", MSG_NONE, PROTOCOL "1,1,2,same,9,\n"},
        {2, "sequence,text\n1,\"１ページ。\r\nあ い　う。\"\n", MSG_NONE,
         PROTOCOL "1,1,2,same,9,\n"},
        {3, "sequence,text\n1,1ページ。あえう。\n", MSG_VOICE_READINGS,
         PROTOCOL "1,1,2,different,9,7\n"},
        {4, "sequence,text\n1,1ページ。あい\n", MSG_VOICE_READINGS,
         PROTOCOL "1,1,2,different,9,8\n"},
        {5, "sequence,text\n1,1ページ。あいう。え\n", MSG_VOICE_READINGS,
         PROTOCOL "1,1,2,different,9,10\n"},
        {6, "sequence,text\n2,1ページ。かき。\n", MSG_NONE, PROTOCOL "2,1,4,same,8,\n"},
        {7, "text,page,sequence\n2ページ。く。,2,2\n", MSG_NONE, PROTOCOL "2,2,4,same,7,\n"},
        {8, "sequence,text\n9,1ページ。\n", MSG_VOICE_READINGS, PROTOCOL "9,1,,unknown,,\n"},
        {9, "sequence,text,page\n1,あ,2\n", MSG_VOICE_READINGS, PROTOCOL "1,2,2,unknown,,\n"},
        {10, "sequence,text\n2,1ページ。かき。\n1,x\n", MSG_VOICE_READINGS,
         PROTOCOL "1,1,2,different,9,1\n2,1,4,same,8,\n"},
        {11, "sequence,text\n", MSG_VOICE_NO_READINGS, ""},
        {12, "sequence\n1\n", MSG_VOICE_INDEX, ""},
        {13, "sequence,text\nx,あ\n", MSG_VOICE_INDEX, ""},
        {14, "sequence,text\n1,\"あ\n", MSG_VOICE_INDEX, ""},
        {15, "sequence,text\n1,\xFF\n", MSG_VOICE_INDEX, ""},
        {16, "sequence,text\n1\n", MSG_VOICE_INDEX, ""},
    };
    (void)state;
    write_file("texts.csv",
               "row,page,text\n2,1,1ページ。あいう。\n4,1,1ページ。かき。\n4,2,2ページ。く。\n");
    write_file("records.csv",
               "row,id,outcome,seq\n2,A,printed,1\n3,B,held,\n4,C,printed,2\n5,D,printed,2\n");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        row_check(rows[i].row, check_readings(rows[i].readings) == rows[i].message);
        row_check(rows[i].row, strcmp(protocol, rows[i].protocol) == 0);
    }
    check_rows();
}

static void sample(void **state)
{
    static char manifest[8192], want[8192];
    static const struct {
        int row;
        uint32_t letters, count, picks[8];
    } rows[] = {
        {1, 100, 3, {1, 50, 100}}, {2, 100, 1, {1}}, {3, 3, 8, {1, 2, 3}}, {4, 1, 2, {1}},
        {5, 10, 4, {1, 4, 7, 10}},
    };
    struct sink sink = {keep, NULL};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t size = (size_t)snprintf(manifest, sizeof manifest, "seq,piece,lot,page,id\n");
        size_t wanted = (size_t)snprintf(want, sizeof want, "sequence,lot,page,id\n");
        for (uint32_t n = 1; n <= rows[i].letters; n++)
            size += (size_t)snprintf(manifest + size, sizeof manifest - size,
                                     "%u,%u,lot-1.pdf,%u,I%u\n", n, n, n, n);
        for (int n = 0; n < 8 && rows[i].picks[n]; n++)
            wanted += (size_t)snprintf(want + wanted, sizeof want - wanted, "%u,lot-1.pdf,%u,I%u\n",
                                       rows[i].picks[n], rows[i].picks[n], rows[i].picks[n]);
        write_file("manifest.csv", manifest);
        protocol_size = 0;
        row_check(rows[i].row,
                  press_voice_sample(folder, rows[i].count, &sink, &first_error) == OK);
        row_check(rows[i].row, strcmp(protocol, want) == 0);
    }
    write_file("manifest.csv", "seq,piece,lot,page,id\n");
    row_check(10, press_voice_sample(folder, 3, &sink, &first_error) == STOP &&
                      first_error.message == MSG_VOICE_NO_READINGS);
    check_rows();
}

int main(void)
{
    char command[64];
    const struct CMUnitTest tests[] = {cmocka_unit_test(forms),    cmocka_unit_test(people),
                                       cmocka_unit_test(pages),    cmocka_unit_test(encodings),
                                       cmocka_unit_test(refusals), cmocka_unit_test(readings),
                                       cmocka_unit_test(sample)};
    if (!mkdtemp(folder))
        return 1;
    int failed = check_run(tests);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command) != 0 || failed;
}
