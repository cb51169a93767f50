#include "press/reprint_copy.h"

#include "base/memory.h"

#include <stdio.h>

enum { CATALOG = 1, TREE, INFO, FIRST_FREE };

struct copier {
    const struct copy_order *order;
    struct buffer *out;
    struct error *error;
    uint32_t *number; /* of an object of the source: its new number; 0 = not met */
    uint32_t *queue;  /* objects of the source by new number, from FIRST_FREE */
    size_t *offset;   /* by new number */
    uint32_t count;   /* new numbers given, 0 included */
    uint32_t room;
    uint32_t info, page_first; /* page_first: new number of the first page */
};

static enum status damaged(struct copier *copier)
{
    return error_set(copier->error, MSG_READBACK_DAMAGED);
}

static enum status strange(struct copier *copier)
{
    return error_set(copier->error, MSG_READBACK_SHAPE);
}

/* -- bytes -- */

static enum status put(struct copier *copier, const void *bytes, size_t size)
{
    return size ? buffer_add(copier->out, bytes, size, copier->error) : OK;
}

static enum status put_word(struct copier *copier, const char *word)
{
    return put(copier, word, strlen(word));
}

static enum status put_number(struct copier *copier, uint64_t number)
{
    char digits[TEXT_NUMBER];
    struct text text = text_number(number, digits);
    return put(copier, text.bytes, text.length);
}

static enum status put_reference(struct copier *copier, uint32_t number)
{
    enum status status = put_number(copier, number);
    return status == OK ? put_word(copier, " 0 R") : status;
}

static enum status begin_object(struct copier *copier, uint32_t number)
{
    copier->offset[number] = copier->out->size;
    enum status status = put_number(copier, number);
    return status == OK ? put_word(copier, " 0 obj\n") : status;
}

/* -- objects and their numbers -- */

static enum status number_of(struct copier *copier, uint32_t object, uint32_t *out)
{
    if (object >= copier->order->from->count || copier->count >= copier->room)
        return damaged(copier);
    if (copier->number[object] == 0) {
        copier->queue[copier->count] = object;
        copier->number[object] = copier->count++;
    }
    *out = copier->number[object];
    return OK;
}

/* `12 0 R` at the scan: the scan stands behind it then. */
static bool take_reference(struct scan *scan, uint32_t *object)
{
    struct scan ahead = *scan;
    if (!scan_reference(&ahead, object))
        return false;
    *scan = ahead;
    return true;
}

/* Copies the bytes of a value, references renumbered. */
static enum status put_value(struct copier *copier, struct scan value, const uint8_t *end)
{
    const uint8_t *done = value.at;
    value.end = end;
    while (value.at < end) {
        const uint8_t *before = value.at;
        uint32_t object, number;
        if (take_reference(&value, &object)) {
            while (before < value.at && (*before < '0' || *before > '9'))
                before++;
            if (put(copier, done, (size_t)(before - done)) != OK ||
                number_of(copier, object, &number) != OK || put_reference(copier, number) != OK)
                return STOP;
            done = value.at;
            continue;
        }
        struct token token = scan_token(&value);
        if (token.kind == TOKEN_BAD)
            return damaged(copier);
        if (token.kind == TOKEN_END)
            break;
    }
    return put(copier, done, (size_t)(end - done));
}

/* The bytes of a stream behind its dictionary, from `stream` to `endstream`. */
static enum status put_stream(struct copier *copier, struct scan dictionary, struct scan behind)
{
    struct scan value, object;
    uint32_t length, number;
    const uint8_t *start = behind.at;
    struct token word = scan_token(&behind);
    if (word.kind != TOKEN_WORD || !token_is(&word, "stream"))
        return OK;
    if (!scan_find(dictionary, "Length", &value))
        return damaged(copier);
    if (take_reference(&value, &number)) {
        if (document_object(copier->order->from, number, &object, copier->error) != OK)
            return STOP;
        value = object;
    }
    if (!scan_whole(&value, &length))
        return damaged(copier);
    while (behind.at < behind.end && *behind.at == '\r')
        behind.at++;
    if (behind.at == behind.end || *behind.at++ != '\n' ||
        (size_t)(behind.end - behind.at) < length)
        return damaged(copier);
    behind.at += length;
    word = scan_token(&behind);
    if (word.kind != TOKEN_WORD || !token_is(&word, "endstream"))
        return damaged(copier);
    return put(copier, start, (size_t)(behind.at - start));
}

/* Objects of a page tree have a place of their own: met anywhere else they would bring other pages along. */
static bool is_of_tree(struct scan object)
{
    struct scan type;
    if (!scan_find(object, "Type", &type))
        return false;
    struct scan again = type;
    return scan_is_name(&type, "Page") || scan_is_name(&again, "Pages");
}

static enum status put_object(struct copier *copier, uint32_t number)
{
    struct scan object;
    if (document_object(copier->order->from, copier->queue[number], &object, copier->error) != OK)
        return STOP;
    if (is_of_tree(object))
        return strange(copier);
    struct scan behind = object;
    if (!scan_skip(&behind))
        return damaged(copier);
    enum status status = begin_object(copier, number);
    if (status == OK)
        status = put_value(copier, object, behind.at);
    if (status == OK)
        status = put_stream(copier, object, behind);
    return status == OK ? put_word(copier, "\nendobj\n") : status;
}

/* -- a page -- */

/* Thousandths of a point as they stand in the file: 595.2 */
static enum status put_length(struct copier *copier, int32_t length)
{
    char words[32];
    int size = snprintf(words, sizeof words, "%d.%03d", (int)(length / 1000), (int)(length % 1000));
    while (size > 0 && words[size - 1] == '0')
        size--;
    if (size > 0 && words[size - 1] == '.')
        size--;
    return size > 0 ? put(copier, words, (size_t)size) : strange(copier);
}

static enum status put_inherited(struct copier *copier, const struct document_page *page,
                                 bool has_resources, bool has_box)
{
    uint32_t number;
    enum status status = OK;
    if (!has_resources) {
        status = number_of(copier, page->resources, &number);
        if (status == OK)
            status = put_word(copier, "/Resources ");
        if (status == OK)
            status = put_reference(copier, number);
    }
    if (status != OK || has_box)
        return status;
    status = put_word(copier, "/MediaBox[0 0 ");
    if (status == OK)
        status = put_length(copier, page->width);
    if (status == OK)
        status = put_word(copier, " ");
    if (status == OK)
        status = put_length(copier, page->height);
    return status == OK ? put_word(copier, "]") : status;
}

/* The entries of a dictionary but those named; scan stands at <<. */
static enum status put_entries(struct copier *copier, struct scan object, const char *const *but,
                               bool *resources, bool *box)
{
    struct token key;
    struct scan value;
    bool broken = false;
    if (!scan_enter(&object))
        return damaged(copier);
    while (scan_key(&object, &key, &value, &broken)) {
        bool left = false;
        for (const char *const *name = but; *name; name++)
            left = left || token_is(&key, *name);
        *resources = *resources || token_is(&key, "Resources");
        *box = *box || token_is(&key, "MediaBox");
        if (left)
            continue;
        if (put_word(copier, "/") != OK || put(copier, key.bytes, key.size) != OK ||
            put_word(copier, " ") != OK || put_value(copier, value, object.at) != OK ||
            put_word(copier, "\n") != OK)
            return STOP;
    }
    return broken ? damaged(copier) : OK;
}

static enum status put_page(struct copier *copier, uint32_t index)
{
    static const char *const but[] = {"Parent", NULL};
    const struct document *from = copier->order->from;
    const struct document_page *page = &from->pages[copier->order->pages[index]];
    struct scan object;
    bool resources = false, box = false;
    if (document_object(from, page->object, &object, copier->error) != OK ||
        begin_object(copier, copier->page_first + index) != OK || put_word(copier, "<<") != OK ||
        put_entries(copier, object, but, &resources, &box) != OK ||
        put_inherited(copier, page, resources, box) != OK || put_word(copier, "/Parent ") != OK ||
        put_reference(copier, TREE) != OK)
        return STOP;
    return put_word(copier, ">>\nendobj\n");
}

/* -- the file -- */

static enum status put_head(struct copier *copier)
{
    const struct document *from = copier->order->from;
    size_t first = from->size;
    for (uint32_t i = 0; i < from->count; i++)
        if (from->offsets[i] && from->offsets[i] < first)
            first = from->offsets[i];
    return first <= 64 ? put(copier, from->bytes, first) : strange(copier);
}

static enum status find_trailer(struct copier *copier, struct scan *catalog)
{
    const struct document *from = copier->order->from;
    const uint8_t *at = from->bytes + from->size, *found = NULL;
    struct scan value;
    uint32_t root;
    for (size_t back = 7; back <= from->size && back < 4096 && !found; back++)
        if (memcmp(at - back, "trailer", 7) == 0)
            found = at - back + 7;
    if (!found)
        return damaged(copier);
    const struct scan trailer = {found, at};
    if (!scan_find(trailer, "Root", &value) || !scan_reference(&value, &root))
        return damaged(copier);
    if (scan_find(trailer, "Info", &value) && !scan_reference(&value, &copier->info))
        return damaged(copier);
    return document_object(from, root, catalog, copier->error);
}

static enum status put_catalog(struct copier *copier, struct scan catalog)
{
    static const char *const but[] = {"Pages", NULL};
    bool unused = false;
    if (begin_object(copier, CATALOG) != OK || put_word(copier, "<<\n") != OK ||
        put_entries(copier, catalog, but, &unused, &unused) != OK ||
        put_word(copier, "/Pages ") != OK || put_reference(copier, TREE) != OK)
        return STOP;
    return put_word(copier, ">>\nendobj\n");
}

static enum status put_info(struct copier *copier)
{
    static const char *const but[] = {NULL};
    struct scan object;
    bool unused = false;
    if (begin_object(copier, INFO) != OK || put_word(copier, "<<\n") != OK)
        return STOP;
    if (copier->info) {
        if (document_object(copier->order->from, copier->info, &object, copier->error) != OK ||
            put_entries(copier, object, but, &unused, &unused) != OK)
            return STOP;
    }
    return put_word(copier, ">>\nendobj\n");
}

static enum status put_tree(struct copier *copier)
{
    if (begin_object(copier, TREE) != OK || put_word(copier, "<</Type /Pages\n/Count ") != OK ||
        put_number(copier, copier->order->count) != OK || put_word(copier, "\n/Kids [") != OK)
        return STOP;
    for (uint32_t i = 0; i < copier->order->count; i++)
        if (put_reference(copier, copier->page_first + i) != OK || put_word(copier, "\n") != OK)
            return STOP;
    return put_word(copier, "]>>\nendobj\n");
}

static enum status put_table(struct copier *copier)
{
    char words[200], hex[65];
    size_t start = copier->out->size;
    int size = snprintf(words, sizeof words, "xref\n0 %u\n0000000000 65535 f \n", copier->count);
    if (put(copier, words, (size_t)size) != OK)
        return STOP;
    for (uint32_t i = 1; i < copier->count; i++) {
        size = snprintf(words, sizeof words, "%010zu 00000 n \n", copier->offset[i]);
        if (put(copier, words, (size_t)size) != OK)
            return STOP;
    }
    digest_hex(&copier->order->id, hex);
    size = snprintf(words, sizeof words,
                    "trailer\n<</Size %u/Root 1 0 R/Info 3 0 R/ID[<%.32s><%.32s>]>>\n"
                    "startxref\n%zu\n%%%%EOF\n",
                    copier->count, hex, hex, start);
    return put(copier, words, (size_t)size);
}

static enum status copy_all(struct copier *copier)
{
    struct scan catalog;
    uint32_t pages = copier->order->count;
    copier->page_first = FIRST_FREE;
    copier->count = FIRST_FREE + pages;
    enum status status = put_head(copier);
    if (status == OK)
        status = find_trailer(copier, &catalog);
    if (status == OK)
        status = put_catalog(copier, catalog);
    if (status == OK)
        status = put_info(copier);
    if (status == OK)
        status = put_tree(copier);
    for (uint32_t i = 0; status == OK && i < pages; i++)
        status = put_page(copier, i);
    for (uint32_t i = FIRST_FREE + pages; status == OK && i < copier->count; i++)
        status = put_object(copier, i);
    return status == OK ? put_table(copier) : status;
}

enum status reprint_copy(const struct copy_order *order, struct buffer *out, struct error *error)
{
    struct copier copier = {.order = order, .out = out, .error = error};
    enum status status = OK;
    copier.room = order->from->count + order->count + FIRST_FREE;
    size_t objects = order->from->count;
    copier.number = memory_new(objects * sizeof *copier.number);
    copier.queue = memory_new(copier.room * sizeof *copier.queue);
    copier.offset = memory_new(copier.room * sizeof *copier.offset);
    if (!copier.number || !copier.queue || !copier.offset)
        status = error_set(error, MSG_NO_MEMORY);
    if (status == OK)
        status = copy_all(&copier);
    memory_free(copier.number, objects * sizeof *copier.number);
    memory_free(copier.queue, copier.room * sizeof *copier.queue);
    memory_free(copier.offset, copier.room * sizeof *copier.offset);
    return status;
}
