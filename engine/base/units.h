/* base/units.h -- geometry in whole numbers.
 * EMU (English Metric Unit, ISO/IEC 29500-1 (Office Open XML), ST_Coordinate): 1/914,400 inch
 * = 1/36,000 mm = 1/12,700 pt; a 600 dpi dot is 1,524. Millimetres, points and device dots are all whole.
 */
#ifndef BASE_UNITS_H
#define BASE_UNITS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

typedef int32_t emu;

#define EMU_PER_MM 36000
#define EMU_PER_PT 12700
#define EMU_PER_DOT600 1524

/* A4 on the exact 600 dpi grid: 4960 x 7016 dots = 595.2 x 841.92 pt = 209.973 x 297.011 mm. */
#define A4_WIDTH (4960 * EMU_PER_DOT600)
#define A4_HEIGHT (7016 * EMU_PER_DOT600)

/* Takes a plain decimal number ("-12.25"; no exponent, no unit) and the EMU of one unit; gives the
 * nearest EMU in *out. False: not such a number, or beyond +-20,000 mm. Locale plays no part. */
bool units_parse(struct text number, int32_t emu_per_unit, emu *out);

#endif
