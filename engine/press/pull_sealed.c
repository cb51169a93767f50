/* press/pull_sealed.c -- what a sealed slip says above its count, for the one that takes its place: title, employer,
 * sender, day. Neither job nor input is at hand, so the sealed sheet itself is read. It is trusted only when its file
 * is that of the ledger. */
#include "press/pull_inside.h"

#include "readback/readback.h"

/* Lengths of readback: thousandths of a point. */
#define LINE 11339 /* 4 mm: what stands nearer to the count is in its line */
static emu length_of(int64_t milli_points)
{
    return (emu)(milli_points * EMU_PER_PT / 1000);
}

static struct text words_of(const struct read_list *list, const struct read_item *item)
{
    return (struct text){list->words + item->as.text.words, item->as.text.length};
}

static bool ends_with(struct text text, const char *ending)
{
    size_t size = strlen(ending);
    return text.length >= size && memcmp(text.bytes + text.length - size, ending, size) == 0;
}

/* Height of the highest text that ends in 通: the count. False: there is none, what changes is not known. */
static bool find_count(const struct read_list *list, int32_t *y)
{
    bool found = false;
    for (uint32_t i = 0; i < list->item_count; i++) {
        const struct read_item *item = &list->items[i];
        if (item->kind != READ_TEXT || !ends_with(words_of(list, item), "通") ||
            (found && item->as.text.y < *y))
            continue;
        *y = item->as.text.y;
        found = true;
    }
    return found;
}

static void copy_text(struct pull_pen *pen, const struct read_list *list, int32_t height,
                      const struct read_item *item)
{
    emu size = length_of(list->runs[item->as.text.first_run].size);
    emu x = length_of(item->as.text.x), y = length_of(height - (int64_t)item->as.text.y);
    uint32_t before = pen->page.list.count;
    paper_words(pen, words_of(list, item), x, y, size, 205 * PAPER_MM - x);
    if (pen->status != OK || pen->page.list.count == before)
        return;
    struct item_text *text = &pen->page.list.items[before].as.text;
    uint16_t scale = (uint16_t)(item->as.text.scale / 100);
    text->scale = scale >= 100 && scale < text->scale ? scale : text->scale;
}

static void copy_list(struct pull_pen *pen, const struct read_list *list, int32_t height,
                      int32_t above)
{
    for (uint32_t i = 0; i < list->item_count; i++) {
        const struct read_item *item = &list->items[i];
        if (item->kind == READ_TEXT && item->as.text.runs && item->as.text.y > above && !item->mark)
            copy_text(pen, list, height, item);
    }
}

/* What all sheets of a form share lies in a layer of its own. */
static bool copy_head(const struct readback *pdf, struct pull_pen *pen,
                      const struct read_page *page)
{
    const struct read_list *layer = page->layer ? readback_layer(pdf, page->layer) : NULL;
    int32_t count = 0;
    if (!find_count(&page->list, &count))
        return false;
    if (layer)
        copy_list(pen, layer, page->height, count + LINE);
    copy_list(pen, &page->list, page->height, count + LINE);
    return true;
}

/* -- files -- */

enum status sealed_lot(struct pull_sealed *sealed, const struct outbook *book, struct text name,
                       struct error *error)
{
    char path[LIMIT_PATH];
    struct digest have;
    const struct outbook_lot *lot = NULL;
    for (uint32_t i = 0; i < book->lot_count; i++)
        if (text_is(name, book->lots[i].name))
            lot = &book->lots[i];
    if (lot && lot == sealed->lot)
        return OK;
    sealed_close(sealed);
    if (!lot || !os_path_join(path, book->folder, lot->name) || !os_exists(path))
        return error_at(error, MSG_VERIFY_LOT_MISSING, book->folder, 0, name);
    if (os_map(path, VERIFY_FILE_LIMIT, &sealed->map, error) != OK ||
        digest_of(sealed->map.bytes, sealed->map.size, &have, error) != OK)
        return STOP;
    if (memcmp(&have, &lot->digest, sizeof have) != 0)
        return error_at(error, MSG_VERIFY_LOT_CHANGED, book->folder, 0, name);
    sealed->lot = lot;
    if (digester_new(&sealed->digester, error) != OK)
        return STOP;
    return readback_open(sealed->map.bytes, sealed->map.size, sealed->digester, &sealed->pdf,
                         error);
}

enum status sealed_posting(struct pull_sealed *sealed, const struct outbook *book,
                           struct error *error)
{
    struct verify_table table;
    bool there;
    sealed_close(sealed);
    enum status status = outbook_table(book, "posting-list.pdf", "", &table, &there, error);
    sealed->map = table.map;
    if (status != OK || !there || sealed->map.size == 0)
        return status;
    status = digester_new(&sealed->digester, error);
    return status == OK ? readback_open(sealed->map.bytes, sealed->map.size, sealed->digester,
                                        &sealed->pdf, error)
                        : status;
}

void sealed_close(struct pull_sealed *sealed)
{
    readback_close(sealed->pdf);
    digester_free(sealed->digester);
    os_unmap(&sealed->map);
    *sealed = (struct pull_sealed){.lot = NULL};
}

/* -- pages -- */

bool sealed_head(struct pull_sealed *sealed, struct pull_pen *pen, uint64_t page)
{
    const struct read_page *read;
    if (pen->status != OK || !sealed->pdf || page == 0 || page > readback_pages(sealed->pdf))
        return false;
    pen->status = readback_page(sealed->pdf, (uint32_t)page - 1, &read, pen->error);
    return pen->status == OK && copy_head(sealed->pdf, pen, read);
}

static bool says(const struct read_list *list, struct text words)
{
    for (uint32_t i = 0; i < list->item_count; i++)
        if (list->items[i].kind == READ_TEXT && text_equal(words_of(list, &list->items[i]), words))
            return true;
    return false;
}

uint64_t sealed_find(struct pull_sealed *sealed, struct pull_pen *pen, struct text words)
{
    const struct read_page *read;
    for (uint32_t page = 0; sealed->pdf && page < readback_pages(sealed->pdf); page++) {
        if (pen->status == OK)
            pen->status = readback_page(sealed->pdf, page, &read, pen->error);
        if (pen->status != OK)
            return 0;
        if (says(&read->list, words))
            return page + 1;
    }
    return 0;
}
