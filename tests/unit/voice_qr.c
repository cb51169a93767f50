/* The QR code of a spoken text: segments, fit, the best mask, and what other people's readers make of it. */
#include "unit/check.h"

#include "symbology/qr.h"
#include "symbology/qr_mask.h"

#include "base/utf8.h"

#include <png.h>
#include <qrencode.h>
#include <stdlib.h>
#include <unistd.h>

static struct sjis *sjis;

static bool dark(const struct qr *qr, int x, int y)
{
    return qr->bits[y][x / 8] >> (7 - x % 8) & 1;
}

static bool equals(const struct qr *qr, const QRcode *code)
{
    if (!code || code->width != qr->modules)
        return false;
    for (int y = 0; y < code->width; y++)
        for (int x = 0; x < code->width; x++)
            if (dark(qr, x, y) != (code->data[y * code->width + x] & 1))
                return false;
    return true;
}

/* -- the best mask is libqrencode's -- */

static uint32_t chance(uint32_t below)
{
    static uint64_t state = 11;
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 33) % below;
}

/* Random bytes, one byte throughout, and long stretches of one: the last two give large finder-like patterns. */
static void fill(char *bytes, uint32_t length, int kind)
{
    for (uint32_t i = 0; i < length; i++)
        bytes[i] = (char)(kind == 0 ? chance(256) : kind == 1 ? 'a' : chance(8) ? 0 : 255);
}

static void best_masks(void **state)
{
    static char bytes[2953];
    static const uint32_t most[] = {2953, 2331, 1663, 1273};
    bool seen[8] = {false};
    (void)state;
    for (int row = 1; row <= 320; row++) {
        struct qr qr;
        struct error error;
        int level = row % 4;
        uint32_t length = 1 + chance(row % 3 == 0 ? 150 : row % 3 == 1 ? 900 : most[level]);
        fill(bytes, length, (int)chance(3));
        QRinput *input = QRinput_new2(0, (QRecLevel)level);
        assert_int_equal(QRinput_append(input, QR_MODE_8, (int)length, (unsigned char *)bytes), 0);
        QRcode *code = QRcode_encodeInput(input);
        QRinput_free(input);
        struct text text = {bytes, length};
        row_check(row, qr_encode(text, (uint8_t) "LMQH"[level], true, &qr, &error) == OK);
        row_check(row, equals(&qr, code));
        QRcode_free(code);
        seen[(dark(&qr, 2, 8) << 2 | dark(&qr, 3, 8) << 1 | dark(&qr, 4, 8)) ^ 5] = true;
    }
    for (int mask = 0; mask < 8; mask++)
        row_check(400 + mask, seen[mask]);
    check_rows();
}

/* The penalties one by one, on symbols made by hand of 21 modules, counted on paper. */
static void penalties(void **state)
{
    struct qr blank = {.modules = 21}, chequer = {.modules = 21};
    (void)state;
    for (int y = 0; y < 21; y++)
        for (int x = 0; x < 21; x++)
            if ((x + y) % 2)
                chequer.bits[y][x / 8] |= (uint8_t)(0x80 >> x % 8);
    /* 42 runs of 21: 3 + 16 each; 400 blocks of 3; no dark at all: ten times 10 */
    row_check(1, qr_penalty(&blank) == 42 * 19 + 1200 + 100);
    row_check(2, qr_penalty(&chequer) == 0);
    /* one pattern 1:1:3:1:1 in row 0 on the blank: the row's run becomes one of 14 (12); the columns of its five dark
     * modules lose one of 21 (5 x 1); blocks: columns 0 to 7 of rows 0 and 1 lose 7; a pattern; 5 of 441 are 1 % */
    struct qr finder = blank;
    finder.bits[0][0] = 0xBA; /* 10111010 */
    row_check(3, qr_penalty(&finder) == 42 * 19 - 7 - 5 + 3 * (400 - 7) + 40 + 90);
    check_rows();
}

/* -- segments -- */

static void versions(void **state)
{
    static char text[6000];
    static const struct {
        int row;
        const char *unit;
        uint32_t count;
        char level;
        uint16_t modules;
    } rows[] = {
        /* capacities of Kanji mode, ISO/IEC 18004 table 7: version 25: 784 614 440 330; 40-L: 1817 */
        {1, "漢", 784, 'L', 117}, {2, "漢", 785, 'L', 121}, {3, "漢", 614, 'M', 117},
        {4, "漢", 440, 'Q', 117}, {5, "漢", 330, 'H', 117}, {6, "漢", 1817, 'L', 177},
        {7, "漢", 1818, 'L', 0},  {8, "7", 1000, 'M', 81}, /* numeric: 16-M holds 1,082, 15-M 991 */
        {9, "A", 600, 'M', 77},                            /* alphanumeric: 15-M holds 600 */
        {10, "A", 601, 'M', 81},  {11, "a", 412, 'M', 77}, /* bytes: 15-M holds 412 */
        {12, "a", 413, 'M', 81},  {13, "髙", 137, 'M', 77}, /* not in Kanji mode: three bytes each */
        {14, "", 0, 'M', 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint32_t length = 0, size = (uint32_t)strlen(rows[i].unit);
        for (uint32_t n = 0; n < rows[i].count; n++, length += size)
            memcpy(text + length, rows[i].unit, size);
        uint16_t modules =
            qr_mixed_modules(sjis, (struct text){text, length}, (uint8_t)rows[i].level);
        row_check(rows[i].row, modules == rows[i].modules);
    }
    check_rows();
}

/* Never more bits than one mode for all: the version is at most that of plain bytes. */
static void no_larger(void **state)
{
    static const char *const parts[] = {"漢字", "かな、", "123", "0123456789",
                                        "ABC-", "abc",    " ",   "髙"};
    (void)state;
    for (int row = 1; row <= 200; row++) {
        char text[2000] = "";
        uint32_t length = 0;
        while (length < 20 + (uint32_t)row * 4) {
            const char *part = parts[chance(row % 5 ? 7 : 8)];
            memcpy(text + length, part, strlen(part));
            length += (uint32_t)strlen(part);
        }
        uint16_t mixed = qr_mixed_modules(sjis, (struct text){text, length}, 'M');
        row_check(row, mixed && mixed <= qr_modules((struct text){text, length}, 'M'));
    }
    check_rows();
}

static void fits(void **state)
{
    static char text[6000];
    static const struct {
        int row;
        uint32_t kanji, box;
        uint16_t least, wanted;
        struct qr_fit want;
    } rows[] = {
        {1, 443, 708, 4, 6, {'M', 105, 6}}, /* 22-M, 113 with its quiet zone: 6 dots */
        {2, 443, 708, 4, 7, {'L', 93, 7}},  /* 19-L, 101: 7 */
        {3, 443, 708, 4, 5, {'Q', 121, 5}}, /* 26-Q, 129: 5 */
        {4, 443, 708, 4, 4, {'H', 137, 4}}, /* 30-H, 145: 4 */
        {5, 443, 403, 4, 6, {0, 0, 0}},     /* one dot too few */
        {6, 443, 404, 4, 6, {'L', 93, 4}},  /* 101 x 4 */
        {7, 0, 708, 4, 6, {0, 0, 0}},       {8, 1817, 740, 4, 6, {'L', 177, 4}}, /* 185 x 4 */
        {9, 1818, 7400, 4, 6, {0, 0, 0}},
    };
    (void)state;
    for (uint32_t i = 0; i < 1818; i++)
        memcpy(text + 3 * i, "漢", 3);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct qr_fit fit;
        struct qr_box box = {rows[i].box, rows[i].least, rows[i].wanted};
        bool fitted = qr_fit(sjis, (struct text){text, rows[i].kanji * 3}, &box, &fit);
        row_check(rows[i].row, fitted == (rows[i].want.modules > 0));
        row_check(rows[i].row, fit.level == rows[i].want.level &&
                                   fit.modules == rows[i].want.modules &&
                                   fit.dots == rows[i].want.dots);
    }
    check_rows();
}

/* Fitted and drawn in one is fitted, then drawn; also where a level of another size class was tried last. */
static void fitted_in_one(void **state)
{
    static const char *const parts[] = {"漢字", "かな", "0120", "-", "ABC", "、", "髙"};
    (void)state;
    for (int row = 1; row <= 120; row++) {
        char string[4096] = "";
        struct text text = {string, 0};
        struct qr_box box = {120 + chance(700), 3, (uint16_t)(3 + chance(5))};
        struct qr_fit fit, again;
        struct qr qr, want;
        struct error error;
        for (uint32_t count = chance(220); count > 0; count--) {
            const char *part = parts[chance(row % 4 ? 6 : 7)];
            memcpy(string + text.length, part, strlen(part));
            text.length += (uint32_t)strlen(part);
        }
        memset(&qr, 0, sizeof qr);
        memset(&want, 0, sizeof want);
        bool fits = qr_fit(sjis, text, &box, &fit);
        enum status status = qr_encode_fit(sjis, text, &box, &again, &qr, &error);
        row_check(row, (status == OK) == fits && memcmp(&fit, &again, sizeof fit) == 0);
        row_check(row, fits || (status == REJECT && error.message == MSG_QR_TOO_LONG));
        row_check(row,
                  !fits || (qr_encode_mixed(sjis, text, fit.level, true, &want, &error) == OK &&
                            memcmp(&qr, &want, sizeof qr) == 0));
    }
    check_rows();
}

/* -- other people's readers -- */

#define DOTS 4

static void write_png(const struct qr *qr, const char *path)
{
    uint32_t side = (qr->modules + 8u) * DOTS;
    uint8_t *dots = malloc((size_t)side * side);
    png_image png = {
        .version = PNG_IMAGE_VERSION, .width = side, .height = side, .format = PNG_FORMAT_GRAY};
    assert_non_null(dots);
    for (uint32_t y = 0; y < side; y++)
        for (uint32_t x = 0; x < side; x++) {
            int mx = (int)(x / DOTS) - 4, my = (int)(y / DOTS) - 4;
            bool inside = mx >= 0 && my >= 0 && mx < qr->modules && my < qr->modules;
            dots[(size_t)y * side + x] = inside && dark(qr, mx, my) ? 0 : 255;
        }
    assert_true(png_image_write_to_file(&png, path, 0, dots, 0, NULL));
    free(dots);
}

static bool reads(const char *command, struct text want)
{
    static char got[20000];
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    size_t size = fread(got, 1, sizeof got, pipe);
    pclose(pipe);
    while (size && got[size - 1] == '\n')
        size--;
    bool same = size == want.length && memcmp(got, want.bytes, size) == 0;
    if (!same)
        fprintf(stderr, "%.40s: %zu bytes, not %u: %.300s\n", command, size, want.length, got);
    return same;
}

static void judge(int row, struct text text, uint8_t level)
{
    char folder[] = "/tmp/voice-qr-XXXXXX", path[64], command[256];
    struct qr qr;
    struct error error;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/a.png", folder);
    row_check(row, qr_encode_mixed(sjis, text, level, true, &qr, &error) == OK);
    write_png(&qr, path);
    snprintf(command, sizeof command, "zbarimg --raw -q %s 2>/dev/null", path);
    row_check(row, reads(command, text));
    snprintf(command, sizeof command, "ZXingReader %s | sed -n 's/^Text: *\"\\(.*\\)\"$/\\1/p'",
             path);
    row_check(row, reads(command, text));
    unlink(path);
    rmdir(folder);
}

static void readers(void **state)
{
    static const char *const texts[] = {
        ("１ページ。資格情報のお知らせ。さとう　たろう　様。記号、１、２、３。電話、03-1234-"
         "5678。以上です。"),
        "ばん　ゔぃくとりあ",
        "架空健保ＡＢＣ　ー・「」（）",
        "abc漢字123",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        judge((int)i + 1, text_of(texts[i]), 'M');
    check_rows();
}

/* Every character of Kanji mode. */
static void all_kanji(void **state)
{
    static char text[6000];
    uint32_t length = 0, count = 0, all = 0;
    int row = 1;
    (void)state;
    for (uint32_t point = 0x80; point < 0x10000; point++) {
        if ((point < 0xD800 || point > 0xDFFF) && sjis_kanji(sjis, point)) {
            length += (uint32_t)utf8_put(text + length, point);
            count++;
            all++;
        }
        if (count == 700 || (point == 0xFFFF && count)) {
            judge(row++, (struct text){text, length}, 'L');
            length = count = 0;
        }
    }
    row_check(99, all == 6879 - 8 /* JIS X 0208, without the eight of base/sjis.h */);
    check_rows();
}

int main(void)
{
    struct error error;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(best_masks), cmocka_unit_test(penalties), cmocka_unit_test(versions),
        cmocka_unit_test(no_larger),  cmocka_unit_test(fits),      cmocka_unit_test(fitted_in_one),
        cmocka_unit_test(readers),    cmocka_unit_test(all_kanji)};
    if (sjis_new(&sjis, &error) != OK)
        return 1;
    int failed = check_run(tests);
    sjis_free(sjis);
    return failed;
}
