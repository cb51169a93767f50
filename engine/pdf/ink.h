/* pdf/ink.h -- bytes of PDF syntax in the making: a buffer that grows, and numbers without float.
 * A failed allocation sticks: later writes do nothing, `failed` tells.
 * The one place where EMU become points: thousandths of a point, rounded half away from zero, zeros
 * at the end cut. A 600 dpi dot is 0.12 pt, so whole dots are exact.
 */
#ifndef PDF_INK_H
#define PDF_INK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "base/units.h"

struct ink {
    uint8_t *bytes;
    size_t size, room;
    bool failed;
};

void ink_free(struct ink *ink);

/* Where to write at most `size` bytes; NULL when failed. ink_wrote then says where the writing
 * ended. */
static inline uint8_t *ink_room(struct ink *ink, size_t size);
static inline void ink_wrote(struct ink *ink, const uint8_t *end);

void ink_bytes(struct ink *ink, const void *bytes, size_t size);
void ink_words(struct ink *ink, const char *words);
void ink_integer(struct ink *ink, int64_t value);                 /* no blank around it */
void ink_thousandths(struct ink *ink, int64_t value);             /* 1234500 -> 1234.5 */
void ink_hex(struct ink *ink, const uint8_t *bytes, size_t size); /* capitals, no brackets */
/* UTF-16BE in hex, without brackets and byte order mark. text must be valid UTF-8. */
void ink_utf16(struct ink *ink, struct text text);

/* For code that has made room: writes a number, gives the place behind it. At most 24 bytes. */
#define INK_NUMBER 24
uint8_t *ink_put_thousandths(uint8_t *at, int64_t value);

#define EMU_PER_THOUSANDTH_PT_NUM 127 /* 12,700 EMU a point = 12.7 a thousandth */

/* Thousandths of a point, nearest; ties away from zero cannot occur (127 is odd). */
static inline int32_t thousandths(int64_t emu_value)
{
    int64_t ten = emu_value * 10;

    return (int32_t)((ten < 0 ? ten - 63 : ten + 63) / EMU_PER_THOUSANDTH_PT_NUM);
}

bool ink_grow(struct ink *ink, size_t size);

static inline uint8_t *ink_room(struct ink *ink, size_t size)
{
    if (ink->room - ink->size < size && !ink_grow(ink, size))
        return NULL;
    return ink->bytes + ink->size;
}

static inline void ink_wrote(struct ink *ink, const uint8_t *end)
{
    ink->size = (size_t)(end - ink->bytes);
}

#endif
