/* typeset/bdf.h -- bitmap fonts (Adobe Glyph Bitmap Distribution Format 2.1) as outlines: each dot stays a square, the
 * border of the dark dots becomes contours. Private to the room.
 */
#ifndef TYPESET_BDF_H
#define TYPESET_BDF_H

#include "typeset/contours.h"

#include "base/text.h"

#define BDF_SIDE 256 /* most dots of a side */

struct bdf {
    struct text source;
    int32_t size, descent; /* dots of the em, dots of it below the baseline */
    struct bdf_place {
        uint32_t code, offset; /* offset: behind the line of ENCODING */
    } *places;
    uint32_t count;
};

enum bdf_answer { BDF_TAKEN, BDF_NO_CHARACTER, BDF_BROKEN };

/* False: no BDF, or no memory. Borrows source. */
bool bdf_open(struct text source, struct arena *arena, struct bdf *out);

bool bdf_has(const struct bdf *bdf, uint32_t code);

/* Requires nothing open in contours; sets its advance. Faults of size stand in contours->failed. */
enum bdf_answer bdf_outline(const struct bdf *bdf, uint32_t code, struct arena *arena, struct contours *out);

#endif
