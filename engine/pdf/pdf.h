/* pdf/pdf.h -- pages to one PDF file (1.6), written while composing, in nearly constant memory.
 * The only room that knows libharu (as object library) and libdeflate. One `struct pdf` = one lot.
 * Gives  : fonts as subsets with ToUnicode, text that extracts to exactly the input (ActualText where a glyph
 *          stands for several texts), one black (DeviceGray 0), MediaBox = TrimBox, layers as form XObjects,
 *          document ID and dates from the caller. A page's bytes depend on nothing but the page.
 * Refuses: STOP: failed writes, memory, more than 1.9 GB (PDF_FULL; the caller's lots are far smaller).
 */
#ifndef PDF_PDF_H
#define PDF_PDF_H

#include "base/date.h"
#include "base/error.h"
#include "base/sink.h"
#include "page/page.h"

struct pdf;

struct pdf_options {
    struct text title;   /* of the document: the job's name, no person's */
    struct date date;    /* CreationDate, ModDate: that day, 00:00 +09:00 */
    uint32_t level;      /* libdeflate 1..12; 0 = 1 */
    bool guides;         /* pages may have guides */
};

/* sink is copied, its context borrowed until pdf_close or pdf_drop; so is fonts. */
CHECKED enum status pdf_new(const struct sink *sink, struct fonts *fonts, const struct pdf_options *options,
                            struct pdf **out, struct error *error);

CHECKED enum status pdf_page(struct pdf *pdf, const struct page *page, struct error *error);

/* Writes fonts, resources, catalog, xref, trailer with id (the first 16 bytes), then frees pdf, also when it
 * fails. */
CHECKED enum status pdf_close(struct pdf *pdf, const struct digest *id, struct error *error);

/* Frees without finishing. NULL is allowed. */
void pdf_drop(struct pdf *pdf);

/* CPU microseconds in deflate so far, when measuring was switched on (`make bench`). */
void pdf_measure(struct pdf *pdf, bool on);
uint64_t pdf_deflate_us(const struct pdf *pdf);

#endif
