#include "symbology/qr.h"

#include "unit/check.h"

#include <qrencode.h>

static const char levels[] = "LMQH";

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

static QRcode *automatic(struct text text, int level)
{
    QRinput *input = QRinput_new2(0, (QRecLevel)level);
    QRcode *code;

    assert_int_equal(
        QRinput_append(input, QR_MODE_8, (int)text.length, (const unsigned char *)text.bytes), 0);
    code = QRcode_encodeInput(input);
    QRinput_free(input);
    return code;
}

/* The mask's number: bits 2 to 4 of the format information beside the upper left finder, row 8,
 * columns 2..4, unmasked with 101 (ISO/IEC 18004:2015, 7.9.1, figure 25). */
static int mask_of(const struct qr *qr)
{
    return (dark(qr, 2, 8) << 2 | dark(qr, 3, 8) << 1 | dark(qr, 4, 8)) ^ 5;
}

/* Every version: the longest text that fits, and one byte more, against libqrencode's own choice of
 * a version. */
static void versions(void **state)
{
    static char bytes[3000];
    struct qr qr;
    struct error error;
    int row = 0;

    (void)state;
    memset(bytes, 'a', sizeof bytes);
    for (int level = 0; level < 4; level++) {
        uint32_t length = 1;

        for (uint16_t modules = 21; modules <= 177; modules += 4) {
            struct text text = {bytes, length};
            QRcode *code;

            row++;
            while (qr_modules(text, (uint8_t)levels[level]) == modules)
                text.length++;
            text.length--;
            row_check(row, text.length >= length);
            code = automatic(text, level);
            row_check(row, code && code->width == modules);
            if (modules % 16 == 5)
                row_check(row, qr_encode(text, (uint8_t)levels[level], true, &qr, &error) == OK &&
                                   equals(&qr, code));
            QRcode_free(code);
            length = text.length + 1;
        }
        row_check(row, qr_modules((struct text){bytes, length}, (uint8_t)levels[level]) == 0);
        row_check(row, automatic((struct text){bytes, length}, level) == NULL);
    }
    check_rows();
}

/* 64 texts: the automatic symbol is libqrencode's; the fixed mask is the same everywhere, and its
 * symbol equals the automatic one exactly where that has the same mask. */
static void masks(void **state)
{
    int fixed = -1, equal_masks = 0;

    (void)state;
    for (int row = 1; row <= 64; row++) {
        char bytes[] = "https://example.jp/portal?x=00";
        struct text text = {bytes, sizeof bytes - 1};
        struct qr best, quick;
        struct error error;
        QRcode *code;

        bytes[28] = (char)('0' + row / 10);
        bytes[29] = (char)('0' + row % 10);
        code = automatic(text, QR_ECLEVEL_M);
        row_check(row, qr_encode(text, 'M', true, &best, &error) == OK);
        row_check(row, qr_encode(text, 'M', false, &quick, &error) == OK);
        row_check(row, equals(&best, code));
        if (fixed < 0)
            fixed = mask_of(&quick);
        row_check(row, mask_of(&quick) == fixed);
        row_check(row, equals(&quick, code) == (mask_of(&best) == fixed));
        equal_masks += mask_of(&best) == fixed;
        QRcode_free(code);
    }
    row_check(65, equal_masks > 0 && equal_masks < 64);
    check_rows();
}

static void refusals(void **state)
{
    static char bytes[2954];
    static const struct {
        int row;
        uint32_t length;
        char level;
        enum status status;
        enum message message;
    } rows[] = {
        {1, 0, 'M', REJECT, MSG_QR_EMPTY},       {2, 2953, 'L', OK, MSG_NONE},
        {3, 2954, 'L', REJECT, MSG_QR_TOO_LONG}, {4, 1273, 'H', OK, MSG_NONE},
        {5, 1274, 'H', REJECT, MSG_QR_TOO_LONG}, {6, 5, 'X', STOP, MSG_BUG},
    };

    (void)state;
    memset(bytes, 'a', sizeof bytes);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct error error = {.message = MSG_NONE};
        struct qr qr;
        struct text text = {bytes, rows[i].length};

        row_check(rows[i].row,
                  qr_encode(text, (uint8_t)rows[i].level, false, &qr, &error) == rows[i].status);
        row_check(rows[i].row, rows[i].status == OK || error.message == rows[i].message);
        row_check(rows[i].row,
                  (qr_modules(text, (uint8_t)rows[i].level) != 0) == (rows[i].status == OK));
    }
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(versions), cmocka_unit_test(masks),
                                       cmocka_unit_test(refusals)};

    return check_run(tests);
}
