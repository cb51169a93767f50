#include "page/events.h"

#include "base/memory.h"

#include <string.h>

#define FIRST_ROOM 8192u
#define HEAD_BYTES 8u
#define NUMBER 4u
#define COUNT_BYTES NUMBER /* the last number of a run, in front of its glyphs */

/* Room for `size` more bytes, or NULL. */
static uint8_t *grow(struct events *events, size_t size)
{
    size_t room = events->room ? events->room : FIRST_ROOM;
    uint8_t *bytes;

    if (events->failed || size > SIZE_MAX / 4 - events->size) {
        events->failed = true;
        return NULL;
    }
    while (room - events->size < size)
        room *= 2;
    if (room == events->room)
        return events->bytes + events->size;
    bytes = memory_resize(events->bytes, events->room, room);
    if (!bytes) {
        events->failed = true;
        return NULL;
    }
    events->bytes = bytes;
    events->room = room;
    return bytes + events->size;
}

static inline uint8_t *make_room(struct events *events, size_t size)
{
    return events->room - events->size >= size ? events->bytes + events->size : grow(events, size);
}

void events_free(struct events *events)
{
    memory_free(events->bytes, events->room);
    *events = (struct events){0};
}

static inline void wrote(struct events *events, const uint8_t *end)
{
    events->size = (size_t)(end - events->bytes);
}

static inline uint8_t *put_number(uint8_t *at, int32_t value)
{
    uint32_t bits = (uint32_t)value;

    at[0] = (uint8_t)bits;
    at[1] = (uint8_t)(bits >> 8);
    at[2] = (uint8_t)(bits >> 16);
    at[3] = (uint8_t)(bits >> 24);
    return at + NUMBER;
}

static void put_bytes(struct events *events, const void *bytes, size_t size)
{
    uint8_t *at = make_room(events, size);

    if (!at || size == 0)
        return;
    memcpy(at, bytes, size);
    events->size += size;
}

static void put_byte(struct events *events, char byte)
{
    uint8_t *at = make_room(events, 1);

    if (!at)
        return;
    *at = (uint8_t)byte;
    events->size++;
}

/* Kind and numbers. */
static inline void put(struct events *events, char kind, const int32_t *numbers, unsigned count)
{
    uint8_t *at = make_room(events, 1 + NUMBER * (size_t)count);

    if (!at)
        return;
    *at++ = (uint8_t)kind;
    for (unsigned i = 0; i < count; i++)
        at = put_number(at, numbers[i]);
    wrote(events, at);
}

static void start(struct events *events, const char *head)
{
    events->size = 0;
    events->failed = false;
    if (events->faces)
        memset(events->face, 0, sizeof events->face);
    events->faces = 0;
    memset(events->set, 0, sizeof events->set);
    memset(events->font, 0, sizeof events->font);
    put_bytes(events, head, HEAD_BYTES);
}

void events_letter(struct events *events)
{
    start(events, "letter2\n");
}

void events_layer(struct events *events)
{
    start(events, "layer 2\n");
}

void events_sheet(struct events *events)
{
    static const struct digest none;

    start(events, "sheet 2\n");
    put_bytes(events, none.bytes, sizeof none.bytes);
}

void events_sheet_of(struct events *events, const struct digest *letter)
{
    if (!events->failed)
        memcpy(events->bytes + HEAD_BYTES, letter->bytes, sizeof letter->bytes);
}

void events_page(struct events *events, int32_t width, int32_t height, const struct digest *layer)
{
    put(events, 'P', (const int32_t[]){width, height}, 2);
    if (!layer)
        return;
    put_byte(events, 'L');
    put_bytes(events, layer->bytes, sizeof layer->bytes);
}

void events_page_end(struct events *events)
{
    put_byte(events, 'E');
}

/* -- text -- */

void events_line(struct events *events, int32_t x, int32_t y, int32_t scale, int32_t spacing)
{
    if (events->set[0] != scale || events->set[1] != spacing) {
        events->set[0] = scale;
        events->set[1] = spacing;
        put(events, 'X', events->set, 2);
    }
    put(events, 'T', (const int32_t[]){x, y}, 2);
}

/* A face is known by its order of first use, so that no list's order is in the digest. */
static int32_t number_face(struct events *events, uint32_t slot, struct text name)
{
    events->face[slot] = ++events->faces;
    put(events, 'N', (const int32_t[]){(int32_t)name.length}, 1);
    put_bytes(events, name.bytes, name.length);
    return events->faces;
}

void events_font(struct events *events, uint32_t slot, struct text name, int32_t size, int32_t rise)
{
    int32_t *font = events->font, face = events->face[slot];

    if (font[0] == face && font[1] == size && font[2] == rise && face != 0)
        return;
    font[0] = face ? face : number_face(events, slot, name);
    font[1] = size;
    font[2] = rise;
    put(events, 'Z', font, 3);
}

uint8_t *events_run_begin(struct events *events, int32_t advance, uint32_t most)
{
    uint8_t *at = make_room(events, 1 + 2 * NUMBER + 2 * (size_t)most);

    if (!at)
        return NULL;
    *at++ = 'R';
    return put_number(at, advance) + COUNT_BYTES;
}

void events_run_end(struct events *events, uint8_t *ids, uint32_t count)
{
    (void)put_number(ids - COUNT_BYTES, (int32_t)count);
    wrote(events, ids + 2 * (size_t)count);
}

void events_words_begin(struct events *events, uint32_t length)
{
    put(events, 'U', (const int32_t[]){(int32_t)length}, 1);
}

void events_words_add(struct events *events, struct text words)
{
    put_bytes(events, words.bytes, words.length);
}

void events_words(struct events *events, struct text words)
{
    events_words_begin(events, words.length);
    events_words_add(events, words);
}

/* -- paths -- */

void events_stroke(struct events *events, int32_t width, int32_t dash_on, int32_t dash_off)
{
    put(events, 'S', (const int32_t[]){width, dash_on, dash_off}, 3);
}

void events_fill(struct events *events, bool even_odd)
{
    put(events, 'F', (const int32_t[]){even_odd}, 1);
}

void events_step(struct events *events, char step, const int32_t *numbers, unsigned count)
{
    put(events, step, numbers, count);
}

void events_stroke_end(struct events *events)
{
    put_byte(events, 's');
}

void events_fill_end(struct events *events)
{
    put_byte(events, 'f');
}

/* -- masks -- */

static void put_bits(struct events *events, const struct event_mask *mask)
{
    uint32_t width = (mask->columns + 7) / 8, rest = mask->columns % 8;
    uint8_t *at = make_room(events, (size_t)width * mask->rows);

    if (!at || width == 0)
        return;
    for (uint32_t row = 0; row < mask->rows; row++, at += width) {
        memcpy(at, mask->bits + (size_t)row * mask->row_bytes, width);
        if (rest)
            at[width - 1] &= (uint8_t)(0xff00u >> rest);
    }
    wrote(events, at);
}

static void put_place(struct events *events, char kind, const struct event_mask *mask)
{
    const int32_t numbers[] = {
        mask->w, mask->h, mask->x, mask->y, (int32_t)mask->columns, (int32_t)mask->rows};

    put(events, kind, numbers, 6);
}

void events_mask(struct events *events, const struct event_mask *mask)
{
    put_place(events, 'M', mask);
    put_bits(events, mask);
}

void events_image(struct events *events, const struct event_mask *place, const struct digest *bits)
{
    put_place(events, 'I', place);
    put_bytes(events, bits->bytes, sizeof bits->bytes);
}

void events_ink(struct events *events, struct text name, int32_t tint)
{
    put(events, 'C', (const int32_t[]){tint, (int32_t)name.length}, 2);
    put_bytes(events, name.bytes, name.length);
}

/* -- digests -- */

enum status events_digest(struct events *events, struct digester *digester, struct digest *out,
                          struct error *error)
{
    if (events->failed)
        return error_set(error, MSG_NO_MEMORY);
    digest_start(digester);
    digest_add(digester, events->bytes, events->size);
    return digest_end(digester, out, error);
}

enum status events_bits_digest(struct events *events, const struct event_mask *image,
                               struct digester *digester, struct digest *out, struct error *error)
{
    start(events, "image 2\n");
    put(events, 'B', (const int32_t[]){(int32_t)image->columns, (int32_t)image->rows}, 2);
    put_bits(events, image);
    return events_digest(events, digester, out, error);
}
