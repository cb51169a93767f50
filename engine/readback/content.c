#include "readback/content.h"

enum status content_strange(struct content_run *run)
{
    return error_set(run->error, MSG_READBACK_CONTENT);
}

enum status content_short(struct content_run *run)
{
    return error_set(run->error, MSG_READBACK_LIMIT);
}

void content_dress(const struct content_run *run, struct read_item *item, uint16_t ink)
{
    item->ink = ink;
    item->layered = run->layers > 0;
    item->over = run->now.over;
    item->mark = run->in_marks;
}

static const struct content_state start_state = {.scale = 100000, .width = 1000};

/* -- operators: each checks its operands and where it may stand -- */

typedef enum status operator(struct content_run *run);

static bool has(const struct content_run *run, unsigned numbers)
{
    return run->count == numbers && run->name.kind == TOKEN_END && !run->dashes;
}

static bool has_name(const struct content_run *run, unsigned numbers)
{
    return run->count == numbers && run->name.kind == TOKEN_NAME && !run->dashes;
}

static bool path_is_open(const struct content_run *run)
{
    return run->list->step_count > run->path;
}

/* Where lines and paths may stand: not inside of what is scaled for an image. */
static bool plain(const struct content_run *run)
{
    return !run->now.placed;
}

static enum status op_save(struct content_run *run)
{
    if (!has(run, 0) || run->in_text || path_is_open(run) || run->depth == CONTENT_DEPTH)
        return content_strange(run);
    run->kept[run->depth++] = run->now;
    return OK;
}

static enum status op_restore(struct content_run *run)
{
    if (!has(run, 0) || run->in_text || path_is_open(run) || run->depth == 0)
        return content_strange(run);
    run->now = run->kept[--run->depth];
    return OK;
}

/* The place of one image: not turned, not mirrored, once, and taken back by Q. */
static enum status op_place(struct content_run *run)
{
    const int32_t *n = run->numbers;

    if (!has(run, 6) || run->in_text || path_is_open(run) || run->now.placed || run->depth == 0 ||
        n[0] <= 0 || n[1] != 0 || n[2] != 0 || n[3] <= 0)
        return content_strange(run);
    run->now.placed = true;
    run->now.w = n[0];
    run->now.h = n[3];
    run->now.x = n[4];
    run->now.y = n[5];
    return OK;
}

/* -- colour: the one black, or a named ink in full -- */

static enum status op_black_fill(struct content_run *run)
{
    if (!has(run, 1) || run->numbers[0] != 0 || run->in_text || path_is_open(run))
        return content_strange(run);
    run->now.fill = 0;
    return OK;
}

static enum status op_black_stroke(struct content_run *run)
{
    if (!has(run, 1) || run->numbers[0] != 0 || run->in_text || path_is_open(run))
        return content_strange(run);
    run->now.stroke = 0;
    return OK;
}

static enum status set_ink(struct content_run *run, uint16_t *ink)
{
    const struct named *named =
        has_name(run, 0) ? names_find(&run->reader->resources->inks, &run->name) : NULL;

    if (!named || run->in_text || path_is_open(run))
        return content_strange(run);
    *ink = (uint16_t)named->number;
    return OK;
}

static enum status op_ink_fill(struct content_run *run)
{
    return set_ink(run, &run->now.fill);
}

static enum status op_ink_stroke(struct content_run *run)
{
    return set_ink(run, &run->now.stroke);
}

/* The one state that resources.c knows: overprint. */
static enum status op_state(struct content_run *run)
{
    if (!has_name(run, 0) || !names_find(&run->reader->resources->states, &run->name) ||
        run->in_text || path_is_open(run))
        return content_strange(run);
    run->now.over = true;
    return OK;
}

static enum status op_full(struct content_run *run)
{
    return has(run, 1) && run->numbers[0] == 1000 ? OK : content_strange(run);
}

/* -- lines and outlines -- */

static enum status op_width(struct content_run *run)
{
    if (!has(run, 1) || run->numbers[0] < 0 || run->in_text || path_is_open(run))
        return content_strange(run);
    run->now.width = run->numbers[0];
    return OK;
}

static enum status op_dash(struct content_run *run)
{
    if (!run->dashes || run->count != 1 || run->numbers[0] != 0 || run->name.kind != TOKEN_END ||
        run->in_text || path_is_open(run))
        return content_strange(run);
    run->now.dash_on = run->dash[0];
    run->now.dash_off = run->dash[1];
    return OK;
}

static enum status add_step(struct content_run *run, char letter, unsigned numbers)
{
    struct read_step *step;

    if (!has(run, numbers) || run->in_text || !plain(run))
        return content_strange(run);
    step = list_step(run->list);
    if (!step)
        return content_short(run);
    *step = (struct read_step){.step = letter, .count = (uint8_t)numbers};
    memcpy(step->numbers, run->numbers, numbers * sizeof *run->numbers);
    return OK;
}

static enum status op_move(struct content_run *run)
{
    return add_step(run, 'm', 2);
}

static enum status op_line(struct content_run *run)
{
    return path_is_open(run) ? add_step(run, 'l', 2) : content_strange(run);
}

static enum status op_curve(struct content_run *run)
{
    return path_is_open(run) ? add_step(run, 'c', 6) : content_strange(run);
}

static enum status op_close(struct content_run *run)
{
    return path_is_open(run) ? add_step(run, 'h', 0) : content_strange(run);
}

static enum status op_box(struct content_run *run)
{
    return add_step(run, 'r', 4);
}

static enum status end_path(struct content_run *run, enum read_kind kind, bool even_odd)
{
    struct read_item *item;

    if (!has(run, 0) || run->in_text || !plain(run))
        return content_strange(run);
    item = list_item(run->list, kind);
    if (!item)
        return content_short(run);
    content_dress(run, item, kind == READ_STROKE ? run->now.stroke : run->now.fill);
    item->as.path.even_odd = even_odd;
    item->as.path.first_step = run->path;
    item->as.path.steps = run->list->step_count - run->path;
    if (kind == READ_STROKE) {
        item->as.path.width = run->now.width;
        item->as.path.dash_on = run->now.dash_on;
        item->as.path.dash_off = run->now.dash_off;
    }
    run->path = run->list->step_count;
    return OK;
}

static enum status op_stroke(struct content_run *run)
{
    return path_is_open(run) ? end_path(run, READ_STROKE, false) : content_strange(run);
}

static enum status op_close_stroke(struct content_run *run)
{
    return op_close(run) == OK ? op_stroke(run) : STOP;
}

static enum status op_fill(struct content_run *run)
{
    return end_path(run, READ_FILL, false);
}

static enum status op_fill_even_odd(struct content_run *run)
{
    return end_path(run, READ_FILL, true);
}

/* -- text -- */

static enum status op_begin_text(struct content_run *run)
{
    if (!has(run, 0) || run->in_text || path_is_open(run) || !plain(run))
        return content_strange(run);
    run->in_text = true;
    run->line_x = run->line_y = 0;
    return OK;
}

static enum status op_end_text(struct content_run *run)
{
    if (!has(run, 0) || !run->in_text || run->in_span)
        return content_strange(run);
    run->in_text = false;
    content_close_line(run);
    return OK;
}

static bool add_to(int32_t *place, int32_t by)
{
    int64_t sum = (int64_t)*place + by;

    *place = (int32_t)sum;
    return sum >= INT32_MIN && sum <= INT32_MAX;
}

static enum status op_place_line(struct content_run *run)
{
    if (!has(run, 2) || !run->in_text || run->in_span || !add_to(&run->line_x, run->numbers[0]) ||
        !add_to(&run->line_y, run->numbers[1]))
        return content_strange(run);
    content_close_line(run);
    run->line_open = true;
    return OK;
}

static enum status op_font(struct content_run *run)
{
    const struct named *named =
        has_name(run, 1) ? names_find(&run->reader->resources->fonts, &run->name) : NULL;

    if (!named || run->numbers[0] <= 0 || run->in_span)
        return content_strange(run);
    run->now.font = named->font;
    run->now.size = run->numbers[0];
    return OK;
}

/* Scale and spacing are those of a whole line: behind them a line wants its place anew. */
static enum status op_scale(struct content_run *run)
{
    if (!has(run, 1) || run->numbers[0] <= 0 || run->in_span)
        return content_strange(run);
    content_close_line(run);
    run->now.scale = run->numbers[0];
    return OK;
}

static enum status op_spacing(struct content_run *run)
{
    if (!has(run, 1) || run->in_span)
        return content_strange(run);
    content_close_line(run);
    run->now.spacing = run->numbers[0];
    return OK;
}

static enum status op_rise(struct content_run *run)
{
    if (!has(run, 1) || run->in_span)
        return content_strange(run);
    run->now.rise = run->numbers[0];
    return OK;
}

/* -- marked content: /OC name BDC ... EMC, /Run BMC ... EMC; spans are read where they begin -- */

static enum status op_begin_layer(struct content_run *run)
{
    if (run->count != 0 || run->name.kind != TOKEN_NAME || run->in_text || path_is_open(run) ||
        run->in_marks || run->layers == CONTENT_DEPTH)
        return content_strange(run);
    run->layers++;
    return OK;
}

/* The run's marks stand on a page, in nothing else. */
static enum status op_begin_marks(struct content_run *run)
{
    if (!has_name(run, 0) || !token_is(&run->name, "Run") || run->in_text || path_is_open(run) ||
        run->in_marks || run->layers > 0 || run->depth > 0 || run->reader->in_layer)
        return content_strange(run);
    run->in_marks = true;
    return OK;
}

static enum status op_end_marked(struct content_run *run)
{
    if (!has(run, 0) || path_is_open(run))
        return content_strange(run);
    if (run->in_span) {
        run->in_span = false;
        return OK;
    }
    if (run->in_text || (run->in_marks ? run->depth > 0 : run->layers == 0))
        return content_strange(run);
    if (run->in_marks)
        run->in_marks = false;
    else
        run->layers--;
    return OK;
}

/* -- XObjects -- */

static enum status show_image(struct content_run *run, uint32_t image)
{
    struct read_item *item = run->now.placed ? list_item(run->list, READ_IMAGE) : NULL;

    if (!item)
        return run->now.placed ? content_short(run) : content_strange(run);
    content_dress(run, item, run->now.fill);
    item->as.mask.w = run->now.w;
    item->as.mask.h = run->now.h;
    item->as.mask.x = run->now.x;
    item->as.mask.y = run->now.y;
    item->as.mask.image = image;
    return OK;
}

/* A layer comes first on its page, once, in the page's own place. */
static enum status show_layer(struct content_run *run, uint32_t layer)
{
    if (run->reader->layer != 0 || run->list->item_count > 0 || run->depth > 0 || run->layers > 0 ||
        run->in_marks || run->now.fill != 0 || run->now.stroke != 0 || run->now.over)
        return content_strange(run);
    run->reader->layer = layer;
    return OK;
}

static enum status op_show(struct content_run *run)
{
    struct content_reader *reader = run->reader;
    const struct named *named =
        has_name(run, 0) ? names_find(&reader->resources->objects, &run->name) : NULL;
    uint32_t layer = 0, image = 0;

    if (!named || run->in_text || path_is_open(run))
        return content_strange(run);
    if (reader->object(reader->context, named->number, &layer, &image, run->error) != OK)
        return STOP;
    if (layer == 0)
        return show_image(run, image);
    return reader->in_layer ? content_strange(run) : show_layer(run, layer);
}

static enum status op_mask(struct content_run *run)
{
    return has(run, 0) && !run->in_text && !path_is_open(run) ? content_mask(run)
                                                              : content_strange(run);
}

/* -- the stream -- */

#define WORD(a, b, c) ((uint32_t)(a) | (uint32_t)(b) << 8 | (uint32_t)(c) << 16)

static operator* find_operator(uint32_t word)
{
    switch (word) {
    case WORD('q', 0, 0):
        return op_save;
    case WORD('Q', 0, 0):
        return op_restore;
    case WORD('c', 'm', 0):
        return op_place;
    case WORD('g', 0, 0):
        return op_black_fill;
    case WORD('G', 0, 0):
        return op_black_stroke;
    case WORD('c', 's', 0):
        return op_ink_fill;
    case WORD('C', 'S', 0):
        return op_ink_stroke;
    case WORD('s', 'c', 'n'):
        return op_full;
    case WORD('S', 'C', 'N'):
        return op_full;
    case WORD('g', 's', 0):
        return op_state;
    case WORD('w', 0, 0):
        return op_width;
    case WORD('d', 0, 0):
        return op_dash;
    case WORD('m', 0, 0):
        return op_move;
    case WORD('l', 0, 0):
        return op_line;
    case WORD('c', 0, 0):
        return op_curve;
    case WORD('h', 0, 0):
        return op_close;
    case WORD('r', 'e', 0):
        return op_box;
    case WORD('S', 0, 0):
        return op_stroke;
    case WORD('s', 0, 0):
        return op_close_stroke;
    case WORD('f', 0, 0):
        return op_fill;
    case WORD('f', '*', 0):
        return op_fill_even_odd;
    case WORD('B', 'T', 0):
        return op_begin_text;
    case WORD('E', 'T', 0):
        return op_end_text;
    case WORD('T', 'd', 0):
        return op_place_line;
    case WORD('T', 'f', 0):
        return op_font;
    case WORD('T', 'z', 0):
        return op_scale;
    case WORD('T', 'c', 0):
        return op_spacing;
    case WORD('T', 's', 0):
        return op_rise;
    case WORD('B', 'D', 'C'):
        return op_begin_layer;
    case WORD('B', 'M', 'C'):
        return op_begin_marks;
    case WORD('E', 'M', 'C'):
        return op_end_marked;
    case WORD('D', 'o', 0):
        return op_show;
    case WORD('B', 'I', 0):
        return op_mask;
    default:
        return NULL;
    }
}

static enum status run_operator(struct content_run *run, const struct token *word)
{
    uint32_t packed = 0;
    operator* operator_;
    enum status status;

    if (word->size > 3)
        return content_strange(run);
    for (uint32_t i = 0; i < word->size; i++)
        packed |= (uint32_t)word->bytes[i] << 8 * i;
    operator_ = find_operator(packed);
    status = operator_ ? operator_(run) : content_strange(run);
    run->count = 0;
    run->name.kind = TOKEN_END;
    run->dashes = false;
    return status;
}

static enum status expect_word(struct content_run *run, const char *word)
{
    struct token token = scan_token(&run->scan);

    return token.kind == TOKEN_WORD && token_is(&token, word) ? OK : content_strange(run);
}

static enum status read_dashes(struct content_run *run)
{
    unsigned count = 0;

    run->dashes = true;
    run->dash[0] = run->dash[1] = 0;
    for (;; count++) {
        struct token token = scan_token(&run->scan);

        if (token.kind == TOKEN_LIST_END)
            return count == 0 || count == 2 ? OK : content_strange(run);
        if (count == 2 || !token_fits(&token) || token.number < 0)
            return content_strange(run);
        run->dash[count] = (int32_t)token.number;
    }
}

static enum status read_list(struct content_run *run)
{
    if (run->count > 0 || run->name.kind != TOKEN_END || run->dashes)
        return content_strange(run);
    if (!run->in_text)
        return read_dashes(run);
    return content_show_moved(run) == OK ? expect_word(run, "TJ") : STOP;
}

/* Strings and dictionaries have one use each: they are read where they begin. */
static enum status read_other(struct content_run *run, const struct token *token)
{
    if (token->kind == TOKEN_LIST)
        return read_list(run);
    if (token->kind == TOKEN_HEX && run->in_text && has(run, 0))
        return content_show(run, token) == OK ? expect_word(run, "Tj") : STOP;
    if (token->kind == TOKEN_OPEN && has_name(run, 0) && token_is(&run->name, "Span")) {
        run->name.kind = TOKEN_END;
        return content_span(run);
    }
    return content_strange(run);
}

/* Two names stand before BDC only: /OC and the layer's. */
static enum status read_name(struct content_run *run, const struct token *token)
{
    if (run->name.kind != TOKEN_END && !token_is(&run->name, "OC"))
        return content_strange(run);
    run->name = *token;
    return OK;
}

static enum status read_token(struct content_run *run, const struct token *token)
{
    switch (token->kind) {
    case TOKEN_NUMBER:
        if (run->count == CONTENT_OPERANDS || !token_fits(token))
            return content_strange(run);
        run->numbers[run->count++] = (int32_t)token->number;
        return OK;
    case TOKEN_NAME:
        return read_name(run, token);
    case TOKEN_WORD:
        return run_operator(run, token);
    default:
        return read_other(run, token);
    }
}

enum status content_read(struct content_reader *reader, struct scan stream, struct error *error)
{
    struct content_run run = {.reader = reader,
                              .list = reader->list,
                              .error = error,
                              .scan = stream,
                              .now = start_state,
                              .line = -1};

    list_empty(reader->list);
    reader->layer = 0;
    for (;;) {
        struct token token = scan_token(&run.scan);

        if (token.kind == TOKEN_END)
            break;
        if (read_token(&run, &token) != OK)
            return STOP;
    }
    if (run.in_text || run.depth > 0 || run.layers > 0 || run.in_marks || run.in_span ||
        path_is_open(&run) || !has(&run, 0))
        return content_strange(&run);
    return OK;
}
