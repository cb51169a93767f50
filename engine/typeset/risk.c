#include "typeset/coverage.h"

#include <hb-ot.h>
#include <hb.h>

/* The fast path gives a character the glyph of its code point. That is what HarfBuzz gives, unless a lookup of
 * a feature that HarfBuzz applies by itself changes it. The raw coverage of these lookups is far too much:
 * か stands in one as the first part of か + U+309A, and U+309A goes to HarfBuzz anyway. So each lookup is
 * asked about its plain glyphs alone, in pairs and in threes; the last glyph of what fires is a trigger.
 * Longer matches are left to RISK_PART: four such glyphs in a row are shaped. */

#define PART_LIMIT 64 /* a lookup with more plain glyphs makes triggers of them all */

struct risk {
    struct face *face;
    hb_set_t *lookups, *before, *input, *after, *output, *unicodes;
};

static const hb_tag_t substitutions[] = {HB_TAG('r', 'v', 'r', 'n'),
                                         HB_TAG('l', 't', 'r', 'a'),
                                         HB_TAG('l', 't', 'r', 'm'),
                                         HB_TAG('r', 'a', 'n', 'd'),
                                         HB_TAG('H', 'a', 'r', 'f'),
                                         HB_TAG('H', 'A', 'R', 'F'),
                                         HB_TAG('B', 'u', 'z', 'z'),
                                         HB_TAG('B', 'U', 'Z', 'Z'),
                                         HB_TAG('c', 'c', 'm', 'p'),
                                         HB_TAG('l', 'o', 'c', 'l'),
                                         HB_TAG('r', 'l', 'i', 'g'),
                                         HB_TAG('c', 'a', 'l', 't'),
                                         HB_TAG('c', 'l', 'i', 'g'),
                                         HB_TAG('l', 'i', 'g', 'a'),
                                         HB_TAG('r', 'c', 'l', 't'),
                                         HB_TAG('l', 'j', 'm', 'o'),
                                         HB_TAG('v', 'j', 'm', 'o'),
                                         HB_TAG('t', 'j', 'm', 'o'),
                                         0};

/* Without mark, mkmk, abvm, blwm: they move marks only, and a text with a mark is shaped. */
static const hb_tag_t positions[] = {HB_TAG('c', 'u', 'r', 's'), HB_TAG('d', 'i', 's', 't'),
                                     HB_TAG('k', 'e', 'r', 'n'), HB_TAG('H', 'a', 'r', 'f'),
                                     HB_TAG('H', 'A', 'R', 'F'), HB_TAG('B', 'u', 'z', 'z'),
                                     HB_TAG('B', 'U', 'Z', 'Z'), 0};

static void mark_trigger(struct risk *risk, uint32_t glyph)
{
    risk->face->risk[glyph] = RISK_TRIGGER;
}

static bool is_trigger(const struct risk *risk, uint32_t glyph)
{
    return risk->face->risk[glyph] & RISK_TRIGGER;
}

/* Leaves in risk->input the glyphs of the lookup that plain characters lead to. */
static void collect_plain(struct risk *risk, hb_tag_t table, unsigned lookup)
{
    hb_codepoint_t code_point = HB_SET_VALUE_INVALID, glyph = 0;
    hb_set_clear(risk->before);
    hb_set_clear(risk->input);
    hb_set_clear(risk->after);
    hb_set_clear(risk->output);
    hb_ot_layout_lookup_collect_glyphs(risk->face->hb_face, table, lookup, risk->before,
                                       risk->input, risk->after, risk->output);
    hb_set_union(risk->before, risk->input);
    hb_set_union(risk->before, risk->after);
    hb_set_clear(risk->input);
    while (hb_set_next(risk->unicodes, &code_point))
        if (hb_font_get_nominal_glyph(risk->face->hb_font, code_point, &glyph) &&
            glyph < risk->face->facts.glyphs && hb_set_has(risk->before, glyph) &&
            char_kind(code_point) == CHAR_PLAIN)
            hb_set_add(risk->input, glyph);
}

/* Tries glyphs[0 .. count) with one more at the end; a match makes that last one a trigger. */
static void probe_last(struct risk *risk, unsigned lookup, const hb_codepoint_t *parts,
                       unsigned part_count, hb_codepoint_t glyphs[3], unsigned count)
{
    for (unsigned i = 0; i < part_count; i++) {
        glyphs[count] = parts[i];
        if (!is_trigger(risk, parts[i]) &&
            hb_ot_layout_lookup_would_substitute(risk->face->hb_face, lookup, glyphs, count + 1,
                                                 false))
            mark_trigger(risk, parts[i]);
    }
}

static void probe(struct risk *risk, unsigned lookup, const hb_codepoint_t *parts, unsigned count)
{
    hb_codepoint_t glyphs[3];
    probe_last(risk, lookup, parts, count, glyphs, 0);
    for (unsigned i = 0; i < count; i++) {
        glyphs[0] = parts[i];
        if (!is_trigger(risk, parts[i]))
            probe_last(risk, lookup, parts, count, glyphs, 1);
    }
    for (unsigned i = 0; i < count * count; i++) {
        glyphs[0] = parts[i / count];
        glyphs[1] = parts[i % count];
        if (!is_trigger(risk, glyphs[0]) && !is_trigger(risk, glyphs[1]))
            probe_last(risk, lookup, parts, count, glyphs, 2);
    }
}

static void judge_substitution(struct risk *risk, unsigned lookup)
{
    hb_codepoint_t parts[PART_LIMIT], glyph = HB_SET_VALUE_INVALID;
    unsigned count = 0;
    collect_plain(risk, HB_OT_TAG_GSUB, lookup);
    bool all = hb_set_get_population(risk->input) > PART_LIMIT;
    while (hb_set_next(risk->input, &glyph)) {
        if (all)
            mark_trigger(risk, glyph);
        else
            parts[count++] = glyph;
    }
    probe(risk, lookup, parts, count);
    for (unsigned i = 0; i < count; i++)
        if (!is_trigger(risk, parts[i]))
            risk->face->risk[parts[i]] |= RISK_PART;
}

static void judge_position(struct risk *risk, unsigned lookup)
{
    hb_codepoint_t glyph = HB_SET_VALUE_INVALID;
    collect_plain(risk, HB_OT_TAG_GPOS, lookup);
    while (hb_set_next(risk->input, &glyph))
        mark_trigger(risk, glyph);
}

static void judge_table(struct risk *risk, hb_tag_t table, const hb_tag_t *features,
                        void (*judge)(struct risk *, unsigned))
{
    hb_codepoint_t lookup = HB_SET_VALUE_INVALID;
    hb_set_clear(risk->lookups);
    hb_ot_layout_collect_lookups(risk->face->hb_face, table, NULL, NULL, features, risk->lookups);
    while (hb_set_next(risk->lookups, &lookup))
        judge(risk, lookup);
}

static bool has_required_feature(hb_face_t *face, hb_tag_t table)
{
    unsigned feature = 0;
    unsigned scripts = hb_ot_layout_table_get_script_tags(face, table, 0, NULL, NULL);
    for (unsigned script = 0; script < scripts; script++) {
        unsigned languages =
            hb_ot_layout_script_get_language_tags(face, table, script, 0, NULL, NULL);
        if (hb_ot_layout_language_get_required_feature_index(
                face, table, script, HB_OT_LAYOUT_DEFAULT_LANGUAGE_INDEX, &feature))
            return true;
        for (unsigned i = 0; i < languages; i++)
            if (hb_ot_layout_language_get_required_feature_index(face, table, script, i, &feature))
                return true;
    }
    return false;
}

static bool has_table(hb_face_t *face, hb_tag_t tag)
{
    hb_blob_t *blob = hb_face_reference_table(face, tag);
    bool there = hb_blob_get_length(blob) > 0;
    hb_blob_destroy(blob);
    return there;
}

/* Faces whose behaviour the lookups above do not tell in full: always shaped. */
static bool is_opaque(hb_face_t *face)
{
    return has_table(face, HB_TAG('k', 'e', 'r', 'n')) ||
           has_table(face, HB_TAG('k', 'e', 'r', 'x')) ||
           has_table(face, HB_TAG('m', 'o', 'r', 'x')) ||
           has_table(face, HB_TAG('m', 'o', 'r', 't')) ||
           has_table(face, HB_TAG('t', 'r', 'a', 'k')) ||
           has_table(face, HB_TAG('S', 'i', 'l', 'f')) ||
           has_table(face, HB_TAG('f', 'v', 'a', 'r')) ||
           has_required_feature(face, HB_OT_TAG_GSUB) || has_required_feature(face, HB_OT_TAG_GPOS);
}

static bool sets_are_whole(const struct risk *risk)
{
    const hb_set_t *sets[] = {risk->lookups, risk->before, risk->input,
                              risk->after,   risk->output, risk->unicodes};
    for (size_t i = 0; i < sizeof(sets) / sizeof(*sets); i++)
        if (!hb_set_allocation_successful(sets[i]))
            return false;
    return true;
}

enum status face_build_risk(struct face *face, struct error *error)
{
    if (face->risk_built)
        return OK;
    struct risk risk = {face,
                        hb_set_create(),
                        hb_set_create(),
                        hb_set_create(),
                        hb_set_create(),
                        hb_set_create(),
                        hb_set_create()};
    hb_face_collect_unicodes(face->hb_face, risk.unicodes);
    if (is_opaque(face->hb_face)) {
        memset(face->risk, RISK_TRIGGER, face->facts.glyphs);
    } else {
        judge_table(&risk, HB_OT_TAG_GSUB, substitutions, judge_substitution);
        judge_table(&risk, HB_OT_TAG_GPOS, positions, judge_position);
    }
    face->risk_built = sets_are_whole(&risk);
    hb_set_destroy(risk.lookups);
    hb_set_destroy(risk.before);
    hb_set_destroy(risk.input);
    hb_set_destroy(risk.after);
    hb_set_destroy(risk.output);
    hb_set_destroy(risk.unicodes);
    return face->risk_built ? OK : error_set(error, MSG_NO_MEMORY);
}
