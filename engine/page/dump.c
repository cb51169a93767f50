#include "page/page.h"

/* Form of the dump, one item a line:
 *   page 1 209.973 297.011                                   number, width, height in mm
 *   layer                                                    items of the layer follow
 *   box 112.400 231.000 85.600 54.000 0.3pt dash 3pt 2pt radius 3.000
 *   letter                                                   what differs follows
 *   text 20.000 36.000 16pt BIZUDMincho 100% 架空 太郎 様     "spacing 0.100" before the words when not 0
 *   modules 170.000 129.000 0.508 33 SHA-256                 side of a module, modules a side (33x35: across and down),
 *                                                            digest of the rows
 *   bitmap 20.000 12.000 30.000 10.000 354x118 SHA-256
 *   path 12 40 nonzero SHA-256                               steps, points; stroked 0.25pt in place of the fill rule
 *   bars 22.000 45.000 67 SHA-256                            corner, bars, digest of their dots
 *   marks                                                    of the run
 *   die CutContour                                           for the die cutter, and the name of its plate
 *   guides                                                   with --guides
 */

#define LINE_BYTES 1024

/* Words gathered for the sink; a failure sticks. */
struct dump {
    const struct sink *sink;
    const struct fonts *fonts;
    struct error *error;
    enum status status;
    size_t used;
    char bytes[LINE_BYTES];
};

static void dump_flush(struct dump *dump)
{
    if (dump->status == OK && dump->used > 0)
        dump->status = sink_write(dump->sink, dump->bytes, dump->used, dump->error);
    dump->used = 0;
}

static void add_byte(struct dump *dump, char byte)
{
    if (dump->used == LINE_BYTES)
        dump_flush(dump);
    dump->bytes[dump->used++] = byte;
}

static void add_bytes(struct dump *dump, const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        add_byte(dump, bytes[i]);
}

static void add(struct dump *dump, const char *words)
{
    add_bytes(dump, words, strlen(words));
}

static void add_number(struct dump *dump, uint64_t number)
{
    char digits[TEXT_NUMBER];
    struct text text = text_number(number, digits);

    add_bytes(dump, text.bytes, text.length);
}

/* Thousandths of a unit; trim: without zeros at the end. */
static void add_thousandths(struct dump *dump, int64_t value, bool trim)
{
    uint64_t size = value < 0 ? (uint64_t)-value : (uint64_t)value;
    unsigned rest = (unsigned)(size % 1000);

    if (value < 0)
        add_byte(dump, '-');
    add_number(dump, size / 1000);
    if (trim && rest == 0)
        return;
    add_byte(dump, '.');
    for (unsigned place = 100; place > 0 && !(trim && rest == 0); place /= 10) {
        add_byte(dump, (char)('0' + rest / place));
        rest %= place;
    }
}

static int64_t divide_rounded(int64_t value, int64_t divisor)
{
    return value < 0 ? -((-value * 2 + divisor) / (divisor * 2))
                     : (value * 2 + divisor) / (divisor * 2);
}

static void add_mm(struct dump *dump, emu value)
{
    add_byte(dump, ' ');
    add_thousandths(dump, divide_rounded((int64_t)value * 1000, EMU_PER_MM), false);
}

static void add_pt(struct dump *dump, emu value)
{
    add_byte(dump, ' ');
    add_thousandths(dump, divide_rounded((int64_t)value * 1000, EMU_PER_PT), true);
    add(dump, "pt");
}

/* -- digests of bits and outlines -- */

/* The rows without the filling of the last byte, so that the dump shows what is printed and no
 * more. */
static enum status bits_digest(const uint8_t *bits, uint32_t columns, uint32_t rows,
                               uint32_t row_bytes, struct digest *out, struct error *error)
{
    struct buffer buffer = {0};
    struct digest none = {{0}};
    enum status status = OK;

    *out = none;
    for (uint32_t row = 0; row < rows && status == OK; row++, bits += row_bytes) {
        status = buffer_add(&buffer, bits, (columns + 7) / 8, error);
        if (status == OK && columns % 8)
            buffer.bytes[buffer.size - 1] &= (uint8_t)(0xff00u >> columns % 8);
    }
    if (status == OK)
        status = digest_of(buffer.bytes, buffer.size, out, error);
    buffer_free(&buffer);
    return status;
}

static enum status path_digest(const struct item_path *path, struct digest *out,
                               struct error *error)
{
    struct buffer buffer = {0};
    enum status status = buffer_add(&buffer, path->steps, path->step_count, error);

    for (uint32_t i = 0; i < 2 * path->point_count && status == OK; i++) {
        uint32_t value = (uint32_t)path->points[i];
        const uint8_t bytes[] = {(uint8_t)value, (uint8_t)(value >> 8), (uint8_t)(value >> 16),
                                 (uint8_t)(value >> 24)};

        status = buffer_add(&buffer, bytes, sizeof bytes, error);
    }
    if (status == OK)
        status = digest_of(buffer.bytes, buffer.size, out, error);
    buffer_free(&buffer);
    return status;
}

static void add_digest(struct dump *dump, enum status status, const struct digest *digest)
{
    char hex[65];

    if (dump->status == OK)
        dump->status = status;
    if (status != OK)
        return;
    digest_hex(digest, hex);
    add_byte(dump, ' ');
    add(dump, hex);
}

/* -- items -- */

/* All faces of a line, by order of first use: BIZUDMincho+IPAmjMincho. */
static void add_faces(struct dump *dump, const struct item_text *text)
{
    for (uint32_t i = 0; i < text->count; i++) {
        uint32_t before = 0;
        struct text name;

        while (before < i && text->glyphs[before].face != text->glyphs[i].face)
            before++;
        if (before < i)
            continue;
        add_byte(dump, i == 0 ? ' ' : '+');
        name = fonts_face(dump->fonts, text->glyphs[i].face)->name;
        add_bytes(dump, name.bytes, name.length);
    }
}

/* A line stays a line: control characters are shown as \xNN. */
static void add_words(struct dump *dump, struct text text)
{
    static const char hex[] = "0123456789abcdef";

    for (uint32_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.bytes[i];

        if (byte >= 0x20 && byte != 0x7f) {
            add_byte(dump, (char)byte);
            continue;
        }
        add(dump, "\\x");
        add_byte(dump, hex[byte >> 4]);
        add_byte(dump, hex[byte & 15]);
    }
}

static void dump_text(struct dump *dump, const struct item_text *text)
{
    add(dump, "text");
    add_mm(dump, text->x);
    add_mm(dump, text->y);
    add_pt(dump, text->size);
    add_faces(dump, text);
    add_byte(dump, ' ');
    add_thousandths(dump, (int64_t)text->scale * 100, true);
    add_byte(dump, '%');
    if (text->spacing != 0) {
        add(dump, " spacing");
        add_mm(dump, text->spacing);
    }
    add_byte(dump, ' ');
    add_words(dump, text->text);
}

static void dump_stroke(struct dump *dump, const struct item_stroke *stroke)
{
    add(dump, stroke->w == 0 || stroke->h == 0 ? "line" : "box");
    add_mm(dump, stroke->x);
    add_mm(dump, stroke->y);
    add_mm(dump, stroke->w);
    add_mm(dump, stroke->h);
    add_pt(dump, stroke->width);
    if (stroke->dash_on != 0 || stroke->dash_off != 0) {
        add(dump, " dash");
        add_pt(dump, stroke->dash_on);
        add_pt(dump, stroke->dash_off);
    }
    if (stroke->radius != 0) {
        add(dump, " radius");
        add_mm(dump, stroke->radius);
    }
}

static void dump_modules(struct dump *dump, const struct item_modules *modules)
{
    struct digest digest;
    enum status status;

    add(dump, "modules");
    add_mm(dump, modules->x);
    add_mm(dump, modules->y);
    add_mm(dump, modules->module);
    add_byte(dump, ' ');
    add_number(dump, modules->count);
    if (modules->rows) {
        add_byte(dump, 'x');
        add_number(dump, modules->rows);
    }
    status = bits_digest(modules->bits, modules->count, modules_down(modules), modules->row_bytes,
                         &digest, dump->error);
    add_digest(dump, status, &digest);
}

static void dump_bitmap(struct dump *dump, const struct item_bitmap *bitmap)
{
    struct digest digest;
    enum status status;

    add(dump, "bitmap");
    add_mm(dump, bitmap->x);
    add_mm(dump, bitmap->y);
    add_mm(dump, bitmap->w);
    add_mm(dump, bitmap->h);
    add_byte(dump, ' ');
    add_number(dump, bitmap->columns);
    add_byte(dump, 'x');
    add_number(dump, bitmap->rows);
    status = bits_digest(bitmap->bits, bitmap->columns, bitmap->rows, bitmap->row_bytes, &digest,
                         dump->error);
    add_digest(dump, status, &digest);
}

static void dump_path(struct dump *dump, const struct item_path *path)
{
    struct digest digest;
    enum status status;

    add(dump, "path ");
    add_number(dump, path->step_count);
    add_byte(dump, ' ');
    add_number(dump, path->point_count);
    if (path->width) {
        add(dump, " stroked");
        add_pt(dump, path->width);
    } else {
        add(dump, path->even_odd ? " evenodd" : " nonzero");
    }
    status = path_digest(path, &digest, dump->error);
    add_digest(dump, status, &digest);
}

static enum status bars_digest(const struct item_bars *bars, struct digest *out,
                               struct error *error)
{
    struct buffer buffer = {0};
    enum status status = OK;

    for (uint32_t i = 0; i < bars->count && status == OK; i++) {
        const struct bar *bar = &bars->bars[i];
        const uint8_t bytes[] = {
            (uint8_t)bar->x, (uint8_t)(bar->x >> 8), (uint8_t)bar->y, (uint8_t)(bar->y >> 8),
            (uint8_t)bar->w, (uint8_t)(bar->w >> 8), (uint8_t)bar->h, (uint8_t)(bar->h >> 8)};

        status = buffer_add(&buffer, bytes, sizeof bytes, error);
    }
    if (status == OK)
        status = digest_of(buffer.bytes, buffer.size, out, error);
    buffer_free(&buffer);
    return status;
}

static void dump_bars(struct dump *dump, const struct item_bars *bars)
{
    struct digest digest;
    enum status status;

    add(dump, "bars");
    add_mm(dump, bars->x);
    add_mm(dump, bars->y);
    add_byte(dump, ' ');
    add_number(dump, bars->count);
    status = bars_digest(bars, &digest, dump->error);
    add_digest(dump, status, &digest);
}

static void dump_list(struct dump *dump, const char *heading, const struct item_list *list)
{
    add(dump, heading);
    for (uint32_t i = 0; i < list->count && dump->status == OK; i++) {
        const struct item *item = &list->items[i];

        switch (item->kind) {
        case ITEM_TEXT:
            dump_text(dump, &item->as.text);
            break;
        case ITEM_STROKE:
            dump_stroke(dump, &item->as.stroke);
            break;
        case ITEM_MODULES:
            dump_modules(dump, &item->as.modules);
            break;
        case ITEM_BITMAP:
            dump_bitmap(dump, &item->as.bitmap);
            break;
        case ITEM_PATH:
            dump_path(dump, &item->as.path);
            break;
        case ITEM_BARS:
            dump_bars(dump, &item->as.bars);
            break;
        }
        add_byte(dump, '\n');
    }
}

static void dump_die(struct dump *dump, const struct page *page)
{
    add(dump, "die ");
    add_bytes(dump, page->plate.bytes, page->plate.length);
    dump_list(dump, "\n", &page->die);
}

static void dump_page(struct dump *dump, uint32_t number, const struct page *page)
{
    add(dump, "page ");
    add_number(dump, number);
    add_mm(dump, page->width);
    add_mm(dump, page->height);
    add_byte(dump, '\n');
    if (page->layer)
        dump_list(dump, "layer\n", &page->layer->list);
    dump_list(dump, "letter\n", &page->list);
    if (page->marks.count > 0)
        dump_list(dump, "marks\n", &page->marks);
    if (page->die.count > 0)
        dump_die(dump, page);
    if (page->guides.count > 0)
        dump_list(dump, "guides\n", &page->guides);
}

enum status page_dump(const struct fonts *fonts, const struct page_list *pages,
                      const struct sink *sink, struct error *error)
{
    struct dump dump = {.sink = sink, .fonts = fonts, .error = error, .status = OK};

    for (uint32_t i = 0; i < pages->count && dump.status == OK; i++)
        dump_page(&dump, i + 1, &pages->pages[i]);
    dump_flush(&dump);
    return dump.status;
}
