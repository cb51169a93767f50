#include "typeset/cells.h"

#include "base/memory.h"
#include "typeset/drawn.h"

#include <hb-subset.h>
#include <hb.h>

/* Tables that a CIDFontType2 with its own maps and widths does not need (ISO 32000-1, 9.9). Without GSUB there
 * is no layout closure either, so the subset holds the glyphs asked for, their components and .notdef. */
static void drop_tables(hb_subset_input_t *input)
{
    static const hb_tag_t needless[] = {
        HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'), HB_TAG('G', 'D', 'E', 'F'),
        HB_TAG('B', 'A', 'S', 'E'), HB_TAG('J', 'S', 'T', 'F'), HB_TAG('c', 'm', 'a', 'p'),
        HB_TAG('O', 'S', '/', '2'), HB_TAG('n', 'a', 'm', 'e'), HB_TAG('p', 'o', 's', 't'),
        HB_TAG('v', 'h', 'e', 'a'), HB_TAG('v', 'm', 't', 'x'), HB_TAG('V', 'O', 'R', 'G'),
        HB_TAG('D', 'S', 'I', 'G'), HB_TAG('g', 'a', 's', 'p'), HB_TAG('h', 'd', 'm', 'x'),
        HB_TAG('V', 'D', 'M', 'X'), HB_TAG('L', 'T', 'S', 'H'), HB_TAG('k', 'e', 'r', 'n'),
        HB_TAG('m', 'e', 't', 'a'), HB_TAG('M', 'A', 'T', 'H'), HB_TAG('P', 'C', 'L', 'T'),
        HB_TAG('F', 'F', 'T', 'M'), HB_TAG('S', 'T', 'A', 'T')};
    hb_set_t *dropped = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (size_t i = 0; i < sizeof(needless) / sizeof(*needless); i++)
        hb_set_add(dropped, needless[i]);
}

static void add_glyphs(hb_subset_input_t *input, const uint8_t *used, uint32_t count)
{
    hb_set_t *glyphs = hb_subset_input_glyph_set(input);
    for (uint32_t glyph = 0; glyph < count; glyph++)
        if (used[glyph / 8] >> (glyph % 8) & 1)
            hb_set_add(glyphs, glyph);
}

static enum status copy_out(hb_face_t *subset, struct buffer *out, struct error *error)
{
    unsigned size = 0;
    hb_blob_t *blob = hb_face_reference_blob(subset);
    const char *bytes = hb_blob_get_data(blob, &size);
    enum status status =
        bytes && size ? buffer_add(out, bytes, size, error) : error_set(error, MSG_FONT_SUBSET);
    hb_blob_destroy(blob);
    return status;
}

static hb_face_t *make_subset(hb_face_t *from, const uint8_t *used, uint32_t glyphs)
{
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input)
        return NULL;
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_RETAIN_GIDS |
                                         HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
    drop_tables(input);
    add_glyphs(input, used, glyphs);
    hb_face_t *subset = hb_subset_or_fail(from, input);
    hb_subset_input_destroy(input);
    return subset;
}

/* Short of memory, hb-subset leaves glyphs and tables out and calls it done: only memory_ran_out tells. The face
 * that it read is then half made and crashes when it is destroyed (HarfBuzz 6), so it is ours alone, and left. */
enum status fonts_subset(const struct fonts *fonts, uint32_t face, const uint8_t *used,
                         struct buffer *out, struct error *error)
{
    const struct face *here = &fonts->faces[face];
    memory_watch();
    hb_blob_t *blob = hb_blob_create(here->map.bytes, (unsigned)here->map.size,
                                     HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_t *from = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    hb_face_t *subset = make_subset(from, used, here->facts.glyphs);
    enum status status = subset ? copy_out(subset, out, error)
                                : error_name(error, MSG_FONT_SUBSET, here->facts.name);
    if (status == OK && here->facts.drawn != here->facts.units &&
        !drawn_rewrite(out, here->facts.units, here->facts.drawn))
        status = error_name(error, MSG_FONT_SUBSET, here->facts.name);
    if (memory_ran_out())
        return error_set(error, MSG_NO_MEMORY);
    hb_face_destroy(subset);
    hb_face_destroy(from);
    return status;
}
