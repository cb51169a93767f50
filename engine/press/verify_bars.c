/* press/verify_bars.c -- barcodes of bars: read back from the rectangles of a page, by their own measures alone, and
 * compared with what the record or the manifest asks for. */
#include "press/verify_inside.h"

#include "compose/pen.h"
#include "symbology/customer.h"
#include "symbology/nw7.h"

enum { LEAST_BARS = 10, MOST_BARS = 255 };

/* A symbol as kept: count of elements, then '1'-'4' for the bars of a customer barcode, 'n' and 'w' for the elements of
 * another. */

static bool is_bars(const struct read_list *list, const struct read_item *item)
{
    const struct read_step *steps = list->steps + item->as.path.first_step;
    uint32_t count = item->as.path.steps;
    if (item->kind != READ_FILL || count < LEAST_BARS || count > MOST_BARS)
        return false;
    for (uint32_t i = 0; i < count; i++)
        if (steps[i].step != 'r')
            return false;
    return true;
}

static enum status keep(struct verify *verify, const uint8_t *elements, uint32_t count,
                        struct error *error)
{
    uint16_t size = (uint16_t)count;
    enum status status = buffer_add(&verify->bars, &size, sizeof size, error);
    return status == OK ? buffer_add(&verify->bars, elements, count, error) : status;
}

/* Long, upper, lower, timing: by which edges of the symbol a bar reaches. */
static enum status read_heights(struct verify *verify, const struct read_step *bars, uint32_t count,
                                struct error *error)
{
    uint8_t kinds[MOST_BARS];
    int32_t top = INT32_MIN, bottom = INT32_MAX;
    for (uint32_t i = 0; i < count; i++) {
        int32_t low = bars[i].numbers[1], high = low + bars[i].numbers[3];
        top = high > top ? high : top;
        bottom = low < bottom ? low : bottom;
    }
    int32_t near = (top - bottom) / 8;
    for (uint32_t i = 0; i < count; i++) {
        int32_t low = bars[i].numbers[1], high = low + bars[i].numbers[3];
        bool up = high > top - near, down = low < bottom + near;
        kinds[i] = up && down ? '1' : up ? '2' : down ? '3' : '4';
    }
    return keep(verify, kinds, count, error);
}

/* Bars and spaces in turn, narrow or wide beside the narrowest of all. */
static enum status read_widths(struct verify *verify, const struct read_step *bars, uint32_t count,
                               struct error *error)
{
    int32_t widths[2 * MOST_BARS], least = INT32_MAX;
    uint8_t kinds[2 * MOST_BARS];
    uint32_t elements = 2 * count - 1;
    for (uint32_t i = 0; i < elements; i++) {
        const int32_t *bar = bars[i / 2].numbers;
        widths[i] = i % 2 ? bars[i / 2 + 1].numbers[0] - bar[0] - bar[2] : bar[2];
        least = widths[i] < least ? widths[i] : least;
    }
    for (uint32_t i = 0; i < elements; i++)
        kinds[i] = 2 * (int64_t)widths[i] > 3 * (int64_t)least ? 'w' : 'n';
    return keep(verify, kinds, elements, error);
}

enum status verify_bars_add(struct verify *verify, const struct read_list *list,
                            const struct read_item *item, struct error *error)
{
    const struct read_step *bars = list->steps + item->as.path.first_step;
    if (!is_bars(list, item))
        return OK;
    return item->as.path.steps == CUSTOMER_BARS
               ? read_heights(verify, bars, item->as.path.steps, error)
               : read_widths(verify, bars, item->as.path.steps, error);
}

static bool stands_there(const struct verify *verify, const uint8_t *wanted, uint32_t count)
{
    for (size_t at = 0; at < verify->bars.size;) {
        uint16_t size;
        memcpy(&size, verify->bars.bytes + at, sizeof size);
        at += sizeof size;
        if (size == count && memcmp(verify->bars.bytes + at, wanted, count) == 0)
            return true;
        at += size;
    }
    return false;
}

bool verify_has_customer(const struct verify *verify, struct text data)
{
    struct customer symbol;
    uint8_t wanted[CUSTOMER_BARS];
    struct error trouble;
    if (customer_encode(data, &symbol, &trouble) != OK)
        return false;
    for (uint32_t i = 0; i < CUSTOMER_BARS; i++)
        wanted[i] = (uint8_t)('0' + symbol.bars[i]);
    return stands_there(verify, wanted, CUSTOMER_BARS);
}

static bool has_nw7(const struct verify *verify, const struct frame *frame, struct text number)
{
    char digits[NW7_MOST];
    uint32_t count = 0;
    struct nw7 symbol;
    struct error trouble;
    for (uint32_t i = 0; i < number.length && count < NW7_MOST; i++)
        if (number.bytes[i] != '-')
            digits[count++] = number.bytes[i];
    if (nw7_encode((struct text){digits, count}, frame->start, frame->stop, &symbol, &trouble) !=
        OK)
        return false;
    uint8_t wanted[NW7_ELEMENTS];
    for (uint32_t i = 0; i < symbol.count; i++)
        wanted[i] = symbol.wide[i] ? 'w' : 'n';
    return stands_there(verify, wanted, symbol.count);
}

bool verify_has_number(const struct verify *verify, const struct form *form, struct text number)
{
    for (uint32_t i = 0; number.length && i < form->pen->frame_count; i++)
        if (form->pen->frames[i].frame->kind == FRAME_NW7 &&
            !has_nw7(verify, form->pen->frames[i].frame, number))
            return false;
    return true;
}
