#include "raster/canvas.h"

enum status cairo_verdict(cairo_status_t status, struct error *error)
{
    if (status == CAIRO_STATUS_SUCCESS)
        return OK;
    return error_set(error, status == CAIRO_STATUS_NO_MEMORY ? MSG_NO_MEMORY : MSG_RASTER_FAILED);
}

/* Glyph i starts behind the sum of the advances before it, so that errors of rounding do not add up. */
static enum status draw_text(struct canvas *canvas, const struct item_text *item,
                             struct error *error)
{
    double scale = item->scale / 1000.0;
    struct outline_place place = {.y = item->y, .em_x = item->size * scale, .em_y = item->size};
    int64_t advances = 0;
    for (uint32_t i = 0; i < item->count; i++) {
        const struct glyph *glyph = &item->glyphs[i];
        double before = (double)advances * item->size / EM_UNITS + (double)item->spacing * i;
        place.x = item->x + before * scale;
        enum status status =
            outlines_add(canvas->outlines, glyph->face, glyph->id, &place, canvas->cairo, error);
        if (status != OK)
            return status;
        advances += glyph->advance;
    }
    cairo_fill(canvas->cairo);
    return OK;
}

static void box_path(cairo_t *cairo, const struct item_stroke *item)
{
    const double quarter = 1.5707963267948966; /* a right angle */
    double left = item->x, top = item->y, right = left + item->w, bottom = top + item->h;
    double r = item->radius;
    if (item->radius <= 0) {
        cairo_rectangle(cairo, left, top, item->w, item->h);
        return;
    }
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, right - r, top + r, r, -quarter, 0);
    cairo_arc(cairo, right - r, bottom - r, r, 0, quarter);
    cairo_arc(cairo, left + r, bottom - r, r, quarter, 2 * quarter);
    cairo_arc(cairo, left + r, top + r, r, 2 * quarter, 3 * quarter);
    cairo_close_path(cairo);
}

static void draw_stroke(cairo_t *cairo, const struct item_stroke *item)
{
    const double dashes[2] = {item->dash_on, item->dash_off};
    bool dashed = item->dash_on > 0 && item->dash_off > 0;
    cairo_set_dash(cairo, dashes, dashed ? 2 : 0, 0);
    cairo_set_line_width(cairo, item->width);
    if (item->w == 0 || item->h == 0) {
        cairo_move_to(cairo, item->x, item->y);
        cairo_line_to(cairo, item->x + item->w, item->y + item->h);
    } else {
        box_path(cairo, item);
    }
    cairo_stroke(cairo);
}

static bool bit_at(const uint8_t *row, uint32_t column)
{
    return row[column / 8] >> (7 - column % 8) & 1;
}

/* Dark modules as one path, side by side ones as one rectangle: no hairlines between them. */
static void draw_modules(cairo_t *cairo, const struct item_modules *item)
{
    for (uint32_t y = 0; y < modules_down(item); y++) {
        const uint8_t *row = item->bits + (size_t)y * item->row_bytes;
        for (uint32_t x = 0, end; x < item->count; x = end + 1) {
            for (end = x; end < item->count && bit_at(row, end); end++)
                ;
            if (end > x)
                cairo_rectangle(cairo, item->x + (double)x * item->module,
                                item->y + (double)y * item->module,
                                (double)(end - x) * item->module, item->module);
        }
    }
    cairo_fill(cairo);
}

static void mask_fill(cairo_surface_t *mask, const struct item_bitmap *item)
{
    uint8_t *bytes = cairo_image_surface_get_data(mask);
    size_t stride = (size_t)cairo_image_surface_get_stride(mask);
    for (uint32_t y = 0; y < item->rows; y++)
        for (uint32_t x = 0; x < item->columns; x++)
            bytes[y * stride + x] = bit_at(item->bits + (size_t)y * item->row_bytes, x) ? 255 : 0;
    cairo_surface_mark_dirty(mask);
}

/* Paints through the mask into a box of columns by rows. Enlarged dots keep
 * their edges; reduced ones are averaged. */
static void paint_mask(cairo_t *cairo, cairo_surface_t *mask, const struct item_bitmap *item)
{
    cairo_pattern_t *pattern = cairo_pattern_create_for_surface(mask);
    double dot_x = 1, dot_y = 1;
    cairo_user_to_device_distance(cairo, &dot_x, &dot_y);
    cairo_pattern_set_extend(pattern, CAIRO_EXTEND_PAD);
    cairo_pattern_set_filter(pattern,
                             dot_x < 1 || dot_y < 1 ? CAIRO_FILTER_GOOD : CAIRO_FILTER_NEAREST);
    cairo_rectangle(cairo, 0, 0, item->columns, item->rows);
    cairo_clip(cairo);
    cairo_mask(cairo, pattern);
    cairo_pattern_destroy(pattern);
}

static enum status draw_bitmap(cairo_t *cairo, const struct item_bitmap *item, struct error *error)
{
    if (item->columns == 0 || item->rows == 0 || item->w <= 0 || item->h <= 0)
        return OK;
    cairo_surface_t *mask =
        cairo_image_surface_create(CAIRO_FORMAT_A8, (int)item->columns, (int)item->rows);
    enum status status = cairo_verdict(cairo_surface_status(mask), error);
    if (status == OK) {
        cairo_surface_flush(mask);
        mask_fill(mask, item);
        cairo_save(cairo);
        cairo_translate(cairo, item->x, item->y);
        cairo_scale(cairo, (double)item->w / item->columns, (double)item->h / item->rows);
        paint_mask(cairo, mask, item);
        cairo_restore(cairo);
    }
    cairo_surface_destroy(mask);
    return status;
}

static void draw_path(cairo_t *cairo, const struct item_path *item)
{
    static const uint8_t taken[] = {
        [PATH_MOVE] = 2, [PATH_LINE] = 2, [PATH_CURVE] = 6, [PATH_CLOSE] = 0};
    const emu *at = item->points;
    for (uint32_t i = 0; i < item->step_count; i++) {
        switch (item->steps[i]) {
        case PATH_MOVE:
            cairo_move_to(cairo, at[0], at[1]);
            break;
        case PATH_LINE:
            cairo_line_to(cairo, at[0], at[1]);
            break;
        case PATH_CURVE:
            cairo_curve_to(cairo, at[0], at[1], at[2], at[3], at[4], at[5]);
            break;
        default:
            cairo_close_path(cairo);
            break;
        }
        at += taken[item->steps[i]];
    }
    if (item->width) {
        cairo_set_dash(cairo, NULL, 0, 0);
        cairo_set_line_width(cairo, item->width);
        cairo_stroke(cairo);
        return;
    }
    cairo_set_fill_rule(cairo, item->even_odd ? CAIRO_FILL_RULE_EVEN_ODD : CAIRO_FILL_RULE_WINDING);
    cairo_fill(cairo);
    cairo_set_fill_rule(cairo, CAIRO_FILL_RULE_WINDING);
}

static void draw_bars(cairo_t *cairo, const struct item_bars *item)
{
    const double dot = EMU_PER_DOT600;
    for (uint32_t i = 0; i < item->count; i++) {
        const struct bar *bar = &item->bars[i];
        cairo_rectangle(cairo, item->x + bar->x * dot, item->y + bar->y * dot, bar->w * dot,
                        bar->h * dot);
    }
    cairo_fill(cairo);
}

static enum status draw_item(struct canvas *canvas, const struct item *item, struct error *error)
{
    switch (item->kind) {
    case ITEM_TEXT:
        return draw_text(canvas, &item->as.text, error);
    case ITEM_STROKE:
        draw_stroke(canvas->cairo, &item->as.stroke);
        return OK;
    case ITEM_MODULES:
        draw_modules(canvas->cairo, &item->as.modules);
        return OK;
    case ITEM_BITMAP:
        return draw_bitmap(canvas->cairo, &item->as.bitmap, error);
    case ITEM_PATH:
        draw_path(canvas->cairo, &item->as.path);
        return OK;
    case ITEM_BARS:
        draw_bars(canvas->cairo, &item->as.bars);
        return OK;
    }
    return error_set(error, MSG_BUG);
}

enum status draw_items(struct canvas *canvas, const struct item_list *list, struct error *error)
{
    for (uint32_t i = 0; i < list->count; i++) {
        enum status status = draw_item(canvas, &list->items[i], error);
        if (status != OK)
            return status;
    }
    return cairo_verdict(cairo_status(canvas->cairo), error);
}
