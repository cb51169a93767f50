/* guard/my_number.h -- runs of twelve digits in a text. Private to the guard; only my_number.c knows utf8proc.
 *
 * What counts as what (after NFKC, code point by code point):
 *  - digit    : 0-9; so also full-width, circled, superscript, subscript, mathematical and segmented digits.
 *               A circled number is all its digits (⑩ is 1 and 0).
 *  - nothing  : default-ignorable code points (soft hyphen, zero-width space and joiners, direction marks,
 *               byte order mark, variation selectors), nonspacing and enclosing marks (a digit with a mark
 *               is a digit), and NUL, which a field holds only by fault.
 *  - separator: a blank - space, tab, LF, VT, FF, CR, CRLF (as one), U+0085, U+2028, U+2029, every Zs (no-break
 *               space, U+3000, ...); or what looks like a hyphen - every Pd (- ‐ ‑ ‒ – — ― ⸺ 〜 〰 ゠ － ﹣ ﹘ ...)
 *               and − ⁻ ₋ ⁃ ˗ ➖ ー ｰ ─ ━ ┄ ┅ ┈ ┉ ╌ ╍ ╴ ╶ ╸ ╺ ~ ～ ∼ ⁓ and the kanji 一 ㆒ ⼀.
 *  - anything else, bad bytes included, ends a run.
 */
#ifndef GUARD_MY_NUMBER_H
#define GUARD_MY_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/check_digit.h"
#include "base/text.h"

struct number_runs {
    uint32_t runs; /* maximal runs of exactly twelve digits */
    uint32_t hits; /* ... whose check digit is right */
};

/* gap: separators that a run may hold between two digits. */
struct number_runs number_runs_in(struct text text, uint32_t gap);

/* True when the header cell (after NFKC, without blanks) says 個人番号 or マイナンバー; 個人番号下4桁 does too. */
bool header_says_my_number(struct text name);

#endif
