#include "layout/symbols.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))
#define PAGE_MM 1200 /* no place of a sheet is further away */
#define QR_LEVELS "LMQH"
#define QR_LEVEL_CHOICES "L|M|Q|H"
#define LETTERS "abcd"
#define LETTER_CHOICES "a|b|c|d"
#define DOTS_300 2 /* a dot of 300 dpi in dots of 600 */

struct symbol_keys {
    enum condition condition;
    struct text part, symbol;
    emu x, y, h, side, points, clear;
    int32_t level, quiet, module, start, stop, narrow, wide, characters;
};

#define AT(field) offsetof(struct symbol_keys, field)
/* clang-format off */
#define PLACE_KEYS                                                                                \
    {.name = "part", .value = VALUE_TEXT, .at = AT(part), .needed = true},                        \
    {.name = "symbol", .value = VALUE_TEXT, .at = AT(symbol), .needed = true},                    \
    {.name = "if", .value = VALUE_IF, .at = AT(condition)},                                       \
    {.name = "x", .value = VALUE_MM, .at = AT(x), .needed = true, .high = PAGE_MM},               \
    {.name = "y", .value = VALUE_MM, .at = AT(y), .needed = true, .high = PAGE_MM}
/* clang-format on */

static const struct key qr_keys[] = {
    PLACE_KEYS,
    {.name = "size", .value = VALUE_MM, .at = AT(side), .needed = true, .low = 1, .high = PAGE_MM},
    {.name = "level", .value = VALUE_CHOICE, .at = AT(level), .choices = QR_LEVEL_CHOICES},
    {.name = "quiet", .value = VALUE_WHOLE, .at = AT(quiet), .low = 4, .high = 40},
    {.name = "module", .value = VALUE_WHOLE, .at = AT(module), .low = 1, .high = 255},
};

static const struct key customer_keys[] = {
    PLACE_KEYS,
    {.name = "size", .value = VALUE_PT, .at = AT(points), .needed = true, .low = 1, .high = 100},
    {.name = "clear", .value = VALUE_MM, .at = AT(clear), .low = 2, .high = 50},
};

static const struct key nw7_keys[] = {
    PLACE_KEYS,
    {.name = "h", .value = VALUE_MM, .at = AT(h), .needed = true, .low = 2, .high = 100},
    {.name = "start", .value = VALUE_CHOICE, .at = AT(start), .choices = LETTER_CHOICES},
    {.name = "stop", .value = VALUE_CHOICE, .at = AT(stop), .choices = LETTER_CHOICES},
    {.name = "narrow", .value = VALUE_WHOLE, .at = AT(narrow), .low = 2, .high = 40},
    {.name = "wide", .value = VALUE_WHOLE, .at = AT(wide), .low = 4, .high = 120},
    {.name = "characters", .value = VALUE_WHOLE, .at = AT(characters), .low = 1, .high = NW7_MOST},
};

static enum status read_keys(const struct reader *reader, const struct yaml_node *node,
                             const struct key *keys, size_t count, struct symbol_keys *values,
                             struct frame *out)
{
    enum status status = values_read(reader, node, keys, count, values, NULL);
    out->part = values->part;
    out->condition = values->condition;
    return status;
}

static enum status refuse(const struct reader *reader, enum message message,
                          const struct yaml_node *node, struct text name, int64_t have,
                          int64_t want)
{
    enum status status = values_refuse(reader, message, node, name);
    if (reader->error) {
        reader->error->have = have;
        reader->error->want = want;
    }
    return status;
}

/* -- QR -- */

/* ISO/IEC 18004: version 1 has 21 modules a side. */
static enum status need_dots(const struct reader *reader, const struct yaml_node *node,
                             const struct frame *frame)
{
    enum { SMALLEST = 21 };
    emu x, y, module;
    if (layout_place_qr(frame, SMALLEST, &x, &y, &module))
        return OK;
    int dots = frame->module_dots != 0 ? frame->module_dots : 1;
    return refuse(reader, MSG_SYMBOL_TOO_SMALL, node, frame->part, frame->box.w / EMU_PER_DOT600,
                  (int64_t)(SMALLEST + 2 * frame->quiet) * dots);
}

static enum status read_qr(const struct reader *reader, const struct yaml_node *node,
                           struct frame *out)
{
    struct symbol_keys keys = {.level = 1, .quiet = 4};
    enum status status = read_keys(reader, node, qr_keys, COUNT_OF(qr_keys), &keys, out);
    if (status != OK)
        return status;
    out->kind = FRAME_QR;
    out->level = (uint8_t)QR_LEVELS[keys.level];
    out->quiet = (uint8_t)keys.quiet;
    out->module_dots = (uint8_t)keys.module;
    out->box = (struct rect){keys.x, keys.y, keys.side, keys.side};
    return need_dots(reader, node, out);
}

/* -- barcodes -- */

/* Bars begin on a dot of 300 dpi, so that even counts of 600 stay whole dots there. */
static emu first_dot(emu at)
{
    enum { GRID = DOTS_300 * EMU_PER_DOT600 };
    return (at + GRID - 1) / GRID * GRID;
}

/* Bars of so many dots, `aside` and `above` free around them at least. */
static void put_bars(const struct symbol_keys *keys, emu aside, emu above, int32_t across,
                     int32_t down, struct frame *out)
{
    const struct rect bars = {first_dot(keys->x + aside), first_dot(keys->y + above),
                              across * EMU_PER_DOT600, down * EMU_PER_DOT600};
    out->bars = bars;
    out->box = (struct rect){keys->x, keys->y, bars.x + bars.w + aside - keys->x,
                             bars.y + bars.h + above - keys->y};
}

/* The counts of 300 dpi, so that bars are whole dots on devices of 300, 600 and 1200. */
static void double_dots(struct customer_place *place)
{
    place->dot = EMU_PER_DOT600;
    place->width *= DOTS_300;
    place->space *= DOTS_300;
    place->pitch *= DOTS_300;
    place->high *= DOTS_300;
    place->semi *= DOTS_300;
    place->timing *= DOTS_300;
    place->length *= DOTS_300;
}

static enum status read_customer(const struct reader *reader, const struct yaml_node *node,
                                 struct frame *out)
{
    struct symbol_keys keys = {.clear = CUSTOMER_CLEAR};
    enum status status =
        read_keys(reader, node, customer_keys, COUNT_OF(customer_keys), &keys, out);
    if (status != OK)
        return status;
    int32_t size = (int32_t)(((int64_t)keys.points * 100 + EMU_PER_PT / 2) / EMU_PER_PT);
    struct error trouble;
    if (customer_place(size, 300, &out->place, &trouble) != OK)
        return refuse(reader, trouble.message, node, keys.part, trouble.have, trouble.want);
    double_dots(&out->place);
    out->kind = FRAME_CUSTOMER;
    put_bars(&keys, keys.clear, keys.clear, out->place.length, out->place.high, out);
    return OK;
}

/* Dots of a number of so many digits: all digits are equally wide. */
static enum status digits_length(const struct symbol_keys *keys, const struct frame *frame,
                                 int32_t *out, struct error *error)
{
    static const char zeros[] = "00000000000000000000000000000000";
    struct nw7 symbol;
    _Static_assert(sizeof zeros == NW7_MOST + 1, "a digit for each character");
    enum status status = nw7_encode((struct text){zeros, (uint32_t)keys->characters}, frame->start,
                                    frame->stop, &symbol, error);
    *out = status == OK ? nw7_length(&symbol, &frame->widths) : 0;
    return status;
}

static enum status read_nw7(const struct reader *reader, const struct yaml_node *node,
                            struct frame *out)
{
    struct symbol_keys keys = {.narrow = 6, .wide = 16, .characters = 11};
    enum status status = read_keys(reader, node, nw7_keys, COUNT_OF(nw7_keys), &keys, out);
    if (status != OK)
        return status;
    if (keys.wide < 2 * keys.narrow || keys.wide > 3 * keys.narrow)
        return refuse(reader, MSG_NW7_RATIO, node, keys.part, keys.narrow, keys.wide);
    out->kind = FRAME_NW7;
    out->widths = (struct nw7_place){keys.narrow, keys.wide};
    out->start = LETTERS[keys.start];
    out->stop = LETTERS[keys.stop];
    out->characters = (uint16_t)keys.characters;
    int32_t length;
    status = digits_length(&keys, out, &length, reader->error);
    put_bars(&keys, NW7_QUIET * keys.narrow * EMU_PER_DOT600, 0, length, keys.h / EMU_PER_DOT600,
             out);
    return status;
}

enum status symbol_frame_read(const struct reader *reader, const struct yaml_node *node,
                              struct frame *out)
{
    const struct yaml_node *symbol = yaml_find(node, "symbol");
    struct text name = symbol->kind == YAML_SCALAR ? symbol->text : (struct text){0};
    if (text_is(name, "qr"))
        return read_qr(reader, node, out);
    if (text_is(name, "customer"))
        return read_customer(reader, node, out);
    if (text_is(name, "nw7"))
        return read_nw7(reader, node, out);
    return values_refuse(reader, MSG_LAYOUT_CHOICE, symbol, TEXT("symbol"));
}
