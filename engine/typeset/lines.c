#include "typeset/lines.h"

#include "base/arena.h"
#include "typeset/kinsoku.h"
#include "typeset/spacing.h"

/* -- widths -- */

int64_t measure_natural(int64_t advances, uint32_t count, emu size, emu spacing)
{
    return count == 0 ? 0 : advances * size + (int64_t)(count - 1) * spacing * EM_UNITS;
}

/* Whole and rest apart: natural * scale may pass 64 bits. */
static int64_t scaled(int64_t natural, uint16_t scale)
{
    return natural / 1000 * scale + natural % 1000 * scale / 1000;
}

emu measure_width(int64_t natural, uint16_t scale)
{
    int64_t width = (scaled(natural, scale) + EM_UNITS / 2) / EM_UNITS;
    return width > INT32_MAX ? INT32_MAX : (emu)width;
}

int64_t measure_limit(emu width, uint16_t scale)
{
    int64_t beyond =
        ((int64_t)width + 1) * EM_UNITS - EM_UNITS / 2; /* first scaled width that is too much */
    return (beyond * 1000 - 1) / scale;
}

static inline int64_t sum_of(const struct paragraph *paragraph, uint32_t first, uint32_t end)
{
    int64_t sum = 0;
    if (paragraph->sums)
        return paragraph->sums[end] - paragraph->sums[first];
    if (first == 0 && end == paragraph->shaped.count)
        return paragraph->shaped.width;
    for (uint32_t i = first; i < end; i++)
        sum += paragraph->shaped.glyphs[i].advance;
    return sum;
}

int64_t span_advances(const struct paragraph *paragraph, uint32_t first, uint32_t end,
                      int32_t *tail)
{
    const struct measure *measure = paragraph->measure;
    const uint8_t *kinds = paragraph->kinds;
    int64_t sum = sum_of(paragraph, first, end);
    *tail = 0;
    if (!kinds || first == end)
        return sum;
    *tail = spacing_tail(measure, kinds[end - 1]);
    if (end < paragraph->shaped.count)
        sum -= spacing_gap(measure, kinds[end - 1], kinds[end]);
    return sum - spacing_head(measure, kinds[first]);
}

int64_t span_natural(const struct paragraph *paragraph, const struct ruler *ruler, uint32_t first,
                     uint32_t end)
{
    int32_t tail;
    if (!paragraph->kinds)
        return measure_natural(sum_of(paragraph, first, end), end - first, ruler->size,
                               ruler->tracking);
    int64_t sum = span_advances(paragraph, first, end, &tail) - tail;
    if (paragraph->gives && end > first)
        sum -= paragraph->gives[end - 1] - paragraph->gives[first];
    return measure_natural(sum, end - first, ruler->size, ruler->tracking);
}

/* -- preparing -- */

static enum status prepare_gives(struct paragraph *paragraph, struct arena *arena,
                                 struct error *error)
{
    uint32_t count = paragraph->shaped.count;
    if (!paragraph->kinds || !paragraph->measure->justify)
        return OK;
    int64_t *gives = arena_array(arena, (size_t)count + 1, sizeof(*gives));
    if (!gives)
        return error_set(error, MSG_NO_MEMORY);
    for (uint32_t i = 0; i + 1 < count; i++) {
        uint32_t level;
        bool gap = paragraph->shaped.glyphs[i + 1].text_length > 0;
        int32_t give = gap ? spacing_gives(paragraph->measure, paragraph->kinds[i],
                                           paragraph->kinds[i + 1], &level)
                           : 0;
        gives[i + 1] = gives[i] + give;
    }
    paragraph->gives = gives;
    return OK;
}

enum status paragraph_prepare(struct paragraph *paragraph, struct arena *arena, struct error *error)
{
    uint32_t count = paragraph->shaped.count;
    if (paragraph->costs)
        return OK;
    paragraph->sums = arena_array(arena, (size_t)count + 1, sizeof(*paragraph->sums));
    paragraph->classes = arena_take(arena, count);
    uint8_t *costs = arena_take(arena, count);
    if (!paragraph->sums || !paragraph->classes || !costs)
        return error_set(error, MSG_NO_MEMORY);
    for (uint32_t i = 0; i < count; i++)
        paragraph->sums[i + 1] = paragraph->sums[i] + paragraph->shaped.glyphs[i].advance;
    kinsoku_costs(paragraph->text, paragraph->shaped.glyphs, count, paragraph->classes, costs);
    paragraph->costs = costs;
    return prepare_gives(paragraph, arena, error);
}

static bool is_blank(const struct paragraph *paragraph, uint32_t glyph)
{
    return paragraph->classes[glyph] == CLASS_BLANK;
}

static uint32_t trim_end(const struct paragraph *paragraph, uint32_t first, uint32_t end)
{
    while (end > first && is_blank(paragraph, end - 1))
        end--;
    return end;
}

static uint32_t skip_blanks(const struct paragraph *paragraph, uint32_t first)
{
    while (first < paragraph->shaped.count && is_blank(paragraph, first))
        first++;
    return first;
}

/* -- first fit -- */

/* The furthest break from first whose line fits and whose cost is allowed; 0 = none. */
static uint32_t furthest_break(const struct paragraph *paragraph, const struct ruler *ruler,
                               uint32_t first, uint8_t allowed)
{
    uint32_t best = 0, count = paragraph->shaped.count;
    for (uint32_t end = first + 1; end <= count; end++) {
        if (!is_blank(paragraph, end - 1) &&
            span_natural(paragraph, ruler, first, end) > ruler->limit)
            break;
        if (end == count || paragraph->costs[end] <= allowed)
            best = end;
    }
    return best;
}

static uint32_t break_from(const struct paragraph *paragraph, const struct ruler *ruler,
                           uint32_t first, enum breaking breaking)
{
    static const uint8_t allowed[] = {COST_PROPER, COST_JOINT, COST_WORD, COST_KINSOKU};
    size_t tries = breaking == BREAK_PROPER ? 1 : sizeof(allowed);
    uint32_t end = 0;
    for (size_t i = breaking == BREAK_ANY_WORD ? 2 : 0; i < tries && !end; i++)
        end = furthest_break(paragraph, ruler, first, allowed[i]);
    return end;
}

uint32_t lines_fill(const struct paragraph *paragraph, const struct ruler *ruler,
                    enum breaking breaking, struct span *out, uint32_t room)
{
    uint32_t count = 0, first = 0;
    do {
        uint32_t end = 0;
        if (count == room)
            return 0;
        if (first < paragraph->shaped.count) {
            end = break_from(paragraph, ruler, first, breaking);
            if (!end)
                return 0;
        }
        out[count++] = (struct span){first, trim_end(paragraph, first, end)};
        first = skip_blanks(paragraph, end);
    } while (first < paragraph->shaped.count);
    return count;
}

/* -- the last line -- */

#define FEWEST_AT_END 3

static uint32_t characters(const struct paragraph *paragraph, struct span span)
{
    uint32_t count = 0;
    for (uint32_t i = span.first; i < span.end; i++)
        count += paragraph->shaped.glyphs[i].text_length > 0;
    return count;
}

uint8_t lines_worst(const struct paragraph *paragraph, const struct span *lines, uint32_t count)
{
    uint8_t worst = 0;
    for (uint32_t i = 1; i < count; i++) {
        bool blank = lines[i].first > lines[i - 1].end;
        uint8_t cost =
            blank || lines[i].first == lines[i].end ? 0 : paragraph->costs[lines[i].first];
        worst = cost > worst ? cost : worst;
    }
    if (count > 1 && worst < COST_PROPER && characters(paragraph, lines[count - 1]) < FEWEST_AT_END)
        worst = COST_PROPER;
    return worst;
}

void lines_settle(const struct paragraph *paragraph, const struct ruler *ruler, struct span *lines,
                  uint32_t count)
{
    if (count < 2)
        return;
    struct span *last = &lines[count - 1], *before = &lines[count - 2];
    if (characters(paragraph, *last) >= FEWEST_AT_END)
        return;
    for (uint32_t at = last->first - 1; at > before->first; at--) {
        struct span moved = {at, last->end};
        if (span_natural(paragraph, ruler, at, last->end) > ruler->limit)
            return;
        if (paragraph->costs[at] > COST_PROPER || characters(paragraph, moved) < FEWEST_AT_END)
            continue;
        uint32_t end = trim_end(paragraph, before->first, at);
        /* A line that gives up more than half is worse than a short last one. */
        if (end > before->first && (end - before->first) * 2 > before->end - before->first) {
            before->end = end;
            *last = moved;
        }
        return;
    }
}
