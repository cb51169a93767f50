/* What reaches a letter: protection flags, suppression, and what a fault costs where. */
#include "guard/guard.h"

#include "unit/check.h"
#include "unit/members.h"

/* Columns: id, flag, second flag, name, address, an extra one, one that nobody knows. */
#define HEAD "整理番号,不開示該当,自己情報提供不可,氏名,住所B,連絡,備考\n"

struct outcome {
    enum status status;
    struct admitted admitted;
    struct error error;
    char shown[256]; /* id|name|address|extra */
};

/* Admits the first record of the file into *out. */
static void admit(const char *head, const char *line, size_t size, enum empty_flag empty,
                  struct outcome *out)
{
    struct text extra = TEXT("連絡");
    struct members members;
    struct record record;
    struct guard guard;
    bool end = false;
    char bytes[1024];
    size_t head_size = strlen(head);

    memcpy(bytes, head, head_size);
    memcpy(bytes + head_size, line, size);
    members_prepare(&members, bytes, head_size + size);
    members.job.input.extra = &extra;
    members.job.input.extra_count = strstr(head, "連絡") != NULL;
    members.job.protection.empty = empty;
    assert_int_equal(members_open(&members), OK);
    assert_int_equal(guard_open(&members.job, intake_header(members.intake), "a.csv", &guard, NULL),
                     OK);
    assert_int_equal(intake_next(members.intake, &record, &end, NULL), OK);
    memset(out, 0xA5, sizeof *out); /* nothing may be left as it was */
    out->error = (struct error){0};
    out->status = guard_admit(&guard, &record, &out->admitted, &out->error);
    const struct text *value = out->admitted.value;
    snprintf(out->shown, sizeof out->shown, "%.*s|%.*s|%.*s|%.*s", (int)value[COLUMN_REF_NO].length,
             value[COLUMN_REF_NO].bytes, (int)value[COLUMN_NAME].length, value[COLUMN_NAME].bytes,
             (int)value[COLUMN_ADDRESS_B].length, value[COLUMN_ADDRESS_B].bytes,
             (int)value[COLUMN_COUNT].length, value[COLUMN_COUNT].bytes);
    members_close(&members);
}

struct sample {
    int row;
    const char *line;
    size_t size;
    const char *shown;
    bool protected_person;
    enum message want;
    const char *name;
    uint32_t offset;
};
#define SAMPLE(row, line, ...)                                                                     \
    {                                                                                              \
        row, line, sizeof(line) - 1, __VA_ARGS__                                                   \
    }

static void check_sample(const struct sample *sample, enum empty_flag empty)
{
    struct outcome outcome;

    admit(HEAD, sample->line, sample->size, empty, &outcome);
    row_check(sample->row, outcome.status == (sample->want ? REJECT : OK));
    row_check(sample->row, strcmp(outcome.shown, sample->shown) == 0);
    row_check(sample->row, outcome.admitted.protected_person == sample->protected_person);
    row_check(sample->row, outcome.admitted.row == 2);
    row_check(sample->row, outcome.error.message == sample->want);
    row_check(sample->row, outcome.error.row == (sample->want ? 2 : 0));
    row_check(sample->row, strcmp(outcome.error.name, sample->name) == 0);
    row_check(sample->row, outcome.error.offset == sample->offset);
}

static void flags(void **state)
{
    static const struct sample samples[] = {
        SAMPLE(1, "1,0,0,花子,千代田1-1,内,外", "1|花子|千代田1-1|内", false, MSG_NONE, "", 0),
        SAMPLE(2, "1,1,0,花子,千代田1-1,内,外", "1|花子||", true, MSG_NONE, "", 0),
        SAMPLE(3, "1,0,1,花子,千代田1-1,内,外", "1|花子||", true, MSG_NONE, "", 0),
        SAMPLE(4, "1,1,1,花子,千代田1-1,内,外", "1|花子||", true, MSG_NONE, "", 0),
        SAMPLE(5, "1,１,０,花子,千代田1-1,内,外", "1|花子||", true, MSG_NONE, "", 0),
        SAMPLE(6, "1, ０　,0,花子,千代田1-1,内,外", "1|花子|千代田1-1|内", false, MSG_NONE, "", 0),
        SAMPLE(10, "1,,0,花子,千代田1-1,内,外", "1|||", false, MSG_FLAG_EMPTY, "不開示該当", 0),
        SAMPLE(11, "1, 　,0,花子,千代田1-1,内,外", "1|||", false, MSG_FLAG_EMPTY, "不開示該当", 0),
        SAMPLE(12, "1,0,,花子,千代田1-1,内,外", "1|||", false, MSG_FLAG_EMPTY, "自己情報提供不可",
               0),
        SAMPLE(13, "1,1,,花子,千代田1-1,内,外", "1|||", true, MSG_FLAG_EMPTY, "自己情報提供不可",
               0),
        SAMPLE(14, "1,,1,花子,千代田1-1,内,外", "1|||", true, MSG_FLAG_EMPTY, "不開示該当", 0),
        SAMPLE(15, "1,2,0,花子,千代田1-1,内,外", "1|||", false, MSG_FLAG_UNREADABLE, "不開示該当",
               0),
        SAMPLE(16, "1,有,0,花子,千代田1-1,内,外", "1|||", false, MSG_FLAG_UNREADABLE, "不開示該当",
               0),
        SAMPLE(17, "1,00,0,花子,千代田1-1,内,外", "1|||", false, MSG_FLAG_UNREADABLE, "不開示該当",
               0),
        SAMPLE(18, "1,1.0,0,花子,千代田1-1,内,外", "1|||", false, MSG_FLAG_UNREADABLE, "不開示該当",
               0),
        SAMPLE(19, "1,0,①,花子,千代田1-1,内,外", "1|||", false, MSG_FLAG_UNREADABLE,
               "自己情報提供不可", 0),
        SAMPLE(20, "1,x,y,花子,千代田1-1,内,外", "1|||", false, MSG_FLAG_UNREADABLE, "不開示該当",
               0),
        SAMPLE(21, "1,0\xFF,0,花子,千代田1-1,内,外", "1|||", false, MSG_BAD_ENCODING, "不開示該当",
               2),
        SAMPLE(22, "1,1,0\0,花子,千代田1-1,内,外", "1|||", true, MSG_NUL_BYTE, "自己情報提供不可",
               2),
    };
    static const struct sample lenient[] = {
        SAMPLE(40, "1,,,花子,千代田1-1,内,外", "1|花子|千代田1-1|内", false, MSG_NONE, "", 0),
        SAMPLE(41, "1,,1,花子,千代田1-1,内,外", "1|花子||", true, MSG_NONE, "", 0),
        SAMPLE(42, "1,2,,花子,千代田1-1,内,外", "1|||", false, MSG_FLAG_UNREADABLE, "不開示該当",
               0),
        SAMPLE(43, "1,\xFF,,花子,千代田1-1,内,外", "1|||", false, MSG_BAD_ENCODING, "不開示該当",
               1),
    };

    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        check_sample(&samples[i], EMPTY_FLAG_HOLD);
    for (size_t i = 0; i < sizeof lenient / sizeof *lenient; i++)
        check_sample(&lenient[i], EMPTY_FLAG_NO);
    check_rows();
}

static void faults(void **state)
{
    static const struct sample samples[] = {
        SAMPLE(1, "1,0,0,花\xFF,a,b,c", "1|||", false, MSG_BAD_ENCODING, "氏名", 4),
        SAMPLE(2, "1,0,0,花,\xFF,b,c", "1|||", false, MSG_BAD_ENCODING, "住所B", 1),
        SAMPLE(3, "1,0,0,花,a,b\xFF,c", "1|||", false, MSG_BAD_ENCODING, "連絡", 2),
        SAMPLE(4, "1,0,0,花,a,b,\xFF", "1|花|a|b", false, MSG_NONE, "", 0), /* nobody uses it */
        SAMPLE(5, "1,0,0,花,a\0,b,c", "1|||", false, MSG_NUL_BYTE, "住所B", 2),
        SAMPLE(6, "1,1,0,花,\xFF,\xFF,\xFF", "1|花||", true, MSG_NONE, "", 0), /* hidden */
        SAMPLE(7, "1,1,0,花,a\0,b\0,c", "1|花||", true, MSG_NONE, "", 0),
        SAMPLE(8, "1,1,0,花\xFF,a,b,c", "1|||", true, MSG_BAD_ENCODING, "氏名", 4),
        SAMPLE(9, "1,1,0,花\xFF,\xFF,\xFF,\xFF", "1|||", true, MSG_BAD_ENCODING, "氏名", 4),
        SAMPLE(10, "\xFF,0,0,花,a,b,c", "|||", false, MSG_BAD_ENCODING, "整理番号", 1),
        SAMPLE(11, "\xFF,1,0,花,a,b,c", "|||", true, MSG_BAD_ENCODING, "整理番号", 1),
        SAMPLE(12, ",0,0,花,a,b,c", "|||", false, MSG_ID_EMPTY, "整理番号", 0),
        SAMPLE(13, " 　,1,0,花,a,b,c", "|||", true, MSG_ID_EMPTY, "整理番号", 0),
        SAMPLE(14, ",x,0,花,a,b,c", "|||", false, MSG_FLAG_UNREADABLE, "不開示該当", 0),
        SAMPLE(15, "\xFF,0,1,\xFF,a,b,c", "|||", true, MSG_BAD_ENCODING, "整理番号", 1),
    };

    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        check_sample(&samples[i], EMPTY_FLAG_HOLD);
    check_rows();
}

/* The outcome for a protected person is the same whatever the hidden fields hold. */
static void hidden_fields(void **state)
{
    static const char *const hidden[] = {
        "a,b,c",
        ",,",
        "\xFF,\xFF,\xFF",
        "\"a,\"\"\",\"b\nb\",\"\"",
        "千代田,千代田,千代田",
        "a\xE3,b\x80,\x81",
    };
    struct outcome first, other;
    char line[128];

    (void)state;
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++) {
        int size = snprintf(line, sizeof line, "1,1,0,花子,%s\n", hidden[i]);
        admit(HEAD, line, (size_t)size, EMPTY_FLAG_HOLD, i ? &other : &first);
        if (i) {
            row_check(i, other.status == first.status && strcmp(other.shown, first.shown) == 0);
            row_check(i, memcmp(&other.error, &first.error, sizeof first.error) == 0);
        }
    }
    check_rows();
}

/* Of every column there is, what passes for a protected person: no place, no other person, nothing extra. */
static void allow_list(void **state)
{
    static const int hidden[] = {
        COLUMN_POSTCODE,    COLUMN_ADDRESS_A,     COLUMN_ADDRESS_B,
        COLUMN_ADDRESS,     COLUMN_ADDRESS_EXTRA, COLUMN_HOUSEHOLD,
        COLUMN_HEAD,        COLUMN_EMPLOYER_NO,   COLUMN_EMPLOYER,
        COLUMN_ROUTE,       COLUMN_MAIL_CLASS,    COLUMN_TRACKING,
        COLUMN_TO_POSTCODE, COLUMN_TO_ADDRESS,    COLUMN_TO_ADDRESS_EXTRA,
        COLUMN_TO_NAME,     COLUMN_TO_HONORIFIC,  COLUMN_VOICE,
        COLUMN_COUNT,
    };
    char head[2048] = "", line[512] = "";
    struct outcome open, guarded;
    unsigned filled = 0;

    (void)state;
    for (unsigned i = 0; i < COLUMN_COUNT; i++) {
        strncat(head, column_name(i), 64);
        strncat(head, ",", 2);
        strncat(line, i == COLUMN_NO_SELF_INFO || i == COLUMN_HEAD ? "0," : "1,", 3);
    }
    strncat(head, "連絡\n", 16);
    strncat(line, "1\n", 3);
    assert_true(strlen(head) + strlen(line) < 1024);
    admit(head, line, strlen(line), EMPTY_FLAG_HOLD, &guarded);
    row_check(100, guarded.status == OK && guarded.admitted.protected_person);
    line[2 * COLUMN_NONDISCLOSURE] = '0';
    admit(head, line, strlen(line), EMPTY_FLAG_HOLD, &open);
    row_check(101, open.status == OK && !open.admitted.protected_person);
    for (int slot = 0; slot < SLOT_LIMIT; slot++) {
        bool expected = slot < COLUMN_COUNT;
        for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
            expected = expected && slot != hidden[i];
        row_check(slot, guarded.admitted.value[slot].length == expected);
        row_check(slot, open.admitted.value[slot].length == (slot <= COLUMN_COUNT));
        filled += expected;
    }
    row_check(102, filled == COLUMN_COUNT - 18);
    check_rows();
}

/* 世帯主氏名 stays where it is the person's own name, and only there; a broken one is gone with its fault. */
static void own_head(void **state)
{
    static const char head[] = "整理番号,不開示該当,氏名,世帯主氏名\n";
    static const struct {
        int row;
        const char *line;
        uint32_t head; /* bytes of it that pass */
        enum status want;
    } rows[] = {
        {1, "9,1,架空 花子,架空 花子", 13, OK},
        {2, "9,1,架空 花子, 架空 花子　", 13, OK},
        {3, "9,1,架空 花子,架空 太郎", 0, OK},
        {4, "9,1,架空 花子,架空　花子", 0, OK},
        {5, "9,1,架空 花子,", 0, OK},
        {6, "9,1,,", 0, OK},
        {7, "9,1,架空 花子,\xE6\x9E", 0, OK},
        {8, "9,0,架空 花子,架空 太郎", 13, OK},
        {9, "9,0,架空 花子,\xE6\x9E", 0, REJECT},
    };
    struct outcome outcome;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        admit(head, rows[i].line, strlen(rows[i].line), EMPTY_FLAG_HOLD, &outcome);
        row_check(rows[i].row, outcome.status == rows[i].want);
        row_check(rows[i].row, outcome.admitted.value[COLUMN_HEAD].length == rows[i].head);
    }
    check_rows();
}

/* Values come without outer blanks, with those inside; a column that is missing counts as 0 or is empty. */
static void values(void **state)
{
    struct outcome outcome;
    const char *line = "　7 ,0,0,　架空　花子 ,\" \t千代田1-1\r\n\",　,外";

    (void)state;
    admit(HEAD, line, strlen(line), EMPTY_FLAG_HOLD, &outcome);
    row_check(1, outcome.status == OK && strcmp(outcome.shown, "7|架空　花子|千代田1-1|") == 0);
    row_check(2, outcome.admitted.value[COLUMN_KANA].length == 0);
    admit("不開示該当,整理番号\n", "0,9", 3, EMPTY_FLAG_HOLD, &outcome);
    row_check(3, outcome.status == OK && strcmp(outcome.shown, "9|||") == 0);
    row_check(4, !outcome.admitted.protected_person);
    admit("不開示該当,整理番号\n", "1,9", 3, EMPTY_FLAG_HOLD, &outcome);
    row_check(5, outcome.status == OK && outcome.admitted.protected_person);
    check_rows();
}

static void long_value(void **state)
{
    static const char head[] = "整理番号,不開示該当,住所A\n";
    static char bytes[LIMIT_FIELD_BYTES + 200];
    struct members members;
    struct record record;
    struct guard guard;
    struct admitted admitted;
    struct error error;
    bool end = false;

    (void)state;
    for (char flag = '0'; flag <= '1'; flag++) {
        size_t size = (size_t)snprintf(bytes, sizeof bytes, "%s1,%c,", head, flag);
        memset(bytes + size, 'x', LIMIT_FIELD_BYTES + 1);
        members_prepare(&members, bytes, size + LIMIT_FIELD_BYTES + 1);
        assert_int_equal(members_open(&members), OK);
        assert_int_equal(guard_open(&members.job, intake_header(members.intake), "a", &guard, NULL),
                         OK);
        assert_int_equal(intake_next(members.intake, &record, &end, NULL), OK);
        enum status status = guard_admit(&guard, &record, &admitted, &error);
        row_check(flag, status == (flag == '1' ? OK : REJECT));
        row_check(flag, flag == '1' || (error.message == MSG_FIELD_TOO_LONG &&
                                        error.want == LIMIT_FIELD_BYTES && error.offset == 0));
        members_close(&members);
    }
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(flags),      cmocka_unit_test(faults),   cmocka_unit_test(hidden_fields),
        cmocka_unit_test(allow_list), cmocka_unit_test(own_head), cmocka_unit_test(values),
        cmocka_unit_test(long_value),
    };
    return check_run(tests);
}
