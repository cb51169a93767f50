/* Any bytes as a layout file: no crash, and a layout that is taken holds what layout.h promises. */
#include "layout/layout.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool good_frame(const struct layout *layout, const struct frame *frame)
{
    const struct rect *box = &frame->box;
    if (box->x < layout->margin || box->y < layout->margin ||
        box->x + box->w > layout->width - layout->margin ||
        box->y + box->h > layout->height - layout->margin)
        return false;
    if (frame->name.length == 0)
        return false;
    if (frame->kind == FRAME_TEXT)
        return frame->size > 0 && frame->leading > 0 && frame->lines >= 1 &&
               frame->lines <= LIMIT_LINES && frame->condense >= 50 && frame->condense <= 100 &&
               frame->size <= box->h;
    if (frame->kind == FRAME_CUSTOMER || frame->kind == FRAME_NW7) {
        emu clear = frame->kind == FRAME_CUSTOMER ? CUSTOMER_CLEAR : 0;
        const struct rect *bars = &frame->bars;
        return bars->w > 0 && bars->h > 0 && bars->x - box->x >= clear &&
               bars->y - box->y >= clear && box->x + box->w - bars->x - bars->w >= clear &&
               box->y + box->h - bars->y - bars->h >= clear;
    }
    emu x, y, module;
    return frame->kind == FRAME_IMAGE || layout_place_qr(frame, 21, &x, &y, &module);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct layout layout;
    struct error error = {0};
    if (size > 1u << 16)
        return 0;
    arena_open(&arena, LIMIT_JOB_ARENA);
    enum status status = layout_read((struct text){(const char *)data, (uint32_t)size}, "fuzz.yaml",
                                     &arena, &layout, &error);
    if (status == REJECT || (status == STOP && error.message == MSG_NONE))
        abort();
    for (uint32_t i = 0; status == OK && i < layout.frame_count; i++)
        if (!good_frame(&layout, &layout.frames[i]))
            abort();
    if (status == OK) /* finds the places free, or says which is not */
        for (int inserter = 0; inserter <= 1; inserter++)
            if (layout_check_control(&layout, inserter, &error) != OK &&
                error.message != MSG_CONTROL_MET)
                abort();
    arena_close(&arena);
    return 0;
}
