/* press/assets.h -- files of the engine's data. Private to the room. */
#ifndef PRESS_ASSETS_H
#define PRESS_ASSETS_H

#include "press/engine.h"

/* A data file (templates/..., layouts/...) from the first folder that has it; path and source live in press->arena.
 * Refuses: STOP 9507. */
CHECKED enum status assets_read(struct press *press, const char *name, const char **path, struct text *source,
                                struct error *error);

#endif
