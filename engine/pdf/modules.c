#include "pdf/content.h"

/* A symbol is an inline image mask of one bit a module, in the one black, without interpolation.
 * Against a path of merged rectangles (some 270 for version 4): a third of the page's bytes and 20 us a page
 * less, and a press paints exactly the dots whose centres lie in a module, while the fill rule of paths paints
 * every dot that a module touches, which fattens it. ASCIIHex, so that no byte can look like the operator EI.
 * The mask stands INSET within its place: a renderer that counts every dot which an image touches rounds outwards,
 * and where the corner lies exactly on a dot it would give the symbol one dot too many, and modules of two widths. */

#define INSET 1 /* thousandth of a point; 1/120 of a 600 dpi dot */

#define LAST_BITS(count) (uint8_t)(0xFF00u >> ((count) % 8 ? (count) % 8 : 8))

/* Bits behind the last module of a row mean nothing and are cut: they must not reach the file. */
static uint8_t *put_row(uint8_t *at, const uint8_t *bits, unsigned count)
{
    static const char digits[] = "0123456789ABCDEF";
    unsigned bytes = (count + 7) / 8;

    for (unsigned i = 0; i < bytes; i++) {
        uint8_t byte = i + 1 < bytes ? bits[i] : bits[i] & LAST_BITS(count);
        *at++ = (uint8_t)digits[byte >> 4];
        *at++ = (uint8_t)digits[byte & 15];
    }
    return at;
}

static void put_rows(struct ink *ink, const struct item_modules *modules)
{
    size_t row_size = (modules->count + 7u) / 8 * 2;
    uint8_t *at = ink_room(ink, row_size * modules_down(modules));

    if (!at)
        return;
    for (unsigned row = 0; row < modules_down(modules); row++)
        at = put_row(at, modules->bits + (size_t)row * modules->row_bytes, modules->count);
    ink_wrote(ink, at);
}

enum status content_modules(struct content *content, const struct item_modules *modules,
                            struct error *error)
{
    emu across = modules->module * modules->count, down = modules->module * modules_down(modules);

    if (modules->count > MODULES_MOST || modules->rows > MODULES_MOST)
        return error_set(error, MSG_BUG);
    if (modules->count == 0)
        return OK;
    ink_words(content->ink, "q ");
    content_number(content, thousandths(across) - 2 * INSET);
    ink_words(content->ink, "0 0 ");
    content_number(content, thousandths(down) - 2 * INSET);
    content_number(content, content_x(modules->x) + INSET);
    content_number(content, content_y(content, modules->y + down) + INSET);
    ink_words(content->ink, "cm\nBI/W ");
    ink_integer(content->ink, modules->count);
    ink_words(content->ink, "/H ");
    ink_integer(content->ink, modules_down(modules));
    ink_words(content->ink, "/IM true/D[1 0]/F/AHx ID\n");
    put_rows(content->ink, modules);
    ink_words(content->ink, ">\nEI Q\n");
    return OK;
}
