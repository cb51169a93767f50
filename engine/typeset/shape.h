/* typeset/shape.h -- the careful path: clusters, their faces, HarfBuzz. Private to the room. */
#ifndef TYPESET_SHAPE_H
#define TYPESET_SHAPE_H

#include "typeset/typeset.h"

/* As typeset_shape, for any text: clusters are cut, each gets the first face of the role that has all of it,
 * runs of one face go through HarfBuzz. Refuses: REJECT 7101-7105 with the offset, STOP 1001. */
CHECKED enum status shape_clusters(struct fonts *fonts, int role, struct text text, struct arena *arena,
                                   struct shaped *out, struct error *error);

/* Frees what shape.c keeps in fonts. */
void shape_close(struct fonts *fonts);

#endif
