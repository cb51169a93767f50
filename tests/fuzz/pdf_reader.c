/* Any bytes as a lot, or as the content of a sound one. First byte: which.
 * What is read is refused by number or given whole: items within their lists, texts UTF-8, and the same digest when
 * it is read again. */
#include "unit/readback_file.h"

#include "base/utf8.h"
#include "readback/readback.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int condition)
{
    if (!condition)
        abort();
}

static void check_item(const struct read_list *list, const struct read_item *item)
{
    if (item->kind == READ_TEXT) {
        struct text words = {list->words + item->as.text.words, item->as.text.length};

        must(item->as.text.words + item->as.text.length <= list->word_bytes);
        must(item->as.text.first_run + item->as.text.runs <= list->run_count);
        must(words.length == 0 || utf8_check(words) == words.length);
    } else if (item->kind == READ_STROKE || item->kind == READ_FILL) {
        must(item->as.path.first_step + item->as.path.steps <= list->step_count);
    } else if (item->kind == READ_MASK) {
        must(item->as.mask.bits + (item->as.mask.columns + 7) / 8 * item->as.mask.rows <=
             list->bit_bytes);
    }
}

static void check_page(const struct read_page *page)
{
    for (uint32_t i = 0; i < page->list.item_count; i++)
        check_item(&page->list, &page->list.items[i]);
    for (uint32_t i = 0; i < page->list.run_count; i++)
        must(page->list.runs[i].first_glyph + page->list.runs[i].count <= page->list.glyph_count);
}

static enum status read_all(const uint8_t *bytes, size_t size, struct digest *sheet)
{
    struct digester *digester = NULL;
    struct readback *readback = NULL;
    const struct read_page *page;
    struct digest letter;
    struct error error;
    enum status status;

    must(digester_new(&digester, &error) == OK);
    status = readback_open(bytes, size, digester, &readback, &error);
    if (status == OK)
        readback_sheet_start(readback);
    for (uint32_t i = 0; status == OK && i < readback_pages(readback) && i < 100; i++) {
        status = readback_sheet_add(readback, i, &page, &error);
        if (status == OK)
            check_page(page);
    }
    if (status == OK)
        status = readback_sheet_end(readback, &letter, sheet, &error);
    must(status == OK ||
         (error.message >= MSG_READBACK_DAMAGED && error.message <= MSG_READBACK_LIMIT));
    readback_close(readback);
    digester_free(digester);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct digest first, second;
    struct hand hand = {0};

    if (size < 1)
        return 0;
    if (data[0] == '%')
        hand_add(&hand, data, size);
    else
        hand = hand_file(data + 1, size - 1);
    if (read_all(hand.bytes, hand.size, &first) == OK) {
        must(read_all(hand.bytes, hand.size, &second) == OK);
        must(memcmp(&first, &second, sizeof first) == 0);
    }
    free(hand.bytes);
    return 0;
}
