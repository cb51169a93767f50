/* From the first row to slots: what is found, what is refused, and that no cell gets into an error. */
#include "intake/intake.h"

#include "unit/check.h"
#include "unit/members.h"

#define ID "整理番号"
#define FLAG "不開示該当"

/* Slots of the file's columns as "0 5 -1", an extra column as "x0". */
static void show_slots(const struct header *header, char *out, size_t size)
{
    size_t at = 0;

    *out = '\0';
    for (uint32_t i = 0; i < header->count; i++) {
        int slot = header->slot[i];
        at += (size_t)snprintf(out + at, size - at, "%s%s%d", i ? " " : "",
                               slot >= COLUMN_COUNT ? "x" : "",
                               slot >= COLUMN_COUNT ? slot - COLUMN_COUNT : slot);
        if (slot >= 0 && header->index[slot] != (int)i)
            (void)snprintf(out, size, "index of slot %d is wrong", slot);
    }
}

static void headers(void **state)
{
    static const struct {
        int row;
        const char *in;
        enum message want;
        const char *slots; /* or the name in the error */
        uint32_t column;   /* number in the error */
    } rows[] = {
        {1, ID "," FLAG "\n", MSG_NONE, "0 33", 0},
        {2, FLAG "," ID, MSG_NONE, "33 0", 0},
        {3, "\xEF\xBB\xBF" ID "," FLAG "\r\n1,0\r\n", MSG_NONE, "0 33", 0},
        {4, "\xEF\xBB\xBF\"" ID "\"," FLAG "\n", MSG_NONE, "0 33", 0},
        {5, " " ID " ,　" FLAG "\t\n", MSG_NONE, "0 33", 0},
        {6, "住所Ａ,住所B,住所,個人番号下４桁\n", MSG_NONE, "13 14 15 21", 0},
        {7, ID ",備考,備考,,\n", MSG_NONE, "0 -1 -1 -1 -1", 0},
        {8, ID ",ﾌﾘｶﾞﾅ," ID "2\n", MSG_NONE, "0 -1 -1", 0},
        {9, "\"整理\n番号\"," FLAG "\n", MSG_NONE, "-1 33", 0},
        {10, "", MSG_INPUT_EMPTY, "", 0},
        {11, "\r\n\n", MSG_INPUT_EMPTY, "", 0},
        {12, "\xEF\xBB\xBF", MSG_INPUT_EMPTY, "", 0},
        {13, "1001,架空 花子,0\n1002,架空 太郎,0\n", MSG_HEADER_MISSING, "", 0},
        {14, "\n" ID "," FLAG "\n", MSG_HEADER_MISSING, "", 0},
        {15, ID "," FLAG ",氏名," ID "\n", MSG_HEADER_DOUBLED, ID, 4},
        {16, "住所A,氏名,住所Ａ\n", MSG_HEADER_DOUBLED, "住所A", 3},
        {17, ID ",\"" FLAG "\n1,0\n", MSG_HEADER_MALFORMED, "", 0},
        {18, ID ",\"" FLAG "\n1,\"0\"\n", MSG_HEADER_MALFORMED, "", 0},
        {19, ID ",不\"開示該当\n", MSG_HEADER_MALFORMED, "", 0},
        {20, ID "," FLAG "\r1,0\r", MSG_HEADER_MALFORMED, "", 0},
        {21, ID "," FLAG ",\"備考\n1,0,x\n2,0,\"\n", MSG_HEADER_MALFORMED, "", 0},
        {22, ID "," FLAG "\x81\n", MSG_HEADER_ENCODING, "", 2},
        {23, "\x90\xAE\x97\x9D\x94\xD4\x8D\x86,x\n", MSG_HEADER_ENCODING, "", 1},
        {24, "\xFF\xFEte", MSG_HEADER_ENCODING, "", 1},
        {25, ID ",\"" FLAG "\"\"\"\n", MSG_NONE, "0 -1", 0},
    };
    char slots[512];

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct members members;
        members_prepare(&members, rows[i].in, strlen(rows[i].in));
        enum status status = members_open(&members);
        row_check(rows[i].row, status == (rows[i].want ? STOP : OK));
        row_check(rows[i].row, members.error.message == rows[i].want);
        row_check(rows[i].row, (members.intake == NULL) == (status != OK));
        if (status == OK) {
            show_slots(intake_header(members.intake), slots, sizeof slots);
            row_check(rows[i].row, strcmp(slots, rows[i].slots) == 0);
        } else {
            row_check(rows[i].row, strcmp(members.error.name, rows[i].slots) == 0);
            row_check(rows[i].row, members.error.column_number == rows[i].column);
            row_check(rows[i].row, members.error.file[0] == '\0');
        }
        members_close(&members);
    }
    check_rows();
}

static void aliases_and_extras(void **state)
{
    static const struct {
        int row;
        const char *in;
        const char *alias[4]; /* canonical, header, canonical, header */
        const char *extra[2];
        enum message want;
        const char *slots; /* or the name in the error */
        uint32_t line;
    } rows[] = {
        {1, ID ",加入者氏名\n", {"氏名", "加入者氏名"}, {0}, MSG_NONE, "0 5", 0},
        {2, ID ",　加入者Ｎｏ \n", {"番号", "加入者No"}, {0}, MSG_NONE, "0 3", 0},
        {3, "番号,記号\n", {"番号", "記号", "記号", "番号"}, {0}, MSG_NONE, "2 3", 0},
        {4, "個人キー,x\n", {ID, "個人キー"}, {0}, MSG_NONE, "0 -1", 0},
        {5, ID ",氏名\n", {"名前", "氏名"}, {0}, MSG_ALIAS_UNKNOWN, "名前", 7},
        {6, ID ",氏名\n", {"フリガナ", "カナ"}, {0}, MSG_ALIAS_ABSENT, "フリガナ", 7},
        {7, ID ",氏名,加入者氏名\n", {"氏名", "加入者氏名"}, {0}, MSG_HEADER_DOUBLED, "氏名", 0},
        {8, ID ",甲,乙\n", {"氏名", "甲", "氏名", "乙"}, {0}, MSG_ALIAS_DOUBLED, "氏名", 8},
        {9, ID ",甲,乙\n", {"氏名", "甲", "番号", "甲 "}, {0}, MSG_ALIAS_DOUBLED, "番号", 8},
        {10, "x,y\n", {"氏名", "加入者氏名"}, {0}, MSG_HEADER_MISSING, "", 0},
        {11, ID ",備考,区\n", {0}, {"備考", "区"}, MSG_NONE, "0 x0 x1", 0},
        {12, ID ",区,備考\n", {0}, {"備考", "区"}, MSG_NONE, "0 x1 x0", 0},
        {13, ID ",備考\n", {0}, {"備考", "区"}, MSG_EXTRA_ABSENT, "区", 0},
        {14, ID ",備考,備考\n", {0}, {"備考"}, MSG_HEADER_DOUBLED, "備考", 0},
        {15, ID ",住所A\n", {0}, {"住所Ａ"}, MSG_EXTRA_TAKEN, "住所Ａ", 0},
        {16, ID ",甲\n", {"氏名", "甲"}, {"甲"}, MSG_EXTRA_TAKEN, "甲", 0},
        {17, ID ",備考A\n", {0}, {"備考A", "備考Ａ"}, MSG_EXTRA_TAKEN, "備考Ａ", 0},
        {18, "備考\n", {0}, {"備考"}, MSG_NONE, "x0", 0},
    };
    char slots[512];

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct members members;
        struct job_alias aliases[2];
        struct text extra[2];
        members_prepare(&members, rows[i].in, strlen(rows[i].in));
        for (uint32_t k = 0; k < 2; k++) {
            aliases[k] = (struct job_alias){text_of(rows[i].alias[2 * k]),
                                            text_of(rows[i].alias[2 * k + 1]), 7 + k};
            extra[k] = text_of(rows[i].extra[k]);
            members.job.input.alias_count += rows[i].alias[2 * k] != NULL;
            members.job.input.extra_count += rows[i].extra[k] != NULL;
        }
        members.job.input.aliases = aliases;
        members.job.input.extra = extra;
        enum status status = members_open(&members);
        row_check(rows[i].row, members.error.message == rows[i].want);
        row_check(rows[i].row, members.error.line == rows[i].line);
        if (status == OK)
            show_slots(intake_header(members.intake), slots, sizeof slots);
        row_check(rows[i].row,
                  strcmp(status == OK ? slots : members.error.name, rows[i].slots) == 0);
        members_close(&members);
    }
    check_rows();
}

static void too_many_columns(void **state)
{
    (void)state;
    for (uint32_t columns = LIMIT_COLUMNS - 1; columns <= LIMIT_COLUMNS + 1; columns++) {
        char line[sizeof ID + LIMIT_COLUMNS + 1] = ID;
        struct members members;
        memset(line + strlen(ID), ',', columns - 1);
        members_prepare(&members, line, strlen(line));
        enum status status = members_open(&members);
        row_check(columns, (status == OK) == (columns <= LIMIT_COLUMNS));
        if (status == OK)
            row_check(columns, intake_header(members.intake)->count == columns);
        else
            row_check(columns, members.error.message == MSG_TOO_MANY_COLUMNS &&
                                   members.error.have == columns &&
                                   members.error.want == LIMIT_COLUMNS);
        members_close(&members);
    }
    check_rows();
}

static void column_names(void **state)
{
    (void)state;
    for (unsigned i = 0; i < COLUMN_COUNT; i++)
        row_check(i, column_find(text_of(column_name(i))) == (int)i);
    row_check(100, column_name(COLUMN_COUNT) == NULL);
    row_check(101, column_find(TEXT("個人番号下４桁")) == COLUMN_LAST4);
    row_check(102, column_find(TEXT("住所ａ")) == -1);
    row_check(103, column_find(TEXT("")) == -1);
    row_check(104, column_find(TEXT("氏名 ")) == -1);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headers),
        cmocka_unit_test(aliases_and_extras),
        cmocka_unit_test(too_many_columns),
        cmocka_unit_test(column_names),
    };
    return check_run(tests);
}
