/* symbology/sheet_code.h -- the inserter's code of a sheet: QR (ISO/IEC 18004) of version 1, level Q, numeric, always
 * 27 digits, which fill it to the last bit. Pure, no heap; some half a microsecond, where a general encoder takes
 * twenty: every sheet may have one. The mask is fixed (readers take any; see qr.h).
 * Tests : tests/unit/symbology_sheet_code.c, against libqrencode bit by bit.
 */
#ifndef SYMBOLOGY_SHEET_CODE_H
#define SYMBOLOGY_SHEET_CODE_H

#include <stdint.h>

#define SHEET_CODE_DIGITS 27
#define SHEET_CODE_MODULES 21
#define SHEET_CODE_ROW 3 /* bytes a row */
#define SHEET_CODE_DATA (26 * 8)

/* What is the same in all of them: made once. */
struct sheet_code_plan {
    uint32_t base[SHEET_CODE_MODULES]; /* a row each, its leftmost module in bit 20: all but the data, masked */
    struct {
        uint8_t row, bit;
    } place[SHEET_CODE_DATA];          /* of each data bit */
};

void sheet_code_plan(struct sheet_code_plan *out);

/* digits: '0'..'9', not ended. bits: rows from the top, leftmost = top bit, 1 = dark. */
void sheet_code(const struct sheet_code_plan *plan, const char digits[SHEET_CODE_DIGITS],
                uint8_t bits[SHEET_CODE_MODULES * SHEET_CODE_ROW]);

#endif
