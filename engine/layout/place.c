#include "layout/layout.h"

/* Share of the em box above the baseline, in percent: 880 of 1000 units in BIZ UD, IPAex and IPAmj. */
#define ASCENT_PERCENT 88

static emu room_above(const struct frame *frame, emu size, emu leading, emu block)
{
    emu room = frame->box.h - block;
    if (frame->valign == VALIGN_BOTTOM)
        return room;
    if (frame->valign == VALIGN_MIDDLE)
        return room / 2;
    emu half_lead = leading > size ? (leading - size) / 2 : 0;
    return half_lead < room / 2 ? half_lead : room / 2;
}

emu layout_baseline(const struct frame *frame, emu size, emu leading, uint32_t lines)
{
    emu block = (emu)(size + (int64_t)(lines - 1) * leading);
    emu ascent = (emu)((int64_t)size * ASCENT_PERCENT / 100);
    return frame->box.y + room_above(frame, size, leading, block) + ascent;
}

static emu first_dot(emu at)
{
    return (at + EMU_PER_DOT600 - 1) / EMU_PER_DOT600;
}

bool layout_place_qr(const struct frame *frame, uint16_t modules, emu *x, emu *y, emu *module)
{
    const struct rect *box = &frame->box;
    emu left = first_dot(box->x), right = (box->x + box->w) / EMU_PER_DOT600;
    emu top = first_dot(box->y), bottom = (box->y + box->h) / EMU_PER_DOT600;
    emu across = right - left, down = bottom - top;
    emu wanted = modules + 2 * frame->quiet;
    emu dots = (across < down ? across : down) / wanted;
    if (frame->module_dots != 0) {
        if (dots < frame->module_dots)
            return false;
        dots = frame->module_dots;
    }
    if (dots < 1)
        return false;
    *x = (left + (across - modules * dots) / 2) * EMU_PER_DOT600;
    *y = (top + (down - modules * dots) / 2) * EMU_PER_DOT600;
    *module = dots * EMU_PER_DOT600;
    return true;
}
