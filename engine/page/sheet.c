#include "page/sheet.h"

#include "base/memory.h"
#include "page/printed.h"

struct sheet_digester {
    struct digester *digester, *plain; /* borrowed; own */
    struct events letter, marks;
    struct printed_images images;
    struct printed_face faces[LIMIT_FACES];
};

enum status sheet_digester_new(struct digester *digester, struct sheet_digester **out,
                               struct error *error)
{
    struct sheet_digester *sheets = memory_new(sizeof *sheets);

    *out = NULL;
    if (!sheets)
        return error_set(error, MSG_NO_MEMORY);
    sheets->digester = digester;
    if (digester_new(&sheets->plain, error) != OK) {
        sheet_digester_free(sheets);
        return STOP;
    }
    *out = sheets;
    return OK;
}

void sheet_digester_free(struct sheet_digester *sheets)
{
    if (!sheets)
        return;
    events_free(&sheets->letter);
    events_free(&sheets->marks);
    printed_forget(sheets->faces);
    digester_free(sheets->plain);
    memory_free(sheets, sizeof *sheets);
}

static struct printed writer_of(struct sheet_digester *sheets, const struct fonts *fonts,
                                struct events *events, struct error *error)
{
    return (struct printed){.fonts = fonts,
                            .faces = sheets->faces,
                            .images = &sheets->images,
                            .plain = sheets->plain,
                            .events = events,
                            .error = error};
}

static enum status put_page(struct printed *writer, const struct page *page)
{
    writer->height = page->height;
    events_page(writer->events, printed_milli(page->width), printed_milli(page->height),
                page->layer ? &page->layer->digest : NULL);
    if (printed_list(writer, &page->list) != OK || printed_die(writer, page) != OK)
        return STOP;
    events_page_end(writer->events);
    return OK;
}

enum status letter_digest(struct sheet_digester *sheets, const struct fonts *fonts,
                          const struct page_list *pages, struct digest *out, struct error *error)
{
    struct printed writer = writer_of(sheets, fonts, &sheets->letter, error);

    events_letter(&sheets->letter);
    for (uint32_t i = 0; i < pages->count; i++)
        if (put_page(&writer, &pages->pages[i]) != OK)
            return STOP;
    return events_digest(&sheets->letter, sheets->digester, out, error);
}

enum status sheet_digest(struct sheet_digester *sheets, const struct fonts *fonts,
                         const struct page_list *pages, const struct digest *letter,
                         struct digest *out, struct error *error)
{
    struct printed writer = writer_of(sheets, fonts, &sheets->marks, error);

    events_sheet(&sheets->marks);
    events_sheet_of(&sheets->marks, letter);
    for (uint32_t i = 0; i < pages->count; i++) {
        writer.height = pages->pages[i].height;
        if (printed_list(&writer, &pages->pages[i].marks) != OK)
            return STOP;
        events_page_end(&sheets->marks);
    }
    return events_digest(&sheets->marks, sheets->digester, out, error);
}

enum status layer_digest(const struct fonts *fonts, const struct item_list *list, emu height,
                         struct digest *out, struct error *error)
{
    struct sheet_digester *sheets;
    enum status status = sheet_digester_new(NULL, &sheets, error);

    if (status != OK)
        return status;
    struct printed writer = writer_of(sheets, fonts, &sheets->letter, error);
    writer.height = height;
    events_layer(&sheets->letter);
    status = printed_list(&writer, list);
    if (status == OK)
        status = events_digest(&sheets->letter, sheets->plain, out, error);
    sheet_digester_free(sheets);
    return status;
}
