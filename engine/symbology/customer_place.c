#include "symbology/customer.h"

/* Manual p12: nominal and allowed lengths at 10 pt, in mm/100; all scale with a/10. Semi-long bars are not in that
 * table: they reach from the long bar's end to the far end of the timing bar, so their length is half the sum of
 * both. */
enum {
    LONG_LEAST = 340,
    LONG_MOST = 360,
    TIMING_LEAST = 105,
    TIMING_NOMINAL = 120,
    TIMING_MOST = 135,
    PITCH_LEAST = 95,
    PITCH_MOST = 130,
    WIDTH_LEAST = 50,
    WIDTH_NOMINAL = 60,
    WIDTH_MOST = 70,
    SPACE_LEAST = 45,
    SPACE_MOST = 60,
};

/* size is in 1/100 pt, so a measure of m mm/100 at 10 pt is m * size / 1000 mm/100 = m * size * 36 / 100 EMU. */
enum { EMU_TIMES = EMU_PER_MM / 1000, EMU_PARTS = 100 };

/* Most dots that are not longer than this. */
static int32_t dots_within(int32_t measure, int32_t size, emu dot)
{
    return (int32_t)((int64_t)measure * size * EMU_TIMES / ((int64_t)dot * EMU_PARTS));
}

/* Dots next to the measure; of two equally near ones the smaller. */
static int32_t dots_near(int32_t measure, int32_t size, emu dot)
{
    int64_t twice = (int64_t)measure * size * EMU_TIMES * 2, unit = (int64_t)dot * EMU_PARTS;
    return (int32_t)((twice + unit - 1) / (2 * unit));
}

static bool within(int32_t dots, emu dot, int32_t size, int32_t least, int32_t most)
{
    int64_t length = (int64_t)dots * dot * EMU_PARTS;
    return length >= (int64_t)least * size * EMU_TIMES &&
           length <= (int64_t)most * size * EMU_TIMES;
}

static bool in_tolerance(const struct customer_place *place, int32_t size)
{
    return within(place->high, place->dot, size, LONG_LEAST, LONG_MOST) &&
           within(place->timing, place->dot, size, TIMING_LEAST, TIMING_MOST) &&
           within(place->pitch, place->dot, size, PITCH_LEAST, PITCH_MOST) &&
           within(place->width, place->dot, size, WIDTH_LEAST, WIDTH_MOST) &&
           within(place->space, place->dot, size, SPACE_LEAST, SPACE_MOST);
}

/* The timing bar stands in the middle of the long one, so both are even or both are odd. Nominal is the best, and the
 * long bar's nominal length its longest. */
static int32_t timing_dots(int32_t high, int32_t size, emu dot)
{
    int32_t near = dots_near(TIMING_NOMINAL, size, dot);
    if ((high - near) % 2 == 0)
        return near;
    return within(near - 1, dot, size, TIMING_LEAST, TIMING_NOMINAL) ? near - 1 : near + 1;
}

enum status customer_place(int32_t size, int32_t dpi, struct customer_place *out,
                           struct error *error)
{
    enum status status = OK;
    *out = (struct customer_place){.dot = 0};
    if (size < CUSTOMER_SIZE_LEAST || size > CUSTOMER_SIZE_MOST)
        status = error_set(error, MSG_CUSTOMER_SIZE);
    else if (dpi != 300 && dpi != 600 && dpi != 1200)
        status = error_set(error, MSG_CUSTOMER_DOTS);
    if (status != OK) {
        if (error)
            error->have = error->message == MSG_CUSTOMER_SIZE ? size : dpi;
        return status;
    }
    emu dot = 72 * EMU_PER_PT / dpi;
    out->dot = dot;
    out->high = dots_within(LONG_MOST, size, dot);
    out->timing = timing_dots(out->high, size, dot);
    out->semi = (out->high + out->timing) / 2;
    out->space = dots_within(SPACE_MOST, size, dot);
    out->width = dots_near(WIDTH_NOMINAL, size, dot);
    out->pitch = out->width + out->space;
    out->length = (CUSTOMER_BARS - 1) * out->pitch + out->width;
    return in_tolerance(out, size) ? OK : error_set(error, MSG_BUG);
}

struct customer_rect customer_rect(const struct customer_place *place, uint32_t index, uint8_t bar)
{
    struct customer_rect rect = {(int32_t)index * place->pitch, 0, place->width, place->high};
    int32_t margin = (place->high - place->timing) / 2;

    if (bar == CUSTOMER_UPPER || bar == CUSTOMER_LOWER)
        rect.height = place->semi;
    if (bar == CUSTOMER_TIMING)
        rect.height = place->timing;
    if (bar == CUSTOMER_LOWER || bar == CUSTOMER_TIMING)
        rect.y = margin;
    return rect;
}
