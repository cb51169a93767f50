/* pdf/catalog.h -- the objects of a lot that stand once: resources, layer of guides, catalog, info. */
#ifndef PDF_CATALOG_H
#define PDF_CATALOG_H

#include "pdf/inside.h"

CHECKED enum status catalog_resources(struct pdf *pdf, const uint32_t numbers[LIMIT_FACES],
                                      struct error *error);
CHECKED enum status catalog_guides_group(struct pdf *pdf, struct error *error);
CHECKED enum status catalog_catalog(struct pdf *pdf, struct error *error);
CHECKED enum status catalog_info(struct pdf *pdf, struct error *error);

#endif
