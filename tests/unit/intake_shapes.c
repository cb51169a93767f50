/* Files of other shapes through the whole intake: places, rows, seeks, faults, what is rewritten and what is not. */
#include "intake/inside.h"
#include "intake/kana.h"

#include <iconv.h>

#include "unit/check.h"
#include "unit/members.h"

static struct job_field fields[] = {{{"整理番号", 12}, 1, 2, false, 0},
                                    {{"氏名", 6}, 5, 6, false, 0},
                                    {{"不開示該当", 15}, 11, 1, false, 0}};

static void fixed(struct members *members, enum input_unit unit, uint32_t length)
{
    members->job.input.format = INPUT_FIXED;
    members->job.input.unit = unit;
    members->job.input.length = length;
    members->job.input.fields = fields;
    members->job.input.field_count = 3;
}

/* "[a|b]" or "!3241" for each record. */
static void show(struct members *members, char *out, size_t size)
{
    struct record record;
    bool end = false;
    size_t at = 0;
    *out = '\0';
    for (;;) {
        enum status status = intake_next(members->intake, &record, &end, &members->error);
        if (status == STOP || end)
            break;
        if (status == REJECT)
            at += (size_t)snprintf(out + at, size - at, "!%d", (int)members->error.message);
        for (uint32_t i = 0; status == OK && i < record.count && at < size; i++)
            at += (size_t)snprintf(out + at, size - at, "%s%.*s%s", i ? "|" : "[",
                                   (int)record.field[i].length, record.field[i].bytes,
                                   i + 1 == record.count ? "]" : "");
    }
}

static void fixed_records(void **state)
{
    static const struct {
        int row;
        enum encoding encoding;
        enum input_unit unit;
        uint32_t length;
        const char *in, *want;
    } rows[] = {
        {1, ENCODING_UTF8, UNIT_BYTES, 0, "01xy架空0\n", "[01|xy|架空|0|]"},
        {2, ENCODING_UTF8, UNIT_BYTES, 0, "01xy架空0rest\r\n02  abcdef1",
         "[01|xy|架空|0|rest][02|  |abcdef|1|]"},
        {3, ENCODING_UTF8, UNIT_BYTES, 0, "01xy架空\n02  abcdef1\n\n03  abcdef1\n",
         "!3241[02|  |abcdef|1|]!3241[03|  |abcdef|1|]"},
        {5, ENCODING_UTF8, UNIT_BYTES, 13, "01xy架空0ab02  abcdef1cd",
         "[01|xy|架空|0|ab][02|  |abcdef|1|cd]"},
        {6, ENCODING_UTF8, UNIT_CHARACTERS, 0, "01xy架空花子一二0\n", "[01|xy|架空花子一二|0|]"},
        {7, ENCODING_UTF8, UNIT_CHARACTERS, 0, "01xy辻\U000E0101𠮷花子一二0z\n",
         "[01|xy|辻\U000E0101𠮷花子一二|0|z]"},
        {8, ENCODING_UTF8, UNIT_CHARACTERS, 0, "01xy架空0\n", "!3241"},
        {9, ENCODING_CP932, UNIT_BYTES, 0,
         "01xy\x89\xCB\x8B\xF3\x89\xD4"
         "0\n",
         "[01|xy|架空花|0|]"},
        {10, ENCODING_CP932, UNIT_CHARACTERS, 0,
         "01xy\x89\xCB\x8B\xF3\x89\xD4\x83\x5C\xB1\xB2"
         "0\n",
         "[01|xy|架空花ソｱｲ|0|]"},
        {11, ENCODING_EUC_JP, UNIT_CHARACTERS, 0,
         "01xy\xB2\xCD\xB6\xF5"
         "abcd0\n",
         "[01|xy|架空abcd|0|]"},
        {12, ENCODING_ISO_2022_JP, UNIT_CHARACTERS, 0, "01xy\x1B$B2M6u\x1B(Babcd0\n",
         "[01|xy|架空abcd|0|]"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct members members;
        char out[512];
        members_prepare(&members, rows[i].in, strlen(rows[i].in));
        fixed(&members, rows[i].unit, rows[i].length);
        members.job.input.encoding = rows[i].encoding;
        row_check(rows[i].row, members_open(&members) == OK);
        if (members.intake)
            show(&members, out, sizeof out);
        row_check(rows[i].row, members.intake && strcmp(out, rows[i].want) == 0);
        members_close(&members);
    }
    check_rows();
}

/* Line ends, quotes and commas mean nothing in a block; a character that a field cuts is a fault of both fields. */
static void blocks(void **state)
{
    struct members members;
    struct record record;
    bool end;
    (void)state;
    members_prepare(&members, "\n\n\",abcdef001xya\x89\xCBxx\x89\x34", 22);
    fixed(&members, UNIT_BYTES, 11);
    members.job.input.encoding = ENCODING_CP932;
    row_check(1, members_open(&members) == OK && !intake_splittable(members.intake));
    row_check(2, intake_next(members.intake, &record, &end, NULL) == OK && !end && record.row == 1);
    row_check(3, record.count == 4 && text_is(record.field[0], "\n\n") &&
                     text_is(record.field[1], "\","));
    row_check(4, intake_next(members.intake, &record, &end, NULL) == OK && !end && record.row == 2);
    row_check(5, record.fault_count == 1 && record.fault[0].column == 2 &&
                     record.fault[0].message == MSG_BAD_ENCODING);
    row_check(6, intake_next(members.intake, &record, &end, NULL) == OK && end);
    members_close(&members);
    check_rows();
}

/* A field that cuts a character of UTF-8 is as faulty as one of CP932, though the record as a whole is sound. */
static void cut_characters_of_utf8(void **state)
{
    struct members members;
    struct record record;
    bool end;
    (void)state;
    members_prepare(&members,
                    "01xy\xE6\x9E\xB6\xE7\xA9"
                    "a\xE3\x81\x82\n",
                    13);
    fixed(&members, UNIT_BYTES, 0);
    fields[1].length = 5;
    row_check(1, members_open(&members) == OK &&
                     intake_next(members.intake, &record, &end, NULL) == OK);
    row_check(2, record.fault_count >= 1 && record.fault[0].column == 2 &&
                     record.fault[0].message == MSG_BAD_ENCODING);
    members_close(&members);
    members_prepare(&members,
                    "01xy\xE6\x9E\xB6"
                    "ab\xE6\x9E\xB6\n",
                    13);
    fixed(&members, UNIT_BYTES, 0);
    fields[1].length = 6;
    row_check(3, members_open(&members) == OK &&
                     intake_next(members.intake, &record, &end, NULL) == OK);
    row_check(4, record.fault_count == 3 && record.fault[0].column == 2 &&
                     record.fault[1].column == 3 && record.fault[2].column == 4);
    members_close(&members);
    check_rows();
}

/* Refused before anything is read. */
static void combinations(void **state)
{
    static const struct {
        int row;
        enum encoding encoding;
        enum input_unit unit;
        uint32_t length, count;
        enum message want;
    } rows[] = {
        {1, ENCODING_UTF8, UNIT_BYTES, 0, 0, MSG_INPUT_NO_FIELDS},
        {2, ENCODING_UTF8, UNIT_CHARACTERS, 20, 3, MSG_INPUT_LENGTH_UNIT},
        {3, ENCODING_UTF16LE, UNIT_BYTES, 0, 3, MSG_INPUT_BYTES_LINES},
        {4, ENCODING_UTF8, UNIT_BYTES, 10, 3, MSG_INPUT_FIELD_BEYOND},
        {5, ENCODING_UTF8, UNIT_BYTES, 12, 3, MSG_INPUT_LENGTH_NOT_MET},
        {6, ENCODING_HOST, UNIT_BYTES, 11, 3, MSG_INPUT_NO_TABLE},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct members members;
        members_prepare(&members, "01xyabcdef0", 11);
        fixed(&members, rows[i].unit, rows[i].length);
        members.job.input.encoding = rows[i].encoding;
        members.job.input.field_count = rows[i].count;
        row_check(rows[i].row,
                  members_open(&members) == STOP && members.error.message == rows[i].want);
        members_close(&members);
    }
    check_rows();
}

/* -- a long file in every encoding: what is read alone is what is read in order -- */

#define PEOPLE 6000

static size_t make_csv(char *out)
{
    char *at = out + sprintf(out, "整理番号,氏名,不開示該当\n");
    for (int i = 0; i < PEOPLE; i++)
        at += sprintf(at, "%d,%s%d%s,%d\n", i, i % 7 ? "架空花子一二三四" : "\"上\n,下\"\"表ソ能",
                      i, i % 7 ? "" : "\"", i % 2);
    return (size_t)(at - out);
}

static void long_files(void **state)
{
    static const struct {
        int row;
        enum encoding encoding;
        const char *name;
    } rows[] = {{1, ENCODING_UTF8, "UTF-8"},       {2, ENCODING_CP932, "CP932"},
                {3, ENCODING_EUC_JP, "EUC-JP-MS"}, {4, ENCODING_UTF16LE, "UTF-16LE"},
                {5, ENCODING_UTF16BE, "UTF-16BE"}, {6, ENCODING_ISO_2022_JP, "ISO-2022-JP"}};
    static char utf8[PEOPLE * 64], coded[PEOPLE * 128];
    static uint64_t offset[PEOPLE];
    size_t size = make_csv(utf8);
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        iconv_t converter = iconv_open(rows[i].name, "UTF-8");
        char *from = utf8, *to = coded;
        size_t left = size, room = sizeof coded;
        struct members members;
        struct record record;
        bool end = false;
        row_check(rows[i].row, iconv(converter, &from, &left, &to, &room) != (size_t)-1);
        iconv_close(converter);
        members_prepare(&members, coded, sizeof coded - room);
        members.job.input.encoding = rows[i].encoding;
        row_check(rows[i].row, members_open(&members) == OK);
        row_check(rows[i].row,
                  intake_splittable(members.intake) == (rows[i].encoding <= ENCODING_EUC_JP));
        char want[64];
        for (int k = 0; k < PEOPLE; k++) {
            bool read = intake_next(members.intake, &record, &end, NULL) == OK && !end;
            snprintf(want, sizeof want, k % 7 ? "架空花子一二三四%d" : "上\n,下\"表ソ能%d", k);
            row_check(rows[i].row,
                      read && text_is(record.field[1], want) && record.row == (uint64_t)k + 2);
            offset[k] = record.offset;
        }
        row_check(rows[i].row, intake_next(members.intake, &record, &end, NULL) == OK && end);
        for (int k = PEOPLE - 1, n = 0; n < 500; n++, k = (k * 31 + 17) % PEOPLE) {
            intake_seek(members.intake, offset[k], (uint64_t)k + 2);
            bool read = intake_next(members.intake, &record, &end, NULL) == OK && !end;
            snprintf(want, sizeof want, "%d", k);
            row_check(rows[i].row, read && text_is(record.field[0], want) &&
                                       record.row == (uint64_t)k + 2 && record.offset == offset[k]);
        }
        members_close(&members);
    }
    check_rows();
}

/* -- several files -- */

static void later_file(void **state)
{
    static const char *const bytes[3] = {"整理番号,氏名,不開示該当\n1,a,0\n2,b,0\n",
                                         "整理番号,氏名,不開示該当\n",
                                         "整理番号,氏名,不開示該当\n3,c,0\n4,d\n5,e,0\n"};
    struct members part[3];
    struct text names[3];
    struct record record, again;
    bool end = false;
    (void)state;
    for (int i = 0; i < 3; i++) {
        members_prepare(&part[i], bytes[i], strlen(bytes[i]));
        names[i] = part[i].job.input.file;
    }
    part[0].job.input.files = names;
    part[0].job.input.file_count = 3;
    assert_int_equal(members_open(&part[0]), OK);
    row_check(1, !intake_splittable(part[0].intake));
    for (int i = 0; i < 3; i++)
        row_check(2, intake_next(part[0].intake, &record, &end, NULL) == OK && !end);
    row_check(3, record.row == 2 && record.offset >> FILE_SHIFT == 2);
    row_check(4, text_equal(intake_file_name(part[0].intake, &record), names[2]));
    row_check(5, intake_next(part[0].intake, &record, &end, &part[0].error) == REJECT &&
                     record.row == 3);
    row_check(6, strcmp(part[0].error.file, part[2].path + 5) == 0);
    row_check(7, intake_next(part[0].intake, &record, &end, NULL) == OK && record.row == 4);
    struct intake *fresh = NULL;
    assert_int_equal(intake_open(&part[0].job, NULL, &part[0].arena, &fresh, NULL), OK);
    intake_seek(fresh, record.offset, 6); /* the fifth of all: a handle that has read nothing */
    row_check(8, intake_next(fresh, &again, &end, NULL) == OK && again.row == 4 &&
                     text_is(again.field[0], "5"));
    row_check(9, again.fingerprint == record.fingerprint && again.offset == record.offset);
    row_check(10, intake_next(fresh, &again, &end, NULL) == OK && end);
    intake_rewind(fresh);
    row_check(11, intake_next(fresh, &again, &end, NULL) == OK && again.row == 2 &&
                      text_is(again.field[0], "1"));
    intake_close(fresh);
    part[0].job.input.file_count = 0;
    for (int i = 0; i < 3; i++)
        members_close(&part[i]);
    check_rows();
}

/* -- what is rewritten -- */

static void dates(void **state)
{
    static const struct {
        int row;
        const char *in, *plain, *eras;
    } rows[] = {
        {1, "00000000", "", ""},
        {2, "99999999", "", ""},
        {3, " ００００００００ ", "", ""},
        {4, "0000000", "0000000", ""},
        {5, "9999999", "9999999", ""},
        {6, "5010501", "5010501", "令和01年05月01日"},
        {7, "５０１０５０１", "５０１０５０１", "令和01年05月01日"},
        {8, "H200401", "H200401", "平成20年04月01日"},
        {9, "3640107", "3640107", "3640107"},
        {10, "20240401", "20240401", "20240401"},
        {11, "00000001", "00000001", "00000001"},
        {12, "生年月日不詳", "生年月日不詳", "生年月日不詳"},
        {13, "19450000", "19450000", "19450000"},
        {14, "50105a1", "50105a1", "50105a1"},
        {15, "000000", "000000", "000000"},
        {16, "令和元年5月1日", "令和元年5月1日", "令和元年5月1日"},
    };
    static struct job_code eras[] = {{{NULL, 0}, {"5", 1}, {"令和", 6}, 0},
                                     {{NULL, 0}, {"H", 1}, {"平成", 6}, 0}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (uint32_t count = 0; count <= 2; count += 2) {
            struct members members;
            struct record record;
            char bytes[256];
            bool end;
            int size = snprintf(bytes, sizeof bytes,
                                "整理番号,生年月日,不開示該当\n00000000,%s,0\n", rows[i].in);
            members_prepare(&members, bytes, (size_t)size);
            members.job.input.eras = eras;
            members.job.input.era_count = count;
            assert_int_equal(members_open(&members), OK);
            row_check(rows[i].row, intake_next(members.intake, &record, &end, NULL) == OK);
            row_check(rows[i].row, text_is(record.field[1], count ? rows[i].eras : rows[i].plain));
            row_check(rows[i].row, text_is(record.field[0], "00000000")); /* no date */
            members_close(&members);
        }
    check_rows();
}

static void kana(void **state)
{
    static const struct {
        int row;
        const char *in, *want;
        bool large;
    } rows[] = {
        {1, "ｶｸｳ ﾊﾅｺ", "カクウ ハナコ", false},
        {2, "ｶﾞｷﾞﾀﾞﾁﾞﾂﾞﾃﾞﾄﾞ", "ガギダヂヅデド", false},
        {3, "ﾊﾟﾋﾞﾌﾟﾍﾞﾎﾟ", "パビプベポ", false},
        {4, "ｳﾞﾜﾞｦﾞ", "ヴヷヺ", false},
        {5, "ﾅﾞｱﾟﾞ", "ナ゛ア゜゛", false},
        {6, "ｰ･｡｢｣､", "ー・。「」、", false},
        {7, "架空ｶﾞ花子", "架空ガ花子", false},
        {8, "ｷｮｳｺ ｶｯﾊﾟ", "キョウコ カッパ", false},
        {9, "ｷﾖｳｺ", "キヨウコ", true},
        {10, "ｼﾞﾕﾝ", "ジユン", true},
        {11, "カツパ", "カツパ", true},
        {12, "ツカサ", "ツカサ", false},
        {13, "ヤマダ ヨウコ", "ヤマダ ヨウコ", false},
        {14, "リヤ", "リヤ", true},
        {15, "", "", false},
        {16, "abc漢字", "abc漢字", false},
        {17, "ｶ", "カ", false},
    };
    char out[128];
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct text in = text_of(rows[i].in);
        uint32_t length = kana_widen(in, out);
        row_check(rows[i].row,
                  length <= in.length && text_is((struct text){out, length}, rows[i].want));
        row_check(rows[i].row, kana_large(in) == rows[i].large &&
                                   kana_large(text_of(rows[i].want)) == rows[i].large);
        row_check(rows[i].row, kana_half(in) == !text_is(in, rows[i].want));
    }
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fixed_records), cmocka_unit_test(blocks),
        cmocka_unit_test(combinations),  cmocka_unit_test(cut_characters_of_utf8),
        cmocka_unit_test(long_files),    cmocka_unit_test(later_file),
        cmocka_unit_test(dates),         cmocka_unit_test(kana),
    };
    return check_run(tests);
}
