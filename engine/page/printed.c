#include "page/printed.h"

#include "base/memory.h"
#include "typeset/gaiji.h"

/* Every number is rounded where the PDF is written, to what stands in the file: see the notes at each. */

/* -- numbers -- */

static inline int32_t milli(int64_t length)
{
    return printed_milli(length);
}

static inline int32_t up(const struct printed *writer, int64_t y)
{
    return milli(writer->height - y);
}

/* Millionths of an em: 2.048 EM_UNITS, nearest, as the width table of a font writes them ... */
static inline int32_t table_width(int64_t advance)
{
    return (int32_t)((advance * 1000 + 1024) / 2048);
}

/* ... and as a move between two glyphs does. */
static inline int32_t moved_back(int64_t by)
{
    return (int32_t)((by * 1000 + (by < 0 ? -1024 : 1024)) / 2048);
}

/* -- text -- */

/* NULL: no such face. Without `advance`: no memory. */
static const struct printed_face *ask_face(const struct printed *writer, uint32_t face)
{
    const struct face_facts *facts;
    struct printed_face *own;

    if (face >= LIMIT_FACES || face >= fonts_faces(writer->fonts))
        return NULL;
    own = &writer->faces[face];
    facts = fonts_face(writer->fonts, face);
    own->advance = facts->glyphs ? memory_new(facts->glyphs * sizeof *own->advance) : NULL;
    own->glyphs = facts->glyphs;
    own->units = facts->units ? facts->units : 1;
    own->shift = facts->shift;
    own->name = facts->name;
    return own;
}

static inline const struct printed_face *want_face(const struct printed *writer, uint32_t face)
{
    if (face < LIMIT_FACES && writer->faces[face].advance)
        return &writer->faces[face];
    return ask_face(writer, face);
}

/* By the font's table, in its units. The glyph is one of the face. */
static inline uint32_t own_advance(const struct printed *writer, const struct printed_face *own,
                                   const struct glyph *glyph)
{
    uint16_t *known = &own->advance[glyph->id];

    if (*known == 0)
        *known = (uint16_t)(fonts_advance(writer->fonts, glyph->face, glyph->id) + 1);
    return (uint32_t)(*known - 1) & 0xFFFF;
}

/* A glyph advances by its table's width less the move behind it: two numbers of the file, each rounded. */
static int32_t printed_advance(const struct printed_face *own, uint32_t units, int32_t set)
{
    int64_t advance = (int64_t)units * EM_UNITS / own->units;

    if (advance == set)
        return table_width(advance);
    return table_width(advance) - moved_back(advance - set);
}

/* Most glyphs have the same advance as the one before, by the table and as set: no need to divide. */
static uint32_t put_ids(const struct printed *writer, const struct printed_face *own,
                        const struct glyph *glyphs, uint32_t left, int32_t printed, uint8_t *ids)
{
    uint32_t units = own_advance(writer, own, glyphs), count = 0;

    for (; count < left; count++) {
        const struct glyph *glyph = &glyphs[count];
        uint32_t next;

        if (glyph->face != glyphs->face || glyph->id >= own->glyphs)
            break;
        next = own_advance(writer, own, glyph);
        if ((next != units || glyph->advance != glyphs->advance) &&
            printed_advance(own, next, glyph->advance) != printed)
            break;
        ids[2 * count] = (uint8_t)glyph->id;
        ids[2 * count + 1] = (uint8_t)(glyph->id >> 8);
    }
    return count;
}

/* Glyphs of one face and one printed advance. */
static enum status put_run(const struct printed *writer, const struct item_text *text,
                           const struct glyph *glyphs, uint32_t left, uint32_t *taken)
{
    const struct printed_face *own = want_face(writer, glyphs->face);
    int32_t size = milli(text->size), rise = 0, advance;
    uint8_t *ids;

    *taken = left; /* when memory failed, which the events tell */
    if (!own || glyphs->id >= own->glyphs)
        return error_set(writer->error, MSG_BUG);
    if (!own->advance)
        return error_set(writer->error, MSG_NO_MEMORY);
    if (own->shift)
        rise = milli((int64_t)text->size * own->shift / 1000);
    advance = printed_advance(own, own_advance(writer, own, glyphs), glyphs->advance);
    events_font(writer->events, glyphs->face, own->name, size, rise);
    ids = events_run_begin(writer->events, advance, left);
    if (!ids)
        return OK;
    *taken = put_ids(writer, own, glyphs, left, advance, ids);
    events_run_end(writer->events, ids, *taken);
    return OK;
}

static struct text cluster_words(const struct printed *writer, const struct item_text *text,
                                 const struct glyph *glyph)
{
    struct text words = {0};

    if (glyph->text <= text->text.length && glyph->text_length <= text->text.length - glyph->text)
        words = (struct text){text->text.bytes + glyph->text, glyph->text_length};
    if (glyph->flags & GLYPH_GAIJI && glyph->text_length > 0)
        words = fonts_gaiji_text(writer->fonts, words);
    return words;
}

/* True when the clusters stand one behind the other and say themselves: their words are one slice. */
static bool one_slice(const struct item_text *text)
{
    uint32_t at = text->glyphs[0].text;

    for (uint32_t i = 0; i < text->count; i++) {
        const struct glyph *glyph = &text->glyphs[i];

        if (glyph->flags & GLYPH_GAIJI || (glyph->text_length && glyph->text != at))
            return false;
        at += glyph->text_length;
    }
    return at <= text->text.length && at >= text->glyphs[0].text;
}

/* What a reader of the PDF gets: the words of the clusters, not blanks that were cut at a line's end. */
static void put_words(const struct printed *writer, const struct item_text *text)
{
    const struct glyph *first = text->glyphs, *last = first + text->count - 1;
    uint32_t length = 0;

    while (last > first && last->text_length == 0)
        last--;
    if (one_slice(text)) {
        uint32_t end = last->text + last->text_length;
        events_words(writer->events,
                     (struct text){text->text.bytes + first->text, end - first->text});
        return;
    }
    for (uint32_t i = 0; i < text->count; i++)
        length += cluster_words(writer, text, &first[i]).length;
    events_words_begin(writer->events, length);
    for (uint32_t i = 0; i < text->count; i++)
        events_words_add(writer->events, cluster_words(writer, text, &first[i]));
}

static enum status put_text(const struct printed *writer, const struct item_text *text)
{
    const struct glyph *glyphs = text->glyphs;
    uint32_t left = text->count, taken = 0;

    if (left == 0)
        return OK;
    events_line(writer->events, milli(text->x), up(writer, text->y), text->scale * 100,
                milli(text->spacing));
    for (; left > 0; glyphs += taken, left -= taken)
        if (put_run(writer, text, glyphs, left, &taken) != OK)
            return STOP;
    put_words(writer, text);
    return OK;
}

/* -- strokes and outlines -- */

static void put_point(const struct printed *writer, char step, int64_t x, int64_t y)
{
    events_step(writer->events, step, (const int32_t[]){milli(x), up(writer, y)}, 2);
}

static void put_line(const struct printed *writer, const struct item_stroke *stroke)
{
    put_point(writer, 'm', stroke->x, stroke->y);
    put_point(writer, 'l', (int64_t)stroke->x + stroke->w, (int64_t)stroke->y + stroke->h);
}

/* The corners are rounded, and the sides are what lies between them. */
static void put_box(const struct printed *writer, const struct item_stroke *stroke)
{
    int32_t left = milli(stroke->x), right = milli((int64_t)stroke->x + stroke->w);
    int32_t top = up(writer, stroke->y), bottom = up(writer, (int64_t)stroke->y + stroke->h);

    events_step(writer->events, 'r', (const int32_t[]){left, bottom, right - left, top - bottom},
                4);
}

/* Signs of the way into and out of each corner, clockwise from the right upper one. */
static const struct {
    int8_t right, bottom, in_x, in_y, out_x, out_y;
} corners[] = {{1, 0, -1, 0, 0, 1}, {1, 1, 0, -1, -1, 0}, {0, 1, 1, 0, 0, -1}, {0, 0, 0, 1, 1, 0}};

/* A corner is a Bezier curve with handles of 0.5523 radii. */
static void put_round_box(const struct printed *writer, const struct item_stroke *stroke,
                          int64_t radius)
{
    int64_t keep = radius - radius * 5523 / 10000;

    put_point(writer, 'm', stroke->x + radius, stroke->y);
    for (size_t i = 0; i < sizeof corners / sizeof *corners; i++) {
        int64_t x = (int64_t)stroke->x + (corners[i].right ? stroke->w : 0);
        int64_t y = (int64_t)stroke->y + (corners[i].bottom ? stroke->h : 0);
        const int64_t from[] = {corners[i].in_x, corners[i].in_y};
        const int64_t to[] = {corners[i].out_x, corners[i].out_y};
        const int32_t curve[] = {milli(x + from[0] * keep), up(writer, y + from[1] * keep),
                                 milli(x + to[0] * keep),   up(writer, y + to[1] * keep),
                                 milli(x + to[0] * radius), up(writer, y + to[1] * radius)};

        put_point(writer, 'l', x + from[0] * radius, y + from[1] * radius);
        events_step(writer->events, 'c', curve, 6);
    }
    events_step(writer->events, 'h', NULL, 0);
}

static void put_stroke(const struct printed *writer, const struct item_stroke *stroke)
{
    int64_t side = stroke->w < stroke->h ? stroke->w : stroke->h;
    int64_t radius = stroke->radius > side / 2 ? side / 2 : stroke->radius;
    bool dashed = stroke->dash_on > 0 && stroke->dash_off > 0;

    events_stroke(writer->events, milli(stroke->width), dashed ? milli(stroke->dash_on) : 0,
                  dashed ? milli(stroke->dash_off) : 0);
    if (stroke->w == 0 || stroke->h == 0)
        put_line(writer, stroke);
    else if (radius > 0)
        put_round_box(writer, stroke, radius);
    else
        put_box(writer, stroke);
    events_stroke_end(writer->events);
}

static const struct {
    char step;
    uint8_t points;
} steps[] = {[PATH_MOVE] = {'m', 1},
             [PATH_LINE] = {'l', 1},
             [PATH_CURVE] = {'c', 3},
             [PATH_CLOSE] = {'h', 0}};

static void put_path(const struct printed *writer, const struct item_path *path)
{
    uint32_t at = 0;

    if (path->width)
        events_stroke(writer->events, milli(path->width), 0, 0);
    else
        events_fill(writer->events, path->even_odd);
    for (uint32_t i = 0; i < path->step_count; i++) {
        uint8_t step = path->steps[i];
        int32_t numbers[6];

        if (step > PATH_CLOSE || path->point_count - at < steps[step].points)
            break;
        for (unsigned n = 0; n < steps[step].points; n++, at++) {
            numbers[2 * n] = milli(path->points[2 * at]);
            numbers[2 * n + 1] = up(writer, path->points[2 * at + 1]);
        }
        events_step(writer->events, steps[step].step, numbers, 2u * steps[step].points);
    }
    if (path->width)
        events_stroke_end(writer->events);
    else
        events_fill_end(writer->events);
}

/* Bars stand back from their dots by a thousandth of a point on each side, as symbols do. */
static void put_bar(const struct printed *writer, const struct item_bars *bars,
                    const struct bar *bar)
{
    int64_t left = (int64_t)bars->x + (int64_t)bar->x * EMU_PER_DOT600;
    int64_t bottom = (int64_t)bars->y + ((int64_t)bar->y + bar->h) * EMU_PER_DOT600;
    const int32_t numbers[] = {milli(left) + 1, up(writer, bottom) + 1,
                               milli((int64_t)bar->w * EMU_PER_DOT600) - 2,
                               milli((int64_t)bar->h * EMU_PER_DOT600) - 2};

    events_step(writer->events, 'r', numbers, 4);
}

static void put_bars(const struct printed *writer, const struct item_bars *bars)
{
    if (bars->count == 0)
        return;
    events_fill(writer->events, false);
    for (uint32_t i = 0; i < bars->count; i++)
        put_bar(writer, bars, &bars->bars[i]);
    events_fill_end(writer->events);
}

/* -- symbols and images -- */

/* A symbol stands a thousandth of a point within its place on every side: so no dot is counted that only touches it. */
static void put_modules(const struct printed *writer, const struct item_modules *modules)
{
    int64_t across = (int64_t)modules->module * modules->count;
    int64_t down = (int64_t)modules->module * modules_down(modules);
    const struct event_mask mask = {.w = milli(across) - 2,
                                    .h = milli(down) - 2,
                                    .x = milli(modules->x) + 1,
                                    .y = up(writer, modules->y + down) + 1,
                                    .columns = modules->count,
                                    .rows = modules_down(modules),
                                    .row_bytes = modules->row_bytes,
                                    .bits = modules->bits};

    if (modules->count > 0)
        events_mask(writer->events, &mask);
}

/* An image's bits are digested once; its place on the sheet each time. */
static enum status image_digest(const struct printed *writer, const struct item_bitmap *bitmap,
                                struct digest *out)
{
    const struct event_mask image = {.columns = bitmap->columns,
                                     .rows = bitmap->rows,
                                     .row_bytes = bitmap->row_bytes,
                                     .bits = bitmap->bits};
    struct printed_images *known = writer->images;
    struct events scratch = {0};
    enum status status;

    for (uint32_t i = 0; i < known->count; i++) {
        *out = known->list[i].printed;
        if (known->list[i].image == bitmap->image && known->list[i].bits == bitmap->bits)
            return OK;
    }
    status = events_bits_digest(&scratch, &image, writer->plain, out, writer->error);
    events_free(&scratch);
    if (status == OK && known->count < PRINTED_IMAGES)
        known->list[known->count++] = (struct printed_image){bitmap->image, bitmap->bits, *out};
    return status;
}

static enum status put_bitmap(const struct printed *writer, const struct item_bitmap *bitmap)
{
    int32_t left = milli(bitmap->x), right = milli((int64_t)bitmap->x + bitmap->w);
    int32_t top = up(writer, bitmap->y), bottom = up(writer, (int64_t)bitmap->y + bitmap->h);
    const struct event_mask place = {.w = right - left,
                                     .h = top - bottom,
                                     .x = left,
                                     .y = bottom,
                                     .columns = bitmap->columns,
                                     .rows = bitmap->rows};
    struct digest bits;

    if (image_digest(writer, bitmap, &bits) != OK)
        return STOP;
    events_image(writer->events, &place, &bits);
    return OK;
}

/* -- lists -- */

static enum status put_item(const struct printed *writer, const struct item *item)
{
    switch (item->kind) {
    case ITEM_TEXT:
        return put_text(writer, &item->as.text);
    case ITEM_STROKE:
        put_stroke(writer, &item->as.stroke);
        return OK;
    case ITEM_MODULES:
        put_modules(writer, &item->as.modules);
        return OK;
    case ITEM_BITMAP:
        return put_bitmap(writer, &item->as.bitmap);
    case ITEM_PATH:
        put_path(writer, &item->as.path);
        return OK;
    case ITEM_BARS:
        put_bars(writer, &item->as.bars);
        return OK;
    }
    return error_set(writer->error, MSG_BUG);
}

enum status printed_list(const struct printed *writer, const struct item_list *list)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (put_item(writer, &list->items[i]) != OK)
            return STOP;
    return OK;
}

static bool is_stroke(const struct item *item)
{
    return item->kind == ITEM_STROKE || (item->kind == ITEM_PATH && item->as.path.width);
}

/* A plate is set for strokes; what else stood there would be black. */
enum status printed_die(const struct printed *writer, const struct page *page)
{
    bool on_plate = false;

    for (uint32_t i = 0; i < page->die.count; i++) {
        const struct item *item = &page->die.items[i];

        if (is_stroke(item) != on_plate) {
            on_plate = !on_plate;
            events_ink(writer->events, on_plate ? page->plate : (struct text){0},
                       on_plate ? 1000 : 0);
        }
        if (put_item(writer, item) != OK)
            return STOP;
    }
    return OK;
}

void printed_forget(struct printed_face *faces)
{
    for (uint32_t i = 0; i < LIMIT_FACES; i++)
        memory_free(faces[i].advance, faces[i].glyphs * sizeof *faces[i].advance);
}
