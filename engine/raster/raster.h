/* raster/raster.h -- one page to a PNG, for preview. The only room that knows Cairo.
 * dpi 36 .. 1200. White ground, black ink, guides in blue. No metadata in the PNG: same page, same bytes.
 */
#ifndef RASTER_RASTER_H
#define RASTER_RASTER_H

#include "base/error.h"
#include "base/sink.h"
#include "page/page.h"

CHECKED enum status raster_png(const struct page *page, const struct fonts *fonts, uint32_t dpi,
                               const struct sink *sink, struct error *error);

#endif
