#include "typeset/lines.h"

#include "typeset/spacing.h"

/* One line on its way out. Sums of advances; they times the size are natural widths (lines.h). */
struct line {
    const struct paragraph *paragraph;
    struct span span;
    struct glyph *glyphs; /* of the paragraph */
    emu size;
    int64_t advances; /* without the blank at the head */
    int64_t limit;    /* largest natural width; of a justified measure */
    emu spacing;
};

static int64_t natural_of(const struct line *line)
{
    uint32_t count = line->span.end - line->span.first;
    return measure_natural(line->advances, count, line->size, line->spacing);
}

/* -- too full: blanks give up what is needed -- */

/* In advances, rounded up: the line must not be wider than its measure. */
static int64_t excess(const struct line *line)
{
    int64_t over = natural_of(line) - line->limit;
    return over > 0 ? (over + line->size - 1) / line->size : 0;
}

static int64_t gap_gives(const struct line *line, uint32_t gap, uint32_t level)
{
    const struct paragraph *paragraph = line->paragraph;
    uint32_t own;
    if (line->glyphs[gap + 1].text_length == 0)
        return 0;
    int32_t gives =
        spacing_gives(paragraph->measure, paragraph->kinds[gap], paragraph->kinds[gap + 1], &own);
    return own == level ? gives : 0;
}

/* All gaps of a level give the same part of what they have, so that the line stays even. */
static void shrink_level(struct line *line, uint32_t level)
{
    int64_t need = excess(line), room = 0, seen = 0, taken = 0;
    for (uint32_t i = line->span.first; i + 1 < line->span.end; i++)
        room += gap_gives(line, i, level);
    if (need > room)
        need = room;
    for (uint32_t i = line->span.first; need > 0 && i + 1 < line->span.end; i++) {
        seen += gap_gives(line, i, level);
        int64_t upto = need * seen / room;
        line->glyphs[i].advance -= (int32_t)(upto - taken);
        taken = upto;
    }
    line->advances -= taken;
}

static void drop_tail(struct line *line, int64_t by)
{
    line->glyphs[line->span.end - 1].advance -= (int32_t)by;
    line->advances -= by;
}

static void shrink(struct line *line, int32_t tail)
{
    int64_t need = excess(line);
    if (need > 0 && tail > 0)
        drop_tail(line, need < tail ? need : tail);
    for (uint32_t level = 0; line->paragraph->gives && level < SPACING_LEVELS; level++)
        shrink_level(line, level);
}

/* -- too short: gaps are spread -- */

/* Rounded up, so that what is given back never leaves the line wider than its measure. */
static int32_t as_advance(emu length, emu size)
{
    return (int32_t)(((int64_t)length * EM_UNITS + size - 1) / size);
}

static bool joined(const struct line *line, uint32_t gap)
{
    const uint8_t *kinds = line->paragraph->kinds;
    return kinds &&
           (line->glyphs[gap + 1].text_length == 0 || spacing_joined(kinds[gap], kinds[gap + 1]));
}

/* A line is spread only where that stays unseen: at most a quarter of an em a gap. Spacing goes behind every glyph;
 * gaps that must stay as they are take it back in their advance. */
static void spread(struct line *line)
{
    int64_t gaps = 0;
    for (uint32_t i = line->span.first; i + 1 < line->span.end; i++)
        gaps += !joined(line, i);
    if (gaps < 1)
        return;
    int64_t missing = (line->limit - natural_of(line)) / EM_UNITS / gaps;
    if (missing <= 0 || missing > line->size / 4)
        return;
    line->spacing += (emu)missing;
    int32_t back = as_advance((emu)missing, line->size);
    for (uint32_t i = line->span.first; i + 1 < line->span.end; i++) {
        if (!joined(line, i))
            continue;
        line->glyphs[i].advance -= back;
        line->advances -= back;
    }
}

/* -- the line -- */

/* Glyphs' offsets count from the line's own text. */
static struct text slice(const struct paragraph *paragraph, struct span span)
{
    struct glyph *glyphs = paragraph->shaped.glyphs;
    if (span.first == span.end)
        return (struct text){paragraph->text.bytes, 0};
    uint32_t start = glyphs[span.first].text;
    uint32_t stop =
        span.end < paragraph->shaped.count ? glyphs[span.end].text : paragraph->text.length;
    for (uint32_t i = span.first; start > 0 && i < span.end; i++)
        glyphs[i].text -= start;
    return (struct text){paragraph->text.bytes + start, stop - start};
}

/* Blanks at the ends, and what the last glyph had for a neighbour that now stands on the next line. */
static void trim(struct line *line, int32_t tail)
{
    const struct paragraph *paragraph = line->paragraph;
    const uint8_t *kinds = paragraph->kinds;
    uint32_t end = line->span.end;
    if (end < paragraph->shaped.count)
        line->glyphs[end - 1].advance -=
            spacing_gap(paragraph->measure, kinds[end - 1], kinds[end]);
    /* Where nothing is spread, only the ink counts, to the right and in the middle of a frame. */
    if (!paragraph->measure->justify)
        drop_tail(line, tail);
    else
        shrink(line, tail);
}

void line_set(const struct paragraph *paragraph, struct span span, emu size, uint16_t scale,
              bool full, struct set_line *out)
{
    const struct measure *measure = paragraph->measure;
    struct line line = {.paragraph = paragraph,
                        .span = span,
                        .glyphs = paragraph->shaped.glyphs,
                        .size = size,
                        .spacing = measure->tracking};
    int32_t tail, head = 0;
    line.advances = span_advances(paragraph, span.first, span.end, &tail);
    if (measure->justify)
        line.limit = measure_limit(measure->width, scale);
    if (paragraph->kinds && span.first < span.end) {
        head = spacing_head(measure, paragraph->kinds[span.first]);
        trim(&line, tail);
    }
    if (full && measure->justify)
        spread(&line);
    out->count = span.end - span.first;
    out->glyphs = out->count ? line.glyphs + span.first : NULL;
    out->spacing = line.spacing;
    out->width = measure_width(natural_of(&line), scale);
    out->head = head == 0 ? 0 : measure_width((int64_t)head * size, scale);
    out->text = slice(paragraph, span);
}
