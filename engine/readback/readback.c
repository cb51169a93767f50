#include "readback/readback.h"

#include "base/memory.h"
#include "page/events.h"
#include "readback/content.h"

#define LAYERS_MOST 256
#define IMAGES_MOST 1024

struct known_layer {
    uint32_t object;
    int32_t width, height;
    struct read_list list;
    bool digested;
    struct digest digest;
};

struct known_image {
    uint32_t object;
    struct read_image image;
    bool digested;
    struct digest digest;
};

struct readback {
    struct document document;
    struct tables tables;
    struct digester *digester; /* borrowed */
    struct digester *plain;    /* of layers and images */
    struct read_page page;
    const struct resources *resources; /* of the page in hand */
    struct known_layer layers[LAYERS_MOST];
    struct known_image images[IMAGES_MOST];
    uint32_t layer_count, image_count;
    struct events letter, marks, part;
    bool in_layer; /* one is being read: it may show images, no further layer */
};

/* -- life -- */

enum status readback_open(const void *bytes, size_t size, struct digester *digester,
                          struct readback **out, struct error *error)
{
    struct readback *readback = memory_new(sizeof *readback);

    *out = NULL;
    if (!readback)
        return error_set(error, MSG_NO_MEMORY);
    readback->digester = digester;
    tables_open(&readback->tables);
    if (digester_new(&readback->plain, error) != OK ||
        document_open(&readback->document, bytes, size, error) != OK) {
        readback_close(readback);
        return STOP;
    }
    *out = readback;
    return OK;
}

void readback_close(struct readback *readback)
{
    if (!readback)
        return;
    document_close(&readback->document);
    tables_close(&readback->tables);
    list_free(&readback->page.list);
    for (uint32_t i = 0; i < readback->layer_count; i++)
        list_free(&readback->layers[i].list);
    events_free(&readback->letter);
    events_free(&readback->marks);
    events_free(&readback->part);
    digester_free(readback->plain);
    memory_free(readback, sizeof *readback);
}

uint32_t readback_pages(const struct readback *readback)
{
    return readback->document.page_count;
}

const struct read_list *readback_layer(const struct readback *readback, uint32_t layer)
{
    return &readback->layers[layer - 1].list;
}

struct text readback_face(const struct readback *readback, uint32_t face)
{
    return readback->tables.faces[face];
}

struct text readback_ink(const struct readback *readback, uint32_t ink)
{
    return readback->tables.inks[ink];
}

struct read_image readback_image(const struct readback *readback, uint32_t image)
{
    return readback->images[image - 1].image;
}

/* -- XObjects, each read once -- */

static bool says(struct scan dictionary, const char *key, const char *name)
{
    struct scan value;

    return scan_find(dictionary, key, &value) && scan_is_name(&value, name);
}

static bool whole(struct scan dictionary, const char *key, uint32_t *out)
{
    struct scan value;

    return scan_find(dictionary, key, &value) && scan_whole(&value, out);
}

static bool painted_ones(struct scan dictionary)
{
    struct scan value;
    struct token tokens[4];

    if (!scan_find(dictionary, "Decode", &value))
        return false;
    for (int i = 0; i < 4; i++)
        tokens[i] = scan_token(&value);
    return tokens[0].kind == TOKEN_LIST && tokens[1].kind == TOKEN_NUMBER &&
           tokens[1].number == 1000 && tokens[2].kind == TOKEN_NUMBER && tokens[2].number == 0 &&
           tokens[3].kind == TOKEN_LIST_END;
}

static bool is_true(struct scan dictionary, const char *key)
{
    struct scan value;
    struct token token;

    if (!scan_find(dictionary, key, &value))
        return false;
    token = scan_token(&value);
    return token.kind == TOKEN_WORD && token_is(&token, "true");
}

static enum status read_image(struct readback *readback, uint32_t object,
                              const struct document_stream *stream, uint32_t *image,
                              struct error *error)
{
    size_t size = (size_t)(stream->bytes.end - stream->bytes.at);
    uint32_t columns, rows, bits;
    struct text copy;

    if (!whole(stream->dictionary, "Width", &columns) ||
        !whole(stream->dictionary, "Height", &rows) ||
        !whole(stream->dictionary, "BitsPerComponent", &bits) || bits != 1 ||
        !is_true(stream->dictionary, "ImageMask") || is_true(stream->dictionary, "Interpolate") ||
        !painted_ones(stream->dictionary) || columns == 0 || rows == 0 ||
        ((uint64_t)columns + 7) / 8 * rows != size)
        return error_set(error, MSG_READBACK_SHAPE);
    if (readback->image_count == IMAGES_MOST)
        return error_set(error, MSG_READBACK_LIMIT);
    copy = arena_text(&readback->tables.arena,
                      (struct text){(const char *)stream->bytes.at, (uint32_t)size});
    if (!copy.bytes)
        return error_set(error, MSG_READBACK_LIMIT);
    readback->images[readback->image_count++] = (struct known_image){
        .object = object, .image = {columns, rows, (const uint8_t *)copy.bytes}};
    *image = readback->image_count;
    return OK;
}

static enum status find_object(void *context, uint32_t object, uint32_t *layer, uint32_t *image,
                               struct error *error);

/* A layer has the names of its page, and its size. */
static enum status layer_is_whole(const struct readback *readback, struct scan dictionary,
                                  struct known_layer *known, struct error *error)
{
    struct scan value;
    uint32_t resources;

    if (!scan_find(dictionary, "Resources", &value) || !scan_reference(&value, &resources) ||
        resources != readback->resources->object || !scan_find(dictionary, "BBox", &value) ||
        !scan_box(&value, &known->width, &known->height) || scan_find(dictionary, "Matrix", &value))
        return error_set(error, MSG_READBACK_SHAPE);
    return OK;
}

static enum status read_layer(struct readback *readback, uint32_t object,
                              const struct document_stream *stream, uint32_t *layer,
                              struct error *error)
{
    struct known_layer *known = &readback->layers[readback->layer_count];
    struct content_reader reader = {.tables = &readback->tables,
                                    .resources = readback->resources,
                                    .list = &known->list,
                                    .object = find_object,
                                    .context = readback,
                                    .in_layer = true};
    enum status status;
    struct text copy;

    if (readback->layer_count == LAYERS_MOST)
        return error_set(error, MSG_READBACK_LIMIT);
    if (layer_is_whole(readback, stream->dictionary, known, error) != OK)
        return STOP;
    /* Reading it may inflate its images into the same buffer. */
    copy = arena_text(&readback->tables.arena,
                      (struct text){(const char *)stream->bytes.at,
                                    (uint32_t)(stream->bytes.end - stream->bytes.at)});
    if (!copy.bytes)
        return error_set(error, MSG_READBACK_LIMIT);
    known->object = object;
    known->digested = false;
    *layer = ++readback->layer_count; /* from now on closing frees its list */
    readback->in_layer = true;
    status = content_read(
        &reader,
        (struct scan){(const uint8_t *)copy.bytes, (const uint8_t *)copy.bytes + copy.length},
        error);
    readback->in_layer = false;
    if (status != OK)
        known->object = 0;
    return status;
}

static enum status find_object(void *context, uint32_t object, uint32_t *layer, uint32_t *image,
                               struct error *error)
{
    struct readback *readback = context;
    struct document_stream stream;

    for (uint32_t i = 0; i < readback->layer_count; i++)
        if (readback->layers[i].object == object) {
            *layer = i + 1;
            return OK;
        }
    for (uint32_t i = 0; i < readback->image_count; i++)
        if (readback->images[i].object == object) {
            *image = i + 1;
            return OK;
        }
    if (document_stream(&readback->document, object, &stream, error) != OK)
        return STOP;
    if (says(stream.dictionary, "Subtype", "Image"))
        return read_image(readback, object, &stream, image, error);
    if (says(stream.dictionary, "Subtype", "Form") && !readback->in_layer)
        return read_layer(readback, object, &stream, layer, error);
    return error_set(error, MSG_READBACK_SHAPE);
}

/* -- pages -- */

static enum status at_page(uint32_t page, struct error *error)
{
    if (error)
        error->line = page + 1;
    return STOP;
}

enum status readback_page(struct readback *readback, uint32_t page, const struct read_page **out,
                          struct error *error)
{
    const struct document_page *facts = &readback->document.pages[page];
    struct content_reader reader = {.tables = &readback->tables,
                                    .list = &readback->page.list,
                                    .object = find_object,
                                    .context = readback};
    struct scan content;

    if (tables_resources(&readback->tables, &readback->document, facts->resources,
                         &readback->resources, error) != OK ||
        document_content(&readback->document, page, &content, error) != OK)
        return at_page(page, error);
    reader.resources = readback->resources;
    if (content_read(&reader, content, error) != OK)
        return at_page(page, error);
    readback->page.width = facts->width;
    readback->page.height = facts->height;
    readback->page.layer = reader.layer;
    if (reader.layer && (readback->layers[reader.layer - 1].width != facts->width ||
                         readback->layers[reader.layer - 1].height != facts->height)) {
        (void)error_set(error, MSG_READBACK_SHAPE);
        return at_page(page, error);
    }
    *out = &readback->page;
    return OK;
}

/* -- digests -- */

static void put_text(struct readback *readback, struct events *events, const struct read_list *list,
                     const struct read_item *item)
{
    events_line(events, item->as.text.x, item->as.text.y, item->as.text.scale,
                item->as.text.spacing);
    for (uint32_t i = 0; i < item->as.text.runs; i++) {
        const struct read_run *run = &list->runs[item->as.text.first_run + i];
        uint8_t *ids;

        events_font(events, run->face, readback->tables.faces[run->face], run->size, run->rise);
        ids = events_run_begin(events, run->advance, run->count);
        if (!ids)
            return;
        memcpy(ids, list->glyphs + 2 * (size_t)run->first_glyph, 2 * (size_t)run->count);
        events_run_end(events, ids, run->count);
    }
    events_words(events, (struct text){list->words + item->as.text.words, item->as.text.length});
}

static void put_path(struct events *events, const struct read_list *list,
                     const struct read_item *item)
{
    if (item->kind == READ_STROKE)
        events_stroke(events, item->as.path.width, item->as.path.dash_on, item->as.path.dash_off);
    else
        events_fill(events, item->as.path.even_odd);
    for (uint32_t i = 0; i < item->as.path.steps; i++) {
        const struct read_step *step = &list->steps[item->as.path.first_step + i];

        events_step(events, step->step, step->numbers, step->count);
    }
    if (item->kind == READ_STROKE)
        events_stroke_end(events);
    else
        events_fill_end(events);
}

static struct event_mask mask_of(const struct read_item *item, uint32_t columns, uint32_t rows,
                                 const uint8_t *bits)
{
    return (struct event_mask){.w = item->as.mask.w,
                               .h = item->as.mask.h,
                               .x = item->as.mask.x,
                               .y = item->as.mask.y,
                               .columns = columns,
                               .rows = rows,
                               .row_bytes = (columns + 7) / 8,
                               .bits = bits};
}

static enum status put_image(struct readback *readback, struct events *events,
                             const struct read_item *item, struct error *error)
{
    struct known_image *known = &readback->images[item->as.mask.image - 1];
    const struct event_mask mask =
        mask_of(item, known->image.columns, known->image.rows, known->image.bits);
    struct events scratch = {0};
    enum status status = OK;

    if (!known->digested)
        status = events_bits_digest(&scratch, &mask, readback->plain, &known->digest, error);
    events_free(&scratch);
    known->digested = status == OK;
    if (status == OK)
        events_image(events, &mask, &known->digest);
    return status;
}

static enum status put_item(struct readback *readback, struct events *events,
                            const struct read_list *list, const struct read_item *item,
                            struct error *error)
{
    struct event_mask mask;

    switch (item->kind) {
    case READ_TEXT:
        put_text(readback, events, list, item);
        return OK;
    case READ_STROKE:
    case READ_FILL:
        put_path(events, list, item);
        return OK;
    case READ_MASK:
        mask = mask_of(item, item->as.mask.columns, item->as.mask.rows,
                       list->bits + item->as.mask.bits);
        events_mask(events, &mask);
        return OK;
    case READ_IMAGE:
        return put_image(readback, events, item, error);
    }
    return error_set(error, MSG_BUG);
}

/* The marks of the run, or all the rest. What a reader of the PDF can switch off is no part of a finished sheet. Plates
 * overprint, black does not. */
static enum status put_list(struct readback *readback, struct events *events,
                            const struct read_list *list, bool marks, struct error *error)
{
    uint16_t ink = 0;

    for (uint32_t i = 0; i < list->item_count; i++) {
        const struct read_item *item = &list->items[i];

        if (item->mark != marks)
            continue;
        if (item->layered || (item->ink != 0 && !item->over))
            return error_set(error, MSG_READBACK_CONTENT);
        if (item->ink != ink)
            events_ink(events, readback->tables.inks[item->ink], item->ink ? 1000 : 0);
        ink = item->ink;
        if (put_item(readback, events, list, item, error) != OK)
            return STOP;
    }
    return OK;
}

static enum status layer_digest_of(struct readback *readback, uint32_t layer,
                                   const struct digest **out, struct error *error)
{
    struct known_layer *known = &readback->layers[layer - 1];

    *out = &known->digest;
    if (known->digested)
        return OK;
    events_layer(&readback->part);
    if (put_list(readback, &readback->part, &known->list, false, error) != OK ||
        events_digest(&readback->part, readback->plain, &known->digest, error) != OK)
        return STOP;
    known->digested = true;
    return OK;
}

void readback_sheet_start(struct readback *readback)
{
    events_letter(&readback->letter);
    events_sheet(&readback->marks);
}

enum status readback_sheet_add(struct readback *readback, uint32_t page,
                               const struct read_page **out, struct error *error)
{
    const struct digest *layer = NULL;

    if (readback_page(readback, page, out, error) != OK)
        return STOP;
    if ((*out)->layer && layer_digest_of(readback, (*out)->layer, &layer, error) != OK)
        return at_page(page, error);
    events_page(&readback->letter, (*out)->width, (*out)->height, layer);
    if (put_list(readback, &readback->letter, &(*out)->list, false, error) != OK ||
        put_list(readback, &readback->marks, &(*out)->list, true, error) != OK)
        return at_page(page, error);
    events_page_end(&readback->letter);
    events_page_end(&readback->marks);
    return OK;
}

enum status readback_sheet_end(struct readback *readback, struct digest *letter,
                               struct digest *sheet, struct error *error)
{
    if (events_digest(&readback->letter, readback->digester, letter, error) != OK)
        return STOP;
    events_sheet_of(&readback->marks, letter);
    return events_digest(&readback->marks, readback->digester, sheet, error);
}
