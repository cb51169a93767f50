/* pdf/content.h -- the state of one content stream, so that operators are written only where
 * something changes. A stream starts from the defaults of ISO 32000-1, table 52 and 104, whatever
 * page it is on.
 */
#ifndef PDF_CONTENT_H
#define PDF_CONTENT_H

#include "pdf/inside.h"

struct content {
    struct pdf *pdf;
    struct ink *ink;
    emu height;
    bool in_text;           /* between BT and ET */
    int32_t line_x, line_y; /* start of the line, thousandths of a point */
    int32_t face;           /* -1 = none yet */
    emu size;
    int32_t rise;           /* that face and size ask for, thousandths of a point; set for each run */
    uint16_t scale;
    emu spacing;
    emu stroke_width; /* -1 = none yet */
    emu dash_on, dash_off;
};

/* strings.c: one line of text. */
CHECKED enum status content_text(struct content *content, const struct item_text *text,
                                 struct error *error);
void content_end_text(struct content *content);

/* modules.c: the dark modules as an image mask. A QR code has 177 a side at most; a supplied symbol with a strip beside
 * it may have to be drawn dot by dot. */
#define MODULES_MOST 1600
CHECKED enum status content_modules(struct content *content, const struct item_modules *modules,
                                    struct error *error);

/* strokes.c */
void content_stroke(struct content *content, const struct item_stroke *stroke);
void content_path(struct content *content, const struct item_path *path);
void content_bars(struct content *content, const struct item_bars *bars);

/* Numbers with a blank behind them. */
static inline void content_number(struct content *content, int64_t value)
{
    uint8_t *at = ink_room(content->ink, INK_NUMBER);

    if (!at)
        return;
    at = ink_put_thousandths(at, value);
    *at++ = ' ';
    ink_wrote(content->ink, at);
}

static inline int32_t content_x(emu x)
{
    return thousandths(x);
}

static inline int32_t content_y(const struct content *content, int64_t y)
{
    return thousandths(content->height - y);
}

#endif
