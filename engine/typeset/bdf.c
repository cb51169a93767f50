#include "typeset/bdf.h"

struct lines {
    const char *at, *end;
};

static bool next_line(struct lines *lines, struct text *line)
{
    if (lines->at >= lines->end)
        return false;
    const char *start = lines->at;
    const char *stop = memchr(start, '\n', (size_t)(lines->end - start));
    lines->at = stop ? stop + 1 : lines->end;
    stop = stop ? stop : lines->end;
    while (stop > start && (stop[-1] == '\r' || stop[-1] == ' ' || stop[-1] == '\t'))
        stop--;
    *line = (struct text){start, (uint32_t)(stop - start)};
    return true;
}

static bool read_number(struct lines *rest, int32_t *out)
{
    bool minus = false;
    int32_t value = 0;
    while (rest->at < rest->end && (*rest->at == ' ' || *rest->at == '\t'))
        rest->at++;
    if (rest->at < rest->end && *rest->at == '-') {
        minus = true;
        rest->at++;
    }
    const char *start = rest->at;
    for (; rest->at < rest->end && *rest->at >= '0' && *rest->at <= '9'; rest->at++) {
        if (value > 10000000)
            return false;
        value = value * 10 + (*rest->at - '0');
    }
    *out = minus ? -value : value;
    return rest->at > start;
}

/* KEYWORD and so many numbers. */
static bool read_line(struct text line, const char *keyword, int32_t *numbers, int count)
{
    size_t length = strlen(keyword);
    if (line.length <= length || memcmp(line.bytes, keyword, length) != 0 ||
        (line.bytes[length] != ' ' && line.bytes[length] != '\t'))
        return false;
    struct lines rest = {line.bytes + length, line.bytes + line.length};
    for (int i = 0; i < count; i++)
        if (!read_number(&rest, &numbers[i]))
            return false;
    return true;
}

/* -- the file: its size, and where its characters are -- */

static void read_size(struct bdf *bdf, struct text line, int32_t *ascent)
{
    int32_t box[4], number;
    if (read_line(line, "FONTBOUNDINGBOX", box, 4)) {
        bdf->size = box[1];
        bdf->descent = -box[3];
    } else if (read_line(line, "FONT_ASCENT", &number, 1)) {
        *ascent = number;
    } else if (read_line(line, "FONT_DESCENT", &number, 1)) {
        bdf->descent = number;
    }
    if (*ascent >= 0)
        bdf->size = *ascent + bdf->descent;
}

bool bdf_open(struct text source, struct arena *arena, struct bdf *out)
{
    struct lines lines = {source.bytes, source.bytes + source.length};
    struct text line;
    int32_t ascent = -1, version, code;
    uint32_t room = 0;
    bool started = false;
    *out = (struct bdf){.source = source};
    for (struct lines count = lines; next_line(&count, &line);)
        room += line.length >= 8 && memcmp(line.bytes, "ENCODING", 8) == 0;
    out->places = arena_array(arena, room, sizeof *out->places);
    while (out->places && next_line(&lines, &line)) {
        started = started || read_line(line, "STARTFONT", &version, 1);
        if (out->count == 0)
            read_size(out, line, &ascent);
        if (read_line(line, "ENCODING", &code, 1) && code >= 0)
            out->places[out->count++] =
                (struct bdf_place){(uint32_t)code, (uint32_t)(lines.at - source.bytes)};
    }
    return out->places && started && out->size > 0 && out->size <= BDF_SIDE && out->descent >= 0 &&
           out->descent <= out->size;
}

static const struct bdf_place *find_place(const struct bdf *bdf, uint32_t code)
{
    for (uint32_t i = 0; i < bdf->count; i++)
        if (bdf->places[i].code == code)
            return &bdf->places[i];
    return NULL;
}

bool bdf_has(const struct bdf *bdf, uint32_t code)
{
    return find_place(bdf, code) != NULL;
}

/* -- one character -- */

struct bitmap {
    int32_t w, h, x, y; /* x, y: of the left bottom corner */
    int32_t advance;
    uint8_t *dots;  /* w + 2 by h + 2, with a light border, a byte a dot */
    uint8_t *exits; /* of each corner: enum way */
};

static uint8_t *dot(const struct bitmap *bitmap, int32_t x, int32_t y)
{
    return &bitmap->dots[(y + 1) * (bitmap->w + 2) + x + 1];
}

static bool read_dots(struct lines *lines, const struct bitmap *bitmap)
{
    struct text line;
    for (int32_t y = 0; y < bitmap->h; y++) {
        if (!next_line(lines, &line) || line.length < (uint32_t)(bitmap->w + 7) / 8 * 2)
            return false;
        for (int32_t x = 0; x < bitmap->w; x++) {
            int digit = text_hex_value(line.bytes[x / 4]);
            if (digit < 0)
                return false;
            *dot(bitmap, x, y) = digit >> (3 - x % 4) & 1;
        }
    }
    return next_line(lines, &line) && text_is(line, "ENDCHAR");
}

static bool read_bitmap(struct lines *lines, struct arena *arena, struct bitmap *out)
{
    struct text line;
    int32_t box[4] = {0, 0, 0, 0};
    *out = (struct bitmap){.advance = -1};
    while (next_line(lines, &line) && !text_is(line, "BITMAP")) {
        if (text_is(line, "ENDCHAR"))
            return false;
        (void)read_line(line, "BBX", box, 4);
        (void)read_line(line, "DWIDTH", &out->advance, 1);
    }
    out->w = box[0], out->h = box[1], out->x = box[2], out->y = box[3];
    if (out->w < 1 || out->w > BDF_SIDE || out->h < 1 || out->h > BDF_SIDE || out->x < -BDF_SIDE ||
        out->x > BDF_SIDE || out->y < -BDF_SIDE || out->y > BDF_SIDE || out->advance < 1 ||
        out->advance > 2 * BDF_SIDE)
        return false;
    out->dots = arena_array(arena, (size_t)out->w + 2, (size_t)out->h + 2);
    out->exits = arena_array(arena, (size_t)out->w + 1, (size_t)out->h + 1);
    return out->dots && out->exits && read_dots(lines, out);
}

/* -- dots to contours: the border is walked with the dark on the right hand -- */

enum way { EAST, SOUTH, WEST, NORTH };

static uint8_t *exits_of(const struct bitmap *bitmap, int32_t x, int32_t y)
{
    return &bitmap->exits[y * (bitmap->w + 1) + x];
}

static void find_borders(const struct bitmap *bitmap)
{
    for (int32_t y = 0; y < bitmap->h; y++) {
        for (int32_t x = 0; x < bitmap->w; x++) {
            if (!*dot(bitmap, x, y))
                continue;
            if (!*dot(bitmap, x, y - 1))
                *exits_of(bitmap, x, y) |= 1 << EAST;
            if (!*dot(bitmap, x + 1, y))
                *exits_of(bitmap, x + 1, y) |= 1 << SOUTH;
            if (!*dot(bitmap, x, y + 1))
                *exits_of(bitmap, x + 1, y + 1) |= 1 << WEST;
            if (!*dot(bitmap, x - 1, y))
                *exits_of(bitmap, x, y + 1) |= 1 << NORTH;
        }
    }
}

/* Where two dark dots touch at a corner only, the walk turns right: it stays at its own dot. */
static int choose_way(uint8_t exits, int came)
{
    for (int turn = 1; turn >= -1; turn--)
        if (exits >> ((came + turn + 4) % 4) & 1)
            return (came + turn + 4) % 4;
    return -1;
}

struct scale {
    const struct bdf *bdf;
    const struct bitmap *bitmap;
};

static int64_t em_of(const struct bdf *bdf, int64_t dots)
{
    return (dots * GAIJI_UNITS * 2 + bdf->size) / (2 * (int64_t)bdf->size);
}

static void add_corner(struct contours *out, const struct scale *scale, int32_t x, int32_t y)
{
    const struct bitmap *bitmap = scale->bitmap;
    int64_t up = (int64_t)bitmap->y + bitmap->h - y + scale->bdf->descent;
    /* shifted into the positive, so that halves round to one side */
    int64_t left =
        em_of(scale->bdf, bitmap->x + x + 2 * BDF_SIDE) - em_of(scale->bdf, 2 * BDF_SIDE);
    int64_t height = em_of(scale->bdf, up + 2 * BDF_SIDE) - em_of(scale->bdf, 2 * BDF_SIDE);
    contours_add(out, left, height - GAIJI_DESCENT, true);
}

static void walk(struct contours *out, const struct scale *scale, int32_t x, int32_t y)
{
    static const int32_t step_x[] = {1, 0, -1, 0}, step_y[] = {0, 1, 0, -1};
    const struct bitmap *bitmap = scale->bitmap;
    int32_t from_x = x, from_y = y;
    int way = EAST, came = -1;
    do { /* begins with the upper side of a dot, whose left neighbour is light: a corner */
        if (way != came)
            add_corner(out, scale, x, y);
        *exits_of(bitmap, x, y) &= (uint8_t) ~(1u << way);
        x += step_x[way];
        y += step_y[way];
        came = way;
        if (x == from_x && y == from_y && !(*exits_of(bitmap, x, y)))
            break;
        way = choose_way(*exits_of(bitmap, x, y), came);
    } while (way >= 0 && !out->failed);
    contours_close(out);
}

static void walk_all(struct contours *out, const struct scale *scale)
{
    const struct bitmap *bitmap = scale->bitmap;
    find_borders(bitmap);
    for (int32_t y = 0; y <= bitmap->h; y++)
        for (int32_t x = 0; x <= bitmap->w && !out->failed; x++)
            while (*exits_of(bitmap, x, y) >> EAST & 1 && !out->failed)
                walk(out, scale, x, y);
}

enum bdf_answer bdf_outline(const struct bdf *bdf, uint32_t code, struct arena *arena,
                            struct contours *out)
{
    const struct bdf_place *place = find_place(bdf, code);
    struct bitmap bitmap;
    if (!place)
        return BDF_NO_CHARACTER;
    struct lines lines = {bdf->source.bytes + place->offset,
                          bdf->source.bytes + bdf->source.length};
    if (!read_bitmap(&lines, arena, &bitmap))
        return BDF_BROKEN;
    contours_open(out, arena, (int32_t)em_of(bdf, bitmap.advance));
    struct scale scale = {bdf, &bitmap};
    walk_all(out, &scale);
    return BDF_TAKEN;
}
