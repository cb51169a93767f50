/* typeset/coverage.h -- what a face has, what a glyph says, and which glyphs need shaping. Private to the room. */
#ifndef TYPESET_COVERAGE_H
#define TYPESET_COVERAGE_H

#include "typeset/face.h"

enum char_kind {
    CHAR_PLAIN,     /* one character, one glyph, unless its glyph is risky */
    CHAR_JOINT,     /* U+2044: HarfBuzz makes fractions around it; shape the string */
    CHAR_MARK,      /* combining: belongs to the character before it */
    CHAR_SELECTOR,  /* variation selector: makes a sequence with the code point just before it */
    CHAR_INVISIBLE, /* format characters and other default ignorables: belong to a neighbour */
    CHAR_CONTROL,   /* controls, separators, direction marks, U+FFFC, U+FFFD, noncharacters: never set */
    CHAR_FOREIGN,   /* right-to-left or complex script: needs more than this room knows */
};

enum char_kind char_kind(uint32_t code_point);

/* Glyph of a code point by itself, 0 = the face does not have it. No look-alike, no decomposition: HarfBuzz
 * would draw a compatibility ideograph with the unified one's shape. */
uint32_t face_glyph(const struct face *face, uint32_t code_point);

/* True when the face has the sequence, be it default or not. */
bool face_has_variation(const struct face *face, uint32_t base, uint32_t selector);

/* Fills face->canonical, once. Refuses: STOP 1001. */
CHECKED enum status face_build_canonical(struct face *face, struct error *error);

/* UTF-8 of the glyph's canonical text; 0 = none. Only after face_build_canonical. */
uint32_t face_canonical(const struct face *face, uint32_t glyph, char out[CLUSTER_BYTES]);

/* Fills face->risk, once. Refuses: STOP 1001. */
CHECKED enum status face_build_risk(struct face *face, struct error *error);

#endif
