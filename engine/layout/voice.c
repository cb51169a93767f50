#include "layout/voice.h"

#include "layout/check.h"
#include "layout/window.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))
#define EMU_PER_INCH 914400

/* Where no maker says otherwise. Centre and notch: notice of 2024-01-09, 別添2 (25 mm, 6 mm); cell: 音声コードUni-Voice
 * 技術仕様書, 4 dots at 600 dpi. No quiet zone is published: 10 to 40 mm from both edges are kept free, 5 mm around the
 * largest symbol. */
#define CENTRE (25 * EMU_PER_MM)
#define CLEAR_FROM (10 * EMU_PER_MM)
#define CLEAR_TO (40 * EMU_PER_MM)
#define NOTCH (6 * EMU_PER_MM)
#define APART (12 * EMU_PER_MM) /* centres of two notches */
#define GROUND (2 * EMU_PER_MM) /* free around a notch */
#define DPI 600
#define CELL 4

struct voice_keys {
    int32_t corner, cell, dpi, notches;
    emu centre, notch, apart;
    struct text plate;
    const struct yaml_node *clear;
};

#define AT(field) offsetof(struct voice_keys, field)

static const struct key voice_keys[] = {
    {.name = "corner",
     .value = VALUE_CHOICE,
     .at = AT(corner),
     .needed = true,
     .choices = "right-bottom|left-bottom"}, /* order of enum corner */
    {.name = "centre", .value = VALUE_MM, .at = AT(centre), .low = 1, .high = 100},
    {.name = "clear", .value = VALUE_NODE, .at = AT(clear)},
    {.name = "cell", .value = VALUE_WHOLE, .at = AT(cell), .low = 1, .high = 16},
    {.name = "dpi", .value = VALUE_WHOLE, .at = AT(dpi), .low = 200, .high = 2400},
    {.name = "notch", .value = VALUE_MM, .at = AT(notch), .low = 1, .high = 20},
    {.name = "notches", .value = VALUE_WHOLE, .at = AT(notches), .low = 1, .high = 2},
    {.name = "apart", .value = VALUE_MM, .at = AT(apart), .low = 1, .high = 60},
    {.name = "plate", .value = VALUE_TEXT, .at = AT(plate)},
};

/* -- reading -- */

/* From and to, from both edges. */
static enum status read_clear(const struct reader *reader, const struct yaml_node *node,
                              emu bounds[2])
{
    if (!node)
        return OK;
    if (node->kind != YAML_LIST || node->count != 2)
        return values_refuse(reader, MSG_LAYOUT_LIST, node, node->key);
    const struct yaml_node *child = node->child;
    enum status status = OK;
    for (int i = 0; i < 2 && status == OK; i++, child = child->next) {
        struct yaml_node named = *child;
        named.key = node->key;
        status = values_mm(reader, &named, 0, 200, &bounds[i]);
    }
    return status;
}

/* A name that a cutter's program can be told, and that is no ink of the press. */
static bool is_plate(struct text name)
{
    static const char *const inks[] = {"Black", "Cyan", "Magenta", "Yellow",
                                       "All",   "None", "Guides"};
    for (size_t i = 0; i < COUNT_OF(inks); i++)
        if (text_is(name, inks[i]))
            return false;
    for (uint32_t i = 0; i < name.length; i++) {
        char c = name.bytes[i];
        if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
              c == '-' || c == '_'))
            return false;
    }
    return name.length > 0 && name.length <= VOICE_PLATE;
}

static emu on_grid(emu at, emu dot)
{
    return (at + dot / 2) / dot * dot;
}

static void place(const struct voice_keys *keys, const emu bounds[2], const struct layout *layout,
                  struct voice_place *out)
{
    bool left = out->corner == CORNER_LEFT_BOTTOM;
    emu side = bounds[1] - bounds[0];
    out->x = on_grid(left ? keys->centre : layout->width - keys->centre, out->dot);
    out->y = on_grid(layout->height - keys->centre, out->dot);
    out->clear = (struct rect){left ? bounds[0] : layout->width - bounds[1],
                               layout->height - bounds[1], side, side};
}

struct rect voice_notch(const struct layout *layout, uint32_t number)
{
    const struct voice_place *voice = layout->voice;
    emu half = voice->notch / 2, on = (emu)number * voice->apart;
    if (voice->corner == CORNER_LEFT_BOTTOM)
        return (struct rect){voice->x + on - half, layout->height - half, voice->notch, half};
    return (struct rect){layout->width - half, voice->y - on - half, half, voice->notch};
}

static bool take_clears(const struct reader *reader, struct layout *out)
{
    const struct voice_place *voice = out->voice;
    struct clear_place *all =
        arena_array(reader->arena, out->clear_count + 1 + voice->notches, sizeof *all);
    if (!all)
        return false;
    if (out->clear_count)
        memcpy(all, out->clears, out->clear_count * sizeof *all);
    out->clears = all;
    all[out->clear_count++] = (struct clear_place){
        .condition = IF_VOICE, .name = TEXT("voice"), .box = voice->clear, .line = voice->line};
    for (uint32_t i = 0; i < voice->notches; i++) {
        struct rect page = {0, 0, out->width, out->height}, notch = voice_notch(out, i);
        struct rect ground = rect_grown(&notch, GROUND);
        if (voice->corner == CORNER_LEFT_BOTTOM)
            ground.h = page.h - ground.y;
        else
            ground.w = page.w - ground.x;
        all[out->clear_count++] = (struct clear_place){.condition = IF_VOICE,
                                                       .name = i ? TEXT("notch#2") : TEXT("notch"),
                                                       .box = ground,
                                                       .line = voice->line};
    }
    return true;
}

static enum status check_keys(const struct reader *reader, const struct yaml_node *node,
                              const struct voice_keys *keys, const emu bounds[2])
{
    bool fits = bounds[0] < keys->centre && keys->centre < bounds[1];
    if (EMU_PER_INCH % keys->dpi != 0)
        return values_refuse(reader, MSG_VOICE_DPI, node, TEXT("dpi"));
    if (!fits)
        return values_refuse(reader, MSG_VOICE_CENTRE, node, TEXT("centre"));
    if (!is_plate(keys->plate))
        return values_refuse(reader, MSG_VOICE_PLATE, node, TEXT("plate"));
    if (keys->notches > 1 && keys->apart < keys->notch)
        return values_refuse(reader, MSG_VOICE_APART, node, TEXT("apart"));
    return OK;
}

enum status voice_read(const struct reader *reader, const struct yaml_node *node,
                       struct layout *out)
{
    struct voice_keys keys = {.centre = CENTRE,
                              .notch = NOTCH,
                              .apart = APART,
                              .cell = CELL,
                              .dpi = DPI,
                              .notches = 1,
                              .plate = TEXT("CutContour")};
    emu bounds[2] = {CLEAR_FROM, CLEAR_TO};
    enum status status = values_read(reader, node, voice_keys, COUNT_OF(voice_keys), &keys, NULL);
    if (status == OK)
        status = read_clear(reader, keys.clear, bounds);
    if (status == OK)
        status = check_keys(reader, node, &keys, bounds);
    if (status != OK)
        return status;
    struct voice_place *voice = out->voice = arena_take(reader->arena, sizeof *voice);
    if (!voice)
        return error_set(reader->error, MSG_NO_MEMORY);
    *voice = (struct voice_place){.corner = (enum corner)keys.corner,
                                  .dot = EMU_PER_INCH / keys.dpi,
                                  .cell = (uint16_t)keys.cell,
                                  .notch = keys.notch,
                                  .notches = (uint8_t)keys.notches,
                                  .apart = keys.apart,
                                  .plate = keys.plate,
                                  .centre = keys.centre,
                                  .line = node->line};
    place(&keys, bounds, out, voice);
    return take_clears(reader, out) ? OK : error_set(reader->error, MSG_NO_MEMORY);
}

emu voice_room(const struct voice_place *voice)
{
    const struct rect *box = &voice->clear;
    emu half = voice->x - box->x;
    const emu others[] = {box->x + box->w - voice->x, voice->y - box->y,
                          box->y + box->h - voice->y};
    for (int i = 0; i < 3; i++)
        if (others[i] < half)
            half = others[i];
    return 2 * half;
}

/* -- checking -- */

static enum status refuse(const struct layout *layout, enum message message, uint32_t line,
                          struct text name, struct error *error)
{
    return error_at(error, message, layout->path, line, name);
}

/* A card that is cut off must take nothing of the code with it, and the notch must not open the card. */
static enum status check_cuts(const struct layout *layout, const struct clear_place *place_,
                              struct error *error)
{
    for (uint32_t i = 0; i < layout->cut_count; i++)
        if (layout->cuts[i].condition != IF_NO_VOICE &&
            !rects_apart(&layout->cuts[i].box, &place_->box))
            return refuse(layout, MSG_VOICE_CUT, layout->cuts[i].line, layout->cuts[i].name, error);
    return OK;
}

static enum status check_folds(const struct layout *layout, const struct clear_place *place_,
                               struct error *error)
{
    for (uint32_t i = 0; i < layout->fold_count; i++)
        if (place_->box.y < layout->folds[i] && layout->folds[i] < place_->box.y + place_->box.h)
            return refuse(layout, MSG_SYMBOL_ON_FOLD, place_->line, place_->name, error);
    return OK;
}

static enum status check_window(const struct layout *layout, const struct clear_place *place_,
                                struct error *error)
{
    if (!layout->window)
        return OK;
    const struct rect reach = window_reach(layout);
    return rects_apart(&reach, &place_->box)
               ? OK
               : refuse(layout, MSG_WINDOW_ENTERED, place_->line, place_->name, error);
}

/* The places that voice_read made stand last. */
enum status voice_check(const struct layout *layout, struct error *error)
{
    enum status status = OK;
    uint32_t count = layout->voice ? 1u + layout->voice->notches : 0;
    for (uint32_t i = layout->clear_count - count; status == OK && i < layout->clear_count; i++) {
        const struct clear_place *place_ = &layout->clears[i];
        struct rect page = {0, 0, layout->width, layout->height};
        if (!rect_within(&place_->box, &page))
            status = refuse(layout, MSG_FRAME_OFF_PAGE, place_->line, place_->name, error);
        if (status == OK)
            status = check_cuts(layout, place_, error);
        if (status == OK)
            status = check_folds(layout, place_, error);
        if (status == OK)
            status = check_window(layout, place_, error);
    }
    return status;
}
