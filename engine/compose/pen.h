/* compose/pen.h -- what the marks of the run need ready: glyphs of the digits, the code's pattern, the frames of the
 * run. Private to the room.
 */
#ifndef COMPOSE_PEN_H
#define COMPOSE_PEN_H

#include "compose/binding.h"
#include "symbology/sheet_code.h"

#define PEN_CHARACTERS "0123456789/ "
#define PEN_GLYPHS 12
#define PEN_TEXT_MOST 15 /* "999999999 99/99" */

struct pen {
    bool text, code, omr;
    struct glyph glyphs[PEN_GLYPHS];
    struct sheet_code_plan plan;
    struct bound_frame *frames; /* that name fields of the run */
    uint32_t frame_count;
    uint32_t item_limit;        /* most items of a sheet's marks */
};

/* form->pen for job and layout. STOP: no place for a mark, no font. */
CHECKED enum status pen_open(const struct binding *binding);

/* Does the part name a field of the run? Such frames go to the pen, not to the letter. */
bool names_run(const struct part *part);

/* STOP 6600: it names a field of a letter besides; 65xx: it cannot fit. */
CHECKED enum status pen_take_frame(const struct binding *binding, const struct bound_frame *bound);

#endif
