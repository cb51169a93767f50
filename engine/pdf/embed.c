#include "pdf/inside.h"

#include "base/memory.h"

/* A face in a PDF (ISO 32000-1, 9.7): Type0 with Identity-H over a CIDFontType2 whose CID is the
 * font file's own glyph number, so that content can be written before the subset is known. */

#define NAME_ROOM (LIMIT_NAME + 8)
#define BLOCK_PAIRS 100 /* most pairs of one bfchar block (Adobe technical note 5411, 1.4.1) */

struct embed {
    struct pdf *pdf;
    uint32_t face;
    const struct face_use *use;
    const struct face_facts *facts;
    char name[NAME_ROOM];                           /* ABCDEF+BIZUDMincho */
    uint32_t font, cid_font, descriptor, file, map; /* object numbers */
};

/* -- the subset -- */

static size_t bitset_size(const struct embed *embed)
{
    return (embed->use->glyphs + 7) / 8;
}

static uint8_t *used_glyphs(const struct embed *embed)
{
    uint8_t *used = memory_new(bitset_size(embed));

    for (uint32_t id = 0; used && id < embed->use->glyphs; id++)
        if (embed->use->marks[id])
            used[id / 8] |= (uint8_t)(1u << id % 8);
    return used;
}

/* Six capitals before the name tell subsets apart (ISO 32000-1, 9.6.4): here from the set of
 * glyphs, so that equal lots stay equal. */
static enum status name_subset(struct embed *embed, const uint8_t *used, struct error *error)
{
    struct text name = embed->facts->name;
    struct digest digest;

    if (digest_of(used, bitset_size(embed), &digest, error) != OK)
        return STOP;
    if (name.length > LIMIT_NAME)
        name.length = LIMIT_NAME;
    for (int i = 0; i < 6; i++)
        embed->name[i] = (char)('A' + digest.bytes[i] % 26);
    embed->name[6] = '+';
    memcpy(embed->name + 7, name.bytes, name.length);
    embed->name[7 + name.length] = '\0';
    return OK;
}

static enum status write_subset(struct embed *embed, const uint8_t *used, struct error *error)
{
    struct pdf *pdf = embed->pdf;
    struct buffer subset = {0};
    struct ink packed = {0};
    enum status status = fonts_subset(pdf->faces.fonts, embed->face, used, &subset, error);

    if (status == OK)
        status = packer_add(pdf->packer, PACK_ONCE, subset.bytes, subset.size, &packed, error);
    if (status == OK) {
        struct haru_dict *dict = haru_begin(pdf->haru);

        haru_integer(pdf->haru, dict, "Length1", (int32_t)subset.size);
        status = objects_stream(pdf, dict, embed->file, &packed, error);
    }
    buffer_free(&subset);
    ink_free(&packed);
    return status;
}

/* -- ToUnicode -- */

static const char map_head[] =
    "/CIDInit /ProcSet findresource begin\n"
    "12 dict begin\n"
    "begincmap\n"
    "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
    "/CMapName /Adobe-Identity-UCS def\n"
    "/CMapType 2 def\n"
    "1 begincodespacerange\n"
    "<0000> <FFFF>\n"
    "endcodespacerange\n";
static const char map_tail[] = "endcmap\n"
                               "CMapName currentdict /CMap defineresource pop\n"
                               "end\n"
                               "end\n";

static void put_block(struct ink *map, struct ink *pairs, uint32_t count)
{
    if (count == 0)
        return;
    ink_integer(map, count);
    ink_words(map, " beginbfchar\n");
    if (pairs->failed)
        map->failed = true;
    ink_bytes(map, pairs->bytes, pairs->size);
    ink_words(map, "endbfchar\n");
    pairs->size = 0;
}

static void put_pair(struct ink *pairs, uint32_t id, struct text words)
{
    const uint8_t code[2] = {(uint8_t)(id >> 8), (uint8_t)id};

    ink_words(pairs, "<");
    ink_hex(pairs, code, 2);
    ink_words(pairs, "> <");
    ink_utf16(pairs, words);
    ink_words(pairs, ">\n");
}

/* A glyph without words of its own (a ligature) has no entry: its ActualText speaks. */
static void put_map(const struct embed *embed, struct ink *map)
{
    struct ink pairs = {0};
    uint32_t count = 0;
    char words[CLUSTER_BYTES];

    ink_words(map, map_head);
    for (uint32_t id = 0; id < embed->use->glyphs; id++) {
        uint32_t length;

        if (!embed->use->marks[id])
            continue;
        length = fonts_canonical(embed->pdf->faces.fonts, embed->face, id, words);
        if (length == 0)
            continue;
        put_pair(&pairs, id, (struct text){words, length});
        if (++count < BLOCK_PAIRS)
            continue;
        put_block(map, &pairs, count);
        count = 0;
    }
    put_block(map, &pairs, count);
    ink_words(map, map_tail);
    ink_free(&pairs);
}

static enum status write_map(struct embed *embed, struct error *error)
{
    struct pdf *pdf = embed->pdf;
    struct ink map = {0}, packed = {0};
    enum status status = OK;

    put_map(embed, &map);
    if (map.failed)
        status = error_set(error, MSG_NO_MEMORY);
    if (status == OK)
        status = packer_add(pdf->packer, PACK_ONCE, map.bytes, map.size, &packed, error);
    if (status == OK)
        status = objects_stream(pdf, haru_begin(pdf->haru), embed->map, &packed, error);
    ink_free(&map);
    ink_free(&packed);
    return status;
}

/* -- dictionaries -- */

/* Units of what is drawn to thousandths of an em, nearest. */
static int32_t per_thousand(const struct embed *embed, int32_t value)
{
    int64_t units = embed->facts->drawn ? embed->facts->drawn : 1000;
    int64_t twice = (int64_t)value * 2000 + (value < 0 ? -units : units);

    return (int32_t)(twice / (2 * units));
}

static enum status write_descriptor(struct embed *embed, struct error *error)
{
    struct haru *haru = embed->pdf->haru;
    const struct face_facts *facts = embed->facts;
    struct haru_dict *dict = haru_begin(haru);
    struct haru_list *box;

    haru_name(haru, dict, "Type", "FontDescriptor");
    haru_name(haru, dict, "FontName", embed->name);
    haru_integer(haru, dict, "Flags", facts->flags);
    box = haru_list(haru, dict, "FontBBox");
    for (int i = 0; i < 4; i++)
        haru_list_integer(haru, box, per_thousand(embed, facts->box[i]));
    haru_integer(haru, dict, "ItalicAngle", facts->italic_angle);
    haru_integer(haru, dict, "Ascent", per_thousand(embed, facts->ascent));
    haru_integer(haru, dict, "Descent", per_thousand(embed, facts->descent));
    haru_integer(haru, dict, "CapHeight", per_thousand(embed, facts->cap_height));
    haru_integer(haru, dict, "StemV", facts->stem_v);
    haru_reference(haru, dict, "FontFile2", embed->file);
    return objects_end(embed->pdf, embed->descriptor, error);
}

/* `first last width` for each run of used glyphs of one width; 1000 is the default (DW). A run may
 * pass over glyphs that are not used. */
static void put_run(struct ink *widths, uint32_t first, uint32_t last, int32_t advance)
{
    if (advance == EM_UNITS)
        return;
    ink_integer(widths, first);
    ink_words(widths, " ");
    ink_integer(widths, last);
    ink_words(widths, " ");
    ink_thousandths(widths, ((int64_t)advance * 1000 + 1024) / 2048);
    ink_words(widths, "\n");
}

static void put_widths(const struct embed *embed, struct ink *widths)
{
    uint32_t first = 0, last = 0;
    int32_t advance = EM_UNITS;

    ink_words(widths, "/DW 1000\n/W [");
    for (uint32_t id = 0; id < embed->use->glyphs; id++) {
        uint32_t mark = embed->use->marks[id];

        if (!mark)
            continue;
        if ((int32_t)mark - 1 != advance) {
            put_run(widths, first, last, advance);
            first = id;
            advance = (int32_t)mark - 1;
        }
        last = id;
    }
    put_run(widths, first, last, advance);
    ink_words(widths, "]\n");
}

static enum status write_cid_font(struct embed *embed, struct error *error)
{
    struct haru *haru = embed->pdf->haru;
    struct haru_dict *dict = haru_begin(haru), *system;
    struct ink widths = {0};
    enum status status;

    put_widths(embed, &widths);
    haru_name(haru, dict, "Type", "Font");
    haru_name(haru, dict, "Subtype", "CIDFontType2");
    haru_name(haru, dict, "BaseFont", embed->name);
    system = haru_dict(haru, dict, "CIDSystemInfo");
    haru_string(haru, system, "Registry", "Adobe");
    haru_string(haru, system, "Ordering", "Identity");
    haru_integer(haru, system, "Supplement", 0);
    haru_name(haru, dict, "CIDToGIDMap", "Identity");
    haru_reference(haru, dict, "FontDescriptor", embed->descriptor);
    haru_entries(haru, dict, &widths);
    status = objects_end(embed->pdf, embed->cid_font, error);
    ink_free(&widths);
    return status;
}

static enum status write_font(struct embed *embed, struct error *error)
{
    struct haru *haru = embed->pdf->haru;
    struct haru_dict *dict = haru_begin(haru);
    struct haru_list *descendants;

    haru_name(haru, dict, "Type", "Font");
    haru_name(haru, dict, "Subtype", "Type0");
    haru_name(haru, dict, "BaseFont", embed->name);
    haru_name(haru, dict, "Encoding", "Identity-H");
    descendants = haru_list(haru, dict, "DescendantFonts");
    haru_list_reference(haru, descendants, embed->cid_font);
    haru_reference(haru, dict, "ToUnicode", embed->map);
    return objects_end(embed->pdf, embed->font, error);
}

/* -- all -- */

static enum status reserve_numbers(struct embed *embed, struct error *error)
{
    uint32_t *numbers[] = {&embed->font, &embed->cid_font, &embed->descriptor, &embed->file,
                           &embed->map};

    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (file_reserve(&embed->pdf->file, numbers[i], error) != OK)
            return STOP;
    return OK;
}

static enum status write_parts(struct embed *embed, const uint8_t *used, struct error *error)
{
    enum status status = name_subset(embed, used, error);

    if (status == OK)
        status = write_font(embed, error);
    if (status == OK)
        status = write_cid_font(embed, error);
    if (status == OK)
        status = write_descriptor(embed, error);
    if (status == OK)
        status = write_subset(embed, used, error);
    if (status == OK)
        status = write_map(embed, error);
    return status;
}

static enum status embed_face(struct pdf *pdf, uint32_t face, uint32_t *number, struct error *error)
{
    struct embed embed = {.pdf = pdf, .face = face, .use = &pdf->faces.use[face]};
    enum status status = reserve_numbers(&embed, error);
    uint8_t *used;

    if (status != OK)
        return status;
    embed.facts = fonts_face(pdf->faces.fonts, face);
    used = used_glyphs(&embed);
    if (!used)
        return error_set(error, MSG_NO_MEMORY);
    status = write_parts(&embed, used, error);
    memory_free(used, bitset_size(&embed));
    *number = embed.font;
    return status;
}

enum status embed_faces(struct pdf *pdf, uint32_t numbers[LIMIT_FACES], struct error *error)
{
    for (uint32_t face = 0; face < LIMIT_FACES; face++) {
        numbers[face] = 0;
        if (pdf->faces.use[face].marks && embed_face(pdf, face, &numbers[face], error) != OK)
            return STOP;
    }
    return OK;
}
