#include "symbology/sheet_code.h"

#include <stdbool.h>
#include <string.h>

#define SIDE SHEET_CODE_MODULES
#define DATA_WORDS 13 /* version 1-Q: ISO/IEC 18004:2015, table 9 */
#define CHECK_WORDS 13
#define MODE_NUMERIC 1
#define COUNT_BITS 10 /* of digits in numeric mode, versions 1 to 9: table 3 */

/* Level Q, mask 0: 11 000 with its check bits and their mask (table C.1). */
#define FORMAT 0x355Fu

__extension__ typedef unsigned __int128 wide_word;

/* -- the parts that never change -- */

static void set(struct sheet_code_plan *plan, int row, int column, bool dark)
{
    if (dark)
        plan->base[row] |= 1u << (SIDE - 1 - column);
}

/* A finder: rings dark, light, dark about a dark middle (6.3.3). */
static void put_finder(struct sheet_code_plan *plan, int top, int left)
{
    for (int y = 0; y < 7; y++)
        for (int x = 0; x < 7; x++) {
            int away_y = y > 3 ? y - 3 : 3 - y, away_x = x > 3 ? x - 3 : 3 - x;
            int ring = away_y > away_x ? away_y : away_x;
            set(plan, top + y, left + x, ring != 2);
        }
}

static void put_timing(struct sheet_code_plan *plan)
{
    for (int i = 8; i < SIDE - 8; i++) {
        set(plan, 6, i, i % 2 == 0);
        set(plan, i, 6, i % 2 == 0);
    }
}

/* Twice, beside the finders, bit 14 first (7.9.1, figure 25); and the dark module. */
static void put_format(struct sheet_code_plan *plan)
{
    for (int i = 0; i < 15; i++) {
        bool dark = FORMAT >> (14 - i) & 1;
        if (i < 8)
            set(plan, 8, i < 6 ? i : i + 1, dark);
        else
            set(plan, i == 8 ? 7 : 14 - i, 8, dark);
        if (i < 7)
            set(plan, SIDE - 1 - i, 8, dark);
        else
            set(plan, 8, SIDE - 15 + i, dark);
    }
    set(plan, SIDE - 8, 8, true);
}

/* Finders with their separators and format, and the timing patterns. */
static bool is_taken(int row, int column)
{
    bool top = row < 9, left = column < 9;
    return (top && left) || (top && column >= SIDE - 8) || (left && row >= SIDE - 8) || row == 6 ||
           column == 6;
}

/* Two columns at a time from the right, upwards and downwards in turn (7.7.3). */
static void place_data(struct sheet_code_plan *plan)
{
    uint32_t count = 0;
    bool up = true;
    for (int right = SIDE - 1; right > 0; right -= 2, up = !up) {
        right -= right == 6; /* the timing pattern is skipped */
        for (int i = 0; i < 2 * SIDE; i++) {
            int row = up ? SIDE - 1 - i / 2 : i / 2, column = right - i % 2;
            if (is_taken(row, column) || count == SHEET_CODE_DATA)
                continue;
            set(plan, row, column, (row + column) % 2 == 0); /* mask 0: table 10 */
            plan->place[count].row = (uint8_t)row;
            plan->place[count++].bit = (uint8_t)(SIDE - 1 - column);
        }
    }
}

void sheet_code_plan(struct sheet_code_plan *out)
{
    memset(out, 0, sizeof *out);
    put_finder(out, 0, 0);
    put_finder(out, 0, SIDE - 7);
    put_finder(out, SIDE - 7, 0);
    put_timing(out);
    put_format(out);
    place_data(out);
}

/* -- the data -- */

/* Mode, count, and ten bits for each three digits: 104 bits, so that no terminator is needed (7.4.3, 7.4.9). */
static wide_word data_bits(const char *digits)
{
    wide_word bits = MODE_NUMERIC << COUNT_BITS | SHEET_CODE_DIGITS;
    for (int i = 0; i < SHEET_CODE_DIGITS; i += 3)
        bits = bits << 10 | (unsigned)((digits[i] - '0') * 100 + (digits[i + 1] - '0') * 10 +
                                       (digits[i + 2] - '0'));
    return bits;
}

static wide_word repeated(unsigned byte)
{
    wide_word word = 0;
    for (int i = 0; i < CHECK_WORDS; i++)
        word = word << 8 | byte;
    return word;
}

/* Each byte times alpha, modulo x^8 + x^4 + x^3 + x^2 + 1. */
static wide_word times_alpha(wide_word word)
{
    wide_word high = word >> 7 & repeated(1);
    return ((word & repeated(0x7F)) << 1) ^ high * 0x1D;
}

/* Reed-Solomon remainder, thirteen bytes side by side in one word. Generator: annex A, 13 check words. */
static wide_word check_bits(wide_word data)
{
    static const uint8_t generator[CHECK_WORDS] = {0x89, 0x49, 0xE3, 0x11, 0xB1, 0x11, 0x34,
                                                   0x0D, 0x2E, 0x2B, 0x53, 0x84, 0x78};
    const wide_word all = ((wide_word)1 << 8 * CHECK_WORDS) - 1;
    wide_word power[8] = {0}, rest = 0;
    for (int i = 0; i < CHECK_WORDS; i++)
        power[0] = power[0] << 8 | generator[i];
    for (int i = 1; i < 8; i++)
        power[i] = times_alpha(power[i - 1]);
    for (int i = DATA_WORDS - 1; i >= 0; i--) {
        unsigned lead = (unsigned)(rest >> 8 * (CHECK_WORDS - 1) ^ (data >> 8 * i & 0xFF));
        rest = rest << 8 & all;
        for (int bit = 0; bit < 8; bit++)
            rest ^= power[bit] & -(wide_word)(lead >> bit & 1);
    }
    return rest;
}

static void put_bits(const struct sheet_code_plan *plan, uint32_t first, wide_word bits,
                     uint32_t rows[SIDE])
{
    enum { COUNT = 8 * DATA_WORDS };
    for (uint32_t i = 0; i < COUNT; i++) {
        uint32_t bit = (uint32_t)(bits >> (COUNT - 1 - i)) & 1;
        rows[plan->place[first + i].row] ^= bit << plan->place[first + i].bit;
    }
}

void sheet_code(const struct sheet_code_plan *plan, const char digits[SHEET_CODE_DIGITS],
                uint8_t bits[SHEET_CODE_MODULES * SHEET_CODE_ROW])
{
    uint32_t rows[SIDE];
    wide_word data = data_bits(digits);
    memcpy(rows, plan->base, sizeof rows);
    put_bits(plan, 0, data, rows);
    put_bits(plan, 8 * DATA_WORDS, check_bits(data), rows);
    for (int i = 0; i < SIDE; i++) {
        uint32_t row = rows[i] << (8 * SHEET_CODE_ROW - SIDE);
        bits[SHEET_CODE_ROW * i] = (uint8_t)(row >> 16);
        bits[SHEET_CODE_ROW * i + 1] = (uint8_t)(row >> 8);
        bits[SHEET_CODE_ROW * i + 2] = (uint8_t)row;
    }
}
