/* Records as intake gives them: decoded, with rows, faults and places. */
#include "intake/intake.h"

#include <sys/stat.h>

#include "unit/check.h"
#include "unit/members.h"

/* Columns: 整理番号, 氏名, 不開示該当 in both encodings. */
#define HEAD8 "整理番号,氏名,不開示該当\n"
#define HEAD932                                                                                    \
    "\x90\xAE\x97\x9D\x94\xD4\x8D\x86,\x8E\x81\x96\xBC,\x95\x73\x8A\x4A\x8E\xA6\x8A\x59\x93\x96\n"

struct sample {
    int row;
    const char *in; /* behind the header; with its size, as it may hold NUL */
    size_t size;
    const char *want; /* second field of the first record */
    enum message fault;
    uint32_t offset;
};
#define SAMPLE(row, in, want, fault, offset)                                                       \
    {                                                                                              \
        row, in, sizeof(in) - 1, want, fault, offset                                               \
    }

static void read_sample(const struct sample *sample, enum encoding encoding)
{
    const char *head = encoding == ENCODING_UTF8 ? HEAD8 : HEAD932;
    struct members members;
    struct record record;
    bool end = false;
    char bytes[256];

    memcpy(bytes, head, strlen(head));
    memcpy(bytes + strlen(head), sample->in, sample->size);
    members_prepare(&members, bytes, strlen(head) + sample->size);
    members.job.input.encoding = encoding;
    assert_int_equal(members_open(&members), OK);
    row_check(sample->row, intake_header(members.intake)->index[COLUMN_NAME] == 1);
    row_check(sample->row, intake_next(members.intake, &record, &end, NULL) == OK && !end);
    row_check(sample->row, record.row == 2 && record.count == 3 && record.offset == strlen(head));
    row_check(sample->row,
              text_is(record.field[1], sample->want) ||
                  (sample->fault == MSG_NUL_BYTE &&
                   memcmp(record.field[1].bytes, sample->want, record.field[1].length) == 0));
    row_check(sample->row, record.fault_count == (sample->fault != MSG_NONE));
    if (record.fault_count)
        row_check(sample->row, record.fault[0].column == 1 &&
                                   record.fault[0].message == sample->fault &&
                                   record.fault[0].offset == sample->offset);
    row_check(
        sample->row,
        text_is(record_value(intake_header(members.intake), &record, COLUMN_NAME), sample->want) ||
            sample->fault == MSG_NUL_BYTE);
    row_check(sample->row, intake_next(members.intake, &record, &end, NULL) == OK && end);
    members_close(&members);
}

static void utf8_fields(void **state)
{
    static const struct sample samples[] = {
        SAMPLE(1, "1,架空 花子,0\n", "架空 花子", MSG_NONE, 0),
        SAMPLE(2, "1,,0\n", "", MSG_NONE, 0),
        SAMPLE(3, "1,\"花\"\"子\"\"\",0\n", "花\"子\"", MSG_NONE, 0),
        SAMPLE(4, "1,\"花\r\n子,\",0\n", "花\r\n子,", MSG_NONE, 0),
        SAMPLE(5, "1,𠮷葛\U000E0102,0\n", "𠮷葛\U000E0102", MSG_NONE, 0),
        SAMPLE(6, "1,\"\"\"\",0\n", "\"", MSG_NONE, 0),
        SAMPLE(10, "1,\xE6\x9E,0\n", "\uFFFD\uFFFD", MSG_BAD_ENCODING, 1),
        SAMPLE(11, "1,架\x89\xCB,0\n", "架\uFFFD\uFFFD", MSG_BAD_ENCODING, 4),
        SAMPLE(12, "1,a\xC0\x80,0\n", "a\uFFFD\uFFFD", MSG_BAD_ENCODING, 2),
        SAMPLE(13, "1,a\xED\xA0\x80z,0\n", "a\uFFFD\uFFFD\uFFFDz", MSG_BAD_ENCODING, 2),
        SAMPLE(14, "1,\xF4\x90\x80\x80,0\n", "\uFFFD\uFFFD\uFFFD\uFFFD", MSG_BAD_ENCODING, 1),
        SAMPLE(15, "1,\"\"\"a\xFF\",0\n", "\"a\uFFFD", MSG_BAD_ENCODING, 4),
        SAMPLE(16, "1,\"\xFF\"\"a\xFF\",0\n", "\uFFFD\"a\uFFFD", MSG_BAD_ENCODING, 1),
        SAMPLE(20, "1,ab\0c,0\n", "ab\0c", MSG_NUL_BYTE, 3),
        SAMPLE(21, "1,a\0\xFF,0\n", "a\0\uFFFD", MSG_NUL_BYTE, 2),
        SAMPLE(22, "1,\"\"\"\0\",0\n", "\"\0", MSG_NUL_BYTE, 3),
    };

    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        read_sample(&samples[i], ENCODING_UTF8);
    check_rows();
}

static void cp932_fields(void **state)
{
    static const struct sample samples[] = {
        SAMPLE(1, "1,\x89\xCB\x8B\xF3 \x89\xD4\x8E\x71,0\n", "架空 花子", MSG_NONE, 0),
        SAMPLE(2, "1,\"\x89\xD4\"\"\x8E\x71\",0\n", "花\"子", MSG_NONE, 0),
        /* second bytes that are ASCII: ソ 5C, ー 5B, 表 5C, ァ 40, ミ 7E */
        SAMPLE(3, "1,\x83\x5C\x81\x5B\x95\x5C\x83\x40\x83\x7E,0\n", "ソー表ァミ", MSG_NONE, 0),
        SAMPLE(4, "1,\xB1\xDE\xDF\xA1,0\n", "ｱﾞﾟ｡", MSG_NONE, 0),
        SAMPLE(5, "1,\xEE\xE0\xFB\xFC\xED\x95\xFA\xB1,0\n", "髙髙﨑﨑", MSG_NONE, 0),
        SAMPLE(6, "1,\x81\x60\x81\x7C\x5C\x7E,0\n", "～－\\~", MSG_NONE, 0),
        SAMPLE(7, "1,\xF0\x40,0\n", "\uE000", MSG_NONE, 0),
        SAMPLE(8, "1,\"\x89\xD4\r\n\x8E\x71\",0\n", "花\r\n子", MSG_NONE, 0),
        SAMPLE(10, "1,a\x80,0\n", "a\uFFFD", MSG_BAD_ENCODING, 2),
        SAMPLE(11, "1,\xA0,0\n", "\uFFFD", MSG_BAD_ENCODING, 1),
        SAMPLE(12, "1,\x89\xD4\xFD,0\n", "花\uFFFD", MSG_BAD_ENCODING, 3),
        SAMPLE(13, "1,\x89\xD4\x8E,0\n", "花\uFFFD", MSG_BAD_ENCODING, 3),
        SAMPLE(14, "1,\"\x89\xD4\x8E\",0\n", "花\uFFFD", MSG_BAD_ENCODING, 3),
        SAMPLE(15, "1,\x81\xADz,0\n", "\uFFFDz", MSG_BAD_ENCODING, 1),
        SAMPLE(16, "1,\x85\x40,0\n", "\uFFFD", MSG_BAD_ENCODING, 1),
        SAMPLE(17, "1,\x81\x7Fz,0\n", "\uFFFD\x7Fz", MSG_BAD_ENCODING, 1),
        SAMPLE(18, "1,\x81 z,0\n", "\uFFFD z", MSG_BAD_ENCODING, 1),
        SAMPLE(20, "1,\x89\xD4\0,0\n", "花\0", MSG_NUL_BYTE, 3),
    };

    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        read_sample(&samples[i], ENCODING_CP932);
    check_rows();
}

/* A field of size bytes of `unit`, in quotes or not. */
static void read_long(int row, enum encoding encoding, const char *unit, size_t units, bool quoted,
                      bool fits)
{
    static char bytes[LIMIT_RECORD_BYTES];
    const char *head = encoding == ENCODING_UTF8 ? HEAD8 : HEAD932;
    struct members members;
    struct record record;
    bool end = false;
    size_t at = (size_t)snprintf(bytes, sizeof bytes, "%s1,%s", head, quoted ? "\"" : "");

    for (size_t i = 0; i < units; i++, at += strlen(unit))
        memcpy(bytes + at, unit, strlen(unit));
    at += (size_t)snprintf(bytes + at, sizeof bytes - at, "%s,\xB1", quoted ? "\"" : "");
    members_prepare(&members, bytes, at);
    members.job.input.encoding = encoding;
    assert_int_equal(members_open(&members), OK);
    row_check(row, intake_next(members.intake, &record, &end, NULL) == OK && record.count == 3);
    uint32_t others = encoding == ENCODING_UTF8; /* B1 is no UTF-8 */
    row_check(row, record.fault_count == others + !fits);
    if (!fits)
        row_check(row, record.fault[0].column == 1 &&
                           record.fault[0].message == MSG_FIELD_TOO_LONG &&
                           record.fault[0].offset == 0);
    members_close(&members);
}

static void long_fields(void **state)
{
    (void)state;
    read_long(1, ENCODING_UTF8, "x", LIMIT_FIELD_BYTES, false, true);
    read_long(2, ENCODING_UTF8, "x", LIMIT_FIELD_BYTES + 1, false, false);
    read_long(3, ENCODING_UTF8, "x", LIMIT_FIELD_BYTES, true, true);
    read_long(4, ENCODING_UTF8, "\"\"", LIMIT_FIELD_BYTES / 2, true, true);
    read_long(5, ENCODING_UTF8, "\"\"", LIMIT_FIELD_BYTES / 2 + 1, true,
              false); /* half of it decoded */
    read_long(6, ENCODING_CP932, "\xB1", LIMIT_FIELD_BYTES / 3, false, true);
    read_long(7, ENCODING_CP932, "\xB1", LIMIT_FIELD_BYTES / 3 + 1, false,
              false); /* thrice decoded */
    read_long(8, ENCODING_CP932, "\x8E\x71", LIMIT_FIELD_BYTES / 3 + 1, false, false);
    read_long(9, ENCODING_CP932, "\xB1", 60000, true, false);
    check_rows();
}

/* Every field may be faulty: none of the faults is lost. */
static void many_faults(void **state)
{
    char bytes[64 + 5 * LIMIT_COLUMNS] = "整理番号";
    struct members members;
    struct record record;
    bool end = false;
    unsigned right = 0;

    (void)state;
    memset(bytes + strlen(bytes), ',', LIMIT_COLUMNS - 1);
    strncat(bytes, "\n", 2);
    for (int i = 0; i < LIMIT_COLUMNS; i++)
        strncat(bytes, i ? ",\xFF" : "\xFF", 3);
    members_prepare(&members, bytes, strlen(bytes));
    assert_int_equal(members_open(&members), OK);
    row_check(1, intake_next(members.intake, &record, &end, NULL) == OK);
    row_check(2, record.fault_count == LIMIT_COLUMNS);
    for (uint32_t i = 0; i < record.fault_count; i++)
        right += record.fault[i].column == i && record.fault[i].offset == 1;
    row_check(3, right == LIMIT_COLUMNS);
    members_close(&members);
    check_rows();
}

/* Rows count records, sound or refused; a record over several lines is one. */
static void rows_and_places(void **state)
{
    static const char bytes[] = HEAD8 "1,a,0\n"          /* 2 */
                                      "2,\"b\nb\",0\n"   /* 3 */
                                      "3,c\n"            /* 4 refused: columns */
                                      "4,\"d,0\n"        /* 5 refused: quote */
                                      "5,e,0\n"          /* 6 */
                                      "\n"               /* 7 refused: empty */
                                      "6,1234\"5678,0\n" /* 8 refused: stray quote */
                                      "1,a,0\n\n";       /* 9 */
    static const enum message want[] = {MSG_NONE,           MSG_NONE, MSG_COLUMN_COUNT_WRONG,
                                        MSG_QUOTE_UNCLOSED, MSG_NONE, MSG_COLUMN_COUNT_WRONG,
                                        MSG_QUOTE_STRAY,    MSG_NONE};
    uint64_t fingerprint[8], offset[8], last_end = strlen(HEAD8);
    struct members members;
    struct record record;
    struct error error;
    bool end = false;
    uint32_t n = 0;

    (void)state;
    members_prepare(&members, bytes, sizeof bytes - 1);
    assert_int_equal(members_open(&members), OK);
    for (;; n++) {
        error = (struct error){0};
        enum status status = intake_next(members.intake, &record, &end, &error);
        if (end || n == 8)
            break;
        row_check(n, status == (want[n] ? REJECT : OK));
        row_check(n, error.message == want[n]);
        row_check(n, error.row == (want[n] ? n + 2 : 0) && error.name[0] == '\0');
        row_check(n, record.row == n + 2);
        row_check(n, record.offset == last_end);
        fingerprint[n] = record.fingerprint;
        offset[n] = record.offset;
        last_end = intake_offset(members.intake);
        if (n == 2)
            row_check(n, error.have == 2 && error.want == 3);
        if (n == 5)
            row_check(n, error.have == 0 && error.want == 3);
        if (n == 6) /* for the guard */
            row_check(n, record.count == 3 && text_is(record.field[1], "1234\"5678"));
    }
    row_check(10, n == 8 && end);
    row_check(11, fingerprint[0] == fingerprint[7]);
    row_check(12, fingerprint[0] != fingerprint[1]);
    row_check(13, intake_size(members.intake) == sizeof bytes - 1);
    intake_seek(members.intake, offset[4], 6);
    row_check(14, intake_next(members.intake, &record, &end, &error) == OK && record.row == 6 &&
                      text_is(record.field[0], "5") && record.fingerprint == fingerprint[4]);
    row_check(15, intake_next(members.intake, &record, &end, &error) == REJECT && record.row == 7);
    intake_rewind(members.intake);
    row_check(16, intake_next(members.intake, &record, &end, &error) == OK && record.row == 2 &&
                      record.offset == offset[0] && record.fingerprint == fingerprint[0]);
    members_close(&members);
    check_rows();
}

static void file_as_a_whole(void **state)
{
    struct members members, wrong;
    struct digest digest, expected;
    struct error error;

    (void)state;
    members_prepare(&members, HEAD8 "1,a,0\n", sizeof HEAD8 "1,a,0\n" - 1);
    assert_int_equal(members_open(&members), OK);
    row_check(1, intake_unchanged(members.intake, &error) == OK);
    row_check(2, intake_digest(members.intake, &digest, &error) == OK);
    assert_int_equal(digest_of(HEAD8 "1,a,0\n", sizeof HEAD8 "1,a,0\n" - 1, &expected, &error), OK);
    row_check(3, memcmp(&digest, &expected, sizeof digest) == 0);
    assert_int_equal(truncate(members.path, 10), 0);
    row_check(4, intake_unchanged(members.intake, &error) == STOP &&
                     error.message == MSG_INPUT_CHANGED);
    row_check(5, intake_digest(members.intake, &digest, &error) == STOP);

    /* a path given wins over the job's */
    members_prepare(&wrong, "", 0);
    wrong.job.input.file = TEXT("no-such-file.csv");
    row_check(6, members_open(&wrong) == STOP && wrong.error.message == MSG_NO_SUCH_FILE);
    row_check(7, intake_open(&wrong.job, wrong.path, &wrong.arena, &wrong.intake, &wrong.error) ==
                         STOP &&
                     wrong.error.message == MSG_INPUT_EMPTY);
    row_check(8, intake_open(&wrong.job, "/dev/null", &wrong.arena, &wrong.intake, &wrong.error) ==
                         STOP &&
                     wrong.error.message == MSG_NOT_A_FILE);
    unlink(wrong.path);
    assert_int_equal(mkfifo(wrong.path, 0600), 0);
    row_check(9, intake_open(&wrong.job, wrong.path, &wrong.arena, &wrong.intake, &wrong.error) ==
                         STOP &&
                     wrong.error.message == MSG_NOT_A_FILE);
    members_close(&wrong);
    members_close(&members);

    char *name = malloc(LIMIT_PATH + 1);
    memset(name, 'x', LIMIT_PATH);
    members_prepare(&wrong, "", 0);
    wrong.job.input.file = (struct text){name, LIMIT_PATH};
    row_check(10, members_open(&wrong) == STOP && wrong.error.message == MSG_PATH_TOO_LONG);
    wrong.job.input.file.length = LIMIT_PATH - 2;
    row_check(11, members_open(&wrong) == STOP && wrong.error.message == MSG_PATH_TOO_LONG);
    free(name);
    members_close(&wrong);
    check_rows();
}

/* One record costs what it costs alone, whatever stands before it in the buffers. */
static void windows(void **state)
{
    enum { ROWS = 30000 };
    struct members members;
    struct record record;
    bool end = false;
    unsigned wrong = 0, n = 0;
    char name[32];
    FILE *file;

    (void)state;
    members_prepare(&members, HEAD8, sizeof HEAD8 - 1);
    file = fopen(members.path, "a");
    for (int i = 0; i < ROWS; i++)
        fprintf(file, i % 3 ? "%07d,\"架空 \"\"%d\",0\n" : "%07d,架空 %d,0\r\n", i, i);
    fclose(file);
    assert_int_equal(members_open(&members), OK);
    for (; intake_next(members.intake, &record, &end, NULL) == OK && !end; n++) {
        snprintf(name, sizeof name, n % 3 ? "架空 \"%u" : "架空 %u", n);
        wrong += !text_is(record.field[1], name) || record.row != n + 2 || record.fault_count;
    }
    row_check(1, n == ROWS);
    row_check(2, wrong == 0);
    members_close(&members);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_fields),     cmocka_unit_test(cp932_fields),
        cmocka_unit_test(long_fields),     cmocka_unit_test(many_faults),
        cmocka_unit_test(rows_and_places), cmocka_unit_test(file_as_a_whole),
        cmocka_unit_test(windows),
    };
    return check_run(tests);
}
