#include "readback/content.h"

#define SIDE_MOST 32768u

struct mask_head {
    uint32_t columns, rows;
    bool mask, decoded, hex;
};

static bool read_decode(struct scan *scan)
{
    struct token first, second;

    if (scan_token(scan).kind != TOKEN_LIST)
        return false;
    first = scan_token(scan);
    second = scan_token(scan);
    return first.kind == TOKEN_NUMBER && first.number == 1000 && second.kind == TOKEN_NUMBER &&
           second.number == 0 && scan_token(scan).kind == TOKEN_LIST_END;
}

static bool read_entry(struct scan *scan, const struct token *key, struct mask_head *head)
{
    if (key->kind != TOKEN_NAME)
        return false;
    if (token_is(key, "W"))
        return scan_whole(scan, &head->columns);
    if (token_is(key, "H"))
        return scan_whole(scan, &head->rows);
    if (token_is(key, "D"))
        return head->decoded = read_decode(scan);
    if (token_is(key, "F"))
        return head->hex = scan_is_name(scan, "AHx");
    if (token_is(key, "IM")) {
        struct token value = scan_token(scan);

        return head->mask = value.kind == TOKEN_WORD && token_is(&value, "true");
    }
    return false;
}

/* All five entries, then ID. */
static bool read_head(struct scan *scan, struct mask_head *head)
{
    for (;;) {
        struct token key = scan_token(scan);

        if (key.kind == TOKEN_WORD && token_is(&key, "ID"))
            return head->mask && head->decoded && head->hex && head->columns > 0 &&
                   head->rows > 0 && head->columns <= SIDE_MOST && head->rows <= SIDE_MOST;
        if (!read_entry(scan, &key, head))
            return false;
    }
}

/* The digits up to >, as they would stand behind a <. */
static bool read_digits(struct scan *scan, struct token *hex)
{
    const uint8_t *close = memchr(scan->at, '>', (size_t)(scan->end - scan->at));

    if (!close)
        return false;
    *hex =
        (struct token){.kind = TOKEN_HEX, .bytes = scan->at, .size = (uint32_t)(close - scan->at)};
    scan->at = close + 1;
    return true;
}

enum status content_mask(struct content_run *run)
{
    struct mask_head head = {0};
    struct token hex, word;
    struct read_item *item;
    uint32_t size, read;
    uint8_t *bits;

    if (!run->now.placed || !read_head(&run->scan, &head) || !read_digits(&run->scan, &hex))
        return content_strange(run);
    size = (head.columns + 7) / 8 * head.rows;
    if (hex.size / 2 < size)
        return content_strange(run);
    bits = list_bits(run->list, size);
    item = list_item(run->list, READ_MASK);
    if (!bits || !item)
        return content_short(run);
    if (!scan_hex(&hex, bits, size, &read) || read != size)
        return content_strange(run);
    content_dress(run, item, run->now.fill);
    item->as.mask.w = run->now.w;
    item->as.mask.h = run->now.h;
    item->as.mask.x = run->now.x;
    item->as.mask.y = run->now.y;
    item->as.mask.columns = head.columns;
    item->as.mask.rows = head.rows;
    item->as.mask.bits = run->list->bit_bytes;
    run->list->bit_bytes += size;
    word = scan_token(&run->scan);
    return word.kind == TOKEN_WORD && token_is(&word, "EI") ? OK : content_strange(run);
}
