#include "raster/raster.h"

#include "base/memory.h"
#include "raster/canvas.h"

#define EMU_PER_INCH 914400
#define DPI_LEAST 36
#define DPI_MOST 1200

static int pixels(emu length, uint32_t dpi)
{
    int64_t nearest = ((int64_t)length * dpi + EMU_PER_INCH / 2) / EMU_PER_INCH;
    return nearest < 1 ? 1 : (int)nearest;
}

/* Without guides one channel is enough: the sheet is a full channel, ink takes away from it. With guides the
 * sheet has colours. Either way black on white comes out. */
static void paint_sheet(cairo_t *cairo, bool colours)
{
    if (colours)
        cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_set_source_rgb(cairo, 0, 0, 0);
    cairo_set_operator(cairo, colours ? CAIRO_OPERATOR_OVER : CAIRO_OPERATOR_DEST_OUT);
}

static enum status canvas_open(struct canvas *canvas, const struct page *page, uint32_t dpi,
                               struct error *error)
{
    bool colours = page->guides.count > 0;
    canvas->surface =
        cairo_image_surface_create(colours ? CAIRO_FORMAT_RGB24 : CAIRO_FORMAT_A8,
                                   pixels(page->width, dpi), pixels(page->height, dpi));
    canvas->cairo = cairo_create(canvas->surface);
    enum status status = cairo_verdict(cairo_status(canvas->cairo), error);
    if (status != OK)
        return status;
    cairo_scale(canvas->cairo, (double)dpi / EMU_PER_INCH, (double)dpi / EMU_PER_INCH);
    paint_sheet(canvas->cairo, colours);
    return outlines_new(canvas->fonts, &canvas->outlines, error);
}

static void canvas_close(struct canvas *canvas)
{
    outlines_free(canvas->outlines);
    cairo_destroy(canvas->cairo);
    cairo_surface_destroy(canvas->surface);
}

static enum status draw_page(struct canvas *canvas, const struct page *page, struct error *error)
{
    enum status status = OK;
    if (page->layer)
        status = draw_items(canvas, &page->layer->list, error);
    if (status == OK)
        status = draw_items(canvas, &page->list, error);
    if (status == OK)
        status = draw_items(canvas, &page->marks, error);
    if (status == OK &&
        page->guides.count > 0) { /* a die is no ink: it shows where there are colours */
        cairo_set_source_rgb(canvas->cairo, 0.9, 0, 0.5);
        status = draw_items(canvas, &page->die, error);
    }
    if (status == OK && page->guides.count > 0) {
        cairo_set_source_rgb(canvas->cairo, 0.1, 0.4, 0.9);
        status = draw_items(canvas, &page->guides, error);
    }
    return status;
}

/* -- to the sink -- */

struct outlet {
    const struct sink *sink;
    struct error *error;
    enum status status; /* the sink's own, because Cairo forgets which error it was */
};

static cairo_status_t pass_on(void *context, const unsigned char *bytes, unsigned size)
{
    struct outlet *outlet = context;
    outlet->status = sink_write(outlet->sink, bytes, size, outlet->error);
    return outlet->status == OK ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

static enum status write_png(cairo_surface_t *surface, const struct sink *sink, struct error *error)
{
    struct outlet outlet = {sink, error, OK};
    cairo_status_t status = cairo_surface_write_to_png_stream(surface, pass_on, &outlet);
    return outlet.status != OK ? outlet.status : cairo_verdict(status, error);
}

enum status raster_png(const struct page *page, const struct fonts *fonts, uint32_t dpi,
                       const struct sink *sink, struct error *error)
{
    if (dpi < DPI_LEAST || dpi > DPI_MOST)
        return error_set(error, MSG_RASTER_DPI);
    struct canvas canvas = {.fonts = fonts};
    memory_watch();
    enum status status = canvas_open(&canvas, page, dpi, error);
    if (status == OK)
        status = draw_page(&canvas, page, error);
    if (status == OK)
        status = write_png(canvas.surface, sink, error);
    canvas_close(&canvas);
    return memory_ran_out() ? error_set(error, MSG_NO_MEMORY) : status;
}
