/* Encodings: against iconv where it is a judge, by rows where it is none; whatever way the bytes are cut. */
#include "intake/coding.h"

#include "base/memory.h"
#include "base/utf8.h"

#include <iconv.h>
#include <stdlib.h>
#include <unistd.h>

#include "unit/check.h"

static struct coding opened(enum encoding encoding, const char *table)
{
    struct coding coding;
    assert_int_equal(coding_open(&coding, encoding, table, NULL), OK);
    return coding;
}

static size_t whole(const struct coding *coding, const char *bytes, size_t size, char *out,
                    size_t *bad)
{
    struct coding_turn turn = {.stand_in = TEXT("?"), .last = true};
    size_t length = coding_decode(coding, &turn, bytes, size, out);
    assert_true(turn.taken == size);
    *bad = turn.bad;
    return length;
}

/* -- every code of two bytes, as iconv has it -- */

static size_t judge(iconv_t converter, const char *bytes, size_t size, char *out, size_t room)
{
    char in[8], *from = in, *to = out;
    size_t left = size, free_room = room;
    memcpy(in, bytes, size);
    (void)iconv(converter, NULL, NULL, NULL, NULL);
    return iconv(converter, &from, &left, &to, &free_room) == (size_t)-1 ? 0 : room - free_room;
}

static bool vendors_row(unsigned row)
{
    return row == 0x2D || row > 0x74; /* 13, and 85 and more: nobody's for certain */
}

static void euc_pairs(void **state)
{
    struct coding coding = opened(ENCODING_EUC_JP, NULL);
    iconv_t converter = iconv_open("UTF-8", "EUC-JP-MS");
    (void)state;
    for (unsigned row = 0x21; row <= 0x7E; row++)
        for (unsigned cell = 0x21; cell <= 0x7E; cell++) {
            char in[2] = {(char)(row | 0x80), (char)(cell | 0x80)}, out[32], want[16];
            size_t bad, length = whole(&coding, in, 2, out, &bad);
            size_t wanted = judge(converter, in, 2, want, sizeof want);
            if (!vendors_row(row))
                row_check(row * 256 + cell, (bad < 2) == (wanted == 0) &&
                                                (wanted == 0 || (length == wanted &&
                                                                 memcmp(out, want, wanted) == 0)));
            else /* one character, never private use */
                row_check(row * 256 + cell,
                          bad == 0 || (length <= 3 && (unsigned char)out[0] != 0xEE));
        }
    iconv_close(converter);
    coding_close(&coding);
    check_rows();
}

static void jis_is_euc(void **state)
{
    struct coding euc = opened(ENCODING_EUC_JP, NULL), iso = opened(ENCODING_ISO_2022_JP, NULL);
    (void)state;
    for (unsigned row = 0x21; row <= 0x7E; row++)
        for (unsigned cell = 0x21; cell <= 0x7E; cell++)
            for (int set = 0; set < 2; set++) {
                char three[3] = {'\x8F', (char)(row | 0x80), (char)(cell | 0x80)},
                     seven[8] = "\x1B$B";
                char a[40], b[40];
                size_t bad_a, bad_b, at = 3;
                if (set)
                    memcpy(seven, "\x1B$(D", at = 4);
                seven[at] = (char)row;
                seven[at + 1] = (char)cell;
                size_t left = whole(&euc, set ? three : three + 1, set ? 3 : 2, a, &bad_a);
                size_t right = whole(&iso, seven, at + 2, b, &bad_b);
                row_check(row * 256 + cell, left == right && memcmp(a, b, left) == 0 &&
                                                (bad_a == 0) == (bad_b == at));
            }
    coding_close(&euc);
    coding_close(&iso);
    check_rows();
}

static void utf16_points(void **state)
{
    struct coding le = opened(ENCODING_UTF16LE, NULL), be = opened(ENCODING_UTF16BE, NULL);
    (void)state;
    for (uint32_t point = 1; point <= 0x10FFFF; point += point < 0x10000 ? 1 : 251) {
        bool surrogate = point >= 0xD800 && point <= 0xDFFF;
        uint32_t units[2] = {point, 0}, count = 1;
        char want[8], out[40], bytes[4], turned[4];
        if (point > 0xFFFF) {
            units[0] = 0xD800 + ((point - 0x10000) >> 10);
            units[1] = 0xDC00 + ((point - 0x10000) & 0x3FF);
            count = 2;
        }
        for (uint32_t i = 0; i < count; i++) {
            bytes[2 * i] = turned[2 * i + 1] = (char)units[i];
            bytes[2 * i + 1] = turned[2 * i] = (char)(units[i] >> 8);
        }
        size_t wanted = surrogate ? 0 : utf8_put(want, point), bad;
        size_t length = whole(&le, bytes, 2 * count, out, &bad);
        bool right = surrogate ? bad == 0
                               : bad == 2 * count && length == wanted && !memcmp(out, want, wanted);
        length = whole(&be, turned, 2 * count, out, &bad);
        row_check(point,
                  right && (surrogate ? bad == 0 : length == wanted && !memcmp(out, want, wanted)));
    }
    coding_close(&le);
    coding_close(&be);
    check_rows();
}

/* -- rows -- */

#define HOST_TABLE                                                                                 \
    "# remark\nto-double 0E\nto-single 0F\r\n\nsingle 40 0020\nsingle F0-F9 0030\nsingle 25 "      \
    "000A\n"                                                                                       \
    "double 4040 3000\n  double 4341-4350 30A1 # kana\ndouble 6AA1 8FBB E0101\ndouble 6AA2 "       \
    "20BB7\n"

static void write_table(char path[32], const char *text)
{
    memcpy(path, "/tmp/table-XXXXXX", 18);
    int fd = mkstemp(path);
    assert_true(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
    close(fd);
}

struct sample {
    int row;
    enum encoding encoding;
    const char *in;
    size_t size;
    const char *want; /* a bad code as ? */
    size_t bad;       /* SIZE_MAX: none */
};
#define SAMPLE(row, encoding, in, want, bad)                                                       \
    {                                                                                              \
        row, ENCODING_##encoding, in, sizeof(in) - 1, want, bad                                    \
    }
#define FINE SIZE_MAX

static const struct sample samples[] = {
    SAMPLE(1, EUC_JP, "a\xB2\xCD\xB6\xF5,\n", "a架空,\n", FINE),
    SAMPLE(2, EUC_JP, "\x8E\xB1\x8E\xDE", "ｱﾞ", FINE),
    SAMPLE(3, EUC_JP, "\x8F\xB0\xA1", "丂", FINE),
    SAMPLE(4, EUC_JP, "\xFC\xE2\xFC\xE3\xAD\xA1", "髙鸙①", 2), /* see below */
    SAMPLE(5, EUC_JP, "\xB2", "?", 0),
    SAMPLE(6, EUC_JP, "z\xB2,", "z?,", 1),
    SAMPLE(7, EUC_JP, "\x8E,", "?,", 0),
    SAMPLE(8, EUC_JP, "\x8E\xE0,", "?,", 0),
    SAMPLE(9, EUC_JP, "\x8F\xB0,", "??,", 0),
    SAMPLE(10, EUC_JP, "\x80\xA0\xFF", "???", 0),
    SAMPLE(11, EUC_JP, "\xA1\xC1\xA1\xDD\xA1\xC2", "～－∥", FINE),
    SAMPLE(20, UTF16LE, "a\0\x9Eg\n\0", "a枞\n", FINE),
    SAMPLE(21, UTF16LE, "\x42\xD8\xB7\xDF", "𠮷", FINE),
    SAMPLE(22, UTF16LE, "\x42\xD8z\0", "?z", 0),
    SAMPLE(23, UTF16LE, "z\0\xB7\xDFz\0", "z?z", 2),
    SAMPLE(24, UTF16LE, "z\0z", "z?", 2),
    SAMPLE(25, UTF16LE, "z\0\x42\xD8", "z?", 2),
    SAMPLE(26, UTF16BE, "\xD8\x42\xDF\xB7\x4E\x0A", "𠮷上", FINE),
    SAMPLE(30, ISO_2022_JP, "a\x1B$B2M6u\x1B(B,\x1B$@;R\x1B(Jb", "a架空,子b", FINE),
    SAMPLE(31, ISO_2022_JP, "\x1B(I1^\x1B(B", "ｱﾞ", FINE),
    SAMPLE(32, ISO_2022_JP, "\x1B(J\\~\x1B(B\\~", "¥‾\\~", FINE),
    SAMPLE(33, ISO_2022_JP, "\x1B$B2M\n2M", "架\n2M", FINE),
    SAMPLE(34, ISO_2022_JP, "\x1B$B2", "?", 3),
    SAMPLE(35, ISO_2022_JP, "\x1B$Z", "?$Z", 0),
    SAMPLE(36, ISO_2022_JP, "z\xB1", "z?", 1),
    SAMPLE(37, ISO_2022_JP, "\x1B(I\x7A", "?", 3),
    SAMPLE(38, ISO_2022_JP, "\x1B$(D0!\x1B(B", "丂", FINE),
    SAMPLE(39, ISO_2022_JP, "\x1B$B\x7E\x7E\x1B(Bz", "?z", 3),
    SAMPLE(40, HOST, "\xF1\x40\x0E\x43\x41\x40\x40\x0F\xF9\x25", "1 ァ　9\n", FINE),
    SAMPLE(41, HOST, "\x0E\x6A\xA1\x6A\xA2", "辻\U000E0101𠮷", FINE),
    SAMPLE(42, HOST, "\xF1\xC1\xF2", "1?2", 1),
    SAMPLE(43, HOST, "\x0E\x43\x51\x43\x42\x0F\xF0", "?ア0", 1),
    SAMPLE(44, HOST, "\x0E\x43", "?", 1),
    SAMPLE(45, HOST, "\x0E\x0E\x43\x0F\xF0", "?0", 1),
    SAMPLE(50, UTF8, "\xE6\x9E\xB6\xFF\xF0\xA0\xAE\xB7\xE6\x9E", "架?𠮷??", 3),
    SAMPLE(51, CP932, "\x89\xCB\x81\xADz\xB1\x89", "架?zｱ?", 2),
};

/* Row 4: NEC's selection has 髙 at row 92 cell 66 (CP932 EEE0); its neighbour is read off the same table. */
static bool as_wanted(const struct sample *sample, const char *out, size_t length, size_t bad)
{
    if (sample->row == 4)
        return length >= 6 && memcmp(out, "髙", 3) == 0 && memcmp(out + length - 3, "①", 3) == 0;
    return bad == (sample->bad == FINE ? sample->size : sample->bad) &&
           length == strlen(sample->want) && memcmp(out, sample->want, length) == 0;
}

/* The same bytes, given in two pieces: what was not taken of the first comes again with the second. */
static size_t in_two(const struct coding *coding, const struct sample *sample, size_t cut,
                     char *out)
{
    struct coding_turn turn = {.stand_in = TEXT("?")};
    size_t length = coding_decode(coding, &turn, sample->in, cut, out), taken = turn.taken;
    assert_true(taken <= cut && cut - taken <= 3);
    turn.last = true;
    return length +
           coding_decode(coding, &turn, sample->in + taken, sample->size - taken, out + length);
}

static void rows(void **state)
{
    char path[32];
    (void)state;
    write_table(path, HOST_TABLE);
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        const struct sample *sample = &samples[i];
        struct coding coding = opened(sample->encoding, path);
        char out[256], pieces[256];
        size_t bad, length = whole(&coding, sample->in, sample->size, out, &bad);
        row_check(sample->row, as_wanted(sample, out, length, bad));
        for (size_t cut = 0; cut <= sample->size; cut++)
            row_check(sample->row, in_two(&coding, sample, cut, pieces) == length &&
                                       memcmp(out, pieces, length) == 0);
        coding_close(&coding);
    }
    unlink(path);
    check_rows();
}

static void wide_fields(void **state)
{
    char path[32], out[64];
    struct coding_turn turn = {.state = CODING_WIDE, .stand_in = TEXT("?"), .last = true};
    (void)state;
    write_table(path, HOST_TABLE);
    struct coding coding = opened(ENCODING_HOST, path);
    size_t length = coding_decode(&coding, &turn, "\x43\x41\x0F\xF1", 4, out);
    row_check(1, length == 4 && memcmp(out, "ァ1", 4) == 0 && turn.state == CODING_NARROW);
    coding_close(&coding);
    unlink(path);
    check_rows();
}

/* -- tables that are none -- */

static void tables(void **state)
{
    static const struct {
        int row;
        const char *text;
        enum message want;
        uint32_t line;
    } bad[] = {
        {1, "single 40 0020\nsingle 40 0030\n", MSG_HOST_TWICE, 2},
        {2, "single F0-F9 0030\nsingle F5 0041\n", MSG_HOST_TWICE, 2},
        {3, "to-double 0E\n", MSG_HOST_SHIFT, 1},
        {4, "to-single 0E\n\n", MSG_HOST_SHIFT, 2},
        {5, "to-double 0E\nto-double 0F\nto-single 29\n", MSG_HOST_LINE, 2},
        {6, "single 4 0020\n", MSG_HOST_LINE, 1},
        {7, "single 400 0020\n", MSG_HOST_LINE, 1},
        {8, "single 40\n", MSG_HOST_LINE, 1},
        {9, "single 40 0020 0020\n", MSG_HOST_LINE, 1},
        {10, "single 40 20\n", MSG_HOST_LINE, 1},
        {11, "single 40 0000\n", MSG_HOST_LINE, 1},
        {12, "single 40 D800\n", MSG_HOST_LINE, 1},
        {13, "single 40 20BB7\n", MSG_HOST_LINE, 1},
        {14, "double 40 3000\n", MSG_HOST_LINE, 1},
        {15, "double 4040 000A\n", MSG_HOST_LINE, 1},
        {16, "double 4040 110000\n", MSG_HOST_LINE, 1},
        {17, "double 40FE-4101 3000\n", MSG_HOST_LINE, 1},
        {18, "double 4050-4040 3000\n", MSG_HOST_LINE, 1},
        {19, "double 4040-4041 8FBB E0101\n", MSG_HOST_LINE, 1},
        {20, "double 4040 8FBB 8FBB\n", MSG_HOST_LINE, 1},
        {21, "double 4040 E0101\n", MSG_HOST_LINE, 1},
        {22, "\n# x\ntriple 404040 3000\n", MSG_HOST_LINE, 3},
        {23, "to-double\n", MSG_HOST_LINE, 1},
        {24, "to-double 0E0A29\n", MSG_HOST_LINE, 1},
        {25, "single 4G 0020\n", MSG_HOST_LINE, 1},
        {26, "single F0-F9 FFFB\n", MSG_HOST_LINE, 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct host *host = NULL;
        struct error error = {0};
        enum status status = host_new(text_of(bad[i].text), "some/host.table", &host, &error);
        row_check(bad[i].row, status == STOP && error.message == bad[i].want &&
                                  error.line == bad[i].line && !host);
        host_free(host);
    }
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(euc_pairs), cmocka_unit_test(jis_is_euc),  cmocka_unit_test(utf16_points),
        cmocka_unit_test(rows),      cmocka_unit_test(wide_fields), cmocka_unit_test(tables),
    };
    return check_run(tests);
}
