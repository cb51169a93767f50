#include "compose/voice.h"

/* The die's line: as thin as it can be seen. */
#define DIE_WIDTH (EMU_PER_PT / 4)
/* A quarter circle as a Bezier curve: handles of 4/3 (sqrt(2) - 1) = 0.5523 radii. */
#define HANDLE(radius) ((emu)((int64_t)(radius)*5523 / 10000))

/* -- units: squares of dots of the picture that are of one colour, cells where there is no strip -- */

static bool dot_at(const struct voice_symbol *symbol, uint32_t x, uint32_t y)
{
    return symbol->bits[(size_t)y * symbol->row_bytes + x / 8] >> (7 - x % 8) & 1;
}

static bool bare(const struct voice_symbol *symbol)
{
    uint32_t side = symbol->cells * symbol->cell;
    return symbol->columns == side && symbol->rows == side;
}

static bool made_of(const struct voice_symbol *symbol, uint32_t unit)
{
    if (symbol->columns % unit || symbol->rows % unit || symbol->body_x % unit ||
        symbol->body_y % unit)
        return false;
    for (uint32_t y = 0; y < symbol->rows; y++)
        for (uint32_t x = 0; x < symbol->columns; x++)
            if (dot_at(symbol, x, y) != dot_at(symbol, x - x % unit, y - y % unit))
                return false;
    return true;
}

/* The largest one, so that the file stays small. */
static uint32_t unit_of(const struct voice_symbol *symbol)
{
    uint32_t unit = symbol->cell;
    if (bare(symbol))
        return unit;
    while (unit > 1 && (symbol->cell % unit != 0 || !made_of(symbol, unit)))
        unit--;
    return unit;
}

/* -- measures -- */

struct measures {
    uint32_t unit;          /* dots of the picture */
    uint32_t columns, rows; /* in units */
    emu side;               /* of a unit on paper */
    emu x, y;               /* of the picture's corner */
};

static emu device_dot(const struct voice_place *place, uint16_t dots)
{
    return dots ? EMU_PER_DOT600 : place->dot;
}

static enum status measure(const struct layout *layout, const struct voice_symbol *symbol,
                           uint16_t dots, struct measures *out, struct error *error)
{
    const struct voice_place *place = layout->voice;
    if (!place)
        return error_at(error, MSG_VOICE_NO_PLACE, layout->path, 0, TEXT("voice"));
    emu dot = device_dot(place, dots);
    uint32_t cell = dots ? dots : place->cell, unit = unit_of(symbol);
    if (cell * unit % symbol->cell != 0)
        return error_set(error, MSG_VOICE_STRIP);
    uint32_t side = cell * unit / symbol->cell; /* device dots a unit */
    uint32_t body = symbol->cells * cell;
    *out = (struct measures){.unit = unit,
                             .columns = symbol->columns / unit,
                             .rows = symbol->rows / unit,
                             .side = (emu)side * dot};
    if (out->columns > UINT16_MAX || out->rows > UINT16_MAX ||
        (int64_t)out->columns * side * dot > layout->width ||
        (int64_t)out->rows * side * dot > layout->height || body * dot > (uint32_t)layout->width)
        return error_set(error, MSG_VOICE_NOT_CLEAR);
    out->x = (place->x / dot - (emu)(body / 2) - (emu)(symbol->body_x / unit * side)) * dot;
    out->y = (place->y / dot - (emu)(body / 2) - (emu)(symbol->body_y / unit * side)) * dot;
    return OK;
}

static bool within(const struct rect *box, const struct measures *measures)
{
    emu right = measures->x + (emu)measures->columns * measures->side;
    emu bottom = measures->y + (emu)measures->rows * measures->side;
    return measures->x >= box->x && measures->y >= box->y && right <= box->x + box->w &&
           bottom <= box->y + box->h;
}

enum status compose_voice_fits(const struct layout *layout, const struct voice_symbol *symbol,
                               uint16_t dots, struct error *error)
{
    struct measures measures;
    enum status status = measure(layout, symbol, dots, &measures, error);
    if (status == OK && !within(&layout->voice->clear, &measures))
        status = error_set(error, MSG_VOICE_NOT_CLEAR);
    return status;
}

/* -- drawing -- */

/* A dot of each unit; borrowed where the picture has one a unit. */
static const uint8_t *reduce(const struct voice_symbol *symbol, const struct measures *measures,
                             struct arena *arena, uint32_t *row_bytes)
{
    *row_bytes = symbol->row_bytes;
    if (measures->unit == 1)
        return symbol->bits;
    *row_bytes = (measures->columns + 7) / 8;
    uint8_t *bits = arena_take(arena, (size_t)*row_bytes * measures->rows); /* zeroed */
    for (uint32_t y = 0; bits && y < measures->rows; y++)
        for (uint32_t x = 0; x < measures->columns; x++)
            if (dot_at(symbol, x * measures->unit, y * measures->unit))
                bits[(size_t)y * *row_bytes + x / 8] |= (uint8_t)(128 >> x % 8);
    return bits;
}

/* From the edge around to the edge: the quarter that leads inwards, and the one that leads out. */
static bool add_arc(const struct layout *layout, uint32_t number, struct arena *arena,
                    struct item *item)
{
    static const uint8_t steps[] = {PATH_MOVE, PATH_CURVE, PATH_CURVE};
    const struct rect box = voice_notch(layout, number);
    emu r = layout->voice->notch / 2, k = r - HANDLE(r);
    emu *points = arena_array(arena, 14, sizeof *points);
    if (!points)
        return false;
    if (layout->voice->corner == CORNER_LEFT_BOTTOM) {
        emu x = box.x, y = box.y, bottom = box.y + r;
        const emu list[] = {x, bottom,        x, y + k,     x + k, y,         x + r,
                            y, x + 2 * r - k, y, x + 2 * r, y + k, x + 2 * r, bottom};
        memcpy(points, list, sizeof list);
    } else {
        emu x = box.x, y = box.y, right = box.x + r;
        const emu list[] = {right, y, x + k,         y,     x,         y + k, x,
                            y + r, x, y + 2 * r - k, x + k, y + 2 * r, right, y + 2 * r};
        memcpy(points, list, sizeof list);
    }
    item->kind = ITEM_PATH;
    item->as.path = (struct item_path){.steps = steps,
                                       .step_count = sizeof steps,
                                       .points = points,
                                       .point_count = 7,
                                       .width = DIE_WIDTH};
    return true;
}

enum status compose_notch(const struct layout *layout, struct arena *arena, struct page *page,
                          struct error *error)
{
    uint32_t count = layout->voice->notches;
    page->plate = layout->voice->plate;
    page->die.items = arena_array(arena, count, sizeof *page->die.items);
    page->die.count = 0;
    if (!page->die.items)
        return error_set(error, MSG_NO_MEMORY);
    for (uint32_t i = 0; i < count; i++) {
        if (!add_arc(layout, i, arena, &page->die.items[i]))
            return error_set(error, MSG_NO_MEMORY);
        page->die.count++;
    }
    return OK;
}

enum status compose_voice(const struct form *form, const struct voice_symbol *symbol, uint16_t dots,
                          struct arena *arena, struct page *page, struct error *error)
{
    struct measures measures;
    uint32_t row_bytes;
    enum status status = compose_voice_fits(form->layout, symbol, dots, error);
    if (status == OK)
        status = measure(form->layout, symbol, dots, &measures, error);
    if (status != OK)
        return status;
    const uint8_t *bits = reduce(symbol, &measures, arena, &row_bytes);
    if (!bits)
        return error_set(error, MSG_NO_MEMORY);
    struct item *item = &page->list.items[page->list.count++]; /* open_page has kept its place */
    item->kind = ITEM_MODULES;
    item->as.modules = (struct item_modules){
        .x = measures.x,
        .y = measures.y,
        .module = measures.side,
        .count = (uint16_t)measures.columns,
        .rows = measures.rows == measures.columns ? 0 : (uint16_t)measures.rows,
        .row_bytes = (uint16_t)row_bytes,
        .bits = bits};
    return compose_notch(form->layout, arena, page, error);
}
