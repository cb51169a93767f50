#include "compose/adjust.h"

#include "base/utf8.h"

/* -- digits -- */

#define WIDE_BYTES 3 /* U+FF10-FF19: EF BC 90-99 */

static bool is_wide(const char *at, const char *end)
{
    return end - at >= WIDE_BYTES && (uint8_t)at[0] == 0xEF && (uint8_t)at[1] == 0xBC &&
           (uint8_t)at[2] >= 0x90 && (uint8_t)at[2] <= 0x99;
}

static bool is_narrow(const char *at, const char *end)
{
    return at < end && *at >= '0' && *at <= '9';
}

/* The digit is the base of a sequence: U+FE00-FE0F, U+E0100-E01EF, U+20E3. */
static bool has_mark(const char *at, const char *end)
{
    if (at == end)
        return false;
    uint32_t next = utf8_next(&at, end);
    return (next >= 0xFE00 && next <= 0xFE0F) || (next >= 0xE0100 && next <= 0xE01EF) ||
           next == 0x20E3;
}

/* Length of the digit at `at` that is to be folded; 0 = none. */
static uint32_t foldable(enum digits digits, const char *at, const char *end)
{
    uint32_t length =
        digits == DIGITS_HALF ? (is_wide(at, end) ? WIDE_BYTES : 0) : is_narrow(at, end);
    return length != 0 && !has_mark(at + length, end) ? length : 0;
}

static uint32_t count_foldable(enum digits digits, struct text text)
{
    const char *end = text.bytes + text.length;
    uint32_t count = 0;
    for (const char *at = text.bytes; at < end; at++)
        count += foldable(digits, at, end) != 0;
    return count;
}

bool digits_fold(enum digits digits, struct text text, struct arena *arena, struct text *out)
{
    *out = text;
    uint32_t count = digits == DIGITS_AS_IS ? 0 : count_foldable(digits, text);
    if (count == 0)
        return true;
    char *bytes = arena_take(arena, (size_t)text.length + (size_t)count * (WIDE_BYTES - 1));
    if (!bytes)
        return false;
    const char *end = text.bytes + text.length;
    uint32_t length = 0;
    for (const char *at = text.bytes; at < end;) {
        uint32_t taken = foldable(digits, at, end);
        if (taken == WIDE_BYTES) {
            bytes[length++] = (char)('0' + ((uint8_t)at[2] - 0x90));
        } else if (taken != 0) {
            bytes[length++] = (char)0xEF;
            bytes[length++] = (char)0xBC;
            bytes[length++] = (char)(0x90 + (*at - '0'));
        } else {
            bytes[length++] = *at;
        }
        at += taken != 0 ? taken : 1;
    }
    *out = (struct text){bytes, length};
    return true;
}

uint32_t digits_offset(struct text text, struct text folded, uint32_t offset)
{
    uint32_t at = 0, of = 0;
    if (offset == 0 || text.bytes == folded.bytes)
        return offset;
    /* Both say the same characters in the same order. */
    while (of + 1 < offset && at < text.length) {
        do
            at++;
        while (at < text.length && ((uint8_t)text.bytes[at] & 0xC0) == 0x80);
        do
            of++;
        while (of < folded.length && ((uint8_t)folded.bytes[of] & 0xC0) == 0x80);
    }
    return at + 1;
}

/* -- even spacing -- */

static bool is_latin(struct text text)
{
    for (uint32_t i = 0; i < text.length; i++) {
        uint8_t byte = (uint8_t)text.bytes[i];
        if ((byte > ' ' && byte < 0x80) || (byte >= 0xC2 && byte < 0xE0))
            return true;
    }
    return false;
}

static bool is_plain(const struct set_line *line)
{
    for (uint32_t i = 0; i < line->count; i++)
        if (line->glyphs[i].text_length == 0)
            return false;
    return !is_latin(line->text);
}

void even_out(const struct frame *frame, struct set_text *set)
{
    int64_t width = (int64_t)frame->even * frame->size;
    struct set_line *line = set->lines;
    if (set->count != 1 || set->scale != 1000 || set->size != frame->size || line->count < 2 ||
        width <= line->width || width > frame->box.w || !is_plain(line))
        return;
    emu more = (emu)((width - line->width) / (line->count - 1));
    line->spacing += more;
    line->width += more * (emu)(line->count - 1);
}

/* -- one scale -- */

/* Scale of the frame's only line at full size; 1000 when it holds nothing; 0 = no such line. */
static uint16_t lone_scale(const struct item_list *list, const struct frame *frame, uint32_t first,
                           uint32_t end)
{
    if (first == end)
        return 1000;
    const struct item *item = &list->items[first];
    bool lone = end - first == 1 && item->kind == ITEM_TEXT && item->as.text.size == frame->size;
    return lone ? item->as.text.scale : 0;
}

/* Where the line is held: condensing draws it together towards there. */
static emu anchor_of(const struct frame *frame)
{
    return frame->box.x + (frame->align == ALIGN_CENTER  ? frame->box.w / 2
                           : frame->align == ALIGN_RIGHT ? frame->box.w
                                                         : 0);
}

static void rescale(const struct setter *setter, const struct frame *frame, struct item_text *line,
                    uint16_t scale)
{
    emu anchor = anchor_of(frame) + setter->across;
    line->x = anchor + (emu)((int64_t)(line->x - anchor) * scale / line->scale);
    line->scale = scale;
    for (uint32_t i = 0; setter->fits && i < setter->fits->count; i++)
        if (text_equal(setter->fits->list[i].frame, frame->name))
            setter->fits->list[i].scale = scale;
}

static void match_group(const struct setter *setter, const struct bound_frame *frames,
                        uint32_t count, const uint32_t *firsts, struct text group)
{
    uint16_t least = 1000;
    for (uint32_t i = 0; i < count; i++) {
        if (!text_equal(frames[i].frame->match, group))
            continue;
        uint16_t scale = lone_scale(setter->list, frames[i].frame, firsts[i], firsts[i + 1]);
        if (scale == 0)
            return;
        least = scale < least ? scale : least;
    }
    for (uint32_t i = 0; i < count; i++)
        if (text_equal(frames[i].frame->match, group) && firsts[i] < firsts[i + 1] &&
            setter->list->items[firsts[i]].as.text.scale != least)
            rescale(setter, frames[i].frame, &setter->list->items[firsts[i]].as.text, least);
}

void match_scales(const struct setter *setter, const struct bound_frame *frames, uint32_t count,
                  const uint32_t *firsts)
{
    for (uint32_t i = 0; i < count; i++) {
        struct text group = frames[i].frame->match;
        bool seen = group.length == 0;
        for (uint32_t k = 0; k < i && !seen; k++)
            seen = text_equal(frames[k].frame->match, group);
        if (!seen)
            match_group(setter, frames, count, firsts, group);
    }
}
