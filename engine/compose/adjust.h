/* compose/adjust.h -- what a frame asks for around the setting of its text: width of digits, even spacing, one scale
 * for frames that show the same. Private to the room.
 */
#ifndef COMPOSE_ADJUST_H
#define COMPOSE_ADJUST_H

#include "compose/setting.h"

/* Digits of the width that the frame wants; the text itself where nothing changes, else a copy. A digit that a
 * variation selector or a keycap mark follows stays. False: out of memory. */
bool digits_fold(enum digits digits, struct text text, struct arena *arena, struct text *out);

/* Offset (from 1; 0 = none) in folded text to the one in the text it was made from. */
uint32_t digits_offset(struct text text, struct text folded, uint32_t offset);

/* 均等割付: spreads a set text of one line at full size to frame->even ems, if it is shorter and they fit the frame.
 * Left as it is: a lone character, Latin letters and digits, clusters of several glyphs. */
void even_out(const struct frame *frame, struct set_text *set);

/* Frames of one match group that each hold one line at their full size take the smallest scale among them. firsts:
 * of each frame, where its items begin in the list; count + 1 entries. */
void match_scales(const struct setter *setter, const struct bound_frame *frames, uint32_t count,
                  const uint32_t *firsts);

#endif
