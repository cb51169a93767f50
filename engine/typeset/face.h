/* typeset/face.h -- one pinned font file, opened. Private to the room.
 * The file is mapped, its digest checked against the pin, then read by HarfBuzz. What is derived from it
 * (canonical texts, risky glyphs) is built when first needed and belongs to the face.
 */
#ifndef TYPESET_FACE_H
#define TYPESET_FACE_H

#include "base/os.h"
#include "typeset/fontlist.h"
#include "typeset/fonts.h"

struct hb_face_t;
struct hb_font_t;

enum glyph_risk {
    RISK_TRIGGER = 1, /* may change by itself or as the last of a pair or three: shape the string */
    RISK_PART = 2,    /* stands in a lookup, but alone does nothing */
};

struct face {
    struct face_facts facts;
    struct os_map map;
    struct buffer made; /* the bytes of a face made in memory: map points there */
    struct hb_face_t *hb_face;
    struct hb_font_t *hb_font;
    const uint8_t *advances; /* hmtx, within the map */
    uint32_t advance_count;  /* numberOfHMetrics */
    bool private_use;
    uint32_t *canonical; /* a glyph: 0 = none, else code point + 1, above it the selector's number + 1 */
    uint8_t *risk;       /* a glyph: enum glyph_risk */
    bool canonical_built, risk_built;
};

/* path: the font file. Refuses: STOP 7002-7006. On failure nothing is left to close. */
CHECKED enum status face_open(const struct pin *pin, const char *path, struct face *out,
                              struct error *error);
/* A face made in memory (makefont.h), whose bytes it takes over from *bytes; canonical texts are the caller's to fill.
 * Refuses: STOP 1001, 7006. On failure nothing is left to close. */
CHECKED enum status face_adopt(struct text name, struct buffer *bytes, struct face *out, struct error *error);
void face_close(struct face *face);

/* Advance in font units. */
uint16_t face_advance(const struct face *face, uint32_t glyph);

static inline int32_t face_em(const struct face *face, int32_t units)
{
    return (int32_t)((int64_t)units * EM_UNITS / face->facts.units);
}

#endif
