/* typeset/spacing.h -- the blanks between characters. Private to the room.
 * Source: JIS X 4051:2004, 4.2 and its table of blanks between classes; W3C, Requirements for Japanese Text Layout,
 *         3.1 (positioning of punctuation), 3.8 (line adjustment).
 * A full-width bracket, comma or full stop is half an em of ink and half an em of blank, a middle dot half an em
 * between two quarters. A gap is what lies between two neighbouring clusters: the blanks of both. It is kept in
 * the advance of the glyph before it, so a bracket's ink moves left by what its neighbour gives up; at the head of
 * a line, where there is no neighbour, the line itself starts further left.
 */
#ifndef TYPESET_SPACING_H
#define TYPESET_SPACING_H

#include "typeset/typeset.h"

enum spacing_kind {
    KIND_OTHER,
    KIND_OPEN,     /* full-width: blank before the ink */
    KIND_CLOSE,    /* full-width brackets: blank behind the ink */
    KIND_COMMA,
    KIND_STOP,
    KIND_MIDDLE,   /* blank on both sides */
    KIND_JAPANESE, /* kanji and kana of full width */
    KIND_LATIN,    /* letters and digits that are not of full width */
    KIND_JOINER,   /* . , - / and the like within words and numbers */
    KIND_LEADER,   /* dashes and dots that belong together */
};

/* By code point; what the glyph's width has to say about it is left to spacing_apply. */
enum spacing_kind spacing_kind(uint32_t code_point);

/* Kinds of count glyphs, and the gaps' natural blanks into their advances. Gives the sum of what was added. */
int64_t spacing_apply(const struct measure *measure, struct text text, struct glyph *glyphs, uint32_t count,
                      uint8_t *kinds);

/* Added to the advance of a glyph of kind `before` by spacing_apply, when `after` follows it. */
int32_t spacing_gap(const struct measure *measure, uint8_t before, uint8_t after);

/* What the blanks of a gap may give up when a line is too full, and in which order: level 0 first. */
#define SPACING_LEVELS 3
int32_t spacing_gives(const struct measure *measure, uint8_t before, uint8_t after, uint32_t *level);

/* Blank of the kind's own glyph at the head of a line, and at its end. */
int32_t spacing_head(const struct measure *measure, uint8_t kind);
int32_t spacing_tail(const struct measure *measure, uint8_t kind);

/* Nothing may be put between the two when a line is spread: inside words and numbers, between an opening bracket
 * and what it opens, before a closing one, between leaders. */
bool spacing_joined(uint8_t before, uint8_t after);

#endif
