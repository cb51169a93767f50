#include "press/pull_pen.h"

#include "base/os.h"

#include <stdarg.h>
#include <stdio.h>

#define ITEMS 1600
#define ARENA_BYTES ((size_t)8 << 20)

static bool font_folder(const char *data, char out[LIMIT_PATH])
{
    char executable[LIMIT_PATH], file[LIMIT_PATH];
    const char *const below[] = {"../share/oshirase/fonts", "../fonts"};
    if (data)
        return os_path_join(out, data, "fonts") && os_path_join(file, out, "fonts.yaml") &&
               os_exists(file);
    for (size_t i = 0; i < 2 && os_executable_folder(executable); i++)
        if (os_path_join(out, executable, below[i]) && os_path_join(file, out, "fonts.yaml") &&
            os_exists(file))
            return true;
    return false;
}

enum status paper_open(struct pull_pen *pen, const char *data, struct error *error)
{
    char folder[LIMIT_PATH];
    *pen = (struct pull_pen){.error = error};
    if (!font_folder(data, folder))
        return error_at(error, MSG_NO_DATA_FOLDER, "fonts.yaml", 0, TEXT("fonts/fonts.yaml"));
    enum status status = fonts_open(folder, &pen->fonts, error);
    if (status != OK)
        return status;
    pen->role = fonts_role(pen->fonts, TEXT("gothic"));
    if (pen->role < 0)
        pen->role = 0;
    arena_open(&pen->arena, ARENA_BYTES);
    return OK;
}

void paper_close(struct pull_pen *pen)
{
    if (!pen->fonts)
        return;
    pdf_drop(pen->pdf);
    arena_close(&pen->arena);
    fonts_close(pen->fonts);
    pen->fonts = NULL;
}

/* -- a file and its sheets -- */

void paper_file(struct pull_pen *pen, const struct sink *out, struct text title)
{
    pen->sink = *out;
    pen->title = title;
    pen->used = false;
}

static void print_sheet(struct pull_pen *pen)
{
    const struct pdf_options options = {.title = pen->title, .level = 6};
    if (pen->status == OK && pen->used && !pen->pdf)
        pen->status = pdf_new(&pen->sink, pen->fonts, &options, &pen->pdf, pen->error);
    if (pen->status == OK && pen->used)
        pen->status = pdf_page(pen->pdf, &pen->page, pen->error);
    pen->used = false;
}

void paper_sheet(struct pull_pen *pen)
{
    print_sheet(pen);
    if (pen->status != OK)
        return;
    arena_wipe(&pen->arena);
    pen->page = (struct page){.width = 210 * PAPER_MM, .height = 297 * PAPER_MM};
    pen->page.list.items = arena_array(&pen->arena, ITEMS, sizeof *pen->page.list.items);
    if (!pen->page.list.items)
        pen->status = error_set(pen->error, MSG_NO_MEMORY);
    pen->used = true;
}

enum status paper_end(struct pull_pen *pen, const struct digest *id)
{
    print_sheet(pen);
    struct pdf *pdf = pen->pdf;
    pen->pdf = NULL;
    if (pen->status == OK && pdf)
        pen->status = pdf_close(pdf, id, pen->error);
    else
        pdf_drop(pdf);
    return pen->status;
}

/* -- what stands on a sheet -- */

static struct item *next_item(struct pull_pen *pen, enum item_kind kind)
{
    struct item_list *list = &pen->page.list;
    if (list->count == ITEMS) {
        pen->status = error_set(pen->error, MSG_BUG);
        return NULL;
    }
    struct item *item = &list->items[list->count++];
    *item = (struct item){.kind = kind};
    return item;
}

void paper_rule(struct pull_pen *pen, emu x, emu y, emu w, emu h)
{
    struct item *item = pen->status == OK ? next_item(pen, ITEM_STROKE) : NULL;
    if (item)
        item->as.stroke =
            (struct item_stroke){.x = x, .y = y, .w = w, .h = h, .width = EMU_PER_PT / 2};
}

void paper_words(struct pull_pen *pen, struct text text, emu x, emu y, emu size, emu width)
{
    struct shaped shaped;
    struct error trouble = {0};
    if (pen->status != OK || text.length == 0)
        return;
    text = arena_text(&pen->arena, text);
    enum status status =
        text.bytes ? typeset_shape(pen->fonts, pen->role, text, &pen->arena, &shaped, &trouble)
                   : error_set(&trouble, MSG_NO_MEMORY);
    if (status == REJECT)
        return;
    if (status != OK) {
        *pen->error = trouble;
        pen->status = STOP;
        return;
    }
    emu natural = typeset_width(shaped.glyphs, shaped.count, size, 1000, 0);
    uint16_t scale = natural > width ? (uint16_t)(1000 * (int64_t)width / natural) : 1000;
    struct item *item = next_item(pen, ITEM_TEXT);
    if (item)
        item->as.text = (struct item_text){.x = x,
                                           .y = y,
                                           .size = size,
                                           .scale = scale < 100 ? 100 : scale,
                                           .glyphs = shaped.glyphs,
                                           .count = shaped.count,
                                           .text = text};
}

void paper_say(struct pull_pen *pen, emu x, emu y, emu size, emu width, const char *format, ...)
{
    char text[1024];
    va_list list;
    va_start(list, format);
    int length = vsnprintf(text, sizeof text, format, list);
    va_end(list);
    if (length < 0 || (size_t)length >= sizeof text)
        pen->status = error_set(pen->error, MSG_BUG);
    else
        paper_words(pen, text_of(text), x, y, size, width);
}
