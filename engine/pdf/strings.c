#include "pdf/content.h"

#include "typeset/gaiji.h"

/* A line of text is one or more runs: glyphs of one face, shown by one string of two-byte glyph
 * numbers. A cluster whose words its glyphs cannot tell (several glyphs, or one glyph for other
 * words) is a run of its own inside /Span with /ActualText (ISO 32000-1, 14.9.4). Later runs stand
 * where the viewer's own advance leaves them; where shaping moved a glyph, TJ says so. */

struct glyph_run {
    const struct glyph *glyphs;
    uint32_t count;
    uint32_t moved; /* glyphs whose advance is not that of the font's table */
    bool spoken;    /* needs ActualText */
};

/* -- runs -- */

static uint32_t cluster_length(const struct glyph *glyphs, uint32_t count)
{
    uint32_t n = 1;

    while (n < count && glyphs[n].text_length == 0 && glyphs[n].face == glyphs->face)
        n++;
    return n;
}

static bool starts_spoken(const struct glyph *glyphs, uint32_t count)
{
    return (glyphs->flags & GLYPH_ALIAS) || (count > 1 && glyphs[1].text_length == 0);
}

static struct glyph_run next_run(const struct glyph *glyphs, uint32_t count)
{
    struct glyph_run run = {.glyphs = glyphs, .count = 1};

    if (starts_spoken(glyphs, count)) {
        run.spoken = true;
        run.count = cluster_length(glyphs, count);
        return run;
    }
    while (run.count < count && glyphs[run.count].face == glyphs->face &&
           !starts_spoken(glyphs + run.count, count - run.count))
        run.count++;
    return run;
}

/* Marks the glyphs as used and counts those that shaping moved. */
static enum status mark_run(struct pdf *pdf, struct glyph_run *run, struct error *error)
{
    uint32_t face = run->glyphs->face;

    if (faces_want(&pdf->faces, face, error) != OK)
        return STOP;
    for (uint32_t i = 0; i < run->count; i++) {
        const struct glyph *glyph = &run->glyphs[i];

        if (glyph->id >= pdf->faces.use[face].glyphs)
            return error_set(error, MSG_BUG);
        run->moved += faces_mark(&pdf->faces, face, glyph->id) != glyph->advance;
    }
    return OK;
}

/* -- strings: hex, which deflates as small and as fast as literal strings and needs no escapes -- */

static inline uint8_t *put_glyph(uint8_t *at, unsigned id)
{
    static const char digits[] = "0123456789ABCDEF";

    *at++ = (uint8_t)digits[id >> 12 & 15];
    *at++ = (uint8_t)digits[id >> 8 & 15];
    *at++ = (uint8_t)digits[id >> 4 & 15];
    *at++ = (uint8_t)digits[id & 15];
    return at;
}

static void show_plain(struct ink *ink, const struct glyph_run *run)
{
    uint8_t *at = ink_room(ink, 4 * (size_t)run->count + 8);

    if (!at)
        return;
    *at++ = '<';
    for (uint32_t i = 0; i < run->count; i++)
        at = put_glyph(at, run->glyphs[i].id);
    memcpy(at, ">Tj\n", 4);
    ink_wrote(ink, at + 4);
}

/* TJ moves left by thousandths of an em; EM_UNITS / 1000 = 2048 units are one. In thousandths of
 * those. */
static int64_t adjustment(int64_t units)
{
    return (units * 1000 + (units < 0 ? -1024 : 1024)) / 2048;
}

static void show_moved(struct pdf *pdf, struct ink *ink, const struct glyph_run *run)
{
    uint8_t *at = ink_room(ink, 4 * (size_t)run->count + (INK_NUMBER + 2) * (size_t)run->moved + 8);

    if (!at)
        return;
    memcpy(at, "[<", 2);
    at += 2;
    for (uint32_t i = 0; i < run->count; i++) {
        const struct glyph *glyph = &run->glyphs[i];
        int32_t own = faces_mark(&pdf->faces, glyph->face, glyph->id);

        at = put_glyph(at, glyph->id);
        if (own == glyph->advance)
            continue;
        *at++ = '>';
        at = ink_put_thousandths(at, adjustment((int64_t)own - glyph->advance));
        *at++ = '<';
    }
    memcpy(at, ">]TJ\n", 5);
    ink_wrote(ink, at + 5);
}

static void show_run(struct content *content, const struct glyph_run *run)
{
    if (run->moved > 0)
        show_moved(content->pdf, content->ink, run);
    else
        show_plain(content->ink, run);
}

static void show_spoken(struct content *content, const struct glyph_run *run, struct text text)
{
    const struct glyph *first = run->glyphs;
    struct text words = {0};

    if (first->text <= text.length && first->text_length <= text.length - first->text)
        words = (struct text){text.bytes + first->text, first->text_length};
    if (first->flags & GLYPH_GAIJI)
        words = fonts_gaiji_text(content->pdf->faces.fonts, words);
    ink_words(content->ink, "/Span<</ActualText<FEFF");
    ink_utf16(content->ink, words);
    ink_words(content->ink, ">>>BDC\n");
    show_run(content, run);
    ink_words(content->ink, "EMC\n");
}

/* -- state -- */

static void begin_text(struct content *content)
{
    if (content->in_text)
        return;
    content->in_text = true;
    content->line_x = content->line_y = 0;
    ink_words(content->ink, "BT\n");
}

void content_end_text(struct content *content)
{
    if (!content->in_text)
        return;
    content->in_text = false;
    ink_words(content->ink, "ET\n");
}

/* Td counts from the start of the line before. */
static void move_to(struct content *content, emu x, emu y)
{
    int32_t to_x = content_x(x), to_y = content_y(content, y);

    content_number(content, to_x - content->line_x);
    content_number(content, to_y - content->line_y);
    ink_words(content->ink, "Td");
    content->line_x = to_x;
    content->line_y = to_y;
}

/* Faces that are drawn higher or lower (facts.shift). */
static int32_t rise_of(const struct content *content, uint16_t face, emu size)
{
    int64_t shift = fonts_face(content->pdf->faces.fonts, face)->shift;

    return shift ? thousandths(size * shift / 1000) : 0;
}

static void set_font(struct content *content, uint16_t face, emu size)
{
    if (content->face == face && content->size == size)
        return;
    content->face = face;
    content->size = size;
    content->rise = rise_of(content, face, size);
    ink_words(content->ink, "/F");
    ink_integer(content->ink, face);
    ink_words(content->ink, " ");
    content_number(content, thousandths(size));
    ink_words(content->ink, "Tf");
}

/* Set for a run and taken back behind it, so that all else counts on none. */
static void set_rise(struct content *content, int32_t rise)
{
    ink_words(content->ink, " ");
    content_number(content, rise);
    ink_words(content->ink, "Ts ");
}

/* Tc is added behind every glyph before Tz scales the line: exactly what item_text means by
 * spacing. */
static void set_spread(struct content *content, uint16_t scale, emu spacing)
{
    if (content->scale != scale) {
        content->scale = scale;
        content_number(content, (int64_t)scale * 100);
        ink_words(content->ink, "Tz ");
    }
    if (content->spacing != spacing) {
        content->spacing = spacing;
        content_number(content, thousandths(spacing));
        ink_words(content->ink, "Tc ");
    }
}

enum status content_text(struct content *content, const struct item_text *text, struct error *error)
{
    const struct glyph *glyphs = text->glyphs;
    uint32_t left = text->count;

    if (left == 0)
        return OK;
    begin_text(content);
    set_spread(content, text->scale, text->spacing);
    move_to(content, text->x, text->y);
    while (left > 0) {
        struct glyph_run run = next_run(glyphs, left);

        if (mark_run(content->pdf, &run, error) != OK)
            return STOP;
        set_font(content, glyphs->face, text->size);
        if (content->rise)
            set_rise(content, content->rise);
        if (run.spoken)
            show_spoken(content, &run, text->text);
        else
            show_run(content, &run);
        if (content->rise)
            set_rise(content, 0);
        glyphs += run.count;
        left -= run.count;
    }
    return OK;
}
