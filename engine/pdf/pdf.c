#include "pdf/pdf.h"

#include "base/memory.h"
#include "base/utf8.h"
#include "pdf/catalog.h"

/* -- life -- */

void pdf_drop(struct pdf *pdf)
{
    if (!pdf)
        return;
    file_close(&pdf->file);
    packer_free(pdf->packer);
    haru_free(pdf->haru);
    faces_close(&pdf->faces);
    ink_free(&pdf->title);
    ink_free(&pdf->content);
    ink_free(&pdf->entries);
    memory_free(pdf->images, pdf->image_room * sizeof *pdf->images);
    memory_free(pdf->nodes, pdf->node_room * sizeof *pdf->nodes);
    memory_free(pdf, sizeof *pdf);
}

static void put_unit(struct ink *out, uint32_t unit)
{
    const uint8_t bytes[2] = {(uint8_t)(unit >> 8), (uint8_t)unit};

    ink_bytes(out, bytes, 2);
}

/* UTF-16BE behind its byte order mark (ISO 32000-1, 7.9.2.2). */
static void copy_title(struct ink *out, struct text title)
{
    const char *at = title.bytes, *end = at + title.length;

    put_unit(out, 0xFEFF);
    while (title.length > 0 && at < end) {
        uint32_t point = utf8_next(&at, end);

        point = point == UTF8_BAD ? 0xFFFD : point;
        if (point >= 0x10000) {
            put_unit(out, 0xD800 + ((point - 0x10000) >> 10));
            point = 0xDC00 + ((point - 0x10000) & 0x3FF);
        }
        put_unit(out, point);
    }
}

static enum status reserve_numbers(struct pdf *pdf, struct error *error)
{
    uint32_t *numbers[] = {&pdf->catalog, &pdf->root, &pdf->resources, &pdf->info,
                           &pdf->guides_group};
    size_t count = pdf->options.guides ? 5 : 4;

    for (size_t i = 0; i < count; i++)
        if (file_reserve(&pdf->file, numbers[i], error) != OK)
            return STOP;
    return OK;
}

static enum status open_parts(struct pdf *pdf, const struct sink *sink, struct error *error)
{
    uint32_t level = pdf->options.level ? pdf->options.level : 1;

    if (packer_new(level, &pdf->packer, error) != OK)
        return STOP;
    if (haru_new(&pdf->haru, error) != OK)
        return STOP;
    if (file_open(&pdf->file, sink, pdf->packer, error) != OK)
        return STOP;
    return reserve_numbers(pdf, error);
}

enum status pdf_new(const struct sink *sink, struct fonts *fonts, const struct pdf_options *options,
                    struct pdf **out, struct error *error)
{
    struct pdf *pdf = memory_new(sizeof *pdf);

    *out = NULL;
    if (!pdf)
        return error_set(error, MSG_NO_MEMORY);
    pdf->options = *options;
    faces_open(&pdf->faces, fonts);
    copy_title(&pdf->title, options->title);
    pdf->options.title = (struct text){0};
    if (open_parts(pdf, sink, error) != OK) {
        pdf_drop(pdf);
        return STOP;
    }
    *out = pdf;
    return OK;
}

/* -- pages -- */

/* The page may have left any text and line state; content_add counts on the defaults. */
static void add_guides_head(struct ink *ink)
{
    ink_words(ink, "/OC/OC0 BDC q\n100 Tz 0 Tc[]0 d/Guides cs 1 scn/Guides CS 1 SCN\n");
}

/* Marks follow the letter in the same stream, from the same defaults of text and line. Who reads the file again tells
 * them from the letter by the tag around them. */
static enum status add_marks(struct pdf *pdf, const struct page *page, struct error *error)
{
    ink_words(&pdf->content, "/Run BMC q 100 Tz 0 Tc[]0 d\n");
    if (content_add(pdf, &pdf->content, page->height, &page->marks, error) != OK)
        return STOP;
    ink_words(&pdf->content, "Q EMC\n");
    return OK;
}

/* A plate is known by the layer that it belongs to, so that a page's content depends on nothing but the page. */
static enum status find_plate(struct pdf *pdf, const struct page *page, uint32_t *out,
                              struct error *error)
{
    struct text name = page->plate;

    *out = page->layer ? page->layer->index : 0;
    if (*out > LIMIT_FORMS || name.length == 0 || name.length >= PLATE_NAME)
        return error_set(error, MSG_BUG);
    struct plate *plate = &pdf->plates[*out];
    if (!plate->name[0]) {
        memcpy(plate->name, name.bytes, name.length);
        pdf->has_plates = true;
    }
    return text_is(name, plate->name) ? OK : error_set(error, MSG_BUG);
}

static bool only_strokes(const struct item_list *list)
{
    for (uint32_t i = 0; i < list->count; i++) {
        const struct item *item = &list->items[i];
        if (item->kind != ITEM_STROKE && (item->kind != ITEM_PATH || item->as.path.width == 0))
            return false;
    }
    return true;
}

/* Strokes for the die cutter: on their plate alone, and what is printed below them is not knocked out. */
static enum status add_die(struct pdf *pdf, const struct page *page, struct error *error)
{
    struct ink *ink = &pdf->content;
    uint32_t plate;

    if (!only_strokes(&page->die)) /* what is filled would be black */
        return error_set(error, MSG_BUG);
    if (find_plate(pdf, page, &plate, error) != OK)
        return STOP;
    ink_words(ink, "q 100 Tz 0 Tc[]0 d/Over gs/P");
    ink_integer(ink, plate);
    ink_words(ink, " CS 1 SCN\n");
    if (content_add(pdf, ink, page->height, &page->die, error) != OK)
        return STOP;
    ink_words(ink, "Q\n");
    return OK;
}

/* One black for everything on the page, the layer included: a form begins with the colour of its
 * page. */
static enum status make_content(struct pdf *pdf, const struct page *page, struct error *error)
{
    struct ink *ink = &pdf->content;

    ink->size = 0;
    ink_words(ink, "0 g 0 G\n");
    if (page->layer) {
        if (objects_form(pdf, page, error) != OK)
            return STOP;
        ink_words(ink, "/Fm");
        ink_integer(ink, page->layer->index);
        ink_words(ink, " Do\n");
    }
    if (content_add(pdf, ink, page->height, &page->list, error) != OK)
        return STOP;
    if (page->marks.count > 0 && add_marks(pdf, page, error) != OK)
        return STOP;
    if (page->die.count > 0 && add_die(pdf, page, error) != OK)
        return STOP;
    if (!pdf->options.guides || page->guides.count == 0)
        return OK;
    add_guides_head(ink);
    if (content_add(pdf, ink, page->height, &page->guides, error) != OK)
        return STOP;
    ink_words(ink, "Q EMC\n");
    return OK;
}

static void put_box(struct ink *ink, const char *key, const struct page *page)
{
    ink_words(ink, key);
    ink_words(ink, "[0 0 ");
    ink_thousandths(ink, thousandths(page->width));
    ink_words(ink, " ");
    ink_thousandths(ink, thousandths(page->height));
    ink_words(ink, "]");
}

/* MediaBox is inherited where it is that of A4 (tree.c), TrimBox cannot be (ISO 32000-1, table 30). */
static void make_entries(struct pdf *pdf, const struct page *page, uint32_t parent)
{
    struct ink *ink = &pdf->entries;

    ink->size = 0;
    ink_words(ink, "/Type/Page/Parent ");
    ink_integer(ink, parent);
    ink_words(ink, " 0 R");
    if (page->width != A4_WIDTH || page->height != A4_HEIGHT)
        put_box(ink, "/MediaBox", page);
    put_box(ink, "/TrimBox", page);
}

enum status pdf_page(struct pdf *pdf, const struct page *page, struct error *error)
{
    uint32_t content_number, page_number, parent;

    if (make_content(pdf, page, error) != OK)
        return STOP;
    if (file_reserve(&pdf->file, &content_number, error) != OK ||
        file_reserve(&pdf->file, &page_number, error) != OK ||
        tree_add_page(pdf, page_number, &parent, error) != OK)
        return STOP;
    make_entries(pdf, page, parent);
    if (pdf->entries.failed)
        return error_set(error, MSG_NO_MEMORY);
    return file_page(&pdf->file, content_number, page_number, &pdf->content,
                     (struct text){(const char *)pdf->entries.bytes, (uint32_t)pdf->entries.size},
                     error);
}

/* -- end -- */

static enum status write_end(struct pdf *pdf, const struct digest *id, struct error *error)
{
    uint32_t numbers[LIMIT_FACES];

    if (pdf->title.failed)
        return error_set(error, MSG_NO_MEMORY);
    if (embed_faces(pdf, numbers, error) != OK)
        return STOP;
    if (catalog_resources(pdf, numbers, error) != OK)
        return STOP;
    if (tree_end(pdf, error) != OK)
        return STOP;
    if (pdf->options.guides && catalog_guides_group(pdf, error) != OK)
        return STOP;
    if (catalog_info(pdf, error) != OK)
        return STOP;
    if (catalog_catalog(pdf, error) != OK)
        return STOP;
    return file_end(&pdf->file, pdf->catalog, pdf->info, id, error);
}

enum status pdf_close(struct pdf *pdf, const struct digest *id, struct error *error)
{
    enum status status = write_end(pdf, id, error);

    pdf_drop(pdf);
    return status;
}

/* -- measuring -- */

void pdf_measure(struct pdf *pdf, bool on)
{
    packer_measure(pdf->packer, on);
}

uint64_t pdf_deflate_us(const struct pdf *pdf)
{
    return packer_us(pdf->packer);
}
