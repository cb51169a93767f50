/* The inserter's code against libqrencode: bit by bit, for edges and for many numbers. */
#include "symbology/sheet_code.h"

#include "unit/check.h"

#include <qrencode.h>
#include <stdbool.h>

extern QRcode *QRcode_encodeMask(QRinput *input, int mask);

static struct sheet_code_plan plan;

static bool same_as_judge(const char *digits)
{
    uint8_t bits[SHEET_CODE_MODULES * SHEET_CODE_ROW];
    QRinput *input = QRinput_new2(1, QR_ECLEVEL_Q);
    QRcode *code = NULL;
    if (input &&
        QRinput_append(input, QR_MODE_NUM, SHEET_CODE_DIGITS, (const unsigned char *)digits) == 0)
        code = QRcode_encodeMask(input, 0);
    QRinput_free(input);
    bool same = code && code->width == SHEET_CODE_MODULES;
    sheet_code(&plan, digits, bits);
    for (int y = 0; y < SHEET_CODE_MODULES && same; y++)
        for (int x = 0; x < SHEET_CODE_MODULES; x++)
            same &= (code->data[y * SHEET_CODE_MODULES + x] & 1) ==
                    (bits[y * SHEET_CODE_ROW + x / 8] >> (7 - x % 8) & 1);
    for (int y = 0; y < SHEET_CODE_MODULES && same; y++)
        same = (bits[y * SHEET_CODE_ROW + 2] & 7) == 0; /* nothing behind the last module */
    QRcode_free(code);
    return same;
}

static void edges(void **state)
{
    static const char *const rows[] = {
        "000000000000000000000000000", "999999999999999999999999999",
        "123456789012345678901234567", "000000000000000000000000001",
        "100000000000000000000000000", "024681357902468135790246813"};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        row_check((int)i + 1, same_as_judge(rows[i]));
    check_rows();
}

static void many(void **state)
{
    uint64_t seed = 1;
    char digits[SHEET_CODE_DIGITS];
    (void)state;
    for (int i = 0; i < 2000; i++) {
        for (int k = 0; k < SHEET_CODE_DIGITS; k++) {
            seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
            digits[k] = (char)('0' + (seed >> 40) % 10);
        }
        row_check(10, same_as_judge(digits));
    }
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(edges), cmocka_unit_test(many)};
    sheet_code_plan(&plan);
    return check_run(tests);
}
