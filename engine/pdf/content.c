#include "pdf/content.h"

/* -- bitmaps -- */

static enum status add_bitmap(struct content *content, const struct item_bitmap *bitmap,
                              struct error *error)
{
    int32_t left = content_x(bitmap->x), right = thousandths((int64_t)bitmap->x + bitmap->w);
    int32_t top = content_y(content, bitmap->y);
    int32_t bottom = content_y(content, (int64_t)bitmap->y + bitmap->h);

    if (objects_image(content->pdf, bitmap, error) != OK)
        return STOP;
    ink_words(content->ink, "q ");
    content_number(content, right - left);
    ink_words(content->ink, "0 0 ");
    content_number(content, top - bottom);
    content_number(content, left);
    content_number(content, bottom);
    ink_words(content->ink, "cm/Im");
    ink_integer(content->ink, bitmap->image);
    ink_words(content->ink, " Do Q\n");
    return OK;
}

/* -- all -- */

static enum status add_item(struct content *content, const struct item *item, struct error *error)
{
    if (item->kind == ITEM_TEXT)
        return content_text(content, &item->as.text, error);
    content_end_text(content);
    switch (item->kind) {
    case ITEM_STROKE:
        content_stroke(content, &item->as.stroke);
        return OK;
    case ITEM_MODULES:
        return content_modules(content, &item->as.modules, error);
    case ITEM_BITMAP:
        return add_bitmap(content, &item->as.bitmap, error);
    case ITEM_PATH:
        content_path(content, &item->as.path);
        return OK;
    case ITEM_BARS:
        content_bars(content, &item->as.bars);
        return OK;
    default:
        return error_set(error, MSG_BUG);
    }
}

enum status content_add(struct pdf *pdf, struct ink *ink, emu height, const struct item_list *list,
                        struct error *error)
{
    struct content content = {
        .pdf = pdf, .ink = ink, .height = height, .face = -1, .scale = 1000, .stroke_width = -1};
    enum status status = OK;

    for (uint32_t i = 0; i < list->count && status == OK; i++)
        status = add_item(&content, &list->items[i], error);
    content_end_text(&content);
    if (status == OK && ink->failed)
        return error_set(error, MSG_NO_MEMORY);
    return status;
}
