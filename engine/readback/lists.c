#include "readback/content.h"

#include "base/memory.h"

#define FIRST 256u

/* Room for `more` things of `size` bytes behind `count`. */
static bool make_room(void **array, uint32_t *room, uint32_t count, uint32_t more, size_t size)
{
    size_t want = *room ? *room : FIRST;
    void *fresh;

    if (*room - count >= more)
        return true;
    if (more > LIST_MOST / size || count > LIST_MOST / size - more)
        return false;
    while (want - count < more)
        want *= 2;
    fresh = memory_resize(*array, *room * size, want * size);
    if (!fresh)
        return false;
    *array = fresh;
    *room = (uint32_t)want;
    return true;
}

struct read_item *list_item(struct read_list *list, enum read_kind kind)
{
    void *array = list->items;
    bool fits = make_room(&array, &list->item_room, list->item_count, 1, sizeof *list->items);

    list->items = array;
    if (!fits)
        return NULL;
    list->items[list->item_count] = (struct read_item){.kind = kind};
    return &list->items[list->item_count++];
}

struct read_run *list_run(struct read_list *list)
{
    void *array = list->runs;
    bool fits = make_room(&array, &list->run_room, list->run_count, 1, sizeof *list->runs);

    list->runs = array;
    return fits ? &list->runs[list->run_count++] : NULL;
}

struct read_step *list_step(struct read_list *list)
{
    void *array = list->steps;
    bool fits = make_room(&array, &list->step_room, list->step_count, 1, sizeof *list->steps);

    list->steps = array;
    return fits ? &list->steps[list->step_count++] : NULL;
}

uint8_t *list_glyphs(struct read_list *list, uint32_t count)
{
    void *array = list->glyphs;
    bool fits = make_room(&array, &list->glyph_room, list->glyph_count, count, 2);

    list->glyphs = array;
    return fits ? list->glyphs + 2 * (size_t)list->glyph_count : NULL;
}

char *list_saying(struct read_list *list, uint32_t size)
{
    void *array = list->words;
    bool fits = make_room(&array, &list->word_room, list->word_bytes, size, 1);

    list->words = array;
    return fits ? list->words + list->word_bytes : NULL;
}

uint8_t *list_bits(struct read_list *list, uint32_t size)
{
    void *array = list->bits;
    bool fits = make_room(&array, &list->bit_room, list->bit_bytes, size, 1);

    list->bits = array;
    return fits ? list->bits + list->bit_bytes : NULL;
}

void list_empty(struct read_list *list)
{
    list->item_count = list->run_count = list->step_count = 0;
    list->glyph_count = list->word_bytes = list->bit_bytes = 0;
}

void list_free(struct read_list *list)
{
    memory_free(list->items, list->item_room * sizeof *list->items);
    memory_free(list->runs, list->run_room * sizeof *list->runs);
    memory_free(list->steps, list->step_room * sizeof *list->steps);
    memory_free(list->glyphs, 2 * (size_t)list->glyph_room);
    memory_free(list->words, list->word_room);
    memory_free(list->bits, list->bit_room);
    *list = (struct read_list){0};
}
