/* typeset/drawn.h -- a subset whose outlines are drawn larger or smaller than the font's own em (`scale` of the
 * font list), with advances that stay what they were. Private to the room.
 * The em gets another number of units (head.unitsPerEm); each advance is the same part of that em as before, and
 * each outline stands in the middle of it as before: a TrueType outline is moved so that it begins at the left side
 * bearing of hmtx. No outline is touched.
 */
#ifndef TYPESET_DRAWN_H
#define TYPESET_DRAWN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/sink.h"
#include "base/status.h"

/* font: a whole TrueType file, changed in place, its checksums made anew. units: of its em; drawn: of the new one.
 * False: a table is missing or cut. */
CHECKED bool drawn_rewrite(struct buffer *font, uint16_t units, uint16_t drawn);

/* Advance in units of the new em, and how far an outline of that advance moves to the right. */
static inline int32_t drawn_advance(int32_t advance, uint16_t units, uint16_t drawn)
{
    return (int32_t)(((int64_t)advance * drawn * 2 + units) / (2 * (int64_t)units));
}

static inline int32_t drawn_offset(int32_t advance, uint16_t units, uint16_t drawn)
{
    return (drawn_advance(advance, units, drawn) - advance) / 2;
}

#endif
