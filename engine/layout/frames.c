#include "layout/frames.h"

#include "layout/symbols.h"

#include <stdio.h>

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))
#define PAGE_MM 1200 /* no place of a sheet is further away */
#define TYPE_PT 200
#define ALIGN_CHOICES "left|center|right|justify" /* order of enum align */
#define DIGITS_CHOICES "as-is|half|full"          /* order of enum digits */
#define EVEN_MOST 40
#define UNSAID (-1)
#define VALIGN_CHOICES "top|middle|bottom" /* order of enum valign */

/* Everything that any kind of frame may say, before it becomes a struct frame. */
struct frame_keys {
    enum condition condition;
    struct text part, image, style, font;
    emu x, y, w, h;
    emu size, leading, min_size, tracking, small, tight;
    int32_t align, valign, condense, lines;
    int32_t punctuation, spacing, digits, even;
    struct text match;
};

#define AT(field) offsetof(struct frame_keys, field)
/* clang-format off */
#define STYLE_KEYS                                                                                \
    {.name = "font", .value = VALUE_TEXT, .at = AT(font)},                                        \
    {.name = "size", .value = VALUE_PT, .at = AT(size), .low = 4, .high = TYPE_PT},               \
    {.name = "leading", .value = VALUE_PT, .at = AT(leading), .low = 4, .high = TYPE_PT},         \
    {.name = "min_size", .value = VALUE_PT, .at = AT(min_size), .low = 4, .high = TYPE_PT},       \
    {.name = "tracking", .value = VALUE_PT, .at = AT(tracking), .low = 0, .high = TYPE_PT},       \
    {.name = "small", .value = VALUE_PT, .at = AT(small), .low = 4, .high = TYPE_PT},             \
    {.name = "tight", .value = VALUE_PT, .at = AT(tight), .low = 4, .high = TYPE_PT},             \
    {.name = "align", .value = VALUE_CHOICE, .at = AT(align), .choices = ALIGN_CHOICES},          \
    {.name = "valign", .value = VALUE_CHOICE, .at = AT(valign), .choices = VALIGN_CHOICES},       \
    {.name = "condense", .value = VALUE_WHOLE, .at = AT(condense), .low = 50, .high = 100},       \
    {.name = "lines", .value = VALUE_WHOLE, .at = AT(lines), .low = 1, .high = LIMIT_LINES},      \
    {.name = "punctuation", .value = VALUE_CHOICE, .at = AT(punctuation), .choices = "full|close"}, \
    {.name = "spacing", .value = VALUE_CHOICE, .at = AT(spacing), .choices = "none|auto"},        \
    {.name = "digits", .value = VALUE_CHOICE, .at = AT(digits), .choices = DIGITS_CHOICES},       \
    {.name = "even", .value = VALUE_WHOLE, .at = AT(even), .low = 2, .high = EVEN_MOST},          \
    {.name = "match", .value = VALUE_TEXT, .at = AT(match)}

#define PLACE_KEYS                                                                                \
    {.name = "if", .value = VALUE_IF, .at = AT(condition)},                                       \
    {.name = "x", .value = VALUE_MM, .at = AT(x), .needed = true, .high = PAGE_MM},               \
    {.name = "y", .value = VALUE_MM, .at = AT(y), .needed = true, .high = PAGE_MM}

#define SIZE_KEYS                                                                                 \
    {.name = "w", .value = VALUE_MM, .at = AT(w), .needed = true, .low = 1, .high = PAGE_MM},     \
    {.name = "h", .value = VALUE_MM, .at = AT(h), .needed = true, .low = 1, .high = PAGE_MM}
/* clang-format on */

static const struct key style_keys[] = {STYLE_KEYS};

static const struct key text_keys[] = {
    {.name = "part", .value = VALUE_TEXT, .at = AT(part), .needed = true},
    {.name = "style", .value = VALUE_TEXT, .at = AT(style)},
    PLACE_KEYS,
    SIZE_KEYS,
    STYLE_KEYS,
};

/* Of a frame in the row of a table: it starts at the row's top and is as high as the rest of it, unless it says. */
static const struct key row_keys[] = {
    {.name = "part", .value = VALUE_TEXT, .at = AT(part), .needed = true},
    {.name = "style", .value = VALUE_TEXT, .at = AT(style)},
    {.name = "if", .value = VALUE_IF, .at = AT(condition)},
    {.name = "x", .value = VALUE_MM, .at = AT(x), .needed = true, .high = PAGE_MM},
    {.name = "y", .value = VALUE_MM, .at = AT(y), .high = PAGE_MM},
    {.name = "w", .value = VALUE_MM, .at = AT(w), .needed = true, .low = 1, .high = PAGE_MM},
    {.name = "h", .value = VALUE_MM, .at = AT(h), .low = 1, .high = PAGE_MM},
    STYLE_KEYS,
};

static const struct key image_keys[] = {
    {.name = "image", .value = VALUE_TEXT, .at = AT(image), .needed = true},
    {.name = "align", .value = VALUE_CHOICE, .at = AT(align), .choices = "left|center|right"},
    {.name = "valign", .value = VALUE_CHOICE, .at = AT(valign), .choices = VALIGN_CHOICES},
    PLACE_KEYS,
    SIZE_KEYS,
};

static void put_place(const struct frame_keys *keys, struct frame *out)
{
    out->condition = keys->condition;
    out->box = (struct rect){keys->x, keys->y, keys->w, keys->h};
    out->align = (enum align)keys->align;
    out->valign = (enum valign)keys->valign;
}

/* "title.leading": a key that neither the frame nor its style gives. */
static enum status refuse_missing(const struct reader *reader, const struct yaml_node *node,
                                  struct text frame, const char *key)
{
    char name[LIMIT_NAME];
    int length = snprintf(name, sizeof name, "%.*s.%s", (int)frame.length, frame.bytes, key);
    (void)length;
    return values_refuse(reader, MSG_LAYOUT_MISSING, node, text_of(name));
}

static enum status need_style(const struct reader *reader, const struct yaml_node *node,
                              const struct frame_keys *keys)
{
    if (keys->font.length == 0)
        return refuse_missing(reader, node, keys->part, "font");
    if (keys->size == 0)
        return refuse_missing(reader, node, keys->part, "size");
    if (keys->leading == 0)
        return refuse_missing(reader, node, keys->part, "leading");
    if (keys->small != 0 && keys->tight == 0)
        return refuse_missing(reader, node, keys->part, "tight");
    if (keys->min_size > keys->size || keys->small > keys->size)
        return values_refuse(reader, MSG_LAYOUT_RANGE, node, keys->part);
    return OK;
}

/* Most lines, when the layout does not say: what the height holds. */
static uint16_t default_lines(const struct frame_keys *keys)
{
    if (keys->small != 0)
        return 2;
    emu lines = keys->h / keys->leading;
    if (lines > LIMIT_LINES)
        lines = LIMIT_LINES;
    return (uint16_t)(lines < 1 ? 1 : lines);
}

static enum status need_height(const struct reader *reader, const struct yaml_node *node,
                               const struct frame *frame)
{
    int64_t one = frame->size;
    int64_t all = frame->small != 0 ? frame->small + (int64_t)(frame->lines - 1) * frame->tight
                                    : frame->size + (int64_t)(frame->lines - 1) * frame->leading;
    if (one <= frame->box.h && all <= frame->box.h)
        return OK;
    return values_refuse(reader, MSG_FRAME_TOO_LOW, node, frame->part);
}

/* Running text is set with its blanks adjusted, short fields as they are, unless the layout says. */
static void put_setting(const struct frame_keys *keys, struct frame *out)
{
    bool running = keys->align == ALIGN_JUSTIFY;
    out->close_up = keys->punctuation == UNSAID ? running : keys->punctuation != 0;
    out->quarter = keys->spacing == 1; /* auto */
    out->digits = (enum digits)keys->digits;
    out->even = (uint16_t)keys->even;
    out->match = keys->match;
}

static enum status put_text(const struct reader *reader, const struct yaml_node *node,
                            const struct frame_keys *keys, struct frame *out)
{
    enum status status = need_style(reader, node, keys);
    if (status != OK)
        return status;
    out->font = keys->font;
    out->size = keys->size;
    out->leading = keys->leading;
    out->min_size = keys->min_size != 0 ? keys->min_size : keys->size;
    out->tracking = keys->tracking;
    out->small = keys->small;
    out->tight = keys->tight;
    out->condense = (uint16_t)(keys->condense != 0 ? keys->condense : 100);
    out->lines = keys->lines != 0 ? (uint16_t)keys->lines : default_lines(keys);
    put_setting(keys, out);
    return need_height(reader, node, out);
}

static enum status read_style(const struct reader *reader, const struct yaml_node *styles,
                              const struct yaml_node *frame, struct frame_keys *keys)
{
    const struct yaml_node *name = frame->kind == YAML_MAP ? yaml_find(frame, "style") : NULL;
    if (!name)
        return OK;
    if (name->kind == YAML_SCALAR && styles && styles->kind == YAML_MAP)
        for (const struct yaml_node *style = styles->child; style; style = style->next)
            if (text_equal(style->key, name->text))
                return values_read(reader, style, style_keys, COUNT_OF(style_keys), keys, NULL);
    return values_refuse(reader, MSG_LAYOUT_STYLE, name,
                         name->kind == YAML_SCALAR ? name->text : name->key);
}

/* A frame of words; row: the height of the table's row that it stands in, 0 = on the sheet. */
static enum status read_text_frame(const struct reader *reader, const struct yaml_node *styles,
                                   const struct yaml_node *node, emu row, struct frame *out)
{
    struct frame_keys keys = {.punctuation = UNSAID};
    enum status status = read_style(reader, styles, node, &keys);
    if (status == OK)
        status = row != 0 ? values_read(reader, node, row_keys, COUNT_OF(row_keys), &keys, NULL)
                          : values_read(reader, node, text_keys, COUNT_OF(text_keys), &keys, NULL);
    if (status != OK)
        return status;
    if (row != 0 && keys.h == 0)
        keys.h = row > keys.y ? row - keys.y : 0;
    out->kind = FRAME_TEXT;
    out->part = keys.part;
    put_place(&keys, out);
    return put_text(reader, node, &keys, out);
}

static enum status read_image_frame(const struct reader *reader, const struct yaml_node *node,
                                    struct frame *out)
{
    struct frame_keys keys = {.align = ALIGN_CENTER, .valign = VALIGN_MIDDLE};
    enum status status = values_read(reader, node, image_keys, COUNT_OF(image_keys), &keys, NULL);
    if (status != OK)
        return status;
    out->kind = FRAME_IMAGE;
    out->image = keys.image;
    put_place(&keys, out);
    return OK;
}

static enum status read_frame(const struct reader *reader, const struct yaml_node *styles,
                              const struct yaml_node *node, struct frame *out)
{
    if (node->kind != YAML_MAP)
        return values_refuse(reader, MSG_LAYOUT_MAP, node, TEXT("frames"));
    out->line = node->line;
    bool part = yaml_find(node, "part") != NULL, image = yaml_find(node, "image") != NULL;
    if (part == image)
        return values_refuse(reader, MSG_FRAME_SHOWS, node, TEXT("frames"));
    if (image)
        return read_image_frame(reader, node, out);
    if (yaml_find(node, "symbol"))
        return symbol_frame_read(reader, node, out);
    return read_text_frame(reader, styles, node, 0, out);
}

/* "name", and "name#2" where the part or image has been shown by a frame before. */
static bool name_frame(const struct reader *reader, struct frame *frames, uint32_t index)
{
    struct frame *frame = &frames[index];
    struct text shown = frame->kind == FRAME_IMAGE ? frame->image : frame->part;
    unsigned place = 1;
    for (uint32_t i = 0; i < index; i++)
        place +=
            text_equal(shown, frames[i].kind == FRAME_IMAGE ? frames[i].image : frames[i].part);
    frame->name = shown;
    if (place == 1)
        return true;
    size_t room = shown.length + sizeof "#256";
    char *name = arena_take(reader->arena, room);
    if (!name)
        return false;
    memcpy(name, shown.bytes, shown.length);
    int tail = snprintf(name + shown.length, room - shown.length, "#%u", place);
    frame->name = (struct text){name, shown.length + (uint32_t)tail};
    return true;
}

static enum status check_styles(const struct reader *reader, const struct yaml_node *styles)
{
    if (styles->kind != YAML_MAP)
        return values_refuse(reader, MSG_LAYOUT_MAP, styles, styles->key);
    for (const struct yaml_node *style = styles->child; style; style = style->next) {
        struct frame_keys unused = {0};
        enum status status =
            values_read(reader, style, style_keys, COUNT_OF(style_keys), &unused, NULL);
        if (status != OK)
            return status;
    }
    return OK;
}

/* An array for all frames of a list, which has at least one. */
static enum status take_frames(const struct reader *reader, const struct yaml_node *frames,
                               struct frame **out)
{
    enum status status = values_list(reader, frames, LIMIT_FRAMES);
    if (status != OK)
        return status;
    if (frames->count == 0)
        return values_refuse(reader, MSG_LAYOUT_EMPTY, frames, frames->key);
    *out = arena_array(reader->arena, frames->count, sizeof **out);
    return *out ? OK : error_set(reader->error, MSG_NO_MEMORY);
}

enum status frames_read(const struct reader *reader, const struct yaml_node *styles,
                        const struct yaml_node *frames, struct layout *out)
{
    enum status status = styles ? check_styles(reader, styles) : OK;
    if (status == OK)
        status = take_frames(reader, frames, &out->frames);
    if (status != OK)
        return status;
    for (const struct yaml_node *node = frames->child; node; node = node->next) {
        uint32_t index = out->frame_count++;
        status = read_frame(reader, styles, node, &out->frames[index]);
        if (status != OK)
            return status;
        if (!name_frame(reader, out->frames, index))
            return error_set(reader->error, MSG_NO_MEMORY);
    }
    return OK;
}

enum status row_frames_read(const struct reader *reader, const struct yaml_node *styles,
                            const struct yaml_node *frames, struct table *out)
{
    enum status status = take_frames(reader, frames, &out->frames);
    const struct yaml_node *node = status == OK ? frames->child : NULL;
    for (; node && status == OK; node = node->next) {
        uint32_t index = out->frame_count++;
        out->frames[index].line = node->line;
        status = read_text_frame(reader, styles, node, out->row, &out->frames[index]);
        if (status == OK && !name_frame(reader, out->frames, index))
            status = error_set(reader->error, MSG_NO_MEMORY);
    }
    return status;
}
