/* page/sheet.h -- the two digests of a letter: of what is printed for its people, and of its sheets with their
 * run marks.
 * Both are taken twice: here from the display list when it is printed, and by the readback room from the finished PDF.
 * They are equal byte for byte, because both go over the numbers that stand in the file (thousandths of a point,
 * millionths of an em), never over what was meant before rounding. events.h says what is digested.
 *   letter: page sizes; the digest of the layer; text with face name, size, scale, position, advance and number of each
 *           glyph and the words that a reader of the PDF gets; strokes, outlines, symbols and images to the bit; the
 *           strokes of the die cutter. The same in a preview as in any run.
 *   sheet : the letter's digest, and the run marks.
 * Guides are in neither.
 * Keyed: give a digester that is keyed (letters of a job with a `secret`). Layers and images are digested without key.
 * Tests : tests/unit/page_digest.c, readback_sheet.c.
 */
#ifndef PAGE_SHEET_H
#define PAGE_SHEET_H

#include "base/digest.h"
#include "base/error.h"
#include "page/page.h"

/* Remembers images and advances of one press: one a thread, for one set of fonts. */
struct sheet_digester;

/* digester is borrowed: digest_start and digest_end are called on it, once a digest. */
CHECKED enum status sheet_digester_new(struct digester *digester, struct sheet_digester **out,
                                       struct error *error);
void sheet_digester_free(struct sheet_digester *sheets); /* NULL is allowed */

/* pages: of one letter, in order. Images are known by number and place in memory: both stay as they are while the sheet
 * digester lives. Refuses: STOP memory; MSG_BUG: a face or glyph that no font has. */
CHECKED enum status letter_digest(struct sheet_digester *sheets, const struct fonts *fonts,
                                  const struct page_list *pages, struct digest *out, struct error *error);

/* letter: letter_digest of the same pages. */
CHECKED enum status sheet_digest(struct sheet_digester *sheets, const struct fonts *fonts,
                                 const struct page_list *pages, const struct digest *letter, struct digest *out,
                                 struct error *error);

/* For layer.digest, once a layer. height: of its pages. Refuses as above. */
CHECKED enum status layer_digest(const struct fonts *fonts, const struct item_list *list, emu height,
                                 struct digest *out, struct error *error);

#endif
