/* typeset/drawing.h -- a drawing of lines and cubic curves as an outline of TrueType. Private to the room. */
#ifndef TYPESET_DRAWING_H
#define TYPESET_DRAWING_H

#include "typeset/contours.h"
#include "typeset/gaiji.h"

/* The view's height becomes the em, its width the advance. Faults stand in out->failed. */
void drawing_outline(const struct gaiji_drawing *drawing, struct arena *arena, struct contours *out);

#endif
