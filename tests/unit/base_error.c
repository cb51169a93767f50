#include "unit/check.h"

#include "base/error.h"

static struct error make(enum message message, const char *file, uint32_t line, uint64_t row,
                         const char *name, uint32_t column, uint32_t offset)
{
    struct error error;
    (void)error_at(&error, message, file, line, text_of(name));
    error.row = row;
    error.column_number = column;
    error.offset = offset;
    return error;
}

static void formats(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *file;
        uint32_t line;
        uint64_t record;
        const char *name;
        uint32_t column, offset;
        const char *english, *japanese;
    } rows[] = {
        {1, NULL, 0, 0, NULL, 0, 0, "memory is exhausted [1001]", "メモリーが足りません [1001]"},
        {2, "dir/a.csv", 0, 0, NULL, 0, 0, "a.csv: memory is exhausted [1001]",
         "a.csv: メモリーが足りません [1001]"},
        {3, "a.yaml", 7, 0, "notice.form", 0, 0,
         "a.yaml:7: notice.form: memory is exhausted [1001]",
         "a.yaml:7: notice.form: メモリーが足りません [1001]"},
        {4, "a.csv", 0, 12, "氏名", 0, 0, "a.csv: row 12, column 氏名: memory is exhausted [1001]",
         "a.csv: 12行目、列「氏名」: メモリーが足りません [1001]"},
        {5, "a.csv", 0, 12, NULL, 5, 0, "a.csv: row 12, column #5: memory is exhausted [1001]",
         "a.csv: 12行目、5列目: メモリーが足りません [1001]"},
        {6, "a.csv", 0, 12, "氏名", 5, 3,
         "a.csv: row 12, column 氏名, byte 3: memory is exhausted [1001]",
         "a.csv: 12行目、列「氏名」、3バイト目: メモリーが足りません [1001]"},
        {7, NULL, 0, 0, NULL, 0, 9, "byte 9: memory is exhausted [1001]",
         "9バイト目: メモリーが足りません [1001]"},
        {8, NULL, 4, 0, NULL, 0, 0, "line 4: memory is exhausted [1001]",
         "line 4: メモリーが足りません [1001]"},
        {9, NULL, 0, UINT64_MAX, NULL, UINT32_MAX, 0,
         "row 18446744073709551615, column #4294967295: memory is exhausted [1001]",
         "18446744073709551615行目、4294967295列目: メモリーが足りません [1001]"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct error error = make(MSG_NO_MEMORY, rows[i].file, rows[i].line, rows[i].record,
                                  rows[i].name, rows[i].column, rows[i].offset);
        char out[512];
        size_t length = error_format(&error, LANGUAGE_ENGLISH, out, sizeof out);
        row_check(rows[i].row, strcmp(out, rows[i].english) == 0 && length == strlen(out));
        length = error_format(&error, LANGUAGE_JAPANESE, out, sizeof out);
        row_check(rows[i].row, strcmp(out, rows[i].japanese) == 0 && length == strlen(out));
    }
    check_rows();
}

static void numbers(void **state)
{
    (void)state;
    struct error error;
    char out[200];
    (void)error_set(&error, MSG_FILE_TOO_LARGE);
    error.want = 8388608;
    (void)error_format(&error, LANGUAGE_ENGLISH, out, sizeof out);
    row_check(1, strcmp(out, "file is larger than 8388608 bytes [1010]") == 0);
    error.want = INT64_MIN;
    (void)error_format(&error, LANGUAGE_JAPANESE, out, sizeof out);
    row_check(2, strcmp(out, "ファイルが -9223372036854775808 バイトを超えています [1010]") == 0);
    (void)error_set(&error, (enum message)12);
    (void)error_format(&error, LANGUAGE_ENGLISH, out, sizeof out);
    row_check(3, strcmp(out, "unknown [12]") == 0);
    check_rows();
}

static void characters(void **state)
{
    static const struct {
        int row;
        const char *text;
        uint32_t offset;
        const char *english, *japanese;
    } rows[] = {
        {1, "A", 1, "byte 1, U+0041: ", "1バイト目、U+0041: "},
        {2, "架空", 4, "byte 4, U+7A7A: ", "4バイト目、U+7A7A: "},
        {3, "葛\U000E0100城", 1, "byte 1, U+845B U+E0100: ", "1バイト目、U+845B U+E0100: "},
        {4, "渚\uFE00", 1, "byte 1, U+6E1A U+FE00: ", "1バイト目、U+6E1A U+FE00: "},
        {5, "\U0010FFFF", 1, "byte 1, U+10FFFF: ", "1バイト目、U+10FFFF: "},
        {6, "𠮷野", 1, "byte 1, U+20BB7: ", "1バイト目、U+20BB7: "},
        {7, "A", 2, "byte 2: ", "2バイト目: "},        /* behind its end */
        {8, "A", 0, "", ""},                           /* no place */
        {9, "\xE5\x90", 1, "byte 1: ", "1バイト目: "}, /* cut off */
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct error error;
        char out[200], want[200];
        (void)error_set(&error, MSG_NO_MEMORY);
        error.offset = rows[i].offset;
        error_put_code_point(&error, text_of(rows[i].text));
        (void)error_format(&error, LANGUAGE_ENGLISH, out, sizeof out);
        snprintf(want, sizeof want, "%smemory is exhausted [1001]", rows[i].english);
        row_check(rows[i].row, strcmp(out, want) == 0);
        (void)error_format(&error, LANGUAGE_JAPANESE, out, sizeof out);
        snprintf(want, sizeof want, "%sメモリーが足りません [1001]", rows[i].japanese);
        row_check(rows[i].row + 20, strcmp(out, want) == 0);
    }
    error_put_code_point(NULL, TEXT("A"));
    check_rows();
}

/* Every size from 0 up: the NUL is there, nothing behind it is touched, no character is halved. */
static void cuts(void **state)
{
    (void)state;
    struct error error = make(MSG_YAML_SYNTAX, "様式.yaml", 3, 8, "氏名", 0, 2);
    char whole[400];
    size_t full = error_format(&error, LANGUAGE_JAPANESE, whole, sizeof whole);
    for (size_t size = 0; size <= full + 2; size++) {
        char out[400];
        memset(out, '#', sizeof out);
        size_t length = error_format(&error, LANGUAGE_JAPANESE, out, size);
        bool bounded = size == 0 ? out[0] == '#' && length == 0
                                 : length < size && out[length] == '\0' && out[size] == '#';
        bool halved = ((unsigned char)whole[length] & 0xC0) == 0x80;
        row_check(size, bounded && !halved && memcmp(out, whole, length) == 0);
        row_check(size, size == 0 || size > full || length + 4 > size);
    }
    row_check(1000, full > 60);
    check_rows();
}

static void names(void **state)
{
    (void)state;
    static const struct {
        int row;
        struct text in;
        const char *want;
    } rows[] = {
        {1, {"氏名", 6}, "氏名"},
        {2, {"a\nb\tc\x7f", 6}, "a?b?c?"},
        {3, {"a\0b", 3}, "a?b"},
        {4, {"\xE6\xB0", 2}, "??"}, /* cut off */
        {5,
         {"\xC2\x9B"
          "31m",
          5},
         "?31m"}, /* C1: starts a terminal sequence */
        {6,
         {"\xE2\x80\xAE"
          "gpj",
          6},
         "?gpj"}, /* writes from right to left */
        {7, {NULL, 0}, ""},
        {8, {"\xF0\xA0\xAE\xB7", 4}, "𠮷"},
        {9, {"\xE2\x81\xA6x\xE2\x80\xA8", 7}, "?x?"},
    };
    struct error error;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        (void)error_name(&error, MSG_BUG, rows[i].in);
        row_check(rows[i].row, strcmp(error.name, rows[i].want) == 0);
    }
    char path[600] = "folder/";
    for (size_t i = 7; i + 3 < sizeof path; i += 3)
        memcpy(path + i, "名", 3);
    error_put_file(&error, path);
    row_check(20, strlen(error.file) == 126 && memcmp(error.file, path + 7, 126) == 0);
    error_put_file(&error, "a/");
    row_check(21, error.file[0] == '\0');
    error_put_file(&error, NULL);
    row_check(22, error.file[0] == '\0');
    error_put_file(NULL, "a");
    error_put_name(NULL, TEXT("a"));
    row_check(23, error_name(NULL, MSG_NO_MEMORY, TEXT("a")) == STOP);
    row_check(24, error_at(NULL, MSG_NO_MEMORY, "a", 1, TEXT("a")) == STOP);
    memset(&error, 0x55, sizeof error);
    (void)error_set(&error, MSG_BUG);
    struct error empty = {.message = MSG_BUG};
    row_check(25, error.row == 0 && error.have == 0 && error.name[0] == 0 && error.file[0] == 0 &&
                      error.message == empty.message && error.offset == 0 && error.line == 0);
    check_rows();
}

static enum status want_status(enum message_kind kind)
{
    return kind == KIND_HOLD || kind == KIND_FOLLOW ? REJECT : kind == KIND_WARN ? OK : STOP;
}

static int want_exit(enum message_kind kind)
{
    static const int exits[] = {
        [KIND_HOLD] = 3,  [KIND_FOLLOW] = 0, [KIND_WARN] = 0,   [KIND_JOB] = 2,
        [KIND_GUARD] = 4, [KIND_IO] = 5,     [KIND_TOTALS] = 6, [KIND_BUG] = 70};
    return exits[kind];
}

static bool good_token(const char *token)
{
    if (!*token || strlen(token) >= 40)
        return false;
    return strspn(token, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(token);
}

/* Lower case at the start, except for a word that is all capitals or has a digit second (QR, DV,
 * EMU, YAML). */
static bool good_english(const char *text)
{
    size_t length = strlen(text);
    if (length < 3 || text[length - 1] == '.' || text[length - 1] == ' ')
        return false;
    bool capital = text[0] >= 'A' && text[0] <= 'Z', second = text[1] >= 'A' && text[1] <= 'Z';
    return !capital || second;
}

static bool good_places(const char *text)
{
    for (const char *at = strpbrk(text, "{}%"); at; at = strpbrk(at, "{}%")) {
        if (strncmp(at, "{have}", 6) != 0 && strncmp(at, "{want}", 6) != 0)
            return false;
        at += 6;
    }
    return true;
}

static bool same_places(const char *a, const char *b)
{
    return !strstr(a, "{have}") == !strstr(b, "{have}") &&
           !strstr(a, "{want}") == !strstr(b, "{want}");
}

static bool good_japanese(const char *text)
{
    size_t length = strlen(text);
    bool stop = length >= 3 && strcmp(text + length - 3, "。") == 0;
    bool japanese = false;
    for (const char *at = text; *at; at++)
        japanese = japanese || (unsigned char)*at >= 0xE3;
    return length && !stop && japanese;
}

static bool token_is_new(size_t index)
{
    const struct message_row *row = message_row(index);
    for (size_t i = 0; i < index; i++)
        if (strcmp(message_row(i)->token, row->token) == 0)
            return false;
    return true;
}

/* Row numbers are the messages' own. */
static void table(void **state)
{
    (void)state;
    int before = 1000;
    size_t count = 0;
    for (const struct message_row *row; (row = message_row(count)); count++) {
        enum message message = (enum message)row->number;
        struct error error;
        row_check(row->number, row->number > before && row->number <= 9999);
        row_check(row->number, good_token(row->token) && token_is_new(count));
        row_check(row->number, good_english(row->english) && good_places(row->english));
        row_check(row->number, good_japanese(row->japanese) && good_places(row->japanese));
        row_check(row->number, same_places(row->english, row->japanese));
        row_check(row->number, message_kind(message) == row->kind);
        row_check(row->number, strcmp(message_token(message), row->token) == 0);
        row_check(row->number, message_exit(message) == want_exit(row->kind));
        row_check(row->number, error_set(&error, message) == want_status(row->kind));
        row_check(row->number, (int)error.message == row->number);
        before = row->number;
    }
    row_check(1, count > 10 && !message_row(count) && !message_row(SIZE_MAX));
    row_check(2, message_kind((enum message)4) == KIND_BUG && message_kind(MSG_NONE) == KIND_BUG);
    row_check(3, strcmp(message_token((enum message)4), "unknown") == 0);
    row_check(4, message_exit((enum message)4) == 70);
    check_rows();
}

static void collected(void **state)
{
    (void)state;
    static struct problems problems;
    struct error error;
    for (uint32_t i = 0; i < LIMIT_PROBLEMS + 3; i++) {
        (void)error_set(&error, MSG_NO_MEMORY);
        error.line = i;
        row_check((int)i, problems_add(&problems, &error) == STOP);
    }
    row_check(100, problems.count == LIMIT_PROBLEMS && problems.lost == 3);
    row_check(101, problems.list[LIMIT_PROBLEMS - 1].line == LIMIT_PROBLEMS - 1);
    for (size_t i = 0; message_row(i); i++) {
        problems.count = 0;
        enum status status = error_set(&error, (enum message)message_row(i)->number);
        row_check(message_row(i)->number,
                  problems_add(&problems, &error) == (status == STOP ? STOP : OK));
    }
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formats),   cmocka_unit_test(numbers), cmocka_unit_test(characters),
        cmocka_unit_test(cuts),      cmocka_unit_test(names),   cmocka_unit_test(table),
        cmocka_unit_test(collected),
    };
    return check_run(tests);
}
