/* What a voice code says: field by field, sentence by sentence, and who is held for it. */
#include "unit/check.h"

#include "base/utf8.h"
#include "voice/kana.h"
#include "voice/voice.h"

#include <stdio.h>

struct bench {
    struct job job;
    struct arena arena;
    struct wording wording;
    struct letter letter;
    struct error error;
    enum status status; /* of reading the template */
};

static struct bench *bench_open(const char *voice, bool household)
{
    static struct bench bench;
    static char source[4096];
    memset(&bench, 0, sizeof bench);
    bench.job.voice.kind = VOICE_UNI_VOICE;
    bench.job.voice.size = VOICE_M;
    arena_open(&bench.arena, 1 << 20);
    int size = snprintf(source, sizeof source, "form: \"1\"\nunit: %s\nvoice:\n%sparts:\n  a: b\n",
                        household ? "household" : "person", voice);
    bench.status = wording_read(&bench.job, (struct text){source, (uint32_t)size}, "t.yaml",
                                &bench.arena, &bench.wording, &bench.error);
    return &bench;
}

static const struct voice_page one_page = {.page = 1, .pages = 1};

/* One sentence with one field: what is said between X and 。 */
static bool says(enum voice_kind kind, int field, const char *value, const char *want)
{
    static struct spoken spoken;
    char voice[128], whole[512];
    snprintf(voice, sizeof voice, "  text: [ 'X{%s}。' ]\n", field_name(field));
    struct bench *bench = bench_open(voice, false);
    bench->job.voice.kind = kind;
    bench->letter.field[field] = text_of(value);
    snprintf(whole, sizeof whole, "%s%s。", kind == VOICE_QR ? "Ｘ" : "X", want);
    bool good = bench->status == OK &&
                voice_speak(&bench->job, &bench->wording, &bench->letter, &one_page, &spoken,
                            &bench->error) == OK &&
                text_is(spoken_text(&spoken), whole);
    if (!good)
        fprintf(stderr, "said %.*s, not %s\n", (int)spoken.length, spoken.bytes, whole);
    arena_close(&bench->arena);
    return good;
}

static void fields(void **state)
{
    static const struct {
        int row, field;
        const char *value, *want, *wide; /* wide NULL: the same */
    } rows[] = {
        {1, FIELD_LAST4, "6825", "6、8、2、5", "６、８、２、５"},
        {2, FIELD_LAST4, "0000", "0、0、0、0", "０、０、０、０"},
        {3, FIELD_NUMBER, "４５６", "4、5、6", "４、５、６"},
        {4, FIELD_SYMBOL, "中央A12", "中央、A、1、2", "中央、Ａ、１、２"},
        {5, FIELD_SYMBOL, "健保", "健保", NULL},
        {6, FIELD_SYMBOL, "1-23", "1、ハイフン、2、3", "１、ハイフン、２、３"},
        {7, FIELD_SYMBOL, "12－3", "1、2、ハイフン、3", "１、２、ハイフン、３"},
        {8, FIELD_BRANCH, "7", "7", "７"},
        {9, FIELD_TEL, "03-1234-5678", "03-1234-5678", NULL},
        {10, FIELD_TEL, "０３（１２３４）５６７８", "03-1234-5678", NULL},
        {11, FIELD_TEL, "(03) 1234 5678", "03-1234-5678", NULL},
        {12, FIELD_TEL, "03‐1234‐5678", "03-1234-5678", NULL},
        {13, FIELD_ACQUIRED, "平成20年4月1日", "平成20年4月1日", "平成２０年４月１日"},
        {14, FIELD_ACQUIRED, "平成 20年 4月 1日", "平成20年4月1日", "平成２０年４月１日"},
        {15, FIELD_AS_OF, "令和元年5月1日", "令和元年5月1日", "令和元年５月１日"},
        {16, FIELD_SHARE, "3割", "3割", "３割"},
        {17, FIELD_KANA, "サトウ　タロウ", "さとう たろう", "さとう　たろう"},
        {18, FIELD_KANA, "ｻﾄｳ ﾀﾛｳ", "さとう たろう", "さとう　たろう"},
        {19, FIELD_KANA, "ﾊﾞﾊﾟﾌﾞﾎﾟｶﾞﾂﾞﾄﾞｳﾞ", "ばぱぶぽがづどヴ", NULL},
        {20, FIELD_KANA, "ヴィクトリア・ジョーンズ", "ヴィくとりあ じょーんず",
         "ヴィくとりあ　じょーんず"},
        {21, FIELD_KANA, "さとう　 　たろう", "さとう たろう", "さとう　たろう"},
        {22, FIELD_KANA, "カ\u3099か\u3099", "がが", NULL}, /* combining marks */
        {23, FIELD_KANA, "ＭＡＲＩＡ", "MARIA", "ＭＡＲＩＡ"},
        {24, FIELD_INSURER, "架空健保 (本部)", "架空健保 (本部)", "架空健保　（本部）"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *wide = rows[i].wide ? rows[i].wide : rows[i].want;
        row_check(rows[i].row, says(VOICE_UNI_VOICE, rows[i].field, rows[i].value, rows[i].want));
        row_check(rows[i].row, says(VOICE_SP_CODE, rows[i].field, rows[i].value, rows[i].want));
        row_check(rows[i].row, says(VOICE_QR, rows[i].field, rows[i].value, wide));
    }
    check_rows();
}

/* Every katakana of JIS X 0201 and of Unicode with every mark: never lost, never another letter. */
static void kana(void **state)
{
    (void)state;
    for (uint32_t point = 0x30A1; point <= 0x30F6; point++) {
        char bytes[8];
        const char *at = bytes, *end = bytes + utf8_put(bytes, point);
        uint32_t want = point >= 0x30F4 ? point : point - 0x60;
        row_check((int)point, kana_next(&at, end) == want && at == end);
        end = bytes + utf8_put(bytes, point <= 0x30F4 ? point - 0x60 : point);
        at = bytes;
        if (point < 0x30F4)
            row_check((int)point, kana_next(&at, end) == want);
    }
    static const char *const wrong[] = {"佐", "〓", "●", "1", "（", "ﾞ", "アﾞ", "ｱﾟ", "〆"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const char *at = wrong[i], *end = at + strlen(at);
        row_check((int)i, kana_next(&at, end) == KANA_NONE);
    }
    check_rows();
}

static void sentences(void **state)
{
    static struct spoken spoken;
    static const struct {
        int row;
        const char *voice, *want;
        uint32_t page, pages;
    } rows[] = {
        {1, "  text: [ '{sheet}ページ。', あ。 ]\n", "1ページ。あ。", 1, 1},
        {2, "  text: [ '{sheet}ページ。' ]\n", "3ページ。", 3, 4},
        {3, "  text: [ '全部で{sheets!}ページ。', あ。 ]\n", "あ。", 1, 1},
        {4, "  text: [ '全部で{sheets!}ページ。', あ。 ]\n", "全部で4ページ。あ。", 2, 4},
        {5, "  text: [ '割合、{share!}。', い。 ]\n", "い。", 1, 1},
        {6, "  text: [ '割合、{share}。', い。 ]\n  end: [ う。 ]\n", NULL, 1, 1},
        {7, "  text: [ '電話 {tel?}。', い。 ]\n  end: [ う。 ]\n", "い。う。", 1, 1},
        {8, "  text: [ '{insurer}から。' ]\n", "まるから。", 1, 1},
        {9, "  text: [ '{desk}まで。' ]\n", "まどぐちまで。", 1, 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bench *bench = bench_open(rows[i].voice, false);
        struct voice_page page = {.page = rows[i].page, .pages = rows[i].pages};
        bench->job.voice.insurer = TEXT("まる");
        bench->job.voice.desk = TEXT("まどぐち");
        bench->letter.field[FIELD_INSURER] = TEXT("○○");
        row_check(rows[i].row, bench->status == OK);
        enum status status = voice_speak(&bench->job, &bench->wording, &bench->letter, &page,
                                         &spoken, &bench->error);
        if (rows[i].want)
            row_check(rows[i].row, status == OK && text_is(spoken_text(&spoken), rows[i].want));
        else
            row_check(rows[i].row, status == REJECT && bench->error.message == MSG_FIELD_EMPTY);
        arena_close(&bench->arena);
    }
    check_rows();
}

static void households(void **state)
{
    static struct spoken spoken;
    static struct letter members[3];
    struct bench *bench = bench_open(
        "  text: [ '{sheet}ページ。' ]\n  member: [ '{kana}、{last4}。' ]\n  end: [ 以上。 ]\n",
        true);
    (void)state;
    row_check(1, bench->status == OK);
    for (uint64_t i = 0; i < 3; i++) {
        members[i].row = 10 + i;
        members[i].field[FIELD_KANA] = i == 0 ? TEXT("ア") : i == 1 ? TEXT("イ") : TEXT("ウ");
        members[i].field[FIELD_LAST4] = TEXT("12");
    }
    struct voice_page first = {1, 2, members, 2}, second = {2, 2, members + 2, 1};
    row_check(2, voice_speak(&bench->job, &bench->wording, &bench->letter, &first, &spoken,
                             &bench->error) == OK &&
                     text_is(spoken_text(&spoken), "1ページ。あ、1、2。い、1、2。以上。"));
    row_check(3, voice_speak(&bench->job, &bench->wording, &bench->letter, &second, &spoken,
                             &bench->error) == OK &&
                     text_is(spoken_text(&spoken), "2ページ。う、1、2。以上。"));
    members[1].field[FIELD_KANA].length = 0;
    row_check(4, voice_speak(&bench->job, &bench->wording, &bench->letter, &first, &spoken,
                             &bench->error) == REJECT &&
                     bench->error.message == MSG_VOICE_NO_KANA && bench->error.row == 11);
    row_check(5, strcmp(bench->error.name, "フリガナ") == 0);
    arena_close(&bench->arena);
    check_rows();
}

static void holds(void **state)
{
    static struct spoken spoken;
    static char kana[4000];
    static const struct {
        int row;
        enum voice_kind kind;
        enum voice_size size;
        uint32_t characters; /* of the フリガナ; the sentence has one more */
        enum status status;
    } rows[] = {
        {1, VOICE_UNI_VOICE, VOICE_XS, 39, OK}, {2, VOICE_UNI_VOICE, VOICE_XS, 40, REJECT},
        {3, VOICE_UNI_VOICE, VOICE_S, 399, OK}, {4, VOICE_UNI_VOICE, VOICE_S, 400, REJECT},
        {5, VOICE_UNI_VOICE, VOICE_M, 799, OK}, {6, VOICE_UNI_VOICE, VOICE_M, 800, REJECT},
        {7, VOICE_UNI_VOICE, VOICE_L, 999, OK}, {8, VOICE_UNI_VOICE, VOICE_L, 1000, REJECT},
        {9, VOICE_SP_CODE, VOICE_M, 799, OK},   {10, VOICE_SP_CODE, VOICE_M, 800, REJECT},
        {11, VOICE_SP_CODE, VOICE_L, 999, OK},  {12, VOICE_SP_CODE, VOICE_L, 1000, REJECT},
        {13, VOICE_QR, VOICE_M, 1300, OK},
    };
    (void)state;
    for (uint32_t i = 0; i + 3 <= sizeof kana; i += 3)
        memcpy(kana + i, "ア", 3);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bench *bench = bench_open("  text: [ '{kana}。' ]\n", false);
        bench->job.voice.kind = rows[i].kind;
        bench->job.voice.size = rows[i].size;
        bench->letter.field[FIELD_KANA] = (struct text){kana, 3 * rows[i].characters};
        enum status status = voice_speak(&bench->job, &bench->wording, &bench->letter, &one_page,
                                         &spoken, &bench->error);
        row_check(rows[i].row, status == rows[i].status);
        row_check(rows[i].row, spoken.characters == rows[i].characters + 1);
        row_check(rows[i].row, status == OK || (bench->error.message == MSG_VOICE_TOO_LONG &&
                                                bench->error.have == rows[i].characters + 1 &&
                                                bench->error.want == rows[i].characters));
        arena_close(&bench->arena);
    }
    struct bench *bench = bench_open("  text: [ '{kana}。' ]\n", false);
    bench->letter.field[FIELD_KANA] = TEXT("サ藤");
    row_check(20, voice_speak(&bench->job, &bench->wording, &bench->letter, &one_page, &spoken,
                              &bench->error) == REJECT &&
                      bench->error.message == MSG_VOICE_KANA && bench->error.code_point == 0x85E4 &&
                      bench->error.offset == 4);
    bench->letter.protected_person = true;
    row_check(21, voice_speak(&bench->job, &bench->wording, &bench->letter, &one_page, &spoken,
                              &bench->error) == STOP &&
                      spoken.length == 0);
    arena_close(&bench->arena);
    check_rows();
}

static void templates(void **state)
{
    static const struct {
        int row;
        const char *voice;
        bool household;
        enum message message;
        uint32_t line;
    } rows[] = {
        {1, "  text: [ あ ]\n", false, MSG_VOICE_SENTENCE, 4},
        {2, "  text:\n    - あ。\n    - い\n", false, MSG_VOICE_SENTENCE, 6},
        {3, "  text: [ '**** {last4}。' ]\n", false, MSG_VOICE_SIGNS, 4},
        {4, "  text: [ '＊＊。' ]\n", false, MSG_VOICE_SIGNS, 4},
        {5, "  text: [ '{name}。' ]\n", false, MSG_VOICE_FIELD, 4},
        {6, "  text: [ '{addr1}。' ]\n", false, MSG_VOICE_FIELD, 4},
        {7, "  text: [ '{mail_postcode}。' ]\n", false, MSG_VOICE_FIELD, 4},
        {8, "  text: [ '{head}。' ]\n", false, MSG_VOICE_FIELD, 4},
        {9, "  text: [ '{portal_url}。' ]\n", false, MSG_VOICE_FIELD, 4},
        {10, "  text: [ '{nobody}。' ]\n", false, MSG_TEMPLATE_FIELD, 4},
        {11, "  text: [ '{kana。' ]\n", false, MSG_TEMPLATE_BRACE, 4},
        {12, "  text: あ。\n", false, MSG_VOICE_SHAPE, 4},
        {13, "  text: []\n", false, MSG_VOICE_SHAPE, 4},
        {14, "  text: [ [ あ。 ] ]\n", false, MSG_VOICE_SHAPE, 4},
        {15, "  end: [ あ。 ]\n", false, MSG_VOICE_SHAPE, 3},
        {16, "  text: [ あ。 ]\n  member: [ い。 ]\n", false, MSG_VOICE_SHAPE, 5},
        {17, "  text: [ あ。 ]\n", true, MSG_VOICE_SHAPE, 3},
        {18, "  text: [ あ。 ]\n  speed: [ い。 ]\n", false, MSG_VOICE_SHAPE, 5},
        {19, "  text: [ あ。 ]\n  member: [ い。 ]\n", true, MSG_NONE, 0},
        {20, "  text:\n    - |\n      あ。\n      い。\n", false, MSG_VOICE_SIGNS, 5},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bench *bench = bench_open(rows[i].voice, rows[i].household);
        row_check(rows[i].row, (bench->status == OK) == (rows[i].message == MSG_NONE));
        row_check(rows[i].row, bench->error.message == rows[i].message);
        row_check(rows[i].row, bench->error.line == rows[i].line);
        arena_close(&bench->arena);
    }
    check_rows();
}

/* What speech needs is filled, and nobody without a voice code is held for it. */
static void needs(void **state)
{
    struct bench *bench = bench_open("  text: [ '{kana}。{birth}。{last4}。' ]\n", false);
    struct field_set fields = {.used = {[FIELD_LAST4] = true}};
    (void)state;
    row_check(1, !bench->wording.fields.used[FIELD_KANA]);
    voice_fields(&bench->wording, &fields);
    row_check(2, fields.used[FIELD_KANA] && fields.optional[FIELD_KANA]);
    row_check(3, fields.used[FIELD_BIRTH] && fields.optional[FIELD_BIRTH]);
    row_check(4, fields.used[FIELD_LAST4] && !fields.optional[FIELD_LAST4]);
    arena_close(&bench->arena);
    check_rows();
}

static void cp932(void **state)
{
    struct sjis *sjis;
    struct error error;
    static struct spoken spoken;
    char out[VOICE_BYTES];
    uint32_t length;
    (void)state;
    row_check(1, sjis_new(&sjis, &error) == OK);
    memcpy(spoken.bytes, "1ページ。髙", spoken.length = 1 + 5 * 3);
    row_check(2, voice_cp932(sjis, &spoken, out, &length, &error) == OK && length == 11 &&
                     memcmp(out, "1\x83\x79\x81\x5B\x83\x57\x81\x42\xFB\xFC", 11) == 0);
    memcpy(spoken.bytes, "あ𠮷", spoken.length = 7);
    row_check(3, voice_cp932(sjis, &spoken, out, &length, &error) == REJECT &&
                     error.message == MSG_VOICE_NOT_CP932 && error.code_point == 0x20BB7 &&
                     error.offset == 4);
    memcpy(spoken.bytes, "ゔ", spoken.length = 3);
    row_check(4, voice_cp932(sjis, &spoken, out, &length, &error) == REJECT &&
                     error.code_point == 0x3094);
    sjis_free(sjis);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(fields),    cmocka_unit_test(kana),
                                       cmocka_unit_test(sentences), cmocka_unit_test(households),
                                       cmocka_unit_test(holds),     cmocka_unit_test(templates),
                                       cmocka_unit_test(needs),     cmocka_unit_test(cp932)};
    return check_run(tests);
}
