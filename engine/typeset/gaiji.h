/* typeset/gaiji.h -- the insurer's own characters: private-use code points and what stands for each.
 * File: fonts/gaiji/gaiji.yaml, looked for like other data; files it names lie beside it. A list:
 *   - { code: E000, to: 葛󠄁 }                        # a Unicode sequence, by the fonts of the role; or U+845B U+E0101
 *   - { code: E001, font: KikanGaiji, glyph: 123 }   # a glyph of a face of fonts.yaml
 *   - { code: E100-E2FF, font: KikanGaiji }          # what the face itself has at these code points (TTF, EUDC)
 *   - { code: E002, svg: e002.svg }                  # filled paths; the view box's height is the em
 *   - { code: E003, bdf: gaiji24.bdf, char: 0xE003 } # a bitmap; char: ENCODING in the file, default: the code
 *   - { code: F000-F0FF, bdf: gaiji24.bdf }          # those that the file has
 * Each may have `text:`, what copying from the PDF gives; without it the private-use code point itself. What is
 * compared and digested is always the code point.
 * Gives  : the entries as cells of every role; outlines become glyphs of a face named Gaiji, made in memory.
 *          The table, its files and what they give enter fonts_digest.
 * Refuses: STOP 7020-7027 with file, line and code. A code point without an entry holds its record (letter room).
 *          A `to` that no font of the role has, or that needs two faces, holds the record too.
 */
#ifndef TYPESET_GAIJI_H
#define TYPESET_GAIJI_H

#include "typeset/fonts.h"

enum gaiji_step { GAIJI_MOVE, GAIJI_LINE, GAIJI_CURVE, GAIJI_CLOSE }; /* 1, 1, 3, 0 points */

/* A drawing as read by someone who knows its format; y downwards from the corner of its view. */
struct gaiji_drawing {
    int32_t view_w, view_h;
    const struct gaiji_path {
        const uint8_t *steps; /* enum gaiji_step */
        uint32_t step_count;
        const int32_t *points; /* x, y pairs */
    } *paths;
    uint32_t path_count;
};

/* Reads an SVG file; what it gives lives in the arena. Refuses as it likes. */
struct gaiji_drawer {
    enum status (*draw)(void *context, struct text source, const char *path, struct arena *arena,
                        struct gaiji_drawing *out, struct error *error);
    void *context;
};

/* folder: where gaiji.yaml is. Once, behind fonts_open and before anything is shaped. */
CHECKED enum status fonts_gaiji(struct fonts *fonts, const char *folder, const struct gaiji_drawer *drawer,
                                struct error *error);

/* Entries by code point, ascending. */
uint32_t fonts_gaiji_count(const struct fonts *fonts);
uint32_t fonts_gaiji_code(const struct fonts *fonts, uint32_t index);

/* What a PDF says for a cluster flagged GLYPH_GAIJI: `text:` of its code point, else the cluster itself. */
struct text fonts_gaiji_text(const struct fonts *fonts, struct text cluster);

#endif
