#include "readback/content.h"

#define SPAN_BYTES 4096u /* of one ActualText */

/* -- lines -- */

/* The line's item, made with its first glyph or words: a place where nothing stands is nothing. */
static struct read_item *line_item(struct content_run *run)
{
    struct read_item *item;

    if (run->line >= 0)
        return &run->list->items[run->line];
    item = list_item(run->list, READ_TEXT);
    if (!item)
        return NULL;
    run->line = (int64_t)run->list->item_count - 1;
    run->run_open = false;
    content_dress(run, item, run->now.fill);
    item->as.text.x = run->line_x;
    item->as.text.y = run->line_y;
    item->as.text.scale = run->now.scale;
    item->as.text.spacing = run->now.spacing;
    item->as.text.first_run = run->list->run_count;
    item->as.text.words = run->list->word_bytes;
    return item;
}

void content_close_line(struct content_run *run)
{
    run->line_open = run->run_open = false;
    run->line = -1;
}

static enum status add_words(struct content_run *run, struct read_item *item, struct text words)
{
    char *to;

    if (words.length == 0)
        return OK;
    to = list_saying(run->list, words.length);
    if (!to)
        return content_short(run);
    memcpy(to, words.bytes, words.length);
    run->list->word_bytes += words.length;
    item->as.text.length += words.length;
    return OK;
}

/* -- glyphs -- */

/* The run that takes a glyph of this advance. */
static struct read_run *run_for(struct content_run *run, struct read_item *item, int32_t advance)
{
    const struct content_state *now = &run->now;
    struct read_run *last = run->run_open ? &run->list->runs[run->list->run_count - 1] : NULL;

    if (last && last->advance == advance && last->face == now->font->face &&
        last->size == now->size && last->rise == now->rise)
        return last;
    last = list_run(run->list);
    if (!last)
        return NULL;
    *last = (struct read_run){.face = now->font->face,
                              .size = now->size,
                              .rise = now->rise,
                              .advance = advance,
                              .first_glyph = run->list->glyph_count};
    item->as.text.runs++;
    run->run_open = true;
    return last;
}

static bool glyph_of(const struct read_font *font, unsigned cid, unsigned *glyph)
{
    *glyph = cid;
    if (!font->glyphs)
        return true;
    if (cid >= font->glyph_count)
        return false;
    *glyph = (unsigned)font->glyphs[2 * cid] << 8 | font->glyphs[2 * cid + 1];
    return true;
}

/* Room for its glyph was made. */
static enum status add_glyph(struct content_run *run, struct read_item *item, unsigned cid,
                             int32_t back)
{
    struct read_list *list = run->list;
    int64_t advance = (int64_t)font_width(run->now.font, cid) - back;
    struct read_run *to;
    unsigned glyph;

    if (advance < INT32_MIN || advance > INT32_MAX || !glyph_of(run->now.font, cid, &glyph))
        return content_strange(run);
    to = run_for(run, item, (int32_t)advance);
    if (!to)
        return content_short(run);
    list->glyphs[2 * (size_t)list->glyph_count] = (uint8_t)glyph;
    list->glyphs[2 * (size_t)list->glyph_count + 1] = (uint8_t)(glyph >> 8);
    list->glyph_count++;
    to->count++;
    return run->in_span ? OK : add_words(run, item, font_words(run->now.font, cid));
}

/* Value + 1 of a hexadecimal digit; 0: none. */
static const uint8_t digits[256] = {
    ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
    ['8'] = 9,  ['9'] = 10, ['A'] = 11, ['B'] = 12, ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
    ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16};

static bool code_at(const uint8_t *at, unsigned *cid)
{
    unsigned value = 0;

    for (int i = 0; i < 4; i++) {
        unsigned digit = digits[at[i]];

        if (digit == 0)
            return false;
        value = value << 4 | (digit - 1);
    }
    *cid = value;
    return true;
}

/* back: the move behind the last glyph. */
static enum status show(struct content_run *run, const struct token *hex, int32_t back)
{
    uint32_t count = hex->size / 4;
    struct read_item *item;

    if (!run->line_open || !run->now.font || hex->size % 4 || count == 0)
        return content_strange(run);
    item = line_item(run);
    if (!item || !list_glyphs(run->list, count))
        return content_short(run);
    for (uint32_t i = 0; i < count; i++) {
        unsigned cid;

        if (!code_at(hex->bytes + 4 * (size_t)i, &cid))
            return content_strange(run);
        if (add_glyph(run, item, cid, i + 1 == count ? back : 0) != OK)
            return STOP;
    }
    return OK;
}

enum status content_show(struct content_run *run, const struct token *hex)
{
    return show(run, hex, 0);
}

enum status content_show_moved(struct content_run *run)
{
    for (;;) {
        struct token hex = scan_token(&run->scan), move;
        struct scan behind;
        int32_t back = 0;

        if (hex.kind == TOKEN_LIST_END)
            return OK;
        if (hex.kind != TOKEN_HEX)
            return content_strange(run);
        behind = run->scan;
        move = scan_token(&behind);
        if (token_fits(&move)) {
            back = (int32_t)move.number;
            run->scan = behind;
        }
        /* Behind a last move the writer puts an empty string. */
        if (hex.size > 0 && show(run, &hex, back) != OK)
            return STOP;
        if (hex.size == 0 && back != 0)
            return content_strange(run);
    }
}

/* -- what a run of glyphs says otherwise (14.9.4) -- */

enum status content_span(struct content_run *run)
{
    struct token key = scan_token(&run->scan), hex = scan_token(&run->scan), word;
    uint8_t units[SPAN_BYTES];
    char words[SPAN_BYTES * 2];
    struct read_item *item;
    uint32_t size, length;

    if (!run->line_open || run->in_span || key.kind != TOKEN_NAME ||
        !token_is(&key, "ActualText") || hex.kind != TOKEN_HEX ||
        scan_token(&run->scan).kind != TOKEN_CLOSE)
        return content_strange(run);
    word = scan_token(&run->scan);
    if (word.kind != TOKEN_WORD || !token_is(&word, "BDC") ||
        !scan_hex(&hex, units, sizeof units, &size) || size < 2 || units[0] != 0xFE ||
        units[1] != 0xFF || !scan_utf16(units + 2, size - 2, words, &length))
        return content_strange(run);
    item = line_item(run);
    if (!item)
        return content_short(run);
    run->in_span = true;
    return add_words(run, item, (struct text){words, length});
}
