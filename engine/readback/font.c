#include "readback/resources.h"

#include "base/memory.h"

#define CIDS 65536u
#define TAG 7u /* ABCDEF+ (ISO 32000-1, 9.6.4) */
#define WIDTHS_MOST                                                                                \
    (4 * CIDS) /* CIDs that /W may set: a range of all of them, again and again, would cost time */
#define MAPPED_MOST 32u /* UTF-16 units of one glyph */

struct reading {
    struct tables *tables;
    struct document *document;
    struct read_font *font;
    struct error *error;
};

static enum status strange(const struct reading *reading)
{
    return error_set(reading->error, MSG_READBACK_FONT);
}

static struct cid_block *block_of(const struct reading *reading, uint32_t cid)
{
    struct cid_block **block = &reading->font->blocks[cid >> 8];

    if (*block)
        return *block;
    *block = arena_take(&reading->tables->arena, sizeof **block);
    for (unsigned i = 0; *block && i < 256; i++)
        (*block)->width[i] = reading->font->width;
    return *block;
}

/* -- the name -- */

static bool is_tag(const uint8_t *bytes)
{
    for (unsigned i = 0; i + 1 < TAG; i++)
        if (bytes[i] < 'A' || bytes[i] > 'Z')
            return false;
    return bytes[TAG - 1] == '+';
}

static enum status read_name(const struct reading *reading, struct scan font)
{
    struct tables *tables = reading->tables;
    struct scan value;
    struct token token;
    struct text name;

    if (!scan_find(font, "BaseFont", &value))
        return strange(reading);
    token = scan_token(&value);
    if (token.kind != TOKEN_NAME || token.size <= TAG || !is_tag(token.bytes))
        return strange(reading);
    name = (struct text){(const char *)token.bytes + TAG, token.size - TAG};
    for (uint32_t i = 0; i < tables->face_count; i++) {
        reading->font->face = i;
        if (text_equal(tables->faces[i], name))
            return OK;
    }
    if (tables->face_count == LIMIT_FACES)
        return error_set(reading->error, MSG_READBACK_LIMIT);
    reading->font->face = tables->face_count;
    tables->faces[tables->face_count] = arena_text(&tables->arena, name);
    return tables->faces[tables->face_count++].bytes ? OK
                                                     : error_set(reading->error, MSG_NO_MEMORY);
}

/* -- widths: `first last width` and `first [width ...]` (9.7.4.3) -- */

static enum status set_width(const struct reading *reading, uint32_t cid, const struct token *width)
{
    struct cid_block *block = cid < CIDS ? block_of(reading, cid) : NULL;

    if (!block || !token_fits(width))
        return cid < CIDS && !block ? error_set(reading->error, MSG_READBACK_LIMIT)
                                    : strange(reading);
    block->width[cid & 255] = (int32_t)width->number;
    return OK;
}

static enum status read_listed(const struct reading *reading, struct scan *scan, uint32_t first,
                               uint32_t *set)
{
    for (;; first++, ++*set) {
        struct token token = scan_token(scan);

        if (token.kind == TOKEN_LIST_END)
            return OK;
        if (set_width(reading, first, &token) != OK)
            return STOP;
    }
}

static enum status read_range(const struct reading *reading, struct scan *scan, uint32_t first,
                              uint32_t last, uint32_t *set)
{
    struct token width = scan_token(scan);

    if (last < first || last >= CIDS || *set > WIDTHS_MOST)
        return strange(reading);
    for (uint32_t cid = first; cid <= last; cid++, ++*set)
        if (set_width(reading, cid, &width) != OK)
            return STOP;
    return OK;
}

static enum status read_widths(const struct reading *reading, struct scan cid_font)
{
    struct scan scan, value;
    struct token token;
    uint32_t set = 0, first, last;

    if (!scan_find(cid_font, "DW", &value))
        return strange(reading);
    token = scan_token(&value);
    if (!token_fits(&token))
        return strange(reading);
    reading->font->width = (int32_t)token.number;
    if (!scan_find(cid_font, "W", &scan))
        return OK;
    if (scan_token(&scan).kind != TOKEN_LIST)
        return strange(reading);
    for (struct scan ahead = scan; scan_token(&ahead).kind != TOKEN_LIST_END; ahead = scan) {
        enum status status;

        if (!scan_whole(&scan, &first))
            return strange(reading);
        ahead = scan;
        if (scan_token(&ahead).kind == TOKEN_LIST) {
            scan = ahead;
            status = read_listed(reading, &scan, first, &set);
        } else {
            status = scan_whole(&scan, &last) ? read_range(reading, &scan, first, last, &set)
                                              : strange(reading);
        }
        if (status != OK)
            return status;
    }
    return OK;
}

/* -- words: the ToUnicode map (9.10.3), bfchar and plain bfrange -- */

struct map {
    const struct reading *reading;
    char *words;
    uint32_t used, room;
};

static enum status add_words(struct map *map, uint32_t cid, const uint8_t *units, uint32_t size)
{
    struct cid_block *block = block_of(map->reading, cid);
    uint32_t length;

    if (!block || map->room - map->used < 2 * size)
        return error_set(map->reading->error, MSG_READBACK_LIMIT);
    if (!scan_utf16(units, size, map->words + map->used, &length))
        return strange(map->reading);
    block->words[cid & 255].at = map->used;
    block->words[cid & 255].length = length;
    map->used += length;
    return OK;
}

static bool take_code(struct scan *scan, uint32_t *cid)
{
    struct token token = scan_token(scan);
    uint8_t code[2];
    uint32_t size;

    if (token.kind != TOKEN_HEX || !scan_hex(&token, code, 2, &size) || size != 2)
        return false;
    *cid = (uint32_t)code[0] << 8 | code[1];
    return true;
}

static bool take_units(struct scan *scan, uint8_t units[2 * MAPPED_MOST], uint32_t *size)
{
    struct token token = scan_token(scan);

    return token.kind == TOKEN_HEX && scan_hex(&token, units, 2 * MAPPED_MOST, size);
}

static enum status read_pairs(struct map *map, struct scan *scan, uint32_t count, bool range)
{
    uint8_t units[2 * MAPPED_MOST];
    uint32_t first, last, size;

    for (uint32_t i = 0; i < count; i++) {
        if (!take_code(scan, &first))
            return strange(map->reading);
        last = first;
        if ((range && !take_code(scan, &last)) || last < first || !take_units(scan, units, &size) ||
            (last > first && (size < 2 || last - first > 255u - units[size - 1])))
            return strange(map->reading);
        for (uint32_t cid = first; cid <= last; cid++) {
            if (add_words(map, cid, units, size) != OK)
                return STOP;
            if (cid < last)
                units[size - 1]++;
        }
    }
    return OK;
}

/* What else a map says (names, code space) changes no word. */
static enum status read_map(struct map *map, struct scan scan)
{
    uint32_t count = 0;

    for (;;) {
        struct token token = scan_token(&scan);
        bool chars, ranges;

        if (token.kind == TOKEN_END)
            return OK;
        if (token.kind == TOKEN_BAD)
            return strange(map->reading);
        if (token.kind == TOKEN_NUMBER)
            count = token.whole && token.number >= 0 && token.number <= 100000
                        ? (uint32_t)(token.number / 1000)
                        : 0;
        chars = token.kind == TOKEN_WORD && token_is(&token, "beginbfchar");
        ranges = token.kind == TOKEN_WORD && token_is(&token, "beginbfrange");
        if ((chars || ranges) && read_pairs(map, &scan, count, ranges) != OK)
            return STOP;
    }
}

static enum status read_words(const struct reading *reading, struct scan font)
{
    struct map map = {.reading = reading};
    struct document_stream stream;
    struct scan value;
    uint32_t number;

    if (!scan_find(font, "ToUnicode", &value) || !scan_reference(&value, &number))
        return strange(reading);
    if (document_stream(reading->document, number, &stream, reading->error) != OK)
        return STOP;
    /* Four digits of a unit give at most three bytes; a range repeats its words a glyph. */
    map.room = (uint32_t)(stream.bytes.end - stream.bytes.at) + 4 * CIDS;
    map.words = arena_take(&reading->tables->arena, map.room);
    if (!map.words)
        return error_set(reading->error, MSG_READBACK_LIMIT);
    reading->font->words = map.words;
    return read_map(&map, stream.bytes);
}

/* -- glyphs -- */

static enum status read_glyphs(const struct reading *reading, struct scan cid_font)
{
    struct document_stream stream;
    struct scan value, ahead;
    struct text copy;
    uint32_t number;

    if (!scan_find(cid_font, "CIDToGIDMap", &value))
        return strange(reading);
    ahead = value;
    if (scan_is_name(&ahead, "Identity"))
        return OK;
    if (!scan_reference(&value, &number))
        return strange(reading);
    if (document_stream(reading->document, number, &stream, reading->error) != OK)
        return STOP;
    copy = (struct text){(const char *)stream.bytes.at,
                         (uint32_t)(stream.bytes.end - stream.bytes.at)};
    if (copy.length % 2 || copy.length > 2 * CIDS)
        return strange(reading);
    copy = arena_text(&reading->tables->arena, copy);
    if (!copy.bytes)
        return error_set(reading->error, MSG_READBACK_LIMIT);
    reading->font->glyphs = (const uint8_t *)copy.bytes;
    reading->font->glyph_count = copy.length / 2;
    return OK;
}

/* -- all -- */

static bool says(struct scan dictionary, const char *key, const char *name)
{
    struct scan value;

    return scan_find(dictionary, key, &value) && scan_is_name(&value, name);
}

static enum status read_font(const struct reading *reading, struct scan font)
{
    struct scan value, cid_font;
    uint32_t number;

    if (!says(font, "Subtype", "Type0") || !says(font, "Encoding", "Identity-H") ||
        !scan_find(font, "DescendantFonts", &value) || scan_token(&value).kind != TOKEN_LIST ||
        !scan_reference(&value, &number) || scan_token(&value).kind != TOKEN_LIST_END)
        return strange(reading);
    if (document_object(reading->document, number, &cid_font, reading->error) != OK)
        return STOP;
    if (!says(cid_font, "Subtype", "CIDFontType2"))
        return strange(reading);
    if (read_name(reading, font) != OK || read_widths(reading, cid_font) != OK ||
        read_glyphs(reading, cid_font) != OK)
        return STOP;
    return read_words(reading, font);
}

enum status font_read(struct tables *tables, struct document *document, uint32_t object,
                      struct read_font **out, struct error *error)
{
    struct reading reading = {tables, document, NULL, error};
    struct scan font;

    for (uint32_t i = 0; i < tables->font_count; i++) {
        *out = tables->fonts[i];
        if (tables->fonts[i]->object == object)
            return OK;
    }
    if (tables->font_count == RESOURCES_MOST)
        return error_set(error, MSG_READBACK_LIMIT);
    if (document_object(document, object, &font, error) != OK)
        return STOP;
    *out = reading.font = arena_take(&tables->arena, sizeof **out);
    if (!*out)
        return error_set(error, MSG_READBACK_LIMIT);
    (*out)->object = object;
    if (read_font(&reading, font) != OK)
        return STOP;
    tables->fonts[tables->font_count++] = *out;
    return OK;
}
