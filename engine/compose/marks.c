#include "compose/marks.h"

#include "compose/pen.h"

struct marking {
    const struct form *form;
    const struct pen *pen;
    const struct run_mark *mark;
    struct setter setter; /* its list: the marks of the page */
    struct error *error;
};

static struct item *add_item(const struct marking *marking, enum item_kind kind)
{
    struct item *item = &marking->setter.list->items[marking->setter.list->count++];
    item->kind = kind;
    return item;
}

/* At least `digits` digits, at the place; gives what stands behind them. */
static char *put_number(char *at, uint64_t number, uint32_t digits)
{
    char all[TEXT_NUMBER];
    struct text text = text_number(number, all);
    for (uint32_t i = text.length; i < digits; i++)
        *at++ = '0';
    memcpy(at, text.bytes, text.length);
    return at + text.length;
}

/* -- text -- */

static uint32_t glyph_of(char character)
{
    return character == '/' ? 10 : character == ' ' ? 11 : (uint32_t)(character - '0');
}

static emu text_start(const struct control *control, emu width)
{
    emu spare = control->text_box.w - width;
    return control->text_box.x + (control->text_align == ALIGN_CENTER  ? spare / 2
                                  : control->text_align == ALIGN_RIGHT ? spare
                                                                       : 0);
}

static enum status add_text(const struct marking *marking, uint32_t n)
{
    const struct control *control = &marking->form->layout->control;
    struct glyph *glyphs =
        arena_take(marking->setter.arena, PEN_TEXT_MOST * (sizeof *glyphs + sizeof(char)));
    if (!glyphs)
        return error_set(marking->error, MSG_NO_MEMORY);
    char *words = (char *)(glyphs + PEN_TEXT_MOST), *at = words;
    at = put_number(at, marking->mark->sequence, 8);
    *at++ = ' ';
    at = put_number(at, n, 1);
    *at++ = '/';
    at = put_number(at, marking->mark->sheets, 1);
    uint32_t length = (uint32_t)(at - words);
    for (uint32_t i = 0; i < length; i++) {
        glyphs[i] = marking->pen->glyphs[glyph_of(words[i])];
        glyphs[i].text = i;
    }
    emu width = typeset_width(glyphs, length, control->text_size, 1000, 0);
    add_item(marking, ITEM_TEXT)->as.text =
        (struct item_text){.x = text_start(control, width),
                           .y = control->text_box.y + control->text_size * 88 / 100,
                           .size = control->text_size,
                           .scale = 1000,
                           .glyphs = glyphs,
                           .count = length,
                           .text = {words, length}};
    return OK;
}

/* -- the inserter's code -- */

static enum status add_code(const struct marking *marking, uint32_t n)
{
    const struct control *control = &marking->form->layout->control;
    const struct run_mark *mark = marking->mark;
    char digits[SHEET_CODE_DIGITS], *at = digits;
    uint8_t *bits = arena_take(marking->setter.arena, SHEET_CODE_MODULES * SHEET_CODE_ROW);
    if (!bits)
        return error_set(marking->error, MSG_NO_MEMORY);
    at = put_number(at, mark->key, 3);
    at = put_number(at, mark->piece, 9);
    at = put_number(at, n, 2);
    at = put_number(at, mark->sheets, 2);
    at = put_number(at, mark->sequence, 9);
    (void)put_number(at, mark->pattern, 2);
    sheet_code(&marking->pen->plan, digits, bits);
    add_item(marking, ITEM_MODULES)->as.modules =
        (struct item_modules){control->code_box.x,
                              control->code_box.y,
                              control->code_module * EMU_PER_DOT600,
                              SHEET_CODE_MODULES,
                              SHEET_CODE_ROW,
                              bits,
                              0};
    return OK;
}

/* -- OMR -- */

static bool has_dash(const struct run_mark *mark, uint32_t n, enum omr_dash dash, uint32_t before)
{
    switch (dash) {
    case OMR_START:
        return true;
    case OMR_PIECE_START:
        return n == 1;
    case OMR_PIECE_END:
        return n == mark->sheets;
    case OMR_SEQUENCE_1:
    case OMR_SEQUENCE_2:
    case OMR_SEQUENCE_4:
        return mark->sequence >> (dash - OMR_SEQUENCE_1) & 1;
    case OMR_PATTERN_1:
    case OMR_PATTERN_2:
    case OMR_PATTERN_4:
        return mark->pattern >> (dash - OMR_PATTERN_1) & 1;
    case OMR_PARITY:
        return before % 2 == 1;
    }
    return false;
}

static enum status add_omr(const struct marking *marking, uint32_t n)
{
    const struct control *control = &marking->form->layout->control;
    struct bar *bars = arena_array(marking->setter.arena, control->dash_count, sizeof *bars);
    uint32_t count = 0;
    if (!bars)
        return error_set(marking->error, MSG_NO_MEMORY);
    for (uint32_t i = 0; i < control->dash_count; i++) {
        emu down = (emu)i * control->omr_pitch;
        if (has_dash(marking->mark, n, (enum omr_dash)control->dash[i], count))
            bars[count++] = (struct bar){0, (uint16_t)(down / EMU_PER_DOT600),
                                         (uint16_t)(control->omr_box.w / EMU_PER_DOT600),
                                         (uint16_t)(control->omr_width / EMU_PER_DOT600)};
    }
    add_item(marking, ITEM_BARS)->as.bars =
        (struct item_bars){control->omr_box.x, control->omr_box.y, bars, count};
    return OK;
}

/* -- frames of the run -- */

/* The numbers stay in the arena, for the items borrow them. */
static enum status run_fields(const struct marking *marking, struct text **out)
{
    struct arena *arena = marking->setter.arena;
    const struct run_mark *mark = marking->mark;
    struct text *fields = arena_array(arena, FIELD_LIMIT, sizeof *fields);
    char *digits = arena_take(arena, 2 * TEXT_NUMBER);
    if (!fields || !digits)
        return error_set(marking->error, MSG_NO_MEMORY);
    memcpy(fields, marking->form->job_fields, FIELD_LIMIT * sizeof *fields);
    fields[FIELD_TRACKING] = mark->tracking;
    fields[FIELD_PIECE] = text_number(mark->piece, digits);
    fields[FIELD_PIECE_SHEETS] = text_number(mark->sheets, digits + TEXT_NUMBER);
    *out = fields;
    return OK;
}

static enum status add_frames(const struct marking *marking)
{
    const struct pen *pen = marking->pen;
    struct text *fields = NULL;
    enum status status = pen->frame_count > 0 ? run_fields(marking, &fields) : OK;
    for (uint32_t i = 0; i < pen->frame_count && status == OK; i++) {
        struct text text;
        if (!wording_fill(pen->frames[i].part, fields, marking->setter.arena, &text))
            return error_set(marking->error, MSG_NO_MEMORY);
        if (text.length > 0)
            status = set_frame_text(&marking->setter, &pen->frames[i], text, marking->error);
    }
    return status;
}

/* -- all -- */

static enum status mark_page(struct marking *marking, uint32_t n, struct page *page)
{
    const struct pen *pen = marking->pen;
    page->marks = (struct item_list){0};
    page->marks.items =
        arena_array(marking->setter.arena, pen->item_limit, sizeof *page->marks.items);
    if (!page->marks.items)
        return error_set(marking->error, MSG_NO_MEMORY);
    marking->setter.list = &page->marks;
    enum status status = add_frames(marking);
    if (status == OK && pen->text)
        status = add_text(marking, n);
    if (status == OK && pen->code)
        status = add_code(marking, n);
    if (status == OK && pen->omr)
        status = add_omr(marking, n);
    return status;
}

static bool in_range(const struct run_mark *mark, uint32_t pages)
{
    return mark->sequence <= MARK_SEQUENCES && mark->piece <= MARK_SEQUENCES && mark->first >= 1 &&
           mark->sheets <= MARK_SHEETS && mark->first + pages - 1 <= mark->sheets &&
           mark->pattern <= MARK_PATTERNS && mark->key <= MARK_KEYS;
}

enum status compose_marks(const struct form *form, const struct run_mark *mark, struct fonts *fonts,
                          struct arena *arena, struct page_list *pages, struct error *error)
{
    struct marking marking = {.form = form, .pen = form->pen, .mark = mark, .error = error};
    enum status status = OK;
    marking.setter = (struct setter){.fonts = fonts, .arena = arena, .best_mask = form->best_mask};
    if (form->pen->item_limit == 0)
        return OK;
    if (!in_range(mark, pages->count))
        return error_set(error, MSG_BUG);
    for (uint32_t i = 0; i < pages->count && status == OK; i++)
        status = mark_page(&marking, mark->first + i, &pages->pages[i]);
    return status;
}
