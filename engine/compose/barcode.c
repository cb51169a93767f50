/* Customer barcode and NW-7: their bars in the frame that the layout has measured for them. */
#include "compose/setting.h"

#include "symbology/customer.h"
#include "symbology/nw7.h"

static enum status add_bars(const struct setter *setter, const struct frame *frame,
                            const struct bar *bars, uint32_t count, struct error *error)
{
    struct bar *kept = arena_array(setter->arena, count, sizeof *kept);
    if (!kept)
        return error_set(error, MSG_NO_MEMORY);
    memcpy(kept, bars, count * sizeof *kept);
    struct item *item = &setter->list->items[setter->list->count++];
    item->kind = ITEM_BARS;
    item->as.bars = (struct item_bars){frame->bars.x, frame->bars.y, kept, count};
    return OK;
}

static void add_fit(const struct setter *setter, const struct frame *frame)
{
    struct fit_list *fits = setter->fits;
    if (fits && fits->count < LIMIT_FRAMES)
        fits->list[fits->count++] = (struct fit){frame->name, 1, frame->bars.h, 1000};
}

enum status set_customer_frame(const struct setter *setter, const struct frame *frame,
                               struct text text, struct error *error)
{
    struct customer symbol;
    struct bar bars[CUSTOMER_BARS];
    enum status status = customer_encode(text, &symbol, error);
    if (status != OK)
        return status;
    add_fit(setter, frame);
    if (setter->prove)
        return OK;
    for (uint32_t i = 0; i < CUSTOMER_BARS; i++) {
        struct customer_rect rect = customer_rect(&frame->place, i, symbol.bars[i]);
        bars[i] = (struct bar){(uint16_t)rect.x, (uint16_t)rect.y, (uint16_t)rect.width,
                               (uint16_t)rect.height};
    }
    return add_bars(setter, frame, bars, CUSTOMER_BARS, error);
}

/* Hyphens part the number for people; the symbol has none. False: too long for the frame. */
static bool bare_number(const struct frame *frame, struct text text, char out[NW7_MOST],
                        uint32_t *length)
{
    *length = 0;
    for (uint32_t i = 0; i < text.length; i++) {
        if (text.bytes[i] == '-')
            continue;
        if (*length == frame->characters)
            return false;
        out[(*length)++] = text.bytes[i];
    }
    return true;
}

/* Elements are bars and spaces in turn. Gives the number of bars. */
static uint32_t nw7_bars(const struct nw7 *symbol, const struct frame *frame, struct bar *bars)
{
    uint16_t height = (uint16_t)(frame->bars.h / EMU_PER_DOT600);
    uint32_t count = 0;
    int32_t x = 0;
    for (uint32_t i = 0; i < symbol->count; i++) {
        int32_t width = symbol->wide[i] ? frame->widths.wide : frame->widths.narrow;
        if (i % 2 == 0)
            bars[count++] = (struct bar){(uint16_t)x, 0, (uint16_t)width, height};
        x += width;
    }
    return count;
}

enum status set_nw7_frame(const struct setter *setter, const struct frame *frame, struct text text,
                          struct error *error)
{
    char number[NW7_MOST];
    uint32_t length;
    struct nw7 symbol;
    struct bar bars[NW7_ELEMENTS / 2 + 1];
    if (!bare_number(frame, text, number, &length))
        return error_set(error, MSG_SYMBOL_TOO_LONG);
    enum status status =
        nw7_encode((struct text){number, length}, frame->start, frame->stop, &symbol, error);
    if (status != OK)
        return status;
    if (nw7_length(&symbol, &frame->widths) * EMU_PER_DOT600 > frame->bars.w)
        return error_set(error, MSG_SYMBOL_TOO_LONG); /* : / . + are wider than digits */
    add_fit(setter, frame);
    if (setter->prove)
        return OK;
    return add_bars(setter, frame, bars, nw7_bars(&symbol, frame, bars), error);
}
