/* typeset/makefont.h -- contours as a TrueType font in memory, so that gaiji pass through shaping, fitting, digests,
 * preview and PDF like any other glyph. It holds what a CIDFontType2 needs (ISO 32000-1, 9.9): head, hhea, hmtx, maxp,
 * loca, glyf. Private to the room.
 */
#ifndef TYPESET_MAKEFONT_H
#define TYPESET_MAKEFONT_H

#include "base/sink.h"
#include "typeset/contours.h"

/* glyphs[0] is .notdef and may be empty; count at most 65,535. The same glyphs give the same bytes. */
CHECKED enum status makefont(const struct contours *glyphs, uint32_t count, struct buffer *out, struct error *error);

#endif
