#include "pdf/inside.h"

#include "base/memory.h"

enum status objects_end(struct pdf *pdf, uint32_t number, struct error *error)
{
    struct ink body = {0};
    enum status status = haru_end(pdf->haru, &body, error);

    if (status == OK)
        status = file_object(&pdf->file, number, &body, error);
    ink_free(&body);
    return status;
}

enum status objects_stream(struct pdf *pdf, struct haru_dict *dict, uint32_t number,
                           const struct ink *packed, struct error *error)
{
    struct ink body = {0};
    enum status status;

    haru_name(pdf->haru, dict, "Filter", "FlateDecode");
    haru_integer(pdf->haru, dict, "Length", (int32_t)packed->size);
    status = haru_end(pdf->haru, &body, error);
    if (status == OK)
        status = file_stream(&pdf->file, number, &body, packed, error);
    ink_free(&body);
    return status;
}

/* -- layers -- */

static enum status write_form(struct pdf *pdf, const struct page *page, uint32_t number,
                              const struct ink *packed, struct error *error)
{
    struct ink box = {0};
    struct haru_dict *dict = haru_begin(pdf->haru);
    enum status status;

    ink_words(&box, "/BBox [0 0 ");
    ink_thousandths(&box, thousandths(page->width));
    ink_words(&box, " ");
    ink_thousandths(&box, thousandths(page->height));
    ink_words(&box, "]\n");
    haru_name(pdf->haru, dict, "Type", "XObject");
    haru_name(pdf->haru, dict, "Subtype", "Form");
    haru_reference(pdf->haru, dict, "Resources", pdf->resources);
    haru_entries(pdf->haru, dict, &box);
    status = objects_stream(pdf, dict, number, packed, error);
    ink_free(&box);
    return status;
}

static enum status make_form(struct pdf *pdf, const struct page *page, uint32_t number,
                             struct error *error)
{
    struct ink content = {0}, packed = {0};
    enum status status = content_add(pdf, &content, page->height, &page->layer->list, error);

    if (status == OK)
        status = packer_add(pdf->packer, PACK_ONCE, content.bytes, content.size, &packed, error);
    if (status == OK)
        status = write_form(pdf, page, number, &packed, error);
    ink_free(&content);
    ink_free(&packed);
    return status;
}

enum status objects_form(struct pdf *pdf, const struct page *page, struct error *error)
{
    uint32_t index = page->layer->index;

    if (index == 0 || index > LIMIT_FORMS)
        return error_set(error, MSG_BUG);
    if (pdf->forms[index] != 0)
        return OK;
    if (file_reserve(&pdf->file, &pdf->forms[index], error) != OK)
        return STOP;
    return make_form(pdf, page, pdf->forms[index], error);
}

/* -- images -- */

static bool image_known(const struct pdf *pdf, uint32_t image)
{
    for (uint32_t i = 0; i < pdf->image_count; i++)
        if (pdf->images[i].image == image)
            return true;
    return false;
}

static enum status image_reserve(struct pdf *pdf, uint32_t image, uint32_t *number,
                                 struct error *error)
{
    if (pdf->image_count == pdf->image_room) {
        uint32_t room = pdf->image_room ? pdf->image_room * 2 : 8;
        struct image_use *images =
            memory_resize(pdf->images, pdf->image_room * sizeof *images, room * sizeof *images);

        if (!images)
            return error_set(error, MSG_NO_MEMORY);
        pdf->images = images;
        pdf->image_room = room;
    }
    if (file_reserve(&pdf->file, number, error) != OK)
        return STOP;
    pdf->images[pdf->image_count++] = (struct image_use){image, *number};
    return OK;
}

/* The rows without what lies between them; the bits behind the last column show nowhere and are
 * cleared. */
static void tight_rows(const struct item_bitmap *bitmap, struct ink *out)
{
    uint32_t row_bytes = (bitmap->columns + 7) / 8, rest = bitmap->columns % 8;

    for (uint32_t row = 0; row < bitmap->rows; row++) {
        ink_bytes(out, bitmap->bits + (size_t)row * bitmap->row_bytes, row_bytes);
        if (rest && !out->failed)
            out->bytes[out->size - 1] &= (uint8_t)(0xff00u >> rest);
    }
}

/* An image mask paints with the current colour; Decode [1 0] makes 1 the painted sample. */
static enum status write_image(struct pdf *pdf, const struct item_bitmap *bitmap, uint32_t number,
                               const struct ink *packed, struct error *error)
{
    struct haru_dict *dict = haru_begin(pdf->haru);
    struct haru_list *decode;

    haru_name(pdf->haru, dict, "Type", "XObject");
    haru_name(pdf->haru, dict, "Subtype", "Image");
    haru_integer(pdf->haru, dict, "Width", (int32_t)bitmap->columns);
    haru_integer(pdf->haru, dict, "Height", (int32_t)bitmap->rows);
    haru_flag(pdf->haru, dict, "ImageMask", true);
    haru_integer(pdf->haru, dict, "BitsPerComponent", 1);
    decode = haru_list(pdf->haru, dict, "Decode");
    haru_list_integer(pdf->haru, decode, 1);
    haru_list_integer(pdf->haru, decode, 0);
    haru_flag(pdf->haru, dict, "Interpolate", false);
    return objects_stream(pdf, dict, number, packed, error);
}

enum status objects_image(struct pdf *pdf, const struct item_bitmap *bitmap, struct error *error)
{
    struct ink rows = {0}, packed = {0};
    enum status status;
    uint32_t number;

    if (bitmap->image == 0 || bitmap->columns == 0 || bitmap->rows == 0)
        return error_set(error, MSG_BUG);
    if (image_known(pdf, bitmap->image))
        return OK;
    status = image_reserve(pdf, bitmap->image, &number, error);
    tight_rows(bitmap, &rows);
    if (status == OK && rows.failed)
        status = error_set(error, MSG_NO_MEMORY);
    if (status == OK)
        status = packer_add(pdf->packer, PACK_ONCE, rows.bytes, rows.size, &packed, error);
    if (status == OK)
        status = write_image(pdf, bitmap, number, &packed, error);
    ink_free(&rows);
    ink_free(&packed);
    return status;
}
