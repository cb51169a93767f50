#include "readback/document.h"

#include "base/memory.h"

#define ENTRY 20 /* bytes of an entry of the table: 7.5.4 */
#define TAIL 64  /* where startxref stands */
#define TREE_DEPTH 6
#define FIRST_PAGES 1024u

static enum status damaged(struct error *error)
{
    return error_set(error, MSG_READBACK_DAMAGED);
}

static enum status strange(struct error *error)
{
    return error_set(error, MSG_READBACK_SHAPE);
}

static struct scan scan_at(const struct document *document, size_t offset)
{
    return (struct scan){document->bytes + offset, document->bytes + document->size};
}

static bool take_word(struct scan *scan, const char *word)
{
    struct token token = scan_token(scan);

    return token.kind == TOKEN_WORD && token_is(&token, word);
}

/* -- the table -- */

static bool find_table(const struct document *document, size_t *offset)
{
    size_t tail = document->size < TAIL ? document->size : TAIL;
    const uint8_t *from = document->bytes + document->size - tail, *word = NULL;
    uint32_t start;

    for (const uint8_t *at = from; (size_t)(from + tail - at) >= 9; at++)
        if (memcmp(at, "startxref", 9) == 0)
            word = at;
    if (!word)
        return false;
    struct scan scan = {word + 9, from + tail};
    struct token token = scan_token(&scan);
    if (token.kind != TOKEN_NUMBER || !token.whole || token.number < 0)
        return false;
    if ((uint64_t)token.number / 1000 >= document->size)
        return false;
    start = (uint32_t)(token.number / 1000);
    *offset = start;
    return scan.end - scan.at >= 6 && memcmp(scan.at, "\n%%EOF", 6) == 0;
}

static bool read_digits(const uint8_t *at, unsigned count, uint64_t *out)
{
    *out = 0;
    for (unsigned i = 0; i < count; i++) {
        if (at[i] < '0' || at[i] > '9')
            return false;
        *out = *out * 10 + (unsigned)(at[i] - '0');
    }
    return true;
}

static bool read_entry(struct document *document, uint32_t number, const uint8_t *entry)
{
    uint64_t offset, generation;

    if (!read_digits(entry, 10, &offset) || entry[10] != ' ' ||
        !read_digits(entry + 11, 5, &generation) || entry[16] != ' ')
        return false;
    if (entry[17] == 'f')
        return true;
    if (entry[17] != 'n' || generation != 0 || offset == 0 || offset >= document->size ||
        offset > UINT32_MAX)
        return false;
    document->offsets[number] = (uint32_t)offset;
    return true;
}

/* One section from object 0 on; the bytes bound the count, so a lie costs no memory. */
static enum status read_table(struct document *document, size_t offset, struct scan *trailer,
                              struct error *error)
{
    struct scan scan = scan_at(document, offset);
    uint32_t first, count;

    if (!take_word(&scan, "xref") || !scan_whole(&scan, &first) || !scan_whole(&scan, &count))
        return damaged(error);
    while (scan.at < scan.end && (*scan.at == ' ' || *scan.at == '\r'))
        scan.at++;
    if (first != 0 || scan.at == scan.end || *scan.at++ != '\n' ||
        (size_t)(scan.end - scan.at) / ENTRY < count)
        return damaged(error);
    document->offsets = memory_new((count ? count : 1) * sizeof *document->offsets);
    if (!document->offsets)
        return error_set(error, MSG_NO_MEMORY);
    document->count = count;
    for (uint32_t i = 0; i < count; i++, scan.at += ENTRY)
        if (!read_entry(document, i, scan.at))
            return damaged(error);
    *trailer = scan;
    return take_word(trailer, "trailer") ? OK : damaged(error);
}

/* -- objects -- */

enum status document_object(const struct document *document, uint32_t number, struct scan *out,
                            struct error *error)
{
    uint32_t own, generation;

    if (number >= document->count || document->offsets[number] == 0)
        return damaged(error);
    *out = scan_at(document, document->offsets[number]);
    if (!scan_whole(out, &own) || own != number || !scan_whole(out, &generation) ||
        generation != 0 || !take_word(out, "obj"))
        return damaged(error);
    return OK;
}

/* /Length, direct or as an object of its own. */
static enum status stream_length(const struct document *document, struct scan value,
                                 uint32_t *length, struct error *error)
{
    struct scan ahead = value, object;
    uint32_t number;

    if (!scan_reference(&ahead, &number))
        return scan_whole(&value, length) ? OK : damaged(error);
    if (document_object(document, number, &object, error) != OK)
        return STOP;
    return scan_whole(&object, length) ? OK : damaged(error);
}

/* The bytes between `stream` and `endstream`. */
static enum status stream_bytes(struct scan body, uint32_t length, struct scan *out,
                                struct error *error)
{
    if (!scan_skip(&body) || !take_word(&body, "stream"))
        return damaged(error);
    if (body.at < body.end && *body.at == '\r')
        body.at++;
    if (body.at == body.end || *body.at++ != '\n' || (size_t)(body.end - body.at) < length)
        return damaged(error);
    *out = (struct scan){body.at, body.at + length};
    body.at += length;
    return take_word(&body, "endstream") ? OK : damaged(error);
}

static enum status read_stream(const struct document *document, struct inflater *inflater,
                               uint32_t number, struct document_stream *out, struct error *error)
{
    struct scan object, value, packed = {0};
    const uint8_t *bytes;
    uint32_t length;
    size_t size;

    if (document_object(document, number, &object, error) != OK)
        return STOP;
    out->dictionary = object;
    if (!scan_find(object, "Length", &value))
        return damaged(error);
    if (stream_length(document, value, &length, error) != OK ||
        stream_bytes(object, length, &packed, error) != OK)
        return STOP;
    if (!scan_find(object, "Filter", &value) || !scan_is_name(&value, "FlateDecode") ||
        scan_find(object, "DecodeParms", &value))
        return strange(error);
    if (inflate_stream(inflater, packed.at, length, &bytes, &size, error) != OK)
        return STOP;
    out->bytes = (struct scan){bytes, bytes + size};
    return OK;
}

enum status document_stream(struct document *document, uint32_t number, struct document_stream *out,
                            struct error *error)
{
    return read_stream(document, document->inflater, number, out, error);
}

/* -- pages -- */

struct inherited {
    uint32_t resources;
    int32_t width, height;
};

static enum status add_page(struct document *document, uint32_t object,
                            const struct inherited *from, struct error *error)
{
    if (document->page_count == document->page_room) {
        uint32_t room = document->page_room ? document->page_room * 2 : FIRST_PAGES;
        struct document_page *pages = memory_resize(
            document->pages, document->page_room * sizeof *pages, room * sizeof *pages);

        if (!pages)
            return error_set(error, MSG_NO_MEMORY);
        document->pages = pages;
        document->page_room = room;
    }
    document->pages[document->page_count++] =
        (struct document_page){object, from->resources, from->width, from->height};
    return OK;
}

/* A box may be an object of its own. */
static enum status read_box(const struct document *document, struct scan value,
                            struct inherited *own, struct error *error)
{
    struct scan ahead = value;
    uint32_t number;

    if (scan_reference(&ahead, &number) && document_object(document, number, &value, error) != OK)
        return STOP;
    return scan_box(&value, &own->width, &own->height) ? OK : strange(error);
}

static enum status read_entry_of_page(const struct document *document, const struct token *key,
                                      struct scan value, struct inherited *own, struct scan *kids,
                                      struct error *error)
{
    static const char *const others[] = {"Type", "Parent", "Count", "TrimBox", "Contents"};

    if (token_is(key, "Kids")) {
        *kids = value;
        return OK;
    }
    if (token_is(key, "MediaBox"))
        return read_box(document, value, own, error);
    if (token_is(key, "Resources"))
        return scan_reference(&value, &own->resources) ? OK : strange(error);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (token_is(key, others[i]))
            return OK;
    return strange(error);
}

/* What a node or a page says of itself; kids->at is set when it is a node. */
static enum status read_entries(const struct document *document, struct scan object,
                                struct inherited *own, struct scan *kids, struct error *error)
{
    struct token key;
    struct scan value;
    bool broken = false;

    *kids = (struct scan){0};
    if (!scan_enter(&object))
        return damaged(error);
    while (scan_key(&object, &key, &value, &broken))
        if (read_entry_of_page(document, &key, value, own, kids, error) != OK)
            return STOP;
    return broken ? damaged(error) : OK;
}

/* A sound tree names each object once: one that names more than there are goes in circles, or is made to cost time. */
static enum status read_node(struct document *document, uint32_t number, struct inherited from,
                             unsigned depth, struct error *error)
{
    struct scan object, kids;
    uint32_t kid;

    if (depth > TREE_DEPTH || document->tree_nodes++ > document->count)
        return strange(error);
    if (document_object(document, number, &object, error) != OK ||
        read_entries(document, object, &from, &kids, error) != OK)
        return STOP;
    if (!kids.at)
        return add_page(document, number, &from, error);
    if (scan_token(&kids).kind != TOKEN_LIST)
        return damaged(error);
    for (struct scan ahead = kids; scan_token(&ahead).kind != TOKEN_LIST_END; ahead = kids) {
        if (!scan_reference(&kids, &kid))
            return damaged(error);
        if (read_node(document, kid, from, depth + 1, error) != OK)
            return STOP;
    }
    return OK;
}

static enum status read_tree(struct document *document, struct scan trailer, struct error *error)
{
    const struct inherited nothing = {0};
    struct scan value, catalog;
    uint32_t root, pages;

    if (scan_find(trailer, "Prev", &value) || scan_find(trailer, "Encrypt", &value))
        return strange(error);
    if (!scan_find(trailer, "Root", &value) || !scan_reference(&value, &root))
        return damaged(error);
    if (document_object(document, root, &catalog, error) != OK)
        return STOP;
    if (!scan_find(catalog, "Pages", &value) || !scan_reference(&value, &pages))
        return damaged(error);
    return read_node(document, pages, nothing, 0, error);
}

static enum status box_is_whole(struct scan page, const struct document_page *facts,
                                struct error *error)
{
    struct scan value;
    int32_t width, height;

    if (!scan_find(page, "TrimBox", &value))
        return OK;
    if (!scan_box(&value, &width, &height) || width != facts->width || height != facts->height)
        return strange(error);
    return OK;
}

enum status document_content(struct document *document, uint32_t page, struct scan *out,
                             struct error *error)
{
    const struct document_page *facts = &document->pages[page];
    struct document_stream stream;
    struct scan object, value;
    uint32_t number;

    if (document_object(document, facts->object, &object, error) != OK ||
        box_is_whole(object, facts, error) != OK)
        return STOP;
    if (!scan_find(object, "Contents", &value) || !scan_reference(&value, &number))
        return strange(error);
    if (read_stream(document, document->pages_inflater, number, &stream, error) != OK)
        return STOP;
    *out = stream.bytes;
    return OK;
}

/* -- open and close -- */

static enum status read_all(struct document *document, struct error *error)
{
    struct scan trailer;
    size_t offset;

    if (document->size < 16 || memcmp(document->bytes, "%PDF-1.", 7) != 0 ||
        !find_table(document, &offset))
        return damaged(error);
    if (read_table(document, offset, &trailer, error) != OK)
        return STOP;
    return read_tree(document, trailer, error);
}

enum status document_open(struct document *document, const uint8_t *bytes, size_t size,
                          struct error *error)
{
    enum status status;

    *document = (struct document){.bytes = bytes, .size = size};
    status = inflater_new(&document->inflater, error);
    if (status == OK)
        status = inflater_new(&document->pages_inflater, error);
    if (status == OK)
        status = read_all(document, error);
    if (status != OK)
        document_close(document);
    return status;
}

void document_close(struct document *document)
{
    inflater_free(document->inflater);
    inflater_free(document->pages_inflater);
    memory_free(document->offsets, (document->count ? document->count : 1) * sizeof(uint32_t));
    memory_free(document->pages, document->page_room * sizeof *document->pages);
    *document = (struct document){0};
}
