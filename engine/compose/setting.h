/* compose/setting.h -- one frame's content to items of a page. Private to the room.
 * Lists have room for all that their frames can make; nothing here grows them.
 */
#ifndef COMPOSE_SETTING_H
#define COMPOSE_SETTING_H

#include "compose/compose.h"

struct bound_frame {
    const struct frame *frame;
    const struct part *part;
    int role;               /* FRAME_TEXT */
    struct measure measure; /* the first try: one line where the frame has a rule for broken text */
    struct measure broken;  /* the second, when frame->small != 0 */
};

struct bound_table {
    const struct table *table;
    struct bound_frame *frames; /* of a row; their boxes count from the row's top */
    uint32_t frame_count;
    uint32_t row_items; /* most items of a row, its rule included */
};

/* What setting a frame needs; one for the job, one for each letter. */
struct setter {
    struct fonts *fonts;
    struct arena *arena;
    struct item_list *list;
    struct fit_list *fits; /* may be NULL */
    emu across, down;      /* added to the frame's x and y: of a table's row */
    bool best_mask;
    bool prove; /* no symbol is encoded */
};

/* Text into its frame. REJECT 71xx, not yet naming anything; offset within text. */
CHECKED enum status set_text_frame(const struct setter *setter, const struct bound_frame *bound,
                                   struct text text, struct error *error);

/* A QR code into its frame. REJECT SYMBOL_TOO_LONG and what symbology refuses. */
CHECKED enum status set_symbol_frame(const struct setter *setter, const struct frame *frame,
                                     struct text text, struct error *error);

/* Barcodes (barcode.c) into their frames. REJECT 80xx: no such data; SYMBOL_TOO_LONG. */
CHECKED enum status set_customer_frame(const struct setter *setter, const struct frame *frame,
                                       struct text text, struct error *error);
CHECKED enum status set_nw7_frame(const struct setter *setter, const struct frame *frame, struct text text,
                                  struct error *error);

/* Text as the frame shows it, words or symbol: one of those above. */
CHECKED enum status set_frame_text(const struct setter *setter, const struct bound_frame *bound,
                                   struct text text, struct error *error);

/* An image into its frame, its aspect kept. number: in the job, from 1. */
CHECKED enum status set_image_frame(const struct setter *setter, const struct frame *frame,
                                    const struct image *image, uint32_t number, struct error *error);

/* A filled outline; its view (1/1000 of a unit) fills the box. */
CHECKED enum status set_outline(const struct setter *setter, const struct image_path *path,
                                int32_t view_w, int32_t view_h, const struct rect *box,
                                struct error *error);

void set_stroke(const struct setter *setter, const struct stroke *stroke);

#endif
