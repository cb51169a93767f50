/* base/sjis.h -- from Unicode to CP932 (Windows-31J) and to QR's Kanji mode. Only sjis.c knows iconv here.
 * The table is glibc's own, asked once code by code. 128 KiB; one may be shared by all.
 * Kanji mode (ISO/IEC 18004, 7.4.6) takes Shift_JIS 8140-9FFC and E040-EBBF. Of these only characters of JIS X 0208
 * are given that every decoder reads as the same Unicode character: not ～ ∥ － ￠ ￡ ￢ ＼ ― and their doubles, whose
 * Unicode differs between Shift_JIS and CP932, and not NEC's row 13 (① Ⅰ ㈱).
 * Tests: tests/unit/voice_sjis.c
 */
#ifndef BASE_SJIS_H
#define BASE_SJIS_H

#include <stdint.h>

#include "base/error.h"
#include "base/status.h"

struct sjis;

/* STOP: memory, or a libc without the conversion. */
CHECKED enum status sjis_new(struct sjis **out, struct error *error);
void sjis_free(struct sjis *sjis); /* NULL is allowed */

/* The CP932 code, of one byte (below 0x100) or two; 0 = CP932 lacks the character (and for U+0000). */
uint16_t sjis_code(const struct sjis *sjis, uint32_t code_point);

/* The Shift_JIS code for Kanji mode; 0 = not in it. */
uint16_t sjis_kanji(const struct sjis *sjis, uint32_t code_point);

#endif
