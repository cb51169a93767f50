/* typeset/fonts.h -- the pinned fonts: found by fontconfig's search path, checked by digest, read by HarfBuzz.
 * File: fonts/fonts.yaml
 *   faces:
 *     - { name: BIZUDMincho, family: BIZ UDMincho, file: BIZUDMincho-Regular.ttf, sha256: ... , package: fonts-... }
 *   roles:
 *     mincho: [BIZUDMincho, IPAexMincho, IPAmjMincho]    # each whole cluster from the first that has it
 * and fonts/fonts.conf, the fontconfig file that names the folders (no cache folder, nothing is written).
 * and fonts/variants.yaml, which may be absent: declared sequences, see gaijilist.h; gaiji: gaiji.h.
 * Refuses: STOP 7xxx: font file missing (message names package and how to pin), other digest, other family,
 *          not TrueType outlines, embedding not allowed (OS/2 fsType), role or face unknown.
 * A face's `scale` (per mille) draws its outlines larger about the middle of their advances, which stay, and `shift`
 * (per mille of the em) higher: faces of one chain look equally large and stand on one line.
 * A face's `private: true` says that its private-use characters are meant (a gaiji font); without it no face
 * of the chain has them, because what a font keeps there is its maker's own affair.
 * Only face.c, coverage.c, risk.c, shape.c and subset.c know HarfBuzz, only search.c knows fontconfig.
 */
#ifndef TYPESET_FONTS_H
#define TYPESET_FONTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/digest.h"
#include "base/error.h"
#include "base/sink.h"
#include "base/text.h"
#include "base/units.h"

/* Advances are in EM_UNITS an em: whole for fonts of 1000 and of 2048 units. */
#define EM_UNITS 2048000

#define CLUSTER_BYTES 32 /* most UTF-8 bytes of one cluster */

struct fonts; /* immutable after opening but for its caches: one a thread */

/* folder: where fonts.yaml and fonts.conf are. */
CHECKED enum status fonts_open(const char *folder, struct fonts **out, struct error *error);
void fonts_close(struct fonts *fonts); /* NULL is allowed */

/* Index of a role, -1 = unknown. */
int fonts_role(const struct fonts *fonts, struct text name);

/* Roles are 0 .. fonts_roles - 1. */
int fonts_roles(const struct fonts *fonts);

/* Digest over the pinned list (names and SHA-256 of the faces, roles), the declared sequences
 * (variants.yaml) and the gaiji table: "paths enter no digest". */
const struct digest *fonts_digest(const struct fonts *fonts);

/* Facts of one face (index as in glyph.face, order of fonts.yaml). */
struct face_facts {
    struct text name;       /* "BIZUDMincho": also the PostScript-like name in a PDF */
    struct digest digest;
    uint32_t glyphs;        /* count */
    uint16_t units;         /* per em */
    uint16_t drawn;         /* of `units` that make an em when outlines are drawn; = units unless the list scales */
    int16_t shift;          /* outlines are drawn higher by this, per mille of the em */
    int16_t ascent, descent, cap_height, italic_angle; /* font units (hhea, OS/2, post) */
    int16_t box[4];         /* head: xMin yMin xMax yMax */
    uint16_t stem_v;        /* an honest guess from the weight class */
    uint16_t flags;         /* PDF font descriptor flags: 4 symbolic, 1 fixed pitch, 2 serif */
};
uint32_t fonts_faces(const struct fonts *fonts);
const struct face_facts *fonts_face(const struct fonts *fonts, uint32_t face);
/* The file's bytes, for the raster room. */
struct text fonts_bytes(const struct fonts *fonts, uint32_t face);

/* Advance of a glyph in font units (hmtx). */
uint16_t fonts_advance(const struct fonts *fonts, uint32_t face, uint32_t glyph);

/* The text that stands for a glyph when it is alone in a ToUnicode map: its canonical code point (unified
 * ideographs and plain letters before compatibility forms, else the smallest), or base + selector where only
 * a sequence leads to it. Length 0 = the glyph has none (ligatures ...). A function of the font alone. */
uint32_t fonts_canonical(struct fonts *fonts, uint32_t face, uint32_t glyph, char out[CLUSTER_BYTES]);

/* How far to the right the outline of a glyph is drawn, in font units: it stays in the middle of its advance
 * where the list scales. */
int32_t fonts_offset(const struct fonts *fonts, uint32_t face, uint32_t glyph);

/* TrueType subset that keeps glyph numbers, without layout tables, hints, names: for FontFile2.
 * used: one bit a glyph, (glyphs + 7) / 8 bytes, least bit first. The same set gives the same bytes.
 * The subset's em has facts.drawn units. */
CHECKED enum status fonts_subset(const struct fonts *fonts, uint32_t face, const uint8_t *used,
                                 struct buffer *out, struct error *error);

#endif
