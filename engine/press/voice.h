/* press/voice.h -- voice codes in a run: texts out, symbols in, the reading test. Formats of symbols: voice/symbol.h.
 * Who has a voice code: whoever is printed into OUT, unless 音声コード要否 is 0. Nobody else: no protected person, and
 *           nobody printed with them. Their letters have a notch too, and so a route and lots of their own.
 * Encoder : voice.encoder is run once a print, words split at blanks, no shell, with two more arguments: TEXTS, the CSV
 *           that `oshirase voice` writes (UTF-8), and FOLDER, an empty folder. It puts pictures and index.csv
 *           (voice/symbol.h) into FOLDER and ends with 0 within voice.encoder_seconds. Both lie in OUT/.voice
 *           (0700), which is removed on every way out; its words are not kept.
 */
#ifndef PRESS_VOICE_H
#define PRESS_VOICE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/sink.h"
#include "press/press.h"

/* -- for the cli -- */

/* row,page,symbology,size,error_correction,text,text_sha256 for each page of every letter that print would print into
 * OUT; for a QR code size and error_correction are empty. FILE is new, 0600; FILE.report.json says how many, and that
 * FILE is to be erased. Refuses: STOP 8620, 8623; what press_check refuses. */
struct voice_order {
    const char *out;
    bool cp932; /* the whole file; the digest is then over these bytes */
    /* Told of each record that has no text because it is held. NULL is allowed. */
    void (*held)(void *context, const struct error *error);
    void *context;
    const struct press_progress *progress;
};
CHECKED enum status press_voice_export(struct press *press, const struct voice_order *order,
                                       struct press_totals *totals, struct error *error);

/* The reading test of 別添2. readings: CSV with sequence, text and, for pages but the first, page: what a reader said of
 * printed sheets. texts: the exported CSV. out: the folder that print made. Blanks, line ends and the width of
 * characters
 * are passed over. Writes the protocol (sequence,page,row,result,characters,first_difference; result same | different |
 * unknown) to the sink. Refuses: STOP 8670 when a reading is not its text, 8671, 8630.
 * No job is read: the three files alone decide. */
struct voice_check_order {
    const char *out, *readings, *texts;
};
CHECKED enum status press_voice_check(const struct voice_check_order *order, const struct sink *protocol,
                                      struct error *error);

/* voice-check --sample N: N printed letters, the first, the last and evenly between, as sequence,lot,page,id. */
CHECKED enum status press_voice_sample(const char *out, uint32_t count, const struct sink *sheets,
                                       struct error *error);

#endif
