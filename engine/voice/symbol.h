/* voice/symbol.h -- supplied symbols: which picture belongs to which page of which letter, and whether it truly does.
 * Folder : index.csv made by the process that encoded them binds each picture to its text; columns by name, in any
 *          order: row, page, file, text_sha256, image_sha256. row and page are those of the export (oshirase voice);
 *          the
 *          digest of the text is over its UTF-8 or its CP932 bytes; file is a plain name in the folder.
 *          Without an index ID.png (ID-2.png for page 2; .bmp .pbm .tif .tiff too) binds by name: symbols_unproven.
 * Use    : symbols_check for each page of every letter before anything prints (it may write); symbols_end when all are
 *          through; then symbols_get as often as wanted, from any process.
 * Refuses: REJECT 8640-8649 for one letter; STOP 8630 for a table that is not understood, 8631 for symbols of no
 * letter.
 * Memory : 16 bytes a symbol of the index; 24 a checked page until symbols_end; a page's picture in the caller's arena.
 * Owns   : the open index; symbols_close.
 */
#ifndef VOICE_SYMBOL_H
#define VOICE_SYMBOL_H

#include "base/arena.h"
#include "base/sjis.h"
#include "voice/voice.h"

/* A symbol of one-bit dots, all cells whole. */
struct voice_symbol {
    uint32_t columns, rows, row_bytes; /* dots of the picture */
    const uint8_t *bits;               /* leftmost = top bit, 1 = dark */
    uint32_t cell;                     /* dots a side of a cell */
    uint32_t cells;                    /* a side of the body */
    uint32_t body_x, body_y;           /* of the body's corner; 0 but where a strip stands left or above */
};

/* One picture that belongs to no letter: the envelope's. Of any size of the job's kind. REJECT 8644-8647. */
CHECKED enum status symbol_read(const struct job *job, struct text bytes, struct arena *arena,
                                struct voice_symbol *out, struct error *error);

struct symbols;

/* Which letter and page; id: its 整理番号. */
struct symbol_key {
    uint64_t row;
    uint32_t page;
    struct text id;
};

/* job, sjis: borrowed. folder: where the pictures are. */
CHECKED enum status symbols_open(const struct job *job, const struct sjis *sjis, const char *folder,
                                 struct symbols **out, struct error *error);
void symbols_close(struct symbols *symbols); /* NULL is allowed */
bool symbols_unproven(const struct symbols *symbols);
uint64_t symbols_count(const struct symbols *symbols); /* in the index, or files in the folder */

CHECKED enum status symbols_get(const struct symbols *symbols, const struct symbol_key *key,
                                const struct spoken *spoken, struct arena *arena,
                                struct voice_symbol *out, struct error *error);

/* As symbols_get, and remembers the page. Also of a REJECT: the symbol is then known, though wrong. */
CHECKED enum status symbols_check(struct symbols *symbols, const struct symbol_key *key,
                                  const struct spoken *spoken, struct arena *arena,
                                  struct voice_symbol *out, struct error *error);

/* Calls `shared` with the row of every page whose picture another text has too. Then, when whole (all letters of the
 * run
 * were checked), refuses symbols that nobody asked for. */
CHECKED enum status symbols_end(struct symbols *symbols, bool whole, void (*shared)(void *context, uint64_t row),
                                void *context, struct error *error);

#endif
