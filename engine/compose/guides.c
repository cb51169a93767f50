/* The layer of `preview --guides`: what the layout says, drawn. */
#include "compose/compose.h"

#include <stdio.h>

#define HAIR (EMU_PER_PT / 5)
#define NAME_SIZE (9 * EMU_PER_PT / 2)
#define TICKS_LIMIT 1200 /* of all rulers */

struct guide {
    struct fonts *fonts;
    struct arena *arena;
    struct item_list *list;
    uint32_t room;
    int role;
    unsigned shown; /* form_shown */
    struct error *error;
};

static struct item *next_item(const struct guide *guide, enum item_kind kind)
{
    if (guide->list->count >= guide->room)
        return NULL;
    struct item *item = &guide->list->items[guide->list->count++];
    item->kind = kind;
    return item;
}

static void add_stroke(const struct guide *guide, struct rect box, bool dashed)
{
    struct item *item = next_item(guide, ITEM_STROKE);
    emu dash = dashed ? 2 * EMU_PER_PT : 0;
    if (item)
        item->as.stroke = (struct item_stroke){box.x, box.y, box.w, box.h, HAIR, dash, dash, 0};
}

/* Words with their baseline at y. Names that the font lacks are left out: guides are no letter. */
static enum status add_words(const struct guide *guide, struct text words, emu x, emu y)
{
    struct shaped shaped;
    struct error trouble;
    enum status status =
        typeset_shape(guide->fonts, guide->role, words, guide->arena, &shaped, &trouble);
    if (status == REJECT || words.length == 0)
        return OK;
    if (status != OK)
        return error_set(guide->error, trouble.message);
    struct item *item = next_item(guide, ITEM_TEXT);
    if (item)
        item->as.text = (struct item_text){.x = x,
                                           .y = y,
                                           .size = NAME_SIZE,
                                           .scale = 1000,
                                           .glyphs = shaped.glyphs,
                                           .count = shaped.count,
                                           .text = words};
    return OK;
}

static enum status add_number(const struct guide *guide, int mm, emu x, emu y)
{
    char digits[12];
    int length = snprintf(digits, sizeof digits, "%d", mm);
    struct text words = arena_text(guide->arena, (struct text){digits, (uint32_t)length});
    if (!words.bytes)
        return error_set(guide->error, MSG_NO_MEMORY);
    return add_words(guide, words, x, y);
}

static emu tick_length(int mm)
{
    return (mm % 10 == 0 ? 4 : mm % 5 == 0 ? 3 : 2) * EMU_PER_MM;
}

/* Ticks along the top and bottom edges, numbers below the top ones. */
static enum status add_ruler_across(const struct guide *guide, emu width, emu height)
{
    enum status status = OK;
    for (int mm = 1; mm * EMU_PER_MM < width && status == OK; mm++) {
        emu x = mm * EMU_PER_MM, length = tick_length(mm);
        add_stroke(guide, (struct rect){x, 0, 0, length}, false);
        add_stroke(guide, (struct rect){x, height - length, 0, length}, false);
        if (mm % 10 == 0)
            status = add_number(guide, mm, x + EMU_PER_MM / 2, length + EMU_PER_MM);
    }
    return status;
}

static enum status add_ruler_down(const struct guide *guide, emu width, emu height)
{
    enum status status = OK;
    for (int mm = 1; mm * EMU_PER_MM < height && status == OK; mm++) {
        emu y = mm * EMU_PER_MM, length = tick_length(mm);
        add_stroke(guide, (struct rect){0, y, length, 0}, false);
        add_stroke(guide, (struct rect){width - length, y, length, 0}, false);
        if (mm % 10 == 0)
            status = add_number(guide, mm, length + EMU_PER_MM / 2, y - EMU_PER_MM / 2);
    }
    return status;
}

static enum status add_box(const struct guide *guide, struct text name, struct rect box)
{
    add_stroke(guide, box, false);
    return add_words(guide, name, box.x, box.y + NAME_SIZE);
}

static enum status add_frames(const struct guide *guide, const struct frame *frames, uint32_t count,
                              emu down)
{
    enum status status = OK;
    for (uint32_t i = 0; i < count && status == OK; i++) {
        struct rect box = frames[i].box;
        box.y += down;
        if (condition_holds(frames[i].condition, guide->shown))
            status = add_box(guide, frames[i].name, box);
    }
    return status;
}

/* The envelope's window, where the sheet lies in the middle of its play. */
static enum status add_window(const struct guide *guide, const struct window *window)
{
    add_stroke(guide, window->box, false);
    return add_words(guide, window->envelope, window->box.x, window->box.y - EMU_PER_MM / 2);
}

/* The table as a whole, and the frames of its first row. */
static enum status add_table(const struct guide *guide, const struct table *table)
{
    add_stroke(guide, table->box, true);
    enum status status = add_words(guide, table->name, table->box.x, table->box.y - EMU_PER_MM / 2);
    return status == OK ? add_frames(guide, table->frames, table->frame_count, table->box.y)
                        : status;
}

static enum status add_cut(const struct guide *guide, const struct cut *cut)
{
    const struct rect inside = {cut->box.x + cut->keep, cut->box.y + cut->keep,
                                cut->box.w - 2 * cut->keep, cut->box.h - 2 * cut->keep};
    add_stroke(guide, cut->box, false);
    add_stroke(guide, inside, true);
    return add_words(guide, cut->name, cut->box.x, cut->box.y - EMU_PER_MM / 2);
}

static enum status add_clear(const struct guide *guide, const struct clear_place *place)
{
    add_stroke(guide, place->box, true);
    return add_words(guide, place->name, place->box.x, place->box.y + NAME_SIZE);
}

/* A line, and its length where there is room for it: in tenths of a millimetre where it is not whole. */
static enum status add_measure(const struct guide *guide, struct rect line, emu x, emu y)
{
    char words[24];
    emu length = line.w ? line.w : line.h, tenths = (length * 10 + EMU_PER_MM / 2) / EMU_PER_MM;
    int size = tenths % 10 ? snprintf(words, sizeof words, "%d.%d mm", tenths / 10, tenths % 10)
                           : snprintf(words, sizeof words, "%d mm", tenths / 10);
    struct text kept = arena_text(guide->arena, (struct text){words, (uint32_t)size});
    if (!kept.bytes)
        return error_set(guide->error, MSG_NO_MEMORY);
    add_stroke(guide, line, false);
    return add_words(guide, kept, x, y);
}

/* What the notice of 2024-01-09 measures: the centre from both edges, and the notch. The lengths stand off the code. */
static enum status add_voice(const struct guide *guide, const struct layout *layout)
{
    const struct voice_place *voice = layout->voice;
    bool left = voice->corner == CORNER_LEFT_BOTTOM;
    emu x = voice->x, y = voice->y, mm = EMU_PER_MM;
    const struct rect across = {left ? 0 : x, y, left ? x : layout->width - x, 0};
    const struct rect down = {x, y, 0, layout->height - y};
    enum status status =
        add_measure(guide, across, left ? 5 * mm : layout->width - 9 * mm, y - mm / 2);
    if (status == OK)
        status = add_measure(guide, down, x + mm / 2, layout->height - 6 * mm);
    for (uint32_t i = 0; status == OK && i < voice->notches; i++) {
        struct rect notch = voice_notch(layout, i);
        struct rect line = left ? (struct rect){notch.x, notch.y - mm / 2, notch.w, 0}
                                : (struct rect){notch.x - mm / 2, notch.y, 0, notch.h};
        status = left ? add_measure(guide, line, notch.x + notch.w + mm, notch.y + mm)
                      : add_measure(guide, line, notch.x - 5 * mm, notch.y - mm);
    }
    return status;
}

static enum status add_places(const struct guide *guide, const struct layout *layout)
{
    enum status status = OK;
    for (uint32_t i = 0; i < layout->cut_count && status == OK; i++)
        if (condition_holds(layout->cuts[i].condition, guide->shown))
            status = add_cut(guide, &layout->cuts[i]);
    for (uint32_t i = 0; i < layout->clear_count && status == OK; i++)
        if (condition_holds(layout->clears[i].condition, guide->shown))
            status = add_clear(guide, &layout->clears[i]);
    return status;
}

static void add_sheet(const struct guide *guide, const struct layout *layout)
{
    emu margin = layout->margin, w = layout->width, h = layout->height;
    if (margin > 0)
        add_stroke(guide, (struct rect){margin, margin, w - 2 * margin, h - 2 * margin}, true);
    for (uint32_t i = 0; i < layout->fold_count; i++)
        add_stroke(guide, (struct rect){0, layout->folds[i], w, 0}, true);
}

static enum status draw_page(const struct guide *guide, const struct layout *layout)
{
    add_sheet(guide, layout);
    enum status status = add_ruler_across(guide, layout->width, layout->height);
    if (status == OK)
        status = add_ruler_down(guide, layout->width, layout->height);
    if (status == OK)
        status = add_frames(guide, layout->frames, layout->frame_count, 0);
    if (status == OK && layout->table)
        status = add_table(guide, layout->table);
    if (status == OK && layout->window)
        status = add_window(guide, layout->window);
    if (status == OK && layout->voice)
        status = add_voice(guide, layout);
    return status == OK ? add_places(guide, layout) : status;
}

enum status compose_guides(const struct form *form, struct fonts *fonts, struct arena *arena,
                           struct page_list *pages, struct error *error)
{
    const struct layout *layout = form->layout;
    struct guide guide = {.fonts = fonts, .arena = arena, .error = error};
    guide.shown = form_shown(form->job);
    guide.role = fonts_role(fonts, TEXT("gothic"));
    if (guide.role < 0)
        return error_name(error, MSG_FORM_FONT, TEXT("gothic"));
    guide.room = TICKS_LIMIT + 2 * layout->frame_count + 3 * layout->cut_count +
                 2 * layout->clear_count + layout->fold_count + 3 + 8 +
                 (layout->table ? 2 + 2 * layout->table->frame_count : 0);
    for (uint32_t i = 0; i < pages->count; i++) {
        guide.list = &pages->pages[i].guides;
        *guide.list = (struct item_list){arena_array(arena, guide.room, sizeof(struct item)), 0};
        if (!guide.list->items)
            return error_set(error, MSG_NO_MEMORY);
        enum status status = draw_page(&guide, layout);
        if (status != OK)
            return status;
    }
    return OK;
}
