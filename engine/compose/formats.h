/* compose/formats.h -- the three formats of an image, each in its own adapter. Private to the room. */
#ifndef COMPOSE_FORMATS_H
#define COMPOSE_FORMATS_H

#include "compose/image.h"

#define IMAGE_DOTS 4096 /* a side: 173 mm at 600 dpi */

/* What an adapter is given; it fills out's bitmap or vector part and never its name or digest. */
struct image_source {
    struct text name;   /* key in the job */
    struct text bytes;
    const char *path;
    struct arena *arena;
};

CHECKED enum status png_read(const struct image_source *source, struct image *out,
                             struct error *error);
CHECKED enum status pbm_read(const struct image_source *source, struct image *out,
                             struct error *error);
CHECKED enum status svg_read(const struct image_source *source, struct image *out,
                             struct error *error);

/* STOP with the image's key and file. */
CHECKED enum status image_refuse(const struct image_source *source, enum message message,
                                 struct error *error);

/* Bits for so many dots, all light. Refuses IMAGE_TOO_LARGE, IMAGE_DAMAGED (no dots). */
CHECKED enum status image_bits(const struct image_source *source, uint64_t columns, uint64_t rows,
                               struct image *out, uint8_t **bits, struct error *error);

#endif
