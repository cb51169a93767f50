#include "typeset/face.h"

#include "base/memory.h"

#include <hb-ot.h>
#include <hb.h>

/* Offsets within tables: OpenType specification 1.9, chapters head, hhea, maxp, OS/2, post. */
enum {
    HEAD_UNITS = 18,
    HEAD_BOX = 36,
    HEAD_SIZE = 54,
    HHEA_ASCENT = 4,
    HHEA_DESCENT = 6,
    HHEA_METRICS = 34,
    HHEA_SIZE = 36,
    OS2_WEIGHT = 4,
    OS2_FS_TYPE = 8,
    OS2_PANOSE = 32,
    OS2_CAP_HEIGHT = 88,
    OS2_SIZE_0 = 68,
    OS2_SIZE_2 = 96,
    POST_ITALIC = 4,
    POST_FIXED = 12,
    POST_SIZE = 32,
};

struct table {
    const uint8_t *bytes;
    uint32_t size;
};

/* Table bytes lie in the map, so they outlive the blob that showed them. */
static struct table table_find(const struct face *face, hb_tag_t tag)
{
    unsigned size = 0;
    hb_blob_t *blob = hb_face_reference_table(face->hb_face, tag);
    const char *bytes = hb_blob_get_data(blob, &size);
    hb_blob_destroy(blob);
    return (struct table){(const uint8_t *)bytes, bytes ? size : 0};
}

static uint16_t read_u16(const uint8_t *at)
{
    return (uint16_t)(at[0] << 8 | at[1]);
}

static int16_t read_i16(const uint8_t *at)
{
    return (int16_t)read_u16(at);
}

static bool read_head(struct face *face)
{
    struct table head = table_find(face, HB_TAG('h', 'e', 'a', 'd'));
    if (head.size < HEAD_SIZE)
        return false;
    face->facts.units = face->facts.drawn = read_u16(head.bytes + HEAD_UNITS);
    for (int i = 0; i < 4; i++)
        face->facts.box[i] = read_i16(head.bytes + HEAD_BOX + 2 * i);
    return face->facts.units >= 16 && face->facts.units <= 16384;
}

static bool read_metrics(struct face *face)
{
    struct table hhea = table_find(face, HB_TAG('h', 'h', 'e', 'a'));
    struct table hmtx = table_find(face, HB_TAG('h', 'm', 't', 'x'));
    if (hhea.size < HHEA_SIZE)
        return false;
    face->facts.ascent = read_i16(hhea.bytes + HHEA_ASCENT);
    face->facts.descent = read_i16(hhea.bytes + HHEA_DESCENT);
    face->advance_count = read_u16(hhea.bytes + HHEA_METRICS);
    face->advances = hmtx.bytes;
    return face->advance_count > 0 && hmtx.size >= 4 * face->advance_count;
}

static int16_t cap_height(const struct face *face, struct table os2)
{
    hb_codepoint_t glyph = 0;
    hb_glyph_extents_t box;
    if (read_u16(os2.bytes) >= 2 && os2.size >= OS2_SIZE_2 &&
        read_i16(os2.bytes + OS2_CAP_HEIGHT) > 0)
        return read_i16(os2.bytes + OS2_CAP_HEIGHT);
    if (hb_font_get_nominal_glyph(face->hb_font, 'H', &glyph) &&
        hb_font_get_glyph_extents(face->hb_font, glyph, &box))
        return (int16_t)box.y_bearing;
    return face->facts.ascent;
}

/* PANOSE (Monotype): first byte 2 = Latin text, second byte 2-10 = a serif style. */
static bool has_serifs(const uint8_t *panose)
{
    return panose[0] == 2 && panose[1] >= 2 && panose[1] <= 10;
}

static enum message read_style(struct face *face)
{
    struct table os2 = table_find(face, HB_TAG('O', 'S', '/', '2'));
    struct table post = table_find(face, HB_TAG('p', 'o', 's', 't'));
    if (os2.size < OS2_SIZE_0 || post.size < POST_SIZE)
        return MSG_FONT_BROKEN;
    /* fsType: 0x0002 alone in its nibble = no embedding, 0x0100 = no subsets, 0x0200 = bitmaps only. */
    uint16_t rights = read_u16(os2.bytes + OS2_FS_TYPE);
    if ((rights & 0x000E) == 0x0002 || (rights & 0x0300))
        return MSG_FONT_EMBEDDING;
    uint32_t weight = read_u16(os2.bytes + OS2_WEIGHT);
    bool fixed = post.bytes[POST_FIXED] || post.bytes[POST_FIXED + 1] ||
                 post.bytes[POST_FIXED + 2] || post.bytes[POST_FIXED + 3];
    face->facts.cap_height = cap_height(face, os2);
    face->facts.italic_angle = read_i16(post.bytes + POST_ITALIC); /* 16.16: the whole degrees */
    face->facts.stem_v = (uint16_t)(50 + weight * weight / 4225);
    /* Symbolic: glyphs are named by number, not by a standard Latin encoding (ISO 32000-1, 9.8.2). */
    face->facts.flags =
        (uint16_t)(4 | (fixed ? 1 : 0) | (has_serifs(os2.bytes + OS2_PANOSE) ? 2 : 0));
    return MSG_NONE;
}

static bool has_truetype_outlines(const struct face *face)
{
    static const uint8_t version_1[4] = {0, 1, 0, 0};
    return face->map.size > 12 && memcmp(face->map.bytes, version_1, 4) == 0 &&
           table_find(face, HB_TAG('g', 'l', 'y', 'f')).size > 0 &&
           table_find(face, HB_TAG('l', 'o', 'c', 'a')).size > 0;
}

static bool is_family(const struct face *face, struct text family)
{
    unsigned count = 0;
    const hb_ot_name_entry_t *names = hb_ot_name_list_names(face->hb_face, &count);
    for (unsigned i = 0; i < count; i++) {
        char name[LIMIT_NAME];
        unsigned size = sizeof(name);
        if (names[i].name_id != HB_OT_NAME_ID_FONT_FAMILY)
            continue;
        hb_ot_name_get_utf8(face->hb_face, names[i].name_id, names[i].language, &size, name);
        if (text_equal((struct text){name, size}, family))
            return true;
    }
    return false;
}

static enum status open_harfbuzz(struct face *face, struct error *error)
{
    hb_blob_t *blob = hb_blob_create(face->map.bytes, (unsigned)face->map.size,
                                     HB_MEMORY_MODE_READONLY, NULL, NULL);
    face->hb_face = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    face->hb_font = hb_font_create(face->hb_face);
    /* Out of memory gives the empty, immutable objects. */
    if (face->hb_face == hb_face_get_empty() || face->hb_font == hb_font_get_empty())
        return error_set(error, MSG_NO_MEMORY);
    hb_face_make_immutable(face->hb_face);
    hb_font_make_immutable(face->hb_font);
    return OK;
}

static enum message read_facts(struct face *face, const struct pin *pin)
{
    face->facts.glyphs = hb_face_get_glyph_count(face->hb_face);
    if (!has_truetype_outlines(face))
        return MSG_FONT_NOT_TRUETYPE;
    if (face->facts.glyphs == 0 || face->facts.glyphs > 65535 || !read_head(face) ||
        !read_metrics(face))
        return MSG_FONT_BROKEN;
    /* Nearest: a scale of 1031 makes an em of 1,986 units out of 2,048. */
    if (pin->scale)
        face->facts.drawn = (uint16_t)((face->facts.units * 1000u + pin->scale / 2u) / pin->scale);
    face->facts.shift = pin->shift;
    if (!is_family(face, pin->family))
        return MSG_FONT_FAMILY;
    return read_style(face);
}

/* Piece by piece, each given back: 75 MB of fonts are looked at, a few of them are used. */
static enum status digest_map(const struct os_map *map, struct digest *out, struct error *error)
{
    enum { PIECE = 1 << 20 };
    struct digester *digester;
    if (digester_new(&digester, error) != OK)
        return STOP;
    digest_start(digester);
    for (size_t at = 0; at < map->size; at += PIECE) {
        size_t size = map->size - at < PIECE ? map->size - at : PIECE;
        digest_add(digester, (const char *)map->bytes + at, size);
        os_map_release(map, at, size);
    }
    enum status status = digest_end(digester, out, error);
    digester_free(digester);
    return status;
}

static enum status open_mapped(const struct pin *pin, struct face *face, struct error *error)
{
    struct digest digest;
    enum status status = digest_map(&face->map, &digest, error);
    if (status != OK)
        return status;
    if (memcmp(digest.bytes, pin->sha256.bytes, sizeof(digest.bytes)) != 0)
        return error_name(error, MSG_FONT_DIGEST, pin->name);
    status = open_harfbuzz(face, error);
    if (status != OK)
        return status;
    enum message fault = read_facts(face, pin);
    if (fault != MSG_NONE)
        return error_name(error, fault, pin->name);
    face->canonical = memory_new(face->facts.glyphs * sizeof(*face->canonical));
    face->risk = memory_new(face->facts.glyphs);
    return face->canonical && face->risk ? OK : error_set(error, MSG_NO_MEMORY);
}

enum status face_open(const struct pin *pin, const char *path, struct face *out,
                      struct error *error)
{
    *out = (struct face){.facts = {.name = pin->name, .digest = pin->sha256},
                         .private_use = pin->private_use};
    enum status status = os_map(path, LIMIT_FONT_BYTES, &out->map, error);
    if (status != OK)
        return status;
    memory_watch();
    status = open_mapped(pin, out, error);
    if (memory_ran_out()) /* then what HarfBuzz says about the font is not true */
        status = error_set(error, MSG_NO_MEMORY);
    if (status != OK) {
        if (error)
            error_put_file(error, path);
        face_close(out);
    }
    return status;
}

static enum status open_made(struct face *face, struct error *error)
{
    enum status status = digest_of(face->map.bytes, face->map.size, &face->facts.digest, error);
    if (status == OK)
        status = open_harfbuzz(face, error);
    if (status != OK)
        return status;
    face->facts.glyphs = hb_face_get_glyph_count(face->hb_face);
    if (face->facts.glyphs < 2 || !has_truetype_outlines(face) || !read_head(face) ||
        !read_metrics(face))
        return error_name(error, MSG_FONT_BROKEN, face->facts.name);
    face->facts.cap_height = face->facts.ascent;
    face->facts.stem_v = 90;
    face->facts.flags = 4; /* symbolic */
    face->canonical = memory_new(face->facts.glyphs * sizeof(*face->canonical));
    face->risk = memory_new(face->facts.glyphs);
    return face->canonical && face->risk ? OK : error_set(error, MSG_NO_MEMORY);
}

enum status face_adopt(struct text name, struct buffer *bytes, struct face *out,
                       struct error *error)
{
    *out = (struct face){.facts = {.name = name},
                         .map = {bytes->bytes, bytes->size},
                         .made = *bytes,
                         .private_use = true,
                         .canonical_built = true,
                         .risk_built = true};
    *bytes = (struct buffer){NULL, 0, 0};
    memory_watch();
    enum status status = open_made(out, error);
    if (memory_ran_out())
        status = error_set(error, MSG_NO_MEMORY);
    if (status != OK)
        face_close(out);
    return status;
}

void face_close(struct face *face)
{
    memory_free(face->canonical, face->facts.glyphs * sizeof(*face->canonical));
    memory_free(face->risk, face->facts.glyphs);
    hb_font_destroy(face->hb_font);
    hb_face_destroy(face->hb_face);
    if (face->made.bytes)
        buffer_free(&face->made);
    else
        os_unmap(&face->map);
    *face = (struct face){.map = {NULL, 0}};
}

uint16_t face_advance(const struct face *face, uint32_t glyph)
{
    uint32_t last = face->advance_count - 1;
    return read_u16(face->advances + 4 * (glyph < last ? glyph : last));
}
