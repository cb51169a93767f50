/* typeset/codes.h -- code points as people write them in tables: U+845B, 0x845B or 845B; several with blanks
 * between them (U+845B U+E0101), or the characters themselves.
 */
#ifndef TYPESET_CODES_H
#define TYPESET_CODES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"

/* One code point in 4 to 6 hexadecimal digits. False: not written so, or no Unicode scalar value. */
bool code_read(struct text text, uint32_t *out);

/* A text: the characters as they stand, or code points that all have U+ or 0x before them. *count: characters.
 * False: empty, not UTF-8, a wrong code point, or no memory. out is in the arena. */
bool codes_read(struct text text, struct arena *arena, struct text *out, uint32_t *count);

bool code_is_private(uint32_t code_point); /* U+E000-F8FF, planes 15 and 16 */
bool code_is_selector(uint32_t code_point); /* U+FE00-FE0F, U+E0100-E01EF */

#endif
