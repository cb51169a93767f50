#include "wording/wording.h"

const struct part *wording_part(const struct wording *wording, struct text name)
{
    for (uint32_t i = 0; i < wording->part_count; i++)
        if (text_equal(wording->parts[i].name, name))
            return &wording->parts[i];
    return NULL;
}

struct text wording_side(const struct wording *wording, unsigned side)
{
    switch (side) {
    case CUT_RIGHT:
        return wording->side_right;
    case CUT_LEFT:
        return wording->side_left;
    case CUT_BOTTOM:
        return wording->side_bottom;
    default:
        return (struct text){NULL, 0};
    }
}

void wording_job_fields(const struct wording *wording, unsigned side,
                        struct text fields[FIELD_LIMIT])
{
    fields[FIELD_CUT_SIDE] = wording_side(wording, side);
    if (fields[FIELD_PORTAL_URL].length == 0)
        fields[FIELD_PORTAL_URL] = wording->portal_url;
    if (wording->fields.padded_dates) {
        fields[FIELD_AS_OF] = wording->padded_as_of;
        fields[FIELD_ISSUED] = wording->padded_issued;
    }
}

struct text wording_segment(const struct part *part, uint32_t index,
                            const struct text fields[FIELD_LIMIT])
{
    const struct segment *segment = &part->segments[index];
    if (segment->silent)
        return (struct text){NULL, 0};
    if (segment->field >= 0)
        return fields[segment->field];
    struct text text = segment->literal;
    if (segment->blanks && fields[segment[1].field].length == 0)
        text.length -= segment->blanks;
    return text;
}

/* Bytes of the filled part; 0 when it is empty as a whole. */
static uint32_t filled_length(const struct part *part, const struct text fields[FIELD_LIMIT])
{
    bool named = false, filled = false;
    uint32_t length = 0;
    for (uint32_t i = 0; i < part->segment_count; i++) {
        const struct segment *segment = &part->segments[i];
        length += wording_segment(part, i, fields).length;
        if (segment->field < 0)
            continue;
        bool given = fields[segment->field].length > 0;
        named = true;
        filled |= given;
        if (segment->decides && !given)
            return 0;
    }
    return named && !filled ? 0 : length;
}

bool wording_empty(const struct part *part, const struct text fields[FIELD_LIMIT])
{
    return filled_length(part, fields) == 0;
}

bool wording_fill(const struct part *part, const struct text fields[FIELD_LIMIT],
                  struct arena *arena, struct text *out)
{
    *out = (struct text){NULL, 0};
    if (part->segment_count == 1) {
        *out = wording_segment(part, 0, fields);
        return true;
    }
    uint32_t length = filled_length(part, fields);
    if (length == 0)
        return true;
    char *at = arena_take(arena, length);
    if (!at)
        return false;
    *out = (struct text){at, length};
    for (uint32_t i = 0; i < part->segment_count; i++) {
        struct text text = wording_segment(part, i, fields);
        if (text.length)
            memcpy(at, text.bytes, text.length);
        at += text.length;
    }
    return true;
}
