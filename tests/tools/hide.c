/* tests/tools/hide.c -- another truth in all that a protected person's letter must not show.
 *
 *   hide MEMBERS.csv SEED [WORDS] >OTHER.csv
 *
 * Copies a good member file (UTF-8, RFC 4180) and puts something else, by chance, into every hidden field of every
 * person of whom 不開示該当 or 自己情報提供不可 is 1. Nothing else changes by a byte. Hidden is every column but those
 * of the list below, known to the engine or not; 世帯主氏名 only where it is not the person's own 氏名. The same seed
 * gives the same file on every machine. How many fields were changed is said on stderr.
 *
 * What is put in: nothing at all up to 200 characters; kanji, kana, Latin letters, ideographs beyond the BMP, emoji,
 * variation sequences, digits; commas, quotes, line ends; ●, 〓, blanks, control and direction characters, bytes that
 * are no UTF-8; sometimes more than a field may hold. Never a NUL, which no CSV has, never twelve digits: a My Number
 * stops a run wherever it stands; and never more commas than a few, as a field with a line end and a whole row's
 * commas is taken for a quote that was not closed.
 *
 * WORDS gets the parts of them that are long enough to be known again, one a line, for tests/tools/canary.sh.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))
enum {
    COLUMNS = 128,
    VALUE_BYTES = 8192,
    TOO_LONG = 5000,
    TOO_LONG_A_RECORD = 3,
    DIGITS = 11,
    COMMAS = 5
};

/* 世帯番号 is hidden too, but decides who is held as kin. */
static const char *const kept[] = {"整理番号",
                                   "種別",
                                   "記号",
                                   "番号",
                                   "枝番",
                                   "氏名",
                                   "フリガナ",
                                   "生年月日",
                                   "性別",
                                   "負担割合",
                                   "資格取得年月日",
                                   "有効期限",
                                   "世帯番号",
                                   "個人番号下4桁",
                                   "登録日",
                                   "漢字氏名一致",
                                   "カナ氏名一致",
                                   "生年月日一致",
                                   "性別一致",
                                   "住所一致",
                                   "総合判定",
                                   "複数資格",
                                   "保険者確認",
                                   "回答",
                                   "個人番号提出",
                                   "不開示該当",
                                   "自己情報提供不可",
                                   "様式",
                                   "適用開始年月日",
                                   "交付年月日",
                                   "マイナ保険証登録",
                                   "要配慮者",
                                   "交付済"};

/* -- chance: a linear congruential generator, the constants of Knuth's MMIX -- */

static uint64_t state;

static uint32_t chance(uint32_t below)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 33) % below;
}

static _Noreturn void refuse(const char *words)
{
    fprintf(stderr, "hide: %s\n", words);
    exit(2);
}

/* -- a value -- */

static char value[VALUE_BYTES];
static size_t value_size;
static unsigned digits, commas;
static FILE *word_list;

static void put(const char *bytes, size_t size)
{
    if (value_size + size > sizeof value)
        refuse("a value has grown too long");
    memcpy(value + value_size, bytes, size);
    value_size += size;
}

static void put_point(uint32_t point)
{
    char out[4];
    size_t size = 0;
    if (point < 0x80) {
        out[size++] = (char)point;
    } else if (point < 0x800) {
        out[size++] = (char)(0xC0 | point >> 6);
        out[size++] = (char)(0x80 | (point & 63));
    } else if (point < 0x10000) {
        out[size++] = (char)(0xE0 | point >> 12);
        out[size++] = (char)(0x80 | (point >> 6 & 63));
        out[size++] = (char)(0x80 | (point & 63));
    } else {
        out[size++] = (char)(0xF0 | point >> 18);
        out[size++] = (char)(0x80 | (point >> 12 & 63));
        out[size++] = (char)(0x80 | (point >> 6 & 63));
        out[size++] = (char)(0x80 | (point & 63));
    }
    put(out, size);
}

static uint32_t latin(void)
{
    uint32_t letter = chance(52);
    return letter < 26 ? 'A' + letter : 'a' + letter - 26;
}

/* A run of one script. As long as `known` it is a word that stands nowhere by chance. */
static void put_run(uint32_t length)
{
    static const unsigned known[] = {4, 8, 8, 12, 4, 4, 4};
    size_t begin = value_size;
    uint32_t script = chance(COUNT_OF(known));
    for (uint32_t i = 0; i < length; i++)
        switch (script) {
        case 0:
            put_point(0x4E00 + chance(0x5000));
            break;
        case 1:
            put_point(0x3042 + chance(0x50)); /* hiragana */
            break;
        case 2:
            put_point(0x30A2 + chance(0x58)); /* katakana, without what looks like a hyphen */
            break;
        case 3:
            put_point(latin());
            break;
        case 4:
            put_point(0x20000 + chance(0xA6D0)); /* CJK extension B */
            break;
        case 5:
            put_point(0x1F400 + chance(0x100)); /* animals and other emoji */
            break;
        default:
            put_point(0x4E00 + chance(0x5000)); /* with a selector */
            put_point(0xE0100 + chance(16));
        }
    if (word_list && length >= known[script])
        fprintf(word_list, "%.*s\n", (int)(value_size - begin), value + begin);
}

static void put_digits(void)
{
    uint32_t count = 1 + chance(7), zero = chance(3) ? '0' : 0xFF10;
    for (; count && digits < DIGITS; count--, digits++)
        put_point(zero + chance(10));
    if (chance(2))
        put_point(chance(2) ? '-' : 0xFF0D);
}

/* What breaks a careless reader. */
static void put_special(void)
{
    static const char *const points[] = {"\"",
                                         "\"\"",
                                         "\n",
                                         "\r\n",
                                         "\r",
                                         "\n\n",
                                         " ",
                                         "　",
                                         "\t",
                                         "●",
                                         "●●●",
                                         "〓",
                                         "様",
                                         "様様",
                                         "\x01",
                                         "\x08",
                                         "\x0B",
                                         "\x0C",
                                         "\x1A",
                                         "\x1B[2J",
                                         "\x7F",
                                         "\xC2\x85",
                                         "\xC2\xA0", /* controls, no-break */
                                         "\xE2\x80\x8B",
                                         "\xE2\x80\xA8",
                                         "\xE2\x80\xAE",
                                         "\xEF\xBB\xBF",
                                         "\xEF\xBF\xBD",
                                         "\xEE\x80\x80",
                                         "\xF3\xA0\x84\x80",
                                         "\xCC\x81",
                                         "'",
                                         "\\",
                                         "%s%n",
                                         "{name}",
                                         "{{",
                                         "<x/>",
                                         "=1+1",
                                         "#N/A",
                                         "(",
                                         ")",
                                         ";",
                                         "../",
                                         "\xD7\x90",
                                         "\xD8\xA7",
                                         "\xE0\xB8\x81"};
    static const char *const bad[] = {"\x80",     "\xBF",     "\xFE",         "\xFF",
                                      "\xC0\xAF", "\xE3\x81", "\xED\xA0\x80", "\xF5\x80\x80\x80",
                                      "\xF0\x9F", "\x83\x5C", "\x81"};
    const char *special = chance(4) ? points[chance(COUNT_OF(points))] : bad[chance(COUNT_OF(bad))];
    if (chance(4) == 0 && commas < COMMAS) {
        special = ",";
        commas++;
    }
    put(special, strlen(special));
}

/* Bytes beyond what a field may hold (4096), most of them the same letter. */
static void put_too_long(void)
{
    put_run(12);
    while (value_size < TOO_LONG)
        put("長", strlen("長"));
}

static uint32_t length_by_chance(void)
{
    switch (chance(10)) {
    case 0:
        return 0;
    case 1:
    case 2:
        return 1 + chance(9);
    case 3:
    case 4:
    case 5:
    case 6:
        return 10 + chance(50);
    default:
        return 60 + chance(141);
    }
}

static void value_make(unsigned *too_long)
{
    uint32_t left = length_by_chance();
    value_size = digits = commas = 0;
    if (*too_long < TOO_LONG_A_RECORD && chance(50) == 0) {
        ++*too_long;
        put_too_long();
        return;
    }
    while (left) {
        uint32_t length = 1 + chance(left < 16 ? left : 16);
        uint32_t kind = chance(8);
        if (kind < 5)
            put_run(length);
        else if (kind == 5)
            put_digits();
        else
            put_special();
        left -= length;
    }
}

/* Quoted where it must be, and sometimes where it need not. */
static void value_write(void)
{
    bool quotes = chance(4) == 0;
    for (size_t i = 0; i < value_size; i++)
        quotes |= value[i] == ',' || value[i] == '"' || value[i] == '\n' || value[i] == '\r';
    if (quotes)
        putchar('"');
    for (size_t i = 0; i < value_size; i++) {
        if (value[i] == '"')
            putchar('"');
        putchar(value[i]);
    }
    if (quotes)
        putchar('"');
}

/* -- the file -- */

struct cell {
    const char *at;
    size_t size; /* with its quotes */
};

struct row {
    struct cell cell[COLUMNS];
    unsigned count;
    const char *end; /* behind the last cell */
};

/* Cuts the record at `at`; gives what stands behind its line end. */
static const char *cut(const char *at, const char *end, struct row *row)
{
    bool quoted = false;
    const char *begin = at;
    for (row->count = 0;; at++) {
        if (at < end && *at == '"')
            quoted = !quoted;
        if (at < end && (quoted || (*at != ',' && *at != '\n')))
            continue;
        if (row->count == COLUMNS)
            refuse("too many columns");
        size_t size = (size_t)(at - begin);
        row->end = at;
        if (size && at[-1] == '\r' && at < end && *at == '\n') {
            size--;
            row->end--;
        }
        row->cell[row->count++] = (struct cell){begin, size};
        begin = at + 1;
        if (at == end || *at == '\n')
            return at == end ? end : at + 1;
    }
}

static bool cell_is(struct cell cell, const char *text)
{
    if (cell.size >= 2 && *cell.at == '"') {
        cell.at++;
        cell.size -= 2;
    }
    return cell.size == strlen(text) && memcmp(cell.at, text, cell.size) == 0;
}

static bool is_kept(struct cell name)
{
    for (size_t i = 0; i < COUNT_OF(kept); i++)
        if (cell_is(name, kept[i]))
            return true;
    return false;
}

static int column(const struct row *head, const char *name)
{
    for (unsigned i = 0; i < head->count; i++)
        if (cell_is(head->cell[i], name))
            return (int)i;
    return -1;
}

static bool is_one(const struct row *head, const struct row *row, const char *name)
{
    int at = column(head, name);
    return at >= 0 && (cell_is(row->cell[at], "1") || cell_is(row->cell[at], "１"));
}

static bool own_head(const struct row *head, const struct row *row, unsigned at)
{
    int name = column(head, "氏名");
    return name >= 0 && cell_is(head->cell[at], "世帯主氏名") &&
           row->cell[at].size == row->cell[name].size &&
           memcmp(row->cell[at].at, row->cell[name].at, row->cell[at].size) == 0;
}

static unsigned hide(const struct row *head, const struct row *row)
{
    unsigned changed = 0, too_long = 0;
    for (unsigned i = 0; i < row->count; i++) {
        if (i)
            putchar(',');
        if (is_kept(head->cell[i]) || own_head(head, row, i)) {
            fwrite(row->cell[i].at, 1, row->cell[i].size, stdout);
            continue;
        }
        value_make(&too_long);
        value_write();
        changed++;
    }
    return changed;
}

static char *read_file(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    char *bytes;
    long length;
    if (!file || fseek(file, 0, SEEK_END) != 0 || (length = ftell(file)) <= 0)
        refuse("cannot read the members");
    rewind(file);
    bytes = malloc((size_t)length + 1);
    if (!bytes || fread(bytes, 1, (size_t)length, file) != (size_t)length)
        refuse("cannot read the members");
    fclose(file);
    *size = (size_t)length;
    return bytes;
}

static void file_hide(const char *at, const char *end)
{
    static struct row head, row;
    unsigned fields = 0, people = 0;
    const char *begin = at;
    at = cut(at, end, &head);
    fwrite(begin, 1, (size_t)(at - begin), stdout);
    if (head.count <= COMMAS + 1)
        refuse("too few columns for what is put in");
    while (at < end) {
        begin = at;
        at = cut(at, end, &row);
        if (row.count != head.count)
            refuse("a row has another number of columns");
        if (is_one(&head, &row, "不開示該当") || is_one(&head, &row, "自己情報提供不可")) {
            fields += hide(&head, &row);
            people++;
            begin = row.end;
        }
        fwrite(begin, 1, (size_t)(at - begin), stdout);
    }
    fprintf(stderr, "%u fields of %u people\n", fields, people);
}

int main(int count, char **words)
{
    size_t size;
    if (count < 3 || count > 4)
        refuse("usage: hide MEMBERS.csv SEED [WORDS] >OTHER.csv");
    state = strtoul(words[2], NULL, 10) * 2654435761u + 20240109u;
    for (int i = 0; i < 8; i++)
        (void)chance(2);
    if (count == 4 && !(word_list = fopen(words[3], "wb")))
        refuse("cannot write the words");
    char *bytes = read_file(words[1], &size);
    file_hide(bytes, bytes + size);
    free(bytes);
    bool failed = word_list && fclose(word_list) != 0;
    return failed || fflush(stdout) || ferror(stdout);
}
