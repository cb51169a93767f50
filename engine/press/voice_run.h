/* press/voice_run.h -- voice codes inside of a run. Not for other rooms.
 * Order of calls: press_voice_open with the job; press_voice_source when printing; press_voice_prove behind the
 * pre-pass
 * and before the order of letters is made, for it holds letters; press_voice_symbol for each page while composing;
 * press_voice_done when the run is over; press_voice_close with the press.
 */
#ifndef PRESS_VOICE_RUN_H
#define PRESS_VOICE_RUN_H

#include "press/engine.h"
#include "spool/spool.h"
#include "symbology/qr.h"
#include "voice/symbol.h"

/* Where a QR code may stand: at least 4 dots of 600 dpi a module, DENSO WAVE's least; 6 (0.25 mm) are advised for
 * phones. */
struct qr_box voice_box_of(const struct layout *layout);

struct press_voice {
    struct sjis *sjis;
    struct symbols *symbols; /* NULL: a QR code, or texts only */
    char folder[LIMIT_PATH]; /* OUT/.voice; "" = none */
    char out[LIMIT_PATH];
    bool made_out; /* OUT was missing before */
    struct spoken spoken;
    uint64_t pages; /* that were proved */
    struct digest proven; /* of the pictures that the pages had then: the run id holds it. Zero: none is supplied */
    bool unproven;  /* no index.csv: bound by name alone */
};

/* press->voice where the job asks for a voice code; every form gets the fields that speech needs (call it when forms
 * are
 * open). */
CHECKED enum status press_voice_open(struct press *press, struct error *error);
/* All letters are made, or the run is over, however it ended: closes the symbols, removes the encoder's folder, and OUT
 * when it was made for that and nothing else is in it. May be called again. */
void press_voice_done(struct press *press);
void press_voice_close(struct press *press);

/* Removes what the encoder of a killed run has left in OUT. Every print does it first, whatever its job asks for. */
void press_voice_sweep(const char *out);

/* For printing: opens voice.symbols, or runs voice.encoder with the texts of the plan. out: OUT, which may be
 * missing. A
 * QR code needs nothing. signals: end the encoder; may be NULL. Warns with 8655 in press->problems. */
CHECKED enum status press_voice_source(struct press *press, struct plan *plan, const char *out,
                                       const struct os_signals *signals, struct error *error);

/* Holds every letter that goes into OUT and cannot speak: 8610-8649. whole: the plan has all letters of the input (no
 * --limit), so that symbols of nobody are refused. */
CHECKED enum status press_voice_prove(struct press *press, struct plan *plan, bool whole, struct error *error);

/* For check and preview, which write nothing: proves with voice.symbols where the job has them, else the texts
 * alone. */
CHECKED enum status press_voice_look(struct press *press, struct plan *plan, struct error *error);

/* The letter of a result, and where it stands. */
struct voice_letter {
    const struct press_form *form;
    const struct letter *letter;
    uint64_t row;   /* of its first record in the file */
    struct text id; /* of its first member: the manifest's */
    uint32_t pages;
};
struct voice_letter voice_letter_of(const struct press_result *result, uint64_t row);

/* One page's symbol; of a QR code the modules (cell 1), to be drawn with symbol->dots a module. */
struct page_symbol {
    struct voice_symbol symbol;
    uint16_t dots; /* of 600 dpi a cell; 0 = as the layout says */
};
CHECKED enum status press_voice_symbol(struct press *press, const struct voice_letter *letter, uint32_t page,
                                       struct arena *arena, struct page_symbol *out, struct error *error);

/* Symbol and notch on every page of the letter that compose has made; only of who has a code: route & ROUTE_VOICE.
 * row: of its first record. */
CHECKED enum status press_voice_set(struct press *press, struct press_result *result, uint64_t row,
                                    struct error *error);

/* Every letter that goes into OUT with a code, in file order: first all its pages to check, then all to tell. REJECT of
 * check holds the letter. */
struct voice_walk {
    enum status (*check)(void *context, const struct voice_letter *letter, uint32_t page,
                         const struct spoken *spoken, struct error *error);
    enum status (*tell)(void *context, const struct voice_letter *letter, uint32_t page, const struct spoken *spoken,
                        struct error *error); /* NULL is allowed */
    void *context;
};
CHECKED enum status voice_walk(struct press *press, struct plan *plan, const struct voice_walk *walk,
                               struct error *error);
/* Holds the letter that begins with the record: all its members. */
void voice_hold(struct press *press, struct plan *plan, uint64_t first, const struct error *why);

/* voice_export.c: the CSV of texts into a new file. */
struct text_table {
    struct press *press;
    struct os_file *file;
    struct digester *digester;
    bool cp932;
    uint64_t pages;
    struct csv_row row;
    char encoded[VOICE_BYTES];
};
CHECKED enum status text_table_open(struct text_table *table, struct press *press, const char *path, bool cp932,
                                    struct error *error);
CHECKED enum status text_table_walk(struct text_table *table, struct plan *plan, struct error *error);
CHECKED enum status text_table_seal(struct text_table *table, struct digest *digest, struct error *error);
void text_table_close(struct text_table *table); /* gives up what is not sealed */

/* For report.json: "voice": {...}, or nothing. */
CHECKED enum status press_voice_report(const struct press *press, const struct sink *sink, struct error *error);

#endif
